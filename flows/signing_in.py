"""Signing a home in to a person's Google account and out again: the order of things, and what a person is told."""

from __future__ import annotations

import os
import sys
import webbrowser
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows import redirects
from flows.domain.errors import Misconfigured, Refused
from flows.workspace import consent, kept_files, sign_ins, signing
from flows.workspace.drive import Drive
from flows.workspace.refusals import Missing
from flows.workspace.session import google_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.settings import Home
    from flows.workspace.clock import Clock
    from flows.workspace.consent import Consented
    from flows.workspace.space import Workspace

PATIENCE = 600.0
LOCAL = (
    "В этой рабочей папке организации живут на этом компьютере, Google им не нужен. Организации в Google заводят в другой "
    "рабочей папке: nastavnik --home ПАПКА login. Если вход нужен, чтобы читать файлы Google по ссылке: nastavnik login "
    "--whole-drive."
)
LINKS_ONLY = "Организации этой рабочей папки остаются на этом компьютере: вход нужен только для файлов Google по ссылке."
OPENED = "Открываю страницу Google в браузере. Если она не открылась, откройте её сами:"
BY_HAND = "Откройте эту страницу в браузере, на этом компьютере или на любом другом:"
THEN = (
    "Выберите учётную запись и дайте разрешение. Если браузер на другом компьютере, страница после согласия не "
    "откроется, так и должно быть: скопируйте её адрес целиком (http://127.0.0.1…) и вставьте сюда."
)
UNVERIFIED = (
    "Если Google скажет, что приложение не проверено: «Дополнительные настройки» → «Перейти на страницу приложения». Если "
    "покажет ошибку, нажмите здесь Ctrl+C: что она значит, сказано в config/guide/google.md."
)
TESTING = (
    "Этот вход действует до {ends}: приложение в состоянии «Тестирование». Чтобы вход не кончался, опубликуйте приложение "
    f"({sign_ins.PUBLISH}) и войдите ещё раз: nastavnik login."
)
CONNECTIONS = "myaccount.google.com/connections"
OWN = frozenset({sign_ins.OWN_FILES, sign_ins.OWN_DRIVE})
NO_ACCOUNT = "Входа в Google в этой рабочей папке нет, выходить не из чего."
OUT = "Вход в Google закончен: Google забыл разрешение, файл входа удалён."
HALF_OUT = (
    "Файл входа удалён, но Google об этом не знает: он не ответил. Отзовите разрешение сами: "
    f"{CONNECTIONS} → это приложение → «Удалить доступ»."
)
KEY_NEXT = f"Дальше действует ключ из переменной {signing.KEY_FILE}."


def sign_in(  # noqa: PLR0913 - what the command was asked, and what tests put in the place of the world
    home: Home,
    file: Path | None,
    *,
    whole: bool,
    browser: bool,
    say: Callable[[str], None],
    patience: float = PATIENCE,
    clock: Clock | None = None,
) -> None:
    """Sign a home in: ask consent, look whose account it is and what it sees, and only then keep it.

    Raises `Misconfigured` when it did not come to that; a former sign-in stays then.
    """
    local = bool(home.places) and not home.google
    if local and not whole:
        raise Misconfigured(LOCAL)
    client = consent.client_for(home.path, file)
    right = sign_ins.OWN_DRIVE if whole else sign_ins.OWN_FILES
    with redirects.listening() as back:
        dance = consent.Consent(client, right, back.back, clock)
        back.known = dance.known
        opened = browser and _opened(dance.address)
        for line in (OPENED if opened else BY_HAND, "", dance.address, "", THEN, UNVERIFIED):
            say(line)
        redirects.read_pasted(back)
        consented = dance.given(back.awaited(patience, say))
    whose = _checked(home, consented, clock)
    told: dict[str, Any] = {
        "account": whose,
        "until": consented.until.isoformat() if consented.until else "",
    }
    kept_files.keep(signing.path_of(home.path, signing.CLIENT), client)
    signing.keep_account(home.path, consented.account, told)
    say(f"Вы вошли в Google: {whose or 'адрес Google не назвал'}. Программа видит {right.sees}.")
    say(f"Не видит {right.blind}.")
    if local:
        say(LINKS_ONLY)
    for line in _testing(consented.until):
        say(line)


def _checked(home: Home, consented: Consented, clock: Clock | None) -> str:
    """Return whose account it is, once it is seen that it reaches what this home already has in Google."""
    drive = Drive(google_session(consented.account, clock))
    whose = drive.whose()
    first = next((place for place in home.places if place.folder and place.book), None)
    if first is None or not home.google:
        return whose
    try:
        drive.entry(first.folder)
    except (Missing, Misconfigured, Refused):
        raise Misconfigured(
            f"Вход не сохранён: учётной записи {whose or 'этого входа'} не видна папка организации «{first.slug}». Войдите той, "
            "которой организация заведена; если её завели другим способом (ключом, другим приложением), откройте этой записи "
            "доступ к папке и войдите с правом на весь Диск: nastavnik login --whole-drive. Прежний вход, если он был, остался."
        ) from None
    return whose


def _opened(address: str) -> bool:
    """Open a browser where there is a screen for one; a browser of the terminal would take it over."""
    screen = os.name == "nt" or sys.platform == "darwin"
    if not screen and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")):
        return False
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(address)
    return False


def _testing(until: datetime | None) -> list[str]:
    """Say when a consent ends by itself, and what to do so that it does not."""
    if until is None:
        return []
    ends = f"{until.astimezone():%d.%m.%Y %H:%M}"
    return [TESTING.format(ends=ends)]


def sign_out(home: Home, clock: Clock | None = None) -> tuple[str, bool]:
    """Have Google forget the sign-in of a home and remove its file whatever Google says; return what to say and whether all is done."""
    path = signing.path_of(home.path, signing.ACCOUNT)
    try:
        told = signing.account_told(home.path)
    except Misconfigured:
        told = {}
    if told is None:
        return NO_ACCOUNT, True
    try:
        done = bool(told.get("refresh_token")) and consent.revoke(told, clock)
    finally:
        kept_files.forget(path)
    said = OUT if done else HALF_OUT
    return f"{said} {KEY_NEXT}" if os.environ.get(signing.KEY_FILE) else said, done


def in_use(home: Home, space: Workspace, now: datetime | None = None) -> list[tuple[str, bool]]:
    """Say for `doctor` by whose right a workspace is open, whose account it is, what it sees, when it ends; nothing of an office."""
    right = space.sign_in
    if right is None:
        return []
    whose = space.drive.whose()
    told = [(f"Вход в Google: {right.title}{f', {whose}' if whose else ''}. Видит {right.sees}", True)]
    if home.subject and right is not sign_ins.DELEGATED:
        told.append(
            (
                "Строка subject в nastavnik.toml не действует: вход своей учётной записью важнее. Выйти: nastavnik logout",
                False,
            )
        )
    until = _until(signing.account_told(home.path) or {}) if right in OWN else None
    if until is not None:
        left = (until - (now or datetime.now(UTC))).days
        told.append((f"{_testing(until)[0]} Осталось дней: {max(left, 0)}", left > 0))
    return told


def _until(told: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told.get("until", "")))
    except ValueError:
        return None

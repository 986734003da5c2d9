"""A person's consent: the dance of a desktop client with Google (loopback redirect, PKCE), danced by google-auth-oauthlib.

What Google says along the way is one of our sentences; codes and tokens are in none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from requests.adapters import HTTPAdapter

from flows.domain.errors import Misconfigured
from flows.workspace import kept_files, signing, token_endpoint
from flows.workspace.key_files import FileKind, recognised
from flows.workspace.refusals import translated
from flows.workspace.session import REPEATABLE, Paced
from flows.workspace.token_endpoint import WHAT, granted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.workspace.clock import Clock
    from flows.workspace.sign_ins import SignIn
    from flows.workspace.signing import OwnAccount

NO_CLIENT = (
    "Для входа нужно описание приложения (OAuth-клиент вида «Классическое приложение», Desktop app). Создайте его на "
    "странице console.cloud.google.com/auth/clients, скачайте файл JSON и повторите: nastavnik login --client ФАЙЛ. "
    "По шагам: config/guide/google.md."
)
DESKTOP = "Создайте клиент вида «Классическое приложение» (Desktop app) на странице console.cloud.google.com/auth/clients и скачайте его JSON."  # fmt: skip
NO_CLIENT_FILE: Mapping[FileKind, str] = {
    FileKind.WEB_CLIENT: f"это описание приложения для сайта, на компьютере оно не годится. {DESKTOP}",
    FileKind.SERVICE_KEY: f"это ключ служебной учётной записи, вход ему не нужен: укажите его путь в переменной {signing.KEY_FILE}.",
    FileKind.OWN_ACCOUNT: f"это уже готовый вход другой программы, а нужно описание приложения. {DESKTOP}",
    FileKind.EXTERNAL: f"это ключ внешнего поставщика, а нужно описание приложения. {DESKTOP}",
    FileKind.OTHER_JSON: f"это не описание приложения Google. {DESKTOP}",
    FileKind.NOT_JSON: f"это не файл JSON. {DESKTOP}",
}
LOOPBACK, GOOGLES = "127.0.0.1", (".google.com", ".googleapis.com")
REVOKE, GONE = "https://oauth2.googleapis.com/revoke", "invalid_token"
TIMEOUT = (10.0, 30.0)
NEEDED = ("client_id", "client_secret", "auth_uri", "token_uri")
DENIED = "Вход отменён: на странице Google вы не дали разрешения. Ничего не изменилось; чтобы войти, повторите nastavnik login."
STALE = "Вход не закончен: ответ Google уже использован или устарел. Повторите nastavnik login."
NOT_OURS = "Этот адрес — ответ на другой вход. Вставьте адрес той страницы, куда Google отправил вас сейчас."
NO_ANSWER = (
    "В этом адресе нет ответа Google. Нужен адрес страницы, куда вас отправили после согласия: он начинается с "
    "http://127.0.0.1 и содержит code= или error=. Скопируйте его из строки браузера целиком."
)
HALF = (
    "Вход не сохранён: на странице Google снята галочка права на Диск, без неё программа ничего не может. Повторите "
    "nastavnik login и оставьте все галочки."
)
NO_REFRESH = (
    "Вход не сохранён: Google дал его только на час. Откройте myaccount.google.com/connections, удалите доступ этого "
    "приложения и повторите nastavnik login."
)


@dataclass(frozen=True, slots=True)
class Consented:
    """An account whose owner gave consent, and the moment it ends where Google told it (a client in testing: 7 days)."""

    account: OwnAccount
    until: datetime | None


def client_for(home: Path, file: Path | None) -> dict[str, Any]:
    """Return the client to sign in with: of a file, or the one that signed in here last; `Misconfigured` says what is wrong."""
    if file is None:
        try:
            told = kept_files.kept(signing.path_of(home, signing.CLIENT))
        except (OSError, ValueError):
            told = None
        if told is None or not _whole(told.get("installed")):
            raise Misconfigured(NO_CLIENT)
        return told
    try:
        with file.open("rb") as source:
            given = recognised(source.read(kept_files.MOST_BYTES))
    except OSError:
        raise Misconfigured(f"Файл «{file.name}» не открывается. Проверьте путь и права на файл.") from None
    if given.kind is not FileKind.DESKTOP_CLIENT:
        raise Misconfigured(f"Файл «{file.name}»: {NO_CLIENT_FILE[given.kind]}")
    if not _whole(given.content["installed"]):
        raise Misconfigured(
            f"Файл «{file.name}»: в описании приложения не хватает полей (нужны {', '.join(NEEDED)}). Скачайте его заново: "
            "Google показывает client_secret один раз; если он потерян, создайте новый."
        )
    return {"installed": given.content["installed"]}


def _whole(client: Any) -> bool:
    return isinstance(client, dict) and all(
        isinstance(client.get(name), str) and client[name] for name in NEEDED
    )


class Consent:
    """One dance: the address a person is sent to, then what came back."""

    def __init__(
        self, client: Mapping[str, Any], sign_in: SignIn, back: str, clock: Clock | None = None
    ) -> None:
        self._sign_in = sign_in
        self._asked_at = datetime.now(UTC)
        self._told: dict[str, Any] = {}
        self._flow = InstalledAppFlow.from_client_config(dict(client), scopes=list(sign_in.scopes))
        self._flow.redirect_uri = back
        session = self._flow.oauth2session
        for start in ("https://", "http://"):
            session.mount(start, Paced(HTTPAdapter(), clock=clock))
        session.register_compliance_hook("access_token_response", self._heard)
        self.address, self._state = self._flow.authorization_url(prompt="select_account consent")
        session.scope = None  # what was granted is compared here, where it can be said

    def known(self, answer: str) -> str:
        """Return why an address that came back is not the answer awaited, empty when it is."""
        try:
            said = parse_qs(urlsplit(answer.strip()).query)
        except ValueError:
            return NO_ANSWER
        if not said.get("code") and not said.get("error"):
            return NO_ANSWER
        return "" if said.get("state") == [self._state] else NOT_OURS

    def given(self, answer: str) -> Consented:
        """Turn the answer into an account; raise our sentence when consent was not given or not wholly."""
        said = parse_qs(urlsplit(answer.strip()).query)
        if said.get("error") == ["access_denied"]:
            raise Misconfigured(DENIED)
        if said.get("error"):
            words = " ".join(said.get("error_description", ()))
            raise token_endpoint.refusal(said["error"][0], words, self._sign_in)
        try:
            with translated(WHAT):
                # The library wants https of every address, of the loopback page too: it reads only what was said.
                self._flow.fetch_token(
                    authorization_response=f"https://{LOOPBACK}/?{urlsplit(answer.strip()).query}",
                    include_client_id=True,
                    timeout=60,
                )
        except OAuth2Error:
            raise Misconfigured(STALE) from None
        return self._consented()

    def _heard(self, response: requests.Response) -> requests.Response:
        """Look at what the token endpoint says before the library does; what is no token never reaches it."""
        if token_endpoint.said_by(response).get("error") == "invalid_grant":
            raise Misconfigured(STALE)
        self._told = granted(response, self._sign_in)
        return response

    def _consented(self) -> Consented:
        scopes = self._told.get("scope")
        allowed = scopes.split() if isinstance(scopes, str) else list(self._sign_in.scopes)
        if not set(self._sign_in.scopes) <= set(allowed):
            raise Misconfigured(HALF)
        refresh = self._told.get("refresh_token")
        if not isinstance(refresh, str) or not refresh:
            raise Misconfigured(NO_REFRESH)
        client = self._flow.client_config
        lasts = self._told.get("refresh_token_expires_in")
        until = self._asked_at + timedelta(seconds=lasts) if type(lasts) is int and 0 < lasts < token_endpoint.LONGEST else None  # fmt: skip
        account = signing.OwnAccount(  # type: ignore[no-untyped-call]
            self._told["access_token"], refresh_token=refresh, token_uri=client["token_uri"],
            client_id=client["client_id"], client_secret=client["client_secret"],
            scopes=list(self._sign_in.scopes),
            expiry=(self._asked_at + timedelta(seconds=int(self._told.get("expires_in", 0)))).replace(tzinfo=None),
        )  # fmt: skip
        account.sign_in = self._sign_in
        return Consented(account, until)


def revoke(told: Mapping[str, Any], clock: Clock | None = None) -> bool:
    """Have Google forget a sign-in, by what is remembered of it; tell whether Google said that it knows none now."""
    uri = str(told.get("token_uri") or signing.TOKEN_URI)
    host = urlsplit(uri).hostname or ""
    address = REVOKE if host.endswith(GOOGLES) else urljoin(uri, "/revoke")
    session = requests.Session()
    for start in ("https://", "http://"):
        session.mount(start, Paced(HTTPAdapter(), clock=clock, retries=1))
    try:
        answer = session.post(
            address, {"token": str(told.get("refresh_token", ""))}, headers={REPEATABLE: "1"},
            timeout=TIMEOUT, allow_redirects=False,
        )  # fmt: skip
    except requests.RequestException:
        return False
    return answer.status_code == requests.codes.ok or token_endpoint.said_by(answer).get("error") == GONE

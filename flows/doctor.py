"""Health of the installation, one line a check: what is fine, what is not and what to do about it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from flows import doors, engine, libreoffice, settings, signing_in
from flows.domain import working_days
from flows.domain.district import members
from flows.domain.district.members import UNREACHED
from flows.domain.district.reach import ACCESS, CODE, Reach
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.model import Severity
from flows.domain.tabs import ORGANISATIONS, SETTINGS
from flows.engine import server
from flows.office import privacy
from flows.papers.check import check
from flows.work import Errand
from flows.work.openness import examined
from flows.workspace import reading, signing, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Home

Told = tuple[str, bool]
PINNED = {"prefect": ("3.8.8", "4"), "fastapi": ("0.139", "0.151"), "sqlalchemy": ("2.0.45", "2.1")}
CLOSED_BOOK = "но закрыта для записи: программа ничего в неё не впишет"
CLOSED_FOLDER = "но класть в неё файлы нельзя"
OPEN_HERE = "Снимите отметку «Только чтение» или дайте себе право записи."
LOCAL, OPERATOR = "local", "operator_decision"


def examine(home: Home, today: date | None = None, *, mend: bool = False) -> Iterator[Told]:
    """Check everything that a run needs, the cheap things first."""
    day = today or date.today()  # noqa: DTZ011 - the machine's own day
    yield from _catalogue()
    yield from _templates()
    yield from _prefect()
    yield from _engine(home)
    yield from _private(home, mend=mend)
    yield from _calendar(day)
    yield (
        f"LibreOffice для PDF и старых файлов: {'есть' if libreoffice.available() else 'нет, документы будут только в Word'}",
        True,
    )
    yield from _places(home, day)


def _catalogue() -> Iterator[Told]:
    try:
        kinds = settings.catalogue()
    except Misconfigured as wrong:
        yield str(wrong), False
    else:
        made = sum(kind.made for kind in kinds.values())
        yield f"Виды документов: {len(kinds)}, из них готовятся {made}", True


def _templates() -> Iterator[Told]:
    """Look over the templates that were changed or added since the program was shipped; the others were looked over then."""
    shipped = _shipped()
    changed = [
        file
        for file in sorted(settings.TEMPLATES.glob("*.docx"))
        if sha256(file.read_bytes()).hexdigest() != shipped.get(file.name)
    ]
    bad = [file.name for file in changed if _faulty(file)]
    if bad:
        yield f"Шаблоны с ошибками: {', '.join(bad)}. Подробности: nastavnik templates check", False
    else:
        yield "Шаблоны в порядке" + (f", изменённых и своих: {len(changed)}" if changed else ""), True


def _faulty(file: Path) -> bool:
    return any(each.severity is not Severity.NOTE for each in check(file, file.name.removesuffix(".docx")))


def _shipped() -> dict[str, str]:
    """Return the sums of templates by file name as they were shipped; `templates/make.py` writes them."""
    try:
        lines = (settings.TEMPLATES / "shipped.sha256").read_text("utf-8").splitlines()
    except OSError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _prefect() -> Iterator[Told]:
    for name, (least, below) in PINNED.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield f"{name} не установлен. Установите зависимости заново из requirements.txt", False
            continue
        fine = _numbers(least) <= _numbers(found) < _numbers(below)
        yield (
            f"{name} {found}"
            + (
                ""
                if fine
                else f": нужна версия от {least} до {below}, иначе расписание не работает. Установите из requirements.txt"
            ),
            fine,
        )


def _engine(home: Home) -> Iterator[Told]:
    """Say where the story of runs is kept, and whether this home is served now."""
    if told := os.environ.get(engine.API):
        fine = server.answers(told, server.REACHING)
        yield (
            f"Сервер Prefect из PREFECT_API_URL {'отвечает' if fine else 'не отвечает: проверьте адрес или уберите переменную'}",
            fine,
        )
        return
    kept = os.environ.get(engine.OWN_HOME) or engine.prefect_home(home)
    address = engine.known_engine(home).get(engine.API, "")
    works = bool(address) and server.answers(address, 1)
    yield f"Журнал запусков Prefect: {kept}, nastavnik serve {'работает' if works else 'не запущен'}", True


def _private(home: Home, *, mend: bool) -> Iterator[Told]:
    """Say whether others on this computer can read the home; `mend` closes it."""
    if not home.path.exists():
        return
    if mend:
        left = privacy.close(home.path)
        told = f"Не закрыто от других пользователей, файлов: {len(left)}. Они принадлежат не вам"
        yield (told if left else "Рабочая папка закрыта от других пользователей"), not left
        return
    seen = privacy.too_open(home.path)
    told = f"Рабочую папку могут читать другие пользователи компьютера (мест: {len(seen)}). Закройте её: nastavnik doctor --mend"
    yield (told if seen else "Рабочую папку читает только её владелец"), not seen


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _calendar(day: date) -> Iterator[Told]:
    for year in (day.year, day.year + 1):
        known = working_days.knows_year(year, settings.days_off(year, year))
        yield (
            f"Производственный календарь {year} года {'известен' if known else 'неизвестен: обновите библиотеку holidays или впишите нерабочие дни в «Настройки»'}",
            known,
        )


def _places(home: Home, day: date) -> Iterator[Told]:
    if not home.places:
        yield (
            f"В рабочей папке {home.path} организаций нет. Заведите первую: nastavnik init --organisation КОД",
            True,
        )
    signed = not home.places and signing.path_of(home.path, signing.ACCOUNT).exists()
    if not home.places and not signed:
        return
    try:
        with doors.open_workspace(replace(home, google=home.google or signed)) as space:
            yield from signing_in.in_use(home, space)
            for place in home.places:
                if not place.book:
                    yield settings.unfinished(place.slug), False
                    continue
                yield from _place(Errand(space, place, day, doors.supplies(day, place)), google=home.google)
    except (Misconfigured, TryLater, Refused) as trouble:
        yield str(trouble), False


def _place(errand: Errand, *, google: bool) -> Iterator[Told]:
    """Say of an organisation whether its book and folder can be read and written, and who may open them; nothing is written."""
    space, place = errand.space, errand.place
    try:
        snapshot = space.sheets.read(place.book)
        lacks = workbook.migrations(snapshot, errand.supplies.layout)
        cure = space.sign_in.refused.partition(". ")[2] if space.sign_in else OPEN_HERE
        writable = "canEdit" in space.drive.may(place.book)[1]
        told = f"{place.slug}: книга читается" + (
            " и открыта для записи" if writable else f", {CLOSED_BOOK}. {cure}"
        )
        yield (
            told + (". В ней не хватает вкладок: выполните nastavnik init" if lacks else ""),
            writable and not lacks,
        )
        folder, rights = space.drive.may(place.folder)
        if folder.trashed:
            yield f"{place.slug}: папка лежит в корзине. Верните её оттуда", False
        else:
            takes = "canAddChildren" in rights
            yield f"{place.slug}: папка на месте" + ("" if takes else f", {CLOSED_FOLDER}. {cure}"), takes
        book = reading.read(snapshot, errand.supplies.layout)
        yield from _data(place.slug, book, google=google)
        yield from ((f"{place.slug}: {told}", fine) for told, fine in examined(errand, book))
        if ORGANISATIONS in book.tables:
            yield from ((f"{place.slug}: {told}", fine) for told, fine in of_district(errand, book))
    except (Misconfigured, TryLater, Refused) as trouble:
        yield f"{place.slug}: {trouble}", False


def of_district(errand: Errand, book: reading.Book) -> Iterator[Told]:
    """Say of a district how many organisations it has, whose data came last time, and what is wrong with the list."""
    rows = book.rows(ORGANISATIONS)
    listed, problems = members.read(rows, errand.today)
    taking = [each for each in listed if each.takes_part(errand.today)]
    reached = {row.text(CODE).lower(): row.text(ACCESS) for row in rows}
    new = [each.slug for each in taking if not reached[each.slug]]
    lost = [each.slug for each in taking if reached[each.slug] not in {"", Reach.OPEN.value}]
    if not listed:
        yield "район, организаций в списке пока нет. Добавьте: nastavnik municipality add КОД", True
        return
    yield f"район, организаций в списке: {len(listed)}, участвуют: {len(taking)}", True
    if new:
        yield f"ещё не обходили: {', '.join(new)}. Выполните: nastavnik municipality", True
    if lost:
        yield (
            f"данные не собраны: {', '.join(lost)}. Почему – в столбце «⚙ Замечание» вкладки «{ORGANISATIONS}»",
            False,
        )
    wrong = sorted(
        {each.origin.row for each in problems if each.severity is Severity.STOP and each.code != UNREACHED}
    )
    if wrong:
        told = ", ".join(map(str, wrong))
        yield (
            f"строки списка не учитываются: {told}. Почему – nastavnik check --organisation {errand.place.slug}",
            False,
        )


def _data(slug: str, book: reading.Book, *, google: bool) -> Iterator[Told]:
    """Say when personal data are first recorded abroad without a decision (152-ФЗ, ч. 5 ст. 18)."""
    told = {
        str(cells[0]): str(cells[1] or "") for _, cells in reading.lines(book) if len(cells) > 1 and cells[0]
    }
    mode = told.get("Режим данных") or LOCAL
    if google and mode == LOCAL:
        yield (
            f"{slug}: книга лежит в Google, а режим данных — local. Персональные данные сначала записывают в России (152-ФЗ, ч. 5 ст. 18): работайте в локальном офисе или примите решение и впишите его в «Настройки»",
            False,
        )
    elif google and mode == OPERATOR and not told.get("Решение об обработке данных"):
        yield (
            f"{slug}: выбран режим operator_decision, но реквизиты решения не вписаны во вкладку «{SETTINGS}»",
            False,
        )
    else:
        yield f"{slug}: режим данных — {mode}", True

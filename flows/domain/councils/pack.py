"""The pack before a pedagogical council, as values: what lies in the folder, what is linked, what a person brings (domain §5.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.councils.agenda import agenda, standing
from flows.domain.councils.seasons import season_of, year_of
from flows.domain.model import Origin, Problem, Severity
from flows.domain.register.life import latest
from flows.domain.statuses import OVER
from flows.domain.tabs import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.catalogue.record import PackNeed
    from flows.domain.councils.agenda import AgendaPoint
    from flows.domain.model import Facts, Filed
    from flows.domain.monitoring.note.shape import Note
    from flows.domain.organisation import Council

OF_COUNCIL = "council"
SUNDAY = 6


class How(StrEnum):
    """How an item gets into the folder: the program writes it, a shortcut points at it, or it is still missing."""

    MADE = "готовит программа"
    LINKED = "ярлык"
    MISSING = "нет"


@dataclass(frozen=True, slots=True)
class PackItem:
    """One thing a curator needs in hand; `links` are register keys, `why` says what is missing and what to do.

    `places` say of each link what it is called, how it stands and in which folder it lies, for people.
    """

    kind: str
    title: str
    how: How
    links: tuple[str, ...] = ()
    why: str = ""
    places: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The folder before one council. Attendance, votes and discussion are never written.

    `note` is what the council hears, as far as it is needed here, `note_about` the subject of its key.
    """

    number: str
    day: date
    season: str
    folder: tuple[str, ...]
    items: tuple[PackItem, ...]
    agenda: tuple[AgendaPoint, ...]
    note: Note | None = None
    note_about: str = ""


def numbered(councils: Sequence[Council]) -> tuple[tuple[str, date, Council], ...]:
    """Give every dated council its number: the typed one, else its place in the school year."""
    dated = [(each.day, each) for each in councils if each.day]
    placed: Counter[str] = Counter()
    found: list[tuple[str, date, Council]] = []
    for day, each in sorted(dated, key=lambda pair: (pair[0], pair[1].row)):
        year = year_of(day)
        placed[year] += 1
        found.append((each.number or str(placed[year]), day, each))
    return tuple(found)


def needs(season: str) -> tuple[PackNeed, ...]:
    """Return the lines of a folder of a season, in their order."""
    packs = record.record().packs
    return *packs["first"], *packs[season], *packs["last"]


def _made(need: PackNeed) -> bool:
    """Tell what the program writes for the folder itself; papers of other kinds are linked."""
    return record.of(need.kind).subject == OF_COUNCIL


def made_for(day: date) -> frozenset[str]:
    """Name the kinds that the program writes for the folder of a council on a day."""
    return frozenset(need.kind for need in needs(season_of(day)) if _made(need))


def pack(facts: Facts, number: str, day: date, note: Note | None = None, note_about: str = "") -> Pack:
    """Return the pack of one council: always the same folder for the same day and number, whenever it is asked for."""
    season = season_of(day)
    return Pack(
        number,
        day,
        season,
        folder_of(number, day),
        tuple(
            item
            for need in needs(season)
            if (item := _item(need, facts, day)).how is not How.MISSING or not record.of(need.kind).on_change
        ),
        agenda(day, note, facts),
        note,
        note_about,
    )


def folder_of(number: str, day: date) -> tuple[str, ...]:
    """Name the folder of a council under the organisation's own."""
    return year_of(day), "05 Педсоветы", f"{day:%Y-%m-%d} Педсовет №{number}"


def _item(need: PackNeed, facts: Facts, day: date) -> PackItem:
    if _made(need):
        return PackItem(need.kind, need.title, How.MADE)
    found = sorted(_papers(need.kind, facts, day), key=lambda each: (each.day or date.max, each.key))
    found = found or standing(need.kind, facts, day)
    if not found:
        return PackItem(
            need.kind,
            need.title,
            How.MISSING,
            why=f"Ещё нет: «{need.title}». Подготовьте до педсовета или уберите из повестки.",
        )
    links = tuple(each.key for each in (found if need.several else found[-1:]))
    return PackItem(need.kind, need.title, How.LINKED, links)


def _papers(kind: str, facts: Facts, day: date) -> Iterator[Filed]:
    """Find the living papers of a kind in the council's school year; the newest version of each key only."""
    for filed in latest(facts.register).values():
        if (
            filed.kind == kind
            and filed.state not in OVER
            and filed.parts.period in {year_of(day), periods.school_year(day)}
            and (filed.day is None or filed.day <= day)
        ):
            yield filed


def council_problems(councils: Sequence[Council], today: date, book: str = "") -> tuple[Problem, ...]:
    """Ask about a council on a Sunday, two on one day, one without a date, one that passed without its minutes, and what was adopted."""
    days: Counter[date | None] = Counter(each.day for each in councils if each.day)
    found = [problem for each in councils for problem in _asked(each, days, today, book)]
    return (*found, *_adopted(councils, book))


def _adopted(councils: Sequence[Council], book: str) -> Iterator[Problem]:
    """Ask once what the minutes of the year adopted: only on that may papers rest."""
    held = [each for each in councils if each.protocol and each.protocol_day]
    if not held or any(each.adopted for each in councils):
        return
    first = held[0]
    told = f"Не указано, что принял педсовет: протокол № {first.protocol} от {first.protocol_day:%d.%m.%Y}. Впишите через точку с запятой: положение; дорожная карта; пары; реестр; программы; поощрение; методика – или «ничего». Пока этого нет, в документах на месте протокола пропуск. У других протоколов – в том же столбце, если они что-то приняли."
    yield Problem(
        Severity.QUESTION,
        "minutes-adopted",
        Origin(book, SETTINGS, first.row, "Ещё 4"),
        told,
        subject=f"педсовет {first.number or first.row}",
    )


def _asked(each: Council, days: Mapping[date | None, int], today: date, book: str) -> Iterator[Problem]:
    if each.day is None:
        if each.topic or each.protocol:
            yield _question(
                each,
                book,
                "council-no-day",
                "У педсовета нет даты, поэтому пакет к нему не готовится. Впишите дату.",
            )
        return
    if each.day.weekday() == SUNDAY:
        yield _question(
            each,
            book,
            "council-sunday",
            "Педсовет назначен на воскресенье. Проверьте дату или подтвердите её.",
        )
    if days[each.day] > 1:
        yield _question(
            each,
            book,
            "council-twice",
            "На один день назначены два педсовета. Исправьте дату одного из них или объедините их.",
        )
    if each.day < today and not each.protocol:
        yield _question(
            each,
            book,
            "council-past",
            "Дата педсовета уже прошла, а номера и даты протокола нет. Впишите их или исправьте дату.",
        )


def _question(each: Council, book: str, code: str, message: str) -> Problem:
    printed = f"{each.day:%d.%m.%Y}" if each.day else ""
    return Problem(
        Severity.QUESTION,
        code,
        Origin(book, SETTINGS, each.row, "Дата"),
        message,
        printed=printed,
        subject=f"педсовет {each.number or each.row}",
    )

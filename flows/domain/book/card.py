"""The organisation's card: the blocks of the tab `Настройки` read into values, with what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flows.domain import periods
from flows.domain.book import acting_heads, note_settings, own_method, requisites
from flows.domain.model import Cell, Origin, Problem, Severity
from flows.domain.organisation import Council, Nature, Organisation
from flows.domain.periods import Period
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold

YEAR, NATURE = "Учебный год", "Кто мы"
NEEDED = (
    "Полное наименование", "Краткое наименование", "Должность руководителя", "ФИО руководителя", "Куратор", "Должность куратора",
    YEAR, "Город",
)  # fmt: skip
BLOCKS = ("Организация", "Педсоветы", "Виды документов", "Справочники", "Нерабочие дни", "Уведомления")


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A row of «Виды документов»: staff's own template, folder and lead days for a kind; `unread` are days that were not read."""

    title: str
    template: str = ""
    folder: str = ""
    lead_days: int | None = None
    row: int = 0
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """All that `Настройки` says; `method` is the organisation's own method of evaluation, if any, `approved` the order of the plan.

    `blank` is where «Кто мы» stands while nobody filled it.
    """

    organisation: Organisation
    period: Period | None
    councils: tuple[Council, ...] = ()
    kinds: tuple[KindChoice, ...] = ()
    holidays: tuple[date, ...] = ()
    title: str = ""
    method: Mapping[str, Any] = field(default_factory=dict)
    approved: str = ""
    blank: Origin | None = None


SettingsLine = tuple[int, Sequence[Cell]]


def read(slug: str, lines: Sequence[SettingsLine], book: str = "") -> tuple[Card, tuple[Problem, ...]]:
    """Read the tab's lines (row number as people see it, cells). Missing facts are findings, never exceptions."""
    blocks = _blocks(lines)
    told = {
        fold(_text(cells, 0)): (row, cells[1] if len(cells) > 1 else None)
        for row, cells in blocks.get("Организация", ())
    }
    origin = Origin(book, SETTINGS, 0, "Значение")
    problems = [
        _missing(name, replace(origin, row=told.get(fold(name), (0, None))[0]))
        for name in NEEDED
        if not _told(told, name)
    ]
    problems += _unread_year(told, origin)
    councils = tuple(_council(row, cells) for row, cells in blocks.get("Педсоветы", ()))
    held = next((each for each in councils if each.protocol), None)
    acting, unsure = acting_heads.read(blocks.get("Организация", ()), _told(told, "ФИО руководителя"), origin)
    organisation = replace(_organisation(slug, told, councils, held), acting=acting)
    period, slip = _period(told, organisation.school_year, origin)
    kinds = tuple(_kind(row, cells) for row, cells in blocks.get("Виды документов", ()) if _text(cells, 0))
    holidays = tuple(
        day
        for _, cells in blocks.get("Нерабочие дни", ())
        if isinstance(day := cells[0] if cells else None, date)
    )

    def place(name: str) -> Origin:
        return replace(origin, row=told.get(fold(name), (0, None))[0])

    method, odd = own_method.read(lambda name: _told(told, name), place)
    of_notes = note_settings.findings(lambda name: _told(told, name), place)
    card = Card(
        organisation,
        period,
        councils,
        kinds,
        holidays,
        _told(told, "Название дорожной карты"),
        method,
        _told(told, "Приказ о дорожной карте"),
        _blank_nature(told, origin),
    )
    return card, (*problems, *slip, *unsure, *odd, *of_notes, *_unread_nature(told, origin))


def _blocks(lines: Sequence[SettingsLine]) -> dict[str, list[SettingsLine]]:
    """Cut the lines at the titles of blocks; each block's own header row is left out."""
    names = {fold(name): name for name in BLOCKS}
    blocks: dict[str, list[SettingsLine]] = {}
    current: list[SettingsLine] = []
    fresh = False
    for row, cells in lines:
        first = fold(_text(cells, 0))
        if first in names and not any(_text(cells, at) for at in range(1, len(cells))):
            current, fresh = blocks.setdefault(names[first], []), True
        elif fresh:
            fresh = False
        elif any(_text(cells, at) for at in range(len(cells))):
            current.append((row, cells))
    return blocks


def _text(cells: Sequence[Cell], at: int) -> str:
    value = cells[at] if at < len(cells) else None
    return (
        "" if value is None else value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value).strip()
    )


def _day(cells: Sequence[Cell], at: int) -> date | None:
    value = cells[at] if at < len(cells) else None
    return value if isinstance(value, date) else None


def _told(lines: Mapping[str, tuple[int, Cell]], name: str) -> str:
    return _text((lines.get(fold(name), (0, None))[1],), 0)


def _missing(name: str, origin: Origin) -> Problem:
    told = f"Во вкладке «{SETTINGS}» не заполнено «{name}»: без этого документы не подписать, поэтому они не готовятся. Впишите значение."
    return Problem(Severity.STOP, "card-missing", origin, told, subject=name)


def _unread_year(lines: Mapping[str, tuple[int, Cell]], origin: Origin) -> list[Problem]:
    row, value = lines.get(fold(YEAR), (0, None))
    printed = _text((value,), 0)
    if not printed or school_year(printed):
        return []
    said = f"Во вкладке «{SETTINGS}» не прочитан «{YEAR}», а он стоит в каждом документе, поэтому документы не готовятся. Впишите так: 2026-2027."
    return [
        Problem(Severity.STOP, "card-missing", replace(origin, row=row), said, printed=printed, subject=YEAR)
    ]


def school_year(text: str) -> str:
    """Spell a school year however it is typed («2026/27 уч. г.») as «2026-2027»; empty when it is not one."""
    found = re.search(r"(?<!\d)20(\d\d)\s*[-–—/]\s*(?:20)?(\d\d)(?!\d)", text)
    return f"20{found[1]}-20{found[2]}" if found and int(found[2]) == int(found[1]) + 1 else ""


def nature(text: str) -> Nature | None:
    """Read what the organisation is; nothing when it is none of the words."""
    return next((each for each in Nature if fold(text).rstrip(".") == fold(each)), None)


def _blank_nature(lines: Mapping[str, tuple[int, Cell]], origin: Origin) -> Origin | None:
    row = lines.get(fold(NATURE), (0, None))[0]
    return replace(origin, row=row) if row and not _told(lines, NATURE) else None


def _unread_nature(lines: Mapping[str, tuple[int, Cell]], origin: Origin) -> list[Problem]:
    row, value = lines.get(fold(NATURE), (0, None))
    printed = _text((value,), 0)
    if not printed or nature(printed):
        return []
    said = f"Во вкладке «{SETTINGS}» не прочитано «{NATURE}»; пока считается, что организация. Впишите одно: {', '.join(Nature)}."
    place = replace(origin, row=row)
    return [Problem(Severity.QUESTION, "card-nature", place, said, printed=printed, subject=NATURE)]


def _organisation(
    slug: str, lines: Mapping[str, tuple[int, Cell]], councils: tuple[Council, ...], held: Council | None
) -> Organisation:
    def text(name: str) -> str:
        return _told(lines, name)

    own: dict[str, Any] = {field: text(name).removesuffix(".0") for name, field in requisites.FIELDS.items()}
    return Organisation(
        slug=slug, full_name=text("Полное наименование"), short_name=text("Краткое наименование"), city=text("Город"),
        head_name=text("ФИО руководителя"), head_position=text("Должность руководителя"), head_gender=text("Пол руководителя"),
        curator_name=text("Куратор"), curator_position=text("Должность куратора"), curator_gender=text("Пол куратора"),
        school_year=school_year(text(YEAR)) or text(YEAR), time_zone=text("Часовой пояс") or "Europe/Moscow", founder=text("Учредитель"),
        teachers=_number(text("Педагогов всего")), young_teachers=_number(text("Молодых специалистов всего")),
        council_protocol=held.protocol if held else "", council_protocol_date=held.protocol_day if held else None,
        councils=tuple(each.day for each in councils if each.day), nature=nature(text(NATURE)) or Nature.ORGANISATION,
        **note_settings.fields(text), **own,
    )  # fmt: skip


def _number(text: str) -> int | None:
    found = re.fullmatch(r"(\d+)(?:[.,]0+)?", text)
    return int(found[1]) if found else None


def _council(row: int, cells: Sequence[Cell]) -> Council:
    return Council(
        _text(cells, 0).removesuffix(".0"),
        _day(cells, 1),
        _text(cells, 2),
        _text(cells, 3).removesuffix(".0"),
        _day(cells, 4),
        row,
        _text(cells, 5),
    )


def _kind(row: int, cells: Sequence[Cell]) -> KindChoice:
    days = _number(_text(cells, 3))
    return KindChoice(
        _text(cells, 0), _text(cells, 1), _text(cells, 2), days, row, _text(cells, 3) if days is None else ""
    )


def _period(
    lines: Mapping[str, tuple[int, Cell]], year: str, origin: Origin
) -> tuple[Period | None, tuple[Problem, ...]]:
    start, end = (lines.get(fold(f"Период дорожной карты ({side})"), (0, None))[1] for side in ("с", "по"))
    if isinstance(start, date) and isinstance(end, date):
        if start <= end:
            return Period(start, end), ()
        message = (
            f"Во вкладке «{SETTINGS}» период дорожной карты кончается раньше, чем начинается. Исправьте даты."
        )
        return None, (Problem(Severity.STOP, "period-reversed", origin, message),)
    return periods.parse(year), ()

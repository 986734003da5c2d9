"""Which column is which: headers found by their words, and everything that makes a tab's headers untrustworthy."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.text import fold
from flows.workspace.layout import CODE
from flows.workspace.sheets import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.workspace.layout import Column, Tab
    from flows.workspace.sheets import Sheet

NEAR, MOST = 0.55, 0.5
DEEPEST = 6
NAMELESS = "столбец без названия"
REFUSED = "до этого вкладка не читается и в неё ничего не пишется"


def found(sheet: Sheet, tab: Tab, book: str) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """Find where each canonical header stands (0-based column), with what is wrong; a стоп refuses the whole tab."""
    printed = printed_row(sheet, 0)
    known = {fold(each.header): each.header for each in tab.columns}
    places: dict[str, int] = {}
    for at, text in enumerate(printed):
        if fold(text) in known:
            places.setdefault(known[fold(text)], at)
    origin = Origin(book, tab.title, 1)
    if not places:
        return places, (Problem(Severity.STOP, "no-headers", origin, _headless(sheet, tab, known)),)
    problems = [
        _doubled(known[name], origin)
        for name, count in Counter(map(fold, printed)).items()
        if count > 1 and name in known
    ]
    strangers = {at: text for at, text in enumerate(printed) if text.strip() and fold(text) not in known}
    strangers |= {at: f"{NAMELESS} {letters(at)}" for at in _nameless(sheet, printed)}
    problems += [
        _absent(tab, number, places, strangers, origin)
        for number, column in enumerate(tab.columns)
        if column.header not in places
    ]
    return places, tuple(problems)


def _nameless(sheet: Sheet, printed: list[str]) -> list[int]:
    """Return the columns whose header is wiped out while something still stands below it."""
    width = max(map(len, sheet.cells), default=0)
    bare = [at for at in range(width) if at >= len(printed) or not printed[at].strip()]
    return [
        at
        for at in bare
        if any(sheet.at(row, at).value not in {None, ""} for row in range(1, len(sheet.cells)))
    ]


def printed_row(sheet: Sheet, at: int) -> list[str]:
    """Return a row as people see it."""
    return [
        cell.shown or str(cell.value or "") for cell in (sheet.cells[at] if at < len(sheet.cells) else ())
    ]


def model(sheet: Sheet, tabs: Iterable[Tab]) -> Tab | None:
    """Find the tab whose headers a sheet has, most of them: it is a copy, or the same one under another name."""
    printed = set(map(fold, printed_row(sheet, 0)))
    shares = [
        (len(printed & wanted) / len(wanted), tab)
        for tab in tabs
        if (wanted := {fold(each.header) for each in tab.columns})
    ]
    share, found = max(shares, key=lambda each: each[0])
    return found if share > MOST else None


def _headless(sheet: Sheet, tab: Tab, known: Mapping[str, str]) -> str:
    lower = next(
        (
            at
            for at in range(1, DEEPEST)
            if len({fold(text) for text in printed_row(sheet, at)} & known.keys()) > 1
        ),
        0,
    )
    if lower:
        return f"Во вкладке «{tab.title}» заголовки стоят в строке {lower + 1}, а должны в первой. Удалите строки над ними; {REFUSED}."
    if not sheet.cells:
        return f"Вкладка «{tab.title}» пуста, в ней нет даже заголовков. Верните её из прежней версии книги (в папке на этом компьютере – nastavnik history ФАЙЛ) или удалите и выполните nastavnik init: она появится заново."
    return f"В первой строке вкладки «{tab.title}» нет ни одного знакомого заголовка, например «{tab.columns[0].header}». Верните строку заголовков; {REFUSED}."


def _doubled(header: str, origin: Origin) -> Problem:
    told = f"Во вкладке «{origin.tab}» два столбца «{header}»: неясно, какой из них верный. Переименуйте или удалите лишний; {REFUSED}."
    return Problem(Severity.STOP, "header-doubled", Origin(origin.book, origin.tab, 1, header), told)


def _absent(
    tab: Tab, number: int, places: Mapping[str, int], strangers: Mapping[int, str], origin: Origin
) -> Problem:
    """Say that a header is gone; refuse the tab when it is needed or may have been renamed."""
    column = tab.columns[number]
    where = Origin(origin.book, origin.tab, 1, column.header)
    other = _near(column, strangers) or _instead(tab, number, places, strangers)
    if other:
        told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}», зато есть «{other}». Если это он, верните прежнее название, иначе добавьте столбец «{column.header}»; {REFUSED}."
        return Problem(Severity.STOP, "header-renamed", where, told, column.printed, other)
    if column.required or column.header == CODE or tab.owner == "system":
        cure = (
            "Если программу обновили, выполните nastavnik init: он добавит новые столбцы; иначе верните столбец из прежней версии книги (nastavnik history ФАЙЛ)"
            if tab.owner == "system"
            else "Добавьте его в первую строку"
        )
        told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}». {cure}; {REFUSED}."
        return Problem(Severity.STOP, "header-missing", where, told, column.printed)
    told = f"Во вкладке «{origin.tab}» нет столбца «{column.header}»: он считается пустым. Если он нужен, добавьте его в первую строку."
    return Problem(Severity.NOTE, "header-missing", where, told, column.printed)


def _near(column: Column, strangers: Mapping[int, str]) -> str:
    by_fold = {fold(text): text for text in strangers.values() if not text.startswith(NAMELESS)}
    near = get_close_matches(fold(column.header), list(by_fold), 1, NEAR)
    return by_fold[near[0]] if near else ""


def _instead(tab: Tab, number: int, places: Mapping[str, int], strangers: Mapping[int, str]) -> str:
    """Find a stranger that stands where the column should: right after the nearest column before it."""
    before = next(
        (places[each.header] for each in reversed(tab.columns[:number]) if each.header in places), -1
    )
    return strangers.get(before + 1, "")

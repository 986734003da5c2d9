"""The columns of one list given their meanings: whose each is, by its own words, its neighbours and what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain.lists.header_fields import (
    CONTACTS,
    IGNORED,
    NAME,
    PAIR,
    SURNAME,
    WHOSE,
    field_of,
    own_headers,
    plain,
    sides_of,
)
from flows.domain.lists.person_cells import looks_like_names
from flows.domain.tabs import MEETINGS, MENTEES, MENTORS, PAIRS, SETTINGS
from flows.domain.text import fold
from flows.domain.yes_and_no import TICKED, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.roadmap.grids import Grid

__all__ = ["MANY", "Meaning", "Placed", "names_person", "parts", "placed"]

Meaning = tuple[str, str]  # tab, canonical header
SAMPLE = 40
ONE = re.compile(r"наставник(?![а-я])|наставляемый|молодой")
YOUNG = "Молодой специалист"
# Of these headers a list may have several columns: their cells go into one of ours, a line each.
MANY = frozenset({"Чем готов помочь", "Запрос (что нужно)", "Дефициты", "Примечание", CONTACTS})
# Columns that only one side has, whoever stands beside them.
FREE = frozenset(
    {"Чем готов помочь", "Запрос (что нужно)", "Дефициты", "Обучение наставничеству", "Не более наставляемых"}
)
OTHERWISE = frozenset({NAME, *WHOSE.values(), "Группа", YOUNG})
MENTORS_OWN, MENTEES_OWN = (
    frozenset({"Чем готов помочь", "Обучение наставничеству", "Не более наставляемых"}),
    frozenset({"Запрос (что нужно)", "Дефициты", "Категория лиц", YOUNG}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Which list the columns make, what each means, and the headers that mean nothing to us."""

    tab: str
    meanings: Mapping[int, Meaning]
    unknown: Mapping[int, str]


def names_person(text: str) -> bool:
    """Tell a header of a column of persons, or of the surnames among their parts."""
    return bool({NAME, SURNAME, PAIR} & set(field_of(text).values()))


def parts(texts: Sequence[str], data: Grid) -> list[tuple[int, ...]]:
    """Cut a row of headers into the lists that stand side by side: a second «№», or an empty column, begins another one.

    Only where each part has persons is it a list of its own; «Наставник» and «Наставляемый», one of each, are a pair.
    """
    filled = [at for at, text in enumerate(texts) if text or _cells(data, at)]
    numbers = [at for at in filled if _ignored(texts[at])]
    gaps = [at for before, at in pairwise(filled) if at - before > 1]
    cuts = numbers[1:] if len(numbers) > 1 else [] if _of_one(texts) else gaps
    edges = [0, *cuts, len(texts)]
    cut = [tuple(at for at in filled if left <= at < right) for left, right in pairwise(edges)]
    whole = [part for part in cut if any(names_person(texts[at]) for at in part)]
    return cut if len(whole) == len(cut) > 1 else [tuple(filled)]


def _of_one(texts: Sequence[str]) -> bool:
    return any(ONE.search(plain(text)) for text in texts)


def placed(texts: Mapping[int, str], whose: str, data: Grid) -> Placed | None:
    """Give each column its meaning; `whose` is the list that the titles name. `None` where no column names a person."""
    if whose not in {"", MENTORS, MENTEES, PAIRS}:
        return _other(texts, whose)
    exact = _exact(texts, whose)
    if exact is not None:
        return exact
    columns = {at: {**field_of(text), **_worded(text)} for at, text in texts.items()}
    columns |= {at: _by_contents(texts[at], column, data, at) for at, column in columns.items()}
    people = [at for at, column in columns.items() if {NAME, SURNAME} & set(column.values())]
    meetings = sum(MEETINGS in own_headers(text) for text in texts.values()) > 1
    together = [at for at, column in columns.items() if PAIR in column.values() and not meetings]
    if not (people or together):
        return _other(texts, whose)
    sides = _sides(texts, columns, people, whose) if people else {}
    if together and not people:
        sides = {-1: MENTEES, together[0]: MENTORS}
    tab = PAIRS if {MENTORS, MENTEES} <= set(sides.values()) else next(iter(sides.values()))
    return _settled(texts, columns, sides, tab)


def _other(texts: Mapping[int, str], whose: str) -> Placed | None:
    """Place the columns of a tab of ours that is no list of people, by its own headers alone."""
    owners = [set(own_headers(text)) for text in texts.values() if text]
    common = [
        tab
        for tab in set().union(*owners) - {MENTORS, MENTEES, PAIRS}
        if sum(tab in own for own in owners) > 1
    ]
    common = [tab for tab in common if tab != SETTINGS or whose == SETTINGS]
    tab = (
        whose
        if whose in common
        else max(common, key=lambda each: sum(each in own for own in owners), default="")
    )
    if not tab:
        return None
    meanings = {at: (tab, own_headers(text)[tab]) for at, text in texts.items() if tab in own_headers(text)}
    unknown = {at: text for at, text in texts.items() if at not in meanings and text and not _ignored(text)}
    return Placed(tab, meanings, unknown)


def _exact(texts: Mapping[int, str], whose: str) -> Placed | None:
    """Place the columns of a table with our own headers: most of them are those of the list that the titles name."""
    said = [text for text in texts.values() if text and not _ignored(text)]
    if not whose or sum(whose in own_headers(text) for text in said) * 5 < len(said) * 4:
        return None
    persons = {header: side for side, header in WHOSE.items()}
    meanings: dict[int, Meaning] = {}
    for at, text in texts.items():
        header = own_headers(text).get(whose)
        if header:
            side = persons.get(header, "") if whose == PAIRS else ""
            meanings[at] = (side, NAME) if side else (whose, header)
    if NAME not in {header for _, header in meanings.values()}:
        return None
    for at, text in texts.items():
        worded = field_of(text).get(whose, "")
        if at not in meanings and worded and worded != NAME and (whose, worded) not in meanings.values():
            meanings[at] = (whose, worded)
    unknown = {at: text for at, text in texts.items() if at not in meanings and text and not _ignored(text)}
    return Placed(whose, meanings, unknown)


def _worded(text: str) -> dict[str, str]:
    """Take our own headers as they are spelled, but for those that a stranger means otherwise."""
    own = own_headers(text)
    return {tab: own[tab] for tab in (MENTORS, MENTEES, PAIRS) if tab in own and own[tab] not in OTHERWISE}


def _by_contents(text: str, column: Mapping[str, str], data: Grid, at: int) -> dict[str, str]:
    """Ask the cells where words may mean two things: «Молодой специалист» over ticks is no column of persons."""
    cells = _cells(data, at)
    if NAME in column.values() and NAME.lower() not in plain(text) and cells and not looks_like_names(cells):
        ticks = sum(fold(cell) in TICKED | UNTICKED for cell in cells) * 2 >= len(cells)
        return {MENTEES: YOUNG} if ticks and MENTEES in sides_of(text) else {}
    if not column and not _ignored(text) and looks_like_names(cells) and not text:
        return {MENTORS: NAME, MENTEES: NAME}
    return dict(column)


def _cells(data: Grid, at: int) -> list[str]:
    return [row[at].text for row in data[:SAMPLE] if at < len(row) and row[at].text.strip()]


def _sides(
    texts: Mapping[int, str], columns: Mapping[int, Mapping[str, str]], people: Sequence[int], whose: str
) -> dict[int, str]:
    """Tell whose each column of persons is: by its words, by the titles, by what the others are, by the columns beside it."""
    sides = {at: next(iter(sides_of(texts[at])), "") for at in people}
    bare = [at for at, side in sides.items() if not side]
    if whose in {MENTORS, MENTEES}:
        sides |= dict.fromkeys(bare, whose)
    elif len(bare) == len(people) == len(WHOSE) and whose == PAIRS:
        sides = dict(zip(people, (MENTORS, MENTEES), strict=True))
    elif len(set(filter(None, sides.values()))) == 1:
        known = next(filter(None, sides.values()))
        sides |= dict.fromkeys(bare, MENTEES if known == MENTORS else MENTORS)
    elif bare:
        sides |= dict.fromkeys(bare, _by_columns(columns))
    return sides


def _by_columns(columns: Mapping[int, Mapping[str, str]]) -> str:
    """Tell whose list it is by columns that only one side has."""
    headers = {header for column in columns.values() for header in column.values()}
    mentors, mentees = headers & MENTORS_OWN, headers & MENTEES_OWN
    if bool(mentors) == bool(mentees):
        return ""
    return MENTORS if mentors else MENTEES


def _settled(
    texts: Mapping[int, str],
    columns: Mapping[int, Mapping[str, str]],
    sides: Mapping[int, str],
    tab: str,
) -> Placed:
    meanings: dict[int, Meaning] = {}
    unknown: dict[int, str] = {}
    taken: set[Meaning] = set()
    nearest = next(iter(sides.values()))
    for at, text in texts.items():
        nearest = sides.get(at, nearest)
        if _ignored(text):
            continue
        meaning = _meaning(text, columns[at], nearest, frozenset(sides.values()))
        if meaning is None or (meaning in taken and meaning[1] not in MANY):
            if text:
                unknown[at] = text
            continue
        meanings[at] = meaning
        taken.add(meaning)
    return Placed(tab, meanings, unknown)


def _meaning(text: str, column: Mapping[str, str], nearest: str, present: frozenset[str]) -> Meaning | None:
    """Choose among the tabs that a header may mean: the side it names, the pair where there are both, who stands before it."""
    said = [side for side in sides_of(text) if side in column]
    if said and NAME not in column.values() and said[0] not in present:
        return None
    both = {MENTORS, MENTEES} <= present
    order = (
        [said[0]] if said
        else [PAIRS, nearest] if both and PAIRS in column
        else [*(side for side in (MENTORS, MENTEES) if side in present)] if FREE & set(column.values())
        else [nearest, PAIRS]
    )  # fmt: skip
    for tab in order:
        if tab in column:
            return tab, column[tab]
    if not nearest and column:  # a list of nobody knows whom: either side will do to show what was understood
        return "", next(iter(column.values()))
    return None


def _ignored(text: str) -> bool:
    return any(IGNORED in field_of(line).values() for line in (text, text.rpartition("\n")[2]))

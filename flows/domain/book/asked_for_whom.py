"""For whom a curator asks: the cell «Для кого» of `Запросы` read as codes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flows.domain.people.participants import called
from flows.domain.row_codes import CODE, spelled
from flows.domain.tabs import MENTEES, MENTORS, PAIRS, ROADMAP, STAFF_EVENTS
from flows.domain.text import DASHES, fold
from flows.russian import Doubt
from flows.russian.names import surname_initials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.model import Row

    Tabs = Mapping[str, Sequence[Row]]

WHOLE = frozenset({"", "вся организация", "организация", "для всей организации", "все", "всем", "для всех"})
TABS = (MENTORS, MENTEES, PAIRS, ROADMAP, STAFF_EVENTS)


def codes(typed: str, tabs: Tabs) -> tuple[str, ...] | None:
    """Return the codes a cell names, none for the whole organisation; `None` when it names nobody or several people.

    A participant, a pair or a row of the roadmap is named by its code, people also by name («Орлова Вера Дмитриевна»,
    «Орлова В.Д.», «Орлова»), by a former one too, groups by the group's name. With a person come their pairs, with a pair its mentor.
    """
    wanted = fold(typed)
    if wanted in WHOLE:
        return ()
    names = {code: frozenset(map(fold, told)) for code, told in called(tabs).items()}
    found = list(dict.fromkeys(_named(_code(typed), wanted, tabs)))
    own = {names[code] for code in found if code in names}
    known = frozenset().union(*own)
    if not found or any(not one & other for one in own for other in own):
        return None
    pairs = [
        row
        for row in tabs.get(PAIRS, ())
        if row.code in found or known & {fold(row.text("Наставник")), fold(row.text("Наставляемый"))}
    ]
    mentors = (
        known
        if any(code.startswith("Н-") for code in found)
        else {fold(row.text("Наставник")) for row in pairs}
    )
    leading = [row.code for row in tabs.get(MENTORS, ()) if names.get(row.code, frozenset()) & mentors]
    return tuple(dict.fromkeys((*found, *(row.code for row in pairs), *leading)))


def _code(typed: str) -> str:
    """Spell a typed code as the program does: «н-3», and one copied from a paper with its no-break hyphen, is `Н-003`."""
    found = CODE.fullmatch(DASHES.sub("-", typed.strip().upper()))
    return spelled(found[1], int(found[2])) if found else ""


def _named(code: str, wanted: str, tabs: Tabs) -> Iterator[str]:
    if code:
        yield from (row.code for tab in TABS for row in tabs.get(tab, ()) if row.code == code)
        return
    people = called(tabs)
    for spell in (fold, _short, _surname):
        found = [code for code, names in people.items() if wanted.replace(". ", ".") in map(spell, names)]
        if found:
            yield from found
            return
    yield from (row.code for row in tabs.get(PAIRS, ()) if wanted == fold(row.text("Группа")))


def _short(name: str) -> str:
    with suppress(Doubt):
        return fold(surname_initials(name))
    return ""


def _surname(name: str) -> str:
    return fold(name).split(" ", maxsplit=1)[0]

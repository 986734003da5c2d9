"""Codes of rows and numbers of drafts: given once, never given again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Row, Severity
from flows.domain.tabs import (
    DIFFICULTIES,
    MEETINGS,
    MENTEES,
    MENTORS,
    ORGANISATIONS,
    PAIRS,
    PRACTICES,
    REQUESTS,
    ROADMAP,
    SCORE_CARD,
    STAFF_EVENTS,
    SURVEYS,
)
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PREFIXES = {
    ROADMAP: "М", MENTORS: "Н", MENTEES: "Л", PAIRS: "П", MEETINGS: "В", REQUESTS: "З",
    SURVEYS: "А", SCORE_CARD: "К", STAFF_EVENTS: "С", DIFFICULTIES: "Т",
    ORGANISATIONS: "О", PRACTICES: "Ф",
}  # fmt: skip
LOOSE = frozenset({MEETINGS, REQUESTS, SURVEYS, SCORE_CARD, STAFF_EVENTS, DIFFICULTIES, PRACTICES})
# What tells a row when its code was wiped: such a row gets its own code back, not a new one.
TELLING = {
    ROADMAP: ("№ п/п", "Мероприятие"), MENTORS: ("ФИО",), MENTEES: ("ФИО",), PAIRS: ("Наставник", "Наставляемый", "Дата начала"),
    ORGANISATIONS: ("Код ОО",),
}  # fmt: skip
CODE = re.compile(r"([А-ЯЁ])-(\d+)")
NOTHING: Mapping[str, str] = MappingProxyType({})


def coded(
    tab: str, rows: Sequence[Row], highest: int, known: Mapping[str, str] = NOTHING
) -> tuple[tuple[Row, ...], int, tuple[Problem, ...]]:
    """Give a code to each row that has none; a copied code stays with the upper row.

    `highest` is the greatest number ever given on this tab; the new greatest comes back. A code that somebody
    typed over stays as it is and stops its row: a new one would give the row's papers a second time. `known` tells
    by code what its row said (`identity`): a row whose code was wiped gets it back.
    """
    prefix = PREFIXES[tab]
    top = max([highest, *(_number(row.code, prefix) for row in rows)])
    standing = {row.code for row in rows}
    lost = {
        code: told for code, told in sorted(known.items()) if _number(code, prefix) and code not in standing
    }
    seen: set[str] = set()
    given: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        if row.code and tab not in LOOSE and not well_spelt(row.code):
            problems.append(_broken(row))
            given.append(row)
            continue
        kept = row.code if _number(row.code, prefix) and row.code not in seen else ""
        if row.code and not kept:
            problems.append(_copied(row))
        if not row.code and (mine := identity(tab, row)):
            kept = next((code for code, told in lost.items() if told == mine and code not in seen), "")
        if not kept:
            top += 1
            kept = spelled(prefix, top)
        seen.add(kept)
        given.append(replace(row, code=kept))
    return tuple(given), top, tuple(problems)


def identity(tab: str, row: Row) -> str:
    """Return a short hash of what tells a row from others on its tab; empty where nothing does. No name can be read back from it."""
    told = [fold(row.text(header)) for header in TELLING.get(tab, ())]
    return f"x{hashlib.sha256(chr(31).join(told).encode()).hexdigest()[:12]}" if any(told) else ""


def _number(code: str, prefix: str) -> int:
    found = CODE.fullmatch(code)
    return int(found[2]) if found and found[1] == prefix else 0


def well_spelt(code: str) -> bool:
    """Tell a code as this program spells it, of whatever tab."""
    found = CODE.fullmatch(code)
    return found is not None and found[1] in PREFIXES.values() and code == spelled(found[1], int(found[2]))


def spelled(prefix: str, number: int) -> str:
    """Spell a row's code: `П-012`."""
    return f"{prefix}-{number:03d}"


def _copied(row: Row) -> Problem:
    origin = replace(row.origin, column="⚙ Код")
    message = "Строка скопирована вместе с кодом: нижней дан новый код, прежний остался у верхней."
    return Problem(Severity.NOTE, "code-copied", origin, message, printed=row.code)


def _broken(row: Row) -> Problem:
    origin = replace(row.origin, column="⚙ Код")
    told = "Код строки исправлен вручную, поэтому по ней ничего не готовится. Верните прежний код (Ctrl+Z или история версий); если строка новая, очистите ячейку с кодом."
    return Problem(Severity.STOP, "code-broken", origin, told, printed=row.code, subject=row.code)


YEAR_OF = re.compile(r"ПР-(\d{4})-\d+")
DRAFT = re.compile(r"ПР-(\d+)-(\d+)")


def draft_number(year: int, number: int) -> str:
    """Spell the number of a draft: `ПР-2026-017`. It is not a registration number: those are typed by a person."""
    return f"ПР-{year}-{number:03d}"


def highest_draft(numbers: Iterable[str], year: int) -> int:
    """Return the greatest draft number of a year."""
    drafts = (DRAFT.fullmatch(text) for text in numbers)
    return max((int(draft[2]) for draft in drafts if draft and draft[1] == str(year)), default=0)

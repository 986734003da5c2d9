"""Codes of rows and numbers of drafts: given once, never given again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Row, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PREFIXES = {"Дорожная карта": "М", "Наставники": "Н", "Наставляемые": "Л", "Пары": "П", "Встречи": "В", "Запросы": "З"}
CODE = re.compile(r"([А-ЯЁ])-(\d+)")


def coded(tab: str, rows: Sequence[Row], highest: int) -> tuple[tuple[Row, ...], int, tuple[Problem, ...]]:
    """Give a code to each row that has none; a copied code stays with the upper row.

    `highest` is the greatest number ever given on this tab; the new greatest comes back.
    """
    prefix = PREFIXES[tab]
    top = max([highest, *(_number(row.code, prefix) for row in rows)])
    seen: set[str] = set()
    given: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        kept = row.code if _number(row.code, prefix) and row.code not in seen else ""
        if row.code and not kept:
            problems.append(_copied(row))
        if not kept:
            top += 1
            kept = f"{prefix}-{top:03d}"
        seen.add(kept)
        given.append(replace(row, code=kept))
    return tuple(given), top, tuple(problems)


def _number(code: str, prefix: str) -> int:
    found = CODE.fullmatch(code)
    return int(found[2]) if found and found[1] == prefix else 0


def _copied(row: Row) -> Problem:
    origin = replace(row.origin, column="⚙ Код")
    return Problem(Severity.NOTE, "code-copied", origin, "Строка скопирована вместе с кодом: нижней дан новый код, прежний остался у верхней.", printed=row.code)


def draft_number(year: int, number: int) -> str:
    """Spell the number of a draft: `ПР-2026-017`. It is not a registration number: those are typed by a person."""
    return f"ПР-{year}-{number:03d}"


def highest_draft(numbers: Iterable[str], year: int) -> int:
    """Return the greatest draft number of a year."""
    found = (re.fullmatch(rf"ПР-{year}-(\d+)", text) for text in numbers)
    return max((int(each[1]) for each in found if each), default=0)


def marks(told: Mapping[str, str]) -> dict[str, int]:
    """Read the high-water marks of the hidden tab; what is not a number counts as none."""
    return {name: int(value) for name, value in told.items() if value.isdecimal()}

"""Codes of rows and numbers of drafts: given once, never given again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Row, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PREFIXES = {
    "Дорожная карта": "М", "Наставники": "Н", "Наставляемые": "Л", "Пары": "П", "Встречи": "В", "Запросы": "З",
    "Анкеты": "А", "Карта оценки": "К", "Кадровые события": "С",
}  # fmt: skip
LOOSE = frozenset({"Встречи", "Запросы", "Анкеты", "Карта оценки", "Кадровые события"})
CODE = re.compile(r"([А-ЯЁ])-(\d+)")


def coded(tab: str, rows: Sequence[Row], highest: int) -> tuple[tuple[Row, ...], int, tuple[Problem, ...]]:
    """Give a code to each row that has none; a copied code stays with the upper row.

    `highest` is the greatest number ever given on this tab; the new greatest comes back. A code that somebody
    typed over stays as it is and stops its row: a new one would give the row's papers a second time.
    """
    prefix = PREFIXES[tab]
    top = max([highest, *(_number(row.code, prefix) for row in rows)])
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
        if not kept:
            top += 1
            kept = spelled(prefix, top)
        seen.add(kept)
        given.append(replace(row, code=kept))
    return tuple(given), top, tuple(problems)


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
    return Problem(Severity.NOTE, "code-copied", origin, "Строка скопирована вместе с кодом: нижней дан новый код, прежний остался у верхней.", printed=row.code)


def _broken(row: Row) -> Problem:
    origin = replace(row.origin, column="⚙ Код")
    told = "Код строки исправлен вручную, поэтому по ней ничего не готовится. Верните прежний код (Ctrl+Z или история версий); если строка новая, очистите ячейку с кодом."
    return Problem(Severity.STOP, "code-broken", origin, told, printed=row.code, subject=row.code)


def draft_number(year: int, number: int) -> str:
    """Spell the number of a draft: `ПР-2026-017`. It is not a registration number: those are typed by a person."""
    return f"ПР-{year}-{number:03d}"


def highest_draft(numbers: Iterable[str], year: int) -> int:
    """Return the greatest draft number of a year."""
    found = (re.fullmatch(rf"ПР-{year}-(\d+)", text) for text in numbers)
    return max((int(each[1]) for each in found if each), default=0)

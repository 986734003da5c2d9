"""Rows of an organisation that say what a row of its district says: whoever has one is asked before another is laid."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from flows.domain.roadmap.file_trace import PRINTED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.district.handing import Handed
    from flows.domain.model import Row

ALIKE = 0.8
_, _, ACTIVITY, CONTENT = PRINTED[:4]


def twins(handed: Sequence[Handed], rows: Sequence[Row]) -> dict[str, Row]:
    """Find for the rows of a district, by their codes, the organisation's rows of the same words, else of nearly the same.

    Neither their numbers nor their terms count. A row is the twin of one only.
    """
    left = {row.origin.row: (row, _text(row.text(ACTIVITY), row.text(CONTENT))) for row in rows}
    found: dict[str, Row] = {}
    pairs: list[tuple[float, int, str, int]] = []
    for place, each in enumerate(handed):
        text = _text(each.activity, each.content)
        pairs += [
            (-likeness, place, each.code, at)
            for at, (_, own) in left.items()
            if (likeness := _likeness(text, own)) >= ALIKE
        ]
    for _, _, code, at in sorted(pairs):
        if code not in found and at in left:
            found[code] = left.pop(at)[0]
    return found


def _text(activity: str, content: str) -> str:
    return fold(f"{activity} {content}")


def _likeness(one: str, other: str) -> float:
    """Return 1 for the same text, 0 for texts that share less than half of their words."""
    if one == other:
        return 1.0
    words, others = frozenset(one.split()), frozenset(other.split())
    if not one or not other or len(words & others) * 2 < max(len(words), len(others)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def alike(rows: Sequence[Row], cells: Mapping[str, str]) -> Row | None:
    """Return the row whose words are nearly, not wholly, those of some cells."""
    told = _text(cells.get(ACTIVITY, ""), cells.get(CONTENT, ""))
    likeness = [(_likeness(_text(row.text(ACTIVITY), row.text(CONTENT)), told), row) for row in rows]
    best = max(likeness, key=lambda each: each[0], default=(0.0, None))
    return best[1] if ALIKE <= best[0] < 1 else None

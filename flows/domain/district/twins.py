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


def alike(rows: Mapping[str, str], text: str) -> str:
    """Return the code of a district's row whose words are nearly, not wholly, a text; empty where none is."""
    told = {code: _likeness(_text(own, ""), _text(text, "")) for code, own in rows.items()}
    best = max(told, key=lambda code: told[code], default="")
    return best if best and ALIKE <= told[best] < 1 else ""

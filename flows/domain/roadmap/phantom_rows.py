"""Rows of a table that are no activities: numbers of columns, a header printed again, totals, signatures, remarks below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_words import role_of
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.roadmap.grids import Grid, GridCell

__all__ = ["JUNK", "TOTAL", "heads_of", "is_phantom", "is_signature", "last_of_plan"]

JUNK = {"\\", "-", "–", "—", ".", "_"}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
LETTERS = "абвгдежзик"
COUNTED, AGAIN = 2, 0.6
TOTAL = re.compile(r"(?:всего|итого)(?![а-я])", re.IGNORECASE)
LONGEST_TOTAL, LONGEST_POST = 60, 120
SIGNED = re.compile(r"_{4}|\.{8}|/\s?_|\(подпись\)|(?<!\w)м\.\s?п\.", re.IGNORECASE)
BELOW = re.compile(
    r"\*|примечани[ея] ?[:.–-]|(?:директор|заведующ|заместитель|зам\.|начальник|руководитель|председатель|составил|составител|исполнитель|разработал|согласован|утвержд|подпись|дата составления|ознакомлен|методист|куратор)",
    re.IGNORECASE,
)
REMARK = re.compile(r"\*|примечани|составил|исполнитель:|ознакомлен", re.IGNORECASE)
NAME = re.compile(r"[А-ЯЁ]\. ?[А-ЯЁ]\. ?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+ [А-ЯЁ]\. ?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич|вна|ична)")  # fmt: skip


def heads_of(grid: Grid, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a header, folded, so that each is known when a page prints it again."""
    return tuple(tuple(fold(cell.text) for cell in row) for row in grid[max(first, 0) : last])


def is_phantom(row: Sequence[GridCell], heads: Sequence[Sequence[str]]) -> bool:
    """Tell a row of nothing, of column numbers, of a header again, or of a total."""
    own = [cell.text.strip() for cell in row if cell.text.strip() and cell.merge is Merge.NONE]
    filled = [cell.text.strip() for cell in row if cell.text.strip()]
    if all(text in JUNK for text in filled) or _counted(own) or _counted(filled):
        return True
    if len(own) > 1 and _header_again(row, own, heads):
        return True
    return bool(own) and bool(TOTAL.match(own[0])) and len(own[0]) <= LONGEST_TOTAL


def _counted(texts: Sequence[str]) -> bool:
    """Tell numbers of columns: from one on, in figures, Roman figures or letters."""
    plain = [text.strip("().").lower() for text in texts]
    if len(plain) < COUNTED:
        return False
    return any(
        plain == list(signs[: len(plain)]) and (len(plain) > COUNTED or signs is not LETTERS)
        for signs in ([str(number) for number in range(1, len(plain) + 1)], ROMAN, LETTERS)
    )


def _header_again(row: Sequence[GridCell], own: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    texts = [fold(cell.text) for cell in row]
    for head in heads:
        same = sum(bool(text) and text == other for text, other in zip(texts, head, strict=False))
        if texts == list(head) or (same >= COUNTED and same >= AGAIN * len([text for text in texts if text])):
            return True
    return len(own) > COUNTED and all(len(text) < LONGEST_TOTAL and role_of(text) for text in own)


def last_of_plan(grid: Grid, first: int) -> int:
    """Return the row below the last one of the plan: signatures and remarks under it are left out."""
    last = len(grid)
    while last > first:
        own = [cell.text.strip() for cell in grid[last - 1] if cell.text.strip() and cell.merge is Merge.NONE]
        if own and not _is_below(own):
            return last
        last -= 1
    return last


def is_signature(own: Sequence[str], *, apart: bool) -> bool:
    """Tell a signature or a remark below a list of people, where posts and names are what its rows hold.

    It opens with a post or such a word and has a line for the pen, or is one text that stands `apart` from the rows.
    """
    whole = " ".join(own)
    opens = BELOW.match(own[0])
    if opens is None or len(own) > COUNTED + 1 or len(whole) > LONGEST_POST * COUNTED:
        return False
    if SIGNED.search(whole):
        return True
    word_ends = not own[0][opens.end() : opens.end() + 1].isalpha()
    return (
        apart and len(own) == 1 and (bool(REMARK.match(own[0])) or (word_ends and bool(NAME.search(whole))))
    )


def _is_below(own: Sequence[str]) -> bool:
    whole = " ".join(own)
    if SIGNED.search(whole) and len(whole) < LONGEST_POST * COUNTED:
        return True
    if not BELOW.match(own[0]) or len(own) > COUNTED + 1:
        return False
    if bool(NAME.search(whole)) and len(whole) <= LONGEST_POST:
        return True
    return len(own) == 1 and bool(REMARK.match(own[0]))

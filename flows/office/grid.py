"""Cell addresses: A1 notation, ranges, and the words Google uses for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.office.errors import Refusal

_PLAIN_TITLE = re.compile(r"[A-Za-zА-Яа-яЁё_][A-Za-zА-Яа-яЁё0-9_]*")
_LIKE_CELL = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*")
_CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})")


@dataclass(frozen=True)
class Area:
    """A rectangle, 0-based, ends not included; None is «to the edge of the grid»."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> Area:
        """Clip to a grid of this size."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(self.top, self.left, bottom, right)

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right of a clipped area."""
        return self.top, self.left, self.bottom or 0, self.right or 0


@lru_cache(maxsize=2048)
def letters(column: int) -> str:
    """Column letters of a 0-based number: 0 is A, 26 is AA."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=2048)
def column_of(text: str) -> int:
    """0-based number of column letters."""
    number = 0
    for char in text.upper():
        number = number * 26 + ord(char) - 64
    return number - 1


@lru_cache(maxsize=2048)
def cell_of(ref: str) -> tuple[int, int]:
    """0-based row and column of a reference such as B7; `ValueError` if it is none."""
    match = _CORNER.fullmatch(ref)
    if match is None or not match.group(1) or not match.group(2):
        raise ValueError
    return int(match.group(2)) - 1, column_of(match.group(1))


def column_in(ref: str) -> int:
    """0-based column of a reference such as B7; `ValueError` if it is none."""
    return _column_before(ref.rstrip("0123456789"))


@lru_cache(maxsize=2048)
def _column_before(text: str) -> int:
    return cell_of(f"{text}1")[1]


def ref_of(row: int, column: int) -> str:
    """Spell the reference of a 0-based cell."""
    return f"{letters(column)}{row + 1}"


def area_of(text: str) -> Area:
    """Read `B2`, `A1:C3`, `A:Z`, `A2:Z` or `2:5`, its corners in any order; `ValueError` if it is none of them.

    A side that only one corner names starts there and is open: `A:A5` is `A5:A`.
    """
    first, mark, last = text.partition(":")
    corners = [_corner(first), _corner(last if mark else first)]
    sides = [[each for each in side if each is not None] for side in zip(*corners, strict=True)]
    whole = [len(side) == len(corners) for side in sides]
    if not (all(whole) if not mark else any(whole)):
        raise ValueError
    (top, bottom), (left, right) = (
        _ends(side, closed=closed) for side, closed in zip(sides, whole, strict=True)
    )
    return Area(top, left, bottom, right)


def _ends(side: list[int], *, closed: bool) -> tuple[int, int | None]:
    return (min(side), max(side) + 1) if closed else (min(side, default=0), None)


def _corner(text: str) -> tuple[int | None, int | None]:
    match = _CORNER.fullmatch(text)
    column, row = match.groups() if match else ("", "0")
    if row and not int(row):
        raise ValueError
    return (int(row) - 1 if row else None), (column_of(column) if column else None)


def span(area: Area) -> str:
    """Spell a clipped area: `A1:C3`, one cell as `B2`."""
    top, left, bottom, right = area.edges
    first, last = ref_of(top, left), ref_of(max(bottom - 1, top), max(right - 1, left))
    return first if first == last else f"{first}:{last}"


def quoted(title: str) -> str:
    """Spell a sheet's title as it stands before `!`."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def split(text: str) -> tuple[str | None, str]:
    """Split a range into the sheet's title, None if it names none, and the rest."""
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
        if match is None:
            raise unreadable(text)
        return match.group(1).replace("''", "'"), match.group(2) or ""
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def unreadable(text: str) -> Refusal:
    """Google's answer to a range it cannot read or whose sheet is not there."""
    return Refusal(400, f"Unable to parse range: {text}")

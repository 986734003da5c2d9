"""A mark as people give it, read in one place: the log of meetings and the answers of forms spell it alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from flows.domain.text import fold
from flows.domain.yes_and_no import SAYS_NO, SAYS_YES

Value = str | float | bool | date | None
YES_NO: Final = 1
BLANKS = frozenset({"", "-", "н/д", "нет ответа", "затрудняюсь ответить", "затрудняюсь"})
POINTS = r"(?:\s*б(?:алл\w*)?\.?)?"
NUMBER = r"(\d{1,3}(?:\s?[.,]\s?\d+)?)"
OUT_OF = re.compile(rf"^{NUMBER}{POINTS}\s*(?:[/\\⁄]|\(?из)\s*(\d{{1,3}}){POINTS}\)?$")
LEADING = re.compile(rf"^{NUMBER}{POINTS}\s*(?:$|[-–—(:.]\s*[^\d\s].*$)")
SCALES = frozenset({5, 10})
HUGE = 10**9


@dataclass(frozen=True, slots=True)
class Mark:
    """A read mark: `value` out of `scale`; `fault` says why a filled cell gave none: text, date or range."""

    value: float | None = None
    scale: int = 0
    fault: str = ""


def mark(cell: Value, scale: int) -> Mark:
    """Read one mark; `scale` is the highest mark, 1 for «да/нет», 0 when the column does not tell. Never raises."""
    if cell is None or (isinstance(cell, str) and folded(cell) in BLANKS):
        return Mark()
    if isinstance(cell, bool):
        return Mark(fault="text")
    if isinstance(cell, date):
        return Mark(fault="date")
    if isinstance(cell, str):
        return _written(unicodedata.normalize("NFKC", folded(cell)), scale)
    return _bounded(float(cell), scale) if abs(cell) < HUGE else Mark(fault="range")


def out_of_ten(cell: Value) -> float | None:
    """Read a mark on the scale of ten, whatever scale it is written on; `None` for a blank and for what is no mark."""
    read = mark(cell, 10)
    if read.value is None:
        return None
    value = read.value * 10 / read.scale
    return int(value) if value == int(value) else value


def _written(text: str, scale: int) -> Mark:
    if text in SAYS_YES | SAYS_NO:
        return Mark(float(text in SAYS_YES), YES_NO) if scale in {0, YES_NO} else Mark(fault="text")
    out_of = OUT_OF.match(text)
    if out_of:
        top = int(out_of[2])
        return _bounded(_number(out_of[1]), top) if top in SCALES else Mark(fault="range")
    leading = LEADING.match(text)
    return _bounded(_number(leading[1]), scale) if leading else Mark(fault="text")


def _bounded(value: float, scale: int) -> Mark:
    lowest = 0 if scale == YES_NO else 1
    highest = scale or 10
    return Mark(value, scale) if lowest <= value <= highest else Mark(fault="range")


def _number(text: str) -> float:
    return float(re.sub(r"\s", "", text).replace(",", "."))


def folded(text: str) -> str:
    """Fold spaces, case and ё; people type all three at will."""
    return fold(text).rstrip(".!")

"""Rows as tall as their wrapped text: Google grows a row as it is written, a file has to be told."""

from __future__ import annotations

from functools import cache, partial
from math import ceil
from typing import TYPE_CHECKING

from flows.office.layout import column_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.office.sheet import Sheet
    from flows.office.styles import Styles

LINE = 15.0
MOST = 400.0
DEFAULT_WIDTH = 12.7
# A bold or wide letter takes more than the average one that widths are counted in.
TIGHT = 0.9


def fit(sheet: Sheet, styles: Styles, rows: Iterable[int]) -> None:
    """Give rows the height their wrapped cells need; a row whose height a person has set is left alone."""
    columns = column_list(sheet)
    widths = {
        column: float(each.get("width", DEFAULT_WIDTH))
        for column, each in columns.items()
        if each.get("hidden") not in {"1", "true"}
    }
    hidden = columns.keys() - widths.keys()
    wrapped = cache(partial(_wraps, styles))
    for row in rows:
        element = sheet.row_element(row)
        if element.get("customHeight") in {"1", "true"}:
            continue
        lines = max(
            (
                _lines(text, widths.get(column, DEFAULT_WIDTH))
                for column, text in sheet.texts(row, wrapped).items()
                if column not in hidden
            ),
            default=1,
        )
        if lines > 1:
            element.set("ht", f"{min(lines * LINE, MOST):g}")
        elif "ht" in element.attrib:
            del element.attrib["ht"]


def _wraps(styles: Styles, style: int) -> bool:
    look = styles.described(style) or {}
    return look.get("wrapStrategy") == "WRAP"


def _lines(text: str, width: float) -> int:
    room = max(width * TIGHT, 1.0)
    return sum(max(1, ceil(len(part) / room)) for part in text.split("\n"))

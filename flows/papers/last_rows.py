"""Which rows of a table stay on one page: its last two, and never its head with a heading under it and the row after that.

A page with a table's head and a single row under it is not signed. A heading across the table that is kept with the row
below it, right under a head that is kept with the heading, makes LibreOffice lose every row that goes on to a next page.
"""

from __future__ import annotations

import re
from itertools import pairwise

END, HEAD = "</w:tbl>", "<w:tblHeader/>"
ROW = re.compile(r"<w:tr[ >]")
STYLE = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext)')
LEAST = 3  # a head and two rows
ACROSS, FREE = "<w:gridSpan ", r'\1<w:keepNext w:val="0"/>'


def held(body: str) -> str:
    """Return a body whose tables with a head keep their last row with the one before it, and let go of a heading right under the head.

    Only the finished text knows which row is the last one: in a template it is a row of a loop.
    """
    if HEAD not in body:
        return body
    *tables, rest = body.split(END)
    return END.join([*map(_held, tables), rest])


def _held(text: str) -> str:
    """Hold the rows of the table that the text ends with."""
    start = text.rfind("<w:tbl>")
    table = text[start:] if start >= 0 else ""
    rows = [found.start() for found in ROW.finditer(table)]
    if HEAD not in table or len(rows) < LEAST:
        return text
    before, last = rows[-2:]
    kept = STYLE.sub(r"\1<w:keepNext/>", table[before:last])
    return f"{text[:start]}{_freed(table[:before], rows[:-1])}{kept}{table[last:]}"


def _freed(table: str, rows: list[int]) -> str:
    """Let go of the row below a heading that is the first row under the head."""
    body = next((at for at, (start, end) in enumerate(pairwise(rows)) if HEAD not in table[start:end]), None)
    if body is None or ACROSS not in table[rows[body] : rows[body + 1]]:
        return table
    start, end = rows[body : body + 2]
    return f"{table[:start]}{STYLE.sub(FREE, table[start:end])}{table[end:]}"

"""The last rows of a table stay on one page: a page with a table's head and a single row under it is not signed."""

from __future__ import annotations

import re

END, HEAD = "</w:tbl>", "<w:tblHeader/>"
ROW = re.compile(r"<w:tr[ >]")
STYLE = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext)')
LEAST = 3  # a head and two rows


def held(body: str) -> str:
    """Return a body whose tables with a head keep their last row with the one before it.

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
    return f"{text[:start]}{table[:before]}{kept}{table[last:]}"

"""Parts that docxtpl itself repairs after printing, whatever became of them: those with column tags, pictures, tables of another grid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.papers.mending import names
from flows.papers.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMN_TAGS = re.compile(
    r"\{%tc\s|\{\{tc\s|\{%\s*(?:vm|hm|colspan|cellbg)\b|\{\{r\s|\{%r\s|\{\{-|\{%-|-\}\}|-%\}"
)


def steady(tree: _Element, *, body: bool) -> bool:
    """Return whether those repairs would change nothing in any paper printed from a part."""
    if COLUMN_TAGS.search(_typed(tree)):
        return False
    if not body:
        return True
    return next(tree.iter(names.DOCPR), None) is None and all(_full(table) for table in tree.iter(f"{W}tbl"))


def _typed(tree: _Element) -> str:
    return "".join(each.text or "" for each in tree.iter(f"{W}t"))


def _full(table: _Element) -> bool:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = table.findall(f"{W}tr")
    kept = any("{%tr" not in _typed(row) for row in rows) and not table.findall(f".//{W}tbl")
    lasting = rows and "{%tr" not in _typed(rows[0])
    return bool(columns and kept and lasting) and all(
        _span(row) == columns and len(row.findall(f"{W}tc")) <= columns for row in rows
    )


def _span(row: _Element) -> int:
    return sum(
        int(next((str(each.get(f"{W}val")) for each in cell.iterfind(f"{W}tcPr/{W}gridSpan")), "1"))
        for cell in row.iterfind(f"{W}tc")
    )

"""Papers and workbooks as plain text, read without the program."""

from __future__ import annotations

import hashlib
import re
import zipfile
from typing import IO, TYPE_CHECKING, Any

import openpyxl
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPOKEN = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
GAPS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "‑"}


def paper_text(file: Path | IO[bytes]) -> str:
    """Say all text of a .docx, part by part, then one digest of its markup; pictures are left out."""
    lines, markup = [], hashlib.sha256()
    with zipfile.ZipFile(file) as paper:
        for name in sorted(paper.namelist()):
            data = paper.read(name)
            if name.endswith((".xml", ".rels")):
                markup.update(name.encode() + data)
            if SPOKEN.fullmatch(name):
                lines += [f"[{name}]", *_lines(etree.fromstring(data), 0)]
    return "\n".join([*lines, f"[разметка {markup.hexdigest()[:12]}]"]) + "\n"


def _lines(element: Any, depth: int) -> Iterator[str]:
    """Read paragraphs in their order; rows of a table are parted, its cells stand deeper."""
    for each in element:
        if each.tag == f"{W}p":
            yield "  " * depth + _words(each)
        elif each.tag == f"{W}tr":
            yield "  " * depth + "—"
            yield from _lines(each, depth)
        else:
            yield from _lines(each, depth + (each.tag == f"{W}tc"))


def _words(paragraph: Any) -> str:
    texts = (each.text or "" if each.tag == f"{W}t" else GAPS.get(each.tag, "") for each in paragraph.iter())
    return "".join(texts).replace("\u00a0", "·")


def tabs_of(path: Path) -> dict[str, str]:
    """Say every cell and note of every tab of a workbook."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: _tab(sheet) for sheet in book.worksheets}


def _tab(sheet: Any) -> str:
    heads = [str(cell.value or cell.column_letter) for cell in sheet[1]]
    lines = [f"состояние листа: {sheet.sheet_state}"]
    for row in sheet.iter_rows():
        cells = [line for head, cell in zip(heads, row, strict=True) for line in _cell(head, cell)]
        if cells:
            lines += [f"строка {row[0].row}", *cells]
    return "\n".join(lines) + "\n"


def _cell(head: str, cell: Any) -> Iterator[str]:
    if cell.value is not None:
        kind = "" if isinstance(cell.value, str) else f"({type(cell.value).__name__}) "
        yield f"  {head}: {kind}{_deep(str(cell.value))}"
    if cell.comment is not None:
        yield f"  {head}, примечание: {_deep(cell.comment.text)}"


def _deep(text: str) -> str:
    return text.replace("\n", "\n      ")

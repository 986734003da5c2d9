"""A paper's text as one would read it, for goldens."""

from __future__ import annotations

import io

import docx


def lines(data: bytes) -> list[str]:
    """Return paragraphs and table rows in their order, cells parted by «|»."""
    told = []
    document = docx.Document(io.BytesIO(data))
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            told += [
                " | ".join(" / ".join(cell.text.split("\n")) for cell in row.cells).rstrip()
                for row in block.rows
            ]
        else:
            told.append(block.text)
    return [line.replace("\u00a0", " ").replace("\u2011", "-") for line in told]

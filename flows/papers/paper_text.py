"""The text of a finished paper with the place of each line, read in one pass: a paper is looked over at every filing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

PREFIX = re.compile(r"<(\w+):document\b")
TOKENS = r"<{p}:t(?: [^<>]*+)?>([^<]*)</{p}:t>|<{p}:(?:tab|br|noBreakHyphen)(?: [^<>]*)?/>|<(/?{p}:(?:tbl|tr|tc|p))(?: [^<>]*)?(/?)>"


@dataclass(frozen=True, slots=True)
class Text:
    """Lines with their places («абзац 3», «таблица 1, строка 2»), and tables as rows of cells."""

    lines: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def text_of(document: str) -> Text:
    """Read the text of `word/document.xml`; a table inside a table counts as text of its cell."""
    prefix = found[1] if (found := PREFIX.search(document)) else "w"
    reader = _Reader()
    for token in tokens(prefix).finditer(document):
        if token[2] is None:
            reader.line.append(unescape(token[1]) if token[1] is not None else " ")
        elif not token[3]:
            reader.take(token[2].replace(f"{prefix}:", ""))
    return Text(tuple(reader.lines), tuple(reader.tables))


@lru_cache(maxsize=16)
def tokens(prefix: str) -> re.Pattern[str]:
    """Make the pattern of the marks that matter, for the prefix that a document gives to Word's names."""
    return re.compile(TOKENS.replace("{p}", prefix))


class _Reader:
    """What is read so far: the open line, cell, row and table."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.tables: list[tuple[tuple[str, ...], ...]] = []
        self.line: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self.row: list[str] = []
        self.cell: list[str] = []
        self.depth = self.paragraphs = 0

    def take(self, mark: str) -> None:
        """Take the beginning or the end of a paragraph, cell, row or table."""
        if mark == "tbl":
            self.depth += 1
        elif mark == "/tbl":
            self._table()
        elif mark == "/p":
            self._paragraph()
        elif self.depth == 1 and mark == "/tc":
            self.row.append("\n".join(self.cell))
            self.cell = []
        elif self.depth == 1 and mark == "/tr":
            self.rows.append(tuple(self.row))
            self.row = []

    def _paragraph(self) -> None:
        text = "".join(self.line).replace("\u00a0", " ").replace("\u2011", "-")
        self.line = []
        if self.depth:
            self.lines.append((f"таблица {len(self.tables) + 1}, строка {len(self.rows) + 1}", text))
            self.cell.append(text)
        else:
            self.paragraphs += 1
            self.lines.append((f"абзац {self.paragraphs}", text))

    def _table(self) -> None:
        self.depth -= 1
        if not self.depth:
            self.tables.append(tuple(self.rows))
            self.rows = []

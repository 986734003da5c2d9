"""The lines above the table: title, organisation, period and approval stamps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.intake.document import Document, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = re.compile(r"дорожн\w+ карт|план мероприятий", re.IGNORECASE)
STAMP = re.compile(r"^(?:ПРИНЯТ|УТВЕРЖД|СОГЛАСОВАН|РАССМОТРЕН)|^(?:приказ|протокол)\b.*\d", re.IGNORECASE)
NAMED = re.compile(r"(?:М[А-ЯЁ]{2,6}|Г[А-ЯЁ]{2,6}|ЧДОУ|АНО|МБУ ДО|МАУ ДО)\s[^,;]*?[«\"][^»\"]+[»\"](?:\s*ДП\b)?")
LONGEST_TITLE = 6


def describe(lines: Sequence[str], tables: tuple[Grid, ...]) -> Document:
    """Read the lines before the table into a document."""
    clean = [re.sub(r"\s+", " ", line).strip() for line in lines if line.strip()]
    title = _title(clean)
    named = NAMED.search(title) or next((hit for hit in map(NAMED.search, clean) if hit), None)
    stamps = tuple(line for line in clean if STAMP.search(line) and line not in title)
    period = periods.parse(title)
    return Document(title, named[0].strip() if named else "", period, stamps, tables)


def _title(lines: Sequence[str]) -> str:
    start = next((at for at, line in enumerate(lines) if TITLE.search(line)), None)
    if start is None:
        return lines[0] if lines else ""
    taken: list[str] = []
    for line in lines[start : start + LONGEST_TITLE]:
        taken.append(line)
        if periods.parse(line) or line.endswith("."):
            break
    return " ".join(taken)

"""Which column of a table is what, by the words of its header (workbook A3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.domain.tables import Grid, GridCell

NUMBER, STAGE, ACTIVITY, CONTENT = "number", "stage", "activity", "content"
TERM, RESPONSIBLE, RESULT = "term", "responsible", "result"
Columns = Mapping[str, int]
LEAST_NAMED = 2

SYNONYMS: tuple[tuple[str, str], ...] = (
    (NUMBER, r"№|n п/п|номер|п/п"),
    (TERM, r"срок|период|дата|когда|время провед"),
    (RESPONSIBLE, r"ответственн|исполнител|кто (?:делает|отвечает)"),
    (RESULT, r"результат|итог|вид документа|подтвержда|отчетн|документ"),
    (ACTIVITY, r"этап, мероприяти|наименование мероприят|^мероприят|вид деятельности|действи"),
    (STAGE, r"этап|раздел|направлени|блок"),
    (CONTENT, r"план мероприят|примерн\w+ план"),
    (ACTIVITY, r"содержание деятельн|мероприят"),
    (CONTENT, r"содержани|описани|форма"),
)


def header(grid: Grid) -> tuple[int, Columns] | None:
    """Return the header's row and its columns; `None` when no row names at least two columns and an activity."""
    for at, row in enumerate(grid):
        columns = named(row)
        if len(columns) > LEAST_NAMED - 1 and ACTIVITY in columns:
            return at, columns
    return None


def named(row: tuple[GridCell, ...]) -> Columns:
    """Name the columns of one row; a synonym is taken once, by the leftmost cell."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(row):
        role = _role(cell.text, columns)
        if role:
            columns[role] = at
    if ACTIVITY not in columns and CONTENT in columns:
        columns[ACTIVITY] = columns.pop(CONTENT)
    return columns


def _role(text: str, taken: Mapping[str, int]) -> str | None:
    folded = re.sub(r"\s+", " ", text.lower().replace("ё", "е")).strip()
    if not folded or len(folded) > len("примерный план мероприятий") * 3:
        return None
    return next((role for role, pattern in SYNONYMS if role not in taken and re.search(pattern, folded)), None)

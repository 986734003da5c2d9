"""Signs that nobody sees (control signs, half characters): dropped from what a file gave, and told with their cells; and formulas without a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.text import UNSEEN, cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.intake.document import Document, Grid

__all__ = ["swept"]

SHOWN = 5


def swept(document: Document, name: str) -> tuple[Document, tuple[Problem, ...]]:
    """Return the document without unseen signs, and a note for each table that held some; `name` is the file's."""
    notes: list[Problem] = []
    tables: list[Grid] = []
    names = document.names or ("",) * len(document.tables)
    for grid, tab in zip(document.tables, names, strict=True):
        spoilt = _spoilt(grid)
        if spoilt:
            notes.append(_note(Origin(name, cleaned(tab), spoilt[0][0]), spoilt))
            grid = tuple(tuple(replace(cell, text=cleaned(cell.text)) for cell in row) for row in grid)  # noqa: PLW2901 - the same, clean
        tables.append(grid)
    clean = replace(
        document,
        title=cleaned(document.title),
        organisation=cleaned(document.organisation),
        stamps=tuple(map(cleaned, document.stamps)),
        tables=tuple(tables),
        names=tuple(map(cleaned, document.names)),
        captions=tuple(map(cleaned, document.captions)),
    )
    return clean, (*notes, *_unvalued(document, name))


def _unvalued(document: Document, name: str) -> Iterator[Problem]:
    """Say which cells of each tab hold a formula that nobody has reckoned: they are read as empty, and never in silence."""
    by_tab: dict[str, list[str]] = {}
    for tab, address in document.unvalued:
        by_tab.setdefault(tab, []).append(address)
    for tab, addresses in by_tab.items():
        more = f" и ещё в {len(addresses) - SHOWN}" if len(addresses) > SHOWN else ""
        where, read = (
            ("ячейке", "она прочитана пустой")
            if len(addresses) == 1
            else ("ячейках", "они прочитаны пустыми")
        )
        told = (
            f"В {where} {', '.join(addresses[:SHOWN])}{more} формула без значения, {read}. "
            "Откройте файл в редакторе таблиц, сохраните его и повторите."
        )
        yield Problem(Severity.QUESTION, "formula-empty", Origin(name, cleaned(tab)), told)


def _spoilt(grid: Grid) -> list[tuple[int, int]]:
    """Return the places (row and column, from 1) of cells with unseen signs; a cell that repeats another is not one more."""
    return [
        (row, column)
        for row, line in enumerate(grid, 1)
        for column, cell in enumerate(line, 1)
        if not cell.merge and UNSEEN.search(cell.text)
    ]


def _note(origin: Origin, spoilt: list[tuple[int, int]]) -> Problem:
    places = "; ".join(f"строка {row}, столбец {column}" for row, column in spoilt[:SHOWN])
    more = f" и ещё в {len(spoilt) - SHOWN}" if len(spoilt) > SHOWN else ""
    told = f"В ячейках есть невидимые знаки, их нельзя ни показать, ни напечатать: {places}{more}. Они пропущены; проверьте эти ячейки."
    return Problem(Severity.NOTE, "unseen-signs", origin, told)

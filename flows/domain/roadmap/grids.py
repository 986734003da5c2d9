"""What a roadmap file gives: its heading, its stamps and its tables as grids of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.domain.periods import Period


class Merge(StrEnum):
    """How a cell hangs together with its neighbours."""

    NONE = ""
    ACROSS = "across"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as printed; `ACROSS` and `DOWN` repeat the cell to the left or above."""

    text: str
    merge: Merge = Merge.NONE


Grid = tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A roadmap file; `stamps` are the approval lines above the table, verbatim.

    `names` are the tables' tabs or parts and `captions` the lines right above each, in the order of `tables`;
    `notes` are codes of what reading left out (`word-junk`); `unvalued` are cells (tab, address) whose formula has no value.
    """

    title: str = ""
    organisation: str = ""
    period: Period | None = None
    stamps: tuple[str, ...] = ()
    tables: tuple[Grid, ...] = field(default=())
    names: tuple[str, ...] = field(default=())
    captions: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    unvalued: tuple[tuple[str, str], ...] = field(default=())

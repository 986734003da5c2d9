"""A monitoring paper as plain values: numbered sections, tables as rows, lines that a person may strike out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.focus import Ask
    from flows.domain.periods import Period

BLANK = "________"
MOST_CHARTS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption «Таблица 1 – …»; every row is as long as the head.

    Where it is printed, names stand for codes, save in the columns `coded`: there a reader looks a row up by its code.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    number: int = 0
    coded: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A conclusion or a recommendation: strike it out and nothing else changes; `figures` and `rows` are its evidence.

    `source` is its number in the table of what the conclusions stand on, 0 where it has none.
    """

    text: str
    figures: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    source: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows: `kind` is `before_after`, `plan_fact`, `cadence` or `gantt`; `data` as its drawing needs."""

    kind: str
    caption: str
    data: Mapping[str, Any]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a paper, or an appendix of it; `blank` says what a person writes there by hand."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    lines: tuple[NoteLine, ...] = ()
    blank: str = ""
    number: int = 0
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A monitoring paper: what it is about, its sections with at most three charts, its appendices, the figures behind them.

    `cut_off` is the day up to which all is counted; of a district there is none when nobody sent anything. `also` names papers that must come with it.
    """

    ask: Ask
    title: str
    period: Period
    cut_off: date | None
    basis: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...] = ()
    conclusions: tuple[NoteLine, ...] = ()
    recommendations: tuple[NoteLine, ...] = ()
    also: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    appendices: tuple[Section, ...] = ()

    def figure(self, code: str) -> Figure | None:
        """Return a figure by its code («M6», «M12:комфорт»)."""
        return next((each for each in self.figures if each.code == code), None)

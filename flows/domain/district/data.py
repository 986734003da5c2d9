"""All that a district's own book says of its organisations: the district's papers are written from this and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.district.figure_rows import WHOLE
from flows.domain.keys import FigureKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flows.domain.district.figure_rows import FigureRow
    from flows.domain.district.members import Member

TARGET = re.compile(
    r"(?:не менее |не ниже |от |>= ?|≥ ?)?(\d{1,9})(?:[.,](\d{1,4}))? ?(?:%|проц(?:ентов|\.)?)?"
)


@dataclass(frozen=True, slots=True)
class LastSent:
    """What an organisation's row says of its last data; `reach` is the word of «⚙ Доступ»."""

    day: date | None = None  # «⚙ Обновлено», none while nothing ever came
    reach: str = ""
    mentors: int | None = None
    mentees: int | None = None
    pairs: int | None = None  # that work


@dataclass(frozen=True, slots=True)
class RowDone:
    """How a row that the district handed out stands in an organisation, by the tab `Исполнение`."""

    state: str
    done: date | None = None
    papers: str = ""  # as the tab prints them
    word: str = ""  # the organisation's own
    seen: date | None = None  # the day on which this was read there


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator of the tab `Показатели`: its formula in words and the target that people typed."""

    name: str
    formula: str
    target: str = ""

    @property
    def wanted(self) -> Fraction | None:
        """Return the target as a number, in percent or pieces; nothing where it is empty or says anything else."""
        found = TARGET.fullmatch(" ".join(self.target.split()).lower())
        return Fraction(f"{found[1]}.{found[2] or 0}") if found else None


@dataclass(frozen=True, slots=True)
class ProvenProgramme:
    """A programme that worked well: whose, of which pair, and what shows it."""

    slug: str
    pair: str
    form: str
    title: str
    shows: str


@dataclass(frozen=True, slots=True)
class TypedPractice:
    """A practice that people typed into `Практики`."""

    whose: str
    title: str
    about: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class DistrictData:
    """The tabs of a district's book: its members, what each sent last, figures by key, how handed rows stand.

    `figures` are by the key of the row («2026-2027/malysh/M4»), `states` by the district's row and the member's slug,
    `measured` by the indicator's code.
    """

    members: tuple[Member, ...] = ()
    sent: Mapping[str, LastSent] = field(default_factory=dict)
    figures: Mapping[str, FigureRow] = field(default_factory=dict)
    states: Mapping[tuple[str, str], RowDone] = field(default_factory=dict)
    measured: Mapping[str, Measured] = field(default_factory=dict)
    proven: tuple[ProvenProgramme, ...] = ()
    practices: tuple[TypedPractice, ...] = ()

    def taking_part(self, day: date) -> tuple[Member, ...]:
        """Return who takes part on a day, in the order of the list."""
        return tuple(each for each in self.members if each.takes_part(day))

    def figure(self, period: str, slug: str, code: str) -> FigureRow | None:
        """Return a figure of an organisation, nothing where there is no such row."""
        return self.figures.get(str(FigureKey(period, slug, code)))

    def whole(self, period: str, code: str) -> FigureRow | None:
        """Return a figure of the district."""
        return self.figure(period, WHOLE, code)

    def codes(self, period: str) -> tuple[str, ...]:
        """Return the codes of the figures of a school year, in the order of the tab."""
        return tuple(dict.fromkeys(row.code for row in self.figures.values() if row.period == period))

    def of_member(self, period: str, slug: str) -> tuple[FigureRow, ...]:
        """Return all figures of an organisation for a school year."""
        return tuple(row for row in self.figures.values() if (row.period, row.slug) == (period, slug))

    def last(self, slug: str) -> LastSent:
        """Return what an organisation sent last."""
        return self.sent.get(slug, LastSent())

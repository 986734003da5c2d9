"""Keys: the strings by which the register knows a paper, `Проверка` a finding, and planning what somebody asked for.

They stand in cells and in the properties of files, so their spelling never changes. Nobody else takes them apart or
puts them together: a subject read by its place in a split string is another thing as soon as a part is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STROKES = 3


@dataclass(frozen=True, slots=True)
class Key:
    """What a paper is: whose, of which kind, about what and for which period (mostly a school year)."""

    organisation: str
    kind: str
    subject: str
    period: str

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read a key; parts that a text does not have are empty. Never raises."""
        return cls(*_parts(text))

    def __str__(self) -> str:
        return f"{self.organisation}/{self.kind}/{self.subject}/{self.period}"

    @property
    def about(self) -> str:
        """Return the code of whom or what the subject names: «Н-001» of «Н-001@2027-03»."""
        return self.subject.partition("@")[0]

    @property
    def occasion(self) -> str:
        """Return the occasion the subject names, empty when it names none: «2027-03» of «Н-001@2027-03»."""
        return self.subject.partition("@")[2]

    @property
    def family(self) -> str:
        """Return the subject of the order that an order changes, or its own: «sadik» of «sadik~2»."""
        return self.subject.partition("~")[0]


@dataclass(frozen=True, slots=True)
class FindingKey:
    """What a finding is: which one, on which tab, about which row (by its code, so it may move), in which column."""

    finding: str
    tab: str
    where: str
    column: str

    @classmethod
    def parse(cls, text: str) -> FindingKey:
        """Read a finding's key; a header with a stroke stays whole, parts that a text does not have are empty."""
        return cls(*_parts(text))

    def __str__(self) -> str:
        return f"{self.finding}/{self.tab}/{self.where}/{self.column}"

    @property
    def last(self) -> str:
        """Return the column's header after its last stroke, also when what the finding is about has strokes too."""
        return self.column.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What a row of the district's «Мониторинг» is: for which school year, of which organisation, which figure."""

    period: str
    slug: str
    code: str

    @classmethod
    def parse(cls, text: str) -> FigureKey:
        """Read such a key; a criterion with a stroke stays whole, parts that a text does not have are empty."""
        return cls(*_parts(text, 2))

    def __str__(self) -> str:
        return f"{self.period}/{self.slug}/{self.code}"


@dataclass(frozen=True, slots=True)
class HandedKey:
    """What a row of the district's «Исполнение» is: which row of the plan (its code), in which organisation."""

    row: str
    slug: str

    @classmethod
    def parse(cls, text: str) -> HandedKey:
        """Read such a key; parts that a text does not have are empty."""
        return cls(*_parts(text, 1))

    def __str__(self) -> str:
        return f"{self.row}/{self.slug}"


@dataclass(frozen=True, slots=True)
class GivenKey:
    """What a row of the district's registers is: whose, and the code of a mentor or a pair there; a curator has none."""

    slug: str
    code: str = ""

    @classmethod
    def parse(cls, text: str) -> GivenKey:
        """Read such a key; parts that a text does not have are empty."""
        return cls(*_parts(text, 1))

    def __str__(self) -> str:
        return f"{self.slug}/{self.code}" if self.code else self.slug


def _parts(text: str, strokes: int = STROKES) -> list[str]:
    parts = text.split("/", strokes)
    return parts + [""] * (strokes + 1 - len(parts))


def is_key(text: str) -> bool:
    """Tell whether a text is spelled as a paper's key."""
    return text.count("/") == STROKES


def of_version(key: str, version: int) -> str:
    """Spell one version of a paper, as findings about its file name it."""
    return f"{key}/{version}"


def ask(kind: str, about: str) -> str:
    """Spell what somebody asks for: the papers of a kind about one code, stage or span of days."""
    return f"{kind}/{about}"


def asked_about(kind: str, asks: Iterable[str]) -> frozenset[str]:
    """Return about what papers of a kind are asked for."""
    return frozenset(
        about for name, stroke, about in (each.partition("/") for each in asks) if name == kind and stroke
    )

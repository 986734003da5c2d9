"""What passes along the road: the errand with its supplies, a look, a thought, what was made, the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.domain.access import Policy
from flows.domain.difficulties.library import Library
from flows.domain.difficulties.proposals import Offers
from flows.domain.model import Filed, Problem, Severity
from flows.domain.register.fingerprint import FirstVersion
from flows.domain.tabs import REGISTER
from flows.work.template_copies import Copies
from flows.workspace import doubled_numbers, recovery
from flows.workspace.lease import lock_of
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from flows.domain.book.understanding import Understood
    from flows.domain.catalogue.kind import Builder, Kind
    from flows.domain.model import Norm
    from flows.domain.monitoring.answers.ready_forms import Questionnaire
    from flows.domain.planning.plan import Plan
    from flows.domain.planning.wanted import Wishes
    from flows.domain.register.life import Step
    from flows.settings import Place
    from flows.workspace.drafts import Draft
    from flows.workspace.drive import Entry
    from flows.workspace.layout import Layout
    from flows.workspace.reading import Book
    from flows.workspace.space import Workspace

Trial = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the checkout supplies: layout, catalogue, builders, legal acts, days off, templates by name.

    `pdf` turns papers into PDF, `None` where no converter is installed: papers are then .docx only. `monitoring` is
    the method of counting as config states it, `forms` our own ready questionnaires, `first`
    what rows of the first fingerprint are judged by, `access` who may open what, `difficulties` what is offered to pairs.
    """

    layout: Layout
    kinds: Mapping[str, Kind]
    builders: Mapping[str, Builder]
    norms: tuple[Norm, ...]
    days_off: frozenset[date]
    template: Callable[[str], bytes]
    pdf: Callable[[Mapping[str, bytes]], Mapping[str, bytes]] | None = None
    monitoring: Mapping[str, Any] = field(default_factory=dict)
    forms: tuple[Questionnaire, ...] = ()
    first: FirstVersion = field(default_factory=FirstVersion)
    access: Policy = field(default_factory=Policy)
    difficulties: Library = field(default_factory=Library)


@dataclass(frozen=True, slots=True)
class Errand:
    """What a run is sent for; it is the same from the first look to the last word in the book."""

    space: Workspace
    """The clients of Sheets and Drive over one HTTP session."""
    place: Place
    """Whose place it is: the organisation's code, folder, book, time zone."""
    today: date
    """The day that everything is judged by."""
    supplies: Supplies
    at_once: frozenset[str] = frozenset()
    """What is asked for before its day, as planning spells it: a kind, «kind/code», a council's folder."""
    trials: dict[Trial, tuple[Problem, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What looking over a trial print has shown: a run thinks several times and prints each paper for a trial once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: the workbook, what Drive holds of the organisation, staff's own templates, how their copies of ours stand."""

    book: Book
    entries: Mapping[str, Entry]
    templates: Mapping[str, bytes]
    media: Callable[[Entry], bytes]
    copies: Copies = field(default_factory=Copies)

    @property
    def lost(self) -> tuple[Filed, ...]:
        """Rows that somebody deleted from the register while their files are there."""
        return (
            recovery.lost(filed_rows(self.book.tables[REGISTER]), self.entries.values())
            if REGISTER in self.book.tables
            else ()
        )

    @property
    def doubled(self) -> tuple[Filed, ...]:
        """Drafts whose number another paper bears as well."""
        return (
            doubled_numbers.doubled(filed_rows(self.book.tables[REGISTER]))
            if REGISTER in self.book.tables
            else ()
        )

    def same(self, other: Seen) -> bool:
        """Tell whether another look showed the very same: every cell, file and template; who holds the lease is no part of it."""
        return _shown(self) == _shown(other)


def _shown(seen: Seen) -> tuple[Any, ...]:
    lock = lock_of(seen.book.snapshot)
    tabs = [each for each in seen.book.snapshot.sheets if each is not lock]
    return seen.book.snapshot.title, tabs, seen.entries, seen.templates, seen.copies


@dataclass(frozen=True, slots=True)
class Thought:
    """What a look calls for: steps with reasons, papers to make, findings, and what planning was asked with."""

    understood: Understood
    plan: Plan
    steps: tuple[Step, ...]
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    wishes: Wishes
    looks: Mapping[int, str] = field(default_factory=dict)
    unused: tuple[Problem, ...] = ()  # told beside answers whose question is gone, nowhere else
    news: tuple[str, ...] = ()  # what `Журнал` is told of copies of templates
    offers: Offers = field(default_factory=Offers)


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made or renewed: its key, what happened, its number, title, link and folder; no names of people.

    A draft has a number of its own, a final the one that people gave it.
    """

    key: str
    action: str
    draft_number: str
    title: str
    link: str
    file_id: str
    folder: str = ""
    number: str = ""

    @property
    def named(self) -> str:
        """Name the paper by its title and number; one that has none is named by its title."""
        given = self.draft_number or (f"чистовик № {self.number}" if self.number else "")
        return f"{self.title}, {given}" if given else self.title


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: papers, steps by action, findings; `written` tells whether anything changed at all.

    `fresh` are keys of the findings that the book did not list before the run; none where it listed nothing yet.
    `waiting` tells of a run that was only tried that it would have written. `copies` tells in words what became of
    copies of our templates, or would have.
    """

    organisation: str
    made: tuple[Made, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False
    link: str = ""
    called: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # kinds by the code of the row that calls for them
    fresh: frozenset[str] = frozenset()
    waiting: bool = False
    copies: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The findings because of which something is not made."""
        return tuple(each for each in self.problems if each.severity is Severity.STOP)

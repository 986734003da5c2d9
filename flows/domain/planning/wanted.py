"""What planning is asked with, a paper it wants before its context, and what every planner asks of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.keys import Key
from flows.domain.register.life import latest
from flows.domain.statuses import DONE, ENDED, FINISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from flows.domain.catalogue.kind import Builder, Kind
    from flows.domain.councils.pack import Pack
    from flows.domain.model import Activity, Facts, Pair, Problem
    from flows.domain.terms.reading import Window

    Plans = Iterator["Wanted | Problem"]
    Planner = Callable[[Kind, Sequence[Activity], Facts, "Wishes"], Plans]


BASIS = "; "  # between the parts of «Основание»


@dataclass(frozen=True, slots=True)
class Doubts:
    """What nobody can judge today, and why: nothing is said of it, and no paper about it is called superfluous.

    `tabs` could not be read. `stopped` are codes of rows that a стоп names: no new paper is made about them; `unsure`
    of rows with a cell that could not be read: papers about them are still made. Planning tells the rest: the `kinds`
    that stand on such tabs, and the keys of filed `papers` of which it cannot tell whether they are still called for.
    """

    tabs: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """Codes of all rows in doubt."""
        return self.stopped | self.unsure


NO_DOUBTS = Doubts()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What planning is asked with: catalogue, builders, days off, what is in doubt.

    Papers of the kinds `at_once` are wanted now, whatever their lead days: somebody asked for them; `kind/what` asks
    for one of them, `council/which` for the pack of a council.
    """

    kinds: Mapping[str, Kind]
    builders: Mapping[str, Builder]
    days_off: frozenset[date] = frozenset()
    doubts: Doubts = NO_DOUBTS
    at_once: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper before its context: which kind, about whom, for which window and rows; `pack` is the council's it is for.

    What is `frozen` stays as it was filed: its window is over or it is registered. `held` says what must come before
    it: until then nothing new is made of it, no clean copy either. `year` is the school year of its folder when the
    period is another one. `edition` names what it was last made on, for papers that rest until that changes. `day` is
    the paper's own day where its window does not tell it.
    """

    kind: Kind
    subject: str
    period: str
    window: Window | None = None
    activities: tuple[Activity, ...] = ()
    pairs: tuple[Pair, ...] = ()
    covers: tuple[str, ...] = ()
    late: bool = False
    named: str = ""
    who: str = ""
    frozen: bool = False
    held: str = ""
    year: str = ""
    edition: str = ""
    pack: Pack | None = None
    day: date | None = None


def key_of(facts: Facts, kind: Kind, subject: str, period: str) -> str:
    """Spell a key: organisation / kind / subject / period."""
    return str(Key(facts.organisation.slug, kind.id, subject, period))


def exists(facts: Facts, kind: Kind, subject: str, period: str) -> bool:
    """Tell whether a paper exists already: it then stays wanted, even if its day has been moved."""
    return key_of(facts, kind, subject, period) in latest(facts.register)


def rests(facts: Facts, kind: Kind, subject: str, period: str, edition: str) -> bool:
    """Tell whether a paper that rests is there and was made on an edition; one that no edition was told of stays too."""
    filed = latest(facts.register).get(key_of(facts, kind, subject, period))
    return filed is not None and (not edition or edition in filed.basis.split(BASIS))


def settled(activities: tuple[Activity, ...], kind: Kind, facts: Facts, subject: str, year: str) -> bool:
    """Tell whether people ticked the rows as done while no draft of ours exists: the paper exists elsewhere."""
    return all(each.status == DONE for each in activities) and not exists(facts, kind, subject, year)


def unharmed(facts: Facts, wishes: Wishes) -> list[Pair]:
    """Leave out pairs that a стоп names, themselves or one of their people."""
    return [
        pair for pair in facts.pairs if not {*pair.codes, pair.mentor, *pair.mentees} & wishes.doubts.stopped
    ]


def living(facts: Facts, wishes: Wishes) -> list[Pair]:
    """Return pairs that go on or are proposed and that no стоп names."""
    return [pair for pair in unharmed(facts, wishes) if pair.status not in ENDED]


def lasting(facts: Facts, wishes: Wishes) -> list[Pair]:
    """Return living pairs and those that ended in their time: the papers of these stay what they were."""
    return [pair for pair in unharmed(facts, wishes) if pair.status not in ENDED or pair.status == FINISHED]

"""What the library offers for the empty cells of a pair's row: one finding for each pair, and the cells that a yes fills.

Nothing of it is ever printed by itself: papers say what stands in the row, and there it comes by a person's answer only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import PROGRAMME
from flows.domain.difficulties.matching import matches
from flows.domain.model import Problem, Severity
from flows.domain.people.pair_plans import DASH, FORMS, RESULTS
from flows.domain.people.pair_rows import at
from flows.domain.register.in_force import in_force
from flows.domain.statuses import LEFT, WORKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from flows.domain.difficulties.library import Library, Typical
    from flows.domain.difficulties.matching import Match
    from flows.domain.model import Facts, Pair

CODE = "difficulty-offer"
TASKS = "Задачи"
CELLS = (TASKS, FORMS, RESULTS)
MOST = 5  # difficulties in one proposal: more would be a programme for years
MOST_CODES, SHORT = 3, 80
LINE = re.compile(r"(?m)^(\d+)\. (.+?): ")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be put into a pair's row: matches in their order, and the headers of the cells that are empty."""

    pair: Pair
    matches: tuple[Match, ...]
    empty: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name each match as the proposal prints it; whose it is, where several are mentored."""
        several = len(self.pair.mentees) > 1
        return tuple(
            f"{match.entry.name.replace(': ', ', ')}{f' ({_some(match.codes)})' if several else ''}"
            for match in self.matches
        )

    @property
    def printed(self) -> str:
        """Print the proposal: a numbered line for each difficulty with what it brings."""
        numbered = enumerate(zip(self.names, self.matches, strict=True), 1)
        return "\n".join(
            f"{number}. {name}: {_brief(match.entry, self.empty)}" for number, (name, match) in numbered
        )

    @property
    def subject(self) -> str:
        """Name the pair and what is offered: where that is another thing by now, it is asked anew."""
        told = hashlib.sha256(chr(31).join(self.names).encode()).hexdigest()
        return f"{self.pair.code}:{told[:8]}"

    def finding(self) -> Problem:
        """Tell of the proposal beside the pair's row."""
        cells = ", ".join(f"«{header}»" for header in self.empty)
        said = (
            f"Для пары {self.pair.code} есть что предложить по затруднениям наставляемых: смотрите «Предложение».\n"
            f"Ответьте «да» или номерами («1, 3») – впишется в пустые ячейки строки: {cells}. Дальше правьте как своё. "
            "Не нужно – ответьте «нет»."
        )
        return Problem(
            Severity.NOTE, CODE, at(self.pair.row, TASKS), said, self.printed, subject=self.subject
        )

    def cells(self, chosen: Container[str]) -> dict[str, str]:
        """Say what the empty cells hold then; `chosen` are names of matches."""
        taken = [match for name, match in zip(self.names, self.matches, strict=True) if name in chosen]
        texts = {
            header: _unique(line for match in taken for line in _lines(match, header)) for header in CELLS
        }
        return {header: texts[header] for header in self.empty if texts[header]}


@dataclass(frozen=True, slots=True)
class Offers:
    """What the library offers the pairs of a book, and what is odd about staff's own rows of it."""

    proposals: tuple[Offer, ...] = ()
    odd: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return a finding for each odd row and each proposal."""
        return (*self.odd, *(each.finding() for each in self.proposals))


def proposals(facts: Facts, library: Library, own: Sequence[Typical]) -> tuple[Offer, ...]:
    """Return what may be put into the rows of pairs at work whose programme is not registered, one for each pair at most."""
    fixed = {row.parts.about for row in in_force(facts.register) if row.kind == PROGRAMME}
    return tuple(
        proposal
        for pair in facts.pairs
        if pair.status in WORKING and pair.end >= facts.today and not fixed & set(pair.codes)
        if (proposal := _proposal(pair, facts, library, own))
    )


def _proposal(pair: Pair, facts: Facts, library: Library, own: Sequence[Typical]) -> Offer | None:
    empty = tuple(header for header in CELLS if header in pair.row.cells and not pair.row.text(header))
    people = [facts.people[code] for code in pair.mentees if code in facts.people]
    if not empty or not people or any(person.status == LEFT for person in people):
        return None
    found = matches(people, library, own)
    useful = tuple(match for match in found if any(any(_lines(match, header)) for header in empty))[:MOST]
    return Offer(pair, useful, empty) if useful else None


def _lines(match: Match, header: str) -> tuple[str, ...]:
    entry = match.entry
    if header == TASKS:
        return entry.tasks
    if header == FORMS:
        return entry.forms
    measured = f" (источник: {entry.measured})" if entry.measured else ""
    return (f"{match.sphere}{DASH}{entry.result}{measured}",) if entry.result else ()


def _some(codes: Sequence[str]) -> str:
    left = len(codes) - MOST_CODES
    return ", ".join(codes[:MOST_CODES]) + (f" и ещё {left}" if left > 0 else "")


def _unique(lines: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(lines))


def _brief(entry: Typical, empty: Sequence[str]) -> str:
    """Say in short what an entry brings into the empty cells: its result, or how many tasks and forms."""
    if RESULTS in empty and entry.result:
        return (
            entry.result
            if len(entry.result) <= SHORT
            else f"{entry.result[:SHORT].rsplit(' ', 1)[0].rstrip(',')}…"
        )
    counted = ((TASKS, "задач", entry.tasks), (FORMS, "форм работы", entry.forms))
    return ", ".join(f"{word} – {len(lines)}" for header, word, lines in counted if header in empty and lines)


def named(printed: str) -> Mapping[int, str]:
    """Return the names that a printed proposal gives under its numbers."""
    return {int(number): name for number, name in LINE.findall(printed)}

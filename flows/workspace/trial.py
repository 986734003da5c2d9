"""A trial of a store: real calls in a folder of their own, one step for each thing that the work needs of it.

Nothing outside the folder is touched, and the folder goes to the bin whatever happened (`clean`). A step that fails
takes with it only the steps that cannot be tried without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.workspace import trial_files, trial_sheets
from flows.workspace.refusals import Missing, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.workspace.space import Workspace
    from flows.workspace.trial_bench import Bench, Step

STEPS = (*trial_files.BEFORE_THE_BOOK, *trial_sheets.STEPS, *trial_files.AFTER_THE_BOOK)
ABSENT = "в локальном офисе этого нет"
LOST = 2


class Verdict(StrEnum):
    """How a step of a trial ended."""

    FINE = "✓"
    WRONG = "✗"
    ABSENT = "–"
    UNTRIED = "…"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended, what is said about it, and what was raised (None when nothing was)."""

    step: Step
    verdict: Verdict
    said: str = ""
    error: Exception | None = None


def run(bench: Bench) -> Iterator[Outcome]:
    """Walk the steps; one that needs a step that failed is not tried, and two silences in a row end the trial."""
    passed: set[str] = set()
    lost = 0
    for step in (*STEPS, *((trial_files.SHARE,) if bench.share else ())):
        if lost == LOST or not passed.issuperset(step.needs):
            yield Outcome(step, Verdict.UNTRIED)
            continue
        outcome = tried(step, bench)
        lost = lost + 1 if isinstance(outcome.error, TryLater) else 0
        if outcome.verdict is Verdict.FINE:
            passed.add(step.name)
        yield outcome


def tried(step: Step, bench: Bench) -> Outcome:
    """Carry out one step; what the store refused is an outcome, never raised."""
    try:
        return Outcome(step, Verdict.FINE, step.do(bench))
    except Unsupported as absent:
        return Outcome(step, Verdict.ABSENT, ABSENT, absent)
    except (Misconfigured, TryLater, Refused) as trouble:
        return Outcome(step, Verdict.WRONG, str(trouble), trouble)


def clean(space: Workspace, folder: str) -> bool:
    """Put a trial's folder into the bin with all it holds; tell whether there was one."""
    try:
        space.drive.change(folder, {"trashed": True})
    except Missing:
        return False
    return True

"""What the tool says at the end: how many of the counted mutants the tests killed, and every one that they did not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.mutants.judging import COUNTED, EQUIVALENT, REJECTED
from tests.mutants.workshop import SURVIVED, TIMED_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.mutants.judging import Verdict

PLANNING = "flows/domain/planning/"


def lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the lines of the report."""
    outcomes = Counter(each.outcome for each in verdicts)
    yield f"killed {share(verdicts)}"
    planning = [each for each in verdicts if each.place.startswith(PLANNING)]
    if planning:
        yield f"planning: killed {share(planning)}"
    yield f"left out: {outcomes[EQUIVALENT]} equivalent, {outcomes[REJECTED]} rejected"
    for outcome in (TIMED_OUT, SURVIVED):
        named = [each for each in verdicts if each.outcome == outcome]
        if named:
            yield f"{outcome}:"
        for each in sorted(named, key=lambda each: each.place):
            yield f"  {each.place} {each.kind}: {each.change}"
            yield f"      {each.text}  ({each.remark})"


def share(verdicts: Iterable[Verdict]) -> str:
    """Return the killed of the counted; a mutant that never ends counts as killed."""
    counted = [each for each in verdicts if each.outcome in COUNTED]
    killed = sum(each.outcome != SURVIVED for each in counted)
    return f"{killed} of {len(counted)}" + (f" ({100 * killed / len(counted):.0f} %)" if counted else "")

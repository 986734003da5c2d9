"""One mutant after another: left out, rejected, or run against the tests that cover it; kept in `.mutants/results.jsonl`.

A run that was stopped goes on where it stood. What was killed stays killed while `flows`, `config` and `templates` are as
they were; a survivor is run anew when any test changed or others were asked for. Removing the folder `.mutants` forgets everything.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tests.mutants.covering import SECONDS, Covering, digest
from tests.mutants.equivalents import Equivalent, reason
from tests.mutants.workshop import KILLED, SURVIVED, TIMED_OUT, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.mutants.sampling import Mutant

REJECTED, EQUIVALENT = "rejected", "equivalent"
COUNTED = {KILLED, SURVIVED, TIMED_OUT}
# Over a mutant the tests may take three times what they took while they were watched, and the start of pytest.
SLOWER, START = 3, 20


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: `remark` says why it was left out, or how little ran over a survivor."""

    key: str
    core: str
    tests: str
    place: str
    text: str
    change: str
    kind: str
    outcome: str
    remark: str
    seconds: float


class Judge:
    """Judges mutants by the tests, remembering what it judged."""

    def __init__(
        self,
        workshop: Workshop,
        covering: Covering,
        equivalents: Iterable[Equivalent],
        seconds: float = SECONDS,
    ):
        self.workshop, self.covering, self.equivalents = workshop, covering, tuple(equivalents)
        self.seconds = seconds
        self.core = digest(workshop.root, "flows", "config", "templates")
        self.tests = f"{len(covering.tests)}:{seconds}:{digest(workshop.root, 'tests')}"
        self.kept = workshop.folder / "results.jsonl"
        lines = self.kept.read_text("utf-8").splitlines() if self.kept.is_file() else []
        self.known = {told.key: told for told in (Verdict(**json.loads(line)) for line in lines)}

    def judge(self, drawn: Iterable[Mutant], draw: str, count: int) -> Iterator[Verdict]:
        """Yield a verdict on each mutant of a draw until `count` of them counted."""
        counted = 0
        for mutant in drawn:
            if counted == count:
                return
            verdict = self._verdict(mutant, f"{draw}:{mutant.number}")
            counted += verdict.outcome in COUNTED
            yield verdict

    def _verdict(self, mutant, key):
        if why := reason(mutant, self.equivalents):
            return self._told(mutant, key, EQUIVALENT, why)
        known = self.known.get(key)
        same = known and (known.core, known.place, known.change) == (self.core, mutant.place, mutant.change)
        if same and (known.outcome != SURVIVED or known.tests == self.tests):
            return known
        started = time.monotonic()
        told = self._told(mutant, key, *self._run(mutant), round(time.monotonic() - started, 1))
        with self.kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(told), ensure_ascii=False) + "\n")
        return told

    def _run(self, mutant):
        if not self.workshop.reads(mutant, at_import=self.covering.at_import(mutant)):
            return REJECTED, "does not compile, or its module cannot be imported"
        covering = self.covering.of(mutant)
        if not covering:
            return SURVIVED, "no test executes this line"
        tests = self.covering.within(covering, self.seconds)
        limit = SLOWER * self.covering.seconds(tests) + START
        return self.workshop.try_out(mutant, tests, limit), f"{len(tests)} of {len(covering)} covering tests"

    def _told(self, mutant, key, outcome, remark, seconds=0.0):
        return Verdict(
            key,
            self.core,
            self.tests,
            mutant.place,
            mutant.text,
            mutant.change,
            mutant.mutation.kind,
            outcome,
            remark,
            seconds,
        )

"""`python -m tests.mutants --seed N --count N [--room planning]`: draw mutants of the core, print what the tests let live."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.mutants import covering, equivalents, report
from tests.mutants.judging import Judge
from tests.mutants.sampling import CORE, draw
from tests.mutants.workshop import Workshop

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="how many mutants to count")
    parser.add_argument("--room", default="", help=f"a room of {CORE}; all of them without it")
    parser.add_argument(
        "--tests", nargs="*", default=(), help="rooms or files of tests; all quick ones without it"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=covering.SECONDS,
        help="of processor time, for the tests of one mutant",
    )
    asked = parser.parse_args()
    if asked.room and not (ROOT / CORE / asked.room).is_dir():
        parser.error(f"no room {CORE}/{asked.room}")
    started = time.monotonic()
    workshop = Workshop(ROOT, ROOT / ".mutants")
    workshop.prepare()
    known = covering.learn(workshop, asked.tests)
    print(f"seed {asked.seed}, room {asked.room or 'any'}, {asked.count} mutants to count")
    print(f"{len(known.tests)} tests of {', '.join(asked.tests or covering.ROOMS)}", flush=True)
    for each in known.failed:
        print(f"  fails without any mutant, left out: {each}", flush=True)
    judge = Judge(workshop, known, equivalents.read(equivalents.KEPT.read_text("utf-8")), asked.seconds)
    verdicts = []
    for each in judge.judge(draw(ROOT, asked.seed, asked.room), f"{asked.seed}:{asked.room}", asked.count):
        verdicts.append(each)
        print(
            f"{len(verdicts):4} {each.outcome:10} {each.place} {each.change} [{each.seconds} s]", flush=True
        )
    print("\n".join(report.lines(verdicts)))
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()

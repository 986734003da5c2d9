"""`python -m tests.measure [--opened | --held] [--set NAME] [--show]`: how much of what people bring is read, set by set.

Two parts of each set are sampled alike and share no cell: `opened` may be looked at while a grammar is written, on `held` nothing is
tuned. Truths are written by hand from what a cell means. For each set is printed:

- cells: how many there are (a column is a cell of «headers»);
- right: the answer is the truth, or one of the truths;
- silent: silently wrong – another answer than the truth, and no refusal, mark or question goes with it: a term read as another
  kind or other days without a flag that stops, another paper, another party, another role, another form, a form where a person
  has to be asked;
- refused: not read – an unreadable term, a flag that stops, no paper, no role, a doubt – where the truth is an answer;
- asked: refused where refusing is a truth, or one of the truths (forms only).

«%» is right of all cells; for forms, right of those that got a form, as a refusal prints nothing. ё and е are one, a blank more or less
does not count. Exit 1 where a figure is not reached; `--show` lists every cell that differs.
"""

from __future__ import annotations

import argparse
import sys

from tests.measure import cells
from tests.measure.cells import Verdict
from tests.measure.sets import MEASURES, Measure, score

PARTS = (cells.OPENED, cells.HELD)


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for and print it; 1 where a figure is not reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.measure", description=__doc__)
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true", help=f"only the part {part}")
    parser.add_argument("--set", choices=[measure.file for measure in MEASURES], help="only this set")
    parser.add_argument("--show", action="store_true", help="list the cells that differ")
    asked = parser.parse_args(arguments)
    parts = [part for part in PARTS if getattr(asked, part)] or list(PARTS)
    measures = [measure for measure in MEASURES if asked.set in (None, measure.file)]
    print(
        f"{'set':26}{'part':8}{'cells':>6}{'right':>7}{'silent':>8}{'refused':>9}{'asked':>7}{'%':>8}  to reach"
    )
    reached = [
        _printed(measure, part, show=asked.show)
        for measure in measures
        for part in parts
        if cells.path(measure.file, part).exists()
    ]
    return 0 if reached and all(reached) else 1


def _printed(measure: Measure, part: str, *, show: bool) -> bool:
    judged = measure.measured(part)
    made = score(measure, judged)
    reached = made.reaches(measure)
    bound = "" if measure.silent is None else f", silent {made.silent_percent:.1f} of {measure.silent:g}"
    print(
        f"{measure.name:26}{part:8}{made.cells:6}{made.right:7}{made.silent:8}{made.refused:9}{made.asked:7}"
        f"{made.percent:8.1f}  {measure.right:g}{bound}{'' if reached else '  NOT REACHED'}"
    )
    for one in judged if show else ():
        if one.verdict is not Verdict.RIGHT:
            print(
                f"  {one.verdict:8} {one.place}  {one.shown}\n           truth: {one.wanted}\n           read:  {one.answer}"
            )
    return reached


if __name__ == "__main__":
    sys.exit(main())

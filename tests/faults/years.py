"""Round `year`: four days of a year by a moved clock, one morning missed, another done twice.

Covered: the commands of those days (first orders, a council's pack, a note's day), each in a process of its own with
`--today`, and that a missed morning is made good by the next. Not covered: the scheduler that starts them (the
deployments' own test stands in tests/engine), and the system's clock itself.
"""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from tests.faults.field import Home, Result
from tests.road import breaking
from tests.road import desk as desks

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.faults.field import Field

COUNCIL = date(2026, 11, 20)
_WHOLE: list[list[tuple[str, str]]] = []
MORNINGS = (date(2026, 9, 1), date(2026, 9, 16), date(2026, 11, 13), date(2026, 12, 10))


def year(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Live the four days with one missed and one done twice: the same papers come as when all were lived."""
    result = Result()
    missed, twice = chance.sample(range(len(MORNINGS) - 1), 2)
    if not _WHOLE:
        _WHOLE.append(_lived(result, origin, folder / "whole", (0, 1, 2, 3)))
    whole = _WHOLE[0]
    order = [at for at in range(len(MORNINGS)) if at != missed]
    late = _lived(result, origin, folder / "late", tuple(sorted([*order, twice])))
    result.counts["mornings missed"] += 1
    if not {kind for kind, _ in whole} >= {"order.pairs", "pack.contents", "note.monitoring"}:
        result.violations.append(f"a whole year made only {whole}")
    if whole != late:
        result.violations.append(f"without {MORNINGS[missed]}: {sorted(set(whole) ^ set(late))}")
    return result


def _lived(result: Result, origin: Field, root: Path, mornings: tuple[int, ...]) -> list[tuple[str, str]]:
    home = Home(origin, root)
    with desks.opened(home.root, origin.place) as desk:
        desks.type_councils(desk, COUNCIL)
        white = desk.typed()
    for at in sorted(set(mornings)):
        again = mornings.count(at) > 1
        _morning(result, home, MORNINGS[at], packed=2 not in mornings and at == 3, again=again)
    with desks.opened(home.root, origin.place) as desk:
        result.violations += breaking.untouched(desk, white, origin.registered)
        rows = desk.register()
    shutil.rmtree(home.root)
    numbers = [row.draft_number for row in rows if not row.final]
    result.counts["numbers doubled"] += len(numbers) - len(set(numbers))
    result.violations += [f"numbers {numbers}"] if len(numbers) != len(set(numbers)) else []
    return sorted({(row.kind, row.key) for row in rows})


def _morning(result: Result, home: Home, day: date, *, packed: bool, again: bool) -> None:
    about = ("--plain", "--organisation", desks.SLUG, "--today", f"{day}")
    asked = [("prepare", *about)]
    if day == MORNINGS[2] or packed:
        asked.append(("council", *about, f"{COUNCIL}"))
    if day == MORNINGS[3]:
        asked.append(("note", *about))
    for words in asked:
        said = result.heard(home.start(words, warm=True).ended())
        result.violations += [f"{words[0]} on {day}: {said.err.strip()}"] if said.code == 2 else []
    if not again:
        return
    before = home.sums()
    result.heard(home.start(asked[0], warm=True).ended())
    result.violations += [f"again on {day}: the run wrote"] if home.sums() != before else []

"""Responsible cells: a cell against the persons and roles in it, in the order in which they stand.

A truth has «; » between parties, «~» in front of a party that may be left out. Big and small letters,
dots, commas and the kind of a dash inside a party do not count.
"""

from __future__ import annotations

import re
from itertools import product

from flows.domain.roadmap import people
from tests.measure import cells
from tests.measure.cells import Judged, Verdict

BETWEEN, OPTIONAL = "; ", "~"


def measured(part: str) -> list[Judged]:
    """Measure every cell of the set."""
    return [judged(place, *fields) for place, fields in cells.lines("parties", part)]


def judged(place: str, text: str, truth: str) -> Judged:
    """Split one cell, and say what the answer is worth; nobody at all where somebody stands is «refused»."""
    parties = people(text)
    right = {way for one in truth.split(cells.OR) for way in _ways(one)}
    if tuple(_folded(party) for party in parties) in right:
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.SILENT if parties else Verdict.REFUSED
    return Judged(place, cells.shown(text), truth, BETWEEN.join(parties) or "-", verdict)


def _ways(truth: str) -> set[tuple[str, ...]]:
    parties = [] if truth == "-" else truth.split(BETWEEN)
    choices = [((party[1:],), ()) if party.startswith(OPTIONAL) else ((party,),) for party in parties]
    return {tuple(_folded(party) for one in way for party in one) for way in product(*choices)}


def _folded(party: str) -> str:
    return re.sub(r"[.,:]", "", re.sub(r"\s[-–—]\s", " – ", cells.same(party))).casefold()

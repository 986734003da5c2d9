"""Which mutants a seed draws: first a line out of all that offer a mutation, then one mutation of that line.

By lines and not by mutations, so that a line crowded with conditions weighs no more than its neighbour.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tests.mutants.operators import Mutation, mutations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CORE = "flows/domain"


@dataclass(frozen=True)
class Mutant:
    """A mutation with its number in the draw, its file as the checkout names it, and the text of its line."""

    number: int
    path: str
    text: str
    mutation: Mutation

    @property
    def place(self) -> str:
        return f"{self.path}:{self.mutation.line}"

    @property
    def change(self) -> str:
        return f"{shown(self.mutation.was)} → {shown(self.mutation.now)}"


def shown(text: str) -> str:
    """Return a piece of code on one line, `∅` when nothing stands there."""
    return " ".join(text.split()) or "∅"


def draw(root: Path, seed: int, room: str = "") -> Iterator[Mutant]:
    """Yield the mutants of a seed, each line of the core or of one of its rooms once, while anyone asks for more."""
    random = Random(seed)
    lines = _lines(root, room)
    order = sorted(lines)
    random.shuffle(order)
    for number, (path, line) in enumerate(order, 1):
        text, offered = lines[path, line]
        yield Mutant(number, path, text, random.choice(offered))


def _lines(root, room):
    offered = defaultdict(list)
    texts = {}
    for path in sorted((root / CORE / room).rglob("*.py")):
        source, named = path.read_bytes(), path.relative_to(root).as_posix()
        said = source.decode().split("\n")
        for each in mutations(source):
            offered[named, each.line].append(each)
            texts[named, each.line] = said[each.line - 1].strip()
    return {place: (texts[place], found) for place, found in offered.items()}

"""Mutants that nobody can notice, named in `equivalents.txt` with the reason; they leave the count.

An entry is four lines: the module, its line as it stands, what was → what is, the reason in a phrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutants.operators import mutations
from tests.mutants.sampling import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = Path(__file__).with_name("equivalents.txt")


@dataclass(frozen=True)
class Equivalent:
    """A change that changes nothing, and why."""

    path: str
    text: str
    change: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        return (self.path, self.text, self.change) == (mutant.path, mutant.text, mutant.change)


def read(text: str) -> tuple[Equivalent, ...]:
    """Read the entries; raises ValueError with the entry that has not four lines."""
    entries = []
    for block in text.strip().split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines and len(lines) != 4:
            raise ValueError(f"not four lines: {block}")
        if lines:
            entries.append(Equivalent(*lines))
    return tuple(entries)


def reason(mutant: Mutant, entries: Iterable[Equivalent]) -> str:
    """Return why nobody can notice a mutant, nothing for all others."""
    return next((each.reason for each in entries if each.is_of(mutant)), "")


def outlived(root: Path, entries: Iterable[Equivalent]) -> list[Equivalent]:
    """Return the entries that match no mutation of the core any more."""
    left = []
    for each in entries:
        source = root / each.path
        text = source.read_bytes() if source.is_file() else b""
        lines = text.decode().split("\n")
        offered = (Mutant(0, each.path, lines[one.line - 1].strip(), one) for one in mutations(text))
        if not any(each.is_of(mutant) for mutant in offered):
            left.append(each)
    return left

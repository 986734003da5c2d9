"""What chance alone would do: the middle of some figures, how far they usually lie from it, how likely a row of misses is."""

from __future__ import annotations

from statistics import median as middle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nine tenths of the figures are usual; of a normal spread their mean distance from the middle, so many times, is one sigma.
USUAL, SIGMA = 0.9, 1.5
UNLIKELY = 0.05
LEAST = 0.05


def median(values: Sequence[float]) -> float:
    """Return the middle of at least one figure."""
    return float(middle(values))


def spread(values: Sequence[float]) -> float:
    """Return how far figures usually lie from their middle; what lies far out does not widen it."""
    center = median(values)
    apart = sorted(abs(value - center) for value in values)[: max(1, int(len(values) * USUAL))]
    return SIGMA * sum(apart) / len(apart)


def tail(hits: int, tries: int, probability: float) -> float:
    """Return the probability of so many hits or more in so many tries."""
    if hits <= 0:
        return 1.0
    chance = max(min(probability, 1 - 1e-9), 1e-9)
    one = (1 - chance) ** tries
    below = one
    for at in range(1, hits):
        one *= (tries - at + 1) / at * chance / (1 - chance)
        below += one
    return max(0.0, 1 - below)


def usual_part(parts: Sequence[tuple[int, int]]) -> float:
    """Return the usual share of (some, of how many), the few greatest left out; never under one in twenty."""
    told = sorted((some / whole, some, whole) for some, whole in parts if whole)
    kept = told[: max(1, int(len(told) * USUAL))]
    whole = sum(each[2] for each in kept)
    return max(LEAST, sum(each[1] for each in kept) / whole) if whole else LEAST


def unusual(some: int, whole: int, parts: Sequence[tuple[int, int]]) -> bool:
    """Tell whether so many of so many are more than chance makes of what is usual; `parts` are those of everybody."""
    others = list(parts)
    if (some, whole) in others:
        others.remove((some, whole))
    return tail(some, whole, usual_part(others)) * max(len(parts), 1) < UNLIKELY

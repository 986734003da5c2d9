"""Which way a difficulty went between the two marks that a mentee's row holds."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.domain.people.difficulties import Difficulty


class Way(StrEnum):
    """Which way a mark went from the start of a programme to its end."""

    UP = "выросло"
    SAME = "без изменений"
    DOWN = "снизилось"


def way(difficulty: Difficulty) -> Way | None:
    """Return which way a difficulty's mark went; `None` where one of the two is not given or is no mark."""
    if difficulty.first is None or difficulty.last is None:
        return None
    if difficulty.first == difficulty.last:
        return Way.SAME
    return Way.UP if difficulty.last > difficulty.first else Way.DOWN

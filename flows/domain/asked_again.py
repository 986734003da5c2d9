"""An answer about a thing that never changes, kept while the same thing is asked of: a paper asks what the one before it asked."""

from __future__ import annotations

from collections import deque
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
A = TypeVar("A")
MOST = 4


def of_the_same(make: Callable[[T], A]) -> Callable[[T], A]:
    """Remember what a function said of the last few things it was asked of, each known by being that very object.

    For frozen things only, such as the register of one look; the answer is shared, so nobody may change it. Few are kept:
    the next look asks of other objects.
    """
    kept: deque[tuple[T, A]] = deque(maxlen=MOST)

    @wraps(make)
    def answered(about: T) -> A:
        for known, answer in kept:
            if known is about:
                return answer
        answer = make(about)
        kept.append((about, answer))
        return answer

    return answered

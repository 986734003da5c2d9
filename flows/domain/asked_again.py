"""An answer about a thing that never changes, kept while the same thing is asked of: a paper asks what the one before it asked."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
A = TypeVar("A")


def of_the_same(make: Callable[[T], A]) -> Callable[[T], A]:
    """Remember what a function said of the last thing it was asked of, known by being that very object.

    For frozen things only, such as the register of one look; the answer is shared, so nobody may change it. One answer
    is kept at a time: the next look asks of another object.
    """
    kept: list[tuple[T, A]] = []

    @wraps(make)
    def answered(about: T) -> A:
        for known, answer in kept[:1]:
            if known is about:
                return answer
        answer = make(about)
        kept[:] = [(about, answer)]
        return answer

    return answered

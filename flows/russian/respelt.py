"""A form that is spelt better now than when papers were registered with it."""

from __future__ import annotations

from typing import Self


class Respelt(str):
    """A form as papers were registered with it, which prints as `now`.

    It compares, sorts and is fingerprinted as before, so that a better form asks nothing of a registered paper.
    """

    __slots__ = ("now",)
    now: str

    def __new__(cls, before: str, now: str) -> Self:
        """Return the form `before` that prints as `now`."""
        made = super().__new__(cls, before)
        made.now = now
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Tell how to make it again: a copy prints as this one does."""
        return type(self), (str(self), self.now)

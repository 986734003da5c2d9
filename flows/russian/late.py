"""Patterns compiled when they are first used: a command asks few of the thousand there are, and compiling all took a third of its start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from typing import Self

KEPT = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "pattern", "flags")


def late(words: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first asked; a wrong expression raises `re.error` then."""
    return cast("re.Pattern[str]", _Late(words, flags))


class _Late:
    """A pattern in every respect once it is asked anything: what it answers is kept beside it."""

    def __init__(self, words: str, flags: int) -> None:
        self._said = (words, flags)

    @property
    def __class__(self) -> type[Any]:
        return re.Pattern

    @__class__.setter
    def __class__(self, other: type[Self]) -> None:
        raise TypeError(other)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self.__dict__["_said"])
        self.__dict__.update({each: getattr(compiled, each) for each in KEPT})
        return getattr(compiled, name)

"""People found by their names: in any order of words, by surname and initials where those point at one person only."""

from __future__ import annotations

from typing import Generic, TypeVar

from flows.domain.lists.person_cells import key_of
from flows.domain.text import fold

__all__ = ["NameIndex"]

T = TypeVar("T")


class NameIndex(Generic[T]):
    """Names with what they stand for. Looking a name up takes as long as there are people of its surname."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._whole: dict[tuple[str, ...], list[T]] = {}
        self._by_word: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._short: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, name: str, bearer: T) -> None:
        """Remember a person; an empty name is nobody's."""
        if not name.strip():
            return
        self._whole.setdefault(key_of(name), []).append(bearer)
        surname, initials = _shortened(name)
        if initials:
            self._short.setdefault(surname, []).append((initials, bearer))
        else:
            words = tuple(fold(name).split())
            for word in dict.fromkeys(words):
                self._by_word.setdefault(word, []).append((words, bearer))

    def named(self, name: str) -> list[T]:
        """Return the people of a name: those of exactly these words, else those whom the initials, here or there, may mean."""
        exact = self._whole.get(key_of(name), [])
        if exact:
            return exact
        surname, initials = _shortened(name)
        if initials:
            return [
                bearer for words, bearer in self._by_word.get(surname, ()) if _fits(words, surname, initials)
            ]
        words = tuple(fold(name).split())
        return [
            bearer
            for word in dict.fromkeys(words)
            for letters, bearer in self._short.get(word, ())
            if _fits(words, word, letters)
        ]


def _shortened(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the surname and the initials of a name that is given by them, no initials of a whole one."""
    words = fold(name).replace(".", ". ").split()
    initials = tuple(word[0] for word in words if len(word.rstrip(".")) == 1)
    surname = next((word for word in words if len(word.rstrip(".")) > 1), "")
    return surname, initials


def _fits(words: tuple[str, ...], surname: str, initials: tuple[str, ...]) -> bool:
    rest = list(words)
    rest.remove(surname)
    return tuple(word[0] for word in rest[: len(initials)]) == initials

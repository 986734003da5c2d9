"""How long monitoring notes are, as «Настройки» says; a word it does not know is asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.domain.model import Problem, Severity
from flows.domain.tabs import SETTINGS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.model import Origin

LENGTH = "Объём справки"
FULL, SHORT = "полная", "краткая"
CHOICES = {LENGTH: (FULL, SHORT)}


def chosen(name: str, text: str) -> str:
    """Return which of a line's words is typed; the usual one for an empty line, nothing for a word it does not know."""
    word = fold(text).rstrip(".")
    return next((each for each in CHOICES[name] if fold(each) == word), "" if word else FULL)


def fields(value_of: Callable[[str], str]) -> dict[str, Any]:
    """Return what the card tells of notes; where a word is not known, the usual."""
    return {"note_length": chosen(LENGTH, value_of(LENGTH)) or FULL}


def findings(value_of: Callable[[str], str], origin: Callable[[str], Origin]) -> Iterator[Problem]:
    """Ask about a word that is none of a line's."""
    for name, words in CHOICES.items():
        if not chosen(name, value_of(name)):
            told = f"В «Настройках» значение «{name}» не подходит, поэтому взято обычное. Впишите одно из слов: {', '.join(words)} – или оставьте пустым."
            cell = replace(origin(name), tab=SETTINGS, column="Значение")
            yield Problem(Severity.QUESTION, "note-setting", cell, told, printed=value_of(name), subject=name)

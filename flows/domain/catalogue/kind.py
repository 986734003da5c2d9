"""A kind of document as `config/documents.toml` states it (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.domain.model import Context, Facts

Builder = Callable[[Facts], Context]


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue.

    `subject` is what a paper of this kind is about: `organisation`, `pair`, `mentor`, `mentee`, `event`
    (one paper for each window of each roadmap row) or `council` (one for each council of `Настройки`). `lead_days` are working days before the window's start,
    or before «до …», on which the draft appears. A note that `closes` gathers a window's data: it appears with the window and rests after it; a paper of an `occasion`
    is for the last day of its window. `made` tells whether the program writes it or only names it.
    """

    id: str
    title: str
    heading: str = ""
    subject: str = "event"
    template: str = ""
    folder: tuple[str, ...] = ()
    name: str = ""
    lead_days: int = 10
    closes: bool = False
    occasion: bool = False
    made: bool = False
    signers: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    why_not: str = ""

"""Deadline cells of a roadmap read into windows of days (the contract of DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.domain.periods import Period

__all__ = ["Period", "Term", "Window", "parse"]


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both included; `start` is `None` for «до …»."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline cell: its kind, its windows, flags on what was derived or impossible, and the text as typed."""

    kind: str
    windows: tuple[Window, ...] = ()
    flags: frozenset[str] = frozenset()
    text: str = ""


def parse(text: str, period: Period | None) -> Term:
    """Read a deadline cell. Never raises; what is not understood is `unreadable`."""
    return Term("unreadable" if text.strip() else "empty", text=text)

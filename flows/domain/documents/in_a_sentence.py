"""What people type in a cell, as a part of a sentence."""

from __future__ import annotations

import re

from flows.russian.respelt import Respelt

# What Word leaves of a list copied from it, and what a capital letter begins that is no name.
BULLET = re.compile(r"\A[§•·▪●○–—*-]\s+")
ABBREVIATION = re.compile(r"[А-ЯЁ]{2,}")


def inline(typed: str) -> str | None:
    """Return typed text as a part of a sentence: no full stop of its own, a small first letter unless a name or an abbreviation begins.

    The mark of a list copied from Word («§», «•») goes, and a word before an abbreviation takes a small letter too.
    """
    text = typed.strip().rstrip(".;, ")
    before, now = _begun(text), _begun(BULLET.sub("", text), before=ABBREVIATION)
    return (before if before == now else Respelt(before, now)) or None


def _begun(text: str, before: re.Pattern[str] | None = None) -> str:
    """Return a text with a small first letter where a plain word begins it and no name follows; `before` says what is no name."""
    first, _, rest = text.partition(" ")
    plain = first[1:].islower() or (len(first) == 1 and bool(rest))
    named = rest[:1].isupper() and not (before and before.match(rest))
    return text[:1].lower() + text[1:] if plain and not named else text

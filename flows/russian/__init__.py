"""Russian for official papers: names, phrases, dates and counts in the right case, or an honest doubt."""

from flows.russian.doubt import Doubt

__all__ = ["Doubt"]

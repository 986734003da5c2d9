"""What printing leaves torn is mended here: foreseen when a template is read, done after a paper is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.papers.mending.grids import settled
from flows.papers.mending.holders import closed, refilled
from flows.papers.mending.line_breaks import laid_out

if TYPE_CHECKING:
    from lxml.etree import _Element

    from flows.papers.mending.identities import Identities
    from flows.papers.mending.notes import Notes

__all__ = ["mended"]


def mended(tree: _Element, identities: Identities, notes: Notes) -> bool:
    """Mend a printed part whatever is torn in it; return whether anything changed."""
    told = [
        laid_out(tree),
        refilled(tree),
        settled(tree),
        closed(tree),
        identities.renewed(tree),
        notes.told_apart(tree, identities),
    ]
    return any(told)

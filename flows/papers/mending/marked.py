"""A template's text as one tree: statements are marks in it, so that it shows what stands inside which condition or loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.tags import spots

if TYPE_CHECKING:
    from lxml.etree import _Element

MARK = "tag"


@dataclass(frozen=True, slots=True)
class Marked:
    """The tree of a template's text and its tags with their places in the text, in order."""

    tree: _Element
    tags: tuple[tuple[int, str], ...]

    def tag_of(self, mark: _Element) -> str:
        """Return the tag that a mark stands for."""
        return self.tags[number_of(mark)][1]


def marked(source: str) -> Marked | None:
    """Return the tree of a template's text, `None` where the text without its tags is no tree."""
    tags = tuple(spots(source)[0])
    pieces: list[str] = []
    at, within = 0, False
    for number, (start, text) in enumerate(tags):
        piece = source[at:start]
        pieces.append(piece)
        at = start + len(text)
        if "<" in piece or ">" in piece:
            within = piece.rfind("<") > piece.rfind(">")
        if text.startswith("{%") and not within:
            pieces.append(f"<?{MARK} {number}?>")
    pieces.append(source[at:])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return Marked(etree.fromstring("".join(pieces).encode(), parser), tags)
    except etree.XMLSyntaxError:
        return None


def is_mark(element: _Element) -> bool:
    """Tell whether an element of the tree stands for a statement."""
    return isinstance(element, etree._ProcessingInstruction) and element.target == MARK  # noqa: SLF001 - lxml has no other name for it


def number_of(mark: _Element) -> int:
    """Return the number of the tag among the text's tags."""
    return int(mark.text or 0)


def word_of(tag: str) -> str:
    """Return the first word of a statement: «{% if x %}» -> «if»."""
    words = tag[2:-2].strip("-+ \n\t\u00a0").split(None, 1)
    return words[0] if words else ""

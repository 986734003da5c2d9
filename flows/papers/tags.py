"""Where the tags of a template stand, in the words a person looks for them by: paragraph, table, row, cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.model import Severity
from flows.papers.package import Package, W, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

OPENERS = re.compile(r"\{[{%#]")
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
PREFIX = re.compile(r"\{[{%#](tr|tc|p|r)\s")
OWN = re.compile(r"^(?:tr|tc|p|r)\s")
TAGS_KEPT = 4096
PARTS = {
    "header": "верхний колонтитул",
    "footer": "нижний колонтитул",
    "footnotes": "сноски",
    "endnotes": "концевые сноски",
}
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its code, its place in words, the tag as typed (may be empty), what is wrong and how heavy it is."""

    code: str
    where: str
    tag: str
    reason: str
    severity: Severity = Severity.STOP


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the template: its text, its number among those outside tables, the element and the part's name in words."""

    text: str
    number: int
    element: _Element
    part: str = ""

    @property
    def where(self) -> str:
        """Return the place as a person would look for it."""
        place = self._in_table() if self.row is not None else self._in_text()
        return f"{self.part}, {place}" if self.part else place

    @property
    def row(self) -> _Element | None:
        """Return the table row the paragraph stands in."""
        return next(self.element.iterancestors(f"{W}tr"), None)

    def _in_text(self) -> str:
        begun = self.text.strip()
        shown = f"{begun[:SHOWN]}…" if len(begun) > SHOWN else begun
        return f"абзац {self.number}" + (f" («{shown}»)" if shown else "")

    def _in_table(self) -> str:
        row = next(self.element.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        cell = next(self.element.iterancestors(f"{W}tc"), None)
        number = next(
            at for at, each in enumerate(table.getroottree().getroot().iter(f"{W}tbl"), 1) if each is table
        )
        line = next((at for at, each in enumerate(table.iter(f"{W}tr"), 1) if each is row), 1)
        column = next((at for at, each in enumerate(row.iter(f"{W}tc"), 1) if each is cell), 1)
        return f"таблица {number}, строка {line}, ячейка {column}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its text as typed, its paragraph, its prefix (`p`, `tr`, `tc`, `r` or empty) and where it starts."""

    text: str
    paragraph: Paragraph
    prefix: str
    at: int

    @property
    def where(self) -> str:
        """Return the place in words."""
        return self.paragraph.where

    @property
    def inner(self) -> str:
        """Return what stands inside: «{%p if x %}» -> «if x»."""
        return _inner(self.text)

    @property
    def word(self) -> str:
        """Return the first word of a statement, empty for a value."""
        return _word(self.text)


@lru_cache(maxsize=TAGS_KEPT)
def _inner(text: str) -> str:
    return OWN.sub("", text[2:-2].strip("-+")).strip()


@lru_cache(maxsize=TAGS_KEPT)
def _word(text: str) -> str:
    words = _inner(text).split()
    return words[0] if text.startswith("{%") and words else ""


def paragraphs(package: Package, label: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of the document, then of headers, footers and notes, in their order."""
    yield from of_part(tree_of(package.members[package.main], label))
    for name, kind in package.rendered.items():
        yield from of_part(tree_of(package.members[name], label), PARTS[kind])


def of_part(tree: _Element, part: str = "") -> Iterator[Paragraph]:
    """Yield the paragraphs of one part."""
    number = 0
    for element in tree.iter(f"{W}p"):
        outside = next(element.iterancestors(f"{W}tr"), None) is None
        number += outside
        yield Paragraph(_text(element), number if outside else 0, element, part)


def spots(text: str) -> tuple[list[tuple[int, str]], int | None]:
    """Return the tags of a text with their places, and where one opens that is never closed."""
    found: list[tuple[int, str]] = []
    at = 0
    while opener := OPENERS.search(text, at):
        closed = text.find(CLOSERS[opener[0]], opener.end())
        if closed < 0:
            return found, opener.start()
        at = closed + 2
        found.append((opener.start(), text[opener.start() : at]))
    return found, None


def tags(paragraph: Paragraph) -> list[Tag]:
    """Return the tags of one paragraph in their order."""
    return [
        Tag(text, paragraph, prefix[1] if (prefix := PREFIX.match(text)) else "", at)
        for at, text in spots(paragraph.text)[0]
    ]


def _text(element: _Element) -> str:
    """Join the paragraph's own text, not that of paragraphs inside its text boxes."""
    boxed = next(element.iter(f"{W}txbxContent"), None) is not None
    own = [
        each
        for each in element.iter(f"{W}t", f"{W}tab", f"{W}br")
        if not boxed or next(each.iterancestors(f"{W}p")) is element
    ]
    return "".join((each.text or "") if each.tag == f"{W}t" else " " for each in own)

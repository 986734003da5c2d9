"""Whether printing from a template's part may leave it torn: told once, when the template is read.

A cell, a header, a note or a text box that may lose its last paragraph; a table or a row that may lose all it holds; a
control that may become empty; ids inside a loop; a range, a field or a merge that a condition cuts. Where nothing of
that can happen the printed text leaves as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.mending import names
from flows.papers.mending.marked import is_mark, word_of
from flows.papers.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from flows.papers.mending.marked import Marked

OPENING, MIDDLE, CLOSING = (
    frozenset({"if", "for"}),
    frozenset({"else", "elif"}),
    frozenset({"endif", "endfor"}),
)
EMPTIED = {
    f"{W}tbl": ("</w:tblGrid></w:tbl>",),
    f"{W}tr": ("<w:tr></w:tr>", "</w:trPr></w:tr>"),
    names.CONTENT: ("<w:sdtContent></w:sdtContent>",),
}
CELL, ROW, TABLE = f"{W}tc", f"{W}tr", f"{W}tbl"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What printing may leave: something emptied, which the printed text itself tells; something torn, which only its tree tells.

    `ends` close what must end with a paragraph, `empty` are the texts of what holds nothing.
    """

    ends: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    torn: bool = False

    def mars(self, xml: str) -> bool:
        """Tell whether a printed text needs mending."""
        return (
            self.torn
            or any(
                xml.count(end) != xml.count(f"</w:p>{end}") + xml.count(f"<w:p/>{end}") for end in self.ends
            )
            or any(each in xml for each in self.empty)
        )


@dataclass(slots=True)
class _Region:
    """An open condition or loop: its word, the element it began in, fields begun and not ended within it.

    `kept` tells whether the branch at hand ends with a paragraph, `always` whether those before it do, `whole` whether
    an «else» was met.
    """

    word: str
    home: _Element | None
    fields: int = 0
    kept: bool = False
    always: bool = True
    whole: bool = False

    def branch(self, word: str) -> None:
        """End the branch at hand; `word` begins another or closes the last."""
        self.always &= self.kept
        self.kept = False
        self.whole |= word == "else"


@dataclass(slots=True)
class _Walk:
    marked: Marked
    regions: list[_Region] = field(default_factory=list)
    hollow: set[str] = field(default_factory=set)
    torn: bool = False
    telling: set[_Element] = field(default_factory=set)
    plain: bool = False

    def __post_init__(self) -> None:
        """Find the elements that tell anything, those with statements and those that must hold something, and all above them."""
        tree = self.marked.tree
        for each in tree.iter(etree.PI, *names.ENDING, *EMPTIED):
            at: _Element | None = each
            while at is not None and at not in self.telling:
                self.telling.add(at)
                at = at.getparent()
        self.plain = next(tree.iter(*names.RANGES, *names.NUMBERED, names.MERGED, names.FIELD), None) is None

    def element(self, element: _Element, row_floor: int = 0) -> bool:
        """Walk one element; return whether it surely holds what an element of its kind must."""
        if element not in self.telling and (self.plain or not self.regions):
            return True
        self._named(element)
        floor = len(self.regions)
        row_floor = floor if element.tag == ROW else row_floor
        kept = _Region("", element)
        for child in element:
            if is_mark(child):
                ended = self._statement(child)
                if ended is not None and len(self.regions) >= floor:
                    self._around(floor, kept).kept |= ended
            elif isinstance(child.tag, str):
                whole = self.element(child, row_floor)
                self._held(element, child, self._around(floor, kept), kept, whole=whole)
                self.torn |= child.tag == CELL and len(self.regions) > row_floor
        self.torn |= len(self.regions) != floor and element.tag not in names.INLINE
        must = element.tag in names.ENDING or element.tag in {TABLE, ROW, names.CONTENT}
        self.hollow.update({str(element.tag)} if must and not kept.kept else ())
        return kept.kept if must else True

    def _around(self, floor: int, kept: _Region) -> _Region:
        """Return the branch at hand, the element itself where no condition within it is open."""
        return self.regions[-1] if len(self.regions) > floor else kept

    def _held(
        self, element: _Element, child: _Element, branch: _Region, kept: _Region, *, whole: bool
    ) -> None:
        if element.tag not in names.ENDING:
            branch.kept |= whole and child.tag not in names.RANGES and child.tag not in names.LOOKS
        elif child.tag == names.PARAGRAPH:
            branch.kept = True
        elif child.tag in names.BLOCKS:
            branch.kept = kept.kept = False

    def _named(self, element: _Element) -> None:
        """Judge an element by its own id: inside a loop it repeats, inside a condition one end of a range goes."""
        if not self.regions:
            return
        looped = any(region.word == "for" for region in self.regions)
        self.torn |= element.tag in names.RANGES or (looped and element.tag in names.NUMBERED)
        self.torn |= element.tag == names.MERGED
        if element.tag == names.FIELD:
            kind = element.get(f"{W}fldCharType")
            self.regions[-1].fields += (kind == "begin") - (kind == "end")

    def _statement(self, mark: _Element) -> bool | None:
        """Open, go on with or close a condition or a loop; of a closed one tell whether each way through it keeps a paragraph."""
        word = word_of(self.marked.tag_of(mark))
        if word in OPENING:
            self.regions.append(_Region(word, _home(mark)))
        elif word in MIDDLE | CLOSING:
            region = self.regions[-1] if self.regions else _Region("", None)
            self.torn |= region.fields != 0 or not _together(region.home, _home(mark))
            region.branch(word)
            if word in CLOSING and self.regions:
                return self._closed(self.regions.pop())
        return None

    @staticmethod
    def _closed(region: _Region) -> bool:
        return region.word == "if" and region.always and region.whole


def foreseen(marked: Marked | None) -> Foreseen:
    """Return what printing from this text may leave; a text that is no tree may leave anything."""
    if marked is None:
        return Foreseen(torn=True)
    walk = _Walk(marked)
    walk.element(marked.tree)
    ends = tuple(f"</{each.replace(W, 'w:')}>" for each in sorted(walk.hollow & names.ENDING))
    empty = tuple(text for each in sorted(walk.hollow & EMPTIED.keys()) for text in EMPTIED[each])
    return Foreseen(ends, empty, walk.torn)


def _together(one: _Element | None, other: _Element | None) -> bool:
    """Tell whether a condition begins and ends in one place, or in two paragraphs of one place: what is between goes whole."""
    if one is other:
        return True
    both = one is not None and other is not None and one.tag == other.tag == names.PARAGRAPH
    return both and one.getparent() is other.getparent()  # type: ignore[union-attr]


def _home(mark: _Element) -> _Element | None:
    """Return the paragraph a statement stands in, else the element it stands in."""
    return next(mark.iterancestors(names.PARAGRAPH), mark.getparent())


def stray(content: bytes) -> bool:
    """Tell whether a part holds what only a tree breaks into lines rightly: text boxes, changes of a font, readings over a word."""
    return any(name in content for name in (b"txbxContent", b"rPrChange", b"w:ruby"))

"""Ids that a loop repeated become ids of their own; ranges keep one beginning and one end, in this order."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.papers.mending import names
from flows.papers.package import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

ID, NAME, VALUE = f"{W}id", f"{W}name", f"{W}val"
ANCHOR = f"{W}anchor"
BOOKMARK = f"{W}bookmarkStart"
WORD_2010, DRAWN = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}",
)
GIVEN_ANEW = frozenset({f"{WORD_2010}paraId", f"{WORD_2010}textId", f"{DRAWN}anchorId", f"{DRAWN}editId"})
NAMELESS = (f"{W}p", f"{W}tr", *(names.DOCPR.replace("docPr", kind) for kind in ("inline", "anchor")))
LONGEST_NAME = 40  # Word's own bound for the name of a bookmark
HIGHEST = 2_000_000_000
TOLD = re.compile(rb'(?::id|:docPr[^<>]{0,200}? id|:id w:val)="(\d{1,10})"')


def highest(parts: Iterable[bytes]) -> int:
    """Return the highest id that parts use."""
    told = (int(number) for content in parts for number in TOLD.findall(content))
    return max((number for number in told if number < HIGHEST), default=0)


def unnamed(tree: _Element) -> None:
    """Take away the ids that Word gives anew by itself: a loop would repeat those of paragraphs, rows and drawings."""
    for element in tree.iter(*NAMELESS):
        for name in GIVEN_ANEW.intersection(map(str, element.attrib)):
            del element.attrib[name]


@dataclass(slots=True)
class Identities:
    """The ids of one paper, part after part: those met, and the next free one."""

    free: int
    met: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def renewed(self, tree: _Element) -> bool:
        """Give what repeats an id of its own and drop ends of ranges that have no other end; tell whether anything changed."""
        changed = self._ranges(tree)
        for element, attribute, kind in list(_numbered(tree)):
            changed |= self._own(element, attribute, kind)
        return changed

    def apart(self, made: _Element) -> None:
        """Give a copy of what is in the paper ids of its own; its ranges go, and what Word gives anew by itself."""
        unnamed(made)
        for mark in list(made.iter(*names.RANGES)):
            _drop(mark)
        for element, attribute, kind in list(_numbered(made)):
            self.met[kind].add(str(element.get(attribute)))
            self._own(element, attribute, kind)

    def next(self) -> str:
        """Return a free id."""
        self.free += 1
        return str(self.free)

    def _own(self, element: _Element, attribute: str, kind: str) -> bool:
        told = element.get(attribute)
        if told is None or told not in self.met[kind]:
            self.met[kind].update(() if told is None else (told,))
            return False
        fresh = f"{told.rstrip('0123456789')}{self.next()}"
        self.met[kind].add(fresh)
        element.set(attribute, fresh)
        return True

    def _ranges(self, tree: _Element) -> bool:
        """Pair each beginning with the end that follows; what has no pair goes, what repeats is renamed."""
        opened: dict[tuple[str, str | None], _Element] = {}
        pairs: list[tuple[_Element, _Element]] = []
        lost: list[_Element] = []
        for mark in tree.iter(*names.RANGES):
            key = (str(mark.tag).removesuffix("Start").removesuffix("End"), mark.get(ID))
            if mark.tag in names.ENDS:
                begun = opened.pop(key, None)
                if begun is None:
                    lost.append(mark)
                else:
                    pairs.append((begun, mark))
            elif key in opened:
                lost.append(mark)
            else:
                opened[key] = mark
        lost += opened.values()
        for mark in lost:
            _drop(mark)
        renewed = [self._pair(begun, ended) for begun, ended in pairs]
        return self._called(tree) or any(renewed) or bool(lost)

    def _pair(self, begun: _Element, ended: _Element) -> bool:
        changed = self._own(begun, ID, str(begun.tag))
        if changed:
            ended.set(ID, str(begun.get(ID)))
        return changed

    def _called(self, tree: _Element) -> bool:
        """Name bookmarks of one name apart; a link that was repeated with its bookmark leads to its own copy."""
        marks: dict[str, list[_Element]] = defaultdict(list)
        for mark in tree.iter(BOOKMARK):
            marks[str(mark.get(NAME))].append(mark)
        links: dict[str, list[_Element]] = defaultdict(list)
        for link in tree.iter(f"{W}hyperlink"):
            links[str(link.get(ANCHOR))].append(link)
        changed = False
        for name, alike in marks.items():
            told = [self._name(name) for _ in alike]
            changed |= told != [name] * len(alike)
            for mark, fresh in zip(alike, told, strict=True):
                mark.set(NAME, fresh)
            if len(links[name]) == len(alike):
                for link, fresh in zip(links[name], told, strict=True):
                    link.set(ANCHOR, fresh)
        return changed

    def _name(self, name: str) -> str:
        fresh, number = name, 1
        while fresh in self.met[NAME]:
            number += 1
            fresh = f"{name[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        self.met[NAME].add(fresh)
        return fresh


def _numbered(tree: _Element) -> Iterator[tuple[_Element, str, str]]:
    """Yield what has an id of its own, with the attribute it stands in and the kind of ids it is among."""
    for element in tree.iter(*names.CHANGES):
        yield element, ID, "change"
    for element in tree.iter(names.DOCPR):
        yield element, "id", "picture"
    for look in tree.iter(f"{W}sdtPr"):
        for element in look.iterfind(ID):
            yield element, VALUE, "control"
    for element in tree.iter(*names.SHAPES):
        yield element, "id", "shape"
        yield element, names.OWN_SHAPE, "own shape"


def _drop(mark: _Element) -> None:
    holder = mark.getparent()
    if holder is not None:
        holder.remove(mark)

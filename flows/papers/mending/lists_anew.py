"""Automatic numbering inside loops: a list that a loop repeats begins anew in each copy, one that the loop itself makes runs on.

«Loop over pairs: a heading, then 1. 2. 3.» is a list for each pair; «loop over pairs: 1. the pair» is one list of pairs,
and so is a list whose numbers also stand outside the loop. Where a list begins anew is settled when a template is read; a
copy's own numbering is added to the file when a paper is printed.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.mending import names
from flows.papers.mending.marked import is_mark, number_of, word_of
from flows.papers.package import W, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from flows.papers.mending.marked import Marked

KEPT = 160
IDS = re.compile(rb"""numId=["'](\d{1,9})""")
VALUE, NUM = f"{W}val", f"{W}num"
NUMBER = re.compile(r"<w:numId [^<>]{0,80}/>")
LOOK = re.compile(
    r"<w:pStyle [^<>]{0,400}/>(?:<w:(?:keepNext|keepLines|pageBreakBefore|widowControl)\b[^<>]{0,80}/>)*"
)
PARAGRAPH = re.compile(r"<w:p[ />]")
BEGIN_LIST, LIST_NOW = "заново·", "номер·"
NONE = ("", "0")
UNCOUNTED = frozenset({"", "bullet", "none"})
Numbering = tuple[str, str]  # the list's id and the level of the paragraph in it
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Looks:
    """The parts that say how a template's paragraphs are numbered and laid out; b"" for one that is not there."""

    numbering: bytes
    styles: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph: its list and level, its own number among paragraphs, its `numId` among those, the loops and branches round it."""

    numbering: Numbering
    paragraph: int
    own: int | None
    loops: tuple[int, ...]
    sure: bool


@dataclass(slots=True)
class Lists:
    """The numbering of one paper: the next free id, the id that each repeated list has now, and which list each new id copies."""

    free: int = 0
    now: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def begin(self, number: str) -> None:
        """Begin a list anew; the first copy keeps the list's own id."""
        if number in self.now:
            self.free += 1
            self.now[number] = str(self.free)
            self.made[self.now[number]] = number
        else:
            self.now[number] = number


@lru_cache(maxsize=KEPT)
def styled(styles: bytes) -> dict[str, Numbering]:
    """Return the numbering that paragraph styles give, their ancestors' included."""
    tree = tree_of(styles, "Шаблон")
    known = {str(each.get(f"{W}styleId")): each for each in tree.iter(f"{W}style")}
    told: dict[str, Numbering] = {}
    for name in known:
        number = level = ""
        at: str | None = name
        for _ in known:
            style = known.get(at or "")
            if style is None or number:
                break
            number = _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            level = level or _value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            at = _value(style.find(f"{W}basedOn"))
        if number not in NONE:
            told[name] = (number, level or "0")
    return told


def begun_anew(source: str, marked: Marked, looks: Looks) -> str:
    """Return a part's text whose repeated lists say where they begin anew and take the id of their copy."""
    if not looks.numbering or not any(word_of(tag) == "for" for _, tag in marked.tags):
        return source
    items = list(_items(marked, styled(looks.styles) if looks.styles else {}))
    lists = counting(looks.numbering) if any(item.loops for item in items) else frozenset()
    items = [item for item in items if item.numbering[0] in lists]
    by_list: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_list[item.numbering[0]].append(item)
    homes = {number: home for number, alike in by_list.items() if (home := _home(alike)) is not None}
    if not homes:
        return source
    edits = [
        (marked.tags[home][0] + len(marked.tags[home][1]), 0, f"{{{{ '{number}'|{BEGIN_LIST} }}}}")
        for number, home in homes.items()
    ]
    marks = [(found.start(), found.end()) for found in NUMBER.finditer(source)]
    paragraphs = [found.start() for found in PARAGRAPH.finditer(source)]
    for item in items:
        number, level = item.numbering
        told = f"<w:numId w:val=\"{{{{ '{number}'|{LIST_NOW} }}}}\"/>"
        if number in homes and item.own is not None:
            edits.append((marks[item.own][0], marks[item.own][1] - marks[item.own][0], told))
        elif number in homes and (look := LOOK.search(source, paragraphs[item.paragraph])):
            edits.append((look.end(), 0, f'<w:numPr><w:ilvl w:val="{level}"/>{told}</w:numPr>'))
    for at, length, text in sorted(edits, reverse=True):
        source = f"{source[:at]}{text}{source[at + length :]}"
    return source


def _home(items: list[Item]) -> int | None:
    """Return the loop in whose copies a list begins anew: the innermost that makes more than one of its items."""
    shared = [
        loop
        for at, loop in enumerate(items[0].loops)
        if all(item.loops[at : at + 1] == (loop,) for item in items)
    ]
    if not shared:
        return None
    lowest = min(item.numbering[1] for item in items)
    first = [item for item in items if item.numbering[1] == lowest]
    many = len(first) > 1 or len(first[0].loops) > len(shared)
    if many and any(item.sure for item in first):
        return shared[-1]
    return shared[-2] if len(shared) > 1 else None


def _items(marked: Marked, styles: Mapping[str, Numbering]) -> Iterator[Item]:
    """Yield the numbered paragraphs in their order."""
    loops: list[int] = []
    branches: list[str] = []
    paragraph = -1
    order = {each: at for at, each in enumerate(marked.tree.iter(f"{W}numId"))}
    for each in marked.tree.iter(etree.PI, names.PARAGRAPH):
        if is_mark(each):
            word = word_of(marked.tag_of(each))
            if word in {"for", "if"}:
                branches.append(word)
                loops += [number_of(each)] * (word == "for")
            elif word in {"endfor", "endif"} and branches:
                branches.pop()
                del loops[len(loops) - (word == "endfor") :]
        elif each.tag == names.PARAGRAPH:
            paragraph += 1
            look = each.find(f"{W}pPr")
            direct = None if look is None else look.find(f"{W}numPr/{W}numId")
            told = _numbering(look, styles)
            if told[0] not in NONE and next(each.iterancestors(FALLBACK), None) is None:
                yield Item(
                    told,
                    paragraph,
                    None if direct is None else order[direct],
                    tuple(loops),
                    sure=branches[-1:] != ["if"],
                )


def _numbering(look: _Element | None, styles: Mapping[str, Numbering]) -> Numbering:
    if look is None:
        return "", ""
    inherited = styles.get(_value(look.find(f"{W}pStyle")), ("", "0"))
    direct = look.find(f"{W}numPr")
    if direct is None:
        return inherited
    number, level = _value(direct.find(f"{W}numId")), _value(direct.find(f"{W}ilvl"))
    return number or inherited[0], level or inherited[1] or "0"


def _value(element: _Element | None) -> str:
    return "" if element is None else str(element.get(VALUE, ""))


@lru_cache(maxsize=KEPT)
def counting(numbering: bytes) -> frozenset[str]:
    """Return the ids of the lists that count: those with dashes need no beginning."""
    tree = tree_of(numbering, "Шаблон")
    counted = {
        str(each.get(f"{W}abstractNumId"))
        for each in tree.iter(f"{W}abstractNum")
        if any(_value(form) not in UNCOUNTED for form in each.iterfind(f"{W}lvl/{W}numFmt"))
    }
    nums = {str(each.get(f"{W}numId")): _value(each.find(f"{W}abstractNumId")) for each in tree.iter(NUM)}
    return frozenset(number for number, abstract in nums.items() if abstract in counted)


def free_from(numbering: bytes) -> int:
    """Return the highest id of a list."""
    return max(map(int, IDS.findall(numbering)), default=0)


def numbered_anew(numbering: bytes, lists: Lists) -> bytes:
    """Return the part of numbering with the lists that begin anew."""
    tree = tree_of(numbering, "готовый документ")
    known = {str(each.get(f"{W}numId")): each for each in tree.iter(NUM)}
    starts = {str(each.get(f"{W}abstractNumId")): each for each in tree.iter(f"{W}abstractNum")}
    last = list(known.values())[-1]
    for fresh, number in lists.made.items():
        if number not in known:
            continue
        made = copy.deepcopy(known[number])
        made.set(f"{W}numId", fresh)
        for level, start in _levels(starts.get(_value(made.find(f"{W}abstractNumId")))):
            _begins(made, level, start)
        last.addnext(made)
        last = made
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _levels(abstract: _Element | None) -> Iterator[tuple[str, str]]:
    for level in () if abstract is None else abstract.iterfind(f"{W}lvl"):
        yield str(level.get(f"{W}ilvl")), _value(level.find(f"{W}start")) or "1"


def _begins(made: _Element, level: str, start: str) -> None:
    """Let a level of a copied list begin with its first number again."""
    override = next(
        (each for each in made.iterfind(f"{W}lvlOverride") if each.get(f"{W}ilvl") == level), None
    )
    if override is None:
        override = etree.SubElement(made, f"{W}lvlOverride", {f"{W}ilvl": level})
    begins = override.find(f"{W}startOverride")
    if begins is None:
        begins = etree.Element(f"{W}startOverride")
        override.insert(0, begins)
    begins.set(VALUE, start)

"""A draft that people signed becomes the final as it is, only with its number and day and without the mark of a draft in its headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.papers.package import W, tree_of, unpacked
from flows.papers.zipped import archive, pack
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

HEADER = re.compile(r"word/(?:header|footer)\d*\.xml")
MARK = re.compile(r"ПРОЕКТ|ПР[-‑]\d{4}[-‑]\d{3,}")
BODY = "word/document.xml"
OWN, ANNEX = frozenset({"Requisites"}), frozenset({"Annex", "AnnexMore"})
NO_DAY, NO_NUMBER = re.compile(r"«_+»\s*_+\s*20_+\s*г\."), re.compile(r"№\s*_{4,}")
SHORT_DAY = re.compile(r"_{3}\._{3}\.20_{3}")
STAMPED = re.compile(r"(?:к приказу|приказом) ")
BASIS = re.compile(r"приказ о закреплении наставнических пар от ")
LEVEL = 6
# Number and day of an order as contexts hold them, under «номер» and «дата».
Cited = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Requisites:
    """What a registered paper's blanks are filled with: its own number and day, and those of the orders it cites."""

    number: str
    day: date | None
    approving: Cited
    fixing: Cited


NOTHING = Requisites("", None, None, None)


def undrafted(
    data: bytes,
    number: str = "",
    day: date | None = None,
    approving: Cited = None,
    fixing: Cited = None,
) -> bytes:
    """Return the paper with «ПРОЕКТ» and the draft's number taken out of headers and footers; nothing else of the text changes.

    The blanks for the paper's own number and day, at its top and over its appendices, are filled with those given, and
    those of the orders it cites, `approving` it or `fixing` its pair, with theirs; what people typed there stays. A paper with nothing to change comes back byte for byte. Raise `Refused` for what
    is no Word file.
    """
    members = unpacked(data, "Документ")
    changed = {
        name: _cleaned(content)
        for name, content in members.items()
        if HEADER.fullmatch(name) and marks_draft(content)
    }
    requisites = Requisites(number, day, approving, fixing)
    body = _registered(members[BODY], requisites) if BODY in members and (number or day) else None
    changed |= {BODY: body} if body else {}
    if not changed:
        return data
    return archive((name, pack(content, LEVEL)) for name, content in (dict(members) | changed).items())


def marks_draft(header: bytes) -> bool:
    """Tell whether a header still says «ПРОЕКТ»."""
    return "ПРОЕКТ" in "".join(each.text or "" for each in tree_of(header, "Документ").iter(f"{W}t"))


def _cleaned(header: bytes) -> bytes:
    tree = tree_of(header, "Документ")
    for paragraph in tree.iter(f"{W}p"):
        _rewrite(paragraph, lambda whole: MARK.sub("", whole).strip() if MARK.search(whole) else whole)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _registered(body: bytes, requisites: Requisites) -> bytes | None:
    """Fill the blanks of the paper's own requisites and of the orders it cites; `None` when there are none."""
    tree = tree_of(body, "Документ")
    styled = [
        (each.get(f"{W}val"), paragraph)
        for paragraph in tree.iter(f"{W}p")
        for each in paragraph.iterfind(f"{W}pPr/{W}pStyle")
    ]
    # A paper without a line of its own requisites is itself an appendix: what stands over it is another paper's number.
    styles = OWN | ANNEX if any(style in OWN for style, _ in styled) else OWN
    filled = [
        _rewrite(paragraph, lambda whole: _filled(whole, requisites.number, requisites.day))
        for style, paragraph in styled
        if style in styles
    ]
    filled += [
        _rewrite(paragraph, partial(_cited, order))
        for paragraph, order in _citations(tree, requisites)
        if order
    ]
    return (
        etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True) if any(filled) else None
    )


def _filled(text: str, number: str, day: date | None) -> str:
    dated = NO_DAY.sub(lambda _: words.typography(words.long_date(day)), text) if day else text
    return NO_NUMBER.sub(lambda _: words.typography(f"№ {number}"), dated) if number else dated


def stamped(data: bytes) -> bool:
    """Tell whether no stamp of approval is left with blanks for the order's number and day."""
    body = unpacked(data, "Документ").get(BODY)
    if body is None:
        return True
    stamps = (
        paragraph
        for paragraph, _ in _citations(tree_of(body, "Документ"), NOTHING)
        if not BASIS.match(_text(paragraph))
    )
    return not any(SHORT_DAY.search(_text(each)) or NO_NUMBER.search(_text(each)) for each in stamps)


def _text(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))


def _citations(tree: etree._Element, requisites: Requisites) -> Iterator[tuple[etree._Element, Cited]]:
    """Yield the paragraphs that cite an order, with that order: those after «приказом …» and «к приказу …», and a basis."""
    above = ""
    for paragraph in tree.iter(f"{W}p"):
        told = _text(paragraph)
        if BASIS.match(told):
            yield paragraph, requisites.fixing
        elif STAMPED.match(above):
            yield paragraph, requisites.approving
        above = told


def _cited(order: Mapping[str, Any], text: str) -> str:
    day, number = order.get("дата"), order.get("номер")
    dated = SHORT_DAY.sub(lambda _: f"{day:%d.%m.%Y}", text) if day else text
    return NO_NUMBER.sub(lambda _: words.typography(f"№ {number}"), dated) if number else dated


def _rewrite(paragraph: etree._Element, change: Callable[[str], str]) -> bool:
    """Change a paragraph's text, however an office cut it into pieces; tell whether anything changed."""
    pieces = list(paragraph.iter(f"{W}t"))
    whole = "".join(each.text or "" for each in pieces)
    told = change(whole)
    if told == whole:
        return False
    for each in pieces:
        each.text = ""
    pieces[0].text = told
    pieces[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return True

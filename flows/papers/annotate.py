"""A copy of a template with a Word comment at each fault: the curator opens it and sees where to mend what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.check import faults
from flows.papers.opening import opened
from flows.papers.package import W, tree_of
from flows.papers.rendering import content_of
from flows.papers.tags import of_part
from flows.papers.zipped import archive, pack

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

    from flows.papers.tags import Fault

NAMESPACE = W.strip("{}")
COMMENTS, LINKS, TYPES = "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR, LETTERS = "Наставник", "Н"
DAY = "2026-01-01T00:00:00Z"


def annotated(template: Path | bytes, kind: str = "") -> bytes:
    """Return the template with a comment at each fault `check` finds, the faults of headers at the first paragraph.

    Raise `Refused` when the file is no Word document: there is nothing to write the comments into.
    """
    data, label = content_of(template)
    package = opened(data, label, comments=True)
    body = tree_of(package.members[package.main], label)
    places = {paragraph.where: paragraph.element for paragraph in of_part(body)}
    first = next(iter(places.values()))
    members = dict(package.members)
    comments = (
        tree_of(members[COMMENTS], label)
        if COMMENTS in members
        else etree.Element(f"{W}comments", nsmap={"w": NAMESPACE})
    )
    number = 1 + max((int(str(each.get(f"{W}id", "0"))) for each in comments), default=0)
    for at, fault in enumerate(faults(data, label, kind), number):
        _mark(places.get(fault.where, first), at)
        comments.append(_comment(fault, at))
    told = {package.main: etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)}
    told[COMMENTS] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
    return archive((name, pack(content, 6)) for name, content in _linked(members | told).items())


def _mark(paragraph: _Element, number: int) -> None:
    """Put the comment round the paragraph's runs."""
    start, end, run = (etree.Element(f"{W}{name}") for name in ("commentRangeStart", "commentRangeEnd", "r"))
    for each in (start, end, etree.SubElement(run, f"{W}commentReference")):
        each.set(f"{W}id", str(number))
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.extend((end, run))


def _comment(fault: Fault, number: int) -> _Element:
    comment = etree.Element(f"{W}comment")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("date", DAY), ("initials", LETTERS)):
        comment.set(f"{W}{name}", value)
    text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
    text.text = (f"{fault.tag}: " if fault.tag else "") + fault.reason
    return comment


def _linked(members: dict[str, bytes]) -> dict[str, bytes]:
    told = dict(members)
    if RELATION.encode() not in told[LINKS]:
        told[LINKS] = told[LINKS].replace(
            b"</Relationships>",
            f'<Relationship Id="rIdComments" Type="{RELATION}" Target="comments.xml"/></Relationships>'.encode(),
        )
    if b"/word/comments.xml" not in told[TYPES]:
        told[TYPES] = told[TYPES].replace(
            b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{KIND}"/></Types>'.encode()
        )
    return told

"""Notes on cells: the comments part of a sheet and the drawing that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from flows.office.book import MAIN, R_ID, Book, Element, X, new_root, parse_xml
from flows.office.cells import escaped, plain_text
from flows.office.grid import cell_of, ref_of
from flows.office.package import BadPackage

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = "{urn:schemas-microsoft-com:vml}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_EMPTY_VML = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:80pt;z-index:1;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""
Place = tuple[int, int]


class Notes:
    """Texts of a sheet's notes by place; nothing is written unless one changes."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part
        self._comments = book.related_one(part, "comments")
        self._changed = False
        self._texts = {place: _text(each) for place, each in self._listed().items()}

    def _listed(self) -> dict[Place, Element]:
        if self._comments is None:
            return {}
        found = self._book.xml(self._comments).iter(X + "comment")
        return {cell_of(each.get("ref", "A1")): each for each in found}

    def __getitem__(self, place: Place) -> str:
        return self._texts.get(place, "")

    def places(self) -> tuple[Place, ...]:
        """Every place with a note."""
        return tuple(self._texts)

    def set(self, place: Place, text: str) -> None:
        """Put a note on a cell; an empty text takes it away."""
        if self[place] == text:
            return
        self._changed = True
        if text:
            self._texts[place] = text
        else:
            del self._texts[place]

    def shift(self, moved: Callable[[Place], Place | None]) -> None:
        """Move every note; None takes it away."""
        texts = {new: text for place, text in self._texts.items() if (new := moved(place)) is not None}
        if texts != self._texts:
            self._texts = texts
            self._changed = True

    def drop_all(self) -> None:
        """Forget the parts, because their sheet goes."""
        self._changed = False
        for kind, part, _ in list(self._book.related(self._part)):
            if kind.rsplit("/", 1)[-1] in {"comments", "vmlDrawing"}:
                self._book.drop(part)

    def save(self) -> None:
        """Write the comments and their shapes if anything changed."""
        if not self._changed:
            return
        self._changed = False
        self._save_comments()
        self._save_shapes()

    def _save_comments(self) -> None:
        if self._comments is None:
            self._comments = self._book.free("xl/comments{}.xml")
            root = new_root(X + "comments", MAIN)
            etree.SubElement(etree.SubElement(root, X + "authors"), X + "author")
            etree.SubElement(root, X + "commentList")
            self._book.add(self._comments, root, _COMMENTS_TYPE)
            self._book.relate(self._part, "comments", self._comments)
        root = self._book.xml(self._comments)
        known = {place: each for place, each in self._listed().items() if _text(each) == self[place]}
        holder = root.find(X + "commentList")
        assert holder is not None
        for each in list(holder):
            holder.remove(each)
        for place in sorted(self._texts):
            holder.append(known[place] if place in known else _comment(place, self._texts[place]))
        self._book.touch(self._comments)

    def _save_shapes(self) -> None:
        part = self._drawing()
        root = self._book.xml(part)
        shapes = {_place(shape): shape for shape in root.findall(_VML + "shape") if _is_note(shape)}
        for place, shape in shapes.items():
            if place not in self._texts:
                root.remove(shape)
        number = 1025 + len(root)
        used = {shape.get("id") for shape in root}
        for row, column in sorted(set(self._texts) - set(shapes)):
            while f"_x0000_s{number}" in used:
                number += 1
            root.append(etree.fromstring(_SHAPE.format(number=number, row=row, column=column)))
            number += 1
        self._book.touch(part)

    def _drawing(self) -> str:
        """Find the legacy drawing, or make one when there is none or it is no XML (some programs write HTML there)."""
        part = self._book.related_one(self._part, "vmlDrawing")
        if part is not None and self._readable(part):
            return part
        if part is None:
            part = self._book.free("xl/drawings/vmlDrawing{}.vml")
            rid = self._book.relate(self._part, "vmlDrawing", part)
            self._hang(rid)
        self._book.default_type("vml", _VML_TYPE)
        self._book.add(part, parse_xml(_EMPTY_VML))
        return part

    def _readable(self, part: str) -> bool:
        try:
            self._book.xml(part)
        except BadPackage:
            return False
        return True

    def _hang(self, rid: str) -> None:
        from flows.office.sheet import Sheet  # noqa: PLC0415 - only for the due place of one element

        sheet = Sheet(self._book.xml(self._part), [])
        sheet.remove("legacyDrawing")
        sheet.child("legacyDrawing").set(R_ID, rid)
        self._book.touch(self._part)


def _comment(place: Place, text: str) -> Element:
    comment = etree.Element(X + "comment", ref=ref_of(*place), authorId="0")
    line = etree.SubElement(etree.SubElement(comment, X + "text"), X + "t")
    line.text = escaped(text)
    line.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _text(comment: Element) -> str:
    holder = comment.find(X + "text")
    return "" if holder is None else plain_text(holder)


def _is_note(shape: Element) -> bool:
    data = shape.find(_EXCEL + "ClientData")
    return data is not None and data.get("ObjectType") == "Note"


def _place(shape: Element) -> Place:
    row = shape.findtext(f"{_EXCEL}ClientData/{_EXCEL}Row", "0")
    column = shape.findtext(f"{_EXCEL}ClientData/{_EXCEL}Column", "0")
    return int(row), int(column)

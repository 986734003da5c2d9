"""Pictures in papers: «{{ рисунок|картинка }}» draws a chart where the tag stands; the file gains its parts and their links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from flows.domain.errors import Refused
from flows.domain.monitoring.note.shape import Chart
from flows.papers import charts
from flows.papers.package import tree_of
from flows.papers.values import Markup, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
KIND = "application/vnd.openxmlformats-officedocument"
LINKS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
CHART_LINKS = "word/charts/_rels"
WIDTH = round(160 / 25.4 * charts.INCH)
OURS = re.compile(rb'"rIdNastavnik(\d{1,6})"')
OUR_PART = re.compile(r"word/(?:media|charts|embeddings)/nastavnik(\d{1,6})\.")
WORKBOOK = re.compile(rb'Extension="xlsx"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart of one paper: its number from 1, what is drawn, how many pictures of ours the template has already."""

    number: int
    drawn: charts.Drawn
    before: int = 0

    @property
    def name(self) -> str:
        """Return the name that its parts bear in the file."""
        return f"nastavnik{self.before + self.number}"

    @property
    def link(self) -> str:
        """Return the id of the link to it."""
        return f"rIdNastavnik{self.before + self.number}"

    @property
    def members(self) -> dict[str, bytes]:
        """Return its parts by their names in the file: the chart, its link to the workbook, the workbook."""
        link = (
            f'<Relationships xmlns="{PARTS}"><Relationship Id="{charts.WORKBOOK}" Type="{OFFICE}/package" '
            f'Target="../embeddings/{self.name}.xlsx"/></Relationships>'
        )
        return {
            f"word/charts/{self.name}.xml": self.drawn.part,
            f"{CHART_LINKS}/{self.name}.xml.rels": link.encode(),
            f"word/embeddings/{self.name}.xlsx": self.drawn.workbook,
        }


def placed(value: Any, pictures: list[Placed], before: int = 0) -> Markup:
    """Draw a value where its tag stands and note the picture in `pictures`. Raise `Refused` when it is no picture."""
    picture = Placed(len(pictures) + 1, _drawn(value), before)
    pictures.append(picture)
    return Markup(f'</w:t>{_drawing(picture)}<w:t xml:space="preserve">')


def drawn_before(members: Mapping[str, bytes]) -> int:
    """Return how many pictures of ours a template has: a finished paper may serve as one."""
    linked = (int(number) for number in OURS.findall(members.get(LINKS, b"")))
    named = (int(found[1]) for name in members if (found := OUR_PART.match(name)))
    return max((*linked, *named), default=0)


def attached(contents: Mapping[str, bytes], pictures: Iterable[Placed]) -> dict[str, bytes]:
    """Return the links and content types with the pictures in them, and the parts of the pictures, by member name."""
    told = list(pictures)
    links = [
        f'<Relationship Id="{each.link}" Type="{OFFICE}/chart" Target="charts/{each.name}.xml"/>'
        for each in told
    ]
    kinds = [
        f'<Override PartName="/word/charts/{each.name}.xml" ContentType="{KIND}.drawingml.chart+xml"/>'
        for each in told
    ]
    types = _with(contents[TYPES], kinds, b"</Types>")
    if not WORKBOOK.search(types):
        sheet = f'<Default Extension="xlsx" ContentType="{KIND}.spreadsheetml.sheet"/>'
        types = _with(types, (sheet,), b"<Override")
    parts = {name: content for each in told for name, content in each.members.items()}
    return {TYPES: types, LINKS: _with(contents[LINKS], links, b"</Relationships>"), **parts}


def _with(listing: bytes, entries: Iterable[str], before: bytes) -> bytes:
    """Return a list of the file with entries more; a list spelt with prefixes is written anew."""
    if listing.count(before):
        return listing.replace(before, "".join(entries).encode() + before, 1)
    tree = tree_of(listing, "готовый документ")
    space = etree.QName(tree).namespace
    for at, entry in enumerate(entries):
        told = etree.fromstring(entry)
        tree.insert(
            at,
            tree.makeelement(
                f"{{{space}}}{told.tag}", {str(key): str(value) for key, value in told.attrib.items()}
            ),
        )
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drawn(value: Any) -> charts.Drawn:
    if not (isinstance(value, Mapping) and {"вид", "данные"} <= value.keys()):
        raise Refused("«картинка» ждёт рисунок из данных справки")
    try:
        return charts.draw(Chart(str(value["вид"]), str(value.get("название") or ""), value["данные"]))
    except (KeyError, TypeError, ValueError) as trouble:
        raise Refused("рисунок не построить: данных для него не хватает") from trouble


def _drawing(picture: Placed) -> str:
    return (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH}" cy="{picture.drawn.height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{1000 + picture.number}" name="Рисунок {picture.number}" descr={quoteattr(clean(picture.drawn.alt))}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/chart">'
        f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{OFFICE}" r:id="{picture.link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )

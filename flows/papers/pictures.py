"""Pictures in papers: «{{ рисунок|картинка }}» draws a chart where the tag stands; the file gains its media and their links."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from xml.sax.saxutils import quoteattr

from lxml import etree

from flows.domain.errors import Refused
from flows.papers.package import tree_of
from flows.papers.values import Markup, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
LINKS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
DOTS_PER_INCH, EMU_PER_INCH = 150, 914_400
WIDEST = round(160 / 25.4 * EMU_PER_INCH)
SIGNATURE = b"\x89PNG\r\n\x1a\n"
OURS = re.compile(rb'"rIdNastavnik(\d{1,6})"')
PNG = re.compile(rb'Extension="png"', re.IGNORECASE)


class Drawn(Protocol):
    """A picture ready to print: PNG bytes and the words for those who cannot see it."""

    @property
    def png(self) -> bytes:
        """Return the picture."""

    @property
    def alt(self) -> str:
        """Return what it shows, in words."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of one paper: its number from 1, its PNG, how many of our pictures the template has already."""

    number: int
    png: bytes
    before: int = 0

    @property
    def member(self) -> str:
        """Return the member's name in the file."""
        return f"word/media/nastavnik{self.before + self.number}.png"

    @property
    def link(self) -> str:
        """Return the id of the link to it."""
        return f"rIdNastavnik{self.before + self.number}"


def placed(value: Any, pictures: list[Placed], before: int = 0) -> Markup:
    """Draw a value where its tag stands and note the picture in `pictures`. Raise `Refused` when it is no picture."""
    drawn = _drawn(value)
    picture = Placed(len(pictures) + 1, drawn.png, before)
    pictures.append(picture)
    return Markup(f"</w:t>{_drawing(picture, drawn.alt)}<w:t>")


def drawn_before(links: bytes) -> int:
    """Return how many pictures of ours a template has: a finished paper may serve as one."""
    return max((int(number) for number in OURS.findall(links)), default=0)


def attached(contents: Mapping[str, bytes], pictures: Iterable[Placed]) -> dict[str, bytes]:
    """Return the links and content types with the pictures in them, and the pictures themselves, by member name."""
    told = list(pictures)
    links = (
        f'<Relationship Id="{each.link}" Type="{RELATION}/image" Target="media/{each.member.rsplit("/", 1)[-1]}"/>'
        for each in told
    )
    types = contents[TYPES]
    if not PNG.search(types):
        types = _with(types, ('<Default Extension="png" ContentType="image/png"/>',), b"<Override")
    return {
        TYPES: types,
        LINKS: _with(contents[LINKS], links, b"</Relationships>"),
        **{each.member: each.png for each in told},
    }


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


def _drawn(value: Any) -> Drawn:
    if isinstance(value, Mapping) and {"вид", "данные"} <= value.keys():
        from flows.domain.monitoring.note.shape import Chart  # noqa: PLC0415 - drawing is slow to load and rare
        from flows.papers import charts  # noqa: PLC0415

        try:
            return charts.draw(
                Chart(
                    str(value["вид"]),
                    str(value.get("название") or ""),
                    value["данные"],
                    int(value.get("номер") or 0),
                )
            )
        except (KeyError, TypeError, ValueError) as trouble:
            raise Refused("рисунок не построить: данных для него не хватает") from trouble
    if isinstance(getattr(value, "png", None), bytes) and value.png.startswith(SIGNATURE):
        return value  # type: ignore[no-any-return]
    raise Refused("«картинка» ждёт рисунок из данных справки")


def _drawing(picture: Placed, alt: str) -> str:
    width, height = _size(picture.png)
    name = f"Рисунок {picture.number}"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + picture.number}" name="{name}" descr={quoteattr(clean(alt))}/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture"><pic:pic xmlns:pic="{DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{picture.number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{RELATION}" r:embed="{picture.link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    width = min(round(wide / DOTS_PER_INCH * EMU_PER_INCH), WIDEST)
    return width, round(width * high / max(wide, 1))

"""A template read once: fixed members deflated, parts with tags compiled; what is left for each paper is the text itself.

About 95 % of what docxtpl does for a paper does not depend on the context. Its own functions do the patching here,
so the bodies stay equal to what docxtpl writes, but for the last rows of tables (`last_rows`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
from docxtpl.template import DocxTemplate
from lxml import etree

from flows.domain.errors import Refused
from flows.papers.environment import Office, SwiftOffice
from flows.papers.last_rows import held
from flows.papers.opening import opened
from flows.papers.overgrown import overgrown, reason_of
from flows.papers.package import CORE, Package, W, tree_of
from flows.papers.pictures import LINKS, TYPES, Placed, attached
from flows.papers.tag_filters import SPENT, Spent
from flows.papers.tags import paragraphs, spots
from flows.papers.unfilled import refuse_unfilled
from flows.papers.wellformed import proven
from flows.papers.zipped import Packed, archive, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

SHOWN = 40
KEPT_TEMPLATES = 160
BEST, FAST = 9, 3
DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
FIRST_DOCPR = 1001
COLUMN_TAGS = re.compile(
    r"\{%tc\s|\{\{tc\s|\{%\s*(?:vm|hm|colspan|cellbg)\b|\{\{r\s|\{%r\s|\{\{-|\{%-|-\}\}|-%\}"
)
NO_LINKS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
PARAGRAPH = re.compile(r"<w:p([ >])")
OFFICE = Office()
SWIFT = SwiftOffice()
NOT_SO_SIMPLE = (KeyError, TypeError, IndexError, jinja2.UndefinedError)
REFERENCE = DocxTemplate("")


@dataclass(frozen=True, slots=True)
class Part:
    """A part with tags: its patched text, the compiled template, and what still has to be done to the result."""

    name: str
    source: str
    template: jinja2.Template
    exact: bool
    sure: bool
    prolog: str

    def rendered(self, context: Mapping[str, Any], spent: Spent) -> bytes:
        """Return the part for a context. Raise what the tags raise, or `Refused` when the result would not open."""
        try:
            xml = written(self.template, context, spent)
        except NOT_SO_SIMPLE:
            spent.pictures.clear()
            xml = written(_careful(self.source), context, spent)
        if self.exact:
            xml = xml.replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
        if "\n" in xml or "\t" in xml:
            xml = REFERENCE.resolve_listing(xml)
        xml = held(xml)
        if self.exact:
            return self.prolog.encode() + _settled(xml)
        content = (self.prolog + xml).encode()
        if not self.sure:
            tree_of(content, "готовый документ")
        return content


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready for any number of papers: its members in order, each fixed or a part to render."""

    members: tuple[tuple[str, Packed | Part], ...]
    main: str
    listings: Mapping[str, bytes]

    def paper(self, context: Mapping[str, Any]) -> bytes:
        """Return the bytes of one paper; the same context gives the same bytes."""
        made: dict[str, Packed] = {}
        drawn: list[Placed] = []
        for name, each in self.members:
            spent = Spent()
            made[name] = pack(each.rendered(context, spent), FAST) if isinstance(each, Part) else each
            drawn += spent.pictures
            if spent.pictures and name != self.main:
                raise Refused("картинка может стоять только в тексте документа, не в колонтитуле")
        if drawn:
            made |= {name: pack(content, FAST) for name, content in attached(self.listings, drawn).items()}
        return archive(made.items())

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts with tags."""
        return tuple(each for _, each in self.members if isinstance(each, Part))


@lru_cache(maxsize=KEPT_TEMPLATES)
def compiled(data: bytes, label: str) -> Compiled:
    """Read a template. Raise `Refused` for a bad file and `TemplateSyntaxError` for a bad tag."""
    package = opened(data, label)
    _refuse_unclosed(package, label)
    refuse_unfilled(package, label)
    _refuse_overgrown(package, label)
    members = tuple((name, _member(name, content, package, label)) for name, content in _ordered(package))
    return Compiled(
        members, package.main, {name: package.members.get(name, NO_LINKS) for name in (TYPES, LINKS)}
    )


def patched(content: bytes, label: str) -> str:
    """Return a part's text as docxtpl would give it to Jinja: tags gathered from split runs, rows and paragraphs unwrapped."""
    text = etree.tostring(tree_of(content, label), encoding="unicode")
    return _plain_ampersands(REFERENCE.patch_xml(text))


def written(template: jinja2.Template, context: Mapping[str, Any], spent: Spent) -> str:
    """Return a part's text for a context, whatever the tags raise let through."""
    return "".join(template.root_render_func(template.new_context({**context, SPENT: spent})))


@lru_cache(maxsize=KEPT_TEMPLATES)
def _careful(source: str) -> jinja2.Template:
    return OFFICE.compiled(source)


def numbered(source: str) -> str:
    """Put each paragraph on a line of its own, so that a fault's line tells its paragraph."""
    return PARAGRAPH.sub(r"\n<w:p\1", source)


def _ordered(package: Package) -> list[tuple[str, bytes]]:
    return sorted(package.members.items(), key=lambda member: member[0] != "[Content_Types].xml")


def _member(name: str, content: bytes, package: Package, label: str) -> Packed | Part:
    has_tags = b"{" in content and (name == package.main or name in package.rendered or name == CORE)
    if not has_tags:
        return pack(content, BEST)
    return _part(name, content, label, body=name == package.main)


def _part(name: str, content: bytes, label: str, *, body: bool) -> Part:
    tree = tree_of(content, label)
    source = patched(content, label) if name != CORE else etree.tostring(tree, encoding="unicode")
    exact = bool(COLUMN_TAGS.search(_typed(tree))) or (body and not _steady(tree))
    source = numbered(source) if exact else re.sub(r"\n(?=<w:p[ >])", "", source)
    prolog = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    return Part(name, source, SWIFT.compiled(source), exact, proven(source), prolog)


def _typed(tree: _Element) -> str:
    return "".join(each.text or "" for each in tree.iter(f"{W}t"))


def _steady(tree: _Element) -> bool:
    """Return whether docxtpl's repairs after rendering (column counts, picture numbers) would change nothing."""
    return next(tree.iter(DOCPR), None) is None and all(_full(table) for table in tree.iter(f"{W}tbl"))


def _full(table: _Element) -> bool:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = table.findall(f"{W}tr")
    kept = any("{%tr" not in _typed(row) for row in rows) and not table.findall(f".//{W}tbl")
    lasting = rows and "{%tr" not in _typed(rows[0])
    return bool(columns and kept and lasting) and all(
        _span(row) == columns and len(row.findall(f"{W}tc")) <= columns for row in rows
    )


def _span(row: _Element) -> int:
    return sum(
        int(next((str(each.get(f"{W}val")) for each in cell.iterfind(f"{W}tcPr/{W}gridSpan")), "1"))
        for cell in row.iterfind(f"{W}tc")
    )


def _settled(xml: str) -> bytes:
    """Repair what column loops and repeated pictures leave behind, as docxtpl does."""
    tree_of(xml.encode(), "готовый документ")
    tree = REFERENCE.fix_tables(xml)
    for number, picture in enumerate(tree.iter(DOCPR), FIRST_DOCPR):
        picture.set("id", str(number))
    return etree.tostring(tree, encoding="UTF-8")


def _plain_ampersands(source: str) -> str:
    """Let a tag say «&» itself: Word writes it escaped, and it would be escaped again when it is printed."""
    pieces: list[str] = []
    at = 0
    for start, text in spots(source)[0]:
        pieces += (source[at:start], text.replace("&amp;", "&"))
        at = start + len(text)
    return "".join((*pieces, source[at:]))


def _refuse_overgrown(package: Package, label: str) -> None:
    for tag, reason in overgrown(paragraphs(package, label)):
        raise Refused(f"{label}, {tag.where}, метка «{tag.text[:SHOWN]}»: {reason}.")
    core = package.members.get(CORE, b"").decode("utf-8", "replace")
    reasons = [reason for _, text in spots(core)[0] if (reason := reason_of(text))]
    if reasons:
        raise Refused(f"{label}, свойства файла: {reasons[0]}.")


def _refuse_unclosed(package: Package, label: str) -> None:
    for paragraph in paragraphs(package, label):
        _, at = spots(paragraph.text)
        if at is not None:
            shown = paragraph.text[at : at + 40].strip()
            raise Refused(
                f"{label}, {paragraph.where}, метка «{shown}»: открыта, но не закрыта; допишите «}}}}» или «%}}» в том же абзаце."
            )

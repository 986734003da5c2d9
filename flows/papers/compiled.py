"""A template read once: fixed members deflated, parts with tags compiled; what is left for each paper is the text itself.

About 95 % of what docxtpl does for a paper does not depend on the context. Its own functions do the patching here,
so the bodies stay equal to what docxtpl writes, but for the last rows of tables (`last_rows`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
from lxml import etree

from flows.domain.errors import Refused
from flows.papers.environment import Office, SwiftOffice
from flows.papers.last_rows import held
from flows.papers.mending import mended, names
from flows.papers.mending.foreseen import Foreseen, foreseen, stray
from flows.papers.mending.identities import Identities, highest, unnamed
from flows.papers.mending.line_breaks import stretched, unspread
from flows.papers.mending.lists_anew import Looks, begun_anew, free_from, numbered_anew
from flows.papers.mending.marked import marked
from flows.papers.mending.notes import Notes
from flows.papers.mending.steady import steady
from flows.papers.opening import opened
from flows.papers.overgrown import overgrown, reason_of
from flows.papers.package import CORE, WORD, Package, tree_of
from flows.papers.pictures import LINKS, TYPES, Placed, attached, drawn_before
from flows.papers.tag_fields import Fields, fields_of
from flows.papers.tag_filters import SPENT, Spent
from flows.papers.tags import paragraphs, spots
from flows.papers.unfilled import refuse_unfilled
from flows.papers.wellformed import proven
from flows.papers.zipped import Packed, archive, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docxtpl.template import DocxTemplate


SHOWN = 40
KEPT_TEMPLATES = 160
BEST, FAST = 9, 3
PRINTED = "готовый документ"
GIVEN = b"schemas.microsoft.com/office/word/2010/word"
PICTURES = re.compile(rb"""docPr[^<>]{0,400}? id=["'](\d{1,9})""")
FIRST_DOCPR = 1001
NO_LINKS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
PARAGRAPH = re.compile(r"<w:p([ >])")
OFFICE = Office()
SWIFT = SwiftOffice()
NOT_SO_SIMPLE = (KeyError, TypeError, IndexError, jinja2.UndefinedError)


@dataclass(slots=True)
class Shared:
    """What the parts of one paper share: ids met so far, where numbers of pictures begin, the styles, a stretched line."""

    identities: Identities
    pictures: int
    styles: bytes
    notes: Notes = field(default_factory=Notes)
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part with tags: its patched text, the compiled template, what it reads, and what still has to be done to the result.

    `exact` is repaired as docxtpl repairs it, `stray` has runs whose looks only a tree tells.
    """

    name: str
    source: str
    template: jinja2.Template
    fields: Fields
    exact: bool
    sure: bool
    foreseen: Foreseen
    stray: bool
    prolog: str

    def rendered(self, context: Mapping[str, Any], spent: Spent, shared: Shared) -> bytes:
        """Return the part for a context. Raise what the tags raise, or `Refused` when the result would not open."""
        try:
            xml = written(self.template, context, spent)
        except NOT_SO_SIMPLE:
            spent.again()
            xml = written(_careful(self.source), context, spent)
        if self.exact:
            xml = xml.replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
        broken = "\n" in xml or "\t" in xml
        if broken:
            shared.stretched |= stretched(xml, shared.styles)
            xml = xml if self.stray else _reference().resolve_listing(xml)
        xml = held(xml)
        if self.exact or (broken and self.stray) or self.foreseen.mars(xml):
            return self._whole(xml, shared)
        content = (self.prolog + xml).encode()
        if not self.sure or broken:
            tree_of(content, PRINTED)
        return content

    def _whole(self, xml: str, shared: Shared) -> bytes:
        """Mend what loops and conditions tore; what they left whole stays as it was written."""
        tree = tree_of(xml.encode(), PRINTED)
        if self.exact:
            for number, picture in enumerate(tree.iter(names.DOCPR), shared.pictures):
                picture.set("id", str(number))
        changed = mended(tree, shared.identities, shared.notes)
        told = etree.tostring(tree, encoding="UTF-8") if changed or self.exact else xml.encode()
        return self.prolog.encode() + told


@dataclass(frozen=True, slots=True)
class Own:
    """What a template has of its own: ids, pictures of ours, looks, the names of its numbering and its settings.

    `highest` is its highest id, `pictures` the first free number of one, `listed` the highest id of its lists.
    """

    label: str
    highest: int
    pictures: int
    listed: int
    drawn: int
    looks: Looks
    numbering: str
    settings: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready for any number of papers: its members in order, each fixed or a part to render."""

    members: tuple[tuple[str, Packed | Part], ...]
    main: str
    listings: Mapping[str, bytes]
    own: Own

    def paper(self, context: Mapping[str, Any]) -> bytes:
        """Return the bytes of one paper; the same context gives the same bytes."""
        made: dict[str, Packed] = {}
        drawn: list[Placed] = []
        changed: dict[str, bytes] = {}
        notes = {name: self.listings[name] for name in self.own.notes}
        shared = Shared(Identities(self.own.highest), self.own.pictures, self.own.looks.styles)
        for name, each in self.members:
            if not isinstance(each, Part):
                made[name] = each
                continue
            spent = Spent(drawn=self.own.drawn, listed=self.own.listed)
            content = each.rendered(context, spent, shared)
            made[name] = pack(content, FAST)
            notes |= {name: content} if name in self.own.notes else {}
            drawn += spent.pictures
            if spent.pictures and name != self.main:
                raise Refused("картинка может стоять только в тексте документа, не в колонтитуле")
            if spent.lists.made:
                changed[self.own.numbering] = numbered_anew(self.listings[self.own.numbering], spent.lists)
        if drawn:
            changed |= attached(self.listings, drawn)
        if shared.stretched and self.own.settings:
            changed[self.own.settings] = unspread(self.listings[self.own.settings])
        if shared.notes.copies:
            changed |= {
                name: shared.notes.copied(content, shared.identities) for name, content in notes.items()
            }
        made |= {name: pack(content, FAST) for name, content in changed.items()}
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
    own = _own(package, label)
    members = tuple((name, _member(name, content, package, own)) for name, content in _ordered(package))
    kept = (TYPES, LINKS, own.numbering, own.settings, *own.notes)
    return Compiled(members, package.main, {name: package.members.get(name, NO_LINKS) for name in kept}, own)


def _own(package: Package, label: str) -> Own:
    """Look over what a template has of its own; a part that is not there is called ""."""
    listing = tree_of(package.members[TYPES], label)
    kinds = {str(each.get("ContentType")): str(each.get("PartName", "")).lstrip("/") for each in listing}
    numbering, settings, styles = (
        name if (name := kinds.get(f"{WORD}{kind}+xml", "")) in package.members else ""
        for kind in ("numbering", "settings", "styles")
    )
    stories = [package.members[name] for name in (package.main, *package.rendered)]
    pictures = max((int(number) for story in stories[1:] for number in PICTURES.findall(story)), default=0)
    looks = Looks(package.members.get(numbering, b""), package.members.get(styles, b""))
    return Own(
        label,
        highest(stories),
        max(FIRST_DOCPR, pictures + 1),
        free_from(looks.numbering),
        drawn_before(package.members),
        looks,
        numbering,
        settings,
        tuple(name for name, kind in package.rendered.items() if kind.endswith("notes")),
    )


@cache
def _reference() -> DocxTemplate:
    from docxtpl.template import DocxTemplate  # noqa: PLC0415 - slow to load, and a run that changes nothing reads no template

    return DocxTemplate("")


def patched(content: bytes, label: str) -> str:
    """Return a part's text as docxtpl would give it to Jinja: tags gathered from split runs, rows and paragraphs unwrapped."""
    tree = tree_of(content, label)
    if GIVEN in content:
        unnamed(tree)
    text = etree.tostring(tree, encoding="unicode")
    return _plain_ampersands(_reference().patch_xml(text))


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


def _member(name: str, content: bytes, package: Package, own: Own) -> Packed | Part:
    has_tags = b"{" in content and (name == package.main or name in package.rendered or name == CORE)
    if not has_tags:
        return pack(content, BEST)
    if name != package.main:
        return _beside(name, content, own.label)
    return _part(name, content, own.label, own.looks)


@lru_cache(maxsize=KEPT_TEMPLATES)
def _beside(name: str, content: bytes, label: str) -> Part:
    """Read a header, a footer, notes or the file's properties: templates of one hand have the same."""
    return _part(name, content, label, None)


def _part(name: str, content: bytes, label: str, looks: Looks | None) -> Part:
    """Read a part with tags; `looks` are those of the document's lists, nothing beside the document."""
    tree = tree_of(content, label)
    source = patched(content, label) if name != CORE else etree.tostring(tree, encoding="unicode")
    exact = not steady(tree, body=looks is not None)
    told = marked(source)
    if looks is not None and told is not None:
        source = begun_anew(source, told, looks)
    source = numbered(source) if exact else re.sub(r"\n(?=<w:p[ >])", "", source)
    prolog = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    left = foreseen(told) if name != CORE else Foreseen()
    tags = SWIFT.parse(source)
    fields = fields_of(tags)
    template = SWIFT.of_tree(tags)
    return Part(name, source, template, fields, exact, proven(source), left, stray(content), prolog)


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

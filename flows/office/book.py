"""A workbook as its parts: XML trees read when needed, written back only where something changed."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from flows.office.package import BadPackage, Package, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X = f"{{{MAIN}}}"
R_ID = f"{{{RELS}}}id"
# Elements of all parts together: about 800,000 cells.
MOST_TAGS = 2_500_000
CONTENT_TYPES = "[Content_Types].xml"

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type


def parse_xml(data: bytes) -> Element:
    """Parse a part without entities or network; `BadPackage` if it is no XML or one no program would write."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_pis=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise BadPackage from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadPackage
    return root


def dump_xml(root: Element) -> bytes:
    """Write a part as office programs expect it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class Book:
    """The parts of one workbook; what is changed lives here until `pack`."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._trees: dict[str, Element] = {}
        self._dirty: set[str] = set()
        self._blobs: dict[str, bytes | None] = {}
        self._tags = 0
        self.workbook = self._main_part()

    def _main_part(self) -> str:
        for kind, target, _ in self.related(""):
            if kind.endswith("/officeDocument"):
                if self.xml(target).tag != f"{X}workbook":
                    raise BadPackage
                return target
        raise BadPackage

    def has(self, name: str) -> bool:
        """Whether a part is there."""
        if name in self._blobs:
            return self._blobs[name] is not None
        return name in self._trees or name in self._package.names

    def xml(self, name: str) -> Element:
        """Tree of a part; `touch` it after changing it."""
        tree = self._trees.get(name)
        if tree is None:
            data = self.blob(name)
            self._tags += data.count(b"<") - data.count(b"</")
            if self._tags > MOST_TAGS:
                raise TooLarge
            tree = self._trees[name] = parse_xml(data)
        return tree

    def blob(self, name: str) -> bytes:
        """Bytes of a part as last packed."""
        return self._blobs.get(name) or self._package.read(name)

    def touch(self, name: str) -> None:
        """Mark a tree as changed."""
        self._dirty.add(name)

    def add(self, name: str, root: Element, content_type: str = "") -> None:
        """Add a part, or replace one whole."""
        self._blobs.pop(name, None)
        self._trees[name] = root
        self.touch(name)
        if content_type:
            self._declare(name, content_type)

    def drop(self, name: str) -> None:
        """Remove a part with its own relations and its declared type."""
        for each in (name, rels_of(name)):
            self._trees.pop(each, None)
            self._dirty.discard(each)
            if each in self._package.names or each in self._blobs:
                self._blobs[each] = None
        types = self.xml(CONTENT_TYPES)
        for override in types.findall(f"{{{TYPES}}}Override"):
            if override.get("PartName") == "/" + name:
                types.remove(override)
                self.touch(CONTENT_TYPES)

    def free(self, pattern: str) -> str:
        """Choose the first free part name of a pattern with `{}` for the number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """List what a part points at inside the package: type, part name, relation id."""
        name = rels_of(part)
        if not self.has(name):
            return
        for link in self.xml(name):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), link.get("Target", ""))
                )
                yield link.get("Type", ""), target.lstrip("/"), link.get("Id", "")

    def related_one(self, part: str, kind: str) -> str | None:
        """Find the part of one kind (the last word of its type) that a part points at."""
        return next((target for found, target, _ in self.related(part) if found.endswith("/" + kind)), None)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Point a part at another or at an address; answers the relation id."""
        name = rels_of(part)
        if not self.has(name):
            self.add(name, new_root(f"{{{PACKAGE_RELS}}}Relationships", PACKAGE_RELS))
        links = self.xml(name)
        used = {link.get("Id") for link in links}
        number = 1
        while f"rId{number}" in used:
            number += 1
        link = etree.SubElement(
            links, f"{{{PACKAGE_RELS}}}Relationship", Id=f"rId{number}", Type=f"{RELS}/{kind}"
        )
        link.set(
            "Target", target if external else posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
        )
        if external:
            link.set("TargetMode", "External")
        self.touch(name)
        return f"rId{number}"

    def unrelate(self, part: str, relation: str) -> None:
        """Take a relation away."""
        name = rels_of(part)
        for link in list(self.xml(name)):
            if link.get("Id") == relation:
                self.xml(name).remove(link)
                self.touch(name)

    def default_type(self, ending: str, content_type: str) -> None:
        """Declare the type of all parts with an ending."""
        types = self.xml(CONTENT_TYPES)
        if any(each.get("Extension", "").lower() == ending for each in types):
            return
        types.insert(
            0, types.makeelement(f"{{{TYPES}}}Default", {"Extension": ending, "ContentType": content_type})
        )
        self.touch(CONTENT_TYPES)

    def _declare(self, name: str, content_type: str) -> None:
        types = self.xml(CONTENT_TYPES)
        if any(each.get("PartName") == "/" + name for each in types):
            return
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName="/" + name, ContentType=content_type)
        self.touch(CONTENT_TYPES)

    def pack(self) -> bytes:
        """Write the container: changed parts anew, every other part byte for byte."""
        for name in self._dirty:
            self._blobs[name] = dump_xml(self._trees[name])
        self._dirty.clear()
        data = self._package.repack(self._blobs)
        self._package = Package(data)
        self._blobs.clear()
        return data


def new_root(tag: str, namespace: str) -> Element:
    """Make the root of a new part, its namespace without a prefix."""
    return etree.Element(tag, nsmap={None: namespace})  # type: ignore[dict-item]


def unset(element: Element, name: str) -> None:
    """Take an attribute away if it is there."""
    if name in element.attrib:
        del element.attrib[name]


def rels_of(part: str) -> str:
    """Name of the part that holds a part's relations; the package's own for an empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

"""A file of another program written as Word writes it, so that everything after reads one spelling; Word's own stays byte for byte.

| what | done |
|---|---|
| the document under another name (`word/document2.xml`) | named `word/document.xml` |
| Word's names under another prefix than `w:` (`ns0:`, none) | the usual prefix |
| parts with line breaks and indents between their elements | without them |
| comments of reviewers, a digital signature of the template | left out |
| texts without a sign inside tags, as Google Docs writes them | left out |
| a table without a grid, columns without a width | a grid of its rows' columns |
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.domain.errors import Refused
from flows.papers.package import BODY, TYPES, Package, W, tree_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = W.strip("{}")
PREFIX = re.compile(
    rb'xmlns(?::(\w{1,40}))?="http://schemas\.openxmlformats\.org/wordprocessingml/2006/main"'
)
INDENTED = re.compile(rb"(?<!\?)>[ \t\r]*+\n\s*+<(?!/(?:\w+:)?t>)")
COMMENTS = re.compile(r"(?:^|/)(?:_rels/)?(?:comments\w*+|people)\.xml(?:\.rels)?$")
SIGNED = re.compile(r"(?:^|/)_xmlsignatures/")
HOLLOW = re.compile(rb"<(?:\w{1,40}:)?t(?: [^<>/]*+)?(?:/>|></(?:\w{1,40}:)?t>)")
MARKS = tuple(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
ROOT = "_rels/.rels"
TEXT_WIDTH = 9638  # twentieths of a point: what is left of A4 between margins of 20 mm
NOT_READ = "файл записан так, как Word не пишет; откройте его в Word и сохраните заново"


def named(members: dict[str, bytes], main: str, label: str) -> tuple[dict[str, bytes], str]:
    """Return the members with the document under the name that Word gives it, and that name."""
    if main == BODY:
        return members, main
    if posixpath.dirname(main) != posixpath.dirname(BODY) or BODY in members:
        raise Refused(f"{label}: {NOT_READ}.")
    file, usual = posixpath.basename(main), posixpath.basename(BODY)
    names = {main: BODY, f"word/_rels/{file}.rels": f"word/_rels/{usual}.rels"}
    told = {names.get(name, name): content for name, content in members.items()}
    told[TYPES] = told[TYPES].replace(f'"/{main}"'.encode(), f'"/{BODY}"'.encode())
    told[ROOT] = told[ROOT].replace(f'{main}"'.encode(), f'{BODY}"'.encode())
    return told, BODY


def readable(package: Package, label: str, *, comments: bool = False) -> Package:
    """Return a package whose parts with text are spelt as Word spells them; its comments are left out unless they are asked for."""
    told = dict(package.members)
    for name in (package.main, *package.rendered):
        told[name] = _spelt(told[name], label, comments=comments)
    if comments:
        return replace(package, members=told)
    said = sum(
        _count(content, label)
        for name, content in told.items()
        if name.endswith("/comments.xml") and not name.startswith("word/glossary")
    )
    left = {
        name: content for name, content in told.items() if not (COMMENTS.search(name) or SIGNED.search(name))
    }
    if len(left) < len(told):
        left |= {
            name: _unlisted(content, label)
            for name, content in left.items()
            if name.endswith(".rels") or name == TYPES
        }
    signed = any(SIGNED.search(name) for name in told)
    return Package(left, package.main, package.rendered, said, signed=signed)


def _count(comments: bytes, label: str) -> int:
    return sum(1 for _ in tree_of(comments, label).iter(f"{W}comment"))


def _unlisted(listing: bytes, label: str) -> bytes:
    """Return a list of parts without the comments and the signature; one without them comes back as it is."""
    tree = tree_of(listing, label)
    gone = [
        each
        for each in tree
        if any(
            sign.search(str(each.get("Target") or each.get("PartName") or "")) for sign in (COMMENTS, SIGNED)
        )
    ]
    for each in gone:
        tree.remove(each)
    return _written(tree) if gone else listing


def _spelt(content: bytes, label: str, *, comments: bool) -> bytes:
    """Return a part as Word would write it; one that is so already comes back as it is."""
    found = PREFIX.search(content)
    odd = found is None or found[1] != b"w"
    indented = INDENTED.search(content) is not None
    noted = not comments and b"comment" in content
    gridless = content.count(b":tbl>") // 2 > content.count(b":tblGrid>") // 2 or b":gridCol/>" in content
    hollow = b"{" in content and HOLLOW.search(content) is not None
    if not (odd or indented or noted or gridless or hollow):
        return content
    tree = _unindented(content, label) if indented else tree_of(content, label)
    tree = _prefixed(tree, label) if odd else tree
    if noted:
        _uncommented(tree)
    if hollow:
        _filled_only(tree)
    for table in tree.iter(f"{W}tbl"):
        _gridded(table)
    return _written(tree)


def _written(tree: _Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unindented(content: bytes, label: str) -> _Element:
    """Parse a part without the blanks between its elements."""
    tree_of(content, label)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=True
    )
    return etree.fromstring(content, parser)


def _prefixed(tree: _Element, label: str) -> _Element:
    """Return a part whose names of Word's have the usual prefix; prefixes that are declared nowhere are not called ignorable."""
    known: dict[Any, str] = {
        prefix: uri for prefix, uri in tree.nsmap.items() if uri != NAMESPACE and prefix != "w"
    }
    root = etree.Element(tree.tag, nsmap=known | {"w": NAMESPACE})
    for name, value in tree.attrib.items():
        root.set(name, value)
    root.extend(list(tree))
    if root.get(IGNORABLE):
        declared = [each for each in str(root.get(IGNORABLE)).split() if each in root.nsmap]
        root.set(IGNORABLE, " ".join(declared))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in known if prefix])
    if {found[1] for found in PREFIX.finditer(_written(root))} != {b"w"}:
        raise Refused(f"{label}: {NOT_READ}.")
    return root


def _uncommented(tree: _Element) -> None:
    """Take the marks of comments out, and the runs that hold nothing else."""
    for mark in list(tree.iter(*MARKS)):
        holder = mark.getparent()
        if holder is None:
            continue
        holder.remove(mark)
        run = holder.getparent()
        if holder.tag == f"{W}r" and run is not None and all(each.tag == f"{W}rPr" for each in holder):
            run.remove(holder)


def _filled_only(tree: _Element) -> None:
    """Take texts without a sign out of paragraphs with a tag: one inside a tag would be taken for the tag's next piece."""
    for each in [text for text in tree.iter(f"{W}t") if not text.text]:
        paragraph = next(each.iterancestors(f"{W}p"), None)
        run = each.getparent()
        if (
            paragraph is not None
            and run is not None
            and any("{" in (t.text or "") for t in paragraph.iter(f"{W}t"))
        ):
            run.remove(each)


def _gridded(table: _Element) -> None:
    """Give a table a grid where it has none, and its columns widths where they have none."""
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        grid = etree.Element(f"{W}tblGrid")
        look = table.find(f"{W}tblPr")
        table.insert(0 if look is None else table.index(look) + 1, grid)
    if grid.find(f"{W}gridCol") is None:
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        for _ in range(max(map(_columns, rows), default=0)):
            etree.SubElement(grid, f"{W}gridCol")
    columns = grid.findall(f"{W}gridCol")
    for column in columns:
        if not str(column.get(f"{W}w", "")).isdigit():
            column.set(f"{W}w", str(TEXT_WIDTH // len(columns)))


def _columns(row: _Element) -> int:
    """Count the columns of the grid that a row takes."""
    cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
    left_out = [*row.iterfind(f"{W}trPr/{W}gridBefore"), *row.iterfind(f"{W}trPr/{W}gridAfter")]
    spans = [next(cell.iterfind(f"{W}tcPr/{W}gridSpan"), None) for cell in cells]
    return sum(map(_told, left_out)) + sum(1 if each is None else _told(each) for each in spans)


def _told(element: _Element) -> int:
    said = str(element.get(f"{W}val", ""))
    return int(said) if said.isdigit() else 1

"""A draft that people edited and signed becomes the final as it is, only without the mark of a draft in its headers."""

from __future__ import annotations

import re

from lxml import etree

from flows.papers.package import W, tree_of, unpacked
from flows.papers.zipped import archive, pack

HEADER = re.compile(r"word/(?:header|footer)\d*\.xml")
MARK = re.compile(r"ПРОЕКТ|ПР-\d{4}-\d{3,}")
LEVEL = 6


def undrafted(data: bytes) -> bytes:
    """Return the paper with «ПРОЕКТ» and the draft's number taken out of headers and footers; nothing else changes.

    A paper without the mark comes back byte for byte. Raise `Refused` for what is no Word file.
    """
    members = unpacked(data, "Документ")
    marked = [name for name, content in members.items() if HEADER.fullmatch(name) and marks_draft(content)]
    if not marked:
        return data
    cleaned = {name: _cleaned(members[name]) for name in marked}
    return archive((name, pack(content, LEVEL)) for name, content in (dict(members) | cleaned).items())


def marks_draft(header: bytes) -> bool:
    """Tell whether a header still says «ПРОЕКТ»."""
    return "ПРОЕКТ" in "".join(each.text or "" for each in tree_of(header, "Документ").iter(f"{W}t"))


def _cleaned(header: bytes) -> bytes:
    tree = tree_of(header, "Документ")
    for paragraph in tree.iter(f"{W}p"):
        pieces = list(paragraph.iter(f"{W}t"))
        whole = "".join(each.text or "" for each in pieces)
        if MARK.search(whole):
            for each in pieces:
                each.text = ""
            if pieces:
                pieces[0].text = MARK.sub("", whole).strip()
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

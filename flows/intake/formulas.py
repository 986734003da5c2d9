"""Formulas whose values the file does not hold: a program wrote them and no spreadsheet has reckoned them yet."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["without_values"]

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def without_values(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return the tabs and addresses of cells with a formula and no value; an empty text that was reckoned is a value."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return tuple(
            (title, address)
            for title, part in _sheets(package)
            if b"<f" in (xml := package.read(part)) or b":f" in xml
            for address in _addresses(xml)
        )


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield each tab's title and the part that holds it."""
    names = set(package.namelist())
    if not {BOOK, LINKS} <= names:
        return
    targets = {
        str(link.get("Id")): posixpath.normpath(posixpath.join("xl", str(link.get("Target"))))
        for link in _parsed(package.read(LINKS))
        if isinstance(link.tag, str)
    }
    for sheet in _parsed(package.read(BOOK)).iter("{*}sheet"):
        code = next((str(sheet.get(key)) for key in sheet.attrib if str(key).endswith("}id")), "")
        part = targets.get(code, "").removeprefix("/")
        if part in names or part.removeprefix("xl/") in names:
            yield str(sheet.get("name")), part if part in names else part.removeprefix("xl/")


def _parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _addresses(xml: bytes) -> Iterator[str]:
    for _, cell in etree.iterparse(io.BytesIO(xml), tag="{*}c", resolve_entities=False, huge_tree=True):
        if cell.find("{*}f") is not None and cell.get("t") != "str" and not cell.findtext("{*}v"):
            yield str(cell.get("r"))
        cell.clear()

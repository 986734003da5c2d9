"""A workbook reduced to what is read of it: cells, merges and the kinds of their numbers.

openpyxl reads a book whole and gives up on whatever an office wrote oddly beside the cells: an empty fill, a filter, a name.
None of that is damage, and nothing of it is read here.
"""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["loaded", "visible"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# A book saved as «Strict Open XML» says the same under other names.
STRICT = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
X, R = f"{{{MAIN}}}", f"{{{OFFICE}}}"
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKSHEET = "worksheet"
KEPT = ("sheetData", "mergeCells")
TOP = "xl/workbook.xml"
PLAIN = (
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    "<cellStyleXfs><xf/></cellStyleXfs>"
)


NORMAL = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'


def loaded(data: bytes) -> Workbook:
    """Read a .xlsx with the values of its formulas, as far as it can be read at all; raise what the parser of a damaged one raises."""
    try:
        book = _opened(data)
    except (zipfile.BadZipFile, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever an odd part makes it raise
        return _opened(bare(data))
    return book if book.worksheets else _opened(bare(data))


def visible(book: Workbook) -> list[Worksheet]:
    """Return the sheets with cells that a person sees in a book."""
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415 - loaded with the book

    return [
        sheet for sheet in book.worksheets if isinstance(sheet, Worksheet) and sheet.sheet_state == "visible"
    ]


def _opened(data: bytes) -> Workbook:
    """Read it without the English remarks on what openpyxl leaves out."""
    import openpyxl  # noqa: PLC0415 - slow to load, and most commands read no file

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def bare(data: bytes) -> bytes:
    """Return the same book with its cells, merges and number formats alone.

    Raise `zipfile.BadZipFile`, `KeyError` or an lxml error on a damaged one.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as target:
        parts = dict(_parts(package))
        for name, content in (*parts.items(), *_frame(list(parts))):
            target.writestr(name, content)
    return made.getvalue()


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that are kept, under names of our own."""
    main = _target(package, "", "officeDocument")
    book = _tree(package, main)
    links = {each.get("Id"): _beside(main, each) for each in _links(package, main)}
    sheets = [(each, links.get(each.get(f"{R}id"), "")) for each in book.iter(f"{X}sheet")]
    there = set(package.namelist())
    kept = [
        (sheet, part)
        for sheet, part in sheets
        if part in there and _tree(package, part).tag == f"{X}worksheet"
    ]
    top = etree.Element(f"{X}workbook", nsmap={None: MAIN, "r": OFFICE})  # type: ignore[dict-item]
    for setting in book.iter(f"{X}workbookPr"):
        etree.SubElement(top, f"{X}workbookPr", _named(setting, "date1904"))
    listing = etree.SubElement(top, f"{X}sheets")
    for number, (sheet, part) in enumerate(kept, 1):
        named = _named(sheet, "name", "state")
        etree.SubElement(listing, f"{X}sheet", {**named, "sheetId": str(number), f"{R}id": f"rId{number}"})
        yield f"xl/worksheets/sheet{number}.xml", etree.tostring(_sheet(_tree(package, part)))
    yield TOP, etree.tostring(top)
    if strings := _target(package, main, "sharedStrings"):
        yield "xl/sharedStrings.xml", etree.tostring(_tree(package, strings))
    yield "xl/styles.xml", _styles(package, _target(package, main, "styles"))


def _named(element: _Element, *names: str) -> dict[str, str]:
    return {name: str(element.get(name)) for name in names if element.get(name)}


def _sheet(tree: _Element) -> _Element:
    bare_sheet = etree.Element(f"{X}worksheet", nsmap={None: MAIN})  # type: ignore[dict-item]
    bare_sheet.extend([each for name in KEPT for each in tree.findall(f"{X}{name}")])
    return bare_sheet


def _styles(package: zipfile.ZipFile, part: str) -> bytes:
    """Keep what tells a date from a number: formats of numbers, and which cell has which."""
    tree = _tree(package, part) if part else etree.Element(f"{X}styleSheet")
    formats = "".join(
        etree.tostring(each, encoding="unicode") for each in tree.findall(f"{X}numFmts") if len(each)
    )
    kinds = [each.get("numFmtId", "0") for each in tree.iterfind(f"{X}cellXfs/{X}xf")] or ["0"]
    cells = "".join(f'<xf numFmtId="{kind}" applyNumberFormat="1"/>' for kind in kinds if kind.isdecimal())
    return (
        f'<styleSheet xmlns="{MAIN}">{formats}{PLAIN}<cellXfs>{cells}</cellXfs>{NORMAL}</styleSheet>'.encode()
    )


def _frame(parts: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what holds the parts of a package together."""
    override = '<Override PartName="/{}" ContentType="{}.{}+xml"/>'
    listed = "".join(override.format(name, SHEET_KIND, _kind(name)) for name in parts)
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    yield "[Content_Types].xml", f'<Types xmlns="{TYPES}">{default}{listed}</Types>'.encode()
    link = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    inside = [
        (f"rId{at}", _kind(name), name.removeprefix("xl/"))
        for at, name in enumerate(sorted(parts, key=lambda name: _kind(name) != WORKSHEET), 1)
        if name != TOP
    ]
    for name, links in (
        ("_rels/.rels", [("rId1", "officeDocument", TOP)]),
        ("xl/_rels/workbook.xml.rels", inside),
    ):
        written = "".join(link.format(*each) for each in links)
        yield name, f'<Relationships xmlns="{LINKS}">{written}</Relationships>'.encode()


def _kind(name: str) -> str:
    """Tell what a part is by the name we gave it."""
    return WORKSHEET if "/worksheets/" in name else {TOP: "sheet.main"}.get(name, PurePosixPath(name).stem)


def _target(package: zipfile.ZipFile, part: str, kind: str) -> str:
    """Return the part of a kind that another points at, "" for none."""
    links = (each for each in _links(package, part) if str(each.get("Type", "")).endswith(f"/{kind}"))
    return next((_beside(part, each) for each in links), "")


def _links(package: zipfile.ZipFile, part: str) -> list[_Element]:
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    return list(_tree(package, place)) if place in package.namelist() else []


def _beside(part: str, link: _Element) -> str:
    target = str(link.get("Target", ""))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _tree(package: zipfile.ZipFile, name: str) -> _Element:
    content = package.read(name)
    for strict, usual in zip(STRICT, (MAIN, OFFICE), strict=True):
        content = content.replace(strict.encode(), usual.encode())
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )

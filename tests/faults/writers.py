"""Round `writer`: while a run writes the book, a person saves it too, a fresh copy or a stale one, by rename or in place.

The person is this process, an editor without a lock: it takes the parts of the book, types one white cell, and saves.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from tests.faults.field import MENDS, Home, Result
from tests.office import person
from tests.road import desk as desks

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.faults.field import Field

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WAYS = (("fresh", "rename"), ("fresh", "truncate"), ("stale", "rename"), ("stale", "truncate"))
SLOWER = {"rename": ("rename",), "truncate": ("truncate", "slowly", "over")}
HEADER = "Примечание"


@dataclass
class Typed:
    """A white cell and what was typed into it."""

    tab: str
    row: int
    text: str


def writer(origin: Field, chance: random.Random, folder: Path, way: int | None = None) -> Result:
    """Save in the middle of a run; the cell stands, or the copy that had it is among what was kept."""
    age, how = WAYS[chance.randrange(len(WAYS)) if way is None else way]
    how = chance.choice(SLOWER[how])
    result, home = Result(), Home(origin, folder / "home")
    row = 2 + chance.randrange(origin.pairs)
    typed = Typed(chance.choice(("Наставники", "Наставляемые")), row, f"правка {chance.random()}")
    old = person.fresh(home.book)
    running = home.start()
    result.counts["saves in a run"] += home.after(chance, running)
    data = with_cell(old if age == "stale" else person.fresh(home.book), typed)
    person.save(home.book, data, how)
    result.counts[f"saves {age} {how}"] += 1
    said = result.heard(running.ended())
    result.counts["stopped with a sentence"] += said.code == 2
    home.mended(result, MENDS)
    _judged(result, home, typed, data, strict=age == "fresh")
    return result


def _judged(result: Result, home: Home, typed: Typed, data: bytes, *, strict: bool) -> None:
    with desks.opened(home.root, home.origin.place) as desk:
        white = desk.typed()
        rows = [(row.key, row.version) for row in desk.register()]
        stands = desk.cell(typed.tab, typed.row, HEADER) == typed.text
    kept = any(path.read_bytes() == data for path in revisions(home.root))
    result.counts["versions more"] += len(set(rows) - set(home.origin.papers))
    result.counts["edits kept aside"] += not stands and kept
    result.counts["edits lost"] += not stands and not kept
    if not stands:
        result.violations += [] if kept else [f"edit lost: {typed}"]
    expected = {tab: list(rows) for tab, rows in home.origin.white.items()}
    if stands:
        lines = expected[typed.tab]
        lines[typed.row - 2] = tuple(
            now if now == typed.text else before
            for before, now in zip(lines[typed.row - 2], white[typed.tab][typed.row - 2], strict=True)
        )
    result.judged(home.broken(expected) if strict else home.torn(expected))


def revisions(root: Path) -> list[Path]:
    """Every copy the office kept."""
    return [path for path in (root / ".nastavnik" / "revisions").rglob("*") if path.is_file()]


def with_cell(parts: dict[str, bytes], typed: Typed) -> bytes:
    """Bytes of the book with one cell typed; every other part is as it was."""
    name = _sheet(parts, typed.tab)
    tree = etree.fromstring(parts[name])
    column = _column(parts, tree)
    row = next(each for each in tree.iter(f"{MAIN}row") if each.get("r") == str(typed.row))
    where = f"{column}{typed.row}"
    cell = next((each for each in row if each.get("r") == where), None)
    if cell is None:
        cell = etree.Element(f"{MAIN}c", r=where)
        before = [each for each in row if _order(str(each.get("r"))) < _order(where)]
        row.insert(len(before), cell)
    cell.set("t", "inlineStr")
    for child in list(cell):
        cell.remove(child)
    etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = typed.text
    whole = parts | {name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in whole.items():
            package.writestr(part, content)
    return out.getvalue()


def _sheet(parts: dict[str, bytes], tab: str) -> str:
    book = etree.fromstring(parts["xl/workbook.xml"])
    link = next(each.get(LINK) for each in book.iter(f"{MAIN}sheet") if each.get("name") == tab)
    links = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    target = next(str(each.get("Target")) for each in links if each.get("Id") == link)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _column(parts: dict[str, bytes], tree: etree._Element) -> str:
    shared = []
    if "xl/sharedStrings.xml" in parts:
        shared = ["".join(each.itertext()) for each in etree.fromstring(parts["xl/sharedStrings.xml"])]
    head = next(tree.iter(f"{MAIN}row"))
    for cell in head:
        text = "".join(cell.itertext())
        if (shared[int(text)] if cell.get("t") == "s" else text) == HEADER:
            return re.sub(r"\d", "", str(cell.get("r")))
    raise LookupError(HEADER)


def _order(where: str) -> tuple[int, str]:
    letters = re.sub(r"\d", "", where)
    return len(letters), letters

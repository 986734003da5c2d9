"""The workbook inside a chart: the rows that its bars and points stand on, which Word opens for «Изменить данные»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from flows.papers.zipped import archive, pack

SHEET = "Данные"
LEVEL = 6
DAY_NONE = date(1899, 12, 30)
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DATED, PLAIN = "dd\\.mm\\.yyyy", "General"
Cell = str | int | float | date | None

FIXED = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PARTS}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PARTS}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PARTS}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}  # fmt: skip
PACKED = {name: pack((PROLOG + text).encode(), LEVEL) for name, text in FIXED.items()}


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of the rows: columns and rows from 1, both ends included, row 1 being the heads."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def formula(self) -> str:
        """Return the cells as a formula names them: «Данные!$B$2:$B$9»."""
        first, last = (
            f"${_letter(column)}${row}" for column, row in ((self.left, self.top), (self.right, self.bottom))
        )
        return f"{SHEET}!{first}" if first == last else f"{SHEET}!{first}:{last}"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a chart shows, as a table: the first row is the heads; an empty cell is `None`."""

    cells: tuple[tuple[Cell, ...], ...]

    def words(self, area: Area) -> str:
        """Return a reference to cells with text, with what stands there."""
        return f"<c:strRef><c:f>{area.formula}</c:f><c:strCache>{self._points(area)}</c:strCache></c:strRef>"

    def numbers(self, area: Area, shown: str = PLAIN) -> str:
        """Return a reference to cells with numbers or days, with what stands there and how it is shown."""
        return (
            f"<c:numRef><c:f>{area.formula}</c:f><c:numCache><c:formatCode>{escape(shown)}</c:formatCode>"
            f"{self._points(area)}</c:numCache></c:numRef>"
        )

    def workbook(self) -> bytes:
        """Return the rows as a workbook; the same rows give the same bytes."""
        rows = "".join(
            f'<row r="{at}">{"".join(_cell(f"{_letter(column)}{at}", each) for column, each in enumerate(row, 1))}</row>'
            for at, row in enumerate(self.cells, 1)
        )
        columns = '<cols><col min="1" max="1" width="36" customWidth="1"/><col min="2" max="12" width="14" customWidth="1"/></cols>'
        sheet = f'{PROLOG}<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData></worksheet>'
        return archive((PACKED | {"xl/worksheets/sheet1.xml": pack(sheet.encode(), LEVEL)}).items())

    def _points(self, area: Area) -> str:
        told = [
            self.cells[row - 1][column - 1]
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]
        points = (
            f'<c:pt idx="{at}"><c:v>{_value(each)}</c:v></c:pt>'
            for at, each in enumerate(told)
            if each is not None
        )
        return f'<c:ptCount val="{len(told)}"/>{"".join(points)}'


def serial(day: date) -> int:
    """Return a day as tables count it."""
    return (day - DAY_NONE).days


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)


def _value(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    return str(serial(cell) if isinstance(cell, date) else cell)


def _cell(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    style = ' s="1"' if isinstance(cell, date) else ""
    return f'<c r="{name}"{style}><v>{_value(cell)}</v></c>'

"""One sheet's XML: cells found by place, written in place, with everything around them left alone."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.office import cells
from flows.office.book import Element, X, unset
from flows.office.cells import EMPTY, Cell
from flows.office.grid import column_in, ref_of
from flows.office.package import BadPackage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_ROW, _C = X + "row", X + "c"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_MOST_WAYS = 16
# The order that the format demands of a sheet's children.
ORDER = (
    *(
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
    ),
    *(
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
    ),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *(
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
    ),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
_PLACE = {X + name: place for place, name in enumerate(ORDER)}


class Sheet:
    """A sheet of a workbook; rows and columns are 0-based."""

    def __init__(self, root: Element, shared: list[str]) -> None:
        self.root = root
        self._shared = shared
        self.data = self.child("sheetData")
        self._read: dict[int, dict[int, Cell]] = {}
        self._shown: dict[str, dict[int, Any]] = {}
        self._check_columns()
        self.index()

    def _check_columns(self) -> None:
        """Columns are told once each; a file that tells them over and over would be walked without end."""
        told = [
            (int(each.get("min", "1")), int(each.get("max", "1")))
            for each in self.root.iterfind(f"{X}cols/{X}col")
        ]
        if (
            any(not 1 <= first <= last for first, last in told)
            or sum(last - first + 1 for first, last in told) > 2 * MOST_COLUMNS
        ):
            raise BadPackage

    def index(self) -> None:
        """Find every row and cell anew, after they were moved."""
        self._read.clear()
        self._shown.clear()
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        self._looks: dict[int, int] | None = None
        if len(self.data) > MOST_ROWS:
            raise BadPackage
        for at, row in enumerate(self.data.iterfind(_ROW)):
            number = int(row.get("r", 0)) - 1 if row.get("r") else at
            if not 0 <= number < MOST_ROWS or len(row) > MOST_COLUMNS:
                raise BadPackage
            row.set("r", str(number + 1))
            self._rows[number] = row
        self._numbers = sorted(self._rows)

    def child(self, name: str) -> Element:
        """Find a child of the sheet, made in its due place if it is not there."""
        found = self.root.find(X + name)
        return self.insert(self.root.makeelement(X + name, {})) if found is None else found

    def insert(self, element: Element) -> Element:
        """Put a child in the place that the format demands."""
        rank = _PLACE[element.tag]
        at = sum(1 for each in self.root if _PLACE.get(each.tag, -1) <= rank)
        self.root.insert(at, element)
        return element

    def remove(self, name: str) -> None:
        """Take a child away if it is there."""
        found = self.root.find(X + name)
        if found is not None:
            self.root.remove(found)

    def _row_cells(self, row: int) -> dict[int, Element]:
        known = self._cells.get(row)
        if known is None:
            known = self._cells[row] = {}
            element = self._rows.get(row)
            for at, cell in enumerate(element.iterfind(_C) if element is not None else ()):
                ref = cell.get("r")
                known[column_in(ref) if ref else at] = cell
        return known

    def row(self, row: int) -> dict[int, Cell]:
        """Cells of a row that hold or look like anything, by column."""
        known = self._read.get(row)
        if known is None:
            elements = self._row_cells(row) if row in self._rows else {}
            known = {column: cells.read(element, self._shared) for column, element in elements.items()}
            self._read[row] = known
        return known

    def glimpsed(self, row: int) -> Mapping[int, Cell]:
        """Cells of a row as `row` tells them; what is read for it is not held, so that a large sheet stays small."""
        known = self._read.get(row)
        element = self._rows.get(row)
        if known is not None or element is None or row in self._cells:
            return self.row(row) if known is None else known
        return {
            column_in(ref) if (ref := cell.get("r")) else at: cells.read(cell, self._shared)
            for at, cell in enumerate(element.iterfind(_C))
        }

    def texts(self, row: int, style: Callable[[int], bool]) -> dict[int, str]:
        """Texts of a row in cells of some look, by column; nothing else of the row is read."""
        known = self._read.get(row)
        if known is None:
            elements = self._row_cells(row) if row in self._rows else {}
            known = {
                column: cells.read(each, self._shared)
                for column, each in elements.items()
                if not cells.is_number(each) and style(int(each.get("s", "0")))
            }
        return {
            column: cell.value
            for column, cell in known.items()
            if isinstance(cell.value, str) and style(cell.style)
        }

    def cell(self, row: int, column: int) -> Cell:
        """Cell at a place; one that is not there looks as its column does."""
        found = self.row(row).get(column)
        if found is not None:
            return found
        look = self.column_look(column)
        return EMPTY._replace(style=look) if look else EMPTY

    def column_look(self, column: int) -> int:
        """Style number that empty cells of a column have."""
        if self._looks is None:
            self._looks = {
                number: int(each.get("style", "0"))
                for each in self.root.iterfind(f"{X}cols/{X}col")
                for number in range(int(each.get("min", "1")) - 1, min(int(each.get("max", "1")), 16_384))
            }
        return self._looks.get(column, 0)

    def columns_changed(self) -> None:
        """Forget what was known of the columns' looks."""
        self._looks = None

    def element(self, row: int, column: int) -> Element:
        """Find the element of a cell, made if it is not there; the caller is about to change it."""
        known = self.about_to_change(row)
        found = known.get(column)
        return self._new_cell(row, column) if found is None else found

    def about_to_change(self, row: int) -> Mapping[int, Element]:
        """Find the elements of a row's cells by column; the caller is about to change them."""
        self._forget(row)
        return self._row_cells(row)

    def peek(self, row: int, column: int) -> Element | None:
        """Find the element of a cell if it is there; the caller is about to change it."""
        self._forget(row)
        return self._row_cells(row).get(column) if row in self._rows else None

    def elements(self, row: int, left: int, right: int) -> list[Element]:
        """Elements of a row's cells between two columns."""
        return [each for column, each in self._row_cells(row).items() if left <= column < right]

    def reread(self, cell: Element) -> None:
        """Forget what was read of the row around a cell that is about to change."""
        row = cell.getparent()
        self._forget(int(row.get("r", "1")) - 1 if row is not None else -1)

    def _forget(self, row: int) -> None:
        self._read.pop(row, None)
        for told in self._shown.values():
            told.pop(row, None)

    def shown(self, how: str) -> dict[int, Any]:
        """Return what was told of rows in one of the ways they are asked for; a row that changes is forgotten."""
        if len(self._shown) > _MOST_WAYS:
            self._shown.clear()
        return self._shown.setdefault(how, {})

    def _new_cell(self, row: int, column: int) -> Element:
        known, holder = self._row_cells(row), self.row_element(row)
        look = self.column_look(column)
        told = {"r": ref_of(row, column), "s": str(look)} if look else {"r": ref_of(row, column)}
        if column > max(known, default=-1) and len(holder) == len(known):
            cell = etree.SubElement(holder, _C, told)
        else:
            cell = holder.makeelement(_C, told)
            holder.insert(sum(1 for each in known if each < column), cell)
        unset(holder, "spans")
        known[column] = cell
        return cell

    def row_element(self, row: int) -> Element:
        """Find the element of a row, made if it is not there."""
        found = self._rows.get(row)
        if found is None:
            found = self._rows[row] = self.data.makeelement(_ROW, {"r": str(row + 1)})
            if not self._numbers or row > self._numbers[-1]:
                self.data.append(found)  # a place by number is looked for from the first child on
                self._numbers.append(row)
            else:
                self.data.insert(bisect_left(self._numbers, row), found)
                insort(self._numbers, row)
        return found

    def rows(self) -> Iterable[int]:
        """Numbers of the rows that the sheet speaks of, rising."""
        return tuple(self._numbers)

    def last_row(self) -> int:
        """Count of rows down to the last one that holds a value."""
        for row in reversed(self._numbers):
            if any(holds(cell) for cell in self.row(row).values()):
                return row + 1
        return 0

    def _width(self, row: int) -> int:
        """Count of columns up to the last cell of a row, seen without reading the cells."""
        element = self._rows[row]
        ref = element[-1].get("r") if len(element) else None
        return column_in(ref) + 1 if ref else len(element)

    def extent(self, rows: int, columns: int) -> tuple[int, int]:
        """Grow a grid of this size until it holds every value; only what lies outside is looked at, none of it read."""
        for row in self._numbers:
            if row < rows and self._width(row) <= columns:
                continue
            for at, cell in enumerate(self._rows[row].iterfind(_C)):
                if len(cell):
                    ref = cell.get("r")
                    rows, columns = max(rows, row + 1), max(columns, (column_in(ref) if ref else at) + 1)
        return rows, columns

    def measure(self) -> None:
        """Bring the `dimension` element up to date."""
        widths = {row: self._width(row) for row in self._numbers}
        rows = max((row for row, width in widths.items() if width), default=0)
        last = ref_of(rows, max([*widths.values(), 1]) - 1)
        self.child("dimension").set("ref", "A1" if last == "A1" else f"A1:{last}")


def holds(cell: Cell) -> bool:
    """Whether a cell holds anything beyond its look."""
    return cell.value is not None or cell.formula is not None or cell.error != ""

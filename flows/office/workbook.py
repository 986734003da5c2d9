"""A workbook as tabs: which there are, in what order, and the sheet, notes and looks behind each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flows.office import blank
from flows.office.book import R_ID, Book, X, parse_xml, unset
from flows.office.cells import plain_text
from flows.office.notes import Notes
from flows.office.sheet import Sheet
from flows.office.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.book import Element
    from flows.office.touched import Formula

_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Leaf:
    """A tab as the file lists it: `inner` is the number by which the file knows it."""

    title: str
    inner: int
    part: str
    hidden: bool


class Workbook:
    """A workbook open for reading and changing; `pack` gives its bytes."""

    def __init__(self, data: bytes) -> None:
        self.book = Book(data)
        self._sheets: dict[str, Sheet] = {}
        self._notes: dict[str, Notes] = {}
        self._changed: set[str] = set()
        self.formulas: dict[str, tuple[Formula, ...]] = {}
        self.formulas_changed = False
        self.results_forgotten = False

    @cached_property
    def shared(self) -> list[str]:
        """Shared strings of the file; the office only reads them."""
        part = self.book.related_one(self.book.workbook, "sharedStrings")
        return [plain_text(item) for item in self.book.xml(part).iterfind(X + "si")] if part else []

    @cached_property
    def styles(self) -> Styles:
        """Looks of cells; a file without any gets the smallest set."""
        part = self.book.related_one(self.book.workbook, "styles")
        if part is None:
            part = self.book.free("xl/styles{}.xml")
            self.book.add(part, parse_xml(blank.STYLES.encode()), f"{_SHEETML}.styles+xml")
            self.book.relate(self.book.workbook, "styles", part)
        return Styles(self.book.xml(part), lambda: self.book.touch(part))

    @property
    def _main(self) -> Element:
        return self.book.xml(self.book.workbook)

    def _list(self) -> Element:
        found = self._main.find(X + "sheets")
        assert found is not None
        return found

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Tabs in order; charts that fill a tab are not counted."""
        parts = {
            rid: part
            for kind, part, rid in self.book.related(self.book.workbook)
            if kind.endswith("/worksheet")
        }
        return tuple(
            Leaf(
                each.get("name", ""),
                int(each.get("sheetId", "0")),
                parts[rid],
                each.get("state", "visible") != "visible",
            )
            for each in self._list().iterfind(X + "sheet")
            if (rid := each.get(R_ID, "")) in parts
        )

    def leaf(self, inner: int) -> Leaf:
        """Tab by its number inside the file."""
        return next(each for each in self.leaves if each.inner == inner)

    def _element(self, inner: int) -> Element:
        return next(each for each in self._list().iterfind(X + "sheet") if each.get("sheetId") == str(inner))

    def sheet(self, part: str) -> Sheet:
        """Sheet for reading."""
        found = self._sheets.get(part)
        if found is None:
            found = self._sheets[part] = Sheet(self.book.xml(part), self.shared)
        return found

    def changed(self, part: str) -> Sheet:
        """Sheet about to be changed."""
        self._changed.add(part)
        self.formulas.pop(part, None)
        self.book.touch(part)
        return self.sheet(part)

    def notes(self, part: str) -> Notes:
        """Give the notes on the cells of a sheet."""
        found = self._notes.get(part)
        if found is None:
            found = self._notes[part] = Notes(self.book, part)
        return found

    def add_tab(self, title: str, index: int | None, *, hidden: bool) -> Leaf:
        """Add an empty tab at a place among the tabs."""
        part = self.book.free("xl/worksheets/sheet{}.xml")
        self.book.add(part, parse_xml(blank.SHEET.encode()), f"{_SHEETML}.worksheet+xml")
        rid = self.book.relate(self.book.workbook, "worksheet", part)
        inner = 1 + max((int(each.get("sheetId", "0")) for each in self._list()), default=0)
        element = self._list().makeelement(X + "sheet", {"name": title, "sheetId": str(inner), R_ID: rid})
        self._list().append(element)
        self._structure_changed()
        self.arrange(inner, title=title, index=index, hidden=hidden)
        return self.leaf(inner)

    def delete_tab(self, inner: int) -> None:
        """Remove a tab with the parts that only it uses."""
        leaf = self.leaf(inner)
        place = list(self._list()).index(self._element(inner))
        self.notes(leaf.part).drop_all()
        self.book.unrelate(self.book.workbook, self._element(inner).get(R_ID, ""))
        self._list().remove(self._element(inner))
        self.book.drop(leaf.part)
        self._sheets.pop(leaf.part, None)
        self._notes.pop(leaf.part, None)
        self._changed.discard(leaf.part)
        self._renumber_names(lambda old: None if old == place else old - (old > place))
        self._structure_changed()
        self._show_visible()

    def arrange(
        self, inner: int, *, title: str | None = None, index: int | None = None, hidden: bool | None = None
    ) -> None:
        """Change a tab's title, place or visibility; None leaves it."""
        element = self._element(inner)
        if title is not None:
            element.set("name", title)
        if hidden is not None:
            unset(element, "state")
            if hidden:
                element.set("state", "hidden")
        if index is not None:
            self._move(element, index)
        self._structure_changed()
        self._show_visible()

    def _move(self, element: Element, index: int) -> None:
        tabs = self._list()
        before = list(tabs)
        tabs.remove(element)
        tabs.insert(min(index, len(tabs)), element)
        after = list(tabs)
        self._renumber_names(lambda old: after.index(before[old]))

    def _renumber_names(self, moved: Callable[[int], int | None]) -> None:
        """Names that belong to one tab point at it by its place."""
        for holder in self._main.findall(X + "definedNames"):
            for name in holder.findall(X + "definedName"):
                old = name.get("localSheetId")
                new = moved(int(old)) if old is not None else -1
                if new is None:
                    holder.remove(name)
                elif old is not None:
                    name.set("localSheetId", str(new))
            if not len(holder):
                self._main.remove(holder)

    def _show_visible(self) -> None:
        """Let the book open at a tab that can be seen."""
        tabs = list(self._list())
        for view in self._main.iter(X + "workbookView"):
            active = int(view.get("activeTab", "0"))
            if active >= len(tabs) or tabs[active].get("state", "visible") != "visible":
                seen = (at for at, tab in enumerate(tabs) if tab.get("state", "visible") == "visible")
                view.set("activeTab", str(next(seen, 0)))
            unset(view, "firstSheet")

    def _structure_changed(self) -> None:
        self.__dict__.pop("leaves", None)
        self.book.touch(self.book.workbook)

    def pack(self) -> bytes:
        """Write the workbook; where formulas changed, it will be calculated when next opened."""
        for part in self._changed:
            self.sheet(part).measure()
        self._changed.clear()
        for notes in self._notes.values():
            notes.save()
        if self.formulas_changed:
            self._drop_chain()
        if self.formulas_changed or self.results_forgotten:
            self._recalculate()
        self.formulas_changed = self.results_forgotten = False
        return self.book.pack()

    def _drop_chain(self) -> None:
        for kind, part, rid in list(self.book.related(self.book.workbook)):
            if kind.endswith("/calcChain"):
                self.book.drop(part)
                self.book.unrelate(self.book.workbook, rid)

    def _recalculate(self) -> None:
        setting = self._main.find(X + "calcPr")
        if setting is None:
            setting = self._main.makeelement(X + "calcPr", {})
            before = (X + "externalReferences", X + "definedNames", X + "sheets")
            last = max(at for at, each in enumerate(self._main) if each.tag in before)
            self._main.insert(last + 1, setting)
        if setting.get("fullCalcOnLoad") in {"1", "true"}:
            return
        setting.set("fullCalcOnLoad", "1")
        self.book.touch(self.book.workbook)

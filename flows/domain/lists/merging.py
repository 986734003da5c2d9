"""Rows of lists held against the book: who is there already is matched, empty cells are filled, nothing typed is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.lists.cells import UNREAD, is_code
from flows.domain.lists.header_fields import NAME, WHOSE
from flows.domain.lists.name_index import NameIndex
from flows.domain.model import Cell, Problem, Row, Severity
from flows.domain.statuses import ENDED
from flows.domain.tabs import DECLENSIONS, MEETINGS, MENTEES, MENTORS, PAIRS
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.lists.rows import ListRow

__all__ = ["KEYS", "ListMerge", "TabMerge", "merged"]

Take = Callable[
    [str, str, str], tuple[Cell, str]
]  # tab, header, text -> a value, or what is wrong with the text
PEOPLE = (MENTORS, MENTEES)
KEYS: Mapping[str, tuple[str, ...]] = {
    MENTORS: (NAME,), MENTEES: (NAME,), PAIRS: tuple(WHOSE.values()), MEETINGS: ("Пара", "Дата по плану", "Тема"),
    DECLENSIONS: ("Именительный",),
}  # fmt: skip
BORN, STATE, START, END = "Дата рождения", "Состояние", "Дата начала", "Дата окончания"
NAMESAKES = "В книге несколько человек с таким ФИО: неясно, о ком строка, она не переносится. Внесите её в книгу сами."
TWINS = "Человек с таким ФИО уже есть выше, а сведения другие ({}): второй раз он не переносится. Если это другой человек, внесите его в книгу сами."
BORN_APART = "В книге есть человек с таким ФИО и другой датой рождения: неясно, он ли это, строка не переносится. Внесите её в книгу сами."
STRANGER = "В паре назван человек, которого нет ни в книге, ни в списке «{}» этого файла: он не добавляется. Проверьте ФИО в паре."
ONE_WORD = (
    "ФИО не полностью: по одному слову человека не узнать, строка не переносится. Впишите ФИО полностью."
)
INITIALS = "Имя и отчество стоят инициалами, а в документах нужны полностью. Впишите их во вкладке «{}»."
NOT_TAKEN = "В столбце «{}» {}: ячейка не переносится. Исправьте её в файле или впишите в книгу сами."
NO_COLUMN = "срок не понят, нужны два дня, например 01.09.2026–31.05.2027"


@dataclass(frozen=True, slots=True)
class TabMerge:
    """What a file brings to a tab: new rows with their places in the file, and how many it has that were known or said twice."""

    fresh: tuple[tuple[ListRow, Mapping[str, Cell]], ...] = ()
    matched: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class ListMerge:
    """What lists bring to a book: by tab, cells to fill in rows that stand there, cells that say otherwise and are kept."""

    tabs: Mapping[str, TabMerge]
    filled: tuple[tuple[str, Row, Mapping[str, Cell]], ...]
    kept: tuple[tuple[str, Row, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True, eq=False)
class _Slot:
    """A row of the book, or one that the file adds: its cells, and what the file fills in."""

    tab: str
    row: Row | None
    source: ListRow | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    differing: dict[str, None] = field(default_factory=dict)
    met: int = 0

    def value(self, header: str) -> Cell:
        own = self.cells.get(header)
        return own if not _empty(own) or self.row is None else self.row.cells.get(header)

    @property
    def name(self) -> str:
        return " ".join(str(self.value(NAME) or "").split())


def merged(book: Mapping[str, Sequence[Row]], rows: Iterable[ListRow], take: Take) -> ListMerge:
    """Hold rows of a file against the rows of the book by tab; `take` reads a text as a column of a tab would."""
    told = _Merging(book, take)
    for row in sorted(rows, key=lambda row: (row.tab == PAIRS, row.implied)):
        told.add(row)
    return told.outcome()


class _Merging:
    def __init__(self, book: Mapping[str, Sequence[Row]], take: Take) -> None:
        self._take = take
        self._slots = {tab: [_Slot(tab, row) for row in book.get(tab, ())] for tab in KEYS}
        self._names = {tab: NameIndex[_Slot]() for tab in PEOPLE}
        self._codes: dict[str, _Slot] = {}
        self._known: dict[tuple[str, ...], list[_Slot]] = {}
        self._own: set[str] = set()
        self._problems: list[Problem] = []
        self._unread: set[tuple[str, int, str, str]] = set()
        for tab in PEOPLE:
            for slot in self._slots[tab]:
                self._names[tab].add(slot.name, slot)
                if slot.row is not None and slot.row.code:
                    self._codes[fold(slot.row.code)] = slot
        for tab in (PAIRS, MEETINGS, DECLENSIONS):
            for slot in self._slots[tab]:
                self._known.setdefault(self._key(slot), []).append(slot)

    def add(self, row: ListRow) -> None:
        if row.tab in PEOPLE:
            self._person(row)
        elif row.tab == PAIRS:
            self._pair(row)
        else:
            self._other(row)

    def outcome(self) -> ListMerge:
        slots = [slot for tab in KEYS for slot in self._slots[tab]]
        tabs = {tab: self._told(tab) for tab in KEYS if any(slot.met for slot in self._slots[tab])}
        filled = tuple((slot.tab, slot.row, slot.cells) for slot in slots if slot.row and slot.cells)
        kept = tuple(
            (slot.tab, slot.row, tuple(slot.differing)) for slot in slots if slot.row and slot.differing
        )
        return ListMerge(tabs, filled, kept, tuple(self._problems))

    def _told(self, tab: str) -> TabMerge:
        slots = [slot for slot in self._slots[tab] if slot.met]
        fresh = tuple((slot.source, slot.cells) for slot in slots if slot.row is None and slot.source)
        known = sum(slot.row is not None for slot in slots)
        return TabMerge(fresh, known, sum(slot.met for slot in slots) - len(slots))

    # --- people ------------------------------------------------------------------------------------------------

    def _person(self, row: ListRow) -> None:
        name = row.cells[NAME]
        self._own |= set() if row.implied else {row.tab}
        alike = self._names[row.tab].named(name)
        if len(alike) > 1:
            self._ask(row, "namesakes", NAMESAKES, NAME)
        elif alike:
            self._meet(alike[0], row)
        elif row.implied and row.tab in self._own:
            if not any(self._names[tab].named(name) for tab in PEOPLE):
                self._ask(row, "pair-stranger", STRANGER.format(row.tab), NAME)
        elif len(name.split()) < len(KEYS[PAIRS]):
            self._ask(row, "no-name", ONE_WORD, NAME)
        else:
            slot = self._fresh(row)
            self._names[row.tab].add(name, slot)
            if "." in name:
                self._ask(row, "name-initials", INITIALS.format(row.tab), NAME)

    def _meet(self, slot: _Slot, row: ListRow) -> None:
        """Take a row about somebody known: a person with another birthday may be another one of the same name."""
        born = self._value(row, BORN) if BORN in row.cells else None
        if (
            slot.row is not None
            and not _empty(born)
            and not _empty(slot.value(BORN))
            and born != slot.value(BORN)
        ):
            self._ask(row, "namesakes", BORN_APART, BORN)
            return
        self._fill(slot, row)

    # --- pairs -------------------------------------------------------------------------------------------------

    def _pair(self, row: ListRow) -> None:
        named = {header: self._called(tab, row.cells.get(header, "")) for tab, header in WHOSE.items()}
        row = replace(row, cells={**row.cells, **named})
        key = self._key_of(PAIRS, row.cells)
        known = self._known.setdefault(key, [])
        going = next((slot for slot in known if not _ended(slot)), None)
        last = going or (known[-1] if known else None)
        if last is None or (going is None and self._begins_after(row, last)):
            known.append(self._fresh(row))
        else:
            self._fill(last, row)

    def _called(self, tab: str, text: str) -> str:
        """Return how the book calls the person of a pair: by the name that stands there, or by a code where names are not enough."""
        slot = self._who(tab, text)
        if slot is None or is_code(text):
            return text
        code = slot.row.code if slot.row is not None else ""
        return code if code and len(self._names[slot.tab].named(slot.name)) > 1 else slot.name

    def _who(self, tab: str, text: str) -> _Slot | None:
        if is_code(text):
            return self._codes.get(fold(text).replace(" ", ""))
        for side in (tab, *(other for other in PEOPLE if other != tab)):
            alike = self._names[side].named(text)
            if len(alike) == 1:
                return alike[0]
            if alike:
                return None
        return None

    def _begins_after(self, row: ListRow, last: _Slot) -> bool:
        start, end = self._value(row, START) if START in row.cells else None, last.value(END)
        return isinstance(start, date) and isinstance(end, date) and start > end

    # --- the rest ----------------------------------------------------------------------------------------------

    def _other(self, row: ListRow) -> None:
        known = self._known.setdefault(self._key_of(row.tab, row.cells), [])
        if known:
            self._fill(known[0], row)
        else:
            known.append(self._fresh(row))

    def _key(self, slot: _Slot) -> tuple[str, ...]:
        return self._key_of(slot.tab, {header: _spelled(slot.value(header)) for header in KEYS[slot.tab]})

    def _key_of(self, tab: str, cells: Mapping[str, str]) -> tuple[str, ...]:
        if tab == PAIRS:
            people = ((side, cells.get(header, "")) for side, header in WHOSE.items())
            return (tab, *(self._ident(side, text) for side, text in people))
        values = (
            self._take(tab, header, cells.get(header, ""))[0] or cells.get(header, "") for header in KEYS[tab]
        )
        return (tab, *(fold(_spelled(value)) for value in values))

    def _ident(self, side: str, text: str) -> str:
        slot = self._who(side, text)
        return fold(text) if slot is None else f"{slot.tab}\0{id(slot)}"

    def _fresh(self, row: ListRow) -> _Slot:
        slot = _Slot(row.tab, None, row, met=1)
        for header in row.cells:
            value = self._value(row, header)
            if value is not None:
                slot.cells[header] = value
        self._slots[row.tab].append(slot)
        return slot

    def _fill(self, slot: _Slot, row: ListRow) -> None:
        slot.met += not row.implied or not slot.met
        differing: list[str] = []
        for header in row.cells:
            if header in KEYS[row.tab]:
                continue
            value, current = self._value(row, header), slot.value(header)
            if _empty(value) or value is False or _same(current, value):
                continue
            if _empty(current):
                slot.cells[header] = value
            else:
                differing.append(header)
        if slot.row is not None:
            slot.differing |= dict.fromkeys(differing)
        elif differing:
            listed = ", ".join(f"«{row.printed.get(header, header)}»" for header in differing)
            self._ask(row, "person-twice", TWINS.format(listed), differing[0])

    def _value(self, row: ListRow, header: str) -> Cell:
        """Read a cell of a row; one that the column cannot hold is told, once, and nothing of it is taken."""
        value, fault = self._take(row.tab, header, row.cells[header])
        fault = NO_COLUMN if header == UNREAD and row.tab == PAIRS else fault
        if fault:
            cell = (row.origin.tab, row.origin.row, row.tab, header)
            if cell not in self._unread:
                self._unread.add(cell)
                self._ask(row, "list-cell", NOT_TAKEN.format(row.printed.get(header, header), fault), header)
            return None
        return value

    def _ask(self, row: ListRow, code: str, told: str, header: str) -> None:
        self._problems.append(Problem(Severity.QUESTION, code, replace(row.origin, column=header), told))


def _ended(slot: _Slot) -> bool:
    return str(slot.value(STATE) or "") in ENDED


def _empty(value: Cell) -> bool:
    return value is None or value == ""


def _same(one: Cell, two: Cell) -> bool:
    return one == two or fold(_spelled(one)) == fold(_spelled(two))


def _spelled(value: Cell) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value if value is not None else "")

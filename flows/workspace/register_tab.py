"""The register and the hidden tab as they stand under a lease: written behind the fence, known after each batch (DESIGN §7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.errors import Refused, TryLater
from flows.domain.tabs import NOTE_FIGURES, REGISTER, SCHEME
from flows.workspace import moved, rows_back, scheme, table
from flows.workspace.register import filed_row
from flows.workspace.sheets import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.model import Filed, Row
    from flows.workspace.layout import Tab
    from flows.workspace.lease import Lease
    from flows.workspace.rows_back import Asked
    from flows.workspace.scheme import Scheme
    from flows.workspace.sheets import Request, Sheet, Snapshot
    from flows.workspace.table import Table

VANISHED = "Строки, которые запуск только что записал в «Документы», исчезли: книгу заменили прежней копией или строки удалили. Документы целы; повторите запуск, и строки вернутся."
CHANGED = f"Вкладку «{REGISTER}» изменили во время работы: её столбцы больше не узнать. Верните их названия и повторите."
PAIR = (0, 1)


@dataclass
class RegisterTab:
    """The register, the hidden tab and the tab that keeps the figures of notes, as last seen.

    `promised` are the ids of the rows this run has written: a book replaced by an older copy forgets them.
    """

    lease: Lease
    layout: Tab
    table: Table
    scheme: Scheme
    figures: Sheet | None = None
    promised: set[str] = field(default_factory=set)
    _filed: dict[int, tuple[Row, Filed | None]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Filed]:
        """Every row that has a key, as a filed paper."""
        return [filed for row in self.table.rows if (filed := self._filed_of(row)) is not None]

    def _filed_of(self, row: Row) -> Filed | None:
        known = self._filed.get(row.origin.row)
        if known is None or known[0] is not row:
            known = self._filed[row.origin.row] = (row, filed_row(row))
        return known[1]

    def write(self, requests: Sequence[Request], *more: str, whole: bool = False) -> None:
        """Write behind the fence; know afterwards how the rows stand, and take back what landed on moved rows.

        Only the rows that are written are asked back, `whole` asks both tabs and `more` whole: what people did
        meanwhile to the other rows is found when those are written.
        """
        if whole or more:
            self._write_whole(requests, more)
            return
        register, hidden = self._asked(requests)
        back = self.lease.write(requests, [*register.ranges, *hidden.ranges])
        rows, lines = register.merged(back.sheet(REGISTER)), hidden.merged(back.sheet(SCHEME))
        if rows is not None and lines is not None:
            self.table = table.reread(self.table, rows, register.lines(rows))
            self.scheme = scheme.reread(self.scheme, lines, hidden.lines(lines))
            return
        before, stood = self.table, register.stood(back.sheet(REGISTER))
        self._take_in(self.lease.space.sheets.read(self.lease.book, REGISTER, SCHEME))
        astray = moved.put_back(before, self.table, requests, {line: name for line, (name,) in stood.items()})
        if astray:
            self._write_whole(astray)

    def _asked(self, requests: Sequence[Request]) -> tuple[Asked, Asked]:
        name = self.table.columns[moved.name_header(self.table)]
        register = rows_back.asked(self.table.sheet, (name,), requests)
        return register, rows_back.asked(self.scheme.sheet, PAIR, requests)

    def _write_whole(self, requests: Sequence[Request], more: Sequence[str] = ()) -> None:
        before = self.table
        back = self.lease.write(requests, [quoted(title) for title in (REGISTER, SCHEME, *more)])
        self._take_in(back)
        self.figures = back.sheet(NOTE_FIGURES) if NOTE_FIGURES in more else self.figures
        astray = moved.put_back(before, self.table, requests)
        if astray:
            self._take_in(self.lease.write(astray, (quoted(REGISTER), quoted(SCHEME))))

    def hold(self, promised: Iterable[str] = ()) -> None:
        """Stop where rows that this run has written are gone; the files keep what the next run needs to write them again."""
        self.promised |= set(promised)
        if self.promised - {row.file_id for row in self.rows}:
            raise TryLater(VANISHED)

    def _take_in(self, back: Snapshot) -> None:
        book = self.table.rows[0].origin.book if self.table.rows else ""
        read, _ = table.read(back.sheet(REGISTER), self.layout, book)
        hidden = back.sheet(SCHEME)
        if read is None or hidden is None:
            raise Refused(CHANGED)
        self.table, self.scheme = read, scheme.scheme_of(hidden)

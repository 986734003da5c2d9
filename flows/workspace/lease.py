"""Who may write: a hidden sheet whose id is the fencing token and whose title carries a counter (DESIGN §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.errors import TryLater
from flows.workspace.refusals import Unmet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.workspace.sheets import Request, Sheet, Sheets, Snapshot
    from flows.workspace.space import Workspace

FREE = "⚙ замок свободен"
HELD = re.compile(r"⚙ замок (\S+) (\d+)")
FIRST_ID = 770_001
PERIOD = 120.0
BUSY = "Документы этой организации уже готовит другой запуск, и он работает. Подождите, пока он закончит, и повторите."
WAITING = "Жду до двух минут, не жив ли прежний запуск: он не отпустил книгу."
POLL = 5.0


def lock_of(snapshot: Snapshot) -> Sheet | None:
    """Find the lock among the tabs of a book."""
    return next(
        (sheet for sheet in snapshot.sheets if sheet.title == FREE or HELD.fullmatch(sheet.title)), None
    )


def free_lock(sheet_id: int = FIRST_ID) -> Request:
    """Add the lock that every book has, free and hidden."""
    return {
        "addSheet": {
            "properties": {
                "sheetId": sheet_id,
                "title": FREE,
                "hidden": True,
                "gridProperties": {"rowCount": 1, "columnCount": 1},
            }
        }
    }


@dataclass
class Lease:
    """The right to write into one book. Every batch goes through `write`: it fails whole once somebody else took over."""

    sheets: Sheets
    book: str
    holder: str
    sheet_id: int
    counter: int = 0

    def write(self, requests: Sequence[Request], back: Sequence[str] = ()) -> Snapshot:
        """Write a batch behind the fence, advancing the counter."""
        self.counter += 1
        try:
            return self.sheets.batch(
                self.book, [self._titled(f"⚙ замок {self.holder} {self.counter}"), *requests], back
            )
        except Unmet as error:
            if lock_of(self.sheets.outline(self.book)) is not None and self._mine():
                raise
            raise TryLater(
                "Книгу заняла другая программа: она сочла этот запуск прерванным. Ничего не удвоено; повторите через минуту."
            ) from error

    def release(self, requests: Sequence[Request] = (), back: Sequence[str] = ()) -> Snapshot:
        """Write a last batch and let the book go."""
        return self.sheets.batch(self.book, [*requests, self._titled(FREE)], back)

    def _mine(self) -> bool:
        return any(sheet.sheet_id == self.sheet_id for sheet in self.sheets.outline(self.book).sheets)

    def _titled(self, title: str) -> Request:
        return {
            "updateSheetProperties": {
                "properties": {"sheetId": self.sheet_id, "title": title},
                "fields": "title",
            }
        }


def take(space: Workspace, book: str, seen: Sheet | None) -> Lease:
    """Take the lease: at once when it is free, after a still period when its holder is dead; else `TryLater`.

    `seen` is the lock as the caller read it. A counter that moves within the period is a living holder.
    """
    if seen is not None and seen.title != FREE:
        seen = _wait(space, book, seen)
    sheet_id = space.new_sheet_id()
    add = {
        "addSheet": {
            "properties": {
                "sheetId": sheet_id if seen else FIRST_ID,
                "title": f"⚙ замок {space.holder} 0",
                "hidden": True,
                "gridProperties": {"rowCount": 1, "columnCount": 1},
            }
        }
    }
    first: list[Request] = [{"deleteSheet": {"sheetId": seen.sheet_id}}] if seen else []
    try:
        space.sheets.batch(book, [*first, add])
    except Unmet as error:
        raise TryLater(
            "Документы этой организации уже готовит другой запуск. Подождите, пока он закончит, и повторите."
        ) from error
    return Lease(space.sheets, book, space.holder, sheet_id if seen else FIRST_ID)


def _wait(space: Workspace, book: str, seen: Sheet) -> Sheet | None:
    """Watch a held lock for a period; give it back when it may be taken: at once where its holder is known to be dead."""
    held = HELD.fullmatch(seen.title)
    living = space.lives(held[1]) if held else None
    if living is False:
        return seen
    if living:
        raise TryLater(BUSY)
    space.tell(WAITING)
    clock = space.clock
    started = clock.now()
    while True:
        clock.sleep(POLL)
        now = lock_of(space.sheets.outline(book))
        if now is None or now.title == FREE:
            return now
        if (now.sheet_id, now.title) != (seen.sheet_id, seen.title):
            raise TryLater(BUSY)
        if clock.now() - started >= PERIOD:
            return now

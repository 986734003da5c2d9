"""Who may write: a hidden sheet whose id is the fencing token and whose title carries a counter (DESIGN §7)."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.workspace.refusals import Unanswered, Unmet
from flows.workspace.sheets import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.workspace.sheets import Request, Sheet
    from flows.workspace.space import Workspace

FREE = "⚙ замок свободен"
HELD = re.compile(r"⚙ замок (\S+) (\d+)")
FIRST_ID = 770_001
PERIOD = 120.0
BUSY = "Документы этой организации уже готовит другой запуск, и он работает. Подождите, пока он закончит, и повторите."
WAITING = "Жду до двух минут, не жив ли прежний запуск: он не отпустил книгу."
TAKEN = "Книгу заняла другая программа: она сочла этот запуск прерванным. Ничего не удвоено; повторите через минуту."
BEGUN = "Документы этой организации уже готовит другой запуск. Подождите, пока он закончит, и повторите."
AGAIN = "Google не ответил на запись в книгу. Она не записана, жду {seconds} с и записываю снова."
POLL = 5.0
TRIES = 6


def lock_of(snapshot: Snapshot) -> Sheet | None:
    """Find the lock among the tabs of a book."""
    return next(
        (sheet for sheet in snapshot.sheets if sheet.title == FREE or HELD.fullmatch(sheet.title)), None
    )


def free_lock(sheet_id: int = FIRST_ID) -> Request:
    """Add the lock that every book has, free and hidden."""
    return _lock(sheet_id, FREE)


def _lock(sheet_id: int, title: str) -> Request:
    return {
        "addSheet": {
            "properties": {
                "sheetId": sheet_id,
                "title": title,
                "hidden": True,
                "gridProperties": {"rowCount": 1, "columnCount": 1},
            }
        }
    }


@dataclass
class Lease:
    """The right to write into one book. Every batch goes through `write`: it fails whole once somebody else took over.

    A batch whose answer was lost is looked for before it is sent again: the title of the lock tells whether it came
    through. What is sent again brings a lock of its own under that very title, in place of the old one: titles are
    unique and the old lock is gone, so of all that was sent one comes through, however late the others arrive. `own`
    are the ids of all its locks; it is `haunted` while something given up may still find the lock that it names.
    """

    space: Workspace
    book: str
    sheet_id: int
    counter: int = 0
    own: set[int] = field(default_factory=set)
    haunted: bool = False

    def __post_init__(self) -> None:
        self.own.add(self.sheet_id)

    def write(self, requests: Sequence[Request], back: Sequence[str] = ()) -> Snapshot:
        """Write a batch behind the fence, advancing the counter."""
        self.counter += 1
        return self._written(f"⚙ замок {self.space.holder} {self.counter}", requests, back)

    def release(self, requests: Sequence[Request] = (), back: Sequence[str] = ()) -> Snapshot:
        """Write a last batch and let the book go."""
        return self._written(FREE, requests, back)

    def let_go(self) -> None:
        """Let the book go after a failure, if the other side still listens: the next run need not wait then."""
        with suppress(Refused, TryLater, Misconfigured):
            self.space.sheets.batch(self.book, self._replaced(FREE, self.space.new_sheet_id()))

    def _written(self, title: str, requests: Sequence[Request], back: Sequence[str]) -> Snapshot:
        coming = self.space.new_sheet_id() if self.haunted else self.sheet_id
        for attempt in range(TRIES):
            fence = [self._renamed(title)] if coming == self.sheet_id else self._replaced(title, coming)
            self.own.add(coming)
            try:
                answer = self.space.sheets.batch(self.book, [*fence, *requests], back)
            except (Unanswered, Unmet) as error:
                now = lock_of(self.space.sheets.outline(self.book))
                if now is None or now.sheet_id not in self.own:
                    if title == FREE and not requests:
                        break  # somebody else has it already: it was let go
                    raise TryLater(TAKEN) from error
                refused = isinstance(error, Unmet)
                if now.title == title and (attempt or not refused):
                    # It came through. What was sent in its place may come yet, and lives as long as this very lock.
                    self.haunted = attempt > 0 and now.sheet_id == self.sheet_id
                    self.sheet_id = now.sheet_id
                    break
                if refused or attempt == TRIES - 1:
                    raise
            else:
                self.haunted, self.sheet_id = False, coming
                return answer
            self.space.voice.rest(2.0**attempt, AGAIN)
            coming = self.space.new_sheet_id()
        return self.space.sheets.areas(self.book, back) if back else Snapshot(self.book, "", "", ())

    def _renamed(self, title: str) -> Request:
        return {
            "updateSheetProperties": {
                "properties": {"sheetId": self.sheet_id, "title": title},
                "fields": "title",
            }
        }

    def _replaced(self, title: str, sheet_id: int) -> list[Request]:
        """Put another lock in the place of the one that stands: whatever still names that one fails from then on."""
        return [_lock(sheet_id, title), {"deleteSheet": {"sheetId": self.sheet_id}}]


@contextmanager
def holding(lease: Lease) -> Iterator[None]:
    """Release at the end; also after a failure, as far as the other side still listens: the next run need not wait then."""
    try:
        yield
    except BaseException:
        lease.let_go()
        raise
    lease.release()


def take(space: Workspace, book: str, seen: Sheet | None) -> Lease:
    """Take the lease: at once when it is free, after a still period when its holder is dead; else `TryLater`.

    `seen` is the lock as the caller read it. A counter that moves within the period is a living holder.
    """
    if seen is not None and seen.title != FREE:
        seen = _wait(space, book, seen)
    sheet_id, title = space.new_sheet_id() if seen else FIRST_ID, f"⚙ замок {space.holder} 0"
    first: list[Request] = [{"deleteSheet": {"sheetId": seen.sheet_id}}] if seen else []
    for attempt in range(TRIES):
        try:
            space.sheets.batch(book, [*first, _lock(sheet_id, title)])
            break
        except (Unanswered, Unmet) as error:
            now = lock_of(space.sheets.outline(book))
            if now is not None and (now.sheet_id, now.title) == (sheet_id, title):
                break  # it came through and its answer was lost
            if isinstance(error, Unmet):
                raise TryLater(BEGUN) from error
            if attempt == TRIES - 1:
                raise
        space.voice.rest(2.0**attempt, AGAIN)
    return Lease(space, book, sheet_id)


def _wait(space: Workspace, book: str, seen: Sheet) -> Sheet | None:
    """Watch a held lock for a period; give it back when it may be taken: at once where its holder is known to be dead."""
    held = HELD.fullmatch(seen.title)
    living = space.lives(held[1]) if held else None
    if living is False or (held and held[1] == space.holder):
        return seen  # a run of this very workspace is over: it could not let the book go
    if living:
        raise TryLater(BUSY)
    space.tell(WAITING)
    clock = space.clock
    started = clock.now()
    while True:
        clock.sleep(POLL)
        left = round(PERIOD - (clock.now() - started))
        space.voice.progress(f"{WAITING} Осталось до {max(left, 1)} с.")
        now = lock_of(space.sheets.outline(book))
        if now is None or now.title == FREE:
            return now
        if (now.sheet_id, now.title) != (seen.sheet_id, seen.title):
            raise TryLater(BUSY)
        if clock.now() - started >= PERIOD:
            return now

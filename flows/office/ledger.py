"""The sidecar: one SQLite file that keeps entries, intentions and the journal of calls.

An intention is written before the disk is touched and removed in the transaction that records its outcome, so
after a crash `pending` names exactly what may be half done.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.office.entries import Entry, load
from flows.office.errors import OfficeUnavailable
from flows.office.privacy import own_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, doc TEXT NOT NULL, epoch INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entries_epoch ON entries (epoch);
CREATE TABLE IF NOT EXISTS intents (id TEXT PRIMARY KEY, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS journal (
  n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
  status INTEGER NOT NULL, effect INTEGER NOT NULL, note TEXT NOT NULL);
INSERT OR IGNORE INTO facts VALUES ('epoch', '0');
"""


@dataclass(frozen=True)
class Call:
    """One row of the journal: a request the office answered; `effect` says whether it changed anything."""

    n: int
    method: str
    path: str
    status: int
    effect: bool
    at: str = ""
    note: str = ""


class Ledger:
    """The sidecar's tables, with every entry held in memory as well."""

    def __init__(self, path: Path) -> None:
        own_file(path)  # what SQLite makes beside it has its mode
        # Requests come from several threads; the office lets one in at a time.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._refuse_newer()
        self._db.executescript(_SCHEMA)
        self._db.execute("INSERT OR IGNORE INTO facts VALUES ('format', ?)", (str(FORMAT),))
        self._epoch = -1
        self._open = False
        self.entries: dict[str, Entry] = {}
        self.children: dict[str, set[str]] = {}
        self._folders_made: list[str] = []
        self._folders_moved = True
        self.refresh()

    def _refuse_newer(self) -> None:
        """Raise `OfficeUnavailable` before anything is changed in a sidecar that a newer program has made."""
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
            return
        told = self.fact("format")
        if told.isdecimal() and int(told) > FORMAT:
            self._db.close()
            raise OfficeUnavailable(
                "Рабочую папку вела более новая версия программы. Обновите программу: старая могла бы её испортить."
            )

    def refresh(self) -> bool:
        """Re-read the entries that another process changed; answers whether there are any."""
        epoch = int(self.fact("epoch"))
        if epoch == self._epoch:
            return False
        if self._epoch < 0:
            self.entries, self.children = {}, {}
            self._folders_moved = True
        for (doc,) in self._db.execute("SELECT doc FROM entries WHERE epoch > ?", (self._epoch,)):
            self.hold(load(doc))
        self._epoch = epoch
        return True

    def fact(self, name: str) -> str:
        """Read one remembered text, empty if it was never set."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Set one remembered text at once."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def intend(self, entry: Entry) -> None:
        """Promise that this entry is about to be true on disk; lasting when this returns."""
        self.commit()
        self._db.execute("INSERT OR REPLACE INTO intents VALUES (?, ?)", (entry.id, entry.dump()))

    def pending(self) -> list[Entry]:
        """List promises whose outcome was never recorded."""
        return [load(doc) for (doc,) in self._db.execute("SELECT doc FROM intents")]

    def interrupted(self) -> bool:
        """Whether any promise is left over, by this process or by one that died."""
        return self._db.execute("SELECT 1 FROM intents LIMIT 1").fetchone() is not None

    def put(self, entries: Iterable[Entry]) -> None:
        """Record entries and end their promises; lasting after `commit`."""
        self._begin()
        for entry in entries:
            row = (entry.id, entry.dump(), self._epoch + 1)
            self._db.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", row)
            self._db.execute("DELETE FROM intents WHERE id = ?", (entry.id,))
            self.hold(entry)

    def hold(self, entry: Entry) -> None:
        """Keep an entry in memory only: for what the disk can tell again."""
        known = self.entries.get(entry.id)
        if known and known.parent != entry.parent:
            self.children.get(known.parent, set()).discard(entry.id)
        self.children.setdefault(entry.parent, set()).add(entry.id)
        self.entries[entry.id] = entry
        if entry.kind == "folder" and known is None:
            self._folders_made.append(entry.id)
        elif entry.kind == "folder" and known is not None:
            self._folders_moved |= known.place != entry.place

    def news_of_folders(self) -> tuple[list[str], bool]:
        """Return the folders that came since this was asked last, and whether one that was known is elsewhere or gone."""
        news = self._folders_made, self._folders_moved
        self._folders_made, self._folders_moved = [], False
        return news

    def forget_intent(self, entry_id: str) -> None:
        """Drop a promise that came to nothing."""
        self._db.execute("DELETE FROM intents WHERE id = ?", (entry_id,))

    def note(self, call: Call) -> None:
        """Add a row to the journal; its own number is given by the table."""
        if not self._open:  # a read: no need to wait for the disk
            self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute(
            "INSERT INTO journal (at, method, path, status, effect, note) VALUES (?, ?, ?, ?, ?, ?)",
            (call.at, call.method, call.path, call.status, int(call.effect), call.note),
        )
        if not self._open:
            self._db.execute("PRAGMA synchronous=FULL")

    def calls(self) -> list[Call]:
        """List the whole journal, oldest first."""
        rows = self._db.execute("SELECT n, method, path, status, effect, at, note FROM journal ORDER BY n")
        return [
            Call(n, method, path, status, bool(effect), at, note)
            for n, method, path, status, effect, at, note in rows
        ]

    def forget_calls(self, before: str) -> None:
        """Drop the rows of the journal older than a moment, spelt as the journal spells it."""
        self._db.execute("DELETE FROM journal WHERE at < ?", (before,))

    def commit(self) -> None:
        """Make what was put last."""
        if self._open:
            self._db.execute("UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE name = 'epoch'")
            self._db.execute("COMMIT")
            self._epoch += 1
            self._open = False

    def undo(self) -> None:
        """Take back what was put since the last commit."""
        if self._open:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            self._open = False
            self._epoch = -1
            self.refresh()

    def close(self) -> None:
        """Commit and let the file go."""
        self.commit()
        self._db.close()

    def _begin(self) -> None:
        if not self._open:
            self._db.execute("BEGIN IMMEDIATE")
            self._open = True

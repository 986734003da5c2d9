"""Whether the sidecar of a folder can be believed, and how one that cannot is laid aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from flows.office.atomic import OWN_FILE
from flows.office.entries import load
from flows.office.errors import OfficeBusy
from flows.office.ledger import FORMAT
from flows.office.store import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

STATE = "state.sqlite"


def remembers(root: Path) -> bool:
    """Tell a sidecar that knows its folder from none at all, a damaged one and one of another program.

    Every entry is read. What is closed to us or held by somebody counts as whole: opening it will say so.
    """
    path = root / SIDE / STATE
    if not path.is_file() or not path.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"entries", "facts"} <= tables:
                return False
            facts = dict(db.execute("SELECT name, value FROM facts"))
            told = str(facts.get("format", ""))
            if told.isdecimal() and int(told) > FORMAT:  # of a newer program: opening it says so
                return True
            entries = {each.id for each in (load(doc) for (doc,) in db.execute("SELECT doc FROM entries"))}
            return facts.get("root") in entries and str(facts.get("epoch")).isdecimal()
    except sqlite3.OperationalError as trouble:
        return "no such column" not in str(trouble)
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError):
        return False


def knows(root: Path, ids: Iterable[str]) -> bool:
    """Tell a sidecar that has given one of these ids; one that cannot be read knows none."""
    wanted = [each for each in ids if each]
    path = root / SIDE / STATE
    if not wanted or not path.is_file():
        return False
    marks = ",".join("?" * len(wanted))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute(f"SELECT 1 FROM entries WHERE id IN ({marks}) LIMIT 1", wanted).fetchone()  # noqa: S608 - marks alone
    except sqlite3.Error:
        return False
    return found is not None


def whole(root: Path) -> bool:
    """Tell a sidecar whose every page can be read, the journal's too."""
    try:
        with closing(sqlite3.connect(f"{(root / SIDE / STATE).absolute().as_uri()}?mode=ro", uri=True)) as db:
            return [*db.execute("PRAGMA quick_check(1)")] == [("ok",)]
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False


def laid_aside(root: Path, day: date) -> Path | None:
    """Keep a damaged sidecar under a name of its own, so that a new one may be made; None if there was none to keep.

    `OfficeBusy` while somebody works in the folder.
    """
    path = root / SIDE / STATE
    if not path.is_file() or (remembers(root) and whole(root)):
        return None
    lock = FileLock(root / SIDE / "lock", mode=OWN_FILE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OfficeBusy("Рабочую папку сейчас ведёт другая программа. Остановите её и повторите.") from None
    try:
        return _named(path, f"state.damaged-{day.isoformat()}")
    finally:
        lock.release()


def _named(path: Path, stem: str) -> Path:
    number, name = 1, f"{stem}.sqlite"
    while path.with_name(name).exists():
        number += 1
        name = f"{stem}-{number}.sqlite"
    for log in ("-wal", "-shm", "-journal"):  # first: a new file must never meet the log of an old one
        with suppress(FileNotFoundError):
            path.with_name(path.name + log).rename(path.with_name(name + log))
    return path.rename(path.with_name(name))

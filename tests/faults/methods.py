"""Each call of the road by itself, under a fault and under two in a row, over TCP: its effect is there once, or it says why not.

What is drawn: method x first fault x second fault (what befalls the repetition, if there is one). After the broken try the
same is asked again as the road asks it — with its own id, or after a look — and then it must be there exactly once.
"""

from __future__ import annotations

import random
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.office import Faults, Office, serve, switches
from flows.workspace.cells import appended
from flows.workspace.drive import md5_of
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.faults.resending import Recorder
from tests.faults.sampled import LONGEST, Late, played
from tests.road.desk import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from requests.adapters import BaseAdapter

FAULTS = (
    "lost", "never came", "cut", "late", "408", "429", "403 limit", "500", "502", "503", "504", "503 after", "401", "403 rights", "page",
)  # fmt: skip
NONE = "nothing"
SHEET = 0


@dataclass
class Bench:
    """A served office with a folder, a file and a book; what each point makes bears a mark of its own."""

    base: str
    recorder: Recorder
    clock: Waiting
    book: str = ""
    folder: str = ""
    file: str = ""
    space: Any = None
    session: Any = field(default_factory=office_session)

    def through(self, adapter: BaseAdapter | None = None) -> Any:
        """Return the clients; their calls go through an adapter."""
        self.space = self.space or over(self.session, self.clock)
        paced = office_session(adapter, base=self.base, clock=self.clock, retries=6)
        self.session.mount("https://", paced.get_adapter("https://"))
        self.session.mount("http://", paced.get_adapter("http://"))
        return self.space

    def named(self, name: str) -> list[Any]:
        """Files of that name in the folder."""
        return list(
            self.space.drive.found(f"'{self.folder}' in parents and name = '{name}' and trashed=false")
        )


@contextmanager
def bench(root: Path) -> Iterator[Bench]:
    """Open a bench over an empty folder."""
    office, recorder, clock = Office(root), Recorder(), Waiting()
    try:
        with serve(office, faults=Faults(recorder)) as server:
            made = Bench(server.base, recorder, clock)
            drive = made.through().drive
            made.book = drive.book("Книга", "root", {}).id
            made.folder, made.file = drive.ids(2)
            drive.folder(made.folder, "Папка", "root", {})
            drive.file(made.file, "документ.docx", made.folder, {}, b"before")
            yield made
    finally:
        office.close()


def _book(at: Bench, mark: str) -> None:
    """A book has an id of Google's own: one looks first, as a founding does."""
    if not at.named(mark):
        at.space.drive.book(mark, at.folder, {})


def _batch(at: Bench, mark: str) -> None:
    if not _written(at, mark):
        at.space.sheets.batch(at.book, [appended(SHEET, [(mark,)])])


def _written(at: Bench, mark: str) -> int:
    rows = at.space.sheets.read(at.book).sheets[0].cells
    return sum(cell.value == mark for row in rows for cell in row)


def _renew(at: Bench, mark: str) -> None:
    now = at.space.drive.entry(at.file)
    if now.md5 != md5_of(mark.encode()):
        at.space.drive.renew(now, mark.encode(), {})


@dataclass(frozen=True)
class Method:
    """A call of the road: how it is asked for, and how often its effect is there."""

    ask: Callable[[Bench, str], object]
    there: Callable[[Bench, str], int] = lambda _, __: 1


METHODS: dict[str, Method] = {
    "ids": Method(lambda at, _: at.space.drive.ids(3)),
    "entry": Method(lambda at, _: at.space.drive.entry(at.file)),
    "found": Method(lambda at, _: at.space.drive.found(f"'{at.folder}' in parents")),
    "media": Method(lambda at, _: at.space.drive.media(at.space.drive.entry(at.file))),
    "folder": Method(
        lambda at, mark: at.space.drive.folder(f"folder-of-{mark}", mark, at.folder, {}),
        lambda at, mark: len(at.named(mark)),
    ),
    "file": Method(
        lambda at, mark: at.space.drive.file(f"file-of-{mark}", mark, at.folder, {}, b"new"),
        lambda at, mark: len(at.named(mark)),
    ),
    "book": Method(_book, lambda at, mark: len(at.named(mark))),
    "renew": Method(_renew, lambda at, mark: int(at.space.drive.entry(at.file).md5 == md5_of(mark.encode()))),
    "change": Method(
        lambda at, mark: at.space.drive.change(at.file, {"name": mark}),
        lambda at, mark: int(at.space.drive.entry(at.file).name == mark),
    ),
    "read": Method(lambda at, _: at.space.sheets.read(at.book)),
    "outline": Method(lambda at, _: at.space.sheets.outline(at.book)),
    "batch": Method(_batch, _written),
}
# A look goes before these: the fault befalls the call itself.
LOOKS = {"book", "batch", "renew", "media"}

Point = tuple[str, str, str]


def drawn(count: int, seed: int) -> list[Point]:
    """Draw points without repeating any; every method meets every fault alone before two in a row are drawn."""
    alone = list(product(METHODS, FAULTS, (NONE,)))
    pairs = list(product(METHODS, FAULTS, FAULTS))
    chance = random.Random(seed)
    chance.shuffle(alone)
    chance.shuffle(pairs)
    return [*alone, *pairs][:count]


def tried(at: Bench, point: Point) -> list[str]:
    """Try one point; name every violation."""
    name, first, second = point
    method, mark = METHODS[name], secrets.token_hex(6)
    call = 2 if name in LOOKS else 1
    at.recorder.begin(switches.together(played(first, call), played(second, call + 1)))
    told = _asked(at, method, mark, Late(call) if first == "late" else None)
    told += at.recorder.blind()
    at.recorder.begin()
    at.through()
    method.ask(at, mark)
    count = method.there(at, mark)
    return told + ([f"there {count} times"] if count != 1 else [])


def _asked(at: Bench, method: Method, mark: str, adapter: BaseAdapter | None) -> list[str]:
    began = at.clock.now()
    at.through(adapter)
    try:
        method.ask(at, mark)
    except (TryLater, Misconfigured, Refused) as said:
        if not str(said).strip():
            return ["said nothing"]
    except Exception as raw:  # noqa: BLE001 - whatever a person would see as a traceback
        return [f"raw {type(raw).__name__}: {raw}"[:200]]
    waited = at.clock.now() - began
    return [f"waited {waited:.0f} s"] if waited > LONGEST else []

"""Ways to break a run at a chosen call, and the invariants that must hold after it (faults I1-I8)."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from typing import TYPE_CHECKING, Any

from requests.adapters import BaseAdapter, HTTPAdapter

from flows.domain.errors import TryLater
from flows.work import prepare
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import requests

    from flows import settings


_ACTS: list[Callable[[Any], tuple[str, list[str]]]] = []


class Dying(BaseAdapter):
    """Sends over TCP and kills its own process before call `at` leaves, or after its answer has come."""

    def __init__(self, at: int, when: str) -> None:
        super().__init__()
        self.inner, self.left, self.when = HTTPAdapter(), at, when

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        self.left -= 1
        if self.left == 0 and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        response = self.inner.send(request, *args, **options)
        _ = response.content
        if self.left == 0 and self.when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return response

    def close(self) -> None:
        self.inner.close()


def in_child(base: str, place: settings.Place, adapter: BaseAdapter | None = None) -> int:
    """Start a run in a process of its own; the child never comes back."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            clock = desks.Waiting()
            prepare(
                over(office_session(adapter, base=base, clock=clock), clock),
                place,
                desks.TODAY,
                desks.supplies(),
            )
            code = 0
        except TryLater:
            code = 3
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """Wait for a child: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def two_files(desk: desks.Desk) -> list[str]:
    """Name keys and versions that more than one living file carries."""
    query = f"appProperties has {{ key='nastavnik_org' and value='{desks.SLUG}' }} and trashed=false"
    carried = Counter(
        (each.properties["nastavnik_key"], each.properties["nastavnik_version"])
        for each in desk.space.drive.found(query)
        if "nastavnik_key" in each.properties
    )
    return [f"{key} v{version}" for (key, version), count in carried.items() if count > 1]


def untouched(desk: desks.Desk, white: dict[str, Any], registered: dict[str, str]) -> list[str]:
    """I4, I5, I6: what people typed and what is registered is as it was; codes stand on their own rows."""
    told = [f"typed cells of {tab} changed" for tab, rows in desk.typed().items() if rows != white[tab]]
    now = desks.sums(desk.root)
    told += [
        f"registered {name} changed" for name, checksum in registered.items() if now.get(name) != checksum
    ]
    for tab in ("Наставники", "Наставляемые", "Пары"):
        codes = [row.code for row in desk.rows(tab) if row.code]
        told += [f"codes of {tab}: {codes}"] if codes != sorted(set(codes)) else []
    return told + [f"two files: {each}" for each in two_files(desk)]


def broken(desk: desks.Desk, white: dict[str, Any], registered: dict[str, str], papers: int) -> list[str]:
    """I1-I6 after a finished run: every violation in words."""
    told = untouched(desk, white, registered)
    rows = desk.register()
    told += [
        f"two rows: {pair}"
        for pair, count in Counter((row.key, row.version) for row in rows).items()
        if count > 1
    ]
    numbers = [int(row.draft_number.rpartition("-")[2]) for row in rows if not row.final]
    told += [f"numbers {numbers}"] if sorted(numbers) != list(range(1, len(numbers) + 1)) else []
    told += [f"{len(rows)} rows, not {papers}"] if len(rows) != papers else []
    query = f"appProperties has {{ key='nastavnik_org' and value='{desks.SLUG}' }} and trashed=false"
    files = {each.id: each for each in desk.space.drive.found(query) if "nastavnik_key" in each.properties}
    for row in rows:
        entry = files.pop(row.file_id, None)
        fits = (
            entry is not None and entry.properties["nastavnik_key"] == row.key and entry.md5 == row.checksum
        )
        told += (
            []
            if fits and not row.intended and row.state != "создаётся"
            else [f"row {row.draft_number} and its file disagree"]
        )
    return told + [f"file without a row: {each.properties['nastavnik_key']}" for each in files.values()]


def spread(points: Iterable[Any], act: Callable[[Any], tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Try points in two processes at once: each has its own folder, server and children."""
    told = list(points)
    _ACTS[:] = [
        lambda at: act(told[at])
    ]  # workers inherit it: neither a closure nor a fault can be sent to them
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(_acted, range(len(told)), chunksize=1)


def _acted(at: int) -> tuple[str, list[str]]:
    return _ACTS[0](at)


def say(points: Iterable[tuple[str, list[str]]]) -> str:
    """Spell the violations of a sweep, one line a point."""
    return "\n".join(f"{point}: {'; '.join(told)}" for point, told in points if told)


def registered_sums(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Checksums of the registered papers."""
    wanted = set(names)
    return {name: checksum for name, checksum in desks.sums(root).items() if name in wanted}

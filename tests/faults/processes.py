"""Processes of one home as Linux shows them, and where names of people must not stand."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterable

PROCESSES = Path("/proc")
SERVER, LOOK = "flows.engine.server", "flows.engine.looking"
PEOPLE = (*desks.NAMES, *desks.MENTORS, desks.CARD["ФИО руководителя"], desks.CARD["Куратор"])
PAPERS = {".docx", ".xlsx", ".pdf"}


def of_home(root: Path) -> dict[int, str]:
    """Living processes that were started for a home, by their command lines or environment; by number."""
    told = {}
    mark = str(root).encode()
    for each in PROCESSES.iterdir():
        if each.name.isdecimal() and int(each.name) != os.getpid():
            with suppress(OSError):
                words = (each / "cmdline").read_bytes()
                if words and (mark in words or mark in (each / "environ").read_bytes()):
                    told[int(each.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    return told


def runs(root: Path, serving: int) -> list[int]:
    """Numbers of the processes in which flows of a home run: neither what serves it nor the server nor a look at ticks."""
    told = of_home(root)
    return [
        pid for pid, words in told.items() if pid != serving and SERVER not in words and LOOK not in words
    ]


def server(root: Path) -> list[int]:
    """Numbers of the processes that are the Prefect server of a home."""
    return [pid for pid, words in of_home(root).items() if SERVER in words]


def killed(pid: int) -> bool:
    """Kill a process as the system does; tell whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def gone(root: Path, seconds: float) -> list[str]:
    """Wait until a home has no process for so many seconds at most; name those that stay."""
    last = time.monotonic() + seconds
    while (told := of_home(root)) and time.monotonic() < last:
        time.sleep(0.1)
    return [words[:120] for words in told.values()]


def names_in(folders: Iterable[Path]) -> list[str]:
    """Names of people in files of folders, in their names too, however JSON or a database spells them; papers left there."""
    told = []
    surnames = [name.split()[0] for name in PEOPLE]
    spelt = [(name, how) for name in surnames for how in (name.encode(), name.encode("unicode_escape"))]
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            data = path.read_bytes() + str(path.relative_to(folder)).encode()
            told += [f"name of a person in {path.name}: {name}" for name, how in spelt if how in data]
            told += [f"paper left in {folder.name}: {path.name}"] if path.suffix in PAPERS else []
    return sorted(set(told))

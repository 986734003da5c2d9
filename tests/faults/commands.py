"""The command as a process of its own: started anew, or forked from one that is warm; what it said is kept in files."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHECKOUT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?:,? [a-z]{2,}){2,}")
PATIENCE = 300.0
CANNOT = 2
FOREIGN = ("PREFECT_", "PYTHONDONTWRITEBYTECODE")
"""Not of a person's computer: a server of the developer's, and compiling everything anew at each start."""


@dataclass
class Said:
    """How a command ended: its exit code, or minus the signal that ended it, and its words."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """Tell what a person must never see: a traceback, words of another language, an unknown exit code."""
        told = ["traceback"] if "Traceback" in self.out + self.err else []
        english = ENGLISH.search(self.err)
        told += [f"english: {english[0]}"] if english else []
        return told + ([] if self.code in {0, 1, CANNOT, -signal.SIGKILL} else [f"exit code {self.code}"])


@dataclass(frozen=True)
class How:
    """How a command is started: without LibreOffice, with more around it, under a tracer, in a group of its own as in a terminal."""

    pdf: bool = True
    around: Mapping[str, str] = field(default_factory=dict)
    under: tuple[str, ...] = ()
    group: bool = False


PLAIN = How()


@dataclass
class Running:
    """A started command: `pid`, and the files of its words."""

    pid: int
    out: Path
    err: Path
    code: int | None = None
    held: Any = None
    """What keeps Python from waiting for the process behind our back."""

    def over(self) -> bool:
        """Look whether it has ended; units of time are the caller's."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is not None

    def within(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Wait for its end, for what is asked, or for so many seconds; tell whether it still lives."""
        last = time.monotonic() + seconds
        while not self.over() and time.monotonic() < last and not until():
            time.sleep(0.005)
        return not self.over()

    def kill(self) -> bool:
        """Kill it as the system does, at once; tell whether there was anything to kill."""
        if self.over():
            return False
        os.kill(self.pid, signal.SIGKILL)
        return self.ended().code == -signal.SIGKILL

    def ended(self) -> Said:
        """Wait for its end; one that hangs is killed, and its code says so."""
        if self.within(PATIENCE):
            os.kill(self.pid, signal.SIGKILL)
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        assert self.code is not None
        return Said(self.code, self.out.read_text("utf-8"), self.err.read_text("utf-8"))


def started(home: Path, words: tuple[str, ...], into: Path, *, warm: bool, how: How = PLAIN) -> Running:
    """Start the command over a home; its words go into new files of `into`; a warm one takes nothing of `how` but `pdf`."""
    into.mkdir(exist_ok=True)
    number = len(list(into.iterdir()))
    out, err = into / f"{number:03}.out", into / f"{number:03}.err"
    asked = ["nastavnik", "--home", str(home), *words]
    if warm:
        return Running(_forked(asked, out, err, pdf=how.pdf), out, err)
    process = _anew(asked[1:], out, err, how)
    return Running(process.pid, out, err, held=process)


def _anew(words: list[str], out: Path, err: Path, how: How) -> subprocess.Popen[bytes]:
    around = {name: told for name, told in os.environ.items() if not name.startswith(FOREIGN)}
    around |= {"PYTHONPATH": str(CHECKOUT), **how.around}
    with out.open("wb") as said, err.open("wb") as cried:
        return subprocess.Popen(
            [*how.under, sys.executable, "-m", "flows", *words],
            cwd=CHECKOUT, env=around, stdout=said, stderr=cried, process_group=0 if how.group else None,
        )  # fmt: skip


def _forked(asked: list[str], out: Path, err: Path, *, pdf: bool) -> int:
    from flows import cli, libreoffice, runs  # noqa: F401, PLC0415 - warm before the fork
    from flows.work import councils, monitoring  # noqa: F401, PLC0415 - warm before the fork

    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        sys.stdout = out.open("w", encoding="utf-8")
        sys.stderr = err.open("w", encoding="utf-8")
        sys.argv = asked
        if not pdf:
            libreoffice.available = lambda: False
        cli.main()
    except SystemExit as over:
        code = int(over.code or 0)
    except BaseException:  # noqa: BLE001 - what the interpreter would print
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

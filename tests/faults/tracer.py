"""Round `tracer`: the system kills a run at a chosen system call that writes, on its way in; one plain run mends it.

Needs `strace`. The call is drawn by kind first, so that a rename is as likely as one of two thousand openings. There
is no LibreOffice on the path of such a run: only its own calls are counted.
"""

from __future__ import annotations

import re
import shutil
import signal
from collections import Counter
from typing import TYPE_CHECKING

from tests.faults.commands import How
from tests.faults.field import Home, Result

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.faults.field import Field

CALLS = (
    "rename",
    "renameat2",
    "fsync",
    "fdatasync",
    "write",
    "pwrite64",
    "openat",
    "unlink",
    "mkdir",
    "ftruncate",
)
NEARLY = 0.95
"""A run opens some files more or fewer than the one that was counted: its very last calls are left out."""
LINE = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)
MISSING = "Не хватает strace. В Debian и Ubuntu: apt-get install strace"
_COUNTED: dict[int, Counter[str]] = {}


def available() -> bool:
    """Tell whether there is a tracer."""
    return shutil.which("strace") is not None


def tracer(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Kill a run, perhaps the run that mends it too, as it enters a system call; nothing is lost or doubled."""
    result, home = Result(), Home(origin, folder / "home")
    counted = _counted(origin, folder)
    for turn in range(chance.choice((1, 1, 2))):
        call = chance.choice(sorted(counted))
        at = chance.randint(1, max(1, int(counted[call] * NEARLY)))
        running = home.start(
            warm=False, how=_under(f"inject={call}:signal=KILL:when={at}", call, folder / "trace")
        )
        said = result.heard(running.ended())
        died = said.code == -signal.SIGKILL
        result.counts["kills"] += died
        result.counts[f"kills in {call}"] += died
        result.counts["calls not reached in a mending run"] += not died and turn > 0
        result.violations += (
            [f"not killed in {call} {at} of {counted[call]}"] if not died and not turn else []
        )
        result.violations += home.dead()
    home.mended(result)
    return result.judged(home.broken())


def _counted(origin: Field, folder: Path) -> Counter[str]:
    """How often a whole run makes each call; counted once for a field."""
    if id(origin) not in _COUNTED:
        home, log = Home(origin, folder / "counted"), folder / "calls"
        said = home.start(warm=False, how=_under("signal=none", ",".join(CALLS), log)).ended()
        assert not said.faults, said
        _COUNTED[id(origin)] = Counter(LINE.findall(log.read_text("utf-8", "replace")))
    return _COUNTED[id(origin)]


def _under(more: str, calls: str, log: Path) -> How:
    strace = str(shutil.which("strace"))
    words = (strace, "-f", "-qq", "-o", str(log), "-e", f"trace={calls}", "-e", more)
    return How(around={"PATH": str(log.with_name("nothing"))}, under=words)

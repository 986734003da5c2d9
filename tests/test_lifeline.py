"""What a long-running process started ends with it, also when it is killed: processes of their own, killed by the system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import settings

WAIT = 60
HOLDER = "from flows.engine.lifeline import Lifeline; import os, subprocess, sys, time\nLifeline()\n"
CHILD = "from flows.engine.lifeline import tie; import time, sys\ntie(); print('tied', flush=True)\ntime.sleep(600)"
OF_CHILD = f"p = subprocess.Popen([sys.executable, '-c', {CHILD!r}], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)\np.stdout.readline()\n"
OF_SERVER = "from flows.engine.server import Server\np = Server().process\n"


def ended(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # Where nobody takes an ended process away, Linux shows it as a dead one; other systems take it away at once.
    shown = Path(f"/proc/{pid}/stat")
    return shown.exists() and shown.read_text("utf-8").rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("started", [OF_CHILD, OF_SERVER], ids=["a run", "the server"])
def test_what_was_started_ends_when_its_starter_is_killed(tmp_path, started):
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{HOLDER}{started}print(p.pid, flush=True)\ntime.sleep(600)"],
        cwd=settings.CHECKOUT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PREFECT_HOME": str(tmp_path), "PREFECT_API_URL": ""},
    )  # fmt: skip
    pid = int(holder.stdout.readline())
    assert not ended(pid)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    end = time.monotonic() + WAIT
    while not ended(pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert ended(pid)

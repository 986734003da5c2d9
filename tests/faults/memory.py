"""`python -m tests.faults.memory`: what `serve` weighs after as many looks at ticks as one hour and as six hours make.

It does not wait six hours: `serve --ticks`, a process of its own, looks at once again instead of pausing, while a
person saves the book a few times an hour. What grows by the clock and not by looks is not seen so. The server of
Prefect that it is told of only answers that it is well: without ticks nothing else is asked of it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults import processes
from tests.faults.commands import CHECKOUT
from tests.faults.writers import Typed, with_cell
from tests.office import person
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator

HOURS, POLLS, SAVES = 6, 6 * 240, 4
MOST, GROWTH = 150.0, 5.0
CHILD = """
import sys, time, types
from flows import engine
engine.quiet()
from flows.engine import polling
marks = open(int(sys.argv.pop(1)), "w")
def paced(seconds):
    print("looked", file=marks, flush=True)
    sys.stdin.readline() or sys.exit(0)
polling.time = types.SimpleNamespace(sleep=paced, monotonic=time.monotonic, strftime=time.strftime)
from flows.cli import main
main()
"""


class _Well(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _well() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Well)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api"
    server.shutdown()
    server.server_close()


def weight(pid: int, what: str = "Rss:") -> float:
    """What a process holds in memory, in MB; its part of what it shares with others by `Pss:`; nothing when it is over."""
    try:
        lines = (processes.PROCESSES / f"{pid}" / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


class Polled:
    """`serve --ticks` over a furnished home, looking when it is told to."""

    def __init__(self, work: Path, address: str) -> None:
        self.root = work / "home"
        self.root.mkdir()
        self._place = desks.founded(self.root)
        with desks.opened(self.root, self._place) as desk:
            desks.furnish(desk)
            self._book = desk.xlsx()
        reading, writing = os.pipe()
        around = {
            "PYTHONPATH": str(CHECKOUT),
            "PREFECT_API_URL": address,
            "PREFECT_HOME": str(work / "prefect"),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", CHILD, f"{writing}", "--home", str(self.root), "serve", "--ticks"],
            cwd=CHECKOUT, env=os.environ | around, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, text=True, pass_fds=(writing,),
        )  # fmt: skip
        os.close(writing)
        self._marks = os.fdopen(reading)
        self.most = 0.0

    def looked(self) -> bool:
        """Wait until a look is over, weighing what is at work; tell whether it still serves."""
        over: list[str] = []
        waiting = threading.Thread(target=lambda: over.append(self._marks.readline()))
        waiting.start()
        while waiting.is_alive():
            waiting.join(0.2)
            pids = {self.process.pid, *processes.of_home(self.root)} if waiting.is_alive() else set()
            self.most = max(self.most, sum(weight(pid, "Pss:") for pid in pids))
        return bool(over[0])

    def again(self) -> None:
        """Let it look once more."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def save(self, text: str) -> None:
        """Save the book as a person does."""
        data = with_cell(person.fresh(self._book), Typed("Наставники", 2, text))
        person.save(self._book, data, "rename")

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        self._marks.close()


def main() -> int:
    """Print the weights; 1 when they are more than wanted."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--polls", type=int, default=POLLS, help="как шесть часов по одному взгляду за 15 секунд"
    )
    polls = max(HOURS, asked.parse_args().polls)
    began, hour = time.monotonic(), polls // HOURS
    weights: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, _well() as address:
        polled = Polled(Path(folder), address)
        try:
            for number in range(1, polls + 1):
                if not polled.looked():
                    print(f"serve ended after {number - 1} polls")
                    return 1
                weights[number] = weight(polled.process.pid)
                if number % max(1, hour // SAVES) == 0:
                    polled.save(f"правка {number}")
                polled.again()
        finally:
            polled.stop()
    first, last = weights[hour], weights[polls]
    print(f"as many polls as six hours make: {polls}, in {time.monotonic() - began:.0f} s")
    print(
        f"RSS after hour 1: {first:.1f} MB, after hour 6: {last:.1f} MB, growth {last - first:+.1f} MB (wanted at most {GROWTH:g})"
    )
    print(
        f"most with a look at ticks, shared pages once: {polled.most:.1f} MB; serve alone {max(weights.values()):.1f} MB (wanted at most {MOST:g})"
    )
    return 1 if last - first > GROWTH or max(polled.most, *weights.values()) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())

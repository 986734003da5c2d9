"""The first road in Google's name, each command a process of its own over TLS on loopback: calls, seconds, the longest silence.

    python tests/bench/bench_google.py

Wanted: a founding in at most 25 calls and 8 s, the first 22 papers in at most 8 s, `doctor` in less than 5 s, and no silence
longer than 10 s. The commands run in a terminal, so that what is drawn for a person counts as said. The quota is Google's:
60 reads and 60 writes of Sheets a minute, 325,000 units of Drive.
"""

from __future__ import annotations

import os
import pty
import resource
import select
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from google.oauth2 import service_account  # noqa: E402

from flows import settings  # noqa: E402
from flows.office import Faults  # noqa: E402
from flows.office.quota import Quota  # noqa: E402
from flows.workspace.session import google_session  # noqa: E402
from flows.workspace.space import over  # noqa: E402
from tests.front import DRIVE, SHEETS, Front, front  # noqa: E402
from tests.road import desk as desks  # noqa: E402

PAPERS, PAIRS = 22, 8
PLAN = [
    *desks.PLAN,
    ("3.1", "Разработка положения", "Сентябрь 2026", "Заведующий", "Положение о наставничестве"),
    ("3.2", "Сбор сведений", "Сентябрь 2026", "Куратор", "Реестр наставников"),
    ("3.3", "Встречи", "Сентябрь 2026", "Наставники", "График встреч пар"),
]
OF_MINE = ("--organisation", desks.SLUG, "--today", f"{desks.TODAY}")
WANTED = {"init": (25, 8.0), "prepare": (None, 8.0), "prepare again": (3, None), "doctor": (None, 5.0)}
SILENCE = 10.0


@dataclass(frozen=True)
class Took:
    """What a command took: seconds by the clock, seconds of the processor, the longest silence in seconds; and its words."""

    seconds: float
    worked: float
    silence: float
    said: str


def timed(google: Front, *words: str) -> Took:
    """Run a command in a terminal."""
    ours, theirs = pty.openpty()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = last = time.monotonic()
    silence, said = 0.0, b""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", *words],
        cwd=CHECKOUT, env=google.environment() | {"TERM": "xterm"}, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    while True:
        ready, _, _ = select.select([ours], [], [], 0.05)
        now = time.monotonic()
        silence = max(silence, now - last)
        try:
            piece = os.read(ours, 1 << 16) if ready else b""
        except OSError:  # the terminal of a process that ended
            process.wait()
            break
        if piece:
            said, last = said + piece, now
        elif process.poll() is not None:
            break
    os.close(ours)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.monotonic() - began, worked, silence, said.decode("utf-8", "replace"))


def measured(google: Front, quota: Quota, name: str, *words: str) -> bool:
    """Print the figures of a command; tell whether they are as wanted."""
    since, refused = len(google.history), quota.refused
    before = time.process_time()
    took = timed(google, *words)
    served, calls = time.process_time() - before, google.calls(since)
    most, longest = WANTED.get(name, (None, None))
    fine = (
        took.silence <= SILENCE
        and len(calls) <= (most or len(calls))
        and took.seconds <= (longest or took.seconds)
    )
    print(
        f"{name:14} обращений {len(calls):3}, отказов по квоте {quota.refused - refused}, {took.seconds:5.1f} с "
        f"(процессор {took.worked:.1f}, сервер {served:.1f}), дольше всего молчит {took.silence:4.1f} с"
        f"{'' if fine else '  ! не как обещано'}",
        flush=True,
    )
    if "Traceback" in took.said or "Error" in took.said:
        print(took.said)
    return fine


def main() -> int:
    """Found, prepare, repeat, look; print each. 1 when a figure is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, front(Path(folder)) as google:
        root, quota = google.shared_drive(), Quota()
        google.faults = Faults(quota)
        fine = [
            measured(google, quota, "init", "init", "--organisation", desks.SLUG, "--google", "--root", root)
        ]
        place = settings.load_home(Path(folder) / "home").place(desks.SLUG)
        key = service_account.Credentials.from_service_account_info(
            google.accounts.service_key(), scopes=(DRIVE, SHEETS)
        )
        google.faults = None
        with google.here():
            space = over(google_session(key, desks.Waiting()))
            desks.furnish(
                desks.Desk(google.office.root, google.office, space, place), PAIRS, unready=0, plan=PLAN
            )
        google.faults = Faults(quota)
        fine.append(measured(google, quota, "prepare", "prepare", *OF_MINE))
        made = sum(
            "Рабочая книга" not in str(each) for _, each in google.office.files() if each.suffix == ".docx"
        )
        print(f"{'':14} документов {made}, ожидалось {PAPERS}")
        fine.append(measured(google, quota, "prepare again", "prepare", *OF_MINE))
        fine.append(measured(google, quota, "doctor", "doctor"))
        return 0 if all(fine) and made == PAPERS and not google.broken else 1


if __name__ == "__main__":
    sys.exit(main())

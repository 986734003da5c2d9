"""LibreOffice, where it is installed: files of one kind made into files of another, all in one start (rendering reference §7).

What it opens may be a stranger's: each start has a profile of its own in which macros do not run and links load nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMES = ("soffice", "libreoffice")
# Where its installers lay it without telling the command line.
ON_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
ON_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)")
START, EACH = 60, 10  # seconds
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}
</oor:items>
"""
SETTING = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
# How links are renewed when a file opens: a text counts from «never», a table ends with it.
CAREFUL = (
    (SCRIPTING, "DisableMacrosExecution", "true"),
    (SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


def program() -> str:
    """Return where LibreOffice is, "" where it is not installed."""
    places = [shutil.which(name) for name in NAMES] + [str(path) for path in _places() if path.is_file()]
    return next((place for place in places if place), "")


def _places() -> Iterator[Path]:
    if sys.platform == "win32":
        for name in ON_WINDOWS:
            if os.environ.get(name):
                yield Path(os.environ[name]) / "LibreOffice" / "program" / "soffice.com"
    else:
        yield ON_MAC


def available() -> bool:
    """Tell whether LibreOffice is installed."""
    return bool(program())


def converted(files: Mapping[str, bytes], kind: str, into: str) -> dict[str, bytes]:
    """Make files of a `kind` («.docx») into another (`into`, «.pdf»), by name.

    What LibreOffice could not convert, or not in time, is simply not there.
    """
    with tempfile.TemporaryDirectory(prefix="nastavnik-office-") as folder:
        work = Path(folder)
        numbered = {f"{number:04d}": name for number, name in enumerate(files)}
        for stem, name in numbered.items():
            (work / f"{stem}{kind}").write_bytes(files[name])
        made = work / "made"
        command = [
            program(), f"-env:UserInstallation={_profile(work).as_uri()}", "--headless", "--norestore",
            "--convert-to", into.removeprefix("."), "--outdir", str(made),
        ]  # fmt: skip
        _run([*command, *(str(work / f"{stem}{kind}") for stem in numbered)], START + EACH * len(files))
        return {
            name: (made / f"{stem}{into}").read_bytes()
            for stem, name in numbered.items()
            if (made / f"{stem}{into}").exists()
        }


def _run(command: Sequence[str], seconds: int) -> None:
    """Run it until it ends or its time is over; what it started ends with it."""
    quiet = subprocess.DEVNULL
    with suppress(OSError):
        running = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                running.kill()
            else:
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _profile(work: Path) -> Path:
    """Make the profile of one start, with what it may not do."""
    settings = work / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS.format("\n".join(SETTING.format(*each) for each in CAREFUL)), "utf-8")
    return work / "profile"

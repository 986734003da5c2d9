"""Registered papers as PDF, in one batch, through LibreOffice where it is installed (rendering reference §7)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = "soffice"
START, EACH = 60, 10


def available() -> bool:
    """Tell whether LibreOffice is installed."""
    return shutil.which(PROGRAM) is not None


def converted(papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Convert .docx bytes by name. What LibreOffice could not convert, or not in time, is simply not there."""
    with tempfile.TemporaryDirectory(prefix="nastavnik-pdf-") as folder:
        work = Path(folder)
        numbered = {f"{number:04d}": name for number, name in enumerate(papers)}
        for stem, name in numbered.items():
            (work / f"{stem}.docx").write_bytes(papers[name])
        command = [
            PROGRAM,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(work),
        ]
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                [*command, *(str(work / f"{stem}.docx") for stem in numbered)],
                check=False, timeout=START + EACH * len(papers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return {
            name: (work / f"{stem}.pdf").read_bytes()
            for stem, name in numbered.items()
            if (work / f"{stem}.pdf").exists()
        }

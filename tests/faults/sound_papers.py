"""`python -m tests.faults.sound_papers --templates 1000`: made-up templates printed, each paper walked through, a sample opened in LibreOffice.

What must hold: 0 papers that Word would mend or refuse, 0 differences of words from docxtpl outside `MEANT`, refusals
only of what the template was given to be refused for, each with its place, and at most 5 % of them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pdfplumber

from tests.papers.agreement import MEANT, tried

PROGRAM = "soffice"
MOST_REFUSED = 5
TOLD_EVERY = 100


def opened(papers, folder):
    """Let LibreOffice make pages of papers; return the names of those of which it makes none."""
    for name, data in papers.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [
        PROGRAM, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
        *(str(folder / f"{name}.docx") for name in papers),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=False, timeout=60 + 10 * len(papers))
    return [name for name in papers if not pages(folder / f"{name}.pdf")]


def pages(file):
    if not file.exists():
        return 0
    with pdfplumber.open(file) as told:
        return len(told.pages)


def main() -> int:
    """Print from the templates; say the figures and every violation."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--templates", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--opened", type=int, default=40, help="сколько документов открыть в LibreOffice")
    told = asked.parse_args()
    if told.opened and not shutil.which(PROGRAM):
        print(
            "Нет LibreOffice: поставьте его (в Debian и Ubuntu: apt-get install libreoffice-writer) или укажите --opened 0."
        )
        return 2
    began, made, refused, wrong = time.monotonic(), {}, 0, []
    for at in range(told.templates):
        template, paper, found = tried(told.seed * 100_000 + at)
        refused += bool(template.refused)
        wrong += [f"{told.seed * 100_000 + at}: {each}" for each in found]
        if paper and len(made) < told.opened and at % 7 == 0:
            made[f"paper{at}"] = paper
        if (at + 1) % TOLD_EVERY == 0:
            print(
                f"{at + 1} шаблонов, отказов {refused}, нарушений {len(wrong)}, {time.monotonic() - began:.0f} с",
                flush=True,
            )
    with tempfile.TemporaryDirectory() as folder:
        wrong += [f"{name}: LibreOffice не открывает" for name in opened(made, Path(folder))] if made else []
    if refused * 100 > MOST_REFUSED * told.templates:
        wrong.append(f"отказов больше {MOST_REFUSED} %")
    print("\n".join(wrong) or f"Нарушений 0; намеренно отличается от docxtpl: {'; '.join(MEANT)}")
    print(f"Шаблонов {told.templates}, отказов {refused}, открыто в LibreOffice {len(made)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.faults.sound_papers --templates 1000`: made-up templates printed, each paper walked through, a sample opened in LibreOffice.

What must hold: 0 papers that Word would mend or refuse, 0 differences of words from docxtpl outside `MEANT`, refusals
only of what the template was given to be refused for, each with its place, and at most 5 % of them.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import zipfile

from flows import libreoffice, settings
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.papers import render
from tests.papers.agreement import MEANT, tried
from tests.papers.walker import Walk

MOST_REFUSED = 5
CHARTED = ("note.monitoring", "plan.fact", "report.final", "report.survey")
TOLD_EVERY = 100


def opened(seed, count):
    """Let LibreOffice make pages of papers of small templates and of papers with charts.

    Return how many it was given, and the seeds or kinds it did not open.
    """
    papers = {str(at): tried(at, 1)[1] for at in range(seed, seed + count)}
    papers = {name: paper for name, paper in papers.items() if paper and not _beyond(paper)} | charted()
    made = libreoffice.converted(papers, ".docx", ".pdf")
    return len(papers), sorted(papers.keys() - made.keys())


def charted():
    """Papers with charts of every kind that papers show, by their kinds."""
    made = {}
    for kind in CHARTED:
        told = requisites(BUILDERS[kind](specimen(kind, SUBJECTS[kind])), draft="ПР-2026-001")
        made[kind] = render(settings.template(f"{kind}.docx"), told)
    return made


def _beyond(paper):
    """Tell what LibreOffice 7.4 opens from nobody: a note with a content control in it."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        return any(b"<w:sdt>" in package.read(name) for name in package.namelist() if "notes" in name)


def main() -> int:
    """Print from the templates; say the figures and every violation."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--templates", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--opened", type=int, default=40, help="сколько документов открыть в LibreOffice")
    told = asked.parse_args()
    if told.opened and not libreoffice.available():
        print(
            "Нет LibreOffice: поставьте его (в Debian и Ubuntu: apt-get install libreoffice-writer) или укажите --opened 0."
        )
        return 2
    began, refused, wrong = time.monotonic(), 0, []
    for at in range(told.templates):
        template, _, found = tried(told.seed * 100_000 + at)
        refused += bool(template.refused)
        wrong += [f"{told.seed * 100_000 + at}: {each}" for each in found]
        if (at + 1) % TOLD_EVERY == 0:
            print(
                f"{at + 1} шаблонов, отказов {refused}, нарушений {len(wrong)}, {time.monotonic() - began:.0f} с",
                flush=True,
            )
    for kind, paper in charted().items():
        walk = Walk(paper)
        wrong += [f"{kind}: {each}" for each in walk.faults()] + (
            [] if walk.charts else [f"{kind}: рисунка нет"]
        )
    shown, torn = opened(told.seed * 100_000, told.opened) if told.opened else (0, [])
    wrong += [f"{at}: LibreOffice не открывает" for at in torn]
    if refused * 100 > MOST_REFUSED * told.templates:
        wrong.append(f"отказов больше {MOST_REFUSED} %")
    print("\n".join(wrong) or f"Нарушений 0; намеренно отличается от docxtpl: {'; '.join(MEANT)}")
    print(
        f"Шаблонов {told.templates}, отказов {refused}, открыто в LibreOffice {shown - len(torn)} из {shown}"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

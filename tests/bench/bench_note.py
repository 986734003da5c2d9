"""Time a whole note for 40 pairs, 1,000 meetings and 500 answers: `.venv/bin/python tests/bench/bench_note.py`.

The year is the invented one with twelve facts planted, three earlier notes kept. Timed are: the book's rows understood (answers read
among them), the note counted and written, the paper printed with its charts.
Processor seconds, so that a busy machine says the same.
"""

import io
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

import docx  # noqa: E402

from flows import settings  # noqa: E402
from flows.domain.documents.builders import BUILDERS  # noqa: E402
from flows.domain.documents.common import FIGURES, requisites  # noqa: E402
from flows.papers import render  # noqa: E402
from tests.monitoring import planted_facts, planted_notes, planted_years  # noqa: E402

LIMIT = 3.0


def main():
    """Print the seconds and fail when the note takes longer than it may."""
    year = planted_years.year(1)
    planted_facts.planted(year, planted_facts.TWELVE)
    kept = planted_notes.kept_of(year)
    template = settings.template(settings.catalogue()[planted_notes.KIND].template)
    start = time.process_time()
    facts = planted_notes.understood(year, planted_years.MAY, kept)
    read = time.process_time()
    told = {name: value for name, value in BUILDERS[planted_notes.KIND](facts).items() if name != FIGURES}
    written = time.process_time()
    paper = render(template, requisites(told, draft="ПР-2027-001"))
    printed = time.process_time()
    answers = len(facts.evidence.answers)
    print(f"{len(year.units)} pairs, {len(facts.meetings)} meetings, {answers} answers: {len(told['разделы'])} sections, {len(told['рисунки'])} charts, {len(docx.Document(io.BytesIO(paper)).paragraphs)} paragraphs")  # fmt: skip
    print(f"understood {read - start:.2f} s, counted and written {written - read:.2f} s, printed {printed - written:.2f} s")  # fmt: skip
    total = printed - read
    print(f"the note counted, written and printed: {total:.2f} s of {LIMIT:.0f} s allowed")
    return int(total > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

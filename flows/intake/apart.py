"""A heavy file parsed in a child process: it gets bytes, gives back grids, and is stopped when it takes too long or too much.

Parsers of strangers' formats are not ours, and a file of some KB can keep one busy for an hour. On Windows only the
time is bounded. The child is `flows.intake.child`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.domain.periods import Period
from flows.intake import limits
from flows.intake.document import Document, GridCell, Merge

if TYPE_CHECKING:
    from flows.intake.guards import Refusal

ROOT = Path(__file__).resolve().parents[2]
STOPPED: Refusal = (
    "file-huge",
    "Файл читался слишком долго или занял слишком много памяти, чтение остановлено. Оставьте в нём только таблицу дорожной карты и повторите.",
)


def parsed_apart(data: bytes, kind: str) -> Document | Refusal:
    """Parse a file in a child: its document, or why it cannot be read."""
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows.intake.child", kind],
            input=data,
            capture_output=True,
            timeout=limits.MOST_SECONDS,
            check=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        return _unwrapped(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError, OSError):
        return STOPPED


def wrapped(document: Document | Refusal) -> dict[str, Any]:
    """Spell what the child has read, or why it could not, as JSON."""
    if not isinstance(document, Document):
        return {"refusal": document}
    period = document.period
    return {
        "title": document.title,
        "organisation": document.organisation,
        "period": [period.start.isoformat(), period.end.isoformat()] if period else None,
        "tables": [
            [[(cell.text, cell.merge.value) for cell in row] for row in grid] for grid in document.tables
        ],
        **{
            name: list(getattr(document, name))
            for name in ("stamps", "names", "captions", "notes", "unvalued")
        },
    }


def _unwrapped(answer: dict[str, Any]) -> Document | Refusal:
    if "refusal" in answer:
        code, sentence = answer["refusal"]
        return str(code), str(sentence)
    period = Period(*map(date.fromisoformat, answer["period"])) if answer["period"] else None
    tables = tuple(
        tuple(tuple(GridCell(text, Merge(merge)) for text, merge in row) for row in grid)
        for grid in answer["tables"]
    )
    names, captions, notes = (tuple(answer[name]) for name in ("names", "captions", "notes"))
    unvalued = tuple((tab, address) for tab, address in answer["unvalued"])
    stamps = tuple(answer["stamps"])
    return Document(
        answer["title"], answer["organisation"], period, stamps, tables, names, captions, notes, unvalued
    )

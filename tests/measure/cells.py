"""The files of a set: what stands in them, and how two texts are held to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

HERE = Path(__file__).parent
OPENED, HELD = "opened", "held"
NEW_LINE, OR = "⏎", " | "
REFUSE = "refuse"


class Verdict(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    SILENT = "silent"  # another answer than the truth, and nothing says so
    REFUSED = "refused"  # nothing was answered, or a mark that stops goes with the answer


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell measured; `shown`, `wanted` and `answer` are what `--show` prints."""

    place: str
    shown: str
    wanted: str
    answer: str
    verdict: Verdict


def path(name: str, part: str) -> Path:
    """Return the file of the set `name` in the part `opened` or `held`."""
    return HERE / part / f"{name}.txt"


def lines(name: str, part: str) -> list[tuple[str, list[str]]]:
    """Return the cells of a set that has one a line: where each stands, and its fields."""
    file = path(name, part)
    rows = enumerate(file.read_text("utf-8").splitlines(), 1)
    return [
        (f"{part}/{file.name}:{at}", row.replace(NEW_LINE, "\n").split("\t"))
        for at, row in rows
        if row.strip() and not row.startswith("#")
    ]


def blocks(name: str, part: str) -> list[tuple[str, list[str]]]:
    """Return the blocks of a set that has several lines to a cell: where each begins, and its lines."""
    file = path(name, part)
    found: list[tuple[str, list[str]]] = []
    fresh = True
    for at, row in enumerate(file.read_text("utf-8").splitlines(), 1):
        if row.startswith("#"):
            continue
        if not row.strip():
            fresh = True
        elif fresh:
            found.append((f"{part}/{file.name}:{at}", [row]))
            fresh = False
        else:
            found[-1][1].append(row)
    return found


def same(text: str) -> str:
    """Fold what does not count: ё, kinds of blanks, a blank more or less."""
    return re.sub(r"\s+", " ", text.replace("ё", "е").replace("Ё", "Е")).strip()


def shown(text: str) -> str:
    """Put a cell on one line."""
    return text.replace("\n", NEW_LINE)

"""Whom the witness looks at: the demonstration's organisations and roadmaps of a folder, with their days."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows import demo, settings
from tests.witness.still import ran

if TYPE_CHECKING:
    from pathlib import Path

ROADMAPS = settings.CHECKOUT / "tests" / "roadmaps"
READABLE = ("raduga",)
DEMO_DAYS = (date(2026, 10, 1), date(2026, 12, 10), date(2027, 3, 15), date(2027, 5, 28))
UNDATED = (date(2026, 9, 1), date(2027, 8, 31))
EARLY = timedelta(days=150)
SUMMER = 7


@dataclass(frozen=True)
class Organisation:
    """An organisation to look at: its title, the files it brings, four days; `bare` ones are furnished by hand."""

    name: str
    title: str
    files: tuple[Path, ...]
    days: tuple[date, ...]
    bare: bool
    number: int


def of_the_demonstration() -> list[Organisation]:
    """Give the demonstration's three."""
    samples = settings.CONFIG / "samples"
    return [
        Organisation(
            name, title, tuple(sorted((samples / name).glob("*.*x"), reverse=True)), DEMO_DAYS, False, at
        )
        for at, (name, title) in enumerate(demo.SAMPLES.items())
    ]


def of_roadmaps(folder: Path) -> list[Organisation]:
    """Give one organisation for each roadmap of a folder, named after the file."""
    files = sorted(each for each in folder.iterdir() if each.suffix in {".docx", ".txt"})
    stems = [each.stem for each in files]
    names = [each.stem if stems.count(each.stem) == 1 else f"{each.stem}-{each.suffix[1:]}" for each in files]
    return [
        Organisation(name, "МБДОУ № 200 «Теремок»", (file,), days_within(*period_of(file)), True, at)
        for at, (name, file) in enumerate(zip(names, files, strict=True), len(demo.SAMPLES))
    ]


def period_of(file: Path) -> tuple[date, date]:
    """Ask the program for the period of a roadmap; one without dates gets a school year."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        ran(["nastavnik", "read", str(file), "--json"])
    period = json.loads(printed.getvalue())["period"]
    return (date.fromisoformat(period["start"]), date.fromisoformat(period["end"])) if period else UNDATED


def days_within(start: date, end: date) -> tuple[date, ...]:
    """Choose four days: early in a long plan, then through its last whole school year."""
    years = [
        year
        for year in range(start.year, end.year)
        if start <= date(year, 9, 1) and date(year + 1, 5, 31) <= end
    ]
    if not years:
        return tuple(start + (end - start) * part // 5 for part in range(1, 5))
    last, early = years[-1], start + EARLY
    middle = early if early < date(last, 9, 1) else date(last + 1, 3, 15)
    return tuple(sorted((date(last, 9, 20), date(last, 12, 10), middle, date(last + 1, 5, 31))))


def school_year(day: date) -> str:
    """Spell the school year of a day as the card does."""
    first = day.year if day.month > SUMMER else day.year - 1
    return f"{first}-{first + 1}"

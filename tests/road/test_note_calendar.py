"""A clock driven over the whole plans of the samples: each note appears on its day, once, and then is left alone.

The suite looks at the days around each opening and closing; `python -m tests.road.test_note_calendar` at every day.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import demo, doors, settings, work
from flows.domain.model import Origin, Row
from flows.domain.planning.due import opens, windows_of
from flows.domain.register.life import Action
from flows.domain.tabs import NOTE_FIGURES
from flows.office import InProcess, Office
from flows.work.bringing import bring
from flows.work.founding import found
from flows.workspace.drive import Entry
from flows.workspace.session import office_session
from flows.workspace.sheets import SheetCell
from flows.workspace.space import over

CALENDARS = Path(__file__).parent / "calendars"
FIRST, LAST = date(2026, 7, 1), date(2029, 8, 31)
NOTES = {kind.id: kind for kind in settings.catalogue().values() if kind.closes} | {
    "order.monitoring": replace(settings.catalogue()["order.monitoring"], closes=True)
}


@dataclass
class Story:
    """One paper: the day it appeared, its title, how often and until when it was renewed, whether it came late."""

    made: date
    title: str
    basis: str
    renewed: list[date] = field(default_factory=list)


def looked(root, slug):
    """A founded sample as one look sees it, without anything made; only monitoring papers are wanted."""
    supplies = doors.supplies(date(2027, 6, 1))
    supplies = replace(
        supplies,
        pdf=None,
        kinds={
            name: replace(kind, made=kind.made and name in NOTES) for name, kind in supplies.kinds.items()
        },
    )
    office = Office(root)
    try:
        space = over(office_session(InProcess(office)))
        place, _ = found(
            space, settings.Home(root), settings.Place(slug), demo.SAMPLES[slug], supplies, lambda _: None
        )
        for name in ("Участники.xlsx", "Дорожная карта.docx"):
            bring(space, place, settings.CONFIG / "samples" / slug / name, supplies)
        errand = work.Errand(space, place, FIRST, supplies)
        return work.look(errand), errand
    finally:
        office.close()


def every_day():
    """Every day of the plans."""
    return [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days)]


def telling_days(seen, errand):
    """The days around each opening and closing, a day a week while a window is open, a day a month besides."""
    facts, supplies = work.think(errand, seen).understood.facts, errand.supplies
    spans = {
        (opens(window, NOTES[kind], supplies.days_off), window.end)
        for row in facts.activities
        for kind in NOTES.keys() & set(row.documents)
        for window in windows_of(row, facts, NOTES[kind], supplies.days_off)
    }
    near = {edge + timedelta(days=at) for span in spans for edge in span for at in (-1, 0, 1)}
    return [
        day
        for day in every_day()
        if day in near
        or day.day == 15
        or (day.weekday() == 0 and any(start <= day <= end for start, end in spans))
    ]


def filed(seen, step, title, number):
    """The look after a paper was filed: its row in the register and its file as we left it."""
    table = seen.book.tables["Документы"]
    cells = {
        "⚙ Ключ": step.key, "Версия": step.version, "Заголовок": title, "Состояние": "проект", "⚙ ID файла": f"f{number}", "⚙ SHA данных": step.fingerprint,
        "⚙ MD5 файла": f"m{number}", "№ проекта": f"ПР-2026-{number:03d}", "Основание": "; ".join(step.planned.basis),
    }  # fmt: skip
    rows = [row for row in table.rows if row.text("⚙ Ключ") != step.key]
    rows.append(Row(Origin(seen.book.snapshot.title, "Документы", 2 + len(rows)), "", cells))
    book = replace(
        seen.book,
        snapshot=remembered(seen.book.snapshot, step),
        tables={**seen.book.tables, "Документы": replace(table, rows=tuple(rows))},
    )
    entry = Entry(f"f{number}", "x.docx", "", place_of(seen), trashed=False, md5=f"m{number}")
    return replace(seen, book=book, entries={**seen.entries, entry.id: entry})


def remembered(snapshot, step):
    """The workbook with a paper's figures kept beside those of the others, as a run keeps them."""
    sheet = snapshot.sheet(NOTE_FIGURES)
    others = tuple(row for row in sheet.cells if row[0].value != step.key)
    mine = tuple(map(SheetCell, (step.key, "1", step.planned.kept)))
    kept = replace(sheet, cells=(*others, *((mine,) if step.planned.kept else ())))
    return replace(snapshot, sheets=tuple(kept if each is sheet else each for each in snapshot.sheets))


def place_of(seen):
    return next(iter(seen.entries), "")


def calendar_of(slug, root, days=None):
    """Drive the clock: what a look calls for is filed; the calendar as text."""
    seen, errand = looked(root, slug)
    story: dict[str, Story] = {}
    for today in days or telling_days(seen, errand):
        for step in work.think(replace(errand, today=today), seen).steps:
            assert step.action in {Action.CREATE, Action.RENEW, Action.KEEP}, (today, step.key, step.reason)
            if step.action is Action.KEEP:
                continue
            if step.action is Action.CREATE:
                assert step.key not in story
                story[step.key] = Story(today, step.planned.title, "; ".join(step.planned.basis))
            else:
                assert today <= step.planned.due.end
                story[step.key].renewed.append(today)
            seen = filed(seen, step, step.planned.title, 1 + list(story).index(step.key))
    return "".join(
        f"{each.made:%d.%m.%Y}  {key.split('/', 1)[1]}  ({each.basis})\n            {each.title}{f'; обновлено {each.renewed[-1]:%d.%m.%Y}' if each.renewed else ''}\n"
        for key, each in story.items()
    )


@pytest.mark.long
@pytest.mark.parametrize("slug", demo.SAMPLES)
def test_a_clock_over_the_whole_plan_makes_each_note_on_its_day_once(slug, tmp_path):
    told = calendar_of(slug, tmp_path)
    assert told == (CALENDARS / f"{slug}.txt").read_text("utf-8"), told


if __name__ == "__main__":
    for name in demo.SAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            told = calendar_of(name, Path(folder), every_day())
        print(f"{demo.SAMPLES[name]}: каждый день с {FIRST:%d.%m.%Y} по {LAST:%d.%m.%Y}\n{told}")
        assert told == (CALENDARS / f"{name}.txt").read_text("utf-8")

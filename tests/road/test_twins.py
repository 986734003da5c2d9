"""Five roadmaps of the shapes real organisations use, each brought into a book and prepared: their traps come out in «Проверка»."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.work.bringing import bring
from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.roadmaps.test_twins import COUNTS, TRAPS

TWINS = Path(__file__).parents[1] / "roadmaps"
DAYS = {"kindergarten": date(2024, 12, 10), "house": date(2023, 10, 16), "district": date(2023, 3, 1), "unit": date(2022, 11, 15), "dateless": date(2026, 12, 10)}
BODIES = {"district": {"Краткое наименование": "Отдел образования Заречного района", "Полное наименование": "Отдел образования администрации Заречного района"}}
OF_THE_FILE = {"no-term-column": "no-dates"}


def lines(desk):
    return {str(cells[0]).removesuffix(" *"): row for row, cells in reading.lines(desk.book()) if cells and cells[0]}


def fill_card(desk, year, **own):
    """Fill what the file could not tell."""
    sheet = desk.book().snapshot.sheet("Настройки")
    told = {**desks.CARD, "Учебный год": year, **own}
    del told["Название дорожной карты"]
    at = lines(desk)
    requests = changes(sheet, {(at[name] - 1, 1): value for name, value in told.items() if not sheet.at(at[name] - 1, 1).value})
    desk.space.sheets.batch(desk.place.book, requests)


def pairs(desk, day):
    first = day.year if day.month >= 9 else day.year - 1
    for at in range(2):
        desks.add_pair(desk, at, start=date(first, 9, 20))
        desk.type_cells("Наставники", at + 2, {"Дата согласия быть наставником": date(first, 9, 7)})
        desk.type_cells("Пары", at + 2, {"Дата окончания": date(first + 1, 5, 31), "Дата доп. соглашения": date(first, 9, 10)})
    return f"{first}-{first + 1}"


@pytest.mark.parametrize("twin", COUNTS)
def test_a_roadmap_is_brought_in_prepared_and_its_traps_are_asked_about(empty, twin):
    path, day = TWINS / f"{twin}.txt", DAYS[twin]
    told = bring(empty.space, empty.place, path, desks.supplies(), day)
    assert told.added == {"Дорожная карта": COUNTS[twin]}
    year = pairs(empty, day)
    fill_card(empty, year, **BODIES.get(twin, {}))
    report = empty.run(day)
    assert {"order.pairs", "program.personal"} <= {each.key.split("/")[1] for each in report.made}
    found = set(empty.findings())
    assert {OF_THE_FILE.get(code, code) for code in TRAPS[twin]} <= found
    since = empty.now
    again = bring(empty.space, empty.place, path, desks.supplies(), day)
    assert (again.written, empty.run(day).written, empty.writes(since)) == (False, False, 0)

"""A registered programme and plan of meetings are plans: meetings, marks, results and days off that come later do not touch them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from flows.work import prepare
from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.road.desk import TODAY, supplies
from tests.road.test_registering import beside, register

KINDS = ("order.pairs", "program.personal", "plan.meetings")
PLANS = KINDS[1:]
CALLED = ("1.5", "Встречи пар", "Сентябрь 2026", "Наставники", "План встреч")


def run(desk, today=TODAY):
    return prepare(desk.space, desk.place, today, supplies(today, KINDS))


def begun(desk):
    """A desk whose first pair meets twice a month and whose plans are registered."""
    desk.type_cells("Дорожная карта", 7, dict(zip(desks.ROADMAP, CALLED, strict=True)))
    for row in (2, 3):
        desk.type_cells("Пары", row, {"Встреч в месяц": 2})
    run(desk)
    for number, kind in enumerate(KINDS, 30):
        register(desk, **{kind.replace(".", "_", 1): (str(number), TODAY)})
    run(desk)


@pytest.fixture(scope="module")
def registered(furnished, tmp_path_factory):
    return desks.lived(furnished, tmp_path_factory.mktemp("plans"), begun)


@pytest.fixture
def desk(registered, tmp_path):
    with desks.of(registered, tmp_path) as opened:
        yield opened


def proposed(desk, row):
    """The days that a paper's plan only proposes."""
    found = re.findall(r"(\d\d\.\d\d\.\d{4})\*", desk.text(row))
    assert len(found) > 10
    return found


def as_day(text):
    day, month, year = map(int, text.split("."))
    return date(year, month, day)


def day_off(desk, day):
    """Type a day off of the organisation's own into the block of `Настройки`."""
    lines = reading.lines(desk.book())
    at = next(row for row, cells in lines if cells and cells[0] == "Нерабочие дни")
    sheet = desk.book().snapshot.sheet("Настройки")
    desk.space.sheets.batch(desk.place.book, changes(sheet, {(at + 1, 0): day}))


def test_a_draft_takes_what_was_typed_in_the_place_of_a_proposed_day_and_leaves_days_off_free(desk):
    row = next(each for each in desk.register() if each.kind == "program.personal" and not each.registered)
    first, second = map(as_day, proposed(desk, row)[-2:])
    desk.type_cells(
        "Встречи", 2, {"Пара": row.parts.subject, "Дата по плану": first, "Тема": "Открытое занятие"}
    )
    day_off(desk, second)
    run(desk)
    told = desk.text(next(each for each in desk.register() if each.key == row.key))
    assert f"{first:%d.%m.%Y} Открытое занятие" in told
    assert f"{second:%d.%m.%Y}" not in told


def test_what_comes_after_registration_touches_no_plan(desk):
    finals = {kind: desk.filed(kind, "зарегистрирован") for kind in PLANS}
    kept = {kind: desk.file(row).read_bytes() for kind, row in finals.items()}
    code = finals["program.personal"].parts.subject
    last = proposed(desk, finals["program.personal"])[-1]
    desk.meet(2, date(2026, 12, 22), Пара=code)
    desk.type_cells(
        "Встречи", 3, {"Пара": code, "Дата по плану": date(2027, 2, 5), "Тема": "Открытое занятие"}
    )
    row = int(code[-1]) + 1
    desk.type_cells("Наставляемые", row, {"Дефициты": "планирование – 4 – 9"})
    day_off(desk, as_day(last))
    run(desk, date(2027, 1, 20))
    assert {kind: desk.file(desk.filed(kind, "зарегистрирован")).read_bytes() for kind in PLANS} == kept
    assert {kind: beside(desk, kind) for kind in PLANS} == dict.fromkeys(PLANS, "")
    since = desk.now
    assert not run(desk, date(2027, 1, 20)).written
    assert desk.writes(since) == 0

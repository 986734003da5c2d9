"""Five roadmaps of the shapes real organisations use, each brought into a book and prepared: their traps come out in «Проверка»."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from flows import telling
from flows.domain.book import trifles
from flows.work.bringing import bring
from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.roadmaps.test_twins import COUNTS, TRAPS

TWINS = Path(__file__).parents[1] / "roadmaps"
DAYS = {
    "kindergarten": date(2024, 12, 10),
    "house": date(2023, 10, 16),
    "district": date(2023, 3, 1),
    "unit": date(2022, 11, 15),
    "dateless": date(2026, 12, 10),
}
BODIES = {
    "district": {
        "Краткое наименование": "Отдел образования Заречного района",
        "Полное наименование": "Отдел образования администрации Заречного района",
    }
}
OF_THE_FILE = {"no-term-column": "no-dates"}


def lines(desk):
    return {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }


def fill_card(desk, year, **own):
    """Fill what the file could not tell."""
    sheet = desk.book().snapshot.sheet("Настройки")
    told = {**desks.CARD, "Учебный год": year, **own}
    del told["Название дорожной карты"]
    at = lines(desk)
    requests = changes(
        sheet,
        {(at[name] - 1, 1): value for name, value in told.items() if not sheet.at(at[name] - 1, 1).value},
    )
    desk.space.sheets.batch(desk.place.book, requests)


def causes_in(text):
    """The marks of the causes that a report shows, in their order."""
    return re.findall(r"^ *([■?·]) ", text, re.MULTILINE)


def pairs(desk, day):
    first = day.year if day.month >= 9 else day.year - 1
    for at in range(2):
        desks.add_pair(desk, at, start=date(first, 9, 20))
        desk.type_cells("Наставники", at + 2, {"Дата согласия быть наставником": date(first, 9, 7)})
        desk.type_cells(
            "Пары",
            at + 2,
            {"Дата окончания": date(first + 1, 5, 31), "Дата доп. соглашения": date(first, 9, 10)},
        )
    return f"{first}-{first + 1}"


@pytest.mark.sampled
@pytest.mark.parametrize("twin", COUNTS)
def test_a_roadmap_is_brought_in_prepared_and_its_traps_are_asked_about(empty, twin, capsys):
    path, day = TWINS / f"{twin}.txt", DAYS[twin]
    told = bring(empty.space, empty.place, path, desks.supplies(), day)
    assert told.added == {"Дорожная карта": COUNTS[twin]}
    year = pairs(empty, day)
    fill_card(empty, year, **BODIES.get(twin, {}))
    report = empty.run(day)
    assert {"order.pairs", "program.personal"} <= {each.key.split("/")[1] for each in report.made}
    found = set(empty.findings())
    traps = {OF_THE_FILE.get(code, code) for code in TRAPS[twin]}
    assert {trifles.CODE if code in trifles.NAMES else code for code in traps} <= found
    capsys.readouterr()
    telling.brought(told)
    for shown in (causes_in(capsys.readouterr().out), causes_in(desks.printed(report))):
        assert 0 < len(shown) <= 12
        assert shown == sorted(shown, key="■?·".index)
    weights = [row.text("Важность") for row in empty.rows("Проверка")]
    assert weights == sorted(weights, key=["стоп", "вопрос", "заметка"].index)
    since = empty.now
    again = bring(empty.space, empty.place, path, desks.supplies(), day)
    assert (again.written, empty.run(day).written, empty.writes(since)) == (False, False, 0)


def edited(path, target, *swaps):
    """Copy a twin with some of its text changed, as a new version of the file."""
    text = path.read_text("utf-8")
    for old, new in swaps:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    target.write_text(text, "utf-8")
    return target


RESPONSIBLE = "\tЗаведующий детским садом, заместитель заведующего, старшие воспитатели\n"
FOURTH = (
    "\n\t1.4\n\tПодготовка внутренних документов, без которых наставничество не начать\n\tЛокальные акты\n\tМай- Август 2023\n"
    + RESPONSIBLE
)
NEWS = "\n\t2.1.\n\tПополнение раздела сайта новостями"
LEFT_OUT = (
    "\n\t3.1.\n\tПодготовка всего нужного для начала работы\n\tНормативное обеспечение, методическая литература, рабочие места наставников\n\tИюнь- август 2023\n"
    + RESPONSIBLE
)
ADDED = "\n\t1.4\n\tСбор согласий тех, кто будет наставником\n\tСогласия\n\tИюль 2023\n" + RESPONSIBLE


def test_an_edited_roadmap_brought_in_again_changes_only_what_was_edited(empty, tmp_path):
    path, day = TWINS / "kindergarten.txt", DAYS["kindergarten"]
    bring(empty.space, empty.place, path, desks.supplies(), day)
    fill_card(empty, pairs(empty, day))
    empty.run(day)
    before = {row.code: row for row in empty.rows("Дорожная карта")}
    own = next(
        row for row in before.values() if row.text("Мероприятие").startswith("Оценка пользы наставничества")
    )
    empty.type_cells(
        "Дорожная карта", own.origin.row, {"Статус": "в работе", "Ответственный": "Громова Т.И."}
    )
    keys = {row.key for row in empty.register()}
    file = edited(
        path, tmp_path / "kindergarten.txt", (FOURTH, ADDED + FOURTH.replace("1.4\n", "1.5\n")), (NEWS, NEWS.replace("2.1.", "2.1а")), (LEFT_OUT, ""),
        ("[bookmark: _GoBack]Сентябрь-октябрь 2024", "[bookmark: _GoBack]Ноябрь 2024"), ("Составление общей программы наставничества", "Составление единой программы наставничества"),
    )  # fmt: skip
    told = bring(empty.space, empty.place, file, desks.supplies(), day)
    after = {row.code: row for row in empty.rows("Дорожная карта")}
    moved = {
        code: [
            header
            for header in row.cells
            if row.text(header) != after[code].text(header) and not header.startswith("⚙")
        ]
        for code, row in before.items()
        if row.code
    }
    assert {before[code].text("Мероприятие")[:20]: headers for code, headers in moved.items() if headers} == {
        "Подготовка внутренни": ["№ п/п"], "Пополнение раздела с": ["№ п/п"], "Выбор способа, котор": ["Срок (как в документе)"],
        "Составление общей пр": ["Мероприятие"], "Оценка пользы настав": ["Ответственный", "Статус"],
    }  # fmt: skip
    assert [row.text("№ п/п") for row in empty.rows("Дорожная карта")][3:5] == ["1.4", "1.5"]
    assert told.added == {"Дорожная карта": 1}
    assert told.vanished == ("п. 3.1",)
    empty.run(day)
    assert keys <= {row.key for row in empty.register()}
    assert empty.findings()["not-in-file"] == ["заметка"]
    assert (bring(empty.space, empty.place, file, desks.supplies(), day).written, empty.run(day).written) == (
        False,
        False,
    )

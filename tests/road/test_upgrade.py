"""A book that an older program made: brought up to date by the next run, and never touched by a program older than itself."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from flows import settings
from flows.domain.errors import Misconfigured
from flows.work import prepare
from flows.work.founding import found
from flows.workspace import reading, workbook
from tests.road import desk as desks
from tests.road.desk import SLUG, TODAY

ADOPTED = "Что принято"
NEW_TABS = ("Анкеты", "Карта оценки", "Кадровые события", "Затруднения", "_справки")


def first_schema():
    """The layout as the first version had it."""
    now = settings.book_layout()
    tabs = tuple(
        replace(tab, columns=tuple(each for each in tab.columns if each.since == 1))
        for tab in now.tabs
        if tab.title not in NEW_TABS
    )
    lines = tuple(each for each in now.organisation if each.since == 1)
    blocks = {title: columns[:5] for title, columns in now.blocks.items()}
    return replace(now, schema=1, tabs=tabs, organisation=lines, blocks=blocks)


@pytest.fixture
def old(tmp_path):
    """A furnished organisation whose book was made by the first version."""
    root = tmp_path / "home"
    root.mkdir()
    with desks.opened(root, settings.Place(SLUG)) as desk:
        supplies = replace(desks.supplies(), layout=first_schema())
        desk.place, _ = found(
            desk.space, settings.Home(root), desk.place, "МБДОУ № 200 «Теремок»", supplies, lambda _: None
        )
        desks.furnish(desk)
        yield desk


def test_a_run_adds_what_the_new_schema_brought_and_leaves_what_people_typed(old):
    white = desks.white_cells(old.xlsx())
    assert not set(NEW_TABS) & set(openpyxl.load_workbook(old.xlsx()).sheetnames)
    report = old.run()
    assert len(report.made) == 6
    assert report.stops[0].code == "pair-not-ready"
    fresh = {(line.name, "", line.hint) for line in settings.book_layout().organisation if line.since > 1}
    now = desks.white_cells(old.xlsx())
    told = [row for row in now["Настройки"] if tuple(cell or "" for cell in row) not in fresh]
    now["Настройки"] = [row[:5] if row[5:] == (ADOPTED,) else row for row in told]
    assert now == white
    assert set(NEW_TABS) <= set(openpyxl.load_workbook(old.xlsx()).sheetnames)
    assert not workbook.migrations(old.space.sheets.read(old.place.book), settings.book_layout())
    assert not old.run().written


@pytest.mark.spare("test_a_run_adds_what_the_new_schema_brought_and_leaves_what_people_typed")
def test_an_older_book_gets_a_place_for_what_a_council_adopted_and_for_who_ends_a_pair(old):
    old.run()
    book = openpyxl.load_workbook(old.xlsx())
    lines = [[cell.value for cell in row] for row in book["Настройки"].iter_rows()]
    heads = next(lines[at + 1] for at, line in enumerate(lines) if line[0] == "Педсоветы")
    assert heads == ["№", "Дата", "Тема", "Протокол №", "Дата протокола", ADOPTED]
    assert lines[0][5] == "Ещё 4"
    headers = [cell.value for cell in book["Пары"][1]]
    assert {"Кто прекращает", "Планируемые результаты", "Формы работы", "Выполнение задач"} <= set(headers)


def test_looking_alone_does_not_bring_a_book_up_to_date(old):
    since = old.now
    old.run(dry_run=True)
    assert old.writes(since) == 0


def test_a_program_older_than_the_book_refuses_it(desk):
    desk.run()
    since = desk.now
    with pytest.raises(Misconfigured, match="Обновите программу"):
        prepare(desk.space, desk.place, TODAY, replace(desks.supplies(), layout=first_schema()))
    assert desk.writes(since) == 0


def test_people_may_write_their_own_words_where_the_list_only_hints(desk):
    desk.type_cells(
        "Анкеты",
        2,
        {
            "Анкета": "Ответы на форму (1)",
            "Вопрос": "Вам комфортно?",
            "Показатель": "варианты: да; нет",
            "Волна": "вход",
        },
    )
    assert [row.text("Показатель") for row in desk.rows("Анкеты")] == ["варианты: да; нет"]


def test_new_lines_of_the_settings_come_under_the_others_and_move_nothing_out_of_its_block(old):
    before = [cells for _, cells in reading.lines(old.book()) if any(cells)]
    old.run()
    after = [cells for _, cells in reading.lines(old.book()) if any(cells)]
    fresh = [line.name for line in settings.book_layout().organisation if line.since > 1]
    told = [[*cells[:5], None] if cells[5] == ADOPTED else cells for cells in after]
    assert [cells for cells in told if cells[0] not in fresh] == before
    names = [cells[0] for cells in after]
    assert fresh
    assert names[names.index("Педсоветы") - len(fresh) : names.index("Педсоветы")] == fresh

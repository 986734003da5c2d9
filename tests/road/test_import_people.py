"""Lists of people brought into the book from files as schools keep them; every name is invented."""

from __future__ import annotations

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from requests.adapters import BaseAdapter

from flows import cli, console, settings
from flows.office import InProcess
from flows.work.bringing import bring
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road import hands

ZIMINA, LESKOV, OSIPOVA, YUDINA = (
    "Зимина Ольга Петровна",
    "Лесков Пётр Ильич",
    "Осипова Дарья Олеговна",
    "Юдина Вера Павловна",
)
MENTORS, MENTEES, PAIRS = "Наставники", "Наставляемые", "Пары"


def table(path, *sheets):
    """Write a workbook; a sheet is its title, its rows, and perhaps what is done to it at the end."""
    book = openpyxl.Workbook()
    for title, rows, *rest in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for act in rest:
            act(sheet)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def paper(path, *tables):
    told = docx.Document()
    for caption, rows in tables:
        told.add_paragraph(caption)
        grid = told.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    told.save(str(path))
    return path


def brought(desk, path, ask=None):
    return bring(desk.space, desk.place, path, desks.supplies(), None, ask)


def typed(desk, tab, *headers):
    return [tuple(row.text(header) for header in headers) for row in desk.rows(tab)]


def test_pairs_of_a_spreadsheet_come_with_their_people_and_numbers_as_they_are_shown(empty, tmp_path):
    def shaped(sheet):
        sheet.merge_cells("A3:A4")
        sheet["D3"].number_format = sheet["D4"].number_format = "0%"

    rows = [
        ["Наставнические пары"], ["Наставник", "Наставляемый", "Форма", "Доплата"],
        [ZIMINA, OSIPOVA, "педагог – педагог", 0.1], [None, YUDINA, "педагог – педагог", 0.15],
    ]  # fmt: skip
    told = brought(empty, table(tmp_path / "Список.xlsx", ("ПАРЫ", rows, shaped)))
    assert told.added == {MENTORS: 1, MENTEES: 2, PAIRS: 2}
    assert typed(empty, PAIRS, "Наставник", "Наставляемый", "Доплата: правило или сумма") == [
        (ZIMINA, OSIPOVA, "10 %"),
        (ZIMINA, YUDINA, "15 %"),
    ]


FEDERAL = [
    [
        "№",
        "ФИО наставляемого",
        "Контактные данные",
        "Основной запрос",
        "Дата вхождения в программу",
        "ФИО наставника",
    ],
    ["1", OSIPOVA, "8-900-000-00-01", "планирование", "01.10.2026", ZIMINA],
    ["2", YUDINA, "", "работа с родителями", "", ""],
]


def test_a_federal_form_in_word_is_people_and_no_roadmap(empty, tmp_path):
    path = paper(tmp_path / "База.docx", ("Форма базы наставляемых", FEDERAL))
    told = brought(empty, path)
    assert told.added == {MENTORS: 1, MENTEES: 2, PAIRS: 1}
    assert typed(empty, MENTEES, "ФИО", "Запрос (что нужно)", "Примечание")[0] == (
        OSIPOVA, "планирование", "тел.: 8-900-000-00-01",
    )  # fmt: skip
    assert not empty.rows("Дорожная карта")
    again = brought(empty, path)
    assert (again.written, again.matched) == (False, {MENTORS: 1, MENTEES: 2, PAIRS: 1})


def test_a_file_with_a_roadmap_and_a_list_brings_both(empty, tmp_path):
    plan = [
        ["№ п/п", "Мероприятие", "Срок", "Ответственный"],
        ["1", "Выбрать наставников", "Сентябрь 2026", "Куратор"],
    ]
    path = paper(
        tmp_path / "План.docx",
        ("Дорожная карта на 2026-2027 учебный год", plan),
        ("База наставляемых", FEDERAL),
    )
    assert brought(empty, path).added == {"Дорожная карта": 1, MENTORS: 1, MENTEES: 2, PAIRS: 1}


def test_beside_a_roadmap_a_list_of_nobody_knows_whom_is_only_a_note(empty, tmp_path):
    plan = [
        ["№ п/п", "Мероприятие", "Срок", "Ответственный"],
        ["1", "Выбрать наставников", "Сентябрь 2026", "Куратор"],
    ]
    group = [["№", "ФИО", "Должность"], ["1", ZIMINA, "директор"]]
    path = paper(
        tmp_path / "План.docx", ("Дорожная карта на 2026-2027 учебный год", plan), ("Рабочая группа", group)
    )
    told = brought(empty, path)
    assert told.added == {"Дорожная карта": 1}
    assert [str(each.severity) for each in told.problems if each.code == "people-whose"] == ["заметка"]


def test_a_day_that_a_cell_shows_as_a_number_is_a_day_and_an_error_of_a_formula_is_told(empty, tmp_path):
    rows = [["ФИО", "Должность", "Дата согласия ПДн"], [ZIMINA, "#N/A", 46266]]
    told = brought(empty, table(tmp_path / "1.xlsx", (MENTORS, rows)))
    assert typed(empty, MENTORS, "ФИО", "Должность", "Дата согласия ПДн") == [(ZIMINA, "", "2026-09-01")]
    assert [("ошибка формулы" in each.message) for each in told.problems if each.code == "list-cell"] == [
        True
    ]


def listed(path, *rows, title="Реестр наставников"):
    return table(path, (title, [["ФИО", "Должность", "Стаж", "Эл. почта"], *rows]))


def test_what_people_typed_stays_and_what_they_left_empty_is_filled_in_one_batch(empty, tmp_path):
    brought(empty, listed(tmp_path / "1.xlsx", [ZIMINA, "учитель"], [LESKOV, "учитель"]))
    since = empty.now
    told = brought(
        empty,
        listed(
            tmp_path / "2.xlsx",
            ["ЗИМИНА О.П.", "методист", 7],
            [LESKOV, None, None, "l@sad.example"],
            [YUDINA, "завуч"],
        ),
    )
    assert typed(empty, MENTORS, "ФИО", "Должность", "Стаж, лет", "Эл. почта") == [
        (ZIMINA, "учитель", "7", ""),
        (LESKOV, "учитель", "", "l@sad.example"),
        (YUDINA, "завуч", "", ""),
    ]
    assert told.differing == ("Наставники, строка 2: Должность",)
    assert empty.writes(since) == 3  # the lease is taken, the rows are written, the lease is let go


@pytest.mark.parametrize("coded", [False, True])
def test_cells_filled_while_people_sort_are_put_right(empty, tmp_path, coded):
    brought(
        empty, listed(tmp_path / "1.xlsx", [ZIMINA, "учитель", 3], [LESKOV, "психолог"], [YUDINA, "завуч"])
    )
    if coded:
        for at in range(3):
            empty.type_cells(MENTORS, at + 2, {"⚙ Код": f"Н-{at + 1:03d}"})
    meddled = hands.meddled(empty, 4, lambda person: person.sort(MENTORS))
    told = brought(meddled, listed(tmp_path / "2.xlsx", [YUDINA, "завуч", 9]))
    assert told.written
    assert sorted(typed(empty, MENTORS, "ФИО", "Должность", "Стаж, лет")) == [
        (ZIMINA, "учитель", "3"), (LESKOV, "психолог", ""), (YUDINA, "завуч", "9"),
    ]  # fmt: skip


def test_what_was_shown_and_declined_is_not_written(empty, tmp_path):
    seen = []
    since = empty.now
    told = brought(
        empty, listed(tmp_path / "1.xlsx", [ZIMINA, "учитель"]), lambda would: bool(seen.append(would))
    )
    assert [would.added for would in seen] == [{MENTORS: 1}]
    assert (told.waiting, told.written, empty.writes(since)) == (True, False, 0)


def test_a_list_of_only_headers_and_one_whose_every_row_is_wrong_change_nothing_and_say_why(empty, tmp_path):
    told = brought(empty, listed(tmp_path / "1.xlsx"))
    assert (told.written, [each.code for each in told.problems if each.origin.book == "1.xlsx"]) == (
        False,
        ["list-empty"],
    )
    told = brought(empty, listed(tmp_path / "2.xlsx", ["учитель", ZIMINA], [None, "завуч"]))
    assert (told.written, [each.origin.row for each in told.problems if each.code == "no-name"]) == (
        False,
        [2, 3],
    )


# --- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def command(founded, tmp_path, monkeypatch):
    root, place = founded
    home = desks.copied(root, tmp_path / "home")
    monkeypatch.setenv(settings.HOME, str(home))

    def run(*words, answers=""):
        args = ["--home", str(home), *map(str, words)]
        return CliRunner().invoke(cli.cli, args, standalone_mode=False, input=answers)

    run.home, run.place = home, place
    return run


def mentors(command):
    with desks.opened(command.home, command.place) as desk:
        return typed(desk, MENTORS, "ФИО")


def test_the_command_shows_and_asks_on_a_terminal_and_writes_only_on_yes(command, tmp_path, monkeypatch):
    monkeypatch.setattr(console, "asks", lambda: True)
    path = listed(tmp_path / "1.xlsx", [ZIMINA, "учитель"], [None, "завуч"])
    words = ("import", path, "--organisation", desks.SLUG)
    shown = command(*words, answers="может\nнет\n")
    assert "Наставники: добавится строк — 1 («Реестр наставников», строка 2)" in shown.output
    assert "Реестр наставников, строка 3: В строке нет ФИО" in shown.output
    assert "Ответьте «да» или «нет»." in shown.output
    assert (shown.output.endswith("Ничего не записано.\n"), shown.return_value, mentors(command)) == (
        True,
        1,
        [],
    )
    assert "Ничего не записано." in command(*words).output
    done = command(*words, answers="да\n")
    assert done.output.count("В строке нет ФИО") == 1
    assert mentors(command) == [(ZIMINA,)]
    assert "[да/нет]" not in command(*words, answers="").output


def test_a_dry_run_shows_and_writes_nothing_and_yes_does_not_ask(command, tmp_path, monkeypatch):
    path = listed(tmp_path / "1.xlsx", [ZIMINA, "учитель"])
    words = ("import", path, "--organisation", desks.SLUG)
    shown = command(*words, "--dry-run")
    assert ("добавится строк — 1" in shown.output, shown.return_value, mentors(command)) == (True, 0, [])
    monkeypatch.setattr(console, "asks", lambda: True)
    done = command(*words, "--yes")
    assert ("добавлено строк — 1" in done.output, mentors(command)) == (True, [(ZIMINA,)])


def test_read_says_of_a_list_of_people_where_it_belongs(command, tmp_path):
    told = command("read", paper(tmp_path / "База.docx", ("Форма базы наставляемых", FEDERAL)))
    assert "не дорожная карта, а список людей (строк: 2)" in told.output
    assert "во вкладки «Наставники», «Наставляемые», «Пары»" in told.output
    assert told.return_value == 1
    told = command(
        "read", table(tmp_path / "Кто-то.xlsx", ("Лист1", [["ФИО", "Должность"], [ZIMINA, "учитель"]]))
    )
    assert "назовите лист «Наставники» или «Наставляемые»" in told.output


# --- a kill in the middle ------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here."""


class Ending(BaseAdapter):
    """Reaches the office until call `at`; the process ends before it leaves or after its answer has come."""

    def __init__(self, office, at, when):
        super().__init__()
        self.inner, self.left, self.when = InProcess(office), at, when

    def send(self, request, *args, **options):
        self.left -= 1
        if self.left < 0 or (self.left == 0 and self.when == "before"):
            raise Killed
        response = self.inner.send(request, *args, **options)
        if self.left == 0:
            raise Killed
        return response

    def close(self):
        self.inner.close()


@pytest.mark.sampled
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_call_a_repeat_leaves_everybody_once(empty, tmp_path, when):
    told = [[ZIMINA, "учитель"], [LESKOV, "психолог"]]
    brought(empty, listed(tmp_path / "1.xlsx", *told))
    for at in range(1, 20):
        told.append([f"Сотникова {'Я' + 'н' * at}а Игоревна", "завуч"])
        path = listed(tmp_path / f"{at}.xlsx", [ZIMINA, None, None, f"z{at}@sad.example"], *told[1:])
        if at > 1:
            empty.type_cells(MENTORS, 2, {"Эл. почта": ""})
        space = over(office_session(Ending(empty.office, at, when), clock=empty.clock), empty.clock)
        try:
            bring(space, empty.place, path, desks.supplies())
        except Killed:
            brought(empty, path)
            assert typed(empty, MENTORS, "ФИО", "Эл. почта") == [
                (ZIMINA, f"z{at}@sad.example"), *((row[0], "") for row in told[1:])
            ]  # fmt: skip
        else:
            break
    assert 3 <= at < 20

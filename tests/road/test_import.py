"""A roadmap brought in from a file, and brought in again after the file or the book has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from flows import cli, settings
from flows.domain.errors import Refused
from flows.intake import limits
from flows.work.bringing import bring, bring_linked
from flows.workspace.drive import DOCX
from flows.workspace.linked import fetched
from tests.road import desk as desks
from tests.road import hands

TWINS = Path(__file__).parents[1] / "roadmaps"
DAY = date(2026, 11, 24)
TAB, TERM, DOING, STATUS = "Дорожная карта", "Срок (как в документе)", "Мероприятие", "Статус"


def supplies():
    return desks.supplies()


def brought(desk, path):
    return bring(desk.space, desk.place, path, supplies(), DAY)


def rows(desk):
    return {row.text("№ п/п"): row for row in desk.rows(TAB)}


def order(desk):
    return [row.text("№ п/п") for row in desk.rows(TAB)]


def journal(desk):
    return [
        row.text("Что сделано")
        for row in desk.rows("Журнал")
        if row.text("Что сделано").startswith("Перенос")
    ]


def plan(path, lines, title="Дорожная карта наставничества на 2026-2027 учебный год"):
    """Write a roadmap as a Word table."""
    paper = docx.Document()
    paper.add_paragraph(title)
    table = paper.add_table(rows=0, cols=5)
    for line in [("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"), *lines]:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    paper.save(str(path))
    return path


FIRST = [
    ("1.1", "Утверждение дорожной карты", "Сентябрь 2026", "Заведующий", "Приказ об утверждении дорожной карты"),
    ("1.2", "Закрепление наставнических пар", "Сентябрь 2026", "Заведующий", "Приказ о закреплении наставнических пар"),
    ("1.3", "Работа пар по программам", "В течение учебного года", "Наставники", "Персонализированные программы наставничества"),
    ("2.1", "Мониторинг за первое полугодие", "Декабрь 2026", "Старший воспитатель", "Аналитическая справка"),
    ("2.2", "Итоговый мониторинг реализации", "Май 2027", "Старший воспитатель", "Аналитическая справка"),
]  # fmt: skip
SECOND = [
    FIRST[0],
    ("1.2", "Сбор согласий участников", "Сентябрь 2026", "Куратор", "Согласия"),
    ("1.3", *FIRST[1][1:]),
    ("1.4", *FIRST[2][1:]),
    ("2.1", "Мониторинг за первое полугодие", "Январь 2027", "Старший воспитатель", "Аналитическая справка"),
]  # fmt: skip


@pytest.fixture(scope="module")
def first(founded, tmp_path_factory):
    """A book with the first version of the plan brought in, codes given, a status and two cells typed by people."""
    root, place = founded
    folder = tmp_path_factory.mktemp("first")
    home = desks.copied(root, folder / "home")
    with desks.opened(home, place) as desk:
        desks.furnish(desk, 2, unready=0, plan=[])
        brought(desk, plan(folder / "План.docx", FIRST))
        desk.run()
        desk.type_cells(TAB, 2, {STATUS: "выполнено"})
        desk.type_cells(TAB, 4, {"Ответственный": "Громова Т.И."})
    return home, place


@pytest.fixture
def planned(first, tmp_path):
    with desks.of(first, tmp_path) as desk:
        yield desk


def test_a_file_is_brought_in_verbatim_and_a_second_time_changes_nothing(empty, tmp_path):
    path = plan(tmp_path / "План.docx", FIRST)
    told = brought(empty, path)
    assert (told.added, told.changed, told.vanished) == ({TAB: 5}, (), ())
    assert [rows(empty)["2.1"].text(header) for header in (DOING, TERM, "Результат, вид документа")] == [
        "Мониторинг за первое полугодие",
        "Декабрь 2026",
        "Аналитическая справка",
    ]
    assert journal(empty) == ["Перенос из файла «План.docx»: добавлено строк — 5."]
    assert empty.rows("Журнал")[0].text("Когда") == "24.11.2026"
    since = empty.now
    again = brought(empty, path)
    assert (again.written, empty.writes(since)) == (False, 0)


def test_a_changed_file_changes_what_it_changed_and_nothing_that_people_typed(planned, tmp_path):
    codes = {row.text(DOING): row.code for row in planned.rows(TAB)}
    told = brought(planned, plan(tmp_path / "План.docx", SECOND))
    now = rows(planned)
    assert order(planned) == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2"]
    assert {row.text(DOING): row.code for row in planned.rows(TAB) if row.code} == codes
    assert now["1.1"].text(STATUS) == "выполнено"
    assert now["1.4"].text("Ответственный") == "Громова Т.И."
    assert now["2.1"].text(TERM) == "Январь 2027"
    assert now["1.2"].text(DOING) == "Сбор согласий участников"
    assert told.added == {TAB: 1}
    assert sorted(told.changed) == ["п. 1.3: № п/п", "п. 1.4: № п/п", "п. 2.1: Срок (как в документе)"]
    assert told.vanished == ("п. 2.2",)
    assert (
        "Перенос из файла «План.docx»: п. 2.1, «Срок (как в документе)»: было «Декабрь 2026», стало «Январь 2027»."
        in journal(planned)
    )
    assert "Перенос из файла «План.docx»: п. 2.2 в файле больше нет; в книге строка оставлена." in journal(
        planned
    )


def test_after_a_changed_file_papers_keep_their_keys_and_the_lost_row_is_noted(planned, tmp_path):
    keys = {row.key for row in planned.register()}
    path = plan(tmp_path / "План.docx", SECOND)
    brought(planned, path)
    planned.run()
    assert keys <= {row.key for row in planned.register()}
    assert planned.findings()["not-in-file"] == ["заметка"]
    assert not planned.run().written
    lines = len(journal(planned))
    again = brought(planned, path)
    assert (again.written, again.vanished, len(journal(planned))) == (False, ("п. 2.2",), lines)
    brought(planned, plan(path, [*SECOND, FIRST[4]]))
    planned.run()
    assert "not-in-file" not in planned.findings()


def test_where_file_and_people_both_changed_a_cell_peoples_word_stays_and_is_told_once(planned, tmp_path):
    planned.type_cells(TAB, 5, {TERM: "до 25.12.2026"})
    path = plan(tmp_path / "План.docx", SECOND)
    told = brought(planned, path)
    assert rows(planned)["2.1"].text(TERM) == "до 25.12.2026"
    assert told.kept == ("п. 2.1: Срок (как в документе)",)
    assert any(
        "в файле теперь «Январь 2027», в книге вписано «до 25.12.2026»; вписанное оставлено" in line
        for line in journal(planned)
    )
    again = brought(planned, path)
    assert (again.written, again.kept) == (False, ())


def test_rows_that_people_typed_are_neither_changed_nor_called_lost(planned, tmp_path):
    planned.type_cells(TAB, 7, {"№ п/п": "3.1", DOING: "Своё мероприятие", TERM: "Май 2027"})
    told = brought(planned, plan(tmp_path / "План.docx", FIRST))
    assert (told.written, told.vanished) == (False, ())
    assert rows(planned)["3.1"].text(DOING) == "Своё мероприятие"


def test_a_row_that_people_took_out_is_not_brought_in_again_and_an_emptied_tab_is_filled_anew(
    planned, tmp_path
):
    sheet = planned.tab(TAB).sheet.sheet_id
    planned.space.sheets.batch(
        planned.place.book,
        [
            {
                "deleteDimension": {
                    "range": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
                }
            }
        ],
    )
    told = brought(planned, plan(tmp_path / "План.docx", FIRST))
    assert (told.written, told.dropped) == (False, ("1.2 Закрепление наставнических пар",))
    assert order(planned) == ["1.1", "1.3", "2.1", "2.2"]
    planned.space.sheets.batch(
        planned.place.book,
        [
            {
                "deleteDimension": {
                    "range": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 1, "endIndex": 5}
                }
            }
        ],
    )
    assert brought(planned, plan(tmp_path / "План.docx", FIRST)).added == {TAB: 5}


def test_a_plan_typed_by_hand_before_is_recognised_and_kept(empty, tmp_path):
    desks.furnish(
        empty,
        0,
        plan=[
            (number, text, "Октябрь 2026" if number == "1.2" else term, who, what)
            for number, text, term, who, what in FIRST
        ],
    )
    told = brought(empty, plan(tmp_path / "План.docx", FIRST))
    assert told.added == {TAB: 0}
    assert rows(empty)["1.2"].text(TERM) == "Октябрь 2026"
    assert told.kept == ("п. 1.2: Срок (как в документе)",)


def test_answers_stay_with_their_rows(empty, tmp_path):
    desks.furnish(empty, 0, plan=[])
    wrong = [
        *FIRST[:3],
        (
            "2.1",
            "Мониторинг за первое полугодие",
            "Апрель 2032",
            "Старший воспитатель",
            "Аналитическая справка",
        ),
    ]
    brought(empty, plan(tmp_path / "План.docx", wrong))
    empty.run()
    row = next(each for each in empty.rows("Проверка") if each.text("⚙ Ключ").startswith("outside-period"))
    empty.type_cells("Проверка", row.origin.row, {"Ответ": "Декабрь 2026"})
    empty.run()
    moved = [
        wrong[0],
        ("1.2", "Новое мероприятие в середине", "Октябрь 2026", "Куратор", "Протокол"),
        *((f"9.{at}", *line[1:]) for at, line in enumerate(wrong[1:])),
    ]
    brought(empty, plan(tmp_path / "План.docx", moved))
    empty.run()
    assert "01.12.2026–31.12.2026" in rows(empty)["9.2"].text("⚙ Понято как")
    assert empty.findings()["outside-period"] == ["закрыто"]


@pytest.mark.spare("intake/test_reader.py::test_a_file_that_cannot_be_read_gets_a_sentence_with_the_cure")
def test_a_file_that_cannot_be_read_changes_nothing(planned, tmp_path):
    for name, data in (
        ("План.docx", b"\0" * 1000),
        ("План.pdf", b"%PDF-1.4 nothing"),
        ("План.doc", b"\xd0\xcf\x11\xe0"),
        ("Пусто.xlsx", b""),
    ):
        (tmp_path / name).write_bytes(data)
        since = planned.now
        told = brought(planned, tmp_path / name)
        assert (told.written, planned.writes(since)) == (False, 0)
        assert [each.severity.value for each in told.problems] == ["стоп"]
    assert brought(planned, tmp_path / "нет.docx").problems[0].code == "file-missing"


def test_rows_moved_under_the_import_are_put_right(planned, tmp_path):
    path = plan(tmp_path / "План.docx", SECOND)
    twice = hands.meddled(planned, 4, lambda person: person.sort(TAB))
    told = brought(twice, path)
    assert told.written
    now = rows(planned)
    assert now["2.1"].text(TERM) == "Январь 2027"
    assert now["2.1"].code == "М-004"
    assert now["1.4"].text("Ответственный") == "Громова Т.И."
    assert now["1.1"].text(TERM) == "Сентябрь 2026"
    assert not brought(planned, path).changed


def test_what_the_settings_say_otherwise_than_the_file_is_told_and_kept(empty, tmp_path):
    desks.furnish(empty, 0, plan=[])
    told = brought(
        empty, plan(tmp_path / "План.docx", FIRST, "Дорожная карта «Рядом» на 2026-2027 учебный год")
    )
    assert [each.code for each in told.problems if each.code == "card-differs"] == ["card-differs"]


def in_drive(desk, path, mime=DOCX):
    (file_id,) = desk.space.drive.ids(1)
    return desk.space.drive.file(file_id, path.name, desk.place.folder, {}, path.read_bytes(), mime)


def bring_from_drive(space, place, link, supplied, day):
    return bring_linked(space, place, fetched(space, link, limits.MOST_BYTES), supplied, day)


def test_a_word_file_in_drive_is_brought_in_by_its_id_or_its_link(empty, tmp_path):
    entry = in_drive(empty, plan(tmp_path / "План.docx", FIRST))
    told = bring_from_drive(
        empty.space,
        empty.place,
        f"https://docs.google.com/document/d/{entry.id}/edit?usp=sharing",
        supplies(),
        DAY,
    )
    assert told.added == {TAB: 5}
    assert not bring_from_drive(empty.space, empty.place, entry.id, supplies(), DAY).written


def test_a_sheet_in_drive_is_exported_and_brought_in(empty, tmp_path):
    path = tmp_path / "План.xlsx"
    book = openpyxl.Workbook()
    for line in [
        ("Дорожная карта наставничества на 2026-2027 учебный год",),
        ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"),
        *FIRST,
    ]:
        book.active.append(line)
    book.save(path)
    (empty.root / "План.xlsx").write_bytes(path.read_bytes())
    (entry,) = [each for each in empty.space.drive.found("trashed=false") if each.name == "План"]
    told = bring_from_drive(empty.space, empty.place, entry.id, supplies(), DAY)
    assert told.added == {TAB: 5}


def test_a_folder_or_a_file_in_the_bin_is_refused_in_words(empty, tmp_path):
    with pytest.raises(Refused, match="папка"):
        bring_from_drive(empty.space, empty.place, empty.place.folder, supplies(), DAY)
    entry = in_drive(empty, plan(tmp_path / "План.docx", FIRST))
    empty.space.drive.change(entry.id, {"trashed": True})
    with pytest.raises(Refused, match="корзин"):
        bring_from_drive(empty.space, empty.place, entry.id, supplies(), DAY)
    with pytest.raises(Refused):
        bring_from_drive(empty.space, empty.place, "nothing-there-0123456789", supplies(), DAY)


def test_the_command_brings_a_file_of_the_computer_or_of_drive(founded, tmp_path, monkeypatch):
    root, place = founded
    home = desks.copied(root, tmp_path / "home")
    monkeypatch.setenv(settings.HOME, str(home))
    path = plan(tmp_path / "План.docx", FIRST)
    with desks.opened(home, place) as desk:
        entry = in_drive(desk, path)
    run = CliRunner()
    args = ["--home", str(home), "import", "--organisation", desks.SLUG]
    assert (
        "добавлено строк — 5"
        in run.invoke(cli.cli, [*args, "--drive", entry.id], standalone_mode=False).output
    )
    assert "Книга не изменилась" in run.invoke(cli.cli, [*args, str(path)], standalone_mode=False).output
    assert run.invoke(cli.cli, args).exit_code == 2

"""What a run says in the book: notes of its own only, answered findings kept, people's lines and notes left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.model import Origin, Problem, Severity
from flows.workspace import cells, moved, reading, writeback
from flows.workspace.cells import LINK, MARK, Link
from flows.workspace.sheets import Sheet, SheetCell
from flows.workspace.writeback import Said
from tests.workspace.tabs import LAYOUT, cell, sheet, tab, whole

TODAY = date(2026, 12, 10)


def problem(code="x", *, row=2, column="Цель", subject="П-001", severity=Severity.QUESTION, printed="старая"):
    return Problem(
        severity,
        code,
        Origin("книга", "Пары", row, column),
        f"Сообщение {code}.",
        printed=printed,
        subject=subject,
    )


def pairs(*rows):
    return sheet("Пары", *rows, sheet_id=1)


def check_tab(*rows):
    return sheet("Проверка", *rows, sheet_id=2)


def told(book, *problems, **more):
    return writeback.requests(book, Said({}, tuple(problems), TODAY, **more))


def after(given: Sheet, requests) -> Sheet:
    """Apply updateCells and appendCells to a tab."""
    grid = [list(row) for row in given.cells]
    for request in requests:
        body = request.get("updateCells") or {}
        if (body.get("start") or {}).get("sheetId") == given.sheet_id:
            put(grid, body["start"]["rowIndex"], body["start"]["columnIndex"], body["rows"], body["fields"])
        body = request.get("appendCells") or {}
        if body.get("sheetId") == given.sheet_id:
            put(grid, len(grid), 0, body["rows"], "userEnteredValue")
    return replace(given, cells=tuple(map(tuple, grid)))


def put(grid, top, left, rows, fields):
    for down, line in enumerate(rows):
        while len(grid) <= top + down:
            grid.append([])
        row = grid[top + down]
        for right, data in enumerate(line["values"]):
            row += [cell(None)] * (left + right + 1 - len(row))
            old = row[left + right]
            if fields == "note":
                row[left + right] = old._replace(note=data["note"])
            else:
                value = next(iter((data.get("userEnteredValue") or {"": None}).values()))
                link = LINK.fullmatch(value) if isinstance(value, str) else None
                shown = link[2] if link else "" if value is None else str(value)
                row[left + right] = SheetCell(
                    shown if link else value, shown, old.note, value if link else ""
                )


def rows_of(given: Sheet, *requests):
    book = reading.read(whole(after(given, *requests)), LAYOUT)
    return book.rows(given.title)


def noted(given: Sheet, row, header):
    at = [column.header for column in tab(given.title).columns].index(header)
    return given.at(row - 1, at).note


def with_note(given: Sheet, row, header, note):
    at = [column.header for column in tab(given.title).columns].index(header)
    grid = [list(line) for line in given.cells]
    grid[row - 1][at] = grid[row - 1][at]._replace(note=note)
    return replace(given, cells=tuple(map(tuple, grid)))


ROW = {"Наставник": "Орлова", "Цель": "старая", "⚙ Код": "П-001"}


def test_a_finding_stands_as_a_note_on_its_cell_as_a_remark_and_in_the_list():
    given, listed = pairs(ROW), check_tab()
    requests = told(reading.read(whole(given, listed), LAYOUT), problem())
    now = after(given, requests)
    assert noted(now, 2, "Цель") == f"{MARK}Сообщение x."
    assert rows_of(given, requests)[0].text("⚙ Замечание") == "вопрос: Сообщение x."
    line = rows_of(listed, requests)[0]
    assert (
        line.text("Важность"),
        line.text("Лист"),
        line.text("Ячейка"),
        line.text("Как написано"),
        line.text("⚙ Ключ"),
    ) == ("вопрос", "Пары", "F2", "старая", "x/Пары/П-001/Цель")


def test_said_once_it_is_not_said_again():
    given, listed = pairs(ROW), check_tab()
    requests = told(reading.read(whole(given, listed), LAYOUT), problem())
    again = reading.read(whole(after(given, requests), after(listed, requests)), LAYOUT)
    assert told(again, problem()) == []


def test_a_mended_finding_takes_its_note_and_its_line_away():
    given, listed = pairs(ROW), check_tab()
    requests = told(reading.read(whole(given, listed), LAYOUT), problem())
    one, two = after(given, requests), after(listed, requests)
    mended = told(reading.read(whole(one, two), LAYOUT))
    assert noted(after(one, mended), 2, "Цель") == ""
    assert rows_of(one, mended)[0].text("⚙ Замечание") == ""
    assert rows_of(two, mended) == ()


def test_a_persons_own_note_is_neither_replaced_nor_taken_away():
    given = with_note(pairs(ROW), 2, "Цель", "спросить у Марины")
    book = reading.read(whole(given, check_tab()), LAYOUT)
    assert noted(after(given, told(book, problem())), 2, "Цель") == "спросить у Марины"
    assert noted(after(given, told(book)), 2, "Цель") == "спросить у Марины"


def test_notes_of_headers_stay():
    given = with_note(pairs(ROW), 1, "Цель", "Чего хотим добиться")
    assert noted(after(given, told(reading.read(whole(given), LAYOUT))), 1, "Цель") == "Чего хотим добиться"


def test_an_answered_finding_stays_when_it_is_mended_and_opens_again_when_it_comes_back():
    key = "x/Пары/П-001/Цель"
    listed = check_tab(
        {
            "Важность": "вопрос",
            "Лист": "Пары",
            "Как написано": "старая",
            "Что не так": "Сообщение x.",
            "Впервые": "01.12.2026",
            "⚙ Ключ": key,
            "Ответ": "так и надо",
        }
    )
    requests = told(reading.read(whole(pairs(ROW), listed), LAYOUT))
    line = rows_of(listed, requests)[0]
    assert (line.text("Важность"), line.text("Ответ"), line.text("⚙ Ключ"), line.text("Как написано")) == (
        "закрыто",
        "так и надо",
        key,
        "старая",
    )
    back = after(listed, requests)
    reopened = rows_of(back, told(reading.read(whole(pairs(ROW), back), LAYOUT), problem()))[0]
    assert (reopened.text("Важность"), reopened.text("Ответ"), reopened.text("Впервые")) == (
        "вопрос",
        "так и надо",
        "01.12.2026",
    )


def lines_of(given: Sheet, requests):
    """The keys of `Проверка` as they stand after a batch, row by row, with what a person answered there."""
    book = reading.read(whole(after(given, requests)), LAYOUT)
    return [(row.text("⚙ Ключ").partition("/")[0], row.text("Ответ")) for row in book.rows("Проверка")]


def listed_line(code, weight="вопрос", **own):
    return {
        "Важность": weight,
        "Лист": "Пары",
        "Как написано": "старая",
        "Что не так": f"Сообщение {code}.",
        "Впервые": "01.12.2026",
        "⚙ Ключ": f"{code}/Пары/П-001/Цель",
        **own,
    }


def test_stops_stand_first_and_an_answer_keeps_its_row_and_its_finding():
    listed = check_tab(listed_line("a"), listed_line("b", Ответ="да"), listed_line("c"), listed_line("gone"))
    book = reading.read(whole(pairs(ROW), listed), LAYOUT)
    now = [problem("a"), problem("b"), problem("c"), problem("stop", severity=Severity.STOP)]
    requests = told(book, *now)
    assert lines_of(listed, requests) == [("stop", ""), ("b", "да"), ("a", ""), ("c", "")]
    rows = rows_of(listed, requests)
    assert [row.text("Впервые") for row in rows] == ["10.12.2026", *["01.12.2026"] * 3]
    again = told(reading.read(whole(pairs(ROW), after(listed, requests)), LAYOUT), *now)
    assert [each for each in again if each["updateCells"]["start"]["sheetId"] == listed.sheet_id] == []


def test_people_may_sort_the_list_their_way_until_a_finding_comes_or_goes():
    listed = check_tab(listed_line("c"), listed_line("a"), listed_line("b", "стоп"))
    book = reading.read(whole(pairs(ROW), listed), LAYOUT)
    now = [problem("a"), problem("b", severity=Severity.STOP), problem("c")]
    assert lines_of(listed, told(book, *now)) == [("c", ""), ("a", ""), ("b", "")]
    assert lines_of(listed, told(book, *now, problem("d"))) == [("b", ""), ("a", ""), ("c", ""), ("d", "")]
    weighed = [replace(each, severity=Severity.STOP) if each.code == "c" else each for each in now]
    assert lines_of(listed, told(book, *weighed)) == [("b", ""), ("c", ""), ("a", "")]
    assert lines_of(listed, told(book, *now[1:])) == [("b", ""), ("c", "")]


def test_an_answer_typed_while_the_list_is_put_in_order_stays_with_what_it_was_typed_beside():
    listed = check_tab(listed_line("a"), listed_line("b"))
    before = reading.read(whole(pairs(ROW), listed), LAYOUT)
    fresh = told(before, problem("a"), problem("b"), problem("stop", severity=Severity.STOP))
    meanwhile = check_tab(listed_line("a", Ответ="да"), listed_line("b"))
    now = reading.read(whole(pairs(ROW), after(meanwhile, fresh)), LAYOUT)
    assert moved.misplaced(before, now.snapshot, fresh)
    mended = rows_of(now.tables["Проверка"].sheet, moved.restored(before, now, fresh))
    assert [row.text("⚙ Ключ") for row in mended if row.text("Ответ")] == ["a/Пары/П-001/Цель"]


def test_a_finding_is_new_where_the_list_has_others_but_not_it_or_has_closed_it():
    listed = check_tab(listed_line("a"), listed_line("b", "закрыто", Ответ="да"))
    book = reading.read(whole(pairs(ROW), listed), LAYOUT)
    now = [problem(each) for each in ("a", "b", "c", "answer-refused")]
    assert {key.partition("/")[0] for key in writeback.unlisted(book, now)} == {"b", "c"}
    assert writeback.unlisted(reading.read(whole(pairs(ROW), check_tab()), LAYOUT), now) == frozenset()


@pytest.mark.parametrize(
    "own", [{"Что не так": "позвонить в управление"}, {"Лист": "Пары", "Ответ": "моё"}, {"Предложение": "x"}]
)
def test_a_line_that_a_person_typed_into_the_list_is_theirs(own):
    listed = check_tab(own, {"⚙ Ключ": "old/Пары/П-009/Цель", "Важность": "вопрос", "Что не так": "прошло"})
    requests = told(reading.read(whole(pairs(ROW), listed), LAYOUT), problem())
    now = rows_of(listed, requests)
    assert {header: now[0].text(header) for header in own} == own
    assert now[1].text("⚙ Ключ") == "x/Пары/П-001/Цель"


def test_a_code_left_on_a_row_that_people_emptied_is_taken_away():
    """Whoever is typed there next must not inherit the papers of the one before."""
    given = pairs({"⚙ Код": "П-001", "⚙ Приказ": "О закреплении"}, {"Наставник": "Орлова", "⚙ Код": "П-002"})
    requests = told(reading.read(whole(given), LAYOUT))
    now = reading.read(whole(after(given, requests)), LAYOUT).tables["Пары"].sheet
    columns = [column.header for column in tab("Пары").columns]
    assert [now.at(row, columns.index("⚙ Код")).value for row in (1, 2)] == [None, "П-002"]
    assert now.at(1, columns.index("⚙ Приказ")).value is None


def test_what_is_true_for_one_run_only_goes_into_the_journal():
    journal, listed = sheet("Журнал", sheet_id=3), check_tab()
    requests = told(
        reading.read(whole(pairs(ROW), journal, listed), LAYOUT),
        problem("code-copied", severity=Severity.NOTE),
    )
    assert "строка 2" in rows_of(journal, requests)[0].text("Что сделано")
    assert rows_of(listed, requests) == ()


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+7 900 000-00-00",
        "@x",
        "-5",
        "'x",
        '=HYPERLINK("http://x";"y")',
        "TRUE",
        "1.10",
        "01.09.2026",
        "#REF!",
        "{{ 7*7 }}",
    ],
)
def test_every_text_of_ours_is_written_as_text(value):
    assert cells.entered(value) == {"stringValue": value}


def test_only_links_are_formulas_and_their_quotes_are_doubled():
    assert cells.entered(Link("http://x/1", 'Приказ "О парах"')) == {
        "formulaValue": '=HYPERLINK("http://x/1";"Приказ ""О парах""")'
    }
    read_back = SheetCell("Приказ", "Приказ", "", '=HYPERLINK("http://x/1","Приказ ""О парах""")')
    assert cells.same(read_back, Link("http://x/1", 'Приказ "О парах"'))
    assert cells.back_request(1, (0, 0), read_back)["updateCells"]["rows"][0]["values"][0][
        "userEnteredValue"
    ] == cells.entered(Link("http://x/1", 'Приказ "О парах"'))


def test_a_formula_of_a_person_is_no_value_of_ours():
    assert not cells.same(SheetCell("П-001", "П-001", "", "=A1"), "П-001")


def codes_of(given: Sheet):
    return [row.code for row in reading.read(whole(given), LAYOUT).rows("Пары")]


def test_a_code_that_landed_on_another_row_is_put_right():
    """Rows 1 and 2 were swapped while the new row was given П-002."""
    before = reading.read(
        whole(pairs({"Цель": "первая", "⚙ Код": "П-001"}, {"Цель": "вторая"})), LAYOUT
    ).tables["Пары"]
    rows = [before.rows[0], replace(before.rows[1], code="П-002")]
    swapped = pairs({"Цель": "вторая"}, {"Цель": "первая", "⚙ Код": "П-002"})
    assert codes_of(after(swapped, moved.strayed(before, rows, swapped))) == ["П-002", "П-001"]


def test_a_row_that_is_edited_meanwhile_keeps_its_code():
    before = reading.read(
        whole(pairs({"Наставник": "Орлова", "Цель": "первая", "⚙ Код": "П-001"}, {"Цель": "вторая"})), LAYOUT
    ).tables["Пары"]
    rows = [before.rows[0], replace(before.rows[1], code="П-002")]
    edited = pairs(
        {"Наставник": "Орлова", "Цель": "исправленная", "⚙ Код": "П-001"},
        {"Цель": "вторая", "⚙ Код": "П-002"},
    )
    assert moved.strayed(before, rows, edited) == []


def test_a_code_written_where_a_row_was_deleted_leaves_no_trace():
    before = reading.read(
        whole(pairs({"Цель": "первая", "⚙ Код": "П-001"}, {"Цель": "вторая"})), LAYOUT
    ).tables["Пары"]
    rows = [before.rows[0], replace(before.rows[1], code="П-002")]
    shrunk = pairs({"Цель": "вторая"}, {"⚙ Код": "П-002"})
    assert codes_of(after(shrunk, moved.strayed(before, rows, shrunk))) == ["П-002"]


def test_an_answer_that_came_beside_another_finding_gets_its_own_back():
    """The list was sorted while the mended finding in line 2 was replaced by a new one: the answer there was about another."""
    old = {
        "Важность": "вопрос",
        "Лист": "Пары",
        "Как написано": "а",
        "Что не так": "Про а.",
        "⚙ Ключ": "a/Пары/П-001/Цель",
    }
    answered = {
        "Важность": "вопрос",
        "Лист": "Пары",
        "Как написано": "б",
        "Что не так": "Про б.",
        "⚙ Ключ": "b/Пары/П-002/Цель",
        "Ответ": "да",
    }
    before = reading.read(whole(pairs(ROW), check_tab(old, answered)), LAYOUT)
    fresh = told(before, problem("b", subject="П-002", printed="б"), problem("c", subject="П-003"))
    now = reading.read(whole(pairs(ROW), after(check_tab(answered, old), fresh)), LAYOUT)
    assert moved.misplaced(before, now.snapshot, fresh)
    mended = rows_of(now.tables["Проверка"].sheet, moved.restored(before, now, fresh))
    assert [row.text("⚙ Ключ") for row in mended if row.text("Ответ")] == ["b/Пары/П-002/Цель"]


@pytest.mark.parametrize("typed", ["a\r\nb", "a\rb", "a\x0bb", "a\x07b", "a\ud800b", "a\ufffeb"])
def test_a_note_about_any_text_is_written_once_and_then_stands(typed):
    given = pairs(ROW)
    about = replace(problem(), message=f"Стоит «{typed}».")
    requests = told(reading.read(whole(given), LAYOUT), about)
    note = noted(after(given, requests), 2, "Цель")
    assert not set(note) & set("\r\x0b\x07\ud800\ufffe")
    again = cells.notes(
        after(given, requests),
        {(1, [column.header for column in tab("Пары").columns].index("Цель")): about.message},
    )
    assert again == []

"""Workbooks, as Sheets would keep them and as a person's editor would see them."""

from __future__ import annotations

import json
import re
import zipfile

import openpyxl
import pytest
from lxml import etree


def add(sheet_id, title, **more):
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, **more}}}


def test_a_new_workbook_is_what_google_makes(client):
    book = client.book("Наставничество")
    found = client.ok("GET", f"/v4/spreadsheets/{book}")
    assert found["properties"]["title"] == "Наставничество"
    grid = {"rowCount": 1000, "columnCount": 26}
    expected = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
    assert found["sheets"] == [{"properties": expected}]
    assert openpyxl.load_workbook(client.path(book)).sheetnames == ["Sheet1"]


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "0042",
        "+7 900",
        "TRUE",
        "  два\nряда\t",
        "_x0041_",
        "&<>'\"",
        "e\u0301 👩‍👧",
        True,
        False,
        0,
        -1.5,
        1e20,
        43831,
    ],
)
def test_a_value_is_read_back_as_it_was_written(client, value):
    book = client.book()
    client.write(book, [value, "сосед"])
    found = client.values(book)
    assert found == [[value, "сосед"]]
    assert type(found[0][0]) is type(value) or isinstance(value, float)
    cell = openpyxl.load_workbook(client.path(book))["Sheet1"]["A1"]
    assert cell.data_type != "f"


def test_empty_ends_are_dropped_and_an_empty_range_has_no_values(client):
    book = client.book()
    client.write(book, ["a", None, "c", None], [], [None, "x"])
    assert client.values(book) == [["a", "", "c"], [], ["", "x"]]
    assert client.values(book, "Sheet1!D1:E9") is None
    assert client.values(book, "Sheet1!B2:C9") == [[], ["x"]]


def test_ranges_are_clipped_to_the_grid_and_spelled_as_google_does(client):
    book = client.book()
    client.batch(
        book, add(7, "Дорожная карта", gridProperties={"rowCount": 20, "columnCount": 5}), add(8, "Пары")
    )

    def spelled(area):
        return client.ok("GET", f"/v4/spreadsheets/{book}/values/{area}")["range"]

    assert spelled("'Дорожная карта'") == "'Дорожная карта'!A1:E20"
    assert spelled("'Дорожная карта'!A2:Z") == "'Дорожная карта'!A2:E20"
    assert spelled("Пары!B:C") == "Пары!B1:C1000"
    assert spelled("Пары!B2") == "Пары!B2"
    assert spelled("Пары!2:3") == "Пары!A2:Z3"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("C2:A1", "A1:C2"),
        ("D4:A1", "A1:D4"),
        ("A4:D1", "A1:D4"),
        ("$D$4:$A$1", "A1:D4"),
        ("A1:A", "A1:A1000"),
        ("A5:A", "A5:A1000"),
        ("A:A5", "A5:A1000"),
        ("C5:A", "A5:C1000"),
        ("C:A", "A1:C1000"),
        ("1:3", "A1:Z3"),
        ("3:1", "A1:Z3"),
        ("B3:1", "B1:Z3"),
        ("1:B3", "B1:Z3"),
        ("Sheet1!B9:A1", "A1:B9"),
    ],
)
def test_the_corners_of_a_range_may_be_named_in_any_order(client, asked, told):
    book = client.book()
    client.write(book, ["a", "b", "c"], ["d", "e", "f"])
    found = client.ok("GET", f"/v4/spreadsheets/{book}/values/{asked}")
    assert found["range"] == f"Sheet1!{told}"
    assert found.get("values") == client.values(book, told, "FORMATTED_VALUE")
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?ranges={asked}&fields=sheets.data")["sheets"][0][
        "data"
    ][0]
    again = client.ok("GET", f"/v4/spreadsheets/{book}?ranges={told}&fields=sheets.data")["sheets"][0][
        "data"
    ][0]
    assert shown == again


@pytest.mark.parametrize(
    "area", ["A", "1", "A0", "A1:B0", "1:A", "A:1", ":", "A1:", ":A1", "A1:B2:C3", "ABCD1", "A-1"]
)
def test_what_is_no_range_is_refused(client, area):
    book = client.book()
    client.refused(400, "GET", f"/v4/spreadsheets/{book}/values/Sheet1!{area}")


def test_a_range_of_an_unknown_tab_is_refused(client):
    book = client.book()
    error = client.refused(400, "GET", f"/v4/spreadsheets/{book}/values/Нет!A1")
    assert error == {"code": 400, "message": "Unable to parse range: Нет!A1", "status": "INVALID_ARGUMENT"}
    assert client.refused(404, "GET", "/v4/spreadsheets/1missingmissing")["status"] == "NOT_FOUND"


def test_dates_are_serial_numbers_or_shown_as_a_russian_sheet_shows_them(client):
    book = client.book()
    look = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}
    cell = {"userEnteredValue": {"numberValue": 45901}, "userEnteredFormat": look}
    body = {
        "start": {"sheetId": 0},
        "rows": [{"values": [cell]}],
        "fields": "userEnteredValue,userEnteredFormat.numberFormat",
    }
    client.batch(book, {"updateCells": body})
    assert client.values(book) == [[45901]]
    assert client.values(book, how="FORMATTED_VALUE") == [["01.09.2025"]]
    assert (
        openpyxl.load_workbook(client.path(book))["Sheet1"]["A1"].value.isoformat() == "2025-09-01T00:00:00"
    )


def test_a_batch_is_all_or_nothing(client):
    book = client.book()
    before = client.path(book).read_bytes()
    message = client.refused_batch(
        400,
        book,
        add(7, "Новый"),
        {"updateCells": {"start": {"sheetId": 7}, "rows": [{"values": [{}]}], "fields": "userEnteredValue"}},
        {"updateSheetProperties": {"properties": {"sheetId": 99, "title": "x"}, "fields": "title"}},
    )
    assert message == "Invalid requests[2].updateSheetProperties: No grid with id: 99"
    assert client.path(book).read_bytes() == before
    assert client.tabs(book) == {"Sheet1": 0}


def test_a_refused_batch_leaves_nothing_behind_in_later_ones(client, lines):
    book = client.book()
    client.write(book, ["было"])
    write = {
        "updateCells": {
            "start": {"sheetId": 0},
            "rows": lines(["стало", "и ещё"]),
            "fields": "userEnteredValue",
        }
    }
    client.refused_batch(400, book, write, {"deleteSheet": {"sheetId": 99}})
    assert client.values(book) == [["было"]]
    client.write(book, ["рядом"], at=(1, 0))
    assert client.values(book) == [["было"], ["рядом"]]


def test_the_fence_holds_only_for_the_sheet_id_it_names(client):
    book = client.book()
    client.batch(book, add(11, "_lease 1", hidden=True))
    fence = {"updateSheetProperties": {"properties": {"sheetId": 11, "title": "_lease 2"}, "fields": "title"}}
    client.batch(book, fence)
    client.batch(book, {"deleteSheet": {"sheetId": 11}}, add(12, "_lease 1", hidden=True))
    assert "No grid with id: 11" in client.refused_batch(400, book, fence)
    assert "No grid with id: 11" in client.refused_batch(400, book, {"deleteSheet": {"sheetId": 11}})
    assert client.tabs(book) == {"Sheet1": 0, "_lease 1": 12}
    assert openpyxl.load_workbook(client.path(book))["_lease 1"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("again", "why"),
    [
        (add(7, "Другой"), "A sheet with the ID 7 already exists"),
        (add(9, "пары"), "already exists"),
        (add(9, "a/b"), "не подходит"),
        (add(9, "я" * 32), "не подходит"),
    ],
)
def test_a_tab_needs_a_title_and_an_id_of_its_own(client, again, why):
    book = client.book()
    client.batch(book, add(7, "Пары"))
    assert why in client.refused_batch(400, book, again)


def test_the_last_visible_tab_is_neither_hidden_nor_deleted(client):
    book = client.book()
    client.batch(book, add(7, "_схема", hidden=True))
    hide = {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}}
    message = client.refused_batch(400, book, hide)
    assert (
        message == "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    )
    client.refused_batch(400, book, {"deleteSheet": {"sheetId": 0}})


def test_a_tab_is_renamed_moved_hidden_coloured_and_frozen(client):
    book = client.book()
    client.batch(book, add(7, "Пары"), add(8, "Журнал"))
    properties = {
        "sheetId": 8,
        "title": "Журнал 2",
        "index": 0,
        "hidden": True,
        "tabColor": {"red": 1},
        "gridProperties": {"frozenRowCount": 1, "frozenColumnCount": 2},
    }
    fields = "title,index,hidden,tabColor,gridProperties(frozenRowCount,frozenColumnCount)"
    client.batch(book, {"updateSheetProperties": {"properties": properties, "fields": fields}})
    workbook = openpyxl.load_workbook(client.path(book))
    assert workbook.sheetnames == ["Журнал 2", "Sheet1", "Пары"]
    assert workbook["Журнал 2"].freeze_panes == "C2"
    assert workbook["Журнал 2"].sheet_state == "hidden"
    assert workbook["Журнал 2"].sheet_properties.tabColor.rgb == "FFFF0000"
    assert workbook.active.title == "Sheet1"
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?fields=sheets.properties")["sheets"][0]["properties"]
    assert shown["gridProperties"]["frozenColumnCount"] == 2
    assert shown["hidden"] is True


def test_appended_rows_follow_the_last_value_and_the_grid_grows(client, lines):
    book = client.book()
    client.batch(book, add(7, "Журнал", gridProperties={"rowCount": 2, "columnCount": 3}))
    append = {"appendCells": {"sheetId": 7, "rows": lines(["x", "", "y"]), "fields": "userEnteredValue"}}
    for _ in range(3):
        client.batch(book, append)
    assert client.values(book, "Журнал") == [["x", "", "y"]] * 3
    client.batch(
        book, {"appendCells": {"sheetId": 7, "rows": lines([1, 2, 3, 4]), "fields": "userEnteredValue"}}
    )
    assert client.values(book, "Журнал!A4:Z") == [[1, 2, 3, 4]]


def test_writing_beyond_the_grid_is_refused_with_the_cell(client, lines):
    book = client.book()
    start = {"sheetId": 0, "rowIndex": 1000}
    message = client.refused_batch(
        400, book, {"updateCells": {"start": start, "rows": lines(["x"]), "fields": "*"}}
    )
    assert "Sheet1!A1001" in message
    assert "Max rows: 1000, max columns: 26" in message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("я" * 32_768, "длиннее 32767"),
        ("a\x00", "U+0000"),
        ("a\x0b", "U+000B"),
        ("a\ufffe", "U+FFFE"),
        ("a\ud800", "U+D800"),
    ],
)
def test_what_no_workbook_can_hold_is_refused_and_the_cell_named(client, text, why):
    book = client.book()
    cell = {"userEnteredValue": {"stringValue": text}}
    body = {
        "requests": [
            {
                "updateCells": {
                    "start": {"sheetId": 0, "rowIndex": 4, "columnIndex": 2},
                    "rows": [{"values": [cell]}],
                    "fields": "userEnteredValue",
                }
            }
        ]
    }
    answer = client.ask("POST", f"/v4/spreadsheets/{book}:batchUpdate", data=json.dumps(body))
    assert answer.status_code == 400
    assert "Sheet1!C5" in answer.json()["error"]["message"]
    assert why in answer.json()["error"]["message"]


def test_a_masked_field_that_is_not_given_is_cleared_and_others_stay(client):
    book = client.book()
    start = {"sheetId": 0}
    cell = {"userEnteredValue": {"stringValue": "x"}, "note": "сюда — фамилию"}
    client.batch(
        book,
        {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue,note"}},
    )
    client.batch(
        book, {"updateCells": {"start": start, "rows": [{"values": [{}]}], "fields": "userEnteredValue"}}
    )
    shown = client.ok(
        "GET", f"/v4/spreadsheets/{book}?fields=sheets.data.rowData.values(note,userEnteredValue)"
    )
    assert shown == {"sheets": [{"data": [{"rowData": [{"values": [{"note": "сюда — фамилию"}]}]}]}]}


def test_an_area_is_filled_and_its_rest_cleared(client, lines):
    book = client.book()
    client.write(book, ["a", "b"], ["c", "d"])
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    client.batch(book, {"updateCells": {"range": area, "rows": lines(["z"]), "fields": "userEnteredValue"}})
    assert client.values(book) == [["z"]]


def test_notes_are_real_comments_and_other_peoples_notes_stay(client):
    book = client.book()

    def note(row, text):
        place = {"sheetId": 0, "rowIndex": row, "columnIndex": 1}
        client.batch(
            book, {"updateCells": {"start": place, "rows": [{"values": [{"note": text}]}], "fields": "note"}}
        )

    note(0, "Кто наставник")
    note(4, "⚠ Наставничество: нет согласия")
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment} == {
        "B1": "Кто наставник",
        "B5": "⚠ Наставничество: нет согласия",
    }
    note(4, "")
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["B1"]
    with zipfile.ZipFile(client.path(book)) as package:
        drawing = next(name for name in package.namelist() if name.endswith(".vml"))
        assert package.read(drawing).count(b"<x:Row>") == 1


FOLLOWED = "sheets(properties(title),data(startRow,rowData(values(userEnteredValue,effectiveValue,formattedValue,note))))"


def test_what_is_shown_of_a_book_follows_every_change_as_an_office_opened_anew_shows_it(
    client, lines, tmp_path_factory
):
    """What was told of a row is told again only as long as nothing in it is another."""
    book = client.book()

    def put(row, **cell):
        start = {"sheetId": 0, "rowIndex": row, "columnIndex": 1}
        return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": ",".join(cell)}}

    def area(**told):
        return {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 3, **told}

    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    look = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}}
    renamed = {"properties": {"sheetId": 7, "title": "Пары 2"}, "fields": "title"}
    last = None
    for change in (
        {
            "updateCells": {
                "start": {"sheetId": 0},
                "rows": lines(["a", 46000], ["б", 2]),
                "fields": "userEnteredValue",
            }
        },
        put(0, userEnteredValue={"numberValue": 46001}),
        {
            "repeatCell": {
                "range": area(startRowIndex=0, endRowIndex=1),
                "cell": look,
                "fields": "userEnteredFormat",
            }
        },
        put(1, note="Кто это"),
        put(1, note="Кто-то"),
        put(1, note=""),
        put(2, note="На пустой строке"),
        {"insertDimension": {"range": span}},
        {"appendCells": {"sheetId": 0, "rows": lines(["ещё", True]), "fields": "userEnteredValue"}},
        add(7, "Пары"),
        put(0, userEnteredValue={"formulaValue": '=HYPERLINK("#gid=7&range=B5";"B5")'}),
        {"updateSheetProperties": renamed},
        {"updateCells": {"range": area(startRowIndex=0, endRowIndex=1), "fields": "userEnteredValue"}},
        {"deleteDimension": {"range": span}},
    ):
        client.batch(book, change)
        once, again = (client.ok("GET", f"/v4/spreadsheets/{book}?fields={FOLLOWED}") for _ in range(2))
        with client.elsewhere(tmp_path_factory.mktemp("anew") / "home") as anew:
            assert once == again == anew.ok("GET", f"/v4/spreadsheets/{book}?fields={FOLLOWED}")
        assert once != last
        last = once


def test_an_empty_sheet_shows_empty_data_under_a_mask(client):
    book = client.book()
    assert client.ok("GET", f"/v4/spreadsheets/{book}?fields=sheets.data.rowData.values.note") == {
        "sheets": [{"data": [{}]}]
    }


RULES = [
    {
        "condition": {
            "type": "ONE_OF_LIST",
            "values": [{"userEnteredValue": "да"}, {"userEnteredValue": "нет"}],
        },
        "strict": True,
        "showCustomUi": True,
    },
    {
        "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='Наставники'!$A$2:$A$1000"}]},
        "showCustomUi": True,
    },
    {"condition": {"type": "BOOLEAN"}, "strict": True, "showCustomUi": True},
    {"condition": {"type": "DATE_IS_VALID"}, "strict": True, "inputMessage": "дд.мм.гггг"},
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_kept_in_the_file_and_read_back(client, rule):
    book = client.book()
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 2, "endColumnIndex": 3}
    client.batch(book, {"setDataValidation": {"range": area, "rule": rule}})
    shown = client.ok(
        "GET", f"/v4/spreadsheets/{book}?ranges=Sheet1!C2&fields=sheets.data.rowData.values.dataValidation"
    )
    assert shown["sheets"][0]["data"][0]["rowData"][0]["values"][0]["dataValidation"] == rule
    rules = openpyxl.load_workbook(client.path(book))["Sheet1"].data_validations.dataValidation
    assert [str(each.sqref) for each in rules] == ["C2:C5"]


def test_a_rule_over_part_of_another_leaves_the_rest(client):
    book = client.book()

    def rule(top, bottom, wanted):
        area = {
            "sheetId": 0,
            "startRowIndex": top,
            "endRowIndex": bottom,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        client.batch(book, {"setDataValidation": {"range": area, **({"rule": wanted} if wanted else {})}})

    rule(0, 10, RULES[0])
    rule(3, 5, RULES[2])
    rule(7, 8, None)
    rules = openpyxl.load_workbook(client.path(book))["Sheet1"].data_validations.dataValidation
    assert {str(each.sqref) for each in rules} == {"A1:A3 A6:A7 A9:A10", "A4:A5"}


def test_a_list_that_no_file_can_hold_is_refused_with_the_way_out(client):
    values = [{"userEnteredValue": "слово, два"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}}
    message = client.refused_batch(
        400, client.book(), {"setDataValidation": {"range": {"sheetId": 0}, "rule": rule}}
    )
    assert "ONE_OF_RANGE" in message


def test_looks_are_real_and_added_one_to_another(client):
    book = client.book()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}

    def look(fields, **wanted):
        client.batch(
            book,
            {
                "repeatCell": {
                    "range": area,
                    "cell": {"userEnteredFormat": wanted},
                    "fields": f"userEnteredFormat({fields})",
                }
            },
        )

    look(
        "textFormat.bold,backgroundColor",
        textFormat={"bold": True},
        backgroundColor={"red": 0.8, "green": 0.9, "blue": 1},
    )
    look("wrapStrategy,verticalAlignment", wrapStrategy="WRAP", verticalAlignment="TOP")
    cell = openpyxl.load_workbook(client.path(book))["Sheet1"]["C1"]
    assert (cell.font.b, cell.fill.fgColor.rgb, cell.alignment.wrap_text, cell.alignment.vertical) == (
        True,
        "FFCCE6FF",
        True,
        "top",
    )
    shown = client.ok(
        "GET", f"/v4/spreadsheets/{book}?ranges=C1&fields=sheets.data.rowData.values.userEnteredFormat"
    )
    read = shown["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]
    assert read["textFormat"] == {"bold": True}
    assert read["wrapStrategy"] == "WRAP"


def test_columns_get_widths_and_rows_are_hidden(client):
    book = client.book()

    def size(dimension, start, end, fields, **properties):
        span = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}
        client.batch(
            book, {"updateDimensionProperties": {"range": span, "properties": properties, "fields": fields}}
        )

    size("COLUMNS", 0, 3, "pixelSize", pixelSize=215)
    size("COLUMNS", 1, 2, "hiddenByUser", hiddenByUser=True)
    size("ROWS", 4, 5, "hiddenByUser", hiddenByUser=True)
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert sheet.column_dimensions["A"].width == pytest.approx(30)
    assert sheet.column_dimensions["B"].hidden
    assert sheet.row_dimensions[5].hidden


def test_rows_put_in_and_taken_out_carry_everything_below_along(client):
    book = client.book()
    client.write(book, ["h"], ["a"], ["b"], ["c"])
    place = {"sheetId": 0, "rowIndex": 2, "columnIndex": 0}
    client.batch(
        book, {"updateCells": {"start": place, "rows": [{"values": [{"note": "о b"}]}], "fields": "note"}}
    )
    area = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    client.batch(book, {"setDataValidation": {"range": area, "rule": RULES[0]}})
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    client.batch(book, {"insertDimension": {"range": span}})
    assert client.values(book) == [["h"], [], [], ["a"], ["b"], ["c"]]
    client.batch(book, {"deleteDimension": {"range": {**span, "startIndex": 1, "endIndex": 4}}})
    assert client.values(book) == [["h"], ["b"], ["c"]]
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert sheet["A2"].comment.text == "о b"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "A2:A3"
    grid = client.ok("GET", f"/v4/spreadsheets/{book}")["sheets"][0]["properties"]["gridProperties"]
    assert grid["rowCount"] == 999


def test_columns_put_in_and_taken_out(client):
    book = client.book()
    client.write(book, ["a", "b", "c"])
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    client.batch(book, {"insertDimension": {"range": span}})
    assert client.values(book) == [["a", "", "b", "c"]]
    client.batch(book, {"deleteDimension": {"range": {**span, "startIndex": 0}}})
    assert client.values(book) == [["b", "c"]]


def test_rows_are_not_put_into_a_sheet_with_formulas(client):
    book = client.book()
    cell = {"userEnteredValue": {"formulaValue": "=A1+1"}}
    client.batch(
        book,
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 1},
                "rows": [{"values": [cell]}],
                "fields": "userEnteredValue",
            }
        },
    )
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    assert "формулы" in client.refused_batch(501, book, {"insertDimension": {"range": span}})


def test_a_link_is_a_formula_with_its_text(client):
    book = client.book()
    cell = {"userEnteredValue": {"formulaValue": '=HYPERLINK("file:///x;y";"Приказ ""А""")'}}
    client.batch(
        book,
        {
            "updateCells": {
                "start": {"sheetId": 0},
                "rows": [{"values": [cell]}],
                "fields": "userEnteredValue",
            }
        },
    )
    assert client.values(book) == [['Приказ "А"']]
    assert client.values(book, how="FORMULA") == [['=HYPERLINK("file:///x;y","Приказ ""А""")']]


def test_a_batch_shows_what_it_left_behind_when_asked(client, lines):
    book = client.book()
    answer = client.batch(
        book,
        {
            "updateCells": {
                "start": {"sheetId": 0},
                "rows": lines(["⚙ Код", "x"]),
                "fields": "userEnteredValue",
            }
        },
        includeSpreadsheetInResponse=True,
        responseRanges=["Sheet1!A1:A5"],
        responseIncludeGridData=True,
    )
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"]
    assert data == [
        {
            "rowData": [
                {
                    "values": [
                        {
                            "userEnteredValue": {"stringValue": "⚙ Код"},
                            "effectiveValue": {"stringValue": "⚙ Код"},
                            "formattedValue": "⚙ Код",
                        }
                    ]
                }
            ]
        }
    ]


def test_protection_is_remembered_and_warning_only_has_no_editors(client):
    book = client.book()
    wanted = {"range": {"sheetId": 0, "startColumnIndex": 3}, "warningOnly": True, "description": "⚙"}
    reply = client.batch(book, {"addProtectedRange": {"protectedRange": wanted}})["replies"][0]
    assert reply["addProtectedRange"]["protectedRange"]["protectedRangeId"] == 1
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?fields=sheets.protectedRanges(description)")
    assert shown == {"sheets": [{"protectedRanges": [{"description": "⚙"}]}]}
    both = {**wanted, "editors": {"users": ["a@example.org"]}}
    client.refused_batch(400, book, {"addProtectedRange": {"protectedRange": both}})


@pytest.mark.parametrize(
    ("request_", "status"),
    [({"sortRange": {"range": {"sheetId": 0}}}, 501), ({"updateCell": {}}, 400), ({}, 400)],
)
def test_requests_that_are_unknown_here_or_anywhere_are_refused(client, request_, status):
    client.refused_batch(status, client.book(), request_)


def test_a_workbook_that_is_no_workbook_is_named_with_the_cure(client):
    book = client.book("Роспись")
    client.path(book).write_bytes(b"not a zip at all")
    message = client.refused(400, "GET", f"/v4/spreadsheets/{book}")["message"]
    assert "«Роспись»" in message
    assert "сохраните" in message


def test_a_colour_of_text_does_not_undo_what_was_bold_and_an_unknown_look_is_refused(client):
    book = client.book()
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}

    def look(fields, **wanted):
        return {"repeatCell": {"range": area, "cell": {"userEnteredFormat": wanted}, "fields": fields}}

    client.batch(book, look("userEnteredFormat.textFormat.bold", textFormat={"bold": True}))
    red = {"foregroundColor": {"red": 1}, "fontSize": 14}
    client.batch(book, look("userEnteredFormat.textFormat(foregroundColor,fontSize)", textFormat=red))
    font = openpyxl.load_workbook(client.path(book))["Sheet1"]["A1"].font
    assert (font.b, font.color.rgb, font.sz) == (True, "FFFF0000", 14)
    message = client.refused_batch(501, book, look("userEnteredFormat", borders={"top": {"style": "SOLID"}}))
    assert "borders" in message
    client.batch(book, look("userEnteredFormat"))
    assert not openpyxl.load_workbook(client.path(book))["Sheet1"]["A1"].font.b


def test_a_damaged_sheet_inside_a_good_container_is_told_plainly(client):
    book = client.book("Карта")
    path = client.path(book)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-20]
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert (
        "«Карта» не читается" in client.refused(400, "GET", f"/v4/spreadsheets/{book}/values/A1")["message"]
    )


def test_numbers_and_flags_are_shown_as_a_russian_sheet_shows_them(client):
    book = client.book()
    client.write(book, [1234.5, True, False, 7])
    assert client.values(book, how="FORMATTED_VALUE") == [["1234,5", "ИСТИНА", "ЛОЖЬ", "7"]]


def test_columns_may_be_asked_for_instead_of_rows(client):
    book = client.book()
    client.write(book, ["a", "b"], ["c"])
    shown = client.ok("GET", f"/v4/spreadsheets/{book}/values/A1:B9?majorDimension=COLUMNS")
    assert shown == {"range": "Sheet1!A1:B9", "majorDimension": "COLUMNS", "values": [["a", "c"], ["b"]]}


def test_cells_and_rows_written_backwards_stand_in_rising_order_in_the_file(client):
    book = client.book()
    for row, column in ((5, 3), (5, 1), (2, 7), (5, 2), (2, 0), (9, 0)):
        client.write(book, [f"{row},{column}"], at=(row, column))
    with zipfile.ZipFile(client.path(book)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="(\w+)"', sheet) == ["A3", "H3", "B6", "C6", "D6", "A10"]


def condition(index, formula, **look):
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 50, "startColumnIndex": 0, "endColumnIndex": 4}
    wanted = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    rule = {"ranges": [area], "booleanRule": {"condition": wanted, "format": look}}
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def test_a_conditional_look_is_real_ordered_and_can_be_taken_away(client):
    book = client.book()
    red = {"red": 0.8, "green": 0.4, "blue": 0.4}
    client.batch(
        book,
        condition(0, '=$C2="просрочено"', backgroundColor=red),
        condition(0, "=$A2=1", textFormat={"bold": True}),
    )
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    found = {each.formula[0]: each for area in sheet.conditional_formatting for each in area.rules}
    assert {formula: each.priority for formula, each in found.items()} == {"$A2=1": 1, '$C2="просрочено"': 2}
    assert found['$C2="просрочено"'].dxf.fill.bgColor.rgb == "FFCC6666"
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?fields=sheets.conditionalFormats")["sheets"][0][
        "conditionalFormats"
    ]
    assert [each["booleanRule"]["format"].get("backgroundColor") for each in shown] == [None, red]
    reply = client.batch(book, {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})["replies"][0]
    assert reply["deleteConditionalFormatRule"]["rule"] == shown[0]
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert [each.formula[0] for area in sheet.conditional_formatting for each in area.rules] == [
        '$C2="просрочено"'
    ]
    client.refused_batch(400, book, {"deleteConditionalFormatRule": {"sheetId": 0, "index": 5}})


def test_a_filter_and_the_place_of_the_workbook_are_kept(client):
    book = client.book()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 3}
    place = {"properties": {"locale": "ru_RU", "timeZone": "Asia/Krasnoyarsk"}, "fields": "locale,timeZone"}
    client.batch(
        book, {"setBasicFilter": {"filter": {"range": area}}}, {"updateSpreadsheetProperties": place}
    )
    assert openpyxl.load_workbook(client.path(book))["Sheet1"].auto_filter.ref == "A1:C9"
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?fields=properties(locale,timeZone)")
    assert shown == {"properties": place["properties"]}


def test_every_part_of_a_sheet_stands_where_the_format_demands(client):
    book = client.book()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 3}
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    look = {"properties": {"sheetId": 0, "tabColor": {"red": 1}, "gridProperties": {"frozenRowCount": 1}}}
    client.batch(
        book,
        {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"setDataValidation": {"range": area, "rule": RULES[0]}},
        condition(0, "=$A2=1", textFormat={"bold": True}),
        {
            "updateDimensionProperties": {
                "range": span,
                "properties": {"pixelSize": 90},
                "fields": "pixelSize",
            }
        },
        {"updateSheetProperties": {**look, "fields": "tabColor,gridProperties.frozenRowCount"}},
    )
    client.write(book, ["x"])
    with zipfile.ZipFile(client.path(book)) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert [etree.QName(each).localname for each in root] == [
        "sheetPr",
        "dimension",
        "sheetViews",
        "cols",
        "sheetData",
        "autoFilter",
        "conditionalFormatting",
        "dataValidations",
        "legacyDrawing",
    ]


def formula(client, book):
    found = client.ok(
        "GET", f"/v4/spreadsheets/{book}", params={"includeGridData": "true", "ranges": "Sheet1!A1"}
    )
    return found["sheets"][0]["data"][0]["rowData"][0]["values"][0]


@pytest.mark.parametrize("title", ["Пары", "Как быть, «да», 'или' нет!", 'в "кавычках"', "2026"])
def test_a_link_into_the_book_names_the_tab_by_number_on_the_wire_and_by_title_on_disk(client, title):
    book = client.book()
    link = '=HYPERLINK("#gid=7&range=B5";"B5")'
    client.batch(
        book,
        add(7, title),
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": link}}]}],
                "fields": "userEnteredValue",
            }
        },
    )
    kept = openpyxl.load_workbook(client.path(book))["Sheet1"]["A1"].value
    quoted = title if title == "Пары" else "'" + title.replace("'", "''").replace('"', '""') + "'"
    assert kept == f'=HYPERLINK("#{quoted}!B5","B5")'
    shown = formula(client, book)
    assert shown["userEnteredValue"] == {"formulaValue": link.replace(";", ",")}
    assert shown["formattedValue"] == "B5"


def test_a_link_to_a_tab_that_is_not_there_stays_as_it_is(client):
    book = client.book()
    link = '=HYPERLINK("#gid=99&range=B5","B5")'
    client.batch(
        book,
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": link}}]}],
                "fields": "userEnteredValue",
            }
        },
    )
    assert formula(client, book)["userEnteredValue"] == {"formulaValue": link}


@pytest.mark.parametrize(
    ("spelled", "told"),
    [
        ("a_xD800_b", "a\ufffeb"),
        ("a_xDFFF__xD800_", "a\ufffe\ufffe"),
        ("_xD83D__xDE00_!", "😀!"),
        ("a_x0008_b", "a\ufffeb"),
        ("a_xFFFE_", "a\ufffe"),
        ("_x005F_x0041_", "_x0041_"),
        ("a_x000a_b", "a\nb"),
    ],
)
def test_a_code_in_a_cell_that_stands_for_no_character_is_shown_as_one_that_does_not_exist(
    client, spelled, told
):
    book = client.book()
    client.write(book, ["МЕТКА"])
    path = client.path(book)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("МЕТКА".encode(), spelled.encode())
    with zipfile.ZipFile(path, "w") as package:
        for each, data in parts.items():
            package.writestr(each, data)
    assert client.values(book) == [[told]]
    clean = told.replace("\ufffe", "")
    client.write(book, [clean], at=(1, 0))
    assert client.values(book) == [[told], [clean]]

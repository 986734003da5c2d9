"""What a file remembers of its formulas' results: never told or kept after a change that may have made it untrue."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest


def cell(ref, formula="", value="", attributes="", kind=""):
    """One cell with a formula and its remembered result, as Excel writes it."""
    mark = f"<f{attributes}>{formula}</f>" if formula or attributes else ""
    return f'<c r="{ref}"{kind}>{mark}<v>{value}</v></c>'


def put_in(client, tabs):
    """A person's book of tabs with rows of cells, put into the folder; its id."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title in tabs:
        workbook.create_sheet(title)
    path = client.root / "Книга.xlsx"
    workbook.save(path)
    parts = parts_of(path)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    for number, lines in enumerate(tabs.values(), 1):
        rows = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in lines.items())
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = re.sub(
            rb"<sheetData\s*/>|<sheetData></sheetData>",
            f"<sheetData>{rows}</sheetData>".encode(),
            parts[name],
        )
        assert rows.encode() in parts[name]
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return client.ok("GET", "/drive/v3/files?fields=files(id)")["files"][0]["id"]


def parts_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def change(client, book, tab="Данные", at=(1, 1), value=7):
    client.write(book, [value], sheet=client.tabs(book)[tab], at=at)


PLAIN = {2: [cell("B2", value=100), cell("C2", value=5)]}


def test_results_that_follow_from_a_changed_cell_are_gone_in_every_tab(client):
    other = {
        1: [cell("A1", "Данные!B2*10", 1000)],
        2: [cell("A2", "A1+1", 1001)],
        3: [cell("A3", "Данные!C2*2", 10)],
    }
    data = {2: [*PLAIN[2], cell("D2", "B2*2", 200), cell("E2", "C2*2", 10)]}
    book = put_in(client, {"Данные": data, "Сводка": other, "Прочее": {1: [cell("A1", "1+1", 2)]}})
    before = parts_of(client.path(book))
    change(client, book)
    assert client.values(book, "Данные!B2:E2") == [[7, 5, "", 10]]
    assert client.values(book, "Сводка!A1:A3") == [[], [], [10]]
    shown = client.ok("GET", f"/v4/spreadsheets/{book}?ranges=Сводка!A1&includeGridData=true")
    assert shown["sheets"][0]["data"][0]["rowData"][0]["values"][0] == {
        "userEnteredValue": {"formulaValue": "=Данные!B2*10"}
    }
    after = parts_of(client.path(book))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    assert openpyxl.load_workbook(client.path(book))["Сводка"]["A1"].value == "=Данные!B2*10"


def test_only_the_written_sheet_changes_where_no_formula_reads_what_was_written(client):
    link = cell("A1", 'HYPERLINK("#Данные!B2","сюда")', "сюда", kind=' t="str"')
    book = put_in(client, {"Данные": PLAIN, "Сводка": {1: [link], 2: [cell("A2", "SUM(Данные!C2:C9)", 5)]}})
    before = parts_of(client.path(book))
    change(client, book)
    after = parts_of(client.path(book))
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    assert client.values(book, "Сводка") == [["сюда"], [5]]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ('HYPERLINK("#Данные!B2","сюда")', "сюда"),
        ('hyperlink( "http://x;y" , "Приказ ""О парах""" )', 'Приказ "О парах"'),
        ('HYPERLINK("http://x")', "http://x"),
    ],
)
def test_a_link_saved_without_a_result_or_with_an_error_shows_its_own_words(client, formula, shown):
    bare = f'<c r="A1"><f>{formula}</f></c>'
    broken = cell("A2", formula, "#NAME?", kind=' t="e"')
    book = put_in(client, {"Данные": PLAIN, "Сводка": {1: [bare], 2: [broken]}})
    assert client.values(book, "Сводка") == [[shown], [shown]]


READS = [
    "B2", "$B$2", "b2+1", "SUM(A1:C3)", "SUM(B:B)", "SUM(2:2)", "SUM($A:$C)", "COUNTIF(Данные!B1:B9,1)", "'данные'!B2", "IF(C9,B2,0)",
    'VLOOKUP("x",A1:C9,3,0)', "СВОДНОЕ_ИМЯ", 'INDIRECT("B2")', "OFFSET(A1,1,1)", "TODAY()", "SUM(Данные:Прочее!A1)", "Table1[Сумма]",
    "[1]Лист!A1", "A1:INDEX(B:B,2)", "SUM(C2,B2)", "_xlfn.CONCAT(B1:B3)", "SUM(C2:A1)",
]  # fmt: skip
READS_NOT = [
    "C2", "SUM(C:D)", "SUM(3:9)", "Прочее!B2", "'Прочее'!A1:C9", '"B2"&amp;C2', "SUM(C2,1.5E3,{1,2;3,4})", "B20", "AB2", "LOG10(C2)",
    "IF(C2=TRUE,1,#N/A)", "_xlfn.CONCAT(C1:C3)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "reads"), [*((each, True) for each in READS), *((each, False) for each in READS_NOT)]
)
def test_a_formula_forgets_its_result_only_if_it_may_read_the_changed_cell(client, formula, reads):
    book = put_in(
        client, {"Данные": {2: [*PLAIN[2], cell("J2", formula, 55)]}, "Прочее": {1: [cell("A1", value=1)]}}
    )
    change(client, book)
    assert client.values(book, "Данные!J2") == (None if reads else [[55]])


def test_formulas_that_share_their_text_each_read_cells_of_their_own_row(client):
    rows = {
        2: [
            cell("B2", value=100),
            cell("D2", "B2*2", 200, ' t="shared" ref="D2:D4" si="0"'),
            cell("E2", "$B$2", 1, ' t="shared" ref="E2:E3" si="1"'),
        ],
        3: [
            cell("B3", value=1),
            cell("D3", "", 2, ' t="shared" si="0"'),
            cell("E3", "", 1, ' t="shared" si="1"'),
        ],
        4: [cell("B4", value=3), cell("D4", "", 6, ' t="shared" si="0"')],
    }
    book = put_in(client, {"Данные": rows})
    change(client, book, at=(2, 1))
    assert client.values(book, "Данные!D2:E4") == [[200, 1], ["", 1], [6]]
    change(client, book)
    assert client.values(book, "Данные!D2:E4") == [[], [], [6]]


def test_an_array_forgets_all_of_its_cells(client):
    rows = {
        2: [cell("B2", value=100), cell("D2", "B2:B3*2", 200, ' t="array" ref="D2:D3"')],
        3: [cell("B3", value=1), cell("D3", value=2), cell("F3", "D3", 2)],
    }
    book = put_in(client, {"Данные": rows})
    change(client, book)
    assert client.values(book, "Данные!B2:F3") == [[7], [1]]


@pytest.mark.parametrize(
    "request_",
    [
        {"deleteSheet": {"sheetId": 1}},
        {"updateSheetProperties": {"properties": {"sheetId": 1, "title": "Другое"}, "fields": "title"}},
        {"insertDimension": {"range": {"sheetId": 1, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {
            "deleteDimension": {
                "range": {"sheetId": 1, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
            }
        },
    ],
)
def test_a_tab_that_goes_moves_or_shifts_takes_the_results_read_from_it_along(client, request_):
    formulas = {1: [cell("A1", "Данные!C2", 5)], 2: [cell("A2", "A9", 1)]}
    book = put_in(client, {"Данные": PLAIN, "Сводка": formulas})
    (kind, body), number = next(iter(request_.items())), client.tabs(book)["Данные"]
    text = {
        name: (
            number
            if name == "sheetId"
            else {**value, "sheetId": number}
            if isinstance(value, dict)
            else value
        )
        for name, value in body.items()
    }
    client.batch(book, {kind: text})
    assert client.values(book, "Сводка") == [[], [1]]


def test_a_batch_that_writes_no_value_forgets_nothing(client):
    book = put_in(client, {"Данные": {2: [*PLAIN[2], cell("D2", "B2*2", 200)]}})
    look = {"range": {"sheetId": client.tabs(book)["Данные"]}, "cell": {"note": "x"}, "fields": "note"}
    look["range"] |= {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
    client.batch(book, {"repeatCell": look})
    assert client.values(book, "Данные!D2") == [[200]]

"""Cells of spreadsheets as people see them, whatever the file says of its own size, and formulas that nobody reckoned."""

import re
import zipfile

import openpyxl
import pytest

from flows.intake import read
from flows.intake.apart import parsed_apart
from flows.intake.shown import shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1, "0%", "10 %"),
        (0.125, "0.0%", "12,5 %"),
        (7, "000", "007"),
        (7, "General", "7"),
        (1.1, "General", "1.1"),
        (1.1, "0.00", "1.10"),
        (2.5, "0.##", "2.5"),
        (79121234567, '"+"0\\ \\(000\\)\\ 000\\-00\\-00', "+7 (912) 123-45-67"),
        (9121234567, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(912) 123-4567"),
        (5551234, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-1234"),
        (89121234567.0, "General", "89121234567"),
        (1234567.5, "General", "1234567.5"),
        (5000, '#,##0\\ "₽"', "5 000 ₽"),
        (5, '0" лет"', "5 лет"),
        (-3, "0;(0)", "(3)"),
        (-3, "0", "-3"),
        (0.5, "# ?/?", "0.5"),
        (True, "General", "ИСТИНА"),
    ],
)
def test_a_number_is_what_its_cell_shows(value, number_format, text):
    assert shown(value, number_format) == text


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "Список.xlsx"
    told = openpyxl.Workbook()
    for row in (["ФИО", "Кабинет", "Стаж"], ["Зимина Ольга Петровна", 7, "=1+1"]):
        told.active.append(row)
    told.active["B2"].number_format = "000"
    told.save(path)
    return path


def rewritten(path, change):
    """Change the XML of the first sheet as another program would have written it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = change(parts[sheet].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_sheet_is_read_by_its_cells_and_not_by_the_size_it_claims(book):
    rewritten(book, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml))
    document, _ = read(book)
    assert [cell.text for cell in document.tables[0][1]] == ["Зимина Ольга Петровна", "007", ""]


def test_a_formula_without_a_value_is_told_by_its_cell(book):
    _, problems = read(book)
    assert [(each.code, each.origin.tab, "C2" in each.message) for each in problems] == [
        ("formula-empty", "Sheet", True)
    ]


@pytest.mark.parametrize(
    "value", ['<c r="C2" t="str"><f>""</f><v></v></c>', '<c r="C2"><f>1+1</f><v>2</v></c>']
)
def test_a_formula_that_was_reckoned_is_not_told(book, value):
    rewritten(book, lambda xml: re.sub(r'<c r="C2".*?</c>', value, xml))
    document, problems = read(book)
    assert problems == ()
    assert document.tables[0][1][2].text == ("2" if "2</v>" in value else "")


def test_a_child_tells_the_same(book):
    document = parsed_apart(book.read_bytes(), ".xlsx")
    assert document.unvalued == (("Sheet", "C2"),)

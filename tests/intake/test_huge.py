"""Small files that unfold into huge tables: told in a sentence before anything is unpacked or parsed."""

import io
import zipfile

import docx
import openpyxl
import pytest

from flows.domain.model import Severity
from flows.intake import limits, read_bytes, reader, understand_bytes
from flows.intake.word_numbers import _as

ROWS = [
    ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"],
    ["1", "Провести", "май 2027", "Директор", "Приказ"],
    ["2", "Собрать", "май 2027", "Директор", "Приказ"],
]


def book(**cells):
    made, data = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        made.active.append(row)
    for place, value in cells.items():
        made.active[place] = value
    made.save(data)
    return data.getvalue()


def paper():
    made, data = docx.Document(), io.BytesIO()
    table = made.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.save(data)
    return data.getvalue()


def changed(data, part, old, new):
    told = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new, 1) if name == part else content)
    return told.getvalue()


SHEET, BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
MERGE = b'</sheetData><mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>'
LINE = b"1;\xd0\x9f;\xd0\xbc\xd0\xb0\xd0\xb9 2027;\xd0\x94;\xd0\x9f\n"
HUGE = {
    "merge.xlsx": (lambda: changed(book(), SHEET, b"</sheetData>", MERGE), "ячеек"),
    "cells.xlsx": (lambda: changed(book(), SHEET, b"</sheetData>", b"<row>" + b"<c/>" * 500_000 + b"</row></sheetData>"), "ячеек"),
    "far.xlsx": (lambda: book(CB19000="x"), "ячеек"),
    "low.xlsx": (lambda: book(A900000="x"), "строк"),
    "paragraphs.docx": (lambda: changed(paper(), BODY, b"<w:body>", b"<w:body>" + b"<w:p/>" * 3_000_000), "абзацев"),
    "semicolons.csv": (lambda: b";" * 6_000_000, "ячеек"),
    "rows.csv": (lambda: LINE * 100_000, "строк"),
    "rows.txt": (lambda: b"a\tb\tc\n" * 100_000, "строк"),
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_a_file_that_unfolds_without_end_is_refused_in_a_sentence(name, monkeypatch):
    make, what = HUGE[name]
    monkeypatch.setattr(reader, "parsed_apart", None)
    document, problems = read_bytes(make(), name)
    assert document.tables == ()
    assert [(each.code, each.severity) for each in problems] == [("file-huge", Severity.STOP)]
    assert f"слишком много {what}" in problems[0].message


def test_a_cell_that_claims_a_million_columns_takes_no_more_than_a_table_has():
    spanned = changed(paper(), BODY, b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>')
    document, _ = read_bytes(spanned, "план.docx")
    assert max(map(len, document.tables[0])) <= 2 * limits.MOST_COLUMNS


def test_a_list_that_begins_at_a_billion_in_roman_numbers_prints_it_in_figures():
    assert _as("upperRoman", 10**9) == "1000000000"
    assert _as("upperRoman", 14) == "XIV"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["план.xlsx", "план.docx"])
def test_a_heavy_file_is_read_in_a_child_as_a_light_one_is_here(name, monkeypatch):
    data = book() if name.endswith("xlsx") else paper()
    here = understand_bytes(data, name)
    monkeypatch.setattr(limits, "FEW_BYTES", 1)
    assert understand_bytes(data, name) == here


def test_a_child_that_takes_too_long_is_stopped_and_says_so(monkeypatch):
    monkeypatch.setattr(limits, "FEW_BYTES", 1)
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.01)
    document, problems = read_bytes(paper(), "план.docx")
    assert document.tables == ()
    assert [each.code for each in problems] == ["file-huge"]
    assert "чтение остановлено" in problems[0].message


def test_unseen_signs_of_any_file_are_dropped_and_their_cells_told():
    text = "№ п/п;Мероприятие;Срок;Ответственный;Результат\n1;Наз\x08начить\x00;май 2027;Директор;\n2;Собрать;май 2027;Директор\ufffe;\n"
    _, activities, problems = understand_bytes(text.encode(), "план.csv")
    assert [each.activity for each in activities] == ["Назначить", "Собрать"]
    assert [
        (each.message.partition(":")[2][:60], each.severity)
        for each in problems
        if each.code == "unseen-signs"
    ] == [(" строка 2, столбец 2; строка 3, столбец 4. Они пропущены; пр", Severity.NOTE)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Про_x0008_вести", "Провести"), ("_xD800_Провести", "Провести"), ("Провести_xFFFE_", "Провести"), ("Провести _xD83D__xDE00_", "Провести 😀"), ("Провести_x000D_\nвсё", "Провести\nвсё"), ("Провести _x0041_", "Провести _x0041_")],
)  # fmt: skip
def test_codes_of_unseen_signs_in_a_book_are_what_they_stand_for(typed, read):
    _, activities, _ = understand_bytes(book(B2=typed), "план.xlsx")
    assert activities[0].activity == read

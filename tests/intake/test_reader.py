"""Files as people hand them in: good ones become grids, bad ones a sentence."""

import csv
import zipfile

import docx
import openpyxl
import pytest

from flows import libreoffice
from flows.domain.model import Severity
from flows.intake import Merge, older, read

HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"]
LINE = ["1.1", "Провести встречу", "Май 2027", "Методист", "Протокол"]


def word(path, rows):
    paper = docx.Document()
    paper.add_paragraph("Дорожная карта МБДОУ «Вымышленный сад» на период 2026-2028")
    table = paper.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(path)
    return table, paper


def texts(document):
    return [[cell.text for cell in row] for row in document.tables[0]]


def test_a_word_table_keeps_its_cells_and_its_heading(tmp_path):
    word(tmp_path / "план.docx", [HEAD, LINE])
    document, problems = read(tmp_path / "план.docx")
    assert problems == ()
    assert texts(document) == [HEAD, LINE]
    assert document.organisation == "МБДОУ «Вымышленный сад»"
    assert (document.period.start.year, document.period.end.year) == (2026, 2028)


def test_the_text_of_a_word_file_is_the_part_that_the_file_names(tmp_path):
    word(tmp_path / "план.docx", [HEAD, LINE])
    with zipfile.ZipFile(tmp_path / "план.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    packed(tmp_path / "план.docx", parts)
    document, problems = read(tmp_path / "план.docx")
    assert problems == ()
    assert texts(document) == [HEAD, LINE]


def test_merged_word_cells_are_told_from_repeated_ones(tmp_path):
    table, paper = word(tmp_path / "план.docx", [HEAD, LINE, LINE])
    table.cell(1, 0).merge(table.cell(1, 4))
    paper.save(tmp_path / "план.docx")
    document, _ = read(tmp_path / "план.docx")
    assert [cell.merge for cell in document.tables[0][1]] == [Merge.NONE] + [Merge.ACROSS] * 4
    assert {cell.merge for cell in document.tables[0][2]} == {Merge.NONE}


def test_a_cell_merged_downwards_is_marked_in_its_lower_rows(tmp_path):
    table, paper = word(tmp_path / "план.docx", [HEAD, LINE, ["", "Ещё", "", "", ""]])
    table.cell(1, 0).merge(table.cell(2, 0))
    paper.save(tmp_path / "план.docx")
    document, _ = read(tmp_path / "план.docx")
    assert [row[0].merge for row in document.tables[0]] == [Merge.NONE, Merge.NONE, Merge.DOWN]


@pytest.mark.parametrize("name", ["план.csv", "план.tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_a_text_table_reads_in_either_encoding(tmp_path, name, encoding):
    with (tmp_path / name).open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter="\t" if name.endswith("tsv") else ";").writerows(
            [["Дорожная карта 2026-2027"], HEAD, LINE]
        )
    document, problems = read(tmp_path / name)
    assert problems == ()
    assert texts(document)[1:] == [HEAD, LINE]
    assert (document.title, document.period.start.year) == ("Дорожная карта 2026-2027", 2026)


def test_an_excel_sheet_reads_with_its_merged_section(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Дорожная карта 2026-2027"], HEAD, ["1. Раздел"], LINE):
        book.active.append(row)
    book.active.merge_cells("A3:E3")
    book.save(tmp_path / "план.xlsx")
    document, _ = read(tmp_path / "план.xlsx")
    assert [cell.merge for cell in document.tables[0][2]] == [Merge.NONE] + [Merge.ACROSS] * 4
    assert document.names == ("Sheet",)


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.fixture
def alone(monkeypatch):
    """A computer without LibreOffice."""
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    older.modern.cache_clear()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("name", "data", "code", "cure"),
    [
        ("план.doc", b"x", "file-kind", "сохраните как"),
        ("план.doc", OLE + "WordDocument".encode("utf-16-le"), "file-kind", "старого Word"),
        ("план.docx", OLE + "WordDocument".encode("utf-16-le"), "file-kind", "старого Word"),
        ("план.docm", b"x", "file-kind", "макросы"),
        ("план.xlsm", b"x", "file-kind", "макросы"),
        ("план.xls", b"x", "file-kind", ".xlsx"),
        ("план.xls", OLE + "Workbook".encode("utf-16-le"), "file-kind", "старого Excel"),
        ("план.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "file-locked", "снимите пароль"),
        ("план.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file-locked", "снимите пароль"),
        ("план.pdf", b"x", "file-broken", "исходный файл"),
        ("план.pdf", b"%PDF-1.4 and nothing more", "file-broken", "повреждён"),
        ("план.png", b"\x89PNG....", "file-kind", "картинка"),
        ("план.docx", b"\xff\xd8\xff\xe0 photo", "file-kind", "картинка"),
        ("план.docx", b"{\\rtf1\\ansi text}", "file-kind", ".rtf"),
        ("план.xls", b"<html><table><tr><td>1</td></tr></table></html>", "file-kind", "страница сайта"),
        ("план.odt", b"x", "file-kind", "LibreOffice"),
        ("план.pages", b"x", "file-kind", ".docx"),
        ("план", b"\x00\x01\x02binary", "file-kind", ".docx"),
        ("план.docx", b"not a zip", "file-broken", "сохраните заново"),
        ("план.docx", b"PK\x03\x04 cut off", "file-broken", "сохраните заново"),
        ("план.docx", b"", "file-empty", "пустой"),
        ("план.txt", b" \r\n", "file-empty", "пустой"),
        ("план.txt", b"\0" * 100_000, "file-empty", "пустых байтов"),
        ("план.docx", b"\0" * 100_000, "file-empty", "пустых байтов"),
        ("план.csv", b"\0" * 21_000_000, "file-huge", "20 МБ"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_with_the_cure(tmp_path, name, data, code, cure):
    (tmp_path / name).write_bytes(data)
    document, (problem,) = read(tmp_path / name)
    assert document.tables == ()
    assert (problem.severity, problem.code, problem.origin.book) == (Severity.STOP, code, name)
    assert cure in problem.message


def test_a_zip_that_is_no_word_file_and_one_that_hides_gigabytes_are_refused(tmp_path):
    packed(tmp_path / "чужой.docx", {"a.txt": b"x"})
    packed(tmp_path / "бомба.docx", {"word/document.xml": b"\0" * 100_000_000})
    assert read(tmp_path / "чужой.docx")[1][0].code == "file-broken"
    assert read(tmp_path / "бомба.docx")[1][0].code == "file-huge"


def test_a_missing_file_and_a_file_without_a_table_are_told_apart(tmp_path):
    docx.Document().save(tmp_path / "пусто.docx")
    assert read(tmp_path / "нет.docx")[1][0].code == "file-missing"
    assert read(tmp_path / "пусто.docx")[1][0].code == "no-table"


def test_a_text_file_with_a_cell_on_each_line_keeps_blank_lines_inside_a_cell(tmp_path):
    cells = ["Дорожная карта на 2026-2028", "\t№", "п/п", "\tМероприятие", "\tСрок", "\tОтветственный", "", "\t1.", "", "\tРаздел", "",
             "\t1.1", "\tСобрать", "\tМай 2027", "", "Май 2028", "\tМетодист"]  # fmt: skip
    (tmp_path / "план.txt").write_text("\n".join(cells), encoding="utf-8")
    document, problems = read(tmp_path / "план.txt")
    assert problems == ()
    assert texts(document)[1][:2] == ["1.", "Раздел"]
    assert texts(document)[2] == ["1.1", "Собрать", "Май 2027\nМай 2028", "Методист"]


def test_a_text_file_with_a_row_on_each_line_repeats_what_was_merged_downwards(tmp_path):
    rows = [
        "Дорожная карта на 2026-2027",
        "№\tЭтап\tСодержание деятельности\tСроки",
        "1\tНачало\tСобрать\tмай",
        "\t\tОбсудить\tмай",
    ]
    (tmp_path / "план.txt").write_text("\n".join(rows), encoding="utf-8")
    document, _ = read(tmp_path / "план.txt")
    assert texts(document)[2] == ["1", "Начало", "Обсудить", "май"]
    assert document.tables[0][2][0].merge is Merge.DOWN


def test_a_text_file_without_tabs_has_no_table(tmp_path):
    (tmp_path / "план.txt").write_text("Дорожная карта\nПросто текст", encoding="utf-8")
    assert read(tmp_path / "план.txt")[1][0].code == "no-table"

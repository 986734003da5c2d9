"""Files of older programs: by what they hold, whatever they are called; LibreOffice makes them new where it is installed."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from flows import libreoffice
from flows.domain.model import Severity
from flows.intake import bare_book, older, read, read_bytes
from flows.intake.answers import read_answers
from tests.intake.test_reader import HEAD, LINE, OLE, texts, word

DOC = OLE + "WordDocument".encode("utf-16-le")
XLS = OLE + "Workbook".encode("utf-16-le")


def opendocument(kind, **more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in {"content.xml": "<x/>", **more}.items():
            package.writestr(name, content)
    return made.getvalue()


ODT, ODS = opendocument("text"), opendocument("spreadsheet-template")
LOCKED = opendocument("text", **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"})


@pytest.fixture
def office(monkeypatch):
    """LibreOffice as this program sees it: what it was given, and what it gives back."""
    asked, gives = [], {}

    def converted(files, kind, into):
        asked.append((kind, into))
        return {name: gives[into] for name in files if into in gives}

    monkeypatch.setattr(libreoffice, "available", lambda: True)
    monkeypatch.setattr(libreoffice, "converted", converted)
    older.modern.cache_clear()
    yield asked, gives
    older.modern.cache_clear()


def book(rows):
    made, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", ["план.doc", "план.docx", "без окончания"])
@pytest.mark.parametrize(
    ("data", "kind"), [(DOC, ".doc"), (ODT, ".odt"), (b"\xef\xbb\xbf{\\rtf1 \\trowd}", ".rtf")]
)
def test_an_older_text_is_read_as_word_by_what_it_holds_not_by_its_name(tmp_path, office, name, data, kind):
    word(tmp_path / "новый.docx", [HEAD, LINE])
    asked, gives = office
    gives[".docx"] = (tmp_path / "новый.docx").read_bytes()
    document, problems = read_bytes(data, name)
    assert (asked, problems) == ([(kind, ".docx")], ())
    assert texts(document) == [HEAD, LINE]


@pytest.mark.parametrize(
    ("data", "kind"), [(XLS, ".xls"), (OLE + "Book\0".encode("utf-16-le"), ".xls"), (ODS, ".ods")]
)
def test_an_older_table_is_read_as_a_workbook(office, data, kind):
    asked, gives = office
    gives[".xlsx"] = book([["Дорожная карта 2026-2027"], HEAD, LINE])
    document, problems = read_bytes(data, "план.xls")
    assert (asked, problems) == ([(kind, ".xlsx")], ())
    assert texts(document)[1:] == [HEAD, LINE]


@pytest.mark.parametrize(
    ("data", "cure"),
    [(DOC, ".docx"), (XLS, ".xlsx"), (ODT, ".docx"), (ODS, ".xlsx"), (b"{\\rtf1}", ".docx")],
)
def test_where_libreoffice_is_not_installed_it_is_said_what_to_save_as_and_what_would_help(
    monkeypatch, data, cure
):
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    older.modern.cache_clear()
    _, (problem,) = read_bytes(data, "план.doc")
    assert (problem.severity, problem.code) == (Severity.STOP, "file-kind")
    assert cure in problem.message
    assert "поставить на этот компьютер LibreOffice" in problem.message


def test_what_libreoffice_cannot_open_is_said_with_the_cure(office):
    _, (problem,) = read_bytes(DOC, "план.doc")
    assert problem.code == "file-broken"
    assert "повреждён или под паролем" in problem.message


def test_a_table_that_became_plain_text_on_the_way_is_not_called_a_file_without_a_table(tmp_path, office):
    _, gives = office
    word(tmp_path / "текст.docx", [["одно", "слово"]])
    with zipfile.ZipFile(tmp_path / "текст.docx") as package:
        parts = {name: package.read(name).replace(b"<w:tbl>", b"<w:not>") for name in package.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    gives[".docx"] = made.getvalue()
    _, (problem,) = read_bytes(DOC + "ячейка\7".encode("utf-16-le") * 20, "план.doc")
    assert "таблица не разобралась" in problem.message


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (LOCKED, "file-locked", "снимите пароль"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file-locked", "снимите пароль"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "file-kind", "презентация"),
        (opendocument("presentation"), "file-kind", "не текст и не таблица"),
        (opendocument("text", **{"content.xml": "x" * 100_000_000}), "file-huge", "слишком много"),
        (DOC + b"\0" * 21_000_000, "file-huge", "20 МБ"),
    ],
)
def test_what_is_locked_huge_or_of_another_trade_never_reaches_libreoffice(office, data, code, says):
    _, (problem,) = read_bytes(data, "план.odt")
    assert office[0] == []
    assert problem.code == code
    assert says in problem.message


def test_answers_brought_in_an_older_table_are_answers_and_the_table_is_made_once(office):
    asked, gives = office
    gives[".xlsx"] = book([["Отметка времени", "Ваш код"], ["01.10.2026 10:00:00", "Н-001"]])
    read_bytes(ODS, "ответы.ods")
    (sheet,) = read_answers(ODS, "ответы.ods")
    assert sheet.grid[0] == ("Отметка времени", "Ваш код")
    assert asked == [(".ods", ".xlsx")]


def spoilt(data, part, old, new):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as target:
        for name in package.namelist():
            content = package.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


STYLES, TOP, SHEET = "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
ODD = [
    (STYLES, b"<fill><patternFill /></fill>", b"<fill/>"),
    (STYLES, b'<family val="2" />', b'<family val="99" />'),
    (STYLES, b"<border>", b'<border><left style="wavy"/>'),
    (STYLES, b"<cellStyles>", b'<cellStyles><cellStyle xfId="77"/>'),
    (TOP, b"</sheets>", b"</sheets><definedNames><definedName>#REF!</definedName></definedNames>"),
    (SHEET, b"</sheetData>", b'</sheetData><autoFilter ref="A1:E9"><filterColumn colId="x"/></autoFilter>'),
    (SHEET, b"</sheetData>", b'</sheetData><conditionalFormatting sqref="A1"><cfRule type="new"/></conditionalFormatting>'),
    (SHEET, b"</sheetData>", b'</sheetData><pageSetup orientation="diagonal"/>'),
    (SHEET, b"<sheetData>", b'<sheetViews><sheetView view="odd" workbookViewId="0"/></sheetViews><sheetData>'),
]  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new"), ODD, ids=[new.decode()[:40] for *_, new in ODD])
def test_what_is_odd_beside_the_cells_is_no_damage(tmp_path, part, old, new):
    whole = book([["Дорожная карта 2026-2027"], HEAD, [*LINE[:2], date(2027, 5, 4), *LINE[3:]]])
    odd = spoilt(whole, part, old, new)
    assert odd != whole
    (tmp_path / "план.xlsx").write_bytes(odd)
    document, problems = read(tmp_path / "план.xlsx")
    assert problems == ()
    assert texts(document)[2] == [*LINE[:2], "04.05.2027", *LINE[3:]]
    assert document.names == ("Sheet",)


def test_a_book_saved_as_strict_open_xml_is_read(tmp_path):
    whole = book([["Дорожная карта 2026-2027"], HEAD, LINE])
    names = ((bare_book.MAIN, bare_book.STRICT[0]), (bare_book.OFFICE, bare_book.STRICT[1]))
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels", TOP, SHEET, STYLES, "xl/sharedStrings.xml"):
        for usual, strict in names:
            whole = spoilt(whole, part, usual.encode(), strict.encode())
    (tmp_path / "план.xlsx").write_bytes(whole)
    document, problems = read(tmp_path / "план.xlsx")
    assert problems == ()
    assert texts(document)[1:] == [HEAD, LINE]


@pytest.mark.parametrize("part", [SHEET, TOP])
def test_a_book_whose_cells_are_cut_off_is_damaged(tmp_path, part):
    whole = book([HEAD, LINE])
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        cut = package.read(part)[:-40]
    (tmp_path / "план.xlsx").write_bytes(spoilt(whole, part, package_bytes(whole, part), cut))
    _, (problem,) = read(tmp_path / "план.xlsx")
    assert problem.code == "file-broken"


def package_bytes(data, part):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part)

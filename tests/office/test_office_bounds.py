"""Files that would hold everyone up, and who may read what the office makes."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from flows.office import Office, Request, blank, privacy
from tests.office.conftest import SPREADSHEET
from tests.office.test_office_person import append, ask, column, kept, paper, prepared, upload


def inflated(root, sheet=b"", columns=b"", parts=()):
    """A workbook whose sheet holds these bytes, put into the folder."""
    with zipfile.ZipFile(BytesIO(blank.workbook("1workbook-of-a-person"))) as package:
        known = {name: package.read(name) for name in package.namelist()} | dict(parts)
    name = "xl/worksheets/sheet1.xml"
    known[name] = known[name].replace(b"<sheetData/>", columns + b"<sheetData>" + sheet + b"</sheetData>")
    with zipfile.ZipFile(root / "Большая.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        for each, data in known.items():
            package.writestr(each, data)
    look = (root / "Большая.xlsx").stat()
    os.utime(root / "Большая.xlsx", ns=(look.st_atime_ns, look.st_mtime_ns - 10**10))
    return "1workbook-of-a-person"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("said", "content"),
    [
        (
            "слишком велика",
            lambda: {"sheet": b"".join(b"<row>" + b"<c/>" * 16_000 + b"</row>" for _ in range(160))},
        ),
        ("слишком велика", lambda: {"parts": {"xl/media/image1.png": bytes(201_000_000)}}),
        ("слишком велика", lambda: {"parts": {"xl/sharedStrings.xml": b" " * 61_000_000}}),
        ("не читается", lambda: {"sheet": b"<row>" + b"<c/>" * 20_000 + b"</row>"}),
        ("не читается", lambda: {"sheet": b"<row/>" * 1_048_577}),
        ("не читается", lambda: {"sheet": b'<row r="1048577"><c><v>1</v></c></row>'}),
        ("не читается", lambda: {"sheet": b'<row r="0"/>'}),
        (
            "не читается",
            lambda: {"sheet": b"<row><c><is>" + b"<r>" * 5000 + b"</r>" * 5000 + b"</is></c></row>"},
        ),
        (
            "не читается",
            lambda: {"columns": b"<cols>" + b'<col min="1" max="16384" style="0"/>' * 3 + b"</cols>"},
        ),
        ("не читается", lambda: {"columns": b'<cols><col min="5" max="2"/></cols>'}),
    ],
    ids=range(10),
)
def test_a_workbook_that_would_fill_the_memory_is_refused_in_russian(tmp_path, said, content):
    inflated(tmp_path, **content())
    office = Office(tmp_path)
    book = json.loads(ask(office, "GET", "/drive/v3/files?fields=files(id)").body)["files"][0]["id"]
    for line in (f"/v4/spreadsheets/{book}", f"/v4/spreadsheets/{book}/values/A1"):
        answer = ask(office, "GET", line)
        assert answer.status == 400
        assert said in answer.body.decode()
    assert append(office, book, "x").status == 400
    media = (tmp_path / "Большая.xlsx").read_bytes()
    head = f'--m\r\nContent-Type: application/json\r\n\r\n{{"name": "x", "mimeType": "{SPREADSHEET}"}}\r\n--m\r\n\r\n'.encode()
    request = {"Content-Type": "multipart/related; boundary=m"}
    assert upload_of(office, head + media + b"\r\n--m--", request).status == 400
    office.close()


def upload_of(office, body, headers):
    return office.handle(Request("POST", "/upload/drive/v3/files?uploadType=multipart", headers, body))


def test_a_value_in_the_last_corner_is_read_and_ruled_areas_are_bounded(tmp_path):
    rule = b'<dataValidations><dataValidation type="list" sqref="A1:XFC1048575"><formula1>"1"</formula1></dataValidation></dataValidations>'
    book = inflated(tmp_path, b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>')
    path = tmp_path / "Большая.xlsx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + rule)
    with zipfile.ZipFile(path, "w") as package:
        for each, data in parts.items():
            package.writestr(each, data)
    office = Office(tmp_path)
    assert b'"7"' in ask(office, "GET", f"/v4/spreadsheets/{book}/values/XFD1048576").body
    answer = ask(office, "GET", f"/v4/spreadsheets/{book}?includeGridData=true")
    assert answer.status == 400
    assert "назовите меньшую" in answer.body.decode()
    office.close()


def test_pipes_sockets_and_links_hold_nobody_up(tmp_path):
    os.mkfifo(tmp_path / "Труба.xlsx")
    os.mkfifo(tmp_path / "Труба.docx")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)
        listening.bind("Гнездо.docx")
        os.chdir(here)
        (tmp_path / "Устройство.docx").symlink_to("/dev/zero")
        office = Office(tmp_path)
        file_id = paper(office)
        assert b"\xd0\xa2\xd1\x80\xd1\x83\xd0\xb1\xd0\xb0" not in ask(office, "GET", "/drive/v3/files").body
        assert ask(office, "GET", f"/drive/v3/files/{file_id}").status == 200
        office.close()


def test_a_paper_replaced_by_a_pipe_is_gone(tmp_path):
    office = Office(tmp_path)
    file_id = paper(office)
    (tmp_path / "Приказ.docx").unlink()
    os.mkfifo(tmp_path / "Приказ.docx")
    assert ask(office, "GET", f"/drive/v3/files/{file_id}?alt=media").status == 404
    assert upload(office, file_id, b"x").status == 404
    office.close()


def modes(folder):
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


MAKER = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
import tests.office.test_office_bounds as bounds
office = bounds.made(Path(sys.argv[1]))
os._exit(0)  # as if killed: what SQLite keeps beside stays there
"""


def made(root):
    """A home in which everything was done that makes files."""
    office, book, _ = prepared(root)
    assert append(office, book, "офис").status == 200
    file_id = paper(office)
    assert upload(office, file_id, b"second").status == 200
    folder = {"name": "Папка", "mimeType": "application/vnd.google-apps.folder"}
    assert ask(office, "POST", "/drive/v3/files", folder).status == 200
    trashed = paper(office, "Лишний.docx")
    assert ask(office, "PATCH", f"/drive/v3/files/{trashed}", {"trashed": True}).status == 200
    return office


@pytest.mark.sampled(3)
@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_what_the_office_makes_is_its_owners_alone_whatever_the_umask(tmp_path, umask):
    home = tmp_path / "home"
    subprocess.run([sys.executable, "-c", MAKER, str(home), umask], cwd=Path(__file__).parents[2], check=True)
    found = modes(home)
    folders = {name for name in found if (home / name).is_dir()}
    assert {
        ".nastavnik/state.sqlite",
        ".nastavnik/state.sqlite-wal",
        ".nastavnik/state.sqlite-shm",
        ".nastavnik/lock",
    } <= set(found)
    assert {name: oct(mode) for name, mode in found.items() if name in folders and mode != 0o700} == {}
    assert {name: oct(mode) for name, mode in found.items() if name not in folders and mode != 0o600} == {}
    assert privacy.too_open(home) == []


def test_bytes_are_private_before_the_first_of_them_is_written(tmp_path):
    seen = []

    def write(handle, data):
        seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return os.write(handle, data)

    before = os.umask(0)
    try:
        office, book, _ = prepared(tmp_path, write=write)
        append(office, book, "x")
        office.close()
    finally:
        os.umask(before)
    assert set(seen) == {0o600}


def test_what_a_person_left_open_to_all_is_kept_closed(tmp_path):
    office, book, path = prepared(tmp_path)
    path.chmod(0o644)
    assert append(office, book, "x").status == 200
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {
        stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / ".nastavnik" / "revisions" / book).iterdir()
    } == {0o600}
    assert len(kept(office, book)) == 2
    office.close()


def test_an_old_home_is_found_open_and_closed_whole(tmp_path):
    home = tmp_path / "home"
    made(home).close()
    (home / "Закрытый.docx").write_bytes(b"x")
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    outside.chmod(0o644)
    (home / "Ссылка").symlink_to(outside)
    for path in [home, *home.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    (home / "Закрытый.docx").chmod(0o444)
    found = privacy.too_open(home)
    assert found[0] == home
    assert {
        home / ".nastavnik" / "state.sqlite",
        home / "Приказ.docx",
        home / ".nastavnik" / "revisions",
    } < set(found)
    assert home / "Ссылка" not in found
    assert privacy.close(home) == []
    assert privacy.too_open(home) == []
    assert {oct(mode) for name, mode in modes(home).items() if name != "Ссылка"} == {
        "0o700",
        "0o600",
        "0o400",
    }
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


def test_inside_a_closed_home_nothing_is_open(tmp_path):
    home = tmp_path / "home"
    home.mkdir(0o700)
    (home / "Приказ.docx").write_bytes(b"x")
    (home / "Приказ.docx").chmod(0o644)
    assert privacy.too_open(home) == []
    home.chmod(0o750)
    assert privacy.too_open(home) == [home, home / "Приказ.docx"]
    assert privacy.close(home) == []
    assert stat.S_IMODE((home / "Приказ.docx").stat().st_mode) == 0o600


def test_a_book_closed_to_writing_is_told_so_and_never_replaced(tmp_path):
    office, book, path = prepared(tmp_path)
    path.chmod(0o400)
    before = path.read_bytes()
    answer = append(office, book, "офис")
    assert answer.status == 403
    assert "Файл «Книга» закрыт от записи" in answer.body.decode()
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert column(office, book, "Sheet1") == []
    path.chmod(0o600)
    assert append(office, book, "офис").status == 200
    office.close()


def test_a_paper_closed_to_writing_is_told_so_and_never_replaced(tmp_path):
    office = Office(tmp_path)
    file_id = paper(office)
    (tmp_path / "Приказ.docx").chmod(0o444)
    answer = upload(office, file_id, b"ours")
    assert answer.status == 403
    assert "закрыт от записи" in answer.body.decode()
    assert (tmp_path / "Приказ.docx").read_bytes() == b"draft"
    office.close()

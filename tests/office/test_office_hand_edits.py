"""What people do to the folder while nobody asks: edits, moves, copies, open editors."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import openpyxl


def edited(path, change):
    """A person opens the workbook, changes it and saves it."""
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)


def test_cells_typed_by_a_person_are_read_next(client):
    book = client.book()
    client.write(book, ["Фамилия", 1])
    version = client.file(book)["version"]

    def change(workbook):
        workbook["Sheet1"]["B1"] = "новое"
        workbook["Sheet1"]["A2"] = True

    edited(client.path(book), change)
    assert client.values(book) == [["Фамилия", "новое"], [True]]
    after = client.file(book)
    assert int(after["version"]) > int(version)
    assert after["lastModifyingUser"]["displayName"] == "пользователь"


def test_the_office_writes_on_into_what_another_program_saved(client):
    book = client.book()
    client.write(book, ["a", "0042", True, 45901])
    place = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    client.batch(
        book, {"updateCells": {"start": place, "rows": [{"values": [{"note": "первая"}]}], "fields": "note"}}
    )
    edited(client.path(book), lambda workbook: workbook["Sheet1"].append(["b"]))
    client.batch(
        book,
        {
            "updateCells": {
                "start": {**place, "columnIndex": 1},
                "rows": [{"values": [{"note": "вторая"}]}],
                "fields": "note",
            }
        },
    )
    client.write(book, ["c"], at=(2, 0))
    assert client.values(book) == [["a", "0042", True, 45901], ["b"], ["c"]]
    sheet = openpyxl.load_workbook(client.path(book))["Sheet1"]
    assert (sheet["A1"].comment.text, sheet["B1"].comment.text) == ("первая", "вторая")


def test_a_tab_renamed_by_a_person_keeps_its_id(client):
    book = client.book()
    client.batch(book, {"addSheet": {"properties": {"sheetId": 7, "title": "Пары"}}})
    edited(client.path(book), lambda workbook: setattr(workbook["Пары"], "title", "Пары 2025"))
    assert client.tabs(book) == {"Sheet1": 0, "Пары 2025": 7}


def test_a_tab_deleted_by_a_person_takes_its_id_along(client):
    book = client.book()
    client.batch(book, {"addSheet": {"properties": {"sheetId": 7, "title": "Пары"}}})
    edited(client.path(book), lambda workbook: workbook.remove(workbook["Пары"]))
    assert client.tabs(book) == {"Sheet1": 0}
    assert "No grid with id: 7" in client.refused_batch(400, book, {"deleteSheet": {"sheetId": 7}})


def test_a_person_may_write_beyond_the_grid(client):
    book = client.book()
    client.batch(
        book,
        {
            "addSheet": {
                "properties": {
                    "sheetId": 7,
                    "title": "Узкий",
                    "gridProperties": {"rowCount": 2, "columnCount": 2},
                }
            }
        },
    )
    edited(client.path(book), lambda workbook: workbook["Узкий"].cell(5, 4, "далеко"))
    assert client.values(book, "Узкий!D5") == [["далеко"]]


def test_a_moved_and_renamed_file_is_followed(client):
    made, folder = client.upload("Приказ.docx", b"paper"), client.folder("Архив")
    client.path(made["id"]).rename(client.root / "Архив" / "Приказ о паре.docx")
    found = client.file(made["id"])
    assert (found["name"], found["parents"]) == ("Приказ о паре.docx", [folder])
    assert found["md5Checksum"] == made["md5Checksum"]


def test_a_moved_folder_is_followed_with_all_it_holds(client):
    outer, inner = client.folder("outer"), client.folder("inner")
    made = client.upload("x.docx", parent=inner)
    client.path(inner).rename(client.path(outer) / "глубже")
    assert client.file(inner)["name"] == "глубже"
    assert client.path(made["id"]) == client.root / "outer" / "глубже" / "x.docx"


def test_a_workbook_moved_and_edited_at_once_is_known_by_what_is_inside(client):
    book, folder = client.book("Карта"), client.folder("Школа")
    client.write(book, ["было"])
    moved = client.root / "Школа" / "Карта 2.xlsx"
    shutil.copyfile(client.path(book), moved)
    client.path(book).unlink()
    edited(moved, lambda workbook: workbook["Sheet1"].append(["стало"]))
    assert client.values(book) == [["было"], ["стало"]]
    assert client.file(book)["parents"] == [folder]


def test_a_copy_is_a_file_of_its_own(client):
    book = client.book("Карта")
    client.write(book, ["x"])
    shutil.copy2(client.path(book), client.root / "Карта — копия.xlsx")
    found = client.ok("GET", "/drive/v3/files?orderBy=name&fields=files(id,name)")["files"]
    assert [each["name"] for each in found] == ["Карта", "Карта — копия"]
    copy = next(each["id"] for each in found if each["id"] != book)
    client.write(copy, ["y"])
    assert (client.values(book), client.values(copy)) == ([["x"]], [["y"]])


def test_a_paper_edited_by_hand_has_another_checksum(client):
    made = client.upload("Приказ.docx", b"ours")
    client.path(made["id"]).write_bytes(b"mine")
    assert client.file(made["id"])["md5Checksum"] != made["md5Checksum"]
    listed = client.ok("GET", "/drive/v3/files?fields=files(md5Checksum)")["files"]
    assert listed[0]["md5Checksum"] != made["md5Checksum"]


def test_an_edit_of_the_same_length_in_the_same_instant_is_seen(client, monkeypatch):
    monkeypatch.setattr("flows.office.looks.UNSETTLED_NS", 3600 * 10**9)  # a clock that ticks once an hour
    made = client.upload("Приказ.docx", b"ours")
    instant = client.path(made["id"]).stat().st_mtime_ns
    for text in (b"mine", b"hers", b"ours"):
        with client.path(made["id"]).open("r+b") as file:
            file.write(text)
        os.utime(client.path(made["id"]), ns=(instant, instant))
        assert client.ask("GET", f"/drive/v3/files/{made['id']}?alt=media").content == text
        sums = client.file(made["id"])["md5Checksum"]
        assert (sums == made["md5Checksum"]) == (text == b"ours")


def test_a_deleted_file_is_gone_and_comes_back_when_it_is_put_back(client):
    made = client.upload("Приказ.docx", b"paper")
    path = client.path(made["id"])
    path.unlink()
    client.refused(404, "GET", f"/drive/v3/files/{made['id']}")
    assert client.names("trashed=false") == []
    path.write_bytes(b"paper")
    assert client.file(made["id"])["name"] == "Приказ.docx"


def test_a_file_put_into_a_folder_gets_an_id(client):
    folder = client.folder("Шаблоны")
    (client.path(folder) / "order.docx").write_bytes(b"template")
    found = client.ok(
        "GET", "/drive/v3/files", params={"q": f"'{folder}' in parents", "fields": "files(id,name,mimeType)"}
    )
    assert found["files"][0]["name"] == "order.docx"
    assert client.ask("GET", f"/drive/v3/files/{found['files'][0]['id']}?alt=media").content == b"template"


def test_a_new_folder_with_files_is_seen_whole(client):
    (client.root / "a" / "b").mkdir(parents=True)
    (client.root / "a" / "b" / "c.txt").write_text("x")
    assert client.names("trashed=false") == ["a", "b", "c.txt"]


def test_an_open_workbook_is_read_but_not_written(client):
    book = client.book("Карта")
    client.write(book, ["x"])
    for mark in ("~$Карта.xlsx", ".~lock.Карта.xlsx#"):
        lock = client.root / mark
        lock.write_bytes(b"")
        message = client.refused_batch(503, book, {"addSheet": {"properties": {"title": "y"}}})
        assert message == "Книга «Карта» открыта в редакторе. Закройте её и повторите."
        assert client.values(book) == [["x"]]
        lock.unlink()
    client.write(book, ["y"])
    assert client.names("trashed=false") == ["Карта"]


def test_flags_as_libreoffice_writes_them_are_flags(client):
    book = client.book()
    client.write(book, ["x"])
    path = client.path(book)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = b'<c r="B1" t="b"><f aca="false">TRUE()</f><v>1</v></c><c r="C1" t="b"><f aca="false">FALSE()</f><v>0</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</row>", sheet)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert client.values(book, how="FORMULA") == [["x", True, False]]


def test_a_workbook_with_shared_strings_errors_and_cached_formulas_is_read(client):
    workbook = openpyxl.Workbook()
    workbook.active.append(["общая", "общая", "#N/A"])
    workbook.save(client.root / "Чужая.xlsx")
    found = client.ok("GET", "/drive/v3/files?fields=files(id)")["files"][0]["id"]
    assert client.values(found, "Sheet") == [["общая", "общая", "#N/A"]]
    client.write(found, ["своя"], at=(1, 0))
    assert client.values(found, "Sheet") == [["общая", "общая", "#N/A"], ["своя"]]


def test_a_file_named_in_an_unknown_encoding_or_closed_to_us_is_passed_over(client):
    Path(os.fsdecode(os.fsencode(client.root) + b"/\xff\xfe.docx")).write_bytes(b"x")
    (client.root / "никуда.docx").symlink_to(client.root / "нет")
    (client.root / "черновик.tmp").write_bytes(b"x")
    client.upload("Приказ.docx")
    assert client.names("trashed=false") == ["Приказ.docx"]

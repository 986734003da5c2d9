"""What people do to the folder while nobody asks: edits, moves, copies, open editors."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest


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


def renumbered(path, titles):
    """An editor that numbers tabs anew saves the book with these of its tabs, each as `old: new`; None adds one."""
    workbook = openpyxl.load_workbook(path)
    kept = [workbook[old] for old, _ in titles if old]
    for sheet in [each for each in workbook.worksheets if each not in kept]:
        workbook.remove(sheet)
    for sheet, (_, new) in zip(kept, [each for each in titles if each[0]], strict=True):
        sheet.title = new
    for at, (old, new) in enumerate(titles):
        if old is None:
            workbook.create_sheet(new, at)
    workbook._sheets.sort(key=lambda each: [new for _, new in titles].index(each.title))
    workbook.save(path)


FOUR = [("Sheet1", "Sheet1"), ("Пары", "Пары"), ("Люди", "Люди"), ("Встречи", "Встречи")]


def with_four(client):
    book = client.book()
    client.batch(
        book,
        *(
            {"addSheet": {"properties": {"sheetId": at, "title": title}}}
            for at, (title, _) in enumerate(FOUR[1:], 7)
        ),
    )
    return book


@pytest.mark.parametrize(
    ("titles", "known"),
    [
        (
            [FOUR[0], ("Люди", "Участники"), FOUR[3]],
            {"Sheet1": 0, "Встречи": 9},
        ),  # the second goes, the third is renamed
        ([FOUR[0], FOUR[1], ("Встречи", "Беседы")], {"Sheet1": 0, "Пары": 7}),
        ([FOUR[0], FOUR[1], ("Люди", "Участники")], {"Sheet1": 0, "Пары": 7}),
        ([("Пары", "Наши пары"), FOUR[3]], {"Встречи": 9}),
        (
            [FOUR[0], (None, "Новая"), ("Пары", "Наши пары"), *FOUR[2:]],
            {"Sheet1": 0, "Люди": 8, "Встречи": 9},
        ),
        ([FOUR[3], ("Пары", "Наши пары"), ("Люди", "Участники"), FOUR[0]], {"Sheet1": 0, "Встречи": 9}),
    ],
)
def test_a_tab_that_may_be_another_gets_a_new_id_when_an_editor_numbers_them_anew(client, titles, known):
    book = with_four(client)
    renumbered(client.path(book), titles)
    tabs = client.tabs(book)
    assert [*tabs] == [new for _, new in titles]
    assert {title: number for title, number in tabs.items() if title in known} == known
    assert {number for title, number in tabs.items() if title not in known}.isdisjoint({0, 7, 8, 9})


def test_tabs_that_were_only_renamed_keep_their_ids_in_any_editor(client):
    book = with_four(client)
    renumbered(client.path(book), [FOUR[0], ("Пары", "Наши пары"), ("Люди", "Участники"), FOUR[3]])
    assert client.tabs(book) == {"Sheet1": 0, "Наши пары": 7, "Участники": 8, "Встречи": 9}


def test_an_editor_that_keeps_the_numbers_keeps_the_ids_of_renamed_tabs(client):
    book = with_four(client)
    path = client.path(book)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    listed = parts["xl/workbook.xml"].decode()
    listed = (
        re.sub(r'<sheet name="Пары"[^>]*/>', "", listed)
        .replace('name="Люди"', 'name="Участники"')
        .replace('name="Встречи"', 'name="Беседы"')
    )
    parts["xl/workbook.xml"] = listed.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert client.tabs(book) == {"Sheet1": 0, "Участники": 8, "Беседы": 9}


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

"""Files and folders, as Drive would keep them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from flows.office import Office, Request

FOLDER = "application/vnd.google-apps.folder"


def test_a_folder_is_a_folder_on_disk(client):
    outer = client.folder("2025-2026")
    inner = client.folder("Приказы", outer)
    assert client.path(inner) == client.root / "2025-2026" / "Приказы"
    assert client.path(inner).is_dir()
    assert client.file(inner)["parents"] == [outer]


def test_an_uploaded_paper_comes_back_byte_for_byte(client):
    media = b"PK\x03\x04\r\n--mark-not-quite\r\n\n\x00\xff"
    made = client.upload("Приказ № 1.docx", media)
    assert client.path(made["id"]).read_bytes() == media
    assert client.ask("GET", f"/drive/v3/files/{made['id']}?alt=media").content == media
    assert made["md5Checksum"] == hashlib.md5(media, usedforsecurity=False).hexdigest()
    assert made["size"] == str(len(media))


def test_an_id_made_beforehand_names_one_file_only(client):
    file_id = client.ok("GET", "/drive/v3/files/generateIds?count=3")["ids"][0]
    client.upload("Согласие.docx", id=file_id)
    answer = client.send("POST", "files", {"name": "Согласие.docx", "id": file_id}, b"again")
    assert answer.status_code == 409
    assert answer.json()["error"]["message"] == "A file already exists with the provided ID."
    assert client.names("name='Согласие.docx'") == ["Согласие.docx"]


def test_an_id_stays_used_after_its_file_went_to_the_trash(client):
    made = client.upload("Согласие.docx")
    client.ok("PATCH", f"/drive/v3/files/{made['id']}", json={"trashed": True})
    assert client.send("POST", "files", {"name": "x", "id": made["id"]}, b"again").status_code == 409


def test_an_id_stays_used_after_a_person_deleted_its_file(client):
    made = client.upload("Согласие.docx", b"first")
    client.path(made["id"]).unlink()
    assert client.send("POST", "files", {"name": "x", "id": made["id"]}, b"again").status_code == 409


def test_new_bytes_keep_the_id_and_the_bytes_before_are_kept_aside(client):
    made = client.upload("Программа.docx", b"first")
    answer = client.send("PATCH", f"files/{made['id']}", {}, b"second").json()
    assert answer["id"] == made["id"]
    assert answer["headRevisionId"] != made["headRevisionId"]
    assert client.path(made["id"]).read_bytes() == b"second"
    kept = list((client.root / ".nastavnik" / "revisions" / made["id"]).iterdir())
    assert [each.read_bytes() for each in kept] == [b"first"]


def test_only_ten_revisions_are_kept(client):
    made = client.upload("Программа.docx", b"0")
    for number in range(1, 13):
        client.send("PATCH", f"files/{made['id']}", {}, str(number).encode())
    kept = {each.read_bytes() for each in (client.root / ".nastavnik" / "revisions" / made["id"]).iterdir()}
    assert kept == {str(number).encode() for number in range(2, 12)}


def test_a_registered_paper_refuses_other_bytes_and_another_name(client):
    made = client.upload("Приказ.docx", b"signed")
    client.ok("PATCH", f"/drive/v3/files/{made['id']}", json={"contentRestrictions": [{"readOnly": True}]})
    assert client.send("PATCH", f"files/{made['id']}", {}, b"other").status_code == 403
    client.refused(403, "PATCH", f"/drive/v3/files/{made['id']}", json={"name": "Другой.docx"})
    assert client.path(made["id"]).read_bytes() == b"signed"
    assert client.file(made["id"])["capabilities"]["canEdit"] is False


def test_rename_and_move_are_seen_on_disk(client):
    made, folder = client.upload("Черновик.docx"), client.folder("Приказы")
    parents = client.file(made["id"])["parents"][0]
    address = f"/drive/v3/files/{made['id']}?addParents={folder}&removeParents={parents}&fields=parents,name"
    answer = client.ok("PATCH", address, json={"name": "Приказ.docx"})
    assert answer == {"name": "Приказ.docx", "parents": [folder]}
    assert client.path(made["id"]) == client.root / "Приказы" / "Приказ.docx"
    assert not (client.root / "Черновик.docx").exists()


def test_a_folder_is_not_moved_into_itself(client):
    outer = client.folder("outer")
    inner = client.folder("inner", outer)
    client.refused(403, "PATCH", f"/drive/v3/files/{outer}?addParents={inner}", json={})


@pytest.mark.parametrize(
    "body",
    [
        {"trashed": True},
        {"name": "Другой"},
        {"contentRestrictions": [{"readOnly": True}]},
        {"trashed": True, "description": "x"},
    ],
)
def test_my_drive_itself_is_not_trashed_renamed_or_locked(client, body):
    client.upload("Приказ.docx")
    root = client.ok("GET", "/drive/v3/files/root")
    for name in ("root", root["id"]):
        assert (
            client.refused(403, "PATCH", f"/drive/v3/files/{name}", json=body)["errors"][0]["reason"]
            == "insufficientFilePermissions"
        )
    assert client.ok("GET", "/drive/v3/files/root") == root
    assert client.names("trashed=false") == ["Приказ.docx"]


def test_my_drive_itself_is_not_moved_or_filled(client):
    inner = client.folder("Приказы")
    client.refused(403, "PATCH", f"/drive/v3/files/root?addParents={inner}", json={})
    client.refused(403, "PATCH", f"/drive/v3/files/root?addParents={inner}&removeParents=root", json={})
    assert client.send("PATCH", "files/root", {}, b"bytes").status_code == 403
    client.refused(403, "PATCH", "/drive/v3/files/root", json={"inheritedPermissionsDisabled": True})
    assert client.file("root")["capabilities"] == {
        "canEdit": True,
        "canTrash": False,
        "canRename": False,
        "canAddChildren": True,
        "canShare": True,
        "canDisableInheritedPermissions": False,
        "canEnableInheritedPermissions": False,
    }
    assert client.names("'root' in parents") == ["Приказы"]


def test_a_file_is_not_left_without_a_folder(client):
    made = client.upload("Приказ.docx")
    client.refused(403, "PATCH", f"/drive/v3/files/{made['id']}?removeParents=root", json={})
    assert client.file(made["id"])["parents"] == made["parents"]


def test_a_home_whose_folder_an_earlier_program_let_be_trashed_is_whole_again(tmp_path):
    office = Office(tmp_path)
    (tmp_path / "Приказ.docx").write_bytes(b"x")
    root = office._store.entry("root")
    office._store.ledger.put([replace(root, trashed=True)])
    office.close()
    office = Office(tmp_path)
    found = office.handle(Request("GET", "/drive/v3/files?q=trashed=false&fields=files(name)"))
    assert json.loads(found.body) == {"files": [{"name": "Приказ.docx"}]}
    assert office._store.root_id == root.id
    office.close()


def test_two_files_of_one_name_lie_side_by_side(client):
    one, two = client.upload("Приказ.docx", b"1"), client.upload("Приказ.docx", b"2")
    assert client.path(one["id"]).name == "Приказ.docx"
    assert client.path(two["id"]).name == "Приказ (2).docx"
    assert one["name"] == two["name"] == "Приказ.docx"


def test_a_name_never_leaves_the_folder(client):
    for name in (
        "../../побег.docx",
        "a/b",
        "..",
        "CON",
        "x" * 400,
        "слово" * 100,
        " ",
        "т.",
        'кавычки "«»"?*',
    ):
        made = client.upload(name)
        assert client.path(made["id"]).parent == client.root
        assert len(client.path(made["id"]).name.encode()) <= 250
        assert client.file(made["id"])["name"] == name


def test_properties_are_merged_and_null_removes_one(client):
    made = client.upload("Приказ.docx", appProperties={"key": "a", "version": "1"})
    address = f"/drive/v3/files/{made['id']}?fields=appProperties"
    answer = client.ok("PATCH", address, json={"appProperties": {"version": "2", "key": None}})
    assert answer == {"appProperties": {"version": "2"}}


def test_files_are_found_by_property_parent_name_and_type(client):
    folder = client.folder("Приказы, 'старые'")
    client.upload("Один.docx", parent=folder, appProperties={"key": "o/order/1"})
    client.upload("Два.docx", parent=folder)
    client.book("Книга", folder)
    assert client.names("appProperties has { key='key' and value='o/order/1' } and trashed=false") == [
        "Один.docx"
    ]
    assert client.names(f"'{folder}' in parents and mimeType!='{FOLDER}'") == [
        "Два.docx",
        "Книга",
        "Один.docx",
    ]
    assert client.names("name='Приказы, \\'старые\\'' and trashed = false") == ["Приказы, 'старые'"]
    assert client.names("'root' in parents and trashed=false") == ["Приказы, 'старые'"]


def test_what_changed_since_a_moment_is_found_in_whatever_zone_the_moment_is_told(client):
    client.book("Прежняя", "root")
    before = client.file(client.book("Книга", "root"))["modifiedTime"].removesuffix("Z")
    client.book("Новая", "root")
    since = f"mimeType != '{FOLDER}' and trashed = false and modifiedTime > '{before}"
    assert client.names(f"{since}'") == client.names(f"{since}Z'") == ["Новая"]
    assert client.names(f"{since}+03:00'") == ["Книга", "Новая", "Прежняя"]


def test_a_search_that_is_not_understood_is_refused(client):
    client.refused(400, "GET", "/drive/v3/files", params={"q": "fullText contains 'x'"})
    client.refused(400, "GET", "/drive/v3/files", params={"orderBy": "colour"})


def test_a_list_is_read_page_by_page(client):
    for number in range(5):
        client.upload(f"{number}.docx")
    seen, token = [], None
    while True:
        query = {"pageSize": 2, "orderBy": "name", "fields": "nextPageToken,files(name)", "pageToken": token}
        page = client.ok("GET", "/drive/v3/files", params=query)
        seen += [each["name"] for each in page["files"]]
        token = page.get("nextPageToken")
        if token is None:
            break
    assert seen == [f"{number}.docx" for number in range(5)]


def test_what_is_trashed_lies_aside_with_all_it_holds_and_can_come_back(client):
    folder = client.folder("Приказы")
    made = client.upload("Приказ.docx", parent=folder)
    client.ok("PATCH", f"/drive/v3/files/{folder}", json={"trashed": True})
    assert not (client.root / "Приказы").exists()
    assert client.file(made["id"])["trashed"] is True
    assert client.names("trashed=false") == []
    client.ok("PATCH", f"/drive/v3/files/{folder}", json={"trashed": False})
    assert client.path(made["id"]) == client.root / "Приказы" / "Приказ.docx"
    assert client.names("trashed=false and mimeType!='x'") == ["Приказ.docx", "Приказы"]


def test_without_a_mask_little_is_shown(client):
    made = client.upload("Приказ.docx")
    assert set(client.ok("GET", f"/drive/v3/files/{made['id']}")) == {"kind", "id", "name", "mimeType"}


def test_the_link_opens_the_very_file(client):
    made = client.upload("Приказ.docx")
    assert made["webViewLink"] == client.path(made["id"]).as_uri()


def test_what_the_office_cannot_do_it_says_by_name(client):
    made = client.upload("Приказ.docx")
    copy = client.refused(501, "POST", f"/drive/v3/files/{made['id']}/copy", json={})
    assert copy["message"] == "drive.files.copy пока не поддерживается локальным офисом"
    assert "drive.files.delete" in client.refused(501, "DELETE", f"/drive/v3/files/{made['id']}")["message"]
    assert (
        "drive.revisions.list"
        in client.refused(501, "GET", f"/drive/v3/files/{made['id']}/revisions")["message"]
    )
    client.refused(501, "POST", "/drive/v3/files", json={"name": "x", "starred": True})
    assert client.names("trashed=false") == ["Приказ.docx"]


def test_a_missing_file_is_404_in_drives_words(client):
    error = client.refused(404, "GET", "/drive/v3/files/1missingmissingmissing")
    assert error["errors"][0]["reason"] == "notFound"
    client.refused(404, "POST", "/drive/v3/files", json={"name": "x", "parents": ["1missingmissingmissing"]})


def test_the_journal_names_every_call_and_its_effect(client):
    made = client.upload("Приказ.docx")
    client.file(made["id"])
    client.refused(501, "DELETE", f"/drive/v3/files/{made['id']}")
    seen = [(call.n, call.method, call.status, call.effect) for call in client.office.journal]
    assert seen == [
        (1, "drive.files.create", 200, True),
        (2, "drive.files.get", 200, False),
        (3, "drive.files.delete", 501, False),
    ]


def test_a_misspelt_field_is_refused_and_a_misspelt_parameter_is_noted(client):
    assert (
        "parent"
        in client.refused(400, "POST", "/drive/v3/files", json={"name": "x", "parent": ["root"]})["message"]
    )
    client.refused(400, "POST", "/drive/v3/files", json={"name": "x", "appProperties": {"n": 1}})
    client.refused(400, "GET", "/drive/v3/files?pageSize=5000")
    client.ok("GET", "/drive/v3/files?suportsAllDrives=True")
    assert client.office.journal[-1].note == "unknown query: suportsAllDrives"


def test_a_workbook_that_is_sent_becomes_a_workbook(client):
    made, out = openpyxl.Workbook(), BytesIO()
    made.active.append(["Срок", "Май 2026"])
    made.save(out)
    body = {"name": "Карта", "mimeType": "application/vnd.google-apps.spreadsheet"}
    book = client.send("POST", "files", body, out.getvalue()).json()["id"]
    assert client.values(book, "Sheet") == [["Срок", "Май 2026"]]
    refused = client.send("POST", "files", body, b"no workbook at all")
    assert refused.status_code == 400
    assert "не читается" in refused.json()["error"]["message"]


def test_about_says_whose_office_it_is(client):
    assert client.ok("GET", "/drive/v3/about?fields=user(displayName)") == {
        "user": {"displayName": "Локальный офис"}
    }

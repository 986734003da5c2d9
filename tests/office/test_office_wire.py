"""The office behind its two doors, with real clients and with connections that break."""

from __future__ import annotations

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import gspread
import httplib2
import pytest
import requests
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import MediaIoBaseUpload

from flows.office import Faults, InProcess, Office, OfficeBusy, Request, Response, serve

BASE = "http://office.local/"


class Transport:
    """What google-api-python-client wants of httplib2, over a session."""

    def __init__(self, session):
        self.session = session

    def request(self, uri, method="GET", body=None, headers=None, **_):
        response = self.session.request(method, uri, data=body, headers=headers)
        answer = {**response.headers, "status": str(response.status_code)}
        return httplib2.Response(answer), response.content


class Redirect(requests.adapters.HTTPAdapter):
    """Sends what is meant for Google to the office."""

    def __init__(self, base):
        super().__init__()
        self.base = base

    def send(self, request, *args, **options):
        request.url = self.base + request.url.split("/", 3)[3]
        return super().send(request, *args, **options)


@pytest.fixture(params=["in process", "over TCP"])
def door(request, tmp_path):
    """A session that reaches an office, and its base address."""
    office = Office(tmp_path, strict=True)
    session = requests.Session()
    if request.param == "in process":
        session.mount("http://", InProcess(office))
        session.mount("https://", InProcess(office))
        yield session, BASE, office
    else:
        with serve(office) as server:
            session.mount("https://", Redirect(server.base))
            yield session, server.base, office
    session.close()
    office.close()


def drive_over(session, base):
    document = json.loads(get_static_doc("drive", "v3"))
    document["rootUrl"] = base
    document.pop("mtlsRootUrl", None)
    return build_from_document(document, http=Transport(session))


def test_real_gspread_creates_writes_and_reads(door):
    session, _, office = door
    client = gspread.Client(auth=None, session=session)
    book = client.create("Наставничество — 2025-2026")
    requests_ = [
        {"addSheet": {"properties": {"sheetId": 5, "title": "Дорожная карта"}}},
        {
            "updateCells": {
                "start": {"sheetId": 5},
                "fields": "userEnteredValue",
                "rows": [
                    {
                        "values": [
                            {"userEnteredValue": {"stringValue": "Срок"}},
                            {"userEnteredValue": {"numberValue": 45901}},
                        ]
                    }
                ],
            }
        },
    ]
    book.batch_update({"requests": requests_})
    again = client.open_by_key(book.id)
    assert [each.title for each in again.worksheets()] == ["Sheet1", "Дорожная карта"]
    assert again.worksheet("Дорожная карта").get_all_values() == [["Срок", "45901"]]
    assert again.values_batch_get(["'Дорожная карта'!A:A"])["valueRanges"][0]["values"] == [["Срок"]]
    assert client.open("Наставничество — 2025-2026").id == book.id
    assert {call.method for call in office.journal if call.effect} == {
        "drive.files.create",
        "sheets.spreadsheets.batchUpdate",
    }


def test_real_drive_client_uploads_lists_and_downloads(door):
    session, base, office = door
    files = drive_over(session, base).files()
    folder = files.create(
        body={"name": "Приказы", "mimeType": "application/vnd.google-apps.folder"}, fields="id"
    ).execute()
    file_id = files.generateIds(count=1).execute()["ids"][0]
    data = bytes(range(256)) * 40 + b"\r"
    media = MediaIoBaseUpload(
        BytesIO(data), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    body = {
        "id": file_id,
        "name": "Приказ № 1.docx",
        "parents": [folder["id"]],
        "appProperties": {"key": "k"},
    }
    made = files.create(
        body=body, media_body=media, supportsAllDrives=True, fields="id,md5Checksum,size"
    ).execute()
    assert made["size"] == str(len(data))
    q = f"'{folder['id']}' in parents and trashed=false"
    found = files.list(
        q=q, fields="files(id,name)", includeItemsFromAllDrives=True, supportsAllDrives=True
    ).execute()
    assert found["files"] == [{"id": file_id, "name": "Приказ № 1.docx"}]
    assert files.get_media(fileId=file_id).execute() == data
    media = MediaIoBaseUpload(BytesIO(b"second\r\n"), "application/octet-stream")
    files.update(fileId=file_id, body={"description": "x"}, media_body=media).execute()
    assert files.get_media(fileId=file_id).execute() == b"second\r\n"
    assert office.link(file_id).read_bytes() == b"second\r\n"


@pytest.mark.parametrize("touched", [False, True])
def test_an_update_may_demand_the_bytes_that_were_seen(door, touched):
    """Also where the file looks as it did: one that a person saves may keep its size and its time."""
    session, base, office = door
    files = drive_over(session, base).files()
    media = MediaIoBaseUpload(BytesIO(b"ours"), "text/plain")
    made = files.create(body={"name": "Приказ.docx"}, media_body=media, fields="id,md5Checksum").execute()
    path, address = office.link(made["id"]), f"{base}upload/drive/v3/files/{made['id']}?uploadType=media"
    seen = f'"{made["md5Checksum"]}"'

    def sent(condition, text=b"new!"):
        return session.patch(
            address, data=text, headers={"If-Match": condition, "Content-Type": "text/plain"}
        )

    os.utime(path, (10**9, 10**9))
    assert files.get(fileId=made["id"]).execute()  # the office has seen it so
    path.write_bytes(b"mine")
    if not touched:
        os.utime(path, (10**9, 10**9))
    for condition in (seen, f"W/{seen}", "junk", '""'):
        answer = sent(condition)
        assert answer.status_code == 412
        assert answer.json()["error"]["errors"][0]["reason"] == "conditionNotMet"
        assert path.read_bytes() == b"mine"
    now = files.get(fileId=made["id"], fields="md5Checksum").execute()["md5Checksum"]
    assert sent(f'{seen}, "{now}"').status_code == 200
    assert sent("*", b"last").status_code == 200
    assert path.read_bytes() == b"last"


def rule_for(verdict):
    return Faults(lambda _, request: verdict if request.method == "POST" else None)


@pytest.mark.parametrize("wire", [False, True])
@pytest.mark.parametrize(("verdict", "files"), [("before", []), ("after", ["x"]), ("cut", ["x"])])
def test_a_broken_connection_leaves_what_it_says(tmp_path, wire, verdict, files):
    office = Office(tmp_path)
    faults = rule_for(verdict)
    session = requests.Session()
    server = serve(office, faults=faults) if wire else None
    session.mount(BASE, InProcess(office, faults))
    base = server.base if server else BASE
    with pytest.raises(requests.RequestException):
        session.post(f"{base}drive/v3/files", json={"name": "x", "mimeType": "text/plain"})
    found = session.get(f"{base}drive/v3/files?fields=files(name)").json()["files"]
    assert [each["name"] for each in found] == files
    assert faults.count == 2
    if server:
        server.stop()
    office.close()


def test_an_error_may_be_given_instead_of_an_answer(tmp_path):
    office = Office(tmp_path)
    busy = Response(
        429,
        {"Retry-After": "7"},
        b'{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED"}}',
    )
    session = requests.Session()
    session.mount(BASE, InProcess(office, Faults(lambda n, _: busy if n == 1 else None)))
    first, second = (session.get(f"{BASE}drive/v3/files") for _ in range(2))
    assert (first.status_code, first.headers["Retry-After"], second.status_code) == (429, "7", 200)
    assert len(office.journal) == 1
    office.close()


def test_a_folder_that_is_served_is_closed_to_others_until_it_is_let_go(tmp_path):
    office = Office(tmp_path)
    with serve(office), pytest.raises(OfficeBusy, match="занята"):
        Office(tmp_path, patience=0.05)
    office.close()
    Office(tmp_path, patience=0.05).close()


def test_two_offices_over_one_folder_see_each_others_work(tmp_path):
    one, two = Office(tmp_path), Office(tmp_path)

    def make(office, name):
        return office.handle(
            Request(
                "POST", "/drive/v3/files", {}, json.dumps({"name": name, "mimeType": "text/plain"}).encode()
            )
        )

    file_id = json.loads(make(one, "a").body)["id"]
    make(two, "b")
    listed = json.loads(one.handle(Request("GET", "/drive/v3/files?orderBy=name&fields=files(name)")).body)
    assert listed == {"files": [{"name": "a"}, {"name": "b"}]}
    assert two.handle(Request("GET", f"/drive/v3/files/{file_id}")).status == 200
    assert [call.n for call in two.journal] == [1, 2, 3, 4]
    one.close()
    two.close()


def test_what_is_remembered_outlives_the_office(tmp_path):
    office = Office(tmp_path)
    body = {"name": "Приказ.docx", "mimeType": "text/plain", "appProperties": {"key": "k"}}
    made = json.loads(
        office.handle(Request("POST", "/drive/v3/files?fields=*", {}, json.dumps(body).encode())).body
    )
    office.close()
    office = Office(tmp_path)
    again = json.loads(office.handle(Request("GET", f"/drive/v3/files/{made['id']}?fields=*")).body)
    assert again == made
    office.close()


def test_a_server_listens_on_loopback_only(tmp_path):
    office = Office(tmp_path)
    with serve(office) as server:
        port = int(server.base.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            assert connection.getpeername()[0] == "127.0.0.1"
        assert server.base == f"http://127.0.0.1:{port}/"
    office.close()


def test_many_threads_at_once_lose_nothing(tmp_path):
    office = Office(tmp_path, strict=True)
    with serve(office) as server:
        body = {"name": "Книга", "mimeType": "application/vnd.google-apps.spreadsheet"}
        book = requests.post(f"{server.base}drive/v3/files", json=body, timeout=10).json()["id"]

        def append(number):
            rows = [{"values": [{"userEnteredValue": {"numberValue": number}}]}]
            asked = {
                "requests": [{"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}}]
            }
            address = f"{server.base}v4/spreadsheets/{book}:batchUpdate"
            return requests.post(address, json=asked, timeout=10).status_code

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(append, range(40))) == {200}
        found = requests.get(
            f"{server.base}v4/spreadsheets/{book}/values/A:A?valueRenderOption=UNFORMATTED_VALUE", timeout=10
        ).json()["values"]
        assert sorted(value for (value,) in found) == list(range(40))
    office.close()


def test_no_refusal_repeats_what_stands_in_a_cell(tmp_path):
    office = Office(tmp_path)
    body = json.dumps({"name": "Книга", "mimeType": "application/vnd.google-apps.spreadsheet"}).encode()
    book = json.loads(office.handle(Request("POST", "/drive/v3/files", {}, body)).body)["id"]
    secret = "Вымышленная Анна Петровна"
    cells = (
        {"userEnteredValue": {"stringValue": secret + "\x00"}},
        {"userEnteredValue": {"stringValue": secret * 2000}},
        {"userEnteredValue": {"numberValue": secret}},
        {"userEnteredValue": {"boolValue": secret}},
        {"userEnteredValue": {"stringValue": [secret]}},
        {"note": secret + "\x01"},
    )
    for cell in cells:
        asked = {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": "*"}}
        data = json.dumps({"requests": [asked]}).encode()
        answer = office.handle(Request("POST", f"/v4/spreadsheets/{book}:batchUpdate", {}, data))
        assert answer.status == 400
        assert "Анна" not in answer.body.decode()
    assert "Анна" not in repr(office.journal)
    office.close()

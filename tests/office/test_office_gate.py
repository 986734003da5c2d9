"""Who may come in over the wire, and what comes of requests that are no requests: an answer and a row, always."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from flows import cli
from flows.office import Office, serve
from flows.workspace.session import office_session
from tests.office.conftest import FOLDER, SPREADSHEET

SECRET = "a-secret-of-this-home"
CHECKOUT = Path(__file__).parents[2]


class Wire:
    """An office behind its door, spoken to byte by byte."""

    def __init__(self, office, server, secret):
        self.office, self.server, self.secret = office, server, secret
        self.port = int(server.base.rsplit(":", 1)[1].strip("/"))

    def raw(self, data, *, close=True):
        """Send bytes and give what comes until the other side closes: status and body."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(data)
            if close:
                connection.shutdown(socket.SHUT_WR)
            return parsed(b"".join(iter(lambda: connection.recv(1 << 16), b"")))

    def send(self, line, body=b"", *, close=True, **headers):
        told = {"Host": f"127.0.0.1:{self.port}", "Authorization": f"Bearer {self.secret}"} | headers
        head = "".join(
            f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value is not None
        )
        return self.raw(f"{line} HTTP/1.1\r\n{head}\r\n".encode() + body, close=close)

    def files(self):
        found = self.send("GET /drive/v3/files?fields=files(name)")
        return json.loads(found[1])["files"]

    def json(self, line, value, **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.send(
            line, body, **{"Content_Type": "application/json", "Content_Length": len(body)} | headers
        )


def parsed(data):
    head, _, body = data.partition(b"\r\n\r\n")
    assert head, "no answer"
    return int(head.split()[1]), body


@pytest.fixture(scope="module", params=[SECRET, ""], ids=["with a secret", "open"])
def wire(request, tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    with serve(office, secret=request.param) as server:
        yield Wire(office, server, request.param)
    office.close()


@pytest.fixture(scope="module")
def shut(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    with serve(office, secret=SECRET) as server:
        yield Wire(office, server, SECRET)
    office.close()


@pytest.fixture(scope="module")
def book(shut):
    return json.loads(shut.json("POST /drive/v3/files", {"name": "Книга", "mimeType": SPREADSHEET})[1])["id"]


def error_of(answer):
    return json.loads(answer[1])["error"]


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_the_names_of_this_computer_are_answered(wire, host):
    assert wire.send("GET /drive/v3/files", Host=host.format(port=wire.port))[0] == 200


@pytest.mark.parametrize(
    ("status", "host"),
    [
        *(
            (403, each)
            for each in (
                "evil.example:{port}",
                "127.0.0.1.evil.example:{port}",
                "127.0.0.1:1",
                "127.0.0.1",
                "localhost.:{port}",
            )
        ),
        *(
            (403, each)
            for each in (
                "0.0.0.0:{port}",
                "[::]:{port}",
                "user@127.0.0.1:{port}",
                "127.0.0.1:{port}, evil.example",
                "",
                "127.1:{port}",
            )
        ),
        (400, None),
        (400, "127.0.0.1:{port}\r\nHost: evil.example"),
    ],
)
def test_a_name_that_somebody_else_gave_this_computer_is_refused(wire, status, host):
    answer = wire.send("GET /drive/v3/files", Host=host and host.format(port=wire.port))
    assert answer[0] == status
    assert error_of(answer)["code"] == status
    assert wire.office.journal[-1].status == status


@pytest.mark.parametrize(
    "headers",
    [
        *(
            {"Origin": each}
            for each in (
                "http://evil.example",
                "null",
                "http://127.0.0.1:1",
                "https://127.0.0.1:{port}",
                "http://127.0.0.1:{port}.evil.example",
            )
        ),
        *(
            {"Origin": each}
            for each in ("http://127.0.0.1:{port}/", "http://u@127.0.0.1:{port}", "", "http://[")
        ),
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Origin": "http://127.0.0.1:{port}"},
    ],
)
def test_a_page_of_another_site_changes_and_reads_nothing(wire, headers):
    told = {name: value.format(port=wire.port) for name, value in headers.items()}
    before = wire.files()
    body = b'{"name": "x", "mimeType": "text/plain"}'
    answer = wire.send(
        "POST /drive/v3/files", body, Content_Type="application/json", Content_Length=len(body), **told
    )
    assert answer[0] == 403
    assert wire.send("GET /drive/v3/files", **told)[0] == 403
    assert wire.files() == before
    assert error_of(answer)["errors"][0]["reason"] == "forbidden"


def test_a_page_of_the_office_itself_and_an_address_typed_by_hand_may_come_in(wire):
    own = f"http://127.0.0.1:{wire.port}"
    assert wire.send("GET /drive/v3/files", Origin=own, Sec_Fetch_Site="same-origin")[0] == 200
    assert wire.send("GET /drive/v3/files", Sec_Fetch_Site="none")[0] == 200


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        f"Basic {SECRET}",
        f"Bearer {SECRET}x",
        f"Bearer {SECRET[:-1]}",
        f"Bearer é{SECRET}",
    ],
)
def test_without_the_secret_nobody_reads_or_writes(shut, given):
    for line in ("GET /drive/v3/files", "POST /drive/v3/files", "GET /nowhere"):
        answer = shut.send(line, Authorization=given)
        assert answer[0] == 401
        assert error_of(answer)["code"] == 401
        assert "Authorization: Bearer" in error_of(answer)["message"]
    assert [call.effect for call in shut.office.journal[-3:]] == [False] * 3
    assert SECRET not in repr(shut.office.journal)


def test_two_secrets_at_once_are_none(shut):
    assert (
        shut.send("GET /drive/v3/files", Authorization=f"Bearer x\r\nAuthorization: Bearer {SECRET}")[0]
        == 401
    )


def test_our_own_session_brings_the_secret_told_or_of_the_environment(shut, monkeypatch):
    address = "https://www.googleapis.com/drive/v3/files"
    assert office_session(base=shut.server.base, secret=SECRET).get(address).status_code == 200
    assert office_session(base=shut.server.base, secret="").get(address).status_code == 401
    monkeypatch.setenv("NASTAVNIK_OFFICE_SECRET", SECRET)
    assert office_session(base=shut.server.base).get(address).status_code == 200
    assert "Authorization" not in office_session().headers


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
    ],
)
def test_json_is_read_only_from_what_says_it_is_json(wire, kind):
    before = wire.files()
    answer = wire.json("POST /drive/v3/files", {"name": "x", "mimeType": FOLDER}, Content_Type=kind)
    assert answer[0] == 415
    assert wire.files() == before
    for right in ("application/json", "application/json; charset=UTF-8", "Application/JSON"):
        assert (
            wire.json("POST /drive/v3/files", {"name": "x", "mimeType": FOLDER}, Content_Type=right)[0] == 200
        )


def test_an_upload_whose_first_part_is_no_json_or_that_is_a_form_is_refused(wire):
    for outer, inner in (("multipart/related", "text/plain"), ("multipart/form-data", "application/json")):
        body = f'--m\r\nContent-Type: {inner}\r\n\r\n{{"name": "x"}}\r\n--m\r\nContent-Type: text/plain\r\n\r\nx\r\n--m--\r\n'.encode()
        line = "POST /upload/drive/v3/files?uploadType=multipart"
        assert wire.send(line, body, Content_Type=f"{outer}; boundary=m", Content_Length=len(body))[0] == 400


MULTIPART = b'--m\r\nContent-Type: application/json\r\n\r\n{"name": "x.txt"}\r\n--m\r\nContent-Type: text/plain\r\n\r\nbytes of a paper\r\n--m--\r\n'


def in_chunks(body, size=7, end=b"0\r\n\r\n"):
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("trailer", [b"0\r\n\r\n", b"0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"])
def test_an_upload_in_chunks_is_read_whole(wire, size, trailer):
    data = in_chunks(MULTIPART, size, trailer)
    line = "POST /upload/drive/v3/files?uploadType=multipart&fields=id,size"
    status, body = wire.send(
        line, data, Content_Type="multipart/related; boundary=m", Transfer_Encoding="chunked"
    )
    assert (status, json.loads(body)["size"]) == (200, "16")
    file_id = json.loads(body)["id"]
    line = f"PATCH /upload/drive/v3/files/{file_id}?uploadType=media"
    assert (
        wire.send(
            line, in_chunks(b"other bytes", size), Content_Type="text/plain", Transfer_Encoding="Chunked"
        )[0]
        == 200
    )
    assert wire.office.link(file_id).read_bytes() == b"other bytes"


def test_json_in_chunks_is_read_by_a_real_client_too(wire):
    def pieces():
        yield b'{"name": "x", '
        yield b'"mimeType": "text/plain"}'

    headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/json"}
    assert (
        requests.post(f"{wire.server.base}drive/v3/files", data=pieces(), headers=headers, timeout=10).json()[
            "name"
        ]
        == "x"
    )


LINE = "POST /upload/drive/v3/files?uploadType=media"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (411, {}, b"bytes"),
        *(
            (400, {"Content_Length": each}, b"bytes")
            for each in ("abc", "-1", "+5", "5,5", "0x5", "5.0", "", "5 5", "٥", "9" * 400)
        ),
        (400, {"Content_Length": "5\r\nContent-Length: 6"}, b"bytes"),
        (400, {"Content_Length": "5", "Transfer_Encoding": "chunked"}, in_chunks(b"bytes")),
        (400, {"Transfer_Encoding": "gzip, chunked"}, in_chunks(b"bytes")),
        (400, {"Transfer_Encoding": "identity"}, b"bytes"),
        (400, {"Content_Length": "9"}, b"bytes"),
        *(
            (400, {"Transfer_Encoding": "chunked"}, each)
            for each in (
                b"",
                b"5\r\nby",
                b"zz\r\nbytes\r\n0\r\n\r\n",
                b"-5\r\nbytes",
                b"5\r\nbytesX\r\n0\r\n\r\n",
            )
        ),
        *(
            (400, {"Transfer_Encoding": "chunked"}, each)
            for each in (b"5\r\nbytes\r\n", b"0\r\n", b"5" * 5000, b"0\r\n" + b"X: 1\r\n" * 100 + b"\r\n")
        ),
        (413, {"Content_Length": str(10 * 2**30)}, b"bytes"),
        (413, {"Transfer_Encoding": "chunked"}, b"ffffffff\r\nbytes"),
    ],
)
def test_a_body_of_untold_wrong_or_endless_length_is_refused_with_a_row(wire, status, headers, body):
    before = wire.files()
    answer = wire.send(LINE, body, Content_Type="text/plain", **headers)
    assert answer[0] == status
    assert error_of(answer)["code"] == status
    assert (wire.office.journal[-1].status, wire.office.journal[-1].effect) == (status, False)
    assert wire.files() == before


def test_a_body_that_does_not_come_is_not_waited_for_without_end(wire, monkeypatch):
    monkeypatch.setattr("flows.office.bodies.LONGEST_WAIT", 0.05)
    answer = wire.send(LINE, b"by", close=False, Content_Type="text/plain", Content_Length="5")
    assert answer[0] == 408
    assert wire.office.journal[-1].status == 408
    assert (
        wire.send(LINE, b"3\r\nby", close=False, Content_Type="text/plain", Transfer_Encoding="chunked")[0]
        == 408
    )


@pytest.mark.parametrize(
    ("status", "data"),
    [
        *((400, each) for each in (b"nonsense\r\n\r\n", b"GET / HTTP/x\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"GET //x HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x00\xff\x01\r\n\r\n")),
        (405, b"BREW /drive/v3/files HTTP/1.1\r\nHost: x\r\n\r\n"),
        (405, b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"),
        (414, b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 200 + b"\r\n"),
        (431, b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n"),
        (505, b"GET / HTTP/3.0\r\n\r\n"),
    ],
)  # fmt: skip
def test_what_is_no_request_of_ours_is_answered_in_googles_form_with_a_row(wire, status, data):
    answer = wire.raw(data)
    assert answer[0] == status
    assert error_of(answer)["code"] == status
    assert wire.office.journal[-1].status == status


def deep(text, count):
    return b'{"requests": [{"updateCells": {"rows": ' + text * count + b"}}]}"


def put(value="x", **start):
    cell = {"userEnteredValue": value if isinstance(value, dict) else {"stringValue": value}}
    return {
        "updateCells": {
            "start": {"sheetId": 0, **start},
            "rows": [{"values": [cell]}],
            "fields": "userEnteredValue",
        }
    }


def listed(*values):
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": each} for each in values]}}
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    return {"setDataValidation": {"range": area, "rule": rule}}


HUGE = 10**400
HOSTILE = [
    deep(b"[", 100_000), deep(b'{"values": ', 100_000), b"[" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b'{"requests":' + b"[" * 500 + b"]" * 500 + b"}",
    put({"numberValue": HUGE}), put({"numberValue": -HUGE}), put(rowIndex=HUGE), put(columnIndex=HUGE), {"deleteSheet": {"sheetId": HUGE}},
    b'{"requests": [{"updateCells": {"start": {"rowIndex": ' + b"9" * 5000 + b"}}}]}",
    b'{"requests": [{"updateCells": {"start": {"rowIndex": 1e400}}}]}', b'{"requests": [{"updateCells": {"start": {"rowIndex": NaN}}}]}',
    b'{"requests": [{"updateCells": {"fields": "userEnteredValue", "rows": [{"values": [{"userEnteredValue": {"numberValue": Infinity}}]}]}}]}',
    put(rowIndex=-1), put(columnIndex=-1), put(rowIndex=-10**6), put(sheetId=-1), {"deleteConditionalFormatRule": {"sheetId": 0, "index": -1}},
    {"deleteConditionalFormatRule": {"sheetId": 0, "index": 3}}, {"addSheet": {"properties": {"title": "x", "index": -1}}},
    {"addSheet": {"properties": {"title": "x", "gridProperties": {"rowCount": -5}}}}, {"addSheet": {"properties": {"title": "x", "gridProperties": {"frozenRowCount": -5, "columnCount": 3}}}},
    {"updateDimensionProperties": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}, "properties": {"pixelSize": -5}, "fields": "pixelSize"}},
    {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": -2, "endIndex": 1}}}, {"deleteDimension": {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": -2, "endIndex": 1}}},
    {"setBasicFilter": {"filter": {"range": {"sheetId": 0, "startRowIndex": -1, "endRowIndex": 3}}}}, {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0, "startRowIndex": -1}}}},
    put("a\ud800b"), put({"formulaValue": "=\ud800"}), {"addSheet": {"properties": {"title": "\udfff"}}}, {"addSheet": {"properties": {"title": "a\ufffe"}}}, b'{"requests": "\xed\xa0\x80"}',
    put("a\x00b"), put("a\x0bb"), listed("a\x00"), listed("a", "\x01"), listed("\ufffe"), listed("\ud800"), {"addSheet": {"properties": {"title": "a\x01"}}},
    {"repeatCell": {"range": {"sheetId": 0, "endRowIndex": 1}, "cell": {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "\x02"}}}, "fields": "userEnteredFormat"}},
    {"addConditionalFormatRule": {"rule": {"ranges": [{"sheetId": 0}], "booleanRule": {"condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=\x03"}]}, "format": {"textFormat": {"bold": True}}}}}},
    b"{", b"\xff\xfe", b"null", b"[]", b'"x"', b'{"requests": 5}', b'{"requests": [[]]}', b'{"requests": [{}]}',
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_batch_is_refused_with_a_row_and_changes_nothing(shut, book, asked):
    before = shut.office.link(book).read_bytes()
    body = asked if isinstance(asked, bytes) else json.dumps({"requests": [asked]}).encode()
    answer = shut.json(f"POST /v4/spreadsheets/{book}:batchUpdate", body)
    assert answer[0] == 400
    assert error_of(answer)["status"] == "INVALID_ARGUMENT"
    assert (shut.office.journal[-1].status, shut.office.journal[-1].method) == (
        400,
        "sheets.spreadsheets.batchUpdate",
    )
    assert shut.office.link(book).read_bytes() == before
    assert shut.json(f"POST /v4/spreadsheets/{book}:batchUpdate", {"requests": [put("жив")]})[0] == 200


@pytest.mark.parametrize(
    "line",
    [
        *(f"GET /drive/v3/files?pageSize={each}" for each in ("-1", "9" * 5000, "0x1", "1e3", "%00", "٣")),
        *(
            f"GET /drive/v3/files?{each}"
            for each in (
                "fields=" + "a(" * 3000,
                "fields=%FF",
                "q=%FF",
                "q=" + "(" * 3000,
                "pageToken=%FF",
                "orderBy=%00",
            )
        ),
        *(
            f"GET /v4/spreadsheets/BOOK/values/{each}"
            for each in ("A1:%00", "%FF!A1", "'" * 99, "A" * 3000, "A99999999", "%F0%9F%98%80")
        ),
        *(
            f"GET /v4/spreadsheets/BOOK?{each}"
            for each in ("ranges=A1:ZZZZ9", "fields=sheets(", "ranges=%ED%A0%80!A1")
        ),
        *(
            f"GET /drive/v3/files/{each}"
            for each in ("%00", "%2e%2e%2f", "%FF", "x" * 3000, "..;/", "%ED%A0%80")
        ),
        "GET /drive/v3/files/generateIds?count=-5",
    ],
)
def test_a_hostile_address_is_refused_with_a_row(shut, book, line):
    answer = shut.send(line.replace("BOOK", book))
    assert answer[0] in {400, 404}
    assert shut.office.journal[-1].status == answer[0]


@pytest.mark.parametrize(
    "head",
    [
        "multipart/related",
        "multipart/related; boundary=",
        'multipart/related; boundary="',
        "multipart/related; boundary=\xff\x01",
        "text/plain",
        "",
        "multipart/related; boundary*=x''y; boundary*0=z",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--m",
        b"--m\r\n\r\n--m--",
        b"\x00" * 50,
        b"--m\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--m\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--m--",
    ],
)
def test_a_malformed_upload_is_refused_with_a_row(shut, head, body):
    line = "POST /upload/drive/v3/files?uploadType=multipart"
    assert shut.send(line, body, Content_Type=head, Content_Length=len(body))[0] == 400
    assert shut.office.journal[-1].status == 400


def test_base64_that_is_none_is_refused(shut):
    body = MULTIPART.replace(
        b"text/plain\r\n", b"text/plain\r\nContent-Transfer-Encoding: base64\r\n"
    ).replace(b"bytes of a paper", b"a")
    line = "POST /upload/drive/v3/files?uploadType=multipart"
    assert (
        shut.send(line, body, Content_Type="multipart/related; boundary=m", Content_Length=len(body))[0]
        == 400
    )


def test_a_fault_of_the_office_itself_is_answered_with_a_row(shut, monkeypatch):
    def fail(*_):
        raise KeyError("Вымышленная Анна")

    monkeypatch.setattr(shut.office._drive, "page", fail)
    answer = shut.send("GET /drive/v3/files")
    assert answer[0] == 500
    assert "Анна" not in answer[1].decode()
    assert (shut.office.journal[-1].status, shut.office.journal[-1].note) == (500, "KeyError")


def test_a_client_that_waits_for_leave_to_send_gets_it_at_once(shut):
    body = b'{"name": "x", "mimeType": "text/plain"}'
    head = (
        f"POST /drive/v3/files HTTP/1.1\r\nHost: 127.0.0.1:{shut.port}\r\nAuthorization: Bearer {SECRET}\r\n"
    )
    head += f"Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", shut.port), timeout=20) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 100")
        connection.sendall(body)
        assert parsed(b"".join(iter(lambda: connection.recv(1 << 16), b"")))[0] == 200


def test_a_connection_that_stays_open_ends_with_the_server_and_its_port_is_free_at_once(tmp_path):
    office = Office(tmp_path)
    server = serve(office)
    port = int(server.base.rsplit(":", 1)[1].strip("/"))
    session = requests.Session()
    assert session.get(f"{server.base}drive/v3/files").status_code == 200
    idle = socket.create_connection(("127.0.0.1", port), timeout=20)
    idle.sendall(f"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    idle.settimeout(20)
    assert idle.recv(1 << 16).endswith(b"}")
    server.stop()
    assert idle.recv(1) == b""
    assert [each for each in threading.enumerate() if "_connection" in each.name] == []
    with serve(office, port) as again:
        assert session.get(f"{again.base}drive/v3/files").status_code == 200
    idle.close()
    session.close()
    office.close()


def started(folder, *options, **environment):
    command = [sys.executable, "-m", "flows", "office", str(folder), *options]
    known = {name: value for name, value in os.environ.items() if name != "NASTAVNIK_OFFICE_SECRET"}
    return subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env={**known, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def stopped(process):
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    return process.returncode, rest


def test_the_command_prints_its_secret_and_takes_the_same_port_again_right_after_ctrl_c(tmp_path):
    first = started(tmp_path)
    base = re.search(r"http://127\.0\.0\.1:(\d+)/", first.stdout.readline())
    line = first.stdout.readline().strip()
    assert re.fullmatch(r"Authorization: Bearer [A-Za-z0-9_-]{40,}", line)
    session = requests.Session()
    secret = dict([line.split(": ", 1)])
    assert session.get(f"{base[0]}drive/v3/files", headers=secret, timeout=10).status_code == 200
    assert session.get(f"{base[0]}drive/v3/files", timeout=10).status_code == 401
    assert stopped(first) == (0, "")
    second = started(tmp_path, "--port", base[1], NASTAVNIK_OFFICE_SECRET=SECRET)
    assert f":{base[1]}/" in second.stdout.readline()
    found = session.get(f"{base[0]}drive/v3/files", headers={"Authorization": f"Bearer {SECRET}"}, timeout=10)
    assert found.status_code == 200
    assert stopped(second) == (0, "")
    session.close()


def test_the_command_that_asks_for_no_secret_says_so_and_still_looks_at_the_host(tmp_path):
    process = started(tmp_path, "--open")
    base = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())[0]
    assert "Секрет не нужен" in process.stdout.readline()
    assert requests.get(f"{base}drive/v3/files", timeout=10).status_code == 200
    assert (
        requests.get(f"{base}drive/v3/files", headers={"Host": "evil.example"}, timeout=10).status_code == 403
    )
    assert (
        requests.get(
            f"{base}drive/v3/files", headers={"Origin": "http://evil.example"}, timeout=10
        ).status_code
        == 403
    )
    assert stopped(process) == (0, "")


def test_a_secret_that_no_header_can_carry_is_refused_at_the_start(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NASTAVNIK_OFFICE_SECRET", "с пробелом")
    monkeypatch.setattr(sys, "argv", ["nastavnik", "office", str(tmp_path)])
    with pytest.raises(SystemExit) as over:
        cli.main()
    assert over.value.code == 2
    assert "не подходит" in "".join(capsys.readouterr())

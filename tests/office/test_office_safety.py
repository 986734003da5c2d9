"""Power that fails, disks that fill, folders that refuse: the old file or the new one, never a third."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import fields

import pytest

from flows.office import Disk, Office, OfficeUnavailable, Request

CALLS = [field.name for field in fields(Disk)]


class PowerFailure(BaseException):
    """Nothing catches it, as nothing catches a plug pulled out."""


class Bench:
    """Real calls of the system until the n-th, which fails before or after its effect."""

    def __init__(self, failure=PowerFailure):
        self.failure = failure
        self.count = 0
        self.at = None
        self.late = False

    def disk(self):
        return Disk(**{name: self.wrapped(getattr(Disk(), name)) for name in CALLS})

    def wrapped(self, real):
        def call(*args, **options):
            self.count += 1
            if self.at is not None and self.count >= self.at and not self.late:
                raise self.failure
            result = real(*args, **options)
            if self.at is not None and self.count >= self.at:
                raise self.failure
            return result

        return call


def ask(office, method, path, body=None):
    return office.handle(Request(method, path, {}, json.dumps(body).encode() if body is not None else b""))


def made(office, **body):
    return json.loads(ask(office, "POST", "/drive/v3/files", body).body)["id"]


def upload(office, file_id, media):
    head = {"Content-Type": "text/plain"}
    return office.handle(Request("PATCH", f"/upload/drive/v3/files/{file_id}?uploadType=media", head, media))


def batch(text):
    cell = {"userEnteredValue": {"stringValue": text}}
    return {
        "requests": [
            {
                "updateCells": {
                    "start": {"sheetId": 0},
                    "rows": [{"values": [cell]}],
                    "fields": "userEnteredValue",
                }
            }
        ]
    }


def calls_of(tmp_path, action):
    bench = Bench()
    office = Office(tmp_path / "count", disk=bench.disk())
    start = action(office, None)
    before = bench.count
    action(office, start)
    office.close()
    return bench.count - before


def interrupted(root, action, number, late):
    """Prepare, pull the plug at the n-th call of the action, open the folder again."""
    bench = Bench()
    office = Office(root, disk=bench.disk())
    start = action(office, None)
    bench.at, bench.late = bench.count + number, late
    with pytest.raises(PowerFailure):
        action(office, start)
    office.close()
    return start, Office(root, strict=True)


def new_bytes(office, start):
    if start is None:
        file_id = made(office, name="Приказ.docx", mimeType="text/plain")
        upload(office, file_id, b"old")
        return file_id
    return upload(office, start, b"new!")


def new_cells(office, start):
    if start is None:
        book = made(office, name="Книга", mimeType="application/vnd.google-apps.spreadsheet")
        ask(office, "POST", f"/v4/spreadsheets/{book}:batchUpdate", batch("old"))
        return book
    return ask(office, "POST", f"/v4/spreadsheets/{start}:batchUpdate", batch("new"))


def new_file(office, start):
    if start is None:
        return json.loads(ask(office, "GET", "/drive/v3/files/generateIds").body)["ids"][0]
    return ask(
        office,
        "POST",
        "/drive/v3/files",
        {"name": "x", "id": start, "mimeType": "application/vnd.google-apps.folder"},
    )


def moved(office, start):
    if start is None:
        return made(office, name="Приказ.docx", mimeType="text/plain")
    return ask(office, "PATCH", f"/drive/v3/files/{start}", {"trashed": True})


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("action", [new_bytes, new_cells, new_file, moved])
def test_a_power_failure_at_any_call_leaves_old_or_new(tmp_path, action, late):
    total = calls_of(tmp_path, action)
    assert total >= 2
    outcomes = set()
    for number in range(1, total + 1):
        root = tmp_path / f"{action.__name__}-{number}"
        start, office = interrupted(root, action, number, late)
        outcomes.add(state(office, action, start))
        assert list((root / ".nastavnik" / "tmp").iterdir()) == []
        office.close()
    assert outcomes <= {"old", "new"}


def state(office, action, start):
    """What the folder says after it was opened again; anything but the old or the new state shows as itself."""
    if action is new_cells:
        found = json.loads(ask(office, "GET", f"/v4/spreadsheets/{start}/values/A1").body)
        return found["values"][0][0]
    answer = ask(office, "GET", f"/drive/v3/files/{start}?fields=*")
    files = [each.name for each in office.root.iterdir() if each.name != ".nastavnik"]
    if action is new_file:
        return {(404, 0): "old", (200, 1): "new"}.get((answer.status, len(files)), (answer.status, files))
    shown = json.loads(answer.body)
    if action is moved:
        return {(False, 1): "old", (True, 0): "new"}.get((shown["trashed"], len(files)), (shown, files))
    author = shown["lastModifyingUser"]["displayName"]
    media = ask(office, "GET", f"/drive/v3/files/{start}?alt=media").body
    return {(b"old", "office"): "old", (b"new!", "office"): "new"}.get((media, author), (media, author))


@pytest.mark.parametrize(
    ("failure", "reason", "word"),
    [
        (OSError(errno.ENOSPC, "no space"), "storageQuotaExceeded", "нет места"),
        (PermissionError(errno.EACCES, "denied"), "insufficientFilePermissions", "право"),
        (OSError(errno.EIO, "broken"), "internalError", "Проверьте диск"),
    ],
)
@pytest.mark.parametrize("name", ["open", "write", "fsync", "replace"])
def test_a_disk_that_refuses_is_named_with_the_cure_and_nothing_is_lost(
    tmp_path, failure, reason, word, name
):
    broken = []
    real = getattr(Disk(), name)

    def call(*args, **options):
        if broken:
            raise failure
        return real(*args, **options)

    office = Office(tmp_path, disk=Disk(**{name: call}), strict=True)
    file_id = new_bytes(office, None)
    broken.append(True)
    answer = upload(office, file_id, b"new!")
    broken.clear()
    error = json.loads(answer.body)["error"]
    assert answer.status in {403, 500}
    assert error["errors"][0]["reason"] == reason
    assert word in error["message"]
    assert state(office, new_bytes, file_id) in {"old", "new"}
    assert upload(office, file_id, b"third").status == 200
    assert office.link(file_id).read_bytes() == b"third"
    office.close()


def test_old_revisions_are_not_changed_by_an_edit_in_place(tmp_path):
    office = Office(tmp_path)
    file_id = new_bytes(office, None)
    upload(office, file_id, b"new!")
    handle = os.open(office.link(file_id), os.O_WRONLY)
    os.write(handle, b"hand")
    os.close(handle)
    kept = sorted(
        (tmp_path / ".nastavnik" / "revisions" / file_id).iterdir(), key=lambda each: int(each.name)
    )
    assert kept[-1].read_bytes() == b"old"
    office.close()


def test_an_open_office_mends_what_another_that_died_left_half_done(tmp_path):
    bench = Bench()
    dying, living = Office(tmp_path, disk=bench.disk()), Office(tmp_path)
    file_id = new_file(living, None)
    bench.at, bench.late = bench.count + 1, True
    with pytest.raises(PowerFailure):
        new_file(dying, file_id)
    assert new_file(living, file_id).status == 409
    assert [each.name for each in tmp_path.iterdir() if each.name != ".nastavnik"] == ["x"]
    dying.close()
    living.close()


def test_a_workbook_keeps_its_id_when_the_sidecar_is_lost(tmp_path):
    office = Office(tmp_path)
    book = new_cells(office, None)
    office.close()
    shutil.rmtree(tmp_path / ".nastavnik")
    office = Office(tmp_path)
    assert state(office, new_cells, book) == "old"
    office.close()


def test_a_folder_that_cannot_be_an_office_is_told_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OfficeUnavailable, match="право записи"):
        Office(tmp_path / "file")
    (tmp_path / "dir" / ".nastavnik").mkdir(parents=True)
    (tmp_path / "dir" / ".nastavnik" / "state.sqlite").write_bytes(b"damaged " * 200)
    with pytest.raises(OfficeUnavailable, match=r"state\.sqlite"):
        Office(tmp_path / "dir")


def test_a_sidecar_that_fails_while_serving_is_told_in_the_answer(tmp_path, monkeypatch):
    office = Office(tmp_path)

    def fail(_call):
        raise sqlite3.OperationalError

    monkeypatch.setattr(office._store.ledger, "note", fail)
    answer = ask(
        office, "POST", "/drive/v3/files", {"name": "x", "mimeType": "application/vnd.google-apps.folder"}
    )
    monkeypatch.undo()
    assert answer.status == 500
    assert "state.sqlite" in json.loads(answer.body)["error"]["message"]
    assert json.loads(ask(office, "GET", "/drive/v3/files?fields=files(name)").body) == {
        "files": [{"name": "x"}]
    }
    office.close()


WRITER = """
import json, sys
from pathlib import Path
from flows.office import Office, Request
root, book, name, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
office = Office(root, patience=60)
for number in range(count):
    rows = [{"values": [{"userEnteredValue": {"stringValue": f"{name}-{number}"}}]}]
    body = {"requests": [{"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}}]}
    answer = office.handle(Request("POST", f"/v4/spreadsheets/{book}:batchUpdate", {}, json.dumps(body).encode()))
    assert answer.status == 200, answer.body
    made = {"name": f"{name}-{number}.docx", "mimeType": "text/plain"}
    assert office.handle(Request("POST", "/drive/v3/files", {}, json.dumps(made).encode())).status == 200
office.close()
"""


def test_processes_that_take_turns_in_one_folder_lose_nothing(tmp_path):
    office = Office(tmp_path, patience=60)
    book = made(office, name="Книга", mimeType="application/vnd.google-apps.spreadsheet")
    command = [sys.executable, "-c", WRITER, str(tmp_path), book]
    writers = [subprocess.Popen([*command, name, "15"]) for name in ("a", "b", "c")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    expected = {f"{name}-{number}" for name in "abc" for number in range(15)}
    values = json.loads(ask(office, "GET", f"/v4/spreadsheets/{book}/values/A:A").body)["values"]
    assert sorted(cell for (cell,) in values) == sorted(expected)
    found = json.loads(ask(office, "GET", "/drive/v3/files?pageSize=1000&fields=files(name)").body)["files"]
    assert {each["name"] for each in found} == {f"{each}.docx" for each in expected} | {"Книга"}
    assert sum(call.effect for call in office.journal) == 91
    office.close()

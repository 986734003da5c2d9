"""A client that speaks the wire to an office in a temporary folder; every answer is checked against Google's schemas."""

from __future__ import annotations

import json
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests

from flows.office import InProcess, Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "http://office.local"
FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"


def typed(value: Any) -> dict[str, Any]:
    """CellData of a plain value."""
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, str):
        return {"userEnteredValue": {"stringValue": value}}
    return {"userEnteredValue": {"numberValue": value}} if value is not None else {}


def rows(*lines: list[Any]) -> list[dict[str, Any]]:
    return [{"values": [typed(value) for value in line]} for line in lines]


class Clock:
    """A clock that moves a second with each look."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 9, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Client:
    session: requests.Session
    office: Office
    root: Path

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.session.request(method, BASE + path, **options)

    def ok(self, method: str, path: str, **options: Any) -> Any:
        response = self.ask(method, path, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def refused(self, status: int, method: str, path: str, **options: Any) -> dict[str, Any]:
        response = self.ask(method, path, **options)
        assert response.status_code == status, response.text
        return response.json()["error"]

    def folder(self, name: str, parent: str = "root", **more: Any) -> str:
        body = {"name": name, "mimeType": FOLDER, "parents": [parent], **more}
        return str(self.ok("POST", "/drive/v3/files", json=body)["id"])

    def book(self, name: str = "Книга", parent: str = "root") -> str:
        body = {"name": name, "mimeType": SPREADSHEET, "parents": [parent]}
        return str(self.ok("POST", "/drive/v3/files", json=body)["id"])

    def send(self, method: str, path: str, metadata: dict[str, Any], media: bytes) -> requests.Response:
        head = (
            b"--mark\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + json.dumps(metadata).encode()
        )
        body = head + b"\r\n--mark\r\nContent-Type: application/msword\r\n\r\n" + media + b"\r\n--mark--\r\n"
        headers = {"Content-Type": 'multipart/related; boundary="mark"'}
        address = f"/upload/drive/v3/{path}?uploadType=multipart&fields=*"
        return self.ask(method, address, data=body, headers=headers)

    def upload(
        self, name: str, media: bytes = b"PK paper", parent: str = "root", **more: Any
    ) -> dict[str, Any]:
        response = self.send("POST", "files", {"name": name, "parents": [parent], **more}, media)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def file(self, file_id: str) -> dict[str, Any]:
        return dict(self.ok("GET", f"/drive/v3/files/{file_id}?fields=*"))

    def names(self, q: str) -> list[str]:
        found = self.ok("GET", "/drive/v3/files", params={"q": q, "fields": "files(name)", "orderBy": "name"})
        return [each["name"] for each in found["files"]]

    def batch(self, book: str, *requests_: dict[str, Any], **more: Any) -> dict[str, Any]:
        return dict(
            self.ok(
                "POST", f"/v4/spreadsheets/{book}:batchUpdate", json={"requests": list(requests_), **more}
            )
        )

    def refused_batch(self, status: int, book: str, *requests_: dict[str, Any]) -> str:
        body = {"requests": list(requests_)}
        return str(self.refused(status, "POST", f"/v4/spreadsheets/{book}:batchUpdate", json=body)["message"])

    def write(self, book: str, *lines: list[Any], sheet: int = 0, at: tuple[int, int] = (0, 0)) -> None:
        start = {"sheetId": sheet, "rowIndex": at[0], "columnIndex": at[1]}
        self.batch(
            book, {"updateCells": {"start": start, "rows": rows(*lines), "fields": "userEnteredValue"}}
        )

    def values(
        self, book: str, area: str = "Sheet1", how: str = "UNFORMATTED_VALUE"
    ) -> list[list[Any]] | None:
        query = {"ranges": area, "valueRenderOption": how}
        found = self.ok("GET", f"/v4/spreadsheets/{book}/values:batchGet", params=query)
        return found["valueRanges"][0].get("values")

    def tabs(self, book: str) -> dict[str, int]:
        found = self.ok("GET", f"/v4/spreadsheets/{book}?fields=sheets.properties(title,sheetId)")
        return {each["properties"]["title"]: each["properties"]["sheetId"] for each in found["sheets"]}

    @contextmanager
    def beside(self) -> Iterator[Client]:
        """Another process over the same folder."""
        with closing(Office(self.root, now=Clock(), strict=True)) as office:
            session = requests.Session()
            session.mount(BASE, InProcess(office))
            yield Client(session, office, self.root)

    @contextmanager
    def elsewhere(self, folder: Path) -> Iterator[Client]:
        """An office opened anew over a copy of the folder: it knows only what is on disk."""
        shutil.copytree(self.root, folder)
        with closing(Office(folder, now=Clock(), strict=True)) as office:
            session = requests.Session()
            session.mount(BASE, InProcess(office))
            yield Client(session, office, folder)

    def path(self, file_id: str) -> Path:
        found = self.office.link(file_id)
        assert found is not None
        return found


@pytest.fixture
def client(tmp_path):
    office = Office(tmp_path, now=Clock(), strict=True, patience=0.2)
    session = requests.Session()
    session.mount(BASE, InProcess(office))
    yield Client(session, office, office.root)
    office.close()


@pytest.fixture
def lines():
    return rows

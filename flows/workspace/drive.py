"""Files and folders through google-api-python-client, over the one session."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from googleapiclient.http import MediaIoBaseUpload

from flows.domain.errors import TryLater
from flows.workspace.drive_service import Service
from flows.workspace.refusals import Changed, Conflict, translated
from flows.workspace.session import REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import requests

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
DOCUMENT = "application/vnd.google-apps.document"
SHORTCUT = "application/vnd.google-apps.shortcut"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELDS = "id,name,mimeType,parents,trashed,md5Checksum,appProperties,webViewLink"
GROUND = f"{FIELDS},driveId,capabilities(canAddChildren)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTED = {DOCUMENT: DOCX, SPREADSHEET: XLSX}
SMALL = 5_000_000
LOOKS = 3
PARTIAL = "Google показал не весь список файлов. Ничего не сделано, чтобы не завести второе; повторите через минуту."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder as Drive shows it."""

    id: str
    name: str
    mime: str
    parent: str
    trashed: bool
    md5: str = ""
    link: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    drive: str = ""
    """The shared drive it lies on; `Drive.ground` alone asks for it."""
    shut: bool = False
    """A folder that takes nothing in from this account; `Drive.ground` alone asks for it."""


def md5_of(data: bytes) -> str:
    """Return the checksum of bytes as Drive tells it."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


class Drive:
    """The calls of Drive that the road makes; every one works inside shared drives."""

    def __init__(self, session: requests.Session) -> None:
        resources = Service(session)
        self._files, self._about = resources.files(), resources.about()
        self.session = session

    def whose(self) -> str:
        """Return the address of the account that the session acts for; empty when the store does not say."""
        with translated("Учётная запись"):
            about = self._about.get(fields="user(emailAddress)").execute()
        return str((about.get("user") or {}).get("emailAddress", ""))

    def ids(self, count: int, kind: str = "files") -> list[str]:
        """Ask for ids to create `files` or `shortcuts` with: a create that is repeated with one makes no second file."""
        with translated("Диск"):
            found: list[str] = self._files.generateIds(count=count, space="drive", type=kind).execute()["ids"]
            return found

    def entry(self, file_id: str) -> Entry:
        """Look one file up by id; `Missing` when there is none."""
        with translated("Файл"):
            return _entry(self._files.get(fileId=file_id, fields=FIELDS, supportsAllDrives=True).execute())

    def target(self, file_id: str) -> str:
        """Return the id of the file that a shortcut leads to, empty where it leads nowhere."""
        with translated("Ярлык"):
            call = self._files.get(fileId=file_id, fields="shortcutDetails(targetId)", supportsAllDrives=True)
            return str((call.execute().get("shortcutDetails") or {}).get("targetId", ""))

    def may(self, file_id: str) -> tuple[Entry, frozenset[str]]:
        """Look a file up with what its store lets us do, by Google's own names (`canEdit`, `canAddChildren`): nothing is tried."""
        fields = f"{FIELDS},capabilities(canEdit,canAddChildren)"
        with translated("Файл"):
            told = self._files.get(fileId=file_id, fields=fields, supportsAllDrives=True).execute()
        rights = told.get("capabilities") or {}
        return _entry(told), frozenset(name for name, has in rights.items() if has)

    def ground(self, file_id: str) -> Entry:
        """Look up a folder that is to hold others: also on which shared drive it lies and whether it takes files in."""
        with translated("Папка"):
            return _entry(self._files.get(fileId=file_id, fields=GROUND, supportsAllDrives=True).execute())

    def found(self, query: str, drive: str = "") -> list[Entry]:
        """List what fits a query, of a shared `drive` all that is there. It may lag: nothing is said not to exist by it.

        Without a drive Google lists what the account has made or opened. `TryLater` where it says itself that it has not
        looked everywhere.
        """
        for _ in range(LOOKS):
            entries, whole = self._listed(query, drive)
            if whole:
                return entries
        raise TryLater(PARTIAL)

    def _listed(self, query: str, drive: str) -> tuple[list[Entry], bool]:
        """List once, page after page; tell whether Google looked everywhere."""
        entries: list[Entry] = []
        token, whole = None, True
        where = {"corpora": "drive", "driveId": drive} if drive else {}
        with translated("Список файлов"):
            while True:
                page = self._files.list(
                    q=query, pageSize=1000, pageToken=token, fields=f"nextPageToken,incompleteSearch,files({FIELDS})",
                    supportsAllDrives=True, includeItemsFromAllDrives=True, orderBy="createdTime", **where,
                ).execute()  # fmt: skip
                entries += [_entry(each) for each in page.get("files", ())]
                whole = whole and not page.get("incompleteSearch")
                token = page.get("nextPageToken")
                if not token:
                    return entries, whole

    def media(self, entry: Entry) -> bytes:
        """Download a file's bytes; a Google Doc is exported as .docx, a Google Sheet as .xlsx."""
        with translated("Файл"):
            if entry.mime in EXPORTED:
                exported: bytes = self._files.export(fileId=entry.id, mimeType=EXPORTED[entry.mime]).execute()
                return exported
            data: bytes = self._files.get_media(fileId=entry.id, supportsAllDrives=True).execute()
            return data

    def folder(self, file_id: str, name: str, parent: str, properties: Mapping[str, str]) -> Entry:
        """Create a folder with an id of ours; one that is there already is given back."""
        return self._created(
            {
                "id": file_id,
                "name": name,
                "mimeType": FOLDER,
                "parents": [parent],
                "appProperties": dict(properties),
            },
            None,
        )

    def file(  # noqa: PLR0913, PLR0917 - a file is flat
        self,
        file_id: str,
        name: str,
        parent: str,
        properties: Mapping[str, str],
        data: bytes,
        mime: str = DOCX,
    ) -> Entry:
        """Create a file with an id of ours; one that is there already is given back for the caller to compare."""
        body = {
            "id": file_id,
            "name": name,
            "mimeType": mime,
            "parents": [parent],
            "appProperties": dict(properties),
        }
        return self._created(body, data)

    def shortcut(
        self, file_id: str, name: str, parent: str, target: str, properties: Mapping[str, str]
    ) -> Entry:
        """Create a shortcut to a file with an id of ours; `Unsupported` where the store has none."""
        body = {
            "id": file_id,
            "name": name,
            "mimeType": SHORTCUT,
            "parents": [parent],
            "shortcutDetails": {"targetId": target},
            "appProperties": dict(properties),
        }
        return self._created(body, None)

    def book(self, name: str, parent: str, properties: Mapping[str, str], mime: str = SPREADSHEET) -> Entry:
        """Create a workbook; its id is Google's, so this may not be repeated blindly: look in the folder first."""
        body = {"name": name, "mimeType": mime, "parents": [parent], "appProperties": dict(properties)}
        with translated("Новая книга"):
            return _entry(self._files.create(body=body, fields=FIELDS, supportsAllDrives=True).execute())

    def renew(self, seen: Entry, data: bytes, properties: Mapping[str, str], name: str = "") -> Entry:
        """Replace the bytes of a file that holds what was `seen`; the id, the link and the folder stay.

        The local office compares before it replaces: `Changed` if somebody saved the file since. Drive v3 of Google
        promises no condition of an update (its files have no etag, those of v2 had): there the last to write wins
        between our look and our write, and what was written over stays among the versions of the file.
        """
        body = {"appProperties": dict(properties)} | ({"name": name} if name else {})
        try:
            return self._renewed(seen, data, body, f'"{seen.md5}"')
        except Changed:
            now = self.entry(seen.id)
        if now.md5 == md5_of(data):
            return now  # an answer was lost: the request that was repeated met our own bytes
        if now.md5 != seen.md5:
            raise Changed("Файл только что сохранил кто-то другой. Он не тронут; повторите запуск.")
        # A store that reads the condition in another way would refuse it for good, whatever the file holds.
        return self._renewed(seen, data, body, "")

    def _renewed(self, seen: Entry, data: bytes, body: Mapping[str, Any], condition: str) -> Entry:
        call = self._files.update(
            fileId=seen.id, body=body, media_body=_upload(data, DOCX), fields=FIELDS, supportsAllDrives=True
        )
        if condition:
            call.headers["If-Match"] = condition
        with translated("Обновление файла"):
            return _entry(call.execute())

    def change(self, file_id: str, body: Mapping[str, Any], parent: str = "", old_parent: str = "") -> Entry:
        """Change a file's resource: name, folder, trash, read-only mark."""
        moved = {"addParents": parent, "removeParents": old_parent} if parent else {}
        with translated("Файл"):
            return _entry(
                self._files.update(
                    fileId=file_id, body=dict(body), fields=FIELDS, supportsAllDrives=True, **moved
                ).execute()
            )

    def _created(self, body: Mapping[str, Any], data: bytes | None) -> Entry:
        media = {} if data is None else {"media_body": _upload(data, str(body["mimeType"]))}
        call = self._files.create(body=dict(body), fields=FIELDS, supportsAllDrives=True, **media)
        call.headers[REPEATABLE] = "1"
        try:
            with translated("Новый файл"):
                return _entry(call.execute())
        except Conflict:
            return self.entry(str(body["id"]))


def _upload(data: bytes, mime: str) -> MediaIoBaseUpload:
    media: MediaIoBaseUpload = MediaIoBaseUpload(BytesIO(data), mimetype=mime, resumable=len(data) > SMALL)
    return media


def namesake(entries: Iterable[Entry], parent: str, name: str) -> str:
    """Find a folder by its place and name; return its id, empty when there is none."""
    own = (
        entry for entry in entries if entry.mime == FOLDER and entry.parent == parent and not entry.trashed
    )
    return next((entry.id for entry in own if entry.name == name), "")


def _entry(resource: Mapping[str, Any]) -> Entry:
    return Entry(
        str(resource["id"]), str(resource.get("name", "")), str(resource.get("mimeType", "")), str((resource.get("parents") or [""])[0]),
        bool(resource.get("trashed")), str(resource.get("md5Checksum", "")), str(resource.get("webViewLink", "")), dict(resource.get("appProperties") or {}),
        str(resource.get("driveId", "")), (resource.get("capabilities") or {}).get("canAddChildren") is False,
    )  # fmt: skip

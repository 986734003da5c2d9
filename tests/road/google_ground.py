"""What an office does not know of Google, for founding: who may own files where, shared drives, lists that lag."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from flows import settings
from flows.office import Faults, InProcess, Office, Request, Response, Verdict
from flows.office.wire import answer, upload_of
from flows.work.founding import found
from flows.work.organisation_place import made
from flows.workspace.drive import FOLDER
from flows.workspace.session import office_session
from flows.workspace.space import Workspace, over
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.work.stages import Supplies

SLUG, TITLE = "malysh", "Детский сад «Малыш»"
FILES, FAILED = "/drive/v3/files", 300
NO_ROOM = {"message": "Service Accounts do not have storage quota.", "reason": "storageQuotaExceeded"}


@dataclass
class Google:
    """An office behind Google's rules for one service account: it owns no file outside the shared drive.

    `lags` leaves out of every list what this account made; `partial` says of so many lists that they are not whole.
    """

    office: Office
    shared: str = ""
    shut: set[str] = field(default_factory=set)
    lags: bool = False
    partial: int = 0
    faults: Faults | None = None
    calls: list[tuple[str, str]] = field(default_factory=list)
    queries: list[dict[str, list[str]]] = field(default_factory=list)

    def handle(self, request: Request) -> Response:
        """Answer one request of the account."""
        self.calls.append((request.method, request.path))
        wanted = upload_of(request).metadata if request.path.endswith("/files") else {}
        takes_room = request.method == "POST" and wanted.get("mimeType", FOLDER) != FOLDER
        if takes_room and not self.on_drive((wanted.get("parents") or ["root"])[0]):
            error = {"code": 403, "message": NO_ROOM["message"], "errors": [NO_ROOM]}
            return answer({"error": error}, 403)
        response = self.office.handle(request)
        if response.status >= FAILED or FILES not in request.path or not response.body.startswith(b"{"):
            return response
        return answer(self._fitted(request, json.loads(response.body)))

    def _fitted(self, request: Request, told: dict) -> dict:
        listing = request.method == "GET" and request.path == FILES
        if listing:
            self.queries.append(request.query)
            told["incompleteSearch"] = self.partial > 0
            self.partial -= 1
            known = [each for each in told["files"] if not (self.lags and each.get("appProperties"))]
            whole = request.one("corpora") == "drive"
            told["files"] = [each for each in known if whole or self._opened(each)]
        for each in told.get("files", [told]):
            if "driveId" in request.one("fields") and self.on_drive(each["id"]):
                each["driveId"] = self.shared
            if each.get("id") in self.shut and "capabilities" in each:
                each["capabilities"]["canAddChildren"] = False
        return told

    def _opened(self, each: dict) -> bool:
        """Tell whether a list without a drive shows a file: of the shared one, what the account has made or opened."""
        return bool(each.get("appProperties")) or not self.on_drive(each["id"])

    def on_drive(self, file_id: str) -> bool:
        """Tell whether a file lies on the shared drive."""
        entry = self.office._store.entry(file_id)
        while entry is not None and entry.id != self.shared:
            entry = self.office._store.entry(entry.parent) if entry.parent else None
        return entry is not None and bool(self.shared)

    @cached_property
    def account(self) -> Workspace:
        """Return the workspace of the account; `faults` are asked about every call."""
        session = office_session(InProcess(self, Faults(self._judged)), clock=desks.Waiting(), retries=0)
        return replace(over(session, desks.Waiting()), lays_ahead=False)

    @cached_property
    def person(self) -> Workspace:
        """Return the workspace of a person who owns everything."""
        return over(office_session(InProcess(self.office)))

    def _judged(self, _: int, request: Request) -> Verdict:
        return self.faults.verdict(request) if self.faults else None

    def folder(self, name: str, parent: str = "root") -> str:
        """Make a folder as a person does; return its id."""
        drive = self.person.drive
        return drive.folder(drive.ids(1)[0], name, parent, {}).id

    def live(self, role: str) -> list[str]:
        """Return the ids of what is ours and is not in the bin."""
        entries = list(self.office._store.ledger.entries.values())
        ours = [each for each in entries if each.properties.get("nastavnik_role") == role]
        return [each.id for each in ours if not self.office._store.in_trash(each)]


@contextmanager
def google(root: Path) -> Iterator[Google]:
    """Open a Google over a folder, with a shared drive."""
    office = Office(root)
    try:
        opened = Google(office)
        opened.shared = opened.folder("Общий диск")
        yield opened
    finally:
        office.close()


@dataclass
class Attempts:
    """Founding again and again from one working folder, remembering as the command does."""

    google: Google
    home: Path

    @property
    def place(self) -> settings.Place:
        """Return what is remembered of the organisation."""
        known = settings.load_home(self.home).places
        return known[0] if known else settings.Place(SLUG)

    def save(self, now: settings.Place) -> None:
        """Remember a place; one without a folder is forgotten."""
        settings.save_place(settings.load_home(self.home), now)

    def stand(self, root: str, faults: Faults | None = None) -> settings.Place:
        """Make the folders and the book only."""
        self.google.faults = faults
        return made(self.google.account, root, self.place, TITLE, self.save, lambda _: None)

    def found(self, root: str, supplies: Supplies, faults: Faults | None = None) -> bool:
        """Found the organisation whole; tell whether anything was made."""
        self.google.faults = faults
        home = settings.Home(self.home, google=True, root=root)
        return found(self.google.account, home, self.place, TITLE, supplies, self.save)[1]

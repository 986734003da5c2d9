"""What an account may see, own and change: My Drive of a person, a shared drive, and what `drive.file` leaves unseen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.office import Request, Response
from flows.office.errors import STATUS, Refusal, missing_book, missing_file
from flows.office.wire import upload_of
from tests.front.accounts import DRIVE, DRIVE_FILE, PERSON, ROBOT, SHEETS
from tests.front.shortcuts import SHORTCUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.office import Office
    from flows.office.entries import Entry
    from tests.front.accounts import Account

NO_ROOM = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), "
    "or use OAuth delegation (http://support.google.com/a/answer/7281227) instead."
)
FOLDER = "application/vnd.google-apps.folder"
EXPORT = "drive.files.export"
ROOMLESS = frozenset({FOLDER, SHORTCUT})
READS = frozenset({"GET", "HEAD"})


@dataclass
class Rights:
    """Who may what. `shared` is the id of the shared drive; every file beneath it is nobody's own.

    A robot owns nothing: what it makes on My Drive is refused, a folder or a shortcut excepted, which take no room. It sees the
    shared drive when it is a `member`, and what of My Drive was `lent` to it. `drive.file` sees what the program made (such
    a file bears properties of the program) and what was `picked`. `readonly` are files and folders that may be read only;
    `unopened` keeps out of a listing by account what lies on the shared drive and was not made by the program. `full` has no
    room for anything more. `organizers` are addresses that manage the shared drive; other members only manage its content.
    """

    office: Office
    shared: str = ""
    member: bool = True
    lent: set[str] = field(default_factory=set)
    picked: set[str] = field(default_factory=set)
    readonly: set[str] = field(default_factory=set)
    unopened: bool = False
    full: bool = False
    organizers: set[str] = field(default_factory=set)
    made: set[tuple[str, str]] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    """In which folder each shortcut lies."""

    def entry(self, file_id: str) -> Entry | None:
        """Look an entry up without asking the office."""
        with self.office._mutex:
            return self.office._store.entry(file_id)

    def above(self, file_id: str) -> Iterator[str]:
        """Yield an id and the ids of the folders around it; of a shortcut, those of its folder."""
        entry = self.entry(self.places.get(file_id, file_id))
        while entry is not None:
            yield entry.id
            entry = self.entry(entry.parent) if entry.parent else None

    def on_shared(self, file_id: str) -> bool:
        """Tell whether a file lies on the shared drive."""
        return bool(self.shared) and self.shared in self.above(file_id)

    def sees(self, account: Account, file_id: str, *, sheets: bool = False) -> bool:
        """Tell whether an account sees a file, through Drive or through Sheets."""
        entry = self.entry(file_id)
        if entry is None:
            return True  # the office says itself that there is none
        around = set(self.above(file_id))
        own = (account.email, entry.id) in self.made
        reach = (
            not account.robot or own or bool(around & self.lent) or (self.member and self.shared in around)
        )
        if not reach and not (account.robot and not entry.parent):
            return False
        wide = DRIVE in account.scopes or (sheets and SHEETS in account.scopes)
        return wide or not entry.parent or own or bool(entry.properties) or bool(around & self.picked)

    def judge(self, account: Account, name: str, request: Request, file_id: str) -> None:
        """Refuse what an account may not; `name` is the method as Google's documents have it."""
        sheets = name.startswith("sheets.")
        if not account.scopes & {DRIVE, DRIVE_FILE} and not (sheets and SHEETS in account.scopes):
            raise Refusal(403, "Request had insufficient authentication scopes.", "insufficientPermissions")
        if file_id:
            # An export has no parameter for shared drives: Google serves it from anywhere.
            self._reach(account, request, file_id, anywhere=sheets or name == EXPORT, sheets=sheets)
        if name == "drive.files.create":
            self._own(account, request)
        elif request.method not in READS and file_id and set(self.above(file_id)) & self.readonly:
            if sheets:
                raise Refusal(403, "The caller does not have permission", "forbidden")
            text = "The user does not have sufficient permissions for this file."
            raise Refusal(403, text, "insufficientFilePermissions")

    def _reach(
        self, account: Account, request: Request, file_id: str, *, sheets: bool, anywhere: bool = False
    ) -> None:
        hidden = not anywhere and self.on_shared(file_id) and not request.flag("supportsAllDrives")
        if hidden or not self.sees(account, file_id, sheets=sheets):
            raise missing_book() if sheets else missing_file(file_id)

    def _own(self, account: Account, request: Request) -> None:
        wanted = upload_of(request).metadata
        parent = (wanted.get("parents") or ["root"])[0]
        self._reach(account, request, parent, sheets=False)
        if set(self.above(parent)) & self.readonly:
            text = "The user does not have sufficient permissions for this file."
            raise Refusal(403, text, "insufficientFilePermissions")
        if self.full:
            text = "The user's Drive storage quota has been exceeded."
            raise Refusal(403, text, "storageQuotaExceeded")
        if account.robot and not self.on_shared(parent) and wanted.get("mimeType") not in ROOMLESS:
            raise Refusal(403, NO_ROOM, "storageQuotaExceeded")

    def listed(self, account: Account, request: Request, page: dict[str, Any]) -> dict[str, Any]:
        """Leave in a page of a listing what the account sees of what it asked for."""
        asked = request.one("corpora", "user")
        if asked == "drive" and request.one("driveId") != self.shared:
            raise Refusal(404, f"Shared drive not found: {request.one('driveId')}", "notFound")
        every = request.flag("includeItemsFromAllDrives") and request.flag("supportsAllDrives")
        if asked in {"drive", "allDrives"} and not every:
            raise Refusal(
                403, "The corpora needs includeItemsFromAllDrives and supportsAllDrives.", "invalid"
            )
        return page | {
            "files": [
                each for each in page.get("files", ()) if self._shows(account, each["id"], asked, every=every)
            ]
        }

    def _shows(self, account: Account, file_id: str, asked: str, *, every: bool) -> bool:
        shared = self.on_shared(file_id)
        if file_id == self.shared or not self.sees(account, file_id):
            return False
        if not shared:
            return asked != "drive"
        entry = self.entry(file_id)
        foreign = entry is not None and not entry.properties and (account.email, file_id) not in self.made
        return every and not (self.unopened and asked == "user" and foreign)

    def belonging(self, account: Account, file_id: str, told: dict[str, Any]) -> None:
        """Say whose a file is: nobody's own on the shared drive, whose managers alone may limit a folder."""
        if not self.on_shared(file_id):
            return
        told.pop("ownedByMe", None)
        may = told.get("capabilities", {})
        if "canDisableInheritedPermissions" in may:
            may["canDisableInheritedPermissions"] &= account.email in self.organizers

    def holding(self, file_id: str, permission: dict[str, Any]) -> None:
        """Say who holds a file instead of the office's owner: the person, or a member of the shared drive."""
        if permission.get("role") != "owner":
            return
        robot = self.on_shared(file_id)
        email = ROBOT if robot else PERSON
        permission |= {"emailAddress": email} if "emailAddress" in permission else {}
        if robot:
            permission["role"] = "organizer" if email in self.organizers else "fileOrganizer"
            for each in permission.get("permissionDetails", ()):
                each |= {"inherited": True}


def refused(refusal: Refusal, *, drive: bool) -> Response:
    """Spell a refusal as Google does: Drive with reasons, Sheets with a status."""
    error: dict[str, Any] = {"code": refusal.status, "message": refusal.message}
    if drive:
        error["errors"] = [{"message": refusal.message, "domain": refusal.domain, "reason": refusal.reason}]
    if not drive or refusal.reason == "insufficientPermissions":
        error["status"] = STATUS.get(refusal.status, "UNKNOWN")
    if refusal.reason == "insufficientPermissions":
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        error["details"] = [
            {"@type": kind, "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}
        ]
    body = json.dumps({"error": error}, ensure_ascii=False).encode()
    return Response(refusal.status, {"Content-Type": "application/json; charset=UTF-8"}, body)

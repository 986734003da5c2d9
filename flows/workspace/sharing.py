"""Who may open a file or folder, through google-api-python-client over the one session.

Google keeps one permission for an address on a file: giving it again changes its role, also downwards, and answers
the same id. So whoever gives looks first, and an answer that was lost is looked for in the list, never asked again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flows.domain.errors import TryLater
from flows.workspace.drive_service import Service
from flows.workspace.refusals import Missing, translated
from flows.workspace.session import REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

READER, WRITER = "reader", "writer"
ROLES = (READER, "commenter", WRITER, "fileOrganizer", "organizer", "owner")
FIELDS = "id,type,role,emailAddress,domain,permissionDetails(inherited)"


@dataclass(frozen=True, slots=True)
class Permission:
    """One right on a file: whose (`kind` user, group, domain or anyone; `email` an address or a domain) and which role.

    `inherited` tells that all of it comes from a folder above or from the members of a shared drive.
    """

    id: str
    kind: str
    role: str
    email: str = ""
    inherited: bool = False

    def reaches(self, role: str) -> bool:
        """Whether it allows at least what a role does."""
        return _height(self.role) >= _height(role)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whether a folder takes nothing over from those around it (`limited`), and whether our account may make it so.

    `safe` tells that we would still reach it: its owner and the organizers of its shared drive always do.
    """

    limited: bool
    possible: bool
    safe: bool


def _height(role: str) -> int:
    return ROLES.index(role) if role in ROLES else 0


class Sharing:
    """The calls of Drive about permissions; every one works inside shared drives, and no letters are sent."""

    def __init__(self, session: requests.Session) -> None:
        self._service = Service(session)

    @cached_property
    def _permissions(self) -> Any:
        """Built when first needed: a home that shares nothing does not pay for it."""
        return self._service.permissions()

    def account(self) -> str:
        """Return the address of the account that the program works by, lower-cased."""
        with translated("Доступ"):
            told = self._service.about().get(fields="user(emailAddress)").execute()
        return str((told.get("user") or {}).get("emailAddress", "")).lower()

    def listed(self, file_id: str) -> tuple[Permission, ...]:
        """Return who may open a file, inherited rights too; `Misconfigured` when we may not know."""
        rights: list[Permission] = []
        token = None
        with translated("Доступ"):
            while True:
                page = self._permissions.list(
                    fileId=file_id, pageSize=100, pageToken=token, supportsAllDrives=True,
                    fields=f"nextPageToken,permissions({FIELDS})",
                ).execute()  # fmt: skip
                rights += [_permission(each) for each in page.get("permissions", ())]
                token = page.get("nextPageToken")
                if not token:
                    return tuple(rights)

    def grant(self, file_id: str, email: str, role: str) -> Permission:
        """Let an address in; `NotShared` when Google will not. A lost answer is looked for, and told when it is not there."""
        call = self._permissions.create(
            fileId=file_id, body={"type": "user", "role": role, "emailAddress": email}, fields=FIELDS,
            sendNotificationEmail=False, supportsAllDrives=True,
        )  # fmt: skip
        try:
            with translated("Доступ"):
                return _permission(call.execute())
        except TryLater:
            given = own(self.listed(file_id), email)
            if given is None or given.role != role:
                raise
            return given

    def change(self, file_id: str, permission_id: str, role: str) -> Permission:
        """Give a right that stands on the file itself another role."""
        with translated("Доступ"):
            return _permission(
                self._permissions.update(
                    fileId=file_id, permissionId=permission_id, body={"role": role}, fields=FIELDS, supportsAllDrives=True
                ).execute()
            )  # fmt: skip

    def revoke(self, file_id: str, permission_id: str) -> None:
        """Take a right back that stands on the file itself; one that is gone already is as wanted."""
        call = self._permissions.delete(fileId=file_id, permissionId=permission_id, supportsAllDrives=True)
        call.headers[REPEATABLE] = "1"
        with suppress(Missing), translated("Доступ"):
            call.execute()

    def bounds(self, folder_id: str) -> Bounds:
        """Tell whether a folder is limited and whether we may limit it."""
        with translated("Доступ"):
            told = (
                self._service.files()
                .get(
                    fileId=folder_id, supportsAllDrives=True,
                    fields="id,inheritedPermissionsDisabled,capabilities(canDisableInheritedPermissions),ownedByMe,driveId",
                )
                .execute()
            )  # fmt: skip
        can = (told.get("capabilities") or {}).get("canDisableInheritedPermissions")
        safe = bool(told.get("driveId") or told.get("ownedByMe"))
        return Bounds(bool(told.get("inheritedPermissionsDisabled")), bool(can), safe)

    def limit(self, folder_id: str) -> None:
        """Let a folder open only to whom it is opened itself, to its owner and to organizers of its shared drive."""
        with translated("Доступ"):
            self._service.files().update(
                fileId=folder_id, body={"inheritedPermissionsDisabled": True}, fields="id", supportsAllDrives=True
            ).execute()  # fmt: skip


def of(rights: tuple[Permission, ...], email: str) -> Permission | None:
    """Find the right of an address, whatever the case of its letters."""
    return next((each for each in rights if each.email.casefold() == email.casefold()), None)


def own(rights: tuple[Permission, ...], email: str) -> Permission | None:
    """Find the right of an address that stands on the file itself."""
    given = of(rights, email)
    return None if given is None or given.inherited else given


def _permission(resource: Mapping[str, Any]) -> Permission:
    details = resource.get("permissionDetails") or ()
    return Permission(
        str(resource["id"]), str(resource.get("type", "")), str(resource.get("role", "")),
        str(resource.get("emailAddress") or resource.get("domain") or ""),
        bool(details) and all(each.get("inherited") for each in details),
    )  # fmt: skip

"""Permissions of Drive as a bench knows them: who was given which role on which file, kept in the sidecar.

They never open the local folder to anybody: who reads it is decided by the computer, files stay 0600 and folders
0700 whatever stands here. The office has one owner, so nothing is refused by them either, unless a bench says who
calls (`flows.office.rights`). What is given on a folder holds for all that lies in it, up to a folder with limited
access (`inheritedPermissionsDisabled`), where only the owner and what is given on the folder itself remain.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.office.errors import Refusal
from flows.office.resources import LIMITED

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.entries import Entry
    from flows.office.ledger import Ledger

OWNER = "office@localhost"
ANYONE = "anyoneWithLink"
ROLES = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")
_GIVEN = ("reader", "commenter", "writer")
_FACT = "access"
_MOST_ON_PAGE = 100
_WHOM = {"user": "emailAddress", "group": "emailAddress", "domain": "domain"}


@dataclass(frozen=True)
class Grant:
    """One right given on one file itself: to whom (an address, a domain or nobody in particular) and which role."""

    type: str
    role: str
    whom: str = ""

    @property
    def id(self) -> str:
        """Google's id of a permission names who has it, so it is the same on every file."""
        if self.type == "anyone":
            return ANYONE
        return str(int(hashlib.sha256(self.whom.casefold().encode()).hexdigest()[:16], 16)).zfill(20)


class Access:
    """What was given on each file itself, and which folders are limited: one fact of the sidecar."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def _kept(self) -> dict[str, dict[str, Any]]:
        told = self._ledger.fact(_FACT)
        kept: dict[str, dict[str, Any]] = json.loads(told) if told else {}
        return kept

    def _keep(self, file_id: str, name: str, value: Any) -> None:
        kept = self._kept()
        kept.setdefault(file_id, {})[name] = value
        self._ledger.remember(_FACT, json.dumps(kept, ensure_ascii=False))

    def limited(self, file_id: str) -> bool:
        """Whether a folder takes nothing over from the folders around it."""
        return bool(self._kept().get(file_id, {}).get("limited"))

    def limit(self, file_id: str, wanted: dict[str, Any]) -> None:
        """Limit a folder, or let it take over again what is given around it, where a File resource asks for either."""
        if wanted.get(LIMITED) is not None:
            self._keep(file_id, "limited", bool(wanted[LIMITED]))

    def own(self, file_id: str) -> tuple[Grant, ...]:
        """Return what was given on a file itself."""
        return tuple(Grant(*each) for each in self._kept().get(file_id, {}).get("given", ()))

    def give(self, file_id: str, grants: tuple[Grant, ...]) -> None:
        """Set what is given on a file itself."""
        self._keep(file_id, "given", [[each.type, each.role, each.whom] for each in grants])

    def all_of(self, entry: Entry) -> dict[str, list[tuple[str, Grant]]]:
        """Return what holds on a file, by the id of a permission: each time with the file that it was given on."""
        kept = self._kept()
        result: dict[str, list[tuple[str, Grant]]] = {}
        for above in self._reaching(entry, kept):
            for each in (Grant(*told) for told in kept.get(above.id, {}).get("given", ())):
                result.setdefault(each.id, []).append((above.id, each))
        return result

    def _reaching(self, entry: Entry, kept: dict[str, dict[str, Any]]) -> list[Entry]:
        """List the file and the folders around it whose permissions reach it."""
        reaching = [entry]
        while entry.parent and not kept.get(entry.id, {}).get("limited"):
            entry = self._ledger.entries[entry.parent]
            reaching.append(entry)
        return reaching


class Permissions:
    """Serves permissions.list, get, create, update and delete."""

    def __init__(self, access: Access, find: Callable[[str], Entry]) -> None:
        self._access = access
        self._find = find

    def page(self, file_id: str, size: int, token: str) -> dict[str, Any]:
        """permissions.list: the owner first, then whoever was given something here or above."""
        entry = self._find(file_id)
        owner = _shown(Grant("user", "owner", OWNER), [(entry.id, "owner")], entry.id)
        shown = [owner, *(_together(given, entry.id) for given in self._access.all_of(entry).values())]
        start = int(token) if token.isdecimal() else 0
        page: dict[str, Any] = {"kind": "drive#permissionList"}
        if start + size < len(shown):
            page["nextPageToken"] = str(start + size)
        page["permissions"] = shown[start : start + min(size, _MOST_ON_PAGE)]
        return page

    def get(self, file_id: str, permission_id: str) -> dict[str, Any]:
        """permissions.get."""
        entry = self._find(file_id)
        owner = Grant("user", "owner", OWNER)
        if permission_id == owner.id:
            return _shown(owner, [(entry.id, "owner")], entry.id)
        given = self._access.all_of(entry).get(permission_id)
        if not given:
            raise Refusal(404, f"Permission not found: {permission_id}.")
        return _together(given, entry.id)

    def create(self, file_id: str, wanted: dict[str, Any]) -> dict[str, Any]:
        """permissions.create: whoever has a role on the file itself has the wanted one after it, under the same id."""
        entry = self._find(file_id)
        grant = _wanted(wanted)
        if grant.whom.casefold() == OWNER:
            return self.get(file_id, grant.id)
        others = tuple(each for each in self._access.own(entry.id) if each.id != grant.id)
        self._access.give(entry.id, (*others, grant))
        return self.get(file_id, grant.id)

    def update(self, file_id: str, permission_id: str, wanted: dict[str, Any]) -> dict[str, Any]:
        """permissions.update: another role for somebody who has one on the file itself."""
        entry = self._find(file_id)
        known = self._own(entry, permission_id)
        if set(wanted) - {"role"}:
            raise Refusal(
                403, "The resource body includes fields which are not directly writable.", "fieldNotWritable"
            )
        grant = _wanted({"type": known.type, _WHOM.get(known.type, ""): known.whom, **wanted})
        own = self._access.own(entry.id)
        self._access.give(entry.id, tuple(grant if each.id == known.id else each for each in own))
        return self.get(file_id, permission_id)

    def delete(self, file_id: str, permission_id: str) -> None:
        """permissions.delete: take back what was given on the file itself."""
        entry = self._find(file_id)
        known = self._own(entry, permission_id)
        self._access.give(entry.id, tuple(each for each in self._access.own(entry.id) if each.id != known.id))

    def _own(self, entry: Entry, permission_id: str) -> Grant:
        given = next((each for each in self._access.own(entry.id) if each.id == permission_id), None)
        if given is not None:
            return given
        if permission_id == Grant("user", "owner", OWNER).id:
            raise Refusal(
                403,
                "The user does not have sufficient permissions for this file.",
                "insufficientFilePermissions",
            )
        if permission_id in self._access.all_of(entry):
            raise Refusal(
                403, "You cannot modify an inherited permission.", "cannotModifyInheritedPermission"
            )
        raise Refusal(404, f"Permission not found: {permission_id}.")


def _wanted(wanted: dict[str, Any]) -> Grant:
    """Read a permission to give; what an owner of a folder in My Drive cannot give is refused as Google does."""
    kind, role = str(wanted.get("type") or ""), str(wanted.get("role") or "")
    if not kind or not role:
        raise Refusal(400, f"The permission {'role' if kind else 'type'} field is required.", "required")
    if kind not in {*_WHOM, "anyone"}:
        raise Refusal(400, "The permission type field is not one of the allowed words.", "invalid")
    if role == "owner":
        raise Refusal(403, "The transferOwnership parameter must be enabled for an owner.", "forbidden")
    if role in {"organizer", "fileOrganizer"}:
        raise Refusal(
            403, "This role is only for items of shared drives.", f"{role}OnNonTeamDriveNotSupported"
        )
    if role not in _GIVEN:
        raise Refusal(400, "The specified role is invalid or not supported.", "invalid")
    whom = str(wanted.get(_WHOM.get(kind, ""), "") or "")
    if kind != "anyone" and not whom:
        raise Refusal(400, f"The {_WHOM[kind]} field is required for this type.", "invalid")
    if kind in {"user", "group"} and "@" not in whom:
        raise Refusal(
            400, "The specified emailAddress is invalid or not applicable.", "invalidSharingRequest"
        )
    return Grant(kind, role, whom)


def _together(given: list[tuple[str, Grant]], file_id: str) -> dict[str, Any]:
    """Spell all that one grantee has on a file: the highest role counts."""
    best = max((grant for _, grant in given), key=lambda grant: ROLES.index(grant.role))
    return _shown(best, [(source, grant.role) for source, grant in given], file_id)


def _shown(grant: Grant, sources: list[tuple[str, str]], file_id: str) -> dict[str, Any]:
    """Spell a permission as Google's resource."""
    resource: dict[str, Any] = {
        "kind": "drive#permission",
        "id": grant.id,
        "type": grant.type,
        "role": grant.role,
        "permissionDetails": [
            {"permissionType": "file", "role": role, "inherited": source != file_id}
            | ({"inheritedFrom": source} if source != file_id else {})
            for source, role in sources
        ],
    }
    if grant.type == "anyone":
        resource["allowFileDiscovery"] = False
    else:
        resource |= {_WHOM[grant.type]: grant.whom, "displayName": grant.whom.partition("@")[0]}
    if grant.type in {"user", "group"}:
        resource["deleted"] = False
    return resource

"""Drive's File resource: how an entry is spelled, and what a client may change in it."""

from __future__ import annotations

import mimetypes
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.office import looks
from flows.office.entries import OFFICE, Entry
from flows.office.errors import Refusal

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_PROPERTY = 124
LIMITED = "inheritedPermissionsDisabled"
_WRITABLE = {
    LIMITED,
    "id",
    "name",
    "mimeType",
    "parents",
    "appProperties",
    "description",
    "contentRestrictions",
    "trashed",
}


def shown(entry: Entry, link: str, *, trashed: bool, limited: bool) -> dict[str, Any]:
    """Spell an entry as Drive's File; a `limited` folder takes no permissions over from those around it."""
    editable = not entry.read_only
    resource: dict[str, Any] = {
        "kind": "drive#file",
        "id": entry.id,
        "name": entry.name,
        "mimeType": entry.mime,
        "trashed": trashed,
        "explicitlyTrashed": entry.trashed,
        "createdTime": entry.created,
        "modifiedTime": entry.modified,
        "version": str(entry.version),
        "webViewLink": link,
        "capabilities": {
            "canEdit": editable,
            "canTrash": entry.parent != "",
            "canRename": entry.parent != "",
            "canAddChildren": entry.kind == "folder",
            "canShare": True,
            "canDisableInheritedPermissions": entry.kind == "folder" and entry.parent != "" and not limited,
            "canEnableInheritedPermissions": limited,
        },
        "ownedByMe": True,
        "lastModifyingUser": {
            "kind": "drive#user",
            "displayName": entry.author,
            "me": entry.author == OFFICE,
        },
    }
    if entry.parent:
        resource["parents"] = [entry.parent]
    if entry.properties:
        resource["appProperties"] = dict(entry.properties)
    if entry.description:
        resource["description"] = entry.description
    if entry.restrictions:
        resource["contentRestrictions"] = list(entry.restrictions)
    if entry.kind == "folder":
        resource[LIMITED] = limited
    if entry.kind == "file":
        resource |= {"md5Checksum": entry.md5, "sha256Checksum": entry.sha, "size": str(entry.stamp.size)}
        resource["headRevisionId"] = str(entry.revision)
    return resource


def withheld(resource: dict[str, Any], path: Path) -> dict[str, Any]:
    """Say of a file or folder that a person closed to writing that it is not for us to change."""
    closed = {"canEdit": False, "canAddChildren": False} if looks.closed(path) else {}
    return resource | {"capabilities": resource["capabilities"] | closed}


def placed(entry: Entry) -> tuple[str, str, bool]:
    """Name what decides where an entry lies on disk."""
    return entry.name, entry.parent, entry.trashed


def guess(name: str) -> str:
    """MIME type by the ending of a name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def check_fields(wanted: dict[str, Any]) -> None:
    """Refuse with 501 what the office would silently drop."""
    unknown = set(wanted) - _WRITABLE
    if unknown:
        raise Refusal(501, f"Поле файла {min(unknown)} пока не поддерживается локальным офисом")


def described(entry: Entry, wanted: dict[str, Any]) -> Entry:
    """Apply the plain fields of a File resource."""
    if wanted.get(LIMITED) and entry.kind != "folder":
        raise Refusal(403, "Only folders can have limited access.", "invalid")
    if "mimeType" in wanted and wanted["mimeType"] not in {None, entry.mime}:
        raise Refusal(501, "Смена типа файла пока не поддерживается локальным офисом")
    if wanted.get("id") not in {None, entry.id}:
        raise Refusal(
            403, "The resource body includes fields which are not directly writable.", "fieldNotWritable"
        )
    return replace(
        entry,
        name=wanted.get("name") or entry.name,
        description=_given(wanted, "description", entry.description) or "",
        trashed=bool(_given(wanted, "trashed", entry.trashed)),
        restrictions=tuple(_given(wanted, "contentRestrictions", entry.restrictions) or ()),
        properties=_properties(entry.properties, wanted.get("appProperties") or {}),
    )


def _given(wanted: dict[str, Any], name: str, otherwise: Any) -> Any:
    return wanted.get(name, otherwise)


def _properties(known: dict[str, str], wanted: dict[str, str | None]) -> dict[str, str]:
    """Merge properties; null removes one; Drive holds 124 bytes of key and value together."""
    for key, value in wanted.items():
        if len((key + (value or "")).encode()) > _LONGEST_PROPERTY:
            raise Refusal(
                403, "The property's key and value together are longer than 124 bytes.", "propertyTooLong"
            )
    merged = {**known, **wanted}
    return {key: value for key, value in merged.items() if value is not None}

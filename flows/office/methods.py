"""Every method that the office knows, by its discovery name: parameters read, one of the services asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flows.office import discovery, masks, query
from flows.office.errors import Refusal
from flows.office.wire import Request, Response, halved, json_body, unreadable, upload_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.drive import Drive
    from flows.office.permissions import Permissions
    from flows.office.sheets import Sheets

Answer = dict[str, Any] | Response
_PAGE = "100"
_BRIEF = masks.parse("kind,id,name,mimeType")
_BRIEF_PERMISSION = masks.parse("kind,id,type,role")


@dataclass(frozen=True)
class Asked:
    """A request whose method is known; `unknown` are query names that Google's document does not have."""

    request: Request
    method: discovery.Method
    path: dict[str, str]
    mask: masks.Mask | None
    unknown: tuple[str, ...] = ()


def asked_of(request: Request, found: tuple[discovery.Method, dict[str, str]] | None) -> Asked:
    """Read a request; 404 for a path that Google does not have, 501 for one that the office does not."""
    if found is None:
        raise Refusal(404, "Not Found", "notFound")
    method, path = found
    if not any(method.id in known for known in (_DRIVE, _PERMISSIONS, _SHEETS)):
        raise Refusal(501, f"{method.id} пока не поддерживается локальным офисом")
    unknown = discovery.check_query(method, request.query)
    fields = request.one("fields") or request.one("$fields")
    plain = {name: unquote(value) for name, value in path.items()}
    return Asked(request, method, plain, masks.parse(fields) if fields else None, unknown)


def answered(asked: Asked, drive: Drive, permissions: Permissions, sheets: Sheets) -> Answer:
    """Carry out a request."""
    if asked.method.id in _DRIVE:
        return _DRIVE[asked.method.id](drive, asked)
    if asked.method.id in _PERMISSIONS:
        return _PERMISSIONS[asked.method.id](permissions, asked)
    return dict(masks.apply(asked.mask, _SHEETS[asked.method.id](sheets, asked)))


def _create(drive: Drive, asked: Asked) -> Answer:
    upload = upload_of(asked.request)
    discovery.check_request(asked.method, upload.metadata)
    return _masked(asked, drive.create(upload))


def _update(drive: Drive, asked: Asked) -> Answer:
    upload = upload_of(asked.request)
    discovery.check_request(asked.method, upload.metadata)
    add, remove = asked.request.one("addParents"), asked.request.one("removeParents")
    return _masked(asked, drive.update(asked.path["fileId"], upload, (add, remove), asked.request.matching))


def _get(drive: Drive, asked: Asked) -> Answer:
    if asked.request.one("alt") == "media":
        mime, data = drive.media(asked.path["fileId"])
        return Response(200, {"Content-Type": mime}, data)
    return _masked(asked, drive.get(asked.path["fileId"]))


def _export(drive: Drive, asked: Asked) -> Answer:
    mime, data = drive.export(asked.path["fileId"], asked.request.one("mimeType"))
    return Response(200, {"Content-Type": mime}, data)


def _list(drive: Drive, asked: Asked) -> Answer:
    ask = asked.request.one
    page = drive.page(query.parse(ask("q")), ask("orderBy"), int(ask("pageSize", _PAGE)), ask("pageToken"))
    if asked.mask is None:
        page["files"] = [masks.apply(_BRIEF, each) for each in page["files"]]
    return dict(masks.apply(asked.mask, page))


def _generate_ids(drive: Drive, asked: Asked) -> Answer:
    return dict(masks.apply(asked.mask, drive.generate_ids(int(asked.request.one("count", "10")))))


def _about(drive: Drive, asked: Asked) -> Answer:
    if asked.mask is None:
        raise Refusal(400, "The 'fields' parameter is required for this method.", "required")
    return dict(masks.apply(asked.mask, drive.about()))


def _masked(asked: Asked, resource: dict[str, Any]) -> dict[str, Any]:
    """Without a mask Drive shows little of a file."""
    return dict(masks.apply(asked.mask or _BRIEF, resource))


def _permissions(permissions: Permissions, asked: Asked) -> Answer:
    ask = asked.request.one
    page = permissions.page(asked.path["fileId"], int(ask("pageSize", _PAGE)), ask("pageToken"))
    if asked.mask is None:
        page["permissions"] = [masks.apply(_BRIEF_PERMISSION, each) for each in page["permissions"]]
    return dict(masks.apply(asked.mask, page))


def _permission(permissions: Permissions, asked: Asked) -> Answer:
    return _brief(asked, permissions.get(asked.path["fileId"], asked.path["permissionId"]))


def _permission_create(permissions: Permissions, asked: Asked) -> Answer:
    body = json_body(asked.request.body)
    discovery.check_request(asked.method, body)
    return _brief(asked, permissions.create(asked.path["fileId"], body))


def _permission_update(permissions: Permissions, asked: Asked) -> Answer:
    body = json_body(asked.request.body)
    discovery.check_request(asked.method, body)
    return _brief(asked, permissions.update(asked.path["fileId"], asked.path["permissionId"], body))


def _permission_delete(permissions: Permissions, asked: Asked) -> Answer:
    permissions.delete(asked.path["fileId"], asked.path["permissionId"])
    return Response(204, {"Content-Type": "text/html"})


def _brief(asked: Asked, resource: dict[str, Any]) -> dict[str, Any]:
    return dict(masks.apply(asked.mask or _BRIEF_PERMISSION, resource))


def _spreadsheet(sheets: Sheets, asked: Asked) -> dict[str, Any]:
    return sheets.get(asked.path["spreadsheetId"], asked.request.query, asked.mask)


def _values_get(sheets: Sheets, asked: Asked) -> dict[str, Any]:
    return sheets.values(asked.path["spreadsheetId"], [asked.path["range"]], asked.request.query)[0]


def _values_batch_get(sheets: Sheets, asked: Asked) -> dict[str, Any]:
    book, asking = asked.path["spreadsheetId"], asked.request.query
    return {"spreadsheetId": book, "valueRanges": sheets.values(book, asking.get("ranges", []), asking)}


def _batch_update(sheets: Sheets, asked: Asked) -> dict[str, Any]:
    body = json_body(asked.request.body, halves=True)
    discovery.check_request(asked.method, body)
    doomed = unreadable() if halved(asked.request.body, body) else None
    return sheets.batch_update(asked.path["spreadsheetId"], body, asked.mask, doomed)


_DRIVE: dict[str, Callable[[Drive, Asked], Answer]] = {
    "drive.about.get": _about,
    "drive.files.create": _create,
    "drive.files.export": _export,
    "drive.files.get": _get,
    "drive.files.list": _list,
    "drive.files.update": _update,
    "drive.files.generateIds": _generate_ids,
}
_PERMISSIONS: dict[str, Callable[[Permissions, Asked], Answer]] = {
    "drive.permissions.create": _permission_create,
    "drive.permissions.delete": _permission_delete,
    "drive.permissions.get": _permission,
    "drive.permissions.list": _permissions,
    "drive.permissions.update": _permission_update,
}
_SHEETS: dict[str, Callable[[Sheets, Asked], dict[str, Any]]] = {
    "sheets.spreadsheets.get": _spreadsheet,
    "sheets.spreadsheets.batchUpdate": _batch_update,
    "sheets.spreadsheets.values.get": _values_get,
    "sheets.spreadsheets.values.batchGet": _values_batch_get,
}

"""A file that a link names, brought over: looked at first, then downloaded, or exported where it is Google's own kind."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured, Refused
from flows.workspace.drive import DOCUMENT, DOCX, EXPORTED, FOLDER, SHORTCUT, SPREADSHEET, XLSX
from flows.workspace.drive_service import Service
from flows.workspace.links import A_FOLDER, A_FORM, A_SHOW, READ, Link, parse
from flows.workspace.refusals import Missing, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.workspace.space import Workspace

FIELDS = "id,name,mimeType,trashed,size,capabilities(canDownload),shortcutDetails(targetId,targetResourceKey)"
KEYS = "X-Goog-Drive-Resource-Keys"
WHAT = "Файл по ссылке"
SUFFIXES = {DOCUMENT: ".docx", SPREADSHEET: ".xlsx", DOCX: ".docx", XLSX: ".xlsx", "application/pdf": ".pdf"}
GOOGLES_OWN = "application/vnd.google-apps."
OTHERS: Mapping[str, str] = {
    FOLDER: A_FOLDER, f"{GOOGLES_OWN}form": A_FORM, f"{GOOGLES_OWN}presentation": A_SHOW,
}  # fmt: skip
BY_HAND = "Скачанный файл (Файл → Скачать) передайте вместо ссылки."
IN_BIN = "Этот файл лежит в корзине. Верните его оттуда и повторите."
SHUT = (
    "Владелец запретил скачивать этот файл. Попросите его снять запрет (Поделиться → значок настроек → «Читатели и "
    "комментаторы могут скачивать») или прислать сам файл."
)
LARGE = "Файл больше {} МБ, это не похоже на дорожную карту. Перенесите таблицу в новый файл и дайте ссылку на него."


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file's bytes, the name that findings call it by, and the title of the tab that the link named (empty: none)."""

    name: str
    data: bytes
    tab: str = ""


def fetched(space: Workspace, text: str, most: int) -> Fetched:
    """Bring the file of a link, at most so many bytes; a Google Doc comes as .docx, a Google Sheet as .xlsx.

    `Refused` says of a folder, a form, a file in the bin and the like what to do; `Missing` when it may not be seen.
    """
    link = parse(text)
    files = Service(space.drive.session).files()
    resource = _looked(files, link)
    target = resource.get("shortcutDetails") or {}
    if resource["mimeType"] == SHORTCUT and target.get("targetId"):
        link = replace(link, id=str(target["targetId"]), key=str(target.get("targetResourceKey") or ""))
        resource = _looked(files, link)
    mime = str(resource["mimeType"])
    _refuse(resource, mime, most)
    with translated(WHAT):
        data = _bytes(files, link, mime)
    name, suffix = str(resource["name"]), SUFFIXES.get(mime, "")
    return Fetched(name if name.lower().endswith(suffix) else name + suffix, data, _tab(space, link, mime))


def _refuse(resource: Mapping[str, Any], mime: str, most: int) -> None:
    """Raise `Refused` for what is no file to read, before any of it is downloaded."""
    if mime in OTHERS or (mime.startswith(GOOGLES_OWN) and mime not in EXPORTED):
        raise Refused(OTHERS.get(mime, f"По этой ссылке не документ и не таблица. {READ}"))
    if resource.get("trashed"):
        raise Refused(IN_BIN)
    if not (resource.get("capabilities") or {}).get("canDownload", True):
        raise Refused(SHUT)
    if mime not in EXPORTED and int(resource.get("size") or 0) > most:
        raise Refused(LARGE.format(most // 1_000_000))


def _looked(files: Any, link: Link) -> dict[str, Any]:
    call = files.get(fileId=link.id, fields=FIELDS, supportsAllDrives=True)
    try:
        with translated(WHAT):
            return dict(_keyed(call, link).execute())
    except Missing as missing:
        raise Missing(f"{missing} {BY_HAND}") from None


def _bytes(files: Any, link: Link, mime: str) -> bytes:
    call = (
        files.export(fileId=link.id, mimeType=EXPORTED[mime])
        if mime in EXPORTED
        else files.get_media(fileId=link.id, supportsAllDrives=True)
    )
    data: bytes = _keyed(call, link).execute()
    return data


def _keyed(call: Any, link: Link) -> Any:
    """Show the key of the link: files shared before September 2021 open by it alone."""
    if link.key:
        call.headers[KEYS] = f"{link.id}/{link.key}"
    return call


def _tab(space: Workspace, link: Link, mime: str) -> str:
    """Return the title of the tab that the link names; a table that is no Google Sheet tells no tabs by number."""
    if link.tab is None or mime != SPREADSHEET:
        return ""
    with suppress(Refused, Misconfigured):
        sheets = space.sheets.outline(link.id).sheets
        return next((each.title for each in sheets if each.sheet_id == link.tab), "")
    return ""

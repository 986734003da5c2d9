"""Shortcuts, which Google has and a folder of an office has not: made, looked up, moved to the bin and listed as Drive does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.office import Request, Response, masks, query
from flows.office.errors import Refusal, missing_file
from flows.office.wire import answer, upload_of

if TYPE_CHECKING:
    from flows.office.query import Term
    from tests.front.rights import Rights

SHORTCUT = "application/vnd.google-apps.shortcut"
BRIEF = "kind,id,name,mimeType"
CHANGES = {"name", "trashed", "appProperties"}


class Shortcuts:
    """The shortcuts of a front, by their ids."""

    def __init__(self, rights: Rights) -> None:
        self.made: dict[str, dict[str, Any]] = {}
        self._rights = rights

    def answered(self, name: str, request: Request, file_id: str) -> Response | None:
        """Answer what is asked of a shortcut; None when it is about something else."""
        if name == "drive.files.create" and upload_of(request).metadata.get("mimeType") == SHORTCUT:
            return _shown(request, self._created(upload_of(request).metadata))
        if file_id not in self.made:
            return None
        if name == "drive.files.get":
            return _shown(request, self.made[file_id])
        if name == "drive.files.update":
            return _shown(request, self._changed(file_id, upload_of(request).metadata))
        raise Refusal(403, "This action is not supported for shortcuts.", "fileNotDownloadable")

    def _created(self, wanted: dict[str, Any]) -> dict[str, Any]:
        own, target = wanted["id"], wanted["shortcutDetails"]["targetId"]
        if own in self.made or self._rights.entry(own) is not None:
            raise Refusal(409, "A file already exists with the provided ID.", "fileIdInUse")
        aim = self._rights.entry(target)
        if aim is None:
            raise missing_file(target)
        self._rights.places[own] = wanted["parents"][0]
        details = {"targetId": target, "targetMimeType": aim.mime}
        self.made[own] = {
            "kind": "drive#file", "id": own, "name": wanted["name"], "mimeType": SHORTCUT, "trashed": False,
            "parents": wanted["parents"], "appProperties": wanted.get("appProperties") or {}, "shortcutDetails": details,
            "webViewLink": f"https://drive.google.com/file/d/{own}/view",
        }  # fmt: skip
        return self.made[own]

    def _changed(self, own: str, wanted: dict[str, Any]) -> dict[str, Any]:
        if wanted.keys() - CHANGES:
            raise Refusal(
                403, "The resource body includes fields which are not directly writable.", "fieldNotWritable"
            )
        self.made[own] |= wanted
        return self.made[own]

    def listed(self, request: Request, page: dict[str, Any]) -> dict[str, Any]:
        """Put into the last page of a listing the shortcuts that fit it."""
        if not self.made or "nextPageToken" in page:
            return page
        terms = query.parse(request.one("q"))
        mask = masks.parse(request.one("fields") or f"files({BRIEF})")
        fits = [each for each in self.made.values() if all(_meets(each, term) for term in terms)]
        more = masks.apply(mask, {"files": fits}).get("files", [])
        return page | {"files": [*page.get("files", ()), *more]}


def _meets(resource: dict[str, Any], term: Term) -> bool:
    if term.field == "trashed":
        return (resource["trashed"] == (term.value == "true")) == term.equal
    if term.field == "parents":
        return term.value in resource["parents"]
    if term.field == "appProperties":
        return resource["appProperties"].get(term.key) == term.value
    if term.field == "contains":
        return term.value.casefold() in resource["name"].casefold()
    if term.field == "modified":  # nobody changes a shortcut
        return False
    return (resource["name" if term.field == "name" else "mimeType"] == term.value) == term.equal


def _shown(request: Request, resource: dict[str, Any]) -> Response:
    return answer(masks.apply(masks.parse(request.one("fields") or BRIEF), resource))

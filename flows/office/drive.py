"""The Drive service over the store: files.create, get, list, update, generateIds and about.get."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.office import blank, paging, query
from flows.office.entries import ENDING, FOLDER, OFFICE, SPREADSHEET, XLSX, Entry, Kind
from flows.office.errors import Refusal, missing_file, open_in_editor, read_only, saved_meanwhile, too_large
from flows.office.package import BadPackage, TooLarge
from flows.office.permissions import OWNER, Access
from flows.office.replacing import Stale
from flows.office.resources import LIMITED, check_fields, described, guess, placed, shown, withheld
from flows.office.store import new_id
from flows.office.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.store import Store
    from flows.office.watch import Watch
    from flows.office.wire import Upload

_ID = re.compile(r"[A-Za-z0-9_-]{10,200}")
_NATIVE = "application/vnd.google-apps."
_MOST_IDS, _MOST_ON_PAGE = 1000, 1000


class Drive:
    """Serves files and folders."""

    def __init__(self, store: Store, watch: Watch, now: Callable[[], str]) -> None:
        self._store = store
        self._watch = watch
        self._now = now
        self.access = Access(store.ledger)

    def about(self) -> dict[str, Any]:
        """about.get: whose office this is and how full its disk."""
        usage = shutil.disk_usage(self._store.root)
        return {
            "kind": "drive#about",
            "user": {
                "kind": "drive#user",
                "displayName": "Локальный офис",
                "me": True,
                "emailAddress": OWNER,
            },
            "storageQuota": {"limit": str(usage.total), "usage": str(usage.used)},
        }

    def generate_ids(self, count: int) -> dict[str, Any]:
        """files.generateIds."""
        ids = [new_id() for _ in range(min(count, _MOST_IDS))]
        return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}

    def find(self, file_id: str) -> Entry:
        """Find an entry, up to date with the disk; 404 if there is none."""
        self._watch.look_around(file_id)
        entry = self._store.entry(file_id)
        fresh = None if entry is None or self._store.lost(entry) else self._watch.freshen(entry)
        if fresh is None:
            self._watch.forget()
            raise missing_file(file_id)
        return fresh

    def get(self, file_id: str) -> dict[str, Any]:
        """files.get of the resource; what a person closed to writing is not for us to change."""
        return withheld(self._shown(entry := self.find(file_id)), self._store.path_of(entry))

    def media(self, file_id: str) -> tuple[str, bytes]:
        """files.get of the bytes: type and content."""
        entry = self.find(file_id)
        if entry.kind != "file":
            raise Refusal(403, "Only files with binary content can be downloaded.", "fileNotDownloadable")
        return entry.mime, self._store.read(entry)

    def export(self, file_id: str, mime: str) -> tuple[str, bytes]:
        """files.export: a workbook as the .xlsx that it is; nothing else here is a Docs Editors file."""
        entry = self.find(file_id)
        if entry.kind != "book":
            raise Refusal(403, "Export only supports Docs Editors files.", "fileNotExportable")
        if mime != XLSX:
            raise Refusal(400, "The requested conversion is not supported.", "badRequest")
        return mime, self._store.read(entry)

    def create(self, upload: Upload) -> dict[str, Any]:
        """files.create; an id that was ever used is refused with 409, whatever became of its file."""
        wanted = upload.metadata
        check_fields(wanted)
        file_id = wanted.get("id") or new_id()
        if not _ID.fullmatch(file_id):
            raise Refusal(400, "The provided file ID is not usable.", "invalid")
        if self._store.used(file_id):
            raise Refusal(409, "A file already exists with the provided ID.", "fileIdInUse")
        entry = self._fresh(file_id, upload)
        if entry.kind == "folder":
            self.access.limit(entry.id, wanted)
            return self._shown(self._store.add_folder(entry))
        data = _workbook(file_id, upload.media) if entry.kind == "book" else upload.media or b""
        return self._shown(self._store.write(entry, data))

    def _fresh(self, file_id: str, upload: Upload) -> Entry:
        wanted = upload.metadata
        mime = wanted.get("mimeType") or upload.mime or guess(wanted.get("name") or "")
        kind: Kind = "folder" if mime == FOLDER else "book" if mime == SPREADSHEET else "file"
        if kind == "folder" and upload.media is not None:
            raise Refusal(501, f"Преобразование в {mime} пока не поддерживается локальным офисом")
        if kind == "file" and mime.startswith(_NATIVE):
            raise Refusal(501, f"Тип {mime} пока не поддерживается локальным офисом")
        if kind == "book" and wanted.get("id"):
            raise Refusal(400, "Generated IDs are not supported for Docs Editors formats.", "invalid")
        now = self._now()
        name = wanted.get("name") or "Untitled"
        entry = Entry(
            file_id, kind, self._parent(wanted.get("parents") or ["root"]), name, "", mime, now, now
        )
        if kind == "file" and name.lower().endswith(ENDING):
            raise Refusal(
                501, f"Загрузка книги .xlsx как файла пока не поддерживается: создайте её как {SPREADSHEET}"
            )
        return described(entry, wanted)

    def _parent(self, parents: list[str]) -> str:
        if len(parents) != 1:
            raise Refusal(400, "A file cannot have more than one parent.", "multipleParentsNotSupported")
        self._watch.look_around(parents[0])
        entry = self._store.entry(parents[0])
        if entry is None or self._store.lost(entry):
            raise missing_file(parents[0])
        if entry.kind != "folder":
            raise Refusal(403, "The specified parent is not a folder.", "parentNotAFolder")
        return entry.id

    def update(
        self,
        file_id: str,
        upload: Upload,
        parents: tuple[str, str] = ("", ""),
        matching: frozenset[str] | None = None,
    ) -> dict[str, Any]:
        """files.update: the resource, the bytes, or both; the id stays. `parents` are those added and those removed.

        412 where the file's bytes have none of the `matching` checksums; they are read anew, whatever the file looks like.
        """
        entry = self.find(file_id) if matching is None else self._matched(file_id, matching)
        add, remove = parents
        wanted = upload.metadata
        check_fields(wanted)
        if "parents" in wanted:
            raise Refusal(
                403,
                "The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.",
                "fieldNotWritable",
            )
        if entry.id == self._store.root_id:
            _refuse_root(wanted, upload, f"{add}{remove}")
        changed = described(self._moved(entry, add, remove), wanted)
        changed = replace(changed, version=entry.version + 1, modified=self._now())
        if entry.read_only and changed.name != entry.name:
            raise read_only()
        if upload.media is not None:
            changed = self._with_media(entry, changed, upload.media)
        if placed(entry) != placed(changed):
            self._refuse_open(entry)
            changed = self._store.place(changed)
        elif upload.media is None:
            self._store.ledger.put([changed])
        if changed.read_only != entry.read_only:
            self._store.shut_or_open(changed)
        self.access.limit(entry.id, wanted)
        return self._shown(changed)

    def _matched(self, file_id: str, matching: frozenset[str]) -> Entry:
        entry = self.find(file_id)
        if entry.kind == "file":
            self._store.ledger.hold(replace(entry, stamp=replace(entry.stamp, settled=False)))
            entry = self.find(file_id)
        if entry.md5 not in matching - {""}:
            raise saved_meanwhile(entry.name, book=False)
        return entry

    def _with_media(self, entry: Entry, changed: Entry, media: bytes) -> Entry:
        if entry.kind != "file":
            raise Refusal(501, "Замена содержимого книги или папки пока не поддерживается локальным офисом")
        if entry.read_only:
            raise read_only()
        self._refuse_open(entry)
        # Bytes go under the old name first: name and folder move in a step of their own.
        staying = replace(
            changed, name=entry.name, parent=entry.parent, trashed=entry.trashed, revision=entry.revision + 1
        )
        try:
            written = self._store.write(replace(staying, author=OFFICE), media)
        except Stale:
            raise saved_meanwhile(entry.name, book=False) from None
        return replace(written, name=changed.name, parent=changed.parent, trashed=changed.trashed)

    def _refuse_open(self, entry: Entry) -> None:
        if entry.kind != "folder" and self._store.open_in_editor(entry):
            raise open_in_editor(entry.name, book=entry.kind == "book")

    def _moved(self, entry: Entry, add: str, remove: str) -> Entry:
        if not add:
            if entry.parent in [self._known_id(each) for each in remove.split(",") if each]:
                raise Refusal(
                    403,
                    "A file must have a parent: name the new one in addParents.",
                    "cannotRemoveLastParent",
                )
            return entry
        parent = self._parent([each for each in add.split(",") if each])
        if remove and entry.parent not in [self._known_id(each) for each in remove.split(",")]:
            raise Refusal(400, "The removed parent is not a parent of the file.", "invalid")
        above = self._store.ledger.entries[parent]
        while above.parent:
            if above.id == entry.id:
                raise Refusal(403, "A folder cannot be moved into itself.", "cyclicMembershipsNotAllowed")
            above = self._store.ledger.entries[above.parent]
        return replace(entry, parent=parent)

    def _known_id(self, file_id: str) -> str:
        return self._store.root_id if file_id == "root" else file_id

    def page(self, terms: tuple[query.Term, ...], order: str, size: int, token: str) -> dict[str, Any]:
        """files.list: one page of what fits every term."""
        self._watch.look()
        terms = tuple(
            sorted(terms, key=lambda term: term.field == "trashed")
        )  # that walks upward: asked last
        entries = [entry for entry in self._candidates(terms) if self._fits(entry, terms)]
        fresh = (self._watch.freshen(entry) for entry in paging.ordered(entries, order))
        start = paging.start_of(token)
        found = [entry for entry in fresh if entry is not None]
        end = start + min(size, _MOST_ON_PAGE)
        page: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
        if end < len(found):
            page["nextPageToken"] = paging.token_of(end)
        page["files"] = [self._shown(entry) for entry in found[start:end]]
        return page

    def _candidates(self, terms: tuple[query.Term, ...]) -> list[Entry]:
        ledger = self._store.ledger
        parent = next((term.value for term in terms if term.field == "parents"), None)
        if parent is not None:
            folder = self._store.entry(parent)
            if folder is None or self._store.lost(folder):
                raise missing_file(parent)
            return [ledger.entries[each] for each in ledger.children.get(folder.id, ())]
        return [entry for entry in ledger.entries.values() if entry.id != self._store.root_id]

    def _shown(self, entry: Entry) -> dict[str, Any]:
        path = self._store.path_of(entry)
        limited = entry.kind == "folder" and self.access.limited(entry.id)
        return shown(entry, path.as_uri(), trashed=self._store.in_trash(entry), limited=limited)

    def _fits(self, entry: Entry, terms: tuple[query.Term, ...]) -> bool:
        return all(self._meets(entry, term) for term in terms) and not self._store.lost(entry)

    def _meets(self, entry: Entry, term: query.Term) -> bool:
        if term.field == "trashed":
            return (self._store.in_trash(entry) == (term.value == "true")) == term.equal
        if term.field == "parents":
            return entry.parent == self._known_id(term.value)
        if term.field == "appProperties":
            return entry.properties.get(term.key) == term.value
        if term.field == "modified":
            return entry.modified > term.value
        if term.field == "contains":
            return term.value.casefold() in entry.name.casefold()
        return ((entry.name if term.field == "name" else entry.mime) == term.value) == term.equal


def _refuse_root(wanted: dict[str, Any], upload: Upload, parents: str) -> None:
    """My Drive itself is nobody's to trash, rename, move, lock or fill; a property or a description it may have."""
    fixed = {"name", "trashed", "contentRestrictions", "mimeType", "id", LIMITED} & wanted.keys()
    if fixed or parents or upload.media is not None:
        raise Refusal(403, "The root folder cannot be changed this way.", "insufficientFilePermissions")


def _workbook(file_id: str, media: bytes | None) -> bytes:
    """Make a new workbook, or take over the one that was sent to be one."""
    if media is None:
        return blank.workbook(file_id)
    try:
        if Workbook(media).leaves:
            return media
    except TooLarge:
        raise too_large() from None
    except (BadPackage, KeyError, ValueError):
        pass
    raise Refusal(
        400,
        "Присланный файл не читается как книга .xlsx. Сохраните его как «Книга Excel (.xlsx)» и повторите.",
    )

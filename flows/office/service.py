"""The office itself: one request in, one answer out, one row in the journal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from filelock import FileLock, Timeout

from flows.office import discovery, masks, query
from flows.office.atomic import Disk
from flows.office.drive import Drive
from flows.office.errors import OfficeBusy, Refusal, body_of
from flows.office.ledger import Call
from flows.office.sheets import Sheets
from flows.office.store import SIDE, Store
from flows.office.watch import Watch, iso
from flows.office.wire import Request, Response, answer, json_body, upload_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_DISK_FULL = 28
_PAGE = "100"


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Asked:
    """A request whose method is known: path parameters, query and mask read."""

    request: Request
    method: discovery.Method
    path: dict[str, str]
    mask: masks.Mask | None


class Office:
    """A folder served as Google's Drive and Sheets.

    `exclusive` holds the folder for this process until `close`; otherwise it is held for each request only, so
    that several processes may take turns. `patience` is how many seconds to wait for another process before
    `OfficeBusy`. `strict` checks every answer against Google's schemas and raises `Violation`.
    """

    def __init__(
        self,
        root: Path,
        *,
        now: Callable[[], datetime] = _clock,
        disk: Disk | None = None,
        exclusive: bool = False,
        patience: float = 10.0,
        strict: bool = False,
    ) -> None:
        self.root = root.resolve()
        (self.root / SIDE).mkdir(parents=True, exist_ok=True)
        self._patience = patience
        self._strict = strict
        self._now = now
        self._mutex = RLock()
        self._lock = FileLock(self.root / SIDE / "lock", thread_local=False)
        with self._held():
            self._store = Store(self.root, disk or Disk(), self._moment())
            self._store.recover()
        self._watch = Watch(self._store)
        self._drive = Drive(self._store, self._watch, self._moment)
        self._sheets = Sheets(self._store, self._watch, self._moment)
        self._holds = False
        if exclusive:
            self.hold()

    def _moment(self) -> str:
        return iso(self._now())

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=self._patience, poll_interval=0.005)
        except Timeout:
            raise OfficeBusy(
                f"Папка «{self.root.name}» занята другой программой: в ней уже работает «Наставник». "
                "Дождитесь, пока она закончит, или остановите её и повторите."
            ) from None
        try:
            yield
        finally:
            self._lock.release()

    def hold(self) -> None:
        """Keep the folder for this process until `close`; `OfficeBusy` if another has it."""
        if not self._holds:
            with self._held():
                self._lock.acquire()
            self._holds = True

    def close(self) -> None:
        """Let the folder go."""
        with self._mutex:
            self._store.ledger.close()
            self._lock.release(force=True)
            self._holds = False

    @property
    def journal(self) -> list[Call]:
        """Every request ever answered over this folder, oldest first."""
        with self._mutex:
            return self._store.ledger.calls()

    def link(self, file_id: str) -> Path | None:
        """Where a file lies on disk, None if there is none."""
        with self._mutex:
            entry = self._store.entry(file_id)
            return None if entry is None or self._store.lost(entry) else self._store.path_of(entry)

    def handle(self, request: Request) -> Response:
        """Answer one request; `OfficeBusy` if another process keeps the folder too long."""
        with self._mutex, self._held():
            ledger = self._store.ledger
            ledger.refresh()
            found = discovery.match(request.method, request.path)
            try:
                response, note = self._served(request, found)
            except BaseException:
                ledger.undo()
                raise
            if response.status >= 400:  # noqa: PLR2004 - HTTP's own border
                ledger.undo()
            name = found[0].id if found else ""
            effect = request.method != "GET" and response.status < 300  # noqa: PLR2004 - HTTP's own border
            path = unquote(request.path)
            ledger.note(Call(0, name, path, response.status, effect, self._moment(), note))
            ledger.commit()
            return response

    def _served(self, request: Request, found: tuple[discovery.Method, dict[str, str]] | None) -> tuple[Response, str]:
        drive = "/drive/" in request.path
        note = ""
        try:
            if found is None:
                raise Refusal(404, "Not Found", "notFound")
            self._watch.look()
            self._store.ledger.commit()  # what people did stays, whatever becomes of the request
            unknown = discovery.check_query(found[0], request.query)
            note = f"unknown query: {', '.join(unknown)}" if unknown else ""
            return self._answered(request, *found), note
        except Refusal as refusal:
            return answer(body_of(refusal, drive=drive), refusal.status), note
        except OSError as failure:
            self._store.ledger.undo()
            self._store.recover()
            refusal = _disk_refusal(failure)
            return answer(body_of(refusal, drive=drive), refusal.status), type(failure).__name__

    def _answered(self, request: Request, method: discovery.Method, path: dict[str, str]) -> Response:
        handler = _HANDLERS.get(method.id)
        if handler is None:
            raise Refusal(501, f"{method.id} пока не поддерживается локальным офисом")
        fields = request.one("fields") or request.one("$fields")
        mask = masks.parse(fields) if fields else None
        plain = {name: unquote(value) for name, value in path.items()}
        value = handler(self, _Asked(request, method, plain, mask))
        if isinstance(value, Response):
            return value
        if self._strict:
            discovery.check_answer(method, value)
        return answer(value)

    def _files_create(self, asked: _Asked) -> dict[str, Any]:
        upload = upload_of(asked.request)
        discovery.check_request(asked.method, upload.metadata)
        return _masked(asked, self._drive.create(upload))

    def _files_update(self, asked: _Asked) -> dict[str, Any]:
        upload = upload_of(asked.request)
        discovery.check_request(asked.method, upload.metadata)
        add, remove = asked.request.one("addParents"), asked.request.one("removeParents")
        return _masked(asked, self._drive.update(asked.path["fileId"], upload, add, remove))

    def _files_get(self, asked: _Asked) -> dict[str, Any] | Response:
        if asked.request.one("alt") == "media":
            mime, data = self._drive.media(asked.path["fileId"])
            return Response(200, {"Content-Type": mime}, data)
        return _masked(asked, self._drive.get(asked.path["fileId"]))

    def _files_list(self, asked: _Asked) -> dict[str, Any]:
        ask = asked.request.one
        size = int(ask("pageSize", _PAGE))
        page = self._drive.list(query.parse(ask("q")), ask("orderBy"), size, ask("pageToken"))
        if asked.mask is None:
            page["files"] = [masks.apply(_BRIEF, each) for each in page["files"]]
        return dict(masks.apply(asked.mask, page))

    def _generate_ids(self, asked: _Asked) -> dict[str, Any]:
        return dict(masks.apply(asked.mask, self._drive.generate_ids(int(asked.request.one("count", "10")))))

    def _about(self, asked: _Asked) -> dict[str, Any]:
        if asked.mask is None:
            raise Refusal(400, "The 'fields' parameter is required for this method.", "required")
        return dict(masks.apply(asked.mask, self._drive.about()))

    def _spreadsheet(self, asked: _Asked) -> dict[str, Any]:
        return self._sheets.get(asked.path["spreadsheetId"], asked.request.query, asked.mask)

    def _values_get(self, asked: _Asked) -> dict[str, Any]:
        ranges = [asked.path["range"]]
        found = self._sheets.values(asked.path["spreadsheetId"], ranges, asked.request.query)
        return dict(masks.apply(asked.mask, found[0]))

    def _values_batch_get(self, asked: _Asked) -> dict[str, Any]:
        book = asked.path["spreadsheetId"]
        found = self._sheets.values(book, asked.request.query.get("ranges", []), asked.request.query)
        return dict(masks.apply(asked.mask, {"spreadsheetId": book, "valueRanges": found}))

    def _batch_update(self, asked: _Asked) -> dict[str, Any]:
        body = json_body(asked.request.body)
        discovery.check_request(asked.method, body)
        return dict(masks.apply(asked.mask, self._sheets.batch_update(asked.path["spreadsheetId"], body)))


_BRIEF = masks.parse("kind,id,name,mimeType")
_HANDLERS: dict[str, Callable[[Office, _Asked], dict[str, Any] | Response]] = {
    "drive.about.get": Office._about,
    "drive.files.create": Office._files_create,
    "drive.files.get": Office._files_get,
    "drive.files.list": Office._files_list,
    "drive.files.update": Office._files_update,
    "drive.files.generateIds": Office._generate_ids,
    "sheets.spreadsheets.get": Office._spreadsheet,
    "sheets.spreadsheets.batchUpdate": Office._batch_update,
    "sheets.spreadsheets.values.get": Office._values_get,
    "sheets.spreadsheets.values.batchGet": Office._values_batch_get,
}


def _masked(asked: _Asked, shown: dict[str, Any]) -> dict[str, Any]:
    """Without a mask Drive shows little of a file."""
    return dict(masks.apply(asked.mask or _BRIEF, shown))


def _disk_refusal(failure: OSError) -> Refusal:
    if failure.errno == _DISK_FULL:
        text = "На диске нет места: файл не записан, прежний цел. Освободите место и повторите."
        return Refusal(403, text, "storageQuotaExceeded")
    if isinstance(failure, PermissionError):
        text = "В папку нельзя записать: файл не записан, прежний цел. Дайте себе право записи в неё и повторите."
        return Refusal(403, text, "insufficientFilePermissions")
    text = "Диск не дал прочитать или записать файл; прежний цел. Проверьте диск и повторите."
    return Refusal(500, text, "internalError")

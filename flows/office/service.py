"""The office itself: one request in, one answer out, one row in the journal."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import unquote

from filelock import FileLock, Timeout

from flows.office import discovery
from flows.office.atomic import Disk
from flows.office.drive import Drive
from flows.office.errors import OfficeBusy, Refusal, body_of
from flows.office.ledger import Call
from flows.office.methods import Asked, answered, asked_of
from flows.office.sheets import Sheets
from flows.office.store import SIDE, Store
from flows.office.watch import Watch, iso
from flows.office.wire import Request, Response, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_DISK_FULL = 28


def _clock() -> datetime:
    return datetime.now(UTC)


class Office:
    """A folder served as Google's Drive and Sheets.

    `exclusive` holds the folder for this process until `close`; otherwise it is held for each request only, so
    that several processes may take turns. `patience` is how many seconds to wait for another process before
    `OfficeBusy`. `strict` checks every answer against Google's schemas and raises `Violation`.
    """

    def __init__(  # noqa: PLR0913 - each has its default
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

    def _served(
        self, request: Request, found: tuple[discovery.Method, dict[str, str]] | None
    ) -> tuple[Response, str]:
        drive = "/drive/" in request.path
        note = ""
        try:
            self._watch.look()
            self._store.ledger.commit()  # what people did stays, whatever becomes of the request
            asked = asked_of(request, found)
            note = f"unknown query: {', '.join(asked.unknown)}" if asked.unknown else ""
            return self._answered(asked), note
        except Refusal as refusal:
            return answer(body_of(refusal, drive=drive), refusal.status), note
        except OSError as failure:
            self._store.ledger.undo()
            self._store.recover()
            broken = _disk_refusal(failure)
            return answer(body_of(broken, drive=drive), broken.status), type(failure).__name__

    def _answered(self, asked: Asked) -> Response:
        value = answered(asked, self._drive, self._sheets)
        if isinstance(value, Response):
            return value
        if self._strict:
            discovery.check_answer(asked.method, value)
        return answer(value)


def _disk_refusal(failure: OSError) -> Refusal:
    rest = "На диске лежит прежний файл или новый целиком."
    if failure.errno == _DISK_FULL:
        text = f"На диске нет места: записать не удалось. {rest} Освободите место и повторите."
        return Refusal(403, text, "storageQuotaExceeded")
    if isinstance(failure, PermissionError):
        text = f"В папку нельзя записать. {rest} Дайте себе право записи в неё и повторите."
        return Refusal(403, text, "insufficientFilePermissions")
    text = f"Диск не дал прочитать или записать файл. {rest} Проверьте диск и повторите."
    return Refusal(500, text, "internalError")

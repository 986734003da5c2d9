"""The office itself: one request in, one answer out, one row in the journal."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import unquote

from filelock import FileLock, Timeout

from flows.office import discovery, history
from flows.office.atomic import OWN_FILE, Disk
from flows.office.drive import Drive
from flows.office.errors import OfficeBusy, OfficeUnavailable, Refusal, body_of
from flows.office.ledger import Call
from flows.office.methods import Asked, answered, asked_of
from flows.office.package import BadPackage
from flows.office.permissions import Permissions
from flows.office.privacy import own_folder
from flows.office.rebuilding import reidentified
from flows.office.sheets import Sheets
from flows.office.spelling import loaded
from flows.office.store import SIDE, Store
from flows.office.watch import Watch, iso
from flows.office.wire import Request, Response, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from flows.office.entries import Entry
    from flows.office.history import Version

_DISK_FULL = 28
_LONGEST_PATH = 2000


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
        self._patience = patience
        self._strict = strict
        self._now = now
        self._mutex = RLock()
        self._lock = FileLock(self.root / SIDE / "lock", mode=OWN_FILE, thread_local=False)
        self._store = self._opened(disk or Disk())
        self._watch = Watch(self._store)
        self._drive = Drive(self._store, self._watch, self._moment)
        self._permissions = Permissions(self._drive.access, self._drive.find)
        self._sheets = Sheets(self._store, self._watch, self._moment)
        self._holds = False
        if exclusive:
            self.hold()

    def _opened(self, disk: Disk) -> Store:
        try:
            own_folder(self.root)
            own_folder(self.root / SIDE)
            with self._held():
                store = Store(self.root, disk, self._moment())
                store.recover()
                return store
        except OSError:
            text = f"Папка «{self.root.name}» не открывается для записи. Проверьте, что это папка и что у вас есть право записи в неё."
            raise OfficeUnavailable(text) from None
        except sqlite3.Error:
            raise OfficeUnavailable(f"Папка «{self.root.name}»: {_memory_refusal().message}") from None

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

    def trim(self, days: int) -> None:
        """Drop what the journal says of requests more than so many days old."""
        with self._mutex, self._held():
            self._store.ledger.forget_calls(iso(self._now() - timedelta(days=days)))

    def link(self, file_id: str) -> Path | None:
        """Where a file lies on disk, None if there is none."""
        with self._mutex:
            entry = self._store.entry(file_id)
            return None if entry is None or self._store.lost(entry) else self._store.path_of(entry)

    def files(self) -> list[tuple[Entry, Path]]:
        """List the files and workbooks that are there, each with its place on disk."""
        with self._mutex, self._held():
            self._watch.look()
            found = [each for each in self._store.ledger.entries.values() if each.kind != "folder"]
            there = (each for each in found if not self._store.lost(each) and not self._store.in_trash(each))
            return [(each, self._store.path_of(each)) for each in there]

    def versions(self, file_id: str) -> tuple[Version, ...]:
        """Return what is kept of a file and what lies there now, the oldest first."""
        with self._mutex, self._held():
            entry = self._store.entry(file_id)
            found = history.versions(self._store, self._watch, entry) if entry else ()
            self._store.ledger.commit()
            return found

    def bring_back(self, file_id: str, number: int) -> None:
        """Put a kept version of a file in its place; `Refusal` says why it cannot be."""
        with self._mutex, self._held():
            entry = self._store.entry(file_id)
            if entry is None:
                raise Refusal(404, "Этого файла нет.")
            try:
                history.bring_back(self._store, self._watch, entry, number, self._moment())
            except BaseException:
                self._store.ledger.undo()
                raise
            self._store.ledger.commit()

    def reidentify(self, ids: Mapping[str, str]) -> None:
        """Give entries the ids they had before the sidecar was lost: `ids` leads from today's to the former ones."""
        with self._mutex, self._held():
            self._store.ledger.refresh()
            reidentified(self._store.ledger, ids)
            self._watch.forget()

    def handle(self, request: Request) -> Response:
        """Answer one request; `OfficeBusy` if another process keeps the folder too long."""
        with self._mutex, self._held():
            ledger = self._store.ledger
            found = discovery.match(request.method, request.path)
            try:
                ledger.refresh()
                if ledger.interrupted():
                    self._store.recover()
                response, note = self._served(request, found)
                if response.status >= 400:  # noqa: PLR2004 - HTTP's own border
                    ledger.undo()
                ledger.note(self._call(request, found, response, note))
                ledger.commit()
            except sqlite3.Error:
                ledger.undo()
                return _failed(request, _memory_refusal())
            except BaseException:
                ledger.undo()
                raise
            return response

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """Answer a request that never reached the services, with its row in the journal."""
        response = _failed(request, refusal)
        with self._mutex, self._held(), suppress(sqlite3.Error):
            self._store.ledger.note(self._call(request, None, response, refusal.reason))
            self._store.ledger.commit()
        return response

    def _call(
        self,
        request: Request,
        found: tuple[discovery.Method, dict[str, str]] | None,
        response: Response,
        note: str,
    ) -> Call:
        name = found[0].id if found else ""
        effect = request.method != "GET" and response.status < 300  # noqa: PLR2004 - HTTP's own border
        return Call(
            0, name, unquote(request.path)[:_LONGEST_PATH], response.status, effect, self._moment(), note
        )

    def _served(
        self, request: Request, found: tuple[discovery.Method, dict[str, str]] | None
    ) -> tuple[Response, str]:
        note = ""
        try:
            asked = asked_of(request, found)
            note = f"unknown query: {', '.join(asked.unknown)}" if asked.unknown else ""
            return self._answered(asked), note
        except Refusal as refusal:
            return _failed(request, refusal), note
        except BadPackage:
            return _failed(
                request,
                Refusal(400, "Книга повреждена: одна из её частей не читается. Верните прежнюю версию."),
            ), note
        except RecursionError:
            return _failed(request, Refusal(400, "The request is nested too deeply.")), note
        except OSError as failure:
            self._store.ledger.undo()
            self._store.recover()
            return _failed(request, _disk_refusal(failure)), type(failure).__name__

    def _answered(self, asked: Asked) -> Response:
        value = answered(asked, self._drive, self._permissions, self._sheets)
        if isinstance(value, Response):
            return value
        response = answer(value)
        if self._strict:
            discovery.check_answer(asked.method, loaded(response.body))
        return response


def _failed(request: Request, refusal: Refusal) -> Response:
    return answer(body_of(refusal, drive="/drive/" in request.path), refusal.status)


def _memory_refusal() -> Refusal:
    text = (
        f"Служебный файл {SIDE}/state.sqlite не читается или не пишется. Проверьте место на диске и право записи; "
        "если он повреждён, верните его из резервной копии или восстановите: nastavnik rebuild."
    )
    return Refusal(500, text, "internalError")


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

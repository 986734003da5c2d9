"""`nastavnik serve`: schedules and ticks of one home in one process, for as long as it is let."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from flows import engine, settings, telling
from flows.domain.errors import Misconfigured
from flows.engine import lifeline, server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.settings import Home

LOCK = "serve.lock"
STARTING = "Запускаю расписание, это займёт до минуты."
WORKING = "Работаю: расписание и галочки вкладки «Запросы». Остановить: Ctrl+C."
WATCHING = "Смотрю галочки вкладки «Запросы» для своего сервера Prefect. Остановить: Ctrl+C."
STOPPED = "Остановлено. Сделанное сохранено; что не успело — сделает следующий запуск."
TWICE = (
    "В этой рабочей папке nastavnik serve уже работает. Второй не нужен; если первый лишний, остановите его."
)
FOREIGN = (
    "Задан свой сервер Prefect (PREFECT_API_URL): его развёртывания serve не переписывает. Разверните их командой "
    "prefect deploy --all, а галочки смотрите командой nastavnik serve --ticks."
)
NO_SERVER = (
    "serve --ticks смотрит галочки для своего сервера Prefect: задайте PREFECT_API_URL. "
    "Без своего сервера хватает nastavnik serve."
)


def serve(*, ticks_only: bool = False) -> int:
    """Serve the schedules and watch the ticks until stopped, with a Prefect server of its own.

    With a server of the person's (`PREFECT_API_URL`) only ticks are watched, and only when that is asked for.
    """
    home = settings.load_home()
    named = bool(os.environ.get(engine.API))
    if named != ticks_only:
        raise Misconfigured(FOREIGN if named else NO_SERVER)
    if not home.places:
        raise Misconfigured(telling.EMPTY)
    engine.quiet(engine.prefect_home(home))
    with _alone(home), _silence() as say:
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            _work(home, say, ticks_only=ticks_only)
        except KeyboardInterrupt:
            _leave(say)
        finally:
            signal.signal(signal.SIGTERM, before)
    return 0


def _work(home: Home, say: Callable[[str], None], *, ticks_only: bool) -> None:
    if not ticks_only:
        say(STARTING)
        lifeline.Lifeline()
    with server.starting() as ready:
        try:
            from flows.engine.polling import Polling  # noqa: PLC0415 - brings Prefect, whose server must be named first

            with engine.announced(home):
                Polling(home, say, ready.server).work(WATCHING if ticks_only else WORKING, ready)
        except KeyboardInterrupt:
            _leave(say)


def _leave(say: Callable[[str], None]) -> None:
    """End at once: the server and the runs hear it by their lines, and what is left would only tell Prefect."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    say(STOPPED)
    os._exit(0)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Be the only one that serves this home, for as long as this process lives."""
    side = home.path / engine.SIDE
    try:
        side.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(side / LOCK, timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        raise Misconfigured(TWICE) from None
    except OSError:
        raise Misconfigured(
            f"Рабочая папка «{home.path.name}» не записывается. Дайте право записи."
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _silence() -> Iterator[Callable[[str], None]]:
    """Let only our own sentences onto the screen: Prefect and the processes it starts speak English and print tracebacks."""
    sys.stdout.flush()
    sys.stderr.flush()
    ours = os.fdopen(os.dup(1), "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        yield lambda told: print(told, file=ours, flush=True)
    finally:
        os.dup2(ours.fileno(), 1)
        os.dup2(kept, 2)

"""The long-running commands: schedules with the watcher of ticks in one process, and the office on loopback."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from flows import engine
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Office, OfficeBusy, OfficeUnavailable, new_secret, usable_secret
from flows.office import serve as serve_office
from flows.workspace.session import OFFICE_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE, STOPPING = 120.0, 10.0
MOST_RUNS = 2


def serve() -> int:
    """Serve the schedules and watch the ticks until stopped; starts a Prefect server of its own when none is named."""
    engine.quiet()
    with server():
        from prefect import serve as serve_deployments  # noqa: PLC0415 - the address must be known first

        from flows.on_request import watch  # noqa: PLC0415 - brings Prefect

        stop = Event()
        watcher = Thread(target=watch, args=(stop,), daemon=True)
        watcher.start()
        print("Работаю: расписание и галочки вкладки «Запросы». Остановить: Ctrl+C.", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            serve_deployments(*deployments(), limit=MOST_RUNS, print_starting_message=False)
        stop.set()
    return 0


def deployments() -> list[Any]:
    """Build the deployments of `schedule` for this process."""
    from importlib import import_module  # noqa: PLC0415 - only here

    from prefect.schedules import Cron  # noqa: PLC0415 - brings Prefect

    from flows.schedule import DEPLOYMENTS  # noqa: PLC0415 - only here

    built: list[Any] = []
    for each in DEPLOYMENTS:
        module, _, name = each.entrypoint.rpartition(".")
        schedules = [
            Cron(told["cron"], timezone=told["timezone"], slug=told["slug"], parameters=told["parameters"])
            for told in each.schedules
        ]
        built.append(
            getattr(import_module(module), name).to_deployment(
                each.name, schedules=schedules or None, concurrency_limit=1
            )
        )
    return built


@contextlib.contextmanager
def server() -> Iterator[None]:
    """Have the Prefect server that is named, or one started here and stopped at the end; Prefect may be imported inside."""
    with starting() as ready:
        ready()
        yield


@contextlib.contextmanager
def starting() -> Iterator[Callable[[], None]]:
    """Begin to start a server, name its address to Prefect, and give what waits until it answers.

    A new server brings its database up first, which takes longer than anything we do: what is prepared meanwhile is free.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield lambda: None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    try:
        yield partial(_wait, process, address)
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOPPING)
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{address}/health", timeout=1)  # noqa: S310 - loopback
            return
        time.sleep(0.1)
    raise TryLater(
        "Сервер Prefect не запустился. Проверьте место на диске и права на папку ~/.prefect и повторите."
    )


def office(folder: Path, port: int, *, trusted: bool = False) -> int:
    """Serve a folder as Sheets and Drive on loopback until stopped; `trusted` programs need no secret."""
    secret = "" if trusted else _secret()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = Office(folder, exclusive=True)
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    except (OfficeUnavailable, OSError) as trouble:
        told = (
            str(trouble)
            if isinstance(trouble, OfficeUnavailable)
            else f"Папка «{folder.name}» не открывается. Проверьте путь и права."
        )
        raise Misconfigured(told) from None
    try:
        with serve_office(store, port, secret=secret) as running:
            print(
                f"Папка «{folder}» отвечает как Google Таблицы и Диск: {running.base} Остановить: Ctrl+C.",
                flush=True,
            )
            if trusted:
                print(
                    "Секрет не нужен: папку читает и меняет любая программа на этом компьютере. Только для проверок.",
                    flush=True,
                )
            elif not os.environ.get(OFFICE_SECRET):
                print(f"Authorization: Bearer {secret}", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                Event().wait()
    except OSError:
        raise Misconfigured(
            f"Порт {port} занят другой программой. Укажите другой: --port 0 выберет свободный."
        ) from None
    finally:
        store.close()
    return 0


def _secret() -> str:
    """Take the secret of the environment, or make one."""
    told = os.environ.get(OFFICE_SECRET, "")
    if told and not usable_secret(told):
        raise Misconfigured(
            f"Секрет в переменной {OFFICE_SECRET} не подходит: нужны латинские буквы, цифры и знаки без пробелов."
        )
    return told or new_secret()

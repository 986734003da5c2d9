"""How this program runs Prefect: quietly, in the home's own Prefect home, and with nothing of people's data kept."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import sys
import time
import warnings
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.engine import lifeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.settings import Home, Place
    from flows.work import Report

PATIENCE = "90"
BUSY_PATIENCE, BUSY_PAUSE = 90.0, 5.0
T = TypeVar("T")
API, OWN_HOME, CLIENT_SECRET = "PREFECT_API_URL", "PREFECT_HOME", "PREFECT_API_AUTH_STRING"
RUN = "PREFECT__FLOW_RUN_ID"
"""Prefect names the run to the process that it starts for it: nobody waits before a screen then."""
SIDE = ".nastavnik"
KEPT_DAYS = 60
MARK = r"^([0-9a-f]{12})?$"
SETTINGS = {
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": PATIENCE,
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * 86400),
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}


def quiet(home: Path | None = None) -> None:
    """Set Prefect up before its first import; what the person set already wins.

    `home` is Prefect's own home. Prefect's console speaks English and prints tracebacks: only its database hears it.
    """
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if home is not None and not os.environ.get(OWN_HOME) and not os.environ.get(API):
        os.environ[OWN_HOME] = str(_own(home))
    logging.getLogger("prefect").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")


def import_path() -> str:
    """Return PYTHONPATH for processes of ours, whatever folder they begin in."""
    return os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))


def prefect_home(home: Home) -> Path:
    """Return where the Prefect of this home keeps its runs: what is done for two homes never meets."""
    return home.path / SIDE / "prefect"


def _own(folder: Path) -> Path:
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        raise Misconfigured(
            f"Папка «{SIDE}» в рабочей папке не записывается. Дайте право записи или укажите другую: --home ПАПКА."
        ) from None
    return folder


@contextmanager
def announced(home: Home) -> Iterator[None]:
    """Let commands of this home know where its engine answers, while it does; the file is its owner's alone."""
    file = _address(home)
    told = {name: os.environ.get(name, "") for name in (API, CLIENT_SECRET)}
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(told, out)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def known_engine(home: Home) -> dict[str, str]:
    """Return the environment that joins the engine serving this home, as it last announced itself; empty when it did not."""
    try:
        told = json.loads(_address(home).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in told.items() if value} if isinstance(told, dict) else {}


def _address(home: Home) -> Path:
    return prefect_home(home) / "engine.json"


def mark(home: Home) -> str:
    """Return the mark that a run made for this home carries: of this computer and folder, nothing else can be read from it.

    A home in Google has none: its workers may stand on any computer.
    """
    told = f"{platform.node()}\0{home.path}"
    return "" if home.google else hashlib.sha256(told.encode()).hexdigest()[:12]


def refuse_foreign(home: Home, told: str) -> None:
    """Raise `Refused` when a run carries the mark of another home."""
    if told and told != mark(home):
        raise Refused(
            "Этот запуск назначен для другой рабочей папки. Запускайте nastavnik serve там, где лежит её nastavnik.toml."
        )


@contextmanager
def without_data(command: str) -> Iterator[None]:
    """Let only our own sentences leave a task: a traceback may carry what people typed. `command` shows the details on the spot."""
    try:
        yield
    except (Misconfigured, TryLater, Refused):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its text may name people
        raise Refused(
            f"Внутренняя ошибка {type(error).__name__}. Выполните на месте, чтобы увидеть подробности: {command}."
        ) from None


def patiently(do: Callable[[], T]) -> T:
    """Do a thing; in a run that nobody waits for, a book that is busy is waited for: another run may be at work in it."""
    end = time.monotonic() + (BUSY_PATIENCE if lifeline.tied() or os.environ.get(RUN) else 0)
    while True:
        try:
            return do()
        except TryLater:
            if time.monotonic() >= end:
                raise
        time.sleep(BUSY_PAUSE)


def aloud(log: Any) -> Callable[[str], None]:
    """Return what says to whoever waits, at the screen and in a run's own log; what is said of a wait names nobody."""

    def say(sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)
        log.info("%s", sentence)

    return say


def local_day(place: Place) -> date:
    """Return the day it is now where an organisation is."""
    return datetime.now(ZoneInfo(place.zone)).date()


def reason(state: Any) -> str:
    """Say in our own words why a task did not end well."""
    why = state.result(raise_on_failure=False)
    ours = isinstance(why, (Misconfigured, TryLater, Refused))
    return str(why) if ours else f"Запуск прерван ({type(why).__name__}). Повторите."


def one_after_another(
    places: Iterable[Place], today: date | None, run: Callable[[Place, date], Any], log: Any
) -> tuple[list[Report], dict[str, str]]:
    """Run a task for each organisation, each on its own day unless `today` is given; one that fails stops no other.

    `run` gives the state of the task, `log` is the logger of the flow. Return the reports and, for the codes of those
    that failed, why in our own words.
    """
    reports: list[Report] = []
    failed: dict[str, str] = {}
    for place in places:
        state = run(place, today or local_day(place))
        if state.is_completed():
            reports.append(state.result())
        else:
            failed[place.slug] = reason(state)
        log.info("%s: %s", place.slug, "готово" if state.is_completed() else "не готово")
    return reports, failed

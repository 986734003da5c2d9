"""How this program runs Prefect: quietly, with a patient start, and with nothing of people's data kept."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows.domain.errors import Misconfigured, Refused, TryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from flows.settings import Place
    from flows.work import Report

PATIENCE = "90"


def quiet(home: Path | None = None) -> None:
    """Set Prefect up before its first import; what the person set already wins."""
    wanted = {
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": PATIENCE,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_UI_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    if home is not None:
        wanted["PREFECT_HOME"] = str(home)
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    logging.getLogger("prefect").setLevel(logging.WARNING)


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


def local_day(place: Place) -> date:
    """Return the day it is now where an organisation is."""
    return datetime.now(ZoneInfo(place.zone)).date()


def one_after_another(
    places: Iterable[Place], today: date | None, run: Callable[[Place, date], Any], log: Any
) -> tuple[list[Report], list[str]]:
    """Run a task for each organisation, each on its own day unless `today` is given; one that fails stops no other.

    `run` gives the state of the task, `log` is the logger of the flow. Return the reports and the codes of those failed.
    """
    reports: list[Report] = []
    failed: list[str] = []
    for place in places:
        state = run(place, today or local_day(place))
        if state.is_completed():
            reports.append(state.result())
        else:
            failed.append(place.slug)
        log.info("%s: %s", place.slug, "готово" if state.is_completed() else "не готово")
    return reports, failed

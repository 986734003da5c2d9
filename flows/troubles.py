"""What is kept of an error of our own: its class and the lines of code it passed; never its text, which may name people."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

from flows import settings
from flows.domain.errors import Misconfigured, Refused, TryLater

SIDE, FILE = ".nastavnik", "errors.log"
MOST_BYTES = 500_000


def sentence(error: Exception) -> str:
    """Say in one sentence why a command could not be carried out: in our own words where they are known."""
    return str(error) if isinstance(error, (Misconfigured, TryLater, Refused)) else told(error)


def told(error: BaseException) -> str:
    """Say in one sentence that the program broke, and where what is known about it lies; write that down there."""
    where = places(error)
    home = Path(os.environ.get(settings.HOME, "")).resolve()
    said = f"Внутренняя ошибка {type(error).__name__}. Сделанное сохранено; повторите, а если повторится, передайте разработчикам"
    if _kept(
        home,
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {type(error).__name__}\n"
        + "".join(f"  {each}\n" for each in where),
    ):
        return f"{said} файл {home / SIDE / FILE}: личных данных в нём нет."
    return f"{said} эту строку ({where[-1] if where else 'место неизвестно'})."


def places(error: BaseException) -> list[str]:
    """List the lines of code an error passed, outermost first: file, line, function."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _kept(home: Path, text: str) -> bool:
    """Add to the log of a home that is one already, readable to its owner alone; a log that grew long begins anew."""
    file = home / SIDE / FILE
    try:
        long = file.exists() and file.stat().st_size > MOST_BYTES
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if long else os.O_APPEND)
        with os.fdopen(os.open(file, flags, 0o600), "a", encoding="utf-8") as out:
            out.write(text)
    except OSError:
        return False
    return True

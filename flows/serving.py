"""The office on loopback: a folder that answers as Sheets and Drive."""

from __future__ import annotations

import contextlib
import os
from threading import Event
from typing import TYPE_CHECKING

from flows import doors, settings
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Office, OfficeBusy, OfficeUnavailable, new_secret, usable_secret
from flows.office import serve as serve_office
from flows.workspace.session import OFFICE_SECRET

if TYPE_CHECKING:
    from pathlib import Path


def office(folder: Path, port: int, *, trusted: bool = False) -> int:
    """Serve a folder as Sheets and Drive on loopback until stopped; `trusted` programs need no secret."""
    secret = "" if trusted else _secret()
    home = settings.load_home(folder)
    if not home.google:
        doors.refuse_lost(home)
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

"""A line between a long-running process and those it started: it breaks when the first one ends, however it ends.

A process that is killed closes nothing itself, but the system closes its sockets: whoever waits at the other end
hears it at once, on every system, without looking at numbers of processes.
"""

from __future__ import annotations

import _thread
import os
import socket
import threading
import time
from contextlib import suppress

NAME = "NASTAVNIK_LIFELINE"
GRACE = 5.0


class Lifeline:
    """The end that the first process holds; those it starts find its address in their environment."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._held: list[socket.socket] = []
        os.environ[NAME] = str(self._door.getsockname()[1])
        threading.Thread(target=self._let_in, daemon=True).start()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self._held = [*(each for each in self._held if not _ended(each)), line]

    def let_go(self) -> None:
        """Tell those at the other end to finish now."""
        os.environ.pop(NAME, None)
        for each in (self._door, *self._held):
            with suppress(OSError):
                each.close()


def _ended(line: socket.socket) -> bool:
    """Tell whether the process at the other end is over."""
    try:
        line.setblocking(False)
        return not line.recv(1)
    except BlockingIOError:
        return False
    except OSError:
        return True


def tie() -> None:
    """End this process when the one that started it ends: first as Ctrl+C would, so that a book is let go, then at once."""
    port = os.environ.get(NAME, "")
    if not port.isdecimal() or _tied:
        return
    try:
        line = socket.create_connection(("127.0.0.1", int(port)), timeout=5)
    except OSError:
        os._exit(1)
    line.settimeout(None)
    _tied.append(line)
    threading.Thread(target=_listen, args=(line,), daemon=True).start()


def tied() -> bool:
    """Tell whether this process was started by a long-running one."""
    return bool(_tied)


_tied: list[socket.socket] = []


def _listen(line: socket.socket) -> None:
    with suppress(OSError):
        line.recv(1)
    _thread.interrupt_main()
    time.sleep(GRACE)
    os._exit(1)

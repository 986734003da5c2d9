"""What a serving process does again and again: ticks, missed mornings, new time zones, its server; whatever breaks, it goes on."""

from __future__ import annotations

import gc
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import settings
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.engine import healing, heartbeats, server
from flows.engine.runners import Runners
from flows.engine.watching import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from flows.settings import Home

POLL, POLL_LOCAL = 60.0, 15.0
DAY = 86400.0
REPEATED = 3600.0
TRIES, BETWEEN_TRIES = 3, 2.0
SILENT = "Сервер расписания не отвечает, повторю."


class Polling:
    """The rounds of one serving process; `server` is ours, or `None` when the person named one."""

    def __init__(self, home: Home, say: Callable[[str], None], server: server.Server | None) -> None:
        self._home, self._say, self._server = home, say, server
        self._watcher, self._mornings = Watcher(), healing.Mornings()
        self._runners: Runners | None = None
        self._said: dict[str, tuple[str, float]] = {}
        self._trimmed = -DAY
        self._heard = -DAY

    def work(self, greeting: str, ready: Callable[[], None], stop: Event | None = None) -> None:
        """Wait for the server, set right what was left, then go round until interrupted, or until `stop` is set."""
        self._safely("Запросы не прочитаны", self._look)
        ready()
        if self._server:
            # Only now can no run be living: once the runners have begun, nothing tells a dead one.
            for _ in range(TRIES):
                if self._safely("Прежние запуски", self._set_right):
                    break
                time.sleep(BETWEEN_TRIES)
            self._runners = Runners(self._home)
            self._safely("Расписание", self._runners.wait)
        self._say(greeting)
        while not (stop and stop.is_set()):
            self.round()
            gc.collect()
            pause = POLL if self._home.google else POLL_LOCAL
            if stop:
                stop.wait(pause)
            else:
                time.sleep(pause)

    def round(self) -> None:
        """Go round once."""
        self._safely("Рабочая папка", self._reload)
        if self._server and self._runners:
            self._safely("Сервер расписания", self._revive)
            self._safely("Расписание", lambda: self._follow(self._runners))
        elif time.monotonic() - self._heard >= DAY and self._safely("Сервер Prefect", self._hear):
            self._heard = time.monotonic()
        self._safely("Утренний запуск", self._make_up)
        self._safely("Запросы не прочитаны", self._look)
        self._safely("Запросы не выполнены", lambda: self._watcher.ask(self._home))
        if time.monotonic() - self._trimmed >= DAY:
            self._trimmed = time.monotonic()
            self._safely("Журнал папки", self._trim)

    def _reload(self) -> None:
        self._home = settings.load_home(self._home.path)

    def _set_right(self) -> None:
        if number := healing.set_right():
            self._say(
                f"Прежних прерванных и опоздавших запусков: {number}. Они закрыты, нужное будет сделано заново."
            )

    def _revive(self) -> None:
        if self._server and not self._server.alive:
            self._server.again()
            self._server.wait()
            self._say("Сервер расписания остановился и запущен снова.")

    def _follow(self, runners: Runners | None) -> None:
        if runners:
            runners.follow(self._home)

    def _hear(self) -> None:
        if heartbeats.watched():
            self._say(
                "На сервере Prefect заведено правило: запуск без признаков жизни считается оборванным и делается заново."
            )

    def _make_up(self) -> None:
        for each in self._mornings.make_up(self._home, datetime.now(UTC)):
            self._say(
                f"{time.strftime('%H:%M')} Утренний запуск {each.flow} ({each.zone}) пропущен: наверстываю."
            )

    def _look(self) -> None:
        if troubles := self._watcher.look(self._home):
            raise TryLater(" ".join(troubles))

    def _trim(self) -> None:
        self._watcher.trim(self._home)

    def _safely(self, what: str, do: Callable[[], object]) -> bool:
        """Do a thing and tell whether it was done; what fails is said in a line, the same again only after an hour."""
        try:
            do()
        except (Misconfigured, TryLater, Refused) as trouble:
            self._complain(what, str(trouble))
        except Exception as error:  # noqa: BLE001 - nothing may end the rounds; its text may carry what people typed
            self._complain(
                what, SILENT if _silent(error) else f"Внутренняя ошибка {type(error).__name__}, повторю."
            )
        else:
            self._said.pop(what, None)
            return True
        return False

    def _complain(self, what: str, why: str) -> None:
        before, when = self._said.get(what, ("", -REPEATED))
        if before != why or time.monotonic() - when >= REPEATED:
            self._said[what] = why, time.monotonic()
            self._say(f"{time.strftime('%H:%M')} {what}. {why}")


def _silent(error: BaseException) -> bool:
    """Tell a server that was killed, is starting, or is too busy to answer."""
    return server.unanswered(error) or isinstance(error, ConnectionError | TimeoutError)

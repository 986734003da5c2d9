"""What whoever waits is told: how far the work has come and what is waited for, so that nothing is silent for long."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.workspace.clock import Clock

QUIET = 8.0
NOTABLE, TAIL = 3.0, 1.5


@dataclass
class Voice:
    """Says sentences to whoever waits, if anybody does: at most `quiet` seconds pass in silence while it is used."""

    clock: Clock
    tell: Callable[[str], None] | None = None
    quiet: float = QUIET
    last: float = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.clock.now()

    def say(self, sentence: str) -> None:
        """Say a sentence now."""
        self.last = self.clock.now()
        if self.tell is not None:
            self.tell(sentence)

    def progress(self, sentence: str) -> None:
        """Say how far the work has come, unless something was said a moment ago."""
        if self.clock.now() - self.last >= self.quiet:
            self.say(sentence)

    def rest(self, seconds: float, sentence: str) -> None:
        """Wait; a wait worth the name is told at its beginning and while it lasts, `{seconds}` being what is left of it."""
        end, begun = self.clock.now() + seconds, False
        while (left := end - self.clock.now()) > 0:
            now = sentence.format(seconds=round(left) or 1)
            if not begun and seconds >= NOTABLE:
                self.say(now)
            elif not begun or left >= TAIL:
                self.progress(now)
            begun = True
            heard = self.last + self.quiet - self.clock.now()
            self.clock.sleep(left if self.tell is None else min(left, max(heard, 0.1)))

    @contextmanager
    def beating(self, sentence: str) -> Iterator[None]:
        """Say a sentence again and again while a call lasts, `{seconds}` being how long it has lasted."""
        if self.tell is None:
            yield
            return
        over = Event()

        def beat() -> None:
            beats = 0
            while not over.wait(self.quiet):
                beats += 1
                self.say(sentence.format(seconds=round(beats * self.quiet)))

        thread = Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

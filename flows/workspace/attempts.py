"""One folder, paper or shortcut at a time: what stands in the way of it alone is remembered, and the others go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.workspace.refusals import Changed, Full, Spent, Unanswered, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.workspace.drive import Drive

MOST_SILENT = 3
STOPPED = "Три файла подряд не удалось записать, дальше не пробую. Что записано, не пропадёт: повторите позже, и запуск продолжит с этого места. {why}"
Result = TypeVar("Result")


@dataclass
class Attempts:
    """What was tried of a run; `failed` tells by name what stood in the way of one thing alone.

    `root` is where everything lies: where not even that can be looked at nothing goes at all.
    """

    drive: Drive
    root: str
    failed: dict[str, str] = field(default_factory=dict)
    silent: int = 0
    why: str = ""

    def tried(self, work: Callable[[], Result], name: str, *needs: str) -> Result | None:
        """Do one thing; None where something stood in its way, or in the way of what it `needs`.

        Raises what would stand in the way of every other thing, too. Once three in a row had no answer nothing more is
        tried: each costs a minute of waiting.
        """
        if self.silent >= MOST_SILENT:
            return None
        shut = next((self.failed[each] for each in needs if each in self.failed), "")
        try:
            if not shut:
                done = work()
                self.silent = 0
                return done
        except (Full, Spent, Changed, Unsupported):
            raise
        except (Misconfigured, Refused, TryLater) as trouble:
            self.drive.entry(self.root)
            self.silent = self.silent + 1 if isinstance(trouble, Unanswered) else 0
            shut = self.why = str(trouble)
        self.failed[name] = shut
        return None

    def stop_if_silent(self) -> None:
        """Raise `TryLater` when the last three had no answer; to be asked once what was done is written down."""
        if self.silent >= MOST_SILENT:
            raise TryLater(STOPPED.format(why=self.why))

"""What a trial of a store works with, and what a step of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.workspace.drive import Entry
    from flows.workspace.space import Workspace

NAME = "Наставник: проба, можно удалить"
PROPERTY = "nastavnik_try"
REPORT = "Передайте разработчикам файл с ответами пробы."


class Unfit(Refused):
    """The store answered, and not as the work needs it."""


@dataclass
class Bench:
    """What a trial works with and what it has made so far; ids are empty until they are known."""

    space: Workspace
    root: str
    paper: bytes
    remember: Callable[[str], None]
    share: str = ""
    ids: tuple[str, ...] = ()
    folder: str = ""
    book: Entry | None = None
    sheet: tuple[int, str] = (0, "")
    file: Entry | None = None

    @property
    def made(self) -> Entry:
        """The paper that was uploaded."""
        assert self.file is not None
        return self.file

    @property
    def workbook(self) -> Entry:
        """The workbook that was created."""
        assert self.book is not None
        return self.book


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is tried: its name in the file of answers, what is tried, what a failure means, what it needs."""

    name: str
    title: str
    do: Callable[[Bench], str]
    means: str
    needs: tuple[str, ...] = ()


def unless(fine: bool, wrong: str) -> None:
    """Raise `Unfit` with the sentence when an answer is not as the work needs it."""
    if not fine:
        raise Unfit(f"{wrong} {REPORT}")

"""The person's screen: any code page is spoken to, progress is shown where there is a terminal, plain lines where not."""

from __future__ import annotations

import codecs
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from flows.domain.text import fold
from flows.domain.yes_and_no import ASSENT, NO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPELT = {
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "→": "->",
    "…": "...",
    "№": "N",
    "✓": "+",
    "✗": "x",
    "■": "#",
    "·": "-",
}
HANDLER = "nastavnik"
STOPPED = "Остановлено. Сделанное сохранено; остальное сделает следующий запуск."


def speak() -> None:
    """Let signs that the screen's code page lacks be spelt with those it has, so that no sentence is lost over them."""
    codecs.register_error(HANDLER, _spelt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def _spelt(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELT.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def asks() -> bool:
    """Tell a terminal at both ends: only there is somebody who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Ask on the terminal until the answer is yes or no; the end of the input is no."""
    while True:
        try:
            answer = fold(input(f"{question} [да/нет] "))
        except EOFError:
            print()
            return False
        if answer in {*ASSENT, "д", "y"}:
            return True
        if answer in {*NO, "н", "n"}:
            return False
        print("Ответьте «да» или «нет».")


@contextmanager
def progress(total: int, stream: TextIO | None = None) -> Iterator[Callable[[str], None]]:
    """Show how far a run over `total` organisations is; call what is given with each organisation as it begins.

    On a terminal a line that moves and goes away; elsewhere a line for each when there are several.
    """
    out = stream or sys.stderr
    if not out.isatty():
        yield _plain(total, out)
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn("line"),
        TextColumn("{task.description}"),
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=out), transient=True) as bar:
        task = bar.add_task("", total=total)
        begun = 0

        def begin(organisation: str) -> None:
            nonlocal begun
            bar.update(task, description=organisation, completed=begun)
            begun += 1

        yield begin


def _plain(total: int, out: TextIO) -> Callable[[str], None]:
    begun = 0

    def begin(organisation: str) -> None:
        nonlocal begun
        begun += 1
        if total > 1:
            print(f"{begun} из {total}: {organisation}", file=out, flush=True)

    return begin

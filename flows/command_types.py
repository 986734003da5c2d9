"""Values that several commands take, as the command-line library reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from flows import command_words


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day on the command line: 2026-12-10 or 10.12.2026."""

    name = "день"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day or say how it is written."""
        read_day = value if isinstance(value, date) else command_words.day(str(value))
        if read_day is None:
            raise click.BadParameter(
                f"день пишется так: 2026-12-10 или 10.12.2026, а не «{value}»", ctx, param
            )
        if not command_words.likely(read_day):
            raise click.BadParameter(f"год {read_day.year} не похож на правду: «{value}»", ctx, param)
        return read_day

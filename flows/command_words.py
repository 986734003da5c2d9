"""Words of the command line read: a day, a period, an organisation's code, a time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.domain.errors import Misconfigured
from flows.domain.periods import Period

DAY_SHAPES = ("%Y-%m-%d", "%d.%m.%Y")


def day(text: str) -> date | None:
    """Read a day: 2026-12-10 or 10.12.2026; `None` when it is neither."""
    for shape in DAY_SHAPES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def likely(chosen: date) -> bool:
    """Tell a day that a school could mean: reckoning with any other would leave the calendar."""
    from flows.domain.terms.typed_days import plausible  # noqa: PLC0415 - only here

    return plausible(chosen)


def worded_period(text: str) -> Period | None:
    """Read the days that the words of a roadmap's term mean; `None` when they mean none or have no end."""
    from flows.domain.terms.reading import parse  # noqa: PLC0415 - only here

    window = next(iter(parse(text, None).windows), None)
    return period(window.start, window.end) if window else None


def period(start: date | None, end: date | None) -> Period | None:
    """Make a period of two days in their order; `None` when a day is missing or the order is wrong."""
    return None if start is None or end is None or end < start else Period(start, end)


def slug(text: str) -> str:
    """Return an organisation's code; raise `Misconfigured` for what cannot be one."""
    if (
        not text
        or not all(sign.islower() or sign.isdigit() or sign == "-" for sign in text)
        or not text.isascii()
    ):
        raise Misconfigured(
            f"Код организации «{text}» не подходит: нужны строчные латинские буквы, цифры и дефис, например malysh-45."
        )
    return text


def zone(text: str) -> str:
    """Return a time zone's name; raise `Misconfigured` when nobody knows it."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise Misconfigured(
            f"Часовой пояс «{text}» не найден. Пишите так: Europe/Moscow, Asia/Krasnoyarsk."
        ) from None
    return text

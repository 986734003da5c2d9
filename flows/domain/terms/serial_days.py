"""Days and moments as spreadsheets count them: days since 30 December 1899, the time of day as a part of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
DAY_SECONDS = 86_400


def day_of(serial: float) -> date:
    """Return the day of a serial number; its time of day is left out."""
    return EPOCH.date() + timedelta(days=int(serial))


def moment_of(serial: float) -> datetime:
    """Return the moment of a serial number, to the second."""
    return EPOCH + timedelta(seconds=round(serial * DAY_SECONDS))


def serial_of_day(day: date) -> int:
    """Return the serial number of a day."""
    return (day - EPOCH.date()).days


def serial_of_moment(moment: datetime) -> int | float:
    """Return the serial number of a moment without a zone; midnight is a whole number."""
    seconds = (moment - EPOCH).total_seconds()
    return int(seconds // DAY_SECONDS) if seconds % DAY_SECONDS == 0 else seconds / DAY_SECONDS

"""The calendar of one country is that of the library with all its countries."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import holidays

from flows import public_holidays

DAYS = [date(2020, 1, 1) + timedelta(days=number) for number in range(12 * 365)]


def told(calendar):
    return [day for day in DAYS if day in calendar]


def test_russia_read_alone_has_the_days_that_the_library_knows():
    alone = told(public_holidays.russia(range(2020, 2033)))
    assert alone == told(holidays.country_holidays("RU", years=range(2020, 2033)))
    assert {date(2026, 1, 1), date(2026, 5, 11), date(2026, 11, 4)} <= set(alone)


def test_a_library_that_keeps_its_countries_elsewhere_is_asked_in_its_own_way(monkeypatch):
    usual = told(public_holidays.russia([2026]))
    monkeypatch.setattr(public_holidays, "COUNTRY", ("countries", "no_such_file.py"))
    assert told(public_holidays.russia([2026])) == usual


def test_no_other_country_is_loaded_for_ours():
    asked = (
        "import sys; from flows.public_holidays import russia; russia([2026]); "
        "sys.exit('holidays.countries.france' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", asked], check=False, cwd=Path(__file__).parents[1]).returncode
        == 0
    )

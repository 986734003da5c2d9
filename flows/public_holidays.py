"""Public holidays of Russia: the calendar of one country, read without the two hundred others beside it."""

from __future__ import annotations

from functools import partial
from importlib.machinery import PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

COUNTRY = ("countries", "russia.py")


def russia(years: Iterable[int]) -> Container[date]:
    """Return the days of the production calendar on which nobody works, for the years given."""
    calendar: Any = _alone() or _beside_all()
    return calendar(years=years)  # type: ignore[no-any-return]


def _alone() -> Any:
    """Return the calendar from its own file: its package would bring every country. Nothing when it lies elsewhere."""
    package = PathFinder.find_spec("holidays")
    for folder in package.submodule_search_locations or () if package else ():
        file = Path(folder).joinpath(*COUNTRY)
        spec = spec_from_file_location("holidays_of_russia", file) if file.is_file() else None
        if spec and spec.loader:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            return getattr(module, "Russia", None)
    return None


def _beside_all() -> Any:
    from holidays import country_holidays  # noqa: PLC0415 - brings every country

    return partial(country_holidays, "RU")

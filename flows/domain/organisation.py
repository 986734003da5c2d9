"""The organisation as its card tells it: what it is, who leads it and stands in, where it is, which councils it held.

Beside a field stands what its name alone does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# How a kindergarten is called: in its full name, or in the heading of its plan.
KINDERGARTEN = re.compile(r"детск\w{1,40} сад|ДОУ|дошкольн|ЦРР", re.IGNORECASE)
SCHOOL = "общеобразовательн"
NOBODY = frozenset({"нет", "никому", "не передаются"})  # of the cell «Кому передаются данные»


class Nature(StrEnum):
    """What the organisation is: one that teaches, the `MANAGEMENT` over such ones, a `CENTRE` that advises them."""

    ORGANISATION = "организация"
    MANAGEMENT = "управление"
    CENTRE = "методический центр"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who stands in for the head from a day to a day, both included; an open end lasts until somebody types it."""

    name: str  # full name in the nominative
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation's card from `Настройки`."""

    slug: str  # its name in keys and on the command line
    full_name: str
    short_name: str
    city: str
    head_name: str
    head_position: str
    curator_name: str
    curator_position: str
    school_year: str  # «2026-2027»
    time_zone: str = "Europe/Moscow"  # as IANA spells it
    head_gender: str = ""
    curator_gender: str = ""
    founder: str = ""
    teachers: int | None = None  # how many work here
    young_teachers: int | None = None  # of them young specialists
    council_protocol: str = ""  # number of the last minutes, where no list of councils is kept
    council_protocol_date: date | None = None
    councils: tuple[date, ...] = ()  # days of councils in the order typed
    acting: tuple[Acting, ...] = ()  # who stood in for the head, and when
    address: str = ""  # where it is, as the charter says
    inn: str = ""  # its number as a taxpayer, ten digits
    ogrn: str = ""  # its number in the state register, thirteen digits
    page: str = ""  # address of the site's page about mentoring
    recipient: str = ""  # whom reports with personal data go to; «нет» when to nobody
    recipient_address: str = ""
    secretary: str = ""  # full name of who keeps the council's minutes
    performer: str = ""  # full name of who prepares the papers
    performer_phone: str = ""
    deputy: str = ""  # full name of who stands in for the curator
    forms: str = ""  # forms of mentoring, parted by semicolons
    pay_period: str = ""  # what time mentors are paid for: «ежемесячно»
    pay_day: str = ""  # when they are paid
    nature: Nature = Nature.ORGANISATION  # «Кто мы»
    note_length: str = "полная"  # of monitoring notes: «полная» or «краткая»

    @property
    def over_others(self) -> bool:
        """Whether it leads other organisations: then it has no council of teachers and no papers of theirs."""
        return self.nature is not Nature.ORGANISATION

    @property
    def kindergarten(self) -> bool:
        """Whether it is a kindergarten, as its name tells: children there are no mentees; a school with groups of them is none."""
        return KINDERGARTEN.search(self.full_name) is not None and SCHOOL not in self.full_name.lower()

    @property
    def transfers(self) -> bool:
        """Return whether personal data go to anybody outside, as far as the card says."""
        return self.recipient.strip().lower().rstrip(".") not in NOBODY


@dataclass(frozen=True, slots=True)
class Council:
    """A pedagogical council of the year, as typed; number and date of its minutes come after it."""

    number: str
    day: date | None
    topic: str = ""
    protocol: str = ""  # number of its minutes
    protocol_day: date | None = None
    row: int = 0  # of `Настройки`
    adopted: str = ""  # what it adopted, as typed: «положение; пары»

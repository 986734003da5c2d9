"""The values every room speaks of: where a cell stands, what is wrong, who takes part, what is planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flows.domain.keys import Key
from flows.domain.statuses import REGISTERED, SIGNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.periods import Period
    from flows.domain.terms.reading import Term, Window

Cell = str | int | float | bool | date | None
Context = dict[str, Any]


class Severity(StrEnum):
    """How much a finding weighs: `STOP` makes no document, `QUESTION` a marked draft, `NOTE` nothing."""

    STOP = "стоп"
    QUESTION = "вопрос"
    NOTE = "заметка"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was read: book, tab, row (1-based, as people see it) and column header."""

    book: str = ""
    tab: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: what is wrong, where, and how to mend it, in sentences a curator understands.

    `message` may name a cell or a code, never a person. `printed` is the cell as it was typed and
    goes to the sheet only, never to a log.
    """

    severity: Severity
    code: str
    origin: Origin
    message: str
    proposal: str = ""
    printed: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a tab: its `⚙ Код` (may be empty before the first run) and cells by canonical header."""

    origin: Origin
    code: str
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """Return the cell as stripped text, empty when there is none."""
        value = self.cells.get(column)
        return "" if value is None else str(value).strip()

    def day(self, column: str) -> date | None:
        """Return the cell when it is a date."""
        value = self.cells.get(column)
        return value if isinstance(value, date) else None

    def flag(self, column: str) -> bool:
        """Return whether the checkbox is ticked."""
        return self.cells.get(column) is True

    def number(self, column: str) -> int | None:
        """Return the cell when it is a whole number."""
        value = self.cells.get(column)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return int(value)


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the roadmap: cells verbatim, and what was understood of them.

    `audience` is who is mentored: `teachers`, `pupils`, `students`, `employers` or `mixed`. `fan_out` marks a row
    that every organisation of a district carries out. `joint` is the code of the first row that names the same order.
    `facts` are what only the file shows of a row: `joined` (torn by a page), `merged-term` and the like.
    """

    code: str
    number: str
    stage: str
    activity: str
    content: str
    term: Term
    responsible: tuple[str, ...]
    result: str
    documents: tuple[str, ...]
    origin: Origin
    status: str = ""
    printed_term: str = ""
    printed_responsible: str = ""
    audience: str = "teachers"
    fan_out: bool = False
    joint: str = ""
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """A mentor or a mentee as the tab states it; `role` is `mentor` or `mentee`.

    `sort` is «Категория лиц»; `born` and the representative are told of pupils; `consent_public` is the consent to
    publication.
    """

    code: str
    role: str
    name: str
    gender: str
    position: str
    origin: Origin
    category: str = ""
    experience: int | None = None
    subject: str = ""
    strengths: str = ""
    request: str = ""
    deficits: tuple[str, ...] = ()
    job_function: bool = False
    consent_duty: date | None = None
    consent_data: date | None = None
    young: bool = False
    status: str = ""
    most: int | None = None
    sort: str = ""
    born: date | None = None
    representative: str = ""
    representative_consent: date | None = None
    consent_public: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentoring pair; a group is one pair with several mentees. Codes point to `Person.code`."""

    code: str
    mentor: str
    mentees: tuple[str, ...]
    group: str
    form: str
    kind: str
    goal: str
    tasks: tuple[str, ...]
    start: date
    end: date
    status: str
    origin: Origin
    meetings_a_month: int | None = None
    addendum_number: str = ""
    addendum_date: date | None = None
    pay: str = ""
    codes: tuple[str, ...] = ()
    end_reason: str = ""
    end_notice: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair: planned day, the day it was held, and what came of it."""

    code: str
    pair: str
    planned: date | None
    held: date | None
    status: str
    topic: str
    origin: Origin
    deficit: str = ""
    manner: str = ""
    minutes: int | None = None
    outcome: str = ""
    mentee_score: int | None = None
    mentor_score: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation's card from `Настройки`; dates of councils are in the order typed."""

    slug: str
    full_name: str
    short_name: str
    city: str
    head_name: str
    head_position: str
    curator_name: str
    curator_position: str
    school_year: str
    time_zone: str = "Europe/Moscow"
    head_gender: str = ""
    curator_gender: str = ""
    founder: str = ""
    teachers: int | None = None
    young_teachers: int | None = None
    council_protocol: str = ""
    council_protocol_date: date | None = None
    councils: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Norm:
    """A legal act for a preamble, chosen by the paper's date; `instrumental` is the text after «В соответствии с».

    `checked` is the day somebody last looked the act up; `kinds` are the papers that quote it, `says` what it demands
    in the words of templates. An act for `workers` is not quoted where no mentor is one.
    """

    id: str
    instrumental: str
    since: date | None
    until: date | None
    source: str
    checked: date | None = None
    kinds: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    workers: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """A row of the register `Документы`: what exists, where, and how we left it.

    `covers` are codes of pairs, `marks` what the paper said of each pair and person (`flows.domain.marked`), `looked`
    what looking the file over found (`flows.work.looking`).
    """

    key: str
    version: int
    kind: str
    title: str
    draft_number: str
    state: str
    file_id: str
    fingerprint: str
    checksum: str
    intended: str
    template: str
    number: str = ""
    day: date | None = None
    covers: tuple[str, ...] = ()
    name: str = ""
    basis: str = ""
    origin: Origin = field(default_factory=Origin)
    again: bool = False
    changed: str = ""
    final: bool = False
    pdf_id: str = ""
    pdf: str = ""
    marks: tuple[str, ...] = ()
    looked: str = ""

    @property
    def parts(self) -> Key:
        """The parts of the key."""
        return Key.parse(self.key)

    @property
    def registered(self) -> bool:
        """Return whether a person typed a registration number or a date, or the state says so."""
        return bool(self.number) or self.day is not None or self.state in {REGISTERED, SIGNED}


@dataclass(frozen=True, slots=True)
class Council:
    """A pedagogical council of the year, as typed; number and date of its minutes come after it."""

    number: str
    day: date | None
    topic: str = ""
    protocol: str = ""
    protocol_day: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All a builder may look at to write one paper; every date a paper prints comes from here.

    `subject` is the code of the pair, mentor or mentee the paper is about, empty for the organisation;
    `heading` is the catalogue's; `cases` are the forms people confirmed: nominative -> case -> form. `evidence`
    (`flows.domain.monitoring.Evidence`) adds what only monitoring reads; its own `facts` are older than these.
    `councils` are the rows of `Настройки`, `pack` (`flows.domain.monitoring.Pack`) the council's folder a paper lies in.
    """

    organisation: Organisation
    today: date
    people: Mapping[str, Person] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    activities: tuple[Activity, ...] = ()
    activity: Activity | None = None
    window: Window | None = None
    period: Period | None = None
    register: tuple[Filed, ...] = ()
    norms: tuple[Norm, ...] = ()
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    subject: str = ""
    heading: str = ""
    evidence: Any = None
    councils: tuple[Council, ...] = ()
    pack: Any = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A paper that must exist: its key, what it is called, where it goes and what it says.

    What is `frozen` and filed stays as it is, whatever the data say by now. `kept` are its figures as JSON, to be
    remembered beside it; `links` are register keys of papers that get a shortcut in its folder. `file_title` is a title short
    enough for a file's name where the title itself is not.
    """

    key: str
    kind: str
    subject: str
    period: str
    title: str
    template: str
    folder: tuple[str, ...]
    name: str
    context: Context
    basis: tuple[str, ...] = ()
    due: Window | None = None
    late: bool = False
    covers: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    who: str = ""
    frozen: bool = False
    kept: str = ""
    links: tuple[str, ...] = ()
    file_title: str = ""

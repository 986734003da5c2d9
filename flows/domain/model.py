"""The values every room speaks of: where a cell stands, what is wrong, who takes part, what is planned.

One page on purpose: whoever reads any room looks the nouns up here, the organisation's own beside it in
`organisation`. Beside a field stands what its name alone does not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flows.domain.keys import Key
from flows.domain.statuses import REGISTERED, SIGNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.organisation import Council, Organisation
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

    book: str = ""  # title of the workbook or file
    tab: str = ""  # title of the tab
    row: int = 0  # 1-based, as people see it; 0 for the whole tab
    column: str = ""  # header of the column


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: what is wrong, where, and how to mend it, in sentences a curator understands."""

    severity: Severity
    code: str  # which check found it, a word of ours
    origin: Origin  # the cell it points at
    message: str  # what is wrong and how to mend it; may name a cell or a code, never a person
    proposal: str = ""  # what a «да» puts in force
    printed: str = ""  # the cell as typed: goes to the sheet only, never to a log
    subject: str = ""  # code of the row or key of the paper it is about


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a tab."""

    origin: Origin
    code: str  # `⚙ Код`, empty before the first run
    cells: Mapping[str, Cell]  # by canonical header

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


NO_ROW = Row(Origin(), "", {})


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the roadmap: cells verbatim, and what was understood of them."""

    code: str  # М-001
    number: str  # as printed, «1.2»
    stage: str  # the heading it stands under
    activity: str  # what is done
    content: str  # «Содержание»
    term: Term  # the term as it was read
    responsible: tuple[str, ...]  # parties read out of the cell
    result: str  # what comes of it, as printed
    documents: tuple[str, ...]  # ids of kinds it calls for
    origin: Origin
    status: str = ""  # a word of `statuses`
    printed_term: str = ""  # the cell of the term, verbatim
    printed_responsible: str = ""  # the cell of those who answer, verbatim
    audience: str = "teachers"  # who is mentored: `teachers`, `pupils`, `students`, `employers` or `mixed`
    fan_out: bool = False  # every organisation of a district carries it out
    joint: str = ""  # code of the first row that names the same order
    facts: frozenset[str] = frozenset()  # what only the file shows: `joined` by us, `merged-term` …
    proof: str = ""  # the cell «Подтверждение»: what shows that it is done
    others: tuple[tuple[str, str], ...] = ()  # cells of columns that play no part, verbatim, by header


@dataclass(frozen=True, slots=True)
class Person:
    """A mentor or a mentee as the tab states it."""

    code: str  # Н-001 or Л-001
    role: str  # `mentor` or `mentee`
    name: str  # full name in the nominative
    gender: str  # «м», «ж» or nothing
    position: str  # post as in the staff list
    origin: Origin
    category: str = ""  # qualification category
    experience: int | None = None  # years
    subject: str = ""  # what they teach, or their group
    strengths: str = ""  # what a mentor helps with
    request: str = ""  # what a mentee asks for
    deficits: tuple[str, ...] = ()  # lines «сфера – до – после»
    job_function: bool = False  # mentoring is a part of their own job
    consent_duty: date | None = None  # day of the consent to be a mentor or to take part
    consent_data: date | None = None  # day of the consent to process personal data
    young: bool | None = None  # a young specialist; `None` where nobody typed it
    status: str = ""  # a word of `statuses`
    most: int | None = None  # greatest number of mentees, if somebody set one
    sort: str = ""  # «Категория лиц»
    born: date | None = None  # told of pupils
    representative: str = ""  # a pupil's parent or guardian
    representative_consent: date | None = None  # day of that one's consent
    consent_public: date | None = None  # day of the consent to publication
    publishing: tuple[tuple[str, str], ...] = ()  # what it says of each sort of data, by its column
    representative_document: str = ""  # what shows that one's authority
    representative_address: str = ""
    hired: date | None = None  # first day of work here
    training: str = ""  # where and when a mentor was taught to be one


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentoring pair; a group is one pair with several mentees. Codes point to `Person.code`."""

    code: str  # П-001; of a group its upper row's
    mentor: str
    mentees: tuple[str, ...]
    group: str  # name of the group, empty for a pair
    form: str  # «педагог – педагог»
    kind: str  # «индивидуальное», «групповое», «реверсивное»
    goal: str
    tasks: tuple[str, ...]
    start: date
    end: date
    status: str  # a word of `statuses`
    origin: Origin
    meetings_a_month: int | None = None
    addendum_number: str = ""  # number of the agreement to the mentor's contract
    addendum_date: date | None = None
    pay: str = ""  # rule or sum of the extra pay
    codes: tuple[str, ...] = ()  # of all the rows that make up a group
    end_reason: str = ""  # why it ended early
    end_notice: date | None = None  # day the other side was told of the early end
    ended_by: str = ""  # whose early end it is, a word of `people.early_ends`, as typed
    by_pupil: bool = False  # a pupil or a student mentors, whatever the form says
    row: Row = field(
        default=NO_ROW, compare=False, repr=False
    )  # as typed: what only papers print needs no field


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair: planned day, the day it was held, and what came of it."""

    code: str  # В-001
    pair: str  # code of the pair
    planned: date | None
    held: date | None
    status: str  # a word of `statuses`
    topic: str
    origin: Origin
    deficit: str = ""  # which deficit it was about
    manner: str = ""  # how they met, «очно»
    minutes: int | None = None
    outcome: str = ""  # what was done
    mentee_score: float | None = None  # 1 to 10
    mentor_score: float | None = None  # 1 to 10
    reason: str = ""  # why it was not held, as typed


@dataclass(frozen=True, slots=True)
class Norm:
    """A legal act for a preamble, chosen by the paper's date."""

    id: str
    instrumental: str  # the text after «В соответствии с»
    since: date | None  # in force from, both ends included
    until: date | None
    source: str  # where it was published
    checked: date | None = None  # the day somebody last looked the act up
    kinds: tuple[str, ...] = ()  # ids of kinds that quote it
    says: Mapping[str, str] = field(default_factory=dict)  # what it demands, in the words of templates
    workers: bool = False  # not quoted where no mentor is a worker
    pupils: bool = False  # not quoted where nobody who takes part is a pupil or a student


@dataclass(frozen=True, slots=True)
class Filed:
    """A row of the register `Документы`: what exists, where, and how we left it."""

    key: str  # organisation/kind/subject/period
    version: int  # counts from 1 for each key
    kind: str
    title: str
    draft_number: str  # ПР-2026-001
    state: str  # a word of `statuses`
    file_id: str  # in Drive
    fingerprint: str  # of template and context when we last wrote it
    checksum: str  # of the file as we left it
    intended: str  # what was begun and not finished
    template: str  # file name
    number: str = ""  # registration number
    day: date | None = None  # day of registration
    covers: tuple[str, ...] = ()  # codes of the pairs it names
    name: str = ""  # of the file
    basis: str = ""  # rows and councils that called for it
    origin: Origin = field(default_factory=Origin)  # its row
    again: bool = False  # somebody ticked «Подготовить новую версию»
    changed: str = ""  # the cell «Данные изменились»
    final: bool = False  # the registered paper, not its draft
    pdf_id: str = ""
    pdf: str = ""  # the cell «PDF»
    marks: tuple[str, ...] = ()  # what it said of each pair and person (`register.paper_marks`)
    looked: str = ""  # what looking the file over found (`work.inspection`)
    signed_by: str = ""  # «Подписал», as typed

    @property
    def parts(self) -> Key:
        """The parts of the key."""
        return Key.parse(self.key)

    @property
    def registered(self) -> bool:
        """Return whether a person typed a registration number or a date, or the state says so."""
        return bool(self.number) or self.day is not None or self.state in {REGISTERED, SIGNED}


@dataclass(frozen=True, slots=True)
class Facts:
    """All a builder may look at to write one paper; every date a paper prints comes from here.

    `evidence`, `district` and `pack` are of rooms that read this page, so their types cannot stand here.
    """

    organisation: Organisation
    today: date  # only to judge what is due; no paper prints it
    people: Mapping[str, Person] = field(default_factory=dict)  # by code, as they are on the paper's day
    pairs: tuple[Pair, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    activities: tuple[Activity, ...] = ()
    activity: Activity | None = None  # the row a paper is for
    window: Window | None = None  # the span of days a paper is for
    period: Period | None = None  # of the roadmap
    plan: str = ""  # the roadmap's own title, as printed
    register: tuple[Filed, ...] = ()
    norms: tuple[Norm, ...] = ()
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # nominative, case, form
    subject: str = ""  # code of whom the paper is about, empty for the organisation
    heading: str = ""  # the catalogue's
    district: Any = None  # `district.data.DistrictData`, of a district's own book
    evidence: Any = None  # `monitoring.indicators.evidence.Evidence`; its own facts are older
    councils: tuple[Council, ...] = ()  # rows of `Настройки`
    pack: Any = None  # `councils.pack.Pack`: the council's folder a paper lies in
    day: date | None = None  # the paper's own, where planning has named it
    history: Mapping[str, tuple[tuple[date, Person], ...]] = field(
        default_factory=dict
    )  # who is what since when
    days_off: frozenset[date] = frozenset()  # the country's and the organisation's own


@dataclass(frozen=True, slots=True)
class Planned:
    """A paper that must exist: its key, what it is called, where it goes and what it says."""

    key: str
    kind: str
    subject: str  # code of whom or what it is about
    period: str  # school or calendar year
    title: str
    template: str  # file name
    folder: tuple[str, ...]  # path, by parts
    name: str  # pattern of the file's name
    context: Context  # what the template reads
    basis: tuple[str, ...] = ()  # rows and councils that call for it
    due: Window | None = None  # the window it is for
    late: bool = False  # that window is over
    covers: tuple[str, ...] = ()  # codes of the pairs it names
    rows: tuple[str, ...] = ()  # codes of rows that call for it
    who: str = ""  # short name of whom it is about
    frozen: bool = False  # what is filed stays as it is, whatever the data say by now
    held: str = ""  # what must come before it; until then no clean copy is made of it
    kept: str = ""  # its figures as JSON, remembered beside it
    links: tuple[str, ...] = ()  # register keys that get a shortcut in its folder
    file_title: str = ""  # a title short enough for a file, where its own is not
    drafted: Context = field(
        default_factory=dict
    )  # what its draft says, where the day of registration says otherwise

"""A row of a district's plan as it goes to an organisation, and how it is spelled in that one's hidden tab."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.domain import periods
from flows.domain.model import NO_ROW
from flows.domain.roadmap import audience, district_trace
from flows.domain.roadmap.file_trace import PRINTED
from flows.domain.row_codes import well_spelt
from flows.domain.statuses import NOT_NEEDED, STOPPING
from flows.domain.terms.reading import Window
from flows.domain.text import cleaned, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.district.members import Member
    from flows.domain.model import Activity, Row

WHAT, WHOSE = "район", "чей"
SENT, WITHDRAWN = "sent", "withdrawn"
HELD = "held"  # neither sent nor withdrawn: what an organisation has of it stays as it is
NO_PAPER = "не готовить"


@dataclass(frozen=True, slots=True)
class Handed:
    """One row handed out: verbatim cells, the windows that the district read, who sent it, whether it still stands."""

    code: str  # М-005 of the district's row
    number: str
    stage: str
    activity: str
    content: str
    term: str
    responsible: str
    result: str
    windows: tuple[tuple[str, str], ...] = ()  # ISO days, empty for none
    reading: str = ""  # kind of the term as the district read it
    kinds: str = ""  # «Готовить документ» as typed
    sender: str = ""  # short name of the district
    state: str = SENT

    @property
    def spelled(self) -> str:
        """Spell it as JSON; the code is its key and no part of it."""
        told = {name: value for name, value in asdict(self).items() if value and name != "code"}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    @property
    def cells(self) -> dict[str, str]:
        """The cells that it fills in an organisation's roadmap, by the tab's headers."""
        told = (
            self.number,
            self.stage,
            self.activity,
            self.content,
            self.term,
            self.responsible,
            self.result,
        )
        return {**dict(zip(PRINTED, told, strict=True)), district_trace.KINDS: self.kinds}

    @property
    def spans(self) -> tuple[Window, ...]:
        """Its windows as days; one that is spoilt is left out."""
        return tuple(
            Window(_day(start), _day(end)) for start, end in self.windows if _day(start) or _day(end)
        )

    @property
    def trace(self) -> str:
        """What the hidden cell of its row says."""
        sums = district_trace.sums_of(self.cells)
        return district_trace.DistrictTrace(self.code, sums, self.reading, self.spans).spelled

    def over(self, day: date) -> bool:
        """Tell whether its last window ended before a day."""
        return _over(self.spans, day)


def parse(code: str, text: str) -> Handed | None:
    """Read what `spelled` wrote; nothing where the cell is spoilt."""
    try:
        told: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    names = {each.name for each in fields(Handed)} - {"code", "windows"}
    plain = {name: str(told.get(name) or "") for name in names}
    windows = tuple(
        (str(each[0]), str(each[1]))
        for each in _listed(told.get("windows"))
        if isinstance(each, list) and len(each) == len(("start", "end"))
    )
    if not plain["activity"] or plain["state"] not in {"", SENT, WITHDRAWN}:
        return None
    return Handed(code=code, windows=windows, **{**plain, "state": plain["state"] or SENT})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def handed(
    activities: Iterable[Activity], rows: Iterable[Row], member: Member, sender: str, today: date
) -> tuple[Handed, ...]:
    """Say which rows of a district's plan an organisation must have today; `sender` is the district's short name.

    `rows` are those of the tab as answers make them read. A row that the district marked «не требуется» goes to nobody.
    One whose term cannot be meant, or is over since before the school year, is `HELD`; so is one that says again what
    a row above it says.
    """
    typed = {row.code: row for row in rows}
    listed = [
        _handed(each, typed.get(each.code, NO_ROW), sender, today)
        for each in activities
        if well_spelt(each.code)
        and each.status != NOT_NEEDED
        and _goes(each, typed.get(each.code, NO_ROW), member)
    ]
    return tuple(replace(each, state=HELD) if each in repeated(listed) else each for each in listed)


def repeated(rows: Sequence[Handed]) -> tuple[Handed, ...]:
    """Return the rows that say word for word what one above them says: somebody copied a row of the plan."""
    above: set[tuple[object, ...]] = set()
    found: list[Handed] = []
    for each in rows:
        told = (*(fold(text) for text in each.cells.values()), each.windows)
        if told in above:
            found.append(each)
        above.add(told)
    return tuple(found)


def _goes(activity: Activity, row: Row, member: Member) -> bool:
    named = audience.reach(row)
    if not named:
        return activity.fan_out
    return audience.EVERYBODY in named or bool(
        named & {fold(each) for each in (member.slug, member.name, member.code)}
    )


def _handed(activity: Activity, row: Row, sender: str, today: date) -> Handed:
    kinds = [part.strip() for part in row.text(district_trace.KINDS).split(";")]
    whole = Handed(
        code=activity.code,
        number=_plain(activity.number),
        stage=_plain(activity.stage),
        activity=_plain(activity.activity or activity.content),
        content=_plain(activity.content if activity.activity else ""),
        term=_plain(activity.printed_term),
        responsible=_plain(activity.printed_responsible),
        result=_plain(activity.result),
        windows=tuple((_iso(each.start), _iso(each.end)) for each in activity.term.windows),
        reading=activity.term.kind,
        kinds="; ".join(part for part in kinds if part and fold(part) != NO_PAPER),
        sender=_plain(sender),
    )
    return (
        replace(whole, state=HELD)
        if activity.term.flags & STOPPING or stale(activity.term.windows, today)
        else whole
    )


def _plain(text: str) -> str:
    return cleaned(text).strip()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def stale(windows: Sequence[Window], today: date) -> bool:
    """Tell days that are over since before the school year: nobody owes them any more."""
    year = periods.parse(periods.school_year(today))
    return year is not None and _over(windows, year.start)


def _over(windows: Sequence[Window], day: date) -> bool:
    ends = [window.end or date.max for window in windows]
    return bool(ends) and max(ends) < day

"""Which papers a pedagogical council needs today: each opens its kind's lead days before it and closes with it (domain §5.3)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.named import CONTENTS, EXTRACT, NOTE, SPEECH
from flows.domain.councils.agenda import agenda
from flows.domain.councils.handouts import handouts
from flows.domain.councils.pack import How, Pack, folder_of, made_for, numbered, pack
from flows.domain.councils.seasons import season_of, year_of
from flows.domain.councils.speech import speaks
from flows.domain.monitoring.note.comparison import iso_day
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.note.shape import Note, NoteLine
from flows.domain.periods import Period
from flows.domain.planning import sittings
from flows.domain.planning.due import opens
from flows.domain.planning.folder_places import lying_here, of_minutes, placed, to_be
from flows.domain.planning.notes import first_day
from flows.domain.planning.wanted import Wanted, exists
from flows.domain.register.life import latest
from flows.domain.terms.reading import Window
from flows.domain.terms.typed_days import typed_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Planned
    from flows.domain.organisation import Council
    from flows.domain.planning.wanted import Wishes

SUBJECT = "council"
ASKED, EXTRACTS = "council/", f"{EXTRACT}/"
NEAR = timedelta(days=60)
NO_ROWS = "Вписать в список некого и нечего, поэтому он не готовится."
NOTHING_TO_SAY = (
    "Справки к этому педсовету и мероприятий дорожной карты на этот год нет, поэтому тезисы не готовятся."
)


def notes(facts: Facts, wishes: Wishes, planned: Sequence[Planned]) -> Iterator[Wanted]:
    """Plan a council's own note where the roadmap's windows leave it without one; in August there is nothing to write of."""
    kind, contents = wishes.kinds.get(NOTE), wishes.kinds.get(CONTENTS)
    if kind is None or not kind.made or contents not in _made(wishes):
        return
    begun = first_day(facts)
    for number, day, now in days_of(facts, wishes):
        if not _open(contents, day, facts, wishes, now=now):
            continue
        own = exists(facts, kind, day.isoformat(), year_of(day))
        if (
            season_of(day) == "август"
            or begun is None
            or begun > min(day, facts.today)
            or (_of_roadmap(planned, day) and not own)
        ):
            continue
        filed = next(
            (row for row in facts.register if row.kind == NOTE and row.parts.subject == day.isoformat()), None
        )
        bare = pack(facts, number, day)
        closed = _over(day, facts, now=now) or (filed is not None and filed.registered)
        yield Wanted(
            kind,
            day.isoformat(),
            year_of(day),
            Window(year_before(day).start, day),
            frozen=closed and filed is not None,
            pack=bare,
        )


def papers(facts: Facts, wishes: Wishes, planned: Sequence[Planned]) -> Iterator[Wanted]:
    """Plan the papers of every folder that are due, asked for or there already; what lies elsewhere is linked, not made anew."""
    for number, day, now in days_of(facts, wishes):
        kinds = [
            kind for kind in _made(wishes) if _belongs(kind, day) and _open(kind, day, facts, wishes, now=now)
        ]
        if not kinds:
            continue
        told = replace(facts, register=_register(facts, planned, day))
        whole = pack(told, number, day, *_note(facts, planned, day))
        items = (placed(lying_here(item, planned, day), told, planned) for item in whole.items)
        whole = replace(whole, items=tuple(items))
        there = {kind.id for kind in kinds if exists(facts, kind, day.isoformat(), year_of(day))}
        whole = without_empty(whole, told, there)
        gone = {item.kind for item in whole.items if item.how is How.MISSING}
        for kind in (each for each in kinds if each.id not in gone):
            rows = tuple(
                row for row in facts.activities if kind.id in row.documents and covers(row.term.windows, day)
            )
            yield Wanted(
                kind,
                day.isoformat(),
                year_of(day),
                Window(opens(Window(None, day), kind, wishes.days_off), day),
                rows,
                named=whole.folder[-1],
                frozen=_over(day, facts, now=now) and exists(facts, kind, day.isoformat(), year_of(day)),
                pack=whole,
            )


def without_empty(whole: Pack, facts: Facts, there: Collection[str]) -> Pack:
    """Return a folder whose lists without a row are not made, and say so where they would stand; those that are `there` stay."""
    empty = {each.kind: NO_ROWS for each in handouts(whole, facts) if not each.table.rows}
    if not speaks(whole, facts):
        empty[SPEECH] = NOTHING_TO_SAY
    lacking = {kind: why for kind, why in empty.items() if kind not in there}
    return replace(
        whole,
        items=tuple(
            replace(item, how=How.MISSING, why=lacking[item.kind]) if item.kind in lacking else item
            for item in whole.items
        ),
    )


def ahead(kind: Kind, activity: Activity, facts: Facts, wishes: Wishes) -> date | None:
    """Return the next council to come that lies in a row's windows and whose folder a paper of a kind will open in."""
    days = (
        day
        for _, day, _ in numbered(facts.councils)
        if _belongs(kind, day)
        and covers(activity.term.windows, day)
        and opens(Window(None, day), kind, wishes.days_off) > facts.today
    )
    return min(days, default=None)


def chosen(typed_name: str, councils: Sequence[Council], today: date) -> tuple[str, date] | None:
    """Find the council that a number, a day or nothing at all (the nearest to come) names: its number and day; `None` when there is none."""
    known = [(number, day) for number, day, _ in numbered(councils)]
    coming = [each for each in known if each[1] >= today]
    typed = typed_day(typed_name.strip())
    if typed:
        return next((each for each in known if each[1] == typed), None)
    if not typed_name.strip():
        return coming[0] if coming else None
    wanted = typed_name.strip().removeprefix("№").strip().removesuffix(".0")
    return next((each for each in (*coming, *reversed(known)) if each[0] == wanted), None)


def heard(typed_name: str, councils: Sequence[Council], today: date) -> tuple[str, date] | None:
    """Find the council an extract is asked of: named as for `chosen`, by nothing the last one held, else the nearest to come."""
    held = [(number, day) for number, day, _ in numbered(councils) if day <= today]
    return held[-1] if held and not typed_name.strip() else chosen(typed_name, councils, today)


def extracts(kind: Kind, facts: Facts, wishes: Wishes) -> set[date]:
    """Return the days of the councils an extract is asked of now or was made of before."""
    asked = (
        heard(each.removeprefix(EXTRACTS), facts.councils, facts.today)
        for each in wishes.at_once
        if each.startswith(EXTRACTS)
    )
    known = {day.isoformat(): day for _, day, _ in numbered(facts.councils)}
    there = {known.get(row.parts.subject) for row in facts.register if row.kind == kind.id}
    return {each[1] for each in asked if each} | {day for day in there if day}


def _made(wishes: Wishes) -> list[Kind]:
    return [
        kind
        for kind in wishes.kinds.values()
        if kind.made and kind.subject == SUBJECT and kind.id in wishes.builders
    ]


def _belongs(kind: Kind, day: date) -> bool:
    return kind.id == CONTENTS or kind.id in made_for(day)


def _open(kind: Kind, day: date, facts: Facts, wishes: Wishes, *, now: bool) -> bool:
    """Tell whether a paper of a council's folder must exist: asked for now, there already, or its days before the council have come."""
    if now or exists(facts, kind, day.isoformat(), year_of(day)):
        return True
    return opens(Window(None, day), kind, wishes.days_off) <= facts.today <= day


def _over(day: date, facts: Facts, *, now: bool) -> bool:
    return day < facts.today and not now


def opened(day: date, facts: Facts, wishes: Wishes, *, now: bool) -> bool:
    """Tell whether the folder of a council is being put together: it has opened and its day is not over, or somebody asks for it."""
    contents = wishes.kinds.get(CONTENTS)
    if contents is None or contents not in _made(wishes):
        return False
    return now or (day >= facts.today and _open(contents, day, facts, wishes, now=False))


def bare(facts: Facts, number: str, day: date, planned: Sequence[Planned]) -> Pack:
    """Return a council's folder with its agenda alone, for a paper that needs no more of it."""
    note, about = _note(facts, planned, day)
    return Pack(
        number, day, season_of(day), folder_of(number, day), (), agenda(day, note, facts), note, about
    )


def days_of(facts: Facts, wishes: Wishes) -> Iterator[tuple[str, date, bool]]:
    """Yield each council's number, its day, and whether its folder is asked for now; of two on one day the upper."""
    named = (
        chosen(each.removeprefix(ASKED), facts.councils, facts.today)
        for each in wishes.at_once
        if each.startswith(ASKED)
    )
    asked = {each[1] for each in named if each}
    seen: set[date] = set()
    for number, day, _ in numbered(facts.councils):
        if day not in seen:
            seen.add(day)
            yield number, day, day in asked


def _of_roadmap(planned: Sequence[Planned], day: date) -> Planned | None:
    """Find the roadmap's note that a council hears: the latest whose window has begun and does not end long before it."""
    notes = [(each.due, each) for each in planned if each.kind == NOTE and each.rows and each.due]
    fit = [
        (due.end, each.key, each)
        for due, each in notes
        if due.end and day - NEAR <= due.end and (due.start or due.end) <= day
    ]
    return max(fit, key=lambda note: note[:2])[2] if fit else None


def _chosen_note(planned: Sequence[Planned], day: date) -> Planned | None:
    own = next((each for each in planned if each.kind == NOTE and each.subject == day.isoformat()), None)
    return own or _of_roadmap(planned, day)


def _note(facts: Facts, planned: Sequence[Planned], day: date) -> tuple[Note | None, str]:
    """Return the note a council hears, as far as its papers need it, and its subject: of a closed one what was kept with it."""
    mine = _chosen_note(planned, day)
    if mine is None:
        return None, ""
    kept = [each for each in facts.evidence.previous if each.get("key") == mine.key] if facts.evidence else []
    told: Mapping[str, object] = kept[0] if mine.frozen and kept else json.loads(mine.kept or "{}")
    advice = told.get("recommendations")
    lines = tuple(NoteLine(str(text)) for text in advice) if isinstance(advice, list) else ()
    ask = Ask(Focus(str(told.get("focus") or Focus.PROGRAMME)), stage=str(told.get("stage") or ""))
    title, span = str(told.get("title") or mine.title), _period(told) or year_before(day)
    return Note(ask, title, span, None, "", (), (), recommendations=lines), mine.subject


def _period(told: Mapping[str, object]) -> Period | None:
    kept = told.get("period")
    days = [iso_day(kept.get(end)) for end in ("start", "end")] if isinstance(kept, dict) else []
    return Period(days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None  # noqa: PLR2004 - two ends


def _register(facts: Facts, planned: Sequence[Planned], day: date) -> tuple[Filed, ...]:
    """Return the register as it will stand after this run; of the notes only the one this council hears, of minutes only its own."""
    known = latest(facts.register)
    coming = tuple(to_be(each) for each in planned if each.key not in known)
    mine = _chosen_note(planned, day)
    sat = {each.key for each in planned if of_minutes(each.kind) and sittings.day_of(each.due, facts) == day}
    return tuple(
        row
        for row in (*facts.register, *coming)
        if (row.kind != NOTE or (mine is not None and row.key == mine.key))
        and (not of_minutes(row.kind) or row.key in sat)
    )


def covers(windows: Sequence[Window], day: date) -> bool:
    """Tell whether a day falls into one of the windows."""
    return any((window.start or date.min) <= day <= (window.end or date.max) for window in windows)


def year_before(day: date) -> Period:
    """Return the school year that a council belongs to."""
    first = int(year_of(day)[:4])
    return periods.of_years(first, first + 1)

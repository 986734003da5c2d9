"""One organisation's book read for its district: nothing is taken, nothing written, and whatever fails is a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.book import card, chosen_kinds
from flows.domain.district.fan_out import STANDS, stand_of
from flows.domain.district.giving import Held, given
from flows.domain.district.handing import WHAT, WHOSE, parse
from flows.domain.district.reach import Reach
from flows.domain.district.returns import Return, Unreached
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.model import Severity
from flows.domain.register.in_force import in_force
from flows.domain.register.life import latest
from flows.domain.roadmap.district_trace import HEADER
from flows.domain.tabs import (
    FINDINGS,
    MEETINGS,
    MENTEES,
    MENTORS,
    PAIRS,
    REGISTER,
    ROADMAP,
    SCHEME,
    SCORE_CARD,
    SETTINGS,
    STAFF_EVENTS,
    SURVEYS,
)
from flows.work.district.directory import is_districts, reach_of
from flows.work.stages import Seen
from flows.work.think import planned, understanding
from flows.workspace import reading, workbook
from flows.workspace.layout import at_schema
from flows.workspace.scheme import scheme_of

if TYPE_CHECKING:
    from flows.domain.book.understanding import Understood
    from flows.domain.district.handing import Handed
    from flows.domain.model import Context, Facts, Filed
    from flows.domain.planning.plan import Plan
    from flows.work.stages import Errand
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Snapshot

# Without any of these a zero would speak of the lost tab and not of the organisation.
NEEDED = (
    SETTINGS,
    ROADMAP,
    MENTORS,
    MENTEES,
    PAIRS,
    MEETINGS,
    SURVEYS,
    SCORE_CARD,
    STAFF_EVENTS,
    REGISTER,
)
IN_THE_BIN = "Книга организации «{slug}» лежит в корзине. Верните её из корзины и повторите."
LACKING = "В книге организации «{slug}» не читаются вкладки: {tabs}. Верните им названия и заголовки (откройте книгу: причина написана во вкладке «{findings}») и повторите."
DISTRICTS_OWN = "По коду «{slug}» открылась книга района, а нужна книга организации. Исправьте ссылку в строке организации."
BROKEN = "Книга организации «{slug}» не посчитана из-за ошибки программы ({kind}). Остальные организации посчитаны; пришлите этот текст тому, кто помогает с программой."


def collected(errand: Errand) -> Return | Unreached:
    """Read one organisation's book and count what it gives back; the reason, in a sentence, where that cannot be done.

    One reading, one plan, no print, no lease, no write. A book of an older schema is read as it is.
    """
    slug = errand.place.slug
    try:
        return _returned(errand)
    except (Misconfigured, TryLater, Refused) as trouble:
        return Unreached(slug, reach_of(trouble), str(trouble))
    except Exception as fault:  # noqa: BLE001 - one organisation must not stop the others; its words may name people
        return Unreached(slug, Reach.FAULT, BROKEN.format(slug=slug, kind=type(fault).__name__))


def _returned(errand: Errand) -> Return | Unreached:
    slug, space, place = errand.place.slug, errand.space, errand.place
    snapshot = space.sheets.read(place.book)
    if space.drive.entry(place.book).trashed:
        return Unreached(slug, Reach.BINNED, IN_THE_BIN.format(slug=slug))
    if is_districts(snapshot):
        return Unreached(slug, Reach.DISTRICT, DISTRICTS_OWN.format(slug=slug))
    errand, book = _as_it_is(errand, snapshot)
    lacking = [tab for tab in NEEDED if tab in book.unread]
    if lacking:
        tabs = ", ".join(f"«{tab}»" for tab in lacking)
        return Unreached(slug, Reach.BROKEN, LACKING.format(slug=slug, tabs=tabs, findings=FINDINGS))
    errand, understood = understanding(errand, seen := _seen(errand, book))
    _, plan = planned(_unwritten(errand), seen, understood)
    return given(slug, understood.facts, _held(book, understood, plan))


def _as_it_is(errand: Errand, snapshot: Snapshot) -> tuple[Errand, Book]:
    """Read a book; one of an older schema by the columns that it has: only its own run brings it up to date."""
    layout = errand.supplies.layout
    scheme = snapshot.sheet(SCHEME)
    if scheme is not None and workbook.outdated(snapshot, layout):
        layout = at_schema(layout, workbook.version_of(scheme_of(scheme).texts))
    supplies = replace(errand.supplies, layout=layout)
    return replace(errand, supplies=supplies), reading.read(snapshot, layout)


def _seen(errand: Errand, book: Book) -> Seen:
    """Return a look without files: nothing is printed, so that templates of their own need only be named."""
    card_read, _ = card.read(errand.place.slug, reading.lines(book))
    own = chosen_kinds.files(card_read.kinds, errand.supplies.kinds).values()
    return Seen(book, {}, dict.fromkeys(own, b""), _unprinted)


def _unwritten(errand: Errand) -> Errand:
    """Let nobody write what papers say: which papers a row calls for is all that is asked, and it costs a tenth."""
    nothing = dict.fromkeys(errand.supplies.builders, _no_context)
    return replace(errand, supplies=replace(errand.supplies, builders=nothing))


def _no_context(facts: Facts) -> Context:
    del facts
    return {}


def _unprinted(entry: Entry) -> bytes:
    """Return no bytes: a file that is not printed is not read."""
    del entry
    return b""


def _held(book: Book, understood: Understood, plan: Plan) -> Held:
    stops = {
        (each.code, each.subject, each.origin)
        for each in (*understood.problems, *understood.still_open(plan.problems))
        if each.severity is Severity.STOP
    }
    return Held(
        scheme=workbook.version_of(book.scheme.texts),
        rows=understood.seen.get(ROADMAP, ()),
        handed=handed(book),
        papers=_papers(plan, understood.facts.register),
        known={code: stand_of(text).state for code, text in book.scheme.all(STANDS).items()},
        can_lay=HEADER in book.tables[ROADMAP].columns,
        stops=len(stops),
        titles={kind.id: kind.title for kind in understood.kinds.values()},
    )


def handed(book: Book) -> tuple[Handed, ...]:
    """Read what the district handed out, from the hidden tab; a spoilt entry is passed over."""
    entries = ((code, text) for code, text in book.scheme.all(WHAT).items() if code != WHOSE)
    found = (parse(code, text) for code, text in sorted(entries))
    return tuple(each for each in found if each is not None)


def _papers(plan: Plan, register: tuple[Filed, ...]) -> dict[str, tuple[Filed, ...]]:
    """Return the papers that each row of the roadmap has in the register; what is in force before a draft of a newer version."""
    standing = {**latest(register), **{each.key: each for each in in_force(register)}}
    papers: dict[str, tuple[Filed, ...]] = {}
    for each in plan.planned:
        if each.key in standing:
            for row in each.rows:
                papers[row] = (*papers.get(row, ()), standing[each.key])
    return papers

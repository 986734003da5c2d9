"""What a look calls for: facts, plan, steps, drafts and findings (DESIGN §3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.book.understanding import BookContents, Supplied, Understood, understand
from flows.domain.documents import own_kinds
from flows.domain.model import Severity
from flows.domain.planning.plan import Plan, plan
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.register import postponed
from flows.domain.tabs import FINDINGS, NOTE_FIGURES, REGISTER, SETTINGS, SURVEYS
from flows.work import access, inspection, offering, template_copies
from flows.work.district import fan_out
from flows.work.stages import Thought
from flows.work.steps import asked, beside_edited, stands, steps_of
from flows.workspace import reading, recovery, snapshots, typed_cells
from flows.workspace.forms import response_tabs
from flows.workspace.register import filed_rows
from flows.workspace.scheme import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.model import Filed, Problem
    from flows.work.stages import Errand, Seen
    from flows.workspace.layout import Layout
    from flows.workspace.reading import Book

# Without the card, the register or people's answers nothing can be said of any paper.
WHOLE = frozenset({SETTINGS, REGISTER, FINDINGS})


def think(errand: Errand, seen: Seen) -> Thought:
    """Compute what must exist, compare it with what does, and render nothing yet but what has to be made."""
    errand, understood = understanding(errand, seen)
    wishes, called_for = planned(errand, seen, understood)
    unread = _unread(seen, understood)
    steps, drafts, slips = steps_of(errand, seen, called_for, understood.facts)
    register, card = understood.facts.register, understood.facts.organisation
    stops = [
        each
        for each in (*understood.problems, *called_for.problems, *slips)
        if each.severity is Severity.STOP
    ]
    slips += postponed.unnoticed(understood.facts, {step.key for step in steps}, stops)
    slips += postponed.doubled(register)
    slips += beside_edited(register, seen)
    looks = inspection.again(register, card, seen.entries, partial(stands, seen=seen), seen.media)
    slips += inspection.findings(register, looks)
    offers = offering.found(errand, understood)
    later = [
        *called_for.problems,
        *slips,
        *asked(steps),
        *recovery.copies(understood.facts.register, seen.entries.values()),
        *template_copies.questions(seen.copies, seen.book.snapshot.title),
        *access.findings(errand, seen.book),
        *offers.problems,
        *fan_out.findings(errand, seen, understood),
    ]
    problems = tuple(dict.fromkeys((*understood.problems, *understood.still_open(later))))
    unused = () if unread else _useless(understood, later, seen)
    news = tuple(dict.fromkeys((*seen.copies.news, *template_copies.unheard(seen.copies, seen.book))))
    return Thought(understood, called_for, steps, drafts, problems, wishes, looks, unused, news, offers)


def planned(errand: Errand, seen: Seen, understood: Understood) -> tuple[Wishes, Plan]:
    """Plan what a book as it is understood calls for; nothing where the card, the register or answers could not be read."""
    supplies, unread = errand.supplies, _unread(seen, understood)
    doubts = Doubts(unread, understood.stopped, understood.unsure)
    wishes = Wishes(supplies.kinds, supplies.builders, understood.facts.days_off, doubts, errand.at_once)
    if unread & WHOLE:
        return wishes, Plan(doubts=replace(doubts, kinds=frozenset(supplies.kinds)))
    return wishes, plan(understood.facts, wishes)


def _unread(seen: Seen, understood: Understood) -> frozenset[str]:
    return seen.book.unread | ({SETTINGS} if _card_fails(understood) else frozenset())


def understanding(errand: Errand, seen: Seen) -> tuple[Errand, Understood]:
    """Return the book as it is understood, and the errand with the kinds of papers that the book adds or changes."""
    supplies = errand.supplies
    contents = _contents(seen.book, seen.lost, supplies.layout, frozenset(seen.templates))
    supplied = Supplied(
        supplies.kinds, supplies.norms, supplies.monitoring, supplies.days_off, supplies.forms
    )
    understood = understand(errand.place.slug, contents, errand.today, supplied)
    builders = {**supplies.builders, **own_kinds.builders(understood.kinds)}
    return replace(errand, supplies=replace(supplies, kinds=understood.kinds, builders=builders)), understood


def _useless(understood: Understood, later: Sequence[Problem], seen: Seen) -> tuple[Problem, ...]:
    """Tell beside answers that their question is gone; of what was carried out nothing is said, nor of what could not be read."""
    gone = understood.unused(later)
    return tuple(
        each
        for each in gone
        if not seen.copies.carried_out(each.subject)
        and not offering.carried_out(each.subject)
        and not fan_out.carried_out(each.subject)
    )


def _card_fails(understood: Understood) -> bool:
    return any(each.code == "card-missing" for each in understood.problems)


def _contents(book: Book, lost: tuple[Filed, ...], layout: Layout, templates: frozenset[str]) -> BookContents:
    numbers = {
        key.removeprefix("код/"): int(value)
        for key, value in book.scheme.all("счёт").items()
        if key.startswith("код/") and value.isdecimal()
    }
    rows = {title: table.rows for title, table in book.tables.items()}
    register = (*filed_rows(book.tables[REGISTER]), *lost) if REGISTER in book.tables else ()
    grids = response_tabs(book.snapshot, layout, {row.text("Анкета") for row in rows.get(SURVEYS, ())})
    kept = snapshots.kept(book.snapshot.sheet(NOTE_FIGURES))
    return BookContents(
        book.snapshot.title,
        rows,
        reading.lines(book),
        register,
        numbers,
        book.problems,
        book.unread,
        grids,
        kept,
        templates,
        book.scheme.all(ROW),
        partial(typed_cells.in_tab, layout),
    )

"""The road from one end to the other: look, think, take the lease, act, say (DESIGN §3, §7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.errors import TryLater
from flows.domain.register.life import Action
from flows.domain.tabs import NOTE_FIGURES, REGISTER
from flows.work import access, not_filed, offering, opening, template_laying, template_renewal
from flows.work.district import fan_out
from flows.work.look import look
from flows.work.stages import Errand, Made, Report, Seen, Thought
from flows.work.think import think
from flows.work.write_back import code_requests, said, say, write_codes
from flows.workspace import doubled_numbers, recovery, shortcuts, workbook, writeback
from flows.workspace import lease as leases
from flows.workspace.filing import Cabinet
from flows.workspace.register import filed_rows
from flows.workspace.register_tab import VANISHED, RegisterTab
from flows.workspace.registered_files import unprinted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flows.domain.model import Filed, Problem
    from flows.domain.register.life import Step
    from flows.settings import Place
    from flows.work.stages import Supplies
    from flows.workspace.drafts import Draft
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.shortcuts import Pointer
    from flows.workspace.space import Workspace

ROUNDS = 3


def prepare(  # noqa: PLR0913 - two of them are options
    space: Workspace,
    place: Place,
    today: date,
    supplies: Supplies,
    *,
    dry_run: bool = False,
    at_once: frozenset[str] = frozenset(),
) -> Report:
    """Walk the road on an errand of these parts; what it does, returns and raises is `walk`'s."""
    return walk(Errand(space, place, today, supplies, at_once), dry_run=dry_run)


def walk(errand: Errand, *, dry_run: bool = False) -> Report:
    """Make every paper that must exist today, once; say what is in the way of the others.

    Nothing is taken or written when nothing has changed. Raises `TryLater` and `Misconfigured`; a run that was
    broken at any point is finished by the next one.
    """
    seen = look(errand)
    thought = think(errand, seen)
    old = workbook.outdated(seen.book.snapshot, errand.supplies.layout)
    waiting = old or wanted(errand, seen, thought)
    if dry_run or not waiting:
        ahead = template_renewal.ahead(seen.copies)
        return replace(_report(errand, seen, thought), waiting=waiting, copies=ahead)
    lease = leases.take(errand.space, errand.place.book, leases.lock_of(seen.book.snapshot))
    with leases.holding(lease):
        made, thought, copies = _under(errand, lease, seen, thought, old=old)
    return replace(_report(errand, seen, thought), made=made, written=True, copies=copies)


def _report(errand: Errand, seen: Seen, thought: Thought) -> Report:
    """Report what was thought, against the book as it was seen first."""
    return Report(
        errand.place.slug,
        (),
        thought.steps,
        thought.problems,
        written=False,
        link=seen.book.snapshot.link,
        called=_called(thought),
        fresh=writeback.unlisted(seen.book, thought.problems),
    )


def _under(
    errand: Errand, lease: Lease, before: Seen, thought: Thought, *, old: bool
) -> tuple[tuple[Made, ...], Thought, tuple[str, ...]]:
    """Look and think again under the lease, then act; tell of copies of templates what became of them.

    Where the look shows what it showed before, the thought is the one of before.
    """
    if old:
        errand.space.keep(errand.place.book)
        lease.write(workbook.migrations(errand.space.sheets.read(errand.place.book), errand.supplies.layout))
    seen = look(errand)
    day = f"{errand.today:%d.%m.%Y}"
    if seen.lost:
        lease.write(recovery.requests(seen.book, seen.lost, seen.entries, errand.supplies.kinds, day))
        seen = look(errand)
    renumbered: tuple[Problem, ...] = ()
    if seen.doubled:
        requests, renumbered = doubled_numbers.requests(seen.book, day)
        lease.write(requests)
        seen = look(errand)
    seen = template_renewal.renewed(errand, lease, seen)
    thought = thought if seen.same(before) else think(errand, seen)
    for renewed in (offering.renewed, fan_out.renewed):
        if (after := renewed(errand, lease, seen, thought)) is not None:
            seen, thought = after, think(errand, after)
    made, thought = act(errand, lease, seen, thought)
    told = replace(thought, problems=(*thought.problems, *renumbered))
    return made, told, (*thought.news, *seen.copies.kept_back)


def wanted(errand: Errand, seen: Seen, thought: Thought) -> bool:
    """Tell whether anything at all has to be written."""
    book = seen.book
    if (
        thought.drafts
        or seen.lost
        or seen.doubled
        or seen.copies.due
        or template_laying.owed(errand, seen)
        or _unpointed(book, thought)
        or access.wanted(errand, book)
        or offering.granted(book, thought)
        or fan_out.owed(errand, seen, thought)
        or code_requests(book, thought.understood)
    ):
        return True
    if errand.supplies.pdf and REGISTER in book.tables and unprinted(book.tables[REGISTER]):
        return True
    return bool(writeback.requests(book, said(book, thought, errand.today, ())))


def _unpointed(book: Book, thought: Thought) -> tuple[Pointer, ...]:
    """Return the shortcuts that councils' folders lack."""
    register = filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ()
    return shortcuts.lacking(book.scheme, shortcuts.pointers(thought.plan.planned, register))


def act(errand: Errand, lease: Lease, seen: Seen, thought: Thought) -> tuple[tuple[Made, ...], Thought]:
    """Write codes, file papers, then say in the book what has become true.

    What is told of the run are the steps it was begun with and what those called for besides; what the book says is
    what the next look would find.
    """
    seen = replace(seen, book=write_codes(lease, seen.book, thought.understood))
    made: tuple[Made, ...] = ()
    begun, steps = thought.steps, thought.steps
    tables, pdf = seen.book.tables, errand.supplies.pdf
    if REGISTER in tables and (
        thought.drafts or _unpointed(seen.book, thought) or (pdf and unprinted(tables[REGISTER]))
    ):
        cabinet = _cabinet(errand, lease, seen)
        seen, thought, made, filed = _filed(errand, cabinet, seen, thought)
        steps = _done(begun, filed, cabinet)
        if missing := _unpointed(seen.book, thought):
            cabinet.point(missing)
            thought = _adding(thought, not_filed.shortcuts(missing, cabinet))
        if pdf:
            cabinet.print(pdf)
            thought = _adding(thought, not_filed.prints(cabinet))
        seen = _later(seen, cabinet)
    seen, thought = opening.opened(errand, lease, seen, thought)
    say(errand, lease, seen.book, thought, made)
    due = template_laying.owed(errand, seen)
    laid, troubles = template_laying.laid(errand, lease, seen.book.scheme, due) if due else ((), ())
    return made, replace(thought, steps=steps, news=(*thought.news, *laid, *troubles))


def _adding(thought: Thought, problems: Iterable[Problem]) -> Thought:
    return replace(thought, problems=(*thought.problems, *problems))


def _cabinet(errand: Errand, lease: Lease, seen: Seen) -> Cabinet:
    """Open the cabinet on what a look has shown."""
    book = seen.book
    register = RegisterTab(
        lease,
        errand.supplies.layout.tab(REGISTER),
        book.tables[REGISTER],
        book.scheme,
        book.snapshot.sheet(NOTE_FIGURES),
    )
    drive, place = errand.space.drive, errand.place
    return Cabinet(register, drive, place.slug, place.folder, dict(seen.entries), errand.today)


def _filed(
    errand: Errand, cabinet: Cabinet, seen: Seen, thought: Thought
) -> tuple[Seen, Thought, tuple[Made, ...], tuple[Draft, ...]]:
    """File, and think again on what lies there now, as the next run would: what that calls for besides is filed as well.

    So the run after this one finds nothing to do. What could not be filed waits for it.
    """
    made: dict[str, Made] = {}
    filed: tuple[Draft, ...] = ()
    drafts = thought.drafts
    for _ in range(ROUNDS):
        if not drafts:
            break
        cabinet.file(drafts)
        for each in _made(
            [draft for draft in drafts if draft.step.key not in cabinet.attempts.failed], cabinet
        ):
            made.setdefault(each.file_id, each)
        filed += drafts
        seen = _later(seen, cabinet)
        thought = _numbered(think(errand, seen), thought)
        drafts = tuple(draft for draft in thought.drafts if draft.step.key not in cabinet.attempts.failed)
    return (
        seen,
        replace(thought, problems=(*thought.problems, *not_filed.papers(filed, cabinet))),
        tuple(made.values()),
        filed,
    )


def _done(begun: Sequence[Step], filed: Sequence[Draft], cabinet: Cabinet) -> tuple[Step, ...]:
    """Return the steps as they were done: with what they called for besides, and a draft that came out the same kept."""
    doing = {step.key for step in begun if step.action in {Action.CREATE, Action.RENEW}}
    later = {draft.step.key: draft.step for draft in filed if draft.step.key not in doing}
    rows = {(row.key, row.version): row for row in filed_rows(cabinet.table)}
    steps = (*(step for step in begun if step.key not in later), *later.values())
    return tuple(
        replace(step, action=Action.KEEP)
        if _came_out_the_same(step, rows.get((step.key, step.version)))
        else step
        for step in steps
    )


def _came_out_the_same(step: Step, row: Filed | None) -> bool:
    """Tell whether a draft was printed anew and not a byte of it is another: what it reads changed, what it says did not."""
    before = step.filed
    return (
        step.action is Action.RENEW
        and row is not None
        and before is not None
        and (before.version, before.checksum) == (row.version, row.checksum)
        and not row.intended
    )


def _numbered(thought: Thought, before: Thought) -> Thought:
    """Let the new rows of `Анкеты` keep the codes they were given before filing: their numbers are spent."""
    now, known = thought.understood.surveys, before.understood.surveys
    if now is None or known is None:
        return thought
    return replace(thought, understood=replace(thought.understood, surveys=replace(now, fresh=known.fresh)))


def _called(thought: Thought) -> dict[str, tuple[str, ...]]:
    return {row.code: row.documents for row in thought.understood.facts.activities}


def _later(seen: Seen, cabinet: Cabinet) -> Seen:
    """Return the look as it would be now: the register, the hidden tabs and the files after filing."""
    figures = cabinet.register.figures
    snapshot = (
        seen.book.snapshot
        if figures is None
        else replace(
            seen.book.snapshot,
            sheets=tuple(
                figures if each.sheet_id == figures.sheet_id else each for each in seen.book.snapshot.sheets
            ),
        )
    )
    book = replace(
        seen.book,
        snapshot=snapshot,
        tables={**seen.book.tables, REGISTER: cabinet.table},
        scheme=cabinet.scheme,
    )
    return replace(seen, book=book, entries=dict(cabinet.entries))


def _made(drafts: Sequence[Draft], cabinet: Cabinet) -> tuple[Made, ...]:
    rows = {(row.key, row.version): row for row in filed_rows(cabinet.table)}
    made: list[Made] = []
    for draft in drafts:
        step = draft.step
        row = rows.get((step.key, step.version))
        if row is None:
            raise TryLater(VANISHED)
        if row.intended or _came_out_the_same(
            step, row
        ):  # a person saved it meanwhile, or nothing in it is new
            continue
        folder = "/".join(step.planned.folder) if step.planned else ""
        made.append(
            Made(
                step.key,
                step.action.value,
                row.draft_number,
                draft.title_of_kind,
                cabinet.links.get(row.file_id, ""),
                row.file_id,
                folder,
                row.number if row.final else "",
            )
        )
    return tuple(made)

"""The road as plain functions over a Workspace: look, think, act; the flows only tell its story (DESIGN §3, §7)."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.model import Problem, Severity
from flows.domain.tabs import NOTE_FIGURES, REGISTER
from flows.work.look import look
from flows.work.stages import Made, Report, Seen, Supplies, Thought
from flows.work.think import think
from flows.work.write_back import code_requests, said, say, write_codes
from flows.workspace import lease as leases
from flows.workspace import recovery, shortcuts, workbook, writeback
from flows.workspace.filing import Cabinet, Draft, unprinted
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from flows.settings import Place
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.shortcuts import Pointer
    from flows.workspace.space import Workspace

ROUNDS = 3


def prepare(space: Workspace, place: Place, today: date, supplies: Supplies, *, dry_run: bool = False, at_once: frozenset[str] = frozenset()) -> Report:  # noqa: PLR0913 - two of them are options
    """Make every paper that must exist today, once; say what is in the way of the others.

    Nothing is taken or written when nothing has changed. Raises `TryLater` and `Misconfigured`; a run that was
    broken at any point is finished by the next one.
    """
    seen = look(space, place, supplies)
    thought = think(seen, place, today, supplies, at_once)
    link = seen.book.snapshot.link
    old = workbook.outdated(seen.book.snapshot, supplies.layout)
    if dry_run or not (old or wanted(seen, thought, today, supplies)):
        return Report(place.slug, (), thought.steps, thought.problems, written=False, link=link)
    lease = leases.take(space.sheets, place.book, leases.lock_of(seen.book.snapshot), space.holder, space.new_sheet_id, space.clock)
    with _let_go(lease):
        made, thought = _under(lease, space, place, today, supplies, at_once, old=old)
    return Report(place.slug, made, thought.steps, thought.problems, written=True, link=link)


@contextmanager
def _let_go(lease: Lease) -> Iterator[None]:
    """Release at the end; also after a failure, as far as the other side still listens: the next run need not wait then."""
    try:
        yield
    except BaseException:
        with suppress(Refused, TryLater, Misconfigured):
            lease.release()
        raise
    lease.release()


def _under(lease: Lease, space: Workspace, place: Place, today: date, supplies: Supplies, at_once: frozenset[str], *, old: bool) -> tuple[tuple[Made, ...], Thought]:  # noqa: PLR0913, PLR0917 - the whole of a run
    """Look and think again under the lease, then act."""
    if old:
        lease.write(workbook.migrations(space.sheets.read(place.book), supplies.layout))
    seen = look(space, place, supplies)
    if seen.lost:
        lease.write(recovery.requests(seen.book, seen.lost, seen.entries, supplies.kinds, f"{today:%d.%m.%Y}"))
        seen = look(space, place, supplies)
    again = partial(think, place=place, today=today, supplies=supplies, at_once=at_once)
    return act(lease, space, place, seen, again(seen), again, today, supplies)


def wanted(seen: Seen, thought: Thought, today: date, supplies: Supplies) -> bool:
    """Tell whether anything at all has to be written."""
    if thought.drafts or seen.lost or _unpointed(seen.book, thought) or code_requests(seen.book, thought.understood) or (supplies.pdf and REGISTER in seen.book.tables and unprinted(seen.book.tables[REGISTER])):
        return True
    return bool(writeback.requests(seen.book, said(seen.book, thought, today, ())))


def _unpointed(book: Book, thought: Thought) -> tuple[Pointer, ...]:
    """Return the shortcuts that councils' folders lack."""
    register = filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ()
    return shortcuts.lacking(book.scheme, shortcuts.pointers(thought.plan.planned, register))


def act(lease: Lease, space: Workspace, place: Place, seen: Seen, thought: Thought, again: Callable[[Seen], Thought], today: date, supplies: Supplies) -> tuple[tuple[Made, ...], Thought]:  # noqa: PLR0913, PLR0917 - the whole of a run
    """Write codes, file papers, then say in the book what has become true; `again` thinks anew about a later look.

    What is told of the run are the steps it was begun with; what the book says is what the next look would find.
    """
    seen = replace(seen, book=write_codes(lease, seen.book, thought.understood))
    made: tuple[Made, ...] = ()
    steps = thought.steps
    if REGISTER in seen.book.tables and (thought.drafts or _unpointed(seen.book, thought) or (supplies.pdf and unprinted(seen.book.tables[REGISTER]))):
        tables, figures = seen.book.tables, seen.book.snapshot.sheet(NOTE_FIGURES)
        cabinet = Cabinet(lease, space.drive, place.slug, place.folder, supplies.layout.tab(REGISTER), tables[REGISTER], seen.book.scheme, seen.entries, today, figures=figures)
        seen, thought, made = _filed(cabinet, seen, thought, again)
        if missing := _unpointed(seen.book, thought):
            cabinet.point(missing)
        if supplies.pdf:
            cabinet.print(supplies.pdf)
        seen = _later(seen, cabinet)
    say(lease, space, place, seen.book, thought, today, supplies, made)
    return made, replace(thought, steps=steps)


def _filed(cabinet: Cabinet, seen: Seen, thought: Thought, again: Callable[[Seen], Thought]) -> tuple[Seen, Thought, tuple[Made, ...]]:
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
        for each in _made([draft for draft in drafts if draft.step.key not in cabinet.failed], cabinet):
            made.setdefault(each.file_id, each)
        filed += drafts
        seen = _later(seen, cabinet)
        thought = _numbered(again(seen), thought)
        drafts = tuple(draft for draft in thought.drafts if draft.step.key not in cabinet.failed)
    return seen, replace(thought, problems=(*thought.problems, *_not_filed(filed, cabinet))), tuple(made.values())


def _numbered(thought: Thought, before: Thought) -> Thought:
    """Let the new rows of `Анкеты` keep the codes they were given before filing: their numbers are spent."""
    now, known = thought.understood.surveys, before.understood.surveys
    if now is None or known is None:
        return thought
    return replace(thought, understood=replace(thought.understood, surveys=replace(now, fresh=known.fresh)))


def _later(seen: Seen, cabinet: Cabinet) -> Seen:
    """Return the look as it would be now: the register, the hidden tabs and the files after filing."""
    figures = cabinet.figures
    snapshot = seen.book.snapshot if figures is None else replace(seen.book.snapshot, sheets=tuple(figures if each.sheet_id == figures.sheet_id else each for each in seen.book.snapshot.sheets))
    book = replace(seen.book, snapshot=snapshot, tables={**seen.book.tables, REGISTER: cabinet.table}, scheme=cabinet.scheme)
    return replace(seen, book=book, entries=cabinet.entries)


def _not_filed(drafts: Sequence[Draft], cabinet: Cabinet) -> Iterator[Problem]:
    """Say which papers could not be laid down though everything else could; the next run goes on with them."""
    rows = {row.key: row for row in filed_rows(cabinet.table)}
    for draft in drafts:
        why = cabinet.failed.get(draft.step.key)
        if why is not None:
            origin = replace(rows[draft.step.key].origin, column="Файл")
            yield Problem(Severity.STOP, "not-filed", origin, f"«{draft.title_of_kind}» не записан. {why}", subject=draft.step.key)


def _made(drafts: Sequence[Draft], cabinet: Cabinet) -> tuple[Made, ...]:
    rows = {(row.key, row.version): row for row in filed_rows(cabinet.table)}
    made: list[Made] = []
    for draft in drafts:
        step = draft.step
        row = rows[step.key, step.version]
        folder = "/".join(step.planned.folder) if step.planned else ""
        made.append(Made(step.key, step.action.value, row.draft_number, draft.title_of_kind, cabinet.links.get(row.file_id, ""), row.file_id, folder))
    return tuple(made)

"""The road as plain functions over a Workspace: look, think, act; the flows only tell its story (DESIGN §3, §7)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from flows.domain import life, planning, states, understanding
from flows.domain.documents.common import requisites
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.gathering import SURVEYS
from flows.domain.life import Action, File, Step
from flows.domain.model import Facts, Filed, Origin, Planned, Problem, Severity
from flows.domain.planning import Plan
from flows.domain.understanding import Told, Understood
from flows.domain.wanted import Wishes
from flows.papers import fingerprint, render
from flows.papers.finished import undrafted
from flows.russian import Doubt
from flows.work import looking
from flows.work.listing import listed
from flows.workspace import lease as leases
from flows.workspace import moved, reading, recovery, snapshots, workbook, writeback
from flows.workspace.answers import Missing
from flows.workspace.cells import appended, changes
from flows.workspace.filing import Cabinet, Draft, unprinted
from flows.workspace.forms import response_tabs
from flows.workspace.layout import CODE
from flows.workspace.register import LOOKED, SCHEME, TAB, filed_rows, scheme_of
from flows.workspace.sheets import quoted
from flows.workspace.writeback import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from flows.domain.documents import Builder, Kind
    from flows.domain.model import Norm, Organisation
    from flows.settings import Place
    from flows.workspace.drive import Entry
    from flows.workspace.layout import Layout
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace

TRIES = 3
DRAFTS, REGISTERED = "Проекты", "Зарегистрированные"
DOCUMENT, GOOGLES_OWN = "application/vnd.google-apps.document", "application/vnd.google-apps."


@dataclass(frozen=True, slots=True)
class Supplies:
    """What the checkout supplies: layout, catalogue, builders, legal acts, days off, templates by name.

    `pdf` turns papers into PDF, `None` where no converter is installed: papers are then .docx only. `monitoring` is
    the method of counting as config states it.
    """

    layout: Layout
    kinds: Mapping[str, Kind]
    builders: Mapping[str, Builder]
    norms: tuple[Norm, ...]
    days_off: frozenset[date]
    template: Callable[[str], bytes]
    pdf: Callable[[Mapping[str, bytes]], Mapping[str, bytes]] | None = None
    monitoring: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: the workbook, what Drive holds of the organisation, staff's own templates."""

    book: Book
    entries: Mapping[str, Entry]
    templates: Mapping[str, bytes]
    media: Callable[[Entry], bytes]

    @property
    def lost(self) -> tuple[Filed, ...]:
        """Rows that somebody deleted from the register while their files are there."""
        return recovery.lost(filed_rows(self.book.tables[TAB]), self.entries.values()) if TAB in self.book.tables else ()


@dataclass(frozen=True, slots=True)
class Thought:
    """What a look calls for: steps with reasons, papers to make, findings, and what the book should say."""

    understood: Understood
    plan: Plan
    steps: tuple[Step, ...]
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    looks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made or renewed: its key, what happened, its number, title, link and folder; no names of people."""

    key: str
    action: str
    draft_number: str
    title: str
    link: str
    file_id: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: papers, steps by action, findings; `written` tells whether anything changed at all."""

    organisation: str
    made: tuple[Made, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False
    link: str = ""

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The findings because of which something is not made."""
        return tuple(each for each in self.problems if each.severity is Severity.STOP)


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
    if old:
        lease.write(workbook.migrations(space.sheets.read(place.book), supplies.layout))
    seen = look(space, place, supplies)
    if seen.lost:
        lease.write(recovery.requests(seen.book, seen.lost, seen.entries, supplies.kinds, f"{today:%d.%m.%Y}"))
        seen = look(space, place, supplies)
    thought = think(seen, place, today, supplies, at_once)
    made = act(lease, space, place, seen, thought, today, supplies)
    lease.release()
    return Report(place.slug, made, thought.steps, thought.problems, written=True, link=link)


def look(space: Workspace, place: Place, supplies: Supplies) -> Seen:
    """Read the workbook whole and look at Drive once."""
    book = reading.read(space.sheets.read(place.book), supplies.layout)
    entries = {each.id: each for each in space.drive.found(f"appProperties has {{ key='nastavnik_org' and value='{place.slug}' }}")}
    if place.folder in entries and entries[place.folder].trashed:
        raise Misconfigured(f"Папка организации «{place.slug}» лежит в корзине вместе с книгой. Верните её из корзины и повторите.")
    return Seen(book, entries | _unlisted(space, book, entries), _own_templates(space, place, supplies), space.drive.media)


def _unlisted(space: Workspace, book: Book, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Look up by id what the register has and the listing does not show: a listing may lag, only an id decides."""
    found: dict[str, Entry] = {}
    for row in filed_rows(book.tables[TAB]) if TAB in book.tables else ():
        if row.file_id and row.file_id not in entries and row.state not in {*life.OVER, life.INTENDED}:
            with suppress(Missing):
                found[row.file_id] = space.drive.entry(row.file_id)
    return found


def _own_templates(space: Workspace, place: Place, supplies: Supplies) -> dict[str, bytes]:
    """Read the organisation's own copies of templates that staff changed: they win over ours."""
    if not place.templates:
        return {}
    names = {kind.title.casefold(): kind.template for kind in supplies.kinds.values() if kind.template}
    own: dict[str, bytes] = {}
    for entry in space.drive.found(f"'{place.templates}' in parents and trashed=false"):
        stem = entry.name.removesuffix(".docx").casefold()
        template = entry.properties.get("nastavnik_template") or names.get(stem, "")
        untouched = entry.md5 and entry.md5 == entry.properties.get("nastavnik_md5")
        readable = entry.mime == DOCUMENT or not entry.mime.startswith(GOOGLES_OWN)
        if template and readable and not untouched:
            own[template] = space.drive.media(entry)
    return own


def think(seen: Seen, place: Place, today: date, supplies: Supplies, at_once: frozenset[str] = frozenset()) -> Thought:
    """Compute what must exist, compare it with what does, and render nothing yet but what has to be made."""
    understood = understanding.understand(
        place.slug, _told(seen.book, seen.lost, supplies.layout), today, supplies.kinds, supplies.norms, monitoring=supplies.monitoring, days_off=supplies.days_off,
    )  # fmt: skip
    unread = seen.book.unread | ({"Настройки"} if _card_fails(understood) else frozenset())
    wishes = Wishes(supplies.kinds, supplies.builders, supplies.days_off | frozenset(understood.card.holidays), understood.stopped, frozenset(unread), at_once, understood.unsure)
    plan = Plan((), (), frozenset(supplies.kinds)) if "Настройки" in unread or TAB in unread else planning.plan(understood.facts, wishes)
    steps, drafts, slips = _steps(seen, plan, understood.facts, supplies)
    register, card = understood.facts.register, understood.facts.organisation
    looks = looking.again(register, card, seen.entries, partial(_file, seen=seen), seen.media)
    slips += looking.findings(register, looks)
    problems = (*understood.problems, *understood.still_open([*plan.problems, *slips, *_asked(steps), *recovery.copies(understood.facts.register, seen.entries.values())]))
    return Thought(understood, plan, steps, drafts, tuple(dict.fromkeys(problems)), looks)


def _card_fails(understood: Understood) -> bool:
    return any(each.code == "card-missing" for each in understood.problems)


def _told(book: Book, lost: tuple[Filed, ...], layout: Layout) -> Told:
    numbers = {key.removeprefix("код/"): int(value) for key, value in book.scheme.all("счёт").items() if key.startswith("код/") and value.isdecimal()}
    rows = {title: table.rows for title, table in book.tables.items()}
    register = (*filed_rows(book.tables[TAB]), *lost) if TAB in book.tables else ()
    grids = response_tabs(book.snapshot, layout, {row.text("Анкета") for row in rows.get(SURVEYS, ())})
    return Told(book.snapshot.title, rows, reading.lines(book), register, numbers, book.problems, book.unread, grids, snapshots.kept(book.snapshot.sheet(snapshots.TAB)))


def _steps(seen: Seen, plan: Plan, facts: Facts, supplies: Supplies) -> tuple[tuple[Step, ...], tuple[Draft, ...], list[Problem]]:
    newest, tops = life.latest(facts.register), life.tops(facts.register)
    steps: list[Step] = []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for planned in plan.planned:
        template = seen.templates.get(planned.template) or supplies.template(planned.template)
        filed = newest.pop(planned.key, None)
        step = life.decide(planned, fingerprint(template, planned.context), filed, _file(filed, seen), again=bool(filed and filed.again), top=tops.get(planned.key, 0))
        if step.action in {Action.CREATE, Action.RENEW}:
            if step.final:
                step = replace(step, planned=replace(planned, folder=tuple(REGISTERED if part == DRAFTS else part for part in planned.folder)))
            signed = _signed(filed, facts.register) if step.final and filed else None
            paper = partial(_final, seen, template, planned, signed) if signed else partial(_paper, template, planned)
            draft = Draft(step, paper, supplies.kinds[planned.kind].title)
            slip, looked = _slip(draft, seen, facts.organisation)
            if slip is not None:
                problems.append(slip)
                steps.append(replace(step, action=Action.ASK, reason=slip.message))
                continue
            drafts.append(replace(draft, looked=looked))
        steps.append(step)
    steps += [life.unplanned(filed, _file(filed, seen)) for filed in newest.values() if filed.kind not in plan.unknown and filed.key not in plan.silent]
    return tuple(steps), tuple(drafts), problems


def _paper(template: bytes, planned: Planned, number: str) -> bytes:
    return render(template, requisites(planned.context, draft=number))


def _final(seen: Seen, template: bytes, planned: Planned, signed: Filed, number: str) -> bytes:
    """Make the registered paper: what was signed, with its number and day; a final has no draft number.

    A draft that still is as we left it is printed anew with them; one that people edited, or whose data have changed
    since, is taken as it is: they signed that, not what the data say now.
    """
    del number
    entry = seen.entries.get(signed.file_id)
    same = fingerprint(template, planned.context) == signed.fingerprint
    if same and (entry is None or entry.md5 == signed.checksum):
        return render(template, requisites(planned.context, number=signed.number, day=signed.day))
    if entry is None:
        raise Refused("Файл подписанного черновика удалён, а данные с тех пор изменились: чистовик не сделать. Верните черновик из корзины.")
    return undrafted(seen.media(entry))


def _signed(filed: Filed, register: tuple[Filed, ...]) -> Filed:
    """Find the draft that a final stands for."""
    if not filed.final:
        return filed
    drafts = [row for row in register if row.key == filed.key and not row.final and row.version < filed.version]
    return max(drafts, key=lambda row: row.version, default=filed)


def _slip(draft: Draft, seen: Seen, card: Organisation) -> tuple[Problem | None, str]:
    """Try the paper before anything is promised about it, and look it over; a form nobody is sure of is a question, not a guess."""
    planned = draft.step.planned
    assert planned is not None
    origin = Origin(seen.book.snapshot.title, TAB, 0, draft.title_of_kind)
    row = draft.step.filed if draft.step.final else None
    try:
        found = looking.looked(draft.paper("ПР-0000-000"), card, row.number if row else "", row.day if row else None)
    except Doubt as doubt:
        told = f"«{draft.title_of_kind}» не готовится: {doubt.reason} Впишите нужную форму во вкладку «Склонения» или пол во вкладку с ФИО."
        return Problem(Severity.QUESTION, "doubt", replace(origin, tab="Склонения"), told, printed=doubt.text, subject=planned.subject), ""
    except Refused as refusal:
        return Problem(Severity.STOP, "template", origin, f"«{draft.title_of_kind}» не готовится. {refusal}", subject=planned.subject), ""
    fault = looking.stopping(found)
    if fault is not None:
        return Problem(Severity.STOP, "paper-fault", origin, f"«{draft.title_of_kind}» не готовится. {fault.message} Исправьте шаблон или данные.", subject=planned.subject), ""
    return None, looking.spelled(found)


def _file(filed: Filed | None, seen: Seen) -> File:
    """Tell how a filed paper stands."""
    if filed is None:
        return File.NONE
    entry = seen.entries.get(filed.file_id)
    if entry is None or entry.trashed:
        return File.GONE
    left = {filed.checksum, filed.intended.partition(":")[2]} - {""}
    return File.OURS if entry.md5 in left else File.EDITED


def _asked(steps: Sequence[Step]) -> list[Problem]:
    """Turn what only a person can decide into findings on the register's row."""
    problems: list[Problem] = []
    for step in steps:
        if step.filed is None or (step.action not in {Action.ASK, Action.ORPHAN} and not step.warning):
            continue
        origin = replace(step.filed.origin, column="Данные изменились")
        weight = Severity.NOTE if step.action is Action.ORPHAN else Severity.QUESTION
        problems.append(Problem(weight, f"paper-{step.action.name.lower()}", origin, step.warning or step.reason, subject=step.key))
    return problems


def wanted(seen: Seen, thought: Thought, today: date, supplies: Supplies) -> bool:
    """Tell whether anything at all has to be written."""
    if thought.drafts or seen.lost or _code_requests(seen.book, thought.understood) or (supplies.pdf and TAB in seen.book.tables and unprinted(seen.book.tables[TAB])):
        return True
    return bool(writeback.requests(seen.book, said(seen.book, thought, today, ())))


def act(lease: Lease, space: Workspace, place: Place, seen: Seen, thought: Thought, today: date, supplies: Supplies) -> tuple[Made, ...]:  # noqa: PLR0913, PLR0917 - the whole of a run
    """Write codes, file papers, then say in the book what has become true."""
    book = _write_codes(lease, seen.book, thought.understood)
    made: tuple[Made, ...] = ()
    if TAB in book.tables and (thought.drafts or (supplies.pdf and unprinted(book.tables[TAB]))):
        cabinet = Cabinet(lease, space.drive, place.slug, place.folder, supplies.layout.tab(TAB), book.tables[TAB], book.scheme, seen.entries, today, figures=book.snapshot.sheet(snapshots.TAB))
        cabinet.file(thought.drafts)
        if supplies.pdf:
            cabinet.print(supplies.pdf)
        made = _made(thought.drafts, cabinet)
        thought = _looked(thought, filed_rows(cabinet.table))
        book = replace(book, tables={**book.tables, TAB: cabinet.table}, scheme=cabinet.scheme)
    _say(lease, space, place, book, thought, today, supplies, made)
    return made


def _looked(thought: Thought, register: Sequence[Filed]) -> Thought:
    """Let what looking the papers over found follow the register as it stands after filing."""
    rest = [each for each in thought.problems if not each.code.startswith(looking.PREFIX)]
    return replace(thought, problems=(*rest, *thought.understood.still_open([*looking.findings(register, thought.looks)])))


def _made(drafts: Sequence[Draft], cabinet: Cabinet) -> tuple[Made, ...]:
    rows = {(row.key, row.version): row for row in filed_rows(cabinet.table)}
    made: list[Made] = []
    for draft in drafts:
        step = draft.step
        row = rows[step.key, step.version]
        folder = "/".join(step.planned.folder) if step.planned else ""
        made.append(Made(step.key, step.action.value, row.draft_number, draft.title_of_kind, cabinet.links.get(row.file_id, ""), row.file_id, folder))
    return tuple(made)


def _code_requests(book: Book, understood: Understood) -> list[Request]:
    """Write the codes that rows have not, and the greatest numbers given."""
    requests: list[Request] = []
    for tab, rows in understood.rows.items():
        table = book.tables[tab]
        requests += changes(table.sheet, {(row.origin.row - 1, table.columns[CODE]): row.code for row in rows})
    told = {("счёт", f"код/{tab}"): str(number) for tab, number in understood.numbers.items() if number and number != book.scheme.number(f"код/{tab}")}
    changed, fresh = book.scheme.lines(told)
    requests += changes(book.scheme.sheet, changed)
    return [*requests, appended(book.scheme.sheet.sheet_id, fresh)] if fresh else requests


def _write_codes(lease: Lease, book: Book, understood: Understood) -> Book:
    """Write codes before anything is filed: keys are made of them. A row that moved meanwhile stops the run unharmed."""
    requests = _code_requests(book, understood)
    if not requests:
        return book
    tabs = [tab for tab in understood.rows if any(row.code != old.code for row, old in zip(understood.rows[tab], book.tables[tab].rows, strict=True))]
    back = lease.write(requests, [quoted(SCHEME), *(quoted(tab) for tab in tabs)])
    scheme = back.sheet(SCHEME)
    fresh = book if scheme is None else replace(book, scheme=scheme_of(scheme))
    repairs = [each for tab in tabs for each in moved.strayed(book.tables[tab], understood.rows[tab], back.sheet(tab))]
    if repairs:
        lease.write(repairs)
        lease.release()
        raise TryLater("Строки в книге переставили, пока шла работа. Коды возвращены на свои места; повторите запуск.")
    return _coded(fresh, understood)


def _coded(book: Book, understood: Understood) -> Book:
    """Let the rows carry the codes that the sheet has by now: they tell whether a row moves under the next batch."""
    return replace(book, tables={title: replace(table, rows=understood.rows.get(title, table.rows)) for title, table in book.tables.items()})


def said(book: Book, thought: Thought, today: date, made: Sequence[Made]) -> Said:
    """Tell what the system's cells should say now."""
    facts = thought.understood.facts
    register = life.latest(filed_rows(book.tables[TAB])) if TAB in book.tables else {}
    kinds = {kind.id: kind for kind in thought.understood.kinds.values()}
    rows = {row.code: row.origin.row for row in thought.understood.rows.get(understanding.PAIRS, ())}
    blind = states.Blind(thought.plan.unknown, thought.understood.stopped | thought.understood.unsure, book.unread)
    cells = {
        understanding.ROADMAP: states.roadmap(facts, kinds, thought.plan.planned, register, blind),
        understanding.MENTORS: states.of_role(facts, "mentor", blind),
        understanding.MENTEES: states.of_role(facts, "mentee", blind),
        understanding.PAIRS: states.pairs(facts, thought.plan.planned, register, rows, blind),
        TAB: _on_register(thought),
    }
    forms, surveys = listed(book, facts), thought.understood.surveys
    counted = {SURVEYS: surveys.counted} if surveys else {}
    asked = [{**row.cells, CODE: row.code} for row in surveys.fresh] if surveys else []
    told = {tab: of for tab, of in {**cells, **counted, understanding.CASES: forms.cells}.items() if tab in book.tables}
    return Said(told, thought.problems, today, _journal(made, thought, today), {understanding.CASES: forms.fresh, SURVEYS: asked})


def _on_register(thought: Thought) -> dict[int, dict[str, str]]:
    """Say on each register row what changed and what looking the file over found."""
    told: dict[int, list[str]] = {}
    for each in thought.problems:
        if each.origin.tab == TAB and each.origin.column == looking.COLUMN:
            told.setdefault(each.origin.row, []).append(each.message)
    rows = {step.filed.origin.row: _row(step, told.get(step.filed.origin.row, [])) for step in thought.steps if step.filed and step.action is not Action.CREATE}
    fresh = {row: {looking.COLUMN: "\n".join(dict.fromkeys(lines))} for row, lines in told.items() if row not in rows}
    return fresh | {row: cells | ({LOOKED: thought.looks[row]} if row in thought.looks else {}) for row, cells in rows.items()}


def _row(step: Step, found: Sequence[str]) -> dict[str, str]:
    """Say on a register row what changed; what was begun and is wanted no more is cancelled and keeps its number."""
    told = {looking.COLUMN: "\n".join(dict.fromkeys([*([change] if (change := _change(step)) else []), *found]))}
    dead = step.action is Action.ORPHAN and step.filed is not None and life.begun(step.filed)
    return told | ({"Состояние": life.CANCELLED} if dead else {})


def _change(step: Step) -> str:
    return step.warning or (step.reason if step.action in {Action.ASK, Action.ORPHAN} else "")


def _journal(made: Sequence[Made], thought: Thought, today: date) -> tuple[str | int, ...]:
    if not made:
        return ()
    created = sum(each.action == Action.CREATE.value for each in made)
    told = "; ".join(f"{each.title} ({each.draft_number})" for each in made)
    return (f"{today:%d.%m.%Y}", told, created, len(made) - created, len(thought.problems), made[-1].draft_number)


def _say(lease: Lease, space: Workspace, place: Place, book: Book, thought: Thought, today: date, supplies: Supplies, made: Sequence[Made]) -> None:  # noqa: PLR0913, PLR0917 - the whole of a run
    """Write states and findings; where rows moved meanwhile, put back what was hit and say it again on a fresh reading."""
    told = said(book, thought, today, made)
    before = book
    for _ in range(TRIES):
        requests = writeback.requests(before, told)
        if not requests:
            return
        back = lease.write(requests, moved.name_ranges(before))
        if not moved.misplaced(before, back, requests):
            return
        now = look(space, place, supplies)
        lease.write([*moved.restored(before, now.book, requests), *_code_requests(now.book, think(now, place, today, supplies).understood)])
        now = look(space, place, supplies)
        thought = think(now, place, today, supplies)
        before = _coded(now.book, thought.understood)
        told = said(before, thought, today, ())
    raise TryLater("Строки в книге всё время переставляют. Документы готовы и не пропадут; повторите запуск, чтобы обновить отметки.")

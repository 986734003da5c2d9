"""From planned papers to steps with reasons and drafts that can be filed (DESIGN §3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.documents.common import requisites
from flows.domain.errors import Refused
from flows.domain.model import Facts, Filed, Origin, Planned, Problem, Severity
from flows.domain.planning.folder_names import of_registered
from flows.domain.register import after_signing, life, postponed
from flows.domain.register.fingerprint import parse
from flows.domain.register.life import Action, File, Step
from flows.domain.register.paper_marks import marks, says_the_same
from flows.domain.statuses import REPLACED
from flows.domain.tabs import DECLENSIONS, REGISTER
from flows.papers import fingerprint, render
from flows.papers.closed import closed
from flows.papers.fingerprint import Printed, as_judged, judged, judges
from flows.papers.finished import stamped, undrafted
from flows.russian import Doubt
from flows.work import inspection
from flows.workspace.drafts import Draft
from flows.workspace.recovery import as_left, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.organisation import Organisation
    from flows.domain.planning.plan import Plan
    from flows.work.stages import Errand, Seen

# What a stamp or a basis cites: the order that approves a paper, the order that fixes its pair.
ORDERS = ("приказ", "приказ_о_парах")
IN_OLD = "Прежняя версия ({number}, в{version}) исправлена вручную, и правок в этой версии нет. Перенесите их сюда, если они нужны."
TRIAL_NUMBER = "ПР-0000-000"


def steps_of(
    errand: Errand, seen: Seen, plan: Plan, facts: Facts
) -> tuple[tuple[Step, ...], tuple[Draft, ...], list[Problem]]:
    """Decide about every planned paper and every row of the register; try each paper before it is promised."""
    newest, tops = dict(life.latest(facts.register)), life.tops(facts.register)
    steps: list[Step] = []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for planned in plan.planned:
        filed = _remembered(newest.pop(planned.key, None), seen)
        printed = _printed(errand, seen, planned)
        held, top = _held(printed, planned, filed, errand, facts), tops.get(planned.key, 0)
        sha, again = _fingerprint(printed, held, filed, errand), bool(filed and filed.again)
        step = life.decide(held, sha, filed, stands(filed, seen), again=again, top=top)
        if step.action in {Action.CREATE, Action.RENEW}:
            draft = _draft(errand, seen, step, printed, facts)
            slip, looked = _slip(errand, seen, draft, facts.organisation)
            if slip is None:
                drafts.append(replace(draft, looked=looked))
                step = draft.step
            else:
                problems.append(slip)
                step = replace(draft.step, action=Action.ASK, reason=slip.message)
        steps.append(step)
    doubts = plan.doubts
    gone = [row for row in newest.values() if row.kind not in doubts.kinds and row.key not in doubts.papers]
    steps += [life.unplanned(row, stands(row, seen)) for row in gone]
    return tuple(steps), tuple(drafts), problems


def _remembered(filed: Filed | None, seen: Seen) -> Filed | None:
    entry = seen.entries.get(filed.file_id) if filed else None
    return remembered(filed, entry) if filed and entry else filed


def _printed(errand: Errand, seen: Seen, planned: Planned) -> Printed:
    """Return a paper as it would be printed now: the organisation's own template wins over ours."""
    own = seen.templates.get(planned.template)
    template = errand.supplies.template(planned.template) if own is None else own
    return Printed(planned.kind, planned.template, template, planned.context)


def _held(printed: Printed, planned: Planned, filed: Filed | None, errand: Errand, facts: Facts) -> Planned:
    """Hold a paper as it was registered where only what it cites has changed since, and one whose day has not come."""
    if filed is None or not filed.registered:
        return planned
    planned = replace(planned, held=postponed.waits(filed, facts.register, errand.today) or planned.held)
    later = errand.supplies.kinds[planned.kind].later
    planned_so = later and judges(filed.fingerprint, later) and after_signing.still_planned(filed, facts)
    if planned.frozen or planned_so:
        return replace(planned, frozen=True)
    told = (
        as_judged(each, filed.fingerprint, errand.supplies.first)
        for each in (printed, _meant(printed, planned))
    )
    return replace(planned, frozen=True) if any(says_the_same(filed, each) for each in told) else planned


def _fingerprint(printed: Printed, held: Planned, filed: Filed | None, errand: Errand) -> str:
    """Return what a filed paper was printed from where it would be the same now; else what it would be printed from."""
    if filed is None or not filed.fingerprint:
        return fingerprint(printed.template, printed.context)
    if held.frozen or _as_drafted(printed, held, filed, errand):
        return filed.fingerprint
    return judged(printed, filed.fingerprint, errand.supplies.first, registered=filed.registered)


def _as_drafted(printed: Printed, planned: Planned, filed: Filed, errand: Errand) -> bool:
    """Tell a registered paper that says what its draft was to say, though people or the head changed by the day typed for it."""
    if not planned.drafted:
        return False
    drafted, first = _meant(printed, planned), errand.supplies.first
    return judged(drafted, filed.fingerprint, first, registered=filed.registered) == filed.fingerprint


def _draft(errand: Errand, seen: Seen, step: Step, printed: Printed, facts: Facts) -> Draft:
    """Turn a step that makes a file into a draft; a registered paper is made of what was signed."""
    planned, filed = step.planned, step.filed
    assert planned is not None
    signed = _signed(filed, facts.register) if step.final and filed else None
    meant = _meant(printed, planned)
    untouched = signed is not None and _untouched(errand, seen, meant, signed)
    paper = (
        partial(_final, seen, printed, signed, untouched)
        if signed
        else partial(_paper, printed.template, planned)
    )
    if step.final:
        step = replace(step, planned=replace(planned, folder=of_registered(planned.folder)))
    says = printed if untouched else meant
    lasting = _lasting(errand, says) if signed and _as_signed(errand, meant, signed) else ""
    if signed and (lasting or (untouched and planned.drafted)):
        now = lasting or fingerprint(printed.template, printed.context)
        step, signed = replace(step, fingerprint=now), replace(signed, marks=())
    told = signed.marks if signed and signed.marks else _marks(errand, printed, step.fingerprint)
    return Draft(step, paper, errand.supplies.kinds[planned.kind].title, marks=told)


def _lasting(errand: Errand, printed: Printed) -> str:
    """Return the fingerprint by which a registered plan is judged, without what may come about later; nothing for other papers."""
    later = errand.supplies.kinds[printed.kind].later
    return fingerprint(printed.template, printed.context, later) if later else ""


def _marks(errand: Errand, printed: Printed, sha: str) -> tuple[str, ...]:
    return marks(dict(printed.context), as_judged(printed, sha, errand.supplies.first))


def _paper(template: bytes, planned: Planned, number: str) -> bytes:
    return render(template, requisites(planned.context, draft=number))


def _meant(printed: Printed, planned: Planned) -> Printed:
    """Return what a draft was to say: of its own day, where the day of registration asks for another signer or name."""
    return replace(printed, context=planned.drafted) if planned.drafted else printed


def _untouched(errand: Errand, seen: Seen, meant: Printed, signed: Filed) -> bool:
    """Tell a draft that nobody edited and whose data are what they were when it was made."""
    entry = seen.entries.get(signed.file_id)
    return _as_signed(errand, meant, signed) and (entry is None or as_left(signed, entry))


def _final(seen: Seen, printed: Printed, signed: Filed, untouched: bool, number: str) -> bytes:
    """Make the registered paper: what was signed, with its number and day; a final has no draft number.

    An untouched draft is printed anew with them, from what is so on that day, and with those of the orders it cites,
    which may have been typed together with its own; in one that people edited, or whose data have changed since, only
    they are filled in: people signed that, not what the data say now.
    """
    del number
    if untouched:
        told = requisites(printed.context, number=signed.number, day=signed.day)
        return closed(render(printed.template, told))
    entry = seen.entries.get(signed.file_id)
    if entry is None:
        raise Refused(
            "Файл подписанного черновика удалён, а данные с тех пор изменились: чистовик не сделать. Верните черновик из корзины."
        )
    orders = (printed.context.get(name) for name in ORDERS)
    data = undrafted(seen.media(entry), signed.number, signed.day, *orders)
    if not stamped(data):
        raise Refused(
            "В грифе утверждения остались прочерки. Впишите в файл черновика номер и дату приказа или уберите гриф."
        )
    return closed(data)


def _as_signed(errand: Errand, printed: Printed, signed: Filed) -> bool:
    """Tell whether a paper printed now would say what was signed: nothing has changed since but what it cites."""
    if judged(printed, signed.fingerprint, errand.supplies.first) == signed.fingerprint:
        return True
    now, before = parse(fingerprint(printed.template, printed.context)), parse(signed.fingerprint)
    told = as_judged(printed, signed.fingerprint, errand.supplies.first)
    if now is None or before is None or now.template != before.template:
        return False
    return says_the_same(signed, told)


def _signed(filed: Filed, register: tuple[Filed, ...]) -> Filed:
    """Find the draft that a final stands for."""
    if not filed.final:
        return filed
    drafts = [
        row for row in register if row.key == filed.key and not row.final and row.version < filed.version
    ]
    return max(drafts, key=lambda row: row.version, default=filed)


def _slip(errand: Errand, seen: Seen, draft: Draft, card: Organisation) -> tuple[Problem | None, str]:
    """Try the paper before anything is promised about it, and look it over.

    A form nobody is sure of is a question, not a guess. Return what is in the way, and what looking over found.
    """
    planned = draft.step.planned
    assert planned is not None
    origin = Origin(seen.book.snapshot.title, REGISTER, 0, draft.title_of_kind)
    not_made = f"«{draft.title_of_kind}» не готовится"
    try:
        remarks = _trial(errand, draft, card)
    except Doubt as doubt:
        message = f"{not_made}: {doubt.reason.rstrip('.')}. Впишите нужную форму во вкладку «Склонения» или пол во вкладку с ФИО."
        place = replace(origin, tab=DECLENSIONS)
        return Problem(
            Severity.QUESTION, "doubt", place, message, printed=doubt.text, subject=planned.subject
        ), ""
    except Refused as refusal:
        return Problem(
            Severity.STOP, "template", origin, f"{not_made}. {refusal}", subject=planned.subject
        ), ""
    fault = inspection.stopping(remarks)
    if fault is not None:
        message = f"{not_made}. {fault.message} Исправьте шаблон или данные."
        return Problem(Severity.STOP, "paper-fault", origin, message, subject=planned.subject), ""
    return None, inspection.spelled(remarks)


def _trial(errand: Errand, draft: Draft, card: Organisation) -> tuple[Problem, ...]:
    """Print a paper for a trial and look it over, once in a run: the same key and fingerprint print the same.

    What failed is tried again, and so is a final: it is made of a file that people may still change.
    """
    step = draft.step
    if step.final and step.filed is not None:
        return inspection.looked(draft.paper(TRIAL_NUMBER), card, step.filed.number, step.filed.day)
    trial = (step.key, step.fingerprint, card.full_name, card.short_name)
    if trial not in errand.trials:
        errand.trials[trial] = inspection.looked(draft.paper(TRIAL_NUMBER), card)
    return errand.trials[trial]


def stands(filed: Filed | None, seen: Seen) -> File:
    """Tell how a filed paper stands."""
    if filed is None:
        return File.NONE
    entry = seen.entries.get(filed.file_id)
    if entry is None or entry.trashed:
        return File.GONE
    return File.OURS if as_left(filed, entry) else File.EDITED


def beside_edited(register: tuple[Filed, ...], seen: Seen) -> Iterator[Problem]:
    """Say beside a draft made anew that what people wrote into the version before it is not in it."""
    newest = life.latest(register)
    for row in register:
        above = newest[row.key]
        replaced = (
            row.state == REPLACED and not row.final and not row.number and row.version == above.version - 1
        )
        if not replaced or above.registered or stands(row, seen) is not File.EDITED:
            continue
        if stands(above, seen) is File.OURS:
            origin = replace(above.origin, column=life.CHANGED)
            said = IN_OLD.format(number=row.draft_number, version=row.version)
            yield Problem(Severity.NOTE, "edits-in-old", origin, said, subject=above.key)


def asked(steps: Sequence[Step]) -> list[Problem]:
    """Turn what only a person can decide into findings on the register's row."""
    problems: list[Problem] = []
    for step in steps:
        if step.filed is None or (step.action not in {Action.ASK, Action.ORPHAN} and not step.warning):
            continue
        origin = replace(step.filed.origin, column=life.CHANGED)
        weight = (
            Severity.NOTE
            if step.action is Action.ORPHAN and not life.awaiting(step.filed)
            else Severity.QUESTION
        )
        problems.append(
            Problem(
                weight,
                f"paper-{step.action.name.lower()}",
                origin,
                step.warning or step.reason,
                subject=step.key,
            )
        )
    return problems

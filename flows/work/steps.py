"""From planned papers to steps with reasons and drafts that can be filed (DESIGN §3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.documents.common import requisites
from flows.domain.errors import Refused
from flows.domain.model import Facts, Filed, Origin, Planned, Problem, Severity
from flows.domain.register import life
from flows.domain.register.life import Action, File, Step
from flows.domain.register.paper_marks import says_the_same
from flows.domain.tabs import DECLENSIONS, REGISTER
from flows.papers import fingerprint, render
from flows.papers.finished import undrafted
from flows.russian import Doubt
from flows.work import inspection
from flows.workspace.filing import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.model import Organisation
    from flows.domain.planning.plan import Plan
    from flows.work.stages import Seen, Supplies

DRAFTS, REGISTERED = "Проекты", "Зарегистрированные"


def steps_of(seen: Seen, plan: Plan, facts: Facts, supplies: Supplies) -> tuple[tuple[Step, ...], tuple[Draft, ...], list[Problem]]:
    """Decide about every planned paper and every row of the register; try each paper before anything is promised about it."""
    newest, tops = life.latest(facts.register), life.tops(facts.register)
    steps: list[Step] = []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for planned in plan.planned:
        own = seen.templates.get(planned.template)
        template = supplies.template(planned.template) if own is None else own
        filed = newest.pop(planned.key, None)
        held = replace(planned, frozen=True) if filed and filed.registered and says_the_same(filed, planned.context) else planned
        step = life.decide(held, fingerprint(template, planned.context), filed, stands(filed, seen), again=bool(filed and filed.again), top=tops.get(planned.key, 0))
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
    steps += [life.unplanned(filed, stands(filed, seen)) for filed in newest.values() if filed.kind not in plan.doubts.kinds and filed.key not in plan.doubts.papers]
    return tuple(steps), tuple(drafts), problems


def _paper(template: bytes, planned: Planned, number: str) -> bytes:
    return render(template, requisites(planned.context, draft=number))


def _final(seen: Seen, template: bytes, planned: Planned, signed: Filed, number: str) -> bytes:
    """Make the registered paper: what was signed, with its number and day; a final has no draft number.

    A draft that still is as we left it is printed anew with them; in one that people edited, or whose data have changed
    since, only they are filled in: people signed that, not what the data say now.
    """
    del number
    entry = seen.entries.get(signed.file_id)
    same = fingerprint(template, planned.context) == signed.fingerprint
    if same and (entry is None or entry.md5 == signed.checksum):
        return render(template, requisites(planned.context, number=signed.number, day=signed.day))
    if entry is None:
        raise Refused("Файл подписанного черновика удалён, а данные с тех пор изменились: чистовик не сделать. Верните черновик из корзины.")
    return undrafted(seen.media(entry), signed.number, signed.day)


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
    origin = Origin(seen.book.snapshot.title, REGISTER, 0, draft.title_of_kind)
    row = draft.step.filed if draft.step.final else None
    try:
        found = inspection.looked(draft.paper("ПР-0000-000"), card, row.number if row else "", row.day if row else None)
    except Doubt as doubt:
        told = f"«{draft.title_of_kind}» не готовится: {doubt.reason} Впишите нужную форму во вкладку «Склонения» или пол во вкладку с ФИО."
        return Problem(Severity.QUESTION, "doubt", replace(origin, tab=DECLENSIONS), told, printed=doubt.text, subject=planned.subject), ""
    except Refused as refusal:
        return Problem(Severity.STOP, "template", origin, f"«{draft.title_of_kind}» не готовится. {refusal}", subject=planned.subject), ""
    fault = inspection.stopping(found)
    if fault is not None:
        return Problem(Severity.STOP, "paper-fault", origin, f"«{draft.title_of_kind}» не готовится. {fault.message} Исправьте шаблон или данные.", subject=planned.subject), ""
    return None, inspection.spelled(found)


def stands(filed: Filed | None, seen: Seen) -> File:
    """Tell how a filed paper stands."""
    if filed is None:
        return File.NONE
    entry = seen.entries.get(filed.file_id)
    if entry is None or entry.trashed:
        return File.GONE
    left = {filed.checksum, filed.intended.partition(":")[2]} - {""}
    return File.OURS if entry.md5 in left else File.EDITED


def asked(steps: Sequence[Step]) -> list[Problem]:
    """Turn what only a person can decide into findings on the register's row."""
    problems: list[Problem] = []
    for step in steps:
        if step.filed is None or (step.action not in {Action.ASK, Action.ORPHAN} and not step.warning):
            continue
        origin = replace(step.filed.origin, column="Данные изменились")
        weight = Severity.NOTE if step.action is Action.ORPHAN else Severity.QUESTION
        problems.append(Problem(weight, f"paper-{step.action.name.lower()}", origin, step.warning or step.reason, subject=step.key))
    return problems

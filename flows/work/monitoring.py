"""Monitoring notes on the roadmap's dates, and a note on a stage or on two days that somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.keys import Key
from flows.domain.planning.due import KINDS
from flows.domain.planning.notes import NOTE, stage_of, wanted_span, wanted_stage
from flows.work.look import look
from flows.work.road import prepare
from flows.work.think import think

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.periods import Period
    from flows.settings import Place
    from flows.work.stages import Report, Supplies
    from flows.workspace.space import Workspace

PAPERS = frozenset({*KINDS, "order.monitoring"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a note is asked for about: a stage by its number, two days, or what the roadmap calls for now."""

    stage: int | None = None
    period: Period | None = None


def monitor(space: Workspace, place: Place, today: date, supplies: Supplies, asked: Asked | None = None, *, dry_run: bool = False) -> Report:  # noqa: PLR0913 - two of them are options
    """Walk the one road, with a note asked for besides if there is one; the report tells of monitoring papers only."""
    wanted = frozenset({_wanted(space, place, today, supplies, asked)}) if asked else frozenset()
    report = prepare(space, place, today, supplies, dry_run=dry_run, at_once=wanted)
    made = tuple(each for each in report.made if Key.parse(each.key).kind in PAPERS)
    return replace(report, made=made, steps=tuple(each for each in report.steps if Key.parse(each.key).kind in PAPERS))


def _wanted(space: Workspace, place: Place, today: date, supplies: Supplies, asked: Asked) -> str:
    if asked.period:
        return wanted_span(asked.period.start, asked.period.end)
    if asked.stage is None:
        return NOTE
    facts = think(look(space, place, supplies), place, today, supplies).understood.facts
    stages = {found for row in facts.activities if (found := stage_of(row)) is not None}
    if asked.stage not in stages:
        known = ", ".join(map(str, sorted(stages))) or "ни одного с номером"
        raise Refused(f"Этапа {asked.stage} в дорожной карте нет. Есть: {known}. Номер берётся из столбца «Раздел / этап».")
    return wanted_stage(asked.stage, facts)

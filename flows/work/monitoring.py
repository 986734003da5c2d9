"""Monitoring notes on the roadmap's dates, and a note on a stage or on two days that somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.named import NOTE
from flows.domain.errors import Refused
from flows.domain.keys import Key
from flows.domain.planning.notes import stage_of, wanted_span, wanted_stage
from flows.work.look import look
from flows.work.road import walk
from flows.work.think import think

if TYPE_CHECKING:
    from flows.domain.periods import Period
    from flows.work.stages import Errand, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """What a note is asked for about: a stage by its number, two days, or what the roadmap calls for now."""

    stage: int | None = None
    period: Period | None = None


def monitor(errand: Errand, asked: Asked | None = None, *, dry_run: bool = False) -> Report:
    """Walk the one road, with a note asked for besides if there is one; the report tells of monitoring papers only."""
    wanted = frozenset({_wanted(errand, asked)}) if asked else frozenset()
    report = walk(replace(errand, at_once=wanted), dry_run=dry_run)
    papers = {*record.having("closes"), *record.having("with_advice")}
    made = tuple(paper for paper in report.made if Key.parse(paper.key).kind in papers)
    return replace(
        report, made=made, steps=tuple(step for step in report.steps if Key.parse(step.key).kind in papers)
    )


def _wanted(errand: Errand, asked: Asked) -> str:
    if asked.period:
        return wanted_span(asked.period.start, asked.period.end)
    if asked.stage is None:
        return NOTE
    facts = think(errand, look(errand)).understood.facts
    stages = {found for row in facts.activities if (found := stage_of(row)) is not None}
    if asked.stage not in stages:
        known = ", ".join(map(str, sorted(stages))) or "ни одного с номером"
        raise Refused(
            f"Этапа {asked.stage} в дорожной карте нет. Есть: {known}. Номер берётся из столбца «Раздел / этап»."
        )
    return wanted_stage(asked.stage, facts)

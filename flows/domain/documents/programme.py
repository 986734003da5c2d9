"""What a pair's programme plans: meetings over its whole term, the result of each difficulty, the stages.

The plan of meetings is what was typed and what the cadence proposes: a registered paper never follows it (`Kind.later`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.documents.in_a_sentence import inline
from flows.domain.people import meeting_plan
from flows.domain.people.difficulties import difficulties
from flows.domain.people.pair_plans import planned_results
from flows.domain.text import fold
from flows.russian.respelt import Respelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from flows.domain.model import Context, Facts, Pair
    from flows.domain.people.difficulties import Difficulty
    from flows.domain.people.meeting_plan import Place, Stage
    from flows.domain.people.pair_plans import PlannedResult

SUMMER = frozenset({6, 7, 8})
NAMED = ("адаптационный", "основной", "оценочный")
SPARE, ALL_SPARE = 3, 6
"""Empty lines of a plan that no cadence fills: under typed meetings, and where nothing is typed."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is planned about one difficulty: in words, and up to which mark as typed."""

    result: str | None = None
    target: str | None = None


def aims(pair: Pair) -> Mapping[str, Aim]:
    """Return what a pair plans by the folded name of the difficulty; several lines about one are one aim."""
    return {sphere: _aim(lines) for sphere, lines in _by_sphere(planned_results(pair)).items()}


def aim_of(planned: Mapping[str, Aim], sphere: str) -> Aim:
    """Return what is planned about a difficulty; nothing where nobody typed it."""
    return planned.get(fold(sphere), Aim()) if sphere else Aim()


def results(facts: Facts, pair: Pair, names: Mapping[str, str]) -> list[Context]:
    """Return the difficulties of a pair's mentees, each once, with its planned result; results of none of them come last.

    A result that names no difficulty belongs to the only one there is. `names` are short names by code.
    """
    planned = dict(aims(pair))
    rows: dict[str, list[tuple[str, Difficulty]]] = {}
    for code in pair.mentees:
        for gap in difficulties(facts.people[code]):
            rows.setdefault(fold(gap.sphere), []).append((code, gap))
    if len(rows) == 1 and "" in planned:
        planned.setdefault(next(iter(rows)), planned.pop(""))
    told = []
    for sphere, own in rows.items():
        people = list(dict.fromkeys(code for code, _ in own))
        told.append(
            _row(own[0][1].sphere, planned.pop(sphere, Aim()))
            | {
                "кто": [names[code] for code in people],
                "сколько": len(people),
                "до": own[0][1].before or None,
            }
        )
    other = {fold(line.sphere): line.sphere for line in planned_results(pair)}
    nobody: Context = {"кто": [], "сколько": 0, "до": None}
    return told + [_row(other[sphere], aim) | nobody for sphere, aim in planned.items()]


def marks_of(facts: Facts, pair: Pair, names: Mapping[str, str]) -> list[Context]:
    """Return each mentee's difficulties with the mark at the start and the one to reach; who has none typed has an empty row."""
    planned, rows = aims(pair), []
    for code in pair.mentees:
        for gap in difficulties(facts.people[code]) or (None,):
            sphere = gap.sphere if gap else ""
            row = {"кто": names[code], "сфера": sphere or None, "до": (gap.before if gap else "") or None}
            rows.append(row | {"цель": aim_of(planned, sphere).target})
    return rows


def stages_of(pair: Pair) -> Context | None:
    """Return the days of the three stages by their names; nothing for a term of a few days."""
    parts = meeting_plan.stages(pair.start, pair.end)
    days = [{"начало": part.start, "окончание": part.end} for part in parts]
    return dict(zip(NAMED, days, strict=True)) if days else None


def meetings_planned(facts: Facts, pair: Pair) -> Context:
    """Return the plan of meetings: its lines by school year and stage, and how many empty ones stand under it."""
    lines = meeting_plan.plan_of(pair, facts.meetings, facts.days_off)
    proposed = [line.day for line in lines if line.proposed and line.day]
    cadence = bool(proposed) or bool(pair.meetings_a_month and lines)
    return {
        "встреч": len(lines) if cadence else None,
        "предложены": bool(proposed),
        "лето": any(day.month in SUMMER for day in proposed),
        "части": _parts(lines, pair),
        "запас": [""] * (0 if cadence else SPARE if lines else ALL_SPARE),
    }


def _parts(lines: Iterable[Place], pair: Pair) -> list[Context]:
    stages = meeting_plan.stages(pair.start, pair.end)
    several = periods.school_year(pair.start) != periods.school_year(pair.end)
    planned, told, number = aims(pair), [], 0
    for title, own in groupby(lines, key=lambda line: _title(line.day, stages, several=several)):
        rows = []
        for number, line in enumerate(own, number + 1):  # noqa: B020 - it goes on from part to part
            rows.append(_line(line, planned) | {"номер": number})
        told.append({"название": title, "встречи": rows})
    return told


def _title(day: date | None, stages: tuple[Stage, ...], *, several: bool) -> str | None:
    """Name a part of the plan: the stage, and the school year where the term has several."""
    if day is None:
        return None
    stage = meeting_plan.stage_of(day, stages)
    year = f"{periods.school_year(day).replace('-', '/')} учебный год" if several else ""
    return ": ".join(part for part in (year, f"{stage.name} этап" if stage else "") if part) or None


def _line(line: Place, planned: Mapping[str, Aim]) -> Context:
    meeting = line.meeting
    if meeting is None:
        return {
            "день": line.day,
            "предложен": True,
            **dict.fromkeys(("тема", "форма", "затруднение", "результат")),
        }
    return {
        "день": line.day,
        "предложен": line.proposed,
        "тема": meeting.topic or None,
        "форма": meeting.manner or None,
        "затруднение": meeting.deficit or None,
        "результат": aim_of(planned, meeting.deficit).result,
    }


def _row(sphere: str, aim: Aim) -> Context:
    return {"сфера": sphere or None, "результат": aim.result, "цель": aim.target}


def _by_sphere(lines: Iterable[PlannedResult]) -> Mapping[str, list[PlannedResult]]:
    found: dict[str, list[PlannedResult]] = {}
    for line in lines:
        found.setdefault(fold(line.sphere), []).append(line)
    return found


def _aim(lines: list[PlannedResult]) -> Aim:
    said = [_printed(text) for line in lines if (text := inline(line.result))]
    return Aim("; ".join(said) or None, next((line.target for line in lines if line.target), None))


def _printed(text: str) -> str:
    return text.now if isinstance(text, Respelt) else text

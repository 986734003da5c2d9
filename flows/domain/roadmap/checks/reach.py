"""Whom the plan reaches besides its own teachers: a district's organisations, pupils, students, the public (domain §6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Severity
from flows.domain.organisation import KINDERGARTEN
from flows.domain.roadmap.checks.view import RoadmapView, finding, kinds_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["REACH_CHECKS"]


def fanned_out(plan: RoadmapView) -> Iterator[Problem]:
    """Note a row that every organisation of the district carries out."""
    for each in plan.activities:
        if each.fan_out:
            yield finding(
                each,
                Severity.NOTE,
                "fan-out",
                "Эту строку выполняет каждая организация района: она появится в плане каждой из них.",
                column="Ответственный",
            )


def minors(plan: RoadmapView) -> Iterator[Problem]:
    """Ask for consents of pupils' parents where the plan covers pupils."""
    each = next(
        (
            each
            for each in plan.activities
            if each.audience in {"pupils", "mixed"}
            and re.search(
                r"обучающ|ученик|учащ|(?<!до)школьник", f"{plan.heading} {text_of(each)}", re.IGNORECASE
            )
        ),
        None,
    )
    if each:
        yield finding(
            each,
            Severity.QUESTION,
            "minors",
            "План охватывает обучающихся. Для них нужны согласия родителей (законных представителей) и другие формы, чем для педагогов. Подтвердите, кого вносить в участники.",
        )


def published_people(plan: RoadmapView) -> Iterator[Problem]:
    """Note a publication that names people: it needs their consent to it."""
    for each in plan.activities:
        kinds = kinds_of(each)
        named = any(kind.given == "consent_public" for kind in kinds) or (
            any(kind.publishes for kind in kinds) and any(kind.approves == "people" for kind in kinds)
        )
        if named:
            yield finding(
                each,
                Severity.NOTE,
                "publication-consent",
                "На сайте появятся имена: сначала нужны согласия на распространение персональных данных.",
            )


def undeclared_form(plan: RoadmapView) -> Iterator[Problem]:
    """Find a form of mentoring with students in a plan for teachers of a kindergarten."""
    if not KINDERGARTEN.search(plan.heading):
        return
    for each in plan.activities:
        if re.search(
            r"педагог\s*[-–—]\s*студент|студент\s*[-–—]|работодатель\s*[-–—]", text_of(each), re.IGNORECASE
        ):
            yield finding(
                each,
                Severity.QUESTION,
                "undeclared-form",
                "Названа форма наставничества со студентами, а план составлен для педагогов. Подтвердите форму или уберите её.",
            )


REACH_CHECKS: tuple[Callable[[RoadmapView], Iterator[Problem]], ...] = (
    fanned_out,
    minors,
    published_people,
    undeclared_form,
)

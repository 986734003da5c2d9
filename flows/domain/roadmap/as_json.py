"""A reading as plain values for programs: the shape of `nastavnik read --json` (DESIGN §4)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.domain.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.model import Activity, Problem
    from flows.domain.roadmap.grids import Document

SEVERITIES = {Severity.STOP: "stop", Severity.QUESTION: "question", Severity.NOTE: "note"}


def as_json(document: Document, activities: Sequence[Activity], problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the reading with ISO dates, ready for `json.dumps`."""
    period = document.period
    return {
        "organisation": document.organisation,
        "title": document.title,
        "period": {"start": _iso(period.start), "end": _iso(period.end)} if period else None,
        "activities": [_activity(each) for each in activities],
        "problems": [_problem(each) for each in problems],
    }


def _activity(each: Activity) -> dict[str, Any]:
    return {
        "number": each.number,
        "stage": each.stage,
        "activity": each.activity,
        "content": each.content,
        "term": each.printed_term,
        "kind": each.term.kind,
        "windows": [{"start": _iso(window.start), "end": _iso(window.end)} for window in each.term.windows],
        "flags": sorted(each.term.flags),
        "responsible": list(each.responsible),
        "result": each.result,
        "documents": list(each.documents),
        "origin": asdict(each.origin),
    }


def _problem(each: Problem) -> dict[str, Any]:
    return {
        "severity": SEVERITIES[each.severity],
        "code": each.code,
        "origin": asdict(each.origin),
        "message": each.message,
        "proposal": each.proposal,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

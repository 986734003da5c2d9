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


def as_json(
    document: Document, activities: Sequence[Activity], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return the reading with ISO dates, ready for `json.dumps`."""
    period = document.period
    return {
        "organisation": document.organisation,
        "title": document.title,
        "period": {"start": _iso(period.start), "end": _iso(period.end)} if period else None,
        "activities": [_activity(each) for each in activities],
        "problems": [_problem(each) for each in problems],
    }


def _activity(row: Activity) -> dict[str, Any]:
    return {
        "number": row.number,
        "stage": row.stage,
        "activity": row.activity,
        "content": row.content,
        "term": row.printed_term,
        "kind": row.term.kind,
        "windows": [{"start": _iso(window.start), "end": _iso(window.end)} for window in row.term.windows],
        "flags": sorted(row.term.flags),
        "responsible": list(row.responsible),
        "result": row.result,
        "documents": list(row.documents),
        "other": dict(row.others),
        "origin": asdict(row.origin),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": SEVERITIES[problem.severity],
        "code": problem.code,
        "origin": asdict(problem.origin),
        "message": problem.message,
        "proposal": problem.proposal,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

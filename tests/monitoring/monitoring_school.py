# ruff: noqa: DTZ001 - a response tab knows no time zones
"""An invented kindergarten for the tests of monitoring: short ways to say who, when and what."""

import tomllib
from datetime import date, datetime
from pathlib import Path

from flows.domain.model import Activity, Facts, Filed, Meeting, Origin, Pair, Person, Row
from flows.domain.monitoring.answers.questionnaire import Question, Reply, Response
from flows.domain.monitoring.indicators.evidence import Evidence
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.organisation import Organisation
from flows.domain.periods import Period
from flows.domain.terms.reading import Window, parse
from flows.domain.working_days import GapNorm

ROOT = Path(__file__).parents[2]
METHOD = method_from(tomllib.loads((ROOT / "config" / "monitoring.toml").read_text("utf-8")))
YEAR = Period(date(2026, 9, 1), date(2027, 5, 31))
NOWHERE = Origin()


def organisation(**told):
    base = {
        "slug": "lastochka", "full_name": "Детский сад", "short_name": "МБДОУ № 112", "city": "г. Светлогорье", "head_name": "",
        "head_position": "заведующий", "curator_name": "", "curator_position": "", "school_year": "2026-2027", "teachers": 20, "young_teachers": 4,
    }  # fmt: skip
    return Organisation(**{**base, **told})


def person(code, **told):
    role = "mentor" if code.startswith("Н") else "mentee"
    base = {
        "name": f"Вымышленный {code}",
        "gender": "",
        "position": "воспитатель",
        "origin": NOWHERE,
        "status": "действует",
    }
    return Person(code, role, **{**base, **told})


def pair(code, mentor, *mentees, start=date(2026, 9, 15), end=date(2027, 5, 31), **told):
    base = {
        "group": "",
        "form": "педагог – педагог",
        "kind": "",
        "goal": "",
        "tasks": (),
        "status": "действует",
        "origin": NOWHERE,
        "codes": (code,),
    }
    return Pair(code, mentor, mentees, start=start, end=end, **{**base, **told})


def met(code, pair_code, held=None, planned="same", status=None, **told):
    planned = held if planned == "same" else planned
    status = ("состоялась" if held else "") if status is None else status
    return Meeting(
        code, pair_code, planned, held, status, "тема", Origin(tab="Встречи", row=int(code[2:] or 0)), **told
    )


def activity(number, told, term, result="Аналитическая справка", documents=("note.monitoring",), **more):
    base = {
        "stage": "6. Мониторинг",
        "content": "",
        "responsible": (),
        "origin": NOWHERE,
        "printed_term": term,
    }
    period = more.pop("period", Period(date(2026, 1, 1), date(2028, 12, 31)))
    return Activity(
        number,
        number,
        activity=told,
        term=parse(term, period),
        result=result,
        documents=documents,
        **{**base, **more},
    )


def filed(kind, subject, day=date(2026, 9, 10), number="14", **told):
    key = f"lastochka/{kind}/{subject}/2026-2027"
    base = {
        "version": 1, "title": kind, "draft_number": "", "state": "зарегистрирован", "file_id": "", "fingerprint": "", "checksum": "",
        "intended": "", "template": "", "number": number, "day": day,
    }  # fmt: skip
    return Filed(key, kind=kind, **{**base, **told})


def facts(today=date(2026, 12, 31), people=(), pairs=(), meetings=(), **told):
    base = {"organisation": organisation(), "window": Window(date(2026, 12, 1), date(2026, 12, 31))}
    return Facts(
        today=today,
        people={each.code: each for each in people},
        pairs=tuple(pairs),
        meetings=tuple(meetings),
        **{**base, **told},
    )


def evidence(told=None, **more):
    return Evidence(told or facts(), more.pop("method", METHOD), **more)


def question(indicator="M10", wave="выход", criterion="удовлетворённость", **told):
    return Question(
        "Ответы на форму (1)",
        told.pop("text", f"{indicator} {criterion} {wave}"),
        indicator=indicator,
        criterion=criterion,
        wave=wave,
        **told,
    )


def response(who, *marks, day=date(2026, 12, 10), survey="Ответы на форму (1)", role=""):
    """One filled form: `marks` are (question, value) on a ten-point scale, or (question, value, scale)."""
    replies = tuple(Reply(mark[0], mark[1], mark[2] if len(mark) > 2 else 10) for mark in marks)
    moment = datetime(day.year, day.month, day.day, 12) if day else None
    return Response(f"{survey}-{who}-{day}", survey, who, moment, replies, role)


def row(tab="Анкеты", at=2, code="", **cells):
    return Row(Origin(tab=tab, row=at), code, cells)


WEEKLY = (GapNorm(14, "не реже одного раза в две недели", "6.3"),)

"""A small invented district in April for the tests of its note and letters: three organisations, one of them silent."""

from dataclasses import replace
from datetime import date
from functools import cache

from flows import settings
from flows.domain.columns import system_columns
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.documents.specimen_district import NOTE, SENT
from flows.domain.model import Filed
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes

DAY = date(2027, 4, 27)
KINDS = settings.catalogue()
DAYS_OFF = settings.days_off(2026, 2028)
SILENT, OWING, WHOLE = "oo3", "oo2", "oo1"


@cache
def base():
    return specimen("note.municipal", "event")


def facts(day=DAY, **told):
    """The district on a day; `told` changes what its book says of organisations."""
    data = replace(base().district, **told)
    return replace(base(), today=day, district=data, activity=None, window=None, subject="")


def with_row(row, **cells):
    """The district with a changed row of its plan."""
    return lambda whole: replace(
        whole,
        activities=tuple(replace(each, **cells) if each.code == row else each for each in whole.activities),
    )


def asked(whole, *at_once):
    return Wishes(KINDS, BUILDERS, DAYS_OFF, at_once=frozenset(at_once)), whole


def planned(whole, *at_once):
    """Papers by kind that planning wants."""
    wishes, whole = asked(whole, *at_once)
    found = {}
    for each in plan(whole, wishes).planned:
        found.setdefault(each.kind, []).append(each)
    return found


def cell(whole, row=NOTE, register=()):
    """The cell «⚙ Документ» of a row."""
    wishes, whole = asked(whole)
    made = plan(whole, wishes).planned
    at = next(each.origin.row for each in whole.activities if each.code == row)
    return system_columns.roadmap(whole, wishes, made, {each.key: each for each in register})[at][
        "⚙ Документ"
    ]


def filed(paper, state="черновик", **told):
    """The register's row of a planned paper."""
    row = Filed(
        paper.key, 1, paper.kind, paper.title, "ПР-2027-001", state, "f1", "v1:x", "c", "", paper.template,
        basis="; ".join(paper.basis),
    )  # fmt: skip
    return replace(row, **told)


def sent_all(whole):
    """The district when the silent organisation has sent its data and everybody has done the row."""
    data = whole.district
    states = {key: replace(row, state="выполнено") for key, row in data.states.items()}
    figures = dict(data.figures)
    for row in tuple(figures.values()):
        if row.slug == WHOLE:
            own = replace(row, slug=SILENT)
            figures[own.key] = own
    sent = {**data.sent, SILENT: data.sent[WHOLE]}
    return replace(whole, district=replace(data, states=states, figures=figures, sent=sent))


__all__ = ["NOTE", "SENT"]

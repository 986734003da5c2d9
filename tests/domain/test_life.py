"""The life of a paper, the one table of the design: what becomes of a key, row by row and column by column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.model import Filed, Planned
from flows.domain.register import life
from flows.domain.register.life import Action, File

KEY = "sadik/order.pairs/sadik/2026-2027"
PLANNED = Planned(
    KEY, "order.pairs", "sadik", "2026-2027", "О закреплении пар", "order.pairs.docx", (), "{title}.docx", {}
)
DRAFT = Filed(
    KEY, 1, "order.pairs", "О закреплении пар", "ПР-2026-001", "проект", "file-1", "same", "md5", "", ""
)
NUMBERED = replace(DRAFT, number="26/1")
SIGNED = replace(DRAFT, state="подписан")
FINAL = replace(
    DRAFT, state="зарегистрирован", number="26/1", day=date(2026, 9, 1), final=True, draft_number=""
)
BEGUN = replace(DRAFT, state="создаётся", intended="same:md5", fingerprint="", checksum="")
REGISTERED = (NUMBERED, SIGNED, FINAL)

KEEP, RENEW, ASK, CREATE, ORPHAN = Action.KEEP, Action.RENEW, Action.ASK, Action.CREATE, Action.ORPHAN
SAME, CHANGED = "same", "changed"


def rows():
    """(what it is, the filed row, fingerprint today, the file, the tick) -> (action, version)."""
    yield "nothing filed", None, SAME, File.NONE, False, CREATE, 1
    yield "draft as we left it", DRAFT, SAME, File.OURS, False, KEEP, 1
    yield "draft as we left it, changed data", DRAFT, CHANGED, File.OURS, False, RENEW, 1
    yield "draft edited by hand", DRAFT, SAME, File.EDITED, False, KEEP, 1
    yield "draft edited by hand, changed data", DRAFT, CHANGED, File.EDITED, False, CREATE, 2
    yield "draft gone", DRAFT, SAME, File.GONE, False, ASK, 1
    yield "draft gone, changed data", DRAFT, CHANGED, File.GONE, False, ASK, 1
    yield "draft gone, new one asked for", DRAFT, SAME, File.GONE, True, CREATE, 2
    yield "draft on review", replace(DRAFT, state="на проверке"), CHANGED, File.OURS, False, RENEW, 1
    for row in REGISTERED:
        yield "registered", row, SAME, File.OURS, False, KEEP, 1
        yield "registered, changed data", row, CHANGED, File.OURS, False, ASK, 1
        yield "registered, file edited", row, SAME, File.EDITED, False, KEEP, 1
        yield "registered, file edited, changed data", row, CHANGED, File.EDITED, False, ASK, 1
        yield "registered, file gone", row, SAME, File.GONE, False, ASK, 1
        yield "registered, new one asked for", row, CHANGED, File.OURS, True, CREATE, 2
    yield "begun by a broken run, then edited by hand", BEGUN, CHANGED, File.EDITED, False, CREATE, 2
    for file in (File.OURS, File.GONE):
        yield "begun by a broken run", BEGUN, CHANGED, file, False, CREATE, 1
        yield "begun by a broken run, ticked too", BEGUN, SAME, file, True, CREATE, 1
    yield (
        "state typed by a person, nothing begun",
        replace(DRAFT, state="создаётся"),
        SAME,
        File.OURS,
        False,
        KEEP,
        1,
    )
    yield (
        "state typed by a person over an edited draft",
        replace(DRAFT, state="создаётся"),
        CHANGED,
        File.EDITED,
        False,
        CREATE,
        2,
    )
    yield (
        "state typed by a person over a registered paper",
        replace(FINAL, state="создаётся"),
        CHANGED,
        File.OURS,
        False,
        ASK,
        1,
    )
    for state in ("отменён", "заменён"):
        yield "cancelled by a person", replace(DRAFT, state=state), SAME, File.OURS, False, ASK, 1
        yield (
            "cancelled by a person, changed data",
            replace(DRAFT, state=state),
            CHANGED,
            File.OURS,
            False,
            ASK,
            1,
        )
        yield "cancelled, a new one asked for", replace(DRAFT, state=state), SAME, File.OURS, True, CREATE, 2
        yield "cancelled though registered", replace(FINAL, state=state), SAME, File.OURS, False, ASK, 1
    yield (
        "begun, never finished and cancelled",
        replace(BEGUN, state="отменён"),
        SAME,
        File.GONE,
        False,
        CREATE,
        2,
    )


@pytest.mark.parametrize("case", list(rows()), ids=lambda case: case[0])
def test_what_becomes_of_a_planned_paper(case):
    what, filed, today, file, again, action, version = case
    step = life.decide(PLANNED, today, filed, file, again=again)
    assert (step.action, step.version) == (action, version), what
    assert step.reason
    assert (step.key, step.filed, step.planned) == (KEY, filed, PLANNED)


@pytest.mark.parametrize(
    ("filed", "file", "action"),
    [
        *(
            (row, file, ORPHAN)
            for row in (DRAFT, NUMBERED, SIGNED, FINAL)
            for file in (File.OURS, File.EDITED, File.GONE)
        ),
        *((BEGUN, file, ORPHAN) for file in (File.OURS, File.GONE)),
        *((replace(DRAFT, state=state), File.OURS, KEEP) for state in ("отменён", "заменён")),
    ],
)
def test_what_becomes_of_a_paper_that_nothing_calls_for(filed, file, action):
    step = life.unplanned(filed, file)
    assert step.action is action
    assert step.planned is None


def test_nothing_in_the_table_ever_renews_a_registered_paper():
    for _, filed, today, file, again, _, _ in rows():
        step = life.decide(PLANNED, today, filed, file, again=again)
        if filed is not None and filed.registered:
            assert step.action is not RENEW
            assert step.action is not CREATE or step.version > filed.version


def test_an_edited_registered_file_is_warned_about():
    assert "изменён" in life.decide(PLANNED, SAME, FINAL, File.EDITED).warning
    assert life.decide(PLANNED, SAME, FINAL, File.OURS).warning == ""


def test_changed_data_after_registration_ask_for_an_amending_order():
    assert "приказ о внесении изменений" in life.decide(PLANNED, CHANGED, FINAL, File.OURS).reason


def test_number_and_day_typed_beside_a_draft_call_for_its_final():
    step = life.decide(PLANNED, CHANGED, replace(NUMBERED, day=date(2026, 9, 1)), File.EDITED)
    assert (step.action, step.version, step.final) == (CREATE, 2, True)


def test_a_version_is_never_given_twice():
    """A cancelled second version does not free its number."""
    step = life.decide(PLANNED, CHANGED, DRAFT, File.EDITED, top=4)
    assert step.version == 5
    assert (
        life.decide(PLANNED, SAME, replace(DRAFT, state="отменён"), File.OURS, again=True, top=3).version == 4
    )


def test_the_newest_living_row_speaks_for_its_key():
    replaced, living, cancelled = (
        replace(DRAFT, state="заменён"),
        replace(DRAFT, version=2),
        replace(DRAFT, version=3, state="отменён"),
    )
    assert life.latest((replaced, living, cancelled)) == {KEY: living}
    assert life.latest((cancelled, replaced)) == {KEY: cancelled}
    assert life.tops((replaced, living, cancelled)) == {KEY: 3}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "26/1"}, life.NO_DAY),
        ({"day": date(2026, 9, 1)}, life.NO_NUMBER),
        ({"number": "26/1", "day": date(2026, 9, 1)}, ""),
        ({}, ""),
    ],
)
def test_half_a_registration_is_asked_for_and_makes_no_clean_copy(typed, said):
    row = replace(DRAFT, **typed)
    same, changed = (life.decide(PLANNED, each, row, File.OURS) for each in (SAME, CHANGED))
    assert same.warning == said
    if said:
        assert not same.final
        assert changed.reason.startswith(said)


def test_a_registration_that_something_hinders_says_what_and_makes_nothing():
    row = replace(DRAFT, number="26/1", day=date(2026, 9, 1))
    assert life.decide(PLANNED, SAME, row, File.OURS).final
    step = life.decide(replace(PLANNED, held="нет согласия"), SAME, row, File.OURS)
    assert (step.action, step.final) == (ASK, False)
    assert step.reason == "Номер и дата вписаны, а чистовик не готовится: нет согласия."
    unwanted = life.unplanned(row, File.OURS)
    assert unwanted.action is ORPHAN
    assert unwanted.reason.startswith("Номер и дата вписаны, а чистовик не готовится: ")

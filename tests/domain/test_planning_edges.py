"""Planning on the day before, the day and the day after: notes, reports, councils; stages and councils in people's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows import settings
from flows.domain.documents.specimen import specimen
from flows.domain.keys import ask
from flows.domain.model import Activity, Origin
from flows.domain.organisation import Council
from flows.domain.periods import Period
from flows.domain.planning import councils, due, notes
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.terms.reading import Window, parse

CATALOGUE = settings.catalogue()
NOTE, REPORT = CATALOGUE["note.monitoring"], CATALOGUE["report.mentor"]
DAYS_OFF = settings.days_off(2025, 2030)
PERIOD = Period(date(2026, 9, 1), date(2029, 8, 31))
SCHOOL = specimen("order.pairs")
PAIR = replace(SCHOOL.pairs[1], start=date(2026, 10, 5), end=date(2027, 4, 30))
EDGE = (-1, 0, 1)


def row(term, *kinds, code="М-009", stage="", text="Мониторинг"):
    return Activity(
        code, "6.3", stage, text, "", parse(term, PERIOD), (), "Документ", kinds, Origin("", "", 9), "", term
    )  # fmt: skip


def near(day, at):
    return day + timedelta(days=at)


def made(today, *rows, at_once=(), kinds=(NOTE,), **more):
    """What planning names on a day: the papers as kind and subject, and the codes of what it says."""
    facts = replace(
        SCHOOL, **{"pairs": (PAIR,), "register": (), "councils": (), **more}, activities=rows, today=today
    )
    known = {each.id: each for each in kinds}
    return plan(
        facts, Wishes(known, {name: lambda _: {} for name in known}, DAYS_OFF, at_once=frozenset(at_once))
    )


def subjects(told, kind=NOTE):
    return [each.subject for each in told.planned if each.kind == kind.id]


def codes(told):
    return [each.code for each in told.problems if each.subject == "М-009"]


@pytest.mark.parametrize("at", EDGE)
def test_a_note_is_written_when_a_pair_began_by_its_last_day(at):
    last = date(2027, 1, 15)
    told = made(last, row("до 15.01.2027", NOTE.id), pairs=(replace(PAIR, start=near(last, at)),))
    assert (subjects(told), codes(told)) == ((["М-009@2027-01"], []) if at <= 0 else ([], ["before-pairs"]))


@pytest.mark.parametrize("at", EDGE)
def test_a_note_that_is_open_waits_for_the_day_on_which_the_first_pair_begins(at):
    began = date(2027, 1, 13)
    told = made(near(began, at), row("до 15.01.2027", NOTE.id), pairs=(replace(PAIR, start=began),))
    assert (subjects(told), codes(told)) == (["М-009@2027-01"] if at >= 0 else [], [])


@pytest.mark.parametrize("at", EDGE)
def test_a_mentor_reports_of_a_pair_that_began_by_the_last_day_of_the_term(at):
    last = date(2026, 12, 31)
    told = made(
        near(last, 20),
        row("Декабрь 2026", REPORT.id),
        kinds=(REPORT,),
        pairs=(replace(PAIR, start=near(last, at)),),
    )
    assert subjects(told, REPORT) == ([PAIR.code] if at <= 0 else [])


@pytest.mark.parametrize("at", EDGE)
def test_a_mentor_reports_of_a_pair_that_ended_in_the_terms_school_year(at):
    begins = date(2027, 9, 1)
    pairs = (replace(PAIR, end=near(begins, at)),)
    term = row("Декабрь 2027", REPORT.id)
    told = made(date(2027, 12, 20), term, kinds=(REPORT,), pairs=pairs, period=None)
    assert subjects(told, REPORT) == ([PAIR.code] if at >= 0 else [])


@pytest.mark.parametrize("at", EDGE)
def test_a_mentors_report_is_not_begun_before_the_pair_begins(at):
    began = date(2026, 12, 24)
    pairs = (replace(PAIR, start=began),)
    told = made(near(began, at), row("до 31.12.2026", REPORT.id), kinds=(REPORT,), pairs=pairs)
    assert subjects(told, REPORT) == ([PAIR.code] if at >= 0 else [])


@pytest.mark.parametrize("at", EDGE)
def test_a_note_missed_before_the_cards_school_year_is_nobodys_debt(at):
    last = near(date(2026, 9, 1), at)
    pairs = (replace(PAIR, start=date(2026, 2, 2)),)
    told = made(date(2026, 9, 20), row(f"до {last:%d.%m.%Y}", NOTE.id), pairs=pairs)
    assert bool(subjects(told)) is (at >= 0)


def test_of_two_rows_of_one_school_year_a_mentor_writes_one_report_for_both():
    rows = (row("Декабрь 2026", REPORT.id), row("Апрель 2027", REPORT.id, code="М-010"))
    (one,) = made(date(2027, 4, 20), *rows, kinds=(REPORT,)).planned
    assert (one.subject, one.rows, one.late) == (PAIR.code, ("М-009", "М-010"), False)
    (both,) = made(date(2027, 5, 20), *rows, kinds=(REPORT,)).planned
    assert both.late


@pytest.mark.parametrize(
    ("stage", "number"),
    [
        ("Этап 1. Подготовка", 1), ("II этап", 2), ("III. Отбор пар", 3), ("IV этап. Работа", 4), ("iv этап", 4), ("9. Итоги", 9),
        ("IX. Итоги", 9), ("2-й этап", 2), ("2-ой этап: работа", 2), ("Этап VI", 6), ("V этап", 5), ("VII", 7), ("VIII этап", 8), ("X. Архив", 10),
        ("Этап подготовки", None), ("Подготовка", None), ("", None), ("Иванова школа", None), ("План на 2026 год", None), ("IIII этап", None),
        ("Внедрение", None), ("Итоги 2 четверти", None), ("XII этап", None),
    ],
)  # fmt: skip
def test_a_stage_is_known_by_its_number_arabic_or_roman(stage, number):
    assert notes.stage_of(row("Декабрь 2026", NOTE.id, stage=stage)) == number


def test_a_note_asked_for_a_stage_bounds_itself_by_the_days_of_that_stage_alone():
    rows = (
        row("Октябрь 2026", code="М-001", stage="II этап"),
        row("до 20.12.2026", code="М-002", stage="Этап 2"),
        row("Март 2027", code="М-003", stage="III этап"),
        row("постоянно", code="М-004", stage="2. Работа"),
    )
    wanted = notes.wanted_stage(2, replace(SCHOOL, activities=rows))
    assert wanted == ask(NOTE.id, "этап@2")
    (told,) = made(date(2027, 2, 1), *rows, at_once={wanted}).planned
    assert (told.subject, told.due.start, told.due.end) == ("этап@2", date(2026, 10, 1), date(2026, 12, 20))
    assert (
        made(
            date(2027, 2, 1), *rows, at_once={notes.wanted_stage(4, replace(SCHOOL, activities=rows))}
        ).planned
        == ()
    )


@pytest.mark.parametrize("at", EDGE)
def test_asked_for_without_any_day_a_note_is_about_the_school_year_so_far_once_a_pair_works(at):
    today = near(PAIR.start, at)
    told = made(today, row("постоянно", NOTE.id), at_once={NOTE.id})
    assert subjects(told) == ([f"срок@2026-09-01..{today}"] if at >= 0 else [])
    assert subjects(made(today, row("постоянно", NOTE.id))) == []


COUNCIL = date(2027, 3, 26)
PACK = tuple(CATALOGUE[name] for name in ("pack.contents", "agenda.council", "note.monitoring"))


def council(today, *rows, day=COUNCIL, **more):
    return made(today, *rows, kinds=PACK, councils=(Council("", day),), **more)


@pytest.mark.parametrize("at", EDGE)
def test_a_council_hears_a_note_that_ended_no_more_than_sixty_days_before_it(at):
    last = near(COUNCIL - timedelta(days=60), at)
    told = council(COUNCIL, row(f"до {last:%d.%m.%Y}", NOTE.id))
    assert (f"{COUNCIL}" in subjects(told)) is (at < 0)


@pytest.mark.parametrize("at", EDGE)
def test_a_council_hears_a_note_whose_days_began_by_its_own(at):
    first = near(COUNCIL, at)
    rows = (row(f"{first:%d.%m.%Y} – 30.04.2027", NOTE.id),)
    told = council(COUNCIL, *rows, at_once={ask(NOTE.id, "М-009")})
    assert subjects(told) == ["М-009@2027-04", *([] if at <= 0 else [f"{COUNCIL}"])]


def test_a_council_of_two_notes_hears_the_later_and_names_the_other_nowhere():
    rows = (row("до 01.03.2027", NOTE.id), row("до 15.03.2027", NOTE.id, code="М-010"))
    pack = next(each for each in council(COUNCIL, *rows).planned if each.kind == "pack.contents")
    assert [key.split("/")[2] for key in pack.links if NOTE.id in key] == ["М-010@2027-03"]


@pytest.mark.parametrize("at", EDGE)
def test_a_councils_own_note_needs_a_pair_that_began(at):
    told = council(near(PAIR.start, at), day=date(2026, 10, 7))
    assert subjects(told) == (["2026-10-07"] if at >= 0 else [])


@pytest.mark.parametrize(
    ("day", "own"),
    [
        (date(2026, 7, 31), True),
        (date(2026, 8, 1), False),
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
    ],
)
def test_a_council_that_opens_a_school_year_has_nothing_to_write_of_whatever_pairs_worked(day, own):
    told = council(day, day=day, pairs=(replace(PAIR, start=date(2026, 2, 2), end=date(2027, 9, 30)),))
    assert subjects(told) == ([f"{day}"] if own else [])


@pytest.mark.parametrize(
    ("typed", "today", "found"),
    [
        ("", 0, "2027-01-15"), ("", 1, "2027-05-28"), ("", 200, None), ("2", 0, "2027-01-15"), ("№ 2", 200, "2027-01-15"), (" 2.0 ", 0, "2027-01-15"),
        ("15.01.2027", 200, "2027-01-15"), ("16.01.2027", 0, None), ("4", 0, None), ("март", 0, None), ("3", -200, "2027-05-28"),
    ],
)  # fmt: skip
def test_a_council_is_named_by_number_day_or_nothing(typed, today, found):
    days = (Council("", date(2026, 11, 20)), Council("", date(2027, 1, 15)), Council("", date(2027, 5, 28)))
    told = councils.chosen(typed, days, near(date(2027, 1, 15), today))
    assert (told and f"{told[1]}") == found


@pytest.mark.parametrize(
    ("typed", "today", "found"),
    [("", -1, "2026-11-20"), ("", 0, "2027-01-15"), ("", -60, "2026-11-20"), ("1", 0, "2026-11-20"), ("20.11.2026", 9, "2026-11-20")],
)  # fmt: skip
def test_an_extract_named_by_nothing_is_of_the_last_council_held_else_of_the_nearest(typed, today, found):
    days = (Council("", date(2026, 11, 20)), Council("", date(2027, 1, 15)))
    told = councils.heard(typed, days, near(date(2027, 1, 15), today))
    assert f"{told[1]}" == found


@pytest.mark.parametrize("kind", [NOTE, CATALOGUE["memo.mentor"], CATALOGUE["order.introduce"]], ids=lambda kind: kind.id)  # fmt: skip
def test_a_term_that_never_ends_calls_for_no_paper_on_any_day(kind):
    open_end = row("с 01.03.2027", kind.id)
    assert [window.end for window in open_end.term.windows] == [None]
    for today in (date(2027, 2, 10), date(2027, 3, 1), date(2027, 9, 1)):
        assert made(today, open_end, kinds=(kind,)).planned == ()


def test_a_window_without_days_is_never_due():
    told = Wishes({NOTE.id: NOTE}, {}, DAYS_OFF, at_once=frozenset({NOTE.id}))
    assert not due.falls_due(NOTE, Window(None, None), SCHOOL, told)
    assert due.falls_due(NOTE, Window(None, date(2036, 1, 1)), SCHOOL, told)


def test_a_paper_that_several_rows_call_for_is_written_for_the_first():
    kind, asked = CATALOGUE["order.introduce"], []
    rows = tuple(row("до 15.01.2027", kind.id, code=code) for code in ("М-001", "М-002"))
    facts = replace(SCHOOL, register=(), councils=(), activities=rows, today=date(2027, 1, 10))
    plan(facts, Wishes({kind.id: kind}, {kind.id: lambda of: asked.append(of.activity.code) or {}}, DAYS_OFF))
    assert asked == ["М-001"]

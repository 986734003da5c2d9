"""Rows whose term is an event or a long window: each paper is due when what it hangs on has happened."""

from dataclasses import replace
from datetime import date

import monitoring_school as school
import pytest
from monitoring_school import activity, filed, met, pair, person

from flows import settings
from flows.domain.planning.due import undated, windows_of
from flows.domain.planning.events import after_order, after_pairs
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.terms.reading import parse

KINDS = settings.catalogue()
APRIL, MAY = date(2027, 4, 15), date(2027, 5, 31)
SIGNED = {"addendum_number": "14", "addendum_date": date(2026, 9, 10)}
PAIRS = (
    pair("П-001", "Н-001", "Л-001", end=APRIL, status="завершена", **SIGNED),
    pair("П-002", "Н-002", "Л-002", end=MAY, **SIGNED),
)
PEOPLE = tuple(person(code, consent_duty=date(2026, 9, 7)) for code in ("Н-001", "Н-002", "Л-001", "Л-002"))
MEETINGS = (met("В-001", "П-001", date(2026, 10, 6)), met("В-002", "П-002", date(2026, 10, 7)))


def row(told, term, *documents):
    return activity("М-001", told, term, documents=documents)


def facts(asked, today, register=(), pairs=PAIRS):
    return school.facts(
        today=today, people=PEOPLE, pairs=pairs, activities=(asked,), register=register, meetings=MEETINGS
    )


def planned(asked, today, register=(), pairs=PAIRS):
    kinds = {name: kind for name, kind in KINDS.items() if name in asked.documents}
    wishes = Wishes(kinds, dict.fromkeys(kinds, lambda _: {}))
    return {each.key.split("/", 1)[1] for each in plan(facts(asked, today, register, pairs), wishes).planned}


REPORTS = row("Отчёты наставников", "По завершении работы пар", "report.mentor")


def test_a_mentors_report_is_due_when_its_own_pair_has_ended_although_others_go_on():
    assert planned(REPORTS, date(2027, 4, 14)) == set()
    assert planned(REPORTS, date(2027, 4, 16)) == {"report.mentor/П-001/2026-2027"}
    both = {"report.mentor/П-001/2026-2027", "report.mentor/П-002/2026-2027"}
    assert planned(REPORTS, date(2027, 6, 1)) == both


def test_a_report_of_the_whole_programme_waits_for_the_last_pair():
    whole = row("Отчёт по итогам", "По завершении работы наставнических пар/групп (ежегодно)", "report.final")
    assert planned(whole, date(2027, 4, 16)) == set()
    assert planned(whole, date(2027, 6, 1)) == {"report.final/М-001@2027-06/2026-2027"}


def test_a_pair_that_goes_on_after_the_year_is_reported_of_with_the_year():
    long = (PAIRS[0], replace(PAIRS[1], end=date(2028, 5, 31)))
    assert planned(REPORTS, date(2027, 4, 16), pairs=long) == {
        "report.mentor/П-001/2026-2027",
        "report.mentor/П-002/2026-2027",
    }


PROGRAMMES = row("Утверждение программ", "в течение двух недель со дня приказа", "order.programs")
ORDER = filed("order.pairs", "lastochka", day=date(2026, 9, 14), covers=("П-001", "П-002"))


def test_a_term_counted_from_an_order_is_told_once_the_orders_date_is_typed():
    assert planned(PROGRAMMES, date(2026, 9, 20)) == set()
    assert undated(PROGRAMMES, facts(PROGRAMMES, date(2026, 9, 20)))
    assert planned(PROGRAMMES, date(2026, 9, 20), (ORDER,)) == {"order.programs/lastochka/2026-2027"}
    known = facts(PROGRAMMES, date(2026, 9, 20), (ORDER,))
    assert not undated(PROGRAMMES, known)
    assert [(each.start, each.end) for each in windows_of(PROGRAMMES, known, KINDS["order.programs"], frozenset())] == [
        (date(2026, 9, 14), date(2026, 9, 28))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "documents", "last"),
    [
        ("в течение двух недель со дня приказа", ("order.programs",), date(2026, 9, 28)),
        ("в двухнедельный срок со дня издания приказа", ("order.programs",), date(2026, 9, 28)),
        ("не позднее 10 рабочих дней со дня издания приказа", ("program.personal",), date(2026, 9, 28)),
        ("в течение 10 дней с даты подписания приказа о закреплении пар", ("site.page",), date(2026, 9, 24)),
        ("через месяц после приказа о закреплении наставнических пар", ("site.page",), date(2026, 10, 14)),
        ("в течение 3-х календарных дней со дня приказа о внедрении", ("site.page",), date(2026, 9, 5)),
        ("в течение недели со дня приказа", ("site.page",), date(2026, 9, 9)),
    ],
)
def test_so_many_days_after_an_order_are_counted_from_the_order_that_is_meant(term, documents, last):
    asked = row("Мероприятие", term, *documents)
    introduced = filed("order.introduce", "lastochka", day=date(2026, 9, 2))
    known = facts(asked, date(2026, 9, 20), (ORDER, introduced))
    (window,) = windows_of(asked, known, KINDS["site.page"], frozenset())
    assert window.end == last


@pytest.mark.parametrize(
    ("term", "event"),
    [
        # every event of the five roadmaps, and the ways others spell it
        ("По завершении работы\nнаставнических\nпар/групп", "pairs"),
        ("По завершении работы\nнаставнических\nпар/групп\n(ежегодно)", "pairs"),
        ("После завершения программы", "pairs"),
        ("По окончании учебного года", "pairs"),
        ("в течение двух недель со дня приказа", "order"),
        ("по мере необходимости", ""),
        ("после окончания курсов", ""),
        ("в течение двух недель со дня приёма", ""),
    ],
)
def test_an_event_is_understood_or_left_to_people(term, event):
    asked = row("Мероприятие", term, "site.page")
    assert asked.term.kind == "event"
    assert ("pairs" if after_pairs(asked) else "order" if after_order(asked) else "") == event


THANKS = ("letter.thanks",)


@pytest.mark.parametrize(
    ("term", "day"),
    [
        ("Февраль – март 2027, ко Дню наставника", date(2027, 3, 2)),
        ("Февраль – март 2027 (ко Дню наставника)", date(2027, 3, 2)),
        ("ко Дню наставника", date(2027, 3, 2)),
        ("до Дня наставника", date(2027, 3, 2)),
        ("к Дню учителя", date(2026, 10, 5)),
        ("Октябрь 2026, ко Дню учителя", date(2026, 10, 5)),
        ("Сентябрь – октябрь 2026, ко Дню воспитателя", date(2026, 9, 27)),
        ("Май 2027", date(2027, 5, 31)),
        ("Апрель 2027, ко Дню наставника", date(2027, 4, 30)),  # the day lies elsewhere: the window is meant
    ],
)
def test_an_occasion_is_the_day_the_row_names_and_not_the_end_of_a_long_window(term, day):
    asked = row("Благодарности", term, *THANKS)
    known = facts(asked, date(2027, 1, 20))
    assert [each.end for each in windows_of(asked, known, KINDS["letter.thanks"], frozenset())] == [day]


def test_letters_for_the_day_of_mentors_are_there_before_it():
    asked = row("Благодарности", "Февраль – март 2027, ко Дню наставника", *THANKS)
    assert planned(asked, date(2027, 3, 1), (ORDER,)) == {"letter.thanks/Н-001@2027-03/2026-2027", "letter.thanks/Н-002@2027-03/2026-2027"}  # fmt: skip


@pytest.mark.parametrize("term", ["Февраль – март 2027, ко Дню наставника", "Октябрь 2026, ко Дню учителя"])
def test_a_month_with_a_named_day_beside_it_is_read(term):
    assert parse(term, None).kind == "dated"

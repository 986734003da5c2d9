"""Thanks before the Day of mentors and the year's end, portfolios for those who need them, journals when a year is over."""

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.organisation import Council
from flows.domain.planning import plan as planning
from flows.domain.planning.wanted import Wishes
from flows.domain.terms.reading import Term, Window

KINDS = settings.catalogue()
NEEDED = (
    "letter.thanks",
    "order.reward",
    "portfolio.mentor",
    "journal.orders",
    "journal.protocols",
    "checklist",
)
DAYS_OFF = settings.days_off(2026, 2028)
FACTS = replace(specimen("letter.thanks"), activities=(), register=(), councils=())
ONE, TWO, THREE = FACTS.pairs


def plan(today, at_once=(), **changes):
    return planning.plan(
        replace(FACTS, today=today, **changes),
        Wishes({name: KINDS[name] for name in NEEDED}, BUILDERS, DAYS_OFF, at_once=frozenset(at_once)),
    ).planned


def subjects(kind, told):
    return [each.subject for each in told if each.kind == kind]


def row(day, *documents, code="М-009"):
    return Activity(
        code,
        "6.3",
        "6",
        "Поощрение",
        "",
        Term("dated", (Window(day.replace(day=1), day),)),
        (),
        "Письма",
        documents,
        Origin(),
    )


def order(number, day, kind="order.introduce", **more):
    return replace(
        Filed(
            f"obrazec/{kind}/obrazec-{number}/2026-2027",
            1,
            kind,
            f"О деле {number}",
            "",
            "зарегистрирован",
            "",
            "",
            "",
            "",
            "",
            number=number,
            day=day,
        ),
        **more,
    )


SIGNED = (
    order(
        "26/1",
        date(2026, 9, 14),
        "order.pairs",
        covers=tuple(code for pair in FACTS.pairs for code in pair.codes),
    ),
)


def thanked(today, at_once=(), **changes):
    """What is planned where an order in force names every pair and all have met."""
    told = plan(today, at_once, **{"register": SIGNED, **changes})
    return [each for each in told if each.kind in {"letter.thanks", "order.reward"}]


@pytest.mark.parametrize(
    ("today", "count"),
    [(date(2027, 2, 18), 0), (date(2027, 2, 22), 3), (date(2027, 3, 2), 3), (date(2027, 3, 20), 0)],
)
def test_letters_and_the_order_are_ready_a_week_before_the_day_of_mentors(today, count):
    told = thanked(today)
    assert len(subjects("letter.thanks", told)) == count
    assert len(subjects("order.reward", told)) == (1 if count else 0)
    assert all(each.context["день_наставника"] for each in told)


def test_letters_asked_for_are_those_of_the_next_occasion():
    assert {
        each.subject.partition("@")[2]
        for each in thanked(date(2026, 12, 1), ["letter.thanks", "order.reward"])
    } == {"2027-03"}


def test_letters_of_the_years_end_are_others_than_those_of_march():
    told = thanked(date(2027, 5, 25))
    assert subjects("letter.thanks", told) == ["Н-001@2027-05", "Н-003@2027-05", "Н-005@2027-05"]
    assert not any(each.context["день_наставника"] for each in told)


def test_a_row_of_the_roadmap_near_by_takes_the_place_of_the_years_end():
    told = thanked(date(2027, 5, 20), activities=(row(date(2027, 5, 20), "letter.thanks", "order.reward"),))
    assert subjects("letter.thanks", told) == ["Н-001@2027-05", "Н-003@2027-05", "Н-005@2027-05"]
    assert {each.due.end for each in told} == {date(2027, 5, 20)}
    assert {each.rows for each in told} == {("М-009",)}


def test_who_left_or_never_began_is_not_thanked():
    people = {**FACTS.people, "Н-001": replace(FACTS.people["Н-001"], status="выбыл")}
    told = thanked(
        date(2027, 3, 1),
        people=people,
        pairs=(
            ONE,
            replace(TWO, status="предложена"),
            replace(THREE, status="завершена", end=date(2027, 2, 1)),
        ),
    )
    assert subjects("letter.thanks", told) == ["Н-005@2027-03"]
    assert subjects("order.reward", thanked(date(2027, 3, 1), pairs=())) == []


def asked(today, **changes):
    made = planning.plan(
        replace(FACTS, today=today, **{"register": SIGNED, **changes}),
        Wishes({name: KINDS[name] for name in NEEDED}, BUILDERS, DAYS_OFF),
    )
    return [each for each in made.problems if each.code == "not-worked"]


def test_who_has_not_really_worked_is_one_question_and_no_thanks():
    unordered = (replace(SIGNED[0], covers=TWO.codes + THREE.codes),)
    unmet = tuple(each for each in FACTS.meetings if each.pair != TWO.code)
    told = thanked(date(2027, 3, 1), register=unordered, meetings=unmet)
    assert subjects("letter.thanks", told) == ["Н-005@2027-03"]
    (order_,) = [each for each in told if each.kind == "order.reward"]
    assert [each["код"] for each in order_.context["наставники"]] == ["Н-005"]
    (problem,) = asked(date(2027, 3, 1), register=unordered, meetings=unmet)
    assert "Н-001, Н-003" in problem.message
    assert not asked(date(2027, 3, 1))
    assert thanked(date(2027, 3, 1), register=(), meetings=()) == []


def test_a_mentor_whose_pair_was_broken_off_after_work_is_thanked_and_a_pair_that_never_began_asks_nothing():
    broken = (ONE, replace(TWO, status="прекращена", end=date(2027, 2, 1)), THREE)
    told = thanked(date(2027, 3, 1), pairs=broken)
    assert subjects("letter.thanks", told) == ["Н-001@2027-03", "Н-003@2027-03", "Н-005@2027-03"]
    assert asked(date(2027, 3, 1), pairs=broken) == []
    unmet = tuple(each for each in FACTS.meetings if each.pair != TWO.code)
    told = thanked(date(2027, 3, 1), pairs=broken, meetings=unmet)
    assert TWO.mentor not in {each.subject.partition("@")[0] for each in told}
    assert asked(date(2027, 3, 1), pairs=broken, meetings=unmet) == []


def test_a_mentor_who_worked_in_a_pair_broken_off_and_has_not_yet_begun_with_another_is_not_asked_about():
    broken = replace(TWO, status="прекращена", end=date(2027, 2, 1))
    unmet = replace(THREE, mentor=TWO.mentor)
    meetings = tuple(each for each in FACTS.meetings if each.pair != THREE.code)
    for pairs in ((ONE, broken, unmet), (ONE, unmet, broken)):
        assert asked(date(2027, 3, 1), pairs=pairs, meetings=meetings) == []
        told = subjects("letter.thanks", thanked(date(2027, 3, 1), pairs=pairs, meetings=meetings))
        assert told == sorted(f"{mentor}@2027-03" for mentor in {ONE.mentor, TWO.mentor})


def test_a_meeting_called_off_or_still_to_come_is_no_work():
    off = tuple(replace(each, status="отменена") for each in FACTS.meetings)
    coming = tuple(replace(each, held=date(2027, 3, 2)) for each in FACTS.meetings)
    for meetings in (off, coming):
        assert thanked(date(2027, 3, 1), meetings=meetings) == []


def test_there_was_no_day_of_mentors_before_2026():
    year = replace(FACTS.organisation, school_year="2024-2025")
    started = tuple(replace(pair, start=date(2024, 9, 15), end=date(2025, 5, 31)) for pair in FACTS.pairs)
    met = tuple(replace(each, held=date(2024, 11, 1)) for each in FACTS.meetings)
    early = {"organisation": year, "pairs": started, "meetings": met}
    assert thanked(date(2025, 3, 1), **early) == []
    called = thanked(date(2025, 3, 1), activities=(row(date(2025, 3, 2), "letter.thanks"),), **early)
    assert [each.context["день_наставника"] for each in called if each.kind == "letter.thanks"] == [False] * 3


def test_a_letter_that_was_filed_stays_wanted():
    filed = Filed(
        "obrazec/letter.thanks/Н-001@2027-03/2026-2027",
        1,
        "letter.thanks",
        "",
        "ПР-1",
        "проект",
        "",
        "",
        "",
        "",
        "",
    )
    assert subjects("letter.thanks", plan(date(2027, 6, 30), register=(filed,))) == ["Н-001@2027-03"]


def test_a_portfolio_is_for_the_titled_and_for_whom_somebody_asks():
    titled = {**FACTS.people, "Н-003": replace(FACTS.people["Н-003"], category="педагог-наставник")}
    assert subjects("portfolio.mentor", plan(date(2026, 12, 1))) == []
    assert subjects("portfolio.mentor", plan(date(2026, 12, 1), people=titled)) == ["Н-003"]
    assert subjects("portfolio.mentor", plan(date(2026, 12, 1), ["portfolio.mentor/Н-005"])) == ["Н-005"]
    assert len(subjects("portfolio.mentor", plan(date(2026, 12, 1), ["portfolio.mentor"]))) == 3


def test_a_portfolio_lists_each_registered_paper_once():
    draft = order("26/1", date(2026, 9, 14), "order.pairs", covers=("П-001",), state="заменён")
    final = replace(draft, version=2, state="зарегистрирован", final=True)
    told = plan(date(2026, 12, 1), ["portfolio.mentor/Н-001"], register=(draft, final))
    assert [each["номер"] for each in told[0].context["документы"]] == ["26/1"]


def test_the_journal_of_orders_is_of_a_calendar_year_and_in_the_order_of_numbers():
    rows = (
        order("26/1", date(2026, 9, 14)),
        order("9", date(2026, 9, 14)),
        order("118", date(2026, 9, 2)),
        order("3", date(2027, 1, 12)),
        order("5", date(2026, 9, 20), state="отменён"),
    )
    (told,) = plan(date(2026, 12, 21), register=rows)
    assert (told.key, told.title, told.folder[0]) == (
        "obrazec/journal.orders/obrazec/2026",
        "Журнал регистрации приказов за 2026 год",
        "2026-2027",
    )
    assert [(each["номер"], each["отметка"]) for each in told.context["записи"]] == [
        ("118", None),
        ("9", None),
        ("26/1", None),
        ("5", "отменён"),
    ]
    assert plan(date(2026, 11, 2), register=rows) == ()
    assert [each.period for each in plan(date(2026, 11, 2), ["journal.orders"], register=rows)] == ["2026"]


def test_an_order_has_one_line_in_the_journal_for_its_draft_and_its_final():
    draft = order("26/1", date(2026, 9, 14), state="заменён")
    final = replace(draft, version=2, state="зарегистрирован", final=True)
    (told,) = plan(date(2026, 12, 21), register=(draft, final))
    assert [(each["номер"], each["отметка"]) for each in told.context["записи"]] == [("26/1", None)]


def test_the_journal_of_minutes_is_of_a_school_year_and_takes_the_councils_typed_in_settings():
    minutes = order("2", date(2026, 11, 20), "protocol.council", title="Протокол педагогического совета")
    councils = (
        Council("1", date(2026, 8, 28), "Начало года", "1", date(2026, 8, 28)),
        Council("2", date(2026, 11, 20), "", "2", date(2026, 11, 20)),
        Council("5", date(2027, 8, 27), "Новый год", "1", date(2027, 8, 27)),
    )
    told = {each.key: each for each in plan(date(2027, 8, 30), register=(minutes,), councils=councils)}
    this = told["obrazec/journal.protocols/obrazec/2026-2027"]
    assert this.title == "Журнал регистрации протоколов за 2026/2027 учебный год"
    assert [(each["номер"], each["название"]) for each in this.context["записи"]] == [
        ("1", "Протокол педагогического совета: Начало года"),
        ("2", "Протокол педагогического совета"),
    ]
    assert plan(date(2026, 9, 10), councils=councils[:1]) == ()


def test_a_letter_asked_for_one_mentor_is_made_for_nobody_else():
    assert subjects("letter.thanks", plan(date(2026, 12, 1), ["letter.thanks/Н-003"])) == ["Н-003@2027-03"]


def test_a_portfolio_holds_proofs_by_their_days_and_levels_that_have_changed():
    consent = order("7", date(2026, 9, 1), "consent.duty", covers=("П-001",))
    later, earlier = (
        order("26/1", date(2026, 9, 14), "order.pairs", covers=("П-001",)),
        order("9", date(2026, 9, 2), "program.personal", covers=("П-001",)),
    )
    grown = {
        **FACTS.people,
        "Л-002": replace(FACTS.people["Л-002"], deficits=("работа с семьёй – 3 – 7", "планирование – 4 – ")),
    }
    told = plan(
        date(2027, 5, 1), ["portfolio.mentor/Н-001"], register=(consent, later, earlier), people=grown
    )
    assert [each["номер"] for each in told[0].context["документы"]] == ["9", "26/1"]
    assert [(each["сфера"], each["до"], each["после"]) for each in told[0].context["результаты"]] == [
        ("работа с семьёй", "3", "7")
    ]


def test_an_article_that_people_write_is_a_line_of_the_checklist():
    told = plan(date(2027, 1, 20), activities=(row(date(2027, 1, 31), "article"),))
    assert [
        line["мероприятие"]
        for line in next(each for each in told if each.kind == "checklist").context["строки"]
    ] == ["Поощрение"]

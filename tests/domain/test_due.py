"""The day a cell promises is the day planning makes the paper: for every kind, every way to print a term, around each day.

Time goes on by real days: between what a cell says and what planning does nothing changes but today.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows import settings
from flows.domain import working_days
from flows.domain.book import chosen_kinds
from flows.domain.book.card import KindChoice
from flows.domain.columns import system_columns
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.organisation import Council
from flows.domain.periods import Period
from flows.domain.planning import changes, councils, doubt, due, occasions
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import NO_DOUBTS, Wishes
from flows.domain.statuses import BROKEN
from flows.domain.terms.reading import Window, parse

CATALOGUE = settings.catalogue()
MADE = tuple(kind for kind in CATALOGUE.values() if kind.made and not kind.of_district)
DAYS_OFF = settings.days_off(2025, 2030)
PERIOD = Period(date(2026, 9, 1), date(2029, 8, 31))
ONE = timedelta(days=1)
FIRST = date(2026, 8, 3)
SCHOOL = specimen("order.pairs")
EMPLOYER, WORKER, GROUP = SCHOOL.pairs
UNSIGNED = {"consent_duty": None, "consent_data": None, "consent_public": None}
COUNCILS = tuple(
    Council("", day)
    for day in (
        date(2026, 8, 28),
        date(2026, 11, 20),
        date(2026, 12, 18),
        date(2027, 3, 26),
        date(2027, 5, 28),
    )
)
DATED = {
    "до": "до 20.12.2026",
    "день": "18.12.2026",
    "месяц": "Март 2027",
    "срок": "09.11.2026 – 27.11.2026",
    "месяц ежегодно": "Декабрь (ежегодно)",
    "дважды в год": "2 раза в год (декабрь, май)",
    "работа пар": "по завершении работы пар",
    "программа": "после завершения программы",
}
TERMS = {**DATED, "ежегодно": "ежегодно", "постоянно": "постоянно"}
# What they wait for is typed by somebody, so no day can be named beforehand.
UNPROMISED = {
    "journal.orders", "journal.protocols", "order.pairs_change", "order.early_end", "notice.early_end", "refusal.mentor",
    "site.order.pairs", "site.registry.mentors", "site.registry.programs",
}  # fmt: skip
# Whoever is thanked stands in an order in force and has met.
IN_ORDER = (
    Filed(
        "obrazec/order.pairs_change/obrazec/2026-2027", 1, "order.pairs_change", "", "", "зарегистрирован", "", "", "", "", "",
        number="30", day=date(2026, 8, 3), covers=tuple(code for pair in SCHOOL.pairs for code in pair.codes),
    ),
)  # fmt: skip
OF_PAIRS = {"pair", "mentor", "mentee", "participant"}


def row(term, *kinds):
    return Activity(
        "М-009", "6.3", "6. Мониторинг", "Дело", "", parse(term, PERIOD), (), "Документ", kinds, Origin("", "", 9), "", term
    )  # fmt: skip


def school(kind, *rows, today=FIRST, **more):
    """The specimen's school before its year: papers to be signed are not signed yet, one mentor is an employer's."""
    register = IN_ORDER if kind.occasion or kind.handout == "reward" else ()
    late = (replace(row("01.09.2026", "scenario"), code="М-001"),) if kind.handout == "overdue" else ()
    told = replace(
        SCHOOL, today=today, activities=(*late, *rows), register=register, councils=COUNCILS, **more
    )
    if kind.id not in doubt_free():
        return told
    own = tuple(replace(pair, addendum_number="", addendum_date=None) for pair in told.pairs)
    guest = replace(own[0], form="работодатель – обучающийся")
    people = {code: replace(person, **unsigned(kind)) for code, person in told.people.items()}
    return replace(told, pairs=(guest, *own[1:]), people=people)


def unsigned(kind):
    """What is not signed yet of people while a kind's paper is wanted: an agreement follows its mentor's consent."""
    agreed = {"consent_duty": date(2026, 8, 3)} if kind.given == "agreement" else {}
    return UNSIGNED | agreed


def doubt_free():
    """Kinds that are wanted only until somebody signs them."""
    return {
        "consent.duty", "consent.mentor", "consent.pd", "consent.mentee", "consent.pd_publication", "addendum", "agreement.employer",
    }  # fmt: skip


def wishes(kind):
    return Wishes({kind.id: kind}, {kind.id: lambda _: {}}, DAYS_OFF)


def planned(kind, facts, today):
    """The codes of rows that planning has a paper of a kind for on a day."""
    return {code for each in plan(replace(facts, today=today), wishes(kind)).planned for code in each.rows}


def seen(kind, facts, today):
    """What a run sees on a day: the rows that have a paper, the day the cell promises and the day it counts from."""
    told = replace(facts, today=today)
    there = plan(told, wishes(kind)).planned
    said = system_columns.roadmap(told, wishes(kind), there, {})[9].get("⚙ Документ", "")
    days = re.search(r"появится ([\d.]{10})(?:, за (\d+) раб\. дн\. до ([\d.]{10}))?", said)
    promise = day_of(days[1]) if days else None
    if days and days[2]:
        assert working_days.working_days_before(day_of(days[3]), int(days[2]), DAYS_OFF) == promise
    return {code for each in there for code in each.rows}, promise


def day_of(text):
    return date(*map(int, reversed(text.split("."))))


def kept(kind, facts):
    """Walk to the promised day: the cell says the same day until it comes, the paper is there from it and not before."""
    there, day = seen(kind, facts, FIRST)
    if day is None:
        return None
    assert not there
    assert day > FIRST
    assert seen(kind, facts, day - ONE) == (set(), day), kind.id
    assert seen(kind, facts, day) == ({"М-009"}, None), kind.id
    assert planned(kind, facts, day + ONE) == {"М-009"}, kind.id
    return day


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.id)
def test_on_the_promised_day_the_paper_is_there_and_not_on_the_day_before(kind):
    whatever = kind.id in UNPROMISED or (kind.subject in OF_PAIRS and not (kind.closes or kind.occasion))
    terms = {name: TERMS[name] for name in (("до", "работа пар", "постоянно") if whatever else TERMS)}
    days = {name: kept(kind, school(kind, row(term, kind.id))) for name, term in terms.items()}
    if kind.id in UNPROMISED or kind.id == "portfolio.mentor":
        assert set(days.values()) == {None}
    elif kind.subject == "council":
        assert (days["день"] or days["срок"] or days["дважды в год"]) is not None or kind.id == "list.young"
        assert days["работа пар"] is days["постоянно"] is None
    elif whatever:
        # Not the row's term decides but the pairs': every row says the day before they begin.
        assert set(days.values()) == {due.opens(Window(WORKER.start, WORKER.end), kind, DAYS_OFF)}
    elif kind.id == "order.pairs":
        assert set(days.values()) == {due.opens(Window(WORKER.start, WORKER.end), kind, DAYS_OFF)}
    else:
        assert None not in {days[name] for name in DATED}, days
        assert days["работа пар"] == days["программа"]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.id)
def test_the_number_that_staff_typed_moves_the_sentence_and_the_day_alike(kind):
    moved = {}
    for lead in (3, 17):
        own, _ = chosen_kinds.merged({kind.id: kind}, (KindChoice(kind.title, lead_days=lead),), ())
        assert own[kind.id].lead_days == lead
        term = "20.11.2026" if kind.subject == "council" else DATED["до"]
        facts = school(own[kind.id], row(term, kind.id))
        moved[lead] = kept(own[kind.id], facts)
    if None not in moved.values():
        assert moved[17] < moved[3]
        return
    assert set(moved.values()) == {None}
    assert kind.id in UNPROMISED | {"portfolio.mentor", "list.young", "list.next_year", "list.reward"}


def test_a_choice_brings_a_file_of_its_own_when_it_names_one_or_when_the_catalogue_has_no_such_kind():
    pairs = CATALOGUE["order.pairs"].title
    choices = (KindChoice(pairs), KindChoice(pairs, template="Наш приказ.docx"), KindChoice("Свой вид"))
    assert set(chosen_kinds.files(choices, CATALOGUE)) == {"наш приказ", "свой вид"}


NOTE, ORDER, THANKS = CATALOGUE["note.monitoring"], CATALOGUE["memo.mentor"], CATALOGUE["letter.thanks"]
MARCH = Window(date(2027, 3, 1), date(2027, 3, 31))
BY = Window(None, date(2027, 1, 15))


@pytest.mark.parametrize(
    ("kind", "window", "first"),
    [
        (ORDER, MARCH, date(2027, 2, 11)), (ORDER, BY, date(2026, 12, 23)), (NOTE, MARCH, date(2027, 3, 1)), (NOTE, BY, date(2026, 12, 23)),
        (NOTE, Window(date(2027, 5, 1), date(2027, 5, 31)), date(2027, 5, 4)), (NOTE, Window(date(2027, 5, 1), date(2027, 5, 2)), date(2027, 5, 2)),
        (THANKS, Window(date(2027, 3, 2), date(2027, 3, 2)), date(2027, 2, 19)),
    ],
)  # fmt: skip
def test_a_draft_is_due_from_its_first_day_on(kind, window, first):
    assert due.opens(window, kind, DAYS_OFF) == first
    told = [
        due.falls_due(kind, window, replace(SCHOOL, today=first + at * ONE), wishes(kind))
        for at in (-1, 0, 1)
    ]
    assert told == [False, True, True]


def test_a_closing_note_is_written_up_to_its_last_day_and_caught_up_after_it():
    told = row("Март 2027", NOTE.id)
    filed = Filed(
        f"obrazec/{NOTE.id}/М-009@2027-03/2026-2027", 1, NOTE.id, "", "", "проект", "", "", "", "", ""
    )
    for today, fresh, there in (
        (MARCH.end - ONE, "готовится", "готовится"),
        (MARCH.end, "готовится", "готовится"),
        (MARCH.end + ONE, "с опозданием", "закрыт"),
    ):
        states = [
            due.due(NOTE, (told,), replace(SCHOOL, today=today, register=register), wishes(NOTE))[0].state
            for register in ((), (filed,))
        ]
        assert states == [fresh, there]


@pytest.mark.parametrize("kind", ["letter.thanks", "order.reward"])
def test_thanks_are_ready_their_days_before_the_occasion_and_not_begun_long_after_it(kind):
    day = date(2027, 4, 15)
    facts = school(CATALOGUE[kind], row(f"{day:%d.%m.%Y}", kind))
    first = due.opens(Window(day, day), CATALOGUE[kind], DAYS_OFF)
    assert first == date(2027, 4, 8)
    last = day + occasions.AFTER
    for today, there in ((first - ONE, False), (first, True), (last, True), (last + ONE, False)):
        assert bool(planned(CATALOGUE[kind], facts, today)) is there, today


@pytest.mark.parametrize(
    ("kind", "source", "last"),
    [
        ("journal.orders", "order.introduce", date(2026, 12, 31)),
        ("journal.protocols", "protocol.council", date(2027, 8, 31)),
    ],
)
def test_a_journal_is_drawn_up_at_the_end_of_its_year_and_for_a_while_after(kind, source, last):
    filed = Filed(
        f"obrazec/{source}/obrazec/2026-2027", 1, source, "", "", "зарегистрирован", "", "", "", "", "",
        number="1", day=date(2026, 10, 1),
    )  # fmt: skip
    facts = replace(school(CATALOGUE[kind]), register=(filed,), councils=())
    first = working_days.working_days_before(last, CATALOGUE[kind].lead_days, DAYS_OFF)
    gone = last + occasions.LONG_AFTER
    for today, there in ((first - ONE, False), (first, True), (gone, True), (gone + ONE, False)):
        made = plan(replace(facts, today=today), wishes(CATALOGUE[kind])).planned
        assert bool(made) is there, today


def test_a_councils_paper_opens_its_own_days_before_it_and_is_not_begun_after_it():
    day = date(2026, 11, 20)
    agenda, contents = (
        replace(CATALOGUE["agenda.council"], lead_days=9), CATALOGUE[councils.CONTENTS],
    )  # fmt: skip
    both = Wishes(
        {each.id: each for each in (agenda, contents)},
        dict.fromkeys((agenda.id, contents.id), lambda _: {}),
        DAYS_OFF,
    )
    facts = replace(SCHOOL, activities=(), register=(), councils=(Council("", day),))
    made = {
        today: {each.kind for each in plan(replace(facts, today=today), both).planned}
        for today in (day - 12 * ONE, day - 11 * ONE, day - 8 * ONE, day - 7 * ONE, day, day + ONE)
    }
    assert list(made.values()) == [
        set(), {agenda.id}, {agenda.id}, {agenda.id, contents.id}, {agenda.id, contents.id}, set(),
    ]  # fmt: skip


@pytest.mark.parametrize(("at", "asked"), [(-1, False), (0, False), (1, True)])
def test_a_notice_is_asked_about_when_less_than_three_working_days_are_left(at, asked):
    last = date(2027, 3, 15)
    latest = working_days.working_days_before(last, changes.NOTICE_DAYS, DAYS_OFF)
    assert latest == date(2027, 3, 10)
    ended = replace(WORKER, status=BROKEN, end=last, end_notice=latest + at * ONE, ended_by="работодатель")
    kind = CATALOGUE["notice.early_end"]
    told = plan(replace(school(kind), pairs=(ended,), today=last), wishes(kind))
    assert ("notice-short" in {each.code for each in told.problems}) is asked


@pytest.mark.parametrize(
    ("term", "ours"),
    [
        ("По завершении работы\nпар/групп\n(ежегодно)", True), ("после завершения программы", True), ("по итогам работы пар", True),
        ("По окончании учебного года", True), ("по итогам года", True), ("по завершении", True), ("после окончания работы пары", True),
        ("после завершения конкурса", False), ("по итогам мониторинга", False), ("по завершении этапа программы", False),
        ("после каждой встречи пары по её завершении", False), ("до завершения программы", False), ("после проведения форума", False),
    ],
)  # fmt: skip
def test_the_end_of_the_pairs_work_is_one_thing_in_whatever_words(term, ours):
    told = row(term, *CATALOGUE)
    assert due.after_pairs(told) is ours
    windows = {
        kind.id: due.windows_of(told, SCHOOL, kind, DAYS_OFF)
        for kind in CATALOGUE.values()
        if not kind.occasion
    }
    ends = Window(WORKER.end, date(2027, 6, 15))
    assert set(windows.values()) == {(ends,) if ours else ()}
    occasion = Window(WORKER.end, WORKER.end)
    assert due.windows_of(told, SCHOOL, THANKS, DAYS_OFF) == ((occasion,) if ours else ())


def test_pairs_that_end_with_august_leave_their_papers_in_their_own_year():
    facts = replace(
        SCHOOL, pairs=(replace(WORKER, end=date(2027, 8, 31)),), today=date(2027, 9, 1), register=()
    )
    for kind in (NOTE, ORDER, CATALOGUE["case"], CATALOGUE["report.mentor"]):
        told = replace(facts, activities=(row("по завершении работы пар", kind.id),))
        assert {each.period for each in plan(told, wishes(kind)).planned} == {"2026-2027"}, kind.id


def test_a_term_that_dates_a_register_but_no_minutes_leaves_both_papers_alone():
    minutes, register = CATALOGUE["protocol.other"], CATALOGUE["registry.mentors"]
    told = row("постоянно", minutes.id, register.id)
    filed = tuple(
        Filed(f"obrazec/{kind.id}/{about}/2026-2027", 1, kind.id, "", "", "проект", "", "", "", "", "")
        for kind, about in ((minutes, "М-009@2026-12"), (register, "obrazec"), (minutes, "М-001@2026-12"))
    )
    facts = replace(SCHOOL, activities=(told,), register=filed)
    assert not doubt.in_doubt(told, facts, NO_DOUBTS)
    assert doubt.silent(facts, CATALOGUE, NO_DOUBTS) == {filed[0].key}


@pytest.mark.parametrize("kind", [NOTE, THANKS, CATALOGUE["report.final"]], ids=lambda kind: kind.id)
def test_of_days_on_which_no_pair_works_nothing_is_promised(kind):
    later = tuple(replace(pair, start=date(2027, 9, 15), end=date(2028, 5, 31)) for pair in SCHOOL.pairs)
    told = school(kind, row(DATED["месяц"], kind.id), pairs=later)
    assert seen(kind, told, FIRST) == (set(), None)
    cells = system_columns.roadmap(told, wishes(kind), (), {})
    assert cells[9]["⚙ Документ"] == f"{kind.title}: к этому сроку ни одна пара ещё не работает"

"""Every row of five real-shaped roadmaps: each paper it calls for is made in its time, or the row says plainly why not."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from flows import settings
from flows.domain import periods
from flows.domain.columns import why_missing
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed, Severity
from flows.domain.planning import plan
from flows.domain.planning.promises import Promises
from flows.domain.planning.wanted import Doubts, Wishes
from flows.intake import understand

HERE = Path(__file__).parents[1] / "roadmaps"
KINDS = settings.catalogue()
DAYS_OFF = settings.days_off(2021, 2027)
YEARS = {
    "kindergarten": range(2022, 2026),
    "house": range(2023, 2025),
    "district": range(2021, 2024),
    "unit": range(2021, 2025),
    "dateless": range(2026, 2027),
}
# Every row by its printed number: the papers made for it; after «!» those that are not, with the reason the row gives.
ROWS = {
    "kindergarten": """
1.1 ! order.develop: срок не указан
1.2 roadmap
1.3 order.introduce
1.4 regulation
2.1 site.page
2.1#2 site.page
2.2 methodology
2.3 note.monitoring
3.1 checklist
3.2 program.org
3.3 registry.programs
3.4 registry.mentors registry.mentees
3.5 registry.mentors registry.mentees
3.6 plan.individual
3.7 memo.mentor memo.mentee scenario
4.1 case
4.2
4.3 consent.pd_publication site.page
4.4
5.1 application case
5.2 application case
5.3 application case
5.4
6.1 note.monitoring
6.2 note.monitoring
6.3 note.monitoring order.monitoring
6.4 note.monitoring""",
    "house": """
1 order.introduce regulation roadmap order.pairs consent.duty program.personal
1#2 ! protocol.council: ждёт, пока исправят срок; site.page: ждёт, пока исправят срок
2 registry.mentees consent.pd
3 registry.mentors consent.pd
4 table.matching protocol.other
4#2 memo.mentor memo.mentee scenario
5 plan.meetings form.feedback diary
6 note.monitoring questionnaire.mentor_out questionnaire.mentee_out ! report.survey: срок прошёл
6#2 order.council_prep protocol.council case
6#3 letter.thanks order.reward consent.pd_publication site.page
7 site.page""",
    "district": """
1.1 order.introduce
1.2 order.introduce regulation
1.3 order.introduce roadmap
1.4 order.introduce
1.5 order.introduce
1.6 order.curator
1.7 regulation roadmap
1.5#2 order.introduce protocol.other ! cover.letter: прошлый учебный год
2.1 ! program.seminar: срок задают другие; sheet.registration: срок задают другие
2.2 ! article: Статью пишет автор
2.3 ! handbook: Сборник составляют люди
2.4 ! registry.curators: ведёт муниципальный координатор
2.5 registry.mentors registry.programs
2.6 site.page
4.1 registry.mentees
4.2 registry.mentors
4.3 ! program.seminar: срок задают другие; sheet.registration: срок задают другие
4.4 order.pairs
4.5 program.personal plan.individual
5.1 site.page
5.2 scenario sheet.registration
5.3 site.page case
6.1 ! data.submission: срок задают другие
6.2 registry.pairs
6.3 note.monitoring data.submission
6.4 ! data.submission: ждёт, пока исправят срок
6.5 ! note.municipal: муниципальная книга""",
    "unit": """
1.1 order.introduce regulation roadmap
1.2 order.curator
1.3 site.page
1.4 questionnaire.curator note.monitoring
1.5 regulation.rewards
2.1 protocol.council consent.pd
2.2 ! questionnaire.needs: срок не указан; registry.mentees: срок не указан
2.3 ! report.survey: срок не указан; registry.mentees: срок не указан
3.1 program.promotion questionnaire.potential_mentor
3.2 consent.pd ! registry.mentors: срок не указан
3.3 table.matching ! report.survey: прошлый учебный год
3.4 ! note.monitoring: срок не указан; questionnaire.mentor_in: срок не указан
4.1 order.registry registry.mentors site.page
4.2 ! report.survey: срок не указан; questionnaire.mentor: срок не указан
4.3 ! note.monitoring: срок не указан
5.1 ! scenario: срок не указан; memo.mentor: срок не указан
5.2 plan.individual
5.3 ! memo.mentee: срок не указан
5.4 order.pairs
6.1
6.2 plan.meetings
6.3 form.feedback diary
6.4 registry.mentors ! protocol.other: впишите «Контрольную дату»
6.5 form.feedback
7.1 questionnaire.mentor_out questionnaire.mentee_out ! report.survey: появится 02.06.2025
7.2 report.final report.mentor""",
    "dateless": """
1 order.pairs consent.duty program.personal ! order.introduce: срок не указан; regulation: срок не указан; roadmap: срок не указан
2.1 ! questionnaire.needs: срок не указан; report.survey: срок не указан
2.2 consent.pd ! registry.mentees: срок не указан
3.1 ! questionnaire.potential_mentor: срок не указан; report.survey: срок не указан
3.2 consent.pd ! registry.mentors: срок не указан
4.1 ! table.matching: срок не указан
4.2 ! memo.mentor: срок не указан; memo.mentee: срок не указан; scenario: срок не указан; protocol.other: срок не указан
5.1 order.pairs
5.2 program.personal
5.3 ! note.unmatched: срок не указан
6.1 ! note.monitoring: срок не указан; report.survey: срок не указан; questionnaire.mentor_out: срок не указан; questionnaire.mentee_out: срок не указан
6.2 ! program.seminar: срок не указан; sheet.registration: срок не указан
6.3 ! case: срок не указан; protocol.other: срок не указан
7 ! site.page: срок не указан""",
}
# Rows that name no paper say so in a finding.
PAPERLESS = {
    "kindergarten": {"4.2": "no-paper", "4.4": "no-paper", "5.4": "empty-result"},
    "unit": {"6.1": "no-paper"},
}
COUNTS = {"kindergarten": 27, "house": 11, "district": 27, "unit": 26, "dateless": 14}
TWINS = pytest.mark.parametrize("twin", ROWS)


@cache
def read(twin):
    return understand(HERE / f"{twin}.txt")


def facts_of(twin, first, month):
    """An organisation with this roadmap on the 28th of a month of the school year that begins in `first`."""
    document, activities, _ = read(twin)
    base = specimen("order.pairs")
    pairs = tuple(
        replace(pair, start=date(first, 9, 15), end=date(first + 1, 5, 31), addendum_date=date(first, 9, 10))
        for pair in base.pairs
    )
    people = {
        **base.people,
        pairs[0].mentor: replace(base.people[pairs[0].mentor], consent_duty=None, consent_data=None),
    }
    meetings = tuple(
        replace(each, planned=_moved(each.planned, first), held=_moved(each.held, first))
        for each in base.meetings
    )
    today = date(first + (month > 3), (month + 8) % 12 + 1, 28)
    told = replace(
        base,
        activities=activities,
        pairs=pairs,
        people=people,
        meetings=meetings,
        organisation=replace(base.organisation, school_year=f"{first}-{first + 1}"),
        today=today,
        period=document.period,
        register=(in_order(first, pairs),),
        norms=settings.norms(),
    )
    return replace(told, evidence=replace(base.evidence, facts=told))


def in_order(first, pairs):
    """An order in force that names every pair: whoever is thanked has worked by one."""
    return Filed(
        f"obrazec/order.pairs_change/obrazec/{first}-{first + 1}", 1, "order.pairs_change", "", "", "зарегистрирован", "", "", "", "", "",
        number="30", day=date(first, 10, 1), covers=tuple(code for pair in pairs for code in pair.codes),
    )  # fmt: skip


def _moved(day, first):
    return day.replace(year=day.year + first - 2026) if day else None


@cache
def planned(twin):
    """Every paper that planning calls for, month by month, over all school years of the plan: kinds by row, and the last facts of its years."""
    _, _, problems = read(twin)
    stopped = frozenset(each.subject for each in problems if each.severity is Severity.STOP)
    made, facts = {}, None
    for first in YEARS[twin]:
        for month in range(12):
            told = facts_of(twin, first, month)
            facts = told if facts is None or not periods.over(told.period, told.today) else facts
            for each in plan.plan(told, Wishes(KINDS, BUILDERS, DAYS_OFF, Doubts(stopped=stopped))).planned:
                for row in each.rows:
                    made.setdefault(row, set()).add(each.kind)
    return made, facts, stopped


def expected(twin):
    for line in ROWS[twin].strip().splitlines():
        code, _, told = line.partition(" ")
        kinds, _, reasons = told.partition("! ") if "! " in told else (told, "", "")
        yield code, set(kinds.split()), dict(each.split(": ", 1) for each in reasons.split("; ") if each)


@pytest.mark.sampled(2)
@TWINS
def test_every_row_has_its_outcome(twin):
    made, facts, stopped = planned(twin)
    promises = Promises(facts, Wishes(KINDS, BUILDERS, DAYS_OFF, Doubts(stopped=stopped)))
    rows = {activity.code: activity for activity in facts.activities}
    assert [code for code, _, _ in expected(twin)] == list(rows)
    assert len(rows) == COUNTS[twin]
    for code, kinds, reasons in expected(twin):
        row, there = rows[code], made.get(code, set())
        assert there - {"checklist"} == kinds - {"checklist"}, code
        assert set(row.documents) == kinds | set(reasons), code
        told = why_missing.missing(row, promises, there)
        assert len(told) == len(reasons), (code, told)
        for kind, reason in reasons.items():
            assert any(each.startswith(KINDS[kind].title) and reason in each for each in told), (code, told)


@TWINS
def test_a_row_that_names_no_paper_says_so(twin):
    _, activities, problems = read(twin)
    bare = {each.code for each in activities if not each.documents}
    assert bare == set(PAPERLESS.get(twin, {}))
    for code, finding in PAPERLESS.get(twin, {}).items():
        assert finding in {each.code for each in problems if each.subject == code}


def test_together_they_are_all_the_rows_of_the_five_roadmaps():
    assert sum(COUNTS.values()) == 105


def test_papers_that_people_write_themselves_are_lines_of_the_checklist():
    made, _, _ = planned("district")
    assert made["2.2"] == made["2.3"] == {"checklist"}

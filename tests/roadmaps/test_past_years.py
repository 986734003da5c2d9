"""The five roadmaps on days inside their plans and long after: no row is forgotten, no past year is made up for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import settings
from flows.domain import periods
from flows.domain.book import answers, roadmap_tab
from flows.domain.book.answers import Answer, Answers, Force
from flows.domain.book.card import Card
from flows.domain.columns import system_columns
from flows.domain.councils import handouts
from flows.domain.councils.pack import Pack
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed, Origin, Row
from flows.domain.periods import Period
from flows.domain.planning import past_years
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.statuses import DONE
from flows.intake import understand

HERE = Path(__file__).parent
LONG_AFTER = date(2026, 11, 30)
INSIDE = [
    ("kindergarten", date(2023, 10, 10)), ("kindergarten", date(2024, 4, 15)), ("kindergarten", date(2025, 5, 20)),
    ("house", date(2023, 9, 12)), ("house", date(2024, 5, 10)), ("district", date(2022, 9, 20)), ("district", date(2023, 4, 10)),
    ("unit", date(2021, 11, 15)), ("unit", date(2024, 5, 20)),
]  # fmt: skip
OVER = pytest.mark.parametrize("twin", ["kindergarten", "house", "district", "unit"])
WISHES = Wishes(settings.catalogue(), BUILDERS)


def tab(twin):
    """The rows of the tab as the import lays them, and the years of the plan."""
    document, activities, _ = understand(HERE / f"{twin}.txt")
    rows = [
        Row(
            Origin("", "Дорожная карта", at),
            each.code,
            {
                "№ п/п": each.number, "Раздел / этап": each.stage, "Мероприятие": each.activity, "Содержание": each.content,
                "Срок (как в документе)": each.printed_term, "Ответственный": each.printed_responsible, "Результат, вид документа": each.result,
            },
        )
        for at, each in enumerate(activities, 2)
    ]  # fmt: skip
    years = [window for each in activities for window in each.term.windows]
    period = document.period or Period(
        date(min(each.end.year for each in years if each.end), 1, 1), date(2023, 12, 31)
    )
    return rows, period


def told(twin, today, given=(), change=None):
    rows, period = tab(twin)
    rows = [change(row) for row in rows] if change else rows
    card = Card(replace(specimen("order.pairs").organisation, school_year=periods.school_year(today)), period)
    forces = {each.asked: Force(each, closes=True) for each in given}
    read = roadmap_tab.read(rows, {}, card, Answers(forces), today=today)
    base = specimen("order.pairs")
    year = date(int(card.organisation.school_year[:4]), 9, 15)
    pairs = tuple(
        replace(pair, start=year, end=year.replace(year=year.year + 1, month=5)) for pair in base.pairs
    )
    facts = replace(
        base,
        organisation=card.organisation,
        today=today,
        pairs=pairs,
        meetings=(),
        register=(),
        evidence=None,
        activities=read.activities,
        period=read.period,
    )
    return read, facts, plan(facts, WISHES)


@pytest.mark.parametrize(("twin", "today"), INSIDE)
def test_inside_its_plan_every_row_is_made_waits_for_a_day_or_is_asked_about(twin, today):
    read, facts, made = told(twin, today)
    cells = system_columns.roadmap(facts, WISHES, made.planned, {})
    asked = {each.subject for each in (*read.problems, *made.problems)}
    for row in facts.activities:
        said = cells[row.origin.row].get("⚙ Документ")
        assert said or row.code in asked or not row.documents, (row.code, row.printed_term)
    year = periods.parse(periods.school_year(today))
    for each in made.planned:
        assert each.due is None or each.due.end is None or each.due.end >= year.start or each.folder[0] >= periods.school_year(today)  # fmt: skip
    assert sum(each.code == "past-years" for each in made.problems) <= 1


@OVER
def test_a_plan_that_is_over_gives_one_question_and_makes_nothing(twin):
    read, facts, made = told(twin, LONG_AFTER)
    assert [(each.code, each.proposal) for each in read.problems] == [("plan-over", "2026-2027")]
    assert not [each for each in made.planned if each.rows]
    assert not [each for each in made.problems if each.code == "past-years"]
    cells = system_columns.roadmap(facts, WISHES, made.planned, {})
    made_here = {kind.id for kind in WISHES.kinds.values() if kind.made and not kind.of_district}
    rows = [row for row in facts.activities if set(row.documents) & made_here]
    assert {"план закончился" in str(cells[row.origin.row].get("⚙ Документ")) for row in rows} == {True}


@OVER
def test_the_lists_of_a_plan_that_is_over_are_not_empty(twin):
    _, facts, _ = told(twin, LONG_AFTER)
    pack = Pack("1", date(2026, 12, 10), "", (), (), ())
    ends = [max(each.end for each in row.term.windows) for row in facts.activities if row.term.windows]
    (fact, _), (overdue, _) = handouts.plan_fact(pack, facts), handouts.overdue(pack, facts)
    assert (len(fact.rows), len(overdue.rows)) == (len(ends), sum(day < pack.day for day in ends))
    assert overdue.rows


def answered(read):
    (problem,) = read.problems
    return Answer(answers.key_of(problem), problem.printed, problem.proposal, "да")


@OVER
def test_a_yes_moves_the_whole_plan(twin):
    read, before, _ = told(twin, LONG_AFTER)
    moved, facts, _ = told(twin, LONG_AFTER, [answered(read)])
    assert "plan-over" not in {each.code for each in moved.problems}
    assert facts.period.start.year == 2026
    years = facts.period.start.year - before.period.start.year
    for row, was in zip(facts.activities, before.activities, strict=True):
        assert [each.end.year for each in row.term.windows] == [each.end.year + years for each in was.term.windows]  # fmt: skip
    later, *_ = told(twin, date(facts.period.end.year + 1, 9, 30), [answered(read)])
    assert [each.code for each in later.problems] == ["plan-over"]


def test_what_was_done_by_the_old_plan_is_to_be_done_again():
    def done(row):
        return replace(row, cells={**row.cells, "Статус": DONE, "Дата выполнения": date(2023, 9, 20), "Подтверждение": "приказ № 14"})  # fmt: skip

    read, before, _ = told("house", LONG_AFTER, change=done)
    _, facts, _ = told("house", LONG_AFTER, [answered(read)], change=done)
    assert {row.status for row in before.activities} == {DONE}
    assert {(row.status, row.proof) for row in facts.activities} == {("", "")}


def test_papers_of_a_past_year_are_asked_for_once_until_their_row_tells_them():
    _, facts, made = told("kindergarten", date(2024, 10, 10))
    (problem,) = [each for each in made.problems if each.code == "past-years"]
    assert "«Подтверждение»" in problem.message
    assert not [each for each in made.planned if each.rows and each.period < "2024-2025"]

    def proved(row):
        return replace(row, cells={**row.cells, "Подтверждение": "приказ № 14 от 05.09.2023"})

    _, _, quiet = told("kindergarten", date(2024, 10, 10), change=proved)
    assert not [each for each in quiet.problems if each.code == "past-years"]
    cells = system_columns.roadmap(facts, WISHES, made.planned, {})
    assert any(past_years.CELL in str(each.get("⚙ Документ")) for each in cells.values())


def test_what_lies_in_the_register_from_a_past_year_rests_and_is_never_superfluous():
    _, facts, _ = told("kindergarten", date(2024, 6, 10))
    key = f"{facts.organisation.slug}/registry.programs/{facts.organisation.slug}/2023-2024"
    row = Filed(key, 1, "registry.programs", "Перечень", "ПР-2024-001", "проект", "f", "2.x", "", "", "")
    made = plan(replace(facts, today=date(2024, 10, 10), register=(row,)), WISHES)
    standing = [each for each in made.planned if each.key == key]
    assert all(each.frozen for each in standing)
    assert key in made.doubts.papers

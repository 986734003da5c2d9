"""The invented years are what the truth about notes needs: large enough, even where nothing is planted, changed where something is."""

import pytest

from tests.monitoring import planted_facts as facts
from tests.monitoring import planted_notes as notes
from tests.monitoring import planted_years as years

KINDS = (*facts.TWELVE, *facts.MORE)


def test_a_year_has_forty_logs_a_thousand_meetings_and_five_hundred_answers():
    year = years.year(1)
    answers = [row for name, rows in year.tabs.items() if name.endswith(")") for row in rows]
    assert (len(year.units), 950 < len(year.rows("Встречи")) < 1050, 490 < len(answers) < 530) == (
        40,
        True,
        True,
    )
    assert year.tabs == years.year(1).tabs


@pytest.mark.parametrize("seed", range(5))
def test_in_an_ordinary_year_nobody_stands_out(seed):
    year = years.year(seed)
    held = [sum(bool(row.get("Дата проведения")) for row in unit.meetings) for unit in year.units]
    grown = [high - low for row in year.rows("Наставляемые") for _, low, high in years.parted(row)]
    assert max(held) - min(held) <= 6
    assert set(grown) == {2, 3}


@pytest.mark.parametrize("plant", KINDS, ids=lambda plant: plant.__name__)
def test_a_planted_fact_stands_on_rows_that_the_book_has(plant):
    ordinary, year = years.year(2, 20).book(), years.year(2, 20)
    (fact,) = facts.planted(year, (plant,))
    book = year.book()
    codes = {row.get("⚙ Код") for rows in book.tabs.values() for row in rows}
    assert set(fact.who) | set(fact.rows) <= codes
    assert book.tabs != ordinary.tabs


def test_every_fact_can_be_planted_at_once_without_touching_another():
    year = years.year(4)
    truth = facts.planted(year, KINDS)
    people = [who for fact in truth for who in fact.who]
    assert len(people) == len(set(people))


def test_before_a_day_nobody_knows_what_came_after_it():
    year = years.year(3, 10)
    facts.planted(year, (facts.ended_early, facts.carried_out))
    book = year.book(years.DECEMBER)
    assert all((row.get("Дата проведения") or years.BEGUN) <= years.DECEMBER for row in book.rows("Встречи"))
    assert {row["Состояние"] for row in book.rows("Пары")} == {"действует"}
    assert not [row for row in book.rows("Наставляемые") if row["Дефициты"].count(" – ") > 2]
    assert not book.rows(f"{years.ALL_FORM} (выход)")


def test_a_year_typed_into_a_workbook_is_understood_as_its_rows_are():
    year = years.year(5, 4)
    facts.planted(year, (facts.grown_most, facts.nobody_mentors))
    by_rows, by_book = notes.facts_of(year, earlier=()), notes.facts_of(year, earlier=(), by_book=True)
    assert notes.context(by_rows) == notes.context(by_book)

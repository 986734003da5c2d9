"""Who owes data for a window: whoever was never reached since it began, has no figure, or has not done the row the note waits for."""

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.district.data import LastSent, Measured, RowDone
from flows.domain.district.debtors import debtors, short
from flows.domain.terms.reading import Term, Window
from tests.district.municipal import NOTE, OWING, SENT, SILENT, WHOLE, facts, sent_all

APRIL = Window(date(2027, 4, 1), date(2027, 4, 30))


def owing(whole=None, window=APRIL):
    whole = whole or facts()
    return {each.member.slug: each for each in debtors(whole.district, whole.activities, window)}


def test_whoever_sent_nothing_and_whoever_has_not_done_the_row_owe_each_in_words():
    found = owing()
    assert list(found) == [OWING, SILENT]
    assert found[SILENT].said == (
        "данные не поступали (нет доступа); не выполнен пункт 6.4 «Проведение муниципального мониторинга»"
    )
    assert (found[SILENT].silent, found[OWING].silent) == (True, False)
    assert found[OWING].said == "не выполнен пункт 6.4 «Проведение муниципального мониторинга»"
    assert found[OWING].lacks[0].until == date(2027, 3, 31)


def test_nobody_owes_once_everything_came():
    assert owing(sent_all(facts())) == {}


def test_data_from_before_the_window_are_no_data_for_it():
    whole = sent_all(facts())
    old = replace(whole.district.sent[WHOLE], day=date(2027, 3, 20), reach="в корзине")
    stale = replace(whole, district=replace(whole.district, sent={**whole.district.sent, WHOLE: old}))
    (debtor,) = owing(stale).values()
    assert debtor.said == "свежих данных нет (в корзине), последние на 20.03.2027"
    assert debtor.lacks[0].asked == "вернуть рабочую книгу наставничества из корзины"
    assert debtor.silent
    # A term that names only its last day takes data of the month before it.
    assert owing(stale, Window(None, date(2027, 4, 15))) == {}
    assert set(owing(stale, Window(None, date(2027, 4, 30)))) == {WHOLE}


def test_a_book_from_which_nothing_can_be_counted_is_no_data_either():
    whole = sent_all(facts())
    bare = {name: row for name, row in whole.district.figures.items() if row.slug != WHOLE}
    (debtor,) = owing(replace(whole, district=replace(whole.district, figures=bare))).values()
    assert (debtor.member.slug, debtor.silent) == (WHOLE, True)
    assert "ни один показатель" in debtor.said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("просрочено", "не выполнен пункт 6.4"),
        ("строку удалили", "строку удалили"),
        ("уточняется", "не известно, выполнен ли пункт 6.4"),
        ("выполнено", ""),
        ("не для нас", ""),
    ],
)
def test_the_word_of_the_row_decides(state, said):
    whole = sent_all(facts())
    states = {**whole.district.states, (SENT, WHOLE): RowDone(state)}
    found = owing(replace(whole, district=replace(whole.district, states=states)))
    assert [said in each.said for each in found.values()] == ([True] if said else [])


def test_a_row_without_a_day_or_later_than_the_note_or_of_another_year_is_not_waited_for():
    for term in (
        Term("external", ()),
        Term("dated", (Window(date(2027, 5, 1), date(2027, 5, 31)),)),
        Term("dated", (Window(None, date(2026, 5, 31)),)),
    ):
        whole = facts()
        rows = tuple(replace(row, term=term) if row.code == SENT else row for row in whole.activities)
        assert list(owing(replace(whole, activities=rows))) == [SILENT]
    rows = tuple(replace(row, status="не требуется") for row in facts().activities)
    assert list(owing(replace(facts(), activities=rows))) == [SILENT]


def test_who_takes_no_part_on_the_last_day_owes_nothing():
    whole = facts()
    gone = tuple(
        replace(each, left=date(2027, 4, 30)) if each.slug == SILENT else each
        for each in whole.district.members
    )
    assert list(owing(replace(whole, district=replace(whole.district, members=gone)))) == [OWING]


def test_an_organisation_whose_book_was_never_read_is_asked_to_look_at_it():
    whole = facts()
    data = replace(whole.district, sent={**whole.district.sent, SILENT: LastSent()})
    assert owing(replace(whole, district=data))[SILENT].lacks[0].said == "данные не поступали"


def test_the_words_count_and_name():
    found = debtors(facts().district, facts().activities, APRIL)
    assert short(found, 3) == "нет данных: 2 из 3 – МБОУ «Школа № 3», МБУ ДО «Дом творчества»"
    assert NOTE != SENT


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("70 %", 70),
        ("не менее 85%", 85),
        ("92,5 %", 92.5),
        ("100", 100),
        ("расти", None),
        ("", None),
        ("до 5 %", None),
    ],
)
def test_a_target_is_read_as_people_write_it(typed, wanted):
    assert Measured("", "", typed).wanted == wanted

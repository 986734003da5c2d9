"""A letter for each organisation that owes data: shortly before the last day and after it, none once the data came."""

from dataclasses import replace
from datetime import date

from tests.district.municipal import NOTE, WHOLE, facts, filed, planned, sent_all

LETTER, OF_DISTRICT = "letter.reminder", "note.municipal"
BEFORE, WITHIN, AFTER, NEXT_YEAR = date(2027, 4, 22), date(2027, 4, 26), date(2027, 5, 20), date(2027, 9, 10)


def letters(whole, *at_once):
    return {each.who: each for each in planned(whole, *at_once).get(LETTER, ())}


def test_letters_come_five_working_days_before_the_last_day_and_stay_after_it():
    assert not letters(facts(BEFORE))
    assert list(letters(facts(WITHIN))) == ["МБОУ «Школа № 3»", "МБУ ДО «Дом творчества»"]
    late = letters(facts(AFTER))["МБУ ДО «Дом творчества»"]
    assert late.late
    assert (late.context["просрочено"], letters(facts(WITHIN))[late.who].context["просрочено"]) == (
        True,
        False,
    )
    assert not letters(facts(NEXT_YEAR))


def test_a_letter_may_be_asked_for_before_its_day():
    assert len(letters(facts(BEFORE), LETTER)) == 2
    assert list(letters(facts(BEFORE), f"{LETTER}/О-003")) == ["МБУ ДО «Дом творчества»"]


def test_what_a_letter_says():
    told = letters(facts(WITHIN))["МБУ ДО «Дом творчества»"].context
    assert told["кому"] == "МБУ ДО «Дом творчества»"
    assert told["до"] == date(2027, 4, 30)
    assert [each.replace("\xa0", " ") for each in told["чего_нет"]] == [
        "данные не поступали (нет доступа)",
        "не выполнен пункт 6.4 «Проведение муниципального мониторинга» (срок – 31.03.2027)",
    ]
    assert told["что_сделать"][0] == "открыть доступ к рабочей книге наставничества для сбора данных района"
    assert told["молчит"]
    assert not letters(facts(WITHIN))["МБОУ «Школа № 3»"].context["молчит"]


def test_with_the_data_nobody_is_reminded_and_a_draft_is_no_longer_planned():
    assert not letters(sent_all(facts(WITHIN)))


def test_two_notes_of_one_month_ask_an_organisation_once():
    whole = facts(WITHIN)
    note = next(each for each in whole.activities if each.code == NOTE)
    twin = replace(note, code="М-013", number="6.6")
    found = letters(replace(whole, activities=(*whole.activities, twin)))
    assert len(found) == 2
    assert found["МБУ ДО «Дом творчества»"].rows == (NOTE, "М-013")


def test_once_the_note_is_registered_with_its_debtors_nobody_is_reminded():
    whole = facts(AFTER)
    (note,) = planned(whole)[OF_DISTRICT]
    registered = filed(note, "зарегистрирован", number="5", day=date(2027, 5, 4))
    assert not letters(replace(whole, register=(registered,)))


def test_an_organisations_own_book_plans_neither_note_nor_letter():
    found = planned(replace(facts(), district=None))
    assert OF_DISTRICT not in found
    assert LETTER not in found


def test_who_leaves_is_not_reminded():
    whole = facts(WITHIN)
    gone = tuple(replace(each, taking_part=each.slug == WHOLE) for each in whole.district.members)
    assert not letters(replace(whole, district=replace(whole.district, members=gone)))

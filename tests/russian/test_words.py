"""Dates, counts, lists and printed signs."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.russian import Doubt, words

NBSP = "\u00a0"


def test_dates():
    assert words.long_date(date(2023, 9, 1)) == "1 сентября 2023 г."


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 5, 1), date(2026, 5, 15), "с 1 по 15 мая 2026 г."),
        (date(2026, 5, 25), date(2026, 6, 5), "с 25 мая по 5 июня 2026 г."),
        (date(2025, 12, 25), date(2026, 1, 10), "с 25 декабря 2025 г. по 10 января 2026 г."),
        (date(2026, 5, 2), date(2026, 5, 15), "со 2 по 15 мая 2026 г."),
        (date(2026, 5, 1), date(2026, 5, 1), "1 мая 2026 г."),
        (None, date(2026, 5, 1), "до 1 мая 2026 г."),
        (date(2026, 5, 1), None, "с 1 мая 2026 г."),
        (None, None, ""),
    ],
)
def test_spans_say_month_and_year_once(start, end, said):
    assert words.span(start, end) == said


def test_a_span_that_ends_before_it_starts_is_a_question():
    with pytest.raises(Doubt):
        words.span(date(2026, 5, 2), date(2026, 5, 1))


@pytest.mark.parametrize(
    ("number", "phrase", "said"),
    [
        (1, "наставническая пара", "1 наставническая пара"),
        (3, "наставническая пара", "3 наставнические пары"),
        (5, "наставническая пара", "5 наставнических пар"),
        (11, "наставническая пара", "11 наставнических пар"),
        (21, "наставническая пара", "21 наставническая пара"),
        (112, "наставническая пара", "112 наставнических пар"),
        (0, "встреча", "0 встреч"),
        (2, "наставляемый", "2 наставляемых"),
        (4, "наставляемая", "4 наставляемых"),
        (2, "заведующий", "2 заведующих"),
        (2, "новый приказ", "2 новых приказа"),
        (4, "ответственное лицо", "4 ответственных лица"),
        (5, "педагог-наставник", "5 педагогов-наставников"),
        (2, "план-график", "2 плана-графика"),
        (5, "год", "5 лет"),
        (3, "год", "3 года"),
        (6, "учебный год", "6 учебных лет"),
        (5, "человек", "5 человек"),
        (3, "человек", "3 человека"),
        (5, "ребёнок", "5 детей"),
        (5, "раз", "5 раз"),
        (7, "день", "7 дней"),
        (2, "персонализированная программа наставничества", "2 персонализированные программы наставничества"),
        (5, "заседание педагогического совета", "5 заседаний педагогического совета"),
        (5, "эссе", "5 эссе"),
    ],
)
def test_counts(number, phrase, said):
    assert words.count(number, phrase) == said


@pytest.mark.parametrize("phrase", ["", "пары", "встреч", "123", "ъъъ"])
def test_only_a_nominative_singular_is_counted(phrase):
    with pytest.raises(Doubt):
        words.count(5, phrase)


def test_lists():
    assert words.listed([]) == ""
    assert words.listed(["а"]) == "а"
    assert words.listed(["а", "б"]) == "а и б"
    assert words.listed(["а", "", "б", " ", "в"]) == "а, б и в"


def test_sameness_does_not_see_the_dots_of_yo():
    assert words.same("Семёнова  Анна ", "СЕМЕНОВА АННА")
    assert words.same("Семе\u0308нова", "Семёнова")
    assert not words.same("Семёнов", "Семёнова")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('приказ "Об утверждении"', "приказ «Об утверждении»"),
        ('МБДОУ "Детский сад №45 "Малыш""', "МБДОУ «Детский сад №_45 „Малыш“»"),
        ("«Детский сад «Малыш»»", "«Детский сад „Малыш“»"),
        ("«Детский сад № 45 «Малыш»", "«Детский сад №_45 «Малыш»"),
        ('цена 5" трубы', 'цена 5" трубы'),
        ("2023-2024 учебный год", "2023–2024 учебный год"),
        ("с 10:00-11:30", "с 10:00–11:30"),
        ("01.09.2023-31.05.2024", "01.09.2023–31.05.2024"),
        ("Май- Август 2023", "Май–Август 2023"),
        ("8-800-555-35-35, 2023-09-01, 273-ФЗ, № 12-34", "8-800-555-35-35, 2023-09-01, 273-ФЗ, №_12-34"),
        ("педагог-психолог", "педагог-психолог"),
        ("наставник - наставляемый", "наставник_– наставляемый"),
        ("1 сентября 2023 г.", "1 сентября 2023_г."),
        ("в 2023-2024 гг.", "в 2023–2024_гг."),
        ("ст. 351.8 ТК РФ", "ст._351.8 ТК РФ"),
        ("ч.1 п. 2", "ч._1 п._2"),
        ("г. Железногорск", "г._Железногорск"),
        ("И.А. Яковенко", "И.А._Яковенко"),
        ("Яковенко И.А.", "Яковенко_И.А."),
        ("50 %", "50_%"),
    ],
)
def test_typography(typed, printed):
    assert words.typography(typed) == printed.replace("_", NBSP)


@given(st.text(alphabet='абАБ .,-–—№0123456789"«»„“”г()%\u00a0', max_size=40))
@example("“« »“")
@example('"«"“ »„')
@example("2023-2024гг.")
@example("г.1-1")
@example("„а“ «б»")
def test_typography_twice_changes_nothing_more(text):
    once = words.typography(text)
    assert words.typography(once) == once


@given(st.integers(0, 10**6))
def test_a_count_begins_with_its_number(number):
    assert words.count(number, "наставническая пара").startswith(f"{number} ")

"""The lines above a roadmap's table: title, organisation, period and stamps; every organisation is invented."""

from datetime import date

import pytest

from flows.domain.roadmap.plan_years import derived, of_title, suggested
from flows.intake.heading import describe

HEADINGS = [
    (
        ("УТВЕРЖДАЮ", "Директор МБОУ СОШ № 12", "________ И.И. Вымышленный", "Приказ № 45 от 30.08.2023", "План мероприятий (дорожная карта)",
         "наставничества в МБОУ «Средняя школа № 12»", "на 2023-2024 учебный год"),
        "МБОУ «Средняя школа № 12»", ("2023-09-01", "2024-08-31"),
    ),
    (
        ("Приложение № 2 к приказу", "от 01.09.2022 № 21/1", "Дорожная карта Муниципального бюджетного дошкольного образовательного учреждения детского сада № 18 «Алый парус» (МБДОУ № 18)",
         "(сентябрь 2022 г. - май 2024 г.)"),
        "МБДОУ № 18", ("2022-09-01", "2024-05-31"),
    ),
    (("Дорожная карта наставничества МОУ Ивановская СОШ", "2023/24 уч. год"), "МОУ Ивановская СОШ", ("2023-09-01", "2024-08-31")),
    (("Муниципальное казенное общеобразовательное учреждение «Лесная школа»", "ДОРОЖНАЯ КАРТА НАСТАВНИЧЕСТВА"), "Муниципальное казенное общеобразовательное учреждение «Лесная школа»", None),
    (("Дорожная карта наставничества ГБПОУ «Политехнический колледж» на 2022-2024 годы",), "ГБПОУ «Политехнический колледж»", ("2022-01-01", "2024-12-31")),
    (("Управление образования администрации Лесного района", "Дорожная карта наставничества на 2023 год"), "Управление образования администрации Лесного района", ("2023-01-01", "2023-12-31")),
    (("План работы наставников ЧДОУ «Детский сад № 217» на 2024-2025 учебный год",), "ЧДОУ «Детский сад № 217»", ("2024-09-01", "2025-08-31")),
    (("МКДОУ д/с № 3 «Ёлочка»", "План мероприятий по наставничеству на 2023-2024 г."), "МКДОУ д/с № 3 «Ёлочка»", ("2023-09-01", "2024-08-31")),
    (("Дорожная карта", "внедрения системы наставничества", "Лицей № 4 г. Энск", "2024-2026"), "Лицей № 4 г. Энск", ("2024-01-01", "2026-12-31")),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "organisation", "period"), HEADINGS)
def test_a_heading_names_its_organisation_and_its_years(lines, organisation, period):
    document = describe(lines, ())
    assert document.organisation == organisation
    assert (
        document.period and (document.period.start.isoformat(), document.period.end.isoformat())
    ) == period
    assert "орожная карта" in document.title.lower() or "план" in document.title.lower()


def test_stamps_are_kept_word_for_word_and_are_no_part_of_the_title():
    document = describe(HEADINGS[0][0], ())
    assert document.stamps == (
        "УТВЕРЖДАЮ",
        "Директор МБОУ СОШ № 12",
        "________ И.И. Вымышленный",
        "Приказ № 45 от 30.08.2023",
    )
    assert "Приказ" not in document.title
    assert describe(HEADINGS[1][0], ()).stamps == ("Приложение № 2 к приказу", "от 01.09.2022 № 21/1")


@pytest.mark.parametrize(
    "text",
    [
        "Распоряжение от 25.12.2019 г. № Р-145",
        "Приказ от 01.09.2023 № 231",
        "Дорожная карта наставничества",
        "с 9 до 17",
    ],
)
def test_a_day_of_an_act_is_no_period(text):
    assert of_title(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("с 01.09.2023 по 31.05.2024", date(2023, 9, 1), date(2024, 5, 31)), ("с 2023 по 2025 годы", date(2023, 1, 1), date(2025, 12, 31)),
        ("на 2020 – 2024 учебный год", date(2020, 1, 1), date(2024, 12, 31)), ("на 2021-2024г.г.", date(2021, 1, 1), date(2024, 12, 31)),
    ],
)  # fmt: skip
def test_a_period_may_be_printed_in_many_ways(text, start, end):
    period = of_title(text)
    assert (period.start, period.end) == (start, end)


def test_a_period_is_derived_without_the_year_of_a_slip_and_suggested_by_a_stamp():
    period = derived(["май 2022", "декабрь 2023", "апрель 2032", "март 2023", "постоянно"])
    assert (period.start.year, period.end.year) == (2022, 2023)
    assert derived(["постоянно", ""]) is None
    assert suggested(["ПРИНЯТО", "Приказ от 30.08.2023 № 5"]) == "2023-2024"
    assert suggested(["УТВЕРЖДЕНО"]) == ""

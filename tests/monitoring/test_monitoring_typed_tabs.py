"""What people type for monitoring: the mapping of questions, the score card, personnel events, and the method."""

from datetime import date

import monitoring_school as school
import pytest

from flows.domain.errors import Misconfigured
from flows.domain.monitoring.answers.questions import questions_from_rows, sent_of
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.monitoring.tabs import cards_from_rows
from flows.domain.people.staff_events import events_from_rows
from flows.domain.terms.reading import Window

NAMES = school.METHOD.card_names
TOLD = {"card": {"names": ["а"], "best": 2, "levels": [], "source": ""}, "rules": {}, "indicator": []}


def mapped(told, text="Насколько комфортно?", wave="выход"):
    (question,), problems = questions_from_rows(
        [school.row(Анкета="Ответы", Вопрос=text, Показатель=told, Волна=wave, Разослано=7)]
    )
    return question, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("told", "indicator", "criterion", "scale"),
    [
        ("M10", "M10", "удовлетворённость", 0), ("М11 (шкала 5)", "M11", "удовлетворённость", 5), ("M12: Комфорт", "M12", "комфорт", 0),
        ("М12 – комфорт (шкала 10)", "M12", "комфорт", 10), ("m12", "M12", "насколько комфортно", 0), ("M10 (шкала да/нет)", "M10", "удовлетворённость", 1),
    ],
)  # fmt: skip
def test_an_indicator_cell_says_what_a_question_counts_for(told, indicator, criterion, scale):
    question, problems = mapped(told)
    assert (question.holds, question.indicator, question.criterion, question.scale, problems) == (
        "балл",
        indicator,
        criterion,
        scale,
        [],
    )
    assert (question.wave, question.sent) == ("выход", 7)


@pytest.mark.parametrize(
    ("told", "holds", "options"),
    [
        ("код участника", "код", ()),
        ("варианты: Планы; Беседы, игры", "варианты", ("Планы", "Беседы, игры")),
        ("открытый вопрос", "открытый", ()),
        ("", "не учитывать", ()),
        ("не учитывать", "не учитывать", ()),
        ("роль", "роль", ()),
    ],
)
def test_other_columns_are_named_in_words(told, holds, options):
    question, problems = mapped(told)
    assert (question.holds, question.options, problems) == (holds, options, [])


def test_a_word_nobody_knows_and_a_missing_wave_are_asked_about():
    assert mapped("балл сада")[1] == ["survey-indicator"]
    assert mapped("M10", wave="")[1] == ["survey-wave"]


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Оцените от 1 до 5", 5),
        ("по 10-балльной шкале", 10),
        ("(1 – плохо, 10 – хорошо) шкала 1–10", 10),
        ("Хотите продолжить? (да/нет)", 1),
        ("Сколько встреч было в 2025 году?", 0),
    ],
)
def test_a_scale_printed_in_the_question_is_read(text, scale):
    assert mapped("M10", text)[0].scale == scale


def test_forms_handed_out_are_counted_by_survey_and_places_by_row():
    rows = [
        school.row(Анкета=survey, Вопрос=f"в{at}", Разослано=sent)
        for at, (survey, sent) in enumerate([("А", 5), ("А", None), ("Б", 0)])
    ]
    questions, _ = questions_from_rows(rows)
    assert sent_of(questions) == {"А": 5}
    assert [question.position for question in questions] == [1, 2, 1]


def card(period="I полугодие 2026/2027", points=(2,) * 9):
    return school.row("Карта оценки", **{"Период": period, **dict(zip(NAMES, points, strict=True))})


def test_a_score_card_keeps_blanks_and_asks_about_other_marks():
    (read,), problems = cards_from_rows([card(points=(2, "1", 0, None, "", 3, "хорошо", 2.0, 1))], NAMES)
    assert list(read.points.values()) == [2, 1, 0, None, None, None, None, 2, 1]
    assert [problem.origin.column for problem in problems] == [NAMES[5], NAMES[6]]


@pytest.mark.parametrize(
    ("period", "window"),
    [
        ("I полугодие 2026/2027", Window(date(2026, 9, 1), date(2026, 12, 31))), ("2 полугодие 2026-2027", Window(date(2027, 1, 1), date(2027, 8, 31))),
        ("2026-2027 учебный год", Window(date(2026, 9, 1), date(2027, 8, 31))), ("Май 2027", Window(date(2027, 5, 1), date(2027, 5, 31))),
        (date(2026, 12, 20), Window(date(2026, 12, 20), date(2026, 12, 20))), ("по итогам", None), ("", None),
    ],
)  # fmt: skip
def test_the_cards_period_is_read(period, window):
    (read,), _ = cards_from_rows([card(period)], NAMES)
    assert read.window == window


def test_an_empty_card_is_no_card():
    assert cards_from_rows([card(points=(None,) * 9)], NAMES) == ((), ())


def event(what, who="Н-001", day=date(2026, 10, 1)):
    return school.row("Кадровые события", Дата=day, Кто=who, Что=what)


def test_events_find_people_by_code_or_name_and_say_nothing_of_the_name():
    people = {"Н-001": school.person("Н-001")}
    rows = [
        event("Уволена"),
        event("аттестация", "Вымышленный Н-001"),
        event("Смена должности"),
        event("отпуск по уходу", "Петров Пётр"),
        event("праздник"),
        event("конкурс", day=None),
        event(""),
    ]
    events, problems = events_from_rows(rows, people)
    assert [(each.person, each.what) for each in events] == [
        ("Н-001", "уволен"),
        ("Н-001", "аттестация"),
        ("Н-001", "смена должности"),
    ]
    assert [problem.origin.column for problem in problems] == ["Кто", "Что", "Дата"]
    assert not any("Петров" in problem.message for problem in problems)


def test_who_married_is_found_by_the_old_name_when_the_list_has_the_new_one():
    people = {"Л-001": school.person("Л-001", name="Седова Полина Игоревна")}
    wedding = school.row(
        "Кадровые события",
        Дата=date(2026, 10, 1),
        Кто="Крылова Полина Игоревна",
        Что="смена фамилии",
        **{"Новое значение": "Седова"},
    )
    events, problems = events_from_rows([wedding, event("уволен", "Крылова Полина Игоревна")], people)
    assert ([each.person for each in events], problems) == (["Л-001", "Л-001"], ())


def test_the_organisations_own_method_wins():
    own = {
        "title": "Методика ДОУ",
        "rules": {"small": 3},
        "card": {"levels": [{"from": 0, "to": 18, "name": "свой"}]},
        "indicator": [{"code": "M7", "name": "Ритм"}],
    }
    method = method_from(
        {
            "card": {
                "names": ["а"],
                "best": 2,
                "levels": [{"from": 0, "to": 1, "name": "чужой"}],
                "source": "с",
            },
            "rules": {"small": 5},
            "indicator": [{"code": "M7", "name": "Регулярность"}],
        },
        own,
    )
    assert (method.own, method.rules.small, method.level(15), method.specs["M7"].name) == (
        "Методика ДОУ",
        3,
        "свой",
        "Ритм",
    )


@pytest.mark.parametrize(
    "rules", [{"smal": 5}, {"small": "пять"}, {"satisfaction": "C"}, {"satisfied_from": 80}, {"small": True}]
)
def test_a_bad_setting_is_named(rules):
    with pytest.raises(Misconfigured, match=r"monitoring\.toml"):
        method_from({**TOLD, "rules": rules})


def test_the_shipped_method_has_every_indicator_with_its_formula():
    assert list(school.METHOD.specs) == [f"M{at}" for at in range(1, 18)]
    assert all(spec.formula for spec in school.METHOD.specs.values())
    assert [school.METHOD.level(points) for points in (18, 15, 14, 9, 8, 0)] == ["оптимальный"] * 2 + [
        "допустимый"
    ] * 2 + ["недопустимый"] * 2

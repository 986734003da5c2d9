"""A near miss for each check of a roadmap and for each reader: looks alike and gives nothing, beside one that gives it.

A check without a line here fails the first test: whoever adds one says what it must not take for its trap.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date

import pytest

from flows.domain import periods
from flows.domain.marks import mark
from flows.domain.monitoring.answers.participant_codes import respondent
from flows.domain.monitoring.answers.questionnaire import WHO, Question
from flows.domain.monitoring.answers.responses import read_responses
from flows.domain.monitoring.note.focus import ask_of
from flows.domain.planning.notes import stage_of
from flows.domain.roadmap.activities import Sheet, from_grids
from flows.domain.roadmap.grids import Document, GridCell, Merge
from flows.domain.terms.reading import parse
from tests import house
from tests.domain.test_due import row

HEAD = "№ п/п | Мероприятие | Срок | Ответственный | Результат"
YEAR = periods.of_years(2026, 2027)
GARDEN = Document(title="Дорожная карта наставничества", organisation="МБДОУ № 5 «Ручеёк»", period=YEAR)
SCHOOL = replace(GARDEN, organisation="МБОУ «Заречная СОШ»")
DISTRICT = Document(title="Дорожная карта образовательных организаций Заречного района", period=YEAR)
TWO_YEARS = replace(GARDEN, period=periods.Period(date(2026, 1, 1), date(2027, 12, 31)))
APPROVED = replace(GARDEN, stamps=("Протокол от 05.10.2026 № 1", "Приказ от 01.10.2026 № 2"))
PLAIN = "1 | Встреча | Май 2027 | Методист | Протокол"


def said(term="Май 2027", doing="Встреча", who="Методист", result="Протокол", number="1"):
    return f"{number} | {doing} | {term} | {who} | {result}"


def two(first, second):
    return f"{first}\n{second}"


# The code | rows that have the trap | rows that only look so | the plan they stand in, when it matters.
# A cell «^» is merged with the one above it.
MISSES = {
    # --- terms
    "impossible-date": (said("31.02.2027"), said("28.02.2027")),
    "reversed": (said("с 10.05.2027 по 01.05.2027"), said("с 10.05.2027 по 10.05.2027")),
    "outside-period": (said("Сентябрь 2027"), said("Август – сентябрь 2027")),
    "before-approval": (said("Сентябрь 2026"), said("Сентябрь – октябрь 2026"), APPROVED),
    "year-derived": (said("до 1 октября"), said("до 1 октября 2026")),
    "approximate-term": (said("начало мая 2027"), said("I декада мая 2027")),
    "term-with-words": (said("не ранее 1 сентября 2026"), said("1 сентября 2026")),
    "unreadable-term": (said("как получится"), said("по мере необходимости")),
    "empty-term": (said("—"), said("постоянно")),
    "which-year": (said("В течение года"), said("В течение учебного года")),
    "edge-year": (said("Сентябрь 2027"), two(said("Август 2027"), said("Сентябрь 2026", number="2")), TWO_YEARS),
    "before-start": (
        two(said("Октябрь 2026"), said("Сентябрь (ежегодно)", number="2")),
        two(said("Октябрь 2026"), said("Октябрь (ежегодно)", number="2")), TWO_YEARS,
    ),
    "external-term": (said("по графику управления образования"), said("в соответствии со сроками программ")),
    "per-pair-term": (said("в соответствии со сроками программ"), said("по графику управления образования")),
    "several-windows": (said("апрель 2027; май 2027"), said("апрель – май 2027")),
    "merged-cell": (two(said(), "2 | Семинар | ^ | Методист | Протокол"), two(said(), said(number="2"))),
    "typo": (said(doing="Монитоирнг программ"), said(doing="Организатор программ и мониторов")),
    # --- rows
    "duplicate-number": (two(said(number="1.1"), said(number="1.1.")), two(said(number="1.1"), said(number="1.10"))),
    "number-gap": (two(said(number="2.1"), said(number="4.1")), two(said(number="2.9"), said(number="3.1"))),
    "empty-responsible": (two(said(who=" "), said(number="2")), two(said(who="Все"), said(number="2"))),
    "empty-result": (two(said(result=" "), said(number="2")), two(said(result="Не готовить"), said(number="2"))),
    "no-term-column": ("№ | Мероприятие | Ответственный | Результат\n1 | Встреча | Методист | Протокол", f"№ | Мероприятие | Период реализации | Исполнители | Вид документа\n{PLAIN}"),
    "no-responsible-column": ("№ | Мероприятие | Срок | Результат\n1 | Встреча | Май 2027 | Протокол", f"№ | Мероприятие | Период реализации | Исполнители | Вид документа\n{PLAIN}"),
    "no-result-column": ("№ | Мероприятие | Срок | Ответственный\n1 | Встреча | Май 2027 | Методист", f"№ | Мероприятие | Период реализации | Исполнители | Вид документа\n{PLAIN}"),
    "foreign-word": (said(doing="Школьники и лицей"), said(doing="Дошкольники, дошкольная конференция, личные встречи, школа наставника")),
    "foreign-organisation": (said(doing="Педагоги МБДОУ № 7"), said(doing="Педагоги МБДОУ № 5, приказ № 7, форма № 8")),
    "cut-sentence": (said(doing="Подготовка и"), said(doing="Подготовка «и т. п.»")),
    "joined-row": (
        two(said(doing="Итоговые встречи: последняя, общая"), " | встреча всех пар | | |"),
        two(said(doing="Итоговые встречи: последняя, общая"), said(doing="Встреча всех пар", number="2")),
    ),
    "word-junk": (PLAIN, said(doing="Закладка книги **"), replace(GARDEN, notes=("word-junk",)), replace(GARDEN, notes=("flattened",))),
    "flattened": (PLAIN, PLAIN, replace(GARDEN, notes=("flattened",)), replace(GARDEN, notes=("word-junk",))),
    "stray-mark": (said(doing="Встреча \\ пар"), said(doing="Встреча и/или беседа~5")),
    "broken-quotes": (said(doing="Семинар «Школа"), said(doing="1) семинар; «Школа (наставника)»")),
    "straight-quotes": (said(doing='Семинар "Школа"'), said(doing="Семинар «Школа»")),
    "leaked-term": (said(doing="Семинар май 2027"), said(doing="Семинар май 2027 года")),
    # --- papers
    "unnamed-papers": (said(result="Пакет локальных актов"), said(result="Размещение локальных актов на сайте")),
    "norm-not-paper": (said(result="не реже одного раза в неделю"), said(result="не реже обычного")),
    "paper-unlisted": (said(result="Должностные инструкции наставников"), said(result="Инструкции для наставников, изучение регламента")),
    "no-paper": (said(result="Обмен опытом"), said(result="Протокол встречи")),
    "many-kinds": (said(result="Положение, программа наставничества, памятка наставника"), said(result="Положение, памятка наставника")),
    "each-meeting": (said(result="Дневник после каждой встречи"), said(result="Дневник после встречи каждого месяца")),
    "conditional": (said(result="Протокол (при необходимости)"), said(result="Протокол о необходимости встреч")),
    "action-result-differ": (
        said(doing="Создание рабочей группы", result="Приказ о создании рабочей группы по разработке дорожной карты"),
        said(doing="Создание группы по разработке дорожной карты", result="Приказ о создании рабочей группы по разработке дорожной карты"),
    ),
    "paper-left-out": (
        said(doing="Разработка положения, дорожной карты", result="Положение"), said(doing="Разработка положения, дорожной карты", result="Положение, дорожная карта"),
    ),
    "order-or-directive": (
        said(doing="Издание распоряжения", result="Приказ о назначении куратора"), said(doing="Издание распоряжения", result="Распоряжение о назначении куратора"),
    ),
    "date-in-result": (said(result="Информация на сайте www.sad.example"), said(result="Протокол от 12.05.2027")),
    "many-authors": (said(who="наставники", result="Аналитическая справка"), said(who="куратор, наставник", result="Аналитическая справка")),
    "initials-only": (said(who="Орлова В.К."), said(who="Орлова Вера Кирилловна")),
    # --- order
    "method-after-use": (
        two(said("Май 2027", result="Методика оценки"), said("Апрель 2027", result="Аналитическая справка", number="2")),
        two(said("Май 2027", result="Методика оценки"), said("Май 2027", result="Аналитическая справка", number="2")),
    ),
    "pairs-not-ordered": (said(doing="Работа пар"), said(doing="Парад в парке")),
    "registry-late": (
        two(said("постоянно", result="Персонализированные программы"), said("Декабрь 2026", result="База наставников", number="2")),
        two(said("постоянно", result="Персонализированные программы"), said("Ноябрь 2026", result="База наставников", number="2")),
    ),
    "programmes-listed-late": (said("Май 2027", result="Реестр программ наставничества"), said("Апрель 2027", result="Реестр программ наставничества")),
    "council-same-window": (
        two(said("Май 2027", "Подведение итогов", result="Протокол педсовета"), said("Май 2027", result="Аналитическая справка", number="2")),
        two(said("Июнь 2027", "Подведение итогов", result="Протокол педсовета"), said("Май 2027", result="Аналитическая справка", number="2")),
    ),
    "minutes-after-order": (PLAIN, PLAIN, APPROVED, replace(APPROVED, stamps=("Протокол от 01.10.2026 № 1", "Приказ от 01.10.2026 № 2"))),
    "orders-itself": (
        said("Октябрь 2026", result="Приказ об утверждении дорожной карты"), said("Сентябрь 2026", result="Приказ об утверждении дорожной карты"), APPROVED,
    ),
    "approved-twice": (
        said(doing="Согласование Положения экспертным советом", result="Приказ управления об утверждении Положения"),
        said(doing="Рассмотрение Положения экспертным советом", result="Приказ управления об утверждении Положения"),
    ),
    "analysis-before-data": (
        two(said("Март 2027", result="Сводная аналитическая справка"), said("Апрель 2027", result="Данные мониторинга в ИМЦ", number="2")),
        two(said("Март 2027", result="Сводная аналитическая справка"), said("Март 2027", result="Данные мониторинга в ИМЦ", number="2")),
    ),
    "waits-for-all": (
        two(said("Март 2027", result="Сводная аналитическая справка"), said("Март 2027", result="Данные мониторинга в ИМЦ", number="2")),
        two(said("Март 2027", result="Аналитическая справка"), said("Март 2027", result="Данные мониторинга в ИМЦ", number="2")),
    ),
    "overlapping-monitoring": (
        two(said("апрель – май 2027", result="Аналитическая справка"), said("Май 2027", result="Аналитическая справка", number="2")),
        two(said("Апрель 2027", result="Аналитическая справка"), said("Май 2027", result="Аналитическая справка", number="2")),
    ),
    "shared-order": (
        two(said(result="Приказ о внедрении модели"), said(result="Приказ о внедрении модели", number="2")),
        two(said(result="Приказ о внедрении модели"), said("Июнь 2027", result="Приказ о внедрении модели", number="2")),
    ),
    "same-window": (
        two(said(result="Дорожная карта"), said(result="Приказ об утверждении дорожной карты", number="2")),
        two(said(result="Дорожная карта"), said("Июнь 2027", result="Приказ об утверждении дорожной карты", number="2")),
    ),
    # --- reach
    "fan-out": (said(who="Руководители ОО"), said(who="Управление образования"), DISTRICT),
    "minors": (said(doing="Пара ученик – ученик"), said(doing="Игры дошкольников, школа молодого педагога"), SCHOOL),
    "publication-consent": (said(result="Согласие на публикацию фото"), said(result="Информация на сайте")),
    "undeclared-form": (said(doing="Форма «педагог – студент»"), said(doing="Форма «педагог – педагог», студенты")),
}  # fmt: skip


def grid_of(text):
    """Lay lines of cells out as a table; «^» repeats the cell above."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.split("\n")]
    lines = (
        lines
        if any("Мероприятие" in cell for cell in lines[0])
        else [[cell.strip() for cell in HEAD.split("|")], *lines]
    )
    told = []
    for line in lines:
        told.append(
            tuple(
                GridCell(told[-1][at].text, Merge.DOWN) if cell == "^" else GridCell(cell)
                for at, cell in enumerate(line)
            )
        )
    return tuple(told)


def codes_of(text, document):
    return {each.code for each in from_grids((Sheet(grid_of(text)),), document)[1]}


def codes_of_checks():
    """Every code that a check may tell, read out of the checks themselves."""
    found = set()
    for path in (house.ROOT / "flows" / "domain" / "roadmap" / "checks").glob("*.py"):
        for node in house.nodes(path):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            place = {"finding": 2, "Problem": 1}.get(name)
            code = node.args[place] if place and len(node.args) > place else None
            if isinstance(code, ast.Constant):
                found.add(code.value)
            elif isinstance(code, ast.JoinedStr):
                found |= {f"no-{role}-column" for role in ("term", "responsible", "result")}
    return found


def test_every_check_has_a_near_miss():
    assert set(MISSES) == codes_of_checks()


@pytest.mark.parametrize("code", MISSES)
def test_a_trap_is_found_and_what_only_looks_like_it_is_not(code):
    trap, miss, *documents = MISSES[code]
    first, last = (documents or [GARDEN])[0], (documents or [GARDEN])[-1]
    assert code in codes_of(trap, first)
    assert code not in codes_of(miss, last)


# --- readers -----------------------------------------------------------------------------------------------------

# What a term is read as | what only looks so: its kind or no window at all.
TERMS = {
    "01.09.2026": "1.9", "Сентябрь 2026": "Сентябрёв 2026", "до 15.05.2027": "до 15 страниц", "II квартал 2027": "II корпус 2027", "I полугодие": "полугодие",
    "2 раза в год (декабрь, май)": "2 раза в день (декабрьский зал)", "с 10.05.2027 по 20.05.2027": "с 10.05.2027 по 20.13.2027",
    "третий понедельник апреля": "третий понедельник апрельский", "первое сентября": "первое сочинение", "Sep-26": "Серия-26", "X 2026": "XX 2026",
    "в конце учебного года": "в конце учебного дня", "к 2026/2027 учебному году": "к 2026/2027 учебному плану", "46280": "64280",
    "сентябрь, до 15 числа": "сентябрь, до 15 человек", "5 октября (День учителя)": "5 кабинет (День учителя)",
}  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_days_and_what_only_looks_like_one_has_none(term):
    assert parse(term, YEAR).windows
    near = parse(TERMS[term], YEAR)
    assert not near.windows or near.flags & {"impossible-date", "approximate", "typo"}, near


def test_who_answered_is_read_from_words_of_a_role_and_from_no_others():
    asked = (Question("Опрос", "Кто Вы?", WHO),)
    told = {
        "Наставник": "mentor", "педагог-наставник": "mentor", "НАСТАВЛЯЕМЫЙ": "mentee", "молодой специалист": "mentee", "Стажёр": "mentee",
        "Наставничество мне интересно": "", "Стаж 20 лет": "", "куратор": "", "": "",
    }  # fmt: skip
    rows = [
        ["Отметка времени", "Кто Вы?"],
        *([f"0{at}.12.2026 10:00:00", who] for at, who in enumerate(told, 1) if who),
    ]
    answers, _ = read_responses(rows, asked, "Опрос")
    assert [each.role for each in answers] == [role for who, role in told.items() if who]


@pytest.mark.parametrize(
    ("stage", "number"),
    [
        ("Этап 1. Подготовка", 1), ("II этап", 2), ("3. Отбор", 3), ("IX. Итоги", 9), ("2-й этап", 2), ("Этап IV", 4),
        ("Этап подготовки", None), ("Видео и этап", None), ("XI этап", None), ("IIV этап", None), ("2026 год", None), ("1а. Отбор", None), ("ИВ этап", None), ("", None),
    ],
)  # fmt: skip
def test_the_number_of_a_stage_is_read_and_no_other_number(stage, number):
    assert stage_of(replace(row("Май 2027"), stage=stage)) == number


@pytest.mark.parametrize(
    ("doing", "stage"),
    [
        ("Мониторинг качества по итогам II этапа", "II этап"), ("Мониторинг по итогам 2 этапа", "2 этап"), ("Мониторинг по итогам этапа", "6. Мониторинг"),
        ("Мониторинг на этапе отбора", ""), ("Мониторинг поэтапный, итоговый", ""), ("Итоги и этапы", ""),
    ],
)  # fmt: skip
def test_a_note_is_about_a_stage_only_when_the_row_sums_one_up(doing, stage):
    told = ask_of(replace(row("Май 2027"), activity=doing)).stage
    assert told == ("6 этап" if stage == "6. Мониторинг" else stage)


@pytest.mark.parametrize(
    ("cell", "scale", "value"),
    [
        ("да", 1, 1), ("Скорее да", 0, 1), ("нет", 1, 0), ("да", 10, None), ("да уж", 1, None), ("нет данных", 1, None), ("даль", 1, None), ("1", 1, 1), ("2", 1, None),
        ("8", 10, 8), ("8 из 10", 10, 8), ("8/10", 5, 8), ("8,5 балла", 10, 8.5), (8.0, 10, 8), ("10", 10, 10), ("5", 5, 5), ("1", 10, 1),
        ("8 из 12", 10, None), ("8-9", 10, None), ("11", 10, None), ("0", 10, None), ("6", 5, None), ("восемь", 10, None), (True, 1, None), (date(2026, 10, 8), 10, None),
        ("№ 8", 10, None), ("8 лет назад", 10, None), (10**9, 10, None),
    ],
)  # fmt: skip
def test_a_mark_is_read_and_what_only_looks_like_one_is_none(cell, scale, value):
    assert mark(cell, scale).value == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("л 5", "Л-005"),
        ("Л-005", "Л-005"),
        ("H-3", "Н-003"),
        ("Л№12", "Л-012"),
        ("ЛЛ-5", ""),
        ("Л-00005", ""),
        ("5", ""),
        ("Л", ""),
        ("Л-5а", ""),
    ],
)
def test_a_code_of_a_participant_is_read_and_anything_else_stays_anonymous(cell, code):
    told = respondent(cell)
    assert told == code if code else (told and "-" not in told)


def test_a_year_over_the_rows_is_no_number_of_a_stage():
    told = replace(row("Май 2027"), activity="Мониторинг по итогам этапа", stage="2026 год")
    assert ask_of(told).stage == "2026 год"

"""The content of a note by what its row asks: sections, evidence, lines to strike out, comparison, missing data."""

import json
import re
from dataclasses import replace
from datetime import date

import monitoring_school as school
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitoring_school import activity, filed, met, pair, person, question, response

from flows.domain.monitoring.note.building import note, note_for
from flows.domain.monitoring.note.comparison import differences, snapshot
from flows.domain.monitoring.note.context import context_of
from flows.domain.monitoring.note.finding import Chapter
from flows.domain.monitoring.note.focus import Focus, ask_of, title_of
from flows.domain.monitoring.tabs import ScoreCard
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.terms.reading import Window

SIGNED = date(2026, 9, 7)
PEOPLE = (
    person("Н-001", consent_duty=SIGNED),
    person("Н-002"),
    person("Л-001", young=True, consent_duty=SIGNED),
    person("Л-002", experience=7),
)
PAIRS = (
    pair("П-001", "Н-001", "Л-001", addendum_number="1", addendum_date=date(2026, 9, 9)),
    pair("П-002", "Н-002", "Л-002"),
)
MEETINGS = (
    met("В-001", "П-001", date(2026, 9, 22), mentee_score=9, mentor_score=3), met("В-002", "П-001", date(2026, 10, 6), mentee_score=9, mentor_score=3),
    met("В-003", "П-001", None, planned=date(2026, 11, 10), status="отменена"), met("В-004", "П-001", date(2026, 12, 1)), met("В-005", "П-009", date(2026, 12, 1)),
)  # fmt: skip
REGISTER = (
    filed("order.pairs", "lastochka", covers=("П-001",), title="Приказ о закреплении пар"),
    filed("program.personal", "П-001", title="Программа"),
)
ENTRY, EXIT, GLAD = (
    question("M12", "вход", "комфорт"),
    question("M12", "выход", "комфорт"),
    question("M10", "выход"),
)
ANSWERS = tuple(response(f"Л-{at:03}", (ENTRY, at), day=date(2026, 9, 20)) for at in range(1, 7)) + tuple(
    response(f"Л-{at:03}", (EXIT, at + 1), (GLAD, 10 - at)) for at in range(1, 7)
)
DECEMBER = activity("6.2", "Мониторинг внедрения целевой модели", "Декабрь 2026")


def world(asked=DECEMBER, **more):
    rows = (
        asked,
        activity("1.3", "Утверждение дорожной карты", "Октябрь 2026", status="в работе", documents=()),
        activity("2.1", "Сайт", "Октябрь 2026", documents=()),
    )
    told = {
        "people": PEOPLE,
        "pairs": PAIRS,
        "meetings": MEETINGS,
        "register": REGISTER,
        "activities": rows,
        "activity": asked,
        **more.pop("facts", {}),
    }
    return school.evidence(
        school.facts(**told),
        **{"answers": ANSWERS, "sent": {"Ответы на форму (1)": 8}, "norms": school.WEEKLY, **more},
    )


def headings(told):
    return [section.heading for section in told.sections]


def appendices(told):
    return [section.heading for section in told.appendices]


def tables_of(told):
    return [table for section in (*told.sections, *told.appendices) for table in section.tables]


def text(told):
    parts = [told.title]
    for section in (*told.sections, *told.appendices):
        parts += [section.heading, *section.paragraphs, section.blank, *(line.text for line in section.lines)]
        parts += [
            cell
            for table in section.tables
            for row in ((table.caption,), table.head, *table.rows)
            for cell in row
        ]
    return "\n".join(parts)


def test_a_note_begins_with_its_grounds_ends_with_decisions_and_keeps_its_tables_in_appendices():
    told = note(world())
    assert headings(told)[0] == "Общие сведения"
    assert headings(told)[-2:] == ["Рекомендации", "Проект управленческих решений"]
    assert set(headings(told)[1:-2]) <= {*map(str, Chapter), "Выводы"}
    assert [section.number for section in told.sections] == list(range(1, len(told.sections) + 1))
    assert [table.caption for section in told.sections for table in section.tables] == [
        "Пары и группы по формам наставничества"
    ]
    assert appendices(told) == [
        "Показатели и как они посчитаны", "Наставнические пары и группы", "Документы пар и организации", "Затруднения и ответы на анкеты", "SWOT-анализ", "На чём стоят выводы",
    ]  # fmt: skip
    tables = tables_of(told)
    assert [table.number for table in tables] == list(range(1, len(tables) + 1))
    assert all(len(row) == len(table.head) for table in tables for row in table.rows)
    assert (
        told.title
        == "Аналитическая справка по итогам мониторинга внедрения и реализации целевой модели наставничества за I полугодие 2026/2027 учебного года"
    )


@pytest.mark.parametrize(
    ("told", "result", "focus", "word"),
    [
        ("Мониторинг программ пар", "Аналитическая справка", Focus.PROGRAMME, "справка"),
        ("Оценка результативности", "Аналитическая записка", Focus.PROGRAMME, "записка"),
        ("Мониторинг качества программы по итогам 1 этапа", "Анализ", Focus.STAGE, "справка"),
        ("Входной мониторинг влияния на наставников по итогам этапа", "Оценка", Focus.ENTRY, "справка"),
        ("Промежуточный мониторинг", "Оценка динамики", Focus.MIDDLE, "справка"),
        ("Итоговый мониторинг", "Справка", Focus.FINAL, "справка"),
        ("Эффективность программы в рамках ВСОКО", "Аналитическая справка", Focus.QUALITY, "справка"),
        ("Наставничество во внутренней оценке", "Аналитическая справка", Focus.QUALITY, "справка"),
        (
            "Разработка рекомендаций и принятие управленческих решений",
            "Аналитическая справка",
            Focus.RECOMMENDATIONS,
            "справка",
        ),
        ("Анализ муниципального мониторинга", "Аналитическая справка", Focus.MUNICIPAL, "справка"),
    ],
)
def test_the_row_says_what_the_note_is_about(told, result, focus, word):
    ask = ask_of(activity("6", told, "Май 2027", result))
    assert (ask.focus, ask.word) == (focus, word)
    assert title_of(ask, school.YEAR)


@pytest.mark.parametrize(
    ("kind", "focus"),
    [
        ("report.survey", Focus.SURVEY),
        ("report.mentor", Focus.MENTOR),
        ("report.final", Focus.COLLECTION),
        ("note.municipal", Focus.MUNICIPAL),
    ],
)
def test_other_kinds_of_paper_have_their_own_focus(kind, focus):
    assert ask_of(DECEMBER, kind).focus is focus


def test_recommendations_bring_the_draft_order_with_them():
    told = note(world(activity("6.3", "Разработка рекомендаций по итогам", "Декабрь 2026")))
    assert told.also == ("order.monitoring",)
    assert any("приказ об итогах мониторинга" in line.text for line in told.sections[-1].lines)


def test_a_note_for_the_inner_quality_system_has_its_three_parts():
    told = note(
        world(
            activity("6.4", "Мониторинг в рамках ВСОКО", "Апрель – май 2027"),
            facts={"window": Window(date(2027, 4, 1), date(2027, 5, 31)), "today": date(2027, 5, 31)},
        )
    )
    assert headings(told)[1] == "Результаты деятельности участников"
    assert not {Chapter.PEOPLE, Chapter.PAPERS, Chapter.ROADMAP} & set(headings(told))


def test_a_stage_note_shows_the_stages_rows_and_leaves_the_story_to_the_curator():
    asked = activity("1.4", "Оценка качества по итогам 1 этапа", "Декабрь 2026", stage="Этап 1. Подготовка")
    rows = (activity("1.1", "Приказ", "Ноябрь 2026", stage="Этап 1. Подготовка", status="выполнено"), asked)
    told = note(world(asked, facts={"activities": rows}))
    stage = next(section for section in told.sections if section.heading == "Ход этапа")
    assert [row[0] for row in stage.tables[0].rows] == ["1.1", "1.4"]
    assert "заполняет куратор" in stage.blank
    assert told.period == Period(date(2026, 11, 1), date(2026, 12, 31))
    assert "1 этап" in told.title


def test_an_entry_note_speaks_of_no_meetings():
    told = note(world(activity("3.4", "Входной мониторинг", "Декабрь 2026")))
    assert "Реализация программ" not in headings(told)
    assert told.figure("M6") is None
    assert "План встреч" not in text(told)


def test_a_row_about_municipal_monitoring_gives_the_organisations_own_note():
    told = note(world(activity("6.5", "Анализ муниципального мониторинга", "Декабрь 2026")))
    assert told.title.startswith("Аналитическая справка по итогам мониторинга")


def test_a_survey_report_lists_every_question():
    told = note(world(), "report.survey")
    (table,) = (table for table in tables_of(told) if table.caption == "Ответы по вопросам")
    assert [(row[1], row[2]) for row in table.rows] == [("вход", "6"), ("выход", "6"), ("выход", "6")]


def test_a_mentors_report_is_about_one_pair_and_its_story_is_the_mentors():
    told = note(world(facts={"subject": "П-001"}), "report.mentor")
    assert [row[0] for row in told.sections[0].tables[0].rows] == ["22.09.2026", "06.10.2026", "01.12.2026"]
    assert "заполняет наставник" in told.sections[0].blank
    assert "Нет данных" in text(note(world(facts={"subject": "П-002"}), "report.mentor"))


def sides(told):
    section = next(each for each in told.appendices if each.heading.startswith("SWOT-анализ"))
    return dict(section.tables[0].rows)


def test_strengths_and_weaknesses_are_facts_in_words_and_the_rest_is_left_open():
    rows = sides(note(world()))
    assert rows["Возможности"] == rows["Угрозы"] == "________"
    said = [line for side in ("Сильные стороны", "Слабые стороны") for line in rows[side].split("\n")]
    assert said
    assert not [line for line in said if re.search(r"\d+ из \d+|\d %|основание", line)]


def test_no_strength_is_named_without_a_row_that_shows_it():
    assert not appendices(note(school.evidence(school.facts(activity=DECEMBER))))
    stopped = tuple(replace(each, status="прекращена", end=date(2026, 11, 20)) for each in PAIRS)
    told = note(
        school.evidence(school.facts(activity=DECEMBER, people=PEOPLE, pairs=stopped, register=REGISTER[:0]))
    )
    assert sides(told)["Сильные стороны"] == "Нет фактов, которые подтверждены данными."


def test_every_conclusion_and_recommendation_carries_its_figures_or_rows():
    told = note(world())
    assert told.conclusions
    assert told.recommendations
    assert all(line.figures or line.rows for line in (*told.conclusions, *told.recommendations))
    assert all(told.figure(code) for line in told.conclusions for code in line.figures)


def test_a_conclusion_only_repeats_numbers_that_stand_in_the_note():
    told = note(world())
    for line in told.conclusions:
        for code in line.figures:
            figure = told.figure(code)
            assert not figure.known or figure.text in line.text


def conclusions(told):
    return [line.text for line in told.conclusions]


def test_what_many_pairs_lack_is_summed_up_by_paper_and_the_table_names_each():
    many = tuple(pair(f"П-{at:03}", f"Н-{at:03}", f"Л-{at:03}") for at in range(1, 9))
    told = note(world(facts={"pairs": many}))
    (line,) = (each for each in conclusions(told) if each.startswith("Документы собраны не у всех пар"))
    assert (
        "дополнительное соглашение – пар: 8; согласие наставника – пар: 7; согласие наставляемого – пар: 7; приказ – пар: 7 (по парам – в таблице)"
        in line
    )
    assert "П-008" in text(told)


def test_criteria_that_nobody_judged_otherwise_share_one_line():
    asked = [
        question("M12", wave, name) for wave in ("вход", "выход") for name in ("комфорт", "польза", "связь")
    ]
    same = [
        response(f"Л-{at:03}", *((each, 7) for each in asked[start : start + 3]), day=day)
        for at in range(1, 7)
        for start, day in ((0, date(2026, 9, 20)), (3, date(2026, 12, 1)))
    ]
    told = conclusions(note(world(answers=tuple(same))))
    assert "Ни у кого не изменились оценки по критериям: «комфорт», «польза», «связь»." in told
    assert not [each for each in told if each.startswith("Критерий")]


def test_bad_rows_are_named_where_a_reader_looks():
    told = text(note(world()))
    assert "П-002" in told
    assert "не указана известная пара: В-005" in told
    assert "1.3" in told


def test_nothing_at_all_still_gives_a_whole_note_without_a_single_zero_percent():
    told = note(school.evidence(school.facts(activity=DECEMBER)))
    assert headings(told) == ["Общие сведения", "Рекомендации", "Проект управленческих решений"]
    assert told.cut_off == date(2026, 12, 31)
    assert "(0,0 %)" not in text(told)
    assert text(told).count("ет данных") == 1


def test_a_note_depends_on_today_only_as_far_as_it_bounds_the_data():
    later = note(world(facts={"today": date(2027, 8, 1)}))
    assert note(world(facts={"today": date(2026, 12, 31)})) == later
    assert later.cut_off == date(2026, 12, 31)


def test_a_cut_off_in_the_future_counts_nothing_that_has_not_happened():
    early = note(world(facts={"today": date(2026, 10, 1)}))
    assert early.cut_off == date(2026, 10, 1)
    assert early.figure("M6").text == "1 из 1 (100,0 %)"


def test_later_data_do_not_change_an_old_note():
    later = (*MEETINGS, met("В-050", "П-001", date(2027, 2, 1)), met("В-051", "П-002", date(2027, 3, 1)))
    answers = (
        *ANSWERS,
        *(response(f"Л-{at:03}", (EXIT, 10), (GLAD, 10), day=date(2027, 5, 20)) for at in range(1, 7)),
    )
    told = world(
        facts={
            "meetings": later,
            "today": date(2027, 5, 31),
            "register": (*REGISTER, filed("program.personal", "П-002", day=date(2027, 2, 1))),
        },
        answers=answers,
    )
    assert snapshot(note(told))["figures"] == snapshot(note(world()))["figures"]


def test_a_snapshot_is_json_and_compares_with_the_next_note_of_the_kind():
    first = note(world())
    kept = json.loads(json.dumps(snapshot(first), ensure_ascii=False))
    window = {"window": Window(date(2027, 5, 1), date(2027, 5, 31)), "today": date(2027, 5, 31)}
    second = note(
        world(
            facts={
                **window,
                "register": (*REGISTER, filed("program.personal", "П-002", day=date(2027, 2, 1))),
            },
            previous=(kept,),
        )
    )
    programmes = next(each for each in differences(second.figures, kept) if each.code == "M4")
    assert (programmes.before, programmes.after, programmes.change) == (
        "1 из 2 (50,0 %)",
        "2 из 2 (100,0 %)",
        "+50,0 п. п.",
    )
    assert "С прошлой справки (31.12.2026) выросло: обеспеченность программами (+50,0 п. п.)" in text(second)


def test_neither_itself_nor_a_note_on_one_stage_is_compared_with():
    kept = snapshot(note(world()))
    assert "Прошлая справка" not in text(note(world(previous=(kept,))))
    other = {**kept, "focus": "stage", "period": {"start": "2025-09-01", "end": "2025-12-31"}}
    assert "Прошлая справка" not in text(note(world(previous=(other,))))


@pytest.mark.parametrize(
    "broken",
    [{}, {"figures": None}, {"figures": {"M4": None}}, {"figures": {"M4": {"value": "x/0", "text": "?"}}}],
)
def test_a_spoiled_snapshot_breaks_nothing(broken):
    assert all(each.points is None for each in differences(note(world()).figures, broken))


def test_the_context_of_a_paper_is_plain_values():
    told = context_of(note(world()))
    captions = [table["подпись"] for part in told["приложения"] for table in part["таблицы"]]
    assert "Таблица 4 – Встречи пар: план и факт" in captions
    assert told["рисунки"][0]["подпись"] == "Рисунок 1 – Встречи пар: план и факт"
    assert told["рисунки"] == [chart for part in told["разделы"] for chart in part["рисунки"]]
    assert not re.search(r"<[\w.]+ object|Fraction", repr(told))


def test_at_most_three_charts_numbered_in_turn():
    assert [(chart.kind, chart.number) for chart in note(world()).charts] == [
        ("plan_fact", 1),
        ("cadence", 2),
        ("before_after", 3),
    ]


def test_no_mean_of_few_reaches_a_chart_or_a_table():
    told = note(world(answers=ANSWERS[:3] + ANSWERS[6:9]))
    assert "before_after" not in [chart.kind for chart in told.charts]
    table = next(table for table in tables_of(told) if table.caption.startswith("Динамика"))
    assert table.rows == (("комфорт", "3", "—", "—", "3", "0", "0"),)


def test_sides_that_judge_far_apart_are_advised_to_talk():
    told = note(world())
    assert any("расходятся" in line.text and line.rows == ("П-001",) for line in told.conclusions)


def test_no_code_word_and_no_name_of_a_person_is_printed():
    told = text(
        note(
            world(
                events=(StaffEvent(date(2026, 10, 1), "Н-001", "конкурс"),),
                cards=(ScoreCard("I полугодие", dict.fromkeys(school.METHOD.card_names, 2)),),
            )
        )
    )
    assert not re.search(r"None|null|\{\{|\bM\d|\d{4}-\d\d-\d\d|Вымышленный", told)


FOCI = [focus for focus in Focus if focus is not Focus.MUNICIPAL]
SOME = (
    st.lists(st.sampled_from(MEETINGS), max_size=4),
    st.lists(st.sampled_from(PAIRS), max_size=2, unique=True),
    st.lists(st.sampled_from(ANSWERS), max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FOCI), *SOME, st.dates(date(2026, 8, 1), date(2027, 9, 1)))
def test_any_part_of_the_data_gives_a_note_of_any_kind(focus, meetings, pairs, answers, today):
    told = world(
        facts={"meetings": tuple(meetings), "pairs": tuple(pairs), "today": today, "people": ()},
        answers=tuple(answers),
    )
    made = note_for(told, replace(ask_of(DECEMBER), focus=focus, stage="1 этап"), school.YEAR)
    assert made.sections
    json.dumps(snapshot(made))


def advised(*pairs, **more):
    told = note(world(facts={"pairs": pairs, **more}))
    return "\n".join(line.text for line in told.recommendations)


BROKEN = replace(PAIRS[0], status="прекращена", end=date(2026, 11, 20), end_reason="увольнение")


# Of these two pairs only the second has its papers.
OTHERS = (
    filed("program.personal", "П-002"),
    filed("order.pairs", "lastochka", covers=("П-002",)),
)


def test_a_pair_that_is_over_is_advised_nothing_any_more():
    how = ("встречаться не реже", "провести пропущенные", "поговорить о ходе работы", "программы пар", "недостающие документы")  # fmt: skip
    running, ended = (
        [
            line
            for line in advised(pair_, PAIRS[1], register=OTHERS).split("\n")
            if any(word in line for word in how)
        ]
        for pair_ in (PAIRS[0], BROKEN)
    )
    assert sum(BROKEN.code in line for line in running) >= 4
    assert not any(BROKEN.code in line.partition("Основание")[0] for line in ended)


def test_after_an_early_end_a_new_mentor_is_found_for_whoever_stays_and_a_reason_sought_that_nobody_told():
    (mentee,) = BROKEN.mentees
    left = tuple(replace(each, status="выбыл") if each.code == mentee else each for each in PEOPLE)
    new, why = f"о новых наставниках: {BROKEN.code}", f"причины досрочного прекращения: {BROKEN.code}"
    for people, reason, said in (
        (PEOPLE, BROKEN.end_reason, (True, False)),
        (PEOPLE, "", (True, True)),
        (left, "", (False, True)),
        (left, BROKEN.end_reason, (False, False)),
    ):
        text = advised(replace(BROKEN, end_reason=reason), PAIRS[1], people=people)
        assert (new in text, why in text) == said

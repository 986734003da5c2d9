# ruff: noqa: DTZ001 - a response tab knows no time zones
"""Untouched tabs of form responses: questions renamed, added and moved; answers edited, doubled and deleted."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import monitoring_school as school
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.domain.monitoring.answers.question_headers import new_questions
from flows.domain.monitoring.answers.questionnaire import Question
from flows.domain.monitoring.answers.responses import read_responses
from flows.domain.monitoring.answers.sums import summary
from flows.domain.monitoring.indicators.counting import count
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.periods import Period

TAB = "Ответы на форму (1)"
TIME = "Отметка времени"
COMFORT = Question(
    TAB,
    "Насколько Вам комфортно\nработать с наставником?",
    indicator="M10",
    criterion="комфорт",
    wave="выход",
    scale=10,
)
USE = Question(TAB, "Оцените пользу встреч", indicator="M12", criterion="польза", wave="выход", scale=10)
CODE = Question(TAB, "Ваш код участника", "код")
HELP = Question(TAB, "Что помогло?", "варианты", options=("Планы", "Планы, конспекты", "Беседы"))
WISH = Question(TAB, "Чего не хватило?", "открытый")
ALL = (COMFORT, USE, CODE, HELP, WISH)


def head(*questions):
    return [TIME, *(question.text for question in questions)]


def values(answers, question):
    return [reply.value for answer in answers for reply in answer.replies if reply.question == question]


def latest(answers):
    return [answer for answer in answers if answer.until is None]


def codes(problems):
    return [problem.code for problem in problems]


def test_a_plain_tab_is_read_to_the_letter():
    grid = [head(*ALL), ["10.12.2026 9:00:00", 8, "9", "Л-001", "Планы, конспекты, Беседы", "Время"]]
    (answer,), problems = read_responses(grid, ALL, TAB)
    assert problems == ()
    assert [(reply.value, reply.choices, reply.text) for reply in answer.replies] == [
        (8, (), ""),
        (9, (), ""),
        (None, ("Планы, конспекты", "Беседы"), ""),
        (None, (), "Время"),
    ]
    assert (answer.respondent, answer.moment, answer.origin.row) == ("Л-001", datetime(2026, 12, 10, 9), 2)


def test_an_empty_tab_or_a_header_alone_holds_no_answers():
    assert read_responses([], ALL, TAB) == ((), ())
    assert read_responses([head(*ALL)], ALL, TAB) == ((), ())
    assert read_responses([[None, ""], ["x"]], ALL, TAB) == ((), ())


def test_moved_columns_blank_rows_and_short_rows_change_nothing():
    grid = [[USE.text, TIME, COMFORT.text + " *"], [7, "10.12.2026 9:00:00", 8], [None, "", None], [6]]
    answers, problems = read_responses(grid, (COMFORT, USE), TAB)
    assert (values(answers, COMFORT), values(answers, USE)) == ([8, None], [7, 6])
    assert codes(problems) == ["no-time-mark"]


def test_a_question_mended_by_a_letter_is_still_the_question_and_is_reported():
    grid = [[TIME, "Насколько Вам комфортно работать с Вашим наставником?"], ["10.12.2026 9:00:00", 8]]
    answers, problems = read_responses(grid, (COMFORT,), TAB)
    assert values(answers, COMFORT) == [8]
    assert codes(problems) == ["question-renamed"]


def test_a_renamed_question_is_taken_from_its_own_column():
    placed = replace(USE, position=1)
    grid = [
        [TIME, "Оцените, пожалуйста, пользу встреч и занятий", "Совсем другое"],
        ["10.12.2026 9:00:00", 7, 3],
    ]
    answers, problems = read_responses(grid, (placed,), TAB)
    assert values(answers, placed) == [7]
    assert codes(problems) == ["question-renamed", "question-new"]


def test_new_questions_are_offered_for_the_mapping_in_their_order():
    header = [TIME, "Адрес электронной почты", USE.text, "Новый вопрос?", "Баллы", None]
    assert [(each.text, each.position, each.holds) for each in new_questions(header, (USE,), TAB)] == [
        ("Новый вопрос?", 2, "не учитывать")
    ]


def test_a_question_that_became_another_is_asked_about_and_never_guessed():
    grid = [[TIME, "Сколько лет Вы работаете?"], ["10.12.2026 9:00:00", 7]]
    answers, problems = read_responses(grid, (USE,), TAB)
    assert values(answers, USE) == []
    assert codes(problems) == ["question-lost", "question-new"]


def test_a_question_deleted_and_added_again_has_two_columns_and_one_answer():
    grid = [
        [TIME, USE.text, COMFORT.text, USE.text],
        ["10.12.2026 9:00:00", 7, 8, None],
        ["11.12.2026 9:00:00", "", 9, 6],
    ]
    answers, _ = read_responses(grid, (COMFORT, USE), TAB)
    assert values(answers, USE) == [7, 6]


def test_one_person_counts_once_with_the_latest_answer():
    grid = [
        head(CODE, USE),
        ["10.12.2026 9:00:00", "л 1", 5],
        ["09.12.2026 9:00:00", "Л-001", 3],
        ["12.12.2026 9:00:00", "Л-001", 9],
        ["10.12.2026 9:00:00", "Л-002", 4],
    ]
    answers, problems = read_responses(grid, (CODE, USE), TAB)
    assert values(latest(answers), USE) == [9, 4]
    assert codes(problems) == ["double-response"] * 2


@pytest.mark.parametrize(
    ("cut", "said"), [("09", "0 из 1"), ("10", "1 из 1"), ("11", "1 из 1"), ("12", "0 из 1")]
)
def test_a_look_back_counts_the_answer_that_was_the_latest_then(cut, said):
    grid = [head(CODE, COMFORT), ["12.12.2026 9:00:00", "Л-001", 3], ["10.12.2026 9:00:00", "Л-001", 9], ["09.12.2026 9:00:00", "л 1", 4]]  # fmt: skip
    answers, _ = read_responses(grid, (CODE, COMFORT), TAB)
    told = school.evidence(school.facts(today=date(2027, 5, 31)), answers=answers, sent={TAB: 1})
    scope = scope_of(told, Period(date(2026, 9, 1), date.fromisoformat(f"2026-12-{cut}")))
    returned, glad = count(told, scope, ("M9", "M10"))
    assert (returned.text, glad.text[:6]) == ("1 из 1 (100,0 %)", said)


def test_a_double_click_counts_once_and_two_people_of_one_second_count_twice():
    grid = [head(USE), ["10.12.2026 9:00:00", 5], ["10.12.2026 9:00:00", 5], ["10.12.2026 9:00:00", 6]]
    answers, problems = read_responses(grid, (USE,), TAB)
    assert sorted(values(answers, USE)) == [5, 6]
    assert codes(problems) == ["double-response"]
    assert len({answer.key for answer in answers}) == 2


def test_keys_stay_when_rows_are_deleted_or_sorted():
    rows = [[f"{day}.12.2026 9:00:00", day % 10 + 1] for day in range(10, 20)]
    whole, _ = read_responses([head(USE), *rows], (USE,), TAB)
    fewer, _ = read_responses([head(USE), *reversed(rows[3:])], (USE,), TAB)
    assert {answer.key for answer in fewer} == {answer.key for answer in whole[3:]}


def test_no_mail_and_no_name_is_kept_anywhere():
    mail = "Адрес электронной почты"
    grid = [
        [TIME, mail, CODE.text, USE.text],
        ["10.12.2026 9:00:00", "Anna@school.example", "", 7],
        ["11.12.2026 9:00:00", "b@school.example", "Иванова Анна", "плохо"],
    ]
    answers, problems = read_responses(grid, (CODE, USE), TAB)
    told = repr(answers) + repr([(problem.message, problem.subject) for problem in problems])
    assert "school.example" not in told.lower()
    assert "Иванова" not in told
    assert len({answer.respondent for answer in answers}) == 2


def test_text_dates_and_ranges_in_a_number_column_are_asked_about_by_row():
    grid = [
        head(USE),
        ["10.12.2026 9:00:00", "много"],
        ["11.12.2026 9:00:00", date(2026, 10, 8)],
        ["12.12.2026 9:00:00", 44],
        ["13.12.2026 9:00:00", 8],
    ]
    answers, problems = read_responses(grid, (USE,), TAB)
    assert values(answers, USE) == [None, None, None, 8]
    assert [(problem.code, problem.origin.row) for problem in problems] == [
        ("mark-text", 2),
        ("mark-date", 3),
        ("mark-range", 4),
    ]


def test_a_scale_is_taken_from_the_question_from_a_mark_above_five_or_asked():
    bare = replace(USE, scale=0)
    low = [head(USE), ["10.12.2026 9:00:00", 4], ["11.12.2026 9:00:00", 5]]
    _, problems = read_responses(low, (bare,), TAB)
    assert codes(problems) == ["scale-unknown"]
    answers, problems = read_responses([*low, ["12.12.2026 9:00:00", 9]], (bare,), TAB)
    assert ([reply.scale for answer in answers for reply in answer.replies], problems) == ([10, 10, 10], ())


def test_an_answer_without_a_time_mark_is_counted_and_noted():
    answers, problems = read_responses([head(USE), ["", 5]], (USE,), TAB)
    assert (values(answers, USE), answers[0].moment, codes(problems)) == ([5], None, ["no-time-mark"])


def test_two_tabs_are_gathered_in_turn():
    one = read_responses([head(USE), ["10.12.2026 9:00:00", 5]], (USE,), TAB)
    two = read_responses(
        [head(USE), ["10.12.2026 9:00:00", 6]],
        (USE, replace(USE, survey="Ответы на форму (2)")),
        "Ответы на форму (2)",
    )
    assert [answer.survey for answers, _ in (one, two) for answer in answers] == [TAB, "Ответы на форму (2)"]


def test_the_summary_says_how_many_chose_what_and_no_mean_of_few():
    grid = [
        head(USE, HELP),
        *(
            [f"{at + 1}.12.2026 9:00:00", mark, ticked]
            for at, (mark, ticked) in enumerate([(8, "Беседы"), (9, "Планы, Беседы"), (8, ""), (7, None)])
        ),
    ]
    answers, _ = read_responses(grid, (USE, HELP), TAB)
    use, helped = summary(answers, 5)
    assert (use.answers, use.mean, use.distribution) == (4, "", "7 – 1; 8 – 2; 9 – 1")
    assert (helped.answers, helped.distribution) == (2, "Беседы – 2; Планы – 1")
    assert summary(answers, 4)[0].mean == "8,0"


# --- counts against an independent reference on generated tabs -----------------------------------------------------
# The shapes below are those of exported response tabs: time marks in four notations, an e-mail column or none, question
# texts with line breaks, trailing blanks and a bracketed part of a grid, columns that staff or a quiz added, several
# rows of one second. The reference counts from what was put in, cell by cell; it knows nothing of the reader.

STAMPS = (
    lambda when: f"{when:%d.%m.%Y} {when.hour}:{when:%M:%S}",
    lambda when: f"{when.month}/{when.day}/{when.year} {when.hour}:{when:%M:%S}",
    lambda when: (
        f"{when:%Y/%m/%d} {when.hour % 12 or 12}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'} GMT+3"
    ),
    lambda when: (when - datetime(1899, 12, 30)) / timedelta(days=1),
)
TEXTS = (
    "Насколько комфортно Вам было общаться с наставником? (1 – некомфортно, 10 – очень комфортно)",
    "Оцените работу [Организация встреч] ",
    "Оцените работу [Польза мероприятий]",
    "Насколько оправдались Ваши ожидания?\nОтветьте по шкале",
    "Хватило ли времени?",
)
EXTRA = ("Баллы", "Столбец 8", "", "Проверено методистом", "Комментарий куратора")
GOOD = st.integers(1, 10).flatmap(
    lambda mark: st.sampled_from(
        [
            mark,
            float(mark),
            str(mark),
            f" {mark} ",
            f"{mark}/10",
            f"{mark} из 10",
            f"{mark},0",
            f"{mark} баллов",
            f"{mark} (да)",
        ]
    ).map(lambda cell: (cell, mark))
)
BAD = st.sampled_from([None, "", " ", "-", "не знаю", 0, 11, "7-8", True, date(2026, 10, 8)]).map(
    lambda cell: (cell, None)
)


@dataclass
class Tab:
    """A generated tab and what was put into it: rows of (who, when, marks by question)."""

    grid: list
    questions: tuple
    rows: list = field(default_factory=list)

    def expected(self):
        """Count from what was put in: the last of each known person, each anonymous row unless wholly repeated."""
        kept = {}
        for at, (who, when, marks, cells) in enumerate(self.rows):
            name = ("who", who) if who else ("row", when, repr(cells))
            if name not in kept or when >= kept[name][0]:
                kept[name] = (when, at, marks)
        counts = {question.text: Counter() for question in self.questions if question.holds == "балл"}
        for _, _, marks in kept.values():
            for text, mark in marks.items():
                if mark is not None:
                    counts[text][mark] += 1
        return len(kept), counts


@st.composite
def tabs(draw):
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=1, unique=True))
    coded, mailed = draw(st.booleans()), draw(st.booleans())
    stamp = draw(st.sampled_from(STAMPS))
    questions = tuple(
        Question(TAB, text.strip(), indicator="M10", criterion=text.strip(), wave="выход", scale=10)
        for text in texts
    )
    header = [
        draw(st.sampled_from([TIME, "Timestamp"])),
        *(["Адрес электронной почты"] if mailed else []),
        *(["Код участника"] if coded else []),
        *texts,
    ]
    order = draw(st.permutations(range(1, len(header))))
    extra = draw(st.lists(st.sampled_from(EXTRA), max_size=3))
    tab = Tab(
        [[header[0], *(header[at] for at in order), *extra]],
        questions + ((Question(TAB, "Код участника", "код"),) if coded else ()),
    )
    for _ in range(draw(st.integers(0, 12))):
        when = datetime(
            2026, 12, draw(st.integers(13, 28)), draw(st.integers(0, 23)), draw(st.sampled_from([0, 30])), 5
        )
        who = draw(st.integers(1, 6)) if coded or mailed else None
        cells = [draw(st.one_of(GOOD, BAD)) for _ in texts]
        line = [
            stamp(when),
            *([f"p{who}@school.example"] if mailed else []),
            *([draw(st.sampled_from([f"Л-00{who}", f"л {who}", f"Л{who}"]))] if coded else []),
            *(cell for cell, _ in cells),
        ]
        row = [
            line[0],
            *(line[at] for at in order),
            *(draw(st.sampled_from(["", None, "4 / 5", "да"])) for _ in extra),
        ]
        tab.grid.append(row)
        tab.rows.append(
            (
                who,
                when,
                {text.strip(): mark for text, (_, mark) in zip(texts, cells, strict=True)},
                [str(cell if cell is not None else "").strip() for cell in row],
            )
        )
    return tab


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tabs())
def test_counts_equal_the_reference_on_generated_tabs(tab):
    answers, problems = read_responses(tab.grid, tab.questions, TAB)
    number, counts = tab.expected()
    answers = latest(answers)
    assert len(answers) == number
    for question in (each for each in tab.questions if each.holds == "балл"):
        assert (
            Counter(value for value in values(answers, question) if value is not None)
            == counts[question.text]
        )
    assert not any(problem.code in {"question-lost", "question-renamed"} for problem in problems)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=12),
                st.floats(),
                st.booleans(),
                st.dates(),
                st.datetimes(),
                st.just(TIME),
                st.just(USE.text),
            ),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_no_tab_breaks_the_reading(grid):
    read_responses(grid, ALL, TAB)

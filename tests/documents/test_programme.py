"""A pair's programme says what its rows say, leaves the rest to the pen, and reads well whatever is lacking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import Meeting, Origin, Row
from flows.papers import render
from tests.documents.test_pupils_papers import LABOUR, pupils
from tests.paper_lines import lines

KIND = "program.personal"
CELLS = {
    "Планируемые результаты": "Работа с семьёй – Сама ведёт беседу с родителями – 8\nпланирование – составляет план недели\nпланирование – готовит развивающую среду – 7",
    "Формы работы": "показ занятия\nсовместное планирование.",
}
MARK = "1 | работа с семьёй | сама ведёт беседу с родителями | 3 | 8 | ____"


@cache
def alone(**cells):
    """Facts about one pair; `cells` of its row with spaces written `_`."""
    facts = specimen(KIND, "pair", 1)
    row = Row(Origin(), "П-001", {name.replace("_", " "): text for name, text in cells.items()})
    return replace(facts, pairs=(replace(facts.pairs[0], row=row),))


def of(facts, people=None, **pair):
    """The same with other facts of its pair and of its mentee."""
    own = replace(facts.pairs[0], **pair)
    told = {code: replace(facts.people[code], **(people or {})) for code in own.mentees}
    return replace(facts, pairs=(own,), people={**facts.people, **told})


def group(facts, size, **more):
    """The same pair with so many mentees like its own."""
    (pair,) = facts.pairs
    like = facts.people[pair.mentees[0]]
    added = {
        f"Л-{at:03d}": replace(like, code=f"Л-{at:03d}", name="Белова Вера Андреевна", **more)
        for at in range(101, 101 + size)
    }
    pair = replace(pair, mentees=tuple(added), group="Группа")
    return replace(facts, pairs=(pair,), people={**facts.people, **added})


def text(facts, kind=KIND):
    return lines(
        render(settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](facts), draft="ПР-2026-001"))
    )


def numbered(told, title):
    """The rows of the table under a heading, those that bear a number."""
    below = told[told.index(title) + 1 :]
    return [line for line in below if line.split(" | ")[0].isdigit()]


def test_each_difficulty_has_its_planned_result_its_entry_mark_and_its_target():
    told = text(alone(**{name.replace(" ", "_"): value for name, value in CELLS.items()}))
    assert numbered(told, "Затруднения и планируемые результаты")[:2] == [
        f"{MARK}",
        "2 | планирование | составляет план недели; готовит развивающую среду | 4 | 7 | ____",
    ]
    assert "Формы работы: показ занятия; совместное планирование." in told


def test_a_difficulty_without_a_planned_result_has_an_explicit_blank_and_a_result_of_none_stands_last():
    told = text(alone(Планируемые_результаты="ведёт занятие без подсказок\nречь – говорит ровно – 6"))
    assert numbered(told, "Затруднения и планируемые результаты")[:4] == [
        "1 | работа с семьёй |  /  | 3 | ____ | ____",
        "2 | планирование |  /  | 4 | ____ | ____",
        "3 | ____________ | ведёт занятие без подсказок | ____ | ____ | ____",
        "4 | речь | говорит ровно | ____ | 6 | ____",
    ]


def test_a_result_that_names_no_difficulty_belongs_to_the_only_one():
    facts = of(
        alone(Планируемые_результаты="ведёт занятие без подсказок"), {"deficits": ("планирование – 4 – 9",)}
    )
    assert numbered(text(facts), "Затруднения и планируемые результаты")[0] == (
        "1 | планирование | ведёт занятие без подсказок | 4 | ____ | ____"
    )


def test_the_mark_after_the_programme_never_stands_in_it():
    before, after = (text(of(alone(), {"deficits": (f"планирование – 4 – {mark}",)})) for mark in ("", "9"))
    assert before == after


def test_a_meeting_about_a_difficulty_names_its_planned_result():
    facts = alone(Планируемые_результаты="работа с семьёй – сама ведёт беседу – 8")
    rows = numbered(text(facts), "План встреч и мероприятий")
    assert (
        rows[0]
        == "1 | 22.09.2026 | Знакомство и план | очно | работа с семьёй: сама ведёт беседу | наставник |"
    )
    assert rows[2] == "3 | 23.10.2026* |  /  |  |  | наставник |"


def test_the_programme_and_the_plan_of_meetings_have_the_same_plan():
    for facts in (alone(), of(alone(), meetings_a_month=None), group(alone(), 3)):
        programme, plan = text(facts), text(facts, "plan.meetings")
        rows = numbered(programme, "План встреч и мероприятий")
        rows = rows[: next((at for at, line in enumerate(rows[1:], 1) if line.startswith("1 |")), len(rows))]
        assert rows == [line for line in plan if line.split(" | ")[0].isdigit()]
        assert len(rows) >= 4


def test_days_that_the_cadence_proposes_are_marked_and_explained_and_without_a_cadence_there_are_none():
    told = "\n".join(text(alone()))
    assert "Звёздочкой отмечены дни, предложенные по числу встреч в месяц" in told
    assert "Встреч по плану | 17" in told
    plain = text(of(alone(), meetings_a_month=None))
    assert "*" not in "\n".join(plain)
    assert "Звёздочкой" not in "\n".join(plain)
    assert "Встреч в месяц, не менее | __________" in plain
    assert plain.count(" |  |  /  |  |  |  |") == 3
    assert text(replace(of(alone(), meetings_a_month=None), meetings=())).count(" |  |  /  |  |  |  |") == 6


def test_a_term_over_two_school_years_is_parted_by_them_and_says_what_becomes_of_summer():
    told = text(of(alone(), end=date(2028, 5, 31)))
    parts = [line.split(" | ")[0] for line in told if "учебный год: " in line]
    assert parts == [
        "2026/2027 учебный год: адаптационный этап",
        "2026/2027 учебный год: основной этап",
        "2027/2028 учебный год: основной этап",
        "2027/2028 учебный год: контрольно-оценочный этап",
    ]
    assert any("Встречи июня – августа переносят с учётом отпусков и каникул." in line for line in told)
    assert not any("июня – августа" in line for line in text(alone()))


def test_a_term_of_two_weeks_and_one_of_a_few_days_read_well():
    facts = replace(alone(), meetings=())
    told = text(of(facts, start=date(2026, 10, 5), end=date(2026, 10, 18)))
    assert numbered(told, "План встреч и мероприятий")[0] == "1 | 12.10.2026* |  /  |  |  | наставник |"
    assert "Адаптационный | с 05.10.2026 / по 06.10.2026 |" in "\n".join(told)
    short = text(of(facts, start=date(2026, 10, 5), end=date(2026, 10, 8)))
    assert "Этапы" not in short
    assert "этап" not in "\n".join(short).casefold()


def test_a_programme_of_which_nothing_is_known_is_blanks_and_never_says_that_there_are_no_data():
    nothing = {"request": "", "deficits": (), "experience": None, "young": None}
    facts = of(alone(), nothing, goal="", tasks=(), form="", kind="", meetings_a_month=None)
    told = text(replace(facts, meetings=()))
    whole = "\n".join(told)
    assert "Запрос наставляемого: ____________________________________________." in told
    assert f"Цель программы: {'_' * 44}." in told
    assert "К началу программы" not in whole
    assert " |  |  |  |  |" in told
    assert not any(word in whole.casefold() for word in ("нет данных", "none", "не указан"))


def test_a_group_of_thirty_one_has_its_people_marks_and_signatures_in_lists():
    told = text(group(alone(), 31))
    assert "Наставляемые | 31 (список – в приложении № 1)" in told
    assert "1 | работа с семьёй | у всех |  /  | ____" in told
    for title, count in (("Участники группы", 31), ("С программой ознакомлены наставляемые:", 31)):
        rows = numbered(told, title)[:32]
        assert [line.split(" | ")[0] for line in rows[:count]] == [str(at + 1) for at in range(count)], title
    assert numbered(told, "Показатели наставляемых")[-1].startswith("62 | Белова В.")
    assert not any(line.startswith("Наставляемый | ____") for line in told)


def test_a_small_group_is_told_by_name_who_has_which_difficulty():
    told = text(group(alone(), 2))
    assert "1 | работа с семьёй | Белова В.А., Белова В.А. |  /  | ____" in told
    assert sum(line.startswith("Наставляемый | ____") for line in told) == 2
    assert "Приложение № 1" in told
    assert "Приложение № 2" not in told


def test_a_mentee_of_a_group_without_difficulties_has_a_row_for_the_pen():
    facts = group(alone(), 2, deficits=())
    assert numbered(text(facts), "Показатели наставляемых") == [
        f"{at} | Белова В.А. |  | ____ | ____ | ____" for at in (1, 2)
    ]


@pytest.mark.parametrize("size", [1, 31])
def test_pupils_programmes_speak_of_no_labour_and_parents_sign(size):
    facts = group(pupils(KIND), size, gender="ж")
    told = "\n".join(text(facts))
    assert not LABOUR.search(told.replace("Работа наставника", ""))
    assert "С программой ознакомлены законные представители:" in told
    assert told.count("И.И. Серова") == size


def test_conditions_are_told_where_somebody_typed_them():
    cells = {"Работа_наставника:_как": "очно", "Работа_наставника:_часов_в_месяц": 4}
    assert f"Встречи: очно, {'_' * 24}; время наставника – 4 ч в месяц." in text(alone(**cells))
    assert not any(line.startswith("Встречи: ") for line in text(alone()))


def test_a_later_meeting_changes_the_plan_of_a_draft_and_nothing_else_of_it():
    facts = alone()
    more = Meeting("В-900", "П-001", date(2027, 3, 23), None, "", "Итоги месяца", Origin())
    before, after = text(facts), text(replace(facts, meetings=(*facts.meetings, more)))
    assert [(one, two) for one, two in zip(before, after, strict=True) if one != two] == [
        ("13 | 24.03.2027* |  /  |  |  | наставник |", "13 | 23.03.2027 | Итоги месяца |  |  | наставник |")
    ]

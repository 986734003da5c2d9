"""The report on a year: how each pair ended, whose programme was carried out, what changed, and once what nobody knows."""

from __future__ import annotations

from datetime import date

import monitoring_school as school
from monitoring_school import activity, filed, met, pair, person

from flows.domain.model import Origin, Row
from flows.domain.monitoring.note.building import note
from flows.domain.terms.reading import Window

ROW = activity("7.2", "Отчёт по итогам", "Май 2027", documents=("report.final",))
MAY = Window(date(2027, 5, 1), date(2027, 5, 31))
PEOPLE = (
    *(person(f"Н-{at:03}") for at in (1, 2, 3)),
    person("Л-001", deficits=("планирование – 4 – 7", "речь – 5 – 5")),
    person("Л-002", deficits=("Планирование – 6 – 5", "семья – 3 –")),
    person("Л-003"),
)


def programme(code, mentor, mentee, done="", **more):
    row = Row(Origin(), code, {"Выполнение задач": done})
    return pair(code, mentor, mentee, tasks=("первая", "вторая"), row=row, **more)


PAIRS = (
    programme("П-001", "Н-001", "Л-001", "да\nда", status="завершена"),
    programme("П-002", "Н-002", "Л-002", "да\nчастично"),
    programme("П-003", "Н-003", "Л-003", status="прекращена", end=date(2027, 2, 15), end_reason="перевод наставляемого."),
)  # fmt: skip


def report(**more):
    told = {"today": date(2027, 5, 31), "activity": ROW, "activities": (ROW,), "window": MAY, "people": PEOPLE, "pairs": PAIRS, **more}  # fmt: skip
    made = note(school.evidence(school.facts(**told)), "report.final")
    return {section.heading: section for section in made.sections}


def test_each_pair_is_told_with_how_it_ended_and_an_early_end_with_its_reason():
    assert report()["Пары и группы года"].paragraphs == (
        "Работали: пар – 3; наставников – 3, наставляемых – 3.",
        "Завершили работу: 1 (Вымышленный Н. – Вымышленный Л.).",
        "Прекращена досрочно: Вымышленный Н. – Вымышленный Л., по 15.02.2027; причина – перевод наставляемого.",
        "Срок закончился, завершение не отмечено: 1 (Вымышленный Н. – Вымышленный Л.).",
    )


def test_programmes_are_named_by_what_their_tasks_bear_and_the_rest_has_no_conclusion():
    assert [line.split(" (")[0] for line in report()["Выполнение программ"].paragraphs] == [
        "Выполнены: 1 из 3",
        "Выполнены частично: 1 из 3",
        "Срок ещё идёт или выполнение задач не отмечено: 1",
    ]


def test_difficulties_are_summed_over_all_and_by_their_names():
    told = report()["Что изменилось у наставляемых"]
    assert told.paragraphs == (
        "С отметками до и после программы – затруднений: 3, наставляемых: 2; выросло – 1, без изменений – 1, снизилось – 1.",
        "Отметка снизилась: Вымышленный Л.",
        "Без отметки после программы – затруднений: 1.",
    )
    assert told.tables[0].rows == (("планирование", "1", "0", "1"), ("речь", "0", "1", "0"))


def test_what_was_in_the_way_of_meetings_is_what_the_log_says():
    own = (
        met("В-001", "П-001", date(2026, 10, 1)),
        *(
            met(f"В-{at:03}", "П-001", None, planned=date(2026, 11, at), status="отменена", reason="Болезнь.")
            for at in (2, 3)
        ),
        met("В-004", "П-002", None, planned=date(2026, 12, 1), status="перенесена", reason="карантин"),
    )
    assert "Встречи отменялись и переносились: болезнь – 2, карантин – 1." in report(meetings=own)["Как шли встречи"].paragraphs  # fmt: skip


def test_whose_mentor_has_handed_no_report_in_is_named():
    told = report(register=(filed("report.mentor", "П-001", number="3"),))["Отчёты наставников"].paragraphs
    assert told[0] == "Отчётов наставников зарегистрировано: 1 из 3."
    assert told[1].startswith("Ещё нет: 2 (")


def test_what_nobody_knows_is_said_once_and_of_a_year_without_pairs_nothing_is_missed():
    bare = tuple(programme(each.code, each.mentor, *each.mentees) for each in PAIRS)
    people = [person(each.code) for each in PEOPLE]
    told = report(people=people, pairs=bare)
    assert told["Чего нет в данных"].paragraphs == (
        "Нет данных: выполнение задач программ, затруднения до и после программы, встречи, ответы на анкеты.",
    )
    said = [line.lower() for each in told.values() for line in each.paragraphs]
    assert sum("нет данных" in line for line in said) == 1
    none = report(pairs=())
    assert none["Пары и группы года"].paragraphs == ("В этот срок не работала ни одна пара.",)
    assert "Чего нет в данных" not in none


def test_the_tables_of_the_note_are_not_printed_again():
    assert {table.caption for section in report().values() for table in section.tables} == {
        "Пары и группы по формам наставничества",
        "Что изменилось по затруднениям",
    }

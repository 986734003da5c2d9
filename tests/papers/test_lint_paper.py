"""Mistakes that stand on real sites are found before a paper is called ready; our own papers have none."""

from datetime import date
from pathlib import Path

import docx
import pytest
from conftest import saved, word

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import ORGANISATION, specimen
from flows.domain.model import Severity
from flows.papers import render
from flows.papers.lint_paper import look_over

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = (ORGANISATION.full_name, ORGANISATION.short_name)
DAY = date(2026, 9, 14)


def codes(*lines, table=(), **more):
    return [
        problem.code
        for problem in look_over(
            word("ПРИКАЗ", *lines, table=table),
            **{"names": ("МБДОУ № 45 «Малыш»",), "number": "26/1", "day": DAY, **more},
        )
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Утвердить Положение (название образовательной организации)", "left-over"),
        ("Назначить None куратором", "left-over-mark"),
        ("Срок: 2026-09-01", "left-over"),
        ("В соответствии с {{ основания }}", "left-over-mark"),
        ("В соответствии со ст. 358.1 Трудового кодекса", "wrong-article"),
        ("распоряжение от 24.12.2019 № Р-145", "wrong-act-date"),
        ("утверждена приказом от 02.09 № 56-ОД", "no-year"),
        ("Приложение № 1 к приказу МБДОУ № 45 от 14.09.2026 № 21/1", "appendix-number"),
        ("Приложение № 1 к приказу МБДОУ № 45 от 1 сентября 2026 г. № 26/1", "appendix-date"),
        ("Дорожная карта МБДОУ № 27", "foreign-name"),
        ("разработать программы в срок до 10.09.2026", "early-deadline"),
        ("представить отчёт до 14 сентября 2026 г.", "early-deadline"),
        ("Исполнить рекомендации. Срок: до 14.09.2026", "early-deadline"),
        ("О наставничестве в 2024/2025 учебном году", "other-year"),
    ],
)
def test_a_mistake_is_found(line, code):
    assert codes(line) == [code]


@pytest.mark.parametrize(
    "line",
    [
        "В соответствии со статьёй 351.8 Трудового кодекса",
        "распоряжение от 25.12.2019 № Р-145",
        "Прошлая справка: данные за период до 13.09.2026.",
        "Провести сверку. Данные за период до 13.09.2026",
        "Срок работы пары с 01.09.2025 до 13.09.2026",
        "до 13.09.2026",
        "Приложение № 1 к приказу МБДОУ № 45 «Малыш» от 14 сентября 2026 г. № 26/1",
        "Приложение к приказу МБДОУ № 45 от «___» ______________ 20___ г. № ________",
        "разработать программы в срок до 30.09.2026",
        "Детский сад № 45",
        "протокол от ___.___.20___ № ______",
        "О наставничестве в 2026/2027 учебном году и об итогах 2025/2026 учебного года",
    ],
)
def test_a_right_line_raises_no_question(line):
    assert codes(line) == []


def test_a_table_of_nothing_but_its_head_is_found():
    assert codes("Список", table=(("№", "ФИО", "Должность", "Подпись"),)) == ["empty-table"]
    assert codes("Список", table=(("№", "ФИО", "Должность", "Подпись"), ("1", "", "", ""))) == []


def test_only_marks_of_the_machine_stop_a_paper():
    weights = {
        each.code: each.severity for each in look_over(word("Назначить None", "Утвердить [ФИО]", "ст. 358.1"))
    }
    assert weights == {
        "left-over-mark": Severity.STOP,
        "left-over": Severity.QUESTION,
        "wrong-article": Severity.QUESTION,
    }
    assert look_over(b"PK")[0].severity is Severity.STOP


def test_text_in_nested_tables_and_split_runs_is_read():
    paper = docx.Document()
    paper.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "Назначить None"
    paragraph = paper.add_paragraph()
    for piece in ("ст. 35", "8", ".1 ТК РФ"):
        paragraph.add_run(piece)
    assert sorted(each.code for each in look_over(saved(paper))) == ["left-over-mark", "wrong-article"]


def test_a_question_names_its_place_and_a_broken_file_itself():
    assert (
        look_over(word("Первый", "Назначить None"))[0].message
        == "абзац 2: осталось «None»: впишите настоящее значение или уберите."
    )
    assert [problem.code for problem in look_over(b"PK")] == ["paper-file"]


@pytest.mark.sampled
@pytest.mark.parametrize("kind", BUILDERS)
def test_our_own_finals_raise_no_question(kind):
    context = requisites(BUILDERS[kind](specimen(kind, SUBJECTS[kind])), number="26/1", day=DAY)
    found = look_over(render(TEMPLATES / f"{kind}.docx", context), NAMES, "26/1", DAY)
    assert [problem.message for problem in found] == []

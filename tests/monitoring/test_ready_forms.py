"""The ready questionnaires as data: one source for the printed form, the table to fill in and the mapping."""

import io
import zipfile

import docx
import openpyxl
import pytest

from flows import settings
from flows.domain.monitoring.answers.questionnaire import (
    CHOICE,
    CODE,
    ENTRY,
    EXIT,
    MIDDLE,
    SCORE,
    SKIP,
    Question,
)
from flows.domain.monitoring.answers.questions import told_question
from flows.domain.monitoring.answers.ready_forms import indicator_of, meanings, own, recognised
from flows.papers.form_books import ANSWERS, HELP, ROWS, book_of, file_name, lay_into

FORMS = settings.questionnaires()
BY_KIND = {form.kind: form for form in FORMS}
MENTEE_IN, MENTEE_OUT, MENTOR_OUT = (
    BY_KIND[f"questionnaire.{name}"] for name in ("mentee_in", "mentee_out", "mentor_out")
)
SHARED = "Насколько Вы уверены в ведении документов?"


def book(form):
    return openpyxl.load_workbook(io.BytesIO(book_of(form)))


def paper_text(kind):
    paper = docx.Document(str(settings.TEMPLATES / f"{kind}.docx"))
    return "\n".join(
        [
            *(each.text for each in paper.paragraphs),
            *(cell.text for table in paper.tables for row in table.rows for cell in row.cells),
        ]
    )


# --- the data ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_ready_form_is_whole(form):
    assert form.kind in settings.catalogue()
    assert len(form.title) <= 31
    assert not set("[]:*?/\\'") & set(form.title)
    assert form.questions[0].holds == CODE
    assert len({question.text for question in form.questions}) == len(form.questions)
    for question in form.questions:
        assert bool(question.wave) == bool(question.indicator)
        assert question.holds != SCORE or (
            question.indicator in {"M10", "M11", "M12"} and question.scale == 10
        )
        assert question.holds != CHOICE or len(question.options) > 1


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_the_printed_form_asks_the_same_and_gives_room_for_the_code(form):
    text = paper_text(form.kind)
    assert "Код участника (имя не указывайте): ____" in text
    for question in form.questions[1:]:
        assert question.text in text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_what_a_question_counts_for_reads_back_from_the_mapping_as_it_was(form):
    for question in form.questions:
        read = told_question(Question(form.title, question.text, SKIP), indicator_of(question))
        kept = (question.holds, question.indicator, question.options, question.scale)
        assert (read.holds, read.indicator, read.options, read.scale) == kept
        assert question.indicator != "M12" or read.criterion == question.criterion


def test_criteria_asked_before_are_asked_after_under_the_same_name():
    for before, after in (("mentee_in", "mentee_out"), ("mentor_in", "mentor_out")):
        first, last = (
            {each.criterion for each in BY_KIND[f"questionnaire.{name}"].questions if each.indicator == "M12"}
            for name in (before, after)
        )
        assert len(first & last) >= 4
    assert {each.wave for each in MENTEE_IN.questions if each.indicator} == {ENTRY}
    assert {each.wave for each in MENTEE_OUT.questions if each.indicator} == {EXIT}
    assert [
        (form.kind, each.indicator)
        for form in FORMS
        for each in form.questions
        if each.indicator in {"M10", "M11"}
    ] == [(MENTEE_OUT.kind, "M10"), (MENTOR_OUT.kind, "M11")]


# --- whose question it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_form_is_known_by_its_questions_whatever_its_tab_is_called(form):
    header = [f"{text.upper()} *" for text in form.header]
    assert own(header, FORMS) == form
    assert {(each.text, each.criterion, each.wave) for each in meanings(header, FORMS, "Опрос").values()} == {
        (each.text, each.criterion, each.wave) for each in form.questions
    }


def test_a_question_asked_before_and_after_has_its_forms_wave_and_none_when_the_form_is_unknown():
    told = {form.title: meanings(form.header, FORMS, "Опрос") for form in (MENTEE_IN, MENTEE_OUT)}
    assert [next(each.wave for each in found.values() if each.text == SHARED) for found in told.values()] == [
        ENTRY,
        EXIT,
    ]
    assert meanings(["Отметка времени", "Код участника", SHARED], FORMS, "Опрос").keys() == {"код участника"}
    assert len(recognised(["Отметка времени", SHARED], FORMS)) == 2
    assert recognised(["Отметка времени", SHARED], FORMS, MENTEE_OUT.title) == (MENTEE_OUT,)
    assert own(["Отметка времени", SHARED], FORMS) is None


def test_questions_of_another_form_among_ours_are_known_too_and_foreign_ones_are_not():
    told = meanings(
        [*MENTEE_OUT.header, "Насколько Вы довольны совместной работой?", "Любимый цвет?"], FORMS, "Опрос"
    )
    assert {each.indicator for each in told.values()} >= {"M10", "M11", "M12"}
    assert "любимый цвет" not in told
    assert meanings(["Отметка времени", "Документация"], FORMS, "Опрос") == {}


def test_an_intermediate_measure_is_told_by_the_tabs_title():
    assert {
        each.wave
        for each in meanings(MENTEE_OUT.header, FORMS, "Промежуточный опрос, декабрь").values()
        if each.indicator
    } == {MIDDLE}


# --- the table to fill in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in FORMS if form.counts], ids=lambda form: form.kind)
def test_the_table_has_the_shape_of_a_tab_of_responses(form):
    sheets = book(form)
    sheet = sheets[ANSWERS]
    assert sheets.sheetnames == [ANSWERS, HELP]
    assert [cell.value for cell in sheet[1]] == list(form.header)
    assert sheet.freeze_panes == "C2"
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("DD.MM.YYYY", "@")
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }
    letters = dict(
        zip(
            (cell.column_letter for cell in sheet[1]),
            ("", *(question.holds for question in form.questions)),
            strict=True,
        )
    )
    assert {letter for letter, holds in letters.items() if holds in {SCORE, CHOICE}} <= rules.keys()
    assert all(
        rule.errorStyle == "stop" and rule.error and len(rule.error) <= 225 and len(rule.promptTitle) <= 32
        for rule in rules.values()
    )
    assert (
        rules[next(letter for letter, holds in letters.items() if holds == SCORE)].formula1
        == '"1,2,3,4,5,6,7,8,9,10"'
    )
    assert all(str(rule.sqref).endswith(str(ROWS + 1)) for rule in rules.values())
    assert 5 <= sum(bool(row[1].value) for row in sheets[HELP].iter_rows(min_row=2)) <= 8


def test_a_table_is_written_the_same_each_time():
    assert book_of(MENTEE_IN) == book_of(MENTEE_IN)
    with zipfile.ZipFile(io.BytesIO(book_of(MENTEE_IN))) as package:
        assert package.testzip() is None
        assert b"2026-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_tables_are_laid_into_a_folder_and_what_lies_there_is_never_written_over(tmp_path):
    names = tuple(file_name(form) for form in FORMS if form.counts)
    assert lay_into(tmp_path / "a" / "b", FORMS).made == names
    (tmp_path / "a" / "b" / names[0]).write_bytes(b"mine")
    again = lay_into(tmp_path / "a" / "b", FORMS)
    assert (again.made, again.same, again.other) == ((), names[1:], names[:1])
    assert (tmp_path / "a" / "b" / names[0]).read_bytes() == b"mine"

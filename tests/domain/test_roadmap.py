"""Tables of any layout become activities; every trap is found and nothing is mended."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.domain import periods
from flows.domain.model import Origin, Row, Severity
from flows.domain.roadmap.activities import Sheet, as_json, from_grids, from_rows, people
from flows.domain.roadmap.grids import Document, GridCell, Merge
from flows.domain.terms.reading import Window
from flows.intake import read

SAMPLES = Path(__file__).parents[2] / "config" / "samples"
SCHOOL = Document(period=periods.of_years(2026, 2027))
HEAD = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат")


def grid(*rows, head=HEAD):
    return tuple(tuple(GridCell(text) for text in row) for row in (head, *rows))


def from_grid(rows, document, book=""):
    return from_grids((Sheet(rows),), document, book)


def sample(slug):
    document, problems = read(SAMPLES / slug / "Дорожная карта.docx")
    assert problems == ()
    activities, findings = from_grid(document.tables[0], document, slug)
    return document, activities, findings


def codes(findings):
    return {(each.code, each.subject) for each in findings}


def test_columns_are_known_by_their_words_in_any_order():
    rows = grid(
        ("Приказ", "До 15.09.2026", "Назначить", "Директор"),
        head=("Результат, вид документа", "Сроки реализации", "Наименование мероприятий", "Исполнитель"),
    )
    (activity,), _ = from_grid(rows, SCHOOL)
    assert (activity.activity, activity.printed_term, activity.responsible, activity.result) == (
        "Назначить",
        "До 15.09.2026",
        ("Директор",),
        "Приказ",
    )


def test_a_row_of_column_numbers_a_blank_row_and_a_repeated_header_are_no_activities():
    rows = grid(
        ("1", "2", "3", "4", "5"), ("",) * 5, HEAD, ("1.1", "Собрать", "Май 2027", "Методист", "Протокол")
    )
    activities, _ = from_grid(rows, SCHOOL)
    assert [each.number for each in activities] == ["1.1"]


def test_a_merged_row_is_the_stage_of_the_rows_below():
    section = (GridCell("1."), GridCell("Основа"), *(GridCell("Основа", Merge.ACROSS),) * 3)
    head, line = grid(("1.1", "Собрать", "Май 2027", "Методист", "Протокол"))
    (activity,), _ = from_grid((head, section, line), SCHOOL)
    assert activity.stage == "1. Основа"


def test_a_table_without_a_header_is_refused_with_the_cure():
    activities, (problem,) = from_grid(grid(head=("а", "б")), SCHOOL)
    assert activities == ()
    assert problem.severity is Severity.STOP
    assert "Подпишите столбцы" in problem.message


@pytest.mark.parametrize(("slug", "count"), [("lastochka", 27), ("raduga", 11), ("rodnik", 26)])
def test_every_sample_reads_completely(slug, count):
    document, activities, findings = sample(slug)
    assert len(activities) == count
    assert "unreadable" not in {each.term.kind for each in activities}
    told = json.loads(json.dumps(as_json(document, activities, findings)))
    assert len(told["activities"]) == count
    assert {each["severity"] for each in told["problems"]} <= {"stop", "question", "note"}


def test_the_traps_of_a_kindergarten_plan_are_found():
    _, activities, findings = sample("lastochka")
    assert [each.code for each in activities if each.number == "2.1."] == ["2.1", "2.1#2"]
    assert codes(findings) >= {
        ("duplicate-number", "2.1#2"), ("empty-term", "1.1"), ("empty-responsible", "1.1"), ("empty-responsible", "5.4"),
        ("empty-result", "5.4"), ("method-after-use", "2.2"), ("pairs-not-ordered", "3.6"), ("action-result-differ", "1.1"),
    }  # fmt: skip


def test_an_empty_term_shows_its_neighbour_and_keeps_itself_empty():
    _, activities, findings = sample("lastochka")
    (finding,) = [each for each in findings if each.code == "empty-term"]
    assert finding.proposal == "Май- Август 2026"
    assert activities[0].term.kind == "empty"
    assert activities[0].term.windows == ()


def test_the_traps_of_a_one_year_plan_are_found():
    _, activities, findings = sample("raduga")
    outside = next(each for each in findings if each.code == "outside-period")
    assert (outside.severity, outside.subject, outside.proposal) == (Severity.STOP, "1#2", "До 13.09.2026")
    assert activities[1].term.windows == (Window(None, date(2027, 9, 13)),)
    assert len([each for each in findings if each.code == "year-derived"]) == 7
    assert activities[0].responsible == ("Воронина Е.П.", "Мельник О.С.")


def test_a_row_torn_by_a_page_break_is_joined():
    _, activities, _ = sample("raduga")
    assert activities[6].content.endswith("групповая заключительная встреча всех пар")


def test_the_traps_of_a_plan_with_numbers_inside_the_text_are_found():
    _, activities, findings = sample("rodnik")
    assert [each.number for each in activities[3:6]] == ["1.4.", "1.5", "2.1."]
    assert codes(findings) >= {("foreign-word", "1.1"), ("undeclared-form", "3.2"), ("cut-sentence", "6.4")}
    assert len([each for each in findings if each.code == "empty-term"]) == 12


def test_a_distant_year_and_a_missing_block_are_found_without_a_period_in_the_title():
    rows = grid(
        ("2.1", "Собрать", "Март 2027", "Методист", "Протокол"),
        ("4.1", "Передать", "Апрель 2037г.", "Методист", "Протокол"),
        ("4.2", "Обсудить", "Апрель 2027", "Методист", "Протокол"),
    )
    _, findings = from_grid(rows, Document())
    assert codes(findings) >= {("number-gap", "4.1"), ("outside-period", "4.1"), ("period-derived", "")}
    assert next(each for each in findings if each.code == "outside-period").proposal == "Апрель 2027г."


def row(**cells):
    return Row(
        Origin("книга", "Дорожная карта", 5),
        "М-001",
        {name.replace("_", " "): value for name, value in cells.items()},
    )


def test_dates_and_papers_typed_by_a_person_win():
    typed = Row(
        Origin("книга", "Дорожная карта", 5), "М-001",
        {"Мероприятие": "Собрать", "Срок (как в документе)": "Май 2027", "Контрольная дата": date(2027, 4, 1), "Результат, вид документа": "Справка", "Готовить документ": "Приказ о парах; regulation"},
    )  # fmt: skip
    (activity,), _ = from_rows([typed], SCHOOL.period, {"Приказ о парах": "order.pairs"})
    assert activity.term.windows == (Window(None, date(2027, 4, 1)),)
    assert activity.documents == ("order.pairs", "regulation")


def test_dates_the_system_wrote_itself_do_not_hide_the_other_windows():
    written = Row(
        Origin(),
        "М-001",
        {
            "Мероприятие": "Собрать",
            "Срок (как в документе)": "Май 2027\nИюнь 2027",
            "Контрольная дата": date(2027, 5, 31),
        },
    )
    (activity,), _ = from_rows([written], SCHOOL.period)
    assert len(activity.term.windows) == 2


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("46280", "15.09.2026"), ("15.09.2026", ""), (date(2026, 9, 15), ""), ("Sep 15, 2026", "")],
)
def test_a_day_typed_as_a_date_is_taken_and_the_number_of_one_is_asked_about(typed, asked):
    cells = {"Мероприятие": "Собрать", "Срок (как в документе)": typed}
    (activity,), findings = from_rows([Row(Origin(), "М-001", cells)], SCHOOL.period)
    assert activity.term.windows == (Window(date(2026, 9, 15), date(2026, 9, 15)),)
    told = [each for each in findings if each.code == "approximate-term" and "число 46280" in each.message]
    assert [each.proposal for each in told] == ([asked] if asked else [])


def test_a_person_may_say_that_no_paper_is_needed():
    (activity,), _ = from_rows([row(Мероприятие="Собрать", Готовить_документ="не готовить")], SCHOOL.period)
    assert activity.documents == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Яковлева И.А. Нестерова А.А.", ("Яковлева И.А.", "Нестерова А.А.")),
        ("И.А. Яковлева, А. А. Нестерова", ("И.А. Яковлева", "А. А. Нестерова")),
        (
            "Заведующий, заместитель заведующего, старшие воспитатели",
            ("Заведующий", "заместитель заведующего", "старшие воспитатели"),
        ),
        (
            "Заместитель заведующего по воспитательной и методической работе",
            ("Заместитель заведующего по воспитательной и методической работе",),
        ),
        ("куратор и педагоги-наставники", ("куратор", "педагоги-наставники")),
        ("", ()),
    ],
)
def test_a_responsible_cell_splits_into_people_and_roles(text, parts):
    assert people(text) == parts


CELLS = st.sampled_from(
    [
        "",
        "1.",
        "1.1",
        "Этап 1",
        "Мероприятие",
        "Срок",
        "31.02.2027",
        "ежегодно",
        "Приказ",
        "1",
        "2",
        "№",
        "и",
        "А.А. Б",
    ]
)


@given(
    st.lists(
        st.lists(st.builds(GridCell, CELLS | st.text(max_size=5), st.sampled_from(Merge)), max_size=6).map(
            tuple
        ),
        max_size=8,
    )
)
def test_no_table_makes_the_reader_fail_and_ids_are_never_shared(rows):
    head = tuple(GridCell(text) for text in HEAD)
    activities, findings = from_grid((head, *rows), SCHOOL)
    assert len({each.code for each in activities}) == len(activities)
    assert all(each.message for each in findings)

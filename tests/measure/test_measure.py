"""The measure itself: a wrong answer counts as wrong, a refusal as a refusal, and the sets are sound."""

import itertools

import pytest

from flows import settings
from flows.domain.catalogue import record
from tests.measure import __main__ as command
from tests.measure import cells, forms, headers, lists, parties, results, terms
from tests.measure.cells import HELD, OPENED, Judged, Verdict
from tests.measure.sets import MEASURES, Measure, score

LEAST = 150
PARTS = [part for part in (OPENED, HELD) if (cells.HERE / part).is_dir()]
BLOCKS = {"headers", "lists"}
KINDS = {"dated", "yearly", "ongoing", "event", "external", "empty", "unreadable"}
CASES = {"nom", "gen", "dat", "acc", "ins", "pre"}
ROLES = {"number", "stage", "activity", "content", "term", "start", "end", "responsible", "result", "other"}
# Columns of our tabs, and parts of them that a list may have alone.
PARTS_OF_COLUMNS = {"Фамилия", "Имя", "Отчество", "Контакты", "Срок", "Пара"}
OURS = {
    letter: {column.header for column in settings.book_layout().tab(tab).columns} | PARTS_OF_COLUMNS
    for tab, letter in lists.TABS.items()
}
RIGHT, SILENT, REFUSED = Verdict.RIGHT, Verdict.SILENT, Verdict.REFUSED


def texts(name, part):
    """What stands in each cell of a set, its truth left out."""
    if name in BLOCKS:
        return ["\n".join(block[:-1]) for _, block in cells.blocks(name, part)]
    return ["\t".join(fields[:-1]) for _, fields in cells.lines(name, part)]


@pytest.mark.parametrize(
    ("text", "truth", "verdict"),
    [
        ("до 15.09.2023", "dated ..2023-09-15", RIGHT),
        ("до 15.09.2023", "dated ..2023-09-16 | dated ..2023-09-15", RIGHT),
        ("до 15.09.2023", "dated ..2023-09-16", SILENT),
        ("до 15.09.2023", "dated 2023-09-15", SILENT),
        ("до 15.09.2023", "yearly ..2023-09-15", SILENT),
        ("сентябрь, май", "dated 2024-05; 2023-09", RIGHT),
        ("сентябрь, май", "dated 2023-09", SILENT),
        ("Сентябрь 2013", "dated 2023-09", REFUSED),
        ("Сентябрь 2013", "dated 2013-09", REFUSED),
        ("Сентябрь 2013", "dated 2013-09 !outside-period", RIGHT),
        ("Сентябрь 2013", "dated * ?outside-period", RIGHT),
        ("Сентябрь 2023", "dated 2023-09 !outside-period", SILENT),
        ("постоянно", "ongoing", RIGHT),
        ("Иванова", "dated 2023-09", REFUSED),
        ("Иванова", "unreadable", RIGHT),
    ],
)
def test_a_term_is_right_by_its_kind_its_windows_and_the_flags_that_stop(text, truth, verdict):
    assert terms.judged("", text, "2023-2024", truth).verdict is verdict


@pytest.mark.parametrize(
    ("years", "start", "end"),
    [
        ("2023-2024", "2023-09-01", "2024-08-31"), ("2022-2024", "2022-01-01", "2024-12-31"), ("2024", "2024-01-01", "2024-12-31"),
        ("2022-09-01..2025-08-31", "2022-09-01", "2025-08-31"),
    ],
)  # fmt: skip
def test_a_period_is_a_school_year_whole_years_or_two_days(years, start, end):
    period = terms.period(years)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("result", "truth", "verdict"),
    [
        ("Положение о наставничестве", "regulation", RIGHT),
        ("Положение о наставничестве", "roadmap | regulation", RIGHT),
        ("Положение о наставничестве", "regulation, (roadmap)", RIGHT),
        ("Положение о наставничестве", "regulation, roadmap", SILENT),
        ("Положение о наставничестве", "roadmap", SILENT),
        ("Положение о наставничестве", "-", SILENT),
        ("Рост педагогов", "-", RIGHT),
        ("Рост педагогов", "regulation", REFUSED),
    ],
)
def test_papers_are_right_when_all_and_no_others_are_called_for(result, truth, verdict):
    assert results.judged("", result, "", truth).verdict is verdict


@pytest.mark.parametrize(
    ("text", "truth", "verdict"),
    [
        ("Директор, куратор", "директор; куратор", RIGHT),
        ("Директор, куратор", "Директор; ~завуч; Куратор", RIGHT),
        ("Директор, куратор", "куратор; директор", SILENT),
        ("Директор, куратор", "Директор, куратор", SILENT),
        ("Директор", "Директор; куратор", SILENT),
        ("", "Директор", REFUSED),
        ("", "-", RIGHT),
    ],
)
def test_parties_are_right_when_each_stands_alone_and_in_its_place(text, truth, verdict):
    assert parties.judged("", text, truth).verdict is verdict


@pytest.mark.parametrize(
    ("sort", "text", "truth", "verdict"),
    [
        ("name", "Иванова Мария Петровна", "Ивановой Марии Петровне", RIGHT),
        ("name", "Королёва Мария Петровна", "Королевой  Марии Петровне", RIGHT),
        ("name", "Иванова Мария Петровна", "Ивановой Марии Петровны", SILENT),
        ("name", "Иванова Мария Петровна", "refuse", SILENT),
        ("name", "Мельник И.А.", "refuse", RIGHT),
        ("name", "Мельник И.А.", "Мельнику И.А.", REFUSED),
        ("post", "учитель-логопед", "учителю-логопеду", RIGHT),
        ("organisation", "Управление образования", "Управлению образования", RIGHT),
        ("title", "Дорожная карта", "Дорожная карта", SILENT),
    ],
)
def test_a_form_is_right_in_every_letter_but_ё(sort, text, truth, verdict):
    assert forms.judged("", [sort, text, "-", "dat", truth]).verdict is verdict


def test_a_header_is_measured_column_by_column():
    rows = ["№ | Мероприятие | Срок | Кабинет", "1 | Педсовет | май | 12", "2 | Семинар | июнь | 7"]
    judged = headers.judged("", [*rows, "= number | term | result/term | result"])
    assert [one.verdict for one in judged] == [RIGHT, SILENT, RIGHT, REFUSED]


def test_a_list_is_measured_by_the_columns_of_our_tabs():
    rows = [
        "@ Пары",
        "№ | Наставник | Молодой специалист | Кабинет",
        "1 | Кедрова Анна Львовна | Липин Олег Ильич | 12",
    ]
    judged = lists.judged("", [*rows, "= - | н:ФИО; п:Цель | л:Должность | п:Группа"])
    assert [one.verdict for one in judged] == [RIGHT, RIGHT, SILENT, REFUSED]


def test_a_printed_table_keeps_its_merged_cells():
    top, below = headers.grid(["№ | Срок | <", "^ | начало | конец"])
    assert [cell.text for cell in top] == ["№", "Срок", "Срок"]
    assert [(cell.text, cell.merge.value) for cell in below] == [("№", "down"), ("начало", ""), ("конец", "")]


def test_per_cent_are_of_all_cells_and_for_forms_of_the_answered_ones():
    def one(verdict, answer="x"):
        return Judged("", "", "", answer, verdict)

    judged = [one(RIGHT), one(RIGHT, cells.REFUSE), one(SILENT), one(REFUSED)]
    whole = score(Measure("", "", list, right=50, silent=25), judged)
    assert (whole.cells, whole.right, whole.silent, whole.refused, whole.percent, whole.silent_percent) == (
        4,
        2,
        1,
        1,
        50,
        25,
    )
    answered = score(Measure("", "", list, right=50, answered=True), judged)
    assert (answered.asked, answered.percent) == (1, 50)


@pytest.mark.parametrize(
    ("right", "silent", "reaches"), [(50, 25, True), (51, 25, False), (50, 24, False), (50, None, True)]
)
def test_a_set_fails_by_either_figure(right, silent, reaches):
    measure = Measure("", "", list, right=right, silent=silent)
    made = score(measure, [Judged("", "", "", "", one) for one in (RIGHT, RIGHT, SILENT, REFUSED)])
    assert made.reaches(measure) is reaches


@pytest.mark.parametrize(("answer", "code"), [("Директор", 0), ("Завуч", 1)])
def test_the_command_fails_where_a_figure_is_not_reached_and_shows_the_cell(
    monkeypatch, capsys, answer, code
):
    monkeypatch.setattr(parties, "people", lambda _: (answer,))
    monkeypatch.setattr(cells, "lines", lambda *_: [("here:1", ["Директор", "Директор"])])
    assert command.main(["--set", "parties", "--opened", "--show"]) == code
    assert ("here:1" in capsys.readouterr().out) is bool(code)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.file)
def test_each_part_of_a_set_has_enough_cells_and_none_twice(measure):
    assert PARTS
    found = [texts(measure.file, part) for part in PARTS]
    every = list(itertools.chain(*found))
    assert sorted(set(every)) == sorted(every)
    if measure.file not in BLOCKS:
        assert min(map(len, found)) >= LEAST


def test_truths_speak_of_what_there_is():
    known = set(record.kinds())
    for part in PARTS:
        for place, (_, _, truth) in cells.lines("results", part):
            assert {one.strip(" ()") for way in truth.split(cells.OR) for one in way.split(",")} <= known | {
                "-"
            }, place
        for place, (_, years, truth) in cells.lines("terms", part):
            assert {way.split()[0] for way in truth.split(cells.OR)} <= KINDS, place
            assert terms.judged(place, "", years, truth)
        for name, field in (("names", 3), ("titles", 2)):
            assert {fields[field] for _, fields in cells.lines(name, part)} <= CASES
        for place, block in cells.blocks("headers", part):
            *rows, last = ([cell.strip() for cell in row.removeprefix("=").split("|")] for row in block)
            assert {role for cell in last for role in cell.split("/")} <= ROLES, place
            assert {len(row) for row in rows} == {len(last)}, place


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_columns_are_the_cells_of_the_headers(name):
    for part in PARTS:
        assert sum(block[-1].count("|") + 1 for _, block in cells.blocks(name, part)) >= LEAST


def test_a_list_of_the_sets_has_a_title_and_a_meaning_for_each_column():
    known = {f"{letter}:{header}" for letter, headers_ in OURS.items() for header in headers_} | {"-"}
    for part in PARTS:
        for place, (title, *rows, last) in cells.blocks("lists", part):
            assert title.startswith("@"), place
            meanings = [
                {one.strip() for one in cell.split(";")} for cell in last.removeprefix("=").split("|")
            ]
            assert set().union(*meanings) <= known, place
            assert {row.count("|") + 1 for row in rows} == {len(meanings)}, place

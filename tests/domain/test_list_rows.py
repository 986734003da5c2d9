"""Rows of lists taken apart and held against the book; every name is invented."""

from datetime import date

import pytest

from flows import settings
from flows.domain.lists.merging import KEYS, merged
from flows.domain.lists.person_cells import key_of, persons
from flows.domain.lists.rows import rows_of
from flows.domain.lists.tables import people_tables
from flows.domain.model import Origin, Row
from flows.domain.roadmap.grids import Document, GridCell, Merge
from flows.domain.statuses import FINISHED
from flows.domain.tabs import MENTEES, MENTORS, PAIRS
from flows.domain.terms.typed_days import typed_date

ZIMINA, LESKOV, OSIPOVA, YUDINA = (
    "Зимина Ольга Петровна",
    "Лесков Пётр Ильич",
    "Осипова Дарья Олеговна",
    "Юдина Вера Павловна",
)

CELLS = [
    (ZIMINA, [(ZIMINA, "")]),
    ("Зимина  Ольга\nПетровна", [(ZIMINA, "")]),
    ("зимина ольга петровна", [("зимина ольга петровна", "")]),
    ("ЗИМИНА ОЛЬГА ПЕТРОВНА", [("ЗИМИНА ОЛЬГА ПЕТРОВНА", "")]),
    ("Ольга Петровна Зимина", [("Ольга Петровна Зимина", "")]),
    (f"{ZIMINA}, учитель-логопед", [(ZIMINA, "учитель-логопед")]),
    (f"{ZIMINA} (воспитатель)", [(ZIMINA, "воспитатель")]),
    (f"учитель физики {LESKOV}", [(LESKOV, "учитель физики")]),
    ("Лесков П.И.", [("Лесков П. И.", "")]),
    ("П. И. Лесков", [("П. И. Лесков", "")]),
    ("Лесков П.И., учитель", [("Лесков П. И.", "учитель")]),
    (f"1. {OSIPOVA}, воспитатель\n2. {YUDINA}, психолог", [(OSIPOVA, "воспитатель"), (YUDINA, "психолог")]),
    (f"{OSIPOVA}; {YUDINA}", [(OSIPOVA, ""), (YUDINA, "")]),
    (f"{OSIPOVA}, {YUDINA}", [(OSIPOVA, ""), (YUDINA, "")]),
    ("Осипова Д.О., Юдина В.П.", [("Осипова Д. О.", ""), ("Юдина В. П.", "")]),
    ("Ким Чен Ир", [("Ким Чен Ир", "")]),
    ("Асанова Айгуль Ерланкызы", [("Асанова Айгуль Ерланкызы", "")]),
    ("Мамедов Али Гасан оглы", [("Мамедов Али Гасан оглы", "")]),
    ("Римская-Корсакова Анна Ильинична", [("Римская-Корсакова Анна Ильинична", "")]),
    ("Ахмедов Руслан", [("Ахмедов Руслан", "")]),
    ("Н-003", [("Н-003", "")]),
    ("учитель", []),
    ("вакансия", []),
    ("12", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named"), CELLS)
def test_persons_of_a_cell_are_told_with_their_posts(text, named):
    assert [(each.name, each.post) for each in persons(text)] == named


def test_a_name_is_the_same_in_any_order_and_spelling():
    assert key_of("Лесков Пётр  Ильич") == key_of("ПЕТР ИЛЬИЧ ЛЕСКОВ")


def read(*rows, called="", merges=(), document=None):
    grid = tuple(
        tuple(
            GridCell(text, Merge.DOWN if (at, column) in merges else Merge.NONE)
            for column, text in enumerate(row)
        )
        for at, row in enumerate(rows)
    )
    whole = document or Document(tables=(grid,), names=(called,))
    told = [rows_of(table, "Список.xlsx") for table in people_tables(whole)]
    return [row for taken, _ in told for row in taken], [each for _, found in told for each in found]


def people(rows, tab):
    return [dict(row.cells) for row in rows if row.tab == tab]


PAIR_HEAD = ["Наставник", "Должность", "Наставляемый", "Должность", "Срок"]


def test_a_line_of_pairs_gives_a_mentor_a_mentee_and_their_pair():
    rows, problems = read(PAIR_HEAD, [ZIMINA, "учитель", OSIPOVA, "воспитатель", "01.09.2026–31.05.2027"])
    assert people(rows, MENTORS) == [{"ФИО": ZIMINA, "Должность": "учитель"}]
    assert people(rows, MENTEES) == [{"ФИО": OSIPOVA, "Должность": "воспитатель"}]
    assert people(rows, PAIRS) == [
        {
            "Наставник": ZIMINA,
            "Наставляемый": OSIPOVA,
            "Дата начала": "01.09.2026",
            "Дата окончания": "31.05.2027",
        }
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Пара (наставник – наставляемый)", f"{ZIMINA} – {OSIPOVA}"),
        ("Наставляемый / наставник", f"{OSIPOVA}\n{ZIMINA}"),
    ],
)
def test_a_pair_in_one_cell_is_two_people_in_the_order_of_the_header(header, cell):
    rows, problems = read(["№", header, "Цель"], ["1", cell, "чтение"], ["2", ZIMINA, "счёт"])
    assert people(rows, PAIRS) == [{"Наставник": ZIMINA, "Наставляемый": OSIPOVA, "Цель": "чтение"}]
    assert [(row.tab, row.cells["ФИО"]) for row in rows if row.tab != PAIRS] == [
        (MENTORS, ZIMINA),
        (MENTEES, OSIPOVA),
    ]
    assert [(each.code, each.origin.row) for each in problems] == [("no-name", 3)]


def test_a_mentor_merged_over_two_lines_is_in_both_pairs_and_one_left_out_is_asked_for():
    rows, _ = read(PAIR_HEAD, [ZIMINA, "", OSIPOVA, "", ""], [ZIMINA, "", YUDINA, "", ""], merges={(2, 0)})
    assert [each["Наставник"] for each in people(rows, PAIRS)] == [ZIMINA, ZIMINA]
    rows, problems = read(PAIR_HEAD, [ZIMINA, "", OSIPOVA, "", ""], ["", "", YUDINA, "", ""])
    assert len(people(rows, PAIRS)) == 1
    assert [(each.code, each.origin.row) for each in problems] == [("pair-alone", 3)]


def test_several_mentees_of_a_cell_are_as_many_pairs_and_two_sides_of_several_are_asked_about():
    rows, _ = read(PAIR_HEAD, [ZIMINA, "учитель", f"{OSIPOVA}\n{YUDINA}", "логопед\nпсихолог", ""])
    assert [each["Наставляемый"] for each in people(rows, PAIRS)] == [OSIPOVA, YUDINA]
    assert [each["Должность"] for each in people(rows, MENTEES)] == ["логопед", "психолог"]
    rows, problems = read(PAIR_HEAD, [f"{ZIMINA}; {LESKOV}", "", f"{OSIPOVA}; {YUDINA}", "", ""])
    assert not people(rows, PAIRS)
    assert [each.code for each in problems] == ["pair-unclear"]


def test_lines_that_are_no_persons_are_passed_over_or_told():
    rows, problems = read(
        ["№", "ФИО", "Должность"], ["1", "2", "3"], ["Учителя", "", ""], ["1", ZIMINA, "учитель"], ["№", "ФИО", "Должность"],
        ["2", "", "методист"], ["3", "по совместительству", "завуч"], ["Итого", "", "3"], called="Наставники",
    )  # fmt: skip
    assert people(rows, MENTORS) == [{"ФИО": ZIMINA, "Должность": "учитель"}]
    assert [(each.code, each.origin.row) for each in problems] == [("no-name", 6), ("no-name", 7)]


def test_a_line_between_the_rows_says_whose_those_below_it_are():
    rows, _ = read(
        ["ФИО", "Должность"],
        [ZIMINA, "учитель"],
        ["Наставляемые", ""],
        [OSIPOVA, "учитель"],
        called="Наставники",
    )
    assert [(row.tab, row.cells["ФИО"]) for row in rows] == [(MENTORS, ZIMINA), (MENTEES, OSIPOVA)]


def test_parts_of_a_name_contacts_and_columns_of_one_meaning_are_put_together():
    rows, problems = read(
        ["Фамилия", "Имя", "Отчество", "Контакты", "Компетенции", "Достижения", "Награды"],
        ["Зимина", "Ольга", "Петровна", "8-900-000-00-01, z@sad.example", "чтение", "конкурс", "грамота"], called="Наставники",
    )  # fmt: skip
    assert people(rows, MENTORS) == [
        {
            "ФИО": ZIMINA,
            "Эл. почта": "z@sad.example",
            "Примечание": "тел.: 8-900-000-00-01",
            "Чем готов помочь": "чтение\nконкурс",
        }
    ]
    assert [(each.code, "«Награды»" in each.message) for each in problems] == [("people-columns", True)]


def test_a_list_of_nobody_knows_whom_is_asked_about_and_taken_by_nothing():
    rows, problems = read(["ФИО", "Должность"], [ZIMINA, "учитель"], called="Лист1")
    assert rows == []
    assert [each.code for each in problems] == ["people-whose"]


# --- held against the book -----------------------------------------------------------------------------------


def book(*names, tab=MENTORS, **cells):
    sign = "Н" if tab == MENTORS else "Л"
    return {
        tab: [
            Row(Origin("", tab, at), f"{sign}-{at:03d}", {"ФИО": name, **cells})
            for at, name in enumerate(names, 2)
        ]
    }


def take(_tab, header, text):
    if header.startswith("Дата") and text:
        day = typed_date(text)
        return day, "" if day else "нужна дата"
    return text, ""


def brought(known, *rows, called="Наставники"):
    return merged(known, read(["ФИО", "Должность", "Стаж", "Дата рождения"], *rows, called=called)[0], take)


@pytest.mark.parametrize(
    "name",
    [
        "Зимина  Ольга Петровна",
        "ЗИМИНА ОЛЬГА ПЕТРОВНА",
        "Ольга Петровна Зимина",
        "Зимина О.П.",
        "О. П. Зимина",
    ],
)
def test_a_person_of_the_book_is_matched_and_only_what_is_empty_is_filled(name):
    told = brought(book(ZIMINA, LESKOV, Должность="учитель"), [name, "методист", "7", ""])
    assert told.tabs[MENTORS].fresh == ()
    assert [(row.code, cells) for _, row, cells in told.filled] == [("Н-002", {"Стаж, лет": "7"})]
    assert [(row.code, headers) for _, row, headers in told.kept] == [("Н-002", ("Должность",))]


def test_e_and_yo_are_one_letter():
    assert brought(book(LESKOV), ["Лесков Петр Ильич", "", "", ""]).tabs[MENTORS].matched == 1


def test_initials_that_two_people_share_and_namesakes_are_asked_about():
    for known, name in (
        (book(ZIMINA, "Зимина Оксана Павловна"), "Зимина О.П."),
        (book(ZIMINA, ZIMINA), ZIMINA),
    ):
        told = brought(known, [name, "учитель", "", ""])
        assert not told.filled
        assert [each.code for each in told.problems] == ["namesakes"]


def test_another_birthday_may_be_another_person():
    known = book(ZIMINA, **{"Дата рождения": date(1980, 2, 1)})
    told = brought(known, [ZIMINA, "учитель", "", "01.02.1999"])
    assert (told.filled, [each.code for each in told.problems]) == ((), ["namesakes"])


def test_one_person_twice_in_a_file_is_one_row_and_two_accounts_of_one_are_asked_about():
    told = brought({}, [ZIMINA, "учитель", "", ""], ["Зимина Ольга  Петровна", "", "7", ""])
    assert [cells for _, cells in told.tabs[MENTORS].fresh] == [
        {"ФИО": ZIMINA, "Должность": "учитель", "Стаж, лет": "7"}
    ]
    assert told.tabs[MENTORS].repeated == 1
    told = brought({}, [ZIMINA, "учитель", "", ""], [ZIMINA, "психолог", "", ""])
    assert (len(told.tabs[MENTORS].fresh), [each.code for each in told.problems]) == (1, ["person-twice"])


def test_a_cell_that_its_column_cannot_hold_and_a_name_of_one_word_are_told():
    told = brought(
        {}, [ZIMINA, "учитель", "", "скоро"], ["Лесков Пётр", "", "", ""], ["Юдина В.П.", "", "", ""]
    )
    assert [row.cells["ФИО"] for row, _ in told.tabs[MENTORS].fresh] == [ZIMINA, "Лесков Пётр", "Юдина В. П."]
    assert [(each.code, each.origin.row) for each in told.problems] == [
        ("list-cell", 2),
        ("name-initials", 4),
    ]


def test_a_pair_is_known_by_its_people_however_they_are_spelled_and_a_stranger_to_the_files_lists_is_told():
    known = {
        **book(ZIMINA), **book(OSIPOVA, tab=MENTEES),
        PAIRS: [Row(Origin("", PAIRS, 2), "П-001", {"Наставник": "Н-002", "Наставляемый": OSIPOVA})],
    }  # fmt: skip
    rows, _ = read(["Наставник", "Наставляемый", "Цель"], ["Зимина О.П.", OSIPOVA.upper(), "чтение"])
    told = merged(known, rows, take)
    assert [(row.code, cells) for _, row, cells in told.filled] == [("П-001", {"Цель": "чтение"})]
    lists = [*read(["ФИО", "Должность"], [ZIMINA, "учитель"], called="Наставники")[0]]
    stray, _ = read(["Наставник", "Наставляемый"], [LESKOV, OSIPOVA])
    told = merged({}, [*stray, *lists], take)
    assert [cells["ФИО"] for _, cells in told.tabs[MENTORS].fresh] == [ZIMINA]
    assert [each.code for each in told.problems] == ["pair-stranger"]


@pytest.mark.parametrize(("start", "fresh"), [("01.09.2026", 1), ("01.02.2026", 0)])
def test_a_pair_that_ended_begins_anew_where_the_file_says_a_later_day(start, fresh):
    ended = {
        "Наставник": ZIMINA,
        "Наставляемый": OSIPOVA,
        "Состояние": FINISHED,
        "Дата окончания": date(2026, 5, 31),
    }
    known = {**book(ZIMINA), **book(OSIPOVA, tab=MENTEES), PAIRS: [Row(Origin("", PAIRS, 2), "П-001", ended)]}
    rows, _ = read(["Наставник", "Наставляемый", "Дата начала"], [ZIMINA, OSIPOVA, start])
    assert len(merged(known, rows, take).tabs[PAIRS].fresh) == fresh


@pytest.mark.parametrize("title", KEYS)
def test_every_column_of_a_tab_of_ours_arrives_from_a_list_that_is_headed_as_the_tab(title):
    columns = [
        each.header for each in settings.book_layout().tab(title).columns if not each.header.startswith("⚙")
    ]
    people = {"ФИО": ZIMINA, "Именительный": ZIMINA, "Наставник": ZIMINA, "Наставляемый": LESKOV}
    line = [people.get(header, f"слово {at}") for at, header in enumerate(columns)]
    grid = tuple(tuple(map(GridCell, row)) for row in (columns, line))
    (table,) = people_tables(Document(tables=(grid,), names=(title,)), "список.xlsx")
    rows, problems = rows_of(table, "список.xlsx")
    (row,) = [each for each in rows if each.tab == title]
    assert dict(row.cells) == dict(zip(columns, line, strict=True))
    assert problems == ()


@pytest.mark.parametrize(
    "line",
    [
        ["", "Директор ____ Иванова И. И.", ""],
        ["Заведующий", "__________", "Иванова И. И."],
        ["", "Исполнитель: Иванова Инна Ивановна", ""],
        ["Итого: 1", "", ""],
        ["", "Всего наставников – 1", ""],
        ["", "Директор Иванова Инна Ивановна", ""],
    ],
)
def test_a_signature_or_a_total_below_a_list_is_nobody_of_the_list(line):
    grid = [["№", "ФИО наставника", "Должность"], ["1", ZIMINA, "учитель"], ["", "", ""], line]
    assert [row.cells["ФИО"] for row in mentors_of(grid)] == [ZIMINA]


def test_who_bears_a_post_as_a_name_or_waits_for_the_pen_is_of_the_list():
    head = ["Должность", "ФИО наставника", "Дата согласия"]
    rows = [
        ["Методист", ZIMINA, ""],
        ["Директор", LESKOV, ""],
        ["учитель", "Директорова Вера Павловна", "____"],
    ]
    assert len(mentors_of([head, *rows])) == len(rows)


def mentors_of(grid):
    cells = tuple(tuple(map(GridCell, row)) for row in grid)
    (table,) = people_tables(Document(tables=(cells,), names=("Наставники",)), "список.xlsx")
    return [row for row in rows_of(table, "список.xlsx")[0] if row.tab == MENTORS]

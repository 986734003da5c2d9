"""Tables as schools lay them out: columns known by words or contents, sections, periods as columns, torn rows."""

from datetime import date

import pytest

from flows.domain import periods
from flows.domain.model import Severity
from flows.domain.roadmap.activities import Sheet, from_grids
from flows.domain.roadmap.grids import Document, GridCell, Merge
from flows.domain.terms.printing import say_all

SCHOOL = Document(
    "Дорожная карта МБОУ «СОШ № 5» на 2026-2027 учебный год", "МБОУ «СОШ № 5»", periods.of_years(2026, 2027)
)
PLAN = Document("Дорожная карта на 2026-2028 годы", "МБОУ «СОШ № 5»", periods.of_years(2026, 2028))


def grid(*rows):
    width = max(map(len, rows))
    return tuple(
        tuple(
            cell if isinstance(cell, GridCell) else GridCell(cell)
            for cell in [*row, *[""] * (width - len(row))]
        )
        for row in rows
    )


def section(text, width, number=""):
    cells = [GridCell(number)] if number else []
    return [*cells, GridCell(text), *[GridCell(text, Merge.ACROSS)] * (width - len(cells) - 1)]


def down(text):
    return GridCell(text, Merge.DOWN)


def from_grid(rows, document):
    return from_grids((Sheet(rows),), document)


def read(*rows, document=SCHOOL):
    return from_grid(grid(*rows), document)


def told(activities):
    return [(each.number, each.activity, say_all(each.term.windows)) for each in activities]


@pytest.mark.parametrize(
    "head",
    [
        ("№", "Мероприятие", "Срок", "Ответственный", "Результат"),
        (
            "№ п/п",
            "Наименование мероприятий",
            "Сроки реализации",
            "Ответственные исполнители",
            "Вид документа",
        ),
        ("№\nп/п", "Содержание работы", "Срок исполнения", "Ответственные лица", "Ожидаемый результат"),
        ("п/п", "Мероприятия", "Дата проведения", "Исполнители", "Планируемый результат"),
        ("N п/п", "Вид деятельности", "Период", "Кто отвечает", "Итоговый документ"),
        ("№", "Перечень мероприятий", "Примерные сроки", "Отв.", "Форма отчётности"),
        ("№", "Действия", "Когда", "Ответственный", "Подтверждающий документ"),
        (
            "Номер",
            "Наимено- вание мероприятия",
            "Сроки выполнения",
            "Ответствен- ные",
            "Результат. Вид документа",
        ),
        (
            "№ п/п *",
            "Мероприятие *",
            "Срок (как в документе) *",
            "Ответственный *",
            "Результат, вид документа",
        ),
    ],
)
def test_a_header_is_known_by_many_words(head):
    (activity,), problems = read(head, ("1.1", "Назначить куратора", "до 15.09.2026", "Директор", "Приказ"))
    assert (activity.number, activity.activity, say_all(activity.term.windows), activity.responsible, activity.result) == (
        "1.1", "Назначить куратора", "до 15.09.2026", ("Директор",), "Приказ",
    )  # fmt: skip
    assert "layout-guessed" not in {each.code for each in problems}


def test_columns_nobody_needs_do_not_take_the_place_of_others():
    head = (
        "№",
        "Направление",
        "Мероприятие",
        "Участники",
        "Место проведения",
        "Сроки",
        "Ответственные",
        "Отметка о выполнении",
        "Примечание",
    )
    (activity,), _ = read(
        head,
        (
            "1",
            "Обучение",
            "Провести семинар",
            "наставники",
            "актовый зал",
            "октябрь 2026",
            "Методист",
            "май 2027",
            "до обеда",
        ),
    )
    assert (activity.stage, activity.activity, activity.printed_term, activity.responsible) == (
        "Обучение",
        "Провести семинар",
        "октябрь 2026",
        ("Методист",),
    )


def test_a_second_activity_is_content_and_two_results_are_one():
    head = ("Этап", "Мероприятия", "Содержание деятельности", "Сроки", "Ожидаемый результат", "Вид документа")
    (activity,), _ = read(
        head, ("Начало", "Подготовка", "Изучить письмо", "сентябрь 2026", "Все знают", "Протокол педсовета")
    )
    assert (activity.activity, activity.content, activity.result) == (
        "Подготовка",
        "Изучить письмо",
        "Все знают\nПротокол педсовета",
    )
    assert activity.documents == ("protocol.council",)


def test_cut_header_words_are_helped_out_by_what_stands_below():
    rows = [("№", "Наименование мероприятия", "", "Ответ", "Результат")] + [
        (f"1.{at}", f"Сделать дело номер {at}", term, "Директор, куратор", "Приказ")
        for at, term in enumerate(("май 2027", "до 1 октября 2026 г.", "постоянно"), 1)
    ]
    activities, problems = read(*rows)
    assert [each.term.kind for each in activities] == ["dated", "dated", "ongoing"]
    assert activities[0].responsible == ("Директор", "куратор")
    guessed = next(each for each in problems if each.code == "layout-guessed")
    assert guessed.severity is Severity.QUESTION
    assert "Срок" in guessed.message


def test_a_table_without_a_header_is_told_by_its_contents():
    rows = [
        ("1", "Разработка положения о наставничестве в школе", "Директор", "август 2026", "Положение"),
        ("2", "Назначение куратора и ответственных лиц", "Директор", "до 01.09.2026", "Приказ"),
        (
            "3",
            "Подведение итогов работы пар за учебный год",
            "Куратор, педагог-психолог",
            "май 2027",
            "Справка",
        ),
    ]
    activities, problems = read(*rows)
    assert told(activities)[1] == ("2", "Назначение куратора и ответственных лиц", "до 01.09.2026")
    assert [each.result for each in activities] == ["Положение", "Приказ", "Справка"]
    assert activities[2].responsible == ("Куратор", "педагог-психолог")
    assert "layout-guessed" in {each.code for each in problems}


def test_terms_under_a_wrong_header_are_found_and_asked_about():
    rows = [("№", "Мероприятие", "Сроки", "Ответственный")] + [
        (str(at), f"Дело номер {at}", "Директор школы", f"{month} 2026")
        for at, month in enumerate(("сентябрь", "октябрь", "ноябрь", "декабрь"), 1)
    ]
    activities, problems = read(*rows)
    assert told(activities)[0] == ("1", "Дело номер 1", "сентябрь 2026")
    assert activities[0].responsible == ("Директор школы",)
    assert "layout-guessed" in {each.code for each in problems}


def test_a_table_of_figures_or_of_people_is_no_plan():
    activities, (problem,) = read(("ФИО", "Должность", "Стаж"), ("Имя Вымышленное", "учитель", "5"))
    assert (activities, problem.code) == ((), "no-header")


def test_a_header_on_two_lines_and_column_numbers_are_no_rows():
    head = ("№", "Наименование", "Срок", "Ответственный", "Результат,")
    below = ("п/п", "мероприятий", "реализации", "исполнитель", "вид документа")
    activities, _ = read(
        head, below, ("1", "2", "3", "4", "5"), ("1.", "Собрать", "май 2027", "Методист", "Протокол")
    )
    assert told(activities) == [("1.", "Собрать", "май 2027")]


def test_lines_above_the_header_and_a_header_repeated_on_every_page_are_no_rows():
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    activities, _ = read(
        ("План на год",),
        ("",),
        head,
        ("1", "Раз", "май 2027", "Методист", "Приказ"),
        head,
        ("2", "Два", "май 2027", "Методист", "Приказ"),
    )
    assert [each.number for each in activities] == ["1", "2"]
    assert activities[0].origin.row == 4


@pytest.mark.parametrize(
    "heading",
    [
        section("Раздел 1. Документы", 5), section("Документы", 5, "1."), ("1.", "Документы"), ("I", "Документы"), ("Раздел I. Документы",),
        ("", "Этап 1. Документы"), ("", "ДОКУМЕНТЫ"),
    ],
)  # fmt: skip
def test_a_section_is_a_stage_whether_its_cells_are_merged_or_not(heading):
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    activities, _ = read(
        head,
        heading,
        ("1.1", "Раз.", "май 2027", "Методист", "Приказ"),
        ("1.2", "Два.", "май 2027", "Методист", "Приказ"),
    )
    assert [each.number for each in activities] == ["1.1", "1.2"]
    assert activities[0].stage.lower().endswith("документы")


def test_a_plain_number_without_other_cells_stays_an_activity_in_a_plain_list():
    head = ("№", "Мероприятие", "Срок", "Ответственный")
    activities, problems = read(
        head,
        ("1", "Собрать запросы", "май 2027", "Методист"),
        ("2", "Обсудить запросы", "", ""),
        ("3", "Записать запросы", "май 2027", "Методист"),
    )
    assert [each.number for each in activities] == ["1", "2", "3"]
    assert {each.subject for each in problems if each.code == "empty-term"} == {"2"}


def test_a_month_as_a_section_dates_the_rows_below_it():
    activities, _ = read(
        ("№", "Мероприятие", "Ответственный"),
        section("Сентябрь", 3),
        ("1", "Раз", "Методист"),
        section("Октябрь 2026", 3),
        ("2", "Два", "Методист"),
    )
    assert told(activities) == [("1", "Раз", "сентябрь 2026"), ("2", "Два", "октябрь 2026")]
    assert activities[0].term.flags == {"year-derived"}


def test_a_school_year_as_a_section_gives_its_months_a_year():
    rows = (
        ("№", "Мероприятие", "Срок"),
        section("2026-2027 учебный год", 3),
        ("1", "Раз", "май"),
        section("2027-2028 учебный год", 3),
        ("2", "Два", "сентябрь"),
    )
    activities, _ = read(*rows, document=PLAN)
    assert told(activities) == [("1", "Раз", "май 2027"), ("2", "Два", "сентябрь 2027")]


def test_marked_months_as_columns_are_the_terms_of_a_row():
    head = ("№", "Мероприятие", "Сентябрь", "Октябрь", "Ноябрь", "Май", "Ответственный")
    rows = (
        ("1", "Раз", "+", "", "", "", "Методист"),
        ("2", "Два", "", "х", "", "х", "Методист"),
        ("3", "Три", "", "V", GridCell("V", Merge.ACROSS), "", "Методист"),
    )
    activities, problems = read(head, *rows)
    assert told(activities) == [
        ("1", "Раз", "сентябрь 2026"),
        ("2", "Два", "октябрь 2026; май 2027"),
        ("3", "Три", "октябрь – ноябрь 2026"),
    ]
    assert "no-term-column" not in {each.code for each in problems}


def test_years_and_quarters_as_columns_take_what_stands_in_their_cells():
    head = ("№", "Мероприятие", "2026 год", "2027 год", "2028 год")
    activities, _ = read(
        head, ("1", "Раз", "май", "май", ""), ("2", "Два", "", "до 15.10", "+"), document=PLAN
    )
    assert told(activities)[0] == ("1", "Раз", "май 2026; май 2027")
    assert told(activities)[1][2].endswith("2028 год")
    quarters, _ = read(
        ("№", "Мероприятие", "I кв. 2027", "II кв. 2027"), ("1", "Раз", "+", ""), ("2", "Два", "", "+")
    )
    assert [each[2] for each in told(quarters)] == ["январь – март 2027", "апрель – июнь 2027"]


def test_months_under_years_in_a_header_of_two_lines_are_joined():
    head = (
        "№",
        "Мероприятие",
        "2026",
        GridCell("2026", Merge.ACROSS),
        "2027",
        GridCell("2027", Merge.ACROSS),
    )
    below = (down("№"), down("Мероприятие"), "сентябрь", "октябрь", "январь", "май")
    activities, _ = read(head, below, ("1", "Раз", "", "+", "", "+"), document=PLAN)
    assert told(activities) == [("1", "Раз", "октябрь 2026; май 2027")]


def test_a_grid_of_directions_and_months_gives_an_activity_for_each_cell():
    head = ("Направление", "Сентябрь", "Октябрь")
    activities, _ = read(
        head,
        ("Документы", "Издать приказ о назначении куратора", "Закрепить наставнические пары приказом"),
        ("Обучение", "", "Провести семинар для наставников"),
    )
    assert [(each.stage, say_all(each.term.windows)) for each in activities] == [
        ("Документы", "сентябрь 2026"), ("Документы", "октябрь 2026"), ("Обучение", "октябрь 2026"),
    ]  # fmt: skip
    assert activities[0].documents == ("order.curator",)


def test_a_beginning_and_an_end_in_two_columns_are_one_term():
    activities, _ = read(
        ("№", "Мероприятие", "Начало", "Окончание"),
        ("1", "Раз", "01.09.2026", "30.09.2026"),
        ("2", "Два", "", "31.05.2027"),
    )
    assert [each[2] for each in told(activities)] == ["сентябрь 2026", "до 31.05.2027"]


def test_a_month_and_a_year_in_two_columns_are_one_term():
    activities, _ = read(("№", "Мероприятие", "Месяц", "Год"), ("1", "Раз", "май", "2027"), document=PLAN)
    assert told(activities) == [("1", "Раз", "май 2027")]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.1. Обеспечить", "1.1.", "Обеспечить"), ("1.5 Разработать", "1.5", "Разработать"), ("1.1.Провести", "1.1.", "Провести"), ("2) Собрать", "2)", "Собрать"),
        ("1.2.3 Узнать", "1.2.3", "Узнать"), ("01.09.2026 провести линейку", "", "01.09.2026 провести линейку"), ("1 сентября провести", "", "1 сентября провести"),
    ],
)  # fmt: skip
def test_a_number_inside_the_text_is_the_row_s_number(text, number, rest):
    (activity,), _ = read(("Мероприятия этапа", "Срок", "Ответственный"), (text, "май 2027", "Методист"))
    assert (activity.number, activity.activity) == (number, rest)


def test_a_row_torn_by_a_page_is_joined_in_every_cell_and_said_so():
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    rows = (
        ("1", "Провести семинар для", "Август-", "Заместитель", "Протокол,"),
        ("", "наставников", "сентябрь 2026", "директора", "справка"),
    )
    (activity,), problems = read(head, *rows)
    assert (activity.activity, say_all(activity.term.windows), activity.responsible, activity.result) == (
        "Провести семинар для наставников", "август – сентябрь 2026", ("Заместитель директора",), "Протокол, справка",
    )  # fmt: skip
    assert "joined-row" in {each.code for each in problems}


def test_rows_under_one_number_stay_rows_of_their_own():
    head = ("№", "Этап", "Содержание деятельности", "Сроки")
    activities, problems = read(
        head, ("1", "Начало", "Собрать", "май 2027"), (down("1"), down("Начало"), "Обсудить", "май 2027")
    )
    assert [(each.code, each.stage) for each in activities] == [("1", "Начало"), ("1#2", "Начало")]
    assert "duplicate-number" not in {each.code for each in problems}


def test_a_merged_term_holds_for_all_its_rows_and_says_so():
    head = ("№", "Мероприятие", "Срок")
    activities, problems = read(head, ("1", "Раз", "май 2027"), ("2", "Два", down("май 2027")))
    assert told(activities)[1] == ("2", "Два", "май 2027")
    assert [(each.code, each.subject) for each in problems if each.code == "merged-cell"] == [
        ("merged-cell", "2")
    ]


def test_a_repeated_number_of_a_plain_list_is_asked_about():
    rows = [(str(number), f"Дело {at}", "май 2027") for at, number in enumerate((1, 2, 3, 3, 4))]
    activities, problems = read(("№", "Мероприятие", "Срок"), *rows)
    assert [each.code for each in activities] == ["1", "2", "3", "3#2", "4"]
    assert [each.subject for each in problems if each.code == "duplicate-number"] == ["3#2"]


def test_numbered_items_of_a_plan_with_no_other_column_are_activities():
    activities, _ = read(
        ("№", "Наименование этапа", "Содержание деятельности"),
        ("2.", "Банк", "1) Собрать запросы\n2) Составить банк\nнаставляемых"),
        ("7.", "Сайт", "Вести сайт"),
    )
    assert [(each.code, each.number, each.activity) for each in activities] == [
        ("2.1", "2.1)", "Собрать запросы"),
        ("2.2", "2.2)", "Составить банк\nнаставляемых"),
        ("7", "7.", "Вести сайт"),
    ]


def test_one_roadmap_printed_as_several_tables_counts_through():
    head = ("№", "Мероприятие", "Срок")
    sheets = (
        Sheet(grid(head, ("1.1", "Раз", "май 2027")), "таблица 1"),
        Sheet(grid(("1.2", "Два", "июнь 2027")), "таблица 2"),
        Sheet(grid(head, ("1.1", "Три", "июнь 2027")), "таблица 3", "Этап 2. Работа"),
    )
    activities, problems = from_grids(sheets, SCHOOL, "план")
    assert [(each.code, each.stage, each.origin.tab) for each in activities] == [
        ("1.1", "", "таблица 1"),
        ("1.2", "", "таблица 2"),
        ("1.1#2", "Этап 2. Работа", "таблица 3"),
    ]
    assert "duplicate-number" in {each.code for each in problems}


def test_foreign_words_and_numbers_of_another_school_are_asked_about():
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    _, problems = read(
        head, ("1", "Собрать старших воспитателей", "май 2027", "Директор", "Приказ по СОШ № 7")
    )
    assert {"foreign-word", "foreign-organisation"} <= {each.code for each in problems}


def test_minutes_later_than_the_order_they_are_the_ground_for_are_asked_about():
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    rows = (
        (
            "1",
            "Утверждение положения",
            "август 2026",
            "Директор",
            "Приказ об утверждении Положения о наставничестве",
        ),
        ("2", "Рассмотрение и принятие Положения", "октябрь 2026", "Директор", "Протокол педсовета"),
    )
    _, problems = read(head, *rows)
    assert [each.subject for each in problems if each.code == "minutes-after-order"] == ["2"]
    stamped = Document(
        "Дорожная карта на 2026-2027",
        "",
        SCHOOL.period,
        ("Протокол от 30.09.2026 № 1", "Приказ от 01.09.2026 № 5"),
    )
    _, problems = read(head, rows[0], document=stamped)
    assert "minutes-after-order" in {each.code for each in problems}


def test_every_finding_says_how_to_mend_it_and_names_nobody():
    head = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
    _, problems = read(
        head,
        ("1", "Собрать", "31.02.2027", "Вымышленная А.А.", "Справка"),
        ("1", "Обсудить", "как получится", "", ""),
    )
    assert {"impossible-date", "unreadable-term", "duplicate-number"} <= {each.code for each in problems}
    assert all("Вымышленная" not in each.message and each.message.endswith((".", "?")) for each in problems)


def test_the_period_of_a_plan_is_derived_from_its_dates_and_asked_about():
    activities, problems = from_grid(
        grid(
            ("№", "Мероприятие", "Срок"),
            ("1", "Раз", "май 2027"),
            ("2", "Два", "июнь 2037"),
            ("3", "Три", "июнь 2027"),
        ),
        Document(),
    )
    assert "outside-period" in activities[1].term.flags
    assert next(each.proposal for each in problems if each.code == "period-derived") == "2027"
    assert date(2037, 6, 1) == activities[1].term.windows[0].start

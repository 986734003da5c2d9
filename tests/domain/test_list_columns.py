"""The columns of lists of people as schools head them; every name is invented."""

import pytest

from flows import settings
from flows.domain.lists.columns import columns_of_list
from flows.domain.lists.header_fields import PEOPLE_HEADERS, WHOSE
from flows.domain.roadmap.grids import GridCell, Merge
from flows.domain.tabs import MENTEES, MENTORS, PAIRS
from flows.workspace.layout import SYSTEM

ONE, TWO = "Зимина Ольга Петровна", "Лесков Пётр Ильич"
H, L, P = MENTORS, MENTEES, PAIRS


def grid(*rows):
    return tuple(tuple(GridCell(text) for text in row) for row in rows)


def meant(lists):
    return [(each.tab, [each.meanings.get(at) for at in each.headers]) for each in lists]


def row(headers):
    """Return a row of data under headers: persons where persons stand, something plain elsewhere."""
    return [
        ONE if "аставник" in text else TWO if "ФИО" in text or "пециалист" in text or "." in text else "7"
        for text in headers
    ]


def test_our_own_headers_are_those_of_the_workbook():
    tabs = {tab.title: tab for tab in settings.book_layout().tabs}
    for title, headers in PEOPLE_HEADERS.items():
        own = [each.header for each in tabs[title].columns if not each.header.startswith(SYSTEM)]
        assert list(headers) == own[: len(headers)], title
        assert title not in {H, L, P} or list(headers) == own


@pytest.mark.parametrize("title", [*PEOPLE_HEADERS])
def test_a_tab_of_ours_is_read_by_its_own_headers(title):
    headers = PEOPLE_HEADERS[title]
    line = [ONE, TWO, *["текст"] * len(headers)][: len(headers)]
    (known,) = columns_of_list(grid([f"{text} *" for text in headers], line), f" {title.upper()} ")
    persons = {header: tab for tab, header in WHOSE.items()} if title == PAIRS else {}
    assert known.tab == title
    assert [known.meanings[at] for at in range(len(headers))] == [
        (persons.get(text, title), "ФИО" if text in persons else text) for text in headers
    ]


LISTS = [
    # what a tab or a caption is called, the header, and what each column means
    ("наставники ", ["№", "Ф.И.О.", "ДОЛЖНОСТЬ ", "Пед. стаж", "Кв. категория"], H,
     [None, (H, "ФИО"), (H, "Должность"), (H, "Стаж, лет"), (H, "Квалификационная категория")]),
    ("", ["ФИО\nнаставника", "Долж-\nность", "Эл. адрес"], H, [(H, "ФИО"), (H, "Должность"), (H, "Эл. почта")]),
    ("Лист1", ["№ п/п", "Ф. И. О. молодого\nспециалиста", "Занимаемая должность", "Дата приема на работу"], L,
     [None, (L, "ФИО"), (L, "Должность"), (L, "Дата приёма")]),
    ("Список молодых специалистов", ["Фамилия", "Имя", "Отчество", "Дата рожд.", "Телефон", "дефициты", "запрос"], L,
     [(L, "Фамилия"), (L, "Имя"), (L, "Отчество"), (L, "Дата рождения"), (L, "Контакты"), (L, "Дефициты"), (L, "Запрос (что нужно)")]),
    ("ПАРЫ", ["Наставник", "Должность", "Молодой специалист", "Должность", "Цель", "Срок"], P,
     [(H, "ФИО"), (H, "Должность"), (L, "ФИО"), (L, "Должность"), (P, "Цель"), (P, "Срок")]),
    ("", ["№", "Наставник (Ф.И.О., должность)", "Наставляемый (Ф.И.О., должность)", "Дата начала", "Дата завершения"], P,
     [None, (H, "ФИО"), (L, "ФИО"), (P, "Дата начала"), (P, "Дата окончания")]),
    ("Закрепление наставников за молодыми педагогами", ["Ф.И.О. педагога", "Стаж", "Ф.И.О. наставника", "Кат."], P,
     [(L, "ФИО"), (L, "Стаж, лет"), (H, "ФИО"), (H, "Квалификационная категория")]),
    ("База наставляемых", ["№", "ФИО наставляемого", "Контактные данные для связи", "Год рождения наставляемого",
      "Основной запрос наставляемого", "Дата вхождения в программу", "ФИО наставника", "Форма наставничества",
      "Место работы/учёбы наставника", "Дата завершения программы", "Результаты программы"], P,
     [None, (L, "ФИО"), (L, "Контакты"), (L, "Дата рождения"), (L, "Запрос (что нужно)"), (P, "Дата начала"), (H, "ФИО"),
      (P, "Форма"), None, (P, "Дата окончания"), None]),
    ("База наставников", ["№", "ФИО наставника", "Основные компетенции наставника", "Желаемый возраст наставляемых",
      "Ресурс времени на программу", "ФИО наставляемого (наставляемых)"], P,
     [None, (H, "ФИО"), (H, "Чем готов помочь"), None, None, (L, "ФИО")]),
    ("", ["ФИО", "Класс", "ФИО родителя (законного представителя)", "Запрос"], L,
     [(L, "ФИО"), (L, "Должность"), (L, "Законный представитель"), (L, "Запрос (что нужно)")]),
    ("Лист1", ["ФИО", "Должность", "Чем может помочь"], H, [(H, "ФИО"), (H, "Должность"), (H, "Чем готов помочь")]),
    ("Лист1", ["Фамилия Имя Отчество", "Дата Рождения", "Должность"], "",
     [("", "ФИО"), ("", "Дата рождения"), ("", "Должность")]),
    ("", ["№", "Пара (наставник – наставляемый)", "Цель программы", "№ доп. соглашения"], P,
     [None, (P, "Пара"), (P, "Цель"), (P, "Доп. соглашение №")]),
    ("Педагоги, нуждающиеся в наставнике", ["ФИО педагога", "Должность", "Желаемый наставник"], L,
     [(L, "ФИО"), (L, "Должность"), None]),
    ("Вновь принятые", ["ФИО", "Дата приема", "Опыт работы", "Прикреплённый наставник"], P,
     [(L, "ФИО"), (L, "Дата приёма"), (L, "Стаж, лет"), (H, "ФИО")]),
    ("Наставники", ["Фaмилия, имя, oтчество", "Должн."], H, [(H, "ФИО"), (H, "Должность")]),  # two letters are Latin
]  # fmt: skip


@pytest.mark.parametrize(("title", "headers", "tab", "meanings"), LISTS)
def test_headers_are_understood_however_people_write_them(title, headers, tab, meanings):
    told = columns_of_list(grid(headers, row(headers)), title)
    assert meant(told) == [(tab, meanings)]


def test_a_header_in_the_tenth_row_is_found_and_what_stands_above_it_says_whose_list_it_is():
    above = [["МБОУ СОШ № 5"], [""], ["Список наставников"], *[[""]] * 6]
    (told,) = columns_of_list(grid(*above, ["№", "ФИО", "Должность"], ["1", ONE, "учитель"]), "Лист1")
    assert (told.tab, told.head, told.first, told.last) == (MENTORS, 9, 10, 11)


@pytest.mark.parametrize("merged", [True, False])
def test_two_rows_of_headers_are_one(merged):
    top = [
        GridCell("Наставник"),
        GridCell("Наставник" if merged else "", Merge.ACROSS if merged else Merge.NONE),
        GridCell("Наставляемый"),
        GridCell(""),
    ]
    under = grid(["ФИО", "Должность", "ФИО", "Стаж"], [ONE, "учитель", TWO, "1"])
    (told,) = columns_of_list((tuple(top), *under))
    assert (told.tab, told.first) == (PAIRS, 2)
    assert list(told.meanings.values()) == [(H, "ФИО"), (H, "Должность"), (L, "ФИО"), (L, "Стаж, лет")]


def test_two_lists_under_one_another_and_two_beside_one_another_are_two():
    under = grid(
        ["Наставники", ""], ["ФИО", "Должность"], [ONE, "учитель"], ["", ""],
        ["Наставляемые", ""], ["ФИО", "Должность"], [TWO, "учитель"],
    )  # fmt: skip
    assert [(each.tab, each.first, each.last) for each in columns_of_list(under)] == [(H, 2, 5), (L, 6, 7)]
    beside = grid(
        ["Наставники", "", "", "Наставляемые", "", ""], ["№", "ФИО", "Должность"] * 2, ["1", ONE, "a", "1", TWO, "b"]
    )  # fmt: skip
    assert meant(columns_of_list(beside)) == [
        (H, [None, (H, "ФИО"), (H, "Должность")]),
        (L, [None, (L, "ФИО"), (L, "Должность")]),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        ["№", "Мероприятие", "Срок", "Ответственный"],
        ["Дата", "Содержание работы", "Наставник", "Отметка"],
        ["№", "Показатель", "Значение"],
        ["Вопрос", "Ответ наставника"],
    ],
)
def test_a_plan_is_no_list_of_people(headers):
    assert (
        columns_of_list(grid(headers, ["1", "Беседа", "май", ONE][: len(headers)]), "План наставника") == ()
    )

"""Headers as people leave them: moved and respelt ones are found, renamed, doubled and missing ones refuse the whole tab."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.domain.model import Severity
from flows.domain.text import fold
from flows.workspace import headers, reading, table
from flows.workspace.sheets import Sheet
from tests.workspace.tabs import LAYOUT, cell, sheet, tab, whole

TABS = [each.title for each in LAYOUT.tabs if each.owner != "service"]
REQUIRED = [
    (each.title, column.header)
    for each in LAYOUT.tabs
    if each.owner == "people"
    for column in each.columns
    if column.required or column.header == "⚙ Код"
]
OPTIONAL = [
    (each.title, column.header)
    for each in LAYOUT.tabs
    if each.owner == "people"
    for column in each.columns
    if not column.required and column.header != "⚙ Код"
]
OWNED = [
    (each.title, column.header) for each in LAYOUT.tabs if each.owner == "system" for column in each.columns
]


def heads(title):
    return [column.printed for column in tab(title).columns]


def read(title, printed, *rows):
    return table.read(sheet(title, *rows, heads=printed), tab(title), "книга", LAYOUT.lists)


def refused(title, printed):
    made, problems = read(title, printed)
    assert made is None
    return [each for each in problems if each.severity is Severity.STOP]


@pytest.mark.parametrize("title", TABS)
def test_the_headers_of_the_layout_are_read_without_a_word(title):
    made, problems = read(title, heads(title))
    assert made is not None
    assert problems == ()


@pytest.mark.parametrize("title", TABS)
def test_moved_columns_are_found_wherever_they_stand(title):
    printed = heads(title)
    turned = ["Моё", *reversed(printed), ""]
    made, problems = read(title, turned)
    assert made is not None
    assert problems == ()
    assert {turned[at].removesuffix(" *") for at in made.columns.values()} == {
        text.removesuffix(" *") for text in printed
    }


@pytest.mark.parametrize(
    "respelt",
    [
        str.upper,
        str.lower,
        lambda text: f"  {text}: ",
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("ё", "е"),
        lambda text: text.removesuffix(" *"),
    ],
)
def test_case_spaces_stars_colons_and_yo_do_not_matter(respelt):
    for title in TABS:
        made, problems = read(title, [respelt(text) for text in heads(title)])
        assert made is not None, title
        assert problems == ()


@pytest.mark.parametrize(("title", "header"), REQUIRED)
def test_a_needed_column_that_is_gone_refuses_the_tab(title, header):
    problem = refused(title, [text for text in heads(title) if text.removesuffix(" *") != header])[0]
    assert problem.code == "header-missing"
    assert f"«{title}»" in problem.message
    assert f"«{header}»" in problem.message
    assert problem.origin.row == 1


@pytest.mark.parametrize(("title", "header"), OWNED)
def test_a_tab_of_the_systems_own_needs_all_its_columns(title, header):
    assert refused(title, [text for text in heads(title) if text.removesuffix(" *") != header])


@pytest.mark.parametrize(("title", "header"), OPTIONAL)
def test_another_column_that_is_gone_counts_as_empty_and_is_noted(title, header):
    made, problems = read(title, [text for text in heads(title) if text.removesuffix(" *") != header])
    assert made is not None
    assert header not in made.columns
    assert [(each.severity, each.code, each.origin.column) for each in problems] == [
        (Severity.NOTE, "header-missing", header)
    ]


@pytest.mark.parametrize(("title", "header"), [*REQUIRED, *OPTIONAL])
def test_a_renamed_column_refuses_the_tab_and_is_named_whatever_it_is_called_now(title, header):
    """A near name is known by its letters, any other by the place it stands in."""
    for name in (f"{header} сотрудника", f"{header[:-1]}", "Совсем другое"):
        if fold(name) in {fold(text) for text in heads(title)}:
            continue
        problem = next(
            each
            for each in refused(
                title, [name if text.removesuffix(" *") == header else text for text in heads(title)]
            )
            if each.origin.column == header
        )
        assert problem.code == "header-renamed"
        assert f"«{name}»" in problem.message
        assert "ничего не пишется" in problem.message


@pytest.mark.parametrize("title", TABS)
def test_every_doubled_column_refuses_the_tab(title):
    for text in heads(title):
        problem = refused(title, [*heads(title), text.upper()])[0]
        assert problem.code == "header-doubled"
        assert problem.origin.column == text.removesuffix(" *")


def test_peoples_own_columns_are_left_alone_even_twice():
    made, problems = read("Наставники", ["Телефон", *heads("Наставники"), "Телефон", "", ""])
    assert made is not None
    assert problems == ()


@pytest.mark.parametrize("title", TABS)
def test_an_empty_tab_is_one_finding(title):
    empty = Sheet(7, title, hidden=False, rows=1000, columns=26)
    made, problems = table.read(empty, tab(title), "книга", LAYOUT.lists)
    assert made is None
    assert [(each.code, each.severity) for each in problems] == [("no-headers", Severity.STOP)]
    assert "init" in problems[0].message


@pytest.mark.parametrize("title", TABS)
def test_headers_pushed_down_are_found_and_named(title):
    pushed = sheet(title, heads=["Список на 2026 год"])
    pushed = replace(pushed, cells=(*pushed.cells, *sheet(title).cells))
    _, problems = table.read(pushed, tab(title), "книга", LAYOUT.lists)
    assert len(problems) == 1
    assert "в строке 2" in problems[0].message
    assert "Удалите строки над ними" in problems[0].message


@pytest.mark.parametrize(("title", "header"), [*REQUIRED, *OPTIONAL])
def test_a_header_wiped_out_over_what_people_typed_refuses_the_tab(title, header):
    """Nothing under a bare header is read: papers must not lose it in silence."""
    printed = ["" if text.removesuffix(" *") == header else text for text in heads(title)]
    at = printed.index("")
    line = ["" if place != at else "вписано" for place in range(len(printed))]
    made, problems = read(title, printed, line)
    assert made is None
    (stop,) = [each for each in problems if each.severity is Severity.STOP]
    assert stop.code in {"header-renamed", "header-missing"}
    assert f"«{header}»" in stop.message


def test_headers_wiped_out_are_asked_for():
    _, problems = read("Пары", ["" for _ in heads("Пары")], {}, ["Орлова", "Белова"])
    assert [each.code for each in problems] == ["no-headers"]
    assert "«Наставник»" in problems[0].message


@pytest.mark.parametrize("title", TABS)
def test_a_deleted_tab_is_named_and_the_others_are_read(title):
    snap = whole()
    book = reading.read(
        replace(snap, sheets=tuple(each for each in snap.sheets if each.title != title)), LAYOUT
    )
    assert book.unread == {title}
    assert [(each.code, each.origin.tab) for each in book.problems] == [("no-tab", title)]
    assert set(book.tables) == set(TABS) - {title}


@pytest.mark.parametrize("title", TABS)
def test_a_renamed_tab_is_named_with_the_name_it_has_now(title):
    snap = whole()
    book = reading.read(
        replace(
            snap,
            sheets=tuple(
                replace(each, title=f"{title} 2026") if each.title == title else each for each in snap.sheets
            ),
        ),
        LAYOUT,
    )
    assert [(each.code, each.origin.tab) for each in book.problems] == [("tab-renamed", title)]
    assert f"«{title} 2026»" in book.problems[0].message


@pytest.mark.parametrize("title", TABS)
def test_a_copied_tab_is_noted_and_not_read(title):
    snap = whole()
    copy = replace(
        next(each for each in snap.sheets if each.title == title), title=f"{title} (копия)", sheet_id=555
    )
    book = reading.read(replace(snap, sheets=(*snap.sheets, copy)), LAYOUT)
    assert book.unread == frozenset()
    assert [(each.severity, each.code, each.origin.tab) for each in book.problems] == [
        (Severity.NOTE, "tab-copied", f"{title} (копия)")
    ]


def test_peoples_own_tabs_are_nobodys_business():
    own = Sheet(
        555,
        "Телефоны",
        hidden=False,
        rows=10,
        columns=3,
        cells=(tuple(map(cell, ("ФИО", "Телефон", "Адрес"))),),
    )
    snap = whole()
    assert reading.read(replace(snap, sheets=(own, *snap.sheets)), LAYOUT).problems == ()
    assert headers.model(own, LAYOUT.tabs) is None


def test_the_tab_of_settings_is_read_by_its_headers_wherever_they_stand():
    lines = [
        ["", "Организация"],
        ["x", "Параметр", "Значение"],
        ["x", "Город", "г. Светлогорье"],
        ["", "Учебный год", "2026-2027"],
        ["", "Дата приказа", "01.09.2026"],
        ["", "Протокол №", "5-11-26"],
    ]
    moved = sheet("Настройки", *lines, heads=["Моё", *heads("Настройки")])
    told = {str(cells[0]): cells[1] for _, cells in reading.lines(reading.read(whole(moved), LAYOUT))}
    assert told["Город"] == "г. Светлогорье"
    assert told["Учебный год"] == "2026-2027"
    assert told["Дата приказа"].isoformat() == "2026-09-01"
    assert told["Протокол №"] == "5-11-26"

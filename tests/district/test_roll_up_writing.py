"""What was collected, written into the district's book: nothing that is the same, no cell of people, rows known by their keys."""

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.district.tables import Roll, tables
from flows.domain.tabs import CURATORS, FIGURES, INDICATORS, JOURNAL, ORGANISATIONS, PERFORMANCE
from flows.work.district import writing
from flows.workspace import moved, reading, workbook
from flows.workspace.cells import changes
from tests.district.given import DAY, MEMBERS, gave, handed, member, share
from tests.monitoring.monitoring_school import METHOD
from tests.road import desk as desks

LAYOUT = settings.district_layout()
YEAR = "2026-2027"
KEY = f"{YEAR}/dubok/M4"


class District:
    """A district's book in an office, and what its organisations gave."""

    def __init__(self, desk, book):
        self.space, self.id = desk.space, book

    def found(self):
        self.send(workbook.migrations(self.space.sheets.read(self.id), LAYOUT))
        rows = [["dubok", "МБДОУ № 1 «Дубок»"], ["gimnaziya", "Гимназия № 3"], ["dubok", "вторая такая же"]]
        table = self.book().tables[ORGANISATIONS]
        typed = {(at, column): told for at, row in enumerate(rows, 1) for column, told in enumerate(row)}
        self.send(changes(table.sheet, typed))

    def book(self):
        return reading.read(self.space.sheets.read(self.id), LAYOUT)

    def send(self, requests):
        if requests:
            self.space.sheets.batch(self.id, requests)

    def wanted(self, *returns, members=MEMBERS, day=DAY, book=None):
        plan = {each.slug: (handed("М-001", "1.3"),) for each in members}
        kept = writing.kept(book or self.book())
        return tables(Roll(members, {each.member: each for each in returns}, plan, kept, METHOD, day))

    def walk(self, *returns, **told):
        """Write what has to be written and return it."""
        book = self.book()
        requests = writing.requests(book, self.wanted(*returns, book=book, **told), told.get("day", DAY))
        self.send(requests)
        return requests

    def rows(self, tab):
        return {row.text("⚙ Ключ"): row for row in self.book().tables[tab].rows}

    def type_in(self, tab, key, header, text):
        table = self.book().tables[tab]
        row = next(each for each in table.rows if each.text("⚙ Ключ") == key)
        self.send(changes(table.sheet, {(row.origin.row - 1, table.columns[header]): text}))

    def turn_round(self, tab):
        """Sort the rows of a tab from the last to the first, as a person may."""
        table = self.book().tables[tab]
        lines = [table.sheet.cells[row.origin.row - 1] for row in reversed(table.rows)]
        placed = {
            (at, column): cell.value for at, line in enumerate(lines, 1) for column, cell in enumerate(line)
        }
        self.send(changes(table.sheet, placed))


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A district's book with its list of organisations, in a folder."""
    root = tmp_path_factory.mktemp("district")
    with desks.opened(root, settings.Place("uo")) as desk:
        book = desk.space.drive.book("Район", "root", {}).id
        District(desk, book).found()
    return root, settings.Place("uo", book=book)


@pytest.fixture
def district(founded, tmp_path):
    with desks.of(founded, tmp_path) as desk:
        yield District(desk, desk.place.book)


FIRST = (gave("dubok", share("M4", 1, 4, "П-001")), gave("gimnaziya", share("M4", 3, 3)))


def test_a_walk_writes_everything_once_and_the_next_one_nothing(district):
    assert district.walk(*FIRST)
    figures = district.rows(FIGURES)
    assert figures[f"{YEAR}/-/M4"].text("Значение") == "4 из 7 (57,1 %)"
    assert figures[KEY].day("⚙ Получено") == DAY
    assert district.rows(CURATORS).keys() == {"dubok", "gimnaziya"}
    assert district.walk(*FIRST) == []


def test_of_two_rows_with_one_code_the_upper_is_the_organisation(district):
    district.walk(*FIRST)
    upper, _, lower = district.book().tables[ORGANISATIONS].rows
    assert (upper.text("⚙ Доступ"), upper.number("⚙ Наставников")) == ("есть", 2)
    assert lower.text("⚙ Доступ") == ""


def test_peoples_words_stay_with_their_figures_when_rows_are_sorted_and_figures_change(district):
    district.walk(*FIRST)
    district.type_in(FIGURES, KEY, "Пояснение ОО", "программы на подписи")
    district.type_in(INDICATORS, "M4", "Цель", "100 %")
    district.turn_round(FIGURES)
    district.turn_round(INDICATORS)
    district.walk(gave("dubok", share("M4", 4, 4, "П-001")), FIRST[1])
    row = district.rows(FIGURES)[KEY]
    assert (row.text("Пояснение ОО"), row.text("Значение")) == ("программы на подписи", "4 из 4 (100,0 %)")
    goal = district.rows(INDICATORS)["M4"]
    assert (goal.text("Цель"), goal.text("По району")) == ("100 %", "7 из 7 (100,0 %)")


def test_what_differs_alone_is_written(district):
    district.walk(*FIRST)
    requests = district.walk(gave("dubok", share("M4", 1, 4, "П-001"), mentors=5), FIRST[1])
    (only,) = requests
    (line,) = only["updateCells"]["rows"]
    assert line["values"] == [{"userEnteredValue": {"numberValue": 5}}]


def test_a_new_day_is_written_in_a_request_a_tab_and_every_row_has_it(district):
    district.walk(*FIRST)
    tomorrow = date(2027, 4, 21)
    later = [replace(each, day=tomorrow) for each in FIRST]
    requests = district.walk(*later, day=tomorrow)
    assert len(requests) == 4
    assert {row.day("⚙ Получено") for row in district.rows(FIGURES).values()} == {tomorrow}
    assert {row.day("⚙ Получено") for row in district.rows(CURATORS).values()} == {tomorrow}
    assert district.walk(*later, day=tomorrow) == []


def test_rows_of_one_that_left_go_with_a_word_and_what_people_wrote_stays(district):
    district.walk(*FIRST)
    district.type_in(FIGURES, f"{YEAR}/gimnaziya/M4", "Пояснение ОО", "закрыли в марте")
    left = (MEMBERS[0], member("gimnaziya", left=date(2027, 4, 1)), MEMBERS[2])
    district.walk(FIRST[0], members=left)
    rows = district.rows(FIGURES)
    kept = rows[f"{YEAR}/gimnaziya/M4"]
    assert (kept.text("Пояснение ОО"), kept.text("Числитель")) == ("закрыли в марте", "")
    assert "gimnaziya" not in district.rows(CURATORS)
    (line,) = district.book().tables[JOURNAL].rows
    assert "«Гимназия № 3» в районе больше не участвует" in line.text("Что сделано")
    assert district.walk(FIRST[0], members=left) == []


def test_a_copied_row_is_emptied_and_a_persons_own_row_is_left_alone(district):
    district.walk(*FIRST)
    table = district.book().tables[FIGURES]
    row = next(each for each in table.rows if each.text("⚙ Ключ") == KEY)
    below = len(table.sheet.cells)
    copied = {(below, at): cell.value for at, cell in enumerate(table.sheet.cells[row.origin.row - 1])}
    district.send(changes(table.sheet, {**copied, (below + 1, 0): "моя заметка"}))
    district.walk(*FIRST)
    told = [each for each in district.book().tables[FIGURES].rows if each.text("⚙ Ключ") == KEY]
    assert [each.origin.row for each in told] == [row.origin.row]
    assert district.book().tables[FIGURES].rows[-1].text("Период") == "моя заметка"


def test_a_row_that_people_move_under_the_batch_is_seen_by_its_key_and_put_back(district):
    district.walk(*FIRST)
    book = district.book()
    later = (gave("dubok", share("M4", 2, 4, "П-001")), FIRST[1])
    requests = writing.requests(book, district.wanted(*later, book=book), DAY)
    district.turn_round(FIGURES)
    back = district.space.sheets.batch(district.id, requests, moved.name_ranges(book))
    assert moved.misplaced(book, back, requests)
    district.send(moved.restored(book, district.book(), requests))
    district.walk(*later)
    told = {key: row.text("Значение") for key, row in district.rows(FIGURES).items()}
    assert told[KEY] == "2 из 4 (50,0 %)"
    assert told[f"{YEAR}/gimnaziya/M4"] == "3 из 3 (100,0 %)"
    assert len(told) == len(district.book().tables[FIGURES].rows)


def test_a_tab_that_cannot_be_read_is_left_alone_and_the_others_are_written(district):
    book = district.book()
    some = replace(book, tables={tab: table for tab, table in book.tables.items() if tab != PERFORMANCE})
    requests = writing.requests(some, district.wanted(*FIRST, book=some), DAY)
    sheet = book.tables[PERFORMANCE].sheet.sheet_id
    assert requests
    assert f"'sheetId': {sheet}" not in str(requests)

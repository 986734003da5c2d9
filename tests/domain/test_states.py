"""What the system's cells say, and where they keep what stood there because nobody can tell today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.columns import system_columns
from flows.domain.model import Activity, Facts, Filed, Meeting, Origin, Pair, Person, Planned
from flows.domain.organisation import Organisation
from flows.domain.periods import Period
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.terms.reading import parse

TODAY = date(2026, 12, 10)
PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
ORDER, PROGRAM = "sadik/order.pairs/sadik/2026-2027", "sadik/program.personal/П-001/2026-2027"
REGISTER = {
    ORDER: Filed(ORDER, 1, "order.pairs", "О парах", "ПР-2026-002", "проект", "a", "", "", "", ""),
    PROGRAM: Filed(PROGRAM, 1, "program.personal", "Программа", "ПР-2026-004", "проект", "b", "", "", "", ""),
}


def planned(key, *rows, covers=()):
    _, kind, subject, year = key.split("/")
    return Planned(key, kind, subject, year, "О парах", "x.docx", (), "", {}, rows=rows, covers=covers)


PLANNED = (planned(ORDER, "М-001", covers=("П-001", "П-002")), planned(PROGRAM, "М-002"))


def row(code, line, *documents, term="Сентябрь 2026", status=""):
    return Activity(
        code,
        "1",
        "",
        "Дело",
        "",
        parse(term, PERIOD),
        (),
        "",
        documents,
        Origin("книга", "Дорожная карта", line),
        status,
        term,
    )


def pair(code, mentee="Л-001", **more):
    return Pair(
        code,
        "Н-001",
        (mentee,),
        "",
        "",
        "",
        "",
        (),
        date(2026, 9, 15),
        date(2027, 5, 31),
        more.pop("status", "действует"),
        Origin("книга", "Пары", 2),
        codes=(code,),
        **more,
    )


def person(code, line, role):
    return Person(code, role, "Имя", "", "воспитатель", Origin("книга", "x", line))


FACTS = Facts(
    Organisation("sadik", "", "", "", "", "", "", "", "2026-2027"), TODAY,
    {each.code: each for each in (person("Н-001", 2, "mentor"), person("Н-002", 3, "mentor"), person("Л-001", 2, "mentee"))},
    (pair("П-001"), pair("П-002", status="завершена")),
    (
        Meeting("В-001", "П-001", None, date(2026, 10, 1), "состоялась", "тема", Origin()), Meeting("В-002", "П-001", None, date(2026, 11, 2), "состоялась", "тема", Origin()),
        Meeting("В-003", "П-001", date(2026, 12, 1), None, "отменена", "тема", Origin()),
    ),
    (row("М-001", 2, "order.pairs"), row("М-002", 3, "program.personal", term="В течение учебного года"), row("М-003", 4, "order.pairs", term="когда-нибудь"), row("М-004", 5)),
    period=PERIOD,
)  # fmt: skip
LINES = {"П-001": 2, "П-002": 3}
WISHES = Wishes({}, {})


def test_each_roadmap_row_tells_its_papers_and_where_there_are_none_is_empty():
    told = system_columns.roadmap(FACTS, WISHES, PLANNED, REGISTER)
    assert told[2]["⚙ Документ"] == "О парах — проект ПР-2026-002"
    assert told[3]["⚙ Документ"] == "Программа — проект ПР-2026-004"
    assert told[5]["⚙ Документ"] == ""


def test_a_row_without_a_readable_day_keeps_the_paper_it_named():
    assert "⚙ Документ" not in system_columns.roadmap(FACTS, WISHES, PLANNED, REGISTER)[4]


def test_kinds_of_which_nothing_can_be_told_leave_their_cells_alone():
    blind = Doubts(kinds=frozenset({"order.pairs"}))
    told = system_columns.roadmap(FACTS, Wishes({}, {}, doubts=blind), (PLANNED[1],), REGISTER)
    assert "⚙ Документ" not in told[2]
    assert "⚙ Документ" in told[3]
    cells = system_columns.pairs(FACTS, (PLANNED[1],), REGISTER, LINES, blind)[2]
    assert "⚙ Приказ" not in cells
    assert cells["⚙ Программа"] == "Программа — проект ПР-2026-004"


def test_a_row_in_doubt_keeps_what_it_said():
    stopped = Wishes({}, {}, doubts=Doubts(stopped=frozenset({"М-001"})))
    told = system_columns.roadmap(FACTS, stopped, (), REGISTER)
    assert "⚙ Документ" not in told[2]
    cells = system_columns.pairs(FACTS, (), REGISTER, LINES, Doubts(stopped=frozenset({"П-001"})))
    assert {"⚙ Приказ", "⚙ Программа"} & cells[2].keys() == set()
    assert cells[3]["⚙ Приказ"] == ""


@pytest.mark.parametrize("tab", ["Пары", "Наставники", "Наставляемые"])
def test_pairs_are_not_counted_while_a_tab_of_people_cannot_be_read(tab):
    for role in ("mentor", "mentee"):
        assert system_columns.of_role(FACTS, role, Doubts(tabs=frozenset({tab}))) == {}
    assert system_columns.of_role(FACTS, "mentor") == {2: {"⚙ Пар сейчас": 1}, 3: {"⚙ Пар сейчас": 0}}
    assert system_columns.of_role(FACTS, "mentee") == {2: {"⚙ Пара": "П-001"}}


def test_meetings_are_not_counted_while_their_tab_cannot_be_read():
    assert system_columns.pairs(FACTS, PLANNED, REGISTER, LINES)[2]["⚙ Встреч проведено"] == 2
    assert system_columns.pairs(FACTS, PLANNED, REGISTER, LINES)[2]["⚙ Последняя встреча"] == date(
        2026, 11, 2
    )
    assert (
        "⚙ Встреч проведено"
        not in system_columns.pairs(FACTS, PLANNED, REGISTER, LINES, Doubts(tabs=frozenset({"Встречи"})))[2]
    )


def test_no_cell_of_states_is_a_code():
    """Codes are written once, where they are checked; said again they could land on a moved row."""
    cells = [
        *system_columns.roadmap(FACTS, WISHES, PLANNED, REGISTER).values(),
        *system_columns.pairs(FACTS, PLANNED, REGISTER, LINES).values(),
        *system_columns.of_role(FACTS, "mentor").values(),
    ]
    assert not any("⚙ Код" in each for each in cells)


@pytest.mark.parametrize(
    ("term", "status", "said"),
    [
        ("Декабрь 2026", "", "идёт, до 31.12.2026"), ("Май 2027", "", "начнётся 01.05.2027"), ("Сентябрь 2026", "", "срок прошёл 30.09.2026"), ("до 15.12.2026", "", "до 15.12.2026"),
        ("Сентябрь 2026", "выполнено", "выполнено"), ("когда-нибудь", "", ""), ("", "", ""), ("В течение учебного года", "", ""),
    ],
)  # fmt: skip
def test_how_long_is_left(term, status, said):
    assert system_columns.term_state(row("М-001", 2, term=term, status=status), TODAY) == said


def test_a_registered_paper_is_named_by_its_own_number_and_day():
    filed = replace(REGISTER[ORDER], number="26/1", day=date(2026, 9, 1))
    assert system_columns.paper(filed) == "О парах — № 26/1 от 01.09.2026"
    assert system_columns.paper(replace(filed, day=None)) == "О парах — № 26/1"
    assert system_columns.paper(replace(filed, number="")) == "О парах — № ____ от 01.09.2026"
    assert system_columns.paper(replace(REGISTER[ORDER], state="отменён")) == "О парах — отменён ПР-2026-002"

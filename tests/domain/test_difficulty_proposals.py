"""Which pairs the library offers anything, and what a yes puts into which cells of their rows."""

from __future__ import annotations

from datetime import date

import pytest

from flows import settings
from flows.domain.book.answer_values import picks
from flows.domain.difficulties import own_rows
from flows.domain.difficulties.library import Library
from flows.domain.difficulties.proposals import CELLS, named, proposals
from flows.domain.model import Facts, Filed, Origin, Pair, Person, Row
from flows.domain.organisation import Organisation
from flows.domain.people.pair_plans import PlannedResult, forms_of_work, planned_results

LIBRARY = settings.difficulties()
TODAY = date(2026, 12, 10)
HOME = Organisation("sadik", "Детский сад № 1", "ДС № 1", "г. Светлогорье", "", "", "", "", "2026-2027")


def mentee(code="Л-001", *hard, request="", status="", position="воспитатель", years=5):
    return Person(code, "mentee", "Иванова Мария Петровна", "ж", position, Origin(), experience=years, request=request, deficits=hard, status=status)  # fmt: skip


def pair(*mentees, status="действует", end=date(2027, 5, 31), cells=None, group=""):
    told = dict.fromkeys(CELLS, "") | (cells or {})
    row = Row(Origin("", "Пары", 2), "П-001", told)
    codes = tuple(f"П-{at:03d}" for at in range(1, len(mentees) + 1))
    return Pair("П-001", "Н-001", mentees, group, "", "", "", (), date(2026, 9, 1), end, status, Origin(), codes=codes, row=row)  # fmt: skip


def offered(of, *people, register=(), own=(), library=LIBRARY):
    facts = Facts(HOME, TODAY, {each.code: each for each in people}, pairs=(of,), register=register)
    entries, _ = own_rows.read(own)
    return proposals(facts, library, entries)


def programme(state="зарегистрирован", version=1):
    return Filed("sadik/program.personal/П-001/2026-2027", version, "program.personal", "", "", state, "", "", "", "", "")  # fmt: skip


PLAN = mentee("Л-001", "планирование – 4 – ")


@pytest.mark.parametrize("status", ["согласована", "действует", "продлена"])
def test_a_pair_at_work_is_offered_what_fills_its_empty_cells(status):
    [proposal] = offered(pair("Л-001", status=status), PLAN)
    cells = proposal.cells(proposal.names)
    assert list(cells) == list(CELLS)
    filled = pair("Л-001", cells=cells)
    [result] = planned_results(filled)
    assert (result.sphere, result.target) == ("планирование", "")
    assert result.result.endswith("(источник: карта анализа планов)")
    assert len(forms_of_work(filled)) == 2


@pytest.mark.parametrize(
    "of",
    [
        pair("Л-001", status="предложена"),
        pair("Л-001", status="завершена"),
        pair("Л-001", status="прекращена"),
        pair("Л-001", status=""),
        pair("Л-001", end=date(2026, 12, 9)),
        pair("Л-001", cells=dict.fromkeys(CELLS, "есть")),
        pair("Л-009"),
    ],
)
def test_a_pair_that_is_not_at_work_or_says_all_already_is_offered_nothing(of):
    assert offered(of, PLAN) == ()


def test_nothing_is_offered_where_nothing_is_known_or_who_was_mentored_has_left():
    assert offered(pair("Л-001"), mentee("Л-001", "верховая езда")) == ()
    assert offered(pair("Л-001"), mentee("Л-001")) == ()
    assert offered(pair("Л-001"), mentee("Л-001", "планирование", status="выбыл")) == ()
    assert offered(pair("Л-001"), PLAN, library=Library()) == ()


def test_a_registered_programme_is_offered_nothing_a_draft_is():
    assert offered(pair("Л-001"), PLAN, register=(programme(),)) == ()
    assert len(offered(pair("Л-001"), PLAN, register=(programme("проект"),))) == 1
    assert len(offered(pair("Л-001"), PLAN, register=(programme("отменён"),))) == 1


def test_only_what_the_empty_cells_lack_is_spoken_of():
    [proposal] = offered(pair("Л-001", cells={"Задачи": "Своя", "Формы работы": "Беседа"}), PLAN)
    assert proposal.printed.startswith("1. планирование образовательной работы: сам составляет")
    assert list(proposal.cells(proposal.names)) == ["Планируемые результаты"]
    assert "пустые ячейки строки: «Планируемые результаты»." in proposal.finding().message


def test_a_group_is_offered_all_that_its_mentees_find_hard_each_difficulty_once_in_its_upper_row():
    many = [mentee(f"Л-{at:03d}", "планирование – 4 –") for at in range(1, 32)]
    [proposal] = offered(pair(*(each.code for each in many), group="Группа 1"), *many)
    assert proposal.names == ("планирование образовательной работы (Л-001, Л-002, Л-003 и ещё 28)",)
    assert proposal.finding().subject.startswith("П-001:")
    assert proposal.finding().origin.row == 2


def test_more_than_five_difficulties_are_no_programme_of_a_year():
    hard = ("планирование", "режим", "родители", "диагностика", "развитие речи", "ИКТ", "документация")
    [proposal] = offered(pair("Л-001"), mentee("Л-001", *hard))
    assert len(proposal.matches) == 5
    assert len(named(proposal.printed)) == 5


def test_the_numbers_of_a_proposal_name_what_was_printed():
    [proposal] = offered(pair("Л-001"), mentee("Л-001", "планирование", "режим"))
    listed = named(proposal.printed)
    assert listed == {1: "планирование образовательной работы", 2: "режимные моменты"}
    cells = proposal.cells({listed[2]})
    assert [each.sphere for each in planned_results(pair("Л-001", cells=cells))] == ["режим"]
    assert proposal.cells({"чего нет"}) == {}


def test_what_is_offered_is_asked_anew_only_when_it_is_another_thing():
    def subject(*hard, **cells):
        [proposal] = offered(pair("Л-001", cells=cells), mentee("Л-001", *hard))
        return proposal.finding().subject

    assert subject("планирование – 4 –") == subject("планирование – 5 –", Задачи="Свои")
    assert subject("планирование") != subject("планирование", "режим")


def test_what_staff_left_out_of_their_row_is_not_offered():
    rows = [
        Row(
            Origin(),
            "Т-001",
            {"Затруднение": "Планирование", "Результат": "пишет план сам – 8", "Задачи": ""},
        )
    ]
    [proposal] = offered(pair("Л-001"), PLAN, own=rows)
    assert proposal.printed == "1. Планирование: пишет план сам – 8"
    cells = proposal.cells(proposal.names)
    assert planned_results(pair("Л-001", cells=cells)) == (
        PlannedResult("планирование", "пишет план сам", "8"),
    )
    assert list(cells) == ["Планируемые результаты"]
    assert offered(pair("Л-001", cells={"Планируемые результаты": "есть"}), PLAN, own=rows) == ()


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1, 3", "1, 3"),
        ("1 и 2", "1, 2"),
        ("1-3", "1, 2, 3"),
        ("2;2.", "2"),
        ("1.3", "1, 3"),
        ("3 1", "3, 1"),
    ],
)
def test_numbers_are_read_however_they_are_typed(text, picked):
    assert picks(text, "1. а (Л): б\n2. в (Л): г\n3. д (Л): е") == (picked, "")


@pytest.mark.parametrize("text", ["0", "4", "1, 4", "да", "3-1", "1 планирование", "", "первое", "1" * 300])
def test_what_names_no_line_of_the_proposal_is_refused(text):
    cell, fault = picks(text, "1. а (Л): б\n2. в (Л): г\n3. д (Л): е")
    assert cell is None
    assert fault

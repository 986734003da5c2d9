"""What the library knows of a mentee's difficulties is offered in «Проверка» and stands in the pair's row once a person says yes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from flows.domain.difficulties.proposals import CODE
from flows.office import Faults, InProcess
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road import hands

HARD = "планирование – 4 – \nработа с семьёй – 3 – "
KINDS = ("program.personal",)
CELLS = ("Задачи", "Формы работы", "Планируемые результаты")
OWN = "Посмотреть план соседней группы"


@contextmanager
def opened(made, folder):
    with desks.of(made, folder) as desk:
        desk.kinds = KINDS
        yield desk


@pytest.fixture(scope="module")
def asked(furnished, tmp_path_factory):
    """Two difficulties of the first pair, whose row says nothing of tasks; one of the second, whose tasks are typed; a run."""
    root, place = furnished

    def live(desk):
        for row, hard in ((2, HARD), (3, "режим – 4 – ")):
            desk.type_cells("Наставляемые", row, {"Дефициты": hard, "Запрос (что нужно)": None})
        desk.type_cells("Пары", 2, {"Задачи": None})
        desk.kinds = KINDS
        desk.run()

    return desks.lived((root, place), tmp_path_factory.mktemp("asked"), live)


@pytest.fixture
def desk(asked, tmp_path):
    with opened(asked, tmp_path) as desk:
        yield desk


@dataclass
class Yes:
    """The book with an answered offer, and which call of the next run is the batch that carries it out."""

    made: tuple[Any, Any]
    batch: int

    def opened(self, folder):
        return opened(self.made, folder)


@pytest.fixture(scope="module")
def yes(asked, tmp_path_factory):
    made = desks.lived(asked, tmp_path_factory.mktemp("yes"), lambda desk: answer(desk, "да"))
    with opened(made, tmp_path_factory.mktemp("count")) as desk:
        since = desk.now
        desk.run()
        effects = [at for at, call in enumerate(desk.office.journal[since:], 1) if call.effect]
    return Yes(made, effects[1])  # the first takes the lease


def offers(desk):
    return [row for row in desk.rows("Проверка") if row.text("⚙ Ключ").startswith(f"{CODE}/")]


def answer(desk, text, pair="П-001"):
    row = next(row for row in offers(desk) if f"/{pair}:" in row.text("⚙ Ключ"))
    desk.type_cells("Проверка", row.origin.row, {"Ответ": text, "Кто ответил": "методист"})


def of_pair(desk, row=2):
    return {header: str(desk.cell("Пары", row, header) or "") for header in CELLS}


def told(desk):
    lines = [row.text("Что сделано") for row in desk.rows("Журнал")]
    return [line for line in lines if "Для пары П-" not in line and "пары П-" in line]


def test_one_note_for_each_pair_numbers_what_is_offered_and_the_row_itself_stays_clean(desk):
    first, second = offers(desk)
    assert {first.text("Важность"), second.text("Важность")} == {"заметка"}
    assert first.text("Предложение").split("\n")[1].startswith("2. работа с родителями: сам проводит ")
    assert second.text("Предложение").startswith("1. режимные моменты: проводит ")
    assert "«Формы работы», «Планируемые результаты»" in second.text("Что не так")
    assert all(name not in row.text("Что не так") for row in (first, second) for name in desks.NAMES)
    assert [desk.cell("Пары", row, "⚙ Замечание") or "" for row in (2, 3)] == ["", ""]
    assert not desk.note("Пары", 2, "Задачи")
    assert of_pair(desk) == dict.fromkeys(CELLS, "")
    assert not desk.run().written


def test_a_yes_fills_the_empty_cells_once_and_is_told_in_the_journal(desk):
    answer(desk, "да")
    desk.run()
    cells = of_pair(desk)
    assert [len(cells[header].split("\n")) for header in CELLS] == [6, 4, 2]
    assert cells["Планируемые результаты"].startswith("планирование – ")
    assert "\nработа с семьёй – " in cells["Планируемые результаты"]
    assert told(desk) == [
        "По ответу «да» в строку пары П-001 вписано: «Задачи» – строк 6; «Формы работы» – строк 4; «Планируемые результаты» – строк 2. Затруднения: планирование образовательной работы; работа с родителями. Ответил: методист."
    ]
    row = next(row for row in offers(desk) if row.text("Ответ"))
    assert (row.text("Важность"), row.text("⚙ Учтено")) == ("закрыто", "да")
    assert not desk.note("Проверка", row.origin.row, "Ответ")
    assert "закрыто" not in {each.text("Важность") for each in offers(desk) if not each.text("Ответ")}
    assert not desk.run().written


def test_numbers_choose_and_what_a_person_clears_is_not_put_there_again(desk):
    answer(desk, "2")
    desk.run()
    assert "семь" in of_pair(desk)["Планируемые результаты"]
    assert "план недели" not in of_pair(desk)["Планируемые результаты"]
    assert len(of_pair(desk)["Задачи"].split("\n")) == 3
    desk.type_cells("Пары", 2, {"Формы работы": None})
    desk.run()
    assert not of_pair(desk)["Формы работы"]
    assert not desk.run().written


def test_a_no_closes_the_offer_until_another_is_made(desk):
    answer(desk, "не нужно")
    desk.run()
    assert of_pair(desk) == dict.fromkeys(CELLS, "")
    assert told(desk) == []
    assert "Ответ «не нужно» в «Проверке» учтён." in "".join(
        row.text("Что сделано") for row in desk.rows("Журнал")
    )
    assert not desk.run().written
    desk.type_cells("Наставляемые", 2, {"Дефициты": f"{HARD}\nрежим – 2 – "})
    desk.run()
    assert [row.text("Важность") for row in offers(desk) if "П-001" in row.text("⚙ Ключ")] == [
        "закрыто",
        "заметка",
    ]


def test_an_answer_to_an_offer_that_is_another_by_now_writes_nothing_and_the_new_one_is_asked(desk):
    answer(desk, "1")
    desk.type_cells(
        "Затруднения",
        2,
        {"Затруднение": "Планирование", "Задачи": OWN, "Формы работы": "Беседа", "Результат": "Пишет"},
    )
    desk.run()
    assert of_pair(desk) == dict.fromkeys(CELLS, "")
    assert told(desk)[0].startswith("Ответ «1» на предложение для пары П-001: ничего не вписано")
    fresh = next(row for row in offers(desk) if not row.text("Ответ") and "П-001" in row.text("⚙ Ключ"))
    assert fresh.text("Предложение").startswith("1. Планирование: Пишет\n2. работа с родителями: ")
    assert not desk.run().written


@pytest.mark.parametrize(
    ("text", "said"), [("3", "под номером 3 ничего не предложено"), ("потом", "это не номера")]
)
def test_an_answer_that_is_none_is_refused_beside_it(desk, text, said):
    answer(desk, text)
    desk.run()
    row = next(row for row in offers(desk) if row.text("Ответ"))
    assert said in row.text("Что не так")
    assert "«1, 3»" in row.text("Что не так")
    assert of_pair(desk) == dict.fromkeys(CELLS, "")


@pytest.mark.spare("test_rows_that_move_under_the_batch_get_nothing_that_is_not_theirs")
def test_what_a_person_typed_meanwhile_stays_and_only_the_other_cells_are_filled(yes, tmp_path):
    with yes.opened(tmp_path) as desk:
        meddled(desk, yes.batch - 1, lambda by: by.type("Пары", 2, "Задачи", OWN)).run()
        cells = of_pair(desk)
        assert cells["Задачи"] == OWN
        assert cells["Формы работы"]
        assert [("«Задачи»" in line, "«Формы работы»" in line) for line in told(desk)] == [(False, True)]
        assert not desk.run().written


def test_rows_that_move_under_the_batch_get_nothing_that_is_not_theirs(yes, tmp_path):
    with yes.opened(tmp_path) as desk:
        meddled(desk, yes.batch, lambda by: [by.sort(tab) for tab in ("Пары", "Проверка")]).run()
        rows = {row.code: row for row in desk.rows("Пары")}
        assert [bool(rows["П-001"].text(header)) for header in CELLS] == [True] * 3
        assert [bool(rows["П-002"].text(header)) for header in CELLS[1:]] == [False] * 2
        assert [bool(rows["П-003"].text(header)) for header in CELLS[1:]] == [False] * 2
        assert len(told(desk)) == 1
        for _ in range(2):
            report = desk.run()
        assert not report.written


@pytest.mark.sampled(3)
@pytest.mark.parametrize("later", [1, 0, 2], ids=["after the batch", "before it", "after the next look"])
def test_a_run_that_dies_is_finished_by_the_next_one_and_nothing_is_doubled(yes, tmp_path, later):
    with yes.opened(tmp_path) as desk:
        with pytest.raises(Killed):
            dying(desk, yes.batch + later).run()
        assert bool(of_pair(desk)["Задачи"]) == bool(later)
        desk.run()
        assert [len(of_pair(desk)[header].split("\n")) for header in CELLS] == [6, 4, 2]
        assert len(told(desk)) == 1
        assert not desk.run().written


def test_a_row_filled_by_hand_before_the_run_keeps_what_it_says(desk):
    answer(desk, "да")
    desk.type_cells("Пары", 2, dict.fromkeys(CELLS, OWN))
    desk.run()
    assert set(of_pair(desk).values()) == {OWN}
    assert told(desk)[0].startswith("Ответ «да» на предложение для пары П-001: ничего не вписано")
    assert not desk.run().written


class Killed(BaseException):
    """The process is gone: no call leaves any more."""


def dying(desk, at):
    """The same desk whose every call from the `at`-th on never leaves."""

    def rule(number, _):
        if number >= at:
            raise Killed

    space = over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock)
    return desks.Desk(desk.root, desk.office, space, desk.place, desk.clock, KINDS)


def meddled(desk, at, act):
    other = hands.meddled(desk, at, act)
    other.kinds = KINDS
    return other

"""A district's rows in the book of an organisation: handed out under its lease, finished by its own road, whatever happens between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.district.handing import Handed
from flows.domain.errors import Misconfigured, Refused
from flows.domain.tabs import JOURNAL, ROADMAP
from flows.office import Faults, InProcess
from flows.work.district import fan_out
from flows.work.stages import Errand
from flows.workspace.cells import changes
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road import hands

MARK, KINDS = "book-of-the-district", ("order.introduce",)
SENDER = "УО Лесного района"
ISSUED = Handed(
    "М-005", "1.5", "1", "Издание приказа о внедрении модели", "", "Март 2027 г.", "ОО", "Приказ о внедрении",
    (("2027-03-01", "2027-03-31"),), "dated", "", SENDER,
)  # fmt: skip
AGREED = replace(ISSUED, code="М-008", activity="Согласование положения в экспертном совете", result="Письмо")
PAIRS = replace(
    ISSUED, code="М-017", number="4.4", activity="Закрепление пар", result="Приказ о закреплении пар"
)
LATER = date(2027, 1, 12)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """An organisation after its first run."""
    root = tmp_path_factory.mktemp("school") / "home"
    place = desks.founded(root)
    with desks.opened(root, place) as desk:
        desks.furnish(desk, 1)
        desk.kinds = KINDS
        desk.run()
    return root, place


@pytest.fixture
def desk(school, tmp_path):
    with desks.of(school, tmp_path) as desk:
        desk.kinds = KINDS
        yield desk


def errand(desk, today=desks.TODAY):
    return Errand(desk.space, desk.place, today, desk.supplies(today))


def give(desk, *rows, mark=MARK, today=desks.TODAY):
    return fan_out.hand_out(errand(desk, today), rows, mark)


def theirs(desk):
    return {
        row.text("⚙ Из района").partition(" ")[0]: row
        for row in desk.rows(ROADMAP)
        if row.text("⚙ Из района")
    }


def asked(desk):
    return [row for row in desk.rows("Проверка") if row.text("⚙ Ключ").startswith("district-")]


def answer(desk, text):
    (row,) = asked(desk)
    desk.type_cells("Проверка", row.origin.row, {"Ответ": text})


def lines(desk):
    return [
        row.text("Что сделано") for row in desk.rows(JOURNAL) if "район" in row.text("Что сделано").lower()
    ]


def test_rows_stand_at_once_below_the_organisation_s_own_and_the_second_time_nothing_is_written(desk):
    before = desk.typed()[ROADMAP]
    told = give(desk, ISSUED, AGREED)
    assert [each.partition(":")[0] for each in told] == [
        f"Район ({SENDER}) прислал п. 1.5 «Издание приказа о внедрении модели»",
        f"Район ({SENDER}) прислал п. 1.5 «Согласование положения в экспертном совете»",
    ]
    assert desk.typed()[ROADMAP][: len(before)] == before
    since = desk.now
    assert give(desk, ISSUED, AGREED) == ()
    assert desk.writes(since) == 0
    desk.run()
    rows = theirs(desk)
    assert [rows[code].text("⚙ Понято как").partition("\n")[0] for code in ("М-005", "М-008")] == [
        "01.03.2027–31.03.2027"
    ] * 2
    assert lines(desk) == list(told)
    assert not desk.run().written
    assert give(desk, ISSUED, AGREED) == ()


@pytest.mark.spare("test_a_run_that_dies_is_finished_by_the_next_one_whoever_s_it_is")
def test_the_organisation_s_own_road_lays_what_was_only_told(desk):
    news = {("район", "чей"): MARK, ("район", "М-005"): ISSUED.spelled}
    desk.send(desk.book().scheme.remembering(news))
    assert desk.run().written
    assert [*theirs(desk)] == ["М-005"]
    assert not desk.run().written


def test_a_row_they_have_is_asked_about_and_the_answer_is_carried_out_once(desk):
    assert give(desk, PAIRS) == ()
    desk.run()
    assert not theirs(desk)
    count = len(desk.rows(ROADMAP))
    assert not desk.run().written
    answer(desk, "да")
    desk.run()
    row = theirs(desk)["М-017"]
    assert (row.text("№ п/п"), len(desk.rows(ROADMAP))) == ("1.2", count)
    (question,) = asked(desk)
    assert (question.text("Важность"), question.text("⚙ Учтено")) == ("закрыто", "да")
    assert "не понадобился" not in "".join(row.text("Что сделано") for row in desk.rows(JOURNAL))
    assert not desk.run().written
    assert give(desk, PAIRS) == ()


@pytest.mark.spare(
    "district/test_second_district.py::test_a_changed_term_follows_and_what_people_typed_stays"
)
def test_a_change_follows_a_withdrawal_is_marked_and_a_removed_row_stays_out(desk):
    give(desk, ISSUED, AGREED)
    desk.run()
    moved = replace(ISSUED, term="Апрель 2027 г.", windows=(("2027-04-01", "2027-04-30"),))
    (changed, gone) = give(desk, moved, today=LATER)
    assert "было «Март 2027 г.», стало «Апрель 2027 г.»" in changed
    assert "отозвал п. 1.5 «Согласование" in gone
    rows = theirs(desk)
    assert rows["М-005"].text("⚙ Район") == f"п. 1.5 плана {SENDER}, изменено 12.01.2027"
    assert rows["М-008"].text("⚙ Район") == f"п. 1.5 плана {SENDER}, отозвано 12.01.2027"
    desk.run(LATER)
    assert {row.text("⚙ Ключ").partition("/")[0] for row in asked(desk)} == {
        "district-changed",
        "district-withdrawn",
    }
    for row in asked(desk):
        desk.type_cells("Проверка", row.origin.row, {"Ответ": "да"})
    desk.run(LATER)
    assert {row.text("Важность") for row in asked(desk)} == {"закрыто"}
    desk.type_cells(ROADMAP, theirs(desk)["М-005"].origin.row, dict.fromkeys(desk.tab(ROADMAP).columns))
    desk.run(LATER)
    assert [*theirs(desk)] == ["М-008"]
    assert any("заново она не добавляется" in line for line in lines(desk))
    assert give(desk, moved, today=LATER) == ()
    assert not desk.run(LATER).written


def test_a_book_of_another_district_is_not_touched_until_that_one_lets_it_go(desk):
    give(desk, ISSUED, mark="another")
    since = desk.now
    with pytest.raises(Refused, match="строки другого района"):
        give(desk, ISSUED)
    assert desk.writes(since) == 0
    give(desk, mark="")
    assert "отозвано" in theirs(desk)["М-005"].text("⚙ Район")
    (told,) = give(desk, ISSUED)
    assert "Снова в плане района" in told


def test_a_book_that_lost_the_column_is_told_of_and_given_nothing_until_it_is_back(desk):
    give(desk, ISSUED)
    table = desk.tab(ROADMAP)
    lost = dict.fromkeys(((row, table.columns["⚙ Из района"]) for row in range(60)), "")
    desk.send(changes(table.sheet, lost))
    since = desk.now
    for rows in ((ISSUED,), (replace(ISSUED, term="Май 2027 г."), AGREED)):
        with pytest.raises(Misconfigured, match="нет столбца «⚙ Из района»"):
            give(desk, *rows)
    assert desk.writes(since) == 0
    desk.send(changes(desk.tab(ROADMAP).sheet, {(0, table.columns["⚙ Из района"]): "⚙ Из района"}))
    (told,) = give(desk, ISSUED, AGREED)
    assert "Согласование положения" in told
    assert sorted(theirs(desk)) == ["М-005", "М-008"]


def test_a_spoilt_entry_touches_no_row_and_the_district_writes_it_anew(desk):
    give(desk, ISSUED)
    desk.send(desk.book().scheme.remembering({("район", "М-005"): "{испорчено"}))
    before = theirs(desk)["М-005"]
    assert give(desk, ISSUED) == ()
    assert theirs(desk)["М-005"].cells == before.cells
    assert desk.book().scheme.get("район", "М-005") == ISSUED.spelled


def test_a_held_row_is_neither_laid_nor_withdrawn(desk):
    held = replace(ISSUED, state="held", term="Апрель 2032")
    assert give(desk, held) == ()
    give(desk, ISSUED)
    assert give(desk, held) == ()
    assert "отозвано" not in theirs(desk)["М-005"].text("⚙ Район")


def test_a_reason_in_their_row_means_no_paper_and_an_answer_gives_one(desk):
    give(desk, ISSUED)
    desk.type_cells(ROADMAP, theirs(desk)["М-005"].origin.row, {"Статус": "не требуется"})
    desk.run()
    answer(desk, "Модель внедрена в 2023 году")
    desk.run()
    assert not [row for row in asked(desk) if row.text("Важность") != "закрыто"]
    assert not desk.run().written


class Killed(BaseException):
    """The process is gone: no call leaves any more."""


def broken_at(desk, at):
    """The same desk whose every call from the `at`-th on never leaves."""

    def rule(number, _):
        if number >= at:
            raise Killed

    space = over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock)
    return replace(desk, space=space)


# The first call reads, the second takes the lease, the fourth tells the hidden tab, the sixth lays, the seventh lets go.
@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("at", "told", "laid", "by"),
    [
        (4, 0, 0, "the district"),
        (5, 1, 0, "the organisation"),
        (6, 1, 0, "the district"),
        (7, 1, 1, "the organisation"),
    ],
)
def test_a_run_that_dies_is_finished_by_the_next_one_whoever_s_it_is(desk, at, told, laid, by):
    with pytest.raises(Killed):
        give(broken_at(desk, at), ISSUED, AGREED)
    assert bool(desk.book().scheme.get("район", "М-005")) == bool(told)
    assert bool(theirs(desk)) == bool(laid)
    if by == "the organisation":
        desk.run()
    give(desk, ISSUED, AGREED)
    desk.run()
    assert [*theirs(desk)] == ["М-005", "М-008"]
    assert len(lines(desk)) == 2
    assert not desk.run().written


def test_rows_that_people_sort_under_the_batch_get_nothing_that_is_not_theirs(desk):
    give(desk, ISSUED, AGREED)
    desk.run()
    moved = replace(ISSUED, term="Апрель 2027 г.")
    own = {row.code: row.text("Срок (как в документе)") for row in desk.rows(ROADMAP)}
    code = theirs(desk)["М-005"].code
    give(hands.meddled(desk, 6, lambda by: by.sort(ROADMAP)), moved, AGREED, today=LATER)
    now = {row.code: row.text("Срок (как в документе)") for row in desk.rows(ROADMAP)}
    assert now == own | {code: "Апрель 2027 г."}
    assert sum("стало «Апрель 2027 г.»" in line for line in lines(desk)) == 1
    desk.run(LATER)
    assert not desk.run(LATER).written

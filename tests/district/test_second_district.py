"""The second invented district walked by the command: every row where it belongs, every figure with its rows, every debtor named."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta

import pytest

from flows import cli, settings
from flows.domain.tabs import FIGURES, MENTOR_BASE, PERFORMANCE, ROADMAP
from tests.district import second
from tests.road import desk as desks

TRUTH = second.TRUTH["truth"]
READ = [told for told in second.MEMBERS if told["rows"]]


class Walked:
    """The district after its walks: what each printed and how it ended."""

    def __init__(self, root, patch):
        self.root, self._patch, self.said, self.states = root, patch, {}, {}

    def __call__(self, *words):
        self._patch.setenv(settings.HOME, str(self.root))
        self._patch.setattr(sys, "argv", ["nastavnik", *map(str, words)])
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit) as over:
            cli.main()
        assert over.value.code in {0, 1}, (words, out.getvalue())
        return over.value.code, out.getvalue()

    def walk(self, day):
        return self("municipality", "--today", f"{day:%d.%m.%Y}")

    def desk(self, slug):
        return desks.opened(self.root, settings.load_home(self.root).place(slug))


def states(walked):
    """How the rows of the plan stand in the organisations, by number and organisation."""
    slugs = {told["name"]: told["slug"] for told in second.MEMBERS}
    with walked.desk(second.DISTRICT) as desk:
        return {
            (row.text("№ п/п"), slugs[row.text("Организация")]): row.text("Состояние")
            for row in desk.rows(PERFORMANCE)
        }


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    root = tmp_path_factory.mktemp("second") / "home"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        told = Walked(root, patch)
        second.raised(root)
        second.raise_district(root, told)
        told.said["first"] = told.walk(second.FIRST)
        second.live(root)
        second.change_plan(root)
        told.said["second"] = told.walk(second.TRUTH["second"])
        told.states = states(told)
        told.said["again"] = told.walk(second.TRUTH["second"])
        told("prepare", "--organisation", "sosh5", "--today", f"{second.TRUTH['second']:%d.%m.%Y}")
        told.said["note"] = told.walk(second.TRUTH["note"])
        told.said["morning after"] = told.walk(second.TRUTH["note"] + timedelta(days=1))
        yield told


@pytest.mark.parametrize("told", READ, ids=lambda told: told["slug"])
def test_the_rows_of_the_district_stand_in_the_right_organisations(district, told):
    with district.desk(told["slug"]) as desk:
        rows = second.handed(desk)
    removed = set(told.get("removed", ()))
    assert set(rows) == set(told["rows"]) - removed


def test_a_walk_in_which_nothing_changed_writes_nothing(district):
    assert "Изменений нет." in district.said["again"][1]


@pytest.mark.parametrize("code", [code for code in TRUTH if re.fullmatch(r"M\d+", code)])
def test_a_figure_of_the_district_is_the_sum_with_the_rows_behind_it(district, code):
    part, of, slugs = TRUTH[code]
    with district.desk(second.DISTRICT) as desk:
        whole = second.row_of(desk, FIGURES, "⚙ Ключ", f"2026-2027/-/{code}")
    assert (whole.text("Числитель"), whole.text("Знаменатель")) == (str(part), str(of))
    named = {told.partition(":")[0].strip() for told in whole.text("Строки").split(";")}
    assert named == set(slugs)
    left_out = {told["slug"] for told in second.MEMBERS if told["slug"] not in {*slugs, "ddt"}}
    assert all(slug in whole.text("Не вошли и почему") for slug in left_out)


@pytest.mark.parametrize(("number", "slug", "state"), TRUTH["performance"]["states"])
def test_the_district_sees_how_each_row_stands(district, number, slug, state):
    assert district.states[number, slug] == state


def test_mentors_are_named_only_where_a_consent_lets_the_name_out(district):
    with district.desk(second.DISTRICT) as desk:
        rows = {row.text("⚙ Ключ"): row for row in desk.rows(MENTOR_BASE)}
    told = TRUTH["base"]
    assert {key for key, row in rows.items() if row.text("ФИО")} == set(told["names"])
    assert {key for key, row in rows.items() if row.text("Чем готов помочь")} == set(told["strengths"])
    assert set(told["nameless"]) <= set(rows)


def test_a_row_that_one_like_it_stands_in_is_asked_about_and_not_doubled(district):
    with district.desk("sosh5") as desk:
        named = [row for row in desk.rows(ROADMAP) if "Назначение куратора" in row.text("Мероприятие")]
        asked = [row.text("⚙ Ключ") for row in desk.rows("Проверка")]
    assert len(named) == 1
    assert any(key.startswith("district-") for key in asked)


def test_a_changed_term_follows_and_what_people_typed_stays(district):
    with district.desk("sosh4") as desk:
        row = second.handed(desk)["3.1"]
    assert row.text("Срок (как в документе)") == "до 20.05.2027"
    assert row.text("Мероприятие") == "Формирование наставнических пар и групп школы"


def test_every_debtor_is_named_on_the_screen_in_the_note_and_in_a_letter_and_nobody_else(district):
    names = {told["slug"]: told["name"] for told in second.MEMBERS}
    with district.desk(second.DISTRICT) as desk:
        note = desk.text(desk.filed("note.municipal"))
        letters = " ".join(desk.text(row) for row in desk.register() if row.kind == "letter.reminder")
        cell = second.row_of(desk, ROADMAP, "№ п/п", "4.3").text("⚙ Документ")
    asked = re.search(r"от которых нет данных или они не полны \((.*?)\): передать данные", note)
    owing = {slug for slug, name in names.items() if name in asked[1]}
    assert owing == set(TRUTH["debtors"])
    assert {slug for slug, name in names.items() if name in letters} == set(TRUTH["debtors"])
    assert all(names[slug] in cell for slug in TRUTH["debtors"])
    assert "готов" not in cell.replace("ещё не готов", "")
    code, said = district.said["note"]
    assert code == 1
    assert "korrekt" in said


def test_a_new_morning_with_no_news_makes_no_paper_anew(district):
    code, said = district.said["morning after"]
    assert code == 1
    assert "обновить:" not in said
    assert "создать:" not in said


def test_one_broken_book_is_named_and_stops_nobody(district):
    code, said = district.said["first"]
    assert code == 1
    assert "Данные собраны: 6 из 7. Не прислали: korrekt." in said


def test_who_left_the_district_is_neither_asked_nor_counted(district):
    with district.desk("ddt") as desk:
        assert second.handed(desk) == {}

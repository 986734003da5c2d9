"""The walk over a district: data of every organisation in its book, once; what changed alone is written."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest

from flows import cli, settings, telling_district
from flows.domain.errors import Misconfigured, TryLater
from flows.work.district.run import walk_district
from tests.district.ground import MAP, NAMES, PLAN, RAYON, TODAY, fill, plan
from tests.road import desk as desks
from tests.road.hands import Hands

NEXT = date(2026, 12, 11)


@pytest.mark.spare("district/test_second_district.py::test_a_walk_in_which_nothing_changed_writes_nothing")
def test_every_organisation_is_read_and_the_second_walk_of_the_day_writes_nothing(listed):
    desks.furnish(listed.desk("sosna"))
    done = listed.walk()
    assert [each.member.slug for each in done.visits] == [*NAMES]
    assert not done.missing
    assert not done.quiet
    rows = {row.text("Код ОО"): row for row in listed.rows()}
    assert {row.text("⚙ Доступ") for row in rows.values()} == {"есть"}
    assert [rows[slug].text("⚙ Наставников") for slug in NAMES] == ["0", "3", "0"]
    assert [row.code for row in rows.values()] == ["О-001", "О-002", "О-003"]
    for title in ("Исполнение", "Мониторинг", "Показатели", "Кураторы"):
        assert title in listed.book().tables
    assert {row.text("Организация") for row in listed.rows("Кураторы")} == {*NAMES.values()}
    since = listed.now
    again = listed.walk()
    assert again.quiet
    assert listed.writes(since) == 0


def test_a_walk_that_is_only_tried_shows_the_same_and_writes_nothing(listed):
    since = listed.now
    tried = listed.walk(dry_run=True)
    assert listed.writes(since) == 0
    assert not tried.quiet
    done = listed.walk()
    assert [(each.member.slug, each.came) for each in tried.visits] == [
        (each.member.slug, each.came) for each in done.visits
    ]
    assert listed.walk(dry_run=True).quiet


def test_nothing_is_written_into_the_books_of_organisations_by_collecting(listed):
    files = {slug: listed.desk(slug).xlsx() for slug in NAMES}
    before = {slug: file.read_bytes() for slug, file in files.items()}
    listed.walk()
    assert {slug: file.read_bytes() for slug, file in files.items()} == before


def test_each_organisation_has_its_own_day(listed):
    days = {slug: TODAY if slug != "klen" else NEXT for slug in [*NAMES, RAYON]}
    done = walk_district(listed.errand(), listed.directory(), lambda place: days[place.slug])
    assert [each.came.day for each in done.visits] == [TODAY, TODAY, NEXT]
    assert [row.day("⚙ Обновлено") for row in listed.rows()] == [TODAY, TODAY, NEXT]


def test_people_may_sort_the_list_and_rows_keep_their_data(listed):
    listed.walk()
    before = {row.text("Код ОО"): (row.code, row.text("⚙ Доступ")) for row in listed.rows()}
    Hands(listed.office, listed.place().book).sort("Организации")
    assert [row.text("Код ОО") for row in listed.rows()] != [*NAMES]
    listed.walk()
    assert {row.text("Код ОО"): (row.code, row.text("⚙ Доступ")) for row in listed.rows()} == before


def test_who_leaves_keeps_what_it_sent(listed):
    listed.walk()
    sent = listed.row("klen").day("⚙ Обновлено")
    listed.type_row(listed.row("klen").origin.row, Вышла_из_района=NEXT)
    done = listed.walk(NEXT)
    assert [each.member.slug for each in done.visits if each.came is not None] == ["malysh", "sosna"]
    assert not done.missing
    assert listed.row("klen").day("⚙ Обновлено") == sent
    assert "вышла из района 11.12.2026" in listed.row("klen").text("⚙ Замечание")


def of_district(ground, slug):
    return [row for row in ground.rows(MAP, slug) if row.text("⚙ Район")]


@pytest.mark.spare(
    "district/test_second_district.py::test_the_rows_of_the_district_stand_in_the_right_organisations"
)
def test_a_row_for_all_is_laid_in_every_book_once_and_the_rest_of_the_book_is_left_alone(listed):
    plan(listed)
    tried = listed.walk(dry_run=True)
    assert all(each.words for each in tried.visits)
    assert not any(of_district(listed, slug) for slug in NAMES)
    done = listed.walk()
    assert [each.words for each in done.visits] == [each.words for each in tried.visits]
    for slug in NAMES:
        (row,) = of_district(listed, slug)
        assert (row.text("Мероприятие"), row.text("Срок (как в документе)")) == (PLAN[1][1], PLAN[1][2])
        assert listed.rows("Проверка", slug) == []
        assert {row.text("⚙ Код") for row in listed.rows(MAP, slug)} <= {"", "М-001"}
    since = listed.now
    assert listed.walk().quiet
    assert listed.writes(since) == 0
    assert {row.text("⚙ Ключ") for row in listed.rows("Исполнение")} == {f"М-002/{slug}" for slug in NAMES}


def test_a_book_that_cannot_be_written_is_still_read_and_the_others_get_their_rows(listed):
    plan(listed)
    listed.space.drive.change(listed.place("sosna").book, {"contentRestrictions": [{"readOnly": True}]})
    done = listed.walk()
    assert not done.missing
    assert [each.member.slug for each in done.visits if each.refused] == ["sosna"]
    assert done.troubled
    assert [len(of_district(listed, slug)) for slug in NAMES] == [1, 0, 1]


def test_when_the_district_s_own_book_is_open_it_is_said_who_got_rows_before(listed):
    plan(listed)
    listed.walk()
    rows = [row for row in listed.rows(MAP) if row.text("Мероприятие") == PLAN[1][1]]
    listed.desk().type_cells(MAP, rows[0].origin.row, {"Срок (как в документе)": "до 20.01.2027"})
    book = listed.desk().xlsx()
    lock = book.with_name(f".~lock.{book.name}#")
    lock.write_text("", "utf-8")
    with pytest.raises(TryLater, match="уже разданы: malysh, sosna, klen"):
        listed.walk()
    lock.unlink()
    assert listed.walk().changed


def marked(ground, slug, mark):
    book = ground.book(slug)
    ground.space.sheets.batch(ground.place(slug).book, book.scheme.remembering({("район", "чей"): mark}))


def test_a_book_that_another_district_leads_is_neither_written_nor_counted(listed):
    plan(listed)
    marked(listed, "sosna", "another-districts-book")
    before = listed.desk("sosna").xlsx().read_bytes()
    done = listed.walk()
    assert [each.member.slug for each in done.missing] == ["sosna"]
    assert listed.row("sosna").text("⚙ Доступ") == "в другом районе"
    assert listed.desk("sosna").xlsx().read_bytes() == before
    assert listed.walk().quiet


@pytest.mark.parametrize("another", ["", "another-districts-book"])
def test_who_left_is_set_free_unless_another_district_leads_it_by_now(listed, another):
    plan(listed)
    listed.walk()
    listed.type_row(listed.row("sosna").origin.row, Вышла_из_района=TODAY)
    if another:
        marked(listed, "sosna", another)
    done = listed.walk()
    assert not done.missing
    assert listed.book("sosna").scheme.get("район", "чей") == another
    (row,) = of_district(listed, "sosna")
    assert ("отозван" in row.text("⚙ Район")) == (not another)
    assert listed.walk().quiet


def test_a_list_that_cannot_be_read_stops_the_walk_in_words(listed):
    table = listed.book().tables["Организации"]
    gone = {"sheetId": table.sheet.sheet_id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    listed.space.sheets.batch(listed.place().book, [{"deleteDimension": {"range": gone}}])
    with pytest.raises(Misconfigured, match="Организации"):
        listed.walk()


@pytest.fixture
def run(three, tmp_path, monkeypatch, capsys):
    """The command on a copy of the district; what it says is returned with its code."""
    home = desks.copied(three, tmp_path / "home")

    def go(*words):
        monkeypatch.setattr(sys, "argv", ["nastavnik", "--home", str(home), *words])
        with pytest.raises(SystemExit) as over:
            cli.main()
        said = capsys.readouterr()
        return over.value.code, said.out, said.err

    return go


@pytest.mark.spare("district/test_second_district.py::test_one_broken_book_is_named_and_stops_nobody")
def test_the_command_says_of_each_organisation_a_line_and_names_who_is_missing(run, tmp_path):
    code, out, _ = run("municipality", "add", *NAMES, "nobody")
    assert code == 1
    assert "Добавлена организация «klen»" in out
    assert "«nobody» не заведена" in out
    code, out, err = run("municipality", "--today", "2026-12-10", "--dry-run")
    assert code == 0, out
    assert "нигде ничего не записано" in out
    assert "3 из 3: klen" in err
    code, out, _ = run("municipality", "--today", "2026-12-10")
    assert code == 0, out
    for slug, name in NAMES.items():
        assert f"{slug} ({name}): 0 наставников" in out
    assert "Данные собраны: 3 из 3." in out
    code, out, _ = run("municipality", "--today", "2026-12-10")
    assert (code, "Изменений нет." in out) == (0, True)
    home = settings.load_home(tmp_path / "home")
    book = next(path for path in home.path.rglob("*.xlsx") if "Сосенка" in path.name)
    book.rename(home.path.parent / "elsewhere.xlsx")
    code, out, _ = run("municipality", "--today", "2026-12-10", "--json")
    told = json.loads(out)
    assert (code, told["missing"]) == (1, ["sosna"])
    assert [each["state"] for each in told["organisations"]] == ["collected", "missing", "collected"]
    code, out, _ = run("municipality", "--today", "2026-12-10")
    assert code == 1
    assert "Данные собраны: 2 из 3. Не прислали: sosna." in out


def test_the_command_says_what_was_taken_back_from_who_has_left(listed, capsys):
    plan(listed)
    listed.walk()
    listed.type_row(listed.row("klen").origin.row, Вышла_из_района=TODAY)
    telling_district.report(listed.walk())
    told = capsys.readouterr().out.split("klen (")[1].splitlines()
    assert "вышла из района 10.12.2026" in told[0]
    assert "Район отозвал п. 1.2" in told[1]


def test_an_organisation_that_has_no_name_yet_is_added_without_one_and_the_name_is_asked_for(ground):
    fill(ground.space, ground.place("klen"), {"Краткое наименование": ""})
    (added,) = ground.add("klen")
    (again,) = ground.add(" KLEN")  # as the code may be typed in the list too
    assert (again.slug, again.new, again.row) == ("klen", False, 2)
    assert (added.new, added.name) == (True, "")
    ground.walk()
    assert ground.row("klen").text("Краткое наименование") == ""
    assert "нет краткого наименования" in ground.row("klen").text("⚙ Замечание")


def test_a_home_without_a_district_says_how_to_found_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["nastavnik", "--home", str(tmp_path / "none"), "municipality"])
    with pytest.raises(SystemExit) as over:
        cli.main()
    assert over.value.code == 2
    assert "init --municipality" in capsys.readouterr().err

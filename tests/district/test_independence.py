"""One broken book stops no other: whatever happens to it is a word in its row, and every other organisation is done."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from flows.domain.district import members
from flows.work.district import run
from tests.district.ground import NAMES, RAYON, TODAY

LOST = "sosna"


def gone(ground):
    ground.desk(LOST).xlsx().unlink()


def moved_out(ground):
    file = ground.desk(LOST).xlsx()
    file.rename(ground.root.parent / file.name)


def binned(ground):
    ground.space.drive.change(ground.place(LOST).folder, {"trashed": True})


def no_workbook_any_more(ground):
    ground.desk(LOST).xlsx().write_bytes(b"not a workbook at all")


def without_its_hidden_tab(ground):
    sheet = ground.book(LOST).snapshot.sheet("_схема")
    ground.space.sheets.batch(ground.place(LOST).book, [{"deleteSheet": {"sheetId": sheet.sheet_id}}])


def without_a_tab(ground):
    sheet = ground.book(LOST).snapshot.sheet("Пары")
    ground.space.sheets.batch(ground.place(LOST).book, [{"deleteSheet": {"sheetId": sheet.sheet_id}}])


def of_a_newer_program(ground):
    scheme = ground.book(LOST).scheme
    ground.space.sheets.batch(ground.place(LOST).book, scheme.remembering({("схема", "версия"): "99"}))


def never_founded(ground):
    ground.home = replace(ground.home, places=tuple(each for each in ground.home.places if each.slug != LOST))


def half_founded(ground):
    places = tuple(replace(each, book="") if each.slug == LOST else each for each in ground.home.places)
    ground.home = replace(ground.home, places=places)


def linked(link):
    def type_in(ground):
        at = ground.row(LOST).origin.row
        ground.type_cells(at, {"Ссылка на книгу": link(ground)})

    return type_in


def loop(ground):
    one, two = ground.root / "один", ground.root / "два"
    one.symlink_to(two)
    two.symlink_to(one)
    return str(one)


def folder(ground, slug):
    return str(ground.desk(slug).xlsx().parent.parent)


def no_books_folder(ground):
    (ground.root / "Прочее").mkdir()
    return "Прочее"


TROUBLES = {
    "the book is deleted": (gone, "нет доступа"),
    "the book is moved out of the home": (moved_out, "нет доступа"),
    "its folder is in the bin": (binned, "в корзине"),
    "the file is no workbook": (no_workbook_any_more, ""),
    "the hidden tab is gone": (without_its_hidden_tab, "книга не читается"),
    "a tab is gone": (without_a_tab, "книга не читается"),
    "a newer program made it": (of_a_newer_program, "новее программы"),
    "nobody founded it": (never_founded, "нет организации"),
    "its founding broke off": (half_founded, "не заведена до конца"),
    "the link is words": (linked(lambda _: "спросить у Ивановой"), "ссылка не читается"),
    "the link is of Google": (linked(lambda _: "https://docs.google.com/spreadsheets/d/1abcdefghijk/edit"), "в другом хранилище"),
    "the link leaves the home": (linked(lambda _: "/"), "в другом хранилище"),
    "the link goes round": (linked(loop), "ярлык по кругу"),
    "the link is the district's own": (linked(lambda ground: folder(ground, RAYON)), "книга самого района"),
    "the link is another's": (linked(lambda ground: folder(ground, "klen")), "книга другой организации"),
    "the link is no organisation's": (linked(no_books_folder), "по ссылке не книга"),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLES)
def test_what_is_wrong_with_a_book_is_a_word_and_a_sentence(listed, name):
    spoil, word = TROUBLES[name]
    spoil(listed)
    member = next(each for each in members.read(listed.rows(), TODAY)[0] if each.slug == LOST)
    since = listed.now
    (visit,) = listed.visits(member)
    assert visit.missing
    assert visit.came.reach.value == (word or visit.came.reach.value)
    assert re.fullmatch(r"[А-ЯЁ].+\.", visit.came.sentence)
    assert listed.writes(since) == 0


def test_those_that_cannot_be_read_stop_no_other_and_are_told_on_their_cells(listed):
    gone(listed)
    listed.type_cells(listed.row("malysh").origin.row, {"Ссылка на книгу": "спросить у Ивановой"})
    done = listed.walk()
    assert [each.member.slug for each in done.missing] == ["malysh", LOST]
    assert done.troubled
    words = {row.text("Код ОО"): row.text("⚙ Доступ") for row in listed.rows()}
    assert words == {"malysh": "ссылка не читается", LOST: "нет доступа", "klen": "есть"}
    assert len(listed.findings()["member-unreached"]) == 2
    for slug, column in (("malysh", "Ссылка на книгу"), (LOST, "Код ОО")):
        row = listed.row(slug)
        assert "Данные не собраны" in row.text("⚙ Замечание")
        assert "Данные не собраны" in listed.desk().note("Организации", row.origin.row, column)
    since = listed.now
    assert listed.walk().quiet
    assert listed.writes(since) == 0


def test_what_it_sent_before_stays_with_its_day_and_a_mended_book_is_read_again(listed):
    listed.walk()
    before = {title: [row.cells for row in listed.rows(title)] for title in ("Мониторинг", "Кураторы")}
    file = listed.desk(LOST).xlsx()
    shelf = listed.root.parent / "shelf.xlsx"
    shutil.move(file, shelf)
    assert [each.member.slug for each in listed.walk().missing] == [LOST]
    kept = {title: [row.cells for row in listed.rows(title)] for title in before}
    assert kept["Кураторы"] == before["Кураторы"]
    assert {row["⚙ Ключ"] for row in before["Мониторинг"]} <= {row["⚙ Ключ"] for row in kept["Мониторинг"]}
    shutil.move(shelf, file)
    assert not listed.walk().missing
    assert listed.row(LOST).text("⚙ Доступ") == "есть"
    assert "member-unreached" not in listed.findings()


def test_an_error_of_ours_in_one_book_is_told_without_what_people_typed(listed, monkeypatch):
    whole = run.collected

    def breaks(errand):
        if errand.place.slug == LOST:
            raise KeyError("Иванова Мария Петровна")
        return whole(errand)

    monkeypatch.setattr(run, "collected", breaks)
    done = listed.walk()
    assert [each.member.slug for each in done.missing] == [LOST]
    assert "Иванова" not in done.missing[0].came.sentence
    assert listed.row("klen").text("⚙ Доступ") == "есть"


def test_a_renamed_organisation_is_found_by_its_code(listed):
    folder_ = listed.space.drive.entry(listed.place(LOST).folder)
    listed.space.drive.change(folder_.id, {"name": "Сосенка, новое название"})
    listed.space.drive.change(listed.place(LOST).book, {"name": "Книга"})
    assert not listed.walk().missing


def test_the_books_of_two_rows_are_one_and_it_is_read_once(listed):
    at = listed.row("klen").origin.row
    listed.type_cells(at, {"Код ОО": LOST, "Краткое наименование": "Ещё раз"})
    done = listed.walk()
    assert [each.member.slug for each in done.visits] == ["malysh", LOST]
    assert [row.text("Организация") for row in listed.rows("Кураторы")].count(NAMES[LOST]) == 1
    assert "member-twice" in listed.findings()


def test_a_book_of_another_district_is_known_by_its_tabs(listed):
    sheet = listed.book("klen").snapshot.sheet("Пары")
    requests = [
        {"deleteSheet": {"sheetId": sheet.sheet_id}},
        {"addSheet": {"properties": {"sheetId": 4711, "title": "Организации"}}},
    ]
    listed.space.sheets.batch(listed.place("klen").book, requests)
    assert [each.member.slug for each in listed.walk().missing] == ["klen"]
    assert listed.row("klen").text("⚙ Доступ") == "книга другого района"

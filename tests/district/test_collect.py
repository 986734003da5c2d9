"""One organisation's book read for its district: nothing is written, and whatever fails is a sentence that names nobody."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import doors, settings
from flows.domain.district.handing import Handed
from flows.domain.district.reach import Reach
from flows.domain.district.returns import Return, Unreached
from flows.domain.errors import Binned, Forbidden, Misconfigured, Newer, Refused, TryLater
from flows.work.district import collect
from flows.work.district.collect import collected, handed
from flows.work.stages import Errand
from flows.workspace import reading
from flows.workspace.refusals import Missing, Unmet
from tests.road import desk as desks

BOOK = Path(__file__).parents[1] / "road" / "books_before" / "lastochka.xlsx"
TODAY = date(2026, 12, 10)
PEOPLE = ("Орлов", "Кузнецов", "Панин", "Белов", "Крылов", "Жуков", "Соколов")


def at(desk):
    (found,) = desk.space.drive.found("name = 'book'")
    place = replace(desk.place, book=found.id)
    return Errand(desk.space, place, TODAY, replace(doors.supplies(TODAY), pdf=None))


@pytest.fixture(scope="module")
def lastochka(tmp_path_factory):
    """An organisation whose book an older program made, half of its papers registered; nobody has run the new one on it."""
    root = tmp_path_factory.mktemp("lastochka")
    shutil.copy(BOOK, root / "book.xlsx")
    with desks.opened(root, settings.Place("lastochka")) as desk:
        yield desk, at(desk)


@pytest.fixture(scope="module")
def came(lastochka):
    desk, errand = lastochka
    before = (desk.root / "book.xlsx").read_bytes()
    told = collected(errand)
    assert (desk.root / "book.xlsx").read_bytes() == before
    assert not desk.writes()
    return told


def figure(came, code):
    return next(each for each in came.figures if each.code == code)


def test_a_book_of_an_older_schema_is_read_as_it_is_and_not_written(came):
    assert isinstance(came, Return)
    assert came.scheme < settings.book_layout().schema


def test_figures_come_with_their_rows_for_the_school_year_up_to_the_day(came):
    programmes = figure(came, "M4")
    assert (programmes.numerator, programmes.denominator) == (2, 3)
    assert programmes.rows == ("П-001", "П-003")
    assert programmes.others == ("П-002",)
    assert (programmes.period.start, programmes.cut_off) == (date(2026, 9, 1), TODAY)
    assert {each.code.partition(":")[0] for each in came.figures} == {f"M{at}" for at in range(1, 18)}


def test_registers_come_with_numbers_and_without_names(came):
    assert [each.code for each in came.base] == ["Н-001", "Н-002", "Н-003"]
    assert [each.number for each in came.programmes] == ["4", "", "6"]
    assert not any(each.name for each in came.base)
    assert came.curator


def test_the_book_is_read_once_and_planned_once(lastochka, monkeypatch):
    desk, errand = lastochka
    planned, calls = collect.planned, []
    monkeypatch.setattr(collect, "planned", lambda *told: calls.append(told) or planned(*told))
    since = desk.now
    assert isinstance(collected(errand), Return)
    assert len(calls) == 1
    assert sorted(desk.calls(since)) == ["drive.files.get", "sheets.spreadsheets.get"]
    assert desk.now - since == 2


@pytest.mark.parametrize(
    ("trouble", "reach"),
    [
        (Missing("Книга: не найдено. Верните из корзины."), Reach.HIDDEN),
        (Forbidden("Книга: нет прав. Откройте доступ."), Reach.HIDDEN),
        (Binned("Папка лежит в корзине. Верните её."), Reach.BINNED),
        (Newer("Книга сделана более новой версией программы. Обновите программу."), Reach.NEWER),
        (TryLater("Хранилище занято. Повторите."), Reach.BUSY),
        (Misconfigured("В книге нет служебной вкладки. Верните её."), Reach.BROKEN),
        (Unmet("Книга не читается: файл повреждён. Верните прежнюю версию."), Reach.BROKEN),
        (Refused("Лист не читается. Исправьте его."), Reach.BROKEN),
    ],
)
def test_whatever_the_store_says_is_told_in_its_sentence(lastochka, trouble, reach):
    desk, errand = lastochka

    def fail(_):
        raise trouble

    sheets = SimpleNamespace(read=fail)
    told = collected(replace(errand, space=replace(desk.space, sheets=sheets)))
    assert told == Unreached("lastochka", reach, str(trouble))


def test_a_fault_of_the_program_names_nobody_and_stops_nothing(lastochka, monkeypatch):
    def fail(*_):
        raise ValueError("Орлова Вера Дмитриевна")

    monkeypatch.setattr(collect, "given", fail)
    told = collected(lastochka[1])
    assert told.reach is Reach.FAULT
    assert "ValueError" in told.sentence
    assert "Орлова" not in told.sentence


def test_a_damaged_file_and_one_that_is_gone_are_told(tmp_path):
    path = tmp_path / "book.xlsx"
    shutil.copy(BOOK, path)
    with desks.opened(tmp_path, settings.Place("lastochka")) as desk:
        errand = at(desk)
        path.write_bytes(b"PK\x03\x04 not a book")
        broken = collected(errand)
        path.unlink()
        gone = collected(errand)
    assert (gone.reach, broken.reach) == (Reach.HIDDEN, Reach.BROKEN)
    assert "не найдено" in gone.sentence
    assert "повреждён" in broken.sentence


@pytest.fixture(scope="module")
def shown(lastochka):
    """The book as it is read."""
    desk, errand = lastochka
    return desk.space.sheets.read(errand.place.book)


def changed(lastochka, snapshot):
    """Collect what the store would show."""
    desk, errand = lastochka
    sheets = SimpleNamespace(read=lambda _: snapshot)
    return collected(replace(errand, space=replace(desk.space, sheets=sheets)))


def without(snapshot, *titles, **renamed):
    sheets = (replace(each, title=renamed.get(each.title, each.title)) for each in snapshot.sheets)
    return replace(snapshot, sheets=tuple(each for each in sheets if each.title not in titles))


@pytest.mark.parametrize("tab", ["Пары", "Встречи", "Документы", "Настройки"])
def test_a_tab_that_is_gone_is_named_and_its_zeros_are_not_counted(lastochka, shown, tab):
    told = changed(lastochka, without(shown, tab))
    assert told.reach is Reach.BROKEN
    assert f"«{tab}»" in told.sentence


def test_a_tab_that_people_renamed_is_named(lastochka, shown):
    told = changed(lastochka, without(shown, Пары="Пары 2026"))
    assert (told.reach, "«Пары»" in told.sentence) == (Reach.BROKEN, True)


def test_the_book_of_a_district_is_no_organisations(lastochka, shown):
    told = changed(lastochka, without(shown, Пары="Организации"))
    assert told.reach is Reach.DISTRICT
    assert "книга района" in told.sentence


def test_a_book_that_was_renamed_is_read_by_its_id(lastochka, shown):
    told = changed(lastochka, replace(shown, title="Другое имя"))
    assert isinstance(told, Return)
    assert told.name == "МБДОУ № 112 «Ласточка»"


def test_a_book_in_the_bin_is_not_counted(lastochka):
    desk, errand = lastochka
    binned = replace(desk.space.drive.entry(errand.place.book), trashed=True)
    told = collected(
        replace(errand, space=replace(desk.space, drive=SimpleNamespace(entry=lambda _: binned)))
    )
    assert told.reach is Reach.BINNED
    assert "корзин" in told.sentence


def test_what_the_district_handed_out_is_read_from_the_hidden_tab(lastochka):
    """A spoilt entry and the mark are none. How it stands an older book, without the column for it, cannot say."""
    desk, errand = lastochka
    row = Handed("М-005", "1.3", "", "Назначение куратора", "", "до 15.10.2026", "ОО", "Приказ")
    book = reading.read(desk.space.sheets.read(errand.place.book), errand.supplies.layout)
    told = {
        ("район", "М-005"): row.spelled,
        ("район", "М-006"): "{",
        ("район", "чей"): "1AbC",
        ("строка района", "М-005"): "laid|2026-12-01",
    }
    desk.space.sheets.batch(errand.place.book, book.scheme.remembering(told))
    after = reading.read(desk.space.sheets.read(errand.place.book), errand.supplies.layout)
    assert handed(after) == (row,)
    assert collected(errand).rows == ()


def test_no_sentence_and_no_return_names_anybody(came):
    assert not [name for name in PEOPLE if name in str(replace(came, curator=""))]

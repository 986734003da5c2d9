"""An organisation's place in Google: checked before it is remembered, made once each wherever founding breaks off."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from flows import settings
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.office import Faults
from flows.work.organisation_place import followed, lies_elsewhere, made
from flows.workspace import sign_ins
from flows.workspace.addresses import folder_id
from flows.workspace.refusals import Full
from tests.road.google_ground import SLUG, Attempts, google

CALLS = 6  # of a first founding up to the book: a look at the folder, ids, three folders, the book


@pytest.fixture
def ours(tmp_path):
    with google(tmp_path / "google") as opened:
        yield opened


@pytest.fixture
def attempts(ours, tmp_path):
    return Attempts(ours, tmp_path / "home")


def russian(trouble):
    return re.search("[А-Яа-я]", str(trouble)) and not re.search(r"Traceback|[a-z]+Exceeded", str(trouble))


def stands_once(ours, place, root):
    """One live folder where it is wanted, one live book in its desk, and no id of another is remembered."""
    store = ours.office._store
    assert ours.live("book") == [place.book]
    assert sorted(ours.live("folder")) == sorted([place.folder, place.desk, place.templates])
    assert store.entry(place.folder).parent == root
    assert store.entry(place.book).parent == place.desk
    assert (place.begun, place.asked) == ("", "")


def broken_off(at, how):
    """Nothing gets through after the call `at`; `after`: that one was carried out and its answer is lost."""
    return Faults(lambda number, _: how if number == at else "before" if number > at else None)


SWEEPS = [
    ("before", True, False),
    ("after", True, False),
    ("after", False, False),
    ("before", False, True),
    ("after", True, True),
]


@pytest.mark.parametrize(("how", "lags", "moved"), SWEEPS)
def test_wherever_founding_breaks_off_there_is_one_folder_and_one_book_after_the_next(
    tmp_path, how, lags, moved
):
    with google(tmp_path / "google") as ours:
        for at in range(1, CALLS + 1):
            first = ours.folder(f"Первая {at}", ours.shared)
            second = ours.folder(f"Вторая {at}", ours.shared) if moved else first
            attempts, ours.lags = Attempts(ours, tmp_path / f"home{at}"), lags
            with pytest.raises(TryLater):
                attempts.stand(first, broken_off(at, how))
            place = attempts.stand(second)
            stands_once(ours, place, second)
            assert place.drive == ours.shared
            assert attempts.place == place
            empty = replace(ours.office._store.entry(place.folder), trashed=True)
            ours.office._store.ledger.put([empty])  # the next point begins where nothing of ours is live


def test_a_place_that_cannot_own_files_is_refused_and_another_is_taken(ours, attempts):
    """A service account may make folders on a person's My Drive, and no file in them."""
    lent = ours.folder("Папка директора")
    with pytest.raises(Full, match=r"нет места.*--root АДРЕС"):
        attempts.stand(lent)
    assert ours.live("folder") == []
    assert attempts.place == settings.Place(SLUG)
    stands_once(ours, attempts.stand(ours.shared), ours.shared)


def test_a_folder_that_holds_nothing_of_ours_says_what_it_is(ours, attempts):
    office = ours.account.drive
    wrong = ours.folder("Чужая", ours.shared)
    office.file(office.ids(1)[0], "План.docx", wrong, {}, b"PK")
    file = next(each for each in office.found(f"'{wrong}' in parents", ours.shared))
    shut, binned = ours.folder("Только смотреть", ours.shared), ours.folder("В корзине", ours.shared)
    ours.shut.add(shut)
    office.change(binned, {"trashed": True})
    before = len(ours.office.journal)
    for root, said in (
        (file.id, "«План.docx» — файл, а нужна папка"),
        (shut, "«Только смотреть» нельзя ничего положить"),
        (binned, "«В корзине» лежит в корзине"),
        ("1NoSuchFolderAtAll", "не видно"),
    ):
        with pytest.raises(Misconfigured, match=said) as told:
            attempts.stand(root)
        assert russian(told.value)
        assert "Ничего не заведено" in str(told.value)
    assert not [call for call in ours.office.journal[before:] if call.effect]
    assert attempts.place == settings.Place(SLUG)


def test_a_folder_begun_elsewhere_is_left_alone_while_people_keep_files_in_it(ours, attempts):
    first, second = (ours.folder(name, ours.shared) for name in ("Первая", "Вторая"))
    with pytest.raises(TryLater):
        attempts.stand(first, broken_off(CALLS, "before"))
    ours.faults = None
    drive = ours.person.drive
    drive.file(drive.ids(1)[0], "Наш шаблон.docx", attempts.place.templates, {}, b"PK")
    with pytest.raises(Refused, match="начали заводить в другой папке"):
        attempts.stand(second)
    assert len(ours.live("folder")) == len({"organisation", "desk", "templates"})
    with pytest.raises(TryLater, match="файлы людей"):
        attempts.stand(first)
    drive.change(drive.found("name = 'Наш шаблон.docx'")[0].id, {"trashed": True})
    stands_once(ours, attempts.stand(second), second)


def test_a_folder_that_people_moved_meanwhile_is_followed(ours, attempts):
    first, second = (ours.folder(name, ours.shared) for name in ("Первая", "Вторая"))
    with pytest.raises(TryLater):
        attempts.stand(first, broken_off(CALLS - 1, "before"))
    ours.person.drive.change(attempts.place.folder, {}, second, first)
    stands_once(ours, attempts.stand(first), second)


@pytest.mark.parametrize("name", ["folder", "desk", "templates"])
def test_what_was_begun_and_then_put_into_the_bin_is_begun_anew(ours, attempts, name):
    with pytest.raises(TryLater):
        attempts.stand(ours.shared, broken_off(CALLS, "before"))
    ours.person.drive.change(getattr(attempts.place, name), {"trashed": True})
    place = attempts.stand(ours.shared)
    assert ours.live("book") == [place.book]
    assert len({*ours.live("folder")} & {place.folder, place.desk, place.templates}) == len("ФРШ")


def test_an_organisation_begun_by_an_older_program_gets_no_second_book(ours, attempts):
    """Earlier programs remembered neither where founding was begun nor that a book was asked for."""
    with pytest.raises(TryLater):
        attempts.stand(ours.shared, broken_off(CALLS, "after"))
    attempts.save(replace(attempts.place, begun="", asked=""))
    (lost,) = ours.live("book")
    place = attempts.stand(ours.shared)
    assert place.book == lost
    stands_once(ours, place, ours.shared)


def test_a_founded_organisation_says_where_it_lies_when_another_folder_is_named(ours, attempts):
    place, other = attempts.stand(ours.shared), ours.folder("Другая", ours.shared)
    assert lies_elsewhere(ours.account, place, ours.shared) == ""
    for root in (other, "root"):
        assert "уже заведена, её папка" in lies_elsewhere(ours.account, place, root)


def test_a_service_account_must_be_told_where_and_is_asked_for_nothing(ours, attempts):
    robot, before = replace(ours.account, sign_in=sign_ins.SERVICE), len(ours.calls)
    with pytest.raises(Misconfigured, match=r"--root АДРЕС.*nastavnik login"):
        made(robot, "root", settings.Place(SLUG), "Малыш", attempts.save, lambda _: None)
    assert len(ours.calls) == before


def test_an_account_of_ones_own_that_does_not_see_a_folder_may_do_without_it(ours, attempts):
    own = replace(ours.account, sign_in=sign_ins.OWN_FILES)
    with pytest.raises(Misconfigured, match="Можно и без --root"):
        made(own, "1NoSuchFolderAtAll", settings.Place(SLUG), "Малыш", attempts.save, lambda _: None)


def test_founding_again_follows_a_folder_that_was_moved_to_another_drive(ours, attempts):
    place = attempts.stand(ours.shared)
    ours.person.drive.change(place.folder, {}, "root", ours.shared)
    assert followed(ours.account, place, attempts.save).drive == ""
    assert attempts.place.drive == ""
    ours.person.drive.change(place.folder, {"trashed": True})
    with pytest.raises(Misconfigured, match="лежит в корзине"):
        followed(ours.account, attempts.place, attempts.save)


def test_an_account_of_ones_own_founds_in_its_own_drive(ours, attempts):
    steps = []
    place = made(ours.person, "root", settings.Place(SLUG), "Малыш", attempts.save, steps.append)
    stands_once(ours, place, ours.office._store.root_id)
    assert place.drive == ""
    assert len(steps) >= len(("check", "folder", "book"))


ADDRESSES = {
    "https://drive.google.com/drive/folders/1AbC-d_efGHIJ": "1AbC-d_efGHIJ",
    "https://drive.google.com/drive/folders/1AbC-d_efGHIJ?usp=sharing": "1AbC-d_efGHIJ",
    "https://drive.google.com/drive/u/0/folders/0AShared-Drive9PVA": "0AShared-Drive9PVA",
    "drive.google.com/drive/u/2/folders/1AbC-d_efGHIJ#top": "1AbC-d_efGHIJ",
    "https://drive.google.com/open?id=1AbC-d_efGHIJ&usp=drive_copy": "1AbC-d_efGHIJ",
    "https://drive.google.com/folderview?id=1AbC-d_efGHIJ": "1AbC-d_efGHIJ",
    "  «1AbC-d_efGHIJ» ": "1AbC-d_efGHIJ",
    "https://drive.google.com/drive/my-drive": "root",
    "root": "root",
    "": "root",
}  # fmt: skip
NO_FOLDERS = {
    "https://docs.google.com/spreadsheets/d/1AbC-d_efGHIJ/edit#gid=0": "адрес таблицы",
    "https://docs.google.com/document/d/1AbC-d_efGHIJ/edit": "адрес документа",
    "https://drive.google.com/file/d/1AbC-d_efGHIJ/view": "адрес файла",
    "https://disk.yandex.ru/d/1AbC-d_efGHIJ": "не на Google Диск",
    "https://drive.google.com.example.org/drive/folders/1AbC-d_efGHIJ": "не на Google Диск",
    "https://drive.google.com/drive/shared-drives": "нет кода папки",
    "https://drive.google.com/drive/folders/": "нет кода папки",
    "https://drive.google.com/drive/folders/1Ab": "не целиком",
    "Папка директора": "не адрес и не код",
    "ftp://drive.google.com/drive/folders/1AbC-d_efGHIJ": "не адрес и не код",
}  # fmt: skip


@pytest.mark.parametrize("told", ADDRESSES)
def test_a_folder_is_named_by_its_code_or_by_an_address_as_the_browser_shows_it(told):
    assert folder_id(told) == ADDRESSES[told]


@pytest.mark.parametrize("told", NO_FOLDERS)
def test_an_address_that_names_no_folder_says_what_it_is(told):
    with pytest.raises(Misconfigured, match=NO_FOLDERS[told]) as refusal:
        folder_id(told)
    assert "drive.google.com/drive/folders/" in str(refusal.value)

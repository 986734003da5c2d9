"""A home kept and brought back: the second home goes on where the first stopped; a strange archive writes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest

from flows import (
    doors,
    holders,
    keeping,
    keeping_commands,
    rebuilding,
    restoring,
    serving,
    settings,
    updating,
)
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.office import Office
from flows.work import prepare
from flows.work.founding import found
from flows.workspace import workbook
from tests.road import desk as desks
from tests.road.test_upgrade import first_schema

DAY = date(2026, 12, 10)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A home whose papers of the day are made."""
    root = tmp_path_factory.mktemp("keeping") / "home"
    place = desks.founded(root)
    with desks.opened(root, place) as desk:
        desks.furnish(desk, pairs=2)
        desk.run()
    return root


@pytest.fixture(scope="module")
def archive(prepared, tmp_path_factory):
    file = tmp_path_factory.mktemp("archive") / "копия.zip"
    keeping.backed_up(settings.load_home(prepared), file, DAY)
    return file


@pytest.fixture
def own(prepared, tmp_path):
    return desks.copied(prepared, tmp_path / "own")


def modes(root):
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [root, *root.rglob("*")]}


def rows(desk):
    return [(row.key, row.version, row.draft_number, row.file_id, row.checksum) for row in desk.register()]


def test_a_second_home_goes_on_where_the_first_stopped(prepared, archive, tmp_path):
    other = tmp_path / "другой компьютер" / "дом"
    about = restoring.restored(archive, other)
    assert (about.day, about.google) == (DAY, False)
    assert modes(other) == {(True, 0o700), (False, 0o600)}
    assert desks.sums(other) == desks.sums(prepared)
    with desks.opened(other, settings.load_home(other).places[0]) as desk:
        assert not desk.run(dry_run=True).made
        assert not desk.run().written
        with desks.opened(prepared, desk.place) as first:
            assert rows(desk) == rows(first)


def test_earlier_versions_come_along_and_what_is_of_the_moment_does_not(prepared, archive):
    names = zipfile.ZipFile(archive).namelist()
    revisions = {path.name for path in (prepared / ".nastavnik" / "revisions").rglob("*") if path.is_file()}
    assert revisions
    assert revisions <= {name.rpartition("/")[2] for name in names if "/revisions/" in name}
    assert not [name for name in names if name.endswith(("lock", "-wal", "-shm")) or "tmp" in name.split("/")]
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    about = json.loads(zipfile.ZipFile(archive).read(keeping.MANIFEST))
    assert about["day"] == "2026-12-10"
    for name, told in about["files"].items():
        assert hashlib.sha256(zipfile.ZipFile(archive).read(name)).hexdigest() == told["sha256"]


def test_an_archive_is_never_laid_over_a_file_nor_into_the_home(own, tmp_path):
    there = tmp_path / "копия.zip"
    there.write_bytes(b"mine")
    for file, said in (
        (there, "уже есть"),
        (own / "копия.zip", "в саму рабочую папку"),
        (tmp_path / "нет" / "к.zip", "нет"),
    ):
        with pytest.raises(Misconfigured, match=said):
            keeping.backed_up(settings.load_home(own), file, DAY)
    assert there.read_bytes() == b"mine"
    assert not (own / "копия.zip").exists()


def test_a_home_where_somebody_works_is_backed_up_later(own, tmp_path):
    with holders.holding(own), pytest.raises(TryLater, match="повторите"):
        keeping.backed_up(settings.load_home(own), tmp_path / "к.zip", DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["own"]
    Office(own, exclusive=True).close()


def test_a_full_disk_leaves_nothing_half_done(own, archive, tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Misconfigured, match="нет места"):
        keeping.backed_up(settings.Home(own, google=True), tmp_path / "к.zip", DAY)
    with pytest.raises(Misconfigured, match="нет места"):
        restoring.restored(archive, tmp_path / "дом")
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_home_in_google_keeps_its_settings_and_says_so(tmp_path):
    home = settings.save_place(
        settings.Home(tmp_path / "дом", google=True), settings.Place("sadik", book="1x")
    )
    kept = keeping.backed_up(home, tmp_path / "к.zip", DAY)
    assert (kept.files, kept.google) == (1, True)
    assert restoring.restored(tmp_path / "к.zip", tmp_path / "второй").google
    assert settings.load_home(tmp_path / "второй").places == home.places


def test_a_backup_is_restored_only_where_nothing_lies(archive, tmp_path):
    (tmp_path / "дом").mkdir()
    (tmp_path / "дом" / "моё.txt").write_text("моё", "utf-8")
    with pytest.raises(Misconfigured, match="не пуста"):
        restoring.restored(archive, tmp_path / "дом")
    assert [path.name for path in (tmp_path / "дом").iterdir()] == ["моё.txt"]
    (tmp_path / "пустой").mkdir()
    restoring.restored(archive, tmp_path / "пустой")
    assert (tmp_path / "пустой" / settings.REGISTRY).is_file()


def hostile(file, name="a.txt", *, told=None, mode=0o100600, **about):
    """An archive with one member whose manifest is true unless told otherwise."""
    data = b"x" * 10
    listed = {name: {"sha256": hashlib.sha256(data).hexdigest(), "size": 10}} if told is None else told
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, data)
        manifest = {"format": 1, "day": "2026-12-10", "google": False, "folders": [], "files": listed}
        archive.writestr(keeping.MANIFEST, json.dumps(manifest | about))


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"name": "../a.txt"}, "чужие пути"),
        ({"name": "/a.txt"}, "чужие пути"),
        ({"name": "a/../../b"}, "чужие пути"),
        ({"name": "..\\a.txt"}, "чужие пути"),
        ({"mode": 0o120777}, "ссылки"),
        ({"folders": ["../b"]}, "чужие пути"),
        ({"folders": ["a.txt/b"]}, "чужие пути"),
        ({"told": {}}, "лишние файлы"),
        ({"told": {"a.txt": {"sha256": "0", "size": 10}}}, "не тот"),
        ({"told": {"a.txt": 7}}, "повреждена"),
        ({"format": 2}, "более новой"),
        ({"format": "1"}, "повреждена"),
        ({"day": "вчера"}, "повреждена"),
        ({"folders": None}, "повреждена"),
    ],
)
def test_a_strange_archive_is_refused_before_anything_is_written(tmp_path, spoilt, said):
    file = tmp_path / "к.zip"
    hostile(file, **spoilt)
    with pytest.raises(Misconfigured, match=said):
        restoring.restored(file, tmp_path / "дом")
    assert [path.name for path in tmp_path.iterdir()] == ["к.zip"]


def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path, monkeypatch):
    hostile(tmp_path / "к.zip")
    monkeypatch.setattr(restoring, "MOST_BYTES", 5)
    with pytest.raises(Misconfigured, match="слишком велика"):
        restoring.restored(tmp_path / "к.zip", tmp_path / "дом")


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_told_in_a_sentence(tmp_path, data):
    (tmp_path / "к.zip").write_bytes(data)
    with pytest.raises(Misconfigured, match="не резервная копия"):
        restoring.restored(tmp_path / "к.zip", tmp_path / "дом")


def test_a_damaged_archive_writes_nothing(archive, tmp_path):
    with zipfile.ZipFile(archive) as kept:
        largest = max(kept.infolist(), key=lambda each: each.compress_size)
    data = bytearray(archive.read_bytes())
    # Inside what is kept, not between: a header has bytes that say nothing of it.
    data[largest.header_offset + 200 + largest.compress_size // 2] ^= 255
    (tmp_path / "к.zip").write_bytes(data)
    with pytest.raises(Misconfigured, match="Ничего не записано"):
        restoring.restored(tmp_path / "к.zip", tmp_path / "дом")
    assert not (tmp_path / "дом").exists()


# --- a lost sidecar -------------------------------------------------------------------------------------------


@pytest.fixture
def robbed(own):
    """A prepared home whose `.nastavnik` is gone."""
    shutil.rmtree(own / ".nastavnik")
    return own


def test_a_home_without_its_sidecar_is_not_worked_in_and_the_way_out_is_named(robbed):
    home = settings.load_home(robbed)
    with pytest.raises(Misconfigured, match="nastavnik rebuild"), doors.open_workspace(home):
        pass
    with pytest.raises(Misconfigured, match="nastavnik rebuild"):
        keeping.backed_up(home, robbed.parent / "к.zip", DAY)
    assert not (robbed / ".nastavnik").exists()


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE entries (theirs)")
        db.execute("CREATE TABLE facts (theirs)")


def emptied(path):
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE entries SET doc = '{}'")


DAMAGES = {
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 3]),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("это не база"),
    "of another program": foreign,
    "entries that say nothing": emptied,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_sidecar_is_told_by_every_command_touched_by_none_and_kept_aside_by_rebuild(own, damage):
    path, home = own / ".nastavnik" / "state.sqlite", settings.load_home(own)
    assert rebuilding.set_aside(home, DAY) is None  # whole
    DAMAGES[damage](path)
    spoilt = path.read_bytes()
    with pytest.raises(Misconfigured, match=r"повреждён.*nastavnik rebuild"), doors.open_workspace(home):
        pass
    with pytest.raises(Misconfigured, match="nastavnik rebuild"):
        keeping.backed_up(home, own.parent / "к.zip", DAY)
    with pytest.raises(Misconfigured, match="nastavnik rebuild"):
        serving.office(own, 0)
    assert path.read_bytes() == spoilt
    kept = rebuilding.set_aside(home, DAY)
    assert (kept.name, kept.read_bytes(), path.exists()) == (f"state.damaged-{DAY}.sqlite", spoilt, False)
    path.write_bytes(b"and again")
    assert rebuilding.set_aside(home, DAY).name == f"state.damaged-{DAY}-2.sqlite"


def test_one_word_rebuilds_what_a_damaged_sidecar_knew(prepared, own, monkeypatch, capsys):
    (own / ".nastavnik" / "state.sqlite").write_bytes(bytes(9000))
    monkeypatch.setenv(settings.HOME, str(own))
    assert keeping_commands.rebuild.callback() == 0
    assert "отложен: .nastavnik/state.damaged-" in capsys.readouterr().out
    place = settings.load_home(own).places[0]
    with desks.opened(own, place) as desk, desks.opened(prepared, place) as first:
        assert rows(desk) == rows(first)
        assert all(desk.file(row).is_file() for row in desk.register())
        desk.type_cells("Пары", 2, {"Цель": "вести занятия"})  # beside the revisions that were left
        assert desk.cell("Пары", 2, "Цель") == "вести занятия"


def test_a_rebuilt_copy_of_a_template_that_lacks_what_is_of_law_is_asked_about_and_another_is_not(robbed):
    for part, words in (("закреплении наставнических пар", "основания"), ("внедрении", "Контроль")):
        copy = next(each for each in robbed.rglob("Шаблоны/Приказ о *.docx") if part in each.name)
        paper = docx.Document(str(copy))
        for each in paper.paragraphs:
            if words in each.text:
                each.text = "Свои слова"
        paper.save(str(copy))
    home = settings.load_home(robbed)
    rebuilding.rebuilt(home)
    with desks.opened(robbed, home.places[0]) as desk:
        told = [each for each in desk.run(dry_run=True).problems if each.code == "template-law"]
    assert ["закреплении наставнических пар" in each.message for each in told] == [True]


def test_the_office_makes_no_new_sidecar_where_one_was_lost(robbed):
    with pytest.raises(Misconfigured, match=r"пропал.*nastavnik rebuild"):
        serving.office(robbed, 0)
    assert not (robbed / ".nastavnik").exists()


def test_registered_papers_and_their_pdfs_are_known_again_and_closed(own):
    place = settings.load_home(own).places[0]
    pdf = replace(desks.supplies(), pdf=lambda files: dict.fromkeys(files, b"%PDF-1.7"))
    with desks.opened(own, place) as desk:
        row = desk.filed("order.introduce")
        signed = {"Рег. №": "118", "Дата регистрации": date(2026, 12, 9), "Состояние": "зарегистрирован"}
        desk.type_cells("Документы", row.origin.row, signed)
        prepare(desk.space, place, DAY, pdf)
        final = desk.filed("order.introduce", "зарегистрирован")
        assert final.final
        assert final.pdf
        before = rows(desk), final.pdf_id, desk.space.drive.entry(final.pdf_id).properties
    shutil.rmtree(own / ".nastavnik")
    (told,) = rebuilding.rebuilt(settings.load_home(own))
    assert not told.gone
    with desks.opened(own, place) as desk:
        final = desk.filed("order.introduce", "зарегистрирован")
        assert (rows(desk), final.pdf_id, desk.space.drive.entry(final.pdf_id).properties) == before
        assert desk.file(final).with_suffix(".pdf") == desk.office.link(final.pdf_id)
        assert desk.space.drive.entry(final.file_id).md5 == final.checksum
        for file_id in (final.file_id, final.pdf_id):
            with pytest.raises(Refused, match="закрыли от правки"):
                desk.space.drive.renew(desk.space.drive.entry(file_id), b"over", {})
        since = desk.now
        assert not prepare(desk.space, place, DAY, pdf).written
        assert desk.writes(since) == 0


@pytest.mark.sampled(2)
@pytest.mark.parametrize("opened_before", [False, True])
def test_a_lost_sidecar_is_rebuilt_and_nothing_is_made_twice(prepared, robbed, opened_before):
    home, sums = settings.load_home(robbed), desks.sums(robbed)
    if opened_before:  # an older program began a new sidecar, with other ids
        with desks.opened(robbed, home.places[0]) as desk:
            assert desk.space.drive.found("trashed=false")
    (told,) = rebuilding.rebuilt(home)
    assert not told.gone
    with desks.opened(robbed, home.places[0]) as desk:
        assert told.papers == len(desk.register()) == len(desk.papers())
        assert not desk.run().written
        assert all(desk.file(row).is_file() for row in desk.register())
        with desks.opened(prepared, desk.place) as first:
            assert rows(desk) == rows(first)
            for row in desk.register():
                now, before = desk.space.drive.entry(row.file_id), first.space.drive.entry(row.file_id)
                assert dict(now.properties) == {
                    name: text for name, text in before.properties.items() if text
                }
        writes = desk.now
    assert rebuilding.rebuilt(home) == (told,)
    with desks.opened(robbed, home.places[0]) as desk:
        assert desk.writes(writes) == 0
        assert desks.sums(robbed) == sums


def test_a_new_paper_after_rebuilding_goes_into_the_folders_that_are_there(robbed):
    home = settings.load_home(robbed)
    rebuilding.rebuilt(home)
    with desks.opened(robbed, home.places[0]) as desk:
        folders = {path for path in robbed.rglob("*") if path.is_dir() and ".nastavnik" not in path.parts}
        numbers = {row.draft_number for row in desk.register()}
        desk.type_in("Наставники", 3, Дата_согласия_быть_наставником=date(2026, 9, 7))
        desk.type_cells("Пары", 3, {"Доп. соглашение №": "14/1", "Дата доп. соглашения": date(2026, 9, 10)})
        assert desk.run().made
        assert {
            path for path in robbed.rglob("*") if path.is_dir() and ".nastavnik" not in path.parts
        } == folders
        given = [row.draft_number for row in desk.register()]
        assert len(set(given)) == len(given)
        assert numbers <= set(given)


def test_a_paper_that_was_renamed_or_edited_is_known_again(robbed):
    first, second, *_ = sorted(path for path in robbed.rglob("ПРОЕКТ*.docx"))
    first.rename(first.with_name("Мой приказ.docx"))
    second.write_bytes(second.read_bytes() + b"\0")
    (told,) = rebuilding.rebuilt(settings.load_home(robbed))
    assert not told.gone


def test_papers_that_cannot_be_told_apart_are_refused_with_nothing_changed(robbed):
    paper = next(iter(sorted(robbed.rglob("ПРОЕКТ*.docx"))))
    paper.write_bytes(paper.read_bytes() + b"\0")
    paper.rename(paper.with_name("Другое имя.docx"))
    home = settings.load_home(robbed)
    with pytest.raises(Misconfigured, match=r"не узнать.*«ПРОЕКТ.*Восстановите"):
        rebuilding.rebuilt(home)
    with desks.opened(robbed, home.places[0]) as desk:
        assert not any(each.properties for each in desk.space.drive.found("trashed=false"))


def test_a_book_that_lies_twice_or_nowhere_is_refused(robbed):
    home = settings.load_home(robbed)
    book = next(robbed.rglob("*.xlsx"))
    shutil.copy(book, book.with_name("Копия.xlsx"))
    with pytest.raises(Misconfigured, match="лежит дважды"):
        rebuilding.rebuilt(home)
    for each in robbed.rglob("*.xlsx"):
        each.unlink()
    with pytest.raises(Misconfigured, match="Восстановите рабочую папку из резервной копии"):
        rebuilding.rebuilt(home)


def test_a_home_that_names_no_organisation_is_not_rebuilt(tmp_path):
    with pytest.raises(Misconfigured, match="нет организаций"):
        rebuilding.rebuilt(settings.Home(tmp_path / "дом"))
    assert not (tmp_path / "дом").exists()


def test_a_paper_that_lies_nowhere_is_told(robbed):
    next(iter(sorted(robbed.rglob("ПРОЕКТ*.docx")))).unlink()
    (told,) = rebuilding.rebuilt(settings.load_home(robbed))
    assert len(told.gone) == 1


# --- a newer program ------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path):
    """A home whose book the first version made, and what the book held."""
    root = tmp_path / "старый"
    root.mkdir()
    supplies = replace(desks.supplies(), layout=first_schema())

    def save(place):
        settings.save_place(settings.load_home(root), place)

    with doors.open_workspace(settings.Home(root)) as space:
        found(space, settings.Home(root), settings.Place(desks.SLUG), "МБДОУ № 200", supplies, save)
    return root, next(root.rglob("Наставничество*.xlsx")).read_bytes()


def kept_before(root):
    return sorted(path.name for path in (root / ".nastavnik" / "before-update").glob("*"))


def test_one_word_brings_the_books_up_to_date_and_the_old_ones_are_kept(old, capsys):
    root, before = old
    home = settings.load_home(root)
    assert list(updating.updated(home)) == [(desks.SLUG, True)]
    assert "Прежняя сохранена: .nastavnik/before-update/Наставничество" in capsys.readouterr().err
    books = list((root / ".nastavnik" / "before-update").glob("*.xlsx"))
    assert len(books) == 1
    titles = openpyxl.load_workbook(books[0]).sheetnames
    assert [name for name in titles if "замок" not in name] == [
        name for name in openpyxl.load_workbook(BytesIO(before)).sheetnames if "замок" not in name
    ]
    assert modes(root / ".nastavnik" / "before-update") == {(True, 0o700), (False, 0o600)}
    assert list(updating.updated(home)) == [(desks.SLUG, False)]
    assert len(kept_before(root)) == 2
    with doors.open_workspace(home) as space:
        assert not workbook.migrations(space.sheets.read(home.places[0].book), settings.book_layout())


@pytest.mark.spare("test_one_word_brings_the_books_up_to_date_and_the_old_ones_are_kept")
def test_a_run_that_updates_a_book_by_itself_keeps_the_old_one_too(old):
    root, _ = old
    home = settings.load_home(root)
    with doors.open_workspace(home) as space:
        prepare(space, home.places[0], DAY, desks.supplies())
    assert [name.rpartition(".before-update")[2] for name in kept_before(root)] == [".sqlite", ".xlsx"]


def test_an_older_program_refuses_a_newer_book_and_a_newer_sidecar(own):
    home = settings.load_home(own)
    with desks.opened(own, home.places[0]) as desk:
        since = desk.now
        with pytest.raises(Misconfigured, match="Обновите программу"):
            updating.brought(desk.space, desk.place, first_schema())
        assert desk.writes(since) == 0
    with closing(sqlite3.connect(own / ".nastavnik" / "state.sqlite")) as memory, memory:
        memory.execute("UPDATE facts SET value = '2' WHERE name = 'format'")
    for work in (
        lambda: list(updating.updated(home)),
        lambda: keeping.backed_up(home, own.parent / "к.zip", DAY),
    ):
        with pytest.raises(Misconfigured, match="Обновите программу"):
            work()

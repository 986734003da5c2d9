"""What people do between two requests is seen by the next one, though it looks at no folder but those around its file."""

from __future__ import annotations

import os
import shutil

import pytest

from flows.office import watch

OLD = 1_700_000_000


@pytest.fixture
def school(client):
    """Two folders of a school and its archive, a paper and a book in them; all looked at, long ago."""
    client.above = client.folder("Школа")
    client.inner = client.folder("Пары", client.above)
    client.archive = client.folder("Архив")
    client.paper = client.upload("Программа.docx", b"one", client.inner)["id"]
    client.ledger = client.book("Книга", client.inner)
    rested(client)
    return client


def rested(client):
    """Let every folder have its time long ago, and the office know it so: nothing hides in the tick of a clock."""
    for path in [client.root, *(each for each in client.root.rglob("*") if each.is_dir())]:
        os.utime(path, (OLD, OLD))
    client.office.files()


def renamed(client):
    client.path(client.paper).rename(client.path(client.paper).with_name("Иначе.docx"))


def moved(client):
    client.path(client.paper).rename(client.path(client.archive) / "Программа.docx")


def there_and_back(client):
    moved(client)
    (client.path(client.archive) / "Программа.docx").rename(client.path(client.inner) / "Программа.docx")


def deleted(client):
    client.path(client.paper).unlink()


def saved(client):
    client.path(client.paper).write_bytes(b"two, longer")


def saved_by_renaming(client):
    fresh = client.path(client.paper).with_name(".~saved")
    fresh.write_bytes(b"two, longer")
    fresh.replace(client.path(client.paper))


def folder_renamed(client):
    client.path(client.inner).rename(client.path(client.above) / "Пары 2026")


def folder_moved(client):
    client.path(client.inner).rename(client.path(client.archive) / "Пары")


def folder_above_moved(client):
    client.path(client.above).rename(client.path(client.archive) / "Школа")


def folder_deleted(client):
    shutil.rmtree(client.path(client.inner))


def folder_copied(client):
    """The copy takes the name, the first one is called otherwise."""
    first = client.path(client.inner)
    first.rename(first.with_name("Пары (прежние)"))
    shutil.copytree(first.with_name("Пары (прежние)"), first)


ACTS = {
    renamed: {"name": "Иначе.docx"},
    moved: {"parent": "archive"},
    there_and_back: {},
    deleted: None,
    saved: {"md5": True},
    saved_by_renaming: {"md5": True},
    folder_renamed: {},
    folder_moved: {},
    folder_above_moved: {},
    folder_deleted: None,
    folder_copied: {},
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_next_request_for_a_paper_knows_what_a_person_did_to_it_or_to_a_folder_around_it(school, act):
    before = school.file(school.paper)
    act(school)
    told = ACTS[act]
    if told is None:
        assert school.ask("GET", f"/drive/v3/files/{school.paper}").status_code == 404
        return
    now = school.file(school.paper)
    assert now["name"] == told.get("name", before["name"])
    assert now["parents"] == [getattr(school, told.get("parent", "inner"))]
    assert (now["md5Checksum"] != before["md5Checksum"]) is told.get("md5", False)
    assert school.path(school.paper).read_bytes() in {b"one", b"two, longer"}


@pytest.mark.parametrize("act", ["renamed", "moved", "folder above moved"])
def test_the_next_request_for_a_book_finds_it_where_a_person_put_it(school, act):
    book = school.path(school.ledger)
    if act == "renamed":
        book.rename(book.with_name("Другая.xlsx"))
    elif act == "moved":
        book.rename(school.path(school.archive) / "Книга.xlsx")
    else:
        folder_above_moved(school)
    school.write(school.ledger, ["записано"])
    assert school.values(school.ledger) == [["записано"]]
    assert [each.name for each in school.root.rglob("*.xlsx") if ".nastavnik" not in each.parts] == [
        "Другая.xlsx" if act == "renamed" else "Книга.xlsx"
    ]


def test_a_paper_goes_into_the_folder_that_a_person_moved_a_moment_ago(school):
    folder_above_moved(school)
    fresh = school.upload("Новая.docx", b"new", school.inner)["id"]
    assert school.path(fresh) == school.root / "Архив" / "Школа" / "Пары" / "Новая.docx"
    assert school.path(fresh).read_bytes() == b"new"


def test_no_paper_goes_into_a_folder_that_a_person_deleted_a_moment_ago(school):
    folder_deleted(school)
    body = {"name": "Новая.docx", "parents": [school.inner]}
    assert school.ask("POST", "/drive/v3/files", json=body).status_code == 404


def test_a_list_of_files_shows_what_a_person_put_into_any_folder(school):
    (school.path(school.archive) / "Письмо.docx").write_bytes(b"letter")
    (school.path(school.archive) / "Ещё").mkdir()
    (school.path(school.archive) / "Ещё" / "Второе.docx").write_bytes(b"second")
    shown = school.ok("GET", "/drive/v3/files")["files"]
    assert {"Письмо.docx", "Ещё", "Второе.docx"} <= {each["name"] for each in shown}


def test_a_paper_that_was_gone_is_found_again_wherever_a_person_brings_it_back(school):
    aside = school.root.parent / "aside.docx"
    shutil.move(school.path(school.paper), aside)
    assert school.ask("GET", f"/drive/v3/files/{school.paper}").status_code == 404
    rested(school)
    shutil.move(aside, school.path(school.archive) / "Программа.docx")
    assert school.file(school.paper)["parents"] == [school.archive]


def test_what_another_process_made_and_a_person_moved_then_is_found_at_the_next_request(school):
    with school.beside() as other:
        theirs = other.folder("Чужая", school.archive)
        paper = other.upload("Их.docx", b"theirs", theirs)["id"]
        rested(other)
    assert school.file(paper)["parents"] == [theirs]
    school.path(theirs).rename(school.path(school.above) / "Чужая")
    assert school.file(theirs)["parents"] == [school.above]
    assert school.path(paper).read_bytes() == b"theirs"


def test_a_request_for_one_file_asks_no_folder_of_another_school_for_its_time(school, monkeypatch):
    """Thirty organisations in a home are not looked at for each paper of one."""
    many = [school.folder(f"Сад {number}") for number in range(30)]
    rested(school)
    asked: list[str] = []
    real = os.stat

    def counted(path, *args, **options):
        asked.append(str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(watch.os, "stat", counted)
    school.file(school.paper)
    assert str(school.path(school.inner)) in asked
    assert not {str(school.path(each)) for each in many} & set(asked)

"""`nastavnik init` against the front: where an organisation may be founded, what it costs, what is remembered of a refusal."""

from __future__ import annotations

import sys

import pytest

from flows import cli, settings
from flows.office import Faults
from flows.workspace import signing
from tests.front import DRIVE, SHEETS
from tests.front.test_front import made, person, session

DONE, CANNOT = 0, 2
FOLDERS = "https://drive.google.com/drive"
TITLE = "Приказ о закреплении наставнических пар"


@pytest.fixture
def run(google, monkeypatch, capsys, tmp_path):
    """Call the command for a service account; gives the code and all that was said."""
    monkeypatch.setenv(signing.KEY_FILE, str(google.key_file()))
    monkeypatch.setenv(settings.HOME, str(tmp_path / "home"))

    def called(*words):
        monkeypatch.setattr(sys, "argv", ["nastavnik", *map(str, words)])
        with pytest.raises(SystemExit) as over:
            cli.main()
        told = capsys.readouterr()
        return over.value.code, told.out + told.err

    return called


@pytest.fixture
def director(google):
    """The session of a person with a Drive of their own."""
    return session(person(google, DRIVE, SHEETS))


def init(run, slug, *words):
    return run("init", "--organisation", slug, "--google", *words)


def test_a_place_is_looked_at_before_anything_is_remembered_of_it(google, run, director, tmp_path):
    registry, shared = tmp_path / "home" / settings.REGISTRY, google.rights.shared
    lent = made(director, "Папка директора", "root").json()["id"]
    google.rights.lent.add(lent)
    for root in ((), ("--root", f"{FOLDERS}/folders/{lent}")):
        code, told = init(run, "malysh", *root)
        assert code == CANNOT
        assert "--root АДРЕС" in told
        assert not registry.exists()
    assert "Заведены: пока ни одной" in run("check", "--organisation", "malysh")[1]
    since = len(google.history)
    code, told = init(run, "malysh", "--root", f"{FOLDERS}/u/0/folders/{shared}?usp=sharing")
    place = settings.load_home(registry.parent).place("malysh")
    assert code == DONE
    assert len(google.calls(since)) <= 25
    for said in (
        "Размечаю вкладки",
        f"/folders/{place.folder}",
        f"/spreadsheets/d/{place.book}",
        "import ФАЙЛ",
    ):
        assert said in told
    since = len(google.history)
    assert "ничего не изменилось" in init(run, "malysh")[1]
    assert google.writes(since) == []
    code, told = init(run, "malysh", "--root", lent)
    assert code == CANNOT
    assert "уже заведена, её папка" in told
    assert init(run, "raduga")[0] == DONE  # the second takes the root of the first
    assert settings.load_home(registry.parent).place("raduga").drive == shared


def test_a_founding_that_broke_off_says_how_it_is_finished(google, run, tmp_path):
    begun = ("--root", google.rights.shared)
    google.faults = Faults(lambda _, request: "after" if b"spreadsheet" in (request.body or b"") else None)
    assert init(run, "malysh", *begun)[0] == CANNOT
    google.faults = None
    for words in (("check", "--organisation", "malysh"), ("check",), ("prepare",)):
        assert "начали заводить и не закончили" in run(*words)[1], words
    code, told = run("init", "--organisation", "malysh", "--office")
    assert (code, "«malysh» начали заводить" in told) == (CANNOT, True)
    assert init(run, "malysh")[0] == DONE
    books = [each for each in google.office.files() if each[0].kind == "book"]
    assert [each.id for each, _ in books] == [settings.load_home(tmp_path / "home").place("malysh").book]


@pytest.mark.spare("test_a_place_is_looked_at_before_anything_is_remembered_of_it")
def test_what_staff_laid_on_the_shared_drive_is_seen_though_the_account_never_opened_it(
    google, run, director, tmp_path
):
    init(run, "malysh", "--root", google.rights.shared)
    place = settings.load_home(tmp_path / "home").place("malysh")
    made(director, f"{TITLE}.docx", place.templates, mime="application/octet-stream")
    google.rights.unopened = True
    assert "Всё уже лежит" in run("templates", "put", "order.pairs", "--organisation", "malysh")[1]
    settings.save_place(settings.load_home(tmp_path / "home"), settings.replace(place, drive=""))
    assert TITLE in run("templates", "put", "order.pairs", "--organisation", "malysh")[1]

"""`nastavnik history`: which earlier versions of a paper there are, one of them brought back, and what is refused."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from flows import cli, settings
from flows.office import InProcess, Office
from flows.workspace.session import office_session
from flows.workspace.space import over

NAME = "ПРОЕКТ Приказ О закреплении наставнических пар (ПР-2026-002, в1).docx"


@pytest.fixture
def home(tmp_path):
    """A home with a paper that the program wrote twice, and another of a like name."""
    root = tmp_path / "дом"
    office = Office(root)
    space = over(office_session(InProcess(office)))
    first, second = space.drive.ids(2)
    about = {"nastavnik_org": "sadik", "nastavnik_number": "ПР-2026-002"}
    entry = space.drive.file(first, NAME, "root", about, b"first")
    space.drive.renew(entry, b"second", about)
    space.drive.file(
        second, NAME.replace("002", "003"), "root", {"nastavnik_number": "ПР-2026-003"}, b"other"
    )
    office.close()
    settings.save_place(settings.load_home(root), settings.Place("sadik", book=first, folder="root"))
    return root


def run(home, monkeypatch, capsys, *told):
    """The command as a person types it: its code, what it prints and what it complains of."""
    monkeypatch.setattr(sys, "argv", ["nastavnik", "--home", str(home), "history", *told])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


@pytest.mark.parametrize("named", ["path", "ПР-2026-002", "пр-2026-002", "пар (пр-2026-002"])
def test_a_paper_is_found_by_its_path_its_number_and_a_part_of_its_name(home, monkeypatch, capsys, named):
    code, out, err = run(home, monkeypatch, capsys, str(home / NAME) if named == "path" else named)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == str(home / NAME)
    assert "  1: " in out
    assert "лежит в папке" in out.splitlines()[2]


@pytest.mark.parametrize("named", ["№ 51", "№51", "приказ № 51"])
def test_a_registered_paper_is_found_by_its_number_however_the_sign_is_spaced(
    home, monkeypatch, capsys, named
):
    name = "2026-11-30 Приказ №51 О закреплении наставнических пар.docx"
    with closing(Office(home)) as office:
        space = over(office_session(InProcess(office)))
        space.drive.file(space.drive.ids(1)[0], name, "root", {}, b"signed")
    code, out, err = run(home, monkeypatch, capsys, named)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == str(home / name)


def test_of_two_organisations_papers_with_one_number_the_paths_are_told(home, monkeypatch, capsys):
    with closing(Office(home)) as office:
        space = over(office_session(InProcess(office)))
        (other,) = space.drive.ids(1)
        space.drive.file(other, f"Другой {NAME}", "root", {"nastavnik_number": "ПР-2026-002"}, b"other")
    code, out, err = run(home, monkeypatch, capsys, "ПР-2026-002")
    assert (code, out) == (2, "")
    assert str(home / NAME) in err
    assert str(home / f"Другой {NAME}") in err
    assert err.rstrip().endswith("Укажите путь к файлу.")


def test_a_version_brought_back_leaves_the_newer_one_among_the_kept(home, monkeypatch, capsys):
    code, out, _ = run(home, monkeypatch, capsys, "ПР-2026-002", "--back", "1")
    assert code == 0
    assert "Возвращена версия 1; та, что лежала до неё, сохранена." in out
    assert (home / NAME).read_bytes() == b"first"
    told = json.loads(run(home, monkeypatch, capsys, "ПР-2026-002", "--json")[1])
    assert told["file"] == str(home / NAME)
    assert [(each["size"], each["current"]) for each in told["versions"]] == [(6, False), (5, True)]
    number = told["versions"][0]["number"]
    run(home, monkeypatch, capsys, "ПР-2026-002", "--back", str(number))
    assert (home / NAME).read_bytes() == b"second"


def test_what_a_person_saved_is_kept_when_a_version_comes_back(home, monkeypatch, capsys):
    (home / NAME).write_bytes(b"typed by hand")
    assert run(home, monkeypatch, capsys, NAME, "--back", "1")[0] == 0
    kept = (home / ".nastavnik" / "revisions").rglob("*")
    assert b"typed by hand" in {each.read_bytes() for each in kept if each.is_file()}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("ПР-2026-009",), "в рабочей папке нет"),
        (("",), "в рабочей папке нет"),
        (("пар",), "нашлось несколько документов"),
        (("ПР-2026-002", "--back", "77"), "Версии 77 у этого файла нет."),
        (("ПР-2026-002", "--back", "-1"), "Версии -1 у этого файла нет."),
    ],
)
def test_what_is_not_there_is_said_in_words_and_changes_nothing(home, monkeypatch, capsys, told, said):
    code, out, err = run(home, monkeypatch, capsys, *told)
    assert (code, out) == (2, "")
    assert said in err
    assert (home / NAME).read_bytes() == b"second"


def test_an_open_editor_keeps_its_file(home, monkeypatch, capsys):
    (home / f".~lock.{NAME}#").write_text("")
    code, _, err = run(home, monkeypatch, capsys, "ПР-2026-002", "--back", "1")
    assert code == 2
    assert "открыт" in err
    assert (home / NAME).read_bytes() == b"second"


def test_a_paper_never_rewritten_says_that_there_is_nothing_earlier(home, monkeypatch, capsys):
    code, out, _ = run(home, monkeypatch, capsys, "ПР-2026-003")
    assert code == 0
    assert "Прежних версий нет" in out


def test_of_a_home_in_google_the_words_say_where_its_history_is(home, monkeypatch, capsys):
    told = settings.load_home(home)
    settings.save_place(replace(told, google=True), told.places[0])
    code, out, _ = run(home, monkeypatch, capsys, "ПР-2026-002")
    assert code == 0
    assert "Управлять версиями" in out
    assert json.loads(run(home, monkeypatch, capsys, "что угодно", "--json")[1])["google"] is True
    code, out, err = run(home, monkeypatch, capsys, "ПР-2026-002", "--back", "1")
    assert (code, out) == (2, "")
    assert "Управлять версиями" in err

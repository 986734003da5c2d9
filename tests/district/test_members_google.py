"""Organisations that other homes lead: reached in Google by a link, remembered once, never led from here."""

from __future__ import annotations

import sys

import pytest

from flows import cli, settings
from flows.workspace import signing
from flows.workspace.space import over
from tests.front.test_front import robot, session

BOOK, FOLDER = (
    "https://docs.google.com/spreadsheets/d/{}/edit#gid=0",
    "https://drive.google.com/drive/folders/{}?usp=sharing",
)


@pytest.fixture
def run(google, monkeypatch, capsys, tmp_path):
    """The command for a service account in a home of that name; gives the code and all that was said."""
    monkeypatch.setenv(signing.KEY_FILE, str(google.key_file()))

    def called(home, *words):
        monkeypatch.setattr(sys, "argv", ["nastavnik", "--home", str(tmp_path / home), *map(str, words)])
        with pytest.raises(SystemExit) as over:
            cli.main()
        told = capsys.readouterr()
        return over.value.code, told.out + told.err

    return called


def test_a_district_reaches_organisations_of_other_homes_by_their_links(google, run, tmp_path):
    begun = ("--google", "--root", google.rights.shared)
    assert run("school", "init", "--organisation", "malysh", *begun)[0] == 0
    assert run("district", "init", "--municipality", "--organisation", "rayon", *begun)[0] == 0
    school = settings.load_home(tmp_path / "school").place("malysh")
    own = settings.load_home(tmp_path / "district").place("rayon")
    asked = over(session(robot(google)))
    (short,) = asked.drive.ids(1, "shortcuts")
    asked.drive.shortcut(short, "Книга", google.rights.shared, school.book, {})
    code, said = run("district", "municipality", "add", short)
    assert code == 0, said
    assert "Добавлена организация «malysh»" in said
    home = settings.load_home(tmp_path / "district")
    known = home.place("malysh")
    assert (known.folder, known.book, known.desk) == (school.folder, school.book, school.desk)
    assert (known.drive, known.role) == (school.drive, settings.MEMBER)
    assert [each.slug for each in home.led] == ["rayon"]
    answers = {
        FOLDER.format(school.folder): "уже в списке района",
        BOOK.format(school.book): "уже в списке района",
        BOOK.format(own.book): "книга самого района",
        FOLDER.format(google.rights.shared): "не книга организации",
        BOOK.format("1nobodyhassuchafile"): "не открывается",
    }
    code, said = run("district", "municipality", "add", *answers)
    assert code == 1
    for why in answers.values():
        assert why in said
    assert "ведёт другая рабочая папка" in run("district", "init", "--organisation", "malysh")[1]
    code, said = run("district", "municipality", "--today", "2026-12-10")
    assert "Данные собраны: 1 из 1." in said
    since = len(google.history)
    code, said = run("district", "municipality", "--today", "2026-12-10")
    assert "Изменений нет." in said
    assert google.writes(since) == []
    code, said = run("district", "prepare", "--today", "2026-12-10")
    assert "malysh" not in said, "another home's organisation is not led from here"

"""The district's own book: an organisation's without the people, with the tabs that gather what organisations give."""

import pytest

from flows import cli, settings
from flows.domain import row_codes, tabs
from flows.domain.errors import Misconfigured

PEOPLE = {
    tabs.MENTORS, tabs.MENTEES, tabs.PAIRS, tabs.MEETINGS, tabs.SURVEYS, tabs.SCORE_CARD, tabs.STAFF_EVENTS, tabs.DIFFICULTIES,
}  # fmt: skip
OWN, WHOLE = settings.district_layout(), settings.book_layout()


def titles(layout):
    return [each.title for each in layout.tabs]


def test_people_live_in_the_books_of_organisations_alone():
    assert not PEOPLE & {*titles(OWN)}
    assert {*titles(WHOLE)} - PEOPLE <= {*titles(OWN)}


def test_organisations_come_first_and_the_hidden_tabs_last():
    assert titles(OWN)[:2] == [tabs.ORGANISATIONS, tabs.ROADMAP]
    assert titles(OWN)[-2:] == [tabs.SCHEME, tabs.NOTE_FIGURES]
    assert len(titles(OWN)) == len({*titles(OWN)})


def test_the_districts_columns_stand_left_of_the_systems_and_none_of_an_organisations_rows_from_above_is_there():
    headers = [each.header for each in OWN.tab(tabs.ROADMAP).columns]
    own = [each.header for each in WHOLE.tab(tabs.ROADMAP).columns]
    reach = headers.index("Охват")
    assert headers[reach + 1] == "⚙ Исполнение"
    assert not any(each.startswith("⚙") for each in headers[:reach])
    assert not {"Не для нас: почему", "⚙ Район", "⚙ Из района"} & {*headers}
    assert [each for each in headers if each in own] == [each for each in own if each in headers]


def test_every_list_a_column_names_is_there():
    for tab in OWN.tabs:
        for column in tab.columns:
            kind, _, name = column.kind.partition(":")
            assert kind not in {"choice", "hints"} or OWN.lists[name], (tab.title, column.header)
            assert kind != "names" or name in titles(OWN), (tab.title, column.header)


def test_a_district_is_asked_only_for_papers_of_its_own():
    assert {*OWN.lists["request"]} < {*WHOLE.lists["request"]}
    assert not {"пакет к педсовету", "программа пары", "проект приказа о парах"} & {*OWN.lists["request"]}


def test_a_new_book_says_that_it_is_a_managements():
    (line,) = (each for each in OWN.organisation if each.name == "Кто мы")
    assert line.value == "управление"
    assert "Педсоветы" not in OWN.blocks


def test_rows_of_organisations_and_practices_get_codes_of_their_own():
    letters = [row_codes.PREFIXES[each] for each in (tabs.ORGANISATIONS, tabs.PRACTICES)]
    assert letters == ["О", "Ф"]
    assert len({*row_codes.PREFIXES.values()}) == len(row_codes.PREFIXES)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The command in a home of its own; what it says is returned with its code."""

    def go(*words):
        monkeypatch.setattr("sys.argv", ["nastavnik", "--home", str(tmp_path / "home"), *words])
        with pytest.raises(SystemExit) as over:
            cli.main()
        said = capsys.readouterr()
        return over.value.code, said.out + said.err

    return go


def test_a_district_is_founded_once_and_a_home_has_one(run, tmp_path):
    code, said = run("init", "--municipality", "--organisation", "rayon", "--title", "Управление образования")
    assert code == 0
    assert "Район «rayon» заведён" in said
    assert "municipality add" in said
    home = settings.load_home(tmp_path / "home")
    assert home.district is not None
    assert home.district.slug == "rayon"
    for again in (("--municipality",), ()):
        code, said = run("init", *again, "--organisation", "rayon")
        assert (code, "Район «rayon» уже заведён" in said) == (0, True)
    code, said = run("init", "--municipality", "--organisation", "second")
    assert (code, "уже есть район: «rayon»" in said) == (2, True)
    assert settings.load_home(tmp_path / "home") == home
    for command in (("check",), ("update",)):
        code, said = run(*command)
        assert code in {0, 1}, said
        assert "нет «" not in said, said
    code, said = run("council", "--organisation", "rayon")
    assert (code, "педсоветов нет" in said) == (2, True)


def test_a_working_file_with_two_districts_or_a_strange_role_is_named(tmp_path):
    entry = '[[organisation]]\nslug = "{}"\nbook = "b"\nrole = "{}"\n'
    file = tmp_path / settings.REGISTRY
    file.write_text(entry.format("one", "district") + entry.format("two", "district"), "utf-8")
    with pytest.raises(Misconfigured, match="два района"):
        settings.load_home(tmp_path)
    file.write_text(entry.format("one", "king"), "utf-8")
    with pytest.raises(Misconfigured, match="строка role"):
        settings.load_home(tmp_path)

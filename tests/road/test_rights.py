"""F15: rights that lack are named in plain words, with what to ask and of whom; everything else is finished."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote

import pytest

from flows import doors, runs, settings, telling
from flows.domain.errors import Misconfigured
from flows.office import Faults, InProcess, switches
from flows.workspace.drive import DOCX
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road.desk import TODAY

TAKEN = "closed"


def through(desk, rule):
    """The same desk, its calls through a rule."""
    session = office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock)
    return replace(desk, space=over(session, desk.clock))


def answering(what, part, method):
    return lambda _, request: what(request) if part in request.path and request.method == method else None


@pytest.mark.parametrize(
    ("what", "part", "method", "says"),
    [
        (switches.forbidden, "/v4/spreadsheets", "GET", ("Книга: нет прав", "Редактор")),
        (switches.forbidden, ":batchUpdate", "POST", ("Книга: нет прав", "Редактор")),
        (
            switches.protected,
            ":batchUpdate",
            "POST",
            ("защитили лист или ячейки", "владельца книги", "редакторы"),
        ),
        (switches.forbidden, "/drive/v3/files", "GET", ("нет прав", "Контент-менеджер")),
    ],
    ids=["no access to the book", "a book for reading", "a protected range", "no access to the drive"],
)
def test_what_is_lacking_is_named_with_whom_to_ask_and_nothing_is_half_made(desk, what, part, method, says):
    typed, papers = desk.typed(), desk.papers()
    with pytest.raises(Misconfigured) as caught:
        through(desk, answering(what, part, method)).run()
    assert [each for each in says if each not in str(caught.value)] == []
    assert desk.typed() == typed
    assert desk.papers() == papers


def test_who_may_only_view_the_shared_drive_is_told_what_to_ask(desk):
    """Papers cannot be laid: the run says so and ends, and goes on once the right is there."""
    bad = through(desk, answering(switches.forbidden, "/drive/v3/files", "POST"))
    try:
        told = desks.printed(bad.run())
    except Misconfigured as refusal:
        told = str(refusal)
    assert "Контент-менеджер" in told
    assert desk.papers() == []
    assert desk.run().made


def test_a_draft_that_somebody_locked_is_named_and_the_others_are_renewed(done):
    locked = done.filed("note.monitoring")
    done.space.drive.change(locked.file_id, {"contentRestrictions": [{"readOnly": True}]})
    mime = done.space.drive.entry(locked.file_id).mime
    assert mime == DOCX
    rows = {str(cells[0]).removesuffix(" *"): row for row, cells in desks.reading.lines(done.book()) if cells}
    sheet = done.book().snapshot.sheet("Настройки")
    done.send(desks.changes(sheet, {(rows["Краткое наименование"] - 1, 1): "МБДОУ № 201 «Терем»"}))
    report = done.run()
    (problem,) = [each for each in report.problems if each.code == "not-filed"]
    assert "файл закрыли от правки" in problem.message
    assert "«Разблокировать»" in problem.message
    assert report.made


@pytest.fixture
def district(founded, tmp_path, monkeypatch, pytestconfig):
    """A home of thirty organisations (four in the suite) and one whose book was never opened to the program."""
    root, place = founded
    home = settings.Home(desks.copied(root, tmp_path / "home"))
    (home.path / settings.REGISTRY).unlink()
    for number in range(30 if pytestconfig.getoption("--every") else 4):
        home = settings.save_place(home, replace(place, slug=f"org-{number}"))
    home = settings.save_place(home, replace(place, slug=TAKEN, book=TAKEN))
    monkeypatch.setenv(settings.HOME, str(home.path))

    @contextmanager
    def opened(_home, _clock=None):
        rule = lambda _, request: switches.forbidden(request) if TAKEN in unquote(request.path) else None  # noqa: E731
        with desks.opened(home.path, place) as desk:
            yield through(desk, rule).space

    monkeypatch.setattr(doors, "open_workspace", opened)
    return home


def test_every_organisation_but_the_closed_one_is_finished(district, capsys):
    reports = runs.plainly("", TODAY, dry_run=True)
    telling.reports(reports)
    lines = capsys.readouterr().out
    failed = [
        each.organisation for each in reports if any(one.code == telling.UNABLE for one in each.problems)
    ]
    assert failed == [TAKEN]
    assert len(reports) == len(district.places) > len(failed)
    assert lines.count("нет прав") == 1
    assert "Редактор" in lines

"""A run that was killed while it held the book of a local home: the next one knows it at once and does not wait (F-L2)."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import pytest

from flows import doors, holders, settings
from flows.domain.errors import TryLater
from flows.work import prepare
from flows.workspace import lease
from flows.workspace.clock import Clock
from tests.road import desk as desks


def impatient():
    """A clock that must not be slept by."""

    def never(_):
        pytest.fail("nobody need be waited for")

    return Clock(time.monotonic, never, lambda: 0.0)


@pytest.fixture
def home(furnished, tmp_path):
    root, place = furnished
    home = settings.Home(desks.copied(root, tmp_path / "home"), places=(place,))
    return home, place


def taken_by_another(home, place):
    """Take the lease in a process of its own, which then stands still; return its id once the book is held."""
    seen, told = os.pipe()
    child = os.fork()
    if child == 0:
        with doors.open_workspace(home) as space:
            lock = lease.lock_of(space.sheets.outline(place.book))
            lease.take(space, place.book, lock)
            os.write(told, b"x")
            time.sleep(60)
        os._exit(0)
    os.read(seen, 1)
    return child


def killed(child):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_the_run_after_a_killed_one_goes_on_at_once(home):
    killed(taken_by_another(*home))
    with doors.open_workspace(home[0], impatient()) as space:
        report = prepare(space, home[1], desks.TODAY, desks.supplies(desks.TODAY))
    assert report.made


def test_a_run_that_lives_is_said_to_work_at_once(home):
    child = taken_by_another(*home)
    try:
        with (
            doors.open_workspace(home[0], impatient()) as space,
            pytest.raises(TryLater, match="он работает"),
        ):
            prepare(space, home[1], desks.TODAY, desks.supplies(desks.TODAY))
    finally:
        killed(child)


def test_nothing_is_known_of_a_holder_that_let_go_or_ran_elsewhere(tmp_path):
    with holders.holding(tmp_path) as (name, lives):
        assert lives(name) is True
        assert lives("0badcafe") is None
        assert lives("../../x") is None
    assert holders.lives(tmp_path.joinpath(*holders.FOLDER), name) is None


def test_whoever_waits_is_told_what_for(home):
    said = []
    killed(taken_by_another(*home))
    with doors.open_workspace(home[0], desks.Waiting()) as space:
        blind = replace(space, lives=lambda _: None, tell=said.append)
        assert prepare(blind, home[1], desks.TODAY, desks.supplies(desks.TODAY)).made
    assert said == [lease.WAITING]

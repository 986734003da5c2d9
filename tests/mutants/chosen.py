"""A pytest plugin: runs the tests of a list and no others, in the order of the list."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption("--chosen", help="a file with one test a line")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    order = {
        test: at for at, test in enumerate(Path(config.getoption("--chosen")).read_text("utf-8").splitlines())
    }
    items[:] = sorted((each for each in items if each.nodeid in order), key=lambda each: order[each.nodeid])

"""A district with three organisations, founded once and copied for each test."""

from __future__ import annotations

import pytest

from tests.district import ground as grounds
from tests.road import desk as desks


@pytest.fixture(scope="session")
def three(tmp_path_factory):
    """A folder with a district and three organisations, none of them listed yet."""
    root = tmp_path_factory.mktemp("district") / "home"
    grounds.founded(root)
    return root


@pytest.fixture
def ground(three, tmp_path):
    """The district, its office open."""
    with grounds.opened(desks.copied(three, tmp_path / "home")) as opened:
        yield opened


@pytest.fixture(scope="session")
def three_listed(three, tmp_path_factory):
    """The same with all three in the list."""
    root = desks.copied(three, tmp_path_factory.mktemp("listed") / "home")
    with grounds.opened(root) as opened:
        opened.add(*grounds.NAMES)
    return root


@pytest.fixture
def listed(three_listed, tmp_path):
    """The district with its three organisations in the list, its office open."""
    with grounds.opened(desks.copied(three_listed, tmp_path / "home")) as opened:
        yield opened

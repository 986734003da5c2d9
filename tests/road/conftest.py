"""One furnished organisation, made once and copied for each test."""

from __future__ import annotations

import pytest

from tests.road import desk as desks


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A founded, empty organisation: its folder and its place."""
    root = tmp_path_factory.mktemp("empty")
    return root, desks.founded(root)


@pytest.fixture(scope="session")
def furnished(founded, tmp_path_factory):
    """The organisation with its roadmap, three pairs, one of them not ready; nothing prepared yet."""
    root, place = founded
    target = desks.copied(root, tmp_path_factory.mktemp("furnished") / "home")
    with desks.opened(target, place) as desk:
        desks.furnish(desk)
    return target, place


@pytest.fixture
def empty(founded, tmp_path):
    with desks.of(founded, tmp_path) as desk:
        yield desk


# Here every answer of the office is held against Google's schemas; elsewhere, to be quick, only its own tests do that.
STRICT = {"test_prepare", "test_council"}


@pytest.fixture
def desk(furnished, tmp_path, request):
    strict = request.module.__name__.rpartition(".")[2] in STRICT
    with desks.of(furnished, tmp_path, strict=strict) as desk:
        yield desk


@pytest.fixture(scope="session")
def prepared(furnished, tmp_path_factory):
    """The organisation after its first run."""
    root, place = furnished
    target = desks.copied(root, tmp_path_factory.mktemp("prepared") / "home")
    with desks.opened(target, place) as desk:
        desk.run()
    return target, place


@pytest.fixture
def done(prepared, tmp_path, request):
    """A desk after its first run."""
    strict = request.module.__name__.rpartition(".")[2] in STRICT
    with desks.of(prepared, tmp_path, strict=strict) as desk:
        yield desk

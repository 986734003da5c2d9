"""One Prefect server for the session, in a temporary home, with a sample organisation to work on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

import pytest

from flows import settings
from tests.road import desk as desks

HOME = Path(tempfile.mkdtemp(prefix="prefect-"))
os.environ.pop("PREFECT_API_URL", None)
os.environ.update(
    PREFECT_HOME=str(HOME),
    DO_NOT_TRACK="1",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_LOGGING_LEVEL="CRITICAL",
)


# A new server brings its database up first, dearer than all its tests: one that came up before is kept beside Prefect itself.
KEPT = Path(sys.prefix) / f"prefect-{version('prefect')}.db"


def keep(database):
    """Keep a database that came up, whole or not at all; where nothing can be kept, it comes up anew each time."""
    whole = KEPT.with_suffix(f".{os.getpid()}")
    with suppress(OSError, sqlite3.Error):
        with closing(sqlite3.connect(database)) as new, closing(sqlite3.connect(whole)) as copy:
            new.backup(copy)
        whole.replace(KEPT)


@pytest.fixture(scope="session")
def server(pytestconfig):
    """A real server with its scheduler; started once, with `--every` on a home where Prefect never was."""
    from flows import engine  # noqa: PLC0415 - brings Prefect, only when asked for
    from flows.engine import server as engine_server  # noqa: PLC0415 - brings Prefect, only when asked for

    engine.quiet(HOME)
    known = KEPT.exists()
    if known and not pytestconfig.getoption("--every"):
        shutil.copy(KEPT, HOME / engine_server.DATABASE)
    with engine_server.running():
        if not known:
            keep(HOME / engine_server.DATABASE)
        from prefect.context import refresh_global_settings_context  # noqa: PLC0415 - brings Prefect

        # Another test of this process may have imported Prefect before the server had its address.
        refresh_global_settings_context()
        yield HOME


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A furnished organisation in a working folder that the environment names."""
    root = tmp_path_factory.mktemp("engine") / "home"
    root.mkdir()
    place = desks.founded(root)
    with desks.opened(root, place) as desk:
        desks.furnish(desk)
    before = os.environ.get(settings.HOME)
    os.environ[settings.HOME] = str(root)
    yield root, place
    if before is None:
        del os.environ[settings.HOME]
    else:
        os.environ[settings.HOME] = before

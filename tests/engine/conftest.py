"""One Prefect server for the session, in a temporary home, with a sample organisation to work on."""

from __future__ import annotations

import os
import tempfile
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


@pytest.fixture(scope="session")
def server():
    """A real server with its scheduler; started once."""
    from flows import engine  # noqa: PLC0415 - brings Prefect, only when asked for
    from flows.engine import server as engine_server  # noqa: PLC0415 - brings Prefect, only when asked for

    engine.quiet(HOME)
    with engine_server.running():
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

"""The table of who may open what, as config states it."""

from __future__ import annotations

import tomllib
from functools import cache

from flows.domain.access import Policy, policy
from flows.settings import CONFIG


@cache
def table() -> Policy:
    """Return the table of config/access.toml."""
    return policy(tomllib.loads((CONFIG / "access.toml").read_text("utf-8")))

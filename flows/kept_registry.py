"""The working file `nastavnik.toml` as it was before a founding: a place that is refused leaves no trace in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured
from flows.settings import REGISTRY, UNWRITTEN, write_registry

if TYPE_CHECKING:
    from flows.settings import Home


def kept(home: Home) -> bytes | None:
    """Return what the working file holds now, `None` where there is none."""
    file = home.path / REGISTRY
    return file.read_bytes() if file.is_file() else None


def put_back(home: Home, before: bytes | None) -> None:
    """Let the working file be again what `kept` returned before, as if nothing had been begun."""
    if before is not None:
        write_registry(home, before)
        return
    try:
        (home.path / REGISTRY).unlink(missing_ok=True)
    except OSError:
        raise Misconfigured(UNWRITTEN.format(home.path.name)) from None

"""What was seen against what is held: names that changed, and lines where there is a readable copy."""

from __future__ import annotations

import difflib
import shutil
from typing import TYPE_CHECKING

from tests.witness.still import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

UNREAD = ".bodies"
MOST_NAMES, MOST_LINES = 60, 200


def held(file: Path) -> dict[str, str]:
    """Read digests by name; none when there is no file."""
    if not file.exists():
        return {}
    return {
        name: digest
        for digest, _, name in (line.partition(" ") for line in file.read_text("utf-8").splitlines())
    }


def keep(things: Mapping[str, str], folder: Path, *, bodies: bool) -> None:
    """Write things as readable files, in place of what the folder held of the same organisations."""
    for top in {name.partition("/")[0] for name in things}:
        shutil.rmtree(folder / top, ignore_errors=True)
    for name, told in things.items():
        if bodies or not name.endswith(UNREAD):
            path = readable(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(told, "utf-8")


def readable(folder: Path, name: str) -> Path:
    """Name the readable file of a thing."""
    return folder / f"{name.removesuffix('.docx')}.txt"


def differing(things: Mapping[str, str], digests: Mapping[str, str]) -> list[tuple[str, str]]:
    """Say of each thing that is not as it was: changed, new or gone."""
    now = {name: short(told) for name, told in things.items()}
    fates = ((name, _fate(now.get(name), digests.get(name))) for name in sorted(now.keys() | digests.keys()))
    return [(name, fate) for name, fate in fates if fate]


def _fate(now: str | None, before: str | None) -> str:
    if now == before:
        return ""
    return "новое" if before is None else "нет" if now is None else "иное"


def explained(
    things: Mapping[str, str], found: Iterable[tuple[str, str]], folders: Iterable[Path]
) -> Iterator[str]:
    """Say which things differ, then how, as far as a readable copy of what was tells."""
    named, places = list(found), list(folders)
    yield from (f"{fate}: {name}" for name, fate in named[:MOST_NAMES])
    if len(named) > MOST_NAMES:
        yield f"… и ещё {len(named) - MOST_NAMES}"
    lines = [line for name, _ in named for line in _lines(things.get(name, ""), name, places)]
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"… и ещё строк: {len(lines) - MOST_LINES}"


def _lines(now: str, name: str, folders: list[Path]) -> list[str]:
    before = next((path for folder in folders if (path := readable(folder, name)).exists()), None)
    if before is None:
        return []
    was = before.read_text("utf-8").splitlines()
    return list(
        difflib.unified_diff(was, now.splitlines(), f"было/{name}", f"стало/{name}", lineterm="", n=1)
    )

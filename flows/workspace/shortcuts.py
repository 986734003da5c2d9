"""Shortcuts in a council's folder to papers that stand elsewhere: never copies, which could drift (workbook A6).

A shortcut is laid like a paper: its id is remembered first, then it is made with that id, then marked as done. A
store without shortcuts (the local office) is asked once; the folder's own list then says where the papers lie.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.register.life import latest
from flows.domain.statuses import INTENDED, OVER
from flows.workspace.names import safe
from flows.workspace.own_properties import ORGANISATION
from flows.workspace.refusals import Missing, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.model import Filed, Planned
    from flows.workspace.attempts import Attempts
    from flows.workspace.drive import Drive, Entry
    from flows.workspace.scheme import Scheme

WHAT, NONE_HERE = "ярлык", "нет"
DONE, BEGUN = "готов", "начат"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A shortcut that must be: in which folder, to which register key, to which file, under which name."""

    folder: str
    key: str
    target: str
    name: str

    @property
    def where(self) -> str:
        """Spell what the hidden tab remembers it by."""
        return f"{self.folder}|{self.key}"


def pointers(planned: Iterable[Planned], register: Sequence[Filed]) -> tuple[Pointer, ...]:
    """Return the shortcuts that the folders being prepared need, to the newest living file of each paper."""
    rows = latest(tuple(register))
    found: list[Pointer] = []
    for each in planned:
        for key in each.links if not each.frozen else ():
            row = rows.get(key)
            if row is not None and row.file_id and row.state not in {*OVER, INTENDED}:
                found.append(
                    Pointer(
                        "/".join(each.folder),
                        key,
                        row.file_id,
                        safe(row.name.removesuffix(".docx") or row.title),
                    )
                )
    return tuple(found)


def lacking(scheme: Scheme, wanted: Iterable[Pointer]) -> tuple[Pointer, ...]:
    """Return those that are not there yet or point at a file that is no longer the right one."""
    if scheme.get(WHAT, NONE_HERE):
        return ()
    return tuple(
        each
        for each in wanted
        if scheme.get(WHAT, each.where).split(" ")[::2] != [each.target, DONE]
        and scheme.get("папка", each.folder)
    )


def intended(scheme: Scheme, missing: Sequence[Pointer], drive: Drive) -> dict[tuple[str, str], str]:
    """Give an id to each shortcut, the one it was begun with if a broken run left it so."""
    begun = {
        each: parts[1]
        for each in missing
        if (parts := scheme.get(WHAT, each.where).split(" "))[::2] == [each.target, BEGUN]
    }
    fresh = iter(drive.ids(len(missing) - len(begun), "shortcuts") if len(begun) < len(missing) else ())
    return {(WHAT, each.where): f"{each.target} {begun.get(each) or next(fresh)} {BEGUN}" for each in missing}


def laid(
    scheme: Scheme, before: Scheme, missing: Sequence[Pointer], attempts: Attempts, organisation: str
) -> dict[tuple[str, str], str]:
    """Make the shortcuts whose ids `scheme` remembers and put away those that pointed at older files; return what to remember."""
    told: dict[tuple[str, str], str] = {}
    for each in missing:
        _, own, _ = scheme.get(WHAT, each.where).split(" ")
        old = before.get(WHAT, each.where).split(" ")
        outgrown = old[1] if len(old) == len((each.target, own, DONE)) and old[1] != own else ""
        lay = partial(
            _laid, attempts.drive, each, own, scheme.get("папка", each.folder), organisation, outgrown
        )
        try:
            done = attempts.tried(lay, each.where, each.folder)
        except Unsupported:
            return {(WHAT, NONE_HERE): "да"} | {(WHAT, one.where): "" for one in missing}
        if done is not None:
            told[WHAT, each.where] = f"{each.target} {own} {DONE}"
    return told


def _laid(  # noqa: PLR0913, PLR0917 - a shortcut is flat
    drive: Drive, pointer: Pointer, own: str, parent: str, organisation: str, outgrown: str
) -> Entry:
    entry = drive.shortcut(own, pointer.name, parent, pointer.target, {ORGANISATION: organisation})
    if outgrown:
        with suppress(Missing):
            drive.change(outgrown, {"trashed": True})
    return entry

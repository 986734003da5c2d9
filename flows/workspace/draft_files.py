"""The file of a draft: brought up to date only while it is as we left it; what a person changed is never written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import TryLater
from flows.domain.row_codes import YEAR_OF
from flows.workspace.drafts import has_row
from flows.workspace.recovery import as_left
from flows.workspace.refusals import Changed
from flows.workspace.registered_files import locked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.workspace.drafts import Sheaf
    from flows.workspace.drive import Drive, Entry


class Saved(Exception):  # noqa: N818 - says that the paper must be thought of anew
    """A person saved the file of a draft while the run was at work; it is not touched. `entry` is the file as it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


def laid_down(drive: Drive, sheaf: Sheaf, parent: str, properties: Mapping[str, str]) -> Entry:
    """Make the file of a draft, or bring up to date the one that a broken run had made already; a final is closed.

    `Saved` when a person changed it since; `TryLater` when it lies in the trash or is a registered paper.
    """
    entry = drive.file(sheaf.filed.file_id, sheaf.filed.name, parent, properties, sheaf.data)
    if entry.md5 != sheaf.checksum:
        entry = _finished(drive, entry, sheaf, properties)
    if sheaf.filed.final:
        locked(drive, entry)
    return entry


def _finished(drive: Drive, entry: Entry, sheaf: Sheaf, properties: Mapping[str, str]) -> Entry:
    row = sheaf.draft.step.filed
    known = row if row is not None and has_row(sheaf) else sheaf.filed
    theirs = not as_left(known, entry)
    if entry.trashed or (theirs and sheaf.filed.final):
        raise TryLater(
            "Файл начатого черновика изменили или удалили, пока шла работа. Он не тронут; повторите запуск."
        )
    if theirs:
        raise Saved(entry)
    return _over(drive, entry, sheaf, properties)


def renewed(drive: Drive, sheaf: Sheaf, properties: Mapping[str, str]) -> Entry:
    """Renew a draft that is as we left it: it is looked at once more right before; `Saved` when it is not."""
    now = drive.entry(sheaf.filed.file_id)
    if now.md5 == sheaf.checksum:
        return now
    row = sheaf.draft.step.filed
    if row is None or not as_left(row, now):
        raise Saved(now)
    other = YEAR_OF.search(now.name)
    strange = other is not None and other[0] != sheaf.filed.draft_number
    return _over(drive, now, sheaf, properties, sheaf.filed.name if strange else "")


def _over(drive: Drive, seen: Entry, sheaf: Sheaf, properties: Mapping[str, str], name: str = "") -> Entry:
    try:
        return drive.renew(seen, sheaf.data, properties, name)
    except Changed:
        raise Saved(drive.entry(seen.id)) from None

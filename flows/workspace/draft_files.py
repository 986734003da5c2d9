"""The file of a draft: brought up to date only while it is as we left it; what a person changed is never written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import TryLater
from flows.domain.row_codes import YEAR_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.workspace.drafts import Sheaf
    from flows.workspace.drive import Drive, Entry


def finished(drive: Drive, entry: Entry, sheaf: Sheaf, properties: Mapping[str, str]) -> Entry:
    """Bring up to date a file that a broken run had made already; raise `TryLater` when a person changed it since."""
    left = _begun(sheaf)
    if entry.trashed or (left and entry.md5 != left):
        raise TryLater(
            "Файл начатого черновика изменили или удалили, пока шла работа. Он не тронут; повторите запуск."
        )
    return drive.renew(entry.id, sheaf.data, properties)


def renewed(drive: Drive, sheaf: Sheaf, properties: Mapping[str, str]) -> Entry:
    """Renew a draft that is as we left it: it is looked at once more right before; raise `TryLater` when it is not."""
    now = drive.entry(sheaf.filed.file_id)
    if now.md5 not in {sheaf.filed.checksum, sheaf.checksum, _begun(sheaf)}:
        raise TryLater(
            "Черновик исправили, пока шла работа. Он не тронут; повторите запуск, и рядом появится новая версия."
        )
    if now.md5 == sheaf.checksum:
        return now
    other = YEAR_OF.search(now.name)
    strange = other is not None and other[0] != sheaf.filed.draft_number
    return drive.renew(now.id, sheaf.data, properties, sheaf.filed.name if strange else "")


def _begun(sheaf: Sheaf) -> str:
    """Return the checksum that a broken run meant the file to have, empty when none was broken."""
    row = sheaf.draft.step.filed
    return row.intended.partition(":")[2] if row is not None else ""

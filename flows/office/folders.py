"""The folders that are there, each with its path on disk: kept as folders come, found anew only where one was moved."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.office.entries import Entry
    from flows.office.store import Store


class Folders:
    """Knows the living folders of a store by id; what is trashed or gone from the disk is not among them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._paths: dict[str, str] = {}

    def paths(self) -> Mapping[str, str]:
        """Return the path of every folder, those around it first."""
        made, moved = self._store.ledger.news_of_folders()
        if moved or not all(self._added(file_id) for file_id in made):
            self._paths = {}
            for entry in self._store.ledger.entries.values():
                self._added(entry.id)
        return self._paths

    def around(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """List the folders that an entry lies in and the entry itself, if it is one, with their paths; the innermost first."""
        paths, entries = self.paths(), self._store.ledger.entries
        while True:
            if entry.id in paths:
                yield entry.id, paths[entry.id]
            if not entry.parent:
                return
            entry = entries[entry.parent]

    def _added(self, file_id: str) -> bool:
        """Add a folder and those around it; False where one of those is not there or it is none itself."""
        entry = self._store.ledger.entries[file_id]
        if file_id in self._paths:
            return True
        if entry.kind != "folder" or entry.gone or entry.trashed:
            return False
        if not entry.parent:
            self._paths[file_id] = str(self._store.path_of(entry))
            return True
        if not self._added(entry.parent):
            return False
        self._paths[file_id] = f"{self._paths[entry.parent].rstrip(os.sep)}{os.sep}{entry.disk}"
        return True

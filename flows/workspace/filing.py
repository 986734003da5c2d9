"""Exactly one file for each key and version: intention first, then the file with its id, then the mark (DESIGN §7)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.errors import Refused, TryLater
from flows.domain.register.life import Action
from flows.domain.row_codes import draft_number
from flows.domain.statuses import INTENDED, REPLACED
from flows.domain.tabs import NOTE_FIGURES
from flows.workspace import shortcuts, snapshots
from flows.workspace.attempts import Attempts
from flows.workspace.cells import appended, changes
from flows.workspace.draft_files import Saved, laid_down, renewed
from flows.workspace.drafts import (
    final_row,
    fresh_row,
    has_row,
    highest_of,
    paths,
    properties_of,
    renewed_row,
    sheaf_of,
)
from flows.workspace.drive import namesake
from flows.workspace.names import folder_name
from flows.workspace.own_properties import ORGANISATION
from flows.workspace.refusals import Missing
from flows.workspace.register import ready, registration, system_cells
from flows.workspace.registered_files import laid, unprinted
from flows.workspace.table import as_line, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from flows.domain.model import Filed
    from flows.workspace.cells import Place, Written
    from flows.workspace.drafts import Draft, Sheaf
    from flows.workspace.drive import Drive, Entry
    from flows.workspace.register_tab import RegisterTab
    from flows.workspace.scheme import Scheme
    from flows.workspace.sheets import Request
    from flows.workspace.shortcuts import Pointer
    from flows.workspace.table import Table

CHUNK = 100
TRIES = 3


@dataclass
class Cabinet:
    """One filing under one lease: the register and the hidden tab as they stand now, and what Drive holds.

    `attempts` tells by key, folder, shortcut or PDF what stood in the way of it alone; `again` are folders whose ids an
    earlier run promised. `given` is the greatest draft number of this run: a book replaced by an older copy forgets it.
    """

    register: RegisterTab
    drive: Drive
    organisation: str
    root: str
    entries: dict[str, Entry]
    today: date
    spare: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    given: int = 0
    attempts: Attempts = field(init=False)

    def __post_init__(self) -> None:
        self.attempts = Attempts(self.drive, self.root)

    @property
    def table(self) -> Table:
        """The register as last seen."""
        return self.register.table

    @property
    def scheme(self) -> Scheme:
        """The hidden tab as last seen."""
        return self.register.scheme

    def file(self, drafts: Sequence[Draft]) -> None:
        """File drafts in order, in chunks: a chunk is one batch of intentions, its files, one batch of marks."""
        if not drafts:
            return
        folders = {path for draft in drafts for path in paths(draft)}
        finals = sum(draft.step.final for draft in drafts)
        self.spare = self.drive.ids(len(drafts) + finals + len(folders))
        year = self.today.year
        self.given = max(self.given, highest_of(self.table, self.entries.values(), year))
        for start in range(0, len(drafts), CHUNK):
            self._chunk(drafts[start : start + CHUNK], start, len(drafts))

    def point(self, missing: Sequence[Pointer]) -> None:
        """Lay the shortcuts that are missing: ids first, then the shortcuts, then the marks."""
        before = self.scheme
        self.register.write(self.scheme.remembering(shortcuts.intended(self.scheme, missing, self.drive)))
        laid_now = shortcuts.laid(self.scheme, before, missing, self.attempts, self.organisation)
        self.register.write(self.scheme.remembering(laid_now), whole=True)
        self.attempts.stop_if_silent()

    def _chunk(self, chunk: Sequence[Draft], before: int, total: int) -> None:
        sheaves, numbers = self._intentions(chunk)
        remembered = {("папка", path): file_id for path, file_id in self._folders(chunk).items()} | numbers
        self._promise(sheaves, remembered)
        tried, tell = self.attempts.tried, self.register.lease.space.voice.progress
        for path in sorted(self._needed(chunk), key=lambda path: (path.count("/"), path)):
            tried(partial(self._folder, path), path, path.rpartition("/")[0])
        done: list[Filed] = []
        for at, sheaf in enumerate(sheaves, before):
            tell(f"Записано документов: {at} из {total}.")
            filed = tried(partial(self._filed, sheaf), sheaf.filed.key, *paths(sheaf.draft))
            done += [filed] if filed is not None else []
        figures = {
            draft.step.key: draft.step.planned.kept
            for draft in chunk
            if draft.step.planned and draft.step.planned.kept and not draft.step.final
        }
        self._mark(done, figures, last=before + len(chunk) >= total)
        self.attempts.stop_if_silent()

    def _intentions(self, chunk: Sequence[Draft]) -> tuple[list[Sheaf], dict[tuple[str, str], str]]:
        """Give each draft its row: the one it has, or a new one with the next number and an id of its own."""
        counter = f"проект/{self.today.year}"
        given = self.scheme.number(counter)
        top = max(given, self.given)
        sheaves: list[Sheaf] = []
        for draft in chunk:
            row = draft.step.filed
            if draft.step.final and row is not None and row.state != INTENDED:
                row = final_row(draft, row, self._id(), self._id())
            elif row is None or row.version != draft.step.version:
                top += 1
                row = fresh_row(draft, draft_number(self.today.year, top), self._id())
            elif not row.final:
                row = renewed_row(draft, row)
            sheaves.append(sheaf_of(draft, row))
        self.given = top
        return sheaves, {("счёт", counter): str(top)} if top > given else {}

    def _id(self) -> str:
        """Give an id that no file has; a folder that had to be tried again has used up one more than was reckoned."""
        self.spare = self.spare or self.drive.ids(CHUNK)
        return self.spare.pop(0)

    def _folders(self, chunk: Sequence[Draft]) -> dict[str, str]:
        """Give an id to each folder that is not remembered, was deleted or lies in the trash."""
        fresh: dict[str, str] = {}
        for path in sorted(self._needed(chunk)):
            known = self.scheme.get("папка", path)
            if path in self.attempts.failed or self._stands(known):
                continue
            if (
                known and known not in self.entries
            ):  # promised: a create that comes late finds the same folder
                self.again.add(path)
            fresh[path] = self._namesake(path, fresh) or (known if path in self.again else self._id())
        return fresh

    def _stands(self, file_id: str) -> bool:
        """Tell whether a folder is there; what the listing does not show is looked up by id."""
        if file_id and file_id not in self.entries:
            with suppress(Missing):
                self.entries[file_id] = self.drive.entry(file_id)
        return file_id in self.entries and not self.entries[file_id].trashed

    def _namesake(self, path: str, fresh: Mapping[str, str]) -> str:
        above, _, name = path.rpartition("/")
        parent = fresh.get(above) or self.scheme.get("папка", above) if above else self.root
        return namesake(self.entries.values(), parent, folder_name(name))

    def _needed(self, chunk: Sequence[Draft]) -> set[str]:
        return {path for draft in chunk if draft.step.action is Action.CREATE for path in paths(draft)}

    def _promise(self, sheaves: Sequence[Sheaf], remembered: Mapping[tuple[str, str], str]) -> None:
        """Write the intentions in one batch; rows that people moved under it are found anew and promised again."""
        new = [sheaf for sheaf in sheaves if not has_row(sheaf)]
        lines = [
            as_line(
                self.table,
                system_cells(each.filed, each.draft.title_of_kind, self.today, "")
                | (registration(each.filed) if each.filed.final else {}),
            )
            for each in new
        ]
        changed, fresh = self.scheme.lines(remembered)
        requests = self._promises(sheaves) + changes(self.scheme.sheet, changed)
        requests += [appended(self.table.sheet.sheet_id, lines)] if lines else []
        requests += [appended(self.scheme.sheet.sheet_id, fresh)] if fresh else []
        for _ in range(TRIES):
            if requests:
                self.register.write(requests)
                self.register.hold({each.filed.file_id for each in new})
            requests = self._promises(sheaves)
            if not requests:
                return
        raise TryLater(
            "Вкладку «Документы» всё время меняют, работу не начать. Ничего не испорчено; повторите запуск."
        )

    def _promises(self, sheaves: Sequence[Sheaf]) -> list[Request]:
        """Say what rows that are there must bear: what is intended, or that a new version replaces them."""
        wanted: dict[str, dict[str, Written]] = {}
        for sheaf in sheaves:
            row, filed = sheaf.draft.step.filed, sheaf.filed
            if row is not None and has_row(sheaf):
                wanted[row.file_id] = {"⚙ Намерение": filed.intended}
            elif row is not None and (filed.final or not row.registered):
                wanted[row.file_id] = {"Состояние": REPLACED, "⚙ Намерение": ""}
        rows = {row.file_id: row.origin.row for row in self.register.rows}
        cells = {
            place: value
            for file_id, told in wanted.items()
            if file_id in rows
            for place, value in placed(self.table, rows[file_id], told).items()
        }
        return changes(self.table.sheet, cells)

    def _folder(self, path: str) -> None:
        if self.scheme.get("папка", path) in self.entries:
            return
        try:
            entry = self._made(path)
        except Refused:
            if path not in self.again:
                raise
            another = {("папка", path): self._id()}  # the old id was a folder's that is deleted for good
            self.register.write(self.scheme.remembering(another))
            entry = self._made(path)
        self.entries[entry.id] = entry

    def _made(self, path: str) -> Entry:
        above, _, name = path.rpartition("/")
        parent = self.scheme.get("папка", above) if above else self.root
        own = self.scheme.get("папка", path)
        return self.drive.folder(own, folder_name(name), parent, {ORGANISATION: self.organisation})

    def _filed(self, sheaf: Sheaf) -> Filed | None:
        """Lay the file of a draft; none when a person saved it meanwhile: what is to become of it is thought of anew."""
        step, filed = sheaf.draft.step, sheaf.filed
        assert step.planned is not None
        properties = properties_of(self.organisation, filed)
        try:
            if step.action is Action.RENEW:
                entry = renewed(self.drive, sheaf, properties)
            else:
                parent = self.scheme.get("папка", "/".join(step.planned.folder)) or self.root
                entry = laid_down(self.drive, sheaf, parent, properties)
        except Saved as now:
            self.entries[now.entry.id] = now.entry
            return None
        self.links[filed.file_id] = entry.link
        self.entries[entry.id] = entry
        return ready(filed, step.fingerprint, sheaf.checksum, entry.name)

    def print(self, convert: Callable[[Mapping[str, bytes]], Mapping[str, bytes]]) -> None:
        """Lay a PDF beside each registered paper that has none; what did not convert waits for the next run."""
        rows = unprinted(self.table)
        cells = laid(self.attempts, self.organisation, self.table, rows, convert) if rows else {}
        requests = changes(self.table.sheet, cells)
        if requests:
            self.register.write(requests, whole=True)
        self.attempts.stop_if_silent()

    def _mark(self, done: Sequence[Filed], figures: Mapping[str, str], *, last: bool) -> None:
        """Mark what is filed, finding each row anew; a mark that landed on a moved row is put right at once.

        The figures of notes go with the first marks, in one batch: both are there or neither. The `last` marks of a
        filing show the register whole: what people did to it meanwhile is thought of next.
        """
        beside = snapshots.requests(self.register.figures, figures)
        wanted = {(row.key, row.version): row for row in done}
        for attempt in range(TRIES):
            cells: dict[Place, Written] = {}
            kept = {row.origin.row: row for row in self.table.rows}
            for row in self.register.rows:
                mine = wanted.get((row.key, row.version))
                if mine is not None:
                    at = row.origin.row
                    title, created = kept[at].text("Вид"), kept[at].text("⚙ Создан")
                    link = self.links.get(mine.file_id, "")
                    cells |= placed(self.table, at, system_cells(mine, title, created, link))
            requests = [*changes(self.table.sheet, cells), *(() if attempt else beside)]
            if not requests:
                return
            self.register.write(requests, *([] if attempt or not beside else [NOTE_FIGURES]), whole=last)
            self.register.hold()
        raise TryLater(
            "Вкладку «Документы» всё время меняют, отметки не удалось поставить. Готовое не пропало; повторите запуск."
        )

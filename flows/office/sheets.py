"""The Sheets service over the store: spreadsheets.get, values.get, values.batchGet, batchUpdate."""

from __future__ import annotations

import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.office import batch, conditions, grid, looks, masks, render, tabs
from flows.office.draft import Draft
from flows.office.entries import OFFICE, Entry, Tab
from flows.office.errors import Refusal, missing_book, open_in_editor, saved_meanwhile, too_large
from flows.office.package import BadPackage, TooLarge
from flows.office.replacing import Stale
from flows.office.tied_tabs import synced
from flows.office.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.office.store import Store
    from flows.office.watch import Watch

BOOKS_IN_MEMORY = 8
# How often a book is read anew because somebody saves it, and how long a save that has begun may take.
_MOST_SAVES, _LOOKS, _BETWEEN = 20, 150, 0.02


class Sheets:
    """Serves workbooks; holds the few last used ones parsed."""

    def __init__(self, store: Store, watch: Watch, now: Callable[[], str]) -> None:
        self._store = store
        self._watch = watch
        self._now = now
        self._books: OrderedDict[tuple[str, str], Workbook] = OrderedDict()
        # What was found unreadable last, so that it is not tried at each request and each look at a save.
        self._unreadable: dict[tuple[str, str], Refusal] = {}
        self._last: tuple[str, str, list[dict[str, Any]]] = ("", "", [])
        watch.merge = self._merged

    def get(self, file_id: str, query: dict[str, list[str]], mask: masks.Mask | None) -> dict[str, Any]:
        """spreadsheets.get; a mask that names `data` asks for cells, as does includeGridData. Who asks cuts to the mask."""
        entry, workbook = self._open(file_id)
        with_data = mask is not None or query.get("includeGridData", [""])[0].lower() == "true"
        return self._shown(
            entry,
            Draft(workbook, entry),
            query.get("ranges", []),
            mask,
            with_data=with_data,
        )

    def values(self, file_id: str, ranges: list[str], query: dict[str, list[str]]) -> list[dict[str, Any]]:
        """One ValueRange for each range, in order."""
        entry, workbook = self._open(file_id)
        how = query.get("valueRenderOption", ["FORMATTED_VALUE"])[0]
        columns = query.get("majorDimension", ["ROWS"])[0] == "COLUMNS"
        return [self._value_range(entry, workbook, each, how, columns=columns) for each in ranges]

    def _value_range(
        self, entry: Entry, workbook: Workbook, text: str, how: str, *, columns: bool
    ) -> dict[str, Any]:
        tab, area = _located(entry, text)
        clipped = area.within(tab.rows, tab.columns)
        if clipped.top >= tab.rows or clipped.left >= tab.columns:
            raise Refusal(
                400, f"Range ({text}) exceeds grid limits. Max rows: {tab.rows}, max columns: {tab.columns}"
            )
        sheet = workbook.sheet(workbook.leaf(tab.inner).part)
        found = render.values(
            sheet, workbook.styles, clipped.edges, how, {each.title: each.sheet_id for each in entry.tabs}
        )
        shown: dict[str, Any] = {
            "range": f"{grid.quoted(tab.title)}!{grid.span(clipped)}",
            "majorDimension": "COLUMNS" if columns else "ROWS",
        }
        if found:
            shown["values"] = render.by_columns(found) if columns else found
        return shown

    def batch_update(
        self,
        file_id: str,
        body: dict[str, Any],
        mask: masks.Mask | None = None,
        doomed: Refusal | None = None,
    ) -> dict[str, Any]:
        """spreadsheets.batchUpdate: all of it on disk, or nothing changed; a mask limits what comes back.

        A book that somebody saves meanwhile is read anew and the batch made on it; 503 when that will not end.
        A `doomed` batch is only tried, for a better word on what is wrong with it, and refused at the latest with its own.
        """
        for _ in range(_MOST_SAVES):
            entry, workbook = self._open(file_id)
            if self._store.open_in_editor(entry):
                raise open_in_editor(entry.name, book=True)
            if entry.read_only:
                raise Refusal(403, "The caller does not have permission")
            if doomed is not None:
                self._books.pop((entry.id, entry.sha), None)
                batch.run(Draft(workbook, entry), body.get("requests") or [])
                raise doomed
            with suppress(Stale):
                return self._written(entry, workbook, body, mask)
        raise saved_meanwhile(entry.name, book=True)

    def _written(
        self, entry: Entry, workbook: Workbook, body: dict[str, Any], mask: masks.Mask | None
    ) -> dict[str, Any]:
        draft = Draft(workbook, entry)
        self._books.pop((entry.id, entry.sha), None)  # half changed if anything below refuses
        requests = body.get("requests") or []
        replies = batch.run(draft, requests)
        draft.settle()
        data = workbook.pack()
        written = self._store.write(self._next(entry, draft), data)
        self._hold(written, workbook)
        self._last = (written.id, written.sha, _repeatable(requests, replies))
        answer: dict[str, Any] = {"spreadsheetId": entry.id, "replies": replies}
        if body.get("includeSpreadsheetInResponse"):
            answer["updatedSpreadsheet"] = self._shown(
                written,
                draft,
                body.get("responseRanges") or [],
                _inside(mask, "updatedSpreadsheet"),
                with_data=bool(body.get("responseIncludeGridData")),
            )
        return answer

    def _merged(self, entry: Entry, data: bytes) -> tuple[Entry, bytes] | None:
        """Make the last batch again on a save that had begun before it and ended after."""
        if entry.kind != "book":
            return entry, data
        try:
            workbook = _parse(entry, data)
            known = synced(entry, workbook)
            if self._last[:2] != (entry.id, entry.sha):
                return known, data
            draft = Draft(workbook, known)
            batch.run(draft, self._last[2])
        except Refusal:  # not all of it is there yet, or the tab of the batch is gone
            return None
        draft.settle()
        return self._next(known, draft), workbook.pack()

    def _next(self, entry: Entry, draft: Draft) -> Entry:
        return replace(
            entry,
            tabs=draft.ordered(),
            protected=tuple(draft.protected),
            settings=draft.settings,
            version=entry.version + 1,
            revision=entry.revision + 1,
            modified=self._now(),
            author=OFFICE,
        )

    def _open(self, file_id: str) -> tuple[Entry, Workbook]:
        self._watch.look_around(file_id)
        entry = self._store.entry(file_id)
        if entry is None or entry.kind != "book" or self._store.lost(entry):
            raise missing_book()
        fresh, workbook = self._whole(entry)
        self._hold(fresh, workbook)
        return fresh, workbook

    def _whole(self, entry: Entry) -> tuple[Entry, Workbook]:
        """Read a book; one that is being saved at the moment is given the time to become whole."""
        for _ in range(_LOOKS):
            fresh = self._watch.freshen(entry)
            if fresh is None:
                self._watch.forget()
                raise missing_book()
            workbook = self._books.get((fresh.id, fresh.sha))
            if workbook is not None:
                return fresh, workbook
            known = self._unreadable.get((fresh.id, fresh.sha))
            if known is not None and looks.old(fresh.stamp):
                raise known
            data = b"" if known is not None else self._store.read(fresh)
            if looks.digest(data).sha == fresh.sha:
                try:
                    workbook = _parse(fresh, data)
                except Refusal as refusal:
                    self._unreadable = {(fresh.id, fresh.sha): refusal}
                    if looks.old(fresh.stamp):
                        raise
                else:
                    return self._tied(fresh, workbook), workbook
            time.sleep(_BETWEEN)
            entry = self._store.ledger.entries[entry.id]
        raise saved_meanwhile(entry.name, book=True)

    def _tied(self, entry: Entry, workbook: Workbook) -> Entry:
        """Remember the ids of tabs at once: they must not change if the request is refused later."""
        known = synced(entry, workbook)
        if known.tabs != entry.tabs:
            self._store.ledger.put([known])
            self._store.ledger.commit()
        return known

    def _hold(self, entry: Entry, workbook: Workbook) -> None:
        self._books[entry.id, entry.sha] = workbook
        self._books.move_to_end((entry.id, entry.sha))
        while len(self._books) > BOOKS_IN_MEMORY:
            self._books.popitem(last=False)

    def _shown(
        self, entry: Entry, draft: Draft, ranges: list[str], mask: masks.Mask | None, *, with_data: bool
    ) -> dict[str, Any]:
        places = [_located(entry, each) for each in ranges]
        wanted = {tab.sheet_id for tab, _ in places}
        shown: dict[str, Any] = {
            "spreadsheetId": entry.id,
            "properties": {
                "title": entry.name,
                "locale": draft.settings.get("locale", "ru_RU"),
                "autoRecalc": "ON_CHANGE",
                "timeZone": draft.settings.get("timeZone", "Europe/Moscow"),
            },
            "spreadsheetUrl": self._store.path_of(entry).as_uri(),
        }
        if masks.wants(mask, "sheets"):
            chosen = [tab for tab in draft.ordered() if not places or tab.sheet_id in wanted]
            inner = (mask or {}).get("sheets") if mask and "*" not in mask else None
            shown["sheets"] = [
                self._sheet(
                    draft, tab, [area for each, area in places if each == tab], inner, with_data=with_data
                )
                for tab in chosen
            ]
        return shown

    def _sheet(
        self, draft: Draft, tab: Tab, areas: Iterable[grid.Area], mask: masks.Mask | None, *, with_data: bool
    ) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if masks.wants(mask, "properties"):
            shown["properties"] = tabs.properties(draft, tab)
        protected = [each for each in draft.protected if each["range"].get("sheetId") == tab.sheet_id]
        if protected:
            shown["protectedRanges"] = protected
        part = draft.leaf(tab).part
        if masks.wants(mask, "conditionalFormats"):
            found = conditions.described(draft.workbook.sheet(part), draft.workbook.styles, tab.sheet_id)
            shown |= {"conditionalFormats": found} if found else {}
        if with_data and masks.wants(mask, "data"):
            inner = (mask or {}).get("data") if mask and "*" not in mask else None
            workbook = draft.workbook
            ids = {each.title: number for number, each in draft.tabs.items()}
            data = render.GridData(workbook.sheet(part), workbook.styles, workbook.notes(part), inner, ids)
            shown["data"] = [
                data.of(area.within(tab.rows, tab.columns).edges) for area in (tuple(areas) or (grid.Area(),))
            ]
        return shown


def _repeatable(requests: list[dict[str, Any]], replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the id that a new tab was given, so that it has the same one if the batch is made again."""
    return [
        {"addSheet": reply["addSheet"]} if "addSheet" in reply else each
        for each, reply in zip(requests, replies, strict=True)
    ]


def _parse(entry: Entry, data: bytes) -> Workbook:
    try:
        workbook = Workbook(data)
        for leaf in workbook.leaves:
            workbook.sheet(leaf.part)
            workbook.notes(leaf.part)
        if workbook.leaves and len({leaf.inner for leaf in workbook.leaves}) == len(workbook.leaves):
            return workbook
    except TooLarge:
        raise too_large(entry.name) from None
    except (BadPackage, KeyError, ValueError, StopIteration):
        pass
    raise Refusal(
        400,
        f"Книга «{entry.name}» не читается: файл повреждён, закрыт паролем или это не книга .xlsx. "
        "Откройте её в редакторе и сохраните как «Книга Excel (.xlsx)» или верните прежнюю версию.",
    )


def _located(entry: Entry, text: str) -> tuple[Tab, grid.Area]:
    """Find the tab and the area of a range; a bare title means the whole tab, a bare area the first one."""
    title, rest = grid.split(text)
    if title is None:
        whole = _titled(entry, rest)
        if whole is not None:
            return whole, grid.Area()
        tab = entry.tabs[0]
    else:
        found = _titled(entry, title)
        if found is None:
            raise grid.unreadable(text)
        tab = found
    try:
        return tab, grid.area_of(rest) if rest else grid.Area()
    except ValueError:
        raise grid.unreadable(text) from None


def _titled(entry: Entry, title: str) -> Tab | None:
    return next((tab for tab in entry.tabs if tab.title.casefold() == title.casefold()), None)


def _inside(mask: masks.Mask | None, name: str) -> masks.Mask | None:
    """Mask of one field of an answer; None asks for all of it."""
    return None if not mask or "*" in mask else mask.get(name) or None

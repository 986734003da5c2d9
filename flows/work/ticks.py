"""What curators ticked in `Запросы`: made at once, answered in the same row, unticked in the same batch (workbook A4)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain import life, registry
from flows.domain.errors import Refused
from flows.work import councils
from flows.work.road import prepare
from flows.work.seeing import look
from flows.workspace import lease as leases
from flows.workspace import reading, table
from flows.workspace.cells import Link, appended, changes
from flows.workspace.register import TAB, filed_rows, placed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from flows.domain.model import Filed, Row
    from flows.settings import Place
    from flows.work.stages import Report, Seen, Supplies
    from flows.workspace.cells import Written
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace
    from flows.workspace.table import Table

REQUESTS = "Запросы"
KINDS = {
    "проект приказа о парах": frozenset({"order.pairs"}), "программа пары": frozenset({"program.personal"}), "все программы": frozenset({"program.personal"}),
    "справка мониторинга": frozenset({"note.monitoring"}), "пакет к педсовету": frozenset({"note.monitoring", "order.pairs"}),
    "выписка": frozenset({"extract.council"}), "журнал приказов": frozenset({"journal.orders"}), "журнал протоколов": frozenset({"journal.protocols"}),
    "портфолио наставника": frozenset({"portfolio.mentor"}), "благодарственные письма": frozenset({"letter.thanks", "order.reward"}), "обновить сводку": frozenset[str](),
}  # fmt: skip
OF_ONE = frozenset({"portfolio.mentor"})
PACK, NOTE, ROW = "пакет к педсовету", "справка мониторинга", re.compile(r"М-\d+")
BUSY, DONE, MEND = "готовится", "готово", "нужно исправить"


@dataclass(frozen=True, slots=True)
class Wish:
    """A ticked row: its code, what is wanted, for whom, and the key under which it is served once."""

    code: str
    what: str
    whom: str
    council: str
    key: str


def ticked(space: Workspace, place: Place, supplies: Supplies) -> list[Wish]:
    """Read the ticked rows, in one call; the key changes with what was asked and with each serving."""
    snapshot = space.sheets.read(place.book, REQUESTS, "_схема")
    found, _ = table.read(snapshot.sheet(REQUESTS), supplies.layout.tab(REQUESTS), snapshot.title)
    if found is None:
        return []
    scheme = reading.read(snapshot, supplies.layout).scheme
    rows, _, _ = registry.coded(REQUESTS, found.rows, scheme.number(f"код/{REQUESTS}"))
    return [_wish(place, row, scheme.get("запрос", row.code)) for row in rows if row.flag("Подготовить")]


def _wish(place: Place, row: Row, served: str) -> Wish:
    told = [row.text(column) for column in ("К какому педсовету / дате", "Что нужно", "Для кого", "Пожелания")]
    content = hashlib.sha256("\0".join(told).encode()).hexdigest()[:12]
    return Wish(row.code, told[1], told[2], told[0], f"{place.slug}:{row.code}:{content}:{served or '0'}")


def serve(space: Workspace, place: Place, wish: Wish, today: date, now: datetime, supplies: Supplies) -> Report:  # noqa: PLR0913, PLR0917 - all of a serving
    """Make what a ticked row asks for, then answer in that row: state, link, what to mend; and take the tick away.

    A row that was changed meanwhile keeps its tick: it asks for something else now, and the next look serves that.
    """
    _say(space, place, wish, {"⚙ Статус": BUSY, "⚙ Принят": f"{now:%d.%m.%Y %H:%M}"}, supplies)
    report = prepare(space, place, today, supplies, at_once=wanted(wish))
    seen = look(space, place, supplies)
    answer = _of_council(seen, place, wish, report, now) if wish.what == PACK else _answer(seen, place, wish, report, now)
    _say(space, place, wish, answer, supplies)
    return report


def wanted(wish: Wish) -> frozenset[str]:
    """Say what planning is asked for: whole kinds, one of a kind whose papers are wanted one by one, a council's folder."""
    if wish.what == PACK:
        return councils.wanted(wish.council)
    if wish.what == NOTE and ROW.fullmatch(wish.whom):
        return frozenset({f"note.monitoring/{wish.whom}"})
    kinds = KINDS.get(wish.what, frozenset())
    return frozenset(f"{kind}/{wish.whom}" if wish.whom and kind in OF_ONE else kind for kind in kinds)


def _say(space: Workspace, place: Place, wish: Wish, cells: dict[str, Written], supplies: Supplies) -> None:
    """Write the system's cells of the row, behind a lease, wherever the row stands now."""
    outline = space.sheets.outline(place.book)
    lease = leases.take(space.sheets, place.book, leases.lock_of(outline), space.holder, space.new_sheet_id, space.clock)
    fresh = reading.read(space.sheets.read(place.book, REQUESTS, "_схема"), supplies.layout)
    lease.release(_requests(fresh, place, wish, cells))


def _requests(book: reading.Book, place: Place, wish: Wish, answer: dict[str, Written]) -> list[Request]:
    found: Table | None = book.tables.get(REQUESTS)
    row = next((each for each in found.rows if each.code == wish.code), None) if found else None
    if found is None or row is None or _wish(place, row, book.scheme.get("запрос", row.code)).key != wish.key:
        return []
    if "⚙ Готов" not in answer:
        return changes(found.sheet, placed(found, row.origin.row, answer))
    served = int(book.scheme.get("запрос", wish.code) or 0) + 1
    changed, fresh = book.scheme.lines({("запрос", wish.code): str(served)})
    requests = changes(found.sheet, placed(found, row.origin.row, answer)) + changes(book.scheme.sheet, changed)
    return [*requests, appended(book.scheme.sheet.sheet_id, fresh)] if fresh else requests


def _answer(seen: Seen, place: Place, wish: Wish, report: Report, now: datetime) -> dict[str, Written]:
    papers = _papers(seen, wish)
    people = {"Наставники", "Наставляемые", "Пары"}
    problems = [each.message for each in report.stops if not papers or each.origin.tab in people]
    unknown = wish.what not in KINDS
    mend = [f"Неизвестно, что нужно: выберите из списка ({', '.join(KINDS)})."] if unknown else problems
    if not unknown and wish.what != "обновить сводку" and not papers:
        mend = ["Готовить нечего: посмотрите вкладку «Проверка».", *problems]
    state = DONE if not unknown and (papers or wish.what == "обновить сводку") else MEND
    return {
        "Подготовить": False, "⚙ Статус": state, "⚙ Результат": _link(seen, place, papers), "⚙ Что исправить": "\n".join(mend[:5]),
        "⚙ Готов": f"{now:%d.%m.%Y %H:%M}",
    }  # fmt: skip


def _of_council(seen: Seen, place: Place, wish: Wish, report: Report, now: datetime) -> dict[str, Written]:
    """Answer with the folder's link and with what the folder still lacks."""
    try:
        folder = councils.folder(seen, place, now.date(), wish.council, report.steps)
    except Refused as refusal:
        state, link, mend = MEND, None, str(refusal)
    else:
        state = DONE if folder.link else MEND
        link = Link(folder.link, f"Педсовет №{folder.number}, документов: {folder.papers}") if folder.link else None
        mend = f"Нет документов: {', '.join(folder.lacks)}." if folder.lacks else ""
        mend = mend if folder.link else "\n".join(["Готовить нечего: посмотрите вкладку «Проверка».", *(each.message for each in report.stops)][:5])
    return {"Подготовить": False, "⚙ Статус": state, "⚙ Результат": link, "⚙ Что исправить": mend, "⚙ Готов": f"{now:%d.%m.%Y %H:%M}"}


def _papers(seen: Seen, wish: Wish) -> list[Filed]:
    rows = life.latest(filed_rows(seen.book.tables[TAB])) if TAB in seen.book.tables else {}
    kinds = KINDS.get(wish.what, frozenset())
    return [row for row in rows.values() if row.kind in kinds and (not wish.whom or f"/{wish.whom}" in row.key or wish.whom in row.covers)]


def _link(seen: Seen, place: Place, papers: Sequence[Filed]) -> Written:
    """Link the one paper, or the organisation's folder when there are several."""
    if len(papers) == 1 and papers[0].file_id in seen.entries:
        return Link(seen.entries[papers[0].file_id].link, papers[0].draft_number)
    root = seen.entries.get(place.folder)
    return Link(root.link, f"Папка, документов: {len(papers)}") if root and papers else None

"""What curators ticked in `Запросы`: made at once, answered in the same row, unticked in the same batch (workbook A4)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import row_codes
from flows.domain.book import asked_for_whom, card
from flows.domain.catalogue import record
from flows.domain.errors import Refused
from flows.domain.keys import ask
from flows.domain.planning import councils as council_plans
from flows.domain.register import life
from flows.domain.statuses import OVER
from flows.domain.tabs import REGISTER, REQUESTS, SCHEME
from flows.domain.text import fold
from flows.work import councils, in_the_way
from flows.work.councils import PACK
from flows.work.look import look
from flows.work.road import walk
from flows.workspace import lease as leases
from flows.workspace import reading, table
from flows.workspace.cells import Link, changes
from flows.workspace.register import filed_rows
from flows.workspace.table import placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from flows.domain.model import Filed, Row
    from flows.settings import Place
    from flows.work.stages import Errand, Report, Seen, Supplies
    from flows.workspace.cells import Written
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace
    from flows.workspace.table import Table

SUMMARY, ORDER = "обновить сводку", "проект приказа о парах"
ABOUT_ROWS, EXTRACT, ROW = "справка мониторинга", "выписка", re.compile(r"М-\d+")
LETTERS = {"mentor": "Н", "pair": "П"}
NOBODY = "Непонятно, для кого: такого участника, пары или мероприятия в книге нет либо похожих несколько. Впишите код (Н-003, П-012, М-017) или фамилию, имя и отчество; пусто – для всей организации."
NO_PAIR = "Готовить нечего: для этого участника или пары такой документ не готовится. Проверьте, что пара есть во вкладке «Пары» и не прекращена."
NO_COUNCIL = "Готовить нечего: такого педсовета нет во вкладке «Настройки». Впишите его дату в блок «Педсоветы» и повторите."
BUSY, DONE, MEND = "готовится", "готово", "нужно исправить"
MOST = 5


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
    snapshot = space.sheets.read(place.book, REQUESTS, SCHEME)
    found, _ = table.read(snapshot.sheet(REQUESTS), supplies.layout.tab(REQUESTS), snapshot.title)
    if found is None:
        return []
    scheme = reading.read(snapshot, supplies.layout).scheme
    rows, _, _ = row_codes.coded(REQUESTS, found.rows, scheme.number(f"код/{REQUESTS}"))
    return [_wish(place, row, scheme.get("запрос", row.code)) for row in rows if row.flag("Подготовить")]


def _wish(place: Place, row: Row, served: str) -> Wish:
    told = [
        row.text(column) for column in ("К какому педсовету / дате", "Что нужно", "Для кого", "Пожелания")
    ]
    content = hashlib.sha256("\0".join(told).encode()).hexdigest()[:12]
    return Wish(row.code, told[1], told[2], told[0], f"{place.slug}:{row.code}:{content}:{served or '0'}")


def serve(errand: Errand, wishes: Sequence[Wish], now: datetime) -> Report:
    """Make what ticked rows ask for in one walk, then answer in each: state, link, what to mend; and take the ticks away.

    `now` is the moment of the errand's day that the rows show. A row that was changed meanwhile keeps its tick: it
    asks for something else now, and the next look serves that.
    """
    moment = f"{now:%d.%m.%Y %H:%M}"
    _say(errand, {wish: {"⚙ Статус": BUSY, "⚙ Принят": moment} for wish in wishes})
    of = _named(errand, wishes)
    known = errand.supplies.layout.lists["request"]
    served = [wish for wish in wishes if wish.what in known]
    asked = [wanted(wish, codes) for wish in served if (codes := of[wish]) is not None]
    report = walk(replace(errand, at_once=frozenset().union(*asked)))
    seen = look(errand)
    answers: dict[Wish, dict[str, Written]] = {}
    for wish in wishes:
        cells = (
            _of_council(errand, seen, wish, report)
            if wish.what == PACK
            else _answer(errand, seen, wish, of[wish], report)
        )
        answers[wish] = {"Подготовить": False, **cells, "⚙ Готов": moment}
    _say(errand, answers)
    return report


def refuse(errand: Errand, wish: Wish, now: datetime, why: str) -> None:
    """Answer a row that cannot be served with the reason, and take its tick away: it would fail again for ever."""
    cells: dict[str, Written] = {"⚙ Статус": MEND, "⚙ Результат": None, "⚙ Что исправить": why}
    _say(errand, {wish: {"Подготовить": False, **cells, "⚙ Готов": f"{now:%d.%m.%Y %H:%M}"}})


def _named(errand: Errand, wishes: Sequence[Wish]) -> dict[Wish, tuple[str, ...] | None]:
    """Read «Для кого» as codes, with the codes that rows will get in this run; nothing to read for the whole organisation."""
    of: dict[Wish, tuple[str, ...] | None] = dict.fromkeys(wishes, ())
    named = [wish for wish in wishes if wish.what != PACK and fold(wish.whom) not in asked_for_whom.WHOLE]
    if not named:
        return of
    titles = {tab.title for tab in errand.supplies.layout.tabs}
    whose = [title for title in asked_for_whom.TABS if title in titles]
    snapshot = errand.space.sheets.read(errand.place.book, *whose, SCHEME)
    book = reading.read(snapshot, errand.supplies.layout)
    tabs = {
        title: row_codes.coded(title, book.rows(title), book.scheme.number(f"код/{title}"))[0]
        for title in asked_for_whom.TABS
    }
    return of | {wish: asked_for_whom.codes(wish.whom, tabs) for wish in named}


def wanted(wish: Wish, of: tuple[str, ...] = ()) -> frozenset[str]:
    """Say what planning is asked for: whole kinds, those of a kind's papers that are about the codes `of`, a council's folder or extract."""
    if wish.what == PACK:
        return councils.wanted(wish.council)
    if wish.what == EXTRACT:
        return frozenset({f"{council_plans.EXTRACTS}{wish.council.strip()}"})
    if wish.what == ABOUT_ROWS and any(ROW.fullmatch(code) for code in of):
        return frozenset(ask(kind, code) for kind in record.asked(wish.what) for code in of)
    kinds = [record.of(kind) for kind in record.asked(wish.what)]
    whole = {kind.id for kind in kinds if not of or not kind.asked_for}
    letters = {kind.id: LETTERS.get(kind.asked_for) for kind in kinds if kind.id not in whole}
    return frozenset(
        whole
        | {
            ask(kind, code)
            for kind, own in letters.items()
            for code in of
            if own and code.startswith(f"{own}-")
        }
    )


def _say(errand: Errand, answers: Mapping[Wish, Mapping[str, Written]]) -> None:
    """Write the system's cells of the rows, behind a lease, wherever the rows stand now."""
    space, book = errand.space, errand.place.book
    lease = leases.take(space, book, leases.lock_of(space.sheets.outline(book)))
    fresh = reading.read(space.sheets.read(book, REQUESTS, SCHEME), errand.supplies.layout)
    lease.release(_requests(fresh, errand.place, answers))


def _requests(
    book: reading.Book, place: Place, answers: Mapping[Wish, Mapping[str, Written]]
) -> list[Request]:
    found: Table | None = book.tables.get(REQUESTS)
    if found is None:
        return []
    rows = {_wish(place, row, book.scheme.get("запрос", row.code)).key: row for row in found.rows}
    requests: list[Request] = []
    served: dict[tuple[str, str], str] = {}
    for wish, answer in answers.items():
        row = rows.get(wish.key)
        if row is None:
            continue
        requests += changes(found.sheet, placed(found, row.origin.row, dict(answer)))
        if "⚙ Готов" in answer:
            served["запрос", wish.code] = str(int(book.scheme.get("запрос", wish.code) or 0) + 1)
    return [*requests, *(book.scheme.remembering(served) if served else ())]


def _answer(
    errand: Errand, seen: Seen, wish: Wish, of: tuple[str, ...] | None, report: Report
) -> dict[str, Written]:
    """Answer with the papers themselves, or with what is in their way."""
    extract = wish.what == EXTRACT
    papers = [] if of is None else _extracts(errand, seen, wish) if extract else _papers(seen, wish, of)
    fine = bool(papers) or (wish.what == SUMMARY and of is not None)
    return {
        "⚙ Статус": DONE if fine else MEND,
        "⚙ Результат": _link(seen, errand.place, papers),
        "⚙ Что исправить": "\n".join(_mend(errand, wish, of, report, served=fine)[:MOST]),
    }


def _mend(
    errand: Errand, wish: Wish, of: tuple[str, ...] | None, report: Report, *, served: bool
) -> list[str]:
    """Say what is in the way of this wish: nothing of others once its papers are there."""
    known = errand.supplies.layout.lists["request"]
    if wish.what not in known:
        return [f"Неизвестно, что нужно: выберите из списка ({', '.join(known)})."]
    if of is None:
        return [NOBODY]
    kinds = [record.of(kind) for kind in record.asked(wish.what)]
    if wish.what == SUMMARY:
        return [each.message for each in report.stops]
    about = in_the_way.sentences(kinds, of, report, served=served)
    if served:
        return about
    if wish.what == EXTRACT:
        return [NO_COUNCIL]
    return [NO_PAIR, *about] if of and all(kind.asked_for for kind in kinds) else in_the_way.instead(about)


def _of_council(errand: Errand, seen: Seen, wish: Wish, report: Report) -> dict[str, Written]:
    """Answer with the folder's link and with what the folder still lacks."""
    try:
        folder = councils.folder(errand, seen, wish.council, report.steps)
    except Refused as refusal:
        state, link, mend = MEND, None, str(refusal)
    else:
        state = DONE if folder.link else MEND
        link = (
            Link(folder.link, f"Педсовет №{folder.number}, документов: {folder.papers}")
            if folder.link
            else None
        )
        mend = f"Нет документов: {', '.join(folder.lacks)}." if folder.lacks else ""
        kinds = [kind for kind in record.kinds().values() if kind.subject == council_plans.SUBJECT]
        about = in_the_way.instead(in_the_way.sentences(kinds, (), report))
        mend = mend if folder.link else "\n".join(about[:MOST])
    return {"⚙ Статус": state, "⚙ Результат": link, "⚙ Что исправить": mend}


def _papers(seen: Seen, wish: Wish, of: tuple[str, ...]) -> list[Filed]:
    """Return the papers a wish is about; of those made year after year or occasion after occasion only the last."""
    rows = life.latest(filed_rows(seen.book.tables[REGISTER])) if REGISTER in seen.book.tables else {}
    kinds = record.asked(wish.what)
    found = [
        row
        for row in rows.values()
        if row.kind in kinds
        and row.state not in OVER
        and (not of or _subject(row)[0] in of or set(row.covers) & set(of))
    ]
    if wish.what == ORDER:
        return [row for row in found if not row.registered] or found[-1:]
    return [
        row
        for row in found
        if not record.of(row.kind).repeats or _age(row) == max(_age(each) for each in found)
    ]


def _extracts(errand: Errand, seen: Seen, wish: Wish) -> list[Filed]:
    """Return the extract of the council a wish names: its own, or that of the roadmap's row."""
    home, _ = card.read(errand.place.slug, reading.lines(seen.book))
    which = council_plans.heard(wish.council, home.councils, errand.today)
    found = _papers(seen, wish, ()) if which else []
    return [row for row in found if which and _subject(row)[0] == which[1].isoformat()] or [
        row for row in found if row.parts.subject.startswith("М-")
    ]


def _subject(row: Filed) -> tuple[str, str]:
    """Split a key's subject into whom it is about and the occasion: «Н-001@2027-03»."""
    return row.parts.about, row.parts.occasion


def _age(row: Filed) -> tuple[str, str]:
    return row.parts.period, _subject(row)[1]


def _link(seen: Seen, place: Place, papers: Sequence[Filed]) -> Written:
    """Link the one paper, or the folder where several lie: their own, or the organisation's."""
    if len(papers) == 1 and papers[0].file_id in seen.entries:
        only = papers[0]
        return Link(seen.entries[only.file_id].link, f"№{only.number}" if only.final else only.draft_number)
    parents = {seen.entries[row.file_id].parent for row in papers if row.file_id in seen.entries}
    root = seen.entries.get(parents.pop() if len(parents) == 1 else place.folder) or seen.entries.get(
        place.folder
    )
    return Link(root.link, f"Папка, документов: {len(papers)}") if root and papers else None

"""Offers of the library of difficulties: found when a run thinks, put into a pair's row when a person said yes, once.

The cells are people's own, so nothing is put where anything stands: the book is read again just before. What is put,
the mark that the answer is carried out and the line of `Журнал` go in one batch: a run that died before it has done
nothing, one that died after it has nothing left to do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.book.accepted import DECLINED
from flows.domain.book.answers import key_of
from flows.domain.difficulties import own_rows, proposals
from flows.domain.difficulties.proposals import Offers
from flows.domain.errors import TryLater
from flows.domain.keys import FindingKey
from flows.domain.tabs import DIFFICULTIES, FINDINGS, PAIRS
from flows.work.look import look
from flows.workspace import journal, moved, reading
from flows.workspace.cells import changes
from flows.workspace.table import placed
from flows.workspace.writeback import CLOSED, KEY, TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.book.understanding import Understood
    from flows.domain.difficulties.proposals import Offer
    from flows.domain.model import Row
    from flows.work.stages import Errand, Seen, Thought
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

TRIES = 3
ANSWER, WEIGHT = "Ответ", "Важность"


@dataclass(frozen=True, slots=True)
class Granted:
    """An answer of `Проверка` that is still to be carried out: the finding's key, what was answered, the pair's row and its cells."""

    key: str
    answer: str
    pair: str
    cells: Mapping[str, str]
    names: tuple[str, ...] = ()


def found(errand: Errand, understood: Understood) -> Offers:
    """Find what may be offered; nothing of it is in question yet."""
    own, odd = own_rows.read(understood.seen.get(DIFFICULTIES, ()))
    return Offers(proposals.proposals(understood.facts, errand.supplies.difficulties, own), odd)


def carried_out(key: str) -> bool:
    """Tell an answer to an offer: once it is carried out its question is gone, and nothing is to be said of that."""
    return FindingKey.parse(key).finding == proposals.CODE


def granted(book: Book, thought: Thought) -> tuple[Granted, ...]:
    """Return the answers to offers that `Журнал` does not know yet, with what each puts into which cells."""
    check = book.tables.get(FINDINGS)
    if check is None or TOLD not in check.columns:
        return ()
    offered = {key_of(each.finding()): each for each in thought.offers.proposals}
    return tuple(_granted(row, offered, thought) for row in check.rows if _unheard(row, thought))


def _unheard(row: Row, thought: Thought) -> bool:
    """Tell an answer in force that says yes to an offer and is not marked as carried out."""
    fresh = row.text(ANSWER) and row.text(ANSWER) != row.text(TOLD) and carried_out(row.text(KEY))
    force = thought.understood.answers.forces.get((row.text(KEY), row.text("Как написано")))
    return bool(fresh) and force is not None and force.cell != DECLINED


def _granted(row: Row, offered: Mapping[str, Offer], thought: Thought) -> Granted:
    key = row.text(KEY)
    force = thought.understood.answers.forces[key, row.text("Как написано")]
    listed = proposals.named(row.text("Предложение"))
    picked = [int(number) for number in str(force.cell).split(", ")] if force.cell else [*listed]
    names = tuple(listed[number] for number in picked if number in listed)
    proposal = offered.get(key)
    cells = proposal.cells(names) if proposal else {}
    return Granted(
        key, row.text(ANSWER), FindingKey.parse(key).where.partition(":")[0], cells, names if cells else ()
    )


def put(errand: Errand, lease: Lease, seen: Seen, thought: Thought) -> bool:
    """Put into the pairs' rows what was said yes to; tell whether anything was written, so that the run looks again.

    Where rows moved under the batch, what was hit is put back and it is done again on a fresh reading.
    """
    wanted = granted(seen.book, thought)
    day = f"{errand.today:%d.%m.%Y}"
    said: frozenset[str] = frozenset()
    for _ in range(TRIES if wanted else 0):
        book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
        requests, lines = _requests(book, wanted)
        if not requests:
            return True
        fresh = [line for line in lines if line not in said]
        back = lease.write([*requests, *journal.noted(book, fresh, day)], moved.name_ranges(book))
        said |= {*lines}
        if not moved.misplaced(book, back, requests):
            return True
        now = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
        lease.write(
            [
                each
                for title in (PAIRS, FINDINGS)
                for each in moved.put_back(book.tables[title], now.tables[title], requests)
            ]
        )
    if wanted:
        raise TryLater(
            "Строки в книге всё время переставляют. Повторите запуск, когда в книге никто не работает."
        )
    return False


def renewed(errand: Errand, lease: Lease, seen: Seen, thought: Thought) -> Seen | None:
    """Carry out the answers to offers; return the look as it is after that, `None` where there were none."""
    if not put(errand, lease, seen, thought):
        return None
    return replace(look(errand), copies=seen.copies)


def _requests(book: Book, wanted: Sequence[Granted]) -> tuple[list[Request], list[str]]:
    """Say what is to be written on a fresh reading, and what `Журнал` is told of it."""
    pairs, check = book.tables.get(PAIRS), book.tables.get(FINDINGS)
    if pairs is None or check is None:
        return [], []
    requests: list[Request] = []
    lines: list[str] = []
    for each in wanted:
        answer = next((row for row in check.rows if _still(row, each)), None)
        if answer is None:
            continue
        mark = {TOLD: each.answer, WEIGHT: CLOSED}
        requests += changes(check.sheet, placed(check, answer.origin.row, mark))
        row = next((row for row in pairs.rows if row.code == each.pair), None)
        cells = {} if row is None else _into_empty(pairs, row, each)
        if row is not None and cells:
            requests += changes(pairs.sheet, placed(pairs, row.origin.row, cells))
        if row is None or not _put_already(row, each):
            lines.append(_line(each, cells, answer.text("Кто ответил")))
    return requests, lines


def _still(row: Row, each: Granted) -> bool:
    return row.text(KEY) == each.key and row.text(ANSWER) == each.answer


def _put_already(row: Row, each: Granted) -> bool:
    """Tell a row that an earlier try of this very run has filled."""
    return bool(each.cells) and all(row.text(header) == text for header, text in each.cells.items())


def _into_empty(table: Table, row: Row, each: Granted) -> dict[str, str]:
    """Return what goes into the cells that hold nothing at all by now."""
    cells = {
        header: table.sheet.at(row.origin.row - 1, table.columns[header])
        for header in each.cells
        if header in table.columns
    }
    bare = (header for header, cell in cells.items() if cell.value in {None, ""} and not cell.formula)
    return {header: each.cells[header] for header in bare}


def _line(each: Granted, cells: Mapping[str, str], who: str) -> str:
    by = f" Ответил: {who}." if who else ""
    if not cells:
        return f"Ответ «{each.answer}» на предложение для пары {each.pair}: ничего не вписано, ячейки уже заполнены или предложение теперь другое.{by}"
    filled = "; ".join(f"«{header}» – строк {len(text.splitlines())}" for header, text in cells.items())
    return f"По ответу «{each.answer}» в строку пары {each.pair} вписано: {filled}. Затруднения: {'; '.join(each.names)}.{by}"

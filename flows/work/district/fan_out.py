"""A district's rows put into an organisation's book: first what it must have, in the hidden tab, then the rows themselves.

The district writes the first under the organisation's lease; the second is done at once and, where a run broke off
between the two, by the organisation's own road. What is laid, the mark that it is laid and the line of `Журнал` go in
one batch: a run that died before it has laid nothing, one that died after it has nothing left to do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.book import answer_verdicts, answers
from flows.domain.book.accepted import DECLINED
from flows.domain.book.answer_values import Known
from flows.domain.district import fan_out, fan_out_words, handing, plan_doubts
from flows.domain.district.handing import HELD, WHAT, WHOSE, WITHDRAWN
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.keys import FindingKey
from flows.domain.roadmap.district_trace import HEADER
from flows.domain.tabs import FINDINGS, ORGANISATIONS, ROADMAP, SETTINGS
from flows.work.look import look
from flows.workspace import fresh_rows, journal, moved, reading, workbook
from flows.workspace import lease as leases
from flows.workspace.cells import changes
from flows.workspace.table import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.domain.book.understanding import Understood
    from flows.domain.district.fan_out import Laying
    from flows.domain.district.handing import Handed
    from flows.domain.district.members import Member
    from flows.domain.model import Problem
    from flows.work.stages import Errand, Seen, Thought
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.scheme import Scheme
    from flows.workspace.sheets import Request

TRIES = 3
RESTLESS = "Строки в книге всё время переставляют. Повторите запуск, когда в книге никто не работает."
FOREIGN = (
    "Книга организации «{slug}» уже получает строки другого района, поэтому ничего в неё не записано. Если организация перешла к вам, "
    "прежний район отмечает её в «Организациях» как вышедшую и запускает nastavnik municipality: книга освободится."
)
WOULD = "запомнились бы строки района"
FORGETFUL = (
    "Во вкладке «{tab}» книги организации «{slug}» нет столбца «{header}»: в нём записано, какие строки пришли из района. "
    "Допишите это название в первую строку свободного столбца и повторите: строки узнаются по словам."
)
OLDER = "Книга прежней версии: строки района встанут в дорожную карту при следующем nastavnik prepare этой организации."


class Foreign(Refused):
    """The book has the rows of another district: nothing is written into it."""


def handed_to(book: Book, understood: Understood, member: Member) -> tuple[Handed, ...] | None:
    """Say which rows of a district's plan an organisation must have; `None` where the plan cannot be read or is empty: nothing is known then.

    `book` and `understood` are the district's, the codes of its rows written already.
    """
    facts = understood.facts
    if book.unread & {ROADMAP, SETTINGS, FINDINGS} or not facts.activities:
        return None
    rows = understood.seen.get(ROADMAP, ())
    return handing.handed(facts.activities, rows, member, facts.organisation.short_name, facts.today)


def hand_out(errand: Errand, rows: Sequence[Handed], mark: str, *, dry_run: bool = False) -> tuple[str, ...]:
    """Give an organisation the rows of its district; tell in words what was done, nothing where nothing had to be.

    `mark` is the id of the district's book. A row given before and not among `rows` is withdrawn; with no rows and an
    empty mark the book is set free. On a `dry_run` it is told what would be done, and nothing is. Raises `Foreign` for a book of another district,
    `Misconfigured` for one whose roadmap has lost the column that tells such rows, `TryLater`.
    """
    book = _read(errand)
    news = _news(errand, book.scheme, rows, mark)
    if rows:
        _refuse_forgetful(errand, book)
    if not news and not _laying(errand, book).due:
        return ()
    if dry_run:
        after = replace(book.scheme, texts={**book.scheme.texts, **news})
        return _laying(errand, replace(book, scheme=after)).lines or (WOULD,)
    lease = leases.take(errand.space, errand.place.book, leases.lock_of(book.snapshot))
    with leases.holding(lease):
        book = _read(errand)
        news = _news(errand, book.scheme, rows, mark)
        if news:
            lease.write(book.scheme.remembering(news))
        told = _put(errand, lease)
    if workbook.outdated(book.snapshot, errand.supplies.layout):
        return (OLDER,)
    return told


def _read(errand: Errand) -> Book:
    return reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)


def _refuse_forgetful(errand: Errand, book: Book) -> None:
    """Raise `Misconfigured` where the roadmap cannot remember whose a row is, though its book is not an older one."""
    table = book.tables.get(ROADMAP)
    older = workbook.outdated(book.snapshot, errand.supplies.layout)
    if table is not None and HEADER not in table.columns and not older:
        raise Misconfigured(FORGETFUL.format(tab=ROADMAP, slug=errand.place.slug, header=HEADER))


def _news(errand: Errand, scheme: Scheme, rows: Sequence[Handed], mark: str) -> dict[tuple[str, str], str]:
    """Say what the hidden tab has to be told: the mark, rows that are new, changed or withdrawn; raise `Foreign` for another's book."""
    whose = scheme.get(WHAT, WHOSE)
    if whose and mark and whose != mark:
        raise Foreign(FOREIGN.format(slug=errand.place.slug))
    known = {code: text for code, text in scheme.all(WHAT).items() if code != WHOSE and text}
    wanted = {(WHAT, WHOSE): mark} if rows or whose else {}
    kept = {each.code for each in rows if each.state == HELD}
    sent = {each.code: each.spelled for each in rows if each.state != HELD}
    gone = {}
    for code, text in known.items():
        before = handing.parse(code, text)
        if code not in sent and code not in kept and before is not None:
            gone[code] = replace(before, state=WITHDRAWN).spelled
    wanted |= {(WHAT, code): text for code, text in (sent | gone).items()}
    return {pair: text for pair, text in wanted.items() if scheme.get(*pair) != text}


def _handed(scheme: Scheme) -> dict[str, Handed]:
    """Read what was handed out; a spoilt cell is passed over until the district writes it anew."""
    read = {code: handing.parse(code, text) for code, text in scheme.all(WHAT).items() if code != WHOSE}
    return {code: each for code, each in read.items() if each is not None}


def _laying(errand: Errand, book: Book, understood: Understood | None = None) -> Laying:
    """Lay the rows beside those of the book; nothing where the tab cannot be read or cannot remember whose a row is."""
    rows = _handed(book.scheme)
    table = book.tables.get(ROADMAP)
    if not rows or table is None or HEADER not in table.columns or FINDINGS not in book.tables:
        return fan_out.Laying()
    given = understood.answers if understood else _answers(book)
    own = understood.rows.get(ROADMAP, ()) if understood else table.rows
    seen = understood.seen.get(ROADMAP, ()) if understood else ()
    known = book.scheme.all(fan_out.STANDS)
    return fan_out.merged(fan_out.Here(own, known, _verdict(given), errand.today, seen), rows)


def _answers(book: Book) -> answers.Answers:
    """Read the answers to our questions without thinking of the whole book."""
    typed = (each for each in answers.read(book.rows(FINDINGS)) if carried_out(each.key))
    return answer_verdicts.judged(typed, {}, Known())


def _verdict(given: answers.Answers) -> Callable[[Problem], bool | None]:
    def said(question: Problem) -> bool | None:
        force = given.to(question)
        return force.cell != DECLINED if force is not None and force.closes else None

    return said


def carried_out(key: str) -> bool:
    """Tell an answer to whether two rows are one: once it is carried out its question is gone, and nothing is said of that."""
    return FindingKey.parse(key).finding == fan_out_words.SAME


def findings(errand: Errand, seen: Seen, understood: Understood) -> tuple[Problem, ...]:
    """Ask and tell of a district's rows in an organisation's book; in the district's own, of whom they go to."""
    if ORGANISATIONS in seen.book.tables:
        rows, listed = understood.seen.get(ROADMAP, ()), seen.book.rows(ORGANISATIONS)
        return tuple(plan_doubts.doubts(understood.facts.activities, rows, listed, errand.today))
    return _laying(errand, seen.book, understood).problems


def owed(errand: Errand, seen: Seen, thought: Thought) -> bool:
    """Tell whether rows of a district still have to be laid, changed or marked."""
    return _laying(errand, seen.book, thought.understood).due


def renewed(errand: Errand, lease: Lease, seen: Seen, thought: Thought) -> Seen | None:
    """Lay what the district has handed out; return the look as it is after that, `None` where there was nothing to do."""
    if not owed(errand, seen, thought):
        return None
    _put(errand, lease)
    return replace(look(errand), copies=seen.copies)


def _put(errand: Errand, lease: Lease) -> tuple[str, ...]:
    """Write the rows on a fresh reading; where rows moved under the batch, what was hit is put back and it is done again."""
    told: tuple[str, ...] = ()
    day = f"{errand.today:%d.%m.%Y}"
    for _ in range(TRIES):
        book = _read(errand)
        laying = _laying(errand, book)
        if not laying.due:
            return told
        requests, below = _requests(book, laying)
        fresh = [line for line in laying.lines if line not in told]
        back = lease.write([*requests, *below, *journal.noted(book, fresh, day)], moved.name_ranges(book))
        told += tuple(fresh)
        if not moved.misplaced(book, back, requests):
            return told
        now = _read(errand)
        before = {(fan_out.STANDS, code): book.scheme.get(fan_out.STANDS, code) for code in laying.stands}
        lease.write(
            [
                *moved.put_back(book.tables[ROADMAP], now.tables[ROADMAP], requests),
                *now.scheme.remembering(before),
            ]
        )
    raise TryLater(RESTLESS)


def _requests(book: Book, laying: Laying) -> tuple[list[Request], list[Request]]:
    """Return what is written upon rows that stand, and what is not: new rows below the last, the hidden tab."""
    table = book.tables[ROADMAP]
    upon = [
        each
        for row, cells in laying.cells.items()
        for each in changes(table.sheet, placed(table, row, cells))
    ]
    rows = [fresh_rows.below(table, laying.fresh)] if laying.fresh else []
    stands = {(fan_out.STANDS, code): text for code, text in laying.stands.items()}
    return upon, [*rows, *book.scheme.remembering(stands)]

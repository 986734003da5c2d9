"""The walk over a district: rows of its plan handed to each organisation, their data gathered, its own papers made.

Each organisation is alone in its try: whatever happens in one book is told in words and stops no other. Nothing is held
in the district's own book meanwhile; what was gathered is written there at the end, and the district's own road follows.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from flows.domain.catalogue.record import made_in
from flows.domain.district import members
from flows.domain.district.handing import WHAT, WHOSE
from flows.domain.district.reach import Reach, sentence
from flows.domain.district.returns import Unreached
from flows.domain.district.tables import Roll, tables
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.tabs import ORGANISATIONS, SCHEME
from flows.settings import layout_of
from flows.work.district import writing
from flows.work.district.collect import collected
from flows.work.district.directory import reach_of
from flows.work.district.fan_out import Foreign, hand_out, handed_to
from flows.work.look import look
from flows.work.road import walk
from flows.work.think import understanding
from flows.work.write_back import code_requests, write_codes
from flows.workspace import lease as leases
from flows.workspace import moved, workbook
from flows.workspace.scheme import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from flows.domain.book.understanding import Understood
    from flows.domain.district.handing import Handed
    from flows.domain.district.members import Member
    from flows.domain.district.returns import Return
    from flows.settings import Place
    from flows.work.district.directory import Directory
    from flows.work.stages import Errand, Report, Seen
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

T = TypeVar("T")
Progress = Callable[[int], AbstractContextManager[Callable[[str], None]]]
TRIES = 3
RESTLESS = "Строки в книге района всё время переставляют. Собранное не пропало: повторите запуск, когда в книге никто не работает."
NO_LIST = f"Во вкладке «{ORGANISATIONS}» книги района нельзя прочитать строки. Исправьте её (nastavnik check) и повторите."


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one organisation: what it gave back, what was done with its rows in words, why they were not handed out.

    `came` is nothing for one that takes no part.
    """

    member: Member
    came: Return | Unreached | None = None
    words: tuple[str, ...] = ()
    refused: str = ""

    @property
    def missing(self) -> bool:
        """Tell whether the organisation should have sent data and did not."""
        return isinstance(self.came, Unreached)


@dataclass(frozen=True, slots=True)
class DistrictReport:
    """What a walk did: visits in the order of the list, whether its tables changed, the report of the district's own road."""

    district: str
    today: date
    visits: tuple[Visit, ...]
    changed: bool
    own: Report
    tried: bool = False
    """It was only tried: nothing was written."""

    @property
    def missing(self) -> tuple[Visit, ...]:
        """The organisations that should have sent data and did not."""
        return tuple(each for each in self.visits if each.missing)

    @property
    def troubled(self) -> bool:
        """Tell whether somebody has to act: data or rows are missing, or a finding stops a paper."""
        return bool(self.own.stops) or any(each.missing or each.refused for each in self.visits)

    @property
    def quiet(self) -> bool:
        """Tell whether nothing was written anywhere, nor would be."""
        own = self.own.written or self.own.waiting
        return not (self.changed or own or any(each.words for each in self.visits))


@dataclass
class Walk:
    """One walk over a district; `day_of` gives the day it is at a place, nothing at all is written on a `dry_run`."""

    errand: Errand
    directory: Directory
    day_of: Callable[[Place], date]
    dry_run: bool = False
    handed: Mapping[str, Sequence[Handed]] = field(default_factory=dict)
    """Which rows of the district's plan each organisation must have, by slug; it has no entry where that is not known."""

    def visits(self, listed: Sequence[Member], begin: Callable[[str], object]) -> Iterator[Visit]:
        """Visit each organisation that takes part; `begin` is told whose turn it is."""
        for each in listed:
            if each.takes_part(self.errand.today):
                begin(each.slug)
                yield self._visit(each)
            else:
                yield Visit(each, words=self._freed(each))

    def _visit(self, member: Member) -> Visit:
        try:
            return self._visited(member)
        except Exception as error:  # noqa: BLE001 - one organisation stops no other; its words may name people
            reach = reach_of(error)
            return Visit(member, Unreached(member.slug, reach, sentence(reach)))

    def _visited(self, member: Member) -> Visit:
        own = self._errand_to(member)
        try:
            words, refused = self._given(own)
        except Foreign:
            return Visit(member, Unreached(member.slug, Reach.TAKEN, sentence(Reach.TAKEN)))
        return Visit(member, collected(own), words, refused)

    def _errand_to(self, member: Member) -> Errand:
        place = self.directory.place(member)
        kinds = made_in(self.errand.supplies.kinds, district=False)
        supplies = replace(self.errand.supplies, layout=layout_of(place), kinds=kinds)
        return replace(self.errand, place=place, today=self.day_of(place), supplies=supplies, trials={})

    def _given(self, own: Errand) -> tuple[tuple[str, ...], str]:
        """Hand an organisation its rows; say in words what was done, or why it could not be: data are taken all the same."""
        rows = self.handed.get(own.place.slug)
        if rows is None:
            return (), ""
        try:
            return hand_out(own, rows, self.errand.place.book, dry_run=self.dry_run), ""
        except Foreign:
            raise
        except (Misconfigured, TryLater, Refused) as trouble:
            return (), str(trouble)
        except Exception as error:  # noqa: BLE001 - its words may name people
            return (), sentence(reach_of(error))

    def _freed(self, member: Member) -> tuple[str, ...]:
        """Take back the rows of an organisation that left the district, where its book still has them of this one."""
        if member.left is None or self.errand.today < member.left:
            return ()
        with suppress(Exception):  # it is no member any more: nothing of it is anybody's concern here
            own = self._errand_to(member)
            scheme = own.space.sheets.read(own.place.book, SCHEME).sheet(SCHEME)
            if scheme and scheme_of(scheme).get(WHAT, WHOSE) == self.errand.place.book:
                return hand_out(own, (), "", dry_run=self.dry_run)
        return ()

    def gathered(self, seen: Seen, understood: Understood, visits: Sequence[Visit]) -> bool:
        """Write what was gathered into the district's tabs; tell whether they said anything else before."""
        listed = tuple(each.member for each in visits)
        came = {each.member.slug: each.came for each in visits if each.came is not None}
        method = method_from(self.errand.supplies.monitoring, understood.card.method)

        def wanted(book: Book) -> list[Request]:
            roll = Roll(listed, came, self.handed, writing.kept(book), method, self.errand.today)
            return writing.requests(book, tables(roll), self.errand.today)

        if not wanted(seen.book):
            return False
        if self.dry_run:
            return True
        return _under_lease(self.errand, seen.book, lambda lease: _written(self.errand, lease, wanted))


@contextmanager
def unseen(total: int) -> Iterator[Callable[[str], None]]:
    """Show nobody how far a walk is."""
    del total
    yield lambda _: None


def walk_district(
    errand: Errand,
    directory: Directory,
    day_of: Callable[[Place], date],
    *,
    dry_run: bool = False,
    progress: Progress = unseen,
) -> DistrictReport:
    """Visit every organisation, write what they gave into the district's book, then walk the district's own road.

    `progress` shows of how many organisations whose turn it is. Nothing is written where nothing has changed. Raises `Misconfigured` and `TryLater`
    for the district's own book alone.
    """
    seen, understood = _begun(errand, dry_run=dry_run)
    listed, _ = members.read(understood.seen.get(ORGANISATIONS, ()), errand.today)
    taking = [each for each in listed if each.takes_part(errand.today)]
    rows = {each.slug: handed_to(seen.book, understood, each) for each in taking}
    known = {slug: own for slug, own in rows.items() if own is not None}
    whole = Walk(errand, directory, day_of, dry_run, known)
    with progress(len(taking)) as begin:
        visits = tuple(whole.visits(listed, begin))
    try:
        changed = whole.gathered(seen, understood, visits)
        own = walk(errand, dry_run=dry_run)
    except TryLater as busy:
        raise TryLater(f"{busy}{_handed_already(visits)}") from busy
    return DistrictReport(errand.place.slug, errand.today, visits, changed, own, dry_run)


def _handed_already(visits: Sequence[Visit]) -> str:
    """Say to whom rows were handed before the district's own book turned out to be busy; nothing where nobody got any."""
    got = ", ".join(each.member.slug for each in visits if each.words)
    return f" Строки района уже разданы: {got}. Собранное ляжет в книгу района при повторе." if got else ""


def _begun(errand: Errand, *, dry_run: bool) -> tuple[Seen, Understood]:
    """Look at the district's book, brought up to date, with the codes of its rows written: organisations know rows by them."""
    seen = look(errand)
    if workbook.outdated(seen.book.snapshot, errand.supplies.layout) and not dry_run:
        walk(errand)
        seen = look(errand)
    if ORGANISATIONS not in seen.book.tables:
        raise Misconfigured(NO_LIST)
    _, understood = understanding(errand, seen)
    if dry_run or not code_requests(seen.book, understood):
        return seen, understood
    return _under_lease(errand, seen.book, lambda lease: _coded(errand, lease))


def _coded(errand: Errand, lease: Lease) -> tuple[Seen, Understood]:
    seen = look(errand)
    _, understood = understanding(errand, seen)
    return replace(seen, book=write_codes(lease, seen.book, understood)), understood


def _under_lease(errand: Errand, book: Book, do: Callable[[Lease], T]) -> T:
    """Do a thing under the district's lease; let the book go whatever comes."""
    lease = leases.take(errand.space, errand.place.book, leases.lock_of(book.snapshot))
    with leases.holding(lease):
        return do(lease)


def _written(errand: Errand, lease: Lease, wanted: Callable[[Book], list[Request]]) -> bool:
    """Write on a fresh reading; where rows moved under the batch, put back what was hit and write again."""
    for _ in range(TRIES):
        book = look(errand).book
        requests = wanted(book)
        if not requests:
            return True
        back = lease.write(requests, moved.name_ranges(book))
        if not moved.misplaced(book, back, requests):
            return True
        lease.write(moved.restored(book, look(errand).book, requests))
    raise TryLater(RESTLESS)

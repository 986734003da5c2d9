"""Acting on what `work.access` wants: a look at each file's rights, intentions, rights given and taken back, marks."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.domain.tabs import SCHEME
from flows.work import access
from flows.work.access import BEGUN, DENIED, GIVEN, GONE, LIMIT, OURS, THERE, WHAT, Memory
from flows.workspace import lease as leases
from flows.workspace import reading, settings_tab, sharing
from flows.workspace.refusals import Missing
from flows.workspace.scheme import scheme_of
from flows.workspace.sharing_refusals import NOT_OURS, NotShared
from flows.workspace.sheets import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.domain.access import Target
    from flows.domain.model import Problem
    from flows.work.access import Wanted
    from flows.work.stages import Errand, Seen, Thought
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.sharing import Permission, Sharing

Rights = tuple["Permission", ...]
ABOVE = frozenset({"owner", "organizer"})  # whom a limited folder stays open to
OPEN = "Доступ открыт: {whom}."
SHUT = "Доступ закрыт тем, чей адрес убрали из «Настроек»: {count}."
LEFT_OPEN = "Доступ по прежним адресам не закрылся: у программы больше нет на это прав. Закройте его сами в окне «Открыть доступ»."
REST = "Доступ открыт не весь: {why} Остальное откроет следующий запуск."
WIDE = "Папка «{path}» открыта всем, кому открыта папка вокруг неё: {why}"
NOT_LIMITED = (
    "сузить доступ может владелец папки, а на общем диске – его менеджер. "
    "В окне «Открыть доступ» включите у неё «Ограниченный доступ»."
)
BY_HAND = (
    "её открывали вручную другим людям, и программа их не отключает. "
    "Если так не нужно, включите у неё «Ограниченный доступ» в окне «Открыть доступ»."
)


@dataclass
class Opening:
    """One going over of what is wanted, under one lease; `now` is what has to be remembered, `lines` what to say."""

    sharing: Sharing
    day: str
    known: dict[tuple[str, str], Memory]
    now: dict[tuple[str, str], Memory] = field(default_factory=dict)
    rights: dict[str, Rights] = field(default_factory=dict)
    due: list[Target] = field(default_factory=list)
    open: list[Target] = field(default_factory=list)
    shut: int = 0
    lines: list[str] = field(default_factory=list)

    def look(self, wanted: Wanted) -> None:
        """Look at the rights on each file once; decide what is there already and what has to be given."""
        narrow = {
            file_id: path for file_id, path in wanted.limit.items() if self._narrows(file_id, path, wanted)
        }
        for target in wanted.give:
            with self._about(target):
                if target.file_id not in narrow and wanted.comes_along(target):
                    self.now[target.file_id, target.address.email] = Memory(target.role, THERE)
                else:
                    self._decide(target, alone=target.file_id in narrow)

    def _narrows(self, folder_id: str, path: str, wanted: Wanted) -> bool:
        """Tell whether a folder is to be limited, or is already; where it is not, say why, once."""
        let_in = {each.address.email for each in wanted.give if each.file_id == folder_id}
        let_in |= {email for file_id, email in self.known if file_id == folder_id}
        self.now[folder_id, LIMIT] = Memory("-", DENIED)
        try:
            bounds = self.sharing.bounds(folder_id)
            others = [each for each in self._rights(folder_id) if not _let(each, let_in)]
        except (Missing, Misconfigured, Refused):
            return False
        if bounds.limited:
            self.now[folder_id, LIMIT] = Memory("-", THERE)
        elif others or not (bounds.possible and bounds.safe):
            may = bounds.possible and bounds.safe
            self.lines.append(WIDE.format(path=path, why=BY_HAND if may else NOT_LIMITED))
            return False
        else:
            self.now[folder_id, LIMIT] = Memory("-", BEGUN)
        return True

    def _rights(self, file_id: str) -> Rights:
        if file_id not in self.rights:
            self.rights[file_id] = self.sharing.listed(file_id)
        return self.rights[file_id]

    @contextmanager
    def _about(self, target: Target) -> Iterator[None]:
        """Remember what stands in the way of one right; the others go on."""
        pair = target.file_id, target.address.email
        try:
            yield
        except Missing:
            self.now[pair] = Memory(target.role, GONE)
        except NotShared as refusal:
            self.now[pair] = Memory(target.role, DENIED, self.day, str(refusal).partition(": ")[2])
        except (Misconfigured, Refused):
            self.now[pair] = Memory(target.role, DENIED, self.day, NOT_OURS)

    def _decide(self, target: Target, *, alone: bool) -> None:
        """Decide about one right; on a folder that stands `alone` what is inherited does not count."""
        pair = target.file_id, target.address.email
        rights, memory = self._rights(target.file_id), self.known.get(pair, Memory())
        own = sharing.own(rights, target.address.email)
        held = own if alone else sharing.of(rights, target.address.email)
        ours = memory.state in OURS and own is not None
        if ours and own is not None and own.role == target.role:
            self.now[pair] = Memory(target.role, GIVEN)
        elif ours and own is not None and own.role == memory.role:
            self.sharing.change(target.file_id, own.id, target.role)
            self.now[pair] = Memory(target.role, GIVEN)
            self.open.append(target)
        elif held is not None and held.reaches(target.role):
            self.now[pair] = Memory(target.role, THERE)
        elif own is not None:
            self.now[pair] = Memory(target.role, THERE, own.role)
        else:
            self.now[pair] = Memory(target.role, BEGUN)
            self.due.append(target)

    def give(self) -> None:
        """Give what was promised; an address that Google does not let in is not asked for a second time."""
        refused: dict[str, Memory] = {}
        for target in self.due:
            pair = target.file_id, target.address.email
            if pair[1] in refused:
                self.now[pair] = replace(refused[pair[1]], role=target.role)
                continue
            with self._about(target):
                self.sharing.grant(*pair, target.role)
                self.now[pair] = Memory(target.role, GIVEN)
                self.open.append(target)
            if self.now[pair].state == DENIED and not self.now[pair].said.startswith(NOT_OURS):
                refused[pair[1]] = self.now[pair]

    def limit(self) -> None:
        """Limit the folders on which every right is given that is needed there; the others wait for another day."""
        for folder_id, memory in [
            (file_id, memory) for (file_id, name), memory in self.now.items() if name == LIMIT
        ]:
            if memory.state == BEGUN:
                mine = [
                    each
                    for (file_id, name), each in self.now.items()
                    if file_id == folder_id and name != LIMIT
                ]
                ready = all(each.state in {GIVEN, THERE} for each in mine)
                if ready:
                    self.sharing.limit(folder_id)
                self.now[folder_id, LIMIT] = Memory("-", GIVEN) if ready else Memory("-", DENIED, self.day)

    def take(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take back what was given and is as it was given; what people changed is theirs."""
        for file_id, email in pairs:
            memory = self.known[file_id, email]
            if memory.state in OURS:
                try:
                    own = sharing.own(self._rights(file_id), email)
                    if own is not None and own.role == memory.role:
                        self.sharing.revoke(file_id, own.id)
                        self.shut += 1
                except Missing:
                    pass
                except (Misconfigured, Refused):
                    self.lines.append(LEFT_OPEN)
            self.now[file_id, email] = Memory()

    def told(self) -> tuple[str, ...]:
        """Say what was done, without addresses."""
        whom: dict[str, dict[str, None]] = {}
        for each in self.open:
            whom.setdefault(each.address.holder.title, {})[each.place] = None
        named = "; ".join(f"{title} – {', '.join(places)}" for title, places in whom.items())
        opened_now = [OPEN.format(whom=named)] if named else []
        shut_now = [SHUT.format(count=self.shut)] if self.shut else []
        return (*opened_now, *shut_now, *dict.fromkeys(self.lines))


def _let(right: Permission, let_in: set[str]) -> bool:
    return right.role in ABOVE or (right.kind in {"user", "group"} and right.email.casefold() in let_in)


def opened(errand: Errand, lease: Lease, seen: Seen, thought: Thought) -> tuple[Seen, Thought]:
    """Open and close what the book wants; what cannot be opened is told on its cell, and the run goes on."""
    book, lines = shared(errand, lease, seen.book)
    if book is seen.book and not lines:
        return seen, thought
    before = {each.code for each in access.findings(errand, seen.book)}
    kept = tuple(each for each in thought.problems if each.code not in before)
    problems = tuple(dict.fromkeys((*kept, *thought.understood.still_open(access.findings(errand, book)))))
    return replace(seen, book=book), replace(thought, problems=problems, news=(*thought.news, *lines))


def founded(
    errand: Errand, emails: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Type addresses into `Настройки` by the line they belong in, beside those that stand there, and open the folders.

    Return what was done in words, and what is in the way. Whatever was refused before is tried anew. Raises `TryLater`
    while a run goes on.
    """
    book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
    requests = settings_tab.beside(book, {name: [*each] for name, each in emails.items() if each})
    if not requests and not access.wanted(errand, book, again=True):
        return (), tuple(access.findings(errand, book))
    lease = leases.take(errand.space, errand.place.book, leases.lock_of(book.snapshot))
    try:
        if requests:
            lease.write(requests)
        book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
        book, lines = shared(errand, lease, book, again=True)
    finally:
        with suppress(Refused, TryLater, Misconfigured):
            lease.release()
    return lines, tuple(access.findings(errand, book))


def shared(errand: Errand, lease: Lease, book: Book, *, again: bool = False) -> tuple[Book, tuple[str, ...]]:
    """Open and close what the book wants; return the book as it remembers it, and what was done in words.

    A store that does not answer ends it: what is begun is remembered, and the next run goes on.
    """
    wanted = access.wanted(errand, book, again=again)
    if not wanted:
        return book, ()
    work = Opening(errand.space.sharing, access.day(errand), access.remembered(book.scheme))
    late = ""
    try:
        work.look(wanted)
        book = _remembered(lease, book, work)
        work.give()
        work.limit()
        work.take(wanted.take)
    except TryLater as trouble:
        late = str(trouble)
    book = _remembered(lease, book, work)
    return book, (*work.told(), *([REST.format(why=late)] if late else []))


def _remembered(lease: Lease, book: Book, work: Opening) -> Book:
    """Write what has to be remembered, where it is not remembered so already."""
    changed = {
        (WHAT, f"{file_id} {email}"): str(memory)
        for (file_id, email), memory in work.now.items()
        if str(memory) != book.scheme.get(WHAT, f"{file_id} {email}")
    }
    requests = book.scheme.remembering(changed)
    if not requests:
        return book
    back = lease.write(requests, [quoted(SCHEME)]).sheet(SCHEME)
    return book if back is None else replace(book, scheme=scheme_of(back))

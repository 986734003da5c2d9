"""Opening the organisation's folders to whom `Настройки` name, and closing what was opened so (config/access.toml).

What a run has done is remembered in the hidden tab, by file and address: first that it is begun, then that it is done,
so that a broken run neither gives a right twice nor takes its own for one that a person gave. Rights that people gave by
hand are never changed or taken back; a run that finds everything remembered asks Drive nothing. `work.opening` acts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain import access
from flows.domain.model import Problem, Severity
from flows.domain.statuses import CANCELLED, INTENDED
from flows.domain.tabs import REGISTER, SETTINGS
from flows.workspace import reading
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.access import Places, Target, Typed
    from flows.work.stages import Errand
    from flows.workspace.reading import Book
    from flows.workspace.scheme import Scheme

WHAT, LIMIT = "доступ", "ограничение"
BEGUN, GIVEN, THERE, DENIED, GONE = "начат", "дан", "был", "отказ", "нет"
REFUSED, LESSER = "access-refused", "access-lesser"
OURS = frozenset({BEGUN, GIVEN})
WORDS = dict(
    zip(access.ROLES, ("«Читатель»", "«Комментатор»", "«Редактор»"), strict=True)
)  # as Drive shows roles


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one file and address: the role, how it stands, and more: a day with Google's word, or a role."""

    role: str = ""
    state: str = ""
    day: str = ""
    said: str = ""

    @classmethod
    def parse(cls, text: str) -> Memory:
        """Read what `str` wrote."""
        return cls(*(*text.split(" ", 3), "", "", "", "")[:4])

    def __str__(self) -> str:
        return " ".join(filter(None, (self.role, self.state, self.day, self.said)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be open, against what is remembered: rights to give, rights of ours to take back, folders to limit."""

    give: tuple[Target, ...] = ()
    take: tuple[tuple[str, str], ...] = ()  # a file and an address
    limit: Mapping[str, str] = field(default_factory=dict)  # path by the id of a folder
    root: str = ""  # the organisation's own folder
    around: Mapping[str, str] = field(default_factory=dict)  # role on it by address

    def __bool__(self) -> bool:
        return bool(self.give or self.take or self.limit)

    def comes_along(self, target: Target) -> bool:
        """Tell whether the right on the organisation's own folder brings this one along."""
        above = self.around.get(target.address.email)
        if above is None or target.file_id == self.root:
            return False
        return access.ROLES.index(above) >= access.ROLES.index(target.role)


def places(errand: Errand, book: Book) -> Places:
    """Return where rights may stand: the folders that are remembered, the papers that are registered."""
    rows = filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ()
    papers = {
        row.file_id: row.kind
        for row in rows
        if row.final and row.file_id and row.state not in {CANCELLED, INTENDED}
    }
    return access.Places(errand.place.folder, book.scheme.all("папка"), papers)


def typed(errand: Errand, book: Book) -> Typed:
    """Read the addresses of `Настройки`."""
    return access.typed(errand.supplies.access, reading.lines(book), book.snapshot.title)


def wanted(errand: Errand, book: Book, *, again: bool = False) -> Wanted:
    """Tell what a run has to open and to close; what was refused is tried anew on another day, or `again`.

    Nothing is closed while any address cannot be read, and nothing at all is done where the store opens nothing.
    """
    if not errand.space.shares or book.unread & {SETTINGS, REGISTER}:
        return Wanted()
    told, where, known = typed(errand, book), places(errand, book), remembered(book.scheme)
    targets = {(each.file_id, each.address.email): each for each in access.targets(told.addresses, where)}
    today = "" if again else day(errand)
    opened = {file_id for file_id, _ in targets}
    narrow = {
        file_id: path
        for file_id, path in access.limited(errand.supplies.access, where).items()
        if file_id in opened and _narrowing(known.get((file_id, LIMIT), Memory()), today)
    }
    give = tuple(
        each for pair, each in targets.items() if pair[0] in narrow or _due(known.get(pair), each, today)
    )
    gone = (
        pair for pair, memory in known.items() if pair not in targets and pair[1] != LIMIT and memory.state
    )
    around = {email: each.role for (file_id, email), each in targets.items() if file_id == where.root}
    return Wanted(give, tuple(gone) if told.sure else (), narrow, where.root, around)


def day(errand: Errand) -> str:
    """Spell the day of a run as it is remembered."""
    return f"{errand.today:%d.%m.%Y}"


def _due(memory: Memory | None, target: Target, today: str) -> bool:
    if memory is None or not memory.state or memory.state == BEGUN or memory.role != target.role:
        return True
    return memory.state == DENIED and memory.day != today


def _narrowing(memory: Memory, today: str) -> bool:
    """Tell whether to try to limit a folder; one that cannot be limited has no day, and is tried only when asked `again`."""
    if memory.state != DENIED:
        return memory.state in {"", BEGUN}
    return not today or memory.day not in {"", today}


def remembered(scheme: Scheme) -> dict[tuple[str, str], Memory]:
    """Return what is remembered, by file and address."""
    pairs = ((key.partition(" "), text) for key, text in scheme.all(WHAT).items())
    return {(file_id, email): Memory.parse(text) for (file_id, _, email), text in pairs}


def findings(errand: Errand, book: Book) -> list[Problem]:
    """Say on its cell which address cannot be read, which Google does not let in, and which has less than it should."""
    told = typed(errand, book)
    problems = list(told.problems)
    if not errand.space.shares:
        return problems
    known = remembered(book.scheme)
    for target in access.targets(told.addresses, places(errand, book)):
        memory = known.get((target.file_id, target.address.email), Memory())
        if memory.state == DENIED:
            problems.append(_on_cell(target, REFUSED, f"доступ не открыт: {memory.said}"))
        elif memory.state == THERE and memory.day:
            less = WORDS.get(memory.day, memory.day)
            problems.append(
                _on_cell(
                    target,
                    LESSER,
                    f"доступ дали вручную, но слабее нужного ({target.place} – {less}). Нужно: "
                    f"{WORDS[target.role]}. Измените роль в окне «Открыть доступ».",
                )
            )
    return list(dict.fromkeys(problems))


def _on_cell(target: Target, code: str, said: str) -> Problem:
    address = target.address
    return Problem(
        Severity.QUESTION,
        code,
        address.origin,
        f"«{address.holder.setting}»: {said}",
        printed=address.email,
        subject=address.holder.setting,
    )

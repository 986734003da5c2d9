"""Copies of our templates where staff may edit them: which of them ours has outgrown, and what is asked about the others.

A copy says in its own properties what it was made of, so nothing else has to remember it: `nastavnik_md5` tells whether
staff have edited it since, `nastavnik_law` which paragraphs of law it had. An edited copy is theirs; it becomes ours
again only by their answer in «Проверка».
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.book import answer_verdicts, answers
from flows.domain.book.accepted import NEW_TAKEN, OWN_KEPT
from flows.domain.book.answer_values import Known
from flows.domain.errors import Misconfigured, Refused
from flows.domain.keys import FindingKey
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import FINDINGS
from flows.papers import law
from flows.workspace.drive import md5_of
from flows.workspace.own_properties import ASIDE, LAW, LEFT, ORGANISATION, TEMPLATE, TOOK
from flows.workspace.writeback import KEY, TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flows.papers.law import Difference
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book

FOLDER = "Шаблоны"
CODE = "template-law"
MOST_NAMED, MOST_SIGNS, CONTEXT = 6, 180, 40


@dataclass(frozen=True, slots=True)
class Behind:
    """A copy that staff edited and that has not followed the law in ours; `taken` once they answered to take ours."""

    entry: Entry
    template: str
    digest: str
    differences: tuple[Difference, ...]
    taken: bool = False

    @property
    def subject(self) -> str:
        """Name the copy and the state of the law in ours: when that changes, it is asked anew."""
        return f"{self.template}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Copies:
    """What a look at the folder shows: untouched copies that ours has outgrown, edited ones that the law has left behind.

    `took` tells by question in what words a copy that became ours by its answer is told of; `news` is what this run did
    with copies, `kept_back` what stood in its way. `there` are the templates of which a copy or staff's own lies there or
    was put into the bin, `ids` the files of the folder.
    """

    stale: tuple[tuple[Entry, str], ...] = ()
    behind: tuple[Behind, ...] = ()
    took: Mapping[str, str] = field(default_factory=dict)
    news: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    there: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    @property
    def taken(self) -> tuple[Behind, ...]:
        """Return the copies that are to become ours."""
        return tuple(each for each in self.behind if each.taken)

    @property
    def due(self) -> bool:
        """Tell whether a run has anything to do with copies."""
        return bool(self.stale or self.taken)

    def carried_out(self, key: str) -> bool:
        """Tell whether the answer to a finding has made the copy ours."""
        about = FindingKey.parse(key)
        return about.finding == CODE and about.where in self.took


def looked(
    entries: Sequence[Entry],
    own: Mapping[str, tuple[Entry, bytes]],
    book: Book,
    template: Callable[[str], bytes],
) -> Copies:
    """Compare the copies in the folder with ours; `own` are those that win over ours, with their bytes."""
    given = _answers(book)
    found = (
        _behind(entry, name, data, template)
        for name, (entry, data) in own.items()
        if entry.properties.get(TEMPLATE) == name and entry.md5
    )
    behind = (
        replace(each, taken=_takes(given, question(each, book.snapshot.title))) for each in found if each
    )
    there = {each.properties[TEMPLATE] for each in entries if TEMPLATE in each.properties} | own.keys()
    ids = frozenset(each.id for each in entries)
    return Copies(
        stale(entries, template), tuple(behind), dict(_took(entries)), there=frozenset(there), ids=ids
    )


def stale(entries: Iterable[Entry], template: Callable[[str], bytes]) -> tuple[tuple[Entry, str], ...]:
    """Return copies of ours that staff never touched and that a newer version of the program has outgrown."""
    return tuple(
        (each, name)
        for each in entries
        if (name := each.properties.get(TEMPLATE))
        and not each.trashed
        and each.md5 == each.properties.get(LEFT)
        and (ours := _ours(template, name)) is not None
        and each.md5 != md5_of(ours)
    )


def _ours(template: Callable[[str], bytes], name: str) -> bytes | None:
    try:
        return template(name)
    except Misconfigured:
        return None


def properties_of(organisation: str, name: str, data: bytes) -> dict[str, str]:
    """Say what a copy is made of."""
    return {ORGANISATION: organisation, TEMPLATE: name, LEFT: md5_of(data), LAW: law.marks(data)}


def _behind(entry: Entry, name: str, data: bytes, template: Callable[[str], bytes]) -> Behind | None:
    """Hold a copy that staff edited against ours; None where it follows the law in ours, or either cannot be read."""
    ours = _ours(template, name)
    if ours is None:
        return None
    known = entry.properties.get(LAW, "")
    # A copy of an older program does not say which law it had: nothing has changed while ours is the same file.
    if not known and entry.properties.get(LEFT) == md5_of(ours):
        return None
    try:
        now = law.marks(ours)
        differences = law.behind(ours, data, known) if known != now else ()
    except Refused:
        return None
    return Behind(entry, name, _digest(now), differences) if differences else None


def _digest(marks: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(marks.encode()).digest())[:8].decode()


def _answers(book: Book) -> answers.Answers:
    """Return the answers about copies that are in force."""
    typed = answers.read(book.rows(FINDINGS))
    return answer_verdicts.judged((each for each in typed if each.about.finding == CODE), {}, Known())


def _takes(given: answers.Answers, asked: Problem) -> bool:
    force = given.to(asked)
    return force is not None and force.closes and force.cell != OWN_KEPT


def _took(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what is told of each copy that became ours by an answer, by the question."""
    names = {each.id: each.name for each in entries}
    for each in entries:
        if digest := each.properties.get(TOOK):
            laid = names.get(each.properties.get(ASIDE, "").partition(":")[0], "")
            yield f"{each.properties.get(TEMPLATE)}:{digest}", taken(title_of(each), laid)


def unheard(copies: Copies, book: Book) -> tuple[str, ...]:
    """Tell of each copy that became ours by an answer of which `Журнал` does not know: a run may have died in between."""
    fresh = (row for row in book.rows(FINDINGS) if row.text("Ответ") and row.text("Ответ") != row.text(TOLD))
    return tuple(
        copies.took[FindingKey.parse(row.text(KEY)).where]
        for row in fresh
        if copies.carried_out(row.text(KEY))
    )


def questions(copies: Copies, book: str) -> tuple[Problem, ...]:
    """Ask about each copy that the law in ours has left behind."""
    return tuple(question(each, book) for each in copies.behind)


def question(copy: Behind, book: str) -> Problem:
    """Name the paragraphs in which a copy has not followed ours, and what may be answered."""
    lines = [
        f"Ваш шаблон «{title_of(copy.entry)}» в папке «{FOLDER}» расходится с нашим в том, что идёт от закона.",
        *(_worded(each) for each in copy.differences[:MOST_NAMED]),
    ]
    left = len(copy.differences) - MOST_NAMED
    lines += [f"Ещё таких мест: {left}."] if left > 0 else []
    lines += [f"Ответьте «{NEW_TAKEN}» (ваш файл останется рядом под другим именем) или «{OWN_KEPT}»."]
    return Problem(
        Severity.QUESTION,
        CODE,
        Origin(book, FOLDER),
        "\n".join(lines),
        NEW_TAKEN,
        subject=copy.subject,
    )


def _worded(difference: Difference) -> str:
    ours, theirs = difference.ours, difference.theirs
    if not ours:
        return f"У нас больше нет, у вас осталось: {_quoted(theirs)}."
    if not theirs:
        return f"У нас есть, у вас нет: {_quoted(ours)}."
    return f"У нас: {_quoted(ours, theirs)}, у вас: {_quoted(theirs, ours)}."


def _quoted(text: str, beside: str = "") -> str:
    """Quote a paragraph; of a long one, the place where it is another than the one beside it."""
    text = text.rstrip(".")
    begin, end = 0, len(text)
    if end > MOST_SIGNS:
        before, after = _alike(text, beside), _alike(text[::-1], beside.rstrip(".")[::-1])
        begin = text.rfind(" ", 0, max(0, before - CONTEXT)) + 1
        last = max(before, end - after) if beside else end
        end = min(end, last + CONTEXT, begin + MOST_SIGNS)
        end = end if end == len(text) else max(text.rfind(" ", begin, end), begin + 1)
    return f"«{'…' if begin else ''}{_inner(text[begin:end])}{'…' if end < len(text) else ''}»"


def _alike(one: str, other: str) -> int:
    """Count the signs with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _inner(text: str) -> str:
    return text.replace("«", "„").replace("»", "“")


def title_of(entry: Entry) -> str:
    """Name a copy as its file is called."""
    return _inner(entry.name.removesuffix(".docx"))


def taken(title: str, aside: str) -> str:
    """Tell that a copy has become ours, and where staff's own lies; that is empty once they took it away."""
    beside = f" Ваша редакция лежит рядом: «{_inner(aside)}»." if aside else ""
    return f"Взят новый шаблон «{title}».{beside}"

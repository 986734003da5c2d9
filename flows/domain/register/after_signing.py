"""What has to be done about filed papers when a pair or a person is not what they say: who changed, which papers name them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.catalogue.named import CHANGING_ORDER, ORDER_OF_PAIRS
from flows.domain.model import Problem, Severity
from flows.domain.people.pupils import post_of
from flows.domain.register import paper_marks
from flows.domain.register.in_force import in_force, number_and_day
from flows.domain.statuses import BROKEN, LEFT, OVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Facts, Filed, Person

COLUMNS = {LEFT: "Состояние", paper_marks.NAME: "ФИО", paper_marks.POST: "Должность"}
# What an order says of a pair to everybody; the requisites of its consent and addendum come and go beside it.
SAID_OF_PAIR = (paper_marks.MENTOR, paper_marks.MENTEES, paper_marks.FORM, paper_marks.TERM)
CODES = {LEFT: "reissue-left", paper_marks.NAME: "reissue-name", paper_marks.POST: "reissue-post"}
TOLD = {
    LEFT: "участник выбыл",
    paper_marks.NAME: "изменились фамилия, имя или отчество",
    paper_marks.POST: "изменилась должность",
}
# The trait that says what to do, for each thing that happens to a person.
CURES = {LEFT: "on_leaving", paper_marks.NAME: "on_renaming", paper_marks.POST: "on_new_post"}


def family(row: Filed) -> tuple[str, str]:
    """Return the subject and the year of the order that a row is, or that it changes: «sadik~2» changes «sadik»."""
    return row.parts.family, row.parts.period


def age(row: Filed) -> tuple[int, int]:
    """Order registered rows by their day, then by version."""
    return row.day.toordinal() if row.day else 0, row.version


def differences(row: Filed, facts: Facts) -> list[str]:
    """Tell in words, by codes alone, how the pairs of a registered order differ from what it said; pairs that ended early do not count."""
    before = paper_marks.told(row)
    told: list[str] = []
    for pair in facts.pairs:
        if pair.code not in before or pair.status == BROKEN or not set(pair.codes) & set(row.covers):
            continue
        parts = paper_marks.differing(
            paper_marks.OF_PAIR, before[pair.code], paper_marks.of_pair(pair, facts.people)
        )
        told += [f"{pair.code} – {', '.join(parts)}"] if parts else []
        for code in (pair.mentor, *pair.mentees):
            parts = differs(before, facts.people.get(code))
            told += [f"{code} – {', '.join(parts)}"] if parts else []
    return list(dict.fromkeys(told))


def still_planned(row: Filed, facts: Facts) -> bool:
    """Tell a registered plan whose pair is who it was and has the term it had; of a row without marks nothing is told."""
    before = paper_marks.told(row)
    own = [pair for pair in facts.pairs if pair.code in before]
    parts = (
        paper_marks.differing(paper_marks.OF_PAIR, before[pair.code], paper_marks.of_pair(pair, facts.people))
        for pair in own
    )
    planned = {paper_marks.MENTOR, paper_marks.MENTEES, paper_marks.TERM}
    return bool(own) and not any(planned & set(each) for each in parts)


def says_so_still(row: Filed, facts: Facts) -> bool:
    """Tell a registered paper of which the tabs still say all that it said of its pairs and people; without marks, always."""
    before = paper_marks.told(row)
    pairs = {pair.code: paper_marks.of_pair(pair, facts.people) for pair in facts.pairs}
    people = {code: paper_marks.of_person(each, post_of(each)) for code, each in facts.people.items()}
    now = pairs | people
    return all(
        code in now
        and not paper_marks.differing(
            SAID_OF_PAIR if code in pairs else paper_marks.OF_PERSON, said, now[code]
        )
        for code, said in before.items()
    )


def differs(before: dict[str, tuple[str, ...]], person: Person | None) -> tuple[str, ...]:
    """Name what a paper says of a person and is no longer so."""
    if person is None or person.code not in before:
        return ()
    return paper_marks.differing(
        paper_marks.OF_PERSON, before[person.code], paper_marks.of_person(person, post_of(person))
    )


def findings(facts: Facts) -> Iterator[Problem]:
    """Tell, for each person who left or changed, every registered paper that names that person and what to do about it.

    Drafts are not listed: they follow the data by themselves, and a run may just be making them.
    """
    rows = [row for row in in_force(facts.register) if not _superseded(row, facts.register)]
    said = [(row, paper_marks.told(row), named(row, facts)) for row in rows]
    for person in facts.people.values():
        naming = [(row, marks) for row, marks, codes in said if person.code in codes]
        if person.status == LEFT:
            yield from _told(LEFT, person, [row for row, _ in naming])
        changed = [(row, differs(marks, person)) for row, marks in naming]
        for part in (paper_marks.NAME, paper_marks.POST):
            yield from _told(part, person, [row for row, parts in changed if part in parts])


def _told(what: str, person: Person, rows: Sequence[Filed]) -> Iterator[Problem]:
    if not rows:
        return
    papers = "; ".join(
        f"«{row.title}» {number_and_day(row)} – {cure(what, row)}"
        for row in sorted(rows, key=lambda row: row.key)
    )
    said = f"{person.code}: {TOLD[what]}. Что сделать с документами: {papers}. Проекты изменятся сами или станут лишними."
    origin = replace(person.origin, column=COLUMNS[what])
    yield Problem(Severity.QUESTION, CODES[what], origin, said, subject=person.code)


def cure(what: str, row: Filed) -> str:
    """Say what to do with one registered paper."""
    told: str = getattr(record.of(row.kind), CURES[what])
    return told


def named(row: Filed, facts: Facts) -> frozenset[str]:
    """Return the codes of the people a filed paper names: by its marks, else by the pairs and the person it is about."""
    if row.marks:
        return frozenset(paper_marks.told(row))
    about = {row.parts.subject, *row.covers}
    return frozenset(
        {
            *about,
            *(
                code
                for pair in facts.pairs
                if about & {pair.code, *pair.codes}
                for code in (pair.mentor, *pair.mentees)
            ),
        }
    )


def _superseded(row: Filed, register: Sequence[Filed]) -> bool:
    """Tell an order whose list of pairs a later registered order has put anew."""
    if row.kind not in {ORDER_OF_PAIRS, CHANGING_ORDER}:
        return False
    later = (
        other
        for other in register
        if other.kind == CHANGING_ORDER
        and other.registered
        and other.state not in OVER
        and family(other) == family(row)
    )
    return any(age(other) > age(row) for other in later if other.key != row.key)

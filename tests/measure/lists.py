"""Headers of lists of people: a whole list as printed against the column of our tabs that each of its columns means.

A block begins with `@` and what the list is called (its tab or the line above it); then rows as in `headers`. Its last row has for
each column «н:ФИО», «л:Должность», «п:Цель» – a tab by its letter and the header – or `-` for a column that means nothing to us;
with a semicolon where several are right. «п:Наставник» and «н:ФИО» are one, «п:Наставляемый» and «л:ФИО» as well.
"""

from __future__ import annotations

from flows.domain.lists.columns import columns_of_list
from flows.domain.tabs import MENTEES, MENTORS, PAIRS
from tests.measure import cells
from tests.measure.cells import Judged
from tests.measure.headers import BETWEEN, ROLES, Verdict, grid

TABS = {MENTORS: "н", MENTEES: "л", PAIRS: "п"}
ONE = {"п:Наставник": "н:ФИО", "п:Наставляемый": "л:ФИО"}
TITLE, NOTHING, ALTERNATIVE = "@", "-", ";"


def measured(part: str) -> list[Judged]:
    """Measure every column of the set."""
    return [column for place, block in cells.blocks("lists", part) for column in judged(place, block)]


def judged(place: str, block: list[str]) -> list[Judged]:
    """Understand one list, and say what is thought of each column."""
    title, *rows, truth = block
    wanted = [one.strip() for one in truth.removeprefix(ROLES).split(BETWEEN)]
    table = grid(rows)
    called = title.removeprefix(TITLE).strip()
    answers = meanings(called, rows)
    head = [cell.text for cell in table[0]]
    return [
        Judged(place, f"{called}, {at + 1}: {cells.shown(head[at])}", right, answer, worth(answer, right))
        for at, (right, answer) in enumerate(zip(wanted, answers, strict=True))
    ]


def meanings(title: str, rows: list[str]) -> list[str]:
    """Return the meaning of each column of a list called `title`."""
    table = grid(rows)
    answer = [NOTHING] * max(map(len, table))
    for part in columns_of_list(table, title)[:1]:
        for at, (tab, header) in part.meanings.items():
            meaning = f"{TABS.get(tab, tab)}:{header}"
            answer[at] = ONE.get(meaning, meaning)
    return answer


def worth(answer: str, right: str) -> Verdict:
    """Say what a meaning is worth; a column left without one is «refused», as it is told of."""
    if answer in {one.strip() for one in right.split(ALTERNATIVE)}:
        return Verdict.RIGHT
    return Verdict.REFUSED if answer == NOTHING else Verdict.SILENT

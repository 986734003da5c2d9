"""Planning as one table: which papers a day calls for, for every kind, as a pair stands, as a paper is filed, around a window.

The table lies in `planning_table.txt`; `python -m tests.domain.test_planning_table` writes it anew. A line of it is
read: on these days, with the pair so and the paper so, planning names these papers. Whoever changes a line says why.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from flows import settings
from flows.domain.documents.specimen import specimen
from flows.domain.keys import Key
from flows.domain.model import Activity, Filed, Origin, Problem
from flows.domain.organisation import Council
from flows.domain.periods import Period
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.statuses import (
    ACTIVE,
    AGREED,
    BROKEN,
    CANCELLED,
    DRAFT,
    FINISHED,
    PROLONGED,
    PROPOSED,
    REGISTERED,
)
from flows.domain.terms.reading import parse
from tests.domain.test_due import doubt_free, unsigned

KEPT = Path(__file__).parent / "planning_table.txt"
MADE = tuple(kind for kind in settings.catalogue().values() if kind.made and not kind.of_district)
DAYS_OFF = settings.days_off(2024, 2029)
PERIOD = Period(date(2025, 9, 1), date(2028, 8, 31))
SCHOOL = specimen("order.pairs")
PAIR = replace(SCHOOL.pairs[1], start=date(2026, 10, 5), end=date(2027, 4, 30))
STATES = (PROPOSED, AGREED, ACTIVE, PROLONGED, FINISHED, BROKEN)
# Before anything opens, before the pair's window, in and after the row's, after the pair, a year later.
DAYS = (
    date(2026, 8, 20), date(2026, 9, 21), date(2026, 12, 10), date(2026, 12, 22), date(2027, 5, 3), date(2027, 12, 21),
)  # fmt: skip
# Whoever is thanked stands in an order in force.
IN_ORDER = (
    Filed("obrazec/order.pairs_change/obrazec/2026-2027", 1, "order.pairs_change", "", "", REGISTERED, "", "", "", "", "", number="30", day=date(2026, 10, 1), covers=PAIR.codes),
)  # fmt: skip
FILED = {"нет": None, "проект": DRAFT, "зарегистрирован": REGISTERED, "отменён": CANCELLED}
ROWS = (
    Activity("М-001", "1", "1", "Дело", "", parse("до 21.12.2026", PERIOD), (), "Документ", (), Origin("", "", 2), "", "до 21.12.2026"),
    Activity("М-002", "2", "1", "Дело", "", parse("Декабрь (ежегодно)", PERIOD), (), "Документ", (), Origin("", "", 3), "", "Декабрь (ежегодно)"),
)  # fmt: skip


def school(kind, state, day, register=()):
    """The specimen's school with one pair and two rows that call for a kind."""
    rows = tuple(replace(row, documents=(kind.id,)) for row in ROWS)
    told = replace(
        SCHOOL,
        today=day,
        activities=rows,
        register=(*register, *(IN_ORDER if kind.occasion else ())),
        councils=(),
        period=PERIOD,
    )
    pair = replace(
        PAIR, status=state, ended_by="работодатель" if kind.id == "notice.early_end" else "наставник"
    )
    if (
        kind.id in doubt_free()
    ):  # what is to be signed is not signed yet; an employer's pair asks for an agreement
        people = {code: replace(person, **unsigned(kind)) for code, person in told.people.items()}
        form = "работодатель – обучающийся" if kind.id == "agreement.employer" else pair.form
        pair = replace(pair, addendum_number="", addendum_date=None, form=form)
        told = replace(told, people=people)
    return replace(told, pairs=(pair,))


def named(kind, facts):
    """What planning says: the papers as subject and period, `!` late, `=` left as it was filed; what it asks."""
    wishes = Wishes({kind.id: kind}, {kind.id: lambda _: {}}, DAYS_OFF)
    told = plan(facts, wishes)
    papers = [
        f"{each.subject}/{each.period}{'!' if each.late else ''}{'=' if each.frozen else ''}"
        for each in told.planned
    ]
    return (
        " ".join(
            sorted(papers) + sorted({f"?{each.code}" for each in told.problems if isinstance(each, Problem)})
        )
        or "—"
    )


def keys(kind):
    """The keys that any day gives for a kind."""
    wishes = Wishes({kind.id: kind}, {kind.id: lambda _: {}}, DAYS_OFF)
    return sorted(
        {
            each.key
            for state, day in product(STATES, DAYS)
            for each in plan(school(kind, state, day), wishes).planned
        }
    )


def row_of(key, state):
    number, day = ("26/1", date(2026, 12, 1)) if state in {REGISTERED, CANCELLED} else ("", None)
    own = Key.parse(key)
    return Filed(
        key, 1, own.kind, "Документ", "ПР-2026-001", state, "f", "v", "m", "", "", number=number, day=day,
        covers=PAIR.codes if own.kind.startswith("order.pairs") else (), origin=Origin("", "", 5),
    )  # fmt: skip


def lines(kind):
    """The table's lines of a kind: equal answers stand on one line."""
    there = keys(kind)
    for name, state in FILED.items():
        register = tuple(row_of(key, state) for key in there) if state else ()
        said: dict[str, list[str]] = {}
        for pair in STATES:
            answers = tuple(named(kind, school(kind, pair, day, register)) for day in DAYS)
            said.setdefault(" | ".join(answers), []).append(pair)
        for answer, pairs in said.items():
            yield f"{kind.id} · {name} · {', '.join(pairs) if len(pairs) < len(STATES) else 'любая'}: {answer}"


@pytest.fixture(scope="module")
def table():
    told: dict[str, list[str]] = {}
    for line in KEPT.read_text("utf-8").splitlines():
        told.setdefault(line.partition(" ")[0], []).append(line)
    return told


# A kind is planned two hundred times; that it comes on its day and on no other, test_due asks of the others too.
@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.id)
def test_planning_names_the_papers_of_the_table(kind, table):
    kept, now = table.get(kind.id, []), list(lines(kind))
    assert now == kept, "\n".join(difflib.unified_diff(kept, now, "was", "is", lineterm=""))


# A council: its season, how many notes the roadmap has about it, whether it is to come, open or past.
SEASONS = {
    "август": date(2026, 8, 28),
    "ноябрь": date(2026, 11, 20),
    "январь": date(2027, 1, 15),
    "март": date(2027, 3, 26),
    "май": date(2027, 5, 28),
}
NOTES = {
    "без справок": (),
    "справка": ("{:%d.%m.%Y}",),
    "две": ("до {:%d.%m.%Y}", "Январь 2027"),
    "в день педсовета": ("{:%d.%m.%Y}",),
}


def council_lines():
    kinds = {kind.id: kind for kind in MADE if kind.subject == "council" or kind.id == "note.monitoring"}
    wishes = Wishes(kinds, {name: lambda _: {} for name in kinds}, DAYS_OFF)
    for (season, day), (notes, terms) in product(SEASONS.items(), NOTES.items()):
        spelt = [term.format(day) for term in terms]
        rows = tuple(
            replace(
                ROWS[0],
                code=f"М-00{at}",
                documents=("note.monitoring",),
                term=parse(term, PERIOD),
                printed_term=term,
            )
            for at, term in enumerate(spelt, 1)
        )
        for today in (-20, -3, 0, 1):
            now = date.fromordinal(day.toordinal() + today)
            facts = replace(
                SCHOOL, today=now, activities=rows, pairs=(PAIR,), register=(), councils=(Council("", day),)
            )
            papers = sorted(
                f"{each.kind}:{each.subject}{'=' if each.frozen else ''}"
                for each in plan(facts, wishes).planned
            )
            yield f"council · {season} · {notes} · {today:+d} дн.: {' '.join(papers) or '—'}"


def test_a_council_gets_the_folder_of_the_table(table):
    kept, now = table.get("council", []), list(council_lines())
    assert now == kept, "\n".join(difflib.unified_diff(kept, now, "was", "is", lineterm=""))


if __name__ == "__main__":
    told = [line for kind in MADE for line in lines(kind)] + list(council_lines())
    KEPT.write_text("\n".join(told) + "\n", "utf-8")

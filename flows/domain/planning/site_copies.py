"""Copies for the site: one beside each registered paper that the public may see, without personal data.

A copy says what the registered paper said: it is made while the data still say the same, and rests until another
edition of the paper is registered, a changing order or a new version.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import CHANGING_ORDER, ORDER_OF_PAIRS
from flows.domain.model import Problem, Severity
from flows.domain.planning.pairs import fixed
from flows.domain.planning.wanted import Wanted, Wishes, exists, key_of, rests
from flows.domain.register import after_signing
from flows.domain.register.in_force import number_and_day
from flows.domain.register.life import CHANGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed
    from flows.domain.planning.wanted import Plans

EDITION = "редакция "
WAITS = (
    "«{title}» не готовится: данные с тех пор, как документ {number} подписан, изменились. "
    "Она появится, когда будет зарегистрирована новая редакция."
)


def copies(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a copy of each registered paper of the kind's source, of the edition in force; it has the same subject and period."""
    source = wishes.kinds.get(kind.copy_of)
    for row in fixed(source, facts) if source else ():
        last = edition_of(row, facts)
        there = exists(facts, kind, row.parts.subject, row.parts.period)
        if not (there or row.final):
            continue
        edition = f"{EDITION}{number_and_day(last)}"
        covers = last.covers or row.covers
        named = tuple(pair for pair in facts.pairs if set(pair.codes) & set(covers)) if covers else ()
        wanted = Wanted(
            kind,
            row.parts.subject,
            row.parts.period,
            None,
            tuple(rows),
            named,
            covers,
            edition=edition,
            day=last.day,
        )
        made_on = _made_on(wanted, row, last, facts)
        still = after_signing.says_so_still(last, facts)
        if there and (not still or rests(facts, kind, wanted.subject, wanted.period, made_on)):
            yield replace(wanted, frozen=True)
        elif still:
            yield wanted
        else:
            said = WAITS.format(title=kind.title, number=number_and_day(last))
            yield Problem(
                Severity.NOTE,
                "copy-waits",
                replace(row.origin, column=CHANGED),
                said,
                subject=row.key,
            )


def edition_of(row: Filed, facts: Facts) -> Filed:
    """Return the registered paper that says what holds: an order's last registered change, else the paper itself."""
    if row.kind != ORDER_OF_PAIRS:
        return row
    made = [
        other
        for other in facts.register
        if other.kind == CHANGING_ORDER
        and other.final
        and after_signing.family(other) == after_signing.family(row)
    ]
    return max([row, *made], key=after_signing.age)


def _made_on(wanted: Wanted, row: Filed, last: Filed, facts: Facts) -> str:
    """Return the edition a copy must have been made on to rest; nothing for one that does not tell its own.

    Copies of earlier programs tell none: they rest while there has been one edition only.
    """
    key = key_of(facts, wanted.kind, wanted.subject, wanted.period)
    told = any(EDITION in each.basis for each in facts.register if each.key == key)
    return wanted.edition if told or last.key != row.key or _again(row, facts) else ""


def _again(row: Filed, facts: Facts) -> bool:
    """Tell a paper that was registered more than once."""
    finals = {each.version for each in facts.register if each.key == row.key and each.final}
    return len(finals) > 1

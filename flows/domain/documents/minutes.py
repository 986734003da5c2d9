"""Which minutes of a council a paper rests on: those that adopted it, as somebody wrote beside them; a day alone tells nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.documents.norms import spoken_day
from flows.domain.text import fold

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Context, Facts
    from flows.domain.organisation import Council

SHORT, HALF_A_YEAR, AUGUST = 62, 184, 8
SHORTEST = 4
NOT_TOLD: Context = {"номер": None, "дата": None}


def protocol(facts: Facts, kind: str, approved: Context | None = None) -> Context | None:
    """Return the last minutes, not after the paper's own day, of a council that adopted it.

    While nobody has written beside any minutes what they adopted, number and day are for the pen; `None` where there are
    no minutes yet or none of them adopted the paper. The day of a paper that an order has `approved` is the order's:
    what a council adopts, an order approves later.
    """
    if facts.organisation.over_others:
        return None
    last = (approved or {}).get("дата") or _last_day(facts)
    held = [
        (day, each.row, each)
        for each in facts.councils
        if each.protocol and each.protocol_day and (day := each.day or each.protocol_day) and day <= last
    ]
    own = [told for told in held if adopts(told[2], kind, facts.heading)]
    if own:
        each = max(own, key=lambda told: told[:2])[2]
        return {"номер": each.protocol, "дата": each.protocol_day}
    return NOT_TOLD if held and not any(each.adopted for each in facts.councils) else None


def adopts(council: Council, kind: str, heading: str = "") -> bool:
    """Tell whether a council adopted a kind of paper: one of the things named beside its minutes is that."""
    words, title = record.of(kind).adopted, fold(heading)
    things = filter(None, (thing.strip(" .") for thing in re.split(r"[;,\n]", fold(council.adopted))))
    return any(
        re.search(words, thing) is not None if words else len(thing) >= SHORTEST and thing in title
        for thing in things
    )


def _last_day(facts: Facts) -> date:
    """Return the day by which a paper is signed: the end of a window that is short or prepares the school year, the start of a long one."""
    window = facts.window
    if window and window.end:
        days = (window.end - window.start).days if window.start else 0
        if days <= SHORT or (window.end.month == AUGUST and days <= HALF_A_YEAR):
            return window.end
    return spoken_day(facts)

"""What must be registered before a paper may be: the orders that stand in its stamp or are its basis (`Kind.awaits`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.register.in_force import in_force
from flows.domain.register.life import latest
from flows.domain.statuses import NOT_NEEDED, OVER

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Facts, Filed
    from flows.domain.planning.wanted import Wanted, Wishes

BLANK = (
    "номер и дата документа «{title}» не вписаны, и в чистовике на их месте остались бы прочерки. "
    "Впишите их в строку этого документа{where}; если его не будет, отметьте его строку дорожной карты «не требуется»"
)


def orders_without_number(wanted: Wanted, facts: Facts, wishes: Wishes) -> str:
    """Say which order that a paper cites has no number and day yet though it is called for; nothing when none is lacking."""
    lacking = (
        _lacking(wishes.kinds[name], wanted, facts)
        for name in wanted.kind.awaits
        if name in wishes.kinds and wishes.kinds[name].made
    )
    return next((said for said in lacking if said), "")


def _lacking(order: Kind, wanted: Wanted, facts: Facts) -> str:
    own = {code for pair in wanted.pairs for code in (pair.code, *pair.codes)}
    named = own if wanted.kind.subject == "pair" and order.of_pairs else set()
    known = (row for row in in_force(facts.register) if row.kind == order.id and row.number and row.day)
    if any(not named or named & set(row.covers) for row in known):
        return ""
    drafted = [row for row in latest(facts.register).values() if row.kind == order.id and _lives(row)]
    if not (drafted or order.forced or _called(order, facts)):
        return ""
    where = f" (строка {drafted[-1].origin.row} вкладки «Документы»)" if drafted else ""
    return BLANK.format(title=order.title, where=where)


def _lives(row: Filed) -> bool:
    return row.state not in OVER


def _called(order: Kind, facts: Facts) -> bool:
    return any(
        order.id in activity.documents for activity in facts.activities if activity.status != NOT_NEEDED
    )

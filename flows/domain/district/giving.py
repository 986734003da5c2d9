"""From an organisation's facts to what it gives back to its district, counted on a day; nothing here reads a book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.domain.district import letting_out, registers
from flows.domain.district.nameless import nameless
from flows.domain.district.returns import Return
from flows.domain.district.row_states import Standing, overdue, row_states
from flows.domain.monitoring.indicators.counting import ORDER, count
from flows.domain.monitoring.indicators.evidence import human, school_period, scope_of
from flows.domain.register.life import latest
from flows.domain.statuses import INTENDED, LEFT, OVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.district.handing import Handed
    from flows.domain.model import Facts, Filed, Row
    from flows.domain.monitoring.indicators.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Held:
    """What a book holds besides its facts: schema, rows of the roadmap, what the district handed out, papers by row.

    `known` and `can_lay` are as `Standing` has them, `stops` counts the findings that stop, `titles` name kinds.
    """

    scheme: int
    rows: Sequence[Row]
    handed: Sequence[Handed]
    papers: Mapping[str, Sequence[Filed]]
    known: Mapping[str, str]
    can_lay: bool
    stops: int
    titles: Mapping[str, str]


def given(slug: str, facts: Facts, held: Held) -> Return:
    """Count everything for the school year up to the facts' day; facts without evidence give no figures."""
    period, quiet = school_period(facts.today), nameless(facts.people.values())
    counted: dict[str, Any] = {}
    if facts.evidence is not None:
        evidence: Evidence = facts.evidence
        scope, method = scope_of(evidence, period), evidence.method
        counted = {
            "figures": letting_out.let_out(count(evidence, scope), method.rules, quiet),
            "ways": {code: letting_out.way(code, method) for code in ORDER},
            "programmes": registers.programmes(evidence, scope, quiet),
        }
    card = facts.organisation
    standing = Standing(held.rows, held.papers, held.known, held.can_lay, held.titles, quiet)
    return Return(
        member=slug,
        day=facts.today,
        scheme=held.scheme,
        name=card.short_name,
        mentors=_people(facts, "mentor"),
        mentees=_people(facts, "mentee"),
        pairs=len(registers.working(facts)),
        overdue=sum(overdue(each, facts.today) for each in facts.activities),
        stops=held.stops,
        unsigned=sum(_unsigned(each) for each in latest(facts.register).values()),
        period=period,
        rows=row_states(held.handed, facts, standing),
        base=registers.base(facts, quiet),
        curator=card.curator_name,
        curator_position=card.curator_position,
        curator_order=registers.curator_order(facts),
        **counted,
    )


def _people(facts: Facts, role: str) -> int:
    """Count those on a list who have not left it, each human once."""
    on_list = (each for each in facts.people.values() if each.role == role and each.status != LEFT)
    return len({human(each, each.code) for each in on_list})


def _unsigned(filed: Filed) -> bool:
    return not filed.registered and filed.state not in {INTENDED, *OVER}

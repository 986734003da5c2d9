"""M4 and M5: whether the pairs have the papers that they must have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS, PROGRAMME
from flows.domain.catalogue.record import having
from flows.domain.monitoring.indicators.coverage import NO_PAIRS
from flows.domain.monitoring.indicators.evidence import Evidence, pairs_in, registered, subject
from flows.domain.monitoring.indicators.figure import Figure, Scope, Spec, absent, share
from flows.domain.people import pupils

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Pair, Person

CONSENT_MENTOR, CONSENT_MENTEE, ADDENDUM, ORDER = (
    "согласие наставника",
    "согласие наставляемого",
    "дополнительное соглашение",
    "приказ",
)

NO_REGISTER = "в реестре нет ни одного зарегистрированного документа"


@dataclass(frozen=True, slots=True)
class Papers:
    """What a pair lacks, in the order the papers are signed; an empty `lacks` means ready (ТК РФ ст. 351.8)."""

    pair: str
    lacks: tuple[str, ...]
    program: bool


def papers_of(evidence: Evidence, scope: Scope) -> tuple[Papers, ...]:
    """Look at each pair's papers as they stood at the scope's end; what is asked for is what an order of pairs asks for."""
    ordered = {code for order in registered(evidence, scope, ORDER_OF_PAIRS) for code in order.covers}
    programs = _programs(evidence, scope)
    return tuple(_papers(evidence, scope, pair, ordered, programs) for pair in pairs_in(evidence, scope))


def _papers(evidence: Evidence, scope: Scope, pair: Pair, ordered: set[str], programs: set[str]) -> Papers:
    people = evidence.facts.people
    mentor = people.get(pair.mentor)
    own = frozenset(pair.codes or (pair.code,))
    own_job = mentor is not None and mentor.job_function and pupils.employed(pair)
    free = not pupils.under_law(pair) and not pupils.by_employer(pair)
    checks = (
        (CONSENT_MENTOR, own_job or _consented(mentor, pair, scope)),
        (
            CONSENT_MENTEE,
            bool(pair.mentees) and all(_consented(people.get(code), pair, scope) for code in pair.mentees),
        ),
        (ADDENDUM, own_job or free or (bool(pair.addendum_number) and _by(pair.addendum_date, scope))),
        (ORDER, own <= ordered),
    )
    return Papers(
        pair.code, tuple(name for name, there in checks if not there), bool({pair.code, *own} & programs)
    )


def _consented(person: Person | None, pair: Pair, scope: Scope) -> bool:
    """Tell whether everybody who signs for a person has: of a minor the representative too, under fourteen the representative alone.

    Where the age of a pupil is not known both must have signed: then it does not matter who had to.
    """
    if person is None:
        return False
    who = pupils.who_consents(person, pair.start)
    own, representative = _by(person.consent_duty, scope), _by(person.representative_consent, scope)
    return {pupils.ALONE: own, pupils.PARENT: representative}.get(who or pupils.BOTH, own and representative)


def _by(day: date | None, scope: Scope) -> bool:
    return day is not None and day <= scope.limit


def _programs(evidence: Evidence, scope: Scope) -> set[str]:
    alone = {subject(each) for each in registered(evidence, scope, PROGRAMME)}
    together = {
        code
        for kind in having("approves", "programmes")
        for each in registered(evidence, scope, kind)
        for code in each.covers
    }
    return alone | together


def _unused(evidence: Evidence, scope: Scope) -> bool:
    """Tell whether nothing at all is registered: then a zero would speak of the register, not of the pairs."""
    return not any(
        filed.registered and (filed.day is None or filed.day <= scope.limit)
        for filed in evidence.facts.register
    )


def programs_approved(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M4: pairs whose personal programme is registered or named in a registered order on programmes."""
    papers = papers_of(evidence, scope)
    if not papers or _unused(evidence, scope):
        return absent(spec, scope, NO_REGISTER if papers else NO_PAIRS)
    return share(spec, scope, [each.pair for each in papers if each.program], [each.pair for each in papers])


def papers_complete(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M5: pairs with both consents, the addendum and the order; of a mentor whose own job it is, neither is asked."""
    papers = papers_of(evidence, scope)
    if not papers or _unused(evidence, scope):
        return absent(spec, scope, NO_REGISTER if papers else NO_PAIRS)
    return share(
        spec, scope, [each.pair for each in papers if not each.lacks], [each.pair for each in papers]
    )

"""Согласие наставляемого на участие и на закрепление наставника."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import AGREED, common, ending, member, signing, the_person
from flows.domain.documents.pairs import pairs_of

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "consent.mentee"
SUBJECT = "mentee"
HEADING = "Согласие наставляемого на участие в наставничестве"


def build(facts: Facts) -> Context:
    """Return the consent's context."""
    person = the_person(facts)
    pairs = pairs_of(facts, person)
    told = member(facts, person)
    who = signing(facts, person)
    agreed = AGREED["(а)"] if who["за_другого"] else AGREED[ending(told["пол"])]
    return {**common(facts, KIND, HEADING), "наставляемый": told, "пара": pairs[0] if pairs else None, "согласен": agreed, **who}

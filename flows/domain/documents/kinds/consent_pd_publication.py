"""Согласие на распространение: каждое сведение разрешают или запрещают отдельно (152-ФЗ, ст. 10.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import AGREED, common, ending, member, signing, the_person

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "consent.pd_publication"
SUBJECT = "participant"
HEADING = "Согласие на обработку персональных данных, разрешённых для распространения"


def build(facts: Facts) -> Context:
    """Return the consent's context; passport, address and signature are the person's own, of a minor the representative's."""
    person = the_person(facts)
    told = member(facts, person)
    return {**common(facts, KIND, HEADING), "человек": told, "согласен": AGREED[ending(told["пол"])], **signing(facts, person)}

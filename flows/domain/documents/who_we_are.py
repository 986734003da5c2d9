"""The words that follow from what the organisation is: before whom results are laid, where the model is brought in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.organisation import Nature

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

COUNCIL = {
    Nature.ORGANISATION: ("педагогический совет", "педагогического совета", "педагогическому совету", "педагогическом совете"),
    Nature.MANAGEMENT: (
        "совещание руководителей образовательных организаций", "совещания руководителей образовательных организаций",
        "совещанию руководителей образовательных организаций", "совещании руководителей образовательных организаций",
    ),
    Nature.CENTRE: ("методический совет", "методического совета", "методическому совету", "методическом совете"),
}  # fmt: skip
HEADS = 6  # lines for heads who sign by hand
CASES = ("им", "род", "дат", "пр")
TERRITORY = re.compile(
    r"(?<!\w)[А-ЯЁ][а-яё-]+(?:ого|его)(?: муниципального| городского)? (?:района|округа)(?!\w)|(?<!\w)города [А-ЯЁ][а-яё-]+"
)


def council(facts: Facts) -> Context:
    """Return the body that the results are laid before, in the cases papers use."""
    return dict(zip(CASES, COUNCIL[facts.organisation.nature], strict=True))


def territory(facts: Facts) -> str | None:
    """Return the district in the genitive as the names of the management or its roadmap print it; nothing where none does."""
    card = facts.organisation
    told = (card.full_name, card.short_name, facts.plan, *(row.activity for row in facts.activities))
    return next((found[0] for text in told if (found := TERRITORY.search(" ".join(text.split())))), None)


def over_others(facts: Facts) -> Context | None:
    """Return what a body over other organisations says of them: where they are, which rows are theirs; `None` of any other."""
    if not facts.organisation.over_others:
        return None
    rows = [row.number.rstrip(". ") for row in facts.activities if row.fan_out and row.number]
    return {
        "приказывает": facts.organisation.nature is Nature.MANAGEMENT,
        "район": territory(facts),
        "пункты": list(dict.fromkeys(rows)),
    }

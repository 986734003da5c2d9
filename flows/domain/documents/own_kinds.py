"""Документ своего вида: общие сведения, строка дорожной карты, участники; для вида из папки «03 Пары» – ещё и пара."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role, the_pair
from flows.domain.documents.kinds.roadmap import row
from flows.domain.documents.minutes import protocol
from flows.domain.documents.pairs import living, pair_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.catalogue.kind import Builder, Kind
    from flows.domain.model import Context, Facts

KIND = "own"


def build(facts: Facts) -> Context:
    """Return the context of a paper of staff's own kind about a roadmap row."""
    window = facts.window
    return {
        **common(facts, KIND),
        "мероприятие": row(facts.activity) if facts.activity else None,
        "срок": window.end if window else None,
        "пары": living(facts), "наставники": role(facts, "mentor"), "наставляемые": role(facts, "mentee"),
        "протокол": protocol(facts, KIND),
    }  # fmt: skip


def of_pair(facts: Facts) -> Context:
    """Return the context of a paper of staff's own kind about one pair."""
    record = pair_record(facts, the_pair(facts))
    return {
        **build(facts),
        "пара": record,
        "наставник": record["наставник"],
        "наставляемые": record["наставляемые"],
    }


def builders(kinds: Mapping[str, Kind]) -> dict[str, Builder]:
    """Return the builder of each kind that staff added."""
    return {
        kind.id: of_pair if kind.subject == "pair" else build
        for kind in kinds.values()
        if kind.id.startswith(f"{KIND}.")
    }

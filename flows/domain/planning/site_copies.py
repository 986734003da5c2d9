"""Copies for the site: one beside each registered paper that the public may see, without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.planning.pairs import fixed
from flows.domain.planning.wanted import Wanted, Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts
    from flows.domain.planning.wanted import Plans


def copies(kind: Kind, rows: Sequence[Activity], facts: Facts, wishes: Wishes) -> Plans:
    """Plan a copy of each registered paper of the kind's source; it has the same subject and period."""
    source = wishes.kinds.get(kind.copy_of)
    for row in fixed(source, facts) if source else ():
        named = tuple(pair for pair in facts.pairs if set(pair.codes) & set(row.covers))
        yield Wanted(
            kind,
            row.parts.subject,
            row.parts.period,
            None,
            tuple(rows),
            named if row.covers else (),
            row.covers,
        )

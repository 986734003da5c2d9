"""The builder and the subject of each kind that is made, by the catalogue's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents import (
    consent_duty,
    note_monitoring,
    order_introduce,
    order_pairs,
    program_personal,
)

if TYPE_CHECKING:
    from flows.domain.documents.catalogue import Builder

MODULES = (consent_duty, note_monitoring, order_introduce, order_pairs, program_personal)
BUILDERS: dict[str, Builder] = {each.KIND: each.build for each in MODULES}
SUBJECTS: dict[str, str] = {each.KIND: each.SUBJECT for each in MODULES}

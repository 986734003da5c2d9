"""Whether the plan is a district's while «Кто мы» says nothing of it: asked in words, with what it looks like as the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.book.card import NATURE
from flows.domain.model import Origin, Problem, Severity
from flows.domain.organisation import Nature
from flows.domain.roadmap.audience import whose
from flows.domain.tabs import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.model import Activity
    from flows.domain.roadmap.grids import Document

SAID = (
    f"Дорожная карта составлена для района, а во вкладке «{SETTINGS}» не сказано, кто мы; пока считается, что {Nature.ORGANISATION}. "
    f"Управление и методический центр готовят только свои документы: строки, которые выполняют организации, остаются за ними. Впишите «{NATURE}» или ответьте."
)


def question(document: Document, activities: Sequence[Activity], blank: Origin | None) -> Problem | None:
    """Ask who we are where the plan is a district's and the line `blank` of `Настройки` is empty; nothing otherwise."""
    body = whose(document, activities) if blank else None
    if body is None or blank is None:
        return None
    return Problem(Severity.QUESTION, "nature-unsaid", blank, SAID, str(body), subject=NATURE)

"""Муниципальная аналитическая справка: показатели района из данных организаций, кто их не прислал, что кому делать."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flows.domain.district.note.building import municipal_note
from flows.domain.documents.common import FIGURES, FILE_TITLE, common
from flows.domain.documents.kinds.note_monitoring import KIND_AND_THEME, laid_out, typeset
from flows.domain.errors import Refused
from flows.domain.monitoring.note.comparison import snapshot
from flows.domain.monitoring.note.context import context_of
from flows.domain.monitoring.note.focus import file_title_of

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "note.municipal"
LAYOUTS = (
    ("цели", "Показатель", 4), ("сравнение", "Показатель", 6), ("пункты", "Пункт", 3), ("рекомендации", "Организация", 4),
    ("участники", "Организация", 5), ("показатели", "Показатель", 3),
)  # fmt: skip


def build(facts: Facts) -> Context:
    """Return the note's context. Raise `Refused` where there is no district or nothing to count by."""
    if facts.district is None:
        raise Refused("Муниципальную справку готовит книга района: в этой книге нет вкладки «Организации».")
    if facts.evidence is None or facts.window is None:
        raise Refused(
            "Муниципальная справка не готовится: нет методики или срока. Проверьте файл config/monitoring.toml и срок строки."
        )
    note = municipal_note(facts, facts.evidence, KIND)
    parts = KIND_AND_THEME.fullmatch(note.title)
    return {
        **common(facts, KIND),
        **typeset(laid_out(context_of(note), LAYOUTS)),
        "вид_документа": parts[1] if parts else note.title,
        "о_чём": parts[2] if parts else None,
        FILE_TITLE: file_title_of(note.ask, note.period),
        FIGURES: json.dumps(snapshot(note), ensure_ascii=False, sort_keys=True),
    }

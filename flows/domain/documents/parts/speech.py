"""Тезисы выступления куратора на педсовете: что сказать вслух, из выводов справки и строк книги; своих слов здесь нет."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.councils.speech import speech
from flows.domain.documents.parts.council_folder import council, the_pack

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts


def theses(facts: Facts) -> Context:
    """Tell the parts of a speech, of which council, and what the council hears, if it hears a note."""
    pack = the_pack(facts)
    parts = [{"о_чём": each.heading, "тезисы": list(each.lines)} for each in speech(pack, facts)]
    return {"педсовет": council(facts, pack), "части": parts}


PARTS: dict[str, Builder] = {"тезисы": theses}

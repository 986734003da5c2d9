"""Таблица подбора пар: запросы и затруднения против того, чем готовы помочь; решает человек."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.documents.common import common, role
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts

KIND = "table.matching"
STEM, MOST = 5, 3


def build(facts: Facts) -> Context:
    """Return the table's context; raise `Refused` when there are no mentees."""
    mentees, mentors = role(facts, "mentee"), role(facts, "mentor")
    if not mentees:
        raise Refused("Таблица подбора не готовится: в листе «Наставляемые» никого нет.")
    return {
        **common(facts, KIND),
        "наставляемые": [{**person, "кандидаты": candidates(person, mentors)} for person in mentees],
        "наставники": mentors,
    }


def candidates(mentee: Context, mentors: list[Context]) -> list[Context]:
    """Return mentors whose words about their help share a stem with the request, the most shared first."""
    asked = stems(" ".join([mentee["запрос"] or "", *(gap["сфера"] or "" for gap in mentee["дефициты"])]))
    found = [
        (mentor, sorted(asked & stems(f"{mentor['сильные_стороны'] or ''} {mentor['предмет'] or ''}")))
        for mentor in mentors
        if mentor["код"] != mentee["код"]
    ]
    found.sort(key=lambda each: (-len(each[1]), each[0]["код"]))
    return [
        {"кратко": mentor["кратко"], "код": mentor["код"], "совпало": len(shared)}
        for mentor, shared in found
        if shared
    ][:MOST]


def stems(text: str) -> set[str]:
    """Return the beginnings of the longer words, ё as е: enough to match «родителями» and «родители»."""
    return {
        word[:STEM] for word in re.findall(r"[а-я]+", text.lower().replace("ё", "е")) if len(word) >= STEM
    }

"""Why meetings did not take place, as the log says it: reasons of one kind under one name, called off apart from not marked."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from flows.domain.statuses import CALLED_OFF, HELD, MOVED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.model import Meeting
    from flows.domain.monitoring.indicators.conclusion_settings import ReasonGroup

SILENT, OTHER = "причина не указана", "другие причины"


def reason_of(meeting: Meeting, groups: Sequence[ReasonGroup]) -> str:
    """Name the kind of reason a row of the log gives, by how its words begin; its own words nobody listed are «другие причины»."""
    text = fold(meeting.reason)
    if not text.strip(" -–—."):
        return SILENT
    words = re.findall(r"[\w-]+", text)
    for group in groups:
        stems = [fold(word) for word in group.words]
        if any(
            stem in text if " " in stem else any(word.startswith(stem) for word in words) for stem in stems
        ):
            return group.name
    return OTHER


def reasons(rows: Iterable[Meeting], groups: Sequence[ReasonGroup]) -> Counter[str]:
    """Count the reasons of the meetings that were called off or moved and not held."""
    return Counter(reason_of(each, groups) for each in rows if each.status in {CALLED_OFF, MOVED})


def main_reason(counts: Counter[str]) -> tuple[str, int]:
    """Return the reason that half of the rows or more give, with its number; nothing where there is none such."""
    whole = sum(counts.values())
    named = [(name, number) for name, number in counts.most_common() if name not in {SILENT, OTHER}]
    return named[0] if named and named[0][1] * 2 >= whole else ("", 0)


def why(rows: Sequence[Meeting], groups: Sequence[ReasonGroup]) -> str:
    """Write what the log says of meetings not held: «отменено – 4 (болезнь – 3, причина не указана – 1), без отметки – 2»."""
    counts = reasons(rows, groups)
    unmarked = sum(each.status in {"", HELD} for each in rows)
    inside = ", ".join(f"{name} – {number}" for name, number in counts.most_common())
    parts = (
        f"отменено или перенесено – {sum(counts.values())} ({inside})" if counts else "",
        f"без отметки – {unmarked}" if unmarked else "",
    )
    return ", ".join(part for part in parts if part)

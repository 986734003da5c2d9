"""What stands in columns that are periods, said as one term: ticks, days, parts of a month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap.grids import Merge
from flows.domain.terms.reading import parse
from flows.domain.yes_and_no import TICKS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARKS", "said", "term_of"]

MARKS = TICKS | {"*", "•", "v.", "++"}
YEAR = re.compile(r"(\d{4})(?: год| г\.?)?")


def said(part: str, period: str) -> str:
    """Say a part of a month («2 неделя», «28») as a term, where it is one; else the month alone."""
    term = parse(f"{part} {period}", None)
    dated = term.kind in {"dated", "yearly"} or "no-year" in term.flags
    return (
        f"{part} {period}" if dated and period and re.search(r"\d|недел|начал|середин|кон", part) else period
    )


def term_of(filled: Sequence[tuple[str, str, Merge]]) -> str:
    """Say the marked periods as one term; a mark merged over several columns is a range."""
    told: list[list[str]] = []
    for label, text, merge in filled:
        if merge is Merge.ACROSS and told:
            told[-1] = [told[-1][0], label]
        elif text.lower() in MARKS or not re.search(r"[а-яА-Я\d]", text):
            told.append([label])
        else:
            told.append([_in_period(text, label)])
    mixed = any(not YEAR.fullmatch(parts[0]) for parts in told)
    return "; ".join(" – ".join(_whole(parts) if mixed else parts) for parts in told)


def _whole(parts: list[str]) -> list[str]:
    """Say a whole year by its months where it stands beside other periods: a bare year there would be one more year of theirs."""
    year = YEAR.fullmatch(parts[0]) if len(parts) == 1 else None
    return ["январь", f"декабрь {year[1]}"] if year else parts


def _in_period(text: str, label: str) -> str:
    """Say what stands in the cell of a period: a day of a month, or a term of its own."""
    joined = f"{text} {label}"
    if not re.search(r"\d{4}", text) and (re.search(r"\d{4}", label) or said(text, label) == joined):
        return joined
    return text

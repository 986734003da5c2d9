"""Names and posts, organisations and titles of documents: a text and a case against its form.

`refuse` as a truth stands where an honest clerk would ask; refusing there is right, answering is silently wrong. A text that
has an answer and was refused is counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.russian import Doubt, names, phrases
from tests.measure import cells
from tests.measure.cells import Judged, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = {"post": "position", "organisation": "organisation", "title": "document"}
NO_GENDER = "-"


def measured_names(part: str) -> list[Judged]:
    """Measure every name and post of the set."""
    return [judged(place, fields) for place, fields in cells.lines("names", part)]


def measured_titles(part: str) -> list[Judged]:
    """Measure every organisation and title of a document of the set."""
    return [
        judged(place, [sort, text, NO_GENDER, case, truth])
        for place, (sort, text, case, truth) in cells.lines("titles", part)
    ]


def judged(place: str, fields: Sequence[str]) -> Judged:
    """Decline one text, and say what the answer is worth; its fields are those of a line of names and posts."""
    sort, text, gender, case, truth = fields
    sex = None if gender == NO_GENDER else gender
    try:
        form = (
            names.decline(text, case, sex)
            if sort == "name"
            else phrases.decline(text, case, KINDS[sort], sex)
        )
    except Doubt:
        form = cells.REFUSE
    right = {cells.same(one) for one in truth.split(cells.OR)}
    if cells.same(form) in right:
        verdict = Verdict.RIGHT
    else:
        verdict = Verdict.REFUSED if form == cells.REFUSE else Verdict.SILENT
    shown = f"{sort} {cells.shown(text)} [{gender}] {case}"
    return Judged(place, shown, truth, cells.shown(form), verdict)

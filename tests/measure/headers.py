"""Headers of plans: a whole table as printed against the role of each of its columns.

A block is the table's rows, cells between « | », `<` for a cell merged with its left neighbour and `^` with the one above; its
last row begins with `=` and has the roles: number, stage, activity, content, term, start, end, responsible, result, other; with a
slash where two are right. A column counts as a cell. A role seen where none is («other») and a wrong role are silently wrong, a
column that was not understood is «refused»: it stands in the file as it was.
"""

from __future__ import annotations

from flows.domain.roadmap.grids import Grid, GridCell, Merge
from flows.domain.roadmap.header_words import ACTIVITY, OTHER, TERM
from flows.domain.roadmap.table_layout import recognise
from tests.measure import cells
from tests.measure.cells import Judged, Verdict

BETWEEN, ROLES = "|", "="
MERGES = {"<": Merge.ACROSS, "^": Merge.DOWN}


def measured(part: str) -> list[Judged]:
    """Measure every column of the set."""
    return [column for place, block in cells.blocks("headers", part) for column in judged(place, block)]


def judged(place: str, block: list[str]) -> list[Judged]:
    """Recognise one table, and say what is thought of each column."""
    *rows, truth = block
    wanted = [one.strip() for one in truth.removeprefix(ROLES).split(BETWEEN)]
    table = grid(rows)
    head = [shown.text for shown in table[0]] + [""] * len(wanted)
    return [
        Judged(place, f"{at + 1}: {cells.shown(head[at])}", role, answer, worth(answer, role.split("/")))
        for at, (role, answer) in enumerate(zip(wanted, roles(table, len(wanted)), strict=True))
    ]


def roles(table: Grid, width: int) -> list[str]:
    """Return the role of each column, `other` where none was seen."""
    layout = recognise(table)
    answer = [OTHER] * width
    if layout is None:
        return answer
    for role, columns in layout.columns.items():
        for at in columns:
            answer[at] = role
    for at, _ in layout.periods:
        answer[at] = TERM
    for at, _ in layout.works:
        answer[at] = ACTIVITY
    return answer


def worth(answer: str, right: list[str]) -> Verdict:
    """Say what a role is worth."""
    if answer in right:
        return Verdict.RIGHT
    return Verdict.REFUSED if answer == OTHER else Verdict.SILENT


def grid(rows: list[str]) -> Grid:
    """Make a grid of printed rows, merged cells repeating the one that they hang on."""
    made: list[tuple[GridCell, ...]] = []
    for row in rows:
        line: list[GridCell] = []
        for at, text in enumerate(row.replace(cells.NEW_LINE, "\n").split(BETWEEN)):
            merge = MERGES.get(text.strip(), Merge.NONE)
            if merge is Merge.ACROSS:
                text = line[-1].text  # noqa: PLW2901 - what the cell repeats
            elif merge is Merge.DOWN:
                text = made[-1][at].text  # noqa: PLW2901 - the same
            line.append(GridCell(text.strip(), merge))
        made.append(tuple(line))
    return tuple(made)

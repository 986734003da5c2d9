"""A roadmap's file laid beside the rows of the book: which row is which, what the file changed, what people keep.

Three texts meet in a cell: what the file said when it was brought in last, what it says now, and what stands in the
book. What people typed stays; what only the file changed follows it; where both changed, people's word stays and is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from flows.domain.roadmap import district_trace, file_trace
from flows.domain.roadmap.file_trace import PRINTED
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.model import Activity, Row

ALIKE, SAME_NUMBER, WORDY = 0.8, 0.5, 4
NEAR, MANY = 5, 2_500
NUMBER, _, ACTIVITY, CONTENT, TERM = PRINTED[:5]
Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that the file and the book spell differently; `kept` when people's word stayed."""

    row: Row
    header: str
    was: str
    now: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class FileMerge:
    """What an import has to write: cells by row as people number it, new rows with the row they go after.

    `gone` are rows that the file no longer has: they are left, `newly_gone` those of them that were not told before.
    """

    cells: Mapping[int, Told]
    fresh: tuple[tuple[int, Told], ...]
    changes: tuple[CellChange, ...] = ()
    gone: tuple[Row, ...] = ()
    newly_gone: tuple[Row, ...] = ()


def merged(
    rows: Sequence[Row], activities: Sequence[Activity], facts: frozenset[str] = frozenset()
) -> FileMerge:
    """Lay the file's activities beside the tab's rows; `facts` are what was noted about the file as a whole.

    Rows that a district has handed out are no rows of the file: it neither changes them nor calls them gone. One that
    says the very same is one with the file's row.
    """
    told = [printed(each) for each in activities]
    others = own_cells(activities)
    sources = [
        file_trace.of_file(cells, each.facts | (facts if at == 0 else frozenset()), own)
        for at, (cells, each, own) in enumerate(zip(told, activities, others, strict=True))
    ]
    given = [row for row in rows if district_trace.of(row).code and not file_trace.source(row).sums]
    found = matched([row for row in rows if row not in given], told)
    found |= _word_for_word(given, {at: cells for at, cells in enumerate(told) if at not in found})
    cells: dict[int, Told] = {}
    changes: list[CellChange] = []
    for at, row in found.items():
        own = _differing(row, told[at], others[at])
        changes += own
        wanted = {each.header: each.now for each in own if not each.kept}
        wanted |= _unfilled(row, others[at]) | {file_trace.HEADER: sources[at].spelled}
        cells[row.origin.row] = {header: text for header, text in wanted.items() if row.text(header) != text}
    known = {row.origin.row for row in found.values()}
    gone = tuple(
        row
        for row in rows
        if row.origin.row not in known and file_trace.source(row).sums and not district_trace.of(row).code
    )
    newly = tuple(row for row in gone if not file_trace.source(row).gone)
    for row in newly:
        cells[row.origin.row] = {file_trace.HEADER: replace(file_trace.source(row), gone=True).spelled}
    last = max((row.origin.row for row in rows), default=1)
    fresh = tuple(
        (
            _above(at, len(told), found, last),
            {**others[at], **told[at], file_trace.HEADER: sources[at].spelled},
        )
        for at in range(len(told))
        if at not in found
    )
    return FileMerge({row: own for row, own in cells.items() if own}, fresh, tuple(changes), gone, newly)


def without(
    merge: FileMerge, known: frozenset[str], rows: Sequence[Row]
) -> tuple[FileMerge, tuple[str, ...]]:
    """Leave out new rows that were brought in before and are in the book no more: people took them out. Name them, too.

    A tab where nothing of a file is left is filled anew.
    """
    if not any(file_trace.source(row).sums for row in rows):
        return merge, ()
    out = [told for _, told in merge.fresh if name(told) in known]
    fresh = tuple((above, told) for above, told in merge.fresh if name(told) not in known)
    return replace(merge, fresh=fresh), tuple(f"{told[NUMBER]} {told[ACTIVITY][:40]}".strip() for told in out)


def name(cells: Told) -> str:
    """Name a row of the file by its words, whatever its number and term."""
    return file_trace.checksum(_text(cells))


def printed(activity: Activity) -> dict[str, str]:
    """Spell an activity's cells verbatim, by the tab's headers."""
    told = activity.activity or activity.content
    content = activity.content if activity.activity else ""
    return dict(
        zip(
            PRINTED,
            (
                activity.number,
                activity.stage,
                told,
                content,
                activity.printed_term,
                activity.printed_responsible,
                activity.result,
            ),
            strict=True,
        )
    )


def own_cells(activities: Sequence[Activity]) -> list[Told]:
    """Return each activity's cells in the columns of the file's own; all have the same columns."""
    headers = dict.fromkeys(header for each in activities for header, _ in each.others)
    return [{header: dict(each.others).get(header, "") for header in headers} for each in activities]


def _unfilled(row: Row, others: Told) -> dict[str, str]:
    """Return the cells of the file's own columns that were never brought in and where nobody typed anything."""
    known = file_trace.source(row).others
    return {
        header: text
        for header, text in others.items()
        if header in row.cells and not row.text(header) and file_trace.named(header) not in known
    }


def _differing(row: Row, cells: Told, others: Told) -> list[CellChange]:
    """Tell the cells that must follow the file and those where people's word stays though the file changed too."""
    source = file_trace.source(row)
    before = {**{header: source.others.get(file_trace.named(header)) for header in others}, **source.sums}
    found: list[CellChange] = []
    unfilled = _unfilled(row, others)
    for header, text in {**others, **cells}.items():
        here, now, base = row.text(header), text.strip(), before.get(header)
        if header in unfilled or (header in others and header not in row.cells):
            continue
        if " ".join(here.split()) == " ".join(now.split()) or base == file_trace.checksum(now):
            continue
        found.append(CellChange(row, header, here, now, kept=base != file_trace.checksum(here)))
    return found


Telling = Callable[[Told], tuple[str, ...]]
KEYS: tuple[Telling, ...] = (
    lambda told: tuple(fold(told[header]) for header in PRINTED),
    lambda told: tuple(fold(told[header]) for header in (ACTIVITY, CONTENT, TERM)),
    lambda told: tuple(fold(told[header]) for header in (NUMBER, ACTIVITY, CONTENT)),
    lambda told: tuple(fold(told[header]) for header in (ACTIVITY, CONTENT)),
)


def matched(rows: Sequence[Row], lines: Sequence[Told]) -> dict[int, Row]:
    """Find the book's row of each of the file's: by the same text first, then the same number, then the likest text."""
    left: dict[int, tuple[Row, Told]] = {
        row.origin.row: (row, {header: row.text(header) for header in PRINTED})
        for row in rows
        if row.text(ACTIVITY) or row.text(CONTENT)
    }
    rest: dict[int, Told] = dict(enumerate(lines))
    found: dict[int, Row] = {}
    for key in KEYS:
        by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, (_, cells) in left.items():
            by_key[key(cells)].append(number)
        for at, cells in list(rest.items()):
            if by_key[key(cells)]:
                found[at] = left.pop(by_key[key(cells)].pop(0))[0]
                del rest[at]
    for reach in (NEAR, len(lines) + len(rows)):
        for at, number in _likest(left, rest, reach) if reach > NEAR or len(left) * len(rest) > MANY else ():
            if at in rest and number in left:
                found[at] = left.pop(number)[0]
                del rest[at]
    return found


def _word_for_word(rows: Sequence[Row], lines: Mapping[int, Told]) -> dict[int, Row]:
    """Find rows that a district has handed out: only the very same words, a number of another plan says nothing."""
    left = {(fold(row.text(ACTIVITY)), fold(row.text(CONTENT))): row for row in reversed(rows)}
    found: dict[int, Row] = {}
    for at, cells in lines.items():
        if row := left.pop((fold(cells[ACTIVITY]), fold(cells[CONTENT])), None):
            found[at] = row
    return found


def _likest(
    left: Mapping[int, tuple[Row, Told]], rest: Mapping[int, Told], reach: int
) -> list[tuple[int, int]]:
    """Pair what is left by likeness, the likest first, at most `reach` places apart; rows of one number may differ more."""
    seldom = {
        number
        for number, count in Counter(fold(cells[NUMBER]) for cells in rest.values()).items()
        if count == 1 and number
    }
    texts = {number: (fold(cells[NUMBER]), _text(cells)) for number, (_, cells) in left.items()}
    words = {number: frozenset(text.split()) for number, (_, text) in texts.items()}
    pairs: list[tuple[float, int, int]] = []
    numbers = list(texts)
    for place, (at, cells) in enumerate(rest.items()):
        own, text = fold(cells[NUMBER]), _text(cells)
        told, matcher = frozenset(text.split()), SequenceMatcher(None, "", text, autojunk=False)
        for number in numbers[max(0, place - reach) : place + reach + 1]:
            other, known = texts[number]
            same = own == other and own in seldom
            if not same and len(told) >= WORDY and len(told & words[number]) * 2 < len(told):
                continue
            matcher.set_seq1(known)
            least = SAME_NUMBER if same else ALIKE
            if (
                matcher.real_quick_ratio() >= least
                and matcher.quick_ratio() >= least
                and (ratio := matcher.ratio()) >= least
            ):
                pairs.append((-(ratio + same), at, number))
    return [(at, number) for _, at, number in sorted(pairs)]


def _text(cells: Told) -> str:
    return fold(f"{cells[ACTIVITY]} {cells[CONTENT]}")


def _above(at: int, count: int, rows: Mapping[int, Row], last: int) -> int:
    """Return the book's row after which a new row of the file goes: below the nearest known one, else above the next."""
    upper = next((rows[above].origin.row for above in range(at - 1, -1, -1) if above in rows), 0)
    lower = next((rows[below].origin.row - 1 for below in range(at + 1, count) if below in rows), last)
    return upper or lower

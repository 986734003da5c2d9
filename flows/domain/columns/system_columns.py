"""What the `⚙` columns of people's tabs say: terms as understood, days left, papers, pairs, meetings.

A cell that hangs on anything in doubt is left as it is: an old truth is better than a new guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.named import ORDER_OF_PAIRS, PROGRAMME
from flows.domain.catalogue.record import of
from flows.domain.columns import why_missing
from flows.domain.people.meeting_log import held_days
from flows.domain.planning import of_district
from flows.domain.planning.doubt import PEOPLE, in_doubt
from flows.domain.planning.promises import Promises
from flows.domain.planning.wanted import NO_DOUBTS, Doubts
from flows.domain.register.in_force import number_and_day
from flows.domain.roadmap import proposed_terms
from flows.domain.statuses import ENDED, SETTLED
from flows.domain.tabs import MEETINGS

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Pair, Planned
    from flows.domain.planning.wanted import Wishes
    from flows.domain.terms.reading import Window

FEW, MUNICIPAL = 2, "municipal"
OF_KIND = {"⚙ Приказ": ORDER_OF_PAIRS, "⚙ Программа": PROGRAMME}
KINDS_OF_TERM = {
    "ongoing": "постоянно", "event": "по событию", "external": "срок задают другие", "empty": "срока нет", "unreadable": "срок не прочитан",
}  # fmt: skip
Cells = Mapping[int, Mapping[str, str | int | date | None]]


def roadmap(
    facts: Facts,
    wishes: Wishes,
    planned: Sequence[Planned],
    register: Mapping[str, Filed],
    asked: frozenset[str] = frozenset(),
) -> Cells:
    """Tell for each row how it was understood, how long is left and which papers it has.

    `asked` are codes of rows with a finding in `Проверка`.
    """
    papers: dict[str, list[str]] = {}
    made: dict[str, set[str]] = {}
    owing = {} if facts.district is None else _owing(facts, planned)
    for each in planned:
        filed = register.get(each.key)
        said = paper(filed) if filed else f"{each.title}: ещё не готов"
        for code in each.rows:
            made.setdefault(code, set()).add(each.kind)
            papers.setdefault(code, []).append(said + owing.get(each.key, ""))
    cells: dict[int, dict[str, str | int | date | None]] = {}
    doubts, promises = wishes.doubts, Promises(facts, wishes)
    over = periods.over(facts.period, facts.today)
    for row in facts.activities:
        cells[row.origin.row] = {
            "⚙ Понято как": understood(row, wishes.kinds),
            "⚙ Состояние срока": term_state(row, facts.today),
        }
        own = papers.get(row.code, [])
        told = own or over or not in_doubt(row, facts, doubts)
        if told and not set(row.documents) & doubts.kinds:
            rest = why_missing.missing(row, promises, made.get(row.code, set()), asked)
            agreed = why_missing.approval(row, register)
            cells[row.origin.row]["⚙ Документ"] = "\n".join(
                [*counted(own), *rest, *([agreed] if agreed else [])]
            )
    return cells


def _owing(facts: Facts, planned: Sequence[Planned]) -> dict[str, str]:
    """Say of each municipal note who has sent no data for its window: while somebody has not, it is never just ready."""
    notes = [each for each in planned if of(each.kind).focus == MUNICIPAL and each.due]
    told = {each.key: of_district.owing(facts, each.due) for each in notes if each.due}
    return {key: f"; {who}" for key, who in told.items() if who}


def with_offers(states: Cells, offers: Mapping[int, str]) -> Cells:
    """Add the column of proposals to what the tab's other columns say, by row as people number it."""
    return {
        row: {**states.get(row, {}), **({proposed_terms.HEADER: offers[row]} if row in offers else {})}
        for row in {**states, **offers}
    }


def counted(papers: Sequence[str]) -> list[str]:
    """Name papers one a line; of many alike (a consent of each participant) only how many and how they stand."""
    alike: dict[str, list[str]] = {}
    for each in papers:
        title, _, rest = each.partition(" — ")
        alike.setdefault(title, []).append(rest)
    lines: list[str] = []
    for title, states in alike.items():
        if len(states) <= FEW:
            lines += [f"{title} — {state}" if state else title for state in states]
            continue
        told = ", ".join(
            f"{state} — {count}"
            for state, count in Counter(state.partition(" ")[0] for state in states).items()
        )
        lines.append(f"{title}: {len(states)} ({told})")
    return lines


def paper(filed: Filed) -> str:
    """Name a paper with its state: «О закреплении пар — проект ПР-2026-001», registered ones by their own number."""
    if filed.registered:
        return f"{filed.title} — {number_and_day(filed)}"
    return f"{filed.title} — {filed.state} {filed.draft_number}"


def understood(activity: Activity, kinds: Mapping[str, Kind]) -> str:
    """Spell the windows and the papers that were read out of a row."""
    spans = "; ".join(_span(window) for window in activity.term.windows) or KINDS_OF_TERM.get(
        activity.term.kind, activity.term.kind
    )
    called = "; ".join(kinds[kind].title if kind in kinds else kind for kind in activity.documents)
    return f"{spans}\n{called or 'документ не нужен'}"


def _span(window: Window) -> str:
    if window.start is None or window.end is None:
        return f"до {window.end:%d.%m.%Y}" if window.end else ""
    return (
        f"{window.start:%d.%m.%Y}"
        if window.start == window.end
        else f"{window.start:%d.%m.%Y}–{window.end:%d.%m.%Y}"
    )


def term_state(activity: Activity, today: date) -> str:
    """Say how far the next control day is: «через 5 дн.», «идёт, до 31.12.2026», «прошёл 30.06.2026»."""
    if activity.status in SETTLED:
        return activity.status
    ahead = [window for window in activity.term.windows if window.end and window.end >= today]
    if not ahead:
        past = [window.end for window in activity.term.windows if window.end]
        return f"срок прошёл {max(past):%d.%m.%Y}" if past else ""
    window = min(ahead, key=lambda near: near.end or date.max)
    assert window.end is not None
    if window.start and window.start > today:
        return f"начнётся {window.start:%d.%m.%Y}"
    return f"идёт, до {window.end:%d.%m.%Y}" if window.start else f"до {window.end:%d.%m.%Y}"


def of_role(facts: Facts, role: str, doubts: Doubts = NO_DOUBTS) -> Cells:
    """Count a mentor's pairs by row of `Наставники`, name the pair by row of `Наставляемые`; `role` is `mentor` or `mentee`."""
    if doubts.tabs & PEOPLE:
        return {}
    living = [pair for pair in facts.pairs if pair.status not in ENDED]
    cells: dict[int, dict[str, str | int | date | None]] = {}
    for each in facts.people.values():
        if each.role == role:
            own = [pair.code for pair in living if each.code == pair.mentor or each.code in pair.mentees]
            cells[each.origin.row] = (
                {"⚙ Пар сейчас": len(own)} if role == "mentor" else {"⚙ Пара": "; ".join(own)}
            )
    return cells


def pairs(
    facts: Facts,
    planned: Sequence[Planned],
    register: Mapping[str, Filed],
    rows: Mapping[str, int],
    doubts: Doubts = NO_DOUBTS,
) -> Cells:
    """Tell for each row of `Пары` its order, its programme and its meetings; `rows` gives the row of each code."""
    cells: dict[int, dict[str, str | int | date | None]] = {}
    for pair in facts.pairs:
        order = next(
            (
                register[each.key]
                for each in planned
                if each.kind == ORDER_OF_PAIRS and each.key in register and pair.code in each.covers
            ),
            None,
        )
        program = next(
            (
                register[each.key]
                for each in planned
                if each.kind == PROGRAMME and each.key in register and each.subject == pair.code
            ),
            None,
        )
        told: dict[str, str | int | date | None] = {
            "⚙ Приказ": paper(order) if order else "",
            "⚙ Программа": paper(program) if program else "",
        }
        hidden = {
            header
            for header, kind in OF_KIND.items()
            if kind in doubts.kinds or set(pair.codes) & doubts.codes
        }
        told = {header: value for header, value in told.items() if header not in hidden} | (
            {} if MEETINGS in doubts.tabs else _met(facts, pair)
        )
        cells |= {rows[code]: told for code in pair.codes}
    return cells


def _met(facts: Facts, pair: Pair) -> dict[str, str | int | date | None]:
    held = held_days(facts.meetings, pair, facts.today)
    return {"⚙ Встреч проведено": len(held), "⚙ Последняя встреча": max(held, default=None)}

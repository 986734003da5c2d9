"""What the `⚙` columns of people's tabs say: terms as understood, days left, papers, pairs, meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.model import Activity, Facts, Filed, Planned
from flows.domain.participants import ENDED

if TYPE_CHECKING:
    from flows.domain.documents import Kind
    from flows.domain.terms import Window

HELD = "состоялась"
DONE = frozenset({"выполнено", "не требуется"})
KINDS_OF_TERM = {
    "ongoing": "постоянно", "event": "по событию", "external": "срок задают другие", "empty": "срока нет", "unreadable": "срок не прочитан",
}  # fmt: skip
Cells = Mapping[int, Mapping[str, str | int | date | None]]


def roadmap(facts: Facts, kinds: Mapping[str, Kind], planned: Sequence[Planned], register: Mapping[str, Filed]) -> Cells:
    """Tell for each row how it was understood, how long is left and which papers it has."""
    papers: dict[str, list[str]] = {}
    for each in planned:
        filed = register.get(each.key)
        for code in each.rows:
            papers.setdefault(code, []).append(paper(filed) if filed else f"{each.title}: ещё не готов")
    return {
        each.origin.row: {
            "⚙ Понято как": understood(each, kinds), "⚙ Состояние срока": term_state(each, facts.today), "⚙ Документ": "\n".join(papers.get(each.code, ())),
            "⚙ Код": each.code,
        }
        for each in facts.activities
    }  # fmt: skip


def paper(filed: Filed) -> str:
    """Name a paper with its state: «О закреплении пар — проект ПР-2026-001», registered ones by their own number."""
    if filed.registered:
        day = f" от {filed.day:%d.%m.%Y}" if filed.day else ""
        return f"{filed.title} — № {filed.number or '____'}{day}"
    return f"{filed.title} — {filed.state} {filed.draft_number}"


def understood(each: Activity, kinds: Mapping[str, Kind]) -> str:
    """Spell the windows and the papers that were read out of a row."""
    spans = "; ".join(_span(window) for window in each.term.windows) or KINDS_OF_TERM.get(each.term.kind, each.term.kind)
    called = "; ".join(kinds[kind].title if kind in kinds else kind for kind in each.documents)
    return f"{spans}\n{called or 'документ не нужен'}"


def _span(window: Window) -> str:
    if window.start is None or window.end is None:
        return f"до {window.end:%d.%m.%Y}" if window.end else ""
    return f"{window.start:%d.%m.%Y}" if window.start == window.end else f"{window.start:%d.%m.%Y}–{window.end:%d.%m.%Y}"


def term_state(each: Activity, today: date) -> str:
    """Say how far the next control day is: «через 5 дн.», «идёт, до 31.12.2026», «прошёл 30.06.2026»."""
    if each.status in DONE:
        return each.status
    ahead = [window for window in each.term.windows if window.end and window.end >= today]
    if not ahead:
        past = [window.end for window in each.term.windows if window.end]
        return f"срок прошёл {max(past):%d.%m.%Y}" if past else ""
    window = min(ahead, key=lambda near: near.end or date.max)
    assert window.end is not None
    if window.start and window.start > today:
        return f"начнётся {window.start:%d.%m.%Y}"
    return f"идёт, до {window.end:%d.%m.%Y}" if window.start else f"до {window.end:%d.%m.%Y}"


def people(facts: Facts) -> Cells:
    """Count a person's pairs by row of `Наставники`, name the pair by row of `Наставляемые`."""
    cells: dict[int, dict[str, str | int | date | None]] = {}
    living = [pair for pair in facts.pairs if pair.status not in ENDED]
    for each in facts.people.values():
        own = [pair.code for pair in living if each.code == pair.mentor or each.code in pair.mentees]
        told: dict[str, str | int | date | None] = {"⚙ Пар сейчас": len(own)} if each.role == "mentor" else {"⚙ Пара": "; ".join(own)}
        cells[each.origin.row] = told | {"⚙ Код": each.code}
    return cells


def of_role(facts: Facts, role: str) -> Cells:
    """Keep the cells of one tab: `mentor` or `mentee`."""
    rows = {each.origin.row for each in facts.people.values() if each.role == role}
    one = Facts(facts.organisation, facts.today, {code: each for code, each in facts.people.items() if each.role == role}, facts.pairs)
    return {row: cells for row, cells in people(one).items() if row in rows}


def pairs(facts: Facts, planned: Sequence[Planned], register: Mapping[str, Filed], rows: Mapping[str, int]) -> Cells:
    """Tell for each row of `Пары` its order, its programme and its meetings; `rows` gives the row of each code."""
    cells: dict[int, dict[str, str | int | date | None]] = {}
    for pair in facts.pairs:
        held = [each.held for each in facts.meetings if each.pair == pair.code and each.status == HELD and each.held]
        order = next((register[each.key] for each in planned if each.kind == "order.pairs" and each.key in register and pair.code in each.covers), None)
        program = next((register[each.key] for each in planned if each.kind == "program.personal" and each.key in register and each.subject == pair.code), None)
        for code in pair.codes:
            cells[rows[code]] = {
                "⚙ Приказ": paper(order) if order else "", "⚙ Программа": paper(program) if program else "", "⚙ Встреч проведено": len(held),
                "⚙ Последняя встреча": max(held, default=None), "⚙ Код": code,
            }  # fmt: skip
    return cells

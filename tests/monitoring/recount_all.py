"""`python -m tests.monitoring.recount_all [COUNT]`: every figure of the generated organisations counted twice, and where the two differ.

Each figure of the program is put into the plain shape of the recount and must be equal to it: exactly, no tolerance. The program withholds
a mean of few answers; how many moved up and down is compared then too.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from flows.domain.monitoring.indicators.figure import Figure
from tests.monitoring import by_the_road, recount
from tests.monitoring.awkward_logs import SEEDS, book, spans
from tests.monitoring.recount_cells import Book, Span

LATER = date(2027, 6, 30)
SHARES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M14")


class Disagreement(NamedTuple):
    """One figure that the two count differently; `today` is the day of the program's run."""

    seed: int
    span: Span
    today: date
    indicator: str
    by_hand: Any
    by_program: Any


def days_of(span: Span) -> tuple[date, ...]:
    """The days a note of the span is made on: its own, and for a period that is over also a later one."""
    return (span.cut, LATER) if span.cut == span.until else (span.cut,)


def disagreements(seed: int) -> list[Disagreement]:
    """Count one organisation for all its spans both ways."""
    organisation = book(seed)
    apart = []
    for span in spans(seed):
        by_hand = hand(organisation, span)
        for today in days_of(span):
            by_program = program(by_the_road.figures(organisation, span, today))
            apart += [
                Disagreement(seed, span, today, code, by_hand.get(code), by_program.get(code))
                for code in sorted(by_hand.keys() | by_program.keys(), key=_number)
                if by_hand.get(code) != by_program.get(code)
            ]
    return apart


def compared(seed: int) -> int:
    """How many figures of the organisation are compared."""
    organisation = book(seed)
    return sum(len(hand(organisation, span)) * len(days_of(span)) for span in spans(seed))


def _number(code: str) -> tuple[int, str]:
    name, _, rest = code.partition(":")
    return int(name[1:]), rest


# --- one shape for both --------------------------------------------------------------------------------------


def hand(organisation: Book, span: Span) -> dict[str, Any]:
    """The recount's answers: (part, whole) of a share, None for «нет данных»."""
    plain: dict[str, Any] = {code: getattr(recount, code.lower())(organisation, span) for code in SHARES}
    for code in ("M10", "M11"):
        told = getattr(recount, code.lower())(organisation, span)
        plain[code] = told and (told.content, told.answered)
    for criterion, change in recount.m12(organisation, span).items():
        enough = change.respondents >= 5
        delta = Fraction(change.delta).limit_denominator(10_000) if enough else None
        plain[f"M12:{criterion}"] = (change.respondents, change.up, change.down, delta)
    ended = recount.m13(organisation, span)
    plain["M13"] = ended.finished
    results = recount.m15(organisation, span)
    plain["M15"] = sum(results.values()) or None
    card = recount.m16(organisation, span)
    plain["M16"] = card and (card.points, card.level)
    return {code: tuple(value) if isinstance(value, tuple) else value for code, value in plain.items()}


def program(figures: dict[str, Figure]) -> dict[str, Any]:
    """The program's figures in the same shape."""
    return {code: _plain(figure) for code, figure in figures.items() if figure.known or code != "M12"}


def _plain(figure: Figure) -> Any:
    if not figure.known:
        return None
    code = figure.code.partition(":")[0]
    if code == "M12":
        people = figure.denominator
        up, down = figure.numerator, int(figure.text.partition("снизилось: ")[2].split(" ")[0].rstrip(";)"))
        return (people, up, down, figure.value)
    if code == "M15":
        return figure.numerator
    if code == "M16":
        return (figure.numerator, figure.text.partition("уровень: ")[2])
    return (figure.numerator, figure.denominator)


def main(count: int) -> int:
    """Print every disagreement and how many figures were compared."""
    apart: Counter[str] = Counter()
    total = 0
    for seed in SEEDS[:count]:
        total += compared(seed)
        for each in disagreements(seed):
            apart[each.indicator.partition(":")[0]] += 1
            print(
                f"{each.seed:3} {each.indicator:16} {each.span.since:%d.%m.%Y}–{each.span.until:%d.%m.%Y} по {each.span.cut:%d.%m.%Y}, запуск {each.today:%d.%m.%Y}: "
                f"вручную {each.by_hand}, программа {each.by_program}"
            )
    print(
        f"Организаций {count}, показателей сравнено {total}, расхождений {sum(apart.values())}: {dict(apart)}"
    )
    return bool(apart)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else len(SEEDS)))

"""`python -m tests.monitoring.recount_all [COUNT]`: every figure of the generated organisations counted twice, and where the two differ.

Each figure of the program is put into the plain shape of the recount and must be equal to it: exactly, no tolerance. The program withholds
a mean of few answers; how many moved up and down is compared then too.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.monitoring import by_the_road, recount
from tests.monitoring.awkward_logs import SEEDS, on_the_day, spans

if TYPE_CHECKING:
    from flows.domain.monitoring.indicators.figure import Figure
    from tests.monitoring.recount_cells import Book, Span

SHARES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M14")


class Disagreement(NamedTuple):
    """One figure that the two count differently."""

    seed: int
    span: Span
    indicator: str
    by_hand: Any
    by_program: Any


def compared(seed: int) -> tuple[int, list[Disagreement]]:
    """Count one organisation for all its spans both ways: how many figures were compared, and those that differ."""
    total, apart = 0, []
    for span in spans(seed):
        organisation = on_the_day(seed, span.today)
        by_hand, by_program = hand(organisation, span), program(by_the_road.figures(organisation, span))
        codes = by_hand.keys() | by_program.keys()
        total += len(codes)
        apart += [
            Disagreement(seed, span, code, by_hand.get(code), by_program.get(code))
            for code in sorted(codes, key=_number)
            if by_hand.get(code) != by_program.get(code)
        ]
    return total, apart


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
        delta = change.delta if enough else None
        plain[f"M12:{criterion}"] = (change.respondents, change.up, change.down, delta)
    grown = recount.m17(organisation, span)
    plain["M17"] = grown and (grown.measured, grown.up, grown.same, grown.down)
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
    if code == "M17":
        same, down = map(int, re.findall(r": (\d+)", figure.remarks[0]))
        return (figure.denominator, figure.numerator, same, down)
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
        figures, differing = compared(seed)
        total += figures
        for each in differing:
            apart[each.indicator.partition(":")[0]] += 1
            since, cut, until, today = (f"{on:%d.%m.%Y}" for on in each.span)
            print(
                f"{each.seed:3} {each.indicator:16} {since}–{until} по {cut}, запуск {today}: вручную {each.by_hand}, программа {each.by_program}"
            )
    print(
        f"Организаций {count}, показателей сравнено {total}, расхождений {sum(apart.values())}: {dict(apart)}"
    )
    return bool(apart)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else len(SEEDS)))

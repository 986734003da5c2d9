"""What was measured twice, told in one table: before, now, how many times better, what is wanted and whether it is so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD = ("Что измерено", "До", "После", "Лучше в", "Желаемо", "Так ли")
NOT_MEASURED = "не измерено"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured thing: `before` and `now` in `unit`, `None` where it could not be measured.

    `times` is how many times better it must have become, `most` what it may be now; both `None` where nothing is
    promised. `rising` is better when greater. `key` names it for `--wanted`. Not `compared` is what a quotient says
    nothing of.
    """

    key: str
    name: str
    unit: str
    before: float | None
    now: float | None
    times: float | None = None
    most: float | None = None
    rising: bool = False
    compared: bool = True

    @property
    def ratio(self) -> float | None:
        """How many times better it is now; `None` where one of the two is unknown or nothing."""
        if not self.before or not self.now or not self.compared:
            return None
        return self.now / self.before if self.rising else self.before / self.now

    @property
    def reached(self) -> bool | None:
        """Tell whether all that is wanted is so; what was not measured is not; `None` where nothing is wanted."""
        told = []
        if self.times is not None:
            told.append(self.ratio is not None and self.ratio >= self.times)
        if self.most is not None:
            told.append(self.now is not None and self.now <= self.most)
        return all(told) if told else None


def exponent(costs: Mapping[int, float]) -> float:
    """Return the power of the number with which the cost grows: the slope of least squares through both logarithms."""
    points = [(math.log(number), math.log(cost)) for number, cost in costs.items()]
    middle, level = (sum(each) / len(points) for each in zip(*points, strict=True))
    across = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * (y - level) for x, y in points) / across


def slope(costs: Sequence[float]) -> float:
    """Return by how much each cost is greater than the one before it, by least squares."""
    middle, level = (len(costs) - 1) / 2, sum(costs) / len(costs)
    across = sum((at - middle) ** 2 for at in range(len(costs)))
    return sum((at - middle) * (cost - level) for at, cost in enumerate(costs)) / across if across else 0.0


def table(figures: Sequence[Figure]) -> str:
    """Print the figures as one table in Russian."""
    lines = [HEAD, *(_line(each) for each in figures)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    rule = "-+-".join("-" * width for width in widths)
    told = [
        " | ".join(
            text.ljust(width) if at in {0, 4} else text.rjust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([told[0], rule, *told[1:]])


def _line(each: Figure) -> tuple[str, ...]:
    wanted = []
    if each.times is not None:
        wanted.append(f"не меньше {_number(each.times)} раза" if each.times != 1 else "не хуже")
    if each.most is not None:
        wanted.append(f"не больше {_number(each.most)} {each.unit}".rstrip())
    verdict = {True: "да", False: "нет", None: ""}[each.reached]
    return (
        f"{each.name}, {each.unit}" if each.unit else each.name,
        *(NOT_MEASURED if value is None else _number(value) for value in (each.before, each.now)),
        "" if each.ratio is None else f"{each.ratio:.2f}".replace(".", ","),
        "; ".join(wanted),
        verdict,
    )


def _number(value: float) -> str:
    """Spell a number with about three digits, as Russians do."""
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits else text).replace(".", ",")

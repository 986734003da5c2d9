"""Figures as they leave an organisation: with the rows behind them, but never who answered how nor what too few said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.district.nameless import Nameless
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.method import Method, Rules

SURVEYED = frozenset({"M10", "M11", "M12"})
RETURNED, ENDED, ACHIEVED, CARD = "M9", "M13", "M15", "M16"
TOO_FEW = "ответивших меньше {small}, поэтому не передано"
ANONYMOUS = "кто как ответил, не передаётся"
WHOSE = "чьи результаты, не передаётся"
VARIANTS = {"A": "доля поставивших {satisfied_from} и выше из 10", "B": "средний балл в процентах"}
OF_SATISFACTION = frozenset({"M10", "M11"})


def indicator(code: str) -> str:
    """Return the indicator of a figure's code: of «M12:климат» it is M12."""
    return code.partition(":")[0]


def let_out(figures: Iterable[Figure], rules: Rules, nameless: Nameless) -> tuple[Figure, ...]:
    """Return the figures as a district may have them; what is withheld in the organisation has no number at all."""
    return tuple(_safe(_let_out(each, rules), nameless) for each in figures)


def _let_out(figure: Figure, rules: Rules) -> Figure:
    if not figure.known:
        return figure
    if figure.value is None:
        return _withheld(figure, TOO_FEW.format(small=rules.small))
    return _HIDING.get(indicator(figure.code), _as_it_is)(figure)


def _as_it_is(figure: Figure) -> Figure:
    return figure


def _anonymous(figure: Figure) -> Figure:
    return replace(figure, rows=(), others=(), remarks=(ANONYMOUS, *figure.remarks))


def _untitled(figure: Figure) -> Figure:
    """Leave out the titles of surveys: they are people's own words."""
    return replace(figure, rows=(), others=(), remarks=(f"анкет посчитано: {len(figure.rows)}",))


def _unexplained(figure: Figure) -> Figure:
    """Leave out why a pair ended early: it is somebody's illness or family."""
    return replace(figure, remarks=tuple(each.partition(" (")[0] for each in figure.remarks))


def _nobodys(figure: Figure) -> Figure:
    """Leave out whose results they are: consents let out merits apart from names, and the base may name the code."""
    return replace(figure, rows=(), others=(), remarks=(WHOSE, *figure.remarks))


def _bare(figure: Figure) -> Figure:
    """Leave out what people called the card and its period."""
    return replace(figure, rows=(), remarks=())


_HIDING = {
    **dict.fromkeys(SURVEYED, _anonymous),
    RETURNED: _untitled,
    ENDED: _unexplained,
    ACHIEVED: _nobodys,
    CARD: _bare,
}


def _withheld(figure: Figure, why: str) -> Figure:
    return replace(
        figure,
        text=why,
        numerator=None,
        denominator=None,
        value=None,
        rows=(),
        others=(),
        missing=why,
        remarks=(),
    )


def _safe(figure: Figure, nameless: Nameless) -> Figure:
    """Look over what may hold people's own words: the name of a criterion, remarks."""
    remarks = tuple(dict.fromkeys(nameless(each) for each in figure.remarks))
    if not nameless.names(figure.name):
        return replace(figure, remarks=remarks)
    head, code = figure.name.partition(":")[0], indicator(figure.code)
    return replace(figure, code=f"{code}:без названия", name=f"{head}: без названия", remarks=remarks)


def way(code: str, method: Method) -> str:
    """Say in words how an indicator is counted by a method: only what is counted alike may be added up."""
    spec = method.specs.get(code)
    formula = spec.formula if spec else ""
    if code not in OF_SATISFACTION:
        return formula
    return VARIANTS[method.rules.satisfaction].format(satisfied_from=method.rules.satisfied_from)

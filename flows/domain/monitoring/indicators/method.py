"""The method of counting as configuration states it; what the organisation adopted itself wins."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured
from flows.domain.monitoring.indicators.conclusion_settings import Conclusions, conclusions_from
from flows.domain.monitoring.indicators.figure import Spec

if TYPE_CHECKING:
    from collections.abc import Mapping

TOP = 10
UNNAMED = "методика организации"  # of its own thresholds, where nobody typed what the method is called


@dataclass(frozen=True, slots=True)
class Level:
    """A named span of points of the score card, both ends included."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds: percents are 0-100, `satisfied_from` is out of ten, `gap_days` are calendar days, `most_advice` recommendations."""

    small: int = 5
    young_years: int = 3
    gap_days: int = 14
    gap_source: str = ""
    talk_gap: int = 3
    return_from: int = 70
    satisfaction: str = "A"
    satisfied_from: int = 8
    stay_months: int = 12
    event_days: int = 10
    most_advice: int = 8


@dataclass(frozen=True, slots=True)
class Method:
    """Indicators by code, thresholds, the score card's levels and what is concluded; `own` names the organisation's method, if any."""

    specs: Mapping[str, Spec]
    rules: Rules
    card_names: tuple[str, ...]
    card_best: int
    levels: tuple[Level, ...]
    card_source: str = ""
    own: str = ""
    conclusions: Conclusions = field(default_factory=Conclusions)

    def level(self, points: int) -> str:
        """Name the level of a score card's sum, empty when no level covers it."""
        return next((level.name for level in self.levels if level.start <= points <= level.end), "")


def method_from(told: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Method:
    """Read the method from `config/monitoring.toml`; `own` has the same shape and wins wherever it speaks.

    `own["title"]` names the organisation's method in the note. Raises `Misconfigured` naming the bad setting.
    """
    own = own or {}
    card = {**told["card"], **own.get("card", {})}
    rules = _rules({**told["rules"], **own.get("rules", {})})
    specs = {
        str(each["code"]): _spec(each, rules) for each in (*told["indicator"], *own.get("indicator", ()))
    }
    return Method(
        specs=specs,
        rules=rules,
        card_names=tuple(card["names"]),
        card_best=int(card["best"]),
        levels=tuple(Level(each["from"], each["to"], each["name"]) for each in card["levels"]),
        card_source=card["source"],
        own=str(own.get("title", "")),
        conclusions=conclusions_from(told, specs),
    )


def _spec(told: Mapping[str, Any], rules: Rules) -> Spec:
    """Read an indicator; its formula names the thresholds that are in force, «{satisfied_from}»."""
    formula = str(told.get("formula", ""))
    for each in fields(Rules):
        formula = formula.replace(f"{{{each.name}}}", str(getattr(rules, each.name)))
    return Spec(told["code"], told["name"], formula, str(told.get("data", "")), told.get("workers") is True)


def _rules(told: Mapping[str, Any]) -> Rules:
    known = {each.name: each for each in fields(Rules)}
    for name, value in told.items():
        if name not in known:
            raise Misconfigured(
                f"config/monitoring.toml: неизвестная настройка «{name}» в разделе rules. Исправьте имя или уберите строку."
            )
        wanted = int if known[name].type == "int" else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise Misconfigured(
                f"config/monitoring.toml: настройка «{name}» должна быть {'целым числом' if wanted is int else 'текстом'}."
            )
    rules = Rules(**told)
    if rules.satisfaction not in {"A", "B"} or not 1 <= rules.satisfied_from <= TOP:
        raise Misconfigured(
            "config/monitoring.toml: satisfaction бывает «A» или «B», satisfied_from – от 1 до 10."
        )
    return rules

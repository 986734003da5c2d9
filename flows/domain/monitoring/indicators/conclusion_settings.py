"""What the configuration says of the conclusions of a note: which are drawn, how much each weighs, its thresholds, and one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from flows.domain.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILE: Final = "config/monitoring.toml"
VALUE: Final = "{значение}"
# Every rule of ours by its id, with the names of its thresholds; a test holds the rules and the file to the same list.
THRESHOLDS: Final[Mapping[str, tuple[str, ...]]] = {
    "no-mentor": (), "load": (), "coverage": (), "stayed": (), "staff": (), "programmes": (), "papers": (), "plan": ("percent", "missed"),
    "rhythm": (), "feedback": ("percent", "missed"), "unfilled": (), "unmarked": ("meetings", "percent"), "silent": ("days", "norms"), "endings": (),
    "stands-out": ("pairs", "percent", "missed", "days", "times"), "stopped-month": ("pairs", "percent"),
    "falling-marks": ("marks", "points"), "judge-apart": ("meetings",), "difficulties": (), "no-entry-marks": (),
    "sphere-still": ("people", "meetings"), "best-growth": ("people", "points"), "needs-help": ("people", "points"),
    "untouched": ("meetings",), "criteria": (), "results": (), "returns": (), "satisfaction": (), "card": (),
    "decided": (), "trend": ("notes", "points", "rows"), "changed": ("points", "rows"), "overdue": (), "uncounted": (),
}  # fmt: skip
OWN_KEYS = frozenset({"id", "figure", "below", "above", "text", "advice", "brief", "weight", "off"})
CODE = re.compile(r"M\d{1,2}(?::.+)?")
BRACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class ConclusionSetting:
    """One rule of ours as the file has it: how much it weighs, its thresholds by their names."""

    id: str
    weight: int
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnConclusion:
    """A conclusion that staff wrote: said when the figure's value is below or above a number (in the figure's own unit)."""

    id: str
    figure: str
    text: str
    weight: int
    below: Fraction | None = None
    above: Fraction | None = None
    advice: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons of one kind: what they are called in a note, and how the words of the log that mean them begin."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Everything the file says of conclusions: a rule that it does not name, or names with «off», is not drawn."""

    rules: Mapping[str, ConclusionSetting] = field(default_factory=dict)
    own: tuple[OwnConclusion, ...] = ()
    reasons: tuple[ReasonGroup, ...] = ()


def conclusions_from(told: Mapping[str, Any], figures: Iterable[str]) -> Conclusions:
    """Read `[[conclusion]]` and `[[reason]]`; `figures` are the codes of known indicators. Raises `Misconfigured` in one sentence."""
    known, names = frozenset(figures), set()
    rules: dict[str, ConclusionSetting] = {}
    own: list[OwnConclusion] = []
    for each in told.get("conclusion", ()):
        name = str(each.get("id", "")).strip()
        if not name or name in names:
            _refuse(name, "у каждого вывода должно быть своё имя id, которого нет у других")
        names.add(name)
        if not isinstance(each.get("off", False), bool):
            _refuse(name, "off бывает true (не выводить) или false")
        if name in THRESHOLDS:
            setting = _setting(name, each)
            rules |= {} if each.get("off") else {name: setting}
        else:
            written = _own(name, each, known)
            own += [] if each.get("off") else [written]
    return Conclusions(rules, tuple(own), _reasons(told.get("reason", ())))


def _setting(name: str, told: Mapping[str, Any]) -> ConclusionSetting:
    wanted = THRESHOLDS[name]
    strange = sorted(told.keys() - {"id", "weight", "off", *wanted})
    if strange:
        _refuse(name, f"настройки «{strange[0]}» у него нет; исправьте имя или уберите строку")
    for each in ("weight", *wanted):
        value = told.get(each)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            _refuse(name, f"впишите {each} – целое число от 0")
    return ConclusionSetting(name, told["weight"], {each: told[each] for each in wanted})


def _own(name: str, told: Mapping[str, Any], known: frozenset[str]) -> OwnConclusion:
    """Read a conclusion of one's own, or say in one sentence what is wrong with it."""
    figure, text = str(told.get("figure", "")).strip(), str(told.get("text", "")).strip()
    bounds = {each: told[each] for each in ("below", "above") if each in told}
    wrong = [
        value for value in bounds.values() if isinstance(value, bool) or not isinstance(value, int | float)
    ]
    strange = sorted(told.keys() - OWN_KEYS)
    weight = told.get("weight", 50)
    slots = {each for key in ("text", "advice", "brief") for each in BRACES.findall(str(told.get(key, "")))}
    faults = (
        (not figure and not text, "такого вывода у программы нет; исправьте id или напишите свой вывод: figure, below или above, text"),
        (bool(strange), f"настройки «{''.join(strange[:1])}» у своего вывода нет; исправьте имя или уберите строку"),
        (not CODE.fullmatch(figure) or figure.partition(":")[0] not in known, f"показателя «{figure}» нет; впишите в figure код из этого файла, например M8"),
        (len(bounds) != 1 or bool(wrong), "впишите одно число: below (если меньше) или above (если больше)"),
        (not text, f"впишите в text предложение; {VALUE} в нём заменится на значение показателя"),
        (bool(slots - {VALUE}), f"в скобках {{}} можно писать только {VALUE}"),
        (not isinstance(weight, int) or isinstance(weight, bool) or weight < 0, "впишите weight – целое число от 0"),
    )  # fmt: skip
    for wrong_so, why in faults:
        if wrong_so:
            _refuse(name, why)
    return OwnConclusion(
        name, figure, text, weight,
        below=Fraction(str(bounds["below"])) if "below" in bounds else None,
        above=Fraction(str(bounds["above"])) if "above" in bounds else None,
        advice=str(told.get("advice", "")).strip(), brief=str(told.get("brief", "")).strip(),
    )  # fmt: skip


def _reasons(told: Sequence[Mapping[str, Any]]) -> tuple[ReasonGroup, ...]:
    groups = []
    for each in told:
        name, words = str(each.get("name", "")).strip(), each.get("words", ())
        if not name or not words or not all(isinstance(word, str) and word.strip() for word in words):
            raise Misconfigured(
                f'{FILE}: у причины «{name}» должны быть имя name и слова words, например words = ["болезн", "больничн"].'
            )
        groups.append(ReasonGroup(name, tuple(word.strip() for word in words)))
    return tuple(groups)


def _refuse(name: str, why: str) -> None:
    raise Misconfigured(f"{FILE}: вывод «{name or '(без имени)'}»: {why}.")

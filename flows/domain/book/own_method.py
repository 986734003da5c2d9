"""The organisation's own method of evaluation, as it is typed in `Настройки`: where it speaks, it wins over ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.domain.model import Problem, Severity
from flows.domain.monitoring.indicators.method import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.domain.model import Origin

TITLE = "Методика оценки"
BEST, ENOUGH = "Оптимальный уровень: баллов от", "Допустимый уровень: баллов от"
RULES = {
    "Норма: дней между встречами": ("gap_days", range(1, 367)),
    "Доволен: оценка от (из 10)": ("satisfied_from", range(1, 11)),
    "Среднее печатать: ответов от": ("small", range(1, 101)),
    "Возврат анкет: процентов от": ("return_from", range(101)),
}
MOST = 18
LEVELS = ("оптимальный", "допустимый", "недопустимый")


def read(
    value_of: Callable[[str], str], origin: Callable[[str], Origin]
) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return the method in the shape of `config/monitoring.toml`, empty when nothing is typed; a wrong number is asked about."""
    own: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, (rule, allowed) in RULES.items():
        value = _number(value_of(name))
        if value is not None and value in allowed:
            own.setdefault("rules", {})[rule] = value
        elif value_of(name):
            problems.append(
                _wrong(name, value_of(name), origin(name), f"от {allowed.start} до {allowed.stop - 1}")
            )
    best, enough = _number(value_of(BEST)), _number(value_of(ENOUGH))
    if best is not None and enough is not None and 0 < enough < best <= MOST:
        spans = ((best, MOST), (enough, best - 1), (0, enough - 1))
        own["card"] = {
            "levels": [
                {"from": start, "to": end, "name": name}
                for (start, end), name in zip(spans, LEVELS, strict=True)
            ],
            "source": value_of(TITLE) or UNNAMED,
        }
    elif value_of(BEST) or value_of(ENOUGH):
        problems.append(
            _wrong(
                BEST,
                value_of(BEST),
                origin(BEST),
                f"оба уровня целыми, «допустимый» меньше «оптимального», не больше {MOST}",
            )
        )
    if "gap_days" in own.get("rules", {}):
        own["rules"]["gap_source"] = value_of(TITLE) or UNNAMED
    return ({**own, "title": value_of(TITLE) or UNNAMED} if own or value_of(TITLE) else {}), tuple(problems)


def allowed(name: str) -> range | None:
    """Return the numbers that a line of the method may say, `None` when the line is no such number."""
    if name in {BEST, ENOUGH}:
        return range(1, MOST + 1)
    return RULES[name][1] if name in RULES else None


def _number(text: str) -> int | None:
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() else None


def _wrong(name: str, printed: str, origin: Origin, allowed: str) -> Problem:
    told = f"В «Настройках» значение «{name}» не подходит, поэтому взято обычное. Впишите число: {allowed}."
    cell = replace(origin, column="Значение")
    return Problem(Severity.QUESTION, "own-method", cell, told, printed=printed, subject=name)

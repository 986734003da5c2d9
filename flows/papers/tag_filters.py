"""The filters and tests that tags may use, and what printing one part may spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import filters
from jinja2.utils import pass_context

from flows.domain.errors import Refused
from flows.papers import values
from flows.papers.mending.lists_anew import BEGIN_LIST, LIST_NOW, Lists
from flows.papers.pictures import Placed, placed
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_OUTPUT = 30_000_000
SPENT = "·"
PRINT, STEP = "·печать", "·шаг"


@dataclass(slots=True)
class Spent:
    """What printing one part has taken so far: characters that loops promise to write, pictures drawn, lists begun anew.

    `drawn` pictures and `listed` lists the template has of its own.
    """

    output: int = 0
    pictures: list[Placed] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    drawn: int = 0
    listed: int = 0

    def __post_init__(self) -> None:
        self.lists.free = self.listed

    def again(self) -> None:
        """Forget what was drawn and begun: the part is printed once more."""
        self.pictures.clear()
        self.lists = Lists(self.listed)


@pass_context
def _steps(context: Any, items: Any, weight: int) -> Any:
    if isinstance(items, Doubt):
        raise items.with_traceback(None)
    if not isinstance(items, list | tuple):
        len(items) if isinstance(items, jinja2.Undefined) else None
        raise Refused("цикл «for» идёт не по списку")
    spent = context.parent[SPENT]
    spent.output += len(items) * weight
    if spent.output > MOST_OUTPUT:
        raise Refused(
            "циклы шаблона пишут слишком много; проверьте, нет ли цикла внутри цикла по тому же списку"
        )
    return items


@pass_context
def _picture(context: Any, value: Any) -> Any:
    if isinstance(value, Doubt):
        raise value.with_traceback(None)
    spent = context.parent[SPENT]
    return placed(value, spent.pictures, spent.drawn)


@pass_context
def _begun(context: Any, number: str) -> values.Markup:
    context.parent[SPENT].lists.begin(number)
    return values.Markup("")


@pass_context
def _listed(context: Any, number: str) -> values.Markup:
    return values.Markup(context.parent[SPENT].lists.now.get(number, number))


def _mapped(items: Any, attribute: str) -> list[Any]:
    if not isinstance(items, list | tuple):
        raise Refused("здесь ждут список")
    return [values.reached(item, attribute) for item in items]


def _counted(items: Any) -> int:
    if isinstance(items, Doubt):
        raise items.with_traceback(None)
    if not isinstance(items, list | tuple | str | Mapping):
        raise Refused("здесь ждут список")
    return len(items)


def _on_text(change: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: change(str(values.printed(value)))


def _on_list(change: Callable[[list[Any]], Any]) -> Callable[[Any], Any]:
    def changed(items: Any) -> Any:
        if not isinstance(items, list | tuple) or any(isinstance(item, Doubt) for item in items):
            values.listing(items)
        return change(list(items))

    return changed


def _either(value: Any, other: Any = "") -> Any:
    return other if isinstance(value, jinja2.Undefined) or value is None else value


FILTERS: dict[str, Callable[..., Any]] = {
    "пропуск": values.blank,
    "дата": values.day,
    "числом": values.numeric,
    "с_прописной": values.capital,
    "перечень": values.listing,
    "картинка": _picture,
    "join": values.listing,
    "map": _mapped,
    "length": _counted,
    "count": _counted,
    "default": _either,
    "d": _either,
    "upper": _on_text(str.upper),
    "lower": _on_text(str.lower),
    "title": _on_text(str.title),
    "capitalize": _on_text(str.capitalize),
    "trim": _on_text(str.strip),
    "first": _on_list(lambda items: items[0] if items else None),
    "last": _on_list(lambda items: items[-1] if items else None),
    "reverse": _on_list(lambda items: items[::-1]),
    "sort": _on_list(lambda items: sorted(items)),  # noqa: PLW0108 - a filter takes no keywords
    "sum": _on_list(sum),
    "round": lambda value, digits=0: filters.do_round(value, int(digits)),
    "int": filters.do_int,
    "abs": abs,
    PRINT: values.printed,
    STEP: _steps,
    BEGIN_LIST: _begun,
    LIST_NOW: _listed,
}
TESTS = (
    "defined",
    "undefined",
    "none",
    "string",
    "number",
    "odd",
    "even",
    "in",
    "eq",
    "==",
    "ne",
    "!=",
    "lt",
    "<",
    "le",
    "<=",
    "gt",
    ">",
    "ge",
    ">=",
    "true",
    "false",
    "divisibleby",
)

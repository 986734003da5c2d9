"""Small remarks on the wording of a roadmap, told in one line: «К тексту: 7 мелочей». Each still stands in its own row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.book.answers import open_problems
from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap.checks.view import called
from flows.domain.tabs import ROADMAP
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flows.domain.book.answers import Answers
    from flows.domain.model import Activity

CODE, TYPO = "text-trifles", "typo"
QUOTED = re.compile(r"«[^«»]{1,60}»")
NAMES: Mapping[str, str] = {
    "straight-quotes": "прямые кавычки вместо «ёлочек»",
    "broken-quotes": "кавычка или скобка не закрыта",
    "stray-mark": "лишний знак",
    TYPO: "похоже на опечатку",
    "leaked-term": "срок повторён в конце текста",
    "word-junk": "в файле служебные пометки Word",
    "date-in-result": "день или адрес страницы в результате",
    "many-kinds": "строка требует сразу нескольких документов",
}
"""By code; what is not here is told by itself."""
IN_THE_BOOK = "Каждая записана в столбце «⚙ Замечание» своей строки. Если править не нужно, ответьте «да»: мелочи больше не покажутся."


def is_trifle(problem: Problem) -> bool:
    """Tell a remark on wording: no paper hangs on it."""
    return problem.code in NAMES


def folded(
    problems: Iterable[Problem], place: Callable[[Problem], str], origin: Origin, closing: str = ""
) -> Problem | None:
    """Return all small remarks as one, `None` where there are none; `place` names the row of a remark, "" for a whole file."""
    small = [each for each in problems if is_trifle(each)]
    if not small:
        return None
    sorts: dict[str, dict[str, None]] = {}
    for each in small:
        sorts.setdefault(each.code, {})[place(each)] = None
    told = "; ".join(
        f"{NAMES[code]}{_quoted(code, small)}{_at([*filter(None, where)])}" for code, where in sorts.items()
    )
    said = f"К тексту: {words.count(len(small), 'мелочь')} – {told}. {closing}".strip()
    return Problem(Severity.NOTE, CODE, origin, said)


def _quoted(code: str, small: Iterable[Problem]) -> str:
    """Name the words that were misspelt: without them nobody would find them in a long row."""
    if code != TYPO:
        return ""
    spelt = dict.fromkeys(
        word for each in small if each.code == TYPO for word in QUOTED.findall(each.message)
    )
    return f" {', '.join(spelt)}"


def _at(where: Sequence[str]) -> str:
    if not where:
        return ""
    numbers = [each for each in where if not each.startswith("«")]
    named = [each for each in where if each.startswith("«")]
    led = f"{'п.' if len(numbers) == 1 else 'пп.'} {', '.join(numbers)}" if numbers else ""
    return f" ({', '.join(filter(None, (led, *named)))})"


def in_book(
    found: Sequence[Problem],
    activities: Sequence[Activity],
    book: str,
    given: Answers,
    hidden: frozenset[str],
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Leave out what people answered or hid, and add the one line that `Проверка` shows for all small remarks; tell it apart, too.

    Where a person closed that line, no small remark is told any more.
    """
    still = open_problems(found, given, hidden)
    names = {each.code: called(each) for each in activities}
    one = folded(still, lambda each: names.get(each.subject, ""), Origin(book, ROADMAP), IN_THE_BOOK)
    if one is None:
        return still, ()
    if open_problems((one,), given, hidden):
        return (*still, one), (one,)
    return tuple(each for each in still if not is_trifle(each)), (one,)

"""Names in place of codes in a note as it is printed; the note itself, its kept figures and the logs know codes alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flows.domain.people.named_codes import in_prose, pair_by_surnames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Context, Pair, Person

SECTIONED = ("разделы", "приложения")


@dataclass(frozen=True)
class Names:
    """Whom the codes of a note name."""

    pairs: Sequence[Pair]
    people: Mapping[str, Person]

    @cached_property
    def known(self) -> Mapping[str, Pair]:
        """Return the pairs by every code of theirs."""
        return {code: pair for pair in self.pairs for code in (pair.code, *pair.codes)}

    def put_in(self, context: Context) -> Context:
        """Return a note's context with names in all that is read; what is looked up by its code keeps it."""
        told = {part: [self._section(each) for each in context[part]] for part in SECTIONED}
        return {**context, **told, "рисунки": [self._chart(each) for each in context["рисунки"]]}

    def _section(self, section: Context) -> Context:
        return {
            **section,
            "абзацы": [self._prose(text) for text in section["абзацы"]],
            "таблицы": [self._table(each) for each in section["таблицы"]],
            "пункты": [{**line, "текст": self._prose(line["текст"])} for line in section["пункты"]],
            "рисунки": [self._chart(each) for each in section["рисунки"]],
        }

    def _prose(self, text: str) -> str:
        return in_prose(text, self.pairs, self.people)

    def _table(self, told: Context) -> Context:
        table = dict(told)
        coded = frozenset(table.pop("столбцы_кодов"))
        rows = [
            [text if at in coded else self._cell(text) for at, text in enumerate(row)]
            for row in table["строки"]
        ]
        return {**table, "строки": rows}

    def _cell(self, text: str) -> str:
        """Write a pair's code with its surnames: the row is found by either."""
        if text not in self.known:
            return self._prose(text)
        return f"{text} {pair_by_surnames(self.known[text], self.people)}"

    def _chart(self, chart: Context) -> Context:
        rows = tuple(
            (pair_by_surnames(self.known[name], self.people) if name in self.known else name, *rest)
            for name, *rest in chart["данные"]["rows"]
        )
        return {**chart, "данные": {**chart["данные"], "rows": rows}}

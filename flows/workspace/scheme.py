"""The hidden tab `_схема`: the schema's version, greatest numbers given, folders made, what tells each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.workspace.cells import appended, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.workspace.cells import Place, Written
    from flows.workspace.sheets import Request, Sheet

ROW = "строка"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The hidden tab: schema version, greatest numbers given (`счёт`), folders made (`папка`)."""

    sheet: Sheet
    texts: Mapping[tuple[str, str], str]
    rows: Mapping[tuple[str, str], int]

    def get(self, what: str, key: str) -> str:
        """Return a remembered text, empty if there is none."""
        return self.texts.get((what, key), "")

    def all(self, what: str) -> dict[str, str]:
        """Return everything remembered of one kind."""
        return {key: value for (kind, key), value in self.texts.items() if kind == what}

    def number(self, key: str) -> int:
        """Return the greatest number given under a key."""
        text = self.get("счёт", key)
        return int(text) if text.isdecimal() else 0

    def lines(
        self, changed: Mapping[tuple[str, str], str]
    ) -> tuple[dict[Place, Written], list[list[Written]]]:
        """Tell which cells to change and which rows to add so that `changed` is remembered."""
        cells: dict[Place, Written] = {}
        fresh: list[list[Written]] = []
        for pair, value in changed.items():
            if pair in self.rows:
                cells[self.rows[pair], 2] = value
            elif value:
                fresh.append([*pair, value])
        return cells, fresh

    def remembering(self, changed: Mapping[tuple[str, str], str]) -> list[Request]:
        """Write `changed` into the hidden tab; nothing where it is remembered so already."""
        cells, fresh = self.lines(changed)
        return [*changes(self.sheet, cells), *([appended(self.sheet.sheet_id, fresh)] if fresh else [])]


def scheme_of(sheet: Sheet) -> Scheme:
    """Read the hidden tab; of a pair that stands twice the greater number wins, so nothing is given again."""
    return _taking_in(Scheme(sheet, {}, {}), range(1, len(sheet.cells)))


def reread(scheme: Scheme, sheet: Sheet, lines: Iterable[int]) -> Scheme:
    """Read some lines of the hidden tab anew, from what was seen of it later; of the others everything is remembered."""
    lines = set(lines)
    kept = {pair: at for pair, at in scheme.rows.items() if at not in lines}
    texts = {pair: scheme.texts[pair] for pair in kept}
    return _taking_in(Scheme(sheet, texts, kept), sorted(lines))


def _taking_in(scheme: Scheme, lines: Iterable[int]) -> Scheme:
    sheet, texts, rows = scheme.sheet, dict(scheme.texts), dict(scheme.rows)
    for at in lines:
        what, key, value = (str(sheet.at(at, column).value or "").removesuffix(".0") for column in range(3))
        known = texts.get((what, key))
        if what and (known is None or (value.isdecimal() and known.isdecimal() and int(value) > int(known))):
            texts[what, key], rows[what, key] = value, at
    return Scheme(sheet, texts, rows)

"""The hidden tab `_справки`: the figures of filed notes as data, so that later notes compare with what was printed then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.workspace.cells import appended, changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.workspace.cells import Place, Written
    from flows.workspace.sheets import Request, Sheet

PIECE = 30_000


def kept(sheet: Sheet | None) -> dict[str, str]:
    """Return the kept text of each register key, its parts joined in their order."""
    parts: dict[str, dict[int, str]] = {}
    for at in range(1, len(sheet.cells) if sheet else 0):
        assert sheet is not None
        name, number, text = (str(sheet.at(at, column).value or "") for column in range(3))
        if name:
            parts.setdefault(name, {})[_number(number)] = text
    return {name: "".join(text for _, text in sorted(own.items())) for name, own in parts.items()}


def requests(sheet: Sheet | None, texts: Mapping[str, str]) -> list[Request]:
    """Write the texts under their keys, over what stood there; a key that is new gets rows at the end."""
    if sheet is None:
        return []
    rows = _rows(sheet)
    cells: dict[Place, Written] = {}
    fresh: list[list[Written]] = []
    for name, text in texts.items():
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)] or [""]
        for number in range(1, max(len(pieces), *(part for own, part in rows if own == name), 0) + 1):
            piece = pieces[number - 1] if number <= len(pieces) else ""
            if (name, number) in rows:
                cells[rows[name, number], 2] = piece
            elif piece:
                fresh.append([name, str(number), piece])
    return [*changes(sheet, cells), *([appended(sheet.sheet_id, fresh)] if fresh else [])]


def _rows(sheet: Sheet) -> dict[tuple[str, int], int]:
    return {
        (str(sheet.at(at, 0).value), _number(str(sheet.at(at, 1).value or ""))): at
        for at in range(1, len(sheet.cells))
        if sheet.at(at, 0).value
    }


def _number(text: str) -> int:
    plain = text.removesuffix(".0")
    return int(plain) if plain.isdecimal() else 0

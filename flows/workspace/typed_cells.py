"""A cell read by the kind of its column; what cannot be read is empty, with a sentence about why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.marks import mark, out_of_ten
from flows.domain.model import Cell
from flows.domain.terms.serial_days import day_of
from flows.domain.terms.typed_days import plausible, typed_day
from flows.domain.text import fold
from flows.domain.yes_and_no import TICKED, UNTICKED
from flows.workspace.sheets import SheetCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.workspace.layout import Column, Layout, Lists

Slip = tuple[str, str] | None
Read = tuple[Cell, Slip]
LAST_SERIAL = 2_958_465
MOST = 1_000_000
STRICT = frozenset({"Статус", "Состояние", "Пол"})
GENDERS = {"женский": "ж", "жен": "ж", "женщина": "ж", "мужской": "м", "муж": "м", "мужчина": "м"}
LONG_WORD, ENDING = 5, 4
UNSEEN_SIGNS = "unseen-signs"
SPOILT = "В столбце «{}» есть невидимые знаки, они пропущены. Наберите ячейку заново."


def read(cell: SheetCell, column: Column, lists: Lists) -> Read:
    """Read a cell: its value, and what is wrong with it as (code, sentence)."""
    value, slip = _read(cell, column, lists)
    return value, slip or (
        (UNSEEN_SIGNS, SPOILT.format(column.header)) if cell.spoilt and column.editor != "system" else None
    )


def in_tab(layout: Layout, tab: str, column: str, text: str) -> tuple[Cell, str]:
    """Read a text as a column of a tab would: its value, or a sentence about what would be wrong with it.

    Of a column that takes any text, and of a tab that is not ours, it says nothing. What a list offers only for choice
    may be typed otherwise into a cell; of an answer it is asked strictly.
    """
    columns = {each.header: each for own in layout.tabs if own.title == tab for each in own.columns}
    return _typed(text, columns[column], layout.lists) if column in columns else (None, "")


def _typed(text: str, column: Column, lists: Lists) -> tuple[Cell, str]:
    kind, _, name = column.kind.partition(":")
    if kind not in {*READERS, "choice"}:
        return None, ""
    value, slip = _read(SheetCell(text, text), column, lists)
    if slip:
        fault = slip[1].partition(". ")[0]
        return None, fault[:1].lower() + fault[1:]
    choices = lists.get(name, ()) if kind == "choice" else ()
    if choices and value not in choices:
        return None, f"нужно одно из списка: {', '.join(choices)}"
    return value, ""


def _read(cell: SheetCell, column: Column, lists: Lists) -> Read:
    if cell.value is None and cell.shown.startswith("#"):
        return None, (
            "cell-error",
            f"В столбце «{column.header}» ошибка формулы. Исправьте формулу или впишите значение: пока ячейка считается пустой.",
        )
    if cell.formula and cell.value is None and column.editor != "system":
        return None, (
            "formula-empty",
            f"В столбце «{column.header}» формула ещё без значения. Откройте книгу в редакторе таблиц и сохраните её или впишите значение: пока ячейка считается пустой.",
        )
    kind, _, name = column.kind.partition(":")
    if kind == "choice":
        return _choice(cell, column, lists.get(name, ()))
    reader = READERS.get(kind)
    return reader(cell, column) if reader else (_text(cell), None)


def _text(cell: SheetCell) -> str | None:
    if cell.value is None:
        return None
    return cell.value if isinstance(cell.value, str) else cell.shown or str(cell.value)


def _choice(cell: SheetCell, column: Column, choices: tuple[str, ...]) -> Read:
    """Take a choice as the list spells it; «Выбыла» is «выбыл»."""
    text = _text(cell)
    if not text or not text.strip() or not choices:
        return text, None
    known = {fold(each): each for each in choices}
    told = fold(text).rstrip(".")
    longer = [
        each
        for word, each in known.items()
        if len(word) >= LONG_WORD and told.startswith(word) and len(told) <= len(word) + ENDING
    ]
    value = known.get(told) or known.get(GENDERS.get(told, "")) or (longer[0] if len(longer) == 1 else None)
    if value is not None or column.header not in STRICT:
        return value or text, None
    told = f"В столбце «{column.header}» стоит не из списка. Выберите одно: {', '.join(choices)}."
    return (None if column.header == "Пол" else text), ("not-in-list", told)


def _date(cell: SheetCell, column: Column) -> Read:
    value = cell.value
    text = "" if value is None else str(value).strip()
    if not text:
        return None, None
    day = typed_day(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        day = day_of(value) if 0 < value <= LAST_SERIAL else None
    if day is not None and plausible(day):
        return day, None
    told = (
        "нужна дата вида 15.09.2026, а стоит другое"
        if day is None
        else f"год {day.year} не похож на правду: нужна дата вида 15.09.2026"
    )
    return None, (
        "not-a-date",
        f"В столбце «{column.header}» {told}. Исправьте ячейку: пока она считается пустой.",
    )


def _int(cell: SheetCell, column: Column) -> Read:
    value = cell.value
    if value is None:
        return None, None
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == int(value)
        and 0 <= value <= MOST
    ):
        return int(value), None
    text = str(value).strip()
    if text.isdecimal() and int(text) <= MOST:
        return int(text), None
    return None, (
        "not-a-number",
        f"В столбце «{column.header}» нужно целое число. Исправьте ячейку: пока она считается пустой.",
    ) if text else None


def _mark(cell: SheetCell, column: Column) -> Read:
    """Take a mark out of ten; of anything else say what is wrong with it."""
    fault = mark(cell.value, 10).fault
    if not fault:
        return out_of_ten(cell.value), None
    wrong = "число не от 1 до 10" if fault == "range" else "стоит не оценка"
    return None, (
        "not-a-mark",
        f"В столбце «{column.header}» {wrong}: напишите число от 1 до 10, например 8 или 8,5. Пока ячейка считается пустой.",
    )


def _flag(cell: SheetCell, column: Column) -> Read:
    value = cell.value
    if isinstance(value, bool) or value is None:
        return value, None
    text = (
        fold(cell.shown or str(value)) if isinstance(value, str) or value not in {0, 1} else str(int(value))
    )
    if text in TICKED or text in UNTICKED:
        return text in TICKED, None
    return False, (
        "not-a-flag",
        f"В столбце «{column.header}» нужна галочка, а стоит текст. Поставьте или снимите галочку: пока считается, что её нет.",
    )


READERS: dict[str, Callable[[SheetCell, Column], Read]] = {
    "date": _date,
    "int": _int,
    "mark": _mark,
    "flag": _flag,
}

"""Staff's own rows of «Затруднения»: typical difficulties as they see them, used as far as they are filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.difficulties.library import Service, Typical, service
from flows.domain.difficulties.wording import sought
from flows.domain.model import Problem, Severity
from flows.domain.people.pair_rows import at, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.model import Row

NAME, WORDS, POST, SERVICE = "Затруднение", "Слова", "Должность", "Стаж"
TASKS, FORMS, RESULT, MEASURED = "Задачи", "Формы работы", "Результат", "Чем подтверждается"
PART = re.compile(r"[;\n]+")


def read(rows: Sequence[Row]) -> tuple[tuple[Typical, ...], tuple[Problem, ...]]:
    """Read the rows; of each that is not whole one finding says what is used of it."""
    problems = tuple(problem for row in rows if (problem := _lack(row)))
    return tuple(_typical(row) for row in rows if row.text(NAME)), problems


def _typical(row: Row) -> Typical:
    words = _parts(row.text(WORDS)) or (row.text(NAME),)
    return Typical(
        name=" ".join(row.text(NAME).split()),
        words=sought(words, forms=True),
        tasks=lines(row.text(TASKS)),
        forms=lines(row.text(FORMS)),
        result="; ".join(lines(row.text(RESULT))),
        measured="; ".join(lines(row.text(MEASURED))),
        posts=_parts(row.text(POST)),
        service=service(row.text(SERVICE)),
        code=row.code,
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in PART.split(text) if each.strip())


def _lack(row: Row) -> Problem | None:
    """Say what a row lacks and what becomes of it."""
    empty = [header for header in (TASKS, FORMS, RESULT) if not row.text(header)]
    odd = bool(row.text(SERVICE)) and service(row.text(SERVICE)) is None
    if not row.text(NAME):
        said = (
            "В строке нет названия затруднения, поэтому она не предлагается. Впишите его или очистите строку."
        )
    elif empty or odd:
        lack = f"не заполнено {_listed(empty)}: предлагается только вписанное" if empty else ""
        unread = (
            f"«{SERVICE}» не прочитан: нужно одно из {_listed(Service)}, пока строка для любого стажа"
            if odd
            else ""
        )
        told = "; ".join(filter(None, (lack, unread)))
        said = f"В строке {told}. Исправьте или ответьте «да», если так и нужно."
    else:
        return None
    return Problem(Severity.NOTE, "difficulty-row", at(row, NAME), said, subject=row.code)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)

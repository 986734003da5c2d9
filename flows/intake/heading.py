"""The lines above the table: title, organisation, period and approval stamps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain import plan_period
from flows.domain.layout import recognise
from flows.intake.document import Document, Grid, Merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.periods import Period

TITLE = re.compile(r"дорожн\w+ карт|план\w* (?:мероприятий|реализации|внедрения|работы)", re.IGNORECASE)
STAMP = re.compile(
    r"^(?:ПРИНЯТ|УТВЕРЖД|СОГЛАСОВАН|РАССМОТРЕН)|^(?:приказ\w*|протокол\w*|приложени\w+)\b.*\d|^(?:от )?[«\"]?_*\d*_*[»\"]? .{0,14}20\d\d.{0,12}№"
    r"|^(?:на заседании|к приказу|приказом|решением|директор|заведующ|председатель|_{2,}).*",
    re.IGNORECASE,
)
KINDS = (
    r"М[А-ЯЁ]{1,6}|Г[А-ЯЁ]{2,7}|ЧДОУ|ЧОУ|НОУ|АНО|ФГ[А-ЯЁ]{2,6}|СОШ|ООШ|НОШ|ДОУ|КГ[А-ЯЁ]{2,6}|ОГ[А-ЯЁ]{2,6}|[Дд]етск\w+ сад\w*|[Шш]кол[аыеу]|[Гг]имнази[яиюей]+|[Лл]ице[йяю]\w*|[Тт]ехникум\w*|[Кк]олледж\w*|[Цц]ентр\w*"
)
NAMED = re.compile(
    rf"(?<!\w)(?:{KINDS})(?:\s(?:ДО|ДОД|СО|КК|ДДТ|СОШ|ООШ|НОШ|ЦРР|д/с|УО|ИМЦ|детск\w+ сад|ДС|ОШ|[а-яё]+))*"
    r"\s*(?:(?:№|N)\s*\d+[А-Яа-я]?(?:\s*г\.\s?[А-ЯЁ][а-яё-]+)?(?:\s*[«\"][^»\"]+[»\"])?|[«\"][^»\"]+[»\"](?:\s*ДП\b)?(?:\s*г\.\s?[А-ЯЁ][а-яё-]+)?)",
)
BODY = re.compile(r"(?:МКУ\s+)?(?:Управлени\w+|Отдел\w*|Комитет\w*|Департамент\w*) (?:по )?образовани\w+[^,;.]*")
LONGEST_TITLE, LONGEST_LINE, LONGEST_CAPTION = 6, 300, 200
MOST_STAMP_ROWS = 12


def describe(lines: Iterable[str], tables: tuple[Grid, ...], names: tuple[str, ...] = (), captions: tuple[str, ...] = ()) -> Document:
    """Read the lines before the table into a document."""
    clean = [folded for line in lines if (folded := re.sub(r"\s+", " ", line).strip())]
    title = _title(clean)
    named = NAMED.search(title) or next((hit for hit in map(NAMED.search, clean) if hit), None) or BODY.search(" ".join(clean[:LONGEST_TITLE]))
    stamps = tuple(line for line in clean if len(line) <= LONGEST_LINE and STAMP.search(line) and line not in title)
    period = plan_period.of_title(title) or next((found for found in map(_own_period, clean[:MOST_STAMP_ROWS]) if found), None)
    return Document(title, named[0].strip() if named else "", period, stamps, tables, names, captions)


def _own_period(line: str) -> Period | None:
    """Take a period from a short line of its own below the title: «на 2023-2025 гг.», «(сентябрь 2022 – май 2024)»."""
    return plan_period.of_title(line) if re.match(r"\(?\s*(?:на|в|период|срок|20\d\d|[а-яё]+ 20\d\d)", line, re.IGNORECASE) and len(line) < LONGEST_LINE // 4 else None


def before(tables: Sequence[Grid], above: Sequence[Sequence[str]], rest: Sequence[str]) -> list[str]:
    """Return the lines before the first table that is a plan; a table before it only lays out stamps and gives its cells.

    `above` are the lines right above each table, `rest` those below the last one; without a plan every line counts.
    """
    first = next((at for at, grid in enumerate(tables) if len(grid) > 1 and recognise(grid)), None)
    lines: list[str] = []
    for at, (grid, printed) in enumerate(zip(tables, above, strict=True)):
        lines += printed
        if at == first:
            return lines
        if len(grid) <= MOST_STAMP_ROWS:
            lines += [line for row in grid for cell in row if cell.merge is Merge.NONE for line in cell.text.splitlines()]
    return [*lines, *rest]


def caption(printed: Sequence[str]) -> str:
    """Return the last line above a table when it may be the heading of a stage, "" otherwise."""
    filled = [line.strip() for line in printed if line.strip()]
    return filled[-1] if filled and len(filled[-1]) <= LONGEST_CAPTION else ""


def _title(lines: Sequence[str]) -> str:
    start = next((at for at, line in enumerate(lines) if TITLE.search(line) and not STAMP.search(line)), None)
    if start is None:
        return lines[0] if lines else ""
    taken: list[str] = []
    for line in lines[start : start + LONGEST_TITLE]:
        if taken and (STAMP.search(line) or len(line) > LONGEST_LINE):
            break
        taken.append(line)
        if plan_period.of_title(line) or line.endswith("."):
            break
    return " ".join(taken)

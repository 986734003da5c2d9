"""The lines above the table: title, organisation, period and approval stamps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap import plan_years
from flows.domain.roadmap.table_layout import recognise
from flows.intake.document import Document, Grid, Merge
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.domain.periods import Period

TITLE = late(r"дорожн\w{1,40} карт|план\w{0,40} (?:мероприятий|реализации|внедрения|работы)", re.IGNORECASE)
PLAN = late(r"(?:\w{1,40} )?(?:программ|план|циклограмм)", re.IGNORECASE)
STAMP = late(
    r"^(?:ПРИНЯТ|УТВЕРЖД|СОГЛАСОВАН|РАССМОТРЕН)|^(?:приказ\w{0,40}|протокол\w{0,40}|приложени\w{1,40})\b.*\d|^(?:от )?[«\"]?_*\d*_*[»\"]? .{0,14}20\d\d.{0,12}№"
    r"|^от .{0,30}20\d\d|^(?:на заседании|к приказу|приказом|решением|директор|заведующ|председатель|_{2,}).*",
    re.IGNORECASE,
)
SHORT = r"(?<!\w)(?:М[А-ЯЁ]{1,6}|Г[А-ЯЁ]{2,7}|ЧДОУ|ЧОУ|НОУ|АНО|ФГ[А-ЯЁ]{2,6}|КГ[А-ЯЁ]{2,6}|ОГ[А-ЯЁ]{2,6}|СОШ|ООШ|НОШ|ДОУ)"
INNER = r"(?:\s(?:ДО|ДОД|СО|КК|ДДТ|СОШ|ООШ|НОШ|ЦРР|д/с|УО|ИМЦ|ДС|ОШ|[Гг]имнази[яи]|[Лл]ице[йя]|[а-яё]{1,40})){0,12}"
SIGN = r"\s{0,9}(?:(?:№|N)\s{0,9}\d{1,6}[А-Яа-я]?(?:\s{0,9}г\.\s?[А-ЯЁ][а-яё-]{1,40})?(?:\s{0,9}[«\"][^»\"]{1,200}[»\"]{1,2})?|[«\"][^»\"]{1,200}[»\"]{1,2}(?:\s{0,9}ДП\b)?(?:\s{0,9}г\.\s?[А-ЯЁ][а-яё-]{1,40})?)"
PLAIN = r"(?<!\w)(?:[Дд]етск\w{1,40} сад\w{0,40}|[Шш]кол[аыеу]|[Гг]имнази[яиюей]{1,6}|[Лл]ице[йяю]\w{0,40}|[Тт]ехникум\w{0,40}|[Кк]олледж\w{0,40}|[Цц]ентр\w{0,40})"
NAMES = (
    late(SHORT + INNER + SIGN),
    late(
        SHORT
        + r"\s+(?:[А-ЯЁ][а-яё-]+\s+){1,2}(?:СОШ|ООШ|НОШ|ОШ|школа|гимназия|детский сад|д/с)(?:\s*№\s*\d+)?"
    ),
    late(
        r"(?:Муниципальн|Государственн|Частн|Краев|Областн)\w{1,40} (?:[а-яё]{1,40} ){1,6}(?:учреждени|организаци)\w{1,40}[^«»\"(№]{0,90}"
        + SIGN
    ),
    late(PLAIN + INNER + SIGN),
)
BODY = late(
    r"(?:МКУ\s+)?(?:Управлени\w{1,40}|Отдел\w{0,40}|Комитет\w{0,40}|Департамент\w{0,40}) (?:по )?образовани\w{1,40}(?: (?!Дорожн|План)[\w-]+){0,5}"
)
STAGE_LINE = late(
    r"(?:\d{1,2}|[IVXivx]{1,4})?[.)-]? ?(?:й |ый |ой |ий )?(?:[а-яё-]{2,30}(?:ый|ой|ий|ая|ое) ){0,2}(?:этап|раздел|блок|модул|направлени|стади|фаз)|(?:\d{1,2}|[IVX]{1,4})[.)] ?[А-ЯЁ]",
    re.IGNORECASE,
)
TABLE_NAME = late(r"^таблица ?(?:№ ?)?\d{0,3}[ .:–-]{0,3}", re.IGNORECASE)
GOES_ON = late(r"(?:продолжение|окончание|стр\.|страница|\d{1,3}$)", re.IGNORECASE)
NEAR = 4
LONGEST_TITLE, LONGEST_LINE, LONGEST_CAPTION = 6, 300, 200
MOST_STAMP_ROWS = 12


def describe(
    lines: Iterable[str],
    tables: tuple[Grid, ...],
    names: tuple[str, ...] = (),
    captions: tuple[str, ...] = (),
) -> Document:
    """Read the lines before the table into a document."""
    clean = [folded for line in lines if (folded := re.sub(r"\s+", " ", line).strip())]
    title = _title(clean)
    stamps = tuple(
        line for line in clean if len(line) <= LONGEST_LINE and STAMP.search(line) and line not in title
    )
    near = clean[:MOST_STAMP_ROWS]
    period = (
        plan_years.of_title(title)
        or next(filter(None, map(_own_period, near)), None)
        or next(filter(None, (plan_years.of_title(line) for line in near if PLAN.match(line))), None)
    )
    return Document(title, _organisation(title, clean), period, stamps, tables, names, captions)


def _organisation(title: str, lines: Sequence[str]) -> str:
    """Find the organisation: by its short name, then by its full one, then a body of a district; "" when none is named."""
    places = [title, *lines, " ".join(lines[:LONGEST_TITLE])]
    found = next((hit for name in (*NAMES, BODY) for hit in map(name.search, places) if hit), None)
    return found[0].strip() if found else ""


def _own_period(line: str) -> Period | None:
    """Take a period from a short line of its own below the title: «на 2023-2025 гг.», «(сентябрь 2022 – май 2024)»."""
    return (
        plan_years.of_title(line)
        if re.match(r"\(?\s*(?:на|в|период|срок|20\d\d|[а-яё]+ 20\d\d)", line, re.IGNORECASE)
        and len(line) < LONGEST_LINE // 4
        else None
    )


def before(tables: Sequence[Grid], above: Sequence[Sequence[str]], rest: Sequence[str]) -> list[str]:
    """Return the lines before the first table that is a plan; a table before it only lays out stamps and gives its cells.

    `above` are the lines right above each table, `rest` those below the last one; without a plan every line counts.
    """
    layouts = [recognise(grid) if len(grid) > 1 else None for grid in tables]
    first = next((at for at, layout in enumerate(layouts) if layout), None)
    lines: list[str] = []
    for at, (grid, printed, layout) in enumerate(zip(tables, above, layouts, strict=True)):
        lines += printed
        if at == first and layout:
            return lines + [
                cell.text for row in grid[: max(layout.head, 0)] for cell in row if cell.merge is Merge.NONE
            ]
        if len(grid) <= MOST_STAMP_ROWS:
            lines += [
                line
                for row in grid
                for cell in row
                if cell.merge is Merge.NONE
                for line in cell.text.splitlines()
            ]
    return [*lines, *rest]


def caption(printed: Sequence[str]) -> str:
    """Return the line above a table that may be the heading of a stage, "" where nothing stands there.

    Of the lines right above it one that calls itself a stage goes first; a long one is cut at a word.
    """
    filled = [
        line for text in printed if (line := TABLE_NAME.sub("", text.strip())) and not GOES_ON.match(line)
    ]
    if not filled:
        return ""
    line = next((line for line in reversed(filled[-NEAR:]) if STAGE_LINE.match(line)), filled[-1])
    return line if len(line) <= LONGEST_CAPTION else f"{line[:LONGEST_CAPTION].rpartition(' ')[0]}…"


def _title(lines: Sequence[str]) -> str:
    start = next((at for at, line in enumerate(lines) if TITLE.search(line) and not STAMP.search(line)), None)
    if start is None:
        return lines[0] if lines else ""
    taken: list[str] = []
    for line in lines[start : start + LONGEST_TITLE]:
        if taken and (STAMP.search(line) or len(line) > LONGEST_LINE or STAGE_LINE.match(line)):
            break
        taken.append(line)
        if plan_years.of_title(line) or line.endswith("."):
            break
    return " ".join(taken)

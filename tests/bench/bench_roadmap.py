"""How long a roadmap of 2,000 rows takes to read: `python tests/bench/bench_roadmap.py`.

Cells differ from each other, and nothing is remembered from file to file; a Word file, an Excel book and a text are timed.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import docx
import openpyxl

from flows.domain.catalogue import called_for
from flows.domain.roadmap.checks import spelling
from flows.domain.terms import grammar, reading
from flows.intake import understand_bytes

ROWS = 2_000
LIMIT = 2.0
TITLE = "Дорожная карта наставничества МБОУ «СОШ № 5» на 2026-2028 годы"
HEAD = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат")
MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
TERMS = (
    "до {day:02}.{month:02}.{year}", "{name} {year} г.", "{day} - 28.{month:02}.{year}", "{name} – декабрь {year}", "{name} (ежегодно)", "в течение {day} дней после приказа № {at}",
    "не реже {day} раз в год", "согласно плану № {at}", "{at}-й пункт", "с {day}.{month:02}.{year} по 31.12.2028",
)  # fmt: skip
RESULTS = (
    "Приказ о закреплении наставнических пар № {at}", "Аналитическая справка по итогам мониторинга за {at}-й период", "База наставников и наставляемых, версия {at}",
    "Протокол педагогического совета № {at}, согласия на обработку персональных данных", "Размещение материалов на сайте, новость {at}", "Проведено мероприятие {at}",
)  # fmt: skip
PARTIES = (
    "Заместитель директора по УВР, куратор группы {at}",
    "Вымышленная А.А., методист {at}",
    "Педагог-психолог кабинета {at} и классные руководители",
)


def rows() -> list[tuple[str, ...]]:
    """Give rows of which no two cells are equal."""
    made = []
    for at in range(ROWS):
        facts = {
            "at": at,
            "day": at % 27 + 1,
            "month": at % 12 + 1,
            "year": 2026 + at // 27 % 3,
            "name": MONTHS[at % 12],
        }
        term = TERMS[at % len(TERMS)].format(**facts)
        made.append(
            (
                f"{at // 50 + 1}.{at % 50 + 1}",
                f"Провести работу с наставническими парами, часть {at}",
                term,
                PARTIES[at % 3].format(**facts),
                RESULTS[at % 6].format(**facts),
            )
        )
    return made


def word(table: list[tuple[str, ...]]) -> bytes:
    """Print the table as a Word file; its XML is made by hand, python-docx would take minutes."""

    def row(cells: tuple[str, ...]) -> str:
        return (
            "<w:tr>"
            + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
            + "</w:tr>"
        )

    paper = docx.Document()
    paper.add_paragraph(TITLE)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paper.element.body.insert(
        1, docx.oxml.parse_xml(f"<w:tbl {space}>{''.join(map(row, [HEAD, *table]))}</w:tbl>")
    )
    data = io.BytesIO()
    paper.save(data)
    return data.getvalue()


def excel(table: list[tuple[str, ...]]) -> bytes:
    """Print the table as an Excel book."""
    book = openpyxl.Workbook()
    for row in ([TITLE], HEAD, *table):
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def text(table: list[tuple[str, ...]]) -> bytes:
    """Print the table as text with tabs."""
    return "\n".join([TITLE, *("\t".join(row) for row in (HEAD, *table))]).encode()


def main() -> int:
    """Time each kind of file once; fail when one takes longer than the limit."""
    table = rows()
    slow = 0
    for name, data in (("план.docx", word(table)), ("план.xlsx", excel(table)), ("план.txt", text(table))):
        for remembered in (reading._cached, called_for._kinds, grammar.spans, spelling._is_slip):
            remembered.cache_clear()
        start = time.perf_counter()
        _, activities, problems = understand_bytes(data, name)
        took = time.perf_counter() - start
        slow += took >= LIMIT
        print(
            f"{name}: строк {len(activities)}, замечаний {len(problems)}, {took:.2f} с (не больше {LIMIT:.0f} с)"
        )
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())

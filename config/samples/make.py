# ruff: noqa: INP001 - a script and its tables, not a package
"""Write the sample organisations: `python config/samples/make.py`. All people and organisations are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
from cards import CARDS, MEETINGS, MENTEES, MENTORS, PAIRS, REQUISITES
from plans import PLANS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

HERE = Path(__file__).parent
NOTE = "вымышленные лица"
MENTOR_HEAD = (
    "ФИО", "Пол", "Должность", "Квалификационная категория", "Стаж, лет", "Предмет / группа", "Чем готов помочь",
    "Форма наставничества", "Не более наставляемых", "Наставничество входит в трудовую функцию",
    "Дата согласия быть наставником", "Дата согласия ПДн", "Дата согласия на распространение", "Эл. почта", "Состояние", "Примечание",
)  # fmt: skip
MENTEE_HEAD = (
    "ФИО", "Пол", "Должность", "Дата приёма", "Стаж, лет", "Молодой специалист", "Категория лиц", "Дата рождения",
    "Запрос (что нужно)", "Дефициты", "Форма наставничества", "Дата согласия на участие", "Дата согласия ПДн",
    "Дата согласия на распространение", "Законный представитель и дата его согласия", "Эл. почта", "Состояние", "Примечание",
)  # fmt: skip
PAIR_HEAD = (
    "Наставник", "Наставляемый", "Группа", "Форма", "Вид", "Цель", "Задачи", "Дата начала", "Дата окончания",
    "Встреч в месяц", "Доп. соглашение №", "Дата доп. соглашения", "Доплата: правило или сумма", "Состояние",
    "Причина прекращения", "Дата уведомления о прекращении",
)  # fmt: skip
MEETING_HEAD = (
    "Пара", "Дата по плану", "Дата проведения", "Статус", "Причина", "Тема", "Дефицит", "Вид", "Минут",
    "Что сделано", "Оценка наставляемого 1–10", "Оценка наставника 1–10", "Заполнил",
)  # fmt: skip
CASE_HEAD = (
    "Кто или что", "Вид", "Именительный", "Родительный «нет кого?»", "Дательный «кому?»", "Винительный «вижу кого?»",
    "Творительный «кем?»", "Предложный «о ком?»", "Проверено",
)  # fmt: skip
CASES = {
    "Яковенко Ирина Андреевна": ("Яковенко Ирины Андреевны", "Яковенко Ирине Андреевне", "Яковенко Ирину Андреевну", "Яковенко Ириной Андреевной", "Яковенко Ирине Андреевне"),
    "Салтыкова-Лебедева Анна Павловна": ("Салтыковой-Лебедевой Анны Павловны", "Салтыковой-Лебедевой Анне Павловне", "Салтыкову-Лебедеву Анну Павловну", "Салтыковой-Лебедевой Анной Павловной", "Салтыковой-Лебедевой Анне Павловне"),
}  # fmt: skip


def write_plan(slug: str) -> None:
    """Write one organisation's roadmap as a Word table with merged section rows and stages."""
    plan = PLANS[slug]
    paper = docx.Document()
    _fixed(paper)
    for line in plan["lines"]:
        paper.add_paragraph(line)
    table = paper.add_table(rows=1, cols=len(plan["header"]))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, plan["header"], strict=True):
        cell.text = text
    for row in plan["rows"]:
        _row(table, row)
    if plan.get("merge_stages"):
        _merge_stages(table)
    paper.save(str(HERE / slug / "Дорожная карта.docx"))


def _fixed(paper: Document) -> None:
    paper.core_properties.created = paper.core_properties.modified = datetime(2026, 8, 1, tzinfo=UTC)


def _row(table: Table, row: tuple[str, ...]) -> None:
    cells = table.add_row().cells
    for cell, text in zip(cells, row, strict=False):
        cell.text = text
    if any(row) and len(row) < len(cells):
        cells[len(row) - 1].merge(cells[-1])


def _merge_stages(table: Table) -> None:
    groups: dict[str, list[int]] = {}
    for at in range(1, len(table.rows)):
        groups.setdefault(table.cell(at, 0).text, []).append(at)
    for number, rows in groups.items():
        if number and len(rows) > 1:
            for column in (0, 1):
                kept = table.cell(rows[0], column).text
                table.cell(rows[0], column).merge(table.cell(rows[-1], column)).text = kept


def write_people(slug: str) -> None:
    """Write one organisation's card, people, pairs, meetings and confirmed cases as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    tabs = {
        "Настройки": (("Параметр", "Значение"), [*CARDS[slug], *REQUISITES.get(slug, ())]),
        "Наставники": (MENTOR_HEAD, [(*row, "действует", NOTE) for row in MENTORS[slug]]),
        "Наставляемые": (MENTEE_HEAD, [(*row, "действует", NOTE) for row in MENTEES[slug]]),
        "Пары": (PAIR_HEAD, PAIRS[slug]),
        "Встречи": (MEETING_HEAD, MEETINGS[slug]),
        "Склонения": (CASE_HEAD, _cases(slug)),
    }
    for name, (head, rows) in tabs.items():
        sheet = book.create_sheet(name)
        sheet.append(head)
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, date):
                    cell.number_format = "DD.MM.YYYY"
    book.save(HERE / slug / "Участники.xlsx")


def _cases(slug: str) -> list[tuple[object, ...]]:
    names = {str(row[0]) for row in (*MENTORS[slug], *MENTEES[slug])}
    return [(name, "человек", name, *forms, True) for name, forms in CASES.items() if name in names]


if __name__ == "__main__":
    for each in PLANS:
        (HERE / each).mkdir(exist_ok=True)
        write_plan(each)
        write_people(each)

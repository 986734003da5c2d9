"""Tables for the answers to our ready questionnaires, for schools without Google Forms: one .xlsx each."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from flows.domain.errors import Misconfigured
from flows.domain.monitoring.answers.questionnaire import CHOICE, CODE, OPEN, SCORE
from flows.domain.monitoring.answers.ready_forms import ANSWERS
from flows.papers.zipped import archive, pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from flows.domain.monitoring.answers.questionnaire import Question
    from flows.domain.monitoring.answers.ready_forms import Questionnaire

HELP = "Как заполнять"
ROWS = 200
TIME_WIDTH = 13.0
WIDTHS = {CODE: 13.0, SCORE: 17.0, CHOICE: 16.0, OPEN: 40.0}
LINE, PADDING = 15.0, 8.0
BLUE, GREY, YELLOW = "DCE8F8", "BFC7D1", "FFF2B3"
SIDE = Side("thin", GREY)
EDGE = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
LEVEL, A4 = 6, 9
FONT = "Calibri"
HINTS = (
    "Одна строка листа «Ответы» — одна заполненная анкета. Заголовки не меняйте: по ним программа узнаёт вопросы.",
    "Отметка времени: день, когда человек заполнил анкету, например 05.12.2026.",
    "Код участника: код из книги организации, например Л-005 (наставляемый) или Н-003 (наставник). Имён и телефонов в таблице быть не должно.",
    "На входе и на выходе у человека один и тот же код: только так видно, что изменилось. Нет кода — договоритесь о любой букве с числом, например Х-17.",
    "Оценки: целое число от {low} до {high}. Не ответил — оставьте ячейку пустой, ноль не ставьте.",
    "Открытые вопросы: словами человека, без имён и без сведений о детях.",
    "Жёлтым подсвечен код, который стоит дважды: исправьте его или удалите лишнюю строку. Повтор не запрещён, посчитан будет последний ответ.",
    'Готово — перенесите ответы в книгу: nastavnik import "{name}" --organisation КОД. Перенести можно и снова: добавятся только новые строки.',
)
MARKS = "Поставьте целое число от 1 до {high} или оставьте ячейку пустой."
LISTED = "Выберите ответ из списка: {options}. Если человек не ответил, оставьте ячейку пустой."
DATED = "Напишите день так: 05.12.2026."
WHO = "Напишите код участника, например Л-005 или Н-003. Имя писать не нужно."


def file_name(form: Questionnaire) -> str:
    """Name the file of a questionnaire's table."""
    return f"{form.title}.xlsx"


@dataclass(frozen=True, slots=True)
class Laid:
    """Names of the tables in a folder: made now, there already as we make them, there but different and so left alone."""

    made: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def lay_into(folder: Path, forms: Iterable[Questionnaire]) -> Laid:
    """Write the table of each questionnaire that counts for an indicator; what lies there already is never written over.

    Raises `Misconfigured` when the folder cannot be written to.
    """
    states: dict[str, list[str]] = {"made": [], "same": [], "other": []}
    for form in (each for each in forms if each.counts):
        states[_laid(folder / file_name(form), book_of(form))].append(file_name(form))
    return Laid(**{state: tuple(names) for state, names in states.items()})


def _laid(path: Path, data: bytes) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        if not path.parent.is_dir():
            raise Misconfigured(f"«{path.parent.name}» — файл, а нужна папка. Укажите другую.") from None
        return "same" if _held(path) == data else "other"
    except OSError:
        raise Misconfigured(
            f"В папку «{path.parent.name}» не записать. Дайте право записи или укажите другую."
        ) from None
    return "made"


def _held(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def book_of(form: Questionnaire) -> bytes:
    """Return the table of a questionnaire as the bytes of an .xlsx, the same bytes each time.

    The sheet «Ответы» has the shape of a tab of form responses; «Как заполнять» says how.
    """
    book = Workbook()
    book.properties.creator, book.properties.title = "Наставник", form.title
    sheet = book.worksheets[0]
    sheet.title = ANSWERS
    _headers(sheet, form)
    _body(sheet, form)
    _rules(sheet, form)
    _page(sheet, form)
    _help(book.create_sheet(HELP), form)
    told = io.BytesIO()
    book.save(told)
    return _settled(told.getvalue())


def _settled(data: bytes) -> bytes:
    """Take the clock out of a book: the day it was written stands in its properties and on each member."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [(name, package.read(name)) for name in package.namelist()]
    return archive(
        (
            name,
            pack(
                MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
                if name == "docProps/core.xml"
                else content,
                LEVEL,
            ),
        )
        for name, content in members
    )


def _widths(form: Questionnaire) -> list[float]:
    return [TIME_WIDTH, *(WIDTHS[question.holds] for question in form.questions)]


def _headers(sheet: Worksheet, form: Questionnaire) -> None:
    deepest = 1
    for at, (text, width) in enumerate(zip(form.header, _widths(form), strict=True), 1):
        cell = sheet.cell(1, at, text)
        cell.font, cell.fill, cell.border = (
            Font(name=FONT, size=11, bold=True),
            PatternFill("solid", BLUE),
            EDGE,
        )
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(at)].width = width
        deepest = max(deepest, _lines(text, width))
    sheet.row_dimensions[1].height = deepest * LINE + PADDING
    sheet.freeze_panes = "C2"


def _lines(text: str, width: float) -> int:
    """Count the lines a bold header takes: words do not break, so a line is a little shorter than its column."""
    lines, left = 1, 0.0
    for word in text.split():
        room = len(word) * 1.15 + 1
        if left and left + room > width:
            lines, left = lines + 1, 0.0
        left += room
        lines += max(ceil(room / width) - 1, 0)
    return lines


def _body(sheet: Worksheet, form: Questionnaire) -> None:
    for at in range(1, len(form.header) + 1):
        first = sheet.cell(2, at)
        holds = form.questions[at - 2].holds if at > 1 else ""
        first.border = EDGE
        first.alignment = Alignment(
            wrap_text=holds == OPEN, vertical="top", horizontal="left" if holds == OPEN else "center"
        )
        first.number_format = "DD.MM.YYYY" if at == 1 else "@" if holds in {CODE, OPEN} else "General"
        for row in range(3, ROWS + 2):
            sheet.cell(row, at)._style = copy(first._style)  # type: ignore[union-attr]  # noqa: SLF001 - openpyxl tells no other way to share a look


def _rules(sheet: Worksheet, form: Questionnaire) -> None:
    day = DataValidation("date", operator="greaterThan", formula1="DATE(2020,1,1)", allow_blank=True)
    _told(sheet, day, 1, "Отметка времени", DATED)
    for at, question in enumerate(form.questions, 2):
        rule = _rule(question, f"{get_column_letter(at)}2")
        if rule:
            _told(sheet, rule, at, "Код участника" if question.holds == CODE else "Ответ", _asked(question))
    at = next(number for number, question in enumerate(form.questions, 2) if question.holds == CODE)
    column = get_column_letter(at)
    area = f"{column}2:{column}{ROWS + 1}"
    twice = f'AND({column}2<>"",COUNTIF(${column}$2:${column}${ROWS + 1},{column}2)>1)'
    sheet.conditional_formatting.add(
        area,
        Rule("expression", formula=[twice], dxf=DifferentialStyle(fill=PatternFill("solid", bgColor=YELLOW))),
    )


def _rule(question: Question, cell: str) -> DataValidation | None:
    if question.holds == SCORE:
        return DataValidation(
            "list", formula1=f'"{",".join(map(str, range(1, question.scale + 1)))}"', allow_blank=True
        )
    if question.holds == CHOICE:
        return DataValidation("list", formula1=f'"{",".join(question.options)}"', allow_blank=True)
    if question.holds == CODE:
        return DataValidation(
            "custom", formula1=f"AND(LEN({cell})<8,ISNUMBER(VALUE(RIGHT({cell},1))))", allow_blank=True
        )
    return None


def _asked(question: Question) -> str:
    if question.holds == SCORE:
        return MARKS.format(high=question.scale)
    return LISTED.format(options=", ".join(question.options)) if question.holds == CHOICE else WHO


def _told(sheet: Worksheet, rule: DataValidation, at: int, title: str, text: str) -> None:
    rule.errorTitle, rule.error, rule.errorStyle, rule.showErrorMessage = title, text, "stop", True
    rule.promptTitle, rule.prompt, rule.showInputMessage = title, text, at <= 2  # noqa: PLR2004 - a hint on each mark would only be in the way
    rule.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{ROWS + 1}")
    sheet.add_data_validation(rule)


def _page(sheet: Worksheet, form: Questionnaire) -> None:
    _fit(sheet, "landscape")
    sheet.print_title_rows = "1:1"
    sheet.HeaderFooter = HeaderFooter(
        oddHeader=HeaderFooterItem(center=_HeaderFooterPart(form.title)),
        oddFooter=HeaderFooterItem(center=_HeaderFooterPart("&P из &N")),
    )


def _help(sheet: Worksheet, form: Questionnaire) -> None:
    scale = max((question.scale for question in form.questions if question.holds == SCORE), default=10)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 5, 100
    sheet.cell(1, 1, form.title).font = Font(name=FONT, size=14, bold=True)
    sheet.row_dimensions[1].height = 26
    for at, text in enumerate(HINTS, 1):
        told = text.format(low=1, high=scale, name=file_name(form))
        sheet.cell(at + 1, 1, at).alignment = Alignment(vertical="top", horizontal="center")
        sheet.cell(at + 1, 2, told).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at + 1].height = ceil(len(told) / 108) * LINE + PADDING
    sheet.sheet_view.showGridLines = False
    _fit(sheet, "portrait")


def _fit(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """Print on A4, as wide as the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

"""What is said of a district's rows in an organisation's book: where a row comes from, what was done, what is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.district.handing import WITHDRAWN
from flows.domain.model import Problem, Severity
from flows.domain.roadmap.district_trace import REASON, SHOWN
from flows.domain.roadmap.file_trace import PRINTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.district.handing import Handed
    from flows.domain.model import Row

SAME, ROW_CHANGED, ROW_WITHDRAWN, WHY, LATE = (
    "district-same",
    "district-changed",
    "district-withdrawn",
    "district-why",
    "district-late",
)
CHANGED = "changed"
ALIKE = "district-alike"
AT = "@"
SHORT = 60
_, _, ACTIVITY, CONTENT = PRINTED[:4]
TELLING = (ACTIVITY, CONTENT)


def subject(code: str) -> str:
    """Name a row of the district in findings: its codes look like the organisation's own."""
    return f"{code}{AT}район"


def origin(handed: Handed, state: str, day: date | None) -> str:
    """Say in the row where it comes from, whether the district changed it and whether it took it back."""
    number = handed.number.rstrip(". ")
    what = f"п. {number} плана" if number else "строка плана"
    said = f"{what} {handed.sender or 'района'}"
    on = f" {day:%d.%m.%Y}" if day else ""
    return (
        f"{said}, отозвано{on}"
        if state == WITHDRAWN
        else f"{said}, изменено{on}"
        if state == CHANGED
        else said
    )


def _called(handed: Handed) -> str:
    """Name a row by its number and its first words: numbers come twice in plans."""
    number, words = handed.number.rstrip(". "), _in_a_line(handed.activity)
    short = words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}…"
    return f"п. {number} «{short}»" if number else f"«{short}»"


def _in_a_line(text: str) -> str:
    """Bring a cell of several lines into one: what is told is a line."""
    return " ".join(text.split())


def laid(handed: Handed) -> str:
    """Tell `Журнал` of a new row."""
    return f"Район{f' ({handed.sender})' if handed.sender else ''} прислал {_called(handed)}: строка добавлена в конец дорожной карты."


def bound(handed: Handed, row: Row) -> str:
    """Tell `Журнал` of a row that is the district's by people's word."""
    return f"По ответу «да» строка {row.origin.row} – это {_called(handed)} плана района: новая не добавлена."


def copied(row: Row) -> str:
    """Tell `Журнал` of a copy."""
    return f"Строка {row.origin.row} – копия строки района: за строку района считается верхняя, эта теперь ваша собственная."


def removed(handed: Handed) -> str:
    """Tell `Журнал` of a row that people took out."""
    return f"Строку района ({_called(handed)}) удалили из дорожной карты: заново она не добавляется, район это видит."


def withdrawn(handed: Handed) -> str:
    """Tell `Журнал` of a row that the district took back."""
    return f"Район отозвал {_called(handed)}; в дорожной карте строка оставлена."


def again(handed: Handed) -> str:
    """Tell `Журнал` of a row that is the district's again."""
    return f"Снова в плане района: {_called(handed)}."


def followed(handed: Handed, header: str, was: str) -> str:
    """Tell `Журнал` of a cell that followed the district's."""
    return f"Район изменил {_called(handed)}, «{header}»: было «{_in_a_line(was)}», стало «{_in_a_line(handed.cells[header])}»."


def kept(handed: Handed, header: str, here: str) -> str:
    """Tell `Журнал` of a cell where people's word stays."""
    return (
        f"Район изменил {_called(handed)}, «{header}»: у района теперь «{_in_a_line(handed.cells[header])}», "
        f"у вас вписано «{_in_a_line(here)}»; ваше оставлено."
    )


def known_again(handed: Handed, header: str, here: str) -> str:
    """Tell `Журнал` of a cell that differs in a row which was known by its words alone."""
    return (
        f"Строка района ({_called(handed)}) узнана по словам, «{header}»: у района «{_in_a_line(handed.cells[header])}», "
        f"у вас «{_in_a_line(here)}»; ваше оставлено. Если верно слово района, впишите его."
    )


def same(handed: Handed, row: Row) -> Problem:
    """Ask whether a row of the organisation is the district's."""
    said = (
        f"Район прислал {_called(handed)}, срок «{_in_a_line(handed.term) or 'не указан'}»; похожая у вас уже есть. Это одно и то же? "
        "«да» – строка станет строкой района, вписанное вами останется; «нет» – строка района добавится отдельно. До ответа ничего не добавлено."
    )
    place = replace(row.origin, column=ACTIVITY)
    told = row.text(ACTIVITY) or row.text(CONTENT)
    return Problem(
        Severity.QUESTION, SAME, place, said, handed.activity, printed=told, subject=subject(handed.code)
    )


def nearly_same(row: Row, number: str) -> Problem:
    """Tell whoever brings a file that one of its rows is nearly a row of the district."""
    said = (
        f"Строка файла{f' {number}' if number else ''} похожа на строку района в строке {row.origin.row}, слова не совпадают; она добавлена отдельно. "
        "Если это одно и то же, удалите её; строку района оставьте."
    )
    return Problem(Severity.NOTE, ALIKE, replace(row.origin, column=ACTIVITY), said, subject=row.code)


def is_changed(handed: Handed, row: Row, cells: Sequence[str], own: Sequence[str]) -> Problem:
    """Note that the district has changed a row, and where people's word stays."""
    new = f" Новое: {_quoted(cells)}." if cells else ""
    stays = f" Оставлено ваше: {_quoted(own)}; у района: {_districts(handed, own)}." if own else ""
    said = f"Район изменил эту строку.{new}{stays} Проверьте её и ответьте «да»."
    return _note(Severity.NOTE, ROW_CHANGED, row, said)


def _quoted(headers: Sequence[str]) -> str:
    return ", ".join(f"«{each}»" for each in headers)


def _districts(handed: Handed, headers: Sequence[str]) -> str:
    return "; ".join(f"«{_in_a_line(handed.cells[each])}»" for each in headers if each in handed.cells)


def is_withdrawn(handed: Handed, row: Row) -> Problem:
    """Note that the district has taken a row back."""
    said = (
        f"Район больше не требует этой строки{f' ({handed.sender})' if handed.sender else ''}. Не нужна – удалите её или отметьте «не требуется»; "
        "если оставляете как свою, ответьте «да»."
    )
    return _note(Severity.NOTE, ROW_WITHDRAWN, row, said)


def no_reason(row: Row) -> Problem:
    """Ask why a row is not for them."""
    said = f"Строка района отмечена «не требуется», а причины нет. Впишите её в «{REASON}» или ответом: район её увидит."
    place = replace(row.origin, column=REASON)
    return Problem(Severity.QUESTION, WHY, place, said, printed=row.text(REASON), subject=row.code)


def came_late(handed: Handed, row: Row) -> Problem:
    """Tell of a row whose days were over when it came."""
    last = max(window.end for window in handed.spans if window.end)
    said = (
        f"Срок строки района прошёл {last:%d.%m.%Y}, раньше, чем она пришла к вам. Сделано – отметьте «выполнено» и чем подтверждено; "
        f"не касается вас – впишите причину в «{REASON}»; будете делать – ответьте «да»."
    )
    return _note(Severity.QUESTION, LATE, row, said)


def _note(weight: Severity, code: str, row: Row, said: str) -> Problem:
    return Problem(
        weight, code, replace(row.origin, column=SHOWN), said, printed=row.text(SHOWN), subject=row.code
    )

"""The door of the intake: any file in, a document or a plain sentence out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.intake.document import Document, Reading, refused
from flows.intake.plain import read_text
from flows.intake.sheets import read_book, read_csv
from flows.intake.word import read_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
OLE_MARK = b"\xd0\xcf\x11\xe0"
READERS: dict[str, Callable[[Path], Document]] = {
    ".docx": read_word,
    ".xlsx": read_book,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_text,
}
KNOWN = "Подходят .docx, .xlsx, .csv, .tsv и .txt."
OLD = {
    ".doc": "Это файл старого Word (.doc). Откройте его в Word и сохраните как «Документ Word (.docx)».",
    ".xls": "Это файл старого Excel (.xls). Откройте его в Excel и сохраните как «Книга Excel (.xlsx)».",
    ".docm": "В файле есть макросы (.docm), такие файлы не читаем. Сохраните его как «Документ Word (.docx)».",
    ".xlsm": "В файле есть макросы (.xlsm), такие файлы не читаем. Сохраните его как «Книга Excel (.xlsx)».",
    ".pdf": "Файлы .pdf пока не читаем. Откройте исходный файл Word и передайте его.",
}


def read(path: Path) -> Reading:
    """Read a roadmap file. Never raises for what the file holds: a finding says what is wrong and how to mend it."""
    suffix = path.suffix.lower()
    if suffix in OLD:
        return refused(path.name, "file-kind", OLD[suffix])
    if suffix not in READERS:
        return refused(path.name, "file-kind", f"Не знаем, как читать такой файл. {KNOWN} Сохраните дорожную карту в одном из этих видов.")
    try:
        return _sized(path) or _package(path, suffix) or _parsed(path, suffix)
    except OSError:
        return refused(path.name, "file-missing", "Файл не открывается: его нет на месте или он занят другой программой. Закройте его и проверьте имя.")


def _sized(path: Path) -> Reading | None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        return refused(path.name, "file-huge", "Файл больше 20 МБ, это не похоже на дорожную карту. Уберите из него картинки или перенесите таблицу в новый файл.")
    if not size:
        return refused(path.name, "file-empty", "Файл пустой. Проверьте, что передан нужный файл и что он сохранён до конца.")
    return None


def _package(path: Path, suffix: str) -> Reading | None:
    if suffix in {".csv", ".tsv", ".txt"}:
        return None
    with path.open("rb") as source:
        if source.read(len(OLE_MARK)) == OLE_MARK:
            return refused(path.name, "file-locked", "Файл защищён паролем или сохранён в старом формате. Снимите пароль и сохраните его заново как .docx или .xlsx.")
    if not zipfile.is_zipfile(path):
        return refused(path.name, "file-broken", "Файл повреждён: внутри не документ Word или Excel. Откройте его в редакторе и сохраните заново.")
    with zipfile.ZipFile(path) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            return refused(path.name, "file-huge", "Внутри файла слишком много данных, открывать его опасно. Перенесите таблицу в новый файл.")
        if any(name.endswith("vbaProject.bin") for name in package.namelist()):
            return refused(path.name, "file-kind", OLD[".docm"])
    return None


def _parsed(path: Path, suffix: str) -> Reading:
    try:
        document = READERS[suffix](path)
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - the parsers of Word and Excel files raise whatever a broken part makes them raise
        return refused(path.name, "file-broken", "Файл не читается: он повреждён. Откройте его в редакторе и сохраните заново.")
    if any(len(row) > 1 for table in document.tables for row in table):
        return document, ()
    told = "В файле нет таблицы с дорожной картой. Передайте файл, где мероприятия стоят строками таблицы."
    return document, (Problem(Severity.STOP, "no-table", Origin(book=path.name), told),)

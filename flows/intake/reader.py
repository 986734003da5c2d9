"""The door of the intake: any file in, a document or a plain sentence out."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.intake import guards, limits
from flows.intake.apart import STOPPED, parsed_apart
from flows.intake.cleaning import swept
from flows.intake.document import Document, Reading, refused
from flows.intake.older import modern
from flows.intake.plain import read_text
from flows.intake.sheets import read_book, read_csv
from flows.intake.weight import TooMuchError, Weight, weighed
from flows.intake.word import read_word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _read_pdf(data: bytes) -> Document:
    """Read a PDF; its parser is brought only into the child that reads with it."""
    from flows.intake.pdf import read_pdf  # noqa: PLC0415 - slow to load and rare

    return read_pdf(data)


READERS: dict[str, Callable[[bytes], Document]] = {
    ".docx": read_word,
    ".xlsx": read_book,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_text,
    ".pdf": _read_pdf,
}
MISSING = (
    "Файл не открывается: его нет на месте или он занят другой программой. Закройте его и проверьте имя."
)
BROKEN = "Файл не читается: он повреждён. Откройте его в редакторе и сохраните заново."
SCAN = "В файле .pdf только картинки страниц, текста в нём нет. Передайте исходный файл Word или распознайте текст и сохраните его как .docx."
NO_TABLE = "В файле нет таблицы с дорожной картой. Передайте файл, где мероприятия стоят строками таблицы."
OVERFULL = "В файле слишком много {} для дорожной карты, он не прочитан. Удалите пустые строки и столбцы и лишние листы или перенесите таблицу в новый файл."
LOCKED_PDF = "Файл .pdf защищён паролем. Снимите пароль или передайте исходный файл Word."


def read(path: Path) -> Reading:
    """Read a roadmap file. Never raises for what the file holds: a finding says what is wrong and how to mend it."""
    try:
        if path.stat().st_size > limits.MOST_BYTES:
            return refused(path.name, *guards.HUGE)
        data = path.read_bytes()
    except OSError:
        return refused(path.name, "file-missing", MISSING)
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a file's bytes, a Google document exported as .docx among them; `name` is what findings call it."""
    suffix = PurePath(name).suffix.lower()
    made = modern(data)
    if isinstance(made, tuple):
        return refused(name, *made)
    data = made
    told = guards.refusal(data, suffix)
    if told:
        return refused(name, *told)
    kind = guards.kind_of(data, suffix)
    document = _weighed(data, kind)
    if isinstance(document, tuple):
        return refused(name, *document)
    document, notes = swept(document, name)
    if any(len(row) > 1 for table in document.tables for row in table):
        return document, notes
    return document, (Problem(Severity.STOP, "no-table", Origin(book=name), NO_TABLE),)


def _weighed(data: bytes, kind: str) -> Document | guards.Refusal:
    """Parse what is light here and what is heavy in a child that may be stopped."""
    try:
        heavy = weighed(data, kind) is Weight.HEAVY
    except TooMuchError as trouble:
        return guards.HUGE[0], OVERFULL.format(trouble)
    return parsed_apart(data, kind) if heavy else parsed(data, kind)


def parsed(data: bytes, kind: str) -> Document | guards.Refusal:
    """Parse a file of a known kind, whatever it weighs: its document, or why it cannot be read."""
    try:
        return READERS[kind](data)
    except TooMuchError as trouble:
        return guards.HUGE[0], OVERFULL.format(trouble)
    except MemoryError:
        return STOPPED
    except Exception as trouble:  # noqa: BLE001 - the parsers raise whatever a broken part makes them raise
        return _trouble(trouble)


def _trouble(trouble: BaseException) -> guards.Refusal:
    """Tell a locked file from a broken one by the name of what its parser raised."""
    if type(trouble).__name__ == "NoTextError":
        return "file-scan", SCAN
    names = {
        type(each).__name__
        for each in (trouble, trouble.__cause__, trouble.__context__, *trouble.args)
        if each is not None
    }
    if any("Password" in name or "Encrypt" in name for name in names):
        return "file-locked", LOCKED_PDF
    if isinstance(trouble, zipfile.BadZipFile | RuntimeError) and "encrypted" in str(trouble):
        return guards.LOCKED
    return "file-broken", BROKEN

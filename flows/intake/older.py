"""Files of older Word and Excel, of LibreOffice and .rtf: made into .docx or .xlsx by LibreOffice, where it is installed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flows import libreoffice
from flows.intake import guards

if TYPE_CHECKING:
    from flows.intake.guards import Refusal

__all__ = ["modern"]

HEAD = 1000
TEXT, TABLE = ".docx", ".xlsx"
OPEN_TEXT = re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template)?")
OPEN_TABLE = re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?")
LONGEST_KIND = 200
CLOSED = (
    "file-broken",
    "LibreOffice не открыл этот файл: он повреждён или под паролем. Сохраните его как «Документ Word (.docx)» или «Книга Excel (.xlsx)».",
)


# A cell of an old Word table ends with this sign, two bytes wide; LibreOffice does not know every such table for one.
CELL_END, FEW_CELLS = b"\7\0", 10
TABLE_LOST = (
    "file-kind",
    "В этом файле .doc таблица не разобралась. Откройте его в Word и сохраните как «Документ Word (.docx)».",
)


@dataclass(frozen=True, slots=True)
class _Older:
    """What a file is by its contents, what it is made into, and what is said where LibreOffice is not installed."""

    suffix: str
    into: str
    otherwise: Refusal


OLD_WORD = _Older(".doc", TEXT, guards.OLD_WORD)
OLD_EXCEL = _Older(".xls", TABLE, guards.OLD_EXCEL)
RICH = _Older(".rtf", TEXT, guards.RICH)
ODT = _Older(".odt", TEXT, guards.OPEN)
ODS = _Older(".ods", TABLE, guards.OPEN)


@lru_cache(maxsize=2)  # the same file is looked at for people, for answers and for a roadmap
def modern(data: bytes) -> bytes | Refusal:
    """Return a file as .docx or .xlsx, whatever it is called; one that needs no making comes back as it is.

    A refusal says why it could not be made: LibreOffice is not installed, or the file is broken, locked or dangerous.
    """
    older = _older(data)
    if older is None or guards.oversized(data):
        return data
    if not libreoffice.available():
        return older.otherwise
    made = libreoffice.converted({"file": data}, older.suffix, older.into).get("file")
    if made is None:
        return CLOSED
    return TABLE_LOST if older is OLD_WORD and _lost_its_table(data, made) else made


def _lost_its_table(data: bytes, made: bytes) -> bool:
    """Tell an old Word file whose cells have become plain text."""
    if data.count(CELL_END) < FEW_CELLS:
        return False
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return b"<w:tbl>" not in package.read("word/document.xml")


def _older(data: bytes) -> _Older | None:
    """Tell an older file by what it holds; `None` for any other, a locked or a strange one among them."""
    if data.startswith(guards.OLE_MARK):
        return {guards.OLD_WORD: OLD_WORD, guards.OLD_EXCEL: OLD_EXCEL}.get(guards.ole(data))
    if data[:HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(b"{\\rtf"):
        return RICH
    return _open(data) if data.startswith(b"PK") else None


def _open(data: bytes) -> _Older | None:
    """Tell a text or a table of LibreOffice by the kind that it names; a locked one is none of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            kind = package.read("mimetype")[:LONGEST_KIND].strip()
            locked = guards.MANIFEST in package.namelist() and guards.ENCRYPTED in package.read(
                guards.MANIFEST
            )
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
        return None
    if locked:
        return None
    return ODT if OPEN_TEXT.fullmatch(kind) else ODS if OPEN_TABLE.fullmatch(kind) else None

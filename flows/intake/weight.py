"""How heavy a file is, counted without parsing it: rows, cells and paragraphs by their marks, in one pass over the bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum
from typing import TYPE_CHECKING

from flows.intake import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TooMuchError", "Weight", "weighed"]

PIECE = 1 << 20
OVERLAP = 64
TABLES = {
    ".docx": re.compile(r"word/document\d*\.xml"),
    ".xlsx": re.compile(r"xl/worksheets/[^/]{1,200}\.xml"),
}
MARKS = {
    ".docx": re.compile(rb"<(?:\w{1,20}:)?(p)[ />]"),
    ".xlsx": re.compile(rb"<(?:\w{1,20}:)?(c|row)[ />]"),
}
MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
SEPARATORS = (b"\t", b";", b",")


class TooMuchError(ValueError):
    """A file holds more than is read; the argument is what there is too much of, in Russian (genitive plural)."""


class Weight(Enum):
    """Whether a file is parsed here or in a child."""

    LIGHT = "light"
    HEAVY = "heavy"


def weighed(data: bytes, kind: str) -> Weight:
    """Weigh a file of a kind that `guards` has let through. Raise `TooMuchError`; a package that cannot be unpacked is light."""
    if kind in {".csv", ".tsv", ".txt"}:
        return _text(data)
    if kind not in TABLES:
        return Weight.HEAVY
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _package(package, kind)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError):
        return Weight.LIGHT


def _text(data: bytes) -> Weight:
    width = 2 if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else 1
    rows = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n" if width == 1 else b"\r\0\n")
    if rows > limits.MOST_ROWS:
        raise TooMuchError("строк")
    if max(map(data.count, SEPARATORS)) > limits.MOST_CELLS:
        raise TooMuchError("ячеек")
    return Weight.LIGHT


def _package(package: zipfile.ZipFile, kind: str) -> Weight:
    names = [name for name in package.namelist() if TABLES[kind].fullmatch(name)]
    few, most, what = (
        (limits.FEW_PARAGRAPHS, limits.MOST_PARAGRAPHS, "абзацев")
        if kind == ".docx"
        else (limits.FEW_CELLS, limits.MOST_CELLS, "ячеек")
    )
    count = sum(_marks(package, name, kind, most) for name in names)
    if count > most:
        raise TooMuchError(what)
    size = sum(part.file_size for part in package.infolist() if part.filename.endswith(".xml"))
    return Weight.HEAVY if count > few or size > limits.FEW_BYTES else Weight.LIGHT


def _marks(package: zipfile.ZipFile, name: str, kind: str, most: int) -> int:
    """Count the marks of a part, and the cells of its merges; stop at the first that is one too many."""
    count = 0
    for piece in _pieces(package, name):
        count += sum(1 for _ in MARKS[kind].finditer(piece))
        count += sum(_area(*found.groups()) for found in MERGED.finditer(piece)) if kind == ".xlsx" else 0
        if count > most:
            break
    return count


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Unpack a part piece by piece; a mark cut in two is looked at whole with the next piece."""
    with package.open(name) as part:
        left = b""
        while piece := part.read(PIECE):
            whole = left + piece
            cut = max(whole.rfind(b"<"), len(whole) - OVERLAP)
            yield whole[:cut]
            left = whole[cut:]
        yield left


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

"""A person without a lock, as a process of its own: reads the book afresh, adds a row to its last sheet and saves.

Arguments: path, how (`rename`, `truncate`, `slowly`, `over`), seed, count of saves.
"""

from __future__ import annotations

import random
import re
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

SHEET = "xl/worksheets/sheet2.xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    """Parts of a book by name."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def fresh(path: Path) -> dict[str, bytes]:
    """Parts of the book as it lies there, once all of it does."""
    while True:
        try:
            return parts_of(path.read_bytes())
        except (zipfile.BadZipFile, FileNotFoundError, EOFError):
            time.sleep(0.001)


def with_row(parts: dict[str, bytes], text: str) -> bytes:
    """Bytes of the book with one row more."""
    sheet = parts[SHEET].replace(b"<sheetData/>", b"<sheetData></sheetData>")
    number = len(re.findall(b"<row ", sheet)) + 1
    row = f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    parts[SHEET] = sheet.replace(b"</sheetData>", row.encode() + b"</sheetData>")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def save(path: Path, data: bytes, how: str) -> None:
    """Save as the programs of people do."""
    if how == "rename":
        aside = path.with_name(".saving")
        aside.write_bytes(data)
        aside.replace(path)
    elif how == "truncate":
        path.write_bytes(data)
    elif how == "slowly":
        with path.open("wb", buffering=0) as file:
            for at in range(0, len(data), 700):
                file.write(data[at : at + 700])
                time.sleep(0.0005)
    else:
        with path.open("r+b") as file:
            file.write(data)
            file.truncate()


if __name__ == "__main__":
    book, way, seed, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    for turn in range(count):
        time.sleep(chance.random() * 0.05)
        save(book, with_row(fresh(book), f"{way}-{seed}-{turn}"), way)

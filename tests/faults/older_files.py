"""`python -m tests.faults.older_files`: a roadmap as a person brings it, saved by LibreOffice in every older kind and read the same.

Besides, what a file points at is not fetched: a page of ours on loopback counts who asks. Needs LibreOffice; says so and ends with 2.
"""

from __future__ import annotations

import io
import sys
import tempfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import openpyxl

from flows import libreoffice
from flows.intake import understand

HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат"]
ROWS = [
    ["1.1", "Провести встречу пар", "12.10.2026", "Методист", "Протокол"],
    ["1.2", "Собрать анкеты", "до 15 мая 2027", "Куратор", "Отчёт"],
    ["2.1", "Обновить страницу", "сентябрь, январь", "Заведующий", "Страница сайта"],
]
TITLE = "Дорожная карта наставничества МБДОУ «Выдуманный сад» на 2026-2027 учебный год"
# A text first becomes .odt: from a table of python-docx LibreOffice makes a .doc that it does not read itself.
TEXTS, TABLES = (".odt", ".doc", ".rtf"), (".ods", ".xls")
POINTING = (
    '<text:p><draw:frame draw:name="p" svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image '
    'xlink:href="http://127.0.0.1:{}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
)


def main() -> int:
    """Print what was read of each kind; 1 when anything differs or anything was fetched."""
    if not libreoffice.available():
        print("Нужен LibreOffice (soffice): поставьте его и повторите.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        wrong = _kinds(Path(folder))
    fetched = _fetched()
    print(f"Из чужого файла запрошено по ссылкам: {len(fetched)}.")
    return 1 if wrong or fetched else 0


def _kinds(folder: Path) -> int:
    wrong = 0
    for new, kinds, made in ((".docx", TEXTS, _text()), (".xlsx", TABLES, _table())):
        expected = _read(folder / f"план{new}", made)
        source, kind = made, new
        for older in kinds:
            data = libreoffice.converted({"x": source}, kind, older)["x"]
            same = _read(folder / f"план{older}", data) == expected
            print(
                f"{older}: {'прочитано так же' if same else 'ПРОЧИТАНО ИНАЧЕ'}, мероприятий {len(expected)}."
            )
            wrong += not same or len(expected) != len(ROWS)
            if older == ".odt":
                source, kind = data, older
    return wrong


def _read(path: Path, data: bytes) -> list[tuple[object, ...]]:
    path.write_bytes(data)
    _, activities, _ = understand(path)
    return [
        (each.number, each.activity, each.term.windows, each.responsible, each.result) for each in activities
    ]


def _text() -> bytes:
    paper, made = docx.Document(), io.BytesIO()
    paper.add_paragraph(TITLE)
    table = paper.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(made)
    return made.getvalue()


def _table() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in ([TITLE], HEAD, *ROWS):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _fetched() -> list[str]:
    """Return what LibreOffice asked of a page that a file points at."""
    asked: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the library

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - a name of the library
            """Say nothing on the screen."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = libreoffice.converted({"x": _text()}, ".docx", ".odt")["x"]
        libreoffice.converted({"x": _pointing(text, server.server_port)}, ".odt", ".docx")
        server.shutdown()
    return asked


def _pointing(text: bytes, port: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(text)) as package, zipfile.ZipFile(made, "w") as target:
        for name in package.namelist():
            content = package.read(name)
            if name == "content.xml":
                end = b"</office:text>"
                content = content.replace(end, POINTING.format(port).encode() + end)
            target.writestr(name, content)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())

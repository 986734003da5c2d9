"""What a file is that is no .docx: said by its first bytes, so that a wrong file is told from a damaged one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["archived", "foreign", "reason_of"]

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SAVE = "сохраните его как «Документ Word (.docx)»"
DAMAGED = "файл Word повреждён или скачан не до конца; скачайте или сохраните шаблон заново"
NO_WORD = "это не файл Word (.docx)"
HEAD, TASTE = 1024, 4096
OWNER_FILE = 162  # bytes of what Word lays beside a file that is open: «~$…»
STREAMS = (
    ("EncryptedPackage", "файл под паролем; снимите пароль: «Файл – Сведения – Защита документа»"),
    ("WordDocument", f"это старый формат .doc; откройте файл в Word и {SAVE}"),
    ("Workbook", "это таблица Excel (.xls), а не документ Word"),
    ("PowerPoint Document", "это презентация (.ppt), а не документ Word"),
    ("__substg1.0", "это письмо Outlook (.msg), а не документ Word; сохраните вложение отдельным файлом"),
)
OLD = f"это старый формат .doc или файл под паролем; снимите пароль и {SAVE} в Word"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", f"это RTF; откройте его в Word и {SAVE}"),
    (b"\xff\xd8\xff", "это картинка, а не документ Word; наберите текст или распознайте скан"),
    (b"\x89PNG", "это картинка, а не документ Word; наберите текст или распознайте скан"),
    (b"II*\0", "это картинка, а не документ Word; наберите текст или распознайте скан"),
    (b"MM\0*", "это картинка, а не документ Word; наберите текст или распознайте скан"),
    (b"AT&TFORM", "это скан DjVu, а не документ Word; распознайте его"),
    (b"Rar!", "это архив RAR; распакуйте его и укажите файл Word"),
    (b"7z\xbc\xaf", "это архив 7z; распакуйте его и укажите файл Word"),
    (b"\x1f\x8b", "это архив gzip; распакуйте его и укажите файл Word"),
    (b"L\0\0\0\x01\x14\x02\0", "это ярлык, а не сам файл; укажите файл, на который он ведёт"),
    (b"MIME-Version:", f"это веб-архив (.mht); откройте его в Word и {SAVE}"),
    (b"From:", f"это письмо, а не документ Word; {SAVE}"),
)
MARKUP: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"progid=\"Word\.Document\"|wordDocument|pkg:package"), f"это документ Word в виде XML; откройте его в Word и {SAVE}"),
    (re.compile(rb"<html|<!doctype html", re.IGNORECASE), "это веб-страница, а не документ Word: похоже, вместо файла скачалась страница входа; скачайте файл заново"),
    (re.compile(rb"office:document"), f"это файл OpenDocument; {SAVE}"),
    (re.compile(rb"\"doc_?id\"|docs\.google\.com", re.IGNORECASE), "это ссылка на документ Google; скачайте его: «Файл – Скачать – Microsoft Word (.docx)»"),
)  # fmt: skip
FOREIGN_KINDS = (
    ("spreadsheetml", "это таблица Excel, переименованная в .docx"),
    ("ms-excel", "это таблица Excel, переименованная в .docx"),
    ("presentationml", "это презентация, переименованная в .docx"),
    ("macroEnabled", f"это файл с макросами (.docm); {SAVE} без макросов"),
    ("wordprocessingml.template", f"это шаблон Word (.dotx); {SAVE}"),
    ("opendocument", f"это файл OpenDocument; {SAVE}"),
)
ARCHIVES = (
    ("mimetype", f"это файл OpenDocument; {SAVE}"),
    ("Index/Document.iwa", "это файл Pages; сохраните его: «Файл – Экспортировать – Word»"),
    ("FixedDocSeq.fdseq", "это файл XPS, а не документ Word"),
)


def reason_of(data: bytes) -> str:
    """Return what a file that is no zip archive is and what to do with it; "" for an archive, whatever lies in it."""
    if data.startswith(ZIP) or b"PK\x05\x06" in data[-HEAD * 64 :]:
        return ""
    return next((said for is_so, said in KINDS if is_so(data)), "") or _by_first_bytes(data)


def archived(names: frozenset[str]) -> str:
    """Return what an archive without Word's list of parts is, by the names of its members."""
    known = next((said for name, said in ARCHIVES if name in names), "")
    if known:
        return known
    inner = any(name.lower().endswith((".docx", ".doc")) for name in names)
    what = (
        "распакуйте его и укажите файл Word"
        if inner
        else "нужен файл, сохранённый как «Документ Word (.docx)»"
    )
    return f"это архив, но не файл Word; {what}"


def foreign(kinds: frozenset[str]) -> str:
    """Return what a file of another office program is, by the content types of its parts; "" for a Word document."""
    mains = [kind for kind in kinds if "main" in kind]
    return next((said for mark, said in FOREIGN_KINDS if any(mark in kind for kind in mains)), "")


def _compound(data: bytes) -> str:
    """Tell an old Word file from a protected new one, a table or a letter: each names its streams."""
    return next((said for name, said in STREAMS if name.encode("utf-16-le") in data), OLD)


KINDS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda data: not data, "файл пуст; возьмите его заново или сохраните ещё раз"),
    (lambda data: data.startswith(b"PK"), DAMAGED),
    (
        lambda data: b"%PDF-" in data[:HEAD] or data.startswith(b"%PDF"),
        f"это PDF; нужен файл Word (.docx): откройте PDF в Word и {SAVE}",
    ),
    (
        lambda data: not data.strip(b"\0"),
        "файл повреждён: внутри одни нули; возьмите его заново или сохраните ещё раз",
    ),
    (
        lambda data: len(data) == OWNER_FILE and not data.isascii(),
        "это служебная запись Word об открытом файле («~$…»), а не сам файл; закройте Word и укажите сам файл",
    ),
)


def _by_first_bytes(data: bytes) -> str:
    if data.startswith(COMPOUND):
        return _compound(data)
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    known = next((said for signature, said in SIGNATURES if bare.startswith(signature)), "")
    if known:
        return known
    begun = bare[:TASTE]
    if begun[:1] in {b"<", b"{"}:
        known = next((said for pattern, said in MARKUP if pattern.search(begun)), "")
    if known or b"\0" not in begun:
        return known or f"это простой текст, а не файл Word; вставьте его в документ Word и {SAVE}"
    return f"{NO_WORD}; проверьте, тот ли файл указан"

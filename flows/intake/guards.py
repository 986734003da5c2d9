"""Files that are not what they are called, or that nobody should open: each gets a sentence that says what to do."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress

from flows.intake.limits import MOST_BYTES, MOST_PART, MOST_UNPACKED

__all__ = ["KNOWN", "Refusal", "kind_of", "refusal"]

MANIFEST, ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
OLE_MARK = b"\xd0\xcf\x11\xe0"
PACKAGES = {".docx": "word/", ".xlsx": "xl/"}
KNOWN = "Подходят .docx, .xlsx, .csv, .tsv, .txt и .pdf."
Refusal = tuple[str, str]  # code, sentence

BY_ITSELF = "Если поставить на этот компьютер LibreOffice, такие файлы будут читаться сами."
OLD_WORD = (
    "file-kind",
    f"Это файл старого Word (.doc). Откройте его в Word и сохраните как «Документ Word (.docx)». {BY_ITSELF}",
)
OLD_EXCEL = (
    "file-kind",
    f"Это файл старого Excel (.xls). Откройте его в Excel и сохраните как «Книга Excel (.xlsx)». {BY_ITSELF}",
)
BINARY_EXCEL = (
    "file-kind",
    "Это двоичная книга Excel (.xlsb), такие файлы не читаем. Откройте её в Excel и сохраните как «Книга Excel (.xlsx)».",
)
OLD_OTHER = (
    "file-kind",
    "Это файл другой программы Microsoft (презентация, письмо, установщик), таблицы в нём нет. Передайте файл Word или Excel.",
)
MACRO_WORD = (
    "file-kind",
    "В файле есть макросы (.docm), такие файлы не читаем. Сохраните его как «Документ Word (.docx)».",
)
MACRO_EXCEL = (
    "file-kind",
    "В файле есть макросы (.xlsm), такие файлы не читаем. Сохраните его как «Книга Excel (.xlsx)».",
)
LOCKED = ("file-locked", "Файл защищён паролем. Откройте его, снимите пароль и сохраните заново.")
BROKEN = (
    "file-broken",
    "Файл повреждён: внутри не документ Word или Excel. Откройте его в редакторе и сохраните заново.",
)
BROKEN_PDF = ("file-broken", "Файл .pdf повреждён. Скачайте его ещё раз или передайте исходный файл Word.")
OTHER_PACKAGE = (
    "file-kind",
    f"Внутри файла не документ Word и не книга Excel. {KNOWN} Сохраните дорожную карту в одном из этих видов.",
)
EMPTY = ("file-empty", "Файл пустой. Проверьте, что передан нужный файл и что он сохранён до конца.")
ZEROS = (
    "file-empty",
    "В файле нет ничего, кроме пустых байтов: он не докачан или испорчен. Скачайте или сохраните его ещё раз.",
)
HUGE = (
    "file-huge",
    "Файл больше 20 МБ, это не похоже на дорожную карту. Уберите из него картинки или перенесите таблицу в новый файл.",
)
BOMB = (
    "file-huge",
    "Внутри файла слишком много данных, открывать его опасно. Перенесите таблицу в новый файл.",
)
PICTURE = (
    "file-kind",
    "Это картинка, текста в ней нет. Передайте исходный файл Word или Excel либо перенаберите таблицу.",
)
WEB = (
    "file-kind",
    "Это страница сайта, а не документ. Откройте её в Word и сохраните как «Документ Word (.docx)».",
)
RICH = (
    "file-kind",
    f"Это файл .rtf. Откройте его в Word и сохраните как «Документ Word (.docx)». {BY_ITSELF}",
)
OPEN = (
    "file-kind",
    f"Это файл LibreOffice. Откройте его и сохраните как «Word (.docx)» или «Excel (.xlsx)». {BY_ITSELF}",
)
OTHER_OPEN = (
    "file-kind",
    "Это файл LibreOffice, но не текст и не таблица. Передайте файл, где дорожная карта или список стоят таблицей.",
)
STRANGE = (
    "file-kind",
    f"Не знаем, как читать такой файл. {KNOWN} Сохраните дорожную карту в одном из этих видов.",
)
BY_SUFFIX = {
    ".docm": MACRO_WORD, ".dotm": MACRO_WORD, ".xlsm": MACRO_EXCEL, ".xlsb": BINARY_EXCEL, ".rtf": RICH, ".odt": OPEN, ".ods": OPEN,
    ".html": WEB, ".htm": WEB, ".mht": WEB, ".png": PICTURE, ".jpg": PICTURE, ".jpeg": PICTURE, ".tif": PICTURE, ".tiff": PICTURE, ".bmp": PICTURE,
    ".doc": OLD_WORD, ".xls": OLD_EXCEL, ".docx": BROKEN, ".xlsx": BROKEN, ".pdf": BROKEN_PDF, ".pages": STRANGE, ".zip": OTHER_PACKAGE, ".rar": OTHER_PACKAGE,
}  # fmt: skip
# What a container of Microsoft's holds, by the name of its stream; the first that is found says what it is.
STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", OLD_WORD),
    ("Workbook", OLD_EXCEL),
    ("Book\0", OLD_EXCEL),
)
PICTURE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}
TEXTS = {".csv", ".tsv", ".txt"}


def kind_of(data: bytes, suffix: str) -> str:
    """Return the reader's suffix for a file: a package, a PDF or a text under any name, "" when nothing here reads it."""
    if data.startswith(b"%PDF"):
        return ".pdf"
    if data.startswith(b"PK"):
        names = _names(data)
        return next(
            (kind for kind, part in PACKAGES.items() if any(name.startswith(part) for name in names)), ""
        )
    return suffix if suffix in TEXTS else "" if suffix else ".txt"


def refusal(data: bytes, suffix: str) -> Refusal | None:
    """Tell why a file cannot be read at all; `None` when a reader may try."""
    if len(data) > MOST_BYTES:
        return HUGE
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return ZEROS if b"\0" in data else EMPTY
    if data.startswith(OLE_MARK):
        return ole(data)
    if data.startswith(b"PK"):
        return _packed(data, suffix)
    return _by_sight(data, suffix)


def ole(data: bytes) -> Refusal:
    """Tell a locked new file from an old one by the streams that it holds: all are the same kind of container."""
    return next((said for name, said in STREAMS if name.encode("utf-16-le") in data), OLD_OTHER)


def oversized(data: bytes) -> bool:
    """Tell a file, or a package once unpacked, that is too big to be opened by anything."""
    return len(data) > MOST_BYTES or (data.startswith(b"PK") and _swollen(data))


def _swollen(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return False
    return sum(part.file_size for part in parts) > MOST_UNPACKED or any(
        part.file_size > MOST_PART and part.filename.endswith(".xml") for part in parts
    )


def _packed(data: bytes, suffix: str) -> Refusal | None:
    names = _names(data)
    if not names:
        return BROKEN
    if _swollen(data):
        return BOMB
    if any(name.endswith("vbaProject.bin") for name in names) or suffix in {".docm", ".xlsm"}:
        return (
            MACRO_EXCEL if any(name.startswith("xl/") for name in names) or suffix == ".xlsm" else MACRO_WORD
        )
    if "mimetype" in names:
        return _of_libreoffice(data)
    return None if kind_of(data, suffix) else (BROKEN if suffix in PACKAGES else OTHER_PACKAGE)


def _of_libreoffice(data: bytes) -> Refusal:
    """Tell a locked file of LibreOffice from a text or a table and from what holds no table at all."""
    with suppress(zipfile.BadZipFile, OSError, RuntimeError), zipfile.ZipFile(io.BytesIO(data)) as package:
        if MANIFEST in package.namelist() and ENCRYPTED in package.read(MANIFEST):
            return LOCKED
        kind = package.read("mimetype")
        return OPEN if b".text" in kind or b".spreadsheet" in kind else OTHER_OPEN
    return OPEN


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return []


def _by_sight(data: bytes, suffix: str) -> Refusal | None:
    """Judge what is no package by its first bytes, then by its name."""
    head = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(PICTURE_MARKS):
        return PICTURE
    if head.startswith(b"{\\rtf"):
        return RICH
    if re.match(rb"<(?:!doctype html|html|\?xml|table)", head):
        return WEB
    if data.startswith(b"%PDF") or (not suffix and _is_text(data)):
        return None
    if suffix in TEXTS:
        return ZEROS if data.count(b"\0") > len(data) // 2 and data[:2] not in UTF_16 else None
    return BY_SUFFIX.get(suffix, STRANGE)


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4000]

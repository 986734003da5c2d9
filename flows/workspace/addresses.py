"""A folder of Drive as people name it: its id, or the address they copied from the browser."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlsplit

from flows.domain.errors import Misconfigured

MY_DRIVE = "root"
"""How Drive itself calls a person's own root folder."""
ID = re.compile(r"[-\w]{10,200}", re.ASCII)
SITES = {"drive.google.com", "docs.google.com"}
BOOKS = {"spreadsheets": "таблицы", "document": "документа", "presentation": "презентации", "forms": "формы"}
OWN = {"my-drive", "home"}
HOW = (
    "Откройте в браузере папку, в которой завести организацию (она может лежать и на общем диске), и скопируйте "
    "адрес целиком: он выглядит так — https://drive.google.com/drive/folders/КОД."
)


def folder_id(told: str) -> str:
    """Return the id of the folder that an id or a pasted address names; `Misconfigured` says what it is instead."""
    text = told.strip().strip("<>\"'«»").strip()
    if text in {"", MY_DRIVE}:
        return MY_DRIVE
    if ID.fullmatch(text) and "." not in text:
        return text
    address = urlsplit(text if "//" in text else f"https://{text}")
    if "." not in address.netloc or not re.fullmatch(r"https?", address.scheme):
        raise Misconfigured(f"«{_short(text)}» — не адрес и не код папки Google Диска. {HOW}")
    site = (address.hostname or "").removeprefix("www.")
    if site not in SITES:
        raise Misconfigured(f"Адрес «{_short(text)}» ведёт не на Google Диск. {HOW}")
    steps = PurePosixPath(address.path).parts
    asked = parse_qs(address.query).get("id", [""])[0]
    return _of_path(steps, asked)


def _of_path(steps: tuple[str, ...], asked: str) -> str:
    if "folders" in steps[:-1]:
        return _an_id(steps[steps.index("folders") + 1])
    wrong = next((BOOKS[step] for step in steps if step in BOOKS), "файла" if "file" in steps else "")
    if wrong:
        raise Misconfigured(f"Это адрес {wrong}, а нужна папка. {HOW}")
    if asked:
        return _an_id(asked)
    if steps and steps[-1] in OWN:
        return MY_DRIVE
    raise Misconfigured(f"В этом адресе нет кода папки: так выглядит общий список, а не сама папка. {HOW}")


def _an_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise Misconfigured(f"В адресе код папки скопирован не целиком: «{_short(text)}». {HOW}")
    return text


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def folder_link(file_id: str) -> str:
    """Return the address of a folder for people."""
    return f"https://drive.google.com/drive/folders/{file_id}"


def book_link(file_id: str) -> str:
    """Return the address of a workbook for people."""
    return f"https://docs.google.com/spreadsheets/d/{file_id}/edit"

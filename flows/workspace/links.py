"""Addresses that people paste: which file of Google's they name, or what they are instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from flows.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

ID = r"[-\w]{10,}"
BARE = re.compile(r"[A-Za-z0-9_-]{10,200}")
LIKELY = re.compile(r"[A-Za-z0-9_-]{25,200}")
ADDRESS = re.compile(r"https?://[^\s<>«»\"']+", re.IGNORECASE)
FILE = re.compile(rf"/d/({ID})", re.ASCII)
FOLDER = re.compile(rf"/folders/({ID})", re.ASCII)
TAB = re.compile(r"(?:^|[?&#])gid=(\d+)")
GOOGLE = ("docs.google.com", "drive.google.com", "sheets.google.com", "drive.usercontent.google.com")
WRAPPERS = {"google.com": "q", "accounts.google.com": "continue"}
WITHOUT_SCHEME = re.compile(
    r"(?:www\.)?(?:docs|drive|sheets)\.google\.com/|(?:disk|docs)\.yandex\.\w+/|yadi\.sk/|cloud\.mail\.ru/|1drv\.ms/|forms\.gle/"
)
READ = "Программа читает по ссылке документы и таблицы Google и файлы .docx, .xlsx, .pdf на Google Диске."
BY_HAND = "Скачайте файл оттуда на компьютер и передайте его вместо ссылки."
A_FOLDER = "По этой ссылке папка, а нужен файл дорожной карты. Откройте файл и скопируйте ссылку на него."
A_FORM = (
    "По этой ссылке Google Форма, а не ответы. Откройте в форме «Ответы» → «Посмотреть в Таблицах» и скопируйте "
    "ссылку на таблицу с ответами."
)
A_SHOW = "По этой ссылке презентация Google. Перенесите таблицу дорожной карты в документ или таблицу и дайте ссылку на них."
NOTHING = f"В этой ссылке нет кода файла. Откройте документ и скопируйте его адрес целиком: Поделиться → Копировать ссылку. {READ}"
PUBLISHED = (
    "Это ссылка на опубликованную в интернете копию, по ней исходный документ не прочитать. Откройте сам документ и "
    "скопируйте ссылку: Поделиться → Копировать ссылку."
)
KINDS: Mapping[str, str] = {
    "/presentation/": A_SHOW,
    "/forms/": A_FORM,
    "/drawings/": f"По этой ссылке рисунок Google. {READ}",
    "/d/e/": PUBLISHED,
}
ELSEWHERE: Mapping[str, str] = {
    "disk.yandex": "Яндекс Диск", "disk.360.yandex": "Яндекс Диск", "docs.yandex": "Яндекс Документы", "yadi.sk": "Яндекс Диск",
    "cloud.mail.ru": "Облако Mail.ru", "onedrive.live.com": "OneDrive", "1drv.ms": "OneDrive", "sharepoint.com": "OneDrive",
    "dropbox.com": "Dropbox", "icloud.com": "iCloud", "vk.com": "ВКонтакте", "vk.ru": "ВКонтакте",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A file of Google's: its id, the tab that the address names (None: none), the key that files shared long ago need."""

    id: str
    tab: int | None = None
    key: str = ""


def on_this_computer(text: str) -> Path | None:
    """Return the path that a text names; None for an address elsewhere, or for what can only be a file's bare id."""
    plain = text.strip()
    if plain.lower().startswith("file:"):
        from urllib.request import url2pathname  # noqa: PLC0415 - brings the library's own client of the network

        return Path(url2pathname(urlsplit(plain).path))
    if ADDRESS.search(plain) or WITHOUT_SCHEME.match(plain.lower()):
        return None
    path = Path(text)
    return None if LIKELY.fullmatch(plain) and not path.exists() else path


def leads_to_google(text: str) -> bool:
    """Tell an address of Google's; a bare id may belong to any store."""
    return not BARE.fullmatch(text.strip())


def parse(text: str) -> Link:
    """Read an address or a bare id; `Refused` says what an address is that leads to no file we read."""
    plain = text.strip()
    if BARE.fullmatch(plain):
        return Link(plain)
    address, host, query = _unwrapped(plain)
    if host == "forms.gle":
        raise Refused(A_FORM)
    if host not in GOOGLE:
        raise Refused(_elsewhere(host))
    path = urlsplit(address).path
    said = next((said for part, said in KINDS.items() if part in path), "")
    if said or FOLDER.search(path):
        raise Refused(said or A_FOLDER)
    named = FILE.search(path)
    own = named[1] if named else query.get("id", [""])[0]
    if not BARE.fullmatch(own):
        raise Refused(NOTHING)
    tab = TAB.search(address.partition(path)[2])
    return Link(own, int(tab[1]) if tab else None, query.get("resourcekey", [""])[0])


def _unwrapped(text: str) -> tuple[str, str, dict[str, list[str]]]:
    """Return an address without the one that was wrapped around it, its host and its query."""
    inside = ADDRESS.search(text)
    address = (inside[0] if inside else f"https://{text}").rstrip(".,;:!?)]}")
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        raise Refused(NOTHING) from None
    query = parse_qs(parts.query)
    wrapped = query.get(WRAPPERS.get(host, ""), [""])[0]
    return _unwrapped(wrapped) if ADDRESS.fullmatch(wrapped) else (address, host, query)


def _elsewhere(host: str) -> str:
    name = next((name for part, name in ELSEWHERE.items() if part in host), "")
    if name:
        return f"Ссылка ведёт в {name}: оттуда программа не читает. {BY_HAND}"
    return f"Ссылка ведёт не в Google Документы и не на Google Диск. {READ} {BY_HAND}"

"""What a file is to Google: a key, a sign-in of a person, a client to sign in with, or none of these."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class FileKind(Enum):
    """What a file that somebody gave as a key or as a client turns out to be."""

    SERVICE_KEY = "ключ служебной учётной записи"
    OWN_ACCOUNT = "вход учётной записи человека"
    DESKTOP_CLIENT = "описание приложения для компьютера"
    WEB_CLIENT = "описание приложения для сайта"
    EXTERNAL = "ключ внешнего поставщика"
    OTHER_JSON = "другой файл JSON"
    NOT_JSON = "не JSON"


EXTERNAL_TYPES = frozenset(
    {"external_account", "external_account_authorized_user", "impersonated_service_account", "gdch_service_account"}
)  # fmt: skip
NOT_A_KEY: Mapping[FileKind, str] = {
    FileKind.DESKTOP_CLIENT: "это не ключ, а описание приложения. Войдите с ним: nastavnik login --client ФАЙЛ — и уберите переменную.",
    FileKind.WEB_CLIENT: "это не ключ, а описание приложения для сайта. Создайте ключ служебной учётной записи (JSON) или OAuth-клиент вида «Классическое приложение» (Desktop app) и войдите: nastavnik login --client ФАЙЛ.",
    FileKind.EXTERNAL: "это ключ внешнего поставщика или чужой служебной записи, такие программа не берёт. Создайте ключ JSON самой служебной учётной записи.",
    FileKind.OTHER_JSON: "это не ключ служебной учётной записи Google. Скачайте ключ заново в формате JSON.",
    FileKind.NOT_JSON: "это не ключ служебной учётной записи Google. Скачайте ключ заново в формате JSON (не P12).",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that was looked at: what it is and what it holds (nothing when it is no object of JSON)."""

    kind: FileKind
    content: Mapping[str, Any]


def recognised(data: bytes) -> Recognised:
    """Tell what the bytes of a file are to Google."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Recognised(FileKind.NOT_JSON, {})
    if not isinstance(content, dict):
        return Recognised(FileKind.OTHER_JSON, {})
    said = content.get("type")
    kind = FileKind.OTHER_JSON
    if said == "service_account":
        kind = FileKind.SERVICE_KEY
    elif said == "authorized_user" or {"refresh_token", "client_id"} <= content.keys():
        kind = FileKind.OWN_ACCOUNT
    elif isinstance(said, str) and said in EXTERNAL_TYPES:
        kind = FileKind.EXTERNAL
    elif isinstance(content.get("installed"), dict):
        kind = FileKind.DESKTOP_CLIENT
    elif isinstance(content.get("web"), dict):
        kind = FileKind.WEB_CLIENT
    return Recognised(kind, content)

"""What the other side said, as one of our three exceptions with a Russian sentence."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import gspread
import requests
from google.auth.exceptions import GoogleAuthError
from googleapiclient.errors import HttpError

from flows.domain.errors import Misconfigured, Refused, TryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

RUSSIAN = re.compile("[А-Яа-яЁё]")
UNAUTHORISED, FORBIDDEN, MISSING, CONFLICT, LIMITED, BROKEN = 401, 403, 404, 409, 429, 500


class Conflict(Exception):  # noqa: N818 - an answer the filing expects, never shown
    """Drive already has a file with this id."""


class Missing(Refused):
    """There is no such file, folder or workbook, or we may not see it."""


class Unmet(Refused):
    """A batch was refused whole: a sheet it names is gone or a title is taken."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn the clients' exceptions into ours; `what` names the thing in Russian, without personal data."""
    try:
        yield
    except gspread.exceptions.APIError as error:
        raise _told(error.code, str(error.error.get("message", "")), what) from None
    except HttpError as error:
        raise _told(error.status_code, f"{error.reason} {error.error_details}", what) from None
    except GoogleAuthError:
        raise Misconfigured(
            f"{what}: Google не принял ключ. Проверьте файл ключа (переменная GOOGLE_APPLICATION_CREDENTIALS): "
            "ключ мог быть отозван или удалён. Создайте новый и укажите его путь."
        ) from None
    except requests.RequestException:
        raise TryLater(f"{what}: нет ответа от хранилища. Проверьте связь и повторите: сделанное не пропало, повтор ничего не удвоит.") from None


def _told(status: int, said: str, what: str) -> Exception:
    """Choose the exception by status; the office answers in Russian, then its own words are kept."""
    own = said.strip() if RUSSIAN.search(said) else ""
    if status == CONFLICT:
        return Conflict()
    if status == MISSING:
        return Missing(f"{what}: не найдено. Файл удалён или у программы нет к нему доступа.")
    if status == UNAUTHORISED:
        return Misconfigured(f"{what}: вход не выполнен, ключ не подходит или отозван. Создайте новый ключ и укажите его путь.")
    if status == FORBIDDEN:
        return Misconfigured(own or _forbidden(said, what))
    if status == LIMITED or status >= BROKEN:
        return TryLater(own or f"{what}: хранилище занято или не отвечает (код {status}). Повторите через несколько минут.")
    return Unmet(own or f"{what}: запрос не принят (код {status}).")


def _forbidden(said: str, what: str) -> str:
    if "storageQuotaExceeded" in said:
        return (
            f"{what}: служебная учётная запись не может владеть файлами на «Моём диске». Положите папку организации на общий диск "
            "и дайте учётной записи роль «Контент-менеджер»."
        )
    return (
        f"{what}: нет прав. Откройте доступ учётной записи из файла ключа (адрес в поле client_email): к книге — «Редактор», "
        "к папке — «Контент-менеджер»."
    )

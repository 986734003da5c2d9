"""What the other side said, as one of our three exceptions with a Russian sentence."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, TransportError
from googleapiclient.errors import HttpError

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.russian import words
from flows.workspace import network_faults
from flows.workspace.session import AskedToWait, NotGoogle
from flows.workspace.sharing_refusals import NOT_SHARED, TOO_MANY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SILENT = (
    "нет ответа от хранилища. Проверьте связь и повторите: сделанное не пропало, повтор ничего не удвоит."
)
STRANGER = (
    "ответил не Google, а страница входа в сеть, фильтр или прокси. Откройте сеть в браузере и войдите; "
    "если сеть фильтруют, попросите того, кто её ведёт, открыть адреса *.googleapis.com, и повторите."
)
BUSY = "хранилище занято или не отвечает (код {status}). Повторите через несколько минут."
HURRIED = "слишком много запросов подряд, Google просит подождать. Повторите через несколько минут."
RUSSIAN = re.compile("[А-Яа-яЁё]")
UNAUTHORISED, FORBIDDEN, MISSING, SLOW, CONFLICT, STALE, LIMITED, BROKEN = (
    401,
    403,
    404,
    408,
    409,
    412,
    429,
    500,
)


class Conflict(Exception):  # noqa: N818 - an answer the filing expects, never shown
    """Drive already has a file with this id."""


class Missing(Refused):
    """There is no such file, folder or workbook, or we may not see it."""


class Full(Misconfigured):
    """There is no room for any file more: the next file would fare no better."""


class Spent(TryLater):
    """Google asks to come back later: the next call would fare no better."""


class Unanswered(TryLater):
    """No answer came, or the store broke: what was asked for may have been done all the same."""


class Unsupported(Refused):
    """The store knows no such thing: the local office has no shortcuts."""


class Changed(Refused):
    """The file is not the one that was looked at: somebody saved it since, and nothing was written."""


class Unmet(Refused):
    """A batch was refused whole: a sheet it names is gone or a title is taken."""


REASONS: Mapping[str, tuple[type[Exception], str]] = {
    **NOT_SHARED,
    "sharingRateLimitExceeded": (Spent, TOO_MANY),
    "storageQuotaExceeded": (
        Full,
        "нет места, или служебная учётная запись не может владеть файлами на «Моём диске». Положите папку организации на общий диск и дайте учётной записи роль «Контент-менеджер».",
    ),
    "teamDriveFileLimitExceeded": (
        Full,
        "на общем диске больше нет места для файлов. Удалите ненужное с диска или заведите организацию на другом.",
    ),
    "dailyLimitExceeded": (
        Spent,
        "дневной предел запросов Google исчерпан. Повторите завтра: сделанное не пропало.",
    ),
    "rateLimitExceeded": (Spent, HURRIED),
    "userRateLimitExceeded": (Spent, HURRIED),
    "accessNotConfigured": (
        Misconfigured,
        "в проекте Google не включены Sheets API и Drive API. Включите оба в консоли Google Cloud и повторите.",
    ),
    "SERVICE_DISABLED": (
        Misconfigured,
        "в проекте Google не включены Sheets API и Drive API. Включите оба в консоли Google Cloud и повторите.",
    ),
    "exportSizeLimitExceeded": (
        Refused,
        "документ больше 10 МБ, такие Google программам не отдаёт. Скачайте его сами (Файл → Скачать → Microsoft Word или Microsoft Excel) и передайте файл.",
    ),
    "cannotDownloadAbusiveFile": (
        Refused,
        "Google считает файл опасным и не отдаёт его. Проверьте файл и положите в папку заново.",
    ),
}
NOT_BUILT = 501
BY_STATUS: Mapping[int, tuple[type[Exception], str]] = {
    MISSING: (
        Missing,
        "не найдено. Верните из корзины или откройте доступ учётной записи из файла ключа (адрес в поле client_email).",
    ),
    UNAUTHORISED: (
        Misconfigured,
        "вход не выполнен, ключ не подходит или отозван. Создайте новый ключ и укажите его путь.",
    ),
    FORBIDDEN: (
        Misconfigured,
        "нет прав. Откройте доступ учётной записи из файла ключа (адрес в поле client_email): к книге — «Редактор», к папке — «Контент-менеджер».",
    ),
    STALE: (Changed, "его только что сохранил кто-то другой. Он не тронут; повторите запуск."),
}


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn the clients' exceptions into ours; `what` names the thing in Russian, without personal data."""
    try:
        yield
    except gspread.exceptions.APIError as error:
        # gspread's own code is -1 when the answer is not Google's, say a page of a proxy.
        raise _told(error.response.status_code, error.response.text, what) from None
    except HttpError as error:
        raise _told(error.status_code, error.content.decode("utf-8", "replace"), what) from None
    except TransportError as error:
        raise _untold(error, what) from None
    except GoogleAuthError as error:
        if getattr(error, "retryable", False):
            raise TryLater(f"{what}: {SILENT}") from None
        raise Misconfigured(
            f"{what}: Google не принял ключ. Проверьте файл ключа (переменная GOOGLE_APPLICATION_CREDENTIALS): "
            "ключ мог быть отозван или удалён. Создайте новый и укажите его путь."
        ) from None
    except requests.RequestException as error:
        raise _untold(error, what) from None
    except OSError as error:
        if network_faults.named(error) is None:
            raise
        raise _untold(error, what) from None


def _untold(error: Exception, what: str) -> Exception:
    """Choose the exception for what came instead of an answer, whichever client has wrapped it."""
    wrapped = list(network_faults.chain(error))
    asked = next((each for each in wrapped if isinstance(each, AskedToWait)), None)
    if asked is not None:
        return Spent(f"{what}: {_wait_for(asked.seconds)} Сделанное не пропало; повторите после этого.")
    if any(isinstance(each, NotGoogle) for each in wrapped):
        return Unanswered(f"{what}: {STRANGER}")
    fault = network_faults.named(error)
    if fault is None:
        return Unanswered(f"{what}: {SILENT}")
    kind = Misconfigured if fault.lasting else TryLater if network_faults.unsent(error) else Unanswered
    return kind(f"{what}: {fault.sentence}")


def _wait_for(seconds: float) -> str:
    return f"Google просит подождать {words.count(max(round(seconds / 60), 1), 'минута')}."


def _told(status: int, answer: str, what: str) -> Exception:
    """Choose the exception by status and reason; the office answers in Russian, then its own words are kept."""
    said, reason = _parts(answer)
    own = said.strip() if RUSSIAN.search(said) else ""
    if status == CONFLICT:
        return Conflict()
    if status == NOT_BUILT:
        return Unsupported(own or f"{what}: хранилище этого не умеет.")
    if status in BY_STATUS and reason not in REASONS:
        kind, told = BY_STATUS[status]
        return kind(own if own and status in {FORBIDDEN, STALE} else f"{what}: {told}")
    if status == LIMITED:
        reason = reason or "rateLimitExceeded"
    if reason in REASONS:
        kind, told = REASONS[reason]
        return kind(own or f"{what}: {told}")
    if status == SLOW or status >= BROKEN:
        # The office says in words that it did nothing; of a store that only broke nobody knows.
        return TryLater(own) if own else Unanswered(f"{what}: {BUSY.format(status=status)}")
    return Unmet(own or f"{what}: запрос не принят (код {status}).")


def _parts(answer: str) -> tuple[str, str]:
    """Return the sentence and the reason of an error answer of either service; an answer of somebody else has neither."""
    try:
        error = json.loads(answer)["error"]
        reasons = [each.get("reason", "") for each in error.get("errors", ()) or error.get("details", ())]
        return str(error.get("message", "")), next((reason for reason in reasons if reason in REASONS), "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", ""

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

from flows.domain.errors import Forbidden, Misconfigured, Refused, TryLater
from flows.russian import words
from flows.workspace import network_faults, sign_ins
from flows.workspace.session import AskedToWait, NotGoogle
from flows.workspace.sharing_refusals import NOT_SHARED, TOO_MANY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.workspace.sign_ins import SignIn

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


NO_ROOM = "storageQuotaExceeded"
REASONS: Mapping[str, tuple[type[Exception], str]] = {
    **NOT_SHARED,
    "sharingRateLimitExceeded": (Spent, TOO_MANY),
    NO_ROOM: (
        Full,
        "нет места. Освободите место и повторите.",
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
    "contentRestricted": (
        Refused,
        "файл закрыли от правки. Попросите того, кто закрыл его, снять блокировку в Google Диске (меню файла → «Информация о файле» → «Разблокировать») и повторите.",
    ),
    "cannotDownloadAbusiveFile": (
        Refused,
        "Google считает файл опасным и не отдаёт его. Проверьте файл и положите в папку заново.",
    ),
}
# Drive and Sheets say in four ways that a token was given for less than what was asked with it.
NARROW = frozenset(
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions", "insufficientScopes", "appNotAuthorizedToFile"}
)  # fmt: skip
NOT_BUILT = 501
PROTECTED = "protected cell or object"
GUARDED = (
    "в ней защитили лист или ячейки, куда пишет программа. Попросите того, кто их защитил, или владельца книги: "
    "«Данные» → «Защитить листы и диапазоны» → добавить учётную запись программы в редакторы или снять защиту."
)
BY_STATUS: Mapping[int, tuple[type[Exception], str]] = {
    MISSING: (Missing, "не найдено. Верните из корзины или попросите владельца открыть доступ."),
    UNAUTHORISED: (Misconfigured, "вход не выполнен. Войдите снова или проверьте ключ и повторите."),
    FORBIDDEN: (
        Forbidden,
        "нет прав. Попросите владельца открыть доступ: к книге — «Редактор», к папке — «Контент-менеджер».",
    ),
    STALE: (Changed, "его только что сохранил кто-то другой. Он не тронут; повторите запуск."),
}

IN_ITS_WORDS = frozenset({UNAUTHORISED, FORBIDDEN, STALE})


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn the clients' exceptions into ours; `what` names the thing in Russian, without personal data."""
    try:
        yield
    except gspread.exceptions.APIError as error:
        # gspread's own code is -1 when the answer is not Google's, say a page of a proxy.
        by = sign_ins.marked(error.response.headers)
        raise _told(error.response.status_code, error.response.text, what, by) from None
    except HttpError as error:
        by = sign_ins.marked(error.resp)
        raise _told(error.status_code, error.content.decode("utf-8", "replace"), what, by) from None
    except TransportError as error:
        raise _untold(error, what) from None
    except GoogleAuthError as error:
        if getattr(error, "retryable", False):
            raise TryLater(f"{what}: {SILENT}") from None
        raise Misconfigured(
            f"{what}: Google не принял вход. Войдите снова (nastavnik login) или проверьте файл ключа "
            "(переменная GOOGLE_APPLICATION_CREDENTIALS): ключ мог быть отозван или удалён."
        ) from None
    except requests.RequestException as error:
        raise _untold(error, what) from None
    except (ValueError, LookupError, TypeError, AttributeError):
        # What came is no answer of Google's: both clients stumble over it, each in its own way.
        raise Unanswered(f"{what}: {STRANGER}") from None
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


def _told(status: int, answer: str, what: str, by: SignIn | None) -> Exception:
    """Choose the exception by status, reason and sign-in; the office answers in Russian, then its own words are kept."""
    said, reason = _parts(answer)
    own = said.strip() if RUSSIAN.search(said) else ""
    if status == CONFLICT:
        return Conflict()
    if status == NOT_BUILT:
        return Unsupported(own or f"{what}: хранилище этого не умеет.")
    if status == LIMITED:
        reason = reason or "rateLimitExceeded"
    known = REASONS.get(reason) or BY_STATUS.get(status)
    if known:
        kind, told = known
        kept = own if status in IN_ITS_WORDS or reason in REASONS else ""
        return kind(kept or f"{what}: {_cure(status, reason, by) or told}")
    if status == SLOW or status >= BROKEN:
        # The office says in words that it did nothing; of a store that only broke nobody knows.
        return TryLater(own) if own else Unanswered(f"{what}: {BUSY.format(status=status)}")
    return _unmet(status, said, own, what)


def _unmet(status: int, said: str, own: str, what: str) -> Exception:
    """Tell cells that a person protected from a batch that does not fit the book any more."""
    if PROTECTED in said:
        return Misconfigured(f"{what}: {GUARDED}")
    return Unmet(own or f"{what}: запрос не принят (код {status}).")


def _cure(status: int, reason: str, by: SignIn | None) -> str:
    """Return what this sign-in needs where the cure depends on it; empty where it does not."""
    if by is None:
        return ""
    if reason in REASONS:
        return by.full if reason == NO_ROOM else ""
    if status == FORBIDDEN and reason in NARROW:
        return by.narrow
    return {MISSING: by.unseen, UNAUTHORISED: by.rejected, FORBIDDEN: by.refused}.get(status, "")


def _parts(answer: str) -> tuple[str, str]:
    """Return the sentence and the reason of an error answer of either service; an answer of somebody else has neither."""
    try:
        error = json.loads(answer)["error"]
        named = [*(error.get("errors") or ()), *(error.get("details") or ())]
        reasons = [each.get("reason", "") for each in named]
        known = (reason for reason in reasons if reason in REASONS or reason in NARROW)
        return str(error.get("message", "")), next(known, "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "", ""

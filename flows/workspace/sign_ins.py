"""By whose right the program acts in Google: what each sign-in sees, what it does not see, and the cure.

Every answer of Google carries the id of the sign-in that asked for it (`MARK`), so that whoever says what went wrong
knows whom to send where without being told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests

MARK = "X-Sign-In"
_BASE = "https://www.googleapis.com/auth/"
OWN_FILES_SCOPE, DRIVE_SCOPE = f"{_BASE}drive.file", f"{_BASE}drive"
_DELEGATION = "admin.google.com/ac/owl/domainwidedelegation (Делегирование на уровне домена)"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to be known to Google; every sentence is Russian, begins small and names no person.

    `owns` tells whether files it makes outside a shared drive have an owner with room for them. The rest are ends of
    sentences: after what is missing (`unseen`), forbidden (`refused`), asked with too small a right (`narrow`), not
    let in any more (`rejected`), without room (`full`), by a client that may not (`barred`).
    """

    id: str
    title: str
    scopes: tuple[str, ...]
    owns: bool
    sees: str
    blind: str
    unseen: str
    refused: str
    narrow: str
    rejected: str
    full: str
    barred: str


PUBLISH = "console.cloud.google.com/auth/audience → «Опубликовать приложение» (Publish app)"
_AGAIN = "Войдите снова: nastavnik login."
_ENDED = (
    "вход в Google больше не действует: его отозвали, сменили пароль или прошли 7 дней, которые Google даёт "
    f"приложению в состоянии «Тестирование». {_AGAIN} Чтобы вход не кончался каждую неделю, опубликуйте приложение: {PUBLISH}."
)
_OWN_FULL = "на Диске вашей учётной записи нет места. Освободите место и повторите."
_OWN_BARRED = (
    "Google не даёт этому приложению входить таким способом. Создайте OAuth-клиент вида «Классическое приложение» "
    "(Desktop app) и войдите: nastavnik login --client ФАЙЛ."
)
_KEY_REVOKED = (
    "ключ отозван, или его учётная запись удалена. Создайте новый ключ JSON в консоли Google Cloud и укажите его путь "
    "в переменной GOOGLE_APPLICATION_CREDENTIALS."
)
_KEY_NARROW = (
    "у ключа нет права на Диск. Проверьте, что это ключ служебной учётной записи (JSON), и повторите."
)

OWN_FILES = SignIn(
    "own-files", "своя учётная запись, только файлы программы", (OWN_FILES_SCOPE,), True,
    "папки, книги и документы, которые программа сделала сама",
    "файлов, положенных на Диск людьми, и того, что сделано другим приложением; для них: nastavnik login --whole-drive",
    "не найдено. Файл программы верните из корзины; файлов, положенных людьми, этот вход не видит: для них войдите с "
    "правом на весь Диск: nastavnik login --whole-drive.",
    "нет прав. Этот вход правит только то, что программа сделала сама. Для остального войдите с правом на весь Диск: "
    "nastavnik login --whole-drive.",
    "у входа нет такого права на Диск. Войдите снова и оставьте все галочки на странице согласия: nastavnik login; "
    "если нужны файлы, положенные людьми: nastavnik login --whole-drive.",
    _ENDED, _OWN_FULL, _OWN_BARRED,
)  # fmt: skip
OWN_DRIVE = SignIn(
    "own-drive", "своя учётная запись, весь Диск", (DRIVE_SCOPE,), True,
    "всё, что видите на Диске вы, и то, чем с вами поделились",
    "того, чем с вами не поделились",
    "не найдено. Верните из корзины или попросите владельца открыть доступ вашей учётной записи; если вошли не той "
    "записью, войдите нужной: nastavnik login --whole-drive.",
    "нет прав. Попросите владельца открыть доступ вашей учётной записи: к книге — «Редактор», к папке общего диска — "
    "«Контент-менеджер».",
    "у входа нет права на весь Диск. Войдите снова и оставьте все галочки на странице согласия: "
    "nastavnik login --whole-drive.",
    _ENDED, _OWN_FULL, _OWN_BARRED,
)  # fmt: skip
SERVICE = SignIn(
    "service", "служебная учётная запись", (DRIVE_SCOPE,), False,
    "общие диски, папки и книги, к которым ей открыли доступ (адрес в поле client_email ключа)",
    "всего остального; своего места на Диске у неё нет, файлы она кладёт только на общий диск",
    "не найдено. Верните из корзины или откройте доступ учётной записи из файла ключа (адрес в поле client_email).",
    "нет прав. Откройте доступ учётной записи из файла ключа (адрес в поле client_email): к книге — «Редактор», "
    "к папке — «Контент-менеджер».",
    _KEY_NARROW,
    _KEY_REVOKED,
    "нет места, или служебная учётная запись не может владеть файлами на «Моём диске». Положите папку организации на "
    "общий диск и дайте учётной записи роль «Контент-менеджер».",
    "Google не выдаёт этому ключу права на Диск. Включите в его проекте Google Drive API и Google Sheets API и повторите.",
)  # fmt: skip
DELEGATED = SignIn(
    "delegated", "служебная учётная запись от имени пользователя организации", (DRIVE_SCOPE,), True,
    "всё, что видит на Диске пользователь из строки subject файла nastavnik.toml",
    "того, чем с этим пользователем не поделились",
    "не найдено. Верните из корзины или откройте доступ пользователю из строки subject файла nastavnik.toml.",
    "нет прав. Откройте доступ пользователю из строки subject файла nastavnik.toml: к книге — «Редактор», к папке "
    "общего диска — «Контент-менеджер».",
    _KEY_NARROW,
    _KEY_REVOKED,
    "на Диске пользователя из строки subject нет места. Освободите место или положите папку организации на общий диск.",
    "администратор Google Workspace не разрешил ключу действовать от имени пользователей с этим правом. Пусть он "
    f"откроет {_DELEGATION}, добавит Client ID ключа (число из поля client_id) и право {DRIVE_SCOPE}. "
    "Google исполняет это за несколько минут, иногда за сутки.",
)  # fmt: skip
KNOWN: Mapping[str, SignIn] = {each.id: each for each in (OWN_FILES, OWN_DRIVE, SERVICE, DELEGATED)}


def own(scopes: tuple[str, ...]) -> SignIn | None:
    """Return the sign-in of a person's account with these scopes; None when none of them opens Drive."""
    if DRIVE_SCOPE in scopes:
        return OWN_DRIVE
    return OWN_FILES if OWN_FILES_SCOPE in scopes else None


def marking(sign_in: SignIn | None) -> Callable[..., None]:
    """Return a hook of a session that marks every answer with the sign-in that asked for it."""

    def mark(answer: requests.Response, *_: object, **__: object) -> None:
        answer.headers.pop(MARK, None)
        if sign_in is not None:
            answer.headers[MARK] = sign_in.id

    return mark


def marked(headers: Mapping[str, str]) -> SignIn | None:
    """Return the sign-in that an answer is marked with; the local office's answers have none."""
    return KNOWN.get(headers.get(MARK) or headers.get(MARK.lower(), ""))

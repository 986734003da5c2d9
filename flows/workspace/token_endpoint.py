"""The token endpoint of Google: whatever answers there becomes a token or one of our sentences, never anything else.

What is wrong is told by the code of the answer; its own words, which may hold an address, are only looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from flows.domain.errors import Misconfigured, TryLater
from flows.workspace.session import REPEATABLE, TIMEOUT, NotGoogle, Paced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.workspace.clock import Clock
    from flows.workspace.sign_ins import SignIn
    from flows.workspace.voice import Voice

FINE, PROXY, SLOW, LIMITED, BROKEN = 200, 407, 408, 429, 500
REPEATS = 3
LONGEST = 10**8
WHAT = "Вход в Google"
CODE = re.compile(r"[a-z_]{1,40}")
BUSY = frozenset({"internal_failure", "server_error", "temporarily_unavailable", "rate_limit_exceeded", "slow_down"})  # fmt: skip
CLOCK = re.compile(
    r"(?i)short-lived token|reasonable timeframe|\biat\b|issued in the future|used too (early|late)"
)
NOBODY = re.compile(r"(?i)invalid email or user id|not a valid email|impersonation")
REAUTH = "invalid_rapt"
CLIENT_GONE = (
    "приложение (OAuth-клиент), через которое выполнен вход, удалено или отключено. Создайте новое на странице "
    "console.cloud.google.com/auth/clients и войдите: nastavnik login --client ФАЙЛ."
)
POLICY = (
    "администратор вашей организации закрыл этому приложению доступ к Диску. Попросите его открыть "
    "admin.google.com/ac/owl/list и сделать приложение доверенным (нужен его Client ID)."
)
INTERNAL = (
    "приложение открыто только сотрудникам организации, в которой создано. Войдите учётной записью этой организации "
    "или сделайте приложение внешним: console.cloud.google.com/auth/audience → «Внешнее» (External)."
)
SCOPE = (
    "Google не знает такого права или не даёт его этому приложению. Включите в его проекте Google Drive API и "
    "Google Sheets API, проверьте права приложения на странице console.cloud.google.com/auth/scopes и повторите."
)
SUBJECT = "в организации нет пользователя, названного в строке subject файла nastavnik.toml. Исправьте адрес и повторите."
RULES = (
    "администратор вашей организации требует время от времени входить заново. Войдите: nastavnik login. Для работы без "
    "человека подходит служебная учётная запись."
)
CODES: Mapping[str, str] = {
    "invalid_client": CLIENT_GONE,
    "deleted_client": CLIENT_GONE,
    "disabled_client": CLIENT_GONE,
    "admin_policy_enforced": POLICY,
    "org_internal": INTERNAL,
    "invalid_scope": SCOPE,
}
AT_PROXY = (
    f"{WHAT}: прокси просит имя и пароль. Впишите их в переменную HTTPS_PROXY "
    "(http://имя:пароль@адрес:порт) или попросите об этом администратора сети."
)
AT_BUSY = f"{WHAT}: сервер входа занят. Повторите через несколько минут: сделанное не пропало."
UNKNOWN = "ключ или вход не подходит. Войдите снова (nastavnik login) или создайте новый ключ."


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as google-auth reads it."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class TokenRequest:
    """A `google.auth.transport.Request` over a session of its own: paced and repeated as all others, never redirected.

    Raises `Misconfigured` where only a person can help, `TryLater` where time does, and what `requests` raises when
    nothing of Google answered.
    """

    def __init__(
        self,
        sign_in: SignIn | None = None,
        clock: Clock | None = None,
        inner: BaseAdapter | None = None,
        voice: Voice | None = None,
    ) -> None:
        self._sign_in = sign_in
        self._session = requests.Session()
        paced = Paced(inner or HTTPAdapter(), clock=clock, retries=REPEATS, voice=voice)
        for start in ("https://", "http://"):
            self._session.mount(start, paced)

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: Any,
    ) -> Answer:
        """Ask for a token; asking again changes nothing."""
        response = self._session.request(
            method, url, data=body, headers={**(headers or {}), REPEATABLE: "1"},
            timeout=timeout or TIMEOUT, allow_redirects=False,
        )  # fmt: skip
        granted(response, self._sign_in)
        return Answer(response.status_code, response.headers, response.content)

    def close(self) -> None:
        """Close what lies below."""
        self._session.close()


def granted(response: requests.Response, sign_in: SignIn | None) -> dict[str, Any]:
    """Return what an answer grants when it is Google's and holds a token; raise the sentence of what is wrong otherwise."""
    said = said_by(response)
    if response.status_code == FINE and isinstance(said.get("access_token"), str) and _lasts(said):
        return said
    if response.status_code == PROXY:
        raise Misconfigured(AT_PROXY)
    code = said.get("error")
    if not isinstance(code, str):
        code = ""
    if response.status_code in {SLOW, LIMITED} or response.status_code >= BROKEN or code in BUSY:
        raise TryLater(AT_BUSY)
    if not code:
        raise NotGoogle("no token and no error of Google's", request=response.request)
    raise refusal(
        code, f"{said.get('error_description', '')} {said.get('error_subtype', '')}", sign_in, response
    )


def refusal(
    code: str, words: str, sign_in: SignIn | None, response: requests.Response | None = None
) -> Misconfigured:
    """Say what a code of Google's means for this sign-in and what to do about it."""
    meaning = _meaning(code, words, sign_in, response)
    named = meaning.casefold().startswith(WHAT.casefold())
    return Misconfigured(f"{meaning[0].upper()}{meaning[1:]}" if named else f"{WHAT}: {meaning}")


def _meaning(code: str, words: str, sign_in: SignIn | None, response: requests.Response | None) -> str:
    if code == "invalid_grant" and CLOCK.search(words):
        return _clock(response)
    if code == "invalid_grant" and REAUTH in words:
        return RULES
    if code == "invalid_grant" and NOBODY.search(words):
        return SUBJECT
    if code == "invalid_grant":
        return sign_in.rejected if sign_in else UNKNOWN
    if code in {"unauthorized_client", "access_denied"}:
        return sign_in.barred if sign_in else UNKNOWN
    plain = code if CODE.fullmatch(code) else "неизвестная"
    return CODES.get(code, f"Google не принял его (ошибка {plain}). {UNKNOWN[0].upper()}{UNKNOWN[1:]}")


def _clock(response: requests.Response | None) -> str:
    """Say how far this computer's clock is from Google's, as the answer tells the time."""
    apart = ""
    try:
        theirs = parsedate_to_datetime(response.headers.get("Date", "") if response is not None else "")
        ahead = datetime.now(UTC) - theirs
    except (ValueError, TypeError):
        pass
    else:
        apart = f" {'спешат' if ahead > timedelta(0) else 'отстают'} на {_span(abs(ahead))}"
    return (
        f"часы этого компьютера{apart or ' идут неверно'}. Поставьте верные дату, время и часовой пояс (лучше "
        "автоматически, по сети) и повторите. Ключ исправен."
    )


def _span(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} сут. {hours} ч"
    return f"{hours} ч {minutes % 60} мин" if hours else f"{minutes} мин"


def said_by(response: requests.Response) -> dict[str, Any]:
    """Read an answer as an object of JSON; what is none says nothing."""
    try:
        said = response.json()
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _lasts(said: Mapping[str, Any]) -> bool:
    """Tell that an answer says how long its token lives, in a way that can be read."""
    lasts = str(said.get("expires_in", 0))
    return lasts.isascii() and lasts.isdecimal() and int(lasts) < LONGEST

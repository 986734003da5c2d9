"""Signing in to Google: which file is what, by whose right a home works there, and where a living token is kept."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from google.auth import credentials
from google.oauth2 import credentials as own_credentials
from google.oauth2 import service_account

from flows.domain.errors import Misconfigured
from flows.workspace import kept_files, sign_ins
from flows.workspace.key_files import NOT_A_KEY, FileKind, recognised
from flows.workspace.token_endpoint import TokenRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.workspace.clock import Clock
    from flows.workspace.sign_ins import SignIn
    from flows.workspace.voice import Voice

KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS"
SIDE, ACCOUNT, CLIENT, ACCESS = ".nastavnik", "google-account.json", "google-client.json", "google-access.json"  # fmt: skip
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
NO_SIGN_IN = (
    "Не сказано, чьей учётной записью входить в Google. Есть три пути, годится любой:\n"
    "  1. Своя учётная запись, обычная и бесплатная: nastavnik login --client ФАЙЛ\n"
    f"  2. Служебная учётная запись и общий диск организации: укажите путь к её ключу в переменной {KEY_FILE}\n"
    f'  3. Она же от имени пользователя организации: {KEY_FILE} и строка subject = "адрес" в файле nastavnik.toml\n'
    "Как получить файл или ключ, что каждый путь видит и сколько стоит: config/guide/google.md."
)  # fmt: skip


class _Telling(credentials.Credentials):
    """Credentials that know whose right they are; `after` is told of every new token, for the processes that come later."""

    sign_in: SignIn | None = None
    after: Callable[[Any], None] | None = None

    def refresh(self, request: Any) -> None:
        """Get a new token and let it be kept."""
        super().refresh(request)  # type: ignore[no-untyped-call,safe-super]
        if self.after is not None:
            self.after(self)

    def asking(self, clock: Clock | None = None, voice: Voice | None = None) -> TokenRequest:
        """Return what asks for tokens of these credentials: every answer that is no token is one of our sentences."""
        return TokenRequest(self.sign_in, clock, voice=voice)


class OwnAccount(_Telling, own_credentials.Credentials):
    """A person's account."""


class KeyAccount(_Telling, service_account.Credentials):
    """A service account, by itself or for a user of its organisation."""


def load(home: Path, key: str = "", subject: str = "") -> OwnAccount | KeyAccount:
    """Return by whose right a home works in Google: its own account (`nastavnik login`), else the `key` file of the environment.

    A key acts for `subject`, a user of its organisation, when there is one. `Misconfigured` says what is missing.
    """
    account = own_account(home)
    if account is not None:
        return account
    if not key:
        raise Misconfigured(NO_SIGN_IN)
    try:
        with Path(key).open("rb") as file:
            given = recognised(file.read(kept_files.MOST_BYTES))
    except (OSError, ValueError):
        raise Misconfigured(
            f"Файл ключа Google не открывается. Проверьте путь в переменной {KEY_FILE} и права на файл."
        ) from None
    if given.kind is FileKind.SERVICE_KEY:
        return _of_key(home, given.content, subject)
    if given.kind is FileKind.OWN_ACCOUNT:
        return _of_other(given.content)
    raise Misconfigured(f"Переменная {KEY_FILE}: {NOT_A_KEY[given.kind]}")


def sign_in_of(given: Any) -> SignIn | None:
    """Return the sign-in that credentials stand for; None when they are not of this module."""
    known: SignIn | None = getattr(given, "sign_in", None)
    return known


def path_of(home: Path, name: str) -> Path:
    """Return where a home keeps a file of its sign-in."""
    return home / SIDE / name


# --- a person's account ----------------------------------------------------------------------------------------


def own_account(home: Path) -> OwnAccount | None:
    """Return the account that a home was signed in with; None when it was not. `Misconfigured` when the file is spoilt."""
    told = account_told(home)
    if told is None:
        return None
    account = _account(told)
    if account is None:
        raise Misconfigured(_spoilt())
    account.after = lambda fresh: _renew(home, fresh)
    return account


def account_told(home: Path) -> dict[str, Any] | None:
    """Return what the sign-in of a home remembers; None when there is none. `Misconfigured` when it cannot be read."""
    try:
        return kept_files.kept(path_of(home, ACCOUNT))
    except (OSError, ValueError):
        raise Misconfigured(_spoilt()) from None


def keep_account(home: Path, account: OwnAccount, told: Mapping[str, Any]) -> None:
    """Remember an account that signed in, and what is `told` of it beside: `account`, `until`."""
    kept_files.keep(path_of(home, ACCOUNT), {**told, **_shown(account)})


def _spoilt() -> str:
    return f"Файл входа {SIDE}/{ACCOUNT} не читается или повреждён. Войдите снова: nastavnik login."


def _shown(account: OwnAccount) -> dict[str, Any]:
    return {
        "type": "authorized_user",
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "token_uri": account.token_uri,
        "refresh_token": account.refresh_token,
        "scopes": list(account.scopes or ()),
        **_token(account),
    }


def _token(account: Any) -> dict[str, Any]:
    return {"token": account.token, "expiry": account.expiry.isoformat() if account.expiry else ""}


def _account(told: Mapping[str, Any]) -> OwnAccount | None:
    """Make an account out of what is remembered of it; None when something is missing or of another shape."""
    needed = [told.get(name) for name in ("refresh_token", "client_id", "client_secret")]
    scopes = _scopes(told.get("scopes"))
    sign_in = sign_ins.own(scopes)
    if not all(isinstance(each, str) and each for each in needed) or sign_in is None:
        return None
    token, expiry = _living(told)
    refresh, client, secret = needed
    account = OwnAccount(  # type: ignore[no-untyped-call]
        token, refresh_token=refresh, token_uri=str(told.get("token_uri") or TOKEN_URI), client_id=client,
        client_secret=secret, scopes=list(scopes), expiry=expiry,
    )  # fmt: skip
    account.sign_in = sign_in
    return account


def _scopes(told: Any) -> tuple[str, ...]:
    if isinstance(told, str):
        return tuple(told.split())
    return tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()


def _living(told: Mapping[str, Any]) -> tuple[str | None, datetime | None]:
    """Return a remembered token with the moment it ends (UTC, as google-auth has it: without a zone)."""
    token, expiry = told.get("token"), told.get("expiry")
    try:
        ends = datetime.fromisoformat(str(expiry))
    except ValueError:
        return None, None
    if ends.tzinfo is not None:
        ends = ends.astimezone(UTC).replace(tzinfo=None)
    return (token, ends) if isinstance(token, str) and token else (None, None)


def _renew(home: Path, account: OwnAccount) -> None:
    """Keep a new token where its sign-in still stands; one that was signed out or replaced meanwhile stays so."""
    try:
        told = account_told(home)
    except Misconfigured:
        return
    if told is not None and told.get("client_id") == account.client_id:
        path = path_of(home, ACCOUNT)
        if told.get("refresh_token") == account.refresh_token:
            _kept_if_possible(path, {**told, **_token(account)})


def _of_other(content: Mapping[str, Any]) -> OwnAccount:
    """Make an account out of a sign-in that another program made, if it says that it opens Drive."""
    account = _account(content)
    if account is None:
        raise Misconfigured(
            f"Переменная {KEY_FILE}: это вход, сделанный другой программой, и в нём не сказано права на Диск. "
            "Войдите: nastavnik login --client ФАЙЛ — и уберите переменную."
        )
    return account


# --- a service account -----------------------------------------------------------------------------------------


def _of_key(home: Path, content: Mapping[str, Any], subject: str) -> KeyAccount:
    sign_in = sign_ins.DELEGATED if subject else sign_ins.SERVICE
    try:
        account: KeyAccount = KeyAccount.from_service_account_info(  # type: ignore[no-untyped-call]
            dict(content), scopes=list(sign_in.scopes), subject=subject or None
        )
    except (ValueError, TypeError, AttributeError, KeyError):
        raise Misconfigured(
            f"Переменная {KEY_FILE}: в файле ключа не хватает полей, или он повреждён. Скачайте ключ заново в формате JSON."
        ) from None
    account.sign_in = sign_in
    about = hashlib.sha256(
        json.dumps(
            [content["client_email"], content["private_key"], content["token_uri"], sign_in.id, subject]
        ).encode()
    ).hexdigest()
    path = path_of(home, ACCESS)
    if home.is_dir():  # a file read by its link asks for no home, and makes none
        account.after = lambda fresh: _kept_if_possible(path, {"of": about, **_token(fresh)})
    try:
        told = kept_files.kept(path) or {}
    except (OSError, ValueError):
        told = {}
    if told.get("of") == about:
        account.token, account.expiry = _living(told)
    return account


def _kept_if_possible(path: Path, content: Mapping[str, Any]) -> None:
    """Keep a token for later; a disk that refuses only costs a token more."""
    try:
        kept_files.keep(path, content)
    except Misconfigured:
        return

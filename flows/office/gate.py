"""Who may come in over the wire: this computer's own programs that know the secret, and no page of a browser.

A page from elsewhere can send requests here, and with a name of its own that leads to this computer read the answers
too: it is known by its `Host`, its `Origin` or by what the browser says of it. Another account of this computer is
kept out by the secret.
"""

from __future__ import annotations

import hmac
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.office.errors import Refusal

if TYPE_CHECKING:
    from email.message import Message

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:]*\]|[^:/\s@]+)(?::(\d{1,5}))?")
_SECRET = re.compile(r"[\x21-\x7e]+")
_HTTP_PORT = 80
_OWN_SITES = frozenset({"", "none", "same-origin"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def new_secret() -> str:
    """Make a secret nobody can guess."""
    return secrets.token_urlsafe(32)


def usable(secret: str) -> bool:
    """Whether a secret can stand in a header: letters, digits and signs without spaces."""
    return _SECRET.fullmatch(secret) is not None


def check(headers: Message, port: int, secret: str) -> None:
    """Let a request pass or refuse it: 400 or 403 for a foreign address, 401 without the secret (empty asks for none)."""
    hosts = headers.get_all("Host") or []
    if len(hosts) != 1:
        raise Refusal(400, "Exactly one Host header is required.", "badRequest")
    if not _ours(hosts[0].strip(), port):
        raise Refusal(
            403,
            f"Локальный офис отвечает только на адреса http://127.0.0.1:{port}/ и http://localhost:{port}/.",
        )
    foreign = [each for each in headers.get_all("Origin") or [] if not _own_origin(each.strip(), port)]
    if foreign or any(
        each.strip().lower() not in _OWN_SITES for each in headers.get_all("Sec-Fetch-Site") or []
    ):
        raise Refusal(403, "Запрос послала страница другого сайта: локальный офис таким не отвечает.")
    if secret and not _known(headers.get_all("Authorization") or [], secret):
        raise Refusal(
            401,
            "Нужен секрет локального офиса: строка «Authorization: Bearer …», которую он печатает при запуске.",
        )


def check_type(method: str, path: str, headers: Message, body: bytes) -> None:
    """Refuse with 415 a body that is read as JSON and does not say that it is."""
    if method not in _WITH_BODY or not body or re.match(r"(/resumable)?/upload/", path):
        return
    if headers.get_content_type() != "application/json" or not headers.get("Content-Type"):
        raise Refusal(415, "The request body must be sent as application/json.", "unsupportedMediaType")


def _ours(host: str, port: int) -> bool:
    match = _HOST.fullmatch(host.lower())
    return match is not None and match[1] in _NAMES and int(match[2] or _HTTP_PORT) == port


def _own_origin(origin: str, port: int) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == "http" and origin == f"http://{parts.netloc}" and _ours(parts.netloc, port)


def _known(given: list[str], secret: str) -> bool:
    kind, _, told = (given[0] if len(given) == 1 else "").partition(" ")
    same = hmac.compare_digest(told.strip().encode("utf-8", "replace"), secret.encode())
    return same and kind.lower() == "bearer"

"""What stands between this computer and the store, told by the error it leaves, whichever client wraps it (google.md G6).

Each fault has a sentence with its cure; some cannot change by being tried again. Where no connection came about nothing
had left this computer, and then anything may be sent again.
"""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests
import urllib3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TUNNEL = "Tunnel connection failed:"
MISSING_BUNDLE = "Could not find a suitable TLS CA certificate bundle"
NOT_YET, EXPIRED = 9, 10  # codes of X.509 verification
ROUTES = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, 10050, 10051, 10065}
REFUSALS = {errno.ECONNREFUSED, 10061}
UNCONNECTED = (
    ssl.SSLCertVerificationError,
    requests.ConnectTimeout,
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ProxyError,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the network: its sentence, and whether a person must mend something before another try can help."""

    sentence: str
    lasting: bool = False


STALE_CERTIFICATE = Fault(
    "по часам этого компьютера сертификат Google просрочен или ещё не действует. "
    "Поставьте верные дату, время и часовой пояс и повторите.",
    lasting=True,
)
FOREIGN_CERTIFICATE = Fault(
    "сертификат сервера подписан не тем, кому доверяет этот компьютер: так бывает, когда связь проверяет фильтр учреждения. "
    "Возьмите у того, кто ведёт сеть, корневой сертификат фильтра (файл .pem), укажите его путь в переменной "
    "REQUESTS_CA_BUNDLE и повторите.",
    lasting=True,
)
NO_BUNDLE = Fault(
    "файла сертификатов, на который указывает переменная REQUESTS_CA_BUNDLE, нет. Исправьте путь или уберите переменную.",
    lasting=True,
)
PROXY_ASKS = Fault(
    "прокси требует имя и пароль. Впишите их в переменную HTTPS_PROXY: http://имя:пароль@адрес:порт.",
    lasting=True,
)
PROXY_MISSPELT = Fault(
    "адрес прокси написан неверно. Исправьте переменную HTTPS_PROXY: http://адрес:порт.", lasting=True
)
PROXY_REFUSES = Fault(
    "прокси не пропускает к Google. Попросите того, кто ведёт сеть, открыть адреса *.googleapis.com, "
    "или уберите переменную HTTPS_PROXY, если прокси больше не нужен.",
    lasting=True,
)
NO_PROXY = Fault(
    "прокси не отвечает. Проверьте адрес и порт в переменной HTTPS_PROXY или уберите её, если прокси больше нет."
)
NO_NAME = Fault("адрес сервера не находится по имени (DNS). Проверьте, есть ли интернет, и повторите.")
NO_ROUTE = Fault("нет пути к серверу: компьютер не в сети. Подключите сеть и повторите.")
REFUSED = Fault(
    "сервер не принимает соединений. Попросите того, кто ведёт сеть, открыть адреса *.googleapis.com, порт 443."
)
NO_HANDSHAKE = Fault(
    "защищённое соединение не устанавливается: его обрывает фильтр или прокси. Попросите того, кто ведёт сеть, "
    "открыть адреса *.googleapis.com, порт 443."
)
NO_CONNECTION = Fault(
    "соединение не устанавливается: сервер молчит. Проверьте, есть ли интернет и открыты ли адреса *.googleapis.com, порт 443."
)


def named(error: BaseException) -> Fault | None:
    """Name the fault of the network that an error tells of; None where it tells of none."""
    wrapped = tuple(chain(error))
    certificate = next((each for each in wrapped if isinstance(each, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        return STALE_CERTIFICATE if certificate.verify_code in {NOT_YET, EXPIRED} else FOREIGN_CERTIFICATE
    if MISSING_BUNDLE in _said(wrapped):
        return NO_BUNDLE
    return _proxy(wrapped) or _connection(wrapped)


def unsent(error: BaseException) -> bool:
    """Tell that no connection came about: whatever was to be sent has not left this computer."""
    return _any(chain(error), *UNCONNECTED)


def _proxy(wrapped: Sequence[BaseException]) -> Fault | None:
    misspelt = _any(wrapped, requests.exceptions.InvalidURL)  # our own addresses are well spelt
    if misspelt or (_any(wrapped, requests.exceptions.InvalidSchema) and "SOCKS" in str(wrapped[0])):
        return PROXY_MISSPELT
    if not _any(wrapped, requests.exceptions.ProxyError, urllib3.exceptions.ProxyError):
        return None
    if f"{TUNNEL} 407" in _said(wrapped):
        return PROXY_ASKS
    return PROXY_REFUSES if f"{TUNNEL} 4" in _said(wrapped) else NO_PROXY


def _connection(wrapped: Sequence[BaseException]) -> Fault | None:
    codes = {each.errno for each in wrapped if isinstance(each, OSError)}
    if _any(wrapped, socket.gaierror, urllib3.exceptions.NameResolutionError):
        return NO_NAME
    if codes & ROUTES:
        return NO_ROUTE
    if codes & REFUSALS:
        return REFUSED
    if _any(wrapped, requests.exceptions.SSLError, ssl.SSLError):
        return NO_HANDSHAKE
    unmade = _any(wrapped, requests.ConnectTimeout, urllib3.exceptions.NewConnectionError)
    return NO_CONNECTION if unmade else None


def _any(wrapped: Iterable[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(each, kinds) for each in wrapped)


def _said(wrapped: Iterable[BaseException]) -> str:
    """Return what plain errors of the system say, and only they: the text of others repeats addresses."""
    return "; ".join(str(each) for each in wrapped if type(each) is OSError)


def chain(error: BaseException) -> Iterator[BaseException]:
    """Walk an error and all that it wraps: causes, contexts, the reason of a retry, errors among its arguments."""
    waiting, seen = [error], set[int]()
    while waiting:
        now = waiting.pop(0)
        if id(now) in seen:
            continue
        seen.add(id(now))
        yield now
        inner = (now.__cause__, now.__context__, getattr(now, "reason", None), *now.args)
        waiting += [each for each in inner if isinstance(each, BaseException)]

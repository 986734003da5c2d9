"""Google's names on loopback: the certificate of an authority of our own, and processes that are led to the front."""

from __future__ import annotations

import os
import socket
import ssl
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

import trustme

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = ("sheets.googleapis.com", "www.googleapis.com", "oauth2.googleapis.com", "accounts.google.com")
HTTPS = 443
PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy", "no_proxy"})
SITE = '''"""Leads Google's names to a front on loopback, in a process of a test."""
import socket

NAMES, PORT = {names!r}, {port}
real = socket.getaddrinfo


def mapped(host, port, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host
    return real("127.0.0.1", PORT, *rest, **more) if name in NAMES else real(host, port, *rest, **more)


socket.getaddrinfo = mapped
'''


@cache
def authority() -> trustme.CA:
    """Return the authority of this process: making keys is slow."""
    return trustme.CA(organization_name="Nastavnik tests")


@cache
def context() -> ssl.SSLContext:
    """Return what the front shows to those who connect: one certificate for all its names."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(*HOSTS).configure_cert(made)
    return made


def laid(folder: Path, port: int) -> dict[str, str]:
    """Lay in a folder what leads a process to the front; return the environment that does it."""
    site, trusted = folder / "site", folder / "authority.pem"
    site.mkdir(parents=True, exist_ok=True)
    (site / "sitecustomize.py").write_text(SITE.format(names=HOSTS, port=port), "utf-8")
    authority().cert_pem.write_to_path(str(trusted))
    return {"PYTHONPATH": str(site), "REQUESTS_CA_BUNDLE": str(trusted), "SSL_CERT_FILE": str(trusted)}


def without_proxies() -> dict[str, str]:
    """Return the environment of this process without what would lead elsewhere."""
    return {name: told for name, told in os.environ.items() if name.lower() not in PROXIES}


@contextmanager
def mapped(port: int, trusted: str):
    """Lead this very process to the front, as a started one is."""
    real = socket.getaddrinfo

    def looked_up(host, at, *rest, **more):
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1", port, *rest, **more) if name in HOSTS else real(host, at, *rest, **more)

    around = without_proxies() | {"REQUESTS_CA_BUNDLE": trusted}
    with (
        patch.object(socket, "getaddrinfo", looked_up),
        patch.dict(os.environ, around, clear=True),
    ):
        yield

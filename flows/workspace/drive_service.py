"""The client of Drive v3 that ships with google-api-python-client, over a session of ours."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests


class Transport:
    """What google-api-python-client wants of httplib2, over our session: httplib2 itself re-sends a lost POST."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """Send one request as httplib2 would."""
        response = self._session.request(method, uri, data=body, headers=dict(headers or {}))
        return httplib2.Response({**response.headers, "status": str(response.status_code)}), response.content

    def close(self) -> None:
        """Leave the session to its owner."""


class Methods:
    """The methods of one resource of Drive v3, their requests sent over one session."""

    def __init__(self, name: str, transport: Transport) -> None:
        self._resource, self._transport = _resource(name), transport

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a method: what it makes is not sent before it is executed, and then over the session."""
        method = getattr(self._resource, name)

        def call(**asked: Any) -> Any:
            request = method(**asked)
            request.http = self._transport
            return request

        return call


class Service:
    """The client of Drive v3 over one session."""

    def __init__(self, session: requests.Session) -> None:
        self._transport = Transport(session)

    def __getattr__(self, name: str) -> Callable[[], Methods]:
        """Return what gives a resource: `files`, `about`, `permissions`."""
        return partial(Methods, name, self._transport)


@cache
def _resource(name: str) -> Any:
    """Return a resource as the description that ships with the client tells it, made once for all sessions: it takes 7 ms."""
    return getattr(_client(), name)()


@cache
def _client() -> Any:
    return build_from_document(json.loads(get_static_doc("drive", "v3")), http=httplib2.Http())

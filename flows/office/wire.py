"""Requests and answers as plain values, and the multipart body that Drive uploads use."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from flows.office.errors import Refusal
from flows.office.spelling import dumped

if TYPE_CHECKING:
    from collections.abc import Mapping

_HALF = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]|\x00")
_TAG = re.compile(r'(?:^|,)\s*"([^"]*)"\s*(?=,|$)')  # RFC 9110: a weak tag never matches here
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True)
class Request:
    """One HTTP request; `url` may be absolute or start with the path, header names in any case."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        """The percent-encoded path, without the query."""
        return urlsplit(self.url).path

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Every query parameter with its values, in order."""
        found: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(self.url).query, keep_blank_values=True):
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def upload(self) -> bool:
        """Whether the address is the one for media."""
        return self.path.startswith("/upload/")

    def header(self, name: str) -> str:
        """Value of a header, empty if it is not there."""
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), "")

    @property
    def matching(self) -> frozenset[str] | None:
        """Checksums one of which the file must have for the request to be carried out; None if it may have any."""
        told = self.header("if-match").strip()
        return None if told in {"", "*"} else frozenset(_TAG.findall(told))

    def one(self, name: str, otherwise: str = "") -> str:
        """First value of a query parameter."""
        return self.query.get(name, [otherwise])[0]

    def flag(self, name: str) -> bool:
        """Read a boolean query parameter; any letter case, as Google does."""
        return self.one(name).lower() == "true"


@dataclass(frozen=True)
class Response:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Upload:
    """The two halves of an upload: the file's resource and its bytes."""

    metadata: dict[str, Any]
    media: bytes | None = None
    mime: str = ""


def answer(value: Any, status: int = 200) -> Response:
    """Build a JSON answer."""
    return Response(status, {"Content-Type": JSON}, dumped(value))


def json_body(body: bytes, *, halves: bool = False) -> dict[str, Any]:
    """Read the JSON object of a body; nothing at all is an empty object; 400 for anything else.

    A number that is none, thousands of brackets and half of a pair of codes are legal JSON to the reader, not here;
    `halves` leaves the last to a caller who can say where it stands.
    """
    if not body:
        return {}
    try:
        value = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not halves and halved(body, value):
        raise unreadable()
    if not isinstance(value, dict):
        raise Refusal(400, "Invalid JSON payload received. Root element must be a message.")
    return value


def halved(body: bytes, value: Any) -> bool:
    """Whether any text of a body holds half of a pair of codes, which no answer and no file could carry."""
    if not _HALF.search(body):
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def unreadable() -> Refusal:
    """Google's answer to a body that is no JSON of its kind."""
    return Refusal(400, "Invalid JSON payload received. Parser terminated before end of string.")


def _no_number(_text: str) -> float:
    raise ValueError


def upload_of(request: Request) -> Upload:
    """Split the body of a create or an update, with or without media.

    Raises `Refusal` 501 for resumable uploads, 400 for a body that is not what its header says.
    """
    if not request.upload:
        return Upload(json_body(request.body))
    kind = request.one("uploadType")
    mime = request.header("content-type")
    if kind == "media":
        return Upload({}, request.body, mime)
    if kind != "multipart":
        raise Refusal(
            501, f"uploadType={kind or '?'} пока не поддерживается локальным офисом", "notImplemented"
        )
    return _multipart(mime, request.body)


def _multipart(content_type: str, body: bytes) -> Upload:
    try:
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head, headersonly=True)
        boundary = message.get_boundary() if message.get_content_type() == "multipart/related" else None
        pieces = _pieces(body, boundary) if boundary else []
    except (
        ValueError,
        LookupError,
        AttributeError,
    ):  # what the parsers of the standard library make of malformed text
        pieces = []
    if len(pieces) != 2:  # noqa: PLR2004 - metadata and media, as the protocol says
        raise Refusal(400, "Malformed multipart body.", "badContent")
    (kind, metadata), (mime, media) = pieces
    if kind != "application/json":
        raise Refusal(400, "The first part of a multipart body must be application/json.", "badContent")
    return Upload(json_body(metadata.strip()), media, mime)


def _pieces(body: bytes, boundary: str) -> list[tuple[str, bytes]]:
    """Cut by hand: the standard parser would rewrite line ends inside binary media."""
    # A client that ends lines with a bare \n does so throughout; taking both would eat a final \r of the media.
    first = first_mark(boundary).search(body)
    end = first.group(1) if first else b"\r\n"
    chunks = mark_of(boundary, end).split(body)
    return [_piece(chunk.removeprefix(end), end) for chunk in chunks[1:-1]]


def first_mark(boundary: str) -> re.Pattern[bytes]:
    """Make the pattern of the first boundary, which shows how a client ends its lines."""
    return re.compile(re.escape(b"--" + boundary.encode()) + rb"[ \t]*+(\r?\n)")


def mark_of(boundary: str, end: bytes) -> re.Pattern[bytes]:
    """Make the pattern that parts the pieces of a body."""
    mark = re.escape(b"--" + boundary.encode())
    return re.compile(rb"(?:\A|" + end + rb")" + mark + rb"(?:--)?+[ \t]*+(?=" + end + rb"|\Z)")


def _piece(chunk: bytes, end: bytes) -> tuple[str, bytes]:
    head, gap, media = chunk.partition(end + end)
    if not gap:
        raise Refusal(400, "Malformed multipart body.", "badContent")
    fields = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
    return fields.get_content_type(), _decoded(media, str(fields.get("content-transfer-encoding", "")))


def _decoded(media: bytes, encoding: str) -> bytes:
    if encoding.lower() != "base64":
        return media
    import base64  # noqa: PLC0415 - only some clients send it

    return base64.b64decode(media)

"""The body of a request as it comes over a connection: by its length or in chunks, never more than there may be."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from flows.office.errors import Refusal

if TYPE_CHECKING:
    from email.message import Message
    from io import BufferedIOBase

MOST_BODY = 256 * 1024 * 1024
LONGEST_WAIT, LONGEST_BODY = 30.0, 300.0  # seconds: between two pieces, for all of them
_LENGTH = re.compile(r"[0-9]{1,20}")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LONGEST_LINE, _MOST_TRAILERS = 4096, 64
_PIECE = 1 << 16
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def body_of(method: str, headers: Message, stream: BufferedIOBase) -> bytes:
    """Read the whole body.

    `Refusal` 411 if nothing tells how long it is, 413 if it is too long, 400 if it is not told or not sent as HTTP
    demands, 408 if it does not come. After any of them the connection cannot go on.
    """
    lengths = {each.strip() for each in headers.get_all("Content-Length") or []}
    codings = ",".join(headers.get_all("Transfer-Encoding") or []).strip().lower()
    until = time.monotonic() + LONGEST_BODY
    try:
        if codings:
            if codings != "chunked" or lengths:
                raise Refusal(
                    400,
                    "Only Transfer-Encoding: chunked is understood, and only without Content-Length.",
                    "badRequest",
                )
            return _chunks(stream, until)
        if not lengths:
            if method in _WITH_BODY:
                raise Refusal(411, "A Content-Length header is required.", "lengthRequired")
            return b""
        if len(lengths) > 1 or not _LENGTH.fullmatch(next(iter(lengths))):
            raise Refusal(400, "Invalid Content-Length header.", "badRequest")
        return _exactly(stream, _allowed(int(next(iter(lengths)))), until)
    except TimeoutError:
        raise Refusal(408, "The request body did not arrive in time.", "requestTimeout") from None


def _allowed(length: int) -> int:
    if length > MOST_BODY:
        raise Refusal(413, f"The request body is longer than {MOST_BODY} bytes.", "uploadTooLarge")
    return length


def _exactly(stream: BufferedIOBase, length: int, until: float) -> bytes:
    pieces: list[bytes] = []
    left = length
    while left:
        if time.monotonic() > until:
            raise TimeoutError
        piece = stream.read(min(left, _PIECE))
        if not piece:
            raise Refusal(400, "The request body ended before its told length.", "badRequest")
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _chunks(stream: BufferedIOBase, until: float) -> bytes:
    whole = bytearray()
    while True:
        match = _SIZE.fullmatch(stream.readline(_LONGEST_LINE))
        if match is None:
            raise _malformed()
        size = int(match[1], 16)
        _allowed(len(whole) + size)
        if size == 0:
            break
        whole += _exactly(stream, size, until)
        if stream.readline(3) not in {b"\r\n", b"\n"}:
            raise _malformed()
    for _ in range(_MOST_TRAILERS):
        if stream.readline(_LONGEST_LINE) in {b"\r\n", b"\n"}:
            return bytes(whole)
    raise _malformed()


def _malformed() -> Refusal:
    return Refusal(400, "Malformed chunked request body.", "badRequest")

"""Zip archives written byte for byte the same each time, from members that were compressed once."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s4B4H3L5H2L")
END = struct.Struct("<4s4H2LH")
VERSION = 20
UTF8_NAMES = 0x800
STORED, DEFLATED = 0, 8
WORTH_DEFLATING = 1000
MIDNIGHT, FIRST_OF_JANUARY_1980 = 0, 33


class Packed(NamedTuple):
    """A member ready for an archive: its bytes as stored, how they are stored, checksum of the content and its size in bytes."""

    stream: bytes
    method: int
    checksum: int
    size: int


def pack(content: bytes, level: int) -> Packed:
    """Deflate a member's content at the zlib `level` given; what is too small to gain is stored as it is."""
    if len(content) < WORTH_DEFLATING:
        return Packed(content, STORED, zlib.crc32(content), len(content))
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Packed(squeezer.compress(content) + squeezer.flush(), DEFLATED, zlib.crc32(content), len(content))


def archive(members: Iterable[tuple[str, Packed]]) -> bytes:
    """Return the bytes of a zip file; every member carries the same fixed time."""
    body: list[bytes] = []
    listing: list[bytes] = []
    offset = 0
    for name, packed in members:
        label = name.encode()
        facts = (
            packed.method,
            MIDNIGHT,
            FIRST_OF_JANUARY_1980,
            packed.checksum,
            len(packed.stream),
            packed.size,
            len(label),
            0,
        )
        header = LOCAL.pack(b"PK\x03\x04", VERSION, UTF8_NAMES, *facts)
        body += (header, label, packed.stream)
        listing += (
            CENTRAL.pack(b"PK\x01\x02", VERSION, 0, VERSION, 0, UTF8_NAMES, *facts, 0, 0, 0, 0, offset),
            label,
        )
        offset += len(header) + len(label) + len(packed.stream)
    directory = b"".join(listing)
    count = len(listing) // 2
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*body, directory, end))

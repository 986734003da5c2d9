"""The zip container of a workbook: read part by part, rewritten with every untouched part byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of what a school writes by hand nothing comes near; what is packed to unpack without end stops here.
MOST_BYTES, MOST_PART = 200_000_000, 60_000_000
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_EPOCH_DATE = 0x21  # 1 January 1980, so that the same parts give the same bytes
_UTF8 = 0x800


class BadPackage(Exception):  # noqa: N818 - a finding about somebody's file
    """The bytes are no readable zip package."""


class TooLarge(BadPackage):
    """The package unpacks to more than the office will hold."""


@dataclass(frozen=True)
class _Part:
    """One entry as it goes into the container, already compressed."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes


class Package:
    """A read-only view of a container."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as broken:
            raise BadPackage from broken
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        sizes = {name: info.file_size for name, info in self._infos.items()}
        if sum(sizes.values()) > MOST_BYTES or any(
            size > MOST_PART for name, size in sizes.items() if name.endswith(".xml")
        ):
            raise TooLarge

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in the container's order."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Unpacked bytes of a part."""
        try:
            return self._zip.read(self._infos[name])
        except (
            zipfile.BadZipFile,
            zlib.error,
            KeyError,
            RuntimeError,
            EOFError,
        ) as broken:
            raise BadPackage from broken

    def repack(self, changed: Mapping[str, bytes | None]) -> bytes:
        """Build a container with some parts replaced, added, or dropped (None); the rest is copied as packed."""
        kept = [changed.get(name, b"") is not None for name in self._infos]
        names = [name for name, keep in zip(self._infos, kept, strict=True) if keep]
        names += [name for name, data in changed.items() if data is not None and name not in self._infos]
        return pack([self._part(name, changed.get(name)) for name in names])

    def _part(self, name: str, data: bytes | None) -> _Part:
        return _raw(self.data, self._infos[name]) if data is None else _packed(name, data)


def build(parts: Mapping[str, bytes]) -> bytes:
    """Build a container from nothing."""
    return pack([_packed(name, data) for name, data in parts.items()])


def _packed(name: str, data: bytes) -> _Part:
    deflate = zlib.compressobj(4, zlib.DEFLATED, -15)
    return _Part(
        name, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), deflate.compress(data) + deflate.flush()
    )


def _raw(data: bytes, info: zipfile.ZipInfo) -> _Part:
    at = info.header_offset
    head = _LOCAL.unpack_from(data, at)
    start = at + _LOCAL.size + head[9] + head[10]
    packed = data[start : start + info.compress_size]
    return _Part(info.filename, info.compress_type, info.CRC, info.file_size, packed)


def pack(parts: list[_Part]) -> bytes:
    """Write local headers, the central directory and its end record."""
    out = bytearray()
    directory = bytearray()
    for part in parts:
        name = part.name.encode()
        common = (_UTF8, part.method, 0, _EPOCH_DATE, part.crc, len(part.packed), part.size, len(name), 0)
        directory += _CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, len(out)) + name
        out += _LOCAL.pack(b"PK\3\4", 20, *common) + name + part.packed
    start = len(out)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), start, 0)
    return bytes(out + directory + end)

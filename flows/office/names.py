"""Names of files on disk: a reversible, safe spelling of whatever a person calls a document."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

LONGEST = 240
# A bare sign of percent is never spelled for anything else.
_NAMELESS = "%"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%\ud800-\udfff]')
# Windows refuses these as a stem with any ending.
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")


def disk_name(name: str, ending: str = "") -> str:
    """Spell a document's name as one safe path component, at most 240 bytes with its ending.

    What no disk likes is written as %XX of its UTF-8; `shown_name` turns that back. Too long a name is cut
    before its ending: there the sidecar alone remembers the whole.
    """
    text = _UNSAFE.sub(_coded, name)
    text = _DEVICES.sub(lambda found: _coded_text(found.group()[0]) + found.group()[1:], text)
    if text[:1] in {".", "~", " "}:
        text = _coded_text(text[0]) + text[1:]
    stem, tail = _split(text, ending)
    if tail == "" and stem[-1:] in {".", " "}:
        stem = stem[:-1] + _coded_text(stem[-1])
    return _cut(stem or _NAMELESS, LONGEST - len(tail.encode())) + tail


def shown_name(disk: str, ending: str = "") -> str:
    """Turn a name found on disk into the document's name, without the ending that only the disk needs."""
    stem = disk[: -len(ending)] if ending and disk.lower().endswith(ending) else disk
    return unicodedata.normalize("NFC", "" if stem == _NAMELESS else unquote(stem, errors="surrogatepass"))


def numbered(disk: str, number: int, ending: str = "") -> str:
    """Give the second, third … file of one name in a folder a disk name of its own: `name (2).docx`."""
    stem, tail = _split(disk, "" if ending and disk.endswith(ending) else ending)
    mark = f" ({number})"
    return _cut(stem, LONGEST - len((mark + tail).encode())) + mark + tail


def _split(text: str, ending: str) -> tuple[str, str]:
    if ending:
        return text, ending
    stem, dot, tail = text.rpartition(".")
    return (stem, dot + tail) if stem and 0 < len(tail) <= 8 and tail.isalnum() else (text, "")  # noqa: PLR2004


def _coded(found: re.Match[str]) -> str:
    return _coded_text(found.group())


def _coded_text(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _cut(text: str, most: int) -> str:
    """Cut at a whole character and never inside a %XX."""
    while len(text.encode()) > most:
        text = text[:-1]
        text = re.sub(r"%[0-9A-F]?$", "", text)
    return text

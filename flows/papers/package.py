"""A Word file as its members: read whole or refused in a sentence, whoever sent it; what it may hold is judged in `opening`."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from flows.domain.errors import Refused
from flows.papers import wrong_files

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MEMBERS = 1000
MOST_BYTES = 60_000_000
MOST_PART = 12_000_000
MOST_FILE = 30_000_000
MOST_RATIO, RATIO_FROM = 300, 2_000_000
ENCRYPTED = 0x1

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{WORD}document.main+xml"
RENDERED = {f"{WORD}{part}+xml": part for part in ("header", "footer", "footnotes", "endnotes")}
CORE, BODY, TYPES = "docProps/core.xml", "word/document.xml", "[Content_Types].xml"
OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Package:
    """The members of a Word file by name, in their order; `main` is the document, `rendered` the parts with text of their own.

    `comments` counts the notes of reviewers that were in the file and are left out of it, `signed` tells of a digital
    signature that was.
    """

    members: Mapping[str, bytes]
    main: str
    rendered: Mapping[str, str]
    comments: int = 0
    signed: bool = False


def unpacked(data: bytes, label: str) -> Mapping[str, bytes]:
    """Return the members of a paper that is only looked at, never filled. Raise `Refused` for what is no Word file, or a bomb."""
    members = members_of(data, label)
    if BODY not in members:
        raise Refused(f"{label}: внутри нет документа Word.")
    return members


def tree_of(content: bytes, label: str) -> etree._Element:
    """Parse a part without entities, network or outside definitions; raise `Refused` when it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Refused(f"{label}: файл повреждён, Word его не откроет; сохраните шаблон заново.") from broken


def members_of(data: bytes, label: str) -> dict[str, bytes]:
    """Return the members of an archive by name. Raise `Refused` for another kind of file, a damaged one or a bomb."""
    reason = wrong_files.reason_of(data)
    if reason:
        raise Refused(f"{label}: {reason}.")
    if len(data) > MOST_FILE:
        raise Refused(f"{label}: файл больше {MOST_FILE // 1_000_000} МБ; уберите из него лишние картинки.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _refuse_bombs(entries, label)
            return {entry.filename: file.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as broken:
        raise Refused(f"{label}: {wrong_files.DAMAGED}.") from broken


def _refuse_bombs(entries: list[zipfile.ZipInfo], label: str) -> None:
    names = [entry.filename for entry in entries]
    if any(OUTSIDE.search(name) for name in names):
        raise Refused(
            f"{label}: имена частей внутри файла ведут наружу («..», «\\»); Word таких не пишет, шаблон не открываем."
        )
    if len(names) != len(set(names)) or len(names) > MOST_MEMBERS:
        raise Refused(
            f"{label}: файл собран неправильно (части повторяются или их слишком много); сохраните шаблон заново."
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused(f"{label}: файл под паролем; снимите пароль.")
    whole = sum(entry.file_size for entry in entries)
    swollen = any(entry.file_size > max(RATIO_FROM, MOST_RATIO * entry.compress_size) for entry in entries)
    if (
        whole > MOST_BYTES
        or swollen
        or any(entry.file_size > MOST_PART for entry in entries if entry.filename.endswith(".xml"))
    ):
        raise Refused(
            f"{label}: распакованный файл слишком велик («архивная бомба»?); такой шаблон не открываем."
        )

"""Names of files and folders for people: safe on every disk, short enough for every sync client (workbook A6)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Planned

FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]'
)
MOST_CHARACTERS, MOST_BYTES = 120, 240


def safe(text: str, ending: str = "") -> str:
    """Make a name of a text; what a disk forbids becomes a space, what is too long is cut at a word."""
    plain = FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    while len(plain) + len(ending) > MOST_CHARACTERS or len((plain + ending).encode()) > MOST_BYTES:
        plain = (plain.rpartition(" ")[0] or plain[:-1]).strip(" .,")
    return (plain or "Документ") + ending


def folder_name(text: str) -> str:
    """Make a folder's name."""
    return safe(text)


def final_name(planned: Planned, number: str, day: date) -> str:
    """Name a registered paper: `2026-09-01 Приказ №231 О закреплении….docx`; a slash of the number becomes a dash."""
    word = planned.name.removeprefix("ПРОЕКТ ").partition("{title}")[0].strip()
    told = " ".join(
        part
        for part in (
            f"{day:%Y-%m-%d}",
            word,
            f"№{number.replace('/', '-')}",
            planned.file_title or planned.title,
            planned.who,
        )
        if part
    )
    return safe(told, ".docx")


def file_name(planned: Planned, draft: str, version: int) -> str:
    """Name a draft: `ПРОЕКТ Приказ О … (ПР-2026-017, в1).docx`; number and version survive any cutting of the title."""
    told = planned.name.format(
        title="\0", draft=draft, version=version, school_year=planned.period, pair=planned.subject
    )
    stem, _, ending = told.rpartition(".")
    before, _, after = stem.partition("\0")
    who = f" {planned.who}" if planned.who else ""
    room = safe(planned.file_title or planned.title)
    while _too_long(before + room + who + after, ending) and (room or who):
        room, who = (_shorter(room), who) if len(room) >= len(who) else (room, _shorter(who))
    return f"{FORBIDDEN.sub(' ', before + room + who + after)}.{ending}"


def _too_long(stem: str, ending: str) -> bool:
    plain = FORBIDDEN.sub(" ", stem)
    return (
        len(plain) + len(ending) + 1 > MOST_CHARACTERS or len(plain.encode()) + len(ending) + 1 > MOST_BYTES
    )


def _shorter(text: str) -> str:
    return text.rpartition(" ")[0] or text[:-1]

"""The anonymous code of a participant in a form: which column asks for it, what is typed there, what stands for none."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from flows.domain.marks import BLANKS, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.marks import Value

LATIN = str.maketrans("ABCEHKMOPTXYL", "АВСЕНКМОРТХУЛ")
PARTICIPANT = re.compile(r"^([А-ЯЁ])(\d{1,4})$")
CODED = re.compile(r"[А-ЯЁ]-\d+")
ASKS_FOR_IT = re.compile(r"\bкод\w{0,3}\b")
PLAINLY = re.compile(
    r"\b(?:ваш|сво[йе]|личн\w{1,40}|анонимн\w{1,40})\s+(?:\w{1,40}\s+)?код|\bкод\w{0,3} (?:участник|наставля|наставник|респондент)"
)
OTHER_CODES = re.compile(
    r"(?:qr|пром\w?|штрих|про)-?\s?код|\bкод\w{0,3} (?:организац|учрежд|групп|класс|школ|город|регион)"
)
UNKNOWN = BLANKS | {
    "не знаю", "не знаю код", "не знаю своего кода", "не помню", "не помню код", "нет", "нет кода", "без кода", "забыл", "забыла", "?", "??", "???", "код",
}  # fmt: skip
OURS = ("Л-", "Н-")
MOST, SOME = 0.8, 0.5


def respondent(cell: Value) -> str:
    """Make an anonymous code of what was typed: «л 5» and «Л-005» are one; anything else becomes a hash."""
    if not _filled(cell):
        return ""
    text = (
        re.sub(
            r"[\s\-‐-―−.№]+", "", str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
        )
        .upper()
        .translate(LATIN)
    )
    found = PARTICIPANT.match(text)
    return f"{found[1]}-{int(found[2]):03}" if found else hashed("код", text.replace("Ё", "Е"))


def hashed(*parts: str) -> str:
    """Return a short hash that carries nothing of the person."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def none_given(cell: Value) -> bool:
    """Tell a cell that gives no code: empty, or «не знаю» in some words; two of those are not one person."""
    return not _filled(cell) or folded(str(cell)) in UNKNOWN


def asks_code(header: str, cells: Sequence[Value]) -> bool:
    """Tell whether a column asks for the participant's code, by its header and by what stands in it."""
    text = folded(header)
    given = [respondent(cell) for cell in cells if not none_given(cell)]
    coded = [each for each in given if CODED.fullmatch(each)]
    share = len(coded) / len(given) if given else 0
    if OTHER_CODES.search(text):
        return False
    if ASKS_FOR_IT.search(text):
        return share >= SOME or PLAINLY.search(text) is not None
    return len(given) > 1 and share >= MOST and all(each.startswith(OURS) for each in coded)


def _filled(cell: Value) -> bool:
    return cell is not None and bool(str(cell).strip())

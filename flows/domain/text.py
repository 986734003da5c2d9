"""What counts as the same text: headers, names and keys are folded on both sides, once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = re.compile(r"[\s\u00a0\u202f\u200b\ufeff]+")
DASHES = re.compile("[‐-―−]")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
PAIRED = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold case, ё, dashes, no-break and double spaces; «ФИО *:» and «фио» are one header."""
    plain = unicodedata.normalize("NFC", text)
    plain = SPACES.sub(" ", DASHES.sub("-", plain)).strip().rstrip("*: ").casefold()
    return plain.replace("ё", "е")


def cleaned(text: str) -> str:
    """Drop the signs that nobody sees and no cell or paper may hold: control signs, half characters, noncharacters.

    Tabs and line breaks stay. The result can always be written as UTF-8 and as XML, and cleaning it again changes nothing.
    """
    return UNSEEN.sub("", text) if UNSEEN.search(text) else text


def unescaped(text: str) -> str:
    """Turn Excel's codes of unseen signs (`_x000D_`, `_xD83D__xDE00_`) back into what they stand for.

    A code of a sign that can be seen (`_x0041_`) stays as it is typed: programs that write files do not guard it,
    so that it is a person's text far oftener than a letter.
    """
    if "_x" not in text:
        return text
    return PAIRED.sub(_joined, ESCAPE.sub(_meant, text)).replace("\r\n", "\n")


def _meant(code: re.Match[str]) -> str:
    sign = chr(int(code[1], 16))
    return sign if sign in "\t\n\r" or UNSEEN.match(sign) else code[0]


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")

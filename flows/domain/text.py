"""What counts as the same text: headers, names and keys are folded on both sides, once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = re.compile(r"[\s\u00a0\u202f\u200b\ufeff]+")
DASHES = re.compile("[‐-―−]")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold case, ё, dashes, no-break and double spaces; «ФИО *:» and «фио» are one header."""
    plain = unicodedata.normalize("NFC", text)
    plain = SPACES.sub(" ", DASHES.sub("-", plain)).strip().rstrip("*: ").casefold()
    return plain.replace("ё", "е")

"""Letters of a cell: what may stand in it, how two spellings are compared, how capitals are carried over."""

from __future__ import annotations

import re
import unicodedata

from flows.russian.doubt import Doubt

RUSSIAN = "А-Яа-яЁё"
HYPHENS = "-‐‑‒–—−"
_SPACES = re.compile(r"\s+")
_OWN = re.compile(f"[{RUSSIAN}]+")
_LATIN = re.compile(r"[A-Za-z]")


def fold(text: str) -> str:
    """Spell for comparison: lower case, ё as е."""
    return text.casefold().replace("ё", "е")


def tidy(text: str | None) -> str:
    """Bring to NFC with single spaces and none at the ends; a missing cell is an empty text."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text or "")).strip()


def require_text(text: str | None, longest: int) -> str:
    """Return `tidy(text)`; Doubt when there is nothing to read, no letter in it or more than `longest` characters."""
    clean = tidy(text)
    if not clean:
        raise Doubt("", "ячейка пуста")
    if len(clean) > longest:
        raise Doubt(clean, f"текст длиннее {longest} знаков: проверьте, что в ячейке стоит")
    if not any(char.isalpha() for char in clean):
        raise Doubt(clean, "в ячейке нет ни одного слова")
    return clean


def require_russian(clean: str, text: str) -> None:
    """Raise a Doubt that names the letter when a Latin or another foreign letter stands among Russian ones."""
    latin = _LATIN.search(clean)
    if latin and not re.search(f"[{RUSSIAN}]", clean):
        raise Doubt(text, "написано латинскими буквами: впишите по-русски")
    if latin:
        raise Doubt(
            text, f"среди русских букв стоит латинская «{latin[0]}»: наберите это слово заново по-русски"
        )
    for char in _OWN.sub("", clean):
        if char.isalpha():
            raise Doubt(text, f"буквы «{char}» нет в русском алфавите: впишите так, как в русских документах")


def like(source: str, form: str) -> str:
    """Give `form` (lower case) the capitals of `source`: «ИВАНОВ» gives «ИВАНОВА», «Пётр» gives «Петра»."""
    if len(source) > 1 and source.isupper():
        return form.upper()
    kept = 0
    for ours, theirs in zip(source.casefold(), form, strict=False):
        if ours != theirs:
            break
        kept += 1
    return source[:kept] + form[kept:]


def syllables(word: str) -> int:
    """Count the vowels of a word."""
    return len(re.findall("[аеёиоуыэюя]", word.casefold()))

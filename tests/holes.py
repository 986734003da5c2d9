"""What no sentence of the program may show: the place of a word that was not there."""

from __future__ import annotations

import re

# What people typed is quoted, and may hold anything.
TYPED = re.compile(r"«[^«»]*»")
HOLES = {
    "двойной пробел": re.compile(r"\S  +\S"),
    "пустые скобки": re.compile(r"\(\s*\)|\[\s*\]"),
    "ничего после двоеточия": re.compile(r":\s*$|:\s*[.,;]"),
    "ничего между запятыми": re.compile(r"[,;]\s*[,;.]|,\s*→|,\s*$|\(\s*,"),
    "ничего после стрелки": re.compile(r"→\s*$"),
    "пробел перед знаком": re.compile(r"\w [,;.:!?](?:\s|$)"),
    "слово программы": re.compile(r"\b(?:None|nan|True|False)\b|\{\w*\}"),
    "номер дважды": re.compile(r"\b(?:строк[аи]?|строках) (?:\d+, )*?(\d+), (?:\d+, )*?\1\b"),
}


def holes(text: str) -> list[str]:
    """Name the holes of a text with the lines they are in; none in a text that may be shown."""
    return [
        f"{name}: {line.strip()}"
        for line in TYPED.sub("«…»", text).splitlines()
        for name, hole in HOLES.items()
        if hole.search(line)
    ]

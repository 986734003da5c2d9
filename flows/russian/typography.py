"""Printed Russian: quotation marks, dashes, and the spaces and hyphens at which a line must not end."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.russian.late import late

NBSP, NBHYPHEN = "\u00a0", "\u2011"
_MONTHS = "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"
_OPENING = late(r"(?:^|(?<=[\s(\[«„/–—-]))\"(?=\S)")
_INITIALS = r"[А-ЯЁ]\.(?:[ \u00a0]?[А-ЯЁ]\.)?"
_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (late(pattern), put)
    for pattern, put in (
        (r"№[ \u00a0]*(?=\w)", "№" + NBSP),
        (r"(?<=\d)[ \u00a0]*(?=(?:гг?|вв?|руб|тыс|млн)\.)", NBSP),
        (r"\b(ст|ч|п|пп|абз|гл|разд|прил|стр|с|г|ул|д|кв|кор|каб|тел)\.[ \u00a0]*(?=\d)", r"\1." + NBSP),
        (r"(?<!\d[ \u00a0])\b(г|с|ул|пос|дер|обл)\.[ \u00a0]+(?=[А-ЯЁ«])", r"\1." + NBSP),
        (r"\b([ти])\.[ \u00a0]*([дпто])\.", r"\1." + NBSP + r"\2."),
        (r"(?<![а-яё])([А-ЯЁ]\.) (?=[А-ЯЁ]\.)", r"\1" + NBSP),
        (rf"({_INITIALS})[ \u00a0]?(?={_SURNAME})", r"\1" + NBSP),
        (rf"(\b{_SURNAME})[ \u00a0]+(?=[А-ЯЁ]\.(?:[ \u00a0]?[А-ЯЁ]\.|(?!\S)))", r"\1" + NBSP),
        (r"(?<=\d)[ \u00a0]+(?=%)", NBSP),
        # Dashes come last: only set spaces show whether a number ends there («2023-2024гг.»).
        # A range of numbers or times, not a telephone, a date or an index (8-800-…, 2023-09-01, 45-од, № 12-3).
        (
            r"(?<![\w.№/-])(?<!№[ \u00a0])(\d+(?:[:.]\d+)?)\s?[-‐‑−]\s?(\d+(?:[:.]\d+)?)(?![\w/-]|\.\d)",
            r"\1–\2",
        ),
        (r"(?<!\S)(\d\d\.\d\d\.\d{4})\s?[-‐‑−]\s?(?=\d\d\.\d\d\.\d{4})", r"\1–"),
        (rf"(?i)\b({_MONTHS})\s?[-‐‑−]\s?({_MONTHS})\b", r"\1–\2"),
        (r"(?<=\S)[ \u00a0]+[-–](?=[ \u00a0])", NBSP + "–"),
    )
)
_GENITIVES = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
# What holds together, with the plain space that would let a line end inside it.
_HELD = late(
    rf"(?<=№) (?=[\w_])|(?<=[\d_»]) (?=(?:{_GENITIVES})\b)|(?<=[\d_]) (?=(?:гг?|вв?|руб|тыс|млн|дн|мин|чел|ч|л|экз)\.)|(?<=\d) (?=%)"
    rf"|\b(?<=[а-я]) (?=20\d\d{NBSP}?\s?г\.)"
    r"|(?:(?<=\bст\.)|(?<=\bч\.)|(?<=\bп\.)|(?<=\bпп\.)|(?<=\bгл\.)|(?<=\bд\.)|(?<=\bкв\.)|(?<=\bтел\.)) (?=\d)"
    r"|(?:(?<=\bг\.)|(?<=\bул\.)|(?<=\bпос\.)|(?<=\bс\.)) (?=[А-ЯЁ«])"
    r"|(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ]\.|[А-ЯЁ][а-яё])|(?<=\S) (?=–(?:\s|$))"
)
_BEFORE_INITIALS = late(rf"(\b{_SURNAME}) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)")
_DOUBLED = late(r"(?<=\S) {2,}(?=\S)")
_AT_A_BREAK = late(r"(?<!\s) +(?=\n)|(?<=\n) +")
_LONG = late(r"(?<=\s)—(?=\s)")
_CODE = late(r"(?<=[\w/])-(?=/?\d)|(?<=\d)-(?=\w)")
_ADDRESS = late(r"@|://|\bwww\.|\.[A-Za-z]{2,}")
_WORD_WITH_HYPHEN = late(r"(?<![^\s,;()«»\"])[^\s,;()«»\"]*\w-[^\s,;()«»\"]+")


@lru_cache(maxsize=16384)
def bound(text: str) -> str:
    """Bind what a line must not break: «15 сентября 2026 г.», «№ 273‑ФЗ», «И.А. Яковенко», «П‑001».

    Doubled spaces become one, none stands at a line break, a long dash between words the usual one; addresses of mail and sites stay as they are copied.
    """
    if "\n" in text:
        text = _AT_A_BREAK.sub("", text)
    if "  " in text or "—" in text:
        text = _LONG.sub("–", _DOUBLED.sub(" ", text))
    if " " in text:
        text = _BEFORE_INITIALS.sub(rf"\1{NBSP}", _HELD.sub(NBSP, text))
    return _WORD_WITH_HYPHEN.sub(_held_code, text) if "-" in text else text


def _held_code(found: re.Match[str]) -> str:
    return found[0] if _ADDRESS.search(found[0]) else _CODE.sub(NBHYPHEN, found[0])


@lru_cache(maxsize=16384)
def typography(text: str) -> str:
    """Set «ёлочки», nested „лапки“, «№ 5», «2023–2024», «1 сентября 2023 г.», «ст. 351.8», «И.А. Яковенко» without breaks.

    No-break spaces are U+00A0. Applying it twice changes nothing more; quotation marks that do not pair are left alone.
    """
    text = _quotes(text)
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return text


def _quotes(text: str) -> str:
    """Pair the marks of any kind by place and depth; a text that is set already, or whose marks do not pair, comes back as it is."""
    if _set(text):
        return text
    plain = re.sub("[„“”]", '"', text)
    if plain.count('"') % 2:
        return text
    marked = re.sub('"', "»", _OPENING.sub("«", plain))
    depth, made = 0, []
    for char in marked:
        depth += char == "«"
        made.append({"«": "„", "»": "“"}.get(char, char) if depth > 1 else char)
        depth -= char == "»"
        if depth < 0:
            return text
    return "".join(made) if not depth else text


def _set(text: str) -> bool:
    """Tell whether every mark already stands as we print it: «» outermost, „“ at any depth inside."""
    opened: list[str] = []
    for char in text:
        if char in "«„":
            if (char == "„") != bool(opened):
                return False
            opened.append(char)
        elif (char in "»“" and (not opened or opened.pop() + char not in {"«»", "„“"})) or char in '"”':
            return False
    return not opened

"""A number of a spreadsheet's cell as it is shown there: shares with their sign, leading noughts, masks of telephones."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.text import unescaped

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["shown"]

TRUE, FALSE = "ИСТИНА", "ЛОЖЬ"  # as a Russian spreadsheet shows them
# Parts of a format: text in quotes, an escaped sign, room of a sign's width, a filler, a colour or a language, a place of a digit.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?])|(.)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,6})?)\]")
# Fractions and powers of ten are shown plainly.
_OTHER = re.compile(r"[?#0]/|0E[+-]")
_GENERAL = {"general", "@", "основной", "standard", ""}
_WIDTH = 15
SECTIONS = 2
_MEETS = {
    "<=": lambda one, two: one <= two, ">=": lambda one, two: one >= two, "<>": lambda one, two: one != two,
    "<": lambda one, two: one < two, ">": lambda one, two: one > two, "=": lambda one, two: one == two,
}  # fmt: skip


def shown(value: object, number_format: str = "") -> str:
    """Return a cell as people see it; a day as 15.09.2026 whatever its format, so that it can be read again."""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, datetime | date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return "" if value is None else unescaped(str(value)).strip()


def _number(value: float, number_format: str) -> str:
    section, positive = _section(number_format, value)
    if section.strip().lower() in _GENERAL or not re.search("[0#?]", section) or _OTHER.search(section):
        return _plain(value)
    return _masked(abs(value) if positive else value, section)


def _plain(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_WIDTH:
        return str(int(value))
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def _section(number_format: str, value: float) -> tuple[str, bool]:
    """Choose the part of a format that holds for a number, and tell whether its sign is the format's own business."""
    sections = _split(number_format)
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _MEETS[condition[1]](value, float(condition[2])):
            return section, False
    if any(_CONDITION.search(section) for section in sections):
        return next((each for each in sections if not _CONDITION.search(each)), ""), False
    if value < 0 and len(sections) >= SECTIONS:
        return sections[1], True
    return sections[0], False


@lru_cache(maxsize=512)
def _split(number_format: str) -> tuple[str, ...]:
    parts, quoted = [""], False
    for sign in number_format:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(parts)


def _masked(value: float, section: str) -> str:
    """Lay the digits of a number into the places of a format, from the right; its other signs stay where they stand."""
    tokens = _tokens(section)
    places = [at for at, (kind, _) in enumerate(tokens) if kind in {"0", "#", "?"}]
    point = next((at for at, (kind, _) in enumerate(tokens) if kind == "."), len(tokens))
    share = any(kind == "%" for kind, _ in tokens)
    decimals = [at for at in places if at > point]
    whole = [at for at in places if at < point]
    digits = f"{abs(value) * (100 if share else 1):.{len(decimals)}f}"
    before, _, after = digits.partition(".")
    grouped = any(kind == "," and whole and whole[0] < at < whole[-1] for at, (kind, _) in enumerate(tokens))
    told = _laid(tokens, whole, before.lstrip("0"), " " if grouped else "")
    told |= dict(zip(decimals, _trimmed(after, [tokens[at][0] for at in decimals]), strict=True))
    text = "".join(told.get(at, _literal(token, share=share)) for at, token in enumerate(tokens))
    sign = "-" if value < 0 else ""
    return sign + re.sub(r"\s+", " ", re.sub(r"(?<=\d)%", " %", text)).strip().removesuffix(".")


def _tokens(section: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(section):
        quoted, escaped, place, sign = found.groups()
        if quoted is not None or escaped is not None:
            tokens.append(("text", quoted if quoted is not None else escaped))
        elif place or sign:
            tokens.append((place or (sign if sign in {".", ",", "%"} else "text"), place or sign))
    return tokens


def _laid(tokens: Sequence[tuple[str, str]], whole: Sequence[int], digits: str, mark: str) -> dict[int, str]:
    """Give each place left of the point its digits; those that are more than the places go before the first one."""
    left, told = digits, dict[int, str]()
    for count, at in enumerate(reversed(whole)):
        last = count == len(whole) - 1
        taken, left = (left, "") if last else (left[-1:], left[:-1])
        told[at] = taken or ("0" if tokens[at][0] == "0" else "")
    if mark and whole:
        joined = "".join(told[at] for at in whole)
        told |= dict.fromkeys(whole, "") | {whole[0]: f"{int(joined or 0):,}".replace(",", mark)}
    return told


def _trimmed(after: str, places: Sequence[str]) -> list[str]:
    """Drop the noughts at the end that «#» does not ask for."""
    told = list(after)
    for at in range(len(places) - 1, -1, -1):
        if told[at] != "0" or places[at] == "0":
            break
        told[at] = ""
    return told


def _literal(token: tuple[str, str], *, share: bool) -> str:
    kind, sign = token
    if kind in {"0", "#", "?", ","}:
        return ""
    return "," if kind == "." and share else sign

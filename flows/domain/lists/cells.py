"""Cells of lists that hold more than one thing of ours: telephones with addresses, a span of days, a length of service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.people.pair_rows import PERSON_CODE
from flows.domain.terms.reading import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["contacts", "is_code", "noted", "service", "span"]

MAIL, NOTE = "Эл. почта", "Примечание"
START, END, UNREAD = "Дата начала", "Дата окончания", "Срок"
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SERVICE = re.compile(
    r"(?:около |более |свыше )?(\d{1,2})(?:[.,]\d{1,2})?\s*(?:л\.?|лет|год(?:а|ов)?|г\.?)?(?:\s*,?\s*(?:и\s*)?\d{1,2}\s*мес[а-я.]{0,6})?",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"(?:\d{1,2}\s*мес[а-я.]{0,6}|без стажа|нет стажа|нет|0)", re.IGNORECASE)


def is_code(text: str) -> bool:
    """Tell the code of a person, such as Н-003."""
    return bool(PERSON_CODE.fullmatch(text.strip()))


def contacts(told: Mapping[str, str], text: str, header: str) -> dict[str, str]:
    """Put the addresses of a cell of contacts under «Эл. почта» and the rest into the note, with the column's own word."""
    addresses = _ADDRESS.findall(text)
    rest = re.sub(r"^[\s,;]+|[\s,;]+$", "", re.sub(r"\s*[,;]?\s*\n\s*", "; ", _ADDRESS.sub("", text)))
    out = dict(told)
    if addresses and MAIL not in out:
        out[MAIL] = addresses[0]
        addresses = addresses[1:]
    left = "; ".join(filter(None, (rest, *addresses)))
    word = "тел." if re.search(r"\d{3}", left) else " ".join(header.split())
    return noted(out, f"{word}: {left}") if left else out


def noted(told: Mapping[str, str], text: str) -> dict[str, str]:
    """Add a text to the note of a row."""
    return {**told, NOTE: f"{told[NOTE]}; {text}" if told.get(NOTE) else text}


def span(text: str) -> dict[str, str]:
    """Read a span of days into a beginning and an end as they are typed in cells; one that is unclear keeps its own header."""
    term = parse(text, None)
    if term.kind != "dated" or len(term.windows) != 1 or term.flags & {"impossible-date", "reversed"}:
        return {UNREAD: text}
    window = term.windows[0]
    days = ((START, window.start), (END, window.end))
    return {header: f"{day:%d.%m.%Y}" for header, day in days if day}


def service(text: str) -> str:
    """Return the whole years of a length of service as a number: «5 лет 3 мес.» is 5; as it is where it says otherwise."""
    plain = " ".join(text.split())
    years = _SERVICE.fullmatch(plain)
    if years:
        return years[1]
    return "0" if _MONTHS.fullmatch(plain) else text

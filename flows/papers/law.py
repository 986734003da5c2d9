"""The paragraphs of a template that the law stands behind, and in what of them a copy that staff edited has fallen behind ours.

A paragraph is of law when it names an act, demands what an act demands, or has a tag that is filled from acts; one of
nothing but conditions, or a note that no paper shows, is none: no reader sees it. Of each a short mark is kept beside
a copy, so that later it can be told which paragraphs have changed since the copy was made, and which ours has dropped,
though nobody keeps the older template.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.text import fold
from flows.papers.package import BODY, unpacked
from flows.papers.paper_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ACT = re.compile(
    r"\bфз\b|\b(?:тк|гк|нк|ск|коап) рф\b|\b(?:трудов|гражданск|налогов|семейн)\w* кодекс|\bстат(?:ь[а-я]+|ей) \d|\bст\. ?\d"
    r"|\bзакон(?:а|у|ом|е|ы|ов|ам|ами|ах|одательств\w*)?\b"
    r"|\b(?:распоряжени|постановлени|указ|приказ|письм|рекомендаци)\w* (?:правительств|президент|министерств|мин[а-я]{3,}|рос[а-я]{3,}|федеральн|ркн)"
)
DEMANDED = re.compile(
    r"персональн\w{0,40} данн|распростран\w{0,40} данн|соглас\w{0,40} на (?:обработк|распространени)|отзыв\w{0,40} соглас|отозва"
    r"|представительн\w{0,40} орган|доплат|(?:размер|услови)\w{0,40} (?:и услови\w{0,40} )?(?:оплат|выплат)|\bогрн\b|\bинн\b"
    r"|\bпаспорт\w{0,40} (?:сери|граждан|_)"
)
STATEMENT = re.compile(r"\{%[^{}]*%\}|\{#.*?#\}")
TAG = re.compile(r"\{[{%][^{}]*?(?<![\w.])(?:нормы\.|основания\b)")
# How a value is spelled is no law, unless it is an act's own words or the blank in their place.
SPELLING = re.compile(r"(\{\{(?!нормы\.|основания\b)[^{}|]*)\|[^{}]*(?=\}\})")
WORDS = re.compile(r"\w+")
AROUND_TAGS = re.compile(r"(?:(?<!\s)\s+)?(\{[{%]|[%}]\}|\|)\s*+")
ASIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
LABEL = "Шаблон"
SIGNS = 3
"""How many signs a mark has: 18 bits tell the few paragraphs of one template apart."""
MOST = 37
"""How many marks are kept: Drive holds 124 bytes of a property's name and value together."""
NO_LAW = "-"
"""What is kept of a template that has no such paragraph: a property without a value is none."""
UNKNOWN = "?"
"""What is kept of a copy of which nobody knows what law it had."""
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """What ours says now and what stands in a copy in its place; one of them is empty where there is nothing like it."""

    ours: str
    theirs: str


def marks(template: bytes) -> str:
    """Return marks of a template's paragraphs of law, joined, as a property of a file can hold them. Raise `Refused` for no Word file."""
    found = sorted({_mark(each) for each in _paragraphs(template) if _of_law(each)})
    return "".join(found[:MOST]) or NO_LAW


def behind(ours: bytes, theirs: bytes, known: str = "") -> tuple[Difference, ...]:
    """Return where a copy that staff edited has not followed the law in our template, in the order of the template.

    `known` are the marks of our template when the copy was made; without them every paragraph of law that the copy
    lacks counts. What staff changed themselves while ours stayed as it was counts for nothing. Raise `Refused` when
    one of them is no Word file.
    """
    before = {known[at : at + SIGNS] for at in range(0, len(known), SIGNS)}
    now, lines = _paragraphs(ours), _paragraphs(theirs)
    law = {_mark(each): each for each in now if _of_law(each)}
    said = [_plain(each) for each in lines]
    lacking = [
        each
        for mark, each in law.items()
        if mark not in before and not any(_plain(each) in line for line in said)
    ]
    plain = {_plain(each) for each in now}
    own = [each for each, line in zip(lines, said, strict=True) if line not in plain]
    dropped = [each for each in own if _mark(each) in before - law.keys()]
    return tuple(_paired(lacking, own, dropped))


def _paired(lacking: Iterable[str], own: Sequence[str], dropped: Iterable[str]) -> Iterator[Difference]:
    """Put beside each paragraph of ours the one of theirs that is most like it; what ours has dropped comes last."""
    left = list(own)
    for each in lacking:
        near = max(left, key=lambda theirs: _likeness(each, theirs), default="")
        found = near if near and _likeness(each, near) >= ALIKE else ""
        if found:
            left.remove(found)
        yield Difference(each, found)
    yield from (Difference("", each) for each in dict.fromkeys(dropped) if each in left)


def _likeness(one: str, other: str) -> float:
    mine, theirs = WORDS.findall(_plain(one)), WORDS.findall(_plain(other))
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


@lru_cache(maxsize=256)
def _paragraphs(data: bytes) -> tuple[str, ...]:
    """Return what a Word file says, a paragraph each, its body and tables first, then headers and notes."""
    members = unpacked(data, LABEL)
    parts = [BODY, *(name for name in members if ASIDE.fullmatch(name))]
    texts = (text_of(members[name].decode("utf-8", "replace")) for name in parts)
    lines = (" ".join(line.split()) for text in texts for _, line in text.lines)
    return tuple(line for line in lines if line)


def _of_law(paragraph: str) -> bool:
    text = fold(paragraph)
    words = STATEMENT.sub("", text)
    return bool(words.strip() and (ACT.search(words) or DEMANDED.search(words) or TAG.search(text)))


def _plain(paragraph: str) -> str:
    return SPELLING.sub(r"\1", AROUND_TAGS.sub(r"\1", fold(paragraph)))


def _mark(paragraph: str) -> str:
    digest = hashlib.sha256(_plain(paragraph).encode()).digest()
    return base64.urlsafe_b64encode(digest)[:SIGNS].decode()

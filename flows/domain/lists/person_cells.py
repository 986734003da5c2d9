"""Persons in a cell: one or several names as printed, with the posts that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.domain.lists.cells import is_code
from flows.domain.text import SPACES, fold
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Named", "is_name", "key_of", "looks_like_names", "persons"]

_WORD = r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z’'`-]{1,40}"
_TAIL = r"(?: (?:оглы|кызы|кизи|улы|углы|оглу|заде|гызы))?"
_PATRONYMIC = (
    r"[А-ЯЁ][А-ЯЁа-яё]{1,40}(?:вич|ьич|мич|кич|вна|чна|шна|ВИЧ|ЬИЧ|МИЧ|КИЧ|ВНА|ЧНА|ШНА)(?![а-яёА-ЯЁ])"
)
_INITIAL = r"[А-ЯЁ]\s?\.(?:\s?-\s?[А-ЯЁ]\.)?"
# The whole name: three words with a patronymic in either order; then by surname and initials; then words in capitals alone.
_WHOLE = late(
    rf"{_WORD} {_WORD} {_PATRONYMIC}|{_WORD} {_PATRONYMIC} {_WORD}|{_WORD} {_WORD} {_WORD}{_TAIL}(?! [А-ЯЁ])"
)
_SHORT = late(
    rf"(?:{_WORD}\s?{_INITIAL}(?:\s?[А-ЯЁ]\s?\.?(?![а-яё]))?|{_INITIAL}\s?(?:{_INITIAL})?\s?{_WORD})"
)
_PLAIN = late(rf"{_WORD}(?: {_WORD}){{1,3}}{_TAIL}")
# A name typed without capitals is told by its patronymic alone.
_LOWER = late(r"[а-яё-]{2,40} [а-яё-]{2,40} [а-яё]{2,40}(?:вич|ьич|мич|кич|вна|чна|шна)")
_NUMBER = late(r"^\s*(?:\d{1,3}\s?[.)]|[-–—•])\s*")
_CUT = late(r"\s*[;\n]\s*")
_POST_START = late(r"^[\s,;:–—(-]+|[\s,;:–—)(-]+$")
LONGEST, LEAST_WORDS, SAMPLE, ENOUGH = 200, 2, 40, 0.6
NO_PERSON = frozenset({"итого", "всего", "вакансия", "вакант", "нет", "отсутствует"})


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a cell: the name (or a code) as printed with single spaces, and the post beside it, if any."""

    name: str
    post: str = ""


def persons(text: str) -> tuple[Named, ...]:
    """Return the persons of a cell in the order printed; none where nobody is named."""
    if len(text) > LONGEST * 10:
        return ()
    named: list[Named] = []
    for line in _lines(text):
        named += _of_line(line)
    return tuple(dict.fromkeys(named))


def is_name(text: str) -> bool:
    """Tell a cell that is one person's name and nothing else."""
    inside = persons(text)
    return len(inside) == 1 and not inside[0].post and not is_code(inside[0].name)


def looks_like_names(cells: Sequence[str]) -> bool:
    """Tell a column by its contents: most of its cells name persons."""
    filled = [cell for cell in cells[:SAMPLE] if cell.strip()]
    return bool(filled) and sum(bool(persons(cell)) for cell in filled) >= ENOUGH * len(filled)


@lru_cache(maxsize=16384)
def key_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in whatever order it is printed: case, ё and spaces folded."""
    return tuple(sorted(fold(re.sub(r"\s*-\s*", "-", name)).replace(",", " ").split()))


def _lines(text: str) -> list[str]:
    """Cut a cell into the lines of one person each; a name broken over two lines stays one."""
    parts = [SPACES.sub(" ", part).strip() for part in _CUT.split(text.strip())]
    lines: list[str] = []
    for part in filter(None, parts):
        if lines and not _NUMBER.match(part) and not _begins(part):
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines.append(_NUMBER.sub("", part))
    joined = SPACES.sub(" ", text.replace("\n", " ")).strip()
    whole = _WHOLE.fullmatch(joined)
    return [joined] if whole and len(joined.split()) <= LEAST_WORDS + 1 else lines


def _begins(part: str) -> bool:
    return bool(_WHOLE.match(part) or _SHORT.match(part) or _PLAIN.match(part))


def _of_line(line: str) -> list[Named]:
    if is_code(line):
        return [Named(line)]
    for pattern in (_WHOLE, _SHORT):
        hits = list(pattern.finditer(line))
        if hits:
            return [
                Named(_tidy(hit[0]), _post(line, hits, at))
                for at, hit in enumerate(hits)
                if fold(hit[0]) not in NO_PERSON
            ]
    bare, _, post = line.partition(",")
    if _PLAIN.fullmatch(bare.strip()) or _LOWER.fullmatch(bare.strip()):
        return [Named(bare.strip(), _trimmed(post))]
    return []


def _post(line: str, hits: Sequence[re.Match[str]], at: int) -> str:
    """Take what stands between a name and the next for its post; before the first name, where nothing follows."""
    after = line[hits[at].end() : hits[at + 1].start() if at + 1 < len(hits) else len(line)]
    told = _trimmed(after)
    if told or len(hits) > 1:
        return told
    return _trimmed(line[: hits[at].start()])


def _trimmed(text: str) -> str:
    return _POST_START.sub("", _POST_START.sub("", text.strip())).strip(" .")


def _tidy(name: str) -> str:
    spaced = re.sub(r"\.(?=[А-ЯЁ])", ". ", SPACES.sub(" ", name)).strip()
    return re.sub(r"(?<=[а-яё])(?=[А-ЯЁ]\.)", " ", spaced)

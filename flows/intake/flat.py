"""A table flattened into lines, as copied from a PDF: columns are found again by their order in the header and by contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap.header_words import ACTIVITY, CONTENT, NUMBER, RESPONSIBLE, RESULT, STAGE, TERM
from flows.domain.roadmap.responsible import names_parties
from flows.domain.terms.reading import parse
from flows.intake.document import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unflattened"]

HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words))
    for role, words in (
        (CONTENT, r"(?:примерн\w{1,12} )?план\w* мероприятий"),
        (
            ACTIVITY,
            r"содержание (?:деятельности|работы|мероприятий)(?: и (?:примерн\w{1,12} )?план(?: мероприятий| работы)?)?|наименовани\w{1,12} (?:мероприяти\w+|работ)|этап, мероприятия этапа|мероприяти\w+",
        ),
        (STAGE, r"(?:наименовани\w{1,12} )?этап\w*|направлени\w+(?: деятельности)?|раздел\w*"),
        (
            TERM,
            r"(?:примерн\w{1,12} |планируем\w{1,12} )?срок\w*(?: (?:реализации|исполнения|проведения|выполнения))?|период\w*|дата",
        ),
        (RESPONSIBLE, r"ответственн\w+(?: исполнител\w+| лиц\w+)?|исполнител\w+"),
        (
            RESULT,
            r"(?:ожидаем\w{1,12} |планируем\w{1,12} |предполагаем\w{1,12} )?результат\w*(?:[,.]? вид документа)?|вид документа",
        ),
        (NUMBER, r"№(?: ?п/?п)?"),
    )
)
TITLES = {
    NUMBER: "№", STAGE: "Наименование этапа", ACTIVITY: "Содержание деятельности", CONTENT: "План мероприятий", TERM: "Сроки",
    RESPONSIBLE: "Ответственный", RESULT: "Результат",
}  # fmt: skip
HEADER_LINES, LEAST_ROWS, LONGEST_RUN, LONGEST_TERM = 4, 2, 4, 8
DATED = frozenset({"dated", "yearly", "ongoing"})
ANY = DATED | {"event", "external"}
STARTS = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*\.?)(?!\))\s+(?=[^\W\d])")
ITEM = re.compile(r"^(?:\d{1,2}\)|[-–—•])\s*")
ENDED = re.compile(r"[.;:!?]$")


def unflattened(lines: Sequence[str]) -> tuple[list[str], Grid]:
    """Return the lines before the table and the table; an empty grid when no rows can be told."""
    plain = _unspaced(lines)
    at, roles, after = _header(plain)
    if not roles:
        return list(lines), ()
    rows = [row for row in _rows(plain[after:]) if row]
    if len(rows) < LEAST_ROWS:
        return list(lines), ()
    order = [role for role in roles if role != NUMBER]
    grid = [tuple(GridCell(TITLES[role]) for role in (NUMBER, *order))]
    for number, body in rows:
        cells = _cells(body, order)
        grid.append((GridCell(number), *(GridCell(cells.get(role, "")) for role in order)))
    return plain[:at], tuple(grid)


def _unspaced(lines: Sequence[str]) -> list[str]:
    """Drop the empty line that stands after every line of such a copy; a second one is a gap of the table itself."""
    texts = [at for at, line in enumerate(lines) if line.strip()]
    doubled = sum(at + 1 < len(lines) and not lines[at + 1].strip() for at in texts) > 0.8 * len(texts)
    plain: list[str] = []
    blanks = 0
    for line in lines:
        if line.strip():
            plain += [""] if blanks > int(doubled) and plain else []
            plain.append(re.sub(r"\s+", " ", line).strip())
            blanks = 0
        else:
            blanks += 1
    return plain


def _header(lines: Sequence[str]) -> tuple[int, list[str], int]:
    """Find the header: a line with «№» that with the next ones names at least two columns; where the body begins after it."""
    for at, line in enumerate(lines):
        if not re.match(r"№", line):
            continue
        end = at + 1
        while end < min(len(lines), at + HEADER_LINES) and lines[end] and not STARTS.match(lines[end]):
            end += 1
        roles = _roles(" ".join(lines[at:end]))
        if len(roles) > LEAST_ROWS:
            return at, roles, end
    return 0, [], 0


def _roles(text: str) -> list[str]:
    folded = text.lower().replace("ё", "е")
    found: dict[str, int] = {}
    for role, words in HEADERS[1:] + HEADERS[:1]:
        hit = words.search(folded)
        if hit and role not in found:
            found[role] = hit.start()
            folded = folded[: hit.start()] + " " * len(hit[0]) + folded[hit.end() :]
    return sorted(found, key=lambda role: found[role])


def _rows(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Cut the body at numbers that go on counting; what stands before the first number is left out."""
    rows: list[tuple[str, list[str]]] = []
    last: list[int] = []
    for line in lines:
        found = STARTS.match(line)
        number = [int(part) for part in re.findall(r"\d+", found[1])] if found else []
        if found and _follows(number, last):
            rows.append((found[1], [line[found.end() :]]))
            last = number
        elif rows:
            rows[-1][1].append(line)
    return [(number, _stripped(body)) for number, body in rows]


def _follows(number: list[int], last: list[int]) -> bool:
    if not last:
        return number[0] == 1
    if len(number) == 1 and len(last) == 1:
        return number[0] == last[0] + 1
    return (
        last[0] <= number[0] <= last[0] + 2 and number > last
        if len(number) >= len(last)
        else number[0] == last[0] + 1
    )


def _stripped(body: list[str]) -> list[str]:
    while body and not body[-1]:
        body = body[:-1]
    return body


def _cells(body: Sequence[str], order: Sequence[str]) -> dict[str, str]:
    if TERM not in order:
        return _shared(body, order)
    run = _term_run([line for line in body if line])
    lines = [line for line in body if line]
    at = order.index(TERM)
    if run is None:
        return (
            _one_line(lines, order)
            if len(lines) == 1
            else _shared(lines, [role for role in order if role != TERM])
        )
    start, end = run
    return {
        **_shared(lines[:start], order[:at]),
        TERM: "\n".join(lines[start:end]),
        **_shared(lines[end:], order[at + 1 :]),
    }


def _term_run(lines: Sequence[str]) -> tuple[int, int] | None:
    """Find the longest run of lines, the first of its length, that together read as one term."""
    for length in range(min(LONGEST_RUN, len(lines)), 0, -1):
        for start in range(len(lines) - length + 1):
            if _is_term("\n".join(lines[start : start + length])):
                return start, start + length
    return None


def _is_term(text: str, kinds: frozenset[str] = ANY) -> bool:
    term = parse(text, None)
    return term.kind in kinds or "no-year" in term.flags


def _one_line(lines: Sequence[str], order: Sequence[str]) -> dict[str, str]:
    """Find the term inside a row that stands on one line, its cells parted by nothing but spaces."""
    words = lines[0].split(" ")
    best = max(
        (
            (start, end)
            for start in range(1, len(words))
            for end in range(start + 1, min(len(words), start + LONGEST_TERM) + 1)
            if _is_term(" ".join(words[start:end]), DATED)
        ),
        key=lambda span: span[1] - span[0],
        default=None,
    )
    if best is None:
        return _shared(lines, [role for role in order if role != TERM])
    at = order.index(TERM)
    before, after = " ".join(words[: best[0]]), " ".join(words[best[1] :])
    return {
        **_shared([before], order[:at]),
        TERM: " ".join(words[best[0] : best[1]]),
        **_worded(after, order[at + 1 :]),
    }


def _worded(text: str, order: Sequence[str]) -> dict[str, str]:
    """Cut words between parties and a result that follow each other on one line."""
    words = text.split()
    if order[:1] != [RESPONSIBLE] or len(order) == 1 or not words:
        return _shared([text] if text else [], order)
    cut = next(
        (
            at
            for at in range(len(words), 0, -1)
            if names_parties(" ".join(words[:at])) and (at == len(words) or words[at][:1].isupper())
        ),
        1,
    )
    return {RESPONSIBLE: " ".join(words[:cut]), **_shared([" ".join(words[cut:])], order[1:])}


def _shared(body: Sequence[str], order: Sequence[str]) -> dict[str, str]:
    """Share lines out between the roles of an order, the first cell first."""
    if len(order) <= 1:
        return {role: _unwrapped(body) for role in order}
    cut = _cut(body, order)
    rest = body[cut:]
    return {
        order[0]: _unwrapped(body[:cut]),
        **_shared(rest[1:] if rest and not rest[0] else rest, order[1:]),
    }


def _cut(body: Sequence[str], order: Sequence[str]) -> int:
    """Tell where the first cell ends: at a gap, an item, a capital letter; parties end where other words begin."""
    if order[0] == RESPONSIBLE:
        return next((at for at in range(len(body), 0, -1) if names_parties("\n".join(body[:at]))), 1)
    if order[1] == RESPONSIBLE:
        return next((at for at in range(1, len(body)) if names_parties("\n".join(body[at:]))), len(body))
    for at, line in enumerate(body):
        if at and (not line or ITEM.match(line) or line[:1].isupper()):
            return at
    return len(body)


def _unwrapped(body: Sequence[str]) -> str:
    """Join hard-wrapped lines; an item or a sentence after an ended one keeps its own line."""
    text = ""
    for line in body:
        if not line:
            continue
        fresh = not text or ITEM.match(line) or (ENDED.search(text) and line[:1].isupper())
        text = f"{text}{'' if not text else chr(10) if fresh else ' '}{line}"
    return text

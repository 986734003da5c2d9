"""What a head would not sign a page for, each rule a function from a paper's pages to words about them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.pages.sheets import PIECES, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.pages.sheets import Meant, Sheet

SIGNED = re.compile(r"_{6,}.*[А-ЯЁ]\.\s?[А-ЯЁ]\.|\(подпись\)")
DATED = re.compile(r"_{6,}.*___\.___")  # a signature with a day for the pen beside it
ACQUAINTED = re.compile(r"С .{3,20} ознакомлен\w*:$")
LONE, HALF, WIDE, SHORTEST = 2, 0.5, 22.0, 12
Found = tuple[int, str]


def lone_lines(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a page after the first with nothing but a line or two, or one row of a table under its head."""
    for at, page in enumerate(pages[1:], 2):
        if 0 < len(page.lines) <= LONE and page.end < page.top + (page.foot - page.top) / 4:
            yield at, f"на странице только «{page.lines[0].text[:60]}»"
        elif at == len(pages) and _rows(page, meant) == 1 and _table_alone(page, meant):
            yield at, "на последней странице одна строка таблицы"


def signatures_alone(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a page that begins with a signature or a list of those who read the order, or that ends with the words to sign after."""
    for at, page in enumerate(pages[1:], 2):
        if _begins_signed(page):
            yield at, "страница начинается с подписи: текст остался на прошлой"
        elif page.lines and ACQUAINTED.match(page.lines[0].text):
            yield at, f"«{page.lines[0].text}» без приказа: подпись осталась на прошлой странице"
    for at, page in enumerate(pages, 1):
        if page.lines and ACQUAINTED.match(page.lines[-1].text):
            yield at, f"«{page.lines[-1].text}» – последняя строка страницы"


def headings_below(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a heading, or the head of a table, that is the last line of its page."""
    for at, page in enumerate(pages[:-1], 1):
        last = page.lines[-1] if page.lines else None
        if last is None:
            continue
        text = bare(last.text)
        heading = last.bold and len(text) > LONE and any(each.endswith(text) for each in meant.headings)
        if heading or (page.tables and page.tables[-1] and page.tables[-1][-1] in meant.heads):
            yield at, f"внизу страницы остался заголовок «{last.text[:60]}»"


def appendices_below(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find an appendix that does not begin its page."""
    for at, page in enumerate(pages, 1):
        for line in page.lines[1:]:
            if bare(line.text) in meant.appendices:
                yield at, f"«{line.text[:60]}» начинается не с новой страницы"


def headings_under_signatures(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a heading that starts on the page of the signatures it comes after."""
    for heading in meant.under:
        for at, page in enumerate(pages, 1):
            if any(line.bold and bare(line.text) == heading for line in page.lines[1:]):
                yield at, f"под подписями начинается «{heading[:40]}»"


def half_empty(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a page, not the last and not before an appendix, of which half or more is empty."""
    for at, (page, following) in enumerate(pairwise(pages), 1):
        forced = following.lines and bare(following.lines[0].text) in meant.appendices
        if not forced and page.end < page.top + (page.foot - page.top) * HALF:
            yield at, "половина страницы пуста, а текст идёт дальше"


def split_rows(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a row of a table that begins on one page and ends on another."""
    for at, page in enumerate(pages, 1):
        edges = [*(page.tables[-1][-1:] if page.tables and at < len(pages) else ())]
        if page.tables and at > 1:
            body = [row for row in page.tables[0] if row not in meant.heads]
            edges += body[:1]
        for row in edges:
            if row.strip("|") and not _known(row, meant):
                yield at, f"строка таблицы разорвана: «{row[:60]}»"


def broken_words(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a word, a date or a number that a line's end breaks inside."""
    shown = frozenset().union(*(page.words for page in pages))
    for word in dict.fromkeys(meant.words):
        plain = word.strip("_")
        if "_" in plain or len(plain) <= 1 or word in shown:
            continue
        lost = [
            piece
            for piece in PIECES.split(word)
            if piece and piece not in shown and not _within(piece, shown)
        ]
        if lost:
            yield 0, f"слово разорвано в середине: «{word[:40]}»"


def wide_gaps(pages: tuple[Sheet, ...], meant: Meant) -> Iterator[Found]:
    """Find a line stretched so that its words stand far apart."""
    for at, page in enumerate(pages, 1):
        for line in page.lines:
            text = bare(line.text)
            if line.gap > WIDE and len(text) > SHORTEST and any(text in each for each in meant.justified):
                yield at, f"строка растянута: «{line.text[:60]}»"


def _begins_signed(page: Sheet) -> bool:
    """Tell a page whose signature has no line of text above it, only such words as «Ознакомлен:»."""
    signed = next(
        (at for at, line in enumerate(page.lines) if SIGNED.search(line.text) or DATED.search(line.text)),
        None,
    )
    above = [line.text for line in page.lines[: signed or 0]]
    told = [text for text in above if len(bare(text).replace("_", "")) >= SHORTEST and not text.endswith(":")]
    return signed is not None and not told


def _rows(page: Sheet, meant: Meant) -> int:
    return sum(row not in meant.heads and bool(row.strip("|")) for table in page.tables for row in table)


def _table_alone(page: Sheet, meant: Meant) -> bool:
    """Tell a page that holds its table and nothing after it."""
    told = "".join(row.replace("|", "") for table in page.tables for row in table)
    return all(bare(line.text) in told or not line.text for line in page.lines) or len(
        "".join(map(bare, (line.text for line in page.lines)))
    ) <= len(told)


def _known(row: str, meant: Meant) -> bool:
    plain = row.replace("|", "")
    return any(plain == each.replace("|", "") for each in meant.rows)


def _within(piece: str, shown: frozenset[str]) -> bool:
    return any(piece in word for word in shown)


RULES: dict[str, Callable[[tuple[Sheet, ...], Meant], Iterator[Found]]] = {
    "одинокая строка": lone_lines, "подпись одна": signatures_alone, "заголовок внизу": headings_below, "приложение не с новой страницы": appendices_below,
    "заголовок под подписями": headings_under_signatures, "полупустая страница": half_empty, "разорванная строка таблицы": split_rows, "разорванное слово": broken_words,
    "растянутая строка": wide_gaps,
}  # fmt: skip


def faults(pages: tuple[Sheet, ...], meant: Meant) -> list[tuple[str, str]]:
    """Return what is wrong on the pages of a paper: the kind of fault, and its page with what is seen there."""
    return [
        (kind, f"{f'страница {at}' if at else 'весь документ'}: {said}")
        for kind, rule in RULES.items()
        for at, said in rule(pages, meant)
    ]

"""Faults around the tags: placeholders of another paper, fields of Word's own mail merge, tags that are half inside something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.papers.lint_tags import Fault
from flows.papers.package import W
from flows.papers.tags import Paragraph, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

PLACEHOLDER = re.compile(
    r"\(название [^()]{0,200}\)|\[(?:ФИО|Ф\.И\.О\.|дата|название|должность|номер|организация)[^\[\]]{0,200}\]|\b[XХ]{2}\.[XХ]{2}\.(?:[XХ]{2,4}|20[XХ]{2})|\?{3,}",
    re.IGNORECASE,
)
WIDE = re.compile("[｛｝]{2}")
MERGE = re.compile(r"^\s*(MERGEFIELD\s+\S+|ASK\b|FILLIN\b)", re.IGNORECASE)
WRAPPERS = {
    f"{W}ins": "правка",
    f"{W}moveTo": "правка",
    f"{W}hyperlink": "ссылка",
    f"{W}sdtContent": "элемент управления",
}
CURES = {
    "правка": "в исправлении; примите исправления («Рецензирование – Принять»)",
    "ссылка": "в ссылке; уберите ссылку",
    "элемент управления": "в элементе управления содержимым; удалите его, текст останется",
}


def text_faults(paragraphs: Sequence[Paragraph]) -> Iterator[Fault]:
    """Yield what would be printed as it stands or would break the file."""
    for paragraph in paragraphs:
        yield from _left_over(paragraph)
        yield from _merged(paragraph)
        yield from _torn(paragraph)


def _left_over(paragraph: Paragraph) -> Iterator[Fault]:
    bare = paragraph.text
    for tag in tags(paragraph):
        bare = bare.replace(tag.text, " " * len(tag.text), 1)
    wide, found = WIDE.search(bare), PLACEHOLDER.search(bare)
    if wide:
        yield Fault(
            "tag-braces",
            paragraph.where,
            wide[0],
            "это не те скобки; наберите обычные фигурные «{{ … }}» в латинской раскладке",
        )
    if found:
        yield Fault(
            "text-left",
            paragraph.where,
            found[0],
            "это место, которое забыли заполнить; впишите текст или поставьте метку «{{ … }}»",
        )


def _merged(paragraph: Paragraph) -> Iterator[Fault]:
    told = [
        *(str(each.get(f"{W}instr", "")) for each in paragraph.element.iter(f"{W}fldSimple")),
        *(each.text or "" for each in paragraph.element.iter(f"{W}instrText")),
    ]
    found = next((match for text in told if (match := MERGE.match(text))), None)
    if found:
        yield Fault(
            "text-merge",
            paragraph.where,
            found[1].strip(),
            "поле слияния Word программа не заполняет; удалите его и поставьте метку «{{ … }}»",
        )


def _torn(paragraph: Paragraph) -> Iterator[Fault]:
    """Find a tag of which only a part lies in a tracked change, a link or a content control: the file would not open."""
    pieces = _pieces(paragraph)
    for tag in tags(paragraph):
        holders = {
            _wrapper(element)
            for start, element in pieces
            if start < tag.at + len(tag.text) and start + len(element.text or " ") > tag.at
        }
        if len(holders) > 1:
            what = next(WRAPPERS[each.tag] for each in holders if each is not None)
            yield Fault(
                "tag-torn",
                tag.where,
                tag.text,
                f"метка наполовину стоит {CURES[what]} или наберите метку заново",
            )


def _pieces(paragraph: Paragraph) -> list[tuple[int, _Element]]:
    """Return the texts of the paragraph with where each starts; empty for one with text boxes, whose own text is not so plain."""
    found: list[tuple[int, _Element]] = []
    at = 0
    if next(paragraph.element.iter(f"{W}txbxContent"), None) is not None:
        return found
    for each in paragraph.element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        found.append((at, each))
        at += len(each.text or "") if each.tag == f"{W}t" else 1
    return found


def _wrapper(element: _Element) -> _Element | None:
    return next((each for each in element.iterancestors() if each.tag in WRAPPERS), None)

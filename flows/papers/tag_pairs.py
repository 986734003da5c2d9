"""Conditions and loops: what is opened is closed, in the paragraph, cell or table where it was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.papers.package import W
from flows.papers.tags import Fault, Tag, paragraphs, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from flows.papers.package import Package

BLOCKS = {"endif": "if", "endfor": "for"}
MERGING = frozenset({"vm", "hm"})  # cells that a loop merges down or across


def first_unpaired(package: Package, label: str) -> Fault | None:
    """Return the first tag of a template whose pair stands where it cannot: the file printed of it would not open."""
    found = [tag for paragraph in paragraphs(package, label) for tag in tags(paragraph)]
    return next(unpaired(found), None)


def unpaired(found: Sequence[Tag]) -> Iterator[Fault]:
    """Yield conditions and loops of a part that are not closed, or closed where they cannot be."""
    waiting: list[Tag] = []
    closing: set[int] = set()
    for tag in found:
        if tag.word in {"if", "for"}:
            waiting.append(tag)
        elif tag.word in {"else", "elif"}:
            yield from _branch(tag, waiting, closing)
        elif tag.word in MERGING and all(each.word != "for" for each in waiting):
            yield Fault("tag-pair", tag.where, tag.text, "работает только внутри цикла «for»")
        elif tag.word in BLOCKS:
            if not waiting or waiting[-1].word != BLOCKS[tag.word]:
                yield Fault("tag-pair", tag.where, tag.text, _crossed(tag, waiting))
                return
            yield from _mismatched(waiting.pop(), tag)
    for tag in waiting[:1]:
        yield Fault("tag-pair", tag.where, tag.text, f"не закрыта; добавьте «end{tag.word}»")


def _branch(tag: Tag, waiting: list[Tag], closing: set[int]) -> Iterator[Fault]:
    """Find a branch outside a condition or after its «else»; `closing` remembers, by depth and place, conditions that had one."""
    if not waiting:
        yield Fault("tag-pair", tag.where, tag.text, f"«{tag.word}» стоит вне условия")
    elif id(waiting[-1]) in closing:
        yield Fault(
            "tag-pair", tag.where, tag.text, f"«{tag.word}» стоит после «else»; «else» всегда последняя"
        )
    elif tag.word == "else":
        closing.add(id(waiting[-1]))


def _crossed(tag: Tag, waiting: list[Tag]) -> str:
    if not waiting:
        return f"закрывает то, что не открыто; уберите её или добавьте «{BLOCKS[tag.word]}» выше"
    return f"раньше надо закрыть «{waiting[-1].text}» ({waiting[-1].where}); поменяйте местами «endif» и «endfor»"


def _mismatched(opening: Tag, closing: Tag) -> Iterator[Fault]:
    if opening.prefix != closing.prefix:
        wanted = f"{{%{opening.prefix} {closing.word} %}}"
        yield Fault(
            "tag-pair",
            closing.where,
            closing.text,
            f"открыта как «{opening.text}», поэтому закрывается «{wanted}»; иначе останется лишняя строка",
        )
    elif _holder(opening) is not _holder(closing):
        yield Fault(
            "tag-pair",
            closing.where,
            closing.text,
            f"открыта в другой ячейке или таблице ({opening.where}); закройте её там же",
        )


def _holder(tag: Tag) -> _Element | None:
    element = tag.paragraph.element
    if tag.prefix in {"tr", "tc"}:
        whole = next(element.iterancestors(f"{W}{tag.prefix}"), None)
        return None if whole is None else whole.getparent()
    return element.getparent()

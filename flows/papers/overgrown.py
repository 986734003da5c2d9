"""Tags that grew beyond what anybody writes by hand: refused before Jinja or Python is asked to read them.

A parser goes one call deeper with each bracket, sign and condition, and a number of thousands of figures is no number;
every bound lies far above what a template of the staff needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.papers.tags import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.papers.tags import Paragraph, Tag

__all__ = ["overgrown", "reason_of"]

LONGEST_TAG = 2000
LONGEST_NUMBER = 15
DEEPEST_BRACKETS = 10
MOST_SIGNS = 60
DEEPEST_BLOCKS = 30
MOST_BRANCHES = 60
FIGURES = re.compile(rf"\d{{{LONGEST_NUMBER + 1}}}")
SIGNS = re.compile(r"[-+*/%~|.,<>=!]|\b(?:not|and|or|is|in|if|else)\b")


def overgrown(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Tag, str]]:
    """Yield the tags of a part that are too much, each with what is wrong and what would be right."""
    depth = branches = 0
    for paragraph in paragraphs:
        for tag in tags(paragraph):
            reason = reason_of(tag.text)
            depth += (tag.word in {"if", "for"}) - (tag.word in {"endif", "endfor"})
            branches = branches + 1 if tag.word == "elif" else 0 if tag.word in {"if", "endif"} else branches
            if reason or depth > DEEPEST_BLOCKS or branches > MOST_BRANCHES:
                yield tag, reason or "условий и циклов друг в друге слишком много; разбейте место на части"
                return


def reason_of(text: str) -> str:
    """Return why a tag is too much, "" for one that is not."""
    if text.startswith("{#"):
        return ""
    if len(text) > LONGEST_TAG:
        return f"метка длиннее {LONGEST_TAG} знаков; разбейте её на части"
    if FIGURES.search(text):
        return f"число длиннее {LONGEST_NUMBER} цифр; проверьте его"
    if _deepest(text) > DEEPEST_BRACKETS:
        return "скобки внутри скобок стоят слишком глубоко; упростите метку"
    if sum(1 for _ in SIGNS.finditer(text[2:-2])) > MOST_SIGNS:
        return "в метке слишком много действий; разбейте её на части"
    return ""


def _deepest(text: str) -> int:
    depth = deepest = 0
    for sign in text[2:-2]:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest

"""Numbers that Word counts itself: «1.», «1.1.» of lists, which stand in no text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LAST_ROMAN = 399
LATIN = "abcdefghijklmnopqrstuvwxyz"
BULLET = "-"
Level = tuple[str, str, int]  # format, pattern, first value


class Numbers:
    """Counts the list paragraphs of one file in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Take the parts `numbering.xml` and `styles.xml`, either of which a file may lack."""
        abstract = {_value(each, "abstractNumId"): _levels(each) for each in _named(numbering, "abstractNum")}
        self._levels: dict[str, dict[int, Level]] = {}
        for num in _named(numbering, "num"):
            known = dict(abstract.get(_value(_first(num, "abstractNumId")), {}))
            for override in _named(num, "lvlOverride"):
                at, start = int(_value(override, "ilvl") or 0), _value(_first(override, "startOverride"))
                if start and at in known:
                    known[at] = (*known[at][:2], int(start))
            self._levels[_value(num, "numId")] = known
        self._styles = {_value(style, "styleId"): _num_of(style) for style in _named(styles, "style")}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def next(self, paragraph: etree._Element) -> str:
        """Return the number Word prints before a paragraph, "-" for a bullet, "" for a plain one."""
        if not self._levels or not len(paragraph) or not str(paragraph[0].tag).endswith("}pPr"):
            return ""
        number, level = _num_of(paragraph)
        if not number:
            number, of_style = self._styles.get(_value(_first(paragraph, "pStyle")), ("", 0))
            level = level or of_style
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counts = self._counts[number]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        form, pattern, _ = levels[level]
        if form in {"bullet", "none"}:
            return BULLET if form == "bullet" else ""
        return re.sub(r"%(\d)", lambda found: _said(levels, counts, int(found[1]) - 1), pattern)


def _said(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    form, _, first = levels.get(level, ("decimal", "", 1))
    return _as(form, counts.setdefault(level, first))


def _as(form: str, count: int) -> str:
    if form in {"upperRoman", "lowerRoman"} and count <= LAST_ROMAN:
        said = ""
        for size, sign in ROMAN:
            said, count = said + sign * (count // size), count % size
        return said if form == "upperRoman" else said.lower()
    letters = RUSSIAN if form.startswith("russian") else LATIN if form.endswith("Letter") else ""
    if letters:
        letter = letters[(count - 1) % len(letters)]
        return letter.upper() if form in {"upperLetter", "russianUpper"} else letter
    return str(count)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        int(_value(level, "ilvl") or 0): (
            _value(_first(level, "numFmt")) or "decimal",
            _value(_first(level, "lvlText")),
            int(_value(_first(level, "start")) or 1),
        )
        for level in _named(abstract, "lvl")
    }


def _num_of(element: etree._Element) -> tuple[str, int]:
    """Return a paragraph's or a style's list and level; list «0» means numbering taken away."""
    for props in _named(element, "pPr"):
        num = _first(props, "numPr")
        if num is not None:
            return _value(_first(num, "numId")), int(_value(_first(num, "ilvl")) or 0)
    return "", 0


def _named(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if parent is not None:
        yield from (
            child for child in parent if isinstance(child.tag, str) and child.tag.endswith("}" + name)
        )


def _first(parent: etree._Element, name: str) -> etree._Element | None:
    found = next(_named(parent, name), None)
    if found is not None:
        return found
    return next((child for props in _named(parent, "pPr") for child in _named(props, name)), None)


def _value(element: etree._Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return next((str(given) for key, given in element.attrib.items() if str(key).endswith("}" + name)), "")

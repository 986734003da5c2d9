"""A proof, made once for a template, that whatever branch or loop is taken the result is well-formed XML."""

from __future__ import annotations

import re

TAG = re.compile(r"\{#.{0,2000}?#\}|\{%-?\s{0,99}(\w{1,40}).{0,2000}?%\}|\{\{.{0,2000}?\}\}", re.DOTALL)
ELEMENT = re.compile(
    r"<(?:!--[^<>]{0,2000}?--|\?[^<>]{0,2000}?\?|(/?)([\w:.-]++)((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?)(/?))>",
    re.DOTALL,
)
OPENING, MIDDLE, CLOSING = {"if", "for"}, {"else", "elif"}, {"endif", "endfor"}


def proven(source: str) -> bool:
    """Return whether every branch of the template's text opens and closes the same elements.

    Values are escaped when they are printed, so a printed value counts as text. `False` means only
    that the result must be parsed to know.
    """
    flat = _flattened(source)
    if flat is None:
        return False
    open_elements: list[str] = []
    floors: list[int] = []
    for branch, text in flat:
        if not _balanced(text, open_elements, floors[-1] if floors else 0):
            return False
        if branch in OPENING:
            floors.append(len(open_elements))
        elif branch in MIDDLE | CLOSING and (not floors or len(open_elements) != floors[-1]):
            return False
        if branch in CLOSING:
            floors.pop()
    return not open_elements and not floors


def _flattened(source: str) -> list[tuple[str, str]] | None:
    """Cut the text at statements; each piece goes with the statement after it. `None` when one of them is not a branch."""
    pieces: list[tuple[str, str]] = []
    held: list[str] = []
    at = 0
    for tag in TAG.finditer(source):
        held.append(source[at : tag.start()])
        at = tag.end()
        if tag[0].startswith("{%"):
            if tag[1] not in OPENING | MIDDLE | CLOSING | {"set"}:
                return None
            pieces.append((tag[1], "".join(held)))
            held = []
        elif tag[0].startswith("{{"):
            held.append("x")
    return [*pieces, ("", "".join((*held, source[at:])))]


def _balanced(text: str, open_elements: list[str], floor: int) -> bool:
    at = 0
    for element in ELEMENT.finditer(text):
        if "<" in text[at : element.start()] or ">" in text[at : element.start()]:
            return False
        at = element.end()
        closing, name, _, empty = element.groups()
        if closing:
            if len(open_elements) <= floor or open_elements.pop() != name:
                return False
        elif name and not empty:
            open_elements.append(name)
    return "<" not in text[at:] and ">" not in text[at:]

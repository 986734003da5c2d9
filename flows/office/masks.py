"""Partial answers: the `fields` parameter (`a,b(c,d),e/f`) read and applied."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flows.office.errors import Refusal

Mask = dict[str, Any]


class Cut(list[Any]):
    """A list that is cut to its mask already."""


_TOKENS = re.compile(r"\s*([A-Za-z0-9_$*-]+|[(),/.])")


@lru_cache(maxsize=512)
def parse(text: str) -> Mask:
    """Tree of the wanted names; a leaf is an empty dict and means the whole value. 400 if malformed."""
    tokens = _tokens(text)
    tree, rest = _group(tokens, 0, text)
    if rest != len(tokens):
        raise _invalid(text)
    return tree


def _invalid(text: str) -> Refusal:
    return Refusal(400, f"Invalid field selection {text}", "invalidParameter")


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKENS.match(stripped, at)
        if match is None:
            raise _invalid(text)
        found.append(match.group(1))
        at = match.end()
    return found


def _group(tokens: list[str], at: int, text: str) -> tuple[Mask, int]:
    tree: Mask = {}
    while True:
        at = _path(tokens, at, tree, text)
        if at >= len(tokens) or tokens[at] != ",":
            return tree, at
        at += 1


def _path(tokens: list[str], at: int, tree: Mask, text: str) -> int:
    """Read one `a/b(c,d)` into the tree; answers where it ended."""
    node, fresh = tree, True
    while True:
        if at >= len(tokens) or tokens[at] in "(),/.":
            raise _invalid(text)
        name, at = tokens[at], at + 1
        whole = name in node and not node[name] and not fresh
        node = node.setdefault(name, {}) if not whole else {}
        fresh = False
        if at < len(tokens) and tokens[at] in "/.":
            at += 1
            continue
        if at < len(tokens) and tokens[at] == "(":
            return _inner(tokens, at + 1, node, text)
        node.clear()
        return at


def _inner(tokens: list[str], at: int, node: Mask, text: str) -> int:
    tree, at = _group(tokens, at, text)
    if at >= len(tokens) or tokens[at] != ")":
        raise _invalid(text)
    node.update(tree)
    return at + 1


def wants(mask: Mask | None, *path: str) -> bool:
    """Whether an answer under this mask would show anything at the path; no mask shows everything."""
    node = mask
    for name in path:
        if not node or "*" in node:
            return True
        if name not in node:
            return False
        node = node[name]
    return True


def apply(mask: Mask | None, value: Any) -> Any:
    """Leave in `value` only what the mask names."""
    if not mask or "*" in mask or not value or isinstance(value, Cut):
        return value
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if not isinstance(value, dict):
        return value
    # A name without parts is wanted whole: most of an answer are such, so they are not descended into.
    return {
        name: apply(mask[name], item) if mask[name] else item for name, item in value.items() if name in mask
    }

"""What a paper was printed from, as one short string in its register row and on its file (DESIGN §3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

VERSION = "2"
TEMPLATE_CHANGED, DATA_CHANGED, EITHER = (
    "шаблон изменился",
    "данные изменились",
    "данные или шаблон изменились",
)
SPELT = re.compile(rf"{VERSION}\.([0-9a-f]{{16}})\.([0-9a-f]{{32}})(?:\.([\w-]{{0,40000}}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A fingerprint of the second version.

    `template` is the beginning of the SHA-256 of the template's bytes, `data` of the fields it reads as they were,
    `fields` says which they are (packed by `papers.fingerprint`); empty where only the file remembers the paper.
    """

    template: str
    data: str
    fields: str = ""

    def __str__(self) -> str:
        return ".".join((VERSION, self.template, self.data, *((self.fields,) if self.fields else ())))


@dataclass(frozen=True, slots=True)
class FirstVersion:
    """What judging rows of the first version needs: SHA-256 of the templates of that time by name, fields added since by kind."""

    templates: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def context(self, kind: str, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a context as the first version knew it."""
        paths = (*self.added.get("*", ()), *self.added.get(kind, ()))
        cut: Any = context
        for path in paths:
            cut = _without(cut, path.split("."))
        return cut if isinstance(cut, Mapping) else context


def parse(text: str) -> Fingerprint | None:
    """Read a fingerprint; `None` for the first version, a bare SHA-256, and for what is none."""
    spelt = SPELT.fullmatch(text)
    return Fingerprint(spelt[1], spelt[2], spelt[3] or "") if spelt else None


def short(text: str) -> str:
    """Return a fingerprint without its fields: a file's property has room for no more."""
    read = parse(text)
    return str(replace(read, fields="")) if read else text


def what_changed(before: str, now: str) -> str:
    """Say what makes a draft another one than was filed: its template, its data, or, of the first version, either."""
    one, other = parse(before), parse(now)
    if one is None or other is None:
        return EITHER
    return DATA_CHANGED if one.template == other.template else TEMPLATE_CHANGED


def _without(value: Any, path: list[str]) -> Any:
    """Return a value without a field of it; `[]` in a path goes into each item of a list."""
    name, *below = path
    if name == "[]":
        return [_without(item, below) for item in value] if isinstance(value, list | tuple) else value
    if not isinstance(value, Mapping) or name not in value:
        return value
    if not below:
        return {key: item for key, item in value.items() if key != name}
    return {**value, name: _without(value[name], below)}

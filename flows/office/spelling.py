"""Answers as JSON: values spelled once, and what was spelled before taken over as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Spelled:
    """A value kept as its JSON: a row of a book that is shown again and again, in a tenth of the room."""

    json: bytes


def spelled(value: Any) -> Spelled:
    """Spell a value for good."""
    return Spelled(bytes(memoryview(dumped(value))))  # what orjson gives holds on to more room than it fills


def dumped(value: Any) -> bytes:
    """Spell a value; half of a pair of codes, which no answer could carry, becomes a question mark."""
    try:
        return orjson.dumps(value, default=_fragment)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return text.encode("utf-8", "replace")


def loaded(data: bytes) -> Any:
    """Read JSON of our own spelling."""
    return orjson.loads(data)


def _fragment(value: Any) -> Any:
    if isinstance(value, Spelled):
        return orjson.Fragment(value.json)
    raise TypeError


def _plain(value: Any) -> Any:
    if isinstance(value, Spelled):
        return json.loads(value.json)
    raise TypeError

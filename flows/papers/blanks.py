"""What a paper leaves blank: fields that its template reads and that the data do not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.papers.tag_fields import ITEM, THERE, WHOLE, Fields
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "код"


@dataclass(frozen=True, slots=True)
class Blank:
    """A field without a value: its path from the top, whose record it is in and the path from there, and the reason if one is known.

    `printed` tells that its place is printed empty; else a part of the text is left out.
    """

    path: str
    code: str
    inner: str
    reason: str
    printed: bool


def blanks(context: Mapping[str, Any], fields: Fields) -> tuple[Blank, ...]:
    """Return the fields that a template reads of a context and does not find, each once, in the template's order."""
    return tuple(dict.fromkeys(_of_record(context, fields, "", "", "")))


def _of_record(
    record: Mapping[str, Any], fields: Fields, path: str, code: str, inner: str
) -> Iterator[Blank]:
    own = str(record.get(CODE) or "")
    code, inner = (own, "") if own else (code, inner)
    for name, below in fields.items():
        if name not in {THERE, ITEM, WHOLE} and name in record:
            yield from _of_value(record[name], below, _joined(path, name), code, _joined(inner, name))


def _of_value(value: Any, fields: Fields, path: str, code: str, inner: str) -> Iterator[Blank]:
    if isinstance(value, Doubt):
        yield Blank(path, code, inner, value.reason, printed=True)
    elif isinstance(value, Mapping):
        yield from _of_record(value, fields, path, code, inner)
    elif isinstance(value, list | tuple) and value:
        for item in value:
            if isinstance(item, Mapping):
                yield from _of_record(item, fields.get(ITEM, {}), path, code, inner)
    elif value is None or value == "" or isinstance(value, list | tuple):
        yield Blank(path, code, inner, "", printed=WHOLE in fields)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name

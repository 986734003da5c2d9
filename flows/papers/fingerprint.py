"""What a paper is made of, as one short string: when it is the same, the paper would be the same (DESIGN §3).

The second version counts the template and those fields of the context that it reads, and remembers which they are: a
field that no template reads changes nothing, and a registered paper is judged by what it was registered with, whatever
became of the template since. The first version counted the whole context; rows that bear it are judged by that rule.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Refused
from flows.domain.register.fingerprint import Fingerprint, FirstVersion, parse
from flows.papers.faults import TROUBLE
from flows.papers.read_fields import chosen, fields_read, plain
from flows.papers.tag_fields import WHOLE, Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TEMPLATE_DIGITS, DATA_DIGITS = 16, 32
MOST_FIELDS = 1_000_000
EVERYTHING: Fields = {WHOLE: {}}
TEMPLATES_KEPT, ROWS_KEPT = 160, 2048


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as it would be printed now: its kind, its template's name and bytes, what it is printed from."""

    kind: str
    name: str
    template: bytes
    context: Mapping[str, Any]

    @property
    def fields(self) -> Fields:
        """The fields its template reads; everything where the template cannot be read."""
        return _fields(self.template)


def fingerprint(template: bytes, context: Mapping[str, Any], without: Iterable[str] = ()) -> str:
    """Return the fingerprint of a paper that would be printed from a template and a context now.

    Fields `without` which it is to be judged are named as `Kind.later` names them.
    """
    fields = _fields(template)
    for path in without:
        fields = _pruned(fields, path.split("."))
    told = Fingerprint(_template(template), _data(context, fields), packed(fields))
    return str(told)


def judges(before: str, paths: Iterable[str]) -> bool:
    """Tell whether a filed paper is judged by one of the fields, named as `Kind.later` names them, or by everything."""
    filed = parse(before)
    fields = unpacked(filed.fields) if filed else None
    return fields is None or any(_pruned(fields, path.split(".")) != fields for path in paths)


def judged(printed: Printed, before: str, first: FirstVersion, *, registered: bool = False) -> str:
    """Return `before` itself where a paper filed with that fingerprint still is what would be printed, else a new one.

    A draft is the same when its template and the fields are; a registered paper when the fields are that it was
    registered with, by the template of then. Of a registered row that only its file remembers nothing is claimed.
    """
    filed = parse(before)
    if filed is None:
        digests = [hashlib.sha256(printed.template).hexdigest()]
        if registered and printed.name in first.templates:
            digests.append(first.templates[printed.name])
        known = first.context(printed.kind, printed.context)
        same = any(_first(digest, known) == before for digest in digests)
    else:
        own = filed.template == _template(printed.template)
        fields = unpacked(filed.fields) or (printed.fields if own else None)
        unknown = fields is None
        told = unknown or _data(printed.context, fields or {}) == filed.data
        same = told if registered else own and told and not unknown
    return before if same else fingerprint(printed.template, printed.context)


def as_judged(printed: Printed, before: str, first: FirstVersion) -> dict[str, Any]:
    """Return what of a context a filed row is judged by: the fields of its fingerprint, all of them for the first version."""
    filed = parse(before)
    if filed is None and before:
        return dict(first.context(printed.kind, printed.context))
    cut = chosen(printed.context, (unpacked(filed.fields) if filed else None) or printed.fields)
    return dict(cut)


def _pruned(fields: Fields, path: Sequence[str]) -> Fields:
    """Return fields without one of them; what is not among them takes nothing away."""
    name, *below = path
    if name not in fields:
        return fields
    if not below:
        return {known: told for known, told in fields.items() if known != name}
    return fields | {name: _pruned(fields[name], below)}


@lru_cache(maxsize=ROWS_KEPT)
def unpacked(text: str) -> Fields | None:
    """Return the fields that `packed` spelt; `None` for what it did not."""
    try:
        spelt = zlib.decompressobj()
        raw = spelt.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_FIELDS)
        told = json.loads(raw) if raw else None
    except (ValueError, zlib.error, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def packed(fields: Fields) -> str:
    """Spell fields shortly: letters, digits, `-` and `_`."""
    return base64.urlsafe_b64encode(zlib.compress(_spelt(fields).encode(), 9)).decode().rstrip("=")


@lru_cache(maxsize=TEMPLATES_KEPT)
def _fields(template: bytes) -> Fields:
    try:
        return fields_read(template)
    except (Refused, *TROUBLE):
        # What is wrong with a template is told where the paper is tried.
        return EVERYTHING


@lru_cache(maxsize=TEMPLATES_KEPT)
def _template(template: bytes) -> str:
    return hashlib.sha256(template).hexdigest()[:TEMPLATE_DIGITS]


def _data(context: Mapping[str, Any], fields: Fields) -> str:
    return hashlib.sha256(_spelt(chosen(context, fields)).encode()).hexdigest()[:DATA_DIGITS]


def _first(digest: str, context: Mapping[str, Any]) -> str:
    told = hashlib.sha256(bytes.fromhex(digest))
    told.update(_spelt(plain(context)).encode())
    return told.hexdigest()


def _spelt(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

"""The builder of each kind that is made: a file of `kinds` for those with facts of their own, the record's parts for the rest.

Modules of `kinds` and of `parts` are found, not listed. A module of `kinds` states `KIND` and `build`; one of `parts` its
parts by name: `PARTS` of the facts alone, `PARTS_OF_KIND` of the facts and the kind.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.documents import kinds, parts
from flows.domain.documents.common import common

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from flows.domain.catalogue.kind import Builder, Kind, PartOfKind
    from flows.domain.model import Context, Facts


def _modules(room: ModuleType) -> Iterator[ModuleType]:
    for place in iter_modules(room.__path__, f"{room.__name__}."):
        yield import_module(place.name)


def _of_facts(part: Builder) -> PartOfKind:
    return lambda facts, _: part(facts)


def _parts() -> Iterator[tuple[str, PartOfKind]]:
    for module in _modules(parts):
        yield from ((name, _of_facts(part)) for name, part in getattr(module, "PARTS", {}).items())
        yield from getattr(module, "PARTS_OF_KIND", {}).items()


def put_together(facts: Facts, kind: Kind) -> Context:
    """Return the context of a kind without facts of its own: what every paper says, and its parts."""
    told = common(facts, kind.id)
    for name in kind.parts or ():
        told |= PARTS[name](facts, kind)
    return told


PARTS: dict[str, PartOfKind] = dict(_parts())
OWN: dict[str, Builder] = {module.KIND: module.build for module in _modules(kinds)}
_MADE = {kind.id: kind for kind in record.kinds().values() if kind.made}
BUILDERS: dict[str, Builder] = OWN | {
    name: partial(put_together, kind=kind) for name, kind in sorted(_MADE.items()) if kind.parts is not None
}
SUBJECTS: dict[str, str] = {name: _MADE[name].subject for name in BUILDERS if name in _MADE}

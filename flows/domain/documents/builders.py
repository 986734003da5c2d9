"""The builder and the subject of each kind that is made, by the catalogue's id: modules of `kinds` are found, not listed.

A module for one kind states `KIND`, `SUBJECT` and `build`; one for several states `BUILDERS` and `SUBJECTS`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from flows.domain.documents import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.domain.catalogue.kind import Builder


def _found() -> Iterator[tuple[str, str, Builder]]:
    for place in iter_modules(kinds.__path__, f"{kinds.__name__}."):
        module = import_module(place.name)
        if hasattr(module, "BUILDERS"):
            yield from ((kind, module.SUBJECTS[kind], builder) for kind, builder in module.BUILDERS.items())
        else:
            yield module.KIND, module.SUBJECT, module.build


_FOUND = sorted(_found(), key=lambda entry: entry[0])
BUILDERS: dict[str, Builder] = {kind: builder for kind, _, builder in _FOUND}
SUBJECTS: dict[str, str] = {kind: subject for kind, subject, _ in _FOUND}

"""The builder and the subject of each kind that is made, by the catalogue's id: modules of `kinds` are found, not listed.

A module for one kind states `KIND`, `SUBJECT` and `build`; one for several states `BUILDERS` and `SUBJECTS`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from flows.domain.documents import kinds

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder

BUILDERS: dict[str, Builder] = {}
SUBJECTS: dict[str, str] = {}
for name in sorted(module.name for module in iter_modules(kinds.__path__, f"{kinds.__name__}.")):
    module = import_module(name)
    several = hasattr(module, "BUILDERS")
    BUILDERS |= module.BUILDERS if several else {module.KIND: module.build}
    SUBJECTS |= module.SUBJECTS if several else {module.KIND: module.SUBJECT}

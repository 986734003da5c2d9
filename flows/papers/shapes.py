"""What fields a kind's papers have: learnt from papers of an invented organisation, so that no second list can go stale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import FIGURES, FILE_TITLE, requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.model import Context

ANY: dict[str, Any] = {"·": None}
FEW_AND_MANY = (3, 1, 30)
Shape = Any


@lru_cache(maxsize=128)
def trials(kind: str) -> tuple[Context, ...]:
    """Return contexts of a kind's papers about invented people; none when the kind has no builder."""
    made: list[Context] = []
    for pairs in FEW_AND_MANY if kind in BUILDERS else ():
        try:
            told = {
                name: value
                for name, value in BUILDERS[kind](specimen(kind, SUBJECTS[kind], pairs)).items()
                if name not in {FIGURES, FILE_TITLE}
            }
            made.append(requisites(told, draft="ПР-2026-001"))
        except Refused:
            continue
    return tuple(made)


@lru_cache(maxsize=128)
def shape_of(kind: str) -> Shape:
    """Return the fields of a kind: a record is a dict of shapes, a list is a one-item list, a plain value is `None`.

    For a kind without a builder, a template of the staff's own, these are the fields of all kinds together.
    """
    found: Shape = None
    for told in (kind,) if kind in BUILDERS else BUILDERS:
        for context in trials(told):
            found = merged(found, shape(context))
    return found


def shape(value: Any) -> Shape:
    """Return the shape of a value."""
    if isinstance(value, Mapping):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        item: Shape = ANY
        for each in value:
            item = shape(each) if item is ANY else merged(item, shape(each))
        return [item]
    return None


def merged(one: Shape, other: Shape) -> Shape:
    """Return what either shape has."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one is ANY or other is ANY:
            return other if one is ANY else one
        return {key: merged(one.get(key), other.get(key)) for key in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        return [merged(one[0], other[0])]
    return other if one is None else one

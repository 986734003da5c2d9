"""Which fields of a paper's context a template reads, and a context cut down to them (DESIGN §3, fingerprint)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.papers.rendering import prepared
from flows.papers.tag_fields import ITEM, THERE, WHOLE, Fields, together
from flows.russian.doubt import Doubt

ABSENT = ["нет поля"]


def fields_read(template: bytes) -> Fields:
    """Return the fields that a template's tags read, as `tag_fields` spells them.

    Raise `Refused` or a fault of tags for a template that cannot be printed from.
    """
    return together(part.fields for part in prepared(template, "Шаблон").parts)


def chosen(context: Any, fields: Fields) -> Any:
    """Return of a context only what such fields read of it, in plain values that JSON can spell."""
    if isinstance(context, Doubt) or WHOLE in fields:
        return plain(context)
    told: dict[str, Any] = {THERE: bool(context)} if THERE in fields else {}
    if isinstance(context, Mapping):
        if ITEM in fields:
            return plain(context)
        for name, below in fields.items():
            if name not in {THERE, ITEM}:
                told[name] = chosen(context[name], below) if name in context else ABSENT
    elif isinstance(context, list | tuple):
        return [told, [chosen(item, fields.get(ITEM, {})) for item in context]] if ITEM in fields else told
    elif fields.keys() - {THERE}:
        return plain(context)
    return told


def plain(value: Any) -> Any:
    """Return a value as JSON can spell it: dates ISO, a doubt `["сомнение", reason]` or the form that once was given."""
    if isinstance(value, Doubt):
        return ["сомнение", value.reason] if value.before is None else value.before
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

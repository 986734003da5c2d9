"""What a paper is made of, as one short string: when it is the same, the paper would be the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.russian.doubt import Doubt


def fingerprint(template_bytes: bytes, context: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the template and of the context in one canonical spelling (keys sorted, dates ISO)."""
    told = hashlib.sha256(hashlib.sha256(template_bytes).digest())
    told.update(canonical(context).encode())
    return told.hexdigest()


def canonical(context: Mapping[str, Any]) -> str:
    """Return the context as JSON with sorted keys; a doubt is `["сомнение", reason]`. Raise `TypeError` for other objects."""
    return json.dumps(_plain(context), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Doubt):
        return ["сомнение", value.reason]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value

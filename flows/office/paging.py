"""The order and the pages of a list of files."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from flows.office.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.office.entries import Entry


def ordered(entries: list[Entry], order: str) -> list[Entry]:
    """Put entries into the order that `orderBy` names; 400 for a key that Drive does not have."""
    found = sorted(entries, key=lambda entry: (entry.created, entry.id))
    for piece in reversed([each.strip() for each in order.split(",") if each.strip()]):
        name, _, way = piece.partition(" ")
        keys: dict[str, Callable[[Entry], Any]] = {
            "name": lambda entry: entry.name.casefold(),
            "name_natural": lambda entry: entry.name.casefold(),
            "createdTime": lambda entry: entry.created,
            "modifiedTime": lambda entry: entry.modified,
            "folder": lambda entry: entry.kind != "folder",
        }
        if name not in keys:
            raise Refusal(400, f"Invalid Value: orderBy = {order}", "invalid")
        found.sort(key=keys[name], reverse=way == "desc")
    return found


def token_of(start: int) -> str:
    """Spell where the next page begins."""
    return base64.urlsafe_b64encode(f"p{start}".encode()).decode()


def start_of(token: str) -> int:
    """Read where a page begins; 400 for what is no token."""
    if not token:
        return 0
    try:
        text = base64.urlsafe_b64decode(token).decode()
        return int(text.removeprefix("p"))
    except (binascii.Error, ValueError):
        raise Refusal(400, "Invalid Value: pageToken", "invalid") from None

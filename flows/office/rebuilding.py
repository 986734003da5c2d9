"""Ids given back to what lies in a folder whose sidecar was lost; what is what, the caller knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.office.entries import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.office.entries import Entry
    from flows.office.ledger import Ledger


def reidentified(ledger: Ledger, ids: Mapping[str, str]) -> None:
    """Give entries the ids they had before, at one stroke: `ids` leads from today's to the former ones.

    Today's ids stay as those of files that are gone, without a look by which a later file could be taken for them.
    """
    changed = [each for each in ledger.entries.values() if each.id in ids or each.parent in ids]
    live = [_renamed(each, ids) for each in changed if each.id in ids or not each.gone]
    ledger.put(live)
    ledger.put(_emptied(each) for each in changed if each.id in ids)
    ledger.commit()


def _renamed(entry: Entry, ids: Mapping[str, str]) -> Entry:
    return replace(entry, id=ids.get(entry.id, entry.id), parent=ids.get(entry.parent, entry.parent))


def _emptied(entry: Entry) -> Entry:
    return replace(entry, gone=True, sha="", md5="", stamp=Stamp(), left=Stamp(), left_sha="", properties={})

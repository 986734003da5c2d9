"""A look at the ticks of a home in a process of its own, asked by lines of JSON (`python -m flows.engine.looking`).

What a look needs, the clients and whole workbooks, is given back to the system when the process ends; it ends when
whoever asks does.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import TYPE_CHECKING, Any

from flows import doors, engine, settings
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.work import ticks
from flows.workspace.drive import SPREADSHEET

if TYPE_CHECKING:
    from collections.abc import Collection

    from flows.settings import Home, Place
    from flows.workspace.space import Workspace


def look(home: Home, folders: Collection[str] | None, since: str, known: Collection[str]) -> dict[str, Any]:
    """Read the ticks of the organisations whose books may have changed.

    `folders` are names of organisations' folders with changed books, `None` for any; `since` is the moment from
    which Google is asked for changes, empty for all; `known` are the codes of organisations that are looked at whatever
    changed: they had ticks, or their books were not read. Return
    a digest of the ticks for each organisation looked at, empty where nothing is ticked, and our sentences about
    books that were not read.
    """
    ticked: dict[str, str] = {}
    troubles: dict[str, str] = {}
    with doors.open_workspace(home) as space:
        for place in _chosen(space, home, folders, since, known):
            try:
                wishes = ticks.ticked(space, place, doors.supplies(engine.local_day(place), place))
            except (Misconfigured, TryLater, Refused) as trouble:
                troubles[place.slug] = str(trouble)
            except Exception as error:  # noqa: BLE001 - its text may carry what people typed
                troubles[place.slug] = f"Внутренняя ошибка {type(error).__name__}."
            else:
                keys = "\0".join(sorted(wish.key for wish in wishes))
                ticked[place.slug] = hashlib.sha256(keys.encode()).hexdigest()[:16] if wishes else ""
    return {"ticked": ticked, "troubles": troubles}


def _chosen(
    space: Workspace, home: Home, folders: Collection[str] | None, since: str, known: Collection[str]
) -> list[Place]:
    places = list(home.led)
    if home.google and since:
        query = f"modifiedTime > '{since}' and mimeType = '{SPREADSHEET}' and trashed = false"
        drives = sorted({place.drive for place in places})
        changed = {entry.id for drive in drives for entry in space.drive.found(query, drive)}
        return [place for place in places if place.book in changed or place.slug in known]
    if home.google or folders is None or len(places) == 1:
        return places
    inside = [
        place for place in places if place.slug in known or space.drive.entry(place.folder).name in folders
    ]
    return inside or places


def _answer(line: str) -> dict[str, Any]:
    told = json.loads(line)
    try:
        if "trim" in told:
            doors.trim(settings.load_home(), told["trim"])
            return {}
        return look(settings.load_home(), told["folders"], told["since"], told["known"])
    except (Misconfigured, TryLater, Refused) as trouble:
        return {"ticked": {}, "troubles": {"": str(trouble)}}
    except Exception as error:  # noqa: BLE001 - its text may carry what people typed
        return {"ticked": {}, "troubles": {"": f"Внутренняя ошибка {type(error).__name__}."}}


def main() -> None:
    """Answer each line until there are no more."""
    for line in sys.stdin:
        print(json.dumps(_answer(line)), flush=True)


if __name__ == "__main__":
    main()

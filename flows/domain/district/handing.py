"""A row of a district's plan as it goes to an organisation, and how it is spelled in that one's hidden tab."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

WHAT, WHOSE = "район", "чей"
SENT, WITHDRAWN = "sent", "withdrawn"


@dataclass(frozen=True, slots=True)
class Handed:
    """One row handed out: verbatim cells, the windows that the district read, who sent it, whether it still stands."""

    code: str  # М-005 of the district's row
    number: str
    stage: str
    activity: str
    content: str
    term: str
    responsible: str
    result: str
    windows: tuple[tuple[str, str], ...] = ()  # ISO days, empty for none
    kinds: str = ""  # «Готовить документ» as typed
    sender: str = ""  # short name of the district
    state: str = SENT

    @property
    def spelled(self) -> str:
        """Spell it as JSON; the code is its key and no part of it."""
        told = {name: value for name, value in asdict(self).items() if value and name != "code"}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def parse(code: str, text: str) -> Handed | None:
    """Read what `spelled` wrote; nothing where the cell is spoilt."""
    try:
        told: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    names = {each.name for each in fields(Handed)} - {"code", "windows"}
    plain = {name: str(told.get(name) or "") for name in names}
    windows = tuple(
        (str(each[0]), str(each[1]))
        for each in told.get("windows") or ()
        if isinstance(each, list) and len(each) == len(("start", "end"))
    )
    return Handed(code=code, windows=windows, **{**plain, "state": plain["state"] or SENT})

"""Looking over what is about to be filed and what people edited since; what is found stays on the paper's register row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.keys import of_version
from flows.domain.model import Problem, Severity
from flows.domain.register.life import CHANGED, File
from flows.domain.statuses import OVER
from flows.papers.lint_paper import look_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from flows.domain.model import Filed
    from flows.domain.organisation import Organisation
    from flows.workspace.drive import Entry

SIGN, PREFIX = "@", "looked-"
MOST, AT_ONCE = 10, 20


def stopping(remarks: Iterable[Problem]) -> Problem | None:
    """Return the first fault with which a paper must not be filed."""
    return next((each for each in remarks if each.severity is Severity.STOP), None)


def looked(data: bytes, card: Organisation, number: str = "", day: date | None = None) -> tuple[Problem, ...]:
    """Look a paper of an organisation over; `number` and `day` are those of registration."""
    return look_over(data, (card.full_name, card.short_name), number, day)


def spelled(remarks: Iterable[Problem], checksum: str = "") -> str:
    """Spell what was found for the register: «code message» a line; `checksum` tells which edited file was looked at."""
    lines = [f"{each.code} {each.message}" for each in remarks][:MOST]
    return "\n".join([*([f"{SIGN}{checksum}"] if checksum else []), *lines])


def again(
    register: Iterable[Filed],
    card: Organisation,
    entries: Mapping[str, Entry],
    stands: Callable[[Filed], File],
    media: Callable[[Entry], bytes],
) -> dict[int, str]:
    """Look over the drafts that people edited since they were last looked at; return the new spelling by register row."""
    told: dict[int, str] = {}
    for row in register:
        entry = entries.get(row.file_id)
        if (
            len(told) == AT_ONCE
            or entry is None
            or row.state in OVER
            or row.final
            or stands(row) is not File.EDITED
        ):
            continue
        if row.looked.split("\n")[0] != f"{SIGN}{entry.md5}":
            told[row.origin.row] = spelled(_read(entry, media, card), entry.md5)
    return told


def _read(entry: Entry, media: Callable[[Entry], bytes], card: Organisation) -> tuple[Problem, ...]:
    try:
        return looked(media(entry), card)
    except Refused:
        return ()


def findings(register: Iterable[Filed], fresh: Mapping[int, str]) -> Iterator[Problem]:
    """Tell on its register row what was found in each living paper; a curator mends the file or hides the remark."""
    for row in register:
        if row.state in OVER:
            continue
        for line in fresh.get(row.origin.row, row.looked).split("\n"):
            code, _, message = line.partition(" ")
            if message and not line.startswith(SIGN):
                told = f"«{row.title}», {row.draft_number or row.number}: {message}"
                yield Problem(
                    Severity.QUESTION,
                    f"{PREFIX}{code}",
                    replace(row.origin, column=CHANGED),
                    told,
                    subject=of_version(row.key, row.version),
                )

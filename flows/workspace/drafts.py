"""A draft on its way into the cabinet: the register row it will have, its folders, its bytes, what its file carries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.model import Filed
from flows.domain.row_codes import YEAR_OF, highest_draft
from flows.domain.statuses import INTENDED
from flows.workspace.drive import md5_of
from flows.workspace.names import file_name, final_name
from flows.workspace.own_properties import KEY, NUMBER, ORGANISATION, VERSION
from flows.workspace.recovery import carried
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.domain.register.life import Step
    from flows.workspace.drive import Entry
    from flows.workspace.table import Table

LONGEST_KEY = 100  # bytes: Drive takes 124 of a property's name and value


@dataclass(frozen=True, slots=True)
class Draft:
    """A step whose paper can be made: `paper` gives its bytes once the number of the draft is known.

    `looked` is what looking it over found, `marks` what the paper says of each pair and person, both for the register.
    """

    step: Step
    paper: Callable[[str], bytes]
    title_of_kind: str
    looked: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A draft on its way into the cabinet: the register row it will have, and its bytes."""

    draft: Draft
    filed: Filed
    data: bytes

    @property
    def checksum(self) -> str:
        """MD5 of the bytes, as Drive tells it."""
        return md5_of(self.data)


def highest_of(table: Table, files: Iterable[Entry], year: int) -> int:
    """Return the greatest draft number of a year that a row or a file bears: a book may have lost its rows."""
    on_files = (entry.properties.get(NUMBER, "") for entry in files)
    return highest_draft((*(row.draft_number for row in filed_rows(table)), *on_files), year)


def fresh_row(draft: Draft, number: str, file_id: str) -> Filed:
    """Begin the row of a new draft: its number, the id its file will have, nothing filed yet."""
    step, planned = draft.step, draft.step.planned
    assert planned is not None
    return Filed(
        key=step.key,
        version=step.version,
        kind=planned.kind,
        title=planned.title,
        draft_number=number,
        state=INTENDED,
        file_id=file_id,
        fingerprint="",
        checksum="",
        intended="",
        template="",
        covers=planned.covers,
        name=file_name(planned, number, step.version),
        basis="; ".join(planned.basis),
        marks=draft.marks,
    )


def final_row(draft: Draft, signed: Filed, file_id: str, pdf_id: str) -> Filed:
    """Begin the row of a registered paper: the number and the day that people typed, no draft number of its own."""
    planned = draft.step.planned
    assert planned is not None
    assert signed.day is not None
    return replace(
        signed,
        version=draft.step.version,
        draft_number="",
        state=INTENDED,
        file_id=file_id,
        pdf_id=pdf_id,
        checksum="",
        intended="",
        final=True,
        pdf="",
        changed="",
        name=final_name(planned, signed.number, signed.day),
    )


def renewed_row(draft: Draft, row: Filed) -> Filed:
    """Let the row of a draft made anew say what it says now: which pairs it covers, whom it names, which rows ask for it.

    Its file keeps its name unless that bears a number which was given to two papers.
    """
    planned = draft.step.planned
    assert planned is not None
    mine = row.draft_number in row.name or not YEAR_OF.search(row.name)
    return replace(
        row,
        title=planned.title,
        covers=planned.covers,
        marks=draft.marks,
        basis="; ".join(planned.basis),
        name=row.name if mine else file_name(planned, row.draft_number, row.version),
    )


def sheaf_of(draft: Draft, row: Filed) -> Sheaf:
    """Print a draft under its row's number; the row then says what is intended: fingerprint and checksum."""
    row = replace(row, looked=draft.looked)
    bare = Sheaf(draft, row, draft.paper(row.draft_number))
    return replace(bare, filed=replace(row, intended=f"{draft.step.fingerprint}:{bare.checksum}"))


def has_row(sheaf: Sheaf) -> bool:
    """Tell whether the register has a draft's row already."""
    row = sheaf.draft.step.filed
    return row is not None and row.version == sheaf.filed.version


def paths(draft: Draft) -> list[str]:
    """Return the folders a draft lies in, the outermost first."""
    folder = draft.step.planned.folder if draft.step.planned else ()
    return ["/".join(folder[: at + 1]) for at in range(len(folder))]


def properties_of(organisation: str, filed: Filed) -> dict[str, str]:
    """Spell what a file carries about itself; a key too long for Drive is carried as its hash."""
    key = filed.key
    if len(key.encode()) > LONGEST_KEY:
        key = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
    sha, _, checksum = filed.intended.partition(":")
    about = {ORGANISATION: organisation, KEY: key, VERSION: str(filed.version)}
    return about | carried(filed, sha, checksum)

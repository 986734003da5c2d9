"""A PDF beside each registered paper: made once, in one batch, never changed after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.domain.statuses import REGISTERED
from flows.workspace.cells import Link
from flows.workspace.own_properties import ORGANISATION, ROLE
from flows.workspace.register import filed_rows
from flows.workspace.table import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.domain.model import Filed
    from flows.workspace.attempts import Attempts
    from flows.workspace.cells import Place, Written
    from flows.workspace.drive import Drive, Entry
    from flows.workspace.table import Table

PDF = "application/pdf"
READ_ONLY = "Документ зарегистрирован: изменения вносятся приказом"


def unprinted(table: Table) -> list[Filed]:
    """List registered finals that have no PDF yet."""
    return [
        row
        for row in filed_rows(table)
        if row.final and row.pdf_id and not row.pdf and row.state == REGISTERED
    ]


def laid(
    attempts: Attempts,
    organisation: str,
    table: Table,
    rows: Sequence[Filed],
    convert: Callable[[Mapping[str, bytes]], Mapping[str, bytes]],
) -> dict[Place, Written]:
    """Lay a PDF beside the paper of each row; return the cells that link them. What did not convert has none."""
    drive = attempts.drive
    read: dict[str, tuple[Entry, bytes]] = {}
    for row in rows:
        paper = attempts.tried(partial(_read, drive, row.file_id), row.pdf_id)
        read |= {row.pdf_id: paper} if paper is not None else {}
    converted = convert({pdf_id: data for pdf_id, (_, data) in read.items()})
    cells: dict[Place, Written] = {}
    for row in rows:
        if row.pdf_id in converted:
            lay = partial(_beside, drive, organisation, row, read[row.pdf_id][0], converted[row.pdf_id])
            entry = attempts.tried(lay, row.pdf_id)
            if entry is not None:
                cells |= placed(table, row.origin.row, {"PDF": Link(entry.link, "PDF")})
    return cells


def _read(drive: Drive, file_id: str) -> tuple[Entry, bytes]:
    entry = drive.entry(file_id)
    return entry, drive.media(entry)


def _beside(drive: Drive, organisation: str, row: Filed, paper: Entry, data: bytes) -> Entry:
    about = {ORGANISATION: organisation, ROLE: "pdf"}
    name = f"{paper.name.removesuffix('.docx')}.pdf"
    return locked(drive, drive.file(row.pdf_id, name, paper.parent, about, data, PDF))


def locked(drive: Drive, entry: Entry) -> Entry:
    """Let nobody change a registered paper."""
    return drive.change(entry.id, {"contentRestrictions": [{"readOnly": True, "reason": READ_ONLY}]})

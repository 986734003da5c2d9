"""What could not be laid down though everything else could: papers, shortcuts, PDF; the next run goes on with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.workspace.register import filed_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.workspace.drafts import Draft
    from flows.workspace.filing import Cabinet
    from flows.workspace.shortcuts import Pointer

CODE = "not-filed"


def papers(drafts: Sequence[Draft], cabinet: Cabinet) -> Iterator[Problem]:
    """Say which papers could not be laid down."""
    rows = {row.key: row for row in filed_rows(cabinet.table)}
    for draft in drafts:
        why = cabinet.attempts.failed.get(draft.step.key)
        if why is not None:
            row = rows.get(draft.step.key)
            origin = replace(row.origin, column="Файл") if row else Origin()
            told = f"«{draft.title_of_kind}» не записан. {why}"
            yield Problem(Severity.STOP, CODE, origin, told, subject=draft.step.key)


def shortcuts(pointers: Sequence[Pointer], cabinet: Cabinet) -> Iterator[Problem]:
    """Say which shortcuts could not be laid into a folder."""
    rows = {row.file_id: row for row in filed_rows(cabinet.table)}
    for each in pointers:
        why = cabinet.attempts.failed.get(each.where)
        if why is not None:
            row = rows.get(each.target)
            origin = replace(row.origin, column="Файл") if row else Origin()
            told = f"Ярлык на документ {row.draft_number if row else ''} не положен в папку «{each.folder}». {why}"
            yield Problem(Severity.STOP, CODE, origin, told, subject=each.where)


def prints(cabinet: Cabinet) -> Iterator[Problem]:
    """Say beside which registered papers no PDF could be laid."""
    for row in filed_rows(cabinet.table):
        why = cabinet.attempts.failed.get(row.pdf_id) if row.pdf_id else None
        if why is not None:
            told = f"PDF документа {row.number} не записан. {why}"
            yield Problem(
                Severity.STOP, CODE, replace(row.origin, column="PDF"), told, subject=f"{row.key}/PDF"
            )

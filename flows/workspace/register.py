"""The register `Документы`: its rows as filed papers, and the cells that the system writes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.keys import Key, is_key
from flows.domain.model import Filed
from flows.domain.register.life import CHANGED
from flows.domain.statuses import DRAFT, INTENDED, REGISTERED
from flows.workspace.cells import Link, Written

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Row
    from flows.workspace.table import Table

AGAIN = "Подготовить новую версию"
LOOKED = "⚙ Осмотр"
SIGNED_BY = "Подписал"
DRAFT_FILE, FINAL_FILE = "черновик", "чистовик"


def filed_rows(table: Table) -> tuple[Filed, ...]:
    """Read every row of the register that has a key."""
    return tuple(filed for row in table.rows if (filed := filed_row(row)) is not None)


def filed_row(row: Row) -> Filed | None:
    """Read a row of the register; None where it has no key."""
    key = row.text("⚙ Ключ")
    if not is_key(key):
        return None
    return Filed(
        key=key, version=row.number("Версия") or 1, kind=Key.parse(key).kind, title=row.text("Заголовок"), draft_number=row.text("№ проекта"),
        state=row.text("Состояние"), file_id=row.text("⚙ ID файла"), fingerprint=row.text("⚙ SHA данных"), checksum=row.text("⚙ MD5 файла"),
        intended=row.text("⚙ Намерение"), template="", number=row.text("Рег. №"), day=row.day("Дата регистрации"),
        covers=tuple(part for part in row.text("⚙ Охват").split(" ") if part and "=" not in part), name=row.text("Файл"), basis=row.text("Основание"),
        origin=row.origin, again=row.flag(AGAIN), changed=row.text(CHANGED),
        final=row.text("⚙ Вид файла") == FINAL_FILE, pdf_id=row.text("⚙ ID PDF"), pdf=row.text("PDF"),
        marks=tuple(part for part in row.text("⚙ Охват").split(" ") if "=" in part), looked=row.text(LOOKED),
        signed_by=row.text(SIGNED_BY),
    )  # fmt: skip


def system_cells(filed: Filed, kind_title: str, created: date | str, link: str) -> dict[str, Written]:
    """Spell the system's cells of a register row; people's cells (number, date, remarks) are not among them."""
    return {
        "⚙ Ключ": filed.key, "Вид": kind_title, "Заголовок": filed.title, "№ проекта": filed.draft_number, "Состояние": filed.state,
        "Файл": Link(link, filed.name) if link else filed.name, "Основание": filed.basis, "Версия": filed.version, CHANGED: filed.changed,
        "⚙ Создан": created if isinstance(created, str) else created.strftime("%d.%m.%Y"), "⚙ ID файла": filed.file_id, "⚙ SHA данных": filed.fingerprint,
        "⚙ MD5 файла": filed.checksum, "⚙ Намерение": filed.intended, "⚙ Охват": " ".join((*filed.covers, *filed.marks)),
        "⚙ Вид файла": FINAL_FILE if filed.final else DRAFT_FILE, "⚙ ID PDF": filed.pdf_id, LOOKED: filed.looked,
    }  # fmt: skip


def registration(filed: Filed) -> dict[str, Written]:
    """Spell what people typed at registration: a final's row begins with a copy of it."""
    signed = {SIGNED_BY: filed.signed_by} if filed.signed_by else {}
    return {"Рег. №": filed.number, "Дата регистрации": filed.day, **signed}


def ready(filed: Filed, fingerprint: str, checksum: str, name: str) -> Filed:
    """Return the row of a paper that is filed: a draft with nothing intended any more."""
    done = REGISTERED if filed.final else DRAFT
    return replace(
        filed,
        state=done if filed.state == INTENDED else filed.state,
        fingerprint=fingerprint,
        checksum=checksum,
        intended="",
        name=name,
    )

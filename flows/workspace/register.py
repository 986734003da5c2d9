"""The register `Документы` and the hidden tab `_схема`: what exists, numbers given, folders made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.keys import Key, is_key
from flows.domain.model import Filed
from flows.domain.statuses import DRAFT, INTENDED, REGISTERED
from flows.workspace.cells import Link, Written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flows.domain.model import Row
    from flows.workspace.cells import Place
    from flows.workspace.sheets import Sheet
    from flows.workspace.table import Table

ROW = "строка"
AGAIN = "Подготовить новую версию"
LOOKED = "⚙ Осмотр"
DRAFT_FILE, FINAL_FILE = "черновик", "чистовик"


def filed_rows(table: Table) -> tuple[Filed, ...]:
    """Read every row of the register that has a key."""
    return tuple(_filed(row) for row in table.rows if is_key(row.text("⚙ Ключ")))


def _filed(row: Row) -> Filed:
    key = row.text("⚙ Ключ")
    return Filed(
        key=key, version=row.number("Версия") or 1, kind=Key.parse(key).kind, title=row.text("Заголовок"), draft_number=row.text("№ проекта"),
        state=row.text("Состояние"), file_id=row.text("⚙ ID файла"), fingerprint=row.text("⚙ SHA данных"), checksum=row.text("⚙ MD5 файла"),
        intended=row.text("⚙ Намерение"), template="", number=row.text("Рег. №"), day=row.day("Дата регистрации"),
        covers=tuple(part for part in row.text("⚙ Охват").split(" ") if part and "=" not in part), name=row.text("Файл"), basis=row.text("Основание"),
        origin=row.origin, again=row.flag(AGAIN), changed=row.text("Данные изменились"),
        final=row.text("⚙ Вид файла") == FINAL_FILE, pdf_id=row.text("⚙ ID PDF"), pdf=row.text("PDF"),
        marks=tuple(part for part in row.text("⚙ Охват").split(" ") if "=" in part), looked=row.text(LOOKED),
    )  # fmt: skip


def system_cells(filed: Filed, kind_title: str, created: date | str, link: str) -> dict[str, Written]:
    """Spell the system's cells of a register row; people's cells (number, date, remarks) are not among them."""
    return {
        "⚙ Ключ": filed.key, "Вид": kind_title, "Заголовок": filed.title, "№ проекта": filed.draft_number, "Состояние": filed.state,
        "Файл": Link(link, filed.name) if link else filed.name, "Основание": filed.basis, "Версия": filed.version, "Данные изменились": filed.changed,
        "⚙ Создан": created if isinstance(created, str) else created.strftime("%d.%m.%Y"), "⚙ ID файла": filed.file_id, "⚙ SHA данных": filed.fingerprint,
        "⚙ MD5 файла": filed.checksum, "⚙ Намерение": filed.intended, "⚙ Охват": " ".join((*filed.covers, *filed.marks)),
        "⚙ Вид файла": FINAL_FILE if filed.final else DRAFT_FILE, "⚙ ID PDF": filed.pdf_id, LOOKED: filed.looked,
    }  # fmt: skip


def registration(filed: Filed) -> dict[str, Written]:
    """Spell what people typed at registration: a final's row begins with a copy of it."""
    return {"Рег. №": filed.number, "Дата регистрации": filed.day}


def placed(table: Table, row: int, cells: Mapping[str, Written]) -> dict[Place, Written]:
    """Place cells of a row (as people number it) into the columns that exist."""
    return {(row - 1, table.columns[header]): value for header, value in cells.items() if header in table.columns}


def as_line(table: Table, cells: Mapping[str, Written]) -> list[Written]:
    """Spread cells over a whole new row."""
    line: list[Written] = [None] * (max(table.columns.values()) + 1)
    for header, value in cells.items():
        if header in table.columns:
            line[table.columns[header]] = value
    return line


@dataclass(frozen=True, slots=True)
class Scheme:
    """The hidden tab: schema version, greatest numbers given (`счёт`), folders made (`папка`)."""

    sheet: Sheet
    told: Mapping[tuple[str, str], str]
    rows: Mapping[tuple[str, str], int]

    def get(self, what: str, key: str) -> str:
        """Return a remembered text, empty if there is none."""
        return self.told.get((what, key), "")

    def all(self, what: str) -> dict[str, str]:
        """Return everything remembered of one kind."""
        return {key: value for (kind, key), value in self.told.items() if kind == what}

    def number(self, key: str) -> int:
        """Return the greatest number given under a key."""
        text = self.get("счёт", key)
        return int(text) if text.isdecimal() else 0

    def lines(self, changed: Mapping[tuple[str, str], str]) -> tuple[dict[Place, Written], list[list[Written]]]:
        """Tell which cells to change and which rows to add so that `changed` is remembered."""
        cells: dict[Place, Written] = {}
        fresh: list[list[Written]] = []
        for pair, value in changed.items():
            if pair in self.rows:
                cells[self.rows[pair], 2] = value
            elif value:
                fresh.append([*pair, value])
        return cells, fresh


def scheme_of(sheet: Sheet) -> Scheme:
    """Read the hidden tab; of a pair that stands twice the greater number wins, so nothing is given again."""
    told: dict[tuple[str, str], str] = {}
    rows: dict[tuple[str, str], int] = {}
    for at in range(1, len(sheet.cells)):
        what, key, value = (str(sheet.at(at, column).value or "").removesuffix(".0") for column in range(3))
        known = told.get((what, key))
        if what and (known is None or (value.isdecimal() and known.isdecimal() and int(value) > int(known))):
            told[what, key], rows[what, key] = value, at
    return Scheme(sheet, told, rows)


def ready(filed: Filed, fingerprint: str, checksum: str, name: str) -> Filed:
    """Return the row of a paper that is filed: a draft with nothing intended any more."""
    done = REGISTERED if filed.final else DRAFT
    return replace(filed, state=done if filed.state == INTENDED else filed.state, fingerprint=fingerprint, checksum=checksum, intended="", name=name)

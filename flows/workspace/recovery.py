"""Register rows that staff deleted: found again by what every file carries about itself (faults F12, F13)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.keys import Key, is_key, of_version
from flows.domain.model import Filed, Problem, Severity
from flows.domain.register.fingerprint import parse, short
from flows.domain.statuses import DRAFT, REGISTERED
from flows.domain.tabs import JOURNAL, REGISTER
from flows.workspace.cells import appended
from flows.workspace.own_properties import COVERS, FIELDS, KEY, LEFT, NUMBER, SAID, VERSION
from flows.workspace.register import system_cells
from flows.workspace.table import as_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.domain.catalogue.kind import Kind
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

PORTION, PIECE = 12, 100
# Drive keeps 30 properties of a program on a file; so many say what the file is.
MOST_PROPERTIES, OTHERS = 30, 6
OURS, PUBLIC = "ПРОЕКТ", "Для сайта"
COPY = "В папках лежит копия этого документа с его ключом: программа её не ведёт. Если копия не нужна, удалите её."


def lost(register: Sequence[Filed], entries: Iterable[Entry]) -> tuple[Filed, ...]:
    """Return a row for each file that carries a key of ours while the register knows neither the file nor its version.

    A registered paper comes back without its number: numbers are typed by people.
    """
    known = {row.file_id for row in register}
    taken = {(row.key, row.version) for row in register}
    found: list[Filed] = []
    for entry in entries:
        key, version = _name(entry)
        if is_key(key) and entry.id not in known and not entry.trashed and (key, version) not in taken:
            taken.add((key, version))
            found.append(_row(entry, key, version))
    return tuple(found)


def copies(register: Sequence[Filed], entries: Iterable[Entry]) -> Iterator[Problem]:
    """Find files that carry the key and version of a paper that the register keeps under another id."""
    ids = {row.file_id for row in register}
    rows = {(row.key, row.version): row for row in register}
    for entry in entries:
        row = rows.get(_name(entry))
        if row is not None and entry.id not in ids and not entry.trashed:
            yield Problem(
                Severity.NOTE,
                "paper-copied",
                replace(row.origin, column="Файл"),
                COPY,
                subject=of_version(row.key, row.version),
            )


def requests(
    book: Book, rows: Sequence[Filed], entries: Mapping[str, Entry], kinds: Mapping[str, Kind], day: str
) -> list[Request]:
    """Write rows back into the register, and a line about it into the journal."""
    table, journal = book.tables[REGISTER], book.tables.get(JOURNAL)
    lines = [
        as_line(table, system_cells(_titled(row, kinds), _title(row, kinds), day, entries[row.file_id].link))
        for row in rows
    ]
    out = [appended(table.sheet.sheet_id, lines)]
    told = f"Строки реестра восстановлены по файлам: {', '.join(row.draft_number or row.name for row in rows)}. Регистрационные номера впишите заново."
    return (
        [*out, appended(journal.sheet.sheet_id, [as_line(journal, {"Когда": day, "Что сделано": told})])]
        if journal
        else out
    )


def _titled(row: Filed, kinds: Mapping[str, Kind]) -> Filed:
    return replace(row, title=kinds[row.kind].heading or kinds[row.kind].title) if row.kind in kinds else row


def _title(row: Filed, kinds: Mapping[str, Kind]) -> str:
    return kinds[row.kind].title if row.kind in kinds else row.kind


def carried(filed: Filed, sha: str, checksum: str) -> dict[str, str]:
    """Spell what a file carries so that its row can be written again; Drive takes 124 bytes a property, so pairs and fields go in portions.

    Fields that find no room are left out: a registered paper of such a row is then judged by none (`papers.fingerprint`).
    """
    portions = [
        " ".join(filed.covers[start : start + PORTION]) for start in range(0, len(filed.covers), PORTION)
    ]
    covers = {f"{COVERS}{number}": text for number, text in enumerate([*portions, ""])}
    read = parse(sha)
    pieces = [read.fields[at : at + PIECE] for at in range(0, len(read.fields), PIECE)] if read else []
    room = MOST_PROPERTIES - OTHERS - len(covers)
    fields = {f"{FIELDS}{number}": text for number, text in enumerate([*pieces[: room - 1], ""])}
    if len(pieces) >= room:
        fields = {f"{FIELDS}0": ""}
    return {NUMBER: filed.draft_number, SAID: short(sha), LEFT: checksum, **covers, **fields}


def _said(properties: Mapping[str, str]) -> str:
    """Read the fingerprint that a file carries, with its fields where there was room for them."""
    sha, fields = properties.get(SAID, ""), "".join(_portions(properties, FIELDS))
    read = parse(sha)
    return str(replace(read, fields=fields)) if read else sha


def as_left(row: Filed, entry: Entry) -> bool:
    """Tell whether a file holds what a run of ours left or meant to leave in it.

    The file itself says so too: a copy of the book that a synchronised folder brought back knows only what was before.
    """
    return entry.md5 in {row.checksum, row.intended.partition(":")[2], entry.properties.get(LEFT, "")} - {""}


def remembered(row: Filed, entry: Entry) -> Filed:
    """Let a row know what its file knows better: which data it was last made of, when the book is an older copy."""
    told = entry.properties
    known = entry.md5 in {"", row.checksum, row.intended.partition(":")[2]}
    if known or entry.md5 != told.get(LEFT) or not told.get(SAID):
        return row
    return replace(row, checksum=entry.md5, fingerprint=_said(told))


def _covers(properties: Mapping[str, str]) -> Iterator[str]:
    for portion in _portions(properties, COVERS):
        yield from portion.split(" ")


def _portions(properties: Mapping[str, str], name: str) -> Iterator[str]:
    number = 0
    while portion := properties.get(f"{name}{number}"):
        yield portion
        number += 1


def _name(entry: Entry) -> tuple[str, int]:
    version = entry.properties.get(VERSION, "")
    return entry.properties.get(KEY, ""), int(version) if version.isdecimal() else 1


def _row(entry: Entry, key: str, version: int) -> Filed:
    told = entry.properties
    final = not entry.name.startswith((OURS, PUBLIC))
    return Filed(
        key=key, version=version, kind=Key.parse(key).kind, title="", draft_number=told.get(NUMBER, ""), state=REGISTERED if final else DRAFT,
        file_id=entry.id, fingerprint=_said(told), checksum=told.get(LEFT, ""), intended="", template="",
        covers=tuple(_covers(told)), name=entry.name, final=final,
    )  # fmt: skip

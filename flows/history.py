"""Earlier versions of a paper in a local home, and one of them brought back: what `nastavnik history` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured
from flows.domain.text import fold
from flows.office.errors import Refusal
from flows.workspace.own_properties import NUMBER

if TYPE_CHECKING:
    from flows.office import Office
    from flows.office.entries import Entry
    from flows.office.history import Version

MOST_NAMED = 5
ABROAD = (
    "Документы этой рабочей папки лежат в Google, и прежние версии хранит сам Google Диск: щёлкните файл правой кнопкой, "
    "«Сведения о файле» → «Управлять версиями»; в открытом документе – «Файл» → «История версий»."
)
NOT_FOUND = "Документа «{paper}» в рабочей папке нет. Укажите путь к файлу, номер проекта (ПР-2026-017) или часть имени файла."
SEVERAL = "По «{paper}» нашлось несколько документов: {names}. Укажите {how}."
BY_PATH, BY_PATH_OR_NUMBER = "путь к файлу", "путь к файлу или номер проекта"


def paper(office: Office, named: str) -> tuple[Entry, Path]:
    """Find the paper that a path, a draft number or a part of a file's name means; raise `Misconfigured` for none or several."""
    files = office.files()
    for fits in (_by_path, _by_number, _by_name):
        found = [(entry, path) for entry, path in files if fits(named, entry, path)]
        if len(found) == 1:
            return found[0]
        if found:
            alike = fits is _by_number
            names = "; ".join(f"«{path if alike else path.name}»" for _, path in found[:MOST_NAMED])
            rest = f" и ещё {len(found) - MOST_NAMED}" if len(found) > MOST_NAMED else ""
            raise Misconfigured(
                SEVERAL.format(
                    paper=named, names=f"{names}{rest}", how=BY_PATH if alike else BY_PATH_OR_NUMBER
                )
            )
    raise Misconfigured(NOT_FOUND.format(paper=named))


def brought_back(office: Office, entry: Entry, number: int) -> tuple[Version, ...]:
    """Bring a version back and return what is kept then; raise `Misconfigured` with the reason where it cannot be."""
    try:
        office.bring_back(entry.id, number)
    except Refusal as refusal:
        raise Misconfigured(refusal.message) from None
    return office.versions(entry.id)


def as_json(path: Path, versions: tuple[Version, ...]) -> dict[str, object]:
    """Return a history as `--json` prints it."""
    told = [
        {
            "number": each.number,
            "saved": each.saved.isoformat(timespec="seconds"),
            "size": each.size,
            "current": each.current,
            "registered": each.registered,
        }
        for each in versions
    ]
    return {"file": str(path), "versions": told}


def _by_path(named: str, entry: Entry, path: Path) -> bool:
    del entry
    return Path(named).exists() and path == Path(named).resolve()


def _by_number(named: str, entry: Entry, path: Path) -> bool:
    del path
    return fold(entry.properties.get(NUMBER, "")) == fold(named) != ""


def _by_name(named: str, entry: Entry, path: Path) -> bool:
    """Match a part of a file's name; a number is meant also as the book spells it, with a space after its sign."""
    del entry
    part = fold(named).replace("№ ", "№")
    return path.suffix == ".docx" and bool(part) and part in fold(path.name).replace("№ ", "№")

"""A lost `.nastavnik` rebuilt from what lies there: the book knows its own id, its register the ids of papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flows import settings
from flows.domain.errors import Misconfigured, TryLater
from flows.domain.statuses import INTENDED, OVER, REGISTERED
from flows.domain.tabs import REGISTER
from flows.keeping import held
from flows.office import InProcess, OfficeBusy
from flows.office.soundness import laid_aside
from flows.office.watch import own_id
from flows.papers import law
from flows.work import template_copies
from flows.workspace import reading
from flows.workspace.drafts import properties_of
from flows.workspace.drive import FOLDER, SPREADSHEET, namesake
from flows.workspace.names import folder_name, safe
from flows.workspace.own_properties import LAW, LEFT, ORGANISATION, ROLE
from flows.workspace.refusals import Missing
from flows.workspace.register import filed_rows
from flows.workspace.registered_files import locked
from flows.workspace.session import office_session
from flows.workspace.space import over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from flows.domain.model import Filed
    from flows.settings import Home, Place
    from flows.workspace.drive import Entry
    from flows.workspace.reading import Book
    from flows.workspace.space import Workspace

BACKUP = "Ничего не изменено. Восстановите рабочую папку из резервной копии: nastavnik restore ФАЙЛ."
PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was recognised of one organisation: papers and folders; `gone` are papers of the register that lie nowhere."""

    slug: str
    papers: int
    folders: int
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Recognised:
    """Former ids by today's, and what each former id carries."""

    ids: Mapping[str, str]
    about: Mapping[str, Mapping[str, str]]
    locked: frozenset[str]
    told: Rebuilt


def set_aside(home: Home, day: date) -> Path | None:
    """Keep a damaged sidecar under a name with the day; None where there is none or it is whole. Raises `TryLater`."""
    if home.google or not any(place.book for place in home.places):
        return None
    try:
        return laid_aside(home.path, day)
    except OfficeBusy as busy:
        raise TryLater(str(busy)) from None
    except OSError:
        raise Misconfigured(
            "Повреждённый служебный файл не отложить: нет права записи. Ничего не изменено; дайте право и повторите."
        ) from None


def rebuilt(home: Home) -> tuple[Rebuilt, ...]:
    """Give every book, paper and folder of a local home the id it had; doing it again changes nothing.

    Raises `Misconfigured`, with nothing changed, when something cannot be recognised for certain.
    """
    if home.google:
        raise Misconfigured("Эта рабочая папка живёт в Google: восстанавливать здесь нечего.")
    if not any(place.book for place in home.places):
        raise Misconfigured(
            f"Файла {settings.REGISTRY} нет или в нём нет организаций: не понять, чьи здесь книги. {BACKUP}"
        )
    with held(home) as office:
        assert office is not None
        space = over(office_session(InProcess(office)))
        places = [place for place in home.places if place.book]
        recognised = [_recognised(space, home.path, place) for place in places]
        office.reidentify({now: former for each in recognised for now, former in each.ids.items()})
        for each in recognised:
            _carry(space, each)
    return tuple(each.told for each in recognised)


def _recognised(space: Workspace, home: Path, place: Place) -> _Recognised:
    entries = {each.id: each for each in space.drive.found("trashed=false")}
    book = _book(space, home, place)
    folders = dict(_places(entries, place)) | dict(_folders(entries, place, book))
    rows = filed_rows(book.tables[REGISTER]) if REGISTER in book.tables else ()
    inside = [
        each
        for each in entries.values()
        if each.mime not in {FOLDER, SPREADSHEET} and _below(entries, each, _above(entries, place.book, 2))
    ]
    papers = _papers(
        place, rows, [each for each in inside if not _below(entries, each, _above(entries, place.book, 1))]
    )
    ids = {now: former for now, former in (folders | papers).items() if now != former}
    org = {ORGANISATION: place.slug}
    about: dict[str, Mapping[str, str]] = dict.fromkeys(folders.values(), org)
    about |= {each: org | {ROLE: "folder"} for each in (place.folder, place.desk, place.templates)}
    about |= {place.book: org | {ROLE: "book"}}
    about |= {row.file_id: _carried(place.slug, row) for row in rows if row.file_id in papers.values()}
    about |= {row.pdf_id: org | {ROLE: "pdf"} for row in rows if row.pdf_id in papers.values()}
    about |= dict(_templates(place, entries, folders))
    shut = {row.file_id for row in rows if row.final and row.state == REGISTERED} | {
        row.pdf_id for row in rows
    }
    gone = tuple(row.draft_number for row in rows if _awaited(row) and row.file_id not in papers.values())
    told = Rebuilt(place.slug, len(papers), len(folders), gone)
    return _Recognised(ids, about, frozenset(shut & set(papers.values())), told)


def _book(space: Workspace, home: Path, place: Place) -> Book:
    alike = [path for path in home.rglob("*.xlsx") if _visible(path, home) and own_id(path) == place.book]
    if len(alike) > 1:
        raise Misconfigured(
            f"Книга организации «{place.slug}» лежит дважды: не понять, какая из них та. Оставьте одну, копию уберите из рабочей папки и повторите."
        )
    try:
        if alike:
            return reading.read(space.sheets.read(place.book), settings.layout_of(place))
    except Missing:
        pass
    raise Misconfigured(f"Книга организации «{place.slug}» не найдена или не помнит своего кода. {BACKUP}")


def _visible(path: Path, home: Path) -> bool:
    return not any(part.startswith((".", "~")) for part in path.relative_to(home).parts)


def _above(entries: Mapping[str, Entry], file_id: str, steps: int) -> str:
    """Return the id of the folder some steps above a file; empty above the home's own."""
    for _ in range(steps):
        file_id = entries[file_id].parent if file_id in entries else ""
    return file_id


def _below(entries: Mapping[str, Entry], entry: Entry, folder: str) -> bool:
    while entry.parent in entries:
        if entry.parent == folder:
            return True
        entry = entries[entry.parent]
    return entry.parent == folder


def _places(entries: Mapping[str, Entry], place: Place) -> Iterator[tuple[str, str]]:
    """Find the organisation's three folders around its book."""
    desk, root = _above(entries, place.book, 1), _above(entries, place.book, 2)
    if desk not in entries or root not in entries:
        raise Misconfigured(
            f"Книга организации «{place.slug}» лежит не в своей папке. Верните её в «00 Рабочая книга и шаблоны» папки организации и повторите."
        )
    yield root, place.folder
    yield desk, place.desk
    if templates := namesake(entries.values(), desk, template_copies.FOLDER):
        yield templates, place.templates


def _folders(entries: Mapping[str, Entry], place: Place, book: Book) -> Iterator[tuple[str, str]]:
    """Find the folders that the book remembers, by their names; one that got another name is made anew when needed."""
    root = _above(entries, place.book, 2)
    for path, former in book.scheme.all("папка").items():
        now = root
        for part in PurePosixPath(path).parts:
            now = now and namesake(entries.values(), now, folder_name(part))
        if now and former:
            yield now, former


def _awaited(row: Filed) -> bool:
    return bool(row.file_id) and row.state not in {*OVER, INTENDED}


def _papers(place: Place, rows: Sequence[Filed], files: Sequence[Entry]) -> dict[str, str]:
    """Tell which file is which row's, by name and content, then by name, then by content: only what is certain."""
    left, open_rows = list(files), [row for row in rows if row.file_id]
    found: dict[str, str] = {}
    looks: tuple[tuple[Callable[[Filed], object], Callable[[Entry], object]], ...] = (
        (lambda row: row.file_id, lambda entry: entry.id),
        (lambda row: (row.name, row.checksum), lambda entry: (entry.name, entry.md5)),
        (lambda row: row.name, lambda entry: entry.name),
        (lambda row: row.checksum, lambda entry: entry.md5),
    )
    for of_row, of_entry in looks:
        often = Counter(map(of_row, open_rows))
        alike = Counter(map(of_entry, left))
        sure = {
            of_entry(each): each.id for each in left if alike[of_entry(each)] == often[of_entry(each)] == 1
        }
        found |= {sure[of_row(row)]: row.file_id for row in open_rows if of_row(row) in sure}
        open_rows = [row for row in open_rows if row.file_id not in found.values()]
        left = [each for each in left if each.id not in found]
    missing = [row.name or row.draft_number for row in open_rows if _awaited(row)]
    if missing and any(each.name.endswith(".docx") for each in left):
        raise Misconfigured(
            f"Организация «{place.slug}»: не узнать, какие файлы — {', '.join(f'«{each}»' for each in missing)}: их переименовали и изменили "
            f"или скопировали. Дайте им имена из столбца «Файл», копии уберите и повторите. Иначе: {BACKUP}"
        )
    return found | _pdfs(rows, files, found)


def _pdfs(rows: Sequence[Filed], files: Sequence[Entry], found: Mapping[str, str]) -> dict[str, str]:
    papers = {found[each.id]: each for each in files if each.id in found}
    beside = {(each.parent, each.name): each.id for each in files}
    printed = [row for row in rows if row.pdf_id and row.file_id in papers]
    pairs = [(row, papers[row.file_id]) for row in printed]
    places = {row.pdf_id: (paper.parent, paper.name.removesuffix(".docx") + PDF) for row, paper in pairs}
    return {beside[at]: pdf_id for pdf_id, at in places.items() if at in beside}


def _carried(slug: str, row: Filed) -> dict[str, str]:
    meant = row.intended or f"{row.fingerprint}:{row.checksum}"
    return properties_of(slug, replace(row, intended=meant))


def _templates(
    place: Place, entries: Mapping[str, Entry], folders: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Tell copies of our templates by their names; one that differs from ours is taken for the staff's own."""
    named = {
        safe(kind.title, ".docx"): kind.template
        for kind in settings.catalogue().values()
        if kind.made and kind.template
    }
    for each in entries.values():
        if folders.get(each.parent) == place.templates and each.name in named:
            ours = settings.template(named[each.name])
            about = template_copies.properties_of(place.slug, named[each.name], ours)
            # Nobody knows which law a differing copy had, so that it is asked about whatever it lacks.
            same = each.md5 == about[LEFT]
            yield each.id, about if same else about | {LAW: law.UNKNOWN}


def _carry(space: Workspace, recognised: _Recognised) -> None:
    """Let each file say again what it said of itself, and close the registered ones."""
    entries = {each.id: each for each in space.drive.found("trashed=false")}
    for file_id, about in recognised.about.items():
        lacking = (
            {name: text for name, text in about.items() if text and name not in entries[file_id].properties}
            if file_id in entries
            else {}
        )
        if lacking:
            space.drive.change(file_id, {"appProperties": lacking})
    for file_id in recognised.locked:
        locked(space.drive, entries[file_id])

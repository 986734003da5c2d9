"""A district on a local office: its own book and those of a few invented organisations, made once and copied for a test."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.office import InProcess, Office
from flows.work import Errand
from flows.work.district import adding
from flows.work.district.directory import Directory
from flows.work.district.run import Walk, walk_district
from flows.work.founding import found
from flows.workspace import reading
from flows.workspace.cells import changes
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks

if TYPE_CHECKING:
    from pathlib import Path

    from flows.domain.district.members import Member
    from flows.work.district.run import DistrictReport, Visit
    from flows.workspace.space import Workspace

TODAY = date(2026, 12, 10)
RAYON = "rayon"
NAMES = {"malysh": "МБДОУ № 1 «Малыш»", "sosna": "МБДОУ № 2 «Сосенка»", "klen": "МБОУ «Школа № 3»"}
CARD = {
    "Полное наименование": "Муниципальное казённое учреждение «Управление образования Светлогорского района»",
    "Краткое наименование": "МКУ УО Светлогорского района", "Должность руководителя": "начальник управления",
    "ФИО руководителя": "Соколова Марина Викторовна", "Куратор": "Громова Татьяна Ильинична", "Должность куратора": "методист",
    "Учебный год": "2026-2027", "Город": "г. Светлогорье", "Название дорожной карты": "Дорожная карта района на 2026-2027 учебный год",
}  # fmt: skip
LIST, MAP = "Организации", "Дорожная карта"
PLAN = [
    ("1.1", "Издание приказа о внедрении целевой модели", "Сентябрь 2026", "Управление", "Приказ о внедрении"),
    ("1.2", "Назначение кураторов внедрения", "до 30.12.2026", "ОО", "Приказы о назначении кураторов"),
]  # fmt: skip


@dataclass
class Ground:
    """A home with a district, its office open in process."""

    root: Path
    office: Office
    space: Workspace
    home: settings.Home
    kept: list[settings.Place] = field(default_factory=list)

    def place(self, slug: str = RAYON) -> settings.Place:
        return next(each for each in self.home.places if each.slug == slug)

    def desk(self, slug: str = RAYON) -> desks.Desk:
        """The book of an organisation, or of the district, as a person works in it."""
        return desks.Desk(self.root, self.office, self.space, self.place(slug))

    def errand(self, today: date = TODAY) -> Errand:
        return Errand(self.space, self.place(), today, supplies(self.place(), today))

    def directory(self) -> Directory:
        return Directory(self.space, self.home, self.place(), self.kept.append)

    def walk(self, today: date = TODAY, **options: Any) -> DistrictReport:
        return walk_district(self.errand(today), self.directory(), lambda _: today, **options)

    def visits(self, *listed: Member) -> list[Visit]:
        """Visit some of the organisations and nothing more."""
        walk = Walk(self.errand(), self.directory(), lambda _: TODAY)
        return list(walk.visits(listed, lambda _: None))

    def add(self, *wishes: str) -> list[adding.Added]:
        return [adding.added(self.errand(), self.directory(), each) for each in wishes]

    def book(self, slug: str = RAYON) -> reading.Book:
        place = self.place(slug)
        return reading.read(self.space.sheets.read(place.book), settings.layout_of(place))

    def rows(self, title: str = LIST, slug: str = RAYON) -> list[Any]:
        return list(self.book(slug).rows(title))

    def row(self, code: str) -> Any:
        """The row of «Организации» with a code."""
        return next(each for each in self.rows() if each.text("Код ОО") == code)

    def type_row(self, at: int, **cells: Any) -> None:
        """Type into a row of «Организации», as people number rows; `_` stands for a space."""
        self.type_cells(at, {name.replace("_", " "): value for name, value in cells.items()})

    def type_cells(self, at: int, cells: dict[str, Any], title: str = LIST, slug: str = RAYON) -> None:
        table = self.book(slug).tables[title]
        told = {(at - 1, table.columns[name]): value for name, value in cells.items()}
        self.space.sheets.batch(self.place(slug).book, changes(table.sheet, told))

    def findings(self, slug: str = RAYON) -> dict[str, list[str]]:
        """What `Проверка` says, by the finding's word."""
        told: dict[str, list[str]] = {}
        for row in self.rows("Проверка", slug):
            told.setdefault(row.text("⚙ Ключ").split("/")[0], []).append(row.text("Что не так"))
        return told

    @property
    def now(self) -> int:
        return len(self.office.journal)

    def writes(self, since: int = 0) -> int:
        return sum(call.effect for call in self.office.journal[since:])


def supplies(place: settings.Place, today: date = TODAY) -> Any:
    return replace(desks.supplies(today), layout=settings.layout_of(place))


@contextmanager
def opened(root: Path):
    """Open what lies in a folder."""
    office = Office(root)
    try:
        yield Ground(root, office, over(office_session(InProcess(office))), settings.load_home(root))
    finally:
        office.close()


def founded(root: Path, names: dict[str, str] = NAMES) -> None:
    """Found a district and its organisations, cards filled; no templates are laid, no organisation is listed."""
    office = Office(root)
    space = replace(over(office_session(InProcess(office))), lays_ahead=False)
    for slug, title in {RAYON: CARD["Краткое наименование"], **names}.items():
        place = settings.Place(slug, role=settings.DISTRICT if slug == RAYON else "")
        home = settings.load_home(root)
        made, _ = found(
            space,
            home,
            place,
            title,
            supplies(place),
            lambda each: settings.save_place(settings.load_home(root), each),
        )
        fill(space, made, CARD if slug == RAYON else {**desks.CARD, "Краткое наименование": title})
    office.close()


def fill(space: Workspace, place: settings.Place, card: dict[str, str]) -> None:
    """Fill the card of a book."""
    book = reading.read(space.sheets.read(place.book), settings.layout_of(place))
    lines = {
        str(cells[0]).removesuffix(" *"): row for row, cells in reading.lines(book) if cells and cells[0]
    }
    told = {(lines[name] - 1, 1): value for name, value in card.items() if name in lines}
    space.sheets.batch(place.book, changes(book.snapshot.sheet("Настройки"), told))


def plan(ground: Ground, rows: list[tuple[str, ...]] = PLAN) -> None:
    """Type the district's plan: an order of its own, and a row for each organisation."""
    for at, row in enumerate(rows, 2):
        ground.type_cells(at, dict(zip(desks.ROADMAP, row, strict=True)), MAP)

"""An invented organisation on a local office, as a curator and a second program see it."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections import Counter
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import openpyxl

from flows import doors, settings, telling
from flows.office import Faults, InProcess, Office, serve
from flows.work import prepare
from flows.work.founding import found
from flows.workspace import reading, register, table
from flows.workspace.cells import changes
from flows.workspace.clock import Clock
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.holes import holes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flows.domain.model import Row
    from flows.work import Report
    from flows.workspace.space import Workspace
    from flows.workspace.table import Table

SLUG = "sadik"
TODAY = date(2026, 12, 10)
CARD = {
    "Полное наименование": "муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 200 «Теремок»",
    "Краткое наименование": "МБДОУ № 200 «Теремок»",
    "Должность руководителя": "заведующий",
    "ФИО руководителя": "Соколова Марина Викторовна",
    "Куратор": "Громова Татьяна Ильинична",
    "Должность куратора": "старший воспитатель",
    "Учебный год": "2026-2027",
    "Город": "г. Светлогорье",
    "Название дорожной карты": "Дорожная карта наставничества на 2026-2027 учебный год",
    "Адрес": "г. Светлогорье, ул. Садовая, д. 1",
    "ИНН": "8600000007",
    "Кому передаются данные": "нет",
    "Выплаты наставникам: период": "ежемесячно",
    "Выплаты наставникам: день": "в день выплаты заработной платы",
}
PLAN = [
    (
        "1.1",
        "Утверждение дорожной карты",
        "Сентябрь 2026",
        "Заведующий",
        "Приказ об утверждении дорожной карты",
    ),
    ("1.2", "Закрепление пар", "Сентябрь 2026", "Заведующий", "Приказ о закреплении наставнических пар"),
    (
        "1.3",
        "Работа пар",
        "В течение учебного года",
        "Наставники",
        "Персонализированные программы наставничества",
    ),
    ("2.1", "Мониторинг за полугодие", "Декабрь 2026", "Старший воспитатель", "Аналитическая справка"),
    ("2.2", "Итоговый мониторинг", "Май 2027", "Старший воспитатель", "Аналитическая справка"),
]
NAMES = (
    "Белова Дарья Алексеевна", "Крылова Полина Игоревна", "Жукова Алина Романовна", "Седова Мария Кирилловна", "Ларина Ольга Викторовна",
    "Комарова Ксения Антоновна", "Осипова Юлия Максимовна", "Минина Софья Павловна",
)  # fmt: skip
MENTORS = (
    "Орлова Вера Дмитриевна", "Кузнецова Светлана Олеговна", "Панина Галина Степановна", "Зайцева Людмила Егоровна", "Тихонова Анна Павловна",
    "Воронина Елена Петровна", "Фролова Наталья Юрьевна", "Ершова Инна Сергеевна",
)  # fmt: skip


ROADMAP = ("№ п/п", "Мероприятие", "Срок (как в документе)", "Ответственный", "Результат, вид документа")
FIVE = ("order.introduce", "order.pairs", "consent.duty", "program.personal", "note.monitoring")


def supplies(today: date = TODAY, kinds: tuple[str, ...] = FIVE) -> Any:
    """What the checkout supplies, with only some kinds made: a kind added later does not change what a test counts."""
    return replace(doors.supplies(today), pdf=None, kinds=_some_made(tuple(kinds)))


@cache
def _some_made(kinds: tuple[str, ...]) -> Any:
    return {
        name: replace(kind, made=kind.made and name in kinds) for name, kind in settings.catalogue().items()
    }


class Waiting(Clock):
    """A clock whose sleeping costs nothing."""

    def __init__(self) -> None:
        self.moment = 0.0
        super().__init__(lambda: self.moment, self.pass_by, lambda: 0.0)

    def pass_by(self, seconds: float) -> None:
        self.moment += seconds


@dataclass
class Desk:
    """One organisation in a folder; `space` reaches it, in process unless a server is asked for."""

    root: Path
    office: Office
    space: Workspace
    place: settings.Place
    clock: Waiting = field(default_factory=Waiting)
    kinds: tuple[str, ...] = ()
    """Which kinds are made, when not the usual ones."""
    _read: tuple[Any, reading.Book] | None = None
    _tabs: tuple[Any, dict[str, Table]] | None = None

    def run(self, today: date = TODAY, **options: Any) -> Report:
        """Prepare the papers of a day; what the command prints of it has no holes, whatever the test is about."""
        report = prepare(self.space, self.place, today, self.supplies(today), **options)
        assert holes(printed(report)) == []
        return report

    def supplies(self, today: date) -> Any:
        return supplies(today, self.kinds) if self.kinds else supplies(today)

    def calls(self, since: int = 0) -> Counter[str]:
        return Counter(call.method for call in self.office.journal[since:])

    def writes(self, since: int = 0) -> int:
        return sum(call.effect for call in self.office.journal[since:])

    @property
    def now(self) -> int:
        return len(self.office.journal)

    def book(self) -> reading.Book:
        """The book as it stands; read anew only after something was written or the file was replaced."""
        seen = self._seen()
        if self._read is None or self._read[0] != seen:
            book = reading.read(self.space.sheets.read(self.place.book), settings.layout_of(self.place))
            self._read = (seen, book)
        return self._read[1]

    def tab(self, title: str) -> Table:
        """One tab of the book as it stands; the others are not read for it."""
        seen = self._seen()
        if self._read is not None and self._read[0] == seen:
            return self._read[1].tables[title]
        if self._tabs is None or self._tabs[0] != seen:
            self._tabs = (seen, {})
        if title not in self._tabs[1]:
            layout = settings.layout_of(self.place)
            sheet = self.space.sheets.read(self.place.book, title).sheet(title)
            read, _ = table.read(sheet, layout.tab(title), "", layout.lists)
            assert read is not None
            self._tabs[1][title] = read
        return self._tabs[1][title]

    def rows(self, title: str) -> Sequence[Row]:
        """The rows of one tab."""
        return self.tab(title).rows

    def _seen(self) -> tuple[Any, ...]:
        path = self.office.link(self.place.book)
        return self.writes(), path and (path.stat().st_ino, path.stat().st_mtime_ns)

    def register(self) -> list[Any]:
        return list(register.filed_rows(self.tab("Документы")))

    def filed(self, kind: str, state: str = "") -> Any:
        found_ = [row for row in self.register() if row.kind == kind and state in {"", row.state}]
        assert found_, f"no {kind}"
        return found_[-1]

    def type_in(self, tab: str, row: int, **cells: Any) -> None:
        """Type into a row (as people number it), as a person would: headers with spaces are given in a dict."""
        self.type_cells(tab, row, {name.replace("_", " "): value for name, value in cells.items()})

    def type_cells(self, tab: str, row: int, cells: dict[str, Any]) -> None:
        self.send(self.typing(tab, row, cells))

    def typing(self, tab: str, row: int, cells: dict[str, Any]) -> list[Any]:
        """The requests that type into a row."""
        read = self.tab(tab)
        return changes(read.sheet, {(row - 1, read.columns[name]): value for name, value in cells.items()})

    def send(self, requests: list[Any]) -> None:
        if requests:
            self.space.sheets.batch(self.place.book, requests)

    def sign(self, row: Any, number: str, day: date) -> None:
        """Type the number and the day of a paper of the register."""
        self.type_cells("Документы", row.origin.row, {"Рег. №": number, "Дата регистрации": day})

    def meet(self, row: int, day: date, **cells: Any) -> None:
        """Write down in a row that the first pair met as planned."""
        told = {"Пара": "П-001", "Дата по плану": day, "Дата проведения": day, "Статус": "состоялась", "Тема": "Беседа"}  # fmt: skip
        self.type_cells("Встречи", row, told | cells)

    def stand_in(self, name: str, start: date | str, end: date | str) -> None:
        """Type who signs while the head is away."""
        told = {"ФИО": name, "с": start, "по": end}
        lines = {str(cells[0]): row for row, cells in reading.lines(self.book()) if cells and cells[0]}
        cells = {(lines[f"И.О. на период ({what})"] - 1, 1): value for what, value in told.items()}
        self.space.sheets.batch(self.place.book, changes(self.book().snapshot.sheet("Настройки"), cells))

    def cell(self, tab: str, row: int, header: str) -> Any:
        read = self.tab(tab)
        return read.sheet.at(row - 1, read.columns[header]).value

    def note(self, tab: str, row: int, header: str) -> str:
        read = self.tab(tab)
        return read.sheet.at(row - 1, read.columns[header]).note

    def file(self, row: Any) -> Path:
        path = self.office.link(row.file_id)
        assert path is not None
        return path

    def text(self, row: Any) -> str:
        return words(self.file(row))

    def papers(self) -> list[Path]:
        """Every made paper, the copies of templates left out."""
        return sorted(
            path
            for path in self.root.rglob("*.docx")
            if "Шаблоны" not in path.parts and ".nastavnik" not in path.parts
        )

    def findings(self) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for row in self.rows("Проверка"):
            told.setdefault(row.text("⚙ Ключ").split("/")[0], []).append(row.text("Важность"))
        return told

    def own_words(self) -> str:
        """Every text of the program's own that stands in the book, a line for each cell."""
        told: list[str] = []
        for read in self.book().tables.values():
            ours = [each.header for each in read.tab.columns if each.editor == "system"]
            typed = {"Как написано", "Предложение", "⚙ Учтено"}  # words of people
            told += [row.text(header) for row in read.rows for header in ours if header not in typed]
        return "\n".join(" ".join(text.split("\n")) for text in told)

    def typed(self) -> dict[str, list[tuple[Any, ...]]]:
        """What people typed, as the program reads it: every cell outside the `⚙` columns of people's tabs."""
        book = self.book()
        told = {"Настройки": [tuple(cells) for _, cells in reading.lines(book)]}
        for title in ("Дорожная карта", "Наставники", "Наставляемые", "Пары", "Встречи"):
            table = book.tables[title]
            kept = [
                at
                for header, at in sorted(table.columns.items(), key=lambda each: each[1])
                if not header.startswith("⚙")
            ]
            told[title] = [
                tuple(table.sheet.at(row.origin.row - 1, at).value for at in kept) for row in table.rows
            ]
        return told

    def xlsx(self) -> Path:
        path = self.office.link(self.place.book)
        assert path is not None
        return path


def printed(report: Report) -> str:
    """What the command prints of a run."""
    out = io.StringIO()
    with redirect_stdout(out):
        telling.report(report)
    return out.getvalue()


def words(path: Path) -> str:
    """All text of a paper: paragraphs, then tables."""
    paper = docx.Document(str(path))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return re.sub(r"[\s\u00a0]+", " ", " ".join([*(each.text for each in paper.paragraphs), *cells])).replace(
        "\u2011", "-"
    )


@contextmanager
def opened(root: Path, place: settings.Place, *, strict: bool = False):
    """Open a desk over a folder, in process; `strict` holds every answer of the office against Google's schemas."""
    office, clock = Office(root, strict=strict), Waiting()
    try:
        yield Desk(root, office, over(office_session(InProcess(office), clock=clock), clock), place, clock)
    finally:
        office.close()


@contextmanager
def served(root: Path, place: settings.Place, faults: Faults | None = None):
    """Open a desk over a folder, through a server on loopback."""
    office, clock = Office(root), Waiting()
    try:
        with serve(office, faults=faults) as server:
            yield (
                Desk(root, office, over(office_session(base=server.base, clock=clock), clock), place, clock),
                server.base,
            )
    finally:
        office.close()


def founded(root: Path) -> settings.Place:
    """Found an empty organisation in a folder."""
    office = Office(root, strict=True)
    space = over(office_session(InProcess(office)))
    home = settings.Home(root)
    place, _ = found(
        space,
        home,
        settings.Place(SLUG),
        "МБДОУ № 200 «Теремок»",
        supplies(),
        lambda each: settings.save_place(settings.load_home(root), each),
    )
    office.close()
    return place


def furnish(
    desk: Desk, pairs: int = 3, *, unready: int = 1, plan: list[tuple[str, ...]] | None = None
) -> None:
    """Fill the workbook as a curator would: card, roadmap, people, pairs; the last `unready` mentors lack consent."""
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    sheet = desk.book().snapshot.sheet("Настройки")
    requests = changes(sheet, {(lines[name] - 1, 1): value for name, value in CARD.items() if name in lines})
    for at, row in enumerate(plan if plan is not None else PLAN, 2):
        requests += desk.typing("Дорожная карта", at, dict(zip(ROADMAP, row, strict=True)))
    for at in range(pairs):
        requests += _pair(desk, at, ready=at < pairs - unready)
    desk.send(requests)


def add_pair(desk: Desk, at: int, *, ready: bool = True, start: date = date(2026, 9, 15)) -> None:
    """Add one mentor, one mentee and their pair."""
    desk.send(_pair(desk, at, ready=ready, start=start))


def _pair(desk: Desk, at: int, *, ready: bool, start: date = date(2026, 9, 15)) -> list[Any]:
    consent = date(2026, 9, 7) if ready else None
    mentor = {"ФИО": MENTORS[at], "Должность": "воспитатель", "Чем готов помочь": "планирование", "Дата согласия быть наставником": consent, "Состояние": "действует"}  # fmt: skip
    mentee = {"ФИО": NAMES[at], "Должность": "воспитатель", "Запрос (что нужно)": "планирование занятий", "Дефициты": "планирование – 4 – 8", "Состояние": "действует"}  # fmt: skip
    pair = {
        "Наставник": MENTORS[at], "Наставляемый": NAMES[at], "Форма": "педагог – педагог", "Вид": "индивидуальное", "Цель": "планировать занятия", "Задачи": "Определить трудности\nСоставить план",
        "Дата начала": start, "Дата окончания": date(2027, 5, 31), "Доп. соглашение №": f"14/{at}" if ready else None, "Дата доп. соглашения": date(2026, 9, 10) if ready else None, "Состояние": "согласована",
    }  # fmt: skip
    told = {"Наставники": mentor, "Наставляемые": mentee, "Пары": pair}
    return [each for tab, cells in told.items() for each in desk.typing(tab, at + 2, cells)]


def type_councils(
    desk: Desk, *days: date, protocols: tuple[tuple[str, date], ...] = (), adopted: str = "положение; пары"
) -> None:
    """Type the councils into the block of `Настройки`; beside minutes what they adopted."""
    lines = reading.lines(desk.book())
    at = next(number for number, (_, cells) in enumerate(lines) if cells and cells[0] == "Педсоветы")
    rows = [row for row, _ in lines[at + 2 : at + 2 + len(days)]]
    cells = {(row - 1, 1): day for row, day in zip(rows, days, strict=True)}
    for row, (number, day) in zip(rows, protocols, strict=False):
        cells |= {(row - 1, 3): number, (row - 1, 4): day, (row - 1, 5): adopted}
    desk.space.sheets.batch(desk.place.book, changes(desk.book().snapshot.sheet("Настройки"), cells))


def copied(source: Path, target: Path) -> Path:
    """Copy a whole working folder."""
    shutil.copytree(source, target)
    return target


def lived(made: tuple[Path, settings.Place], folder: Path, live: Any) -> tuple[Path, settings.Place]:
    """What was made once with something more done to it: a copy of its own, for the tests that begin there."""
    root, place = made
    home = copied(root, folder / "home")
    with opened(home, place) as desk:
        live(desk)
    return home, place


@contextmanager
def of(made: tuple[Path, settings.Place], tmp_path: Path, *, strict: bool = False):
    """Open a desk over a copy of what was made once: a folder and its place."""
    root, place = made
    with opened(copied(root, tmp_path / "home"), place, strict=strict) as desk:
        yield desk


def white_cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What people typed: every cell outside the `⚙` columns of people's tabs, row by row."""
    book = openpyxl.load_workbook(path, data_only=True)
    told: dict[str, list[tuple[Any, ...]]] = {}
    for title in ("Дорожная карта", "Наставники", "Наставляемые", "Пары", "Встречи", "Настройки"):
        rows = list(book[title].iter_rows(values_only=True))
        kept = [at for at, head in enumerate(rows[0]) if not str(head or "").startswith("⚙")]
        told[title] = [
            ended([row[at] for at in kept]) for row in rows[1:] if any(row[at] is not None for at in kept)
        ]
    return told


def ended(cells: list[Any]) -> tuple[Any, ...]:
    """A row without its empty end: a column that an upgrade added and nobody filled is nothing typed."""
    return tuple(cells[: max(at for at, cell in enumerate(cells, 1) if cell is not None)])


def sums(root: Path) -> dict[str, str]:
    """Checksum of every paper by name."""
    return {
        path.name: hashlib.md5(path.read_bytes()).hexdigest()
        for path in root.rglob("*.docx")
        if ".nastavnik" not in path.parts
    }

"""The second invented district, made as people make one: books founded, filled by typing, one of them spoilt.

What it is and what must come of it stands in `second.toml`, written before any of it was walked.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.domain.tabs import MEETINGS, MENTEES, MENTORS, ORGANISATIONS, PAIRS, ROADMAP, SETTINGS
from flows.office import InProcess, Office
from flows.work.founding import found
from flows.workspace import reading
from flows.workspace.cells import changes
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flows.domain.model import Row

TRUTH: dict[str, Any] = tomllib.loads(Path(__file__).with_name("second.toml").read_text("utf-8"))
MEMBERS: tuple[dict[str, Any], ...] = tuple(TRUTH["organisation"])
FIRST: date = TRUTH["first"]
DISTRICT = "rayon"
TOLD = {"Публикация: ФИО": "да", "Публикация: участие в наставничестве": "да"}
PUBLIC = {
    "имя и помощь": {**TOLD, "Публикация: чем готов помочь": "да"},
    "имя": {**TOLD, "Публикация: чем готов помочь": "нет"},
    "не имя": {"Публикация: ФИО": "нет", "Публикация: чем готов помочь": "нет"},
}
CONSENTED = {"Дата согласия быть наставником": FIRST.replace(year=2026, month=9, day=7)}


def raised(root: Path) -> None:
    """Found the organisations of the district in a folder and fill their books."""
    for told in MEMBERS:
        place = _founded(root, told)
        with desks.opened(root, place) as desk:
            _fill(desk, told)


def _founded(root: Path, told: dict[str, Any]) -> settings.Place:
    office = Office(root)
    try:
        space = over(office_session(InProcess(office)))
        home = settings.load_home(root)
        place, _ = found(
            space,
            home,
            settings.Place(told["slug"]),
            told["name"],
            desks.supplies(FIRST),
            lambda each: settings.save_place(settings.load_home(root), each),
        )
    finally:
        office.close()
    return place


def _fill(desk: desks.Desk, told: dict[str, Any]) -> None:
    """Type an organisation's card, its own roadmap rows, people, pairs and meetings."""
    card = desks.CARD | {"Полное наименование": told["name"], "Краткое наименование": told["name"]}
    card |= {
        "Педагогов всего": told.get("teachers"),
        "Молодых специалистов всего": told.get("young"),
        "Кто мы": "организация",
    }
    desk.send([*set_card(desk, card), *(each for rows in _rows(told) for each in _typed(desk, *rows))])


def set_card(desk: desks.Desk, card: dict[str, Any]) -> list[Any]:
    """Type values beside the names of `Настройки`."""
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    sheet = desk.book().snapshot.sheet(SETTINGS)
    return changes(
        sheet,
        {(lines[name] - 1, 1): value for name, value in card.items() if name in lines and value is not None},
    )


def _typed(desk: desks.Desk, tab: str, at: int, cells: dict[str, Any]) -> list[Any]:
    return desk.typing(tab, at, cells)


def _rows(told: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for at, row in enumerate(told.get("own", ()), 2):
        yield ROADMAP, at, dict(zip(desks.ROADMAP, row, strict=True))
    mentors, mentees = told.get("mentors", ()), told.get("mentees", ())
    for at, (name, post, helps, public) in enumerate(mentors, 2):
        published = {**PUBLIC[public], "Дата согласия на распространение": FIRST.replace(year=2026, month=9, day=8)} if public else {}  # fmt: skip
        yield MENTORS, at, {"ФИО": name, "Должность": post, "Чем готов помочь": helps, "Состояние": "действует", **CONSENTED, **published}  # fmt: skip
    for at, (name, young) in enumerate(mentees, 2):
        yield MENTEES, at, {"ФИО": name, "Должность": "воспитатель", "Молодой специалист": young, "Запрос (что нужно)": "планирование", "Состояние": "действует"}  # fmt: skip
    for at, (mentor, mentee) in enumerate(told.get("pairs", ()), 2):
        yield PAIRS, at, {
            "Наставник": mentors[mentor - 1][0], "Наставляемый": mentees[mentee - 1][0], "Форма": "педагог – педагог", "Вид": "индивидуальное",
            "Цель": "планировать занятия", "Задачи": "Составить план", "Дата начала": FIRST.replace(year=2026, month=9, day=15),
            "Дата окончания": FIRST.replace(month=5, day=31), "Доп. соглашение №": f"14/{at}", "Дата доп. соглашения": FIRST.replace(year=2026, month=9, day=10),
            "Состояние": "действует",
        }  # fmt: skip
    for at, (pair, day, held, scored) in enumerate(told.get("meetings", ()), 2):
        done = {"Дата проведения": day, "Статус": "состоялась"} if held else {}
        scores = {"Оценка наставляемого 1–10": 9, "Оценка наставника 1–10": 8} if scored else {}
        yield MEETINGS, at, {"Пара": f"П-{pair:03d}", "Дата по плану": day, "Тема": "Беседа", **done, **scores}  # fmt: skip


def raise_district(root: Path, call: Any) -> None:
    """Found the district in the same folder through the command, type its plan, put the organisations into its list."""
    call("init", "--municipality", "--organisation", DISTRICT, "--title", TRUTH["title"])
    place = settings.load_home(root).place(DISTRICT)
    with desks.opened(root, place) as desk:
        card = desks.CARD | {
            "Полное наименование": TRUTH["title"],
            "Краткое наименование": "УО Заречного района",
            "Должность руководителя": "начальник",
            "Должность куратора": "методист",
            "Название дорожной карты": "Муниципальная дорожная карта наставничества на 2026-2027 учебный год",
            "Кто мы": "управление",
        }
        requests = set_card(desk, card)
        for at, row in enumerate(TRUTH["plan"], 2):
            cells = dict(zip((*desks.ROADMAP, "Охват"), row, strict=True))
            requests += _typed(desk, ROADMAP, at, {name: text for name, text in cells.items() if text})
        desk.send(requests)
    call("municipality", "add", *(told["slug"] for told in MEMBERS))
    with desks.opened(root, place) as desk:
        for told in MEMBERS:
            row = row_of(desk, ORGANISATIONS, "Код ОО", told["slug"])
            cells = {"Краткое наименование": told["name"], "Тип": told["sort"], "Вышла из района": told.get("left")}  # fmt: skip
            desk.type_cells(
                ORGANISATIONS, row.origin.row, {name: value for name, value in cells.items() if value}
            )
    for told in MEMBERS:
        if told.get("broken"):
            spoil(root, told["slug"])


def row_of(desk: desks.Desk, tab: str, header: str, text: str) -> Row:
    """Find the first row of a tab whose cell reads so."""
    return next(row for row in desk.rows(tab) if row.text(header) == text)


def handed(desk: desks.Desk) -> dict[str, Row]:
    """Return the rows of an organisation's roadmap that came from the district, by the number they bear."""
    return {row.text("№ п/п"): row for row in desk.rows(ROADMAP) if row.text("⚙ Из района")}


def spoil(root: Path, slug: str) -> None:
    """Overwrite a book's file with what no program reads."""
    with desks.opened(root, settings.load_home(root).place(slug)) as desk:
        path = desk.xlsx()
    path.write_bytes(b"nothing that a spreadsheet is")


def live(root: Path) -> None:
    """Let the organisations do what the truth says of them between the two walks: answer, edit, delete."""
    for told in MEMBERS:
        if told.get("broken") or not told["rows"]:
            continue
        with desks.opened(root, settings.load_home(root).place(told["slug"])) as desk:
            _live(desk, told)


def _live(desk: desks.Desk, told: dict[str, Any]) -> None:
    for pair in told.get("approved", ()):
        _approve(desk, f"П-{pair:03d}")
    rows = handed(desk)
    for number in told.get("done", ()):
        desk.type_cells(ROADMAP, rows[number].origin.row, {"Статус": "выполнено", "Дата выполнения": FIRST})
    for number, why in told.get("not_for_us", {}).items():
        desk.type_cells(ROADMAP, rows[number].origin.row, {"Не для нас: почему": why})
    for number, text in told.get("retyped", {}).items():
        desk.type_cells(ROADMAP, rows[number].origin.row, {"Мероприятие": text})
    for number in told.get("removed", ()):
        remove(desk, rows[number])


def remove(desk: desks.Desk, row: Row) -> None:
    """Delete a row of a roadmap as a person does in the sheet."""
    sheet = desk.tab(ROADMAP).sheet.sheet_id
    span = {"sheetId": sheet, "dimension": "ROWS", "startIndex": row.origin.row - 1, "endIndex": row.origin.row}  # fmt: skip
    desk.send([{"deleteDimension": {"range": span}}])


def _approve(desk: desks.Desk, pair: str) -> None:
    """Make a pair's programme and type its number and day."""
    desk.kinds = ("program.personal",)
    desk.run(FIRST)
    paper = next(row for row in desk.register() if row.parts.about == pair)
    desk.sign(paper, "17", FIRST.replace(year=2026, month=9, day=20))
    desk.run(FIRST)
    desk.kinds = ()


def change_plan(root: Path) -> None:
    """Let the district change a term and withdraw a row."""
    with desks.opened(root, settings.load_home(root).place(DISTRICT)) as desk:
        for number, header, text in TRUTH["changed"]:
            desk.type_cells(ROADMAP, row_of(desk, ROADMAP, "№ п/п", number).origin.row, {header: text})
        for number in TRUTH["withdrawn"]:
            remove(desk, row_of(desk, ROADMAP, "№ п/п", number))

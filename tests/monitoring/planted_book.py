"""`python -m tests.monitoring.planted_book DIR [--seed 1] [--logs 40] [--ordinary]`: a planted year as a real book of the local office.

The organisation is founded in the folder, its book is filled as it stood on the day of each note, the orders and programmes are
signed, and the papers of each day made; the last day is left to the command: `NASTAVNIK_HOME=DIR nastavnik note …`.
"""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.workspace import reading
from flows.workspace.cells import appended, changes
from tests.monitoring import planted_facts as facts
from tests.monitoring import planted_years as years
from tests.monitoring.planted_years import NOTE_ROWS
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.monitoring.recount_cells import Book
    from tests.road.desk import Desk

PEOPLE = (
    "Дорожная карта",
    "Наставники",
    "Наставляемые",
    "Пары",
    "Встречи",
    "Анкеты",
    "Карта оценки",
    "Кадровые события",
)
SIGNED = ("order.pairs", "program.personal")
FIRST_DAY = years.BEGUN


@contextmanager
def lived(root: Path, year: years.Year, days: tuple[date, ...] = tuple(NOTE_ROWS)) -> Iterator[Desk]:
    """Found the organisation and live its year up to the last of the days, on which nothing is made yet."""
    place = desks.founded(root)
    with desks.opened(root, place) as desk:
        desk.kinds = SIGNED
        _card(desk, year)
        _type(desk, year.book(FIRST_DAY))
        desk.run(FIRST_DAY)
        desk.kinds = ("note.monitoring",)
        for day in days[:-1]:
            _on(desk, year, day)
            desk.run(day)
        _on(desk, year, days[-1])
        yield desk


def _on(desk: Desk, year: years.Year, day: date) -> None:
    book = year.book(day)
    _type(desk, book)
    signed = {
        (row["⚙ Ключ"].split("/")[1], row["⚙ Ключ"].split("/")[2]): row for row in book.rows("Документы")
    }
    requests: list[Any] = []
    for filed in desk.register():
        subject = "школа" if filed.kind == "order.pairs" else filed.parts.subject
        row = signed.get((filed.kind, subject))
        if row and not filed.number:
            cells = {name: row[name] for name in ("Рег. №", "Дата регистрации")}
            requests += desk.typing("Документы", filed.origin.row, cells)
    desk.send(requests)


def _card(desk: Desk, year: years.Year) -> None:
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    told = {**desks.CARD, **year.settings}
    cells = {(lines[name] - 1, 1): value for name, value in told.items() if name in lines}
    desk.send(changes(desk.book().snapshot.sheet("Настройки"), cells))


def _type(desk: Desk, book: Book) -> None:
    """Type every tab of people's as it stands; a cell that nobody has filled yet is emptied."""
    requests: list[Any] = []
    for tab in PEOPLE:
        requests += _room(desk, tab, len(book.rows(tab)))
        known = [name for name in desk.tab(tab).columns if not name.startswith("⚙") or name == "⚙ Код"]
        for at, row in enumerate(book.rows(tab), 2):
            requests += desk.typing(
                tab,
                at,
                {name: row.get(name) for name in known if name in row or at <= len(desk.rows(tab)) + 1},
            )
    desk.send(requests)
    _answers(desk, book)


def _room(desk: Desk, tab: str, rows: int) -> list[Any]:
    """Add rows to a tab that has too few."""
    sheet = desk.tab(tab).sheet
    short = rows + 2 - sheet.rows
    area = {
        "sheetId": sheet.sheet_id,
        "dimension": "ROWS",
        "startIndex": sheet.rows - 1,
        "endIndex": sheet.rows - 1 + short,
    }
    return [{"insertDimension": {"range": area, "inheritFromBefore": True}}] if short > 0 else []


def _answers(desk: Desk, book: Book) -> None:
    """Put each form's tab in once its answers have come."""
    there = {sheet.title for sheet in desk.book().snapshot.sheets}
    for title, rows in book.tabs.items():
        if title.endswith(")") and rows and title not in there:
            heads = list(rows[0])
            lines = [
                heads,
                *(
                    [f"{row[heads[0]]:%d.%m.%Y %H:%M:%S}", *(row.get(head) for head in heads[1:])]
                    for row in rows
                ),
            ]
            at = 5000 + len(desk.book().snapshot.sheets)
            grid = {"rowCount": len(lines) + 10, "columnCount": len(heads)}
            sheet = {"addSheet": {"properties": {"sheetId": at, "title": title, "gridProperties": grid}}}
            desk.send([sheet, appended(at, lines)])


def main() -> int:
    """Make the book and say how to go on."""
    told = argparse.ArgumentParser()
    told.add_argument("folder", type=Path)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--logs", type=int, default=40)
    told.add_argument("--ordinary", action="store_true")
    told.add_argument("--length", default="")
    given = told.parse_args()
    year = years.year(given.seed, given.logs)
    year.settings["Объём справки"] = given.length
    for fact in () if given.ordinary else facts.planted(year, facts.TWELVE):
        print(f"{fact.kind:12} {', '.join(fact.who) or '—':14} {', '.join(fact.rows[:4])}")
    with lived(given.folder, year):
        pass
    print(f"NASTAVNIK_HOME={given.folder} nastavnik note --organisation {desks.SLUG} --today {years.MAY}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

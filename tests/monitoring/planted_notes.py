"""The notes of a planted year as the road writes them, and what a reader sees in one: `note_of`, `said`, `names`.

The book is typed, read, understood and counted as on the day of each note; the figures of the earlier ones are kept as the program
keeps them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flows import settings
from flows.domain.book.understanding import BookContents, understand
from flows.domain.documents.common import FIGURES
from flows.domain.documents.kinds.note_monitoring import note_parts, written
from flows.domain.model import Origin
from flows.domain.model import Row as TabRow
from flows.workspace.register import filed_rows
from flows.workspace.sheets import Sheet
from flows.workspace.table import Table
from tests.monitoring import by_the_road
from tests.monitoring.planted_years import DECEMBER, JANUARY, MARCH, MAY, NOTE_ROWS, paper
from tests.monitoring.recount_cells import STAMP, Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flows.domain.model import Facts
    from flows.domain.monitoring.note.shape import Note
    from tests.monitoring.planted_facts import Planted
    from tests.monitoring.planted_years import Year
    from tests.monitoring.recount_cells import Row

KIND = "note.monitoring"
NO_SHEET = Sheet(0, "", False, 0, 0, ())
ALL_OF_THEM = 0.6  # a table with so many of the people lists everybody and singles nobody out
CODE = re.compile(r"(?<!\w)([ПНЛ])[-‑](\d{3})(?!\d)")


class Said(NamedTuple):
    """One thing that a note says: a paragraph, a line that may be struck out or a row of a table, under which heading."""

    heading: str
    text: str
    codes: tuple[str, ...] = ()
    table: str = ""
    appendix: bool = False


def facts_of(
    year: Year,
    today: date = MAY,
    earlier: tuple[date, ...] = (DECEMBER, JANUARY, MARCH),
    *,
    by_book: bool = False,
) -> Facts:
    """Understand the year on a day, with the figures of the earlier notes kept; `by_book` types it into a workbook first."""
    return understood(year, today, kept_of(year, today, earlier), by_book=by_book)


def kept_of(
    year: Year, today: date = MAY, earlier: tuple[date, ...] = (DECEMBER, JANUARY, MARCH)
) -> dict[str, str]:
    """Write the earlier notes, each on its own day, and keep their figures by their keys."""
    kept: dict[str, str] = {}
    for day in earlier:
        if day < today:
            kept[key(day)] = note_parts(understood(year, day, kept), KIND)[FIGURES]
    return kept


def key(day: date) -> str:
    """The register's key of the note of a day."""
    return f"школа/{KIND}/{NOTE_ROWS[day]}@{day:%Y-%m}/2026-2027"


def understood(year: Year, today: date, kept: dict[str, str], *, by_book: bool = False) -> Facts:
    """Understand the year as it was known on a day, for the note of that day."""
    book = year.book(today)
    notes = [paper(KIND, each.split("/")[2], str(at), today) for at, each in enumerate(kept, 1)]
    book = Book({**book.tabs, "Документы": [*book.rows("Документы"), *notes]}, book.settings, book.days_off)
    facts = _by_book(book, today, kept) if by_book else _by_rows(book, today, kept)
    activity = next(each for each in facts.activities if each.code == NOTE_ROWS[today])
    return replace(
        facts, activity=activity, window=activity.term.windows[0], subject=key(today).split("/")[2]
    )


def _by_book(book: Book, today: date, kept: dict[str, str]) -> Facts:
    return by_the_road.understood(book, today, kept).facts


def _by_rows(book: Book, today: date, kept: dict[str, str]) -> Facts:
    """Understand the rows without typing them into a workbook first, which takes half of the time; a test holds the two ways equal."""
    layout = settings.book_layout()
    ours = {tab.title for tab in layout.tabs} - {"Настройки"}
    rows = {title: _rows(title, book.rows(title)) for title in ours}
    grids = {title: _grid(lines) for title, lines in book.tabs.items() if title not in ours}
    card = [("Организация",), ("Параметр", "Значение"), *{**by_the_road.CARD, **book.settings}.items()]
    register = filed_rows(Table(layout.tab("Документы"), NO_SHEET, {}, rows["Документы"]))
    contents = BookContents(
        "Наставничество", rows, list(enumerate(card, 1)), register, {}, grids=grids, kept=kept
    )
    return understand("школа", contents, today, by_the_road.supplied(book)).facts


def _rows(tab: str, rows: list[Row]) -> tuple[TabRow, ...]:
    return tuple(TabRow(Origin("", tab, at), row.get("⚙ Код", ""), row) for at, row in enumerate(rows, 2))


def _grid(rows: list[Row]) -> list[list[Any]]:
    heads = list(rows[0]) if rows else []
    return [
        heads,
        *([f"{row[STAMP]:%d.%m.%Y %H:%M:%S}", *(row.get(head) for head in heads[1:])] for row in rows),
    ]


def note_of(facts: Facts) -> Note:
    """Write the note of the facts."""
    return written(facts, KIND)


def context(facts: Facts) -> dict[str, Any]:
    """What the template of the note is given."""
    return note_parts(facts, KIND)


def said(told: dict[str, Any]) -> Iterator[Said]:
    """Everything a note says, piece by piece."""
    for section in told["разделы"]:
        heading = section["название"]
        apart = heading.startswith("Приложение")
        yield from (Said(heading, plain(text), appendix=apart) for text in section["абзацы"])
        yield from (
            Said(heading, plain(line["текст"]), tuple(map(plain, line["коды"])), appendix=apart)
            for line in section["пункты"]
        )
        for table in section["таблицы"]:
            yield from (
                Said(heading, plain(" | ".join(row)), (), table["название"], apart) for row in table["строки"]
            )


def plain(text: str) -> str:
    """One spelling of spaces and hyphens."""
    return " ".join(text.replace("\u2011", "-").replace("\u00ad", "").split())


# --- whom a text speaks of ---------------------------------------------------------------------------------------


def aliases(year: Year) -> dict[str, str]:
    """Every way a text may call somebody, against the code of the log (П-…) or, of one who is in none, the own code."""
    told: dict[str, str] = {}
    for unit in year.units:
        for row in (unit.mentor, *unit.mentees):
            told[row["⚙ Код"]] = told[stem(row["ФИО"])] = unit.code
        for row in unit.pairs:
            told[row["⚙ Код"]] = unit.code
            told[row["Группа"] or unit.code] = unit.code
    for tab in ("Наставники", "Наставляемые"):
        for row in year.rows(tab):
            told.setdefault(row["⚙ Код"], row["⚙ Код"])
            told.setdefault(stem(row["ФИО"]), row["⚙ Код"])
    return told


def stem(name: str) -> str:
    """A surname without its ending, as it stands in every case."""
    return name.partition(" ")[0][:-1]


def named(text: str, known: dict[str, str]) -> set[str]:
    """The codes of whom a text names, by code or by surname."""
    words = set(re.findall(r"[А-ЯЁ][а-яё]+", text))
    codes = {f"{letter}-{number}" for letter, number in CODE.findall(text)}
    surnames = {name for name in known if name[-1].isalpha() and any(word.startswith(name) for word in words)}
    groups = {name for name in known if name.startswith("Группа ") and name in text}
    return {known[each] for each in (codes & known.keys()) | surnames | groups}


def proves(piece: Said, fact: Planted, known: dict[str, str]) -> bool:
    """Whether a piece of a note says a planted fact: of the right people, in words that it needs."""
    told = named(piece.text, known) | {known[code] for code in piece.codes if code in known}
    people = {known.get(code, code) for code in fact.who}
    return people <= told and all(re.search(word, piece.text, re.IGNORECASE) for word in fact.words)


def singled_out(told: dict[str, Any], year: Year) -> dict[str, list[str]]:
    """Whom a note singles out, with what it says of them: what lists everybody singles out nobody."""
    known = aliases(year)
    people = len(set(known.values()))
    pieces: dict[str, list[Said]] = {}
    for piece in said(told):
        pieces.setdefault(f"{piece.heading}|{piece.table}|{'' if piece.table else piece.text}", []).append(
            piece
        )
    found: dict[str, list[str]] = {}
    for group in pieces.values():
        of_whom = set().union(*(named(piece.text, known) for piece in group))
        if len(of_whom) < ALL_OF_THEM * people:
            for piece in group:
                for code in named(piece.text, known):
                    found.setdefault(code, []).append(piece.text)
    return found

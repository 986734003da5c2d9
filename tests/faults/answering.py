"""Random walks of a curator who answers questions well and badly: no sentence of a finding, an answer or a command stands in a paper.

`python -m tests.faults.answering --papers 2000 --seed 1` walks until so many papers are made, reads each of them whole,
and prints what was counted. What is looked for is what the walk itself met: the sentences of every finding raised, and
every answer typed that is no value of a cell.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from flows import doors
from flows.domain.book.accepted import ACCEPTED, TERM_COLUMN
from flows.domain.tabs import FINDINGS, ROADMAP
from flows.work import prepare
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.wrong_answers import WRONG

DAYS = (date(2026, 9, 1), date(2026, 12, 10), date(2027, 2, 20), date(2027, 5, 27))
TERMS = (
    "Сентябрь 2026", "Декабрь 2026", "Май 2027", "В течение года", "Постоянно", "Апрель 2032", "31.02.2027", "май", "начало мая 2027",
    "когда получится", "по графику управления", "Сентябрь (ежегодно)", "с 10.05.2027 по 01.05.2027", "апрель 2027; май 2027", None,
)  # fmt: skip
ROWS = (
    ("Разработка дорожной карты", "Дорожная карта"), ("Закрепление пар", "Приказ о закреплении наставнических пар"), ("Подготовка документов", "Локальные акты"),
    ("Мониторинг", "Аналитическая справка"), ("Работа пар", "Персонализированные программы наставничества"), ("Сбор сведений", "Реестр наставников, реестр наставляемых"),
    ("Разработка положения и программы", "Приказ"), ("Встречи при необходимости", "График встреч пар"), ("Педсовет", "Протокол педагогического совета"),
    ("Поощрение лучших наставников", "Благодарственное письмо"), ("Анкетирование", None), ("Отчёты наставников", "Отчёт наставника"),
    ("Утверждение распоряжением", "Приказ о внедрении целевой модели"), ("Школьная конференция в лицее", "Сценарий"), ("Чек-лист условий", "Не менее двух раз в месяц"),
)  # fmt: skip
WHO = ("Заведующий", "Старший воспитатель", "Соколова М.В.", "Иванова О.П., наставники", None)
VALUES = (
    "сентябрь 2026",
    "май 2027",
    "до 15.12.2026",
    "15.12.2026",
    "2.7",
    "куратор",
    "Приказ о закреплении наставнических пар",
    "Аналитическая справка",
    "3",
    "действует",
)
YES = ("да", "Подтверждаю", "верно")
COMMANDS = tuple(
    sorted({word for accepts in ACCEPTED.values() for command in accepts.commands for word in command.words})
)
SHORTEST, SLIPS = 5, 0.1
# Words that papers say by themselves («приказ», «учебный год») prove nothing.
GOLDEN = Path(__file__).parents[1] / "papers" / "golden"


@dataclass
class Met:
    """What walks met: counts, sentences to look for, texts of papers, and what was found where it must not stand."""

    counts: Counter[str] = field(default_factory=Counter)
    sentences: set[str] = field(default_factory=set)
    papers: list[tuple[str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Look for every sentence in every paper of a walk."""
        folded = [(name, spaced(text)) for name, text in self.papers]
        for sentence in self.sentences:
            self.violations += [f"{name}: «{sentence}»" for name, text in folded if sentence in text]
        self.counts["papers"] += len(self.papers)
        self.counts["sentences looked for"] += len(self.sentences)
        self.papers, self.sentences = [], set()


def telling(text: str) -> bool:
    """Tell a text that no paper says by itself."""
    return len(text) >= SHORTEST and not any(text in paper for paper in _golden())


@cache
def _golden() -> tuple[str, ...]:
    """Return what papers and the cells that commands fill say by themselves."""
    put = (
        command.text
        for accepts in ACCEPTED.values()
        for command in accepts.commands
        if command.column == TERM_COLUMN
    )
    return tuple(map(spaced, (*put, *(path.read_text("utf-8") for path in GOLDEN.glob("*.txt")))))


def spaced(text: str) -> str:
    """Fold blanks and case, so that a sentence is found wherever its lines break."""
    return re.sub(r"[\s\u00a0]+", " ", text.replace("\u2011", "-")).casefold()


def sentences(message: str) -> set[str]:
    """Cut a finding into the sentences it is made of."""
    return {
        spaced(part).strip(" .") for part in re.split(r"(?<=[.:])\s", message) if len(part) > SHORTEST * 4
    }


def plan(luck: random.Random, rows: int) -> list[tuple[str | None, ...]]:
    """Make up a roadmap with the traps that questions are asked about."""
    told = []
    for at, (doing, result) in enumerate(luck.sample(ROWS, rows), 1):
        number = luck.choice((f"1.{at}", f"1.{at}", "1.1"))
        told.append((number, doing, luck.choice(TERMS), luck.choice(WHO), result))
    return told


def spoilt(desk: desks.Desk, luck: random.Random) -> None:
    """Spoil a cell of a pair or of a person, as people do."""
    tab, header, text = luck.choice(
        (
            ("Пары", "Дата окончания", "когда снег"), ("Пары", "Дата окончания", date(2026, 9, 1)), ("Пары", "Наставник", "Орлова В.Д."),
            ("Пары", "Состояние", "прекращена"), ("Наставники", "Должность", None), ("Наставляемые", "ФИО", None), ("Пары", "Дата начала", None),
        )
    )  # fmt: skip
    desk.type_cells(tab, 2, {header: text})


def answered(desk: desks.Desk, luck: random.Random, met: Met) -> None:
    """Answer about half of the questions: with a value, a yes, a command, or what is no answer; some in the wrong row."""
    table = desk.book().tables[FINDINGS]
    cells = {}
    for row in luck.sample(list(table.rows), len(table.rows) // 2):
        text = luck.choice((*WRONG, *COMMANDS, *VALUES, *YES, *YES, *YES))
        cells[row.origin.row - 1 + (luck.random() < SLIPS), table.columns["Ответ"]] = text
        if text not in VALUES and telling(spaced(text)):
            met.sentences.add(spaced(text))
    met.counts["answers typed"] += len(cells)
    requests = changes(table.sheet, cells)
    if requests:
        desk.space.sheets.batch(desk.place.book, requests)


def run(desk: desks.Desk, today: date, met: Met, supplies: object) -> None:
    """Prepare, read what was made, and see that whoever is sent to the findings finds one there."""
    report = prepare(desk.space, desk.place, today, supplies)
    met.counts["runs"] += 1
    files = {row.file_id: row for row in desk.register()}
    for made in report.made:
        row = files.get(made.file_id)
        if row is not None and row.name.endswith(".docx"):
            met.papers.append((made.key, desk.text(row)))
    for problem in report.problems:
        met.sentences |= sentences(problem.message)
    book = desk.book()
    about = {
        row.text("⚙ Ключ").split("/")[2] for row in book.rows(FINDINGS) if row.text("⚙ Ключ").count("/") > 1
    }
    for row in book.rows(ROADMAP):
        if f"«{FINDINGS}»" in row.text("⚙ Документ") and row.code not in about:
            met.violations.append(f"{row.code} is sent to «{FINDINGS}» for nothing")
    met.counts["answers refused"] += sum(each.code == "answer-refused" for each in report.problems)


def walk(
    home: Path,
    place: object,
    luck: random.Random,
    met: Met,
    supplies: object,
    *,
    rows: int = len(ROWS),
    pairs: int = 5,
) -> None:
    """Live a year of one school: a roadmap made up, answers of every sort between the runs."""
    with desks.opened(home, place) as desk:
        desks.furnish(desk, pairs, plan=plan(luck, rows))
        for today in DAYS:
            run(desk, today, met, supplies)
            answered(desk, luck, met)
            if luck.random() < 0.5:
                spoilt(desk, luck)
            run(desk, today, met, supplies)
        if prepare(desk.space, desk.place, DAYS[-1], supplies).written:
            met.violations.append("a second run has something to write")
    met.counts["walks"] += 1
    met.look()


def everything() -> object:
    """Return what the checkout supplies, without the printing of PDF."""
    return replace(doors.supplies(DAYS[0]), pdf=None)


def main() -> int:
    """Walk until enough papers are made; print the figures and every violation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    met, supplies = Met(), everything()
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder) / "origin"
        origin.mkdir()
        place = desks.founded(origin)
        at = 0
        while met.counts["papers"] < told.papers:
            walk(
                desks.copied(origin, Path(folder) / str(at)),
                place,
                random.Random(f"{told.seed}/{at}"),
                met,
                supplies,
            )
            at += 1
            print(f"{at}: {dict(met.counts)}, violations: {len(met.violations)}", flush=True)
    print("\n".join(dict.fromkeys(met.violations)) or "0 sentences of findings or answers in papers")
    return bool(met.violations)


if __name__ == "__main__":
    sys.exit(main())

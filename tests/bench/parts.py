"""What is measured, part by part: each does the same with both codes by turns and gives figures, medians of its rounds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

import openpyxl

from tests.bench import invented
from tests.bench.figures import Figure, exponent, slope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.codes import Code, Took

DAY = f"{invented.TODAY}"
PREPARE = ("prepare", "--plain", "--today", DAY)
MEETINGS_A_TAB = 16_000  # an import reads no longer table than 20,000 rows
BATCH = "sheets.spreadsheets.batchUpdate"
AS_BEFORE = 0.95  # what runs of one code differ by: less is slower
MB_AS_BEFORE = 0.9
PAPERS = {
    "order": ("order.pairs", "приказов в секунду", 200),
    "programme": ("program.personal", "программ в секунду", 200),
    "note": ("note.monitoring", "справок с рисунками в секунду", 8),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: organisations and pairs of the district, numbers of organisations for the growth, the rest."""

    organisations: int = 31
    pairs: int = 40
    growing: tuple[int, ...] = (10, 30, 100)
    pairs_growing: int = 2
    many_pairs: int = 160
    meetings: int = 32_000
    meetings_a_pair: int = 3
    papers: float = 1.0
    rounds: int = 3


@dataclass(frozen=True, slots=True)
class Bench:
    """Both codes, how much of all, and a folder to work in; `says` is told what is being done."""

    codes: tuple[Code, Code]
    sizes: Sizes
    folder: Path
    says: Callable[[str], None]

    def home(self, code: Code, organisations: int, pairs: int, meetings: int) -> Path:
        """Return a home that a code has made itself, made when first asked for; whoever writes into it copies it."""
        made = self.folder / f"{code.name}-{organisations}-{pairs}-{meetings}"
        if not made.exists():
            self.says(f"{code.name}: завожу организаций {organisations} по {pairs} пар")
            code.does("made", made, organisations, pairs, meetings)
        return made

    def copy(self, home: Path) -> Path:
        """Copy a home under another name."""
        target = home.with_name(f"{home.name}-copy")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(home, target)
        return target

    def by_turns(self, do: Callable[[Code], dict[str, float]], rounds: int) -> list[dict[str, float]]:
        """Measure both codes by turns, the first one last in every second round; return the medians of each."""
        seen: dict[Code, list[dict[str, float]]] = {code: [] for code in self.codes}
        for number in range(rounds):
            for code in self.codes[:: -1 if number % 2 else 1]:
                self.says(f"{code.name}, проход {number + 1} из {rounds}")
                seen[code].append(do(code))
        return [
            {name: median(each[name] for each in told) for name in told[0]}
            for told in (seen[code] for code in self.codes)
        ]


def _counts(code: Code, home: Path) -> dict[str, int]:
    return dict(code.does("calls", home).told["calls"])


def _run(
    code: Code, home: Path, name: str, before: dict[str, int]
) -> tuple[dict[str, float], dict[str, int]]:
    """Run `prepare` over a home that has answered so many requests; tell its seconds, its memory and its requests, and all since."""
    took = code.command(home, *PREPARE)
    after = _counts(code, home)
    return {
        f"{name} s": took.seconds,
        f"{name} mb": took.memory,
        f"{name} calls": sum(after.values()) - sum(before.values()),
        f"{name} writes": after.get(BATCH, 0) - before.get(BATCH, 0),
    }, after


def _one_home(bench: Bench, pairs: int, code: Code) -> dict[str, float]:
    home = bench.copy(bench.home(code, 1, pairs, bench.sizes.meetings_a_pair))
    first, counted = _run(code, home, "first", _counts(code, home))
    again, _ = _run(code, home, "again", counted)
    code.does("changed", home)
    change, _ = _run(code, home, "change", _counts(code, home))
    shutil.rmtree(home)
    return first | again | change


def home(bench: Bench) -> Iterator[Figure]:
    """One organisation: its first run, a run without news, a run after one change."""
    pairs = bench.sizes.pairs
    old, new = bench.by_turns(partial(_one_home, bench, pairs), bench.sizes.rounds)

    def row(key: str, name: str, unit: str, **wanted: Any) -> Figure:
        return Figure(f"home {key}", f"{name}, {pairs} пар", unit, old[key], new[key], **wanted)

    yield row("first s", "Первый запуск", "с процессора", times=1.4)
    yield row("first mb", "Первый запуск: память", "МБ", times=MB_AS_BEFORE)
    yield row("first calls", "Первый запуск: обращений", "", times=1.0)
    yield row("again s", "Без изменений", "с процессора", times=AS_BEFORE)
    yield row("again calls", "Без изменений: обращений", "", most=3)
    yield row("again writes", "Без изменений: записей", "", most=0)
    yield row("change s", "Одно изменение", "с процессора", times=AS_BEFORE)
    yield row("change calls", "Одно изменение: обращений", "", times=1.0)


def filing(bench: Bench) -> Iterator[Figure]:
    """The filing of many papers of one organisation."""
    pairs = bench.sizes.many_pairs

    def one(code: Code) -> dict[str, float]:
        copy = bench.copy(bench.home(code, 1, pairs, bench.sizes.meetings_a_pair))
        told, _ = _run(code, copy, "first", _counts(code, copy))
        shutil.rmtree(copy)
        return told

    old, new = bench.by_turns(one, 1)
    name = f"Первый запуск, {pairs} пар"
    yield Figure("filing s", name, "с процессора", old["first s"], new["first s"], times=1.24)
    yield Figure("filing mb", f"{name}: память", "МБ", old["first mb"], new["first mb"], times=MB_AS_BEFORE)
    yield Figure(
        "filing writes", f"{name}: записей книги", "", old["first writes"], new["first writes"], times=1.0
    )


def district(bench: Bench) -> Iterator[Figure]:
    """A district in one process: the first pass and one without news; and what it costs to ask its office for anything."""
    sizes = bench.sizes

    def one(code: Code) -> dict[str, float]:
        whole = bench.copy(bench.home(code, sizes.organisations, sizes.pairs, sizes.meetings_a_pair))
        first, again = code.does("passed", whole), code.does("passed", whole)
        if again.told["papers"] or len(first.told["costs"]) != sizes.organisations:
            raise AssertionError(f"{code.name}: второй проход сделал документов {again.told['papers']}")
        asked = code.does("asked", whole, 200).told["seconds"] / 200
        shutil.rmtree(whole)
        return {
            "first s": first.seconds,
            "again s": again.seconds,
            "mb": max(first.memory, again.memory),
            "papers": first.told["papers"],
            "ask ms": asked * 1000,
            "one s": median(first.told["costs"]),
        }

    old, new = bench.by_turns(one, 1)
    name = f"{sizes.organisations} × {sizes.pairs} пар"

    def row(key: str, what: str, unit: str, **wanted: Any) -> Figure:
        return Figure(f"district {key}", f"{what}, {name}", unit, old[key], new[key], **wanted)

    yield row("papers", "Документов", "", compared=False)
    yield row("first s", "Первый проход района", "с процессора", times=1.8)
    yield row("one s", "Первый проход: одна организация", "с процессора")
    yield row("again s", "Проход без изменений", "с процессора", times=1.4)
    yield row("mb", "Проход района: память", "МБ", most=400)
    yield row("ask ms", "Одно обращение к офису района", "мс процессора", times=1.5)


def growth(bench: Bench) -> Iterator[Figure]:
    """How the cost of a pass grows with the number of organisations, the first one of each pass left out: it pays for the start.

    The code of before is spared the greatest number where there are two besides: a square shows without it.
    """
    numbers = bench.sizes.growing
    own = {
        code: numbers[:-1] if code == bench.codes[0] and len(numbers) > 2 else numbers for code in bench.codes
    }
    costs: dict[Code, list[dict[str, Any]]] = {code: [] for code in bench.codes}
    for number in numbers:
        for code in bench.codes:
            if number in own[code]:
                costs[code].append(_passes(bench, code, number))
    told = f"{', '.join(map(str, numbers))} организаций, пар по {bench.sizes.pairs_growing}"
    for key, name in {"first": "Первый проход", "again": "Без изменений"}.items():
        powers, rises = [], []
        for passes in costs.values():
            powers.append(exponent({len(each[key]) - 1: sum(each[key][1:]) for each in passes}))
            rises.append(slope(passes[-1][key][1:]) * 1000)
        yield Figure(
            f"growth {key}", f"{name}: степень роста, {told}", "", *powers, most=1.05, compared=False
        )
        each = f"{name}: каждая следующая организация дороже на"
        yield Figure(f"growth {key} ms", each, "мс", *rises, compared=False)


def _passes(bench: Bench, code: Code, number: int) -> dict[str, Any]:
    """Make a home of so many organisations grow out of the smaller one, and pass over a copy of it twice."""
    sizes = bench.sizes
    grown = bench.folder / f"{code.name}-growing"
    bench.says(f"{code.name}: завожу организации до {number}")
    code.does("made", grown, number, sizes.pairs_growing, sizes.meetings_a_pair)
    copy = bench.copy(grown)
    told = {key: code.does("passed", copy).told["costs"] for key in ("first", "again")}
    shutil.rmtree(copy)
    return told


def meetings(bench: Bench) -> Iterator[Figure]:
    """A log of meetings brought in from a file, and a book with so many checked."""
    sizes = bench.sizes
    pairs = min(sizes.many_pairs, sizes.meetings)
    file = bench.folder / "Встречи.xlsx"
    _log(file, pairs, sizes.meetings // pairs)

    def one(code: Code) -> dict[str, float]:
        copy = bench.copy(bench.home(code, 1, pairs, 0))
        told = code.command(copy, "import", "--organisation", invented.slug(1), "--yes", str(file))
        check = code.command(copy, "check", "--today", DAY)
        shutil.rmtree(copy)
        return {
            "import s": told.seconds,
            "import mb": told.memory,
            "check s": check.seconds,
            "check mb": check.memory,
        }

    old, new = bench.by_turns(one, 1)
    count = f"{sizes.meetings // pairs * pairs} встреч"

    def row(key: str, what: str, unit: str, **wanted: Any) -> Figure:
        return Figure(f"meetings {key}", f"{what} {count}", unit, old[key], new[key], **wanted)

    yield row("import s", "Перенос", "с процессора", most=15)
    yield row("import mb", "Память переноса", "МБ", times=MB_AS_BEFORE)
    yield row("check s", "Проверка книги:", "с процессора", times=AS_BEFORE)
    yield row("check mb", "Память проверки:", "МБ", times=MB_AS_BEFORE)


def _log(file: Path, pairs: int, each: int) -> None:
    """Write a log of meetings as people keep it, its headers those of the book."""
    book = openpyxl.Workbook(write_only=True)
    rows = [invented.meeting(pair, number) for pair in range(pairs) for number in range(each)]
    for at in range(0, len(rows), MEETINGS_A_TAB):
        sheet = book.create_sheet("Встречи" if at == 0 else f"Встречи {at // MEETINGS_A_TAB + 1}")
        sheet.append(list(rows[0]))
        for row in rows[at : at + MEETINGS_A_TAB]:
            sheet.append(list(row.values()))
    book.save(file)


def start(bench: Bench) -> Iterator[Figure]:
    """What it costs to start a command at all."""

    def one(code: Code) -> dict[str, float]:
        return {"s": code.command(bench.folder / "нет", "--help").seconds}

    old, new = bench.by_turns(one, 2 * bench.sizes.rounds - 1)
    yield Figure("start", "nastavnik --help", "с процессора", old["s"], new["s"], times=AS_BEFORE)


def papers(bench: Bench) -> Iterator[Figure]:
    """How many papers a second are printed."""
    counts = {key: max(1, round(count * bench.sizes.papers)) for key, (_, _, count) in PAPERS.items()}

    def one(code: Code) -> dict[str, float]:
        took: dict[str, Took] = {
            key: code.does("printed", kind, counts[key]) for key, (kind, _, _) in PAPERS.items()
        }
        return {key: counts[key] / each.told["seconds"] for key, each in took.items()}

    old, new = bench.by_turns(one, bench.sizes.rounds)
    for key, (_, name, _) in PAPERS.items():
        title = name[:1].upper() + name[1:]
        yield Figure(f"papers {key}", title, "", old[key], new[key], times=AS_BEFORE, rising=True)


PARTS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    each.__name__: each for each in (start, papers, home, filing, meetings, growth, district)
}

"""What a row of `Дорожная карта` was in the file it came from, kept in its hidden cell `⚙ Из файла`.

The file's text is kept as short checksums: a cell that still has its checksum was not touched by people, so a new
version of the file may change it. Columns of the file's own are named by checksums, too. Beside them stand facts that
only the file shows, and whether the row left it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import ROADMAP
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from flows.domain.model import Row
    from flows.domain.periods import Period
    from flows.domain.roadmap.grids import Document

HEADER = "⚙ Из файла"
PRINTED = (
    "№ п/п",
    "Раздел / этап",
    "Мероприятие",
    "Содержание",
    "Срок (как в документе)",
    "Ответственный",
    "Результат, вид документа",
)
MARK, GONE, OF_FILE, OF_COLUMN = "|", "нет в файле", "file:", "="
NOTED = frozenset({"word-junk", "flattened", "layout-guessed", "period-derived", "no-period"})
EMPTY_COLUMN = {
    "no-term-column": "Ни у одной строки нет срока, поэтому документы по ней не готовятся. Впишите сроки.",
    "no-responsible-column": "Ни у одной строки не указан ответственный: некому напоминать о сроках. Впишите должность или фамилию с инициалами.",
    "no-result-column": "Ни у одной строки не указан результат: документы выбраны по словам мероприятия. Если они выбраны неверно, впишите их в «Готовить документ».",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What the hidden cell says: a checksum for each printed header, facts of the row, whether it left the file.

    `others` are checksums of the file's own columns by `named`.
    """

    sums: Mapping[str, str] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()
    gone: bool = False
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def spelled(self) -> str:
        """The text of the hidden cell."""
        own = [f"{name}{OF_COLUMN}{told}" for name, told in sorted(self.others.items())]
        parts = [
            " ".join([*(self.sums[header] for header in PRINTED), *own]),
            " ".join(sorted(self.facts)),
            GONE if self.gone else "",
        ]
        return f" {MARK} ".join(parts).rstrip(f" {MARK}")


def checksum(text: str) -> str:
    """Name a text in eight letters; spaces do not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def named(header: str) -> str:
    """Name a column of the file's own, however its header is spaced or cased."""
    return checksum(fold(header))


def of_file(
    cells: Mapping[str, str], facts: Iterable[str] = (), others: Mapping[str, str] | None = None
) -> Source:
    """Remember a row as the file has it now; `others` are its cells in columns of the file's own, by header."""
    own = {named(header): checksum(text) for header, text in (others or {}).items()}
    return Source({header: checksum(cells[header]) for header in PRINTED}, frozenset(facts), others=own)


def source(row: Row) -> Source:
    """Read the hidden cell; a row that people typed, or a spoilt cell, has no checksums."""
    sums, _, rest = row.text(HEADER).partition(MARK)
    facts, _, gone = rest.partition(MARK)
    told = [each for each in sums.split() if OF_COLUMN not in each]
    own = [each.partition(OF_COLUMN) for each in sums.split() if OF_COLUMN in each]
    return Source(
        dict(zip(PRINTED, told, strict=True)) if len(told) == len(PRINTED) else {},
        frozenset(facts.split()),
        gone.strip() == GONE,
        {name: told for name, _, told in own},
    )


def notes(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the codes of what was noted about the whole file."""
    facts = {fact for row in rows for fact in source(row).facts}
    return tuple(sorted(fact.removeprefix(OF_FILE) for fact in facts if fact.startswith(OF_FILE)))


def noted(problems: Iterable[Problem]) -> frozenset[str]:
    """Pick what was found about the whole file and cannot be seen in its rows any more."""
    return frozenset(OF_FILE + each.code for each in problems if each.code in NOTED)


def doubts(document: Document, period: Period | None) -> Iterator[Problem]:
    """Ask on the tab what was asked about the file as a whole."""
    place = Origin("", ROADMAP, 0, "")
    if {"period-derived", "no-period"} & set(document.notes):
        code = "period-derived" if "period-derived" in document.notes else "no-period"
        years = f"{period.start:%d.%m.%Y}–{period.end:%d.%m.%Y}" if period else ""
        how = f"сейчас считается, что план на {years}" if years else "сроки без года не прочитать"
        told = f"В названии дорожной карты не указаны годы; {how}. Проверьте период во вкладке «Настройки» и ответьте «да»."
        yield Problem(Severity.QUESTION, code, place, told, printed=years)
    if "layout-guessed" in document.notes:
        told = "Столбцы файла были определены по содержанию ячеек, а не по шапке. Проверьте, что тексты стоят в своих столбцах, и ответьте «да»."
        yield Problem(Severity.QUESTION, "layout-guessed", place, told)


def vanished(rows: Iterable[Row]) -> Iterator[Problem]:
    """Note the rows that the last version of the file no longer has."""
    for row in rows:
        if source(row).gone:
            told = "В последней версии файла дорожной карты этой строки нет. Она оставлена; если мероприятия больше нет, удалите строку или поставьте «не требуется»."
            origin = replace(row.origin, column="Мероприятие")
            yield Problem(Severity.NOTE, "not-in-file", origin, told, subject=row.code)


def on_tab(problem: Problem, known: Collection[str] = EMPTY_COLUMN.keys()) -> Problem:
    """Say of the tab what was worded for a file: there the column is missing, here nobody filled it."""
    return replace(problem, message=EMPTY_COLUMN[problem.code]) if problem.code in known else problem

"""What one note says before it is laid out: its conclusions in the order of reading, which it leaves out, where the details stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.note.conclusions import findings
from flows.domain.monitoring.note.finding import Chapter, Finding
from flows.domain.monitoring.note.focus import Focus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.shape import Chart

SHORT = "краткая"
WIDE, NAME = 80, 20  # letters in a line of the page; how much longer a name is than the code it stands for
# Lines that conclusions and advice may take: of two pages for the head, of eight for the methodist.
CONCLUDED, ADVISED = {True: 46, False: 200}, {True: 18, False: 70}
OF_A_CHAPTER = 14  # of these lines at most are of one chapter in a note of two pages
MOST_CODES = {True: 4, False: 6}
CODE = r"[ПНЛ]-\d{3,}"
ANY_CODE = re.compile(CODE)
IN_A_TABLE = re.compile(r" \((?:все|по парам) – в таблице\)")
REPORTS = frozenset({Focus.SURVEY, Focus.MENTOR, Focus.COLLECTION})
PAIRS, PAPERS, SOURCES, FORMULAS, SIDES, LEFT = (
    "пары",
    "документы",
    "источники",
    "показатели",
    "стороны",
    "ещё",
)
RESULTS = frozenset({"M14", "M15"})


@dataclass(frozen=True, slots=True)
class Outline:
    """A note before it is laid out.

    `said` are its conclusions chapter by chapter, told apart by `line.source`; `left` those for which there was no room;
    `unknown` say what could not be counted. `appendices` are the numbers of its appendices by what they hold, `charts`
    its pictures by the chapter that speaks of them.
    """

    counted: Counted
    said: tuple[Finding, ...]
    left: tuple[Finding, ...] = ()
    unknown: tuple[Finding, ...] = ()
    appendices: Mapping[str, int] = field(default_factory=dict)
    charts: Mapping[str, tuple[Chart, ...]] = field(default_factory=dict)

    @property
    def short(self) -> bool:
        """Tell a note of two pages from one of eight; a report is always whole."""
        return is_short(self.counted)

    def of(self, chapter: Chapter) -> tuple[Finding, ...]:
        """Return the conclusions of a chapter, but those that stand among the results."""
        results = self.results()
        return tuple(each for each in self.said if each.chapter is chapter and each not in results)

    def results(self) -> tuple[Finding, ...]:
        """Return what people achieved, which a note for the inner quality system begins with."""
        if self.counted.ask.focus is not Focus.QUALITY:
            return ()
        return tuple(
            each for each in self.said if each.line.figures and RESULTS.issuperset(each.line.figures)
        )

    def weighed(self) -> tuple[Finding, ...]:
        """Return the conclusions, those that matter most first."""
        return by_weight(self.said)

    def where(self, *held: str) -> str:
        """Write in which appendix something stands, nothing where it stands in none."""
        number = next((self.appendices[name] for name in held if name in self.appendices), 0)
        return f"приложение № {number}" if number else ""


def is_short(counted: Counted) -> bool:
    """Tell whether the organisation wants its notes of two pages."""
    return counted.ask.focus not in REPORTS and counted.evidence.facts.organisation.note_length == SHORT


def outline(counted: Counted) -> Outline:
    """Draw the conclusions and choose which of them the note has room for: the weightiest."""
    found = findings(counted)
    unknown = tuple(each for each in found if _uncounted(each, counted))
    known = [each for each in found if each not in unknown]
    if counted.ask.focus is Focus.RECOMMENDATIONS:
        known = [each for each in known if each.advice or each.chapter is Chapter.DECISIONS]
    weighed = by_weight(known)
    if is_short(counted):
        weighed = _main_of_each(weighed)
    kept = _fitting(weighed, CONCLUDED[is_short(counted)])
    order = list(Chapter)
    said = sorted((each for each in known if each in kept), key=lambda each: order.index(each.chapter))
    numbered = tuple(
        replace(each, line=replace(each.line, source=number)) for number, each in enumerate(said, 1)
    )
    return Outline(counted, numbered, tuple(each for each in known if each not in kept), unknown)


def by_weight(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put the weightiest conclusions first; of equal ones the first stays first."""
    return tuple(sorted(found, key=lambda each: -each.weight))


def _main_of_each(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep of every chapter the first that fit into its share, so that none speaks for the whole note."""
    taken: Counter[Chapter] = Counter()
    kept: list[Finding] = []
    for each in found:
        taken[each.chapter] += lines_of(each.line.text)
        if taken[each.chapter] <= OF_A_CHAPTER:
            kept.append(each)
    return tuple(kept)


def _uncounted(finding: Finding, counted: Counted) -> bool:
    figures = [counted.figure(code) for code in finding.line.figures]
    return bool(figures) and all(each is not None and not each.known for each in figures)


def _fitting(found: Sequence[Finding], room: int) -> list[Finding]:
    kept: list[Finding] = []
    for each in found:
        room -= lines_of(each.line.text)
        if room < 0:
            break
        kept.append(each)
    return kept


def lines_of(text: str) -> int:
    """Count the lines that a text takes on the page once names stand for its codes."""
    return -(-(len(text) + NAME * len(ANY_CODE.findall(text))) // WIDE)


def long_row(most: int) -> re.Pattern[str]:
    """Return what finds a row of codes that is longer than `most` by two or more."""
    return re.compile(rf"((?:{CODE}, ){{{most - 1}}}{CODE})((?:, {CODE}){{2,}})(?: и ещё (\d+))?")


def cut(text: str, told: Outline) -> str:
    """Shorten long rows of codes: the first of them, how many more there are, and in which appendix they stand."""
    row, where = long_row(MOST_CODES[told.short]), told.where(PAIRS)

    def shortened(found: re.Match[str]) -> str:
        rest = len(ANY_CODE.findall(found[2])) + int(found[3] or 0)
        return f"{found[1]} и ещё {rest}{f' ({where})' if where else ''}"

    text = row.sub(shortened, text)
    place = told.where(PAPERS if "документ" in text.lower() else PAIRS, PAIRS)
    return IN_A_TABLE.sub(f" ({place})" if place else "", text)

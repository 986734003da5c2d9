"""What a rule hands over: a conclusion with its evidence, and whom to advise what; how codes and days are put into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.note.finding import Advice
from flows.domain.monitoring.note.shape import BLANK, NoteLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.monitoring.indicators.figure import Figure

FULL, MOST = 100, 6
NEARLY, MOSTLY = 0.9, 0.6
TERM = f"Срок: до {BLANK}."
CURATOR, MENTORS = "Куратору", "Наставникам"


@dataclass(frozen=True, slots=True)
class Advised:
    """What is to be done: by whom, what, for which rows; `measured` is each row's figure of today, to be judged by next time.

    `named` tells that the words themselves name the rows.
    """

    who: str
    what: str
    rows: tuple[str, ...] = ()
    measured: tuple[tuple[str, int], ...] = ()
    named: bool = False

    def line(self, rule: str, figures: tuple[str, ...]) -> Advice:
        """Write it as a line of the paper, the day left to the pen."""
        shown = "" if self.named else listed(self.rows)
        if self.who == MENTORS and shown:
            whom = "Наставнику пары" if len(self.rows) == 1 else "Наставникам пар"
            text = f"{whom} {shown}: {self.what}. {TERM}"
        else:
            text = f"{self.who}: {self.what}{f': {shown}' if shown else ''}. {TERM}"
        return Advice(text, figures, self.rows, rule=rule, measured=self.measured)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What one rule concludes, before it is known what else does: the same fields as `Finding`, the advice still in parts."""

    line: NoteLine
    good: bool | None = None
    advice: Advised | None = None
    strength: NoteLine | None = None
    brief: str = ""


def line_of(figure: Figure, text: str, rows: tuple[str, ...] | None = None) -> NoteLine:
    """Write a line on an indicator; it stands on the indicator's own rows unless others are given."""
    return NoteLine(text, (figure.code,), figure.rows if rows is None else rows)


def whole_of(figure: Figure, text: str) -> Conclusion:
    """Conclude what is true of all, with its figure; the brief is the same without it."""
    return Conclusion(line_of(figure, f"{text}: {figure.text}."), good=True, brief=f"{text}.")


def strength_of(figure: Figure, text: str, rows: tuple[str, ...], whole: int) -> NoteLine | None:
    """Write in words for how many rows a figure is good, or nothing where it is for less than half: that is a weak side."""
    if not rows or len(rows) * 2 < whole:
        return None
    return NoteLine(f"{text} {among(len(rows), whole)}.", (figure.code,), rows)


def among(some: int, whole: int) -> str:
    """Say in words of how many of the pairs something is true: of some of them, of the most, of nearly all, of all."""
    if some == 1 and whole > 1:
        return "у одной пары"
    if some >= whole:
        return "у всех пар"
    share = some / whole
    return (
        "почти у всех пар" if share >= NEARLY else "у большинства пар" if share >= MOSTLY else "у части пар"
    )


def all_of_several(figure: Figure) -> bool:
    """Tell whether a share is whole: one out of one praises nobody."""
    return figure.value == FULL and (figure.denominator or 0) > 1


def sentence(text: str) -> str:
    """Begin a sentence with a capital; codes and names inside stay as they are."""
    return text[:1].upper() + text[1:]


def some(evidences: Sequence[str], apart: str = "; ") -> str:
    """Write the first of many evidences in a row; all of them stand in the paper's tables."""
    rest = len(evidences) - MOST
    return apart.join(evidences[:MOST]) + (f" и ещё {rest} (все – в таблице)" if rest > 0 else "")

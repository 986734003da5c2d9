"""What each finding takes for an answer, in one place: whether a «да» settles it, which commands it offers, whether a value may be typed.

A finding asks a question and its sentence says how to answer; this says the same to the program. What is not here is
not an answer: it is refused beside the answer, and the question stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.domain.statuses import FINISHED

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS_COLUMN, TERM_COLUMN, STATE_COLUMN = "Готовить документ", "Срок (как в документе)", "Состояние"


class Yes(StrEnum):
    """What a «да» does to a finding."""

    NOTHING = "nothing"  # there is nothing to say yes to
    CLOSES = "closes"  # it is so: the finding is not told again
    OFFER = "offer"  # the proposal is read in place of the cell
    ADDS = "adds"  # the proposal is read behind what the cell says
    FIRST = "first"  # it is the first of the commands


class Value(StrEnum):
    """What a typed value is read as."""

    NONE = ""  # no value is taken: the cell itself has to be mended
    CELL = "cell"  # it stands in place of the cell asked about, read as its column wants
    PICKS = "picks"  # numbers of what the proposal lists: it is put where the finding says
    KINDS = "kinds"  # kinds of papers: they stand in «Готовить документ», the printed result stays


@dataclass(frozen=True, slots=True)
class Command:
    """Words that a finding offers to answer with, and what they do: `text` is read in `column`; without a column the finding is closed, and `text` tells the command apart."""

    words: tuple[str, ...]
    column: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Accepts:
    """What a finding takes for an answer."""

    yes: Yes = Yes.NOTHING
    value: Value = Value.NONE
    commands: tuple[Command, ...] = ()


NOT_TO_MAKE = Command(("не готовить", "не нужен", "не нужно", "не нужна"), KINDS_COLUMN, "не готовить")
LEFT_AS_IT_IS = Command(("нет", "не нужен", "не нужно"))
DECLINED = "нет"
OWN_KEPT, NEW_TAKEN = "оставить свой", "взять новый шаблон"
CONFIRMED = Accepts(Yes.CLOSES)
TYPED = Accepts(value=Value.CELL)
EITHER = Accepts(Yes.CLOSES, Value.CELL)
PROPOSED = Accepts(Yes.OFFER, Value.CELL)
OF_PAPERS = Accepts(Yes.CLOSES, Value.KINDS, (NOT_TO_MAKE,))
NEVER = Accepts()

_SINGLE: Mapping[str, Accepts] = {
    "duplicate-number": Accepts(Yes.CLOSES, Value.CELL, (Command(("строки разные", "разные", "разные строки")),)),
    "empty-result": Accepts(value=Value.CELL, commands=(NOT_TO_MAKE,)),
    "unnamed-papers": OF_PAPERS,
    "action-result-differ": OF_PAPERS,
    "norm-not-paper": OF_PAPERS,
    "no-paper": OF_PAPERS,
    "paper-unlisted": OF_PAPERS,
    "many-kinds": OF_PAPERS,
    "conditional": OF_PAPERS,
    "paper-left-out": Accepts(Yes.ADDS, Value.NONE, (LEFT_AS_IT_IS,)),
    "order-or-directive": Accepts(Yes.CLOSES, Value.NONE, (Command(("приказ",)),)),
    "orders-itself": Accepts(Yes.CLOSES, Value.NONE, (NOT_TO_MAKE,)),
    "approved-twice": Accepts(Yes.CLOSES, Value.NONE, (Command(("организация", "управление")),)),
    "template-law": Accepts(
        Yes.FIRST,
        Value.NONE,
        (
            Command((NEW_TAKEN, "взять новый", "взять", "новый шаблон", "новый")),
            Command((OWN_KEPT, "оставить свой шаблон", "оставить", "свой", "нет"), text=OWN_KEPT),
        ),
    ),
    "programmes-listed-late": Accepts(
        Yes.CLOSES, Value.CELL, (Command(("итог года", "итог", "на следующий год", "перечень на следующий год")),)
    ),
    "district-same": Accepts(
        Yes.CLOSES, Value.NONE, (Command((DECLINED, "разные", "строки разные"), text=DECLINED),)
    ),
    "difficulty-offer": Accepts(
        Yes.CLOSES, Value.PICKS, (Command((DECLINED, "не нужно", "не нужны", "не надо"), text=DECLINED),)
    ),
    "which-year": Accepts(
        Yes.OFFER,
        Value.CELL,
        (
            Command(("учебный", "учебного", "учебный год", "учебного года"), TERM_COLUMN, "В течение учебного года"),
            Command(
                ("календарный", "календарного", "календарный год", "календарного года"),
                TERM_COLUMN,
                "В течение календарного года",
            ),
        ),
    ),
    "pair-expired": Accepts(
        value=Value.CELL, commands=(Command(("завершить", FINISHED), STATE_COLUMN, FINISHED),)
    ),
}  # fmt: skip
_ALIKE: tuple[tuple[Accepts, tuple[str, ...]], ...] = (
    (
        PROPOSED,
        (
            "outside-period", "reversed", "year-derived", "approximate-term", "term-with-words", "empty-term",
            "empty-responsible", "unknown-kind", "unknown-person", "survey-code", "cell-error", "formula-empty", "nature-unsaid",
        ),
    ),
    (
        EITHER,
        (
            "edge-year", "before-start", "per-pair-term", "several-windows", "merged-cell", "method-after-use",
            "registry-late", "council-same-window", "minutes-after-order", "analysis-before-data", "same-window",
            "before-pairs", "before-approval", "initials-only", "many-authors", "crowded", "two-mentors",
            "meeting-outside", "meeting-twice", "meeting-unmarked", "consent-late", "addendum-late", "order-early", "order-late", "order-unsigned",
            "member-type", "group-of-one", "consent-unsigned", "notice-missing", "notice-short", "early-end-day", "council-sunday",
            "unseen-signs", "fan-out", "requisite-blank", "pair-form",
        ),
    ),
    (
        TYPED,
        (
            "requisite-odd", "impossible-date", "unreadable-term", "external-term", "card-missing", "own-method", "kind-lead",
            "not-a-date", "not-a-number", "not-a-flag", "not-a-mark", "not-in-list", "pair-missing", "pair-reversed", "self-pair",
            "pair-doubled", "namesakes", "person-left", "no-name", "no-position", "unknown-pair", "early-end-reason", "early-end-side",
            "member-code", "member-twice", "member-book-twice", "member-name", "member-unreached",
            "meeting-no-day", "meeting-nowhere", "meeting-not-moved", "meeting-both", "meeting-ahead",
            "council-no-day", "minutes-adopted", "council-past", "council-twice", "staff-event", "acting-head", "card-count", "card-points", "survey-wave",
            "survey-indicator", "card-nature", "note-setting", "district-why", "district-reach",
        ),
    ),
    (
        CONFIRMED,
        (
            "no-dates", "number-gap", "no-term-column", "no-responsible-column", "no-result-column", "foreign-word",
            "foreign-organisation", "cut-sentence", "joined-row", "word-junk", "flattened", "stray-mark",
            "broken-quotes", "straight-quotes", "typo", "leaked-term", "each-meeting", "date-in-result",
            "pairs-not-ordered", "waits-for-all", "overlapping-monitoring", "shared-order", "minors",
            "publication-consent", "publication-unsaid", "undeclared-form", "layout-guessed", "period-derived", "no-period", "not-in-file",
            "kind-not-made", "kind-template", "scale-unknown", "question-renamed", "question-lost", "question-new",
            "survey-unmapped", "answer-no-code", "answer-odd-code", "answer-strange-code", "norm-and-plan", "not-counted", "double-response", "no-time-mark", "meetings-gap", "form-risky", "form-unlike",
            "order-changed", "minutes-late", "reissue-left", "reissue-name", "reissue-post", "paper-ask",
            "paper-keep", "paper-renew", "paper-create", "paper-orphan", "paper-copied", "number-doubled", "number-twice", "copy-waits", "edits-in-old",
            "plan-over", "past-years", "not-worked", "staff-clash", "tab-copied", "kept-unread", "card-differs", "difficulty-row", "linked-tab", "other-tab", "own-columns", "spreadsheet-slip", "header-missing", "code-copied",
            "text-trifles", "district-changed", "district-withdrawn", "district-late", "district-past", "district-copied",
            "member-namesake", "member-left", "member-apart",
        ),
    ),
    (
        NEVER,
        (
            # A tab, a file, a template or a form of a name has to be mended where it is.
            "no-header", "no-headers", "header-doubled", "header-renamed", "no-tab", "tab-renamed", "code-broken",
            "period-reversed", "form-doubtful", "doubt", "template", "paper-fault", "paper-refused", "not-filed",
            "pair-unknown-person", "pair-of-one", "pair-not-ready", "answer-refused", "answer-unused", "final-waits", "cannot-run", "member-blank",
            # Told by the commands that bring files; they never stand in «Проверка».
            "no-table", "file-missing", "file-broken", "file-locked", "file-scan", "answers-no-codes", "answers-day",
            "answers-cell", "answers-empty", "answers-other", "answers-differ", "answers-gone", "template-file",
            "template-more", "template-print", "tag-overgrown",
            "people-elsewhere", "people-list", "people-columns", "people-whose", "pair-alone", "pair-unclear", "people-shared", "list-empty",
            "list-cell", "name-initials", "person-twice", "pair-stranger", "district-alike",
        ),
    ),
)  # fmt: skip
ACCEPTED: Mapping[str, Accepts] = {
    **_SINGLE,
    **{code: accepts for accepts, codes in _ALIKE for code in codes},
}
# What a look over a finished paper found, and what is wrong with marks, is named by the rule that found it.
FAMILIES: Mapping[str, Accepts] = {"looked-": CONFIRMED, "mark-": CONFIRMED}


def of(code: str) -> Accepts:
    """Return what a finding takes for an answer; one that nobody knows takes nothing."""
    family = next((accepts for prefix, accepts in FAMILIES.items() if code.startswith(prefix)), NEVER)
    return ACCEPTED.get(code, family)

"""What the figures say: conclusions that carry their numbers, and what to do about the weak ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.meetings import disagreements
from flows.domain.monitoring.indicators.outcomes import broken
from flows.domain.monitoring.note.comparison import differences
from flows.domain.monitoring.note.finding import (
    FULL,
    TERM,
    Finding,
    advice_of,
    going_on,
    known,
    line_of,
    sentence,
    strength_of,
)
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.pairs_work import WORK_RULES
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.people import through_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flows.domain.model import Pair
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.opinions import Change
    from flows.domain.monitoring.note.counted import Counted


def findings(counted: Counted) -> tuple[Finding, ...]:
    """Say everything the figures support and nothing more, in the order of the indicators."""
    return tuple(finding for rule in RULES for finding in rule(counted))


def returns(counted: Counted) -> Iterator[Finding]:
    """Warn when too few filled the forms in."""
    figure = known(counted, "M9")
    if figure is None:
        return
    low = (figure.value or 0) < counted.evidence.method.rules.return_from
    least = counted.evidence.method.rules.return_from
    text = f"Вернулось анкет: {figure.text}." + (
        f" Это меньше {least} %, выводы по анкетам неполны." if low else ""
    )
    advice = (
        advice_of(figure, "Куратору: напомнить об анкетах тем, кто не ответил.", figure.rows) if low else None
    )
    yield Finding(line_of(figure, text), good=not low, advice=advice)


def opinions(counted: Counted) -> Iterator[Finding]:
    """State the satisfaction; only a full house is a strength."""
    for figure in counted.starting("M10", "M11"):
        if figure.known:
            yield Finding(
                line_of(figure, f"{figure.name}: {figure.text} ({'; '.join(figure.remarks)})."),
                good=True if figure.value == FULL else None,
            )


def dynamics(counted: Counted) -> Iterator[Finding]:
    """State what changed for the same people, criterion by criterion; what moved for nobody in one line."""
    found = list(zip((each for each in counted.starting("M12") if each.known), counted.changes, strict=False))
    still = [(figure, change) for figure, change in found if not change.up and not change.down]
    for figure, change in found:
        if (figure, change) not in still or len(still) == 1:
            yield _moved(figure, change)
    if len(still) > 1:
        named = ", ".join(f"«{change.criterion}»" for _, change in still)
        yield Finding(
            NoteLine(
                f"Ни у кого не изменились оценки по критериям: {named}.",
                tuple(figure.code for figure, _ in still),
            )
        )


def _moved(figure: Figure, change: Change) -> Finding:
    worse, better = len(change.down), len(change.up)
    good = True if better > worse == 0 else False if worse > better else None
    advice = (
        advice_of(figure, f"Куратору: обсудить с парами критерий «{change.criterion}».", change.down)
        if good is False
        else None
    )
    return Finding(
        line_of(
            figure,
            f"Критерий «{change.criterion}»: {figure.text}.",
            change.down if good is False else change.up,
        ),
        good,
        advice,
    )


def endings(counted: Counted) -> Iterator[Finding]:
    """State how programmes ended; an early end is a weakness to look into."""
    figure = known(counted, "M13")
    if figure is None:
        return
    ends = broken(counted.evidence, counted.scope)
    early = tuple(pair.code for pair in ends)
    text = f"{figure.name}: {figure.text}." + (
        f" {sentence('; '.join(figure.remarks))}." if figure.remarks else ""
    )
    ended = len(figure.rows) + len(figure.others)
    yield Finding(
        line_of(figure, text, early or figure.rows),
        good=False if early else None,
        advice=_after_early_ends(counted, figure, ends),
        strength=strength_of(figure, "Программа завершена у пар", figure.rows, ended),
    )


def _after_early_ends(counted: Counted, figure: Figure, ends: Sequence[Pair]) -> NoteLine | None:
    """Advise what to do after early ends: a new mentor is found for a mentee who stays, and a reason is sought that nobody has told."""
    facts = counted.evidence.facts
    asked = [
        (
            "выяснить причины досрочного прекращения",
            [pair.code for pair in ends if not pair.end_reason.strip()],
        ),
        (
            "решить вопрос о новых наставниках",
            [pair.code for pair in ends if not through_time.gone(facts, pair).issuperset(pair.mentees)],
        ),
    ]
    told = [f"{what}: {listed(codes)}" for what, codes in asked if codes]
    rows = tuple(dict.fromkeys(code for _, codes in asked for code in codes))
    return advice_of(figure, f"Куратору: {'; '.join(told)}.", rows) if told else None


def achievements(counted: Counted) -> Iterator[Finding]:
    """State who stayed, what people achieved and what the score card says."""
    for figure in counted.starting("M14", "M15", "M16"):
        if figure.known:
            remarks = f" ({'; '.join(figure.remarks)})" if figure.remarks else ""
            yield Finding(
                line_of(figure, f"{figure.name}: {figure.text}{remarks}."),
                good=True if figure.code == "M15" else None,
            )


def talks(counted: Counted) -> Iterator[Finding]:
    """Name pairs whose two sides judge their meetings far apart."""
    found = disagreements(counted.evidence, counted.scope)
    if not found or counted.figure("M8") is None:
        return
    rows, least = tuple(pair for pair, _ in found), counted.evidence.method.rules.talk_gap
    named = "; ".join(f"{pair} (встреч с обеими оценками: {number})" for pair, number in found)
    text = f"Оценки наставника и наставляемого расходятся в среднем больше чем на {least} балла: {named}."
    meeting = going_on(counted, rows)
    told = f"Куратору: поговорить о ходе работы с парами: {listed(meeting)}. {TERM}"
    yield Finding(
        NoteLine(text, (), rows), good=False, advice=NoteLine(told, (), meeting) if meeting else None
    )


def roadmap(counted: Counted) -> Iterator[Finding]:
    """Name the roadmap's rows whose window has closed undone."""
    if not counted.overdue or (counted.figure("M6") is None and counted.ask.focus is not Focus.STAGE):
        return
    rows = tuple(each.code for each in counted.overdue)
    named = ", ".join(each.number.rstrip(".") or each.code for each in counted.overdue)
    line = NoteLine(f"Не выполнены в срок пункты дорожной карты: {named} (всего {len(rows)}).", (), rows)
    yield Finding(
        line,
        good=False,
        advice=NoteLine(
            f"Ответственным за пункты дорожной карты: выполнить их или предложить новый срок: {named}. {TERM}",
            (),
            rows,
        ),
    )


def compared(counted: Counted) -> Iterator[Finding]:
    """State what changed since the previous paper: what grew is a strength, what fell a weakness."""
    for each in differences(counted.figures, counted.previous or {}):
        if each.points:
            yield Finding(
                NoteLine(
                    f"{each.name}: было {each.before}, стало {each.after} ({each.change}).", (each.code,)
                ),
                good=each.points > 0,
            )


def unknown(counted: Counted) -> Iterator[Finding]:
    """Say plainly in one line what could not be counted, by what is missing."""
    missing = [figure for figure in counted.figures if not figure.known]
    if missing:
        why: dict[str, list[str]] = {}
        for figure in missing:
            why.setdefault(figure.missing, []).append(figure.name.lower())
        text = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in why.items())
        yield Finding(
            NoteLine(f"Не посчитано, нет данных: {text}.", tuple(figure.code for figure in missing))
        )


RULES: tuple[Callable[[Counted], Iterator[Finding]], ...] = (
    *WORK_RULES, returns, opinions, dynamics, endings, achievements, talks,
    roadmap, compared, unknown,
)  # fmt: skip

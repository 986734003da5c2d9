"""What the figures say: conclusions that carry their numbers, and what to do about the weak ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.meetings import disagreements, norm_days
from flows.domain.monitoring.indicators.outcomes import broken
from flows.domain.monitoring.note.comparison import differences
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.shape import BLANK, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.opinions import Change
    from flows.domain.monitoring.indicators.papers_in_order import Papers
    from flows.domain.monitoring.note.counted import Counted

FULL, MOST, FEW = 100, 6, 3
TERM = f"Срок: до {BLANK}."


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement with its evidence; `good` is `None` when it only states; `advice` is what to do, if anything."""

    line: Line
    good: bool | None = None
    advice: Line | None = None


def findings(told: Counted) -> tuple[Finding, ...]:
    """Say everything the figures support and nothing more, in the order of the indicators."""
    return tuple(finding for rule in RULES for finding in rule(told))


def _line(figure: Figure, text: str, rows: tuple[str, ...] | None = None) -> Line:
    return Line(text, (figure.code,), figure.rows if rows is None else rows)


def _advice(figure: Figure, text: str, rows: tuple[str, ...]) -> Line:
    return Line(f"{text} Основание: {figure.name.lower()} – {figure.text}. {TERM}", (figure.code,), rows)


def some(told: list[str]) -> str:
    """Write the first of many evidences in a row; all of them stand in the paper's tables."""
    rest = len(told) - MOST
    return "; ".join(told[:MOST]) + (f" и ещё {rest} (все – в таблице)" if rest > 0 else "")


def coverage(told: Counted) -> Iterator[Finding]:
    """State who is covered; no level is set for it."""
    for figure in told.starting("M1", "M2", "M3"):
        if figure.known:
            yield Finding(_line(figure, f"{figure.name}: {figure.text}."))


def programs(told: Counted) -> Iterator[Finding]:
    """Judge whether all pairs have an approved programme."""
    figure = told.figure("M4")
    if figure is None or not figure.known:
        return
    if figure.value == FULL:
        yield Finding(_line(figure, f"Персонализированные программы утверждены у всех пар: {figure.text}."), good=True)
        return
    advice = _advice(figure, f"Куратору: подготовить и передать на утверждение программы пар: {listed(figure.others)}.", figure.others)
    yield Finding(_line(figure, f"Программы утверждены не у всех пар: {figure.text}. Нет у пар: {listed(figure.others)}.", figure.others), good=False, advice=advice)


def readiness(told: Counted) -> Iterator[Finding]:
    """Judge whether each pair has all the papers of the law."""
    figure = told.figure("M5")
    if figure is None or not figure.known:
        return
    if figure.value == FULL:
        yield Finding(_line(figure, f"Согласия, соглашения и приказы есть у всех пар: {figure.text}."), good=True)
        return
    lacking = _lacking([each for each in told.papers if each.lacks])
    advice = _advice(figure, f"Куратору: собрать недостающие документы: {lacking}.", figure.others)
    yield Finding(_line(figure, f"Документы собраны не у всех пар: {figure.text}. Не хватает: {lacking}.", figure.others), good=False, advice=advice)


def _lacking(papers: list[Papers]) -> str:
    """Write what a few pairs lack pair by pair, what many lack paper by paper; the table of the note names each pair."""
    if len(papers) <= FEW:
        return "; ".join(f"{each.pair} – {', '.join(each.lacks)}" for each in papers)
    number = Counter(name for each in papers for name in each.lacks)
    return "; ".join(f"{name} – пар: {count}" for name, count in number.most_common()) + " (по парам – в таблице)"


def plan(told: Counted) -> Iterator[Finding]:
    """Judge whether the planned meetings took place."""
    figure = told.figure("M6")
    if figure is None or not figure.known:
        return
    tail = f" Примечание: {'; '.join(figure.remarks)}." if figure.remarks else ""
    if (figure.value or 0) >= FULL:
        yield Finding(_line(figure, f"План встреч выполнен: {figure.text}.{tail}"), good=True)
        return
    behind = tuple(each.pair for each in told.meetings if each.held < each.planned)
    advice = _advice(figure, f"Наставникам (пары: {listed(behind)}): провести пропущенные встречи или перенести их с указанием причины.", behind)
    yield Finding(_line(figure, f"План встреч выполнен не полностью: {figure.text}.{tail}", behind), good=False, advice=advice)


def rhythm(told: Counted) -> Iterator[Finding]:
    """Name the gaps that are longer than the norm."""
    figure = told.figure("M7")
    if figure is None or not figure.known:
        return
    norm = norm_days(told.evidence)
    if figure.value == FULL:
        yield Finding(_line(figure, f"Промежутки между встречами в пределах нормы ({norm} дн.): {figure.text}."), good=True)
        return
    longest = sorted((each for each in told.meetings if each.breaks_norm), key=lambda each: (-each.longest, each.pair))
    gaps = some([f"{each.pair} – {each.longest} дн. (с {days(each.gap_start)} по {days(each.gap_end)})" for each in longest])
    advice = _advice(figure, f"Наставникам (пары: {listed(figure.others)}): встречаться не реже, чем раз в {norm} дн.", figure.others)
    yield Finding(_line(figure, f"Промежутки между встречами длиннее нормы ({norm} дн.), в норме пар: {figure.text}. Дольше нормы: {gaps}.", figure.others), good=False, advice=advice)


def feedback(told: Counted) -> Iterator[Finding]:
    """Judge whether feedback is left after every meeting."""
    figure = told.figure("M8")
    if figure is None or not figure.known:
        return
    if figure.value == FULL:
        yield Finding(_line(figure, f"Обратная связь заполнена после всех встреч: {figure.text}."), good=True)
        return
    advice = _advice(figure, f"Наставникам: заполнить обратную связь по встречам: {listed(figure.others)}.", figure.others)
    yield Finding(_line(figure, f"Обратная связь заполнена не после всех встреч: {figure.text}."), good=False, advice=advice)


def returns(told: Counted) -> Iterator[Finding]:
    """Warn when too few filled the forms in."""
    figure = told.figure("M9")
    if figure is None or not figure.known:
        return
    low = (figure.value or 0) < told.evidence.method.rules.return_from
    least = told.evidence.method.rules.return_from
    text = f"Вернулось анкет: {figure.text}." + (f" Это меньше {least} %, выводы по анкетам неполны." if low else "")
    advice = _advice(figure, "Куратору: напомнить об анкетах тем, кто не ответил.", figure.rows) if low else None
    yield Finding(_line(figure, text), good=False if low else None, advice=advice)


def opinions(told: Counted) -> Iterator[Finding]:
    """State the satisfaction; only a full house is a strength."""
    for figure in told.starting("M10", "M11"):
        if figure.known:
            yield Finding(_line(figure, f"{figure.name}: {figure.text} ({'; '.join(figure.remarks)})."), good=True if figure.value == FULL else None)


def dynamics(told: Counted) -> Iterator[Finding]:
    """State what changed for the same people, criterion by criterion; what moved for nobody in one line."""
    found = list(zip((each for each in told.starting("M12") if each.known), told.changes, strict=False))
    still = [(figure, change) for figure, change in found if not change.up and not change.down]
    for figure, change in found:
        if (figure, change) not in still or len(still) == 1:
            yield _moved(figure, change)
    if len(still) > 1:
        named = ", ".join(f"«{change.criterion}»" for _, change in still)
        yield Finding(Line(f"Ни у кого не изменились оценки по критериям: {named}.", tuple(figure.code for figure, _ in still)))


def _moved(figure: Figure, change: Change) -> Finding:
    worse, better = len(change.down), len(change.up)
    good = True if better > worse == 0 else False if worse > better else None
    advice = _advice(figure, f"Куратору: обсудить с парами критерий «{change.criterion}».", change.down) if good is False else None
    return Finding(_line(figure, f"Критерий «{change.criterion}»: {figure.text}.", change.down if good is False else change.up), good, advice)


def endings(told: Counted) -> Iterator[Finding]:
    """State how programmes ended; an early end is a weakness to look into."""
    figure = told.figure("M13")
    if figure is None or not figure.known:
        return
    early = tuple(pair.code for pair in broken(told.evidence, told.scope))
    text = f"{figure.name}: {figure.text}." + (f" {'; '.join(figure.remarks).capitalize()}." if figure.remarks else "")
    advice = _advice(figure, f"Куратору: выяснить причины досрочного прекращения и решить вопрос о новых наставниках: {listed(early)}.", early) if early else None
    yield Finding(_line(figure, text, early or figure.rows), good=False if early else None, advice=advice)


def achievements(told: Counted) -> Iterator[Finding]:
    """State who stayed, what people achieved and what the score card says."""
    for figure in told.starting("M14", "M15", "M16"):
        if figure.known:
            remarks = f" ({'; '.join(figure.remarks)})" if figure.remarks else ""
            yield Finding(_line(figure, f"{figure.name}: {figure.text}{remarks}."), good=True if figure.code == "M15" else None)


def talks(told: Counted) -> Iterator[Finding]:
    """Name pairs whose two sides judge their meetings far apart."""
    found = disagreements(told.evidence, told.scope)
    if not found or told.figure("M8") is None:
        return
    rows, least = tuple(pair for pair, _ in found), told.evidence.method.rules.talk_gap
    named = "; ".join(f"{pair} (встреч с обеими оценками: {number})" for pair, number in found)
    text = f"Оценки наставника и наставляемого расходятся в среднем больше чем на {least} балла: {named}."
    yield Finding(Line(text, (), rows), good=False, advice=Line(f"Куратору: поговорить о ходе работы с парами: {listed(rows)}. {TERM}", (), rows))


def roadmap(told: Counted) -> Iterator[Finding]:
    """Name the roadmap's rows whose window has closed undone."""
    if not told.overdue or (told.figure("M6") is None and told.ask.focus is not Focus.STAGE):
        return
    rows = tuple(each.code for each in told.overdue)
    named = ", ".join(each.number.rstrip(".") or each.code for each in told.overdue)
    line = Line(f"Не выполнены в срок строки дорожной карты: {named} (всего {len(rows)}).", (), rows)
    yield Finding(line, good=False, advice=Line(f"Ответственным за строки дорожной карты: выполнить их или предложить новый срок: {named}. {TERM}", (), rows))


def compared(told: Counted) -> Iterator[Finding]:
    """State what changed since the previous paper of the same kind."""
    for each in differences(told.figures, told.previous or {}):
        if each.points:
            yield Finding(Line(f"{each.name}: было {each.before}, стало {each.after} ({each.change}).", (each.code,)))


def unknown(told: Counted) -> Iterator[Finding]:
    """Say plainly what could not be counted."""
    missing = [figure for figure in told.figures if not figure.known]
    if missing:
        text = "; ".join(f"{figure.name.lower()} ({figure.missing})" for figure in missing)
        yield Finding(Line(f"Не посчитано, нет данных: {text}.", tuple(figure.code for figure in missing)))


RULES: tuple[Callable[[Counted], Iterator[Finding]], ...] = (
    coverage, programs, readiness, plan, rhythm, feedback, returns, opinions, dynamics, endings, achievements, talks,
    roadmap, compared, unknown,
)  # fmt: skip

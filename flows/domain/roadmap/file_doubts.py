"""What is told of a roadmap's file as a whole: columns told by contents, columns kept, numbers put back, years not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap import plan_years
from flows.domain.roadmap.header_words import ACTIVITY, CONTENT, NUMBER, RESPONSIBLE, RESULT, STAGE, TERM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.periods import Period
    from flows.domain.roadmap.grids import Document
    from flows.domain.roadmap.table_layout import Layout

__all__ = ["of_file", "of_period"]

SHOWN = 5
NAMES = {
    NUMBER: "№ п/п",
    ACTIVITY: "Мероприятие",
    TERM: "Срок",
    RESPONSIBLE: "Ответственный",
    RESULT: "Результат",
    STAGE: "Этап",
    CONTENT: "Содержание",
}


def of_file(layouts: Sequence[Layout], mends: Sequence[tuple[str, str]], place: Origin) -> Iterator[Problem]:
    """Tell what was understood of the tables; `mends` are pairs of what a spreadsheet shows and what was meant."""
    told = sorted({NAMES[role] for layout in layouts for role in layout.guessed if role in NAMES})
    if told:
        message = f"Столбцы определены по содержанию ячеек, а не по шапке: {', '.join(told)}. Проверьте, что они поняты верно, или подпишите их в шапке."
        yield Problem(Severity.QUESTION, "layout-guessed", place, message)
    kept = dict.fromkeys(name for layout in layouts for _, name in layout.others)
    if kept:
        message = f"Столбцы, которых нет в нашей «Дорожной карте», сохраняются слово в слово: {', '.join(f'«{name}»' for name in kept)}. При переносе они встанут справа под теми же названиями; на документы они не влияют."
        yield Problem(Severity.NOTE, "own-columns", place, message)
    if mends:
        pairs = "; ".join(f"«{shown}» – {meant}" for shown, meant in list(mends)[:SHOWN])
        more = f" и ещё {len(mends) - SHOWN}" if len(mends) > SHOWN else ""
        message = f"Таблица исказила номера или дни, они прочитаны так: {pairs}{more}. Если это неверно, задайте этим ячейкам формат «Текст» и впишите их заново."
        yield Problem(Severity.NOTE, "spreadsheet-slip", place, message)


def of_period(document: Document, period: Period | None, place: Origin) -> Iterator[Problem]:
    """Ask for the years of a plan whose title names none."""
    if document.period:
        return
    years = dict.fromkeys((period.start.year, period.end.year)) if period else ()
    proposal = "-".join(map(str, years)) or plan_years.suggested(document.stamps)
    message = "В названии дорожной карты не указано, на какие годы она рассчитана, поэтому сроки без года не прочитать. Допишите в название годы, например «на 2026-2027 учебный год»."
    yield Problem(Severity.QUESTION, "period-derived" if period else "no-period", place, message, proposal)

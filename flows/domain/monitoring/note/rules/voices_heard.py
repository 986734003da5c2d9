"""What the participants say: how many answered, how content they are, what changed for them, what they achieved, what nobody counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.monitoring.note.rules.drawn import CURATOR, FULL, Advised, Conclusion, line_of, sentence
from flows.domain.monitoring.note.rules.view import Season
from flows.domain.monitoring.note.shape import NoteLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.indicators.opinions import Change
    from flows.domain.monitoring.note.rules.view import View

WHOSE = {"M10": ("наставляемые", "наставляемых"), "M11": ("наставники", "наставников")}
SHARE = "A"  # the variant of the method that counts the contented
PERSON = re.compile(r"[НЛ]-\d+")


def returns(view: View) -> Iterator[Conclusion]:
    """Warn when too few filled the forms in."""
    figure = view.known("M9")
    if figure is None:
        return
    least = view.counted.evidence.method.rules.return_from
    low = (figure.value or 0) < least
    text = f"Вернулось анкет: {figure.text}." + (
        f" Это меньше {least} %, выводы по анкетам неполны." if low else ""
    )
    what = (
        "на следующий год раздать анкеты раньше и напомнить о них тем, кто не ответит"
        if view.season is Season.OVER
        else "напомнить об анкетах тем, кто не ответил"
    )
    yield Conclusion(
        line_of(figure, text),
        good=not low,
        advice=Advised(CURATOR, what, (), (("M9", int(figure.value or 0)),)) if low else None,
        brief="Анкет вернулось мало, выводы по ним неполны."
        if low
        else "Анкеты вернуло большинство участников.",
    )


def satisfaction(view: View) -> Iterator[Conclusion]:
    """State the satisfaction; of few answers, or where few of the forms came back, nothing is judged by it."""
    rules = view.counted.evidence.method.rules
    for figure in view.counted.starting("M10", "M11"):
        if not figure.known:
            continue
        who, whom = WHOSE[figure.code]
        told = f"{figure.name}: {figure.text} ({'; '.join(figure.remarks)})"
        answered = len(figure.rows) + len(figure.others)
        if answered < rules.small or figure.value is None:
            whole = len(_asked(figure.code, view))
            of_all = f" из {whole}" if whole >= answered else ""
            yield Conclusion(line_of(figure, f"{told}; ответили {answered}{of_all}, для вывода этого мало."))
            continue
        good = _contented(figure.value, view)
        low = (
            f"Работой довольны меньше половины ответивших {whom}."
            if rules.satisfaction == SHARE
            else f"Средняя оценка, которую ставят {who}, ниже середины шкалы."
        )
        what = f"выяснить, чем недовольны {who}, и решить, что изменить в работе"
        yield Conclusion(
            line_of(figure, f"{told}."),
            good=good,
            advice=Advised(CURATOR, what) if good is False else None,
            brief={True: f"Все ответившие {who} довольны работой.", False: low}.get(good, "")
            if good is not None
            else "",
        )


def _contented(value: Fraction, view: View) -> bool | None:
    """Judge a share of contented people: all of them, where enough forms came back; under a half of them is weak."""
    back = view.known("M9")
    enough = back is None or (back.value or 0) >= view.counted.evidence.method.rules.return_from
    return False if value * 2 < FULL else True if value == FULL and enough else None


def _asked(code: str, view: View) -> set[str]:
    """Return whom the questions of a figure are put to: the mentees or the mentors of the pairs."""
    pairs = view.counted.pairs
    return {one for pair in pairs for one in (pair.mentees if code == "M10" else (pair.mentor,))}


def card(view: View) -> Iterator[Conclusion]:
    """State what the score card says."""
    figure = view.known("M16")
    if figure:
        remarks = f" ({'; '.join(figure.remarks)})" if figure.remarks else ""
        level = view.counted.evidence.method.level(int(figure.numerator or 0))
        yield Conclusion(
            line_of(figure, f"{figure.name}: {figure.text}{remarks}.", ()),
            brief=f"Уровень программы по карте оценки: {level}." if level else "",
        )


def criteria(view: View) -> Iterator[Conclusion]:
    """State what changed for the same people, criterion by criterion; what moved for nobody in one line."""
    counted = view.counted
    found = list(zip((each for each in counted.starting("M12") if each.known), counted.changes, strict=False))
    still = [(figure, change) for figure, change in found if not change.up and not change.down]
    for figure, change in found:
        if (figure, change) not in still or len(still) == 1:
            yield _moved(figure, change)
    if len(still) > 1:
        named = ", ".join(f"«{change.criterion}»" for _, change in still)
        yield Conclusion(
            NoteLine(
                f"Ни у кого не изменились оценки по критериям: {named}.",
                tuple(figure.code for figure, _ in still),
            )
        )


def _moved(figure: Figure, change: Change) -> Conclusion:
    worse, better = len(change.down), len(change.up)
    good = True if better > worse == 0 else False if worse > better else None
    brief = {True: f"По критерию «{change.criterion}» оценки выросли.", False: f"По критерию «{change.criterion}» оценки чаще снижались."}  # fmt: skip
    return Conclusion(
        line_of(
            figure,
            f"Критерий «{change.criterion}»: {figure.text}.",
            change.down if good is False else change.up,
        ),
        good,
        Advised(
            CURATOR,
            f"обсудить с участниками, почему снизились оценки по критерию «{change.criterion}»",
            change.down,
            named=True,
        )
        if good is False
        else None,
        brief=brief.get(good, "") if good is not None else "",
    )


def results(view: View) -> Iterator[Conclusion]:
    """State what people achieved."""
    figure = view.known("M15")
    if figure:
        remarks = f" ({'; '.join(figure.remarks)})" if figure.remarks else ""
        kinds = re.sub(r" – \d+", "", figure.text.partition("(")[2].rstrip(")")).replace(";", ",")
        yield Conclusion(
            line_of(
                figure,
                f"{figure.name}: {figure.text}{remarks}.",
                tuple(filter(PERSON.fullmatch, figure.rows)),
            ),
            good=True,
            brief=sentence(f"результаты участников: {kinds}."),
        )


def uncounted(view: View) -> Iterator[Conclusion]:
    """Say plainly in one line what could not be counted; why, and what to type, is asked in «Проверка»."""
    missing = [figure for figure in view.counted.figures if not figure.known]
    if missing:
        names = ", ".join(figure.name.lower() for figure in missing)
        yield Conclusion(
            NoteLine(f"Не посчитано, нет данных: {names}.", tuple(figure.code for figure in missing))
        )

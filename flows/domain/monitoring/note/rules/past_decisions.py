"""What the last note advised and what became of it: each piece of advice judged by its own rows, counted now."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flows.domain import working_days
from flows.domain.keys import Key
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.rules.drawn import MOST, Conclusion
from flows.domain.monitoring.note.rules.kept_notes import told_on
from flows.domain.monitoring.note.rules.participation import loads, without_mentor
from flows.domain.monitoring.note.rules.view import school_end
from flows.domain.monitoring.note.shape import BLANK, NoteLine
from flows.domain.people.meeting_log import meeting_day, was_held
from flows.domain.statuses import BROKEN, CALLED_OFF, SETTLED
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.domain.monitoring.note.rules.view import PairLook, View

BASIS, TERM, TO_THE_PEN = "Основание:", "Срок: до ", "_. \n"
DONE, PARTLY, UNDONE = "исполнено", "исполнено частично", "не исполнено"
# Ordinary life calls a meeting in thirty off; a pair that has still missed a quarter has not changed its ways.
MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Decided:
    """A piece of advice as the last note kept it: by which rule, for which rows, what each row's figure was then."""

    rule: str
    text: str
    rows: tuple[str, ...]
    then: Mapping[str, int]
    since: date


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one row of advice: done or not, and how it reads."""

    done: bool
    text: str


Judge = Callable[["View", Decided, str], "Became | None"]


def decided(view: View) -> Iterator[Conclusion]:
    """Say of each piece of the last note's advice whether it is done; what no data tell is left to the pen."""
    previous = view.counted.previous
    since = told_on(previous) if previous else None
    if previous is None or since is None:
        return
    found = [(each, _judged(view, each)) for each in kept_decisions(previous, since)]
    unjudged = [each for each, became in found if not became]
    judged = sorted(
        ((each, became) for each, became in found if became),
        key=lambda told: sum(row.done for _, row in told[1]) / len(told[1]),
    )
    for each, became in judged:
        yield _conclusion(each, became, view)
    if unjudged:
        texts = "; ".join(f"«{each.text}»" for each in unjudged)
        rows = tuple(dict.fromkeys(row for each in unjudged for row in each.rows)) or (
            Key.parse(str(previous.get("key", ""))).subject or days(since),
        )
        yield Conclusion(
            NoteLine(
                f"По данным не видно, исполнено ли рекомендованное справкой по {days(since)}: {texts}. Исполнено: {BLANK}.",
                (),
                rows,
            )
        )


def kept_decisions(previous: Mapping[str, Any], since: date) -> tuple[Decided, ...]:
    """Read what a kept note advised; one of an older program kept the words alone."""
    kept = previous.get("decided")
    if isinstance(kept, list):
        return tuple(_read(each, since) for each in kept if isinstance(each, Mapping) and each.get("text"))
    texts = previous.get("recommendations")
    return tuple(
        Decided("", _words(each), (), {}, since)
        for each in (texts if isinstance(texts, list) else ())
        if isinstance(each, str)
    )


def _read(kept: Mapping[str, Any], since: date) -> Decided:
    rows, then = kept.get("rows"), kept.get("measured")
    return Decided(
        str(kept.get("rule") or ""),
        _words(str(kept["text"])),
        tuple(str(row) for row in rows) if isinstance(rows, list) else (),
        {str(row): number for row, number in then.items() if isinstance(number, int)}
        if isinstance(then, Mapping)
        else {},
        since,
    )


def _words(text: str) -> str:
    told, term, left = text.strip().rpartition(TERM)
    if not term or left.strip(TO_THE_PEN):
        return text.strip().rstrip(". ")
    return told.partition(BASIS)[0].rstrip().rstrip(". ")


def _judged(view: View, decided: Decided) -> list[tuple[str, Became]]:
    judge = JUDGES.get(decided.rule)
    rows = decided.rows or tuple(decided.then)
    found = [(row, judge(view, decided, row)) for row in rows] if judge else []
    return [(row, became) for row, became in found if became]


def _conclusion(decided: Decided, found: list[tuple[str, Became]], view: View) -> Conclusion:
    done = sum(became.done for _, became in found)
    state = DONE if done == len(found) else PARTLY if done else UNDONE
    told = f"у {done} из {len(found)}" if len(found) > MOST else "; ".join(became.text for _, became in found)
    rows = tuple(row for row, _ in found)
    figures = tuple(row for row in rows if view.counted.figure(row))
    return Conclusion(
        NoteLine(
            f"Справка по {days(decided.since)} рекомендовала: «{_without_rows(decided.text)}» – {state} ({told}).",
            figures,
            tuple(row for row in rows if row not in figures),
        ),
        good={DONE: True, PARTLY: None, UNDONE: False}[state],
        brief=f"Рекомендовано раньше и {state}: «{_without_rows(decided.text)}».",
    )


def _without_rows(text: str) -> str:
    """Leave out for whom it was decided: a short sentence says what, the chapter says for whom."""
    return re.sub(
        r" \(пары: [^)]*\)| пары? [ПНЛ]-\d[^:]*(?=:)|: (?:[ПНЛ]-\d|\d+(?:\.\d+)*(?:,|$)).*$", "", text
    )


# --- judges: by the rows of each rule ------------------------------------------------------------------------------


def _look(view: View, decided: Decided, row: str) -> PairLook | None:
    """Return a pair that had time to do what was decided: it went on after that day and was not broken off."""
    look = view.looks.get(row)
    return None if look is None or look.pair.status == BROKEN or look.pair.end <= decided.since else look


def _gap(view: View, decided: Decided, row: str) -> Became | None:
    """Look at a pair that was to meet more often: its longest wait then, and since the decision."""
    look = _look(view, decided, row)
    if look is None:
        return None
    end = min(look.pair.end, school_end(view.day))
    met = [each.held for each in look.held if each.held and decided.since < each.held <= end]
    stops = [decided.since, *met, end]
    if end <= decided.since:
        return None
    longest = max(working_days.gap(one, two, view.counted.evidence.days_off) for one, two in pairwise(stops))
    then = f"был {words.count(decided.then[row], 'день')}, " if row in decided.then else ""
    return Became(
        longest <= look.norm, f"{row}: самый долгий промежуток {then}стал {words.count(longest, 'день')}"
    )


def _more_often(view: View, decided: Decided, row: str) -> Became | None:
    """Look at a pair that met far less than others: its longest wait since, and how many of its meetings took place."""
    look, became = _look(view, decided, row), _gap(view, decided, row)
    rows = (
        [each for each in look.rows if decided.since < (meeting_day(each) or date.min) <= view.day]
        if look
        else []
    )
    if became is None or not rows:
        return became
    held = sum(map(was_held, rows))
    return Became(
        became.done and held >= MOSTLY * len(rows), f"{became.text}, состоялось {held} из {len(rows)}"
    )


def _caught_up(view: View, decided: Decided, row: str) -> Became | None:
    """Look at a pair that was to hold what it missed: what it has missed since."""
    look = _look(view, decided, row)
    since = [each for each in look.rows if (meeting_day(each) or date.min) > decided.since] if look else []
    due = [each for each in since if was_held(each) or each.status != CALLED_OFF]
    if not due:
        return None
    missed = sum(not was_held(each) for each in due)
    then = f"было {decided.then[row]}, " if row in decided.then else ""
    return Became(missed == 0, f"{row}: не состоялось {then}с тех пор {missed} из {len(due)}")


def _met_again(view: View, decided: Decided, row: str) -> Became | None:
    look = _look(view, decided, row)
    if look is None:
        return None
    after = [each.held for each in look.held if each.held and each.held > decided.since]
    return Became(
        bool(after), f"{row}: встреч с тех пор {len(after)}" if after else f"{row}: встреч с тех пор нет"
    )


def _filled(view: View, _: Decided, row: str) -> Became | None:
    look = view.looks.get(row)
    return (
        Became(look.met.filled, f"{row}: журнал {'ведётся' if look.met.filled else 'не заполнен'}")
        if look
        else None
    )


def _marked(view: View, decided: Decided, row: str) -> Became | None:
    look = view.looks.get(row)
    if look is None:
        return None
    left = sum(not each.status and (meeting_day(each) or date.max) <= decided.since for each in look.missed)
    then = f"было {decided.then[row]}, " if row in decided.then else ""
    return Became(left == 0, f"{row}: без отметки {then}осталось {left}")


def _answered(view: View, decided: Decided, row: str) -> Became | None:
    look = _look(view, decided, row)
    since = [each for each in look.held if (each.held or date.min) > decided.since] if look else []
    if not since:
        return None
    lacking = sum(each.mentee_score is None and each.mentor_score is None for each in since)
    return Became(lacking == 0, f"{row}: с тех пор без обратной связи {lacking} из {len(since)}")


def _programme(view: View, _: Decided, row: str) -> Became | None:
    found = next((each for each in view.counted.papers if each.pair == row), None)
    return (
        Became(found.program, f"{row}: программа {'утверждена' if found.program else 'не утверждена'}")
        if found
        else None
    )


def _papers(view: View, _: Decided, row: str) -> Became | None:
    found = next((each for each in view.counted.papers if each.pair == row), None)
    if found is None:
        return None
    return Became(
        not found.lacks,
        f"{row}: нет документов – {', '.join(found.lacks)}" if found.lacks else f"{row}: документы собраны",
    )


def _mentor_found(view: View, _: Decided, row: str) -> Became | None:
    if row not in view.counted.evidence.facts.people:
        return None
    still = row in without_mentor(view)
    return Became(not still, f"{row}: наставника всё ещё нет" if still else f"{row}: наставник есть")


def _lighter(view: View, _: Decided, row: str) -> Became | None:
    if row not in view.counted.evidence.facts.people:
        return None
    number, most = loads(view).get(row, (0, 0))
    return Became(
        not number, f"{row}: наставляемых {number}, не более {most}" if number else f"{row}: нагрузка в норме"
    )


def _row_done(view: View, _: Decided, row: str) -> Became | None:
    found = next((each for each in view.counted.evidence.facts.activities if each.code == row), None)
    if found is None:
        return None
    name = f"п. {found.number.rstrip('.') or found.code}"
    return Became(found.status in SETTLED, f"{name} – {found.status or 'не отмечен'}")


def _returned(view: View, decided: Decided, row: str) -> Became | None:
    figure = view.known("M9")
    if figure is None or figure.value is None:
        return None
    least = view.counted.evidence.method.rules.return_from
    return Became(figure.value >= least, f"возврат был {decided.then[row]} %, теперь {int(figure.value)} %")


JUDGES: Mapping[str, Judge] = {
    "rhythm": _gap, "stands-out": _more_often, "plan": _caught_up, "silent": _met_again, "unfilled": _filled, "unmarked": _marked,
    "feedback": _answered, "programmes": _programme, "papers": _papers, "no-mentor": _mentor_found, "load": _lighter,
    "overdue": _row_done, "returns": _returned,
}  # fmt: skip

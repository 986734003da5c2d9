"""What became of the mentees: difficulties before and after, spheres that do not move, who grew most, who needs help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import plain
from flows.domain.monitoring.indicators.growth import changes_by_person
from flows.domain.monitoring.note.rules.chance import UNLIKELY, median, spread, tail
from flows.domain.monitoring.note.rules.drawn import (
    CURATOR,
    FULL,
    MENTORS,
    Advised,
    Conclusion,
    line_of,
    some,
)
from flows.domain.monitoring.note.rules.view import Season
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from flows.domain.model import Meeting
    from flows.domain.monitoring.indicators.growth import Sphere
    from flows.domain.monitoring.note.rules.view import PairLook, View

SIGMAS, GREW = 3, 1.5
STEM, SHORTEST = 5, 4
COMMON = frozenset({"работа", "работы", "умение", "навык", "навыки", "знание", "знания", "организация", "проведение", "использование", "применение", "подготовка"})  # fmt: skip


def difficulties(view: View) -> Iterator[Conclusion]:
    """State what became of the difficulties that mentees came with: over all, and sphere by sphere."""
    figure = view.known("M17")
    if figure is None:
        return
    up = sum(len(each.up) for each in view.spheres)
    down = sum(len(each.down) for each in view.spheres)
    text = f"Отметки по затруднениям наставляемых выросли: {figure.text}; {'; '.join(figure.remarks)}."
    unmoved = [code for code in figure.others if code not in view.apart] if up else []
    still = f" Не выросли ни по одному затруднению: {listed(unmoved)}." if unmoved else ""
    good = (
        True
        if up > 2 * down and figure.value is not None and figure.value * 2 > FULL
        else False
        if down > up or not up
        else None
    )
    yield Conclusion(
        line_of(figure, text + _by_sphere(view) + still, (*figure.rows, *figure.others)),
        good=good,
        brief="Затруднения наставляемых уменьшились: отметки у большинства выросли."
        if good
        else "Отметки по затруднениям не выросли ни у кого."
        if not up
        else "Отметки по затруднениям чаще снижались, чем росли."
        if good is False
        else "Отметки по затруднениям выросли не у всех.",
    )


def _by_sphere(view: View) -> str:
    """Name in words the difficulties by which the marks of some did not grow; where nobody's grew, the figure has said it."""
    behind = [each for each in view.spheres if len(each.up) < len(each.people)]
    if len(view.spheres) == 1 or not any(each.up for each in view.spheres):
        return ""
    if not behind:
        return " По каждому затруднению выросли у всех."
    told = [
        f"«{each.name}» – выросли у {len(each.up)} из {len(each.people)}"
        + (f", снизились у {len(each.down)}" if each.down else "")
        for each in behind
    ]
    return f" Не у всех выросли: {some(told)}."


def no_entry_marks(view: View) -> Iterator[Conclusion]:
    """Name, at the start of a year, the pairs whose mentees have no difficulty with a mark «до»: later nothing can be compared."""
    if view.season is not Season.START or not view.of_people:
        return
    marked = {each.person for each in view.hardships if each.before is not None}
    codes = view.going_on(
        [code for code, look in view.looks.items() if not marked.issuperset(look.pair.mentees)]
    )
    if codes:
        yield Conclusion(
            NoteLine(f"Нет входных отметок по затруднениям у пар: {listed(codes)}.", (), codes),
            good=False,
            advice=Advised(
                MENTORS, "провести входную диагностику и внести отметки «до» в список наставляемых", codes
            ),
            brief="Входная диагностика затруднений проведена не у всех пар.",
        )


# --- spheres ---------------------------------------------------------------------------------------------------------


def sphere_still(view: View) -> Iterator[Conclusion]:
    """Name each sphere that does not move although pairs met about it, where in the others marks grow."""
    for sphere in view.spheres if view.of_difficulties else ():
        about = _meetings_about(sphere, view)
        if len(sphere.people) < view.limits["people"] or len(about) < view.limits["meetings"]:
            continue
        rest = [each for each in view.spheres if each is not sphere]
        whole = sum(len(each.people) for each in rest)
        grew = sum(len(each.up) for each in rest)
        unmoved = len(sphere.people) - len(sphere.up)
        if grew * 2 <= whole or len(sphere.up) * 4 > len(sphere.people):
            continue
        usual = max((whole - grew) / whole, 1 / (whole + 2))
        if tail(unmoved, len(sphere.people), usual) * len(view.spheres) < UNLIKELY:
            pairs = view.people_of(sphere.people)
            yield Conclusion(
                NoteLine(
                    f"Не меняются отметки по затруднению «{sphere.name}»: выросли у {len(sphere.up)} из {len(sphere.people)}, хотя встреч по нему проведено {len(about)}.",
                    (),
                    (*sphere.people, *(each.code for each in about if each.code)),
                ),
                good=False,
                advice=_other_forms(sphere, pairs, view),
                brief=f"Не меняются отметки по затруднению «{sphere.name}», хотя встречи по нему были.",
            )


def _other_forms(sphere: Sphere, pairs: tuple[str, ...], view: View) -> Advised:
    if view.season is Season.OVER:
        return Advised(
            CURATOR, f"включить тему «{sphere.name}» в план методической работы на следующий учебный год"
        )
    going = view.going_on(pairs)
    return Advised(
        CURATOR,
        f"провести по теме «{sphere.name}» общее занятие и помочь парам выбрать другие формы работы",
        going,
    )


def _meetings_about(sphere: Sphere, view: View) -> list[Meeting]:
    own = view.people_of(sphere.people)
    return [
        each for code in own for each in view.looks[code].held if _is_about(each, sphere.name, named=True)
    ]


def _is_about(meeting: Meeting, sphere: str, *, named: bool = False) -> bool:
    """Tell whether a meeting was about a difficulty: «Дефицит» says so; the topic and what was done may say it too."""
    texts = (meeting.deficit,) if named else (meeting.deficit, meeting.topic, meeting.outcome)
    stems = _stems(sphere)
    told = [word for text in texts for word in re.findall(r"\w+", fold(text))]
    if not stems:
        return any(fold(sphere) in fold(text) for text in texts)
    return any(word.startswith(stem) for word in told for stem in stems)


def _stems(sphere: str) -> list[str]:
    """Return how the telling words of a sphere begin: they are bent in the log."""
    words = [word for word in re.findall(r"\w+", fold(sphere)) if len(word) >= SHORTEST]
    return [word[:STEM] for word in words if word not in COMMON] or [word[:STEM] for word in words]


def untouched(view: View) -> Iterator[Conclusion]:
    """Name the difficulties about which a pair held no meeting at all, where its log says what its meetings are about."""
    if not view.of_difficulties or not view.of_meetings:
        return
    told, rows = [], []
    for each in view.hardships:
        look = view.looks.get(each.pair)
        held = look.held if look else ()
        filled = sum(bool(meeting.deficit.strip()) for meeting in held)
        enough = filled >= view.limits["meetings"] and filled * 3 >= len(held) * 2
        if (
            look
            and enough
            and _had_its_turn(look, filled, view)
            and not any(_is_about(meeting, each.sphere) for meeting in held)
        ):
            told.append((each.person, each.sphere))
            rows.append(each.pair)
    if not told:
        return
    named = some([f"{person} («{sphere}»)" for person, sphere in told])
    going = view.going_on(tuple(dict.fromkeys(rows))) if view.season is not Season.OVER else ()
    yield Conclusion(
        NoteLine(
            f"Не было ни одной встречи по затруднению, с которым пришёл наставляемый: {named}.",
            (),
            tuple(dict.fromkeys(person for person, _ in told)),
        ),
        good=False,
        advice=Advised(MENTORS, "запланировать встречи по затруднениям, до которых не дошли", going)
        if going
        else None,
        brief=f"Не по всем затруднениям были встречи: {listed(dict.fromkeys(person for person, _ in told))}.",
    )


def _had_its_turn(look: PairLook, meetings: int, view: View) -> bool:
    """Tell whether so many meetings would have come to each difficulty: late in the programme a pair is judged by itself."""
    own = sum(each.pair == look.pair.code for each in view.hardships)
    missed = (1 - 1 / own) ** meetings * own
    late = (view.day - look.pair.start).days * 3 >= (look.pair.end - look.pair.start).days * 2
    return missed < UNLIKELY if late else missed * len(view.looks) < UNLIKELY


# --- people ----------------------------------------------------------------------------------------------------------


def best_growth(view: View) -> Iterator[Conclusion]:
    """Name the mentees whose marks grew far more than the others': an experience to share."""
    changes = _changes(view)
    for code, change in changes.items():
        rest = [value for other, value in changes.items() if other != code]
        if len(rest) < view.limits["people"]:
            continue
        ahead = change - median(rest)
        beyond = len(rest) >= 2 * view.limits["people"] and change >= max(rest) + GREW
        if change > 0 and (
            ahead >= max(view.limits["points"], SIGMAS * spread(rest))
            or (beyond and ahead >= view.limits["points"])
        ):
            mentors = tuple(dict.fromkeys(view.looks[pair].pair.mentor for pair in view.people_of((code,))))
            yield Conclusion(
                NoteLine(
                    f"{code}: отметки выросли заметно больше, чем у других ({_steps(code, view)}).",
                    (),
                    (code,),
                ),
                good=True,
                advice=Advised(CURATOR, "представить на методическом объединении опыт наставников", mentors)
                if mentors
                else None,
                brief=f"Больше других выросли отметки: {code}.",
            )


def needs_help(view: View) -> Iterator[Conclusion]:
    """Name the mentees whose marks did not grow or fell where the others' grew: they need help."""
    changes = _changes(view)
    for code, change in changes.items():
        rest = [value for other, value in changes.items() if other != code]
        if len(rest) < view.limits["people"] or change > 0 or median(rest) < 1:
            continue
        behind = median(rest) - change
        beyond = len(rest) >= 2 * view.limits["people"] and change <= min(rest) - 1
        if behind >= view.limits["points"] and (beyond or behind >= SIGMAS * spread(rest)):
            yield Conclusion(
                NoteLine(
                    f"{code}: отметки не выросли, хотя у других наставляемых выросли ({_steps(code, view)}); нужна помощь.",
                    (),
                    (code,),
                ),
                good=False,
                advice=_help(code, view),
                brief=f"Нужна помощь, отметки не выросли: {code}.",
            )


def _help(code: str, view: View) -> Advised:
    if view.season is Season.OVER:
        return Advised(
            CURATOR, "продолжить в следующем учебном году наставничество для наставляемых", (code,)
        )
    return Advised(
        CURATOR, "вместе с наставниками пересмотреть программы и посетить занятия наставляемых", (code,)
    )


def _changes(view: View) -> dict[str, float]:
    if not view.of_difficulties:
        return {}
    return {code: float(change) for code, change in changes_by_person(view.hardships).items()}


def _steps(code: str, view: View) -> str:
    own = [each for each in view.hardships if each.person == code and each.change is not None]
    return some([f"{each.sphere}: {_mark(each.before)} → {_mark(each.after)}" for each in own])


def _mark(mark: Fraction | None) -> str:
    return "—" if mark is None else plain(mark)

"""M9-M12: what the questionnaires say; means only over enough answers, before and after only over the same people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.monitoring.answers.questionnaire import ENTRY, EXIT, MIDDLE, SCORE, WAVES
from flows.domain.monitoring.indicators.figure import (
    Figure,
    Number,
    Scope,
    Spec,
    absent,
    decimal,
    exact,
    mean,
    ratio,
    share,
    signed,
)
from flows.domain.row_codes import PREFIXES
from flows.domain.tabs import MENTEES, MENTORS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.domain.monitoring.answers.questionnaire import Reply, Response
    from flows.domain.monitoring.indicators.evidence import Evidence

TOP = 10
ROLES = {"M10": "mentee", "M11": "mentor"}
CODED = {PREFIXES[MENTEES]: "mentee", PREFIXES[MENTORS]: "mentor"}
AFTER = (EXIT, MIDDLE)
WAVE_SAID = {ENTRY: "анкета на входе", MIDDLE: "промежуточная анкета", EXIT: "анкета на выходе"}
NO_ANSWERS = "ответов на анкеты нет"


@dataclass(frozen=True, slots=True)
class Voice:
    """One mark of one person: `who` is an anonymous code, `known` tells a real code from a lone row's key."""

    who: str
    known: bool
    wave: str
    criterion: str
    value: Fraction
    scale: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Marks of the same people before and after by one criterion; means are withheld (`None`) when too few answered."""

    criterion: str
    after_wave: str
    people: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    before: Fraction | None
    after: Fraction | None
    scale: int
    rescaled: bool = False

    @property
    def same(self) -> int:
        """Return how many did not change."""
        return len(self.people) - len(self.up) - len(self.down)


def answers_in(evidence: Evidence, scope: Scope) -> tuple[Response, ...]:
    """Return the answers of a scope; a row without a readable day counts, it was typed from paper."""
    return tuple(
        each for each in _latest(evidence, scope) if each.moment is None or scope.holds(each.moment.date())
    )


def answers_before(evidence: Evidence, scope: Scope) -> tuple[Response, ...]:
    """Return every answer known by the scope's end, earlier years included."""
    return tuple(
        each
        for each in _latest(evidence, scope)
        if each.moment is None or each.moment.date() <= scope.cut_off
    )


def _latest(evidence: Evidence, scope: Scope) -> Iterable[Response]:
    """Leave out what its author had answered anew by the cut-off; what he changed later was his answer then."""
    return (each for each in evidence.answers if each.until is None or each.until.date() > scope.cut_off)


def voices(answers: Iterable[Response], indicator: str, waves: Sequence[str] = WAVES) -> tuple[Voice, ...]:
    """Collect the marks that count for an indicator; a mark whose scale is unknown does not. The latest of a person wins.

    Two questions of one meaning are two marks. A form that asks for a role speaks for an indicator of one role by the
    answers of that role alone: of whoever left it out the code tells it, and without a code he is neither mentee nor mentor.
    """
    answers = tuple(answers)
    asking = {answer.survey for answer in answers if answer.role}
    last: dict[tuple[str, str, str, str], Voice] = {}
    role = ROLES.get(indicator, "")
    for answer in answers:
        if role and answer.survey in asking and _role(answer) != role:
            continue
        for reply in answer.replies:
            voice = _voice(answer, reply, indicator)
            if voice is None or voice.wave not in waves:
                continue
            name = (voice.who, voice.wave, voice.criterion, fold(reply.question.text))
            if name not in last or voice.moment >= last[name].moment:
                last[name] = voice
    return tuple(last.values())


def _role(answer: Response) -> str:
    return answer.role or CODED.get(answer.respondent.partition("-")[0], "")


def _voice(answer: Response, reply: Reply, indicator: str) -> Voice | None:
    question = reply.question
    if question.holds != SCORE or question.indicator != indicator or reply.value is None or not reply.scale:
        return None
    who = answer.respondent or answer.key
    when = answer.moment or datetime.min  # noqa: DTZ901 - only compared
    return Voice(
        who, bool(answer.respondent), question.wave, question.criterion, exact(reply.value), reply.scale, when
    )


def returned(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M9: filled forms out of those handed out; a form without answers or without «Разослано» is named, not counted as zero."""
    got = received(answers_in(evidence, scope))
    counted = {survey: number for survey, number in got.items() if evidence.sent.get(survey)}
    if not counted:
        return absent(spec, scope, NO_ANSWERS if not got else "не указано, сколько анкет разослано")
    figure = ratio(spec, scope, sum(counted.values()), sum(evidence.sent[survey] for survey in counted))
    silent = [survey for survey in evidence.sent if survey not in got]
    uncounted = [survey for survey in got if survey not in counted]
    over = [survey for survey, number in counted.items() if number > evidence.sent[survey]]
    told = (
        ("ответов нет", silent),
        ("не указано, сколько разослано", uncounted),
        ("ответов больше, чем разослано", over),
    )
    remarks = tuple(f"{what}: {', '.join(f'«{each}»' for each in found)}" for what, found in told if found)
    return replace(figure, rows=tuple(counted), remarks=remarks)


def received(answers: Iterable[Response]) -> dict[str, int]:
    """Count the filled forms of each survey, one for each person known by a code."""
    people: dict[str, set[str]] = {}
    for answer in answers:
        people.setdefault(answer.survey, set()).add(answer.respondent or answer.key)
    return {survey: len(found) for survey, found in people.items()}


def satisfaction(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M10, M11: variant A, the share of the satisfied; variant B, the mean mark in percent. The latest wave speaks."""
    found = voices(answers_in(evidence, scope), spec.code)
    wave = next((each for each in reversed(WAVES) if any(voice.wave == each for voice in found)), None)
    if wave is None:
        return absent(spec, scope, NO_ANSWERS if not found else "у вопросов не указана волна анкеты")
    marks = _by_person([voice for voice in found if voice.wave == wave])
    rules = evidence.method.rules
    figure = (
        _satisfied(marks, rules.satisfied_from, scope, spec)
        if rules.satisfaction == "A"
        else _average(marks, rules.small, scope, spec)
    )
    how = f"поставили {rules.satisfied_from} и выше из {TOP}" if rules.satisfaction == "A" else "средний балл"
    return replace(figure, remarks=(f"{how}, {WAVE_SAID[wave]}",))


def _by_person(found: Iterable[Voice]) -> dict[str, Fraction]:
    parts: dict[str, list[Number]] = {}
    for voice in found:
        parts.setdefault(voice.who, []).append(voice.value / voice.scale)
    return {who: mean(values) for who, values in sorted(parts.items())}


def _satisfied(marks: Mapping[str, Fraction], least: int, scope: Scope, spec: Spec) -> Figure:
    return share(
        spec, scope, [who for who, value in marks.items() if value >= Fraction(least, TOP)], list(marks)
    )


def _average(marks: Mapping[str, Fraction], small: int, scope: Scope, spec: Spec) -> Figure:
    people = tuple(marks)
    if len(people) < small:
        text = f"ответов {len(people)}, среднее не выводится (меньше {small})"
        return Figure(
            spec.code,
            spec.name,
            text,
            denominator=len(people),
            unit=spec.unit,
            rows=people,
            period=scope.period,
            cut_off=scope.cut_off,
        )
    value = mean(list(marks.values())) * 100
    text = f"{decimal(value)} % (средний балл {decimal(value / TOP)} из 10, ответов {len(people)})"
    return Figure(
        spec.code,
        spec.name,
        text,
        sum(marks.values(), Fraction()),
        len(people),
        value,
        spec.unit,
        people,
        period=scope.period,
        cut_off=scope.cut_off,
    )


def changes(evidence: Evidence, scope: Scope, after: Sequence[str] = AFTER) -> tuple[Change, ...]:
    """Compare the same people before and after, criterion by criterion, in the order the criteria were met."""
    later = voices(answers_in(evidence, scope), "M12", after)
    wave = next((each for each in after if any(voice.wave == each for voice in later)), "")
    first = _joined(
        voice for voice in voices(answers_before(evidence, scope), "M12", (ENTRY,)) if voice.known
    )
    matched: dict[str, list[tuple[Voice, Voice]]] = {}
    for name, voice in _joined(voice for voice in later if voice.wave == wave).items():
        if name in first:
            matched.setdefault(voice.criterion, []).append((first[name], voice))
    return tuple(
        _change(criterion, wave, pairs, evidence.method.rules.small) for criterion, pairs in matched.items()
    )


def _joined(found: Iterable[Voice]) -> dict[tuple[str, str], Voice]:
    """Give one mark of a person by each criterion: the mean where several questions of a wave ask about it."""
    parts: dict[tuple[str, str], list[Voice]] = {}
    for voice in found:
        parts.setdefault((voice.who, voice.criterion), []).append(voice)
    return {name: _mean_voice(own) for name, own in parts.items()}


def _mean_voice(own: Sequence[Voice]) -> Voice:
    top = own[0].scale if len({voice.scale for voice in own}) == 1 else TOP
    return replace(own[0], value=mean([voice.value * top / voice.scale for voice in own]), scale=top)


def _change(criterion: str, wave: str, pairs: list[tuple[Voice, Voice]], small: int) -> Change:
    scales = {voice.scale for pair in pairs for voice in pair}
    top = scales.pop() if len(scales) == 1 else TOP
    marks = {
        two.who: (one.value * top / one.scale, two.value * top / two.scale)
        for one, two in sorted(pairs, key=lambda pair: pair[1].who)
    }
    enough = len(marks) >= small
    return Change(
        criterion, wave, tuple(marks),
        up=tuple(who for who, (one, two) in marks.items() if two > one),
        down=tuple(who for who, (one, two) in marks.items() if two < one),
        before=mean([one for one, _ in marks.values()]) if enough else None,
        after=mean([two for _, two in marks.values()]) if enough else None,
        scale=top, rescaled=len({voice.scale for pair in pairs for voice in pair}) > 1,
    )  # fmt: skip


def dynamics(
    evidence: Evidence, scope: Scope, spec: Spec, after: Sequence[str] = AFTER
) -> tuple[Figure, ...]:
    """M12: one figure for each criterion, or one that says why there is nothing to compare."""
    found = changes(evidence, scope, after)
    if not found:
        return (absent(spec, scope, _why_nothing(evidence, scope, after)),)
    return tuple(_dynamic(change, evidence.method.rules.small, scope, spec) for change in found)


def _why_nothing(evidence: Evidence, scope: Scope, after: Sequence[str]) -> str:
    first = voices(answers_before(evidence, scope), "M12", (ENTRY,))
    later = voices(answers_in(evidence, scope), "M12", after)
    if not first and not later:
        return "нет ответов на вопросы о динамике"
    if not first:
        return "нет входной анкеты, сравнивать не с чем"
    if not later:
        return f"нет анкеты волны «{after[0]}», сравнивать не с чем"
    return (
        "в анкетах нет кодов участников"
        if not any(voice.known for voice in later)
        else "никто не ответил и «до», и «после»"
    )


def _dynamic(change: Change, small: int, scope: Scope, spec: Spec) -> Figure:
    counted = f"ответили оба раза: {len(change.people)}; выросло: {len(change.up)}, без изменений: {change.same}, снизилось: {len(change.down)}"
    value = None
    text = f"{counted} (среднее не выводится: ответов меньше {small})"
    if change.before is not None and change.after is not None:
        value = change.after - change.before
        percent = f"; {signed(value / change.before * 100)} %" if change.before else ""
        text = f"было {decimal(change.before)}, стало {decimal(change.after)} ({signed(value)}{percent}); {counted}"
    remarks = (
        f"сравниваются волны «{ENTRY}» и «{change.after_wave}»",
        *(("шкалы разные, приведены к 10 баллам",) if change.rescaled else ()),
    )
    kept = tuple(who for who in change.people if who not in change.up)
    return Figure(
        f"{spec.code}:{change.criterion}", f"{spec.name}: {change.criterion}", text, len(change.up), len(change.people), value,
        spec.unit, change.up, kept, scope.period, scope.cut_off, remarks=remarks,
    )  # fmt: skip

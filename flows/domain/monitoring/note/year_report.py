"""The report on a year of mentoring: how each programme ended and what came of it, in words; the note's own tables stay in the note."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.details import by_form
from flows.domain.monitoring.note.focus import Focus
from flows.domain.monitoring.note.pictures import plan_fact
from flows.domain.monitoring.note.rules.reasons import reasons
from flows.domain.monitoring.note.shape import NoteLine, Section, Table
from flows.domain.people.difficulties import difficulties
from flows.domain.people.difficulty_changes import Way, way
from flows.domain.people.named_codes import pair_by_name, short
from flows.domain.people.programme_outcomes import Outcome, outcome
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, FINISHED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flows.domain.model import Pair
    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.people.difficulties import Difficulty

    Part = Callable[[Counted], Section | None]

MOST = 12
CURATOR = "заполняет куратор"
OUTCOMES = ((Outcome.DONE, "Выполнены"), (Outcome.PARTLY, "Выполнены частично"), (Outcome.NOT_DONE, "Не выполнены"))  # fmt: skip


def grounds(counted: Counted) -> Section:
    """Say on what the report rests and which days it speaks of."""
    activity, scope = counted.evidence.facts.activity, counted.scope
    row = (
        f"дорожная карта, пункт {activity.number.rstrip('. ')}"
        if activity and activity.number
        else "решение организации"
    )
    told = (
        f"Основание: {row}.",
        f"Период: с {days(scope.period.start)} по {days(scope.period.end)}; данные учтены по {days(scope.cut_off)}.",
    )
    return Section("Общие сведения", told)


def pairs_of_year(counted: Counted) -> Section:
    """Say who worked and how each pair ended; of an early end, why."""
    pairs, day = counted.pairs, counted.scope.cut_off
    if not pairs:
        return Section("Пары и группы года", ("В этот срок не работала ни одна пара.",))
    over = [pair for pair in pairs if pair.status == FINISHED]
    broken = [pair for pair in pairs if pair.status == BROKEN]
    rest = [pair for pair in pairs if pair not in over and pair not in broken]
    groups = sum(len(pair.mentees) > 1 for pair in pairs)
    people = len({pair.mentor for pair in pairs}), len({code for pair in pairs for code in pair.mentees})
    told = [
        f"Работали: пар – {len(pairs) - groups}{f', групп – {groups}' if groups else ''}; наставников – {people[0]}, наставляемых – {people[1]}.",
        _named("Завершили работу", over, counted),
        *(_early(pair, counted) for pair in broken),
        _named(
            "Срок закончился, завершение не отмечено", [pair for pair in rest if pair.end <= day], counted
        ),
        _named("Продолжают работу", [pair for pair in rest if pair.end > day], counted),
    ]
    return Section("Пары и группы года", tuple(filter(None, told)), (by_form(counted),))


def programmes(counted: Counted) -> Section | None:
    """Say whose programme was carried out, in part, or not; of whom nobody said it stands apart."""
    ended = {pair: outcome(pair, counted.scope.cut_off) for pair in counted.pairs}
    if not any(ended.values()):
        return None
    told = [
        _named(word, [pair for pair, how in ended.items() if how is each], counted, of=len(ended))
        for each, word in OUTCOMES
    ]
    unknown = _named(
        "Срок ещё идёт или выполнение задач не отмечено",
        [pair for pair, how in ended.items() if how is None],
        counted,
    )
    return Section("Выполнение программ", tuple(filter(None, (*told, unknown))))


def growth(counted: Counted) -> Section | None:
    """Sum up which way the mentees' difficulties went, over all and by name."""
    found = _difficulties(counted)
    ways = {each: went for each in found if (went := way(each[1])) is not None}
    if not ways:
        return None
    total, people = Counter(ways.values()), len({code for code, _ in ways})
    down = sorted({short(counted.evidence.facts.people.get(code), code) for (code, _), went in ways.items() if went is Way.DOWN})  # fmt: skip
    told = (
        f"С отметками до и после программы – затруднений: {len(ways)}, наставляемых: {people}; {', '.join(f'{each} – {total[each]}' for each in Way)}.",
        f"Отметка снизилась: {', '.join(down).rstrip('.')}." if down else "",
        f"Без отметки после программы – затруднений: {len(found) - len(ways)}."
        if len(found) > len(ways)
        else "",
    )
    spheres: dict[str, list[Way]] = {}
    names: dict[str, str] = {}
    for (_, each), went in ways.items():
        names.setdefault(fold(each.sphere), each.sphere)
        spheres.setdefault(fold(each.sphere), []).append(went)
    rows = tuple((names[name], *(str(own.count(each)) for each in Way)) for name, own in spheres.items())
    head = ("Затруднение", *(each.value[:1].upper() + each.value[1:] for each in Way))
    table = Table("Что изменилось по затруднениям", head, rows)
    return Section("Что изменилось у наставляемых", tuple(filter(None, told)), (table,) if len(rows) > 1 else ())  # fmt: skip


def _difficulties(counted: Counted) -> list[tuple[str, Difficulty]]:
    people = counted.evidence.facts.people
    codes = dict.fromkeys(code for pair in counted.pairs for code in pair.mentees if code in people)
    told = {(code, fold(each.sphere)): (code, each) for code in codes for each in difficulties(people[code])}
    return list(told.values())


def meetings(counted: Counted) -> Section | None:
    """Say how many meetings took place of those planned, and what the log gives as causes of those that did not."""
    figure = counted.figure("M6")
    rows = [each for own in counted.log.by_pair.values() for each in own]
    found = reasons(rows, counted.evidence.method.conclusions.reasons)
    why = ", ".join(f"{cause} – {number}" for cause, number in found.most_common())
    told = (
        f"Проведено встреч: {figure.text}." if figure is not None and figure.known else "",
        f"Встречи отменялись и переносились: {why}." if why else "",
    )
    chart = plan_fact(counted)
    shown = (replace(chart, number=1),) if chart else ()
    pointer = "По парам – рисунок 1." if shown else ""
    return Section("Как шли встречи", tuple(filter(None, (*told, pointer))), charts=shown) if any(told) else None  # fmt: skip


def opinions(counted: Counted) -> Section | None:
    """Say how many answered and how many of them are content."""
    known = [each for each in counted.starting("M9", "M10", "M11") if each.known]
    if not known:
        return None
    lines = tuple(NoteLine(f"{each.name}: {each.text}.", (each.code,), each.rows) for each in known)
    return Section("Мнение участников", lines=lines)


def reports(counted: Counted) -> Section | None:
    """Say whose mentor has handed a registered report in; who has not is named."""
    if not counted.pairs:
        return None
    known = {
        filed.parts.subject
        for filed in in_force(counted.evidence.facts.register)
        if of(filed.kind).focus == Focus.MENTOR.value and filed.parts.subject
    }
    lacking = [pair for pair in counted.pairs if not known & {pair.code, *pair.codes, pair.mentor}]
    given = len(counted.pairs) - len(lacking)
    told = f"Отчётов наставников зарегистрировано: {given} из {len(counted.pairs)}."
    return Section("Отчёты наставников", tuple(filter(None, (told, _named("Ещё нет", lacking, counted)))))


def helped(_: Counted) -> Section:
    """Leave room for what helped and what was in the way: no tab holds it."""
    return Section("Что помогало и что мешало", blank=f"Обобщение отчётов наставников ({CURATOR})")


def unknown(counted: Counted) -> Section | None:
    """Say once what nothing is known of."""
    if not counted.pairs:
        return None
    parts = ((programmes, "выполнение задач программ"), (growth, "затруднения до и после программы"), (meetings, "встречи"), (opinions, "ответы на анкеты"))  # fmt: skip
    missing = [name for part, name in parts if part(counted) is None]
    return Section("Чего нет в данных", (f"Нет данных: {', '.join(missing)}.",)) if missing else None


def proposals(_: Counted) -> Section:
    """Leave room for what the curator proposes for the year to come."""
    return Section("Предложения на следующий учебный год", blank=f"Предложения ({CURATOR})")


def _named(said: str, pairs: Sequence[Pair], counted: Counted, of: int = 0) -> str:
    if not pairs:
        return ""
    count = f"{len(pairs)} из {of}" if of else str(len(pairs))
    whole = len(pairs) == len(counted.pairs)
    return f"{said}: {'все' if whole and not of else count}{'' if whole else f' ({_list(pairs, counted)})'}."


def _list(pairs: Iterable[Pair], counted: Counted) -> str:
    names = [pair_by_name(pair, counted.evidence.facts.people) for pair in pairs]
    rest = len(names) - MOST
    return "; ".join(names[:MOST]) + (f" и ещё {rest}, список – в приложении" if rest > 0 else "")


def _early(pair: Pair, counted: Counted) -> str:
    why = pair.end_reason.strip().rstrip(".")
    name = pair_by_name(pair, counted.evidence.facts.people)
    return f"Прекращена досрочно: {name}, по {pair.end:%d.%m.%Y}{f'; причина – {why}' if why else ''}."


PARTS: tuple[Part, ...] = (
    grounds,
    pairs_of_year,
    programmes,
    growth,
    meetings,
    opinions,
    reports,
    helped,
    unknown,
    proposals,
)

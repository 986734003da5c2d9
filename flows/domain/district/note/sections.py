"""The sections of a municipal note: what was looked at, who sent data, figures, the plan, experience, what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.domain.district.letting_out import CARD, indicator
from flows.domain.district.note.advice import became
from flows.domain.district.returns import NOT_FOR_US, OVERDUE
from flows.domain.district.whole import LEVEL
from flows.domain.monitoring.indicators.figure import days, plain
from flows.domain.monitoring.note.comparison import differences, iso_day
from flows.domain.monitoring.note.shape import BLANK, NoteLine, Section, Table
from flows.domain.statuses import DONE
from flows.russian.words import month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flows.domain.district.data import ProvenProgramme, RowDone
    from flows.domain.district.note.looked_at import Compared, LookedAt
    from flows.domain.monitoring.note.finding import Advice

MOST_NAMED, MOST_PROVEN, MOST_TEXT = 6, 12, 160
AIM = "Цель: оценить ход и результаты внедрения целевой модели наставничества в образовательных организациях и определить, какая помощь им нужна."
METHOD = "Методы: сбор данных из рабочих книг организаций; числители и знаменатели организаций сложены, средние по организациям не выводились."
BY_MEMBER, HOW = "Данные по организациям", "Как посчитано и чего не хватило"


def grounds(told: LookedAt) -> Section:
    """Say on which grounds, when, how and to which day the monitoring was carried out."""
    row = told.activity
    basis = (
        f"пункт {row.number.rstrip('. ')} дорожной карты «{cut(row.activity)}»" if row else "дорожная карта"
    )
    # Books are read every morning: with the very day a draft would be another paper each day although no figure changed.
    counted = f"Показатели посчитаны за учебный год по данным {month(told.cut_off)}" if told.cut_off else ""
    return Section(
        "Введение",
        tuple(
            filter(
                None,
                (
                    f"Основание: {basis}; приказ от {BLANK} № {BLANK}.",
                    AIM,
                    f"Период: с {days(told.period.start)} по {days(told.period.end)}; {_gathered(told)}.",
                    METHOD,
                    counted,
                ),
            )
        ),
    )


def _gathered(told: LookedAt) -> str:
    first, last = told.window.start, told.window.end
    if first is None or last is None or first == last:
        return f"данные собраны до {days(last or first)}"
    return f"данные собраны с {days(first)} по {days(last)}"


def coverage(told: LookedAt) -> Section:
    """Say who takes part and who sent data; whoever owes is named with what is missing, never counted as zero."""
    there = told.counted
    paragraphs = [
        f"Организаций в мониторинге: {len(told.members)}; данные учтены: {len(there)}. {_people(told)}"
    ]
    for silent, lead in ((True, "Нет данных"), (False, "Данные учтены, но переданы не полностью")):
        own = [each for each in told.owing if each.silent is silent]
        if own:
            paragraphs.append(f"{lead}: {len(own)} из {len(told.members)}.")
            paragraphs += [f"{each.member.name}: {each.said}." for each in own]
    return Section("Охват", tuple(paragraphs))


def _people(told: LookedAt) -> str:
    sums = []
    for what in ("mentors", "mentees", "pairs"):
        known = [getattr(told.data.last(each.slug), what) for each in told.counted]
        numbers = [each for each in known if each is not None]
        sums.append(sum(numbers) if numbers else None)
    if any(each is None for each in sums):
        return ""
    return f"В них наставников – {sums[0]}, наставляемых – {sums[1]}, пар и групп действует – {sums[2]}; по организациям – приложение № 1."


def results(told: LookedAt) -> Section:
    """Show each figure once, beside its target and the last note, and name who stands below what is wanted."""
    known = [each for each in told.compared if each.figure.known or _levels(each)]
    unknown = [_small(each.figure.name) for each in told.compared if each not in known]
    paragraphs = (
        f"Не посчитаны ни у одной организации: {', '.join(dict.fromkeys(unknown))}." if unknown else "",
        "Чего не посчитали в отдельных организациях и почему – приложение № 2." if known else "",
    )
    lines = tuple(_below(each, told) for each in known if each.below)
    return Section(
        "Результаты по показателям", tuple(filter(None, paragraphs)), (_table(known, told),), lines
    )


def _table(known: Sequence[Compared], told: LookedAt) -> Table:
    before = {each.code: each for each in differences(told.figures, told.previous or {})}
    head: tuple[str, ...] = ("Показатель", "По району", "Цель", "Организаций")
    if told.previous:
        day = iso_day(told.previous.get("cut_off"))
        head = (*head, f"Прошлая справка{f' ({day:%d.%m.%Y})' if day else ''}", "Изменение")
    rows = []
    for each in known:
        earlier = before.get(each.figure.code)
        own = (
            each.figure.name,
            _levels(each) or each.figure.text,
            each.typed or (f"{plain(each.limit)} %" if each.limit is not None else "–"),
            f"{len(each.figure.rows)} из {len(told.members)}",
        )
        rows.append(
            (*own, earlier.before if earlier else "–", earlier.change if earlier else "–")
            if told.previous
            else own
        )
    return Table("Показатели района", head, tuple(rows))


def _levels(each: Compared) -> str:
    """Count the organisations on each level of the score card: points of several cards are not added up."""
    if indicator(each.figure.code) != CARD:
        return ""
    levels = Counter(
        row.text.partition(LEVEL)[2] or "уровень не назван" for row in each.rows.values() if row.known
    )
    return "; ".join(f"{level} – {count}" for level, count in levels.items())


def _below(each: Compared, told: LookedAt) -> NoteLine:
    """Name who stands below what is wanted, each with its figure and its own explanation of it."""
    what = (
        "чем в целом по району" if each.limit is None else f"цели ({each.typed or f'{plain(each.limit)} %'})"
    )
    word = "ниже, " if each.limit is None else "ниже "
    named = [_explained(slug, each, told) for slug in each.below[:MOST_NAMED]]
    more = (
        f"; ещё организаций: {len(each.below) - MOST_NAMED} (приложение № 1)"
        if len(each.below) > MOST_NAMED
        else ""
    )
    return NoteLine(
        f"{each.figure.name}, {word}{what}: {'; '.join(named)}{more}.", (each.figure.code,), each.below
    )


def _explained(slug: str, each: Compared, told: LookedAt) -> str:
    row = each.rows[slug]
    why = f", пояснение организации: «{cut(row.explained)}»" if row.explained else ""
    return f"{told.names[slug]} – {row.text}{why}"


def plan(told: LookedAt) -> Section | None:
    """Show how the rows handed out stand: how many did each, who is late."""
    numbers = {each.code: each for each in told.rows}
    by_row: dict[str, list[tuple[str, RowDone]]] = {}
    inside = {each.slug for each in told.members}
    for (code, slug), row in told.data.states.items():
        if slug in inside and code in numbers:
            by_row.setdefault(code, []).append((slug, row))
    rows = []
    for code, own in by_row.items():
        asked = [(slug, row) for slug, row in own if row.state != NOT_FOR_US]
        late = [slug for slug, row in asked if row.state == OVERDUE]
        done = sum(row.state == DONE for _, row in asked)
        activity = numbers[code]
        what = f"{activity.number.rstrip('. ')} {cut(activity.activity)}".strip()
        rows.append((what, f"{done} из {len(asked)}", few(told.named(late)) or "–"))
    return (
        Section(
            "Выполнение плана района организациями",
            tables=(Table("Пункты плана", ("Пункт", "Выполнили", "Просрочили"), tuple(rows)),),
        )
        if rows
        else None
    )


def decided(told: LookedAt) -> Section | None:
    """Tell what became of what the last note advised."""
    rows = tuple(became(told))
    table = Table(
        "Показатели, по которым были рекомендации", ("Организация", "Показатель", "Было", "Стало"), rows
    )
    return Section("Что было рекомендовано и что из этого вышло", tables=(table,)) if rows else None


def experience(told: LookedAt) -> Section | None:
    """List the programmes and practices that are worth showing to others."""
    lines = [*_proven(told), *_practices(told)]
    return Section("Положительный опыт", lines=tuple(lines)) if lines else None


def _proven(told: LookedAt) -> Iterable[NoteLine]:
    inside = {each.slug for each in told.counted}
    own = [each for each in told.data.proven if each.slug in inside]
    for each in own[:MOST_PROVEN]:
        yield NoteLine(f"{told.names[each.slug]}, {_programme(each)}: {each.shows}.", (), (each.slug,))
    if len(own) > MOST_PROVEN:
        yield NoteLine(
            f"Ещё программ с положительным опытом: {len(own) - MOST_PROVEN} (вкладка «Программы»)."
        )


def _programme(each: ProvenProgramme) -> str:
    return f"программа пары {each.pair}{f' ({each.form})' if each.form else ''}"


def _practices(told: LookedAt) -> Iterable[NoteLine]:
    for each in told.data.practices:
        about = f": {cut(each.about)}" if each.about else ""
        yield NoteLine(f"{each.whose or 'Организация не указана'}, практика «{each.title}»{about}.")


def conclusions(told: LookedAt) -> Section | None:
    """Say in words, without the figures above, what is reached and what is not, who is behind most often, what changed."""
    reached = [_small(each.figure.name) for each in told.compared if each.reached]
    missed = [_small(each.figure.name) for each in told.compared if each.reached is False]
    behind = Counter(slug for each in told.compared for slug in each.below)
    most = [slug for slug, count in behind.most_common(MOST_NAMED) if count > 1]
    moved = [each for each in differences(told.figures, told.previous or {}) if each.points]
    up, down = ([_small(each.name) for each in moved if (each.points or 0) * way > 0] for way in (1, -1))
    said = (
        ("Цели района достигнуты", reached),
        ("Цели района не достигнуты", missed),
        ("По нескольким показателям сразу ниже других", told.named(most)),
        ("Со времени прошлой справки выросли", up),
        ("Со времени прошлой справки снизились", down),
        ("Выводы сделаны без данных организаций", [each.member.name for each in told.owing if each.silent]),
    )
    lines = tuple(NoteLine(f"{what}: {', '.join(who)}.") for what, who in said if who)
    return Section("Выводы", lines=lines) if lines else None


BEFORE: tuple[Callable[[LookedAt], Section | None], ...] = (
    grounds,
    coverage,
    results,
    plan,
    decided,
    experience,
    conclusions,
)
"""The parts of a note before what is to be done."""


def recommendations(advice: Sequence[Advice]) -> Section:
    """Address to each organisation what to do."""
    return Section(
        "Адресные рекомендации", lines=tuple(advice), blank="Рекомендации организациям (заполняет методист)"
    )


def decisions(told: LookedAt, advice: Sequence[Advice]) -> Section:
    """Propose what to decide."""
    owing = [each.member.name for each in told.owing]
    lines = [NoteLine("Принять справку к сведению.")]
    if owing:
        lines.append(
            NoteLine(
                f"Руководителям организаций, от которых нет данных или они не полны ({few(owing)}): передать данные до {BLANK}."
            )
        )
    if advice:
        lines.append(
            NoteLine(
                f"Руководителям организаций: выполнить адресные рекомендации и сообщить об этом до {BLANK}."
            )
        )
    if told.data.proven or told.data.practices:
        lines.append(NoteLine(f"Представить положительный опыт организациям района до {BLANK}."))
    lines.append(NoteLine(f"Контроль исполнения: {BLANK}."))
    return Section("Проект управленческих решений", lines=tuple(lines))


def cut(text: str) -> str:
    """Shorten people's text to what a sentence can hold, at a word's end."""
    told = " ".join(text.split()).rstrip(".")
    return told if len(told) <= MOST_TEXT else f"{told[:MOST_TEXT].rsplit(' ', 1)[0]}…"


def few(names: Sequence[str]) -> str:
    """Name a few, the others by their number."""
    rest = f" и ещё {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + rest


def _small(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"

"""Rows of `Наставники`, `Наставляемые`, `Пары`, `Встречи` and `Склонения` read into values, with what is wrong (workbook A4)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flows.domain.marks import out_of_ten
from flows.domain.model import Meeting, Pair, Person, Problem, Row, Severity
from flows.domain.people import declensions, publishing, pupils, through_time
from flows.domain.people.pair_rows import NO_NAMES, at, lines, read_pairs, together
from flows.domain.people.staff_events import StaffEvent, contradictions, events_from_rows
from flows.domain.statuses import ENDED, LEFT
from flows.domain.tabs import MENTEES, MENTORS, PAIRS, STAFF_EVENTS
from flows.domain.text import fold

MOST_MENTEES = 2


@dataclass(frozen=True, slots=True)
class Participants:
    """Who takes part: people by code as they are today and through time, pairs (a group is one), meetings, forms that people typed."""

    people: Mapping[str, Person]
    pairs: tuple[Pair, ...]
    meetings: tuple[Meeting, ...]
    cases: Mapping[str, Mapping[str, str]]
    history: Mapping[str, tuple[tuple[date, Person], ...]] = field(default_factory=dict)
    events: tuple[StaffEvent, ...] = ()


def read(  # noqa: PLR0913, PLR0917 - the tabs about people
    mentors: Sequence[Row],
    mentees: Sequence[Row],
    pairs: Sequence[Row],
    meetings: Sequence[Row],
    cases: Sequence[Row],
    staff: Sequence[Row] = (),
    today: date = date.max,
) -> tuple[Participants, tuple[Problem, ...]]:
    """Read every row; what cannot be used is a finding and the rest goes on.

    Pairs and meetings come in the order of codes and days, so that sorting a tab changes no paper. `staff` are the
    rows of «Кадровые события»: a name of any time means its bearer.
    """
    people = _listed(mentors, mentees)
    events, odd = events_from_rows(staff, people)
    written = _written(pairs, cases)
    people = _in_both(people, through_time.names(through_time.history(people, events, written)))
    lives = through_time.history(people, events, written)
    names = through_time.names(lives)
    grouped, slips = read_pairs(pairs, people, names)
    lives = _by_form(lives, grouped)
    found = tuple(
        sorted(map(pupils.led_by(through_time.on(lives, today)), grouped), key=lambda pair: pair.code)
    )
    met, strays = _meetings(meetings, found)
    forms = declensions.corrected(cases, (name for known in names.values() for name in known))
    who = Participants(through_time.on(lives, today), found, met, forms, lives, events)
    checked = [problem for each in CHECKS for problem in each(who)]
    return who, (*_nameless([*mentors, *mentees]), *odd, *contradictions(events), *slips, *strays, *checked)


def _listed(mentors: Sequence[Row], mentees: Sequence[Row]) -> dict[str, Person]:
    people = {row.code: _person(row, "mentor") for row in mentors if row.text("ФИО")}
    return people | {row.code: _person(row, "mentee") for row in mentees if row.text("ФИО")}


def _written(pairs: Sequence[Row], cases: Sequence[Row] = ()) -> frozenset[str]:
    """Return the names that stand elsewhere than in the lists: there a former one may still be."""
    told = {row.text(column) for row in pairs for column in ("Наставник", "Наставляемый")}
    return frozenset(told | {row.text(declensions.NOMINATIVE) for row in cases}) - {""}


def called(tabs: Mapping[str, Sequence[Row]]) -> dict[str, tuple[str, ...]]:
    """Return every name that each code of the lists ever has, the earliest first, of coded rows by tab."""
    people = _listed(tabs.get(MENTORS, ()), tabs.get(MENTEES, ()))
    events, _ = events_from_rows(tabs.get(STAFF_EVENTS, ()), people)
    return through_time.names(through_time.history(people, events, _written(tabs.get(PAIRS, ()))))


def unfounded(problem: Problem, unread: Container[str]) -> bool:
    """Tell a finding that only says that another tab could not be read: a person or a pair «is not there»."""
    if problem.code in {"unknown-person", "namesakes"} or (
        problem.code == "staff-event" and problem.origin.column == "Кто"
    ):
        return MENTORS in unread or MENTEES in unread
    return problem.code == "unknown-pair" and any(tab in unread for tab in (MENTORS, MENTEES, PAIRS))


def _nameless(rows: Iterable[Row]) -> Iterator[Problem]:
    for row in rows:
        if not row.text("ФИО"):
            origin = at(row, "ФИО")
            message = (
                "В строке нет ФИО, поэтому человек не участвует. Впишите ФИО полностью или очистите строку."
            )
            yield Problem(Severity.QUESTION, "no-name", origin, message)
        elif not row.text("Должность"):
            cell = at(row, "Должность")
            sentence = "Не указана должность: документы с этим человеком не готовятся. Впишите должность как в штатном расписании."
            yield Problem(Severity.STOP, "no-position", cell, sentence, subject=row.code)


def _person(row: Row, role: str) -> Person:
    return Person(
        code=row.code, role=role, name=row.text("ФИО"), gender=row.text("Пол"), position=row.text("Должность"), origin=row.origin,
        category=row.text("Квалификационная категория"), experience=row.number("Стаж, лет"), subject=row.text("Предмет / группа"),
        strengths=row.text("Чем готов помочь"), request=row.text("Запрос (что нужно)"), deficits=lines(row.text("Дефициты")),
        job_function=row.flag("Наставничество входит в трудовую функцию"),
        consent_duty=row.day("Дата согласия быть наставником") if role == "mentor" else row.day("Дата согласия на участие"),
        consent_data=row.day("Дата согласия ПДн"), young=_ticked(row, "Молодой специалист"), status=row.text("Состояние"), most=row.number("Не более наставляемых"),
        sort=row.text("Категория лиц"), born=row.day("Дата рождения"), representative=row.text("Законный представитель"),
        representative_consent=row.day("Дата согласия представителя"), consent_public=row.day("Дата согласия на распространение"),
        hired=row.day("Дата приёма"), publishing=publishing.read(row), representative_document=row.text("Документ представителя"),
        representative_address=row.text("Адрес представителя"),
        training=row.text("Обучение наставничеству"),
    )  # fmt: skip


def _ticked(row: Row, column: str) -> bool | None:
    """Return what a person ticked or unticked; `None` for a cell that nobody touched."""
    value = row.cells.get(column)
    return value if isinstance(value, bool) else None


def _in_both(
    people: Mapping[str, Person], called: Mapping[str, Sequence[str]] = NO_NAMES
) -> dict[str, Person]:
    """Let a pupil who is a mentor too have the birthday and the representative that stand in «Наставляемые» under the same name."""
    young = {
        fold(name): each
        for each in people.values()
        if each.role == "mentee" and (each.born or each.sort)
        for name in (each.name, *called.get(each.code, ()))
    }
    told = dict(people)
    for code, person in people.items():
        names = map(fold, (person.name, *called.get(code, ())))
        own = next((young[name] for name in names if name in young), None)
        if person.role == "mentor" and own is not None:
            told[code] = replace(
                person,
                sort=own.sort,
                born=person.born or own.born,
                representative=person.representative or own.representative,
                representative_consent=person.representative_consent or own.representative_consent,
                representative_document=person.representative_document or own.representative_document,
                representative_address=person.representative_address or own.representative_address,
            )
    return told


def _by_form(
    lives: through_time.History, pairs: Sequence[Pair]
) -> dict[str, tuple[tuple[date, Person], ...]]:
    """Call a pupil or a student whom only the form of a pair calls so: «ученик – ученик»."""
    sorts = {
        code: sort
        for pair in pairs
        for side, codes in enumerate(((pair.mentor,), pair.mentees))
        if (sort := pupils.sort_of(pair, side))
        for code in codes
    }
    return {
        code: tuple((day, replace(person, sort=person.sort or sorts.get(code, ""))) for day, person in life)
        for code, life in lives.items()
    }


def _meetings(rows: Sequence[Row], pairs: Sequence[Pair]) -> tuple[tuple[Meeting, ...], list[Problem]]:
    known = {fold(code): pair.code for pair in pairs for code in pair.codes}
    known |= {fold(pair.group): pair.code for pair in pairs if pair.group}
    met: list[Meeting] = []
    problems: list[Problem] = []
    for row in rows:
        pair = known.get(fold(row.text("Пара")))
        if pair is None:
            told = "Такой пары нет во вкладке «Пары», поэтому встреча не считается. Впишите код пары (например, П-001) или название группы."
            problems.append(
                Problem(
                    Severity.QUESTION,
                    "unknown-pair",
                    at(row, "Пара"),
                    told,
                    printed=row.text("Пара"),
                    subject=row.code,
                )
            )
            continue
        met.append(_meeting(row, pair))
    return tuple(sorted(met, key=lambda each: (each.held or each.planned or date.max, each.code))), problems


def _meeting(row: Row, pair: str) -> Meeting:
    return Meeting(
        code=row.code, pair=pair, planned=row.day("Дата по плану"), held=row.day("Дата проведения"), status=row.text("Статус"), topic=row.text("Тема"),
        origin=row.origin, deficit=row.text("Дефицит"), manner=row.text("Вид"), minutes=row.number("Минут"), outcome=row.text("Что сделано"),
        mentee_score=out_of_ten(row.cells.get("Оценка наставляемого 1–10")), mentor_score=out_of_ten(row.cells.get("Оценка наставника 1–10")),
        reason=row.text("Причина"),
    )  # fmt: skip


def crowded(who: Participants) -> Iterator[Problem]:
    """Find a mentor with more mentees than the row allows."""
    load: dict[str, int] = {}
    for pair in who.pairs:
        if pair.status not in ENDED:
            load[pair.mentor] = load.get(pair.mentor, 0) + len(pair.mentees)
    for code, count in load.items():
        if count > _limit(who.people[code], who.pairs):
            origin = replace(who.people[code].origin, column="Не более наставляемых")
            message = f"У наставника {count} наставляемых — больше, чем указано (если пусто — больше двух). Проверьте нагрузку или исправьте предел."
            yield Problem(Severity.QUESTION, "crowded", origin, message, subject=code)


def _limit(person: Person, pairs: tuple[Pair, ...]) -> int:
    group = max((len(pair.mentees) for pair in pairs if pair.mentor == person.code), default=0)
    return max(person.most or MOST_MENTEES, group if person.most is None else 0)


def twice(who: Participants) -> Iterator[Problem]:
    """Find a mentee in two active pairs at the same time."""
    seen: dict[str, list[Pair]] = {}
    for pair in who.pairs:
        for mentee in pair.mentees if pair.status not in ENDED else ():
            other = next((each for each in seen.get(mentee, ()) if together(each, pair)), None)
            if other is not None:
                origin = replace(pair.origin, column="Наставляемый")
                message = f"Наставляемый уже есть в паре {other.code}. Если у него два наставника по разным вопросам, ответьте «да»."
                yield Problem(Severity.QUESTION, "two-mentors", origin, message, subject=pair.code)
            seen.setdefault(mentee, []).append(pair)


def gone(who: Participants) -> Iterator[Problem]:
    """Find an active pair with a person who has left."""
    for pair in who.pairs:
        for code in (pair.mentor, *pair.mentees):
            if pair.status not in ENDED and who.people[code].status == LEFT:
                origin = replace(pair.origin, column="Состояние")
                message = f"Участник {code} выбыл, а пара действует: новые документы пары не готовятся. Завершите пару или замените участника."
                yield Problem(Severity.STOP, "person-left", origin, message, subject=pair.code)


def odd_form(who: Participants) -> Iterator[Problem]:
    """Find a pair whose form makes a worker of a pupil: its papers go by who the mentor is."""
    for pair in who.pairs:
        if pair.by_pupil and pair.status not in ENDED and pupils.of_form(pair) not in pupils.PUPILS_WORDS:
            origin = replace(pair.origin, column="Форма")
            message = f"Наставник {pair.mentor} – обучающийся, а форма пары говорит о работнике: соглашения к трудовому договору не готовятся. Исправьте форму пары или должность наставника."
            yield Problem(Severity.QUESTION, "pair-form", origin, message, subject=pair.code)


def unsaid(who: Participants) -> Iterator[Problem]:
    """Find who agreed to publication while the book does not say to what."""
    yield from publishing.unsaid(who.people.values())


Check = Callable[[Participants], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (crowded, twice, gone, odd_form, unsaid)


def stopped(problems: Iterable[Problem]) -> frozenset[str]:
    """Codes of rows that a `стоп` finding takes out."""
    return frozenset(each.subject for each in problems if each.severity is Severity.STOP and each.subject)

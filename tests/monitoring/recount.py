"""M1–M16 counted by hand: plain functions over the rows that people typed, written before anybody looked at how the program counts.

Nothing is imported from `flows` and nothing is shared with it, so that a figure of a note and a figure of this page can only agree by
both being right. Every function says its formula, its population, its cut-off and when the answer is «нет данных» (None). «Decided»
marks what the domain's rules leave open.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.monitoring.recount_cells import (
    Book,
    Row,
    Span,
    at_work,
    day,
    number,
    person,
    plain,
    teaches,
    who,
    worked,
    yes,
    young,
)
from tests.monitoring.recount_forms import WAVES, Answer, answers, bare, forms, questions, respondent, rows_by
from tests.monitoring.recount_log import filled, held, log, longest_silence, planned, units

ADDENDUM_SINCE = date(2025, 3, 1)
RESULTS = ("аттестация", "конкурс", "открытое занятие", "публикация")
CARD = (
    "Соответствие целям", "Соответствие принципам", "Соответствие современным подходам", "Психологический климат",
    "Логичность деятельности наставника", "Удовлетворённость участников", "Удовлетворённость партнёров", "Активность наставляемого",
    "Применение полученного",
)  # fmt: skip


class Share(NamedTuple):
    """«`part` из `whole`»; the percentage is theirs to print."""

    part: int
    whole: int


class Satisfaction(NamedTuple):
    """Variant A: how many of those asked are content. Variant B: the mean of the marks on ten points, None when all said да/нет."""

    content: int
    answered: int
    mean: float | None


class Change(NamedTuple):
    """How a criterion moved over those who answered both times; `percent` is None when the mean before is 0."""

    respondents: int
    before: float
    after: float
    up: int
    same: int
    down: int

    @property
    def delta(self) -> float:
        return self.after - self.before

    @property
    def percent(self) -> float | None:
        return None if self.before == 0 else self.delta / self.before * 100


class Ended(NamedTuple):
    """Programmes that came to their end: finished out of all whose end came; stopped early by reason; those still running."""

    finished: Share | None
    early: dict[str, int]
    running: int


class Card(NamedTuple):
    """The curator's card: the sum of the points given, how many of the nine were given, the level when all nine were."""

    points: int
    given: int
    level: str | None


# --- who takes part ------------------------------------------------------------------------------------------


def m1(book: Book, span: Span) -> Share | None:
    """Young specialists who are mentees, of all young specialists.

    Part: unique humans that are mentees of a pair at work within the span (see `at_work`), teachers (a student is no young specialist),
    and young by `young`. Whole: «Молодых специалистов всего». None: that number is not typed or is 0.
    Decided: someone who left during the span still took part in it; a mentee whom the list does not have cannot be told young.
    """
    whole = number(book.settings.get("Молодых специалистов всего"))
    mentees = {
        who(book, row.get("Наставляемый"))
        for row in at_work(book, span)
        if teaches(book, row, "Наставляемый") and young(person(book, "Наставляемые", row.get("Наставляемый")))
    }
    return Share(len(mentees), whole) if whole else None


def m2(book: Book, span: Span) -> Share | None:
    """Teachers in any role, of all teachers: one human once, also with two pairs, in a reverse pair, under a former surname.

    Pupils, students and employers are no teachers; a head who mentors is counted (decided: he belongs to the staff).
    Whole: «Педагогов всего». None: not typed or 0.
    """
    whole = number(book.settings.get("Педагогов всего"))
    return (
        Share(len(_teachers(book, span, "Наставник") | _teachers(book, span, "Наставляемый")), whole)
        if whole
        else None
    )


def m3(book: Book, span: Span) -> Share | None:
    """Teachers who are mentors of a pair at work within the span, of all teachers; as M2 otherwise."""
    whole = number(book.settings.get("Педагогов всего"))
    return Share(len(_teachers(book, span, "Наставник")), whole) if whole else None


def _teachers(book: Book, span: Span, side: str) -> set[str]:
    return {who(book, row.get(side)) for row in at_work(book, span) if teaches(book, row, side)}


# --- papers --------------------------------------------------------------------------------------------------


def m4(book: Book, span: Span) -> Share | None:
    """Pairs with an approved programme, of all pairs at work within the span. None: there is no such pair.

    Approved: a row of «Документы» of the kind `program.personal` about that pair, with a number and a day not after the cut-off, not
    cancelled. Decided: the unit is a row of «Пары» (in a group every mentee has a programme of his own); an ended pair stays in.
    """
    pairs = at_work(book, span)
    approved = _papers(book, "program.personal", span)
    return Share(sum(plain(row.get("⚙ Код")) in approved for row in pairs), len(pairs)) if pairs else None


def m5(book: Book, span: Span) -> Share | None:
    """Pairs whose papers are all there, of all pairs at work within the span. None: there is no such pair.

    All there, each dated not after the cut-off: the mentor's consent; the mentee's consent (a pupil under 14: the representative's; 14 to
    17 or of unknown age: both); the addendum; a registered order about the pair. Decided: no addendum is asked where mentoring is in the job
    function, of a pair begun before 1 March 2025, or of a mentor who is no employee (employer, student, pupil). A consent withdrawn (the
    cell says so in words) or undated is no consent.
    """
    pairs = at_work(book, span)
    ordered = _papers(book, "order.pairs", span)
    ready = [row for row in pairs if _agreed(book, row, span) and plain(row.get("⚙ Код")) in ordered]
    return Share(len(ready), len(pairs)) if pairs else None


def _papers(book: Book, kind: str, span: Span) -> set[str]:
    """The codes that registered papers of the kind are about."""
    codes: set[str] = set()
    for row in book.rows("Документы"):
        registered = day(row.get("Дата регистрации"))
        of_kind = kind in str(row.get("⚙ Ключ") or "").split("/")
        if (
            of_kind
            and plain(row.get("Рег. №"))
            and registered
            and registered <= span.cut
            and plain(row.get("Состояние")) != "отменён"
        ):
            codes |= {plain(code) for code in str(row.get("⚙ Охват") or "").split()}
    return codes


def _agreed(book: Book, row: Row, span: Span) -> bool:
    mentor = person(book, "Наставники", row.get("Наставник")) or {}
    mentee = person(book, "Наставляемые", row.get("Наставляемый")) or {}
    start, outsider = day(row.get("Дата начала")), not teaches(book, row, "Наставник")
    free = (
        yes(mentor.get("Наставничество входит в трудовую функцию"))
        or outsider
        or (start is not None and start < ADDENDUM_SINCE)
    )
    return (
        _by(mentor.get("Дата согласия быть наставником"), span)
        and all(_by(mentee.get(column), span) for column in _consents(mentee, start))
        and (free or _by(row.get("Дата доп. соглашения"), span))
    )


def _consents(mentee: Row, start: date | None) -> list[str]:
    own, parent = "Дата согласия на участие", "Дата согласия представителя"
    if plain(mentee.get("Категория лиц")) != "обучающийся":
        return [own]
    born = day(mentee.get("Дата рождения"))
    if born is None or start is None:
        return [own, parent]
    age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    return [parent] if age < 14 else [own, parent] if age < 18 else [own]


def _by(value: Any, span: Span) -> bool:
    return (on := day(value)) is not None and on <= span.cut


# --- meetings ------------------------------------------------------------------------------------------------


def m6(book: Book, span: Span) -> Share | None:
    """Meetings held by the cut-off, of those planned by it, over the units whose log was filled; above 100 % stays as it is.

    Units: pairs and groups at work within the span. A unit whose log nobody filled by the cut-off tells nothing and is left out on both
    sides. What is planned and held: `planned`, `held` (called off is out of the plan, moved stays in it). None: nothing was planned.
    Decided: a unit with no plan of any kind (no plan day, no «Встреч в месяц») is left out on both sides.
    """
    part = whole = 0
    for unit, rows in _kept(book, span):
        if plan := planned(unit, rows, span):
            whole += plan
            part += len(held(unit, rows, span))
    return Share(part, whole) if whole else None


def m7(book: Book, span: Span) -> Share | None:
    """Units that were never silent longer than the norm, of the units whose log was filled. None: no log was filled.

    The norm is «Норма: дней между встречами», else 14; days off do not count in a silence; it is measured from the unit's first day in the
    span to the cut-off or the unit's last day, so that a pair that fell silent or never met is not regular.
    """
    norm = number(book.settings.get("Норма: дней между встречами")) or 14
    kept = _kept(book, span)
    regular = [
        unit
        for unit, rows in kept
        if longest_silence(unit, held(unit, rows, span), span, book.days_off) <= norm
    ]
    return Share(len(regular), len(kept)) if kept else None


def m8(book: Book, span: Span) -> Share | None:
    """Meetings held with the form of feedback filled (`reviewed`), of all held. None: none was held."""
    met = [meeting for unit, rows in _kept(book, span) for meeting in held(unit, rows, span)]
    return Share(sum(meeting.reviewed for meeting in met), len(met)) if met else None


def _kept(book: Book, span: Span) -> list[tuple[Any, list[Row]]]:
    rows = log(book)
    return [
        (unit, rows.get(name, []))
        for name, unit in units(book, span).items()
        if filled(rows.get(name, []), span)
    ]


# --- questionnaires ------------------------------------------------------------------------------------------


def m9(book: Book, span: Span) -> Share | None:
    """Questionnaires that came back within the span, of those handed out, over the forms with «Разослано». None: no form has it.

    One respondent (a code) counts once in a form; answers without a code count each. «Разослано» of a form is the largest number in its rows.
    """
    part = whole = 0
    for form in forms(book):
        sent = [
            count
            for row in book.rows("Анкеты")
            if plain(row.get("Анкета")) == plain(form) and (count := number(row.get("Разослано")))
        ]
        if sent:
            whole += max(sent)
            part += len({respondent(book, form, row) for row in rows_by(book, form, span)})
    return Share(part, whole) if whole else None


def m10(book: Book, span: Span) -> Satisfaction | None:
    """How content the mentees are: answers to the questions marked M10 by mentees (where the form asks for a role), on ten points.

    Variant A: respondents with 8 and more of 10 (or the organisation's own threshold), or «да», of those who answered. Variant B: the mean.
    Decided: the latest wave answered counts (expectations at the start are not contentment); a respondent with several such questions
    enters with the mean of his marks; his last answer wins. None: nobody answered.
    """
    return _content(book, "m10", "наставляемый", span)


def m11(book: Book, span: Span) -> Satisfaction | None:
    """How content the mentors are: as M10, over the questions marked M11 and the answers of mentors."""
    return _content(book, "m11", "наставник", span)


def _content(book: Book, means: str, wanted: str, span: Span) -> Satisfaction | None:
    given = answers(book, means, wanted, span)
    latest = max((WAVES.index(answer.wave) if answer.wave in WAVES else -1 for answer in given), default=None)
    if latest is None:
        return None
    enough = number(book.settings.get("Доволен: оценка от (из 10)")) or 8
    by_person: dict[str, list[Answer]] = {}
    for answer in given:
        if (WAVES.index(answer.wave) if answer.wave in WAVES else -1) == latest:
            by_person.setdefault(answer.who, []).append(answer)
    marks = {
        name: [one.value for one in own if not isinstance(one.value, str)] for name, own in by_person.items()
    }
    content = sum(
        sum(marks[name]) / len(marks[name]) >= enough
        if marks[name]
        else all(one.value == "да" for one in own)
        for name, own in by_person.items()
    )
    means_of = [sum(own) / len(own) for own in marks.values() if own]
    return Satisfaction(content, len(by_person), sum(means_of) / len(means_of) if means_of else None)


def m12(book: Book, span: Span) -> dict[str, Change]:
    """How every criterion moved: mean after less mean before, over respondents (by code) who answered both at «вход» and at «выход».

    Answers known by the cut-off; the first round may lie before the span. Marks on ten points; the last answer of a code wins; an answer
    without a code cannot be matched. A criterion with nobody matched is not in the answer. Decided: two questions of one criterion in one
    wave are one mark, their mean.
    """
    criteria = {bare(one.means) for one in questions(book) if bare(one.means).startswith("m12:")}
    moved = {}
    for criterion in criteria:
        waves: dict[str, dict[str, list[float]]] = {"вход": {}, "выход": {}}
        for answer in answers(book, criterion, "", span, earlier=True):
            if answer.coded and answer.wave in waves and not isinstance(answer.value, str):
                waves[answer.wave].setdefault(answer.who, []).append(answer.value)
        first, last = (
            {name: sum(own) / len(own) for name, own in waves[wave].items()} for wave in ("вход", "выход")
        )
        if both := sorted(first.keys() & last.keys()):
            moved[criterion.partition(":")[2].strip()] = _change([(first[name], last[name]) for name in both])
    return moved


def _change(pairs: list[tuple[float, float]]) -> Change:
    before, after = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    up, down = sum(b > a for a, b in pairs), sum(b < a for a, b in pairs)
    return Change(len(pairs), before, after, up, len(pairs) - up - down, down)


# --- ends, staying, results, the card ------------------------------------------------------------------------


def m13(book: Book, span: Span) -> Ended:
    """Programmes finished, of those begun whose end has come; stopped early by reason; running ones are said apart, not as «0 %».

    Population: pairs at work within the span. The end has come: the last day is before the cut-off, or is the cut-off itself and the state
    says so («завершена», «прекращена»). Finished: «завершена». Stopped: «прекращена», by «Причина прекращения». Past its last day while
    still «действует»: its end came and it is not finished. A state typed for a day after the cut-off is not known yet: running. No last
    day: running. `finished` None: no end has come.
    """
    over: list[Row] = []
    running = 0
    for row in at_work(book, span):
        end, state = day(row.get("Дата окончания")), plain(row.get("Состояние"))
        if end is not None and (end < span.cut or (end == span.cut and state in {"завершена", "прекращена"})):
            over.append(row)
        else:
            running += 1
    early = Counter(
        plain(row.get("Причина прекращения")) for row in over if plain(row.get("Состояние")) == "прекращена"
    )
    finished = sum(plain(row.get("Состояние")) == "завершена" for row in over)
    return Ended(Share(finished, len(over)) if over else None, dict(early), running)


def m14(book: Book, span: Span) -> Share | None:
    """Young mentees who still worked twelve months after their first pair began, of those for whom the twelve months have passed.

    Population: young teachers who are mentees of a pair that was ever at work, its first day at least a year before the cut-off. Left: a
    «уволен» of «Кадровые события» dated by that anniversary. Decided: leave for a child is still employment; «выбыл» without a dated
    dismissal is no data, such a person is left out on both sides. None: nobody's year has passed.
    """
    begun: dict[str, date] = {}
    for row in book.rows("Пары"):
        start, name = day(row.get("Дата начала")), who(book, row.get("Наставляемый"))
        human = person(book, "Наставляемые", row.get("Наставляемый"))
        ever = worked(row, Span(date.min, span.cut, span.cut))
        if ever and start and teaches(book, row, "Наставляемый") and young(human):
            begun[name] = min(start, begun.get(name, start))
    part = whole = 0
    for name, start in begun.items():
        anniversary = _year_after(start)
        human = person(book, "Наставляемые", name) or {}
        left = _dismissed(book, name, plain(human.get("⚙ Код")))
        if anniversary > span.cut or (left is None and plain(human.get("Состояние")) == "выбыл"):
            continue
        whole += 1
        part += left is None or left > anniversary
    return Share(part, whole) if whole else None


def _dismissed(book: Book, name: str, code: str) -> date | None:
    days = [
        on
        for row in book.rows("Кадровые события")
        if plain(row.get("Что")) == "уволен"
        and (plain(row.get("Кто")) == code or who(book, row.get("Кто")) == name)
        if (on := day(row.get("Дата")))
    ]
    return min(days, default=None)


def _year_after(on: date) -> date:
    return on.replace(year=on.year + 1) if (on.month, on.day) != (2, 29) else date(on.year + 1, 2, 28)


def m15(book: Book, span: Span) -> dict[str, int]:
    """Results within the span, by kind: rows of «Кадровые события» about people of the lists. A row typed twice counts once.

    Decided: everyone of the lists counts, whatever his pair; a row about a name or a code that the lists do not have does not.
    """
    known = {
        plain(row.get(column))
        for tab in ("Наставники", "Наставляемые")
        for row in book.rows(tab)
        for column in ("ФИО", "⚙ Код")
    }
    rows = {
        (
            day(row.get("Дата")),
            who(book, row.get("Кто")),
            plain(row.get("Что")),
            plain(row.get("Новое значение")),
        )
        for row in book.rows("Кадровые события")
        if plain(row.get("Что")) in RESULTS
        and span.has(day(row.get("Дата")))
        and who(book, row.get("Кто")) in known - {""}
    }
    counts = Counter(what for _, _, what, _ in rows)
    return {kind: counts.get(kind, 0) for kind in RESULTS}


def m16(book: Book, span: Span) -> Card | None:
    """The curator's card: nine indicators of 0, 1 or 2, their sum out of 18 and its level (15–18, 9–14, 0–8, or the organisation's own).

    The card of the span: its «Период» begins by the cut-off and ends within the note's period; of several the latest, of equals the lower row.
    A card of a longer period (the whole year in a note of the first half) is not this note's. A blank is no zero: with blanks there is a
    sum of what was given and no level (decided). None: no card of this span, or nothing given in it.
    """
    cards = []
    for place, row in enumerate(book.rows("Карта оценки")):
        period = card_period(row.get("Период"))
        points = [point for name in CARD if (point := number(row.get(name))) in {0, 1, 2}]
        if period and points and period[0] <= span.cut and span.since <= period[1] <= span.until:
            cards.append((period[1], place, points))
    if not cards:
        return None
    points = max(cards)[2]
    good = number(book.settings.get("Оптимальный уровень: баллов от")) or 15
    fair = number(book.settings.get("Допустимый уровень: баллов от")) or 9
    total = sum(points)
    level = "оптимальный" if total >= good else "допустимый" if total >= fair else "недопустимый"
    return Card(total, len(points), level if len(points) == len(CARD) else None)


MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)


def card_period(value: Any) -> tuple[date, date] | None:
    """The days a card speaks of: a day, «Май 2027», «I полугодие 2026/2027», «2026/2027»; a school year's work ends on 31 May."""
    if on := day(value):
        return on, on
    text = plain(value)
    if years := re.search(r"(\d{4})\s*[/-]\s*(\d{4})", text):
        first, last = int(years.group(1)), int(years.group(2))
        if "полугоди" in text:
            half = text.split(" ")[0] in {"ii", "2", "второе", "2-е"}
            return (date(last, 1, 1), date(last, 5, 31)) if half else (date(first, 9, 1), date(first, 12, 31))
        return date(first, 9, 1), date(last, 5, 31)
    month = re.fullmatch(r"([а-я]+)\s+(\d{4})(?:\s*г\.?)?", text)
    place = next((n for n, stem in enumerate(MONTHS, 1) if month and month.group(1).startswith(stem)), None)
    if month is None or place is None:
        return None
    first_day = date(int(month.group(2)), place, 1)
    return first_day, (first_day + timedelta(31)).replace(day=1) - timedelta(1)

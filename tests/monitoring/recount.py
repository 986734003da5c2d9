"""M1–M17 counted by hand: plain functions over the rows that people typed, written before anybody looked at how the program counts.

Nothing is imported from `flows` and nothing is shared with it, so that a figure of a note and a figure of this page can only agree by
both being right. Every function says its formula, its population, its cut-off and when the answer is «нет данных» (None). «Decided»
marks what the domain's rules leave open.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from tests.monitoring.recount_cells import (
    MONTHS,
    Book,
    Row,
    Span,
    at_work,
    day,
    difficulties,
    human,
    number,
    person,
    plain,
    sides,
    teaches,
    units,
    who,
    worked,
    yes,
    young,
)
from tests.monitoring.recount_forms import WAVES, Answer, answers, bare, forms, questions, respondent, rows_by
from tests.monitoring.recount_log import Unit, filled, held, logs, longest_silence, planned

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
    mean: Fraction | None


class Change(NamedTuple):
    """How a criterion moved over those who answered both times; `percent` is None when the mean before is 0."""

    respondents: int
    before: Fraction
    after: Fraction
    up: int
    same: int
    down: int

    @property
    def delta(self) -> Fraction:
        return self.after - self.before

    @property
    def percent(self) -> Fraction | None:
        return None if self.before == 0 else self.delta / self.before * 100


class Grown(NamedTuple):
    """How the mentees' difficulties moved: over those marked before and after, on ten points."""

    measured: int
    before: Fraction
    after: Fraction
    up: int
    same: int
    down: int


class Ended(NamedTuple):
    """Programmes that came to their end: finished out of all whose end came; stopped early by reason; those still running."""

    finished: Share | None
    early: dict[str, int]
    running: int


class Card(NamedTuple):
    """The curator's card: the sum of the nine points and its level."""

    points: int
    level: str


# --- who takes part ------------------------------------------------------------------------------------------


def m1(book: Book, span: Span) -> Share | None:
    """Young specialists who are mentees, of all young specialists.

    Part: unique humans that are mentees of a pair at work within the span (see `at_work`), teachers (a student is no young specialist),
    and young by `young`. Whole: «Молодых специалистов всего». None: that number is not typed, is 0, or is less than the part.
    Decided: someone who left during the span still took part in it; a mentee whom the list does not have cannot be told young.
    """
    whole = number(book.settings.get("Молодых специалистов всего"))
    mentees = {
        who(book, row.get("Наставляемый"))
        for row in at_work(book, span)
        if teaches(book, row, "Наставляемый") and young(person(book, "Наставляемые", row.get("Наставляемый")))
    }
    return _of_all(mentees, whole)


def m2(book: Book, span: Span) -> Share | None:
    """Teachers in any role, of all teachers: one human once, also with two pairs, in a reverse pair, under a former surname.

    Pupils, students and employers are no teachers; a head who mentors is counted (decided: he belongs to the staff).
    Whole: «Педагогов всего». None: not typed, 0, or less than take part (then the number is wrong, and so would be the share).
    """
    whole = number(book.settings.get("Педагогов всего"))
    return _of_all(_teachers(book, span, "Наставник") | _teachers(book, span, "Наставляемый"), whole)


def m3(book: Book, span: Span) -> Share | None:
    """Teachers who are mentors of a pair at work within the span, of all teachers; as M2 otherwise."""
    return _of_all(_teachers(book, span, "Наставник"), number(book.settings.get("Педагогов всего")))


def _teachers(book: Book, span: Span, side: str) -> set[str]:
    return {who(book, row.get(side)) for row in at_work(book, span) if teaches(book, row, side)}


def _of_all(people: set[str], whole: int | None) -> Share | None:
    return Share(len(people), whole) if whole and len(people) <= whole else None


# --- papers --------------------------------------------------------------------------------------------------


def m4(book: Book, span: Span) -> Share | None:
    """Pairs with an approved programme, of all pairs at work within the span. None: there is no such pair, or nothing is registered at all.

    Approved: a row of «Документы» of the kind `program.personal` about that pair, with a number and a day not after the cut-off, neither
    cancelled nor replaced. Decided: a group is one pair with one programme, which any of its rows may name; an ended pair stays in;
    an organisation that registers nothing here keeps its papers elsewhere, its «0 %» would speak of the register.
    """
    pairs, approved = units(book, span), _papers(book, "program.personal", span)
    return (
        Share(sum(bool(_codes(rows) & approved) for rows in pairs), len(pairs))
        if pairs and _papers(book, "", span)
        else None
    )


def m5(book: Book, span: Span) -> Share | None:
    """Pairs whose papers are all there, of all pairs at work within the span. None: as M4.

    All there, each dated not after the cut-off: the mentor's consent; every mentee's consent (for a pupil, as mentor too: under 14 the
    representative's, 14 to 17 or of unknown age both); the addendum with its number; registered orders that name every row of the pair.
    Where mentoring is in the job function neither the mentor's consent nor the addendum is asked. Decided: nor is an addendum asked
    of a pair begun before 1 March 2025 or of a mentor who is a pupil or a student; with an employer there is an agreement. A consent
    withdrawn (the cell says so in words) or undated is no consent.
    """
    pairs, ordered = units(book, span), _papers(book, "order.pairs", span)
    ready = [
        rows for rows in pairs if all(_agreed(book, row, span) for row in rows) and _codes(rows) <= ordered
    ]
    return Share(len(ready), len(pairs)) if pairs and _papers(book, "", span) else None


def _codes(rows: list[Row]) -> set[str]:
    return {plain(row.get("⚙ Код")) for row in rows}


def _papers(book: Book, kind: str, span: Span) -> set[str]:
    """The codes that registered papers of the kind (of any kind: "") are about."""
    codes: set[str] = set()
    for row in book.rows("Документы"):
        on, stands = (
            day(row.get("Дата регистрации")),
            plain(row.get("Состояние")) not in {"отменен", "заменен"},
        )
        of_kind = not kind or kind in str(row.get("⚙ Ключ") or "").split("/")
        if of_kind and stands and plain(row.get("Рег. №")) and on and on <= span.cut:
            codes |= {plain(code) for code in str(row.get("⚙ Охват") or "").split()}
    return codes


def _agreed(book: Book, row: Row, span: Span) -> bool:
    mentor = person(book, "Наставники", row.get("Наставник")) or {}
    mentee = person(book, "Наставляемые", row.get("Наставляемый")) or {}
    start, learner = day(row.get("Дата начала")) or date.min, sides(row)[0] in {"ученик", "студент"}
    own_job = yes(mentor.get("Наставничество входит в трудовую функцию")) is True and teaches(
        book, row, "Наставник"
    )
    added = _by(row.get("Дата доп. соглашения"), span) and bool(plain(row.get("Доп. соглашение №")))
    as_pupil = person(book, "Наставляемые", row.get("Наставник")) or {"Должность": mentor.get("Должность")}
    return (
        (own_job or _signed(as_pupil, mentor.get("Дата согласия быть наставником"), start, span))
        and _signed(mentee, mentee.get("Дата согласия на участие"), start, span)
        and (own_job or learner or added or start < ADDENDUM_SINCE)
    )


def _signed(human: Row, own: Any, start: date, span: Span) -> bool:
    """Whether everybody who signs for a human has: for a pupil under 14 the representative, under 18 or of unknown age both."""
    parent = human.get("Дата согласия представителя")
    pupil = plain(human.get("Категория лиц")) == "обучающийся" or "класс" in plain(human.get("Должность"))
    born = day(human.get("Дата рождения"))
    age = (
        start.year - born.year - ((start.month, start.day) < (born.month, born.day))
        if born
        else 17
        if pupil
        else 18
    )
    needed = [parent] if age < 14 else [own, parent] if age < 18 else [own]
    return all(_by(value, span) for value in needed)


def _by(value: Any, span: Span) -> bool:
    return (on := day(value)) is not None and on <= span.cut


# --- meetings ------------------------------------------------------------------------------------------------


def m6(book: Book, span: Span) -> Share | None:
    """Meetings held by the cut-off, of those planned by it, over the units whose log was filled; above 100 % stays as it is.

    Units: pairs and groups at work within the span. A unit whose log nobody filled by the cut-off tells nothing and is left out on both
    sides. What is planned and held: `planned`, `held` (called off is out of the plan, moved stays in it). None: nothing was planned.
    Decided: a unit with no plan of any kind (no plan day, no «Встреч в месяц») is left out on both sides: its meetings would make up
    for those that others missed.
    """
    counted = [
        (plan, len(held(rows))) for unit, rows in _kept(book, span) if (plan := planned(unit, rows, span))
    ]
    return Share(sum(met for _, met in counted), sum(plan for plan, _ in counted)) if counted else None


def m7(book: Book, span: Span) -> Share | None:
    """Units that were never silent longer than the norm, of the units whose log was filled. None: there is no such unit to judge.

    The norm is «Норма: дней между встречами», else 14, or what the unit's own «Встреч в месяц» leaves if that is longer (a plan of two a
    month cannot be scolded for keeping it); days off do not count in a silence; it is measured from the unit's first day in the
    span to the cut-off or the unit's last day, so that a pair that fell silent or never met is not regular. Decided: a unit that has not
    met and whose days are not yet longer than the norm is too young to judge.
    """
    own = number(book.settings.get("Норма: дней между встречами"))
    judged = []
    for unit, rows in _kept(book, span):
        met, norm = held(rows), own or max(14, ceil(31 / unit.monthly) if unit.monthly else 0)
        wait = longest_silence(unit, met, span, book.days_off)
        if met or wait > norm:
            judged.append(wait <= norm)
    return Share(sum(judged), len(judged)) if judged else None


def m8(book: Book, span: Span) -> Share | None:
    """Meetings held with the form of feedback filled (`reviewed`), of all held. None: none was held."""
    met = [meeting for _, rows in _kept(book, span) for meeting in held(rows)]
    return Share(sum(meeting.reviewed for meeting in met), len(met)) if met else None


def _kept(book: Book, span: Span) -> list[tuple[Unit, list[Row]]]:
    return [(unit, rows) for unit, rows in logs(book, span) if filled(rows)]


# --- questionnaires ------------------------------------------------------------------------------------------


def m9(book: Book, span: Span) -> Share | None:
    """Questionnaires that came back within the span, of those handed out, over the forms with «Разослано» and an answer. None: no such form.

    One respondent (a code) counts once in a form; answers without a code count each. «Разослано» of a form is the largest number in its
    rows. Decided: a form without one answer by the cut-off may not have been handed out yet, it is left out on both sides.
    """
    part = whole = 0
    for form in forms(book):
        sent = [
            number(row.get("Разослано")) or 0
            for row in book.rows("Анкеты")
            if plain(row.get("Анкета")) == plain(form)
        ]
        came = {respondent(book, form, row) for row in rows_by(book, form, span)}
        if max(sent) and came:
            whole += max(sent)
            part += len(came)
    return Share(part, whole) if whole else None


def m10(book: Book, span: Span) -> Satisfaction | None:
    """How content the mentees are: answers to the questions marked M10 by mentees (where the form asks for a role), on ten points.

    Variant A: respondents with 8 and more of 10 (or the organisation's own threshold), or «да», of those who answered. Variant B: the mean.
    Decided: the latest wave answered counts (expectations at the start are not contentment); a respondent with several such questions
    enters with their mean, «да» as 10 and «нет» as 0; his last answer to a question wins. None: nobody answered.
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
    given_by = {name: [_of_ten(one.value) for one in own] for name, own in by_person.items()}
    content = sum(sum(points) / len(points) >= enough for points in given_by.values())
    marks = [one.value for own in by_person.values() for one in own if not isinstance(one.value, str)]
    return Satisfaction(content, len(by_person), sum(marks, Fraction()) / len(marks) if marks else None)


def _of_ten(value: Any) -> Fraction:
    return Fraction({"да": 10, "нет": 0}[value]) if isinstance(value, str) else value


def m12(book: Book, span: Span) -> dict[str, Change]:
    """How every criterion moved: mean after less mean before, over respondents (by code) who answered both times.

    Before is «вход», whenever it was answered by the cut-off; after is «выход» within the span, or «промежуточная» while nobody has
    answered at «выход». Marks on their own scale where it is one, else on ten points; the last answer of a code wins; an answer without a code cannot be matched. A criterion with
    nobody matched is not in the answer. Decided: two questions of one criterion in one wave are one mark, their mean.
    """
    criteria = {bare(one.means) for one in questions(book) if bare(one.means).startswith("m12:")}
    later = {wave for criterion in criteria for wave in _waves(answers(book, criterion, "", span))}
    after = "выход" if "выход" in later else "промежуточная"
    moved = {}
    for criterion in criteria:
        first = _waves(answers(book, criterion, "", span, earlier=True)).get("вход", {})
        last = _waves(answers(book, criterion, "", span)).get(after, {})
        if both := sorted(first.keys() & last.keys()):
            moved[criterion.partition(":")[2].strip()] = _change([(first[name], last[name]) for name in both])
    return moved


def _waves(given: list[Answer]) -> dict[str, dict[str, list[Answer]]]:
    """The marks of those known by a code: by wave, then by code."""
    marks: dict[str, dict[str, list[Answer]]] = {}
    for answer in given:
        if answer.coded and not isinstance(answer.value, str):
            marks.setdefault(answer.wave, {}).setdefault(answer.who, []).append(answer)
    return marks


def _change(pairs: list[tuple[list[Answer], list[Answer]]]) -> Change:
    """On the scale that all these marks were given on, on ten points when they were given on several."""
    scales = {answer.out_of for pair in pairs for side in pair for answer in side}
    top = scales.pop() if len(scales) == 1 else 10
    marks = [
        tuple(sum((answer.value for answer in side), Fraction()) / len(side) * top / 10 for side in pair)
        for pair in pairs
    ]
    before, after = (sum(side, Fraction()) / len(marks) for side in zip(*marks, strict=True))
    up, down = sum(b > a for a, b in marks), sum(b < a for a, b in marks)
    return Change(len(marks), before, after, up, len(marks) - up - down, down)


# --- ends, staying, results, the card ------------------------------------------------------------------------


def m13(book: Book, span: Span) -> Ended:
    """Programmes finished, of those whose end has come; stopped early by reason; running ones are said apart, not as «0 %».

    Population: units at work within the span. The end has come: the last day is not after the cut-off, or people typed «завершена» or
    «прекращена» and the note is still open (its period is not over): they know. Finished: «завершена». Stopped: «прекращена», by «Причина
    прекращения». Past its last day while still «действует»: its end came and it is not finished. `finished` None: no end has come.
    Decided: the cut-off is the end of its day; of a group the upper row speaks.
    """
    over: list[tuple[Row, str]] = []
    running = 0
    for rows in units(book, span):
        end, state = day(rows[0].get("Дата окончания")), plain(rows[0].get("Состояние"))
        if (end is not None and end <= span.cut) or (state in {"завершена", "прекращена"} and span.open):
            over.append((rows[0], state))
        else:
            running += 1
    early = Counter(plain(row.get("Причина прекращения")) for row, state in over if state == "прекращена")
    finished = sum(state == "завершена" for _, state in over)
    return Ended(Share(finished, len(over)) if over else None, dict(early), running)


def m14(book: Book, span: Span) -> Share | None:
    """Young mentees who still worked twelve months after their first pair began, of those for whom the twelve months have passed.

    Population: young teachers who are mentees of a pair that was ever at work, its first day at least a year before the cut-off. Left: a
    «уволен» of «Кадровые события» dated before that anniversary (the day of dismissal is the last day of work). Decided: leave for a
    child is still employment; «выбыл» without a dated dismissal is no data, such a person is left out on both sides. None: nobody's
    year has passed.
    """
    begun: dict[str, date] = {}
    for row in book.rows("Пары"):
        start, name = day(row.get("Дата начала")), who(book, row.get("Наставляемый"))
        human = person(book, "Наставляемые", row.get("Наставляемый"))
        ever = worked(row, span._replace(since=date.min))
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
        part += left is None or left >= anniversary
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
    rows = {
        (
            day(row.get("Дата")),
            human(book, row.get("Кто")),
            plain(row.get("Что")),
            plain(row.get("Новое значение")),
        )
        for row in book.rows("Кадровые события")
        if plain(row.get("Что")) in RESULTS and span.has(day(row.get("Дата"))) and human(book, row.get("Кто"))
    }
    counts = Counter(what for _, _, what, _ in rows)
    return {kind: counts.get(kind, 0) for kind in RESULTS}


def m16(book: Book, span: Span) -> Card | None:
    """The curator's card: nine indicators of 0, 1 or 2, their sum out of 18 and its level (15–18, 9–14, 0–8, or the organisation's own).

    The card of the span: its «Период» begins by the cut-off and ends within the note's period; of several the one that ends latest, of
    those that end together the one that begins later, of equals the lower row. A card of a longer period (the
    whole year in a note of the first half), and one whose period cannot be read, count only where no other does and only while the note
    is open: who has filled it in by then means these days. Decided: a blank is no zero, a card with blanks has no sum. None: no card of
    this span, or blanks in it. Levels of the organisation's own count when both are typed.
    """
    cards = []
    for place, row in enumerate(book.rows("Карта оценки")):
        period = card_period(row.get("Период"))
        points = [point for name in CARD if (point := number(row.get(name))) in {0, 1, 2}]
        if period is None and points and span.open:
            cards.append((0, (), place, points))
        elif period and points and period[0] <= span.cut and period[1] >= span.since:
            closed = (
                min(period[1], date(period[1].year, 5, 31)) <= span.until
                if period[1].month == 8
                else period[1] <= span.until
            )
            if closed or span.open:
                cards.append((2 if closed else 1, (period[1], period[0]), place, points))
    points = max(cards)[-1] if cards else []
    if len(points) < len(CARD):
        return None
    good, fair = (
        number(book.settings.get(f"{name} уровень: баллов от")) for name in ("Оптимальный", "Допустимый")
    )
    good, fair = (good, fair) if good and fair else (15, 9)
    total = sum(points)
    return Card(total, "оптимальный" if total >= good else "допустимый" if total >= fair else "недопустимый")


def m17(book: Book, span: Span) -> Grown | None:
    """How the mentees' difficulties moved: the mean of the marks after less that before, over difficulties that have both marks.

    Population: mentees of the pairs at work within the span (`at_work`), a human once whatever number of pairs; every line of
    «Дефициты» with both marks is one difficulty. None: no line has both. Decided: marks bear no day, they count as they stand.
    """
    mentees = {who(book, row.get("Наставляемый")) for row in at_work(book, span)}
    rows = [row for row in book.rows("Наставляемые") if plain(row.get("ФИО")) in mentees]
    marks = [
        (before, after)
        for row in rows
        for _, before, after in difficulties(row.get("Дефициты"))
        if before is not None and after is not None
    ]
    if not marks:
        return None
    first, last = (sum(side, Fraction()) / len(marks) for side in zip(*marks, strict=True))
    up, down = sum(b > a for a, b in marks), sum(b < a for a, b in marks)
    return Grown(len(marks), first, last, up, len(marks) - up - down, down)


def card_period(value: Any) -> tuple[date, date] | None:
    """The days a card speaks of: a day, «Май 2027», «I полугодие 2026/2027», «2026/2027»; a school year ends on 31 August."""
    if on := day(value):
        return on, on
    text = plain(value)
    if years := re.search(r"(\d{4})\s*[/-]\s*(\d{4})", text):
        first, last = int(years.group(1)), int(years.group(2))
        if "полугоди" in text:
            half = text.split(" ")[0] in {"ii", "2", "второе", "2-е"}
            return (date(last, 1, 1), date(last, 8, 31)) if half else (date(first, 9, 1), date(first, 12, 31))
        return date(first, 9, 1), date(last, 8, 31)
    month = re.fullmatch(r"([а-я]+)\s+(\d{4})(?:\s*г\.?)?", text)
    place = next((n for n, stem in enumerate(MONTHS, 1) if month and month.group(1).startswith(stem)), None)
    if month is None or place is None:
        return None
    first_day = date(int(month.group(2)), place, 1)
    return first_day, (first_day + timedelta(31)).replace(day=1) - timedelta(1)

"""«Кадровые события» read: what happened to whom on which day, whatever name the row tells, and rows that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.statuses import (
    ATTESTED,
    CARE_LEAVE,
    CONTEST,
    DISMISSED,
    NEW_POST,
    OPEN_LESSON,
    PUBLISHED,
    RENAMED,
    TRANSFERRED,
)
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from flows.domain.model import Person, Row

STEMS = {
    "увол": DISMISSED, "выбы": DISMISSED, "отпуск по": CARE_LEAVE, "декрет": CARE_LEAVE, "перев": TRANSFERRED,
    "смена фам": RENAMED, "смена долж": NEW_POST, "аттест": ATTESTED, "конкурс": CONTEST,
    "открыт": OPEN_LESSON, "публик": PUBLISHED,
}  # fmt: skip
CHANGES_POST = frozenset({NEW_POST, TRANSFERRED})
CHANGES = CHANGES_POST | {RENAMED, DISMISSED, CARE_LEAVE}
NOBODY = "Такого человека нет в списках наставников и наставляемых. Впишите его код или добавьте в список."
SEVERAL = (
    "В списке несколько людей с таким ФИО: неясно, о ком событие, и оно не учтено. Впишите вместо ФИО код."
)
# How often a chain of renamed people is followed: more marriages of one person stand in no book.
MARRIAGES = 9


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """Something that happened to a person (`person` is a code): left, moved, renamed, passed, won, published.

    `value` is the new surname or post, the name of a contest or publication; `called` the name that the row tells,
    `row` the row's own code.
    """

    day: date | None
    person: str
    what: str
    origin: Origin = field(default_factory=Origin)
    value: str = ""
    called: str = ""
    row: str = ""


def events_from_rows(
    rows: Sequence[Row], people: Mapping[str, Person]
) -> tuple[tuple[StaffEvent, ...], tuple[Problem, ...]]:
    """Read the tab; «Кто» is a code or a name of the lists, a former or a new one too. Never raises.

    What happened is in the order of days, of one day in the order of rows.
    """
    codes = _codes(rows, people)
    events: list[StaffEvent] = []
    problems: list[Problem] = []
    for row in rows:
        if not row.text("Что"):
            continue
        person = codes.get(fold(row.text("Кто")))
        value, called = row.text("Новое значение"), row.text("Кто")
        event = StaffEvent(row.day("Дата"), person or "", _what(row), row.origin, value, called, row.code)
        problems += _event_problems(row, event, SEVERAL if person == "" else NOBODY)
        if event.what and event.day and event.person:
            events.append(event)
    return tuple(sorted(events, key=in_order)), tuple(problems)


def in_order(event: StaffEvent) -> tuple[int, int]:
    """Order events by their days, those of one day by their rows."""
    return event.day.toordinal() if event.day else 0, event.origin.row


def renamed(name: str, value: str) -> str:
    """Put a new surname before the old given names; a whole name is taken as it is."""
    words = value.split()
    return " ".join(words) if len(words) > 1 else " ".join([value.strip(), *name.split()[1:]])


def _what(row: Row) -> str:
    return next((name for stem, name in STEMS.items() if fold(row.text("Что")).startswith(stem)), "")


def _codes(rows: Sequence[Row], people: Mapping[str, Person]) -> dict[str, str]:
    """Return whom a name or a code means, nobody («») where it means several of one list.

    A row about a new surname tells two names of one person: whichever of them the lists have, both mean that person.
    """
    known: dict[str, str] = {}
    for code, person in people.items():
        above = known.setdefault(fold(person.name), code) if person.name else ""
        if above and above != code and people[above].role == person.role:
            known[fold(person.name)] = ""
    known |= {fold(code): code for code in people}
    weddings = [row for row in rows if _what(row) == RENAMED and row.text("Новое значение")]
    for _ in range(min(len(weddings), MARRIAGES)):
        for row in weddings:
            who = row.text("Кто")
            code = known.get(fold(who), "")
            before = people[code].name if code and fold(who) == fold(code) else who
            after = renamed(before, row.text("Новое значение"))
            code = (
                code
                or known.get(fold(after), "")
                or (_alone(who, people) if fold(who) == fold(after) else "")
            )
            if code:
                known.setdefault(fold(who), code)
                known.setdefault(fold(after), code)
    return _formerly(rows, people, {known.get(fold(row.text("Кто")), "") for row in weddings}) | known


def _formerly(rows: Sequence[Row], people: Mapping[str, Person], married: Collection[str]) -> dict[str, str]:
    """Return whom a name means that no list has any more: the only one with its given names who has another surname since."""
    brides = [people[code] for code in married if code in people]
    told: dict[str, str] = {}
    for name in {fold(row.text("Кто")) for row in rows}:
        alike = {bride.code for bride in brides if name.split()[1:] == fold(bride.name).split()[1:]}
        if name.split()[1:] and len(alike) == 1:
            told[name] = alike.pop()
    return told


def _alone(name: str, people: Mapping[str, Person]) -> str:
    """Return the code of the only listed name with the given names of a new name: its row in the list is not put right yet."""
    given = fold(name).split()[1:]
    alike = {
        fold(person.name): code for code, person in people.items() if fold(person.name).split()[1:] == given
    }
    return next(iter(alike.values())) if given and len(alike) == 1 else ""


def _event_problems(row: Row, event: StaffEvent, unknown: str) -> list[Problem]:
    faults = (
        ("Что", event.what, "Непонятно, что произошло. Выберите событие из списка."),
        ("Дата", event.day, "У события нет даты, поэтому оно не учтено. Впишите дату."),
        ("Кто", event.person, unknown),
    )
    return [
        _question(replace(row.origin, column=column), message, row.text(column), row.code)
        for column, value, message in faults
        if not value
    ]


def contradictions(events: Sequence[StaffEvent]) -> Iterator[Problem]:
    """Find events of one person that cannot both be so: two of one sort on one day, or anything beside or after a dismissal."""
    told: dict[str, list[StaffEvent]] = {}
    for event in events:
        if event.what not in CHANGES:
            continue
        for above in told.setdefault(event.person, []):
            said = _against(above, event)
            if said:
                cell = replace(event.origin, column="Дата")
                yield Problem(
                    Severity.QUESTION,
                    "staff-clash",
                    cell,
                    said,
                    printed=f"{event.day:%d.%m.%Y}",
                    subject=event.row,
                )
                break
        told[event.person].append(event)


def _against(above: StaffEvent, event: StaffEvent) -> str:
    day = f"{above.day:%d.%m.%Y}"
    if above.day == event.day and above.what == event.what and fold(above.value) != fold(event.value):
        return f"На {day} у этого человека два события «{event.what}» с разными значениями: учтена нижняя строка. Оставьте одну или ответьте «да»."
    if DISMISSED in {above.what, event.what} and above.day == event.day and above.what != event.what:
        other = above.what if event.what == DISMISSED else event.what
        return f"В один день {day} и «{DISMISSED}», и «{other}»: учтены оба события. Проверьте даты; если всё верно, ответьте «да»."
    if above.what == DISMISSED and above.day != event.day:
        return f"Событие позже увольнения этого человека ({day}): он считается выбывшим с того дня. Проверьте даты; если всё верно, ответьте «да»."
    return ""


def _question(origin: Origin, message: str, printed: str, subject: str) -> Problem:
    return Problem(Severity.QUESTION, "staff-event", origin, message, printed=printed, subject=subject)

"""What a person let the organisation publish: each sort of data apart, as the consent to publication asks about it.

The form asks about the sorts one by one (приказ Роскомнадзора от 24.02.2021 № 18): each is a column of the book, and
what the site shows of a person is only what a plain «да» lets. A «да» with a condition is for people to keep.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Problem, Severity
from flows.domain.text import fold
from flows.domain.yes_and_no import YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.domain.model import Person, Row

NAME, HELP, PART = "Публикация: ФИО", "Публикация: чем готов помочь", "Публикация: участие в наставничестве"
POST, PICTURE, MERITS = (
    "Публикация: должность, категория",
    "Публикация: фото и видео",
    "Публикация: достижения",
)
SORTS = {
    NAME: "фамилия, имя, отчество",
    POST: "должность, квалификационная категория",
    HELP: "чем готов помочь наставляемым",
    PICTURE: "фотографии, видеозаписи с участием",
    PART: "сведения об участии в наставничестве: роль, форма, срок",
    MERITS: "сведения о достижениях и наградах",
}
OF_PUPILS = {POST: "класс или курс"}
UNSAID = (
    "Согласие на распространение подписано, а что можно публиковать, не сказано: {codes}. На сайте будет только роль. "
    "Перенесите ответы из согласия в столбцы «Публикация» или ответьте «да», если имён на сайте не нужно."
)


def read(row: Row) -> tuple[tuple[str, str], ...]:
    """Return what a row says of each sort of data; sorts of which nobody said anything are left out."""
    return tuple((column, text) for column in SORTS if (text := row.text(column)))


def sorts(person: Person, *, pupil: bool) -> tuple[str, ...]:
    """Return the sorts of data that a person is asked about, as the form prints them: what helps mentees, of mentors only."""
    names = SORTS | (OF_PUPILS if pupil else {})
    return tuple(name for column, name in names.items() if column != HELP or person.role == "mentor")


def lets(person: Person, column: str) -> bool:
    """Tell whether a person agreed to the publication of a sort of data without any condition."""
    said = fold(dict(person.publishing).get(column, "")).rstrip(".!")
    return person.consent_public is not None and said in YES


def lets_name(person: Person) -> bool:
    """Tell whether the site may name a person among those who take part."""
    return lets(person, NAME) and lets(person, PART)


def unsaid(people: Iterable[Person]) -> Iterator[Problem]:
    """Ask once about those whose consent to publication is signed while the book does not say what it lets."""
    silent = sorted(
        (person for person in people if person.consent_public and not person.publishing),
        key=lambda person: (person.role, person.code),
    )
    if silent:
        origin = replace(silent[0].origin, column=NAME)
        said = UNSAID.format(codes=", ".join(person.code for person in silent))
        yield Problem(Severity.QUESTION, "publication-unsaid", origin, said, subject=silent[0].code)

"""The questionnaires as a careful person reads them, for `recount`: who answered, in which wave, with what mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.monitoring.recount_cells import STAMP, Book, Row, Span, day, mark, person_code, plain

if TYPE_CHECKING:
    from fractions import Fraction

WAVES = ("вход", "промежуточная", "выход")


class Question(NamedTuple):
    """A row of «Анкеты»: which form's column it is and what the curator wants counted."""

    form: str
    text: str
    means: str
    wave: str


class Answer(NamedTuple):
    """One cell of one respondent. `who` is the code, or the row's own place for an answer without one (`coded` False).

    `value` is on ten points, whatever scale (`out_of`) the mark was given on.
    """

    who: str
    coded: bool
    wave: str
    value: Any
    out_of: int


def questions(book: Book) -> list[Question]:
    """All questions of «Анкеты»; a column whose header asks for the code («Ваш код») is one even while nobody set «код»."""
    rows = [
        Question(*(plain(row.get(name)) for name in ("Анкета", "Вопрос", "Показатель", "Волна")))
        for row in book.rows("Анкеты")
    ]
    return [
        row._replace(means="код") if not row.means and re.search(r"\bкод\b", row.text) else row
        for row in rows
    ]


def forms(book: Book) -> list[str]:
    """The tabs with answers that «Анкеты» speaks of."""
    named = {plain(row.get("Анкета")) for row in book.rows("Анкеты")}
    return [tab for tab in book.tabs if plain(tab) in named]


def rows_by(book: Book, form: str, span: Span, *, earlier: bool = False) -> list[Row]:
    """The form's answers known by the cut-off, oldest first; before the span only if `earlier`; a row without a time belongs to the span.

    A row with nothing but a time is no answer.
    """
    rows = []
    for place, row in enumerate(book.rows(form)):
        on = day(row.get(STAMP))
        timely = on is None or (on <= span.cut and (earlier or on >= span.since))
        if timely and any(plain(value) for head, value in row.items() if head != STAMP):
            rows.append((str(row.get(STAMP) or ""), place, row))
    return [{**row, "": place} for _, place, row in sorted(rows, key=lambda item: item[:2])]


def cell(row: Row, text: str) -> Any:
    """The row's cell under the question."""
    return next((value for head, value in row.items() if plain(head) == text), None)


def respondent(book: Book, form: str, row: Row) -> tuple[str, bool]:
    """Who answered: the code in one spelling, else the row's place in its tab."""
    column = next(
        (asked.text for asked in questions(book) if asked.form == plain(form) and asked.means == "код"), None
    )
    code = person_code(cell(row, column)) if column else ""
    return (code, True) if code else (f"{form}#{row['']}", False)


def last_rows(book: Book, form: str, span: Span, *, earlier: bool = False) -> list[Row]:
    """The form's answers with the last of each respondent alone: who answers again takes back all he said before."""
    return list(
        {respondent(book, form, row): row for row in rows_by(book, form, span, earlier=earlier)}.values()
    )


def role(book: Book, form: str, row: Row) -> str:
    """«наставник» or «наставляемый» as typed, else by the letter of the code (Н-003, Л-005), else «»; «любая» where no role is asked."""
    column = next(
        (asked.text for asked in questions(book) if asked.form == plain(form) and asked.means == "роль"), None
    )
    if column is None:
        return "любая"
    typed = plain(cell(row, column)) or {"н": "наставник", "л": "наставляемый"}.get(
        respondent(book, form, row)[0][:1], ""
    )
    if typed.startswith("наставляем"):
        return "наставляемый"
    return "наставник" if typed.startswith("наставни") else ""


def answers(book: Book, means: str, wanted: str, span: Span, *, earlier: bool = False) -> list[Answer]:
    """All answers to the questions of one meaning («m10», «m12: комфорт»), on a ten-point scale.

    `wanted` is the role counted, «» for every role. A value is a mark, «да» or «нет»; what cannot be read is no answer.
    """
    given: list[tuple[str, tuple[str, str, str], Answer]] = []
    for form in forms(book):
        asked = [one for one in questions(book) if one.form == plain(form) and bare(one.means) == means]
        scales = {one.text: scale(book, form, one) for one in asked}
        for row in last_rows(book, form, span, earlier=earlier):
            if wanted and role(book, form, row) not in {wanted, "любая"}:
                continue
            name, coded = respondent(book, form, row)
            for one in asked:
                value = _value(cell(row, one.text), scales[one.text])
                if value is not None:
                    named = re.search(r"(?:/|из)\s*(5|10)\b", plain(cell(row, one.text)))
                    out_of = int(named.group(1)) if named else scales[one.text] or 10
                    answer = Answer(name, coded, one.wave, value, out_of)
                    given.append((str(row.get(STAMP) or ""), (name, one.wave, one.text), answer))
    return list({name: answer for _, name, answer in sorted(given, key=lambda item: item[0])}.values())


def bare(means: str) -> str:
    """The meaning without its scale: «M12: комфорт (шкала 5)» is «m12: комфорт». A Cyrillic «М» at its head is meant as the Latin one."""
    text = means.replace("(шкала 5)", "").strip()
    return "m" + text[1:] if re.match(r"м1\d", text) else text


def scale(book: Book, form: str, asked: Question) -> int | None:
    """The scale of a column's bare marks: as «Показатель» says, else ten when one of them is above five, else the one scale that
    marks like «4 из 5» name; None when nothing tells. (Then whoever set the form is asked, and bare marks wait.)
    """
    if "(шкала 5)" in asked.means:
        return 5
    cells = [cell(row, asked.text) for row in book.rows(form)]
    named = {
        int(match.group(1))
        for each in cells
        if (match := re.search(r"(?:/|из)\s*(5|10)\b", plain(each))) and mark(each)
    }
    bare_marks = [
        points for each in cells if not re.search(r"/|из", plain(each)) and (points := mark(each)) is not None
    ]
    return 10 if any(points > 5 for points in bare_marks) else named.pop() if len(named) == 1 else None


def _value(value: Any, points: int | None) -> Fraction | str | None:
    if plain(value) in {"да", "нет"}:
        return plain(value)
    if points is None and not re.search(r"/|из", plain(value)):
        return None
    return mark(value, points or 10)

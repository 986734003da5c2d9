"""Small remarks on the wording of a roadmap are told in one line, and each stays on its own cell."""

from __future__ import annotations

from dataclasses import replace

from flows.domain.book import trifles
from flows.domain.book.answers import Answer, Answers, Force, key_of
from flows.domain.model import Activity, Origin, Problem, Severity
from flows.domain.tabs import ROADMAP
from flows.domain.terms.reading import parse

BOOK = "Книга"
TERM = parse("Май 2027", None)


def row(code, number, doing="Встреча", at=2):
    return Activity(code, number, "", doing, "", TERM, (), "", (), Origin(BOOK, ROADMAP, at, "Мероприятие"))


def remark(code, subject, message="Текст.", at=2):
    return Problem(Severity.NOTE, code, Origin(BOOK, ROADMAP, at, "Мероприятие"), message, subject=subject)


ROWS = (row("М-001", "1.1."), row("М-002", "2"), row("М-003", "", "Итоги  года"))
SMALL = (
    remark("straight-quotes", "М-001"), remark("straight-quotes", "М-002"), remark("stray-mark", "М-003"),
    remark("typo", "М-002", "Похоже на опечатку: «сороками». Текст оставлен как есть."), remark("word-junk", ""),
)  # fmt: skip
OTHER = remark("empty-result", "М-001")


def told(problems, given=None, hidden=frozenset()):
    return trifles.in_book(problems, ROWS, BOOK, given or Answers(), hidden)


def test_small_remarks_are_counted_sorted_and_found_by_their_points():
    problems, (one,) = told((SMALL[0], OTHER, *SMALL[1:]))
    assert problems == (SMALL[0], OTHER, *SMALL[1:], one)
    assert one.message == (
        "К тексту: 5 мелочей – прямые кавычки вместо «ёлочек» (пп. 1.1, 2); лишний знак («Итоги года»); "
        "похоже на опечатку «сороками» (п. 2); в файле служебные пометки Word. "
        "Каждая записана в столбце «⚙ Замечание» своей строки. Если править не нужно, ответьте «да»: мелочи больше не покажутся."
    )
    assert (one.severity, one.origin.tab, key_of(one)) == (
        Severity.NOTE,
        ROADMAP,
        f"{trifles.CODE}/{ROADMAP}//",
    )


def test_without_small_remarks_there_is_no_line():
    assert told((OTHER,)) == ((OTHER,), ())


def test_a_remark_that_a_person_hid_by_itself_is_not_counted():
    _, (one,) = told(SMALL[:2], hidden=frozenset({key_of(SMALL[1])}))
    assert one.message.startswith("К тексту: 1 мелочь – прямые кавычки вместо «ёлочек» (п. 1.1).")


def test_an_answer_to_the_line_closes_every_small_remark_and_nothing_else():
    _, (one,) = told(SMALL)
    yes = Answer(key_of(one), "", "", "да")
    problems, asked = told((*SMALL, OTHER), Answers({yes.asked: Force(yes, closes=True)}))
    assert (problems, asked[0].code) == ((OTHER,), trifles.CODE)
    assert told((*SMALL, OTHER), hidden=frozenset({key_of(one)}))[0] == (OTHER,)


def test_a_remark_of_a_file_is_called_by_the_point_of_its_row():
    of_file = [replace(each, origin=Origin("План.docx", "", each.origin.row)) for each in SMALL[:1]]
    one = trifles.folded(of_file, lambda _: "3.6", Origin("План.docx"), "Все: read.")
    assert one
    assert one.message == "К тексту: 1 мелочь – прямые кавычки вместо «ёлочек» (п. 3.6). Все: read."

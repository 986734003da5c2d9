"""Findings are told by cause: стоп first, one sentence with its count and its cells, what is new never folded."""

from __future__ import annotations

from flows.domain.book import causes
from flows.domain.book.answers import key_of
from flows.domain.model import Origin, Problem, Severity

STOP, QUESTION, NOTE = Severity


def finding(code="term", row=2, message="Срок не указан.", weight=QUESTION, **more):
    tab = more.pop("tab", "Дорожная карта")
    return Problem(weight, code, Origin("книга", tab, row, "Срок"), message, subject=f"М-{row:03}", **more)


def only(*problems, fresh=()):
    (cause,) = causes.by_cause(problems, fresh)
    return cause


def test_stops_come_before_questions_and_notes_and_findings_of_one_cause_stand_together():
    note, one, other = finding("note", weight=NOTE), finding(row=3), finding("number", 4, "Номер уже был.")
    second, stop = finding(row=9), finding("years", 5, "Срок за годы плана.", STOP)
    assert causes.ordered([note, one, other, second, stop]) == [stop, one, second, other, note]


def test_the_reader_of_a_file_is_told_points_and_not_its_rows():
    points = {
        ("Дорожная карта", 2): "1.1",
        ("Дорожная карта", 3): "1.2",
        ("Дорожная карта", 4): "«Итоги года»",
    }
    (cause,) = causes.by_cause([finding(row=2), finding(row=3), finding(row=4)], points=points)
    assert cause.where == "Дорожная карта, пункты 1.1, 1.2, «Итоги года»"
    assert only(finding(row=2)).where == "Дорожная карта, строка 2"
    (cause,) = causes.by_cause([finding(row=2, tab="Пары")], points=points)
    assert cause.where == "Пары, строка 2"


def test_a_cause_names_each_row_once_and_counts_the_findings():
    cause = only(finding(row=24), finding(row=24, proposal="май"), finding(row=7))
    assert (len(cause.problems), cause.where) == (3, "Дорожная карта, строки 24, 7")
    assert only(finding(row=24), finding(row=24)).where == "Дорожная карта, строка 24"
    assert only(finding(row=0)).where == "Дорожная карта"
    assert only(finding(row=2, tab="Пары"), finding(row=0, tab="Пары")).where == "Пары, строка 2"


def test_a_long_list_of_rows_ends_with_how_many_are_left_out_unless_they_are_new():
    rows = [finding(row=row) for row in range(2, 14)]
    assert only(*rows).where == "Дорожная карта, строки 2, 3, 4, 5, 6, 7, 8, 9 и ещё 4"
    fresh = frozenset(map(key_of, rows))
    assert only(*rows, fresh=fresh).where.endswith("10, 11, 12, 13")
    assert only(*rows[:9]).where.endswith("9, 10")


def test_sentences_that_differ_in_a_name_a_code_or_a_number_are_one_cause_and_the_others_are_named():
    typo = "Похоже на опечатку: «{}». Текст «как есть»."
    cause = only(
        *(finding("typo", at, typo.format(word)) for at, word in enumerate(("сороками", "наствник"), 2))
    )
    assert cause.message == "Похоже на опечатку: «сороками». Текст «как есть». То же: «наствник»."
    pairs = [finding("consent", at, f"Пара участника Н-00{at} уже работает.") for at in range(1, 9)]
    assert only(*pairs).message == (
        "Пара участника Н-001 уже работает. То же: Н-002, Н-003, Н-004, Н-005, Н-006 и ещё 2."
    )
    drafts = [
        finding("draft", at, f"ПР-2027-{at:03}: инициалы стоят то до фамилии, то после.") for at in (1, 2, 3)
    ]
    assert only(*drafts).message.endswith("То же: ПР-2027-002, ПР-2027-003.")
    assert len(causes.by_cause([finding(message="Срок не понят."), finding(message="Срок не указан.")])) == 2


def test_a_proposal_is_told_only_where_all_propose_the_same():
    assert only(finding(proposal="май\n2027"), finding(row=3, proposal="май 2027")).proposal == "май 2027"
    assert not only(finding(proposal="май"), finding(row=3, proposal="июнь")).proposal


def test_what_stops_a_paper_and_what_is_new_is_shown_beyond_the_limit():
    stops = [finding(f"stop-{at}", message=f"Стоп{'.' * at}", weight=STOP) for at in range(3)]
    known = [finding(f"known-{at}") for at in range(5)]
    new = finding("note", weight=NOTE, message="Новое.")
    told = causes.by_cause([*known, new, *stops], {key_of(new)})
    seen, left = causes.shown(told, 5)
    assert [each.problems[0].code for each in seen] == ["stop-0", "stop-1", "stop-2", "known-0", "note"]
    assert [each.problems[0].code for each in left] == ["known-1", "known-2", "known-3", "known-4"]
    assert (len(causes.shown(told, 2)[0]), len(causes.shown(told, 12)[1])) == (4, 0)


def test_a_new_finding_of_a_known_cause_is_told_before_the_known_ones():
    old, new = [finding(row=row) for row in (2, 3)], finding(row=9)
    first, second = causes.by_cause([*old, new], {key_of(new)})
    assert (first.problems, first.fresh, second.problems, second.fresh) == ((new,), True, (*old,), False)

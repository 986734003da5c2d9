"""A file laid beside the book: every row finds its own, whatever was added, dropped, renumbered or reworded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.domain.model import Activity, Origin, Row
from flows.domain.roadmap import file_merge, file_trace
from flows.domain.terms.reading import parse

TEXTS = (
    "Издать приказ о внедрении наставничества", "Закрепить наставнические пары", "Провести анкетирование педагогов", "Собрать согласия участников",
    "Обновить страницу сайта", "Подвести итоги работы пар", "Мониторинг", "Мониторинг", "Обучить наставников", "Составить расписание встреч",
)  # fmt: skip


def activity(number, text, term="Май 2027", facts=frozenset()):
    return Activity(
        "",
        number,
        "1. Этап",
        text,
        "",
        parse(term, None),
        (),
        "Справка",
        (),
        Origin(),
        printed_term=term,
        printed_responsible="Куратор",
        facts=facts,
    )


FILE = [activity(f"1.{at}", text, f"{at + 1:02}.05.2027") for at, text in enumerate(TEXTS, 1)]


def book(activities):
    """The rows of a book into which a file was brought."""
    return [
        Row(Origin("книга", "Дорожная карта", at), f"М-{at:03}", dict(told))
        for at, (_, told) in enumerate(file_merge.merged((), activities).fresh, 2)
    ]


def pairs(rows, activities):
    found = file_merge.matched(rows, [file_merge.printed(each) for each in activities])
    return {at: row.code for at, row in found.items()}


def test_the_same_file_changes_nothing():
    merge = file_merge.merged(book(FILE), FILE)
    assert (dict(merge.cells), merge.fresh, merge.changes, merge.gone) == ({}, (), (), ())


@settings(deadline=None)
@given(st.permutations(range(len(FILE))), st.sets(st.integers(0, len(FILE) - 1)), st.data())
def test_rows_that_were_moved_renumbered_or_dropped_find_their_own(order, dropped, data):
    rows = book(FILE)
    left = [at for at in order if at not in dropped]
    numbers = data.draw(st.permutations([f"{at}" for at in range(len(left))]))
    file = [replace(FILE[at], number=number) for at, number in zip(left, numbers, strict=True)]
    found = pairs(rows, file)
    assert {at: code for at, code in found.items() if FILE[left[at]].activity != "Мониторинг"} == {
        at: f"М-{own + 2:03}" for at, own in enumerate(left) if FILE[own].activity != "Мониторинг"
    }  # fmt: skip
    assert len(set(found.values())) == len(found) == len(left)
    assert {row.code for row in file_merge.merged(rows, file).gone} == {
        f"М-{at + 2:03}" for at in dropped
    } or "Мониторинг" in {FILE[at].activity for at in dropped}


def test_a_reworded_row_is_known_by_its_number_and_a_new_one_in_its_place_is_not():
    rows = book(FILE)
    reworded = [*FILE[:2], replace(FILE[2], activity="Провести анкетирование всех педагогов сада"), *FILE[3:]]
    assert pairs(rows, reworded)[2] == "М-004"
    other = [*FILE[:2], replace(FILE[2], activity="Купить цветы ветеранам"), *FILE[3:]]
    merge = file_merge.merged(rows, other)
    assert ([row.code for row in merge.gone], [above for above, _ in merge.fresh]) == (["М-004"], [3])


def test_two_rows_alike_in_words_are_told_by_their_terms():
    file = [*FILE[:6], replace(FILE[7], number="1.7"), replace(FILE[6], number="1.8"), *FILE[8:]]
    found = pairs(book(FILE), file)
    assert (found[6], found[7]) == ("М-009", "М-008")


@pytest.mark.parametrize(("here", "file", "now", "kept"), [
    ("Май 2027", "Июнь 2027", "Июнь 2027", False), ("Апрель 2027", "Май 2027", "Апрель 2027", None), ("Апрель 2027", "Июнь 2027", "Апрель 2027", True),
    ("Июнь  2027", "Июнь 2027", "Июнь  2027", None), ("", "Июнь 2027", "", True), ("Май 2027", "", "", False),
])  # fmt: skip
def test_three_texts_meet_in_a_cell(here, file, now, kept):
    (row,) = book([activity("1", "Подвести итоги")])
    row = replace(row, cells={**row.cells, "Срок (как в документе)": here})
    merge = file_merge.merged([row], [activity("1", "Подвести итоги", file)])
    assert merge.cells.get(2, {}).get("Срок (как в документе)", here) == now
    assert [each.kept for each in merge.changes] == ([] if kept is None else [kept])


def test_the_hidden_cell_reads_back_what_it_was_written_with():
    told = file_merge.printed(FILE[0])
    for facts, gone in ((frozenset(), False), (frozenset({"joined", "file:word-junk"}), True)):
        source = replace(file_trace.of_file(told, facts), gone=gone)
        assert file_trace.source(Row(Origin(), "", {file_trace.HEADER: source.spelled})) == source
    for spoilt in ("", "что-то", "a b c | | "):
        assert file_trace.source(Row(Origin(), "", {file_trace.HEADER: spoilt})).sums == {}


def test_a_great_plan_is_laid_beside_itself():
    many = [activity(f"{at}", f"{TEXTS[at % 10]} в группе {at}") for at in range(200)]
    rows = book(many)
    assert not file_merge.merged(rows, many).changes
    other = file_merge.merged(
        rows,
        [replace(each, number=f"9.{at}", activity=f"Иное {at * 7919} дело") for at, each in enumerate(many)],
    )
    assert len(other.fresh) + len(other.changes) >= 190

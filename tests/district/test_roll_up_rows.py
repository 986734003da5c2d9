"""How the district's rows stand in organisations: a word, a day, papers with number and date, the organisation's own word."""

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.district.handing import WITHDRAWN
from flows.domain.district.nameless import nameless
from flows.domain.district.returns import RowState
from flows.domain.district.row_states import Standing, row_states
from flows.domain.district.tables import Roll, tables
from flows.domain.model import Origin, Row
from flows.domain.tabs import PERFORMANCE
from tests.district.given import DAY, MEMBERS, NAMES, gave, handed, rolled, shut, standing
from tests.monitoring.monitoring_school import METHOD, activity, facts, filed, person

ROW = handed("М-005", "1.3", windows=(("2026-09-01", "2026-10-15"),))
TITLES = {"order.curator": "Приказ о назначении куратора", "consent.duty": "Согласие"}
CURATOR = ("order.curator",)


def state(
    status="", *papers, term="до 15.10.2026", documents=CURATOR, today=DAY, proof="", people=(), **cells
):
    """How the district's one row stands in an organisation that has it in its roadmap."""
    own = activity("М-012", "Назначение куратора", term, documents=documents, status=status, proof=proof)
    row = Row(Origin(tab="Дорожная карта", row=2), "М-012", {"⚙ Из района": "М-005 | a b c", **cells})
    standing = Standing((row,), {"М-012": papers}, {}, True, TITLES, nameless(people))
    (only,) = row_states([ROW], facts(activities=(own,), today=today, people=people), standing)
    return only


def order(**told):
    return replace(filed("order.curator", "dubok", date(2026, 10, 1), "12-од"), **told)


def test_a_row_that_is_done_has_its_day_and_its_papers_by_number_and_date():
    only = state("выполнено", order(), **{"Дата выполнения": date(2026, 10, 2)})
    assert (only.row, only.own, only.state, only.done) == ("М-005", "М-012", "выполнено", date(2026, 10, 2))
    assert only.papers == ("Приказ о назначении куратора № 12-од от 01.10.2026",)


def test_a_row_done_without_a_day_takes_that_of_its_paper():
    assert state("выполнено", order()).done == date(2026, 10, 1)


def test_what_shows_that_it_is_done_is_told_unless_it_names_people():
    people = (person("Н-001", name="Орлова Вера Дмитриевна"),)
    assert state("выполнено", proof="приказ № 12").word == "приказ № 12"
    assert "Орлов" not in state("выполнено", proof="приказ об Орловой", people=people).word


def test_a_row_whose_every_paper_is_registered_is_done_though_nobody_marked_it():
    only = state("", order())
    assert (only.state, only.done, only.word) == (
        "выполнено",
        date(2026, 10, 1),
        "документы зарегистрированы",
    )


def test_a_draft_is_no_paper_yet():
    only = state("", order(number="", day=None, state="проект"), term="до 15.10.2027")
    assert (only.state, only.papers) == ("в работе", ("Приказ о назначении куратора (черновик)",))


def test_a_row_that_calls_for_more_papers_than_are_registered_is_not_done():
    assert state("", order(), documents=(*CURATOR, "regulation"), term="до 15.10.2027").state == "в работе"


def test_a_row_that_comes_again_is_done_by_its_state_alone():
    assert state("", order(), term="Декабрь 2026, май 2027").state == "в работе"


def test_what_is_not_for_them_tells_why():
    only = state("", **{"Не для нас: почему": "Действует приказ прошлого года"})
    assert (only.state, only.word) == ("не для нас", "Действует приказ прошлого года")
    assert state("не требуется").word == "причина не указана"


def test_a_row_that_is_done_all_the_same_is_done():
    assert state("выполнено", **{"Не для нас: почему": "Действует приказ прошлого года"}).state == "выполнено"


@pytest.mark.parametrize(
    ("status", "term", "word"),
    [
        ("", "до 15.10.2026", "просрочено"),
        ("в работе", "до 15.10.2026", "просрочено"),
        ("не начато", "до 20.05.2027", "не начато"),
        ("", "до 20.05.2027", "не начато"),
        ("перенесено", "до 20.05.2027", "в работе"),
    ],
)
def test_an_open_row_stands_by_its_term_and_its_state(status, term, word):
    assert state(status, term=term).state == word


def test_a_row_without_days_of_its_own_is_judged_by_the_districts():
    assert state("", term="В течение года").state == "просрочено"
    assert state("", term="В течение года", today=date(2026, 10, 1)).state == "не начато"


def test_many_alike_papers_are_counted():
    papers = [
        replace(filed("consent.duty", f"Н-00{at}"), number="" if at == 1 else str(at)) for at in range(1, 6)
    ]
    papers[0] = replace(papers[0], day=None, state="проект")
    assert state("в работе", *papers, term="до 15.10.2027").papers == ("Согласие: 5, зарегистрировано 4",)


def test_data_that_the_districts_note_waits_for_are_known():
    assert state("", documents=("data.submission",)).submits
    assert not state("", documents=CURATOR).submits


def absent(known=None, *, can_lay=True, row=ROW):
    standing = Standing((), {}, known or {}, can_lay, TITLES, nameless(()))
    return [each.state for each in row_states([row], facts(today=DAY), standing)]


@pytest.mark.parametrize("known", ["laid", "changed", "removed"])
def test_a_row_that_was_laid_and_is_not_there_was_removed(known):
    assert absent({"М-005": known}) == ["строку удалили"]


@pytest.mark.parametrize("known", [{}, {"М-005": ""}, {"М-005": WITHDRAWN}])
def test_a_row_that_does_not_stand_though_it_may_waits_for_an_answer(known):
    assert absent(known) == ["уточняется"]


@pytest.mark.parametrize("known", [{}, {"М-005": "laid"}, {"М-005": "removed"}])
def test_of_a_row_that_a_book_without_the_column_cannot_hold_nothing_is_told(known):
    assert absent(known, can_lay=False) == []


def test_a_withdrawn_row_is_told_of_no_more():
    assert absent(row=replace(ROW, state=WITHDRAWN)) == []


# --- the tab -------------------------------------------------------------------------------------------------

PLAN = (ROW, handed("М-006", "1.4", "Сведения"))


def row(made, slug, code="М-005"):
    return made.tabs[PERFORMANCE].get(f"{code}/{slug}")


def done(slug, day=DAY, **told):
    base = {"done": date(2026, 10, 1), "papers": ("Приказ № 12-од от 01.10.2026",)}
    return gave(
        slug,
        day=day,
        rows=(RowState("М-005", "выполнено", **{**base, **told}), RowState("М-006", "не начато")),
    )


def test_each_row_stands_for_each_organisation():
    cells = row(rolled(done("dubok"), plan=PLAN), "dubok")
    assert cells["Организация"] == NAMES["dubok"]
    assert (cells["№ п/п"], cells["Состояние"], cells["Выполнено"]) == ("1.3", "выполнено", date(2026, 10, 1))
    assert (cells["Документ"], cells["⚙ Получено"]) == ("Приказ № 12-од от 01.10.2026", DAY)


def test_a_row_that_has_not_come_to_an_organisation_yet_is_no_removed_one():
    cells = row(rolled(gave("dubok"), plan=PLAN), "dubok")
    assert cells["Состояние"] == "нет данных"
    assert "не легла" in cells["Слово организации"]


def test_of_a_shut_book_nothing_is_known_and_the_reason_stands():
    cells = row(rolled(shut("sosh4"), plan=PLAN), "sosh4")
    assert (cells["Состояние"], cells["⚙ Получено"]) == ("нет данных", None)
    assert "в корзине" in cells["Слово организации"]


def test_a_shut_book_leaves_what_was_known_with_its_day_in_the_words_of_todays_plan():
    before = rolled(done("sosh4", day=date(2027, 2, 1)), plan=PLAN)
    changed = (replace(ROW, term="до 01.05.2027"), PLAN[1])
    cells = row(rolled(shut("sosh4"), before=before, plan=changed), "sosh4")
    assert (cells["Состояние"], cells["⚙ Получено"]) == ("выполнено", date(2027, 2, 1))
    assert cells["Срок"] == "до 01.05.2027"


def test_a_withdrawn_row_leaves_the_tab_and_a_held_one_stays_where_it_is():
    before = rolled(done("dubok"), plan=PLAN)
    made = rolled(
        done("dubok"), before=before, plan=(replace(ROW, state=WITHDRAWN), replace(PLAN[1], state="held"))
    )
    assert row(made, "dubok") is None
    assert row(made, "dubok", "М-006")["Состояние"] == "не начато"
    assert row(made, "sosh4", "М-006")["Состояние"] == "нет данных"


def test_where_the_districts_plan_could_not_be_read_nothing_goes():
    before = rolled(done("dubok"), plan=PLAN)
    roll = Roll(MEMBERS, {"dubok": gave("dubok")}, {}, standing(before), METHOD, DAY)
    assert tables(roll).tabs[PERFORMANCE] == before.tabs[PERFORMANCE]


def test_the_plan_and_the_list_say_how_much_is_done():
    other = gave("gimnaziya", rows=(RowState("М-005", "не для нас"), RowState("М-006", "просрочено")))
    made = rolled(done("dubok"), other, shut("sosh4"), plan=PLAN)
    assert made.plan["М-005"] == {"⚙ Исполнение": "выполнено 1 из 2; не для нас 1; нет данных 1"}
    assert made.plan["М-006"] == {"⚙ Исполнение": "выполнено 0 из 3; не начато 1; просрочено 1; нет данных 1"}
    assert made.members["dubok"]["⚙ Строк района"] == "1 из 2"
    assert made.members["gimnaziya"]["⚙ Строк района"] == "0 из 1"

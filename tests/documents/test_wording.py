"""What people type in cells reads on in a sentence, and a paper names only orders and minutes that can have adopted it."""

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.specimen import ORGANISATION, specimen
from flows.domain.organisation import Council
from flows.domain.planning import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.register.pair_sequence import chain
from flows.domain.terms.reading import Window
from flows.papers import render, values
from flows.papers.package import BODY, unpacked
from flows.papers.paper_text import text_of

COUNCILS = (
    Council(
        "1",
        date(2026, 8, 28),
        "",
        "1",
        date(2026, 8, 28),
        adopted="Положение о наставничестве; дорожная карта",
    ),
    Council("2", date(2026, 11, 20), "", "2", date(2026, 11, 20), adopted="положение"),
)


def told(kind, **changes):
    return BUILDERS[kind](replace(specimen(kind, SUBJECTS[kind]), **changes))


@pytest.mark.parametrize(
    ("typed", "inside"),
    [
        ("Определить трудности.", "определить трудности"), ("Как говорить с родителями;", "как говорить с родителями"), ("5000 руб.", "5000 руб"), ("ИКТ на занятиях", "ИКТ на занятиях"),
        ("Анна Павловна готовит занятие", "Анна Павловна готовит занятие"), ("С чего начать", "с чего начать"), ("  ", None), (".", None),
    ],
)  # fmt: skip
def test_a_cell_becomes_a_part_of_a_sentence(typed, inside):
    assert inline(typed) == inside


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Проведение ОГЭ", "проведение ОГЭ"),
        ("§ Определить трудности;", "определить трудности"),
        ("• Изучить ФОП ДО", "изучить ФОП ДО"),
        ("К ФГОС", "к ФГОС"),
        ("ФГОС ДО", "ФГОС ДО"),
        ("Анна Павловна готовит занятие", "Анна Павловна готовит занятие"),
    ],
)
def test_an_item_of_a_list_begins_small_before_an_abbreviation_and_bears_no_mark_of_word(typed, printed):
    assert values.printed(inline(typed)) == printed


HEADS = {"ж": ("Соколова Марина Викторовна", "действующей", "Ознакомлена:"), "м": ("Соколов Марк Викторович", "действующего", "Ознакомлен:"),
         "": ("Мельник И.И.", "действующего (действующей)", "Ознакомление:")}  # fmt: skip


@pytest.mark.parametrize("gender", HEADS)
def test_words_about_the_head_agree_with_the_head(gender):
    name, acting, read = HEADS[gender]
    cases = {name: dict.fromkeys(("gen", "dat", "acc", "ins", "pre"), name)}
    card = replace(ORGANISATION, head_name=name, head_gender=gender)
    addendum, note = (
        "\n".join(text for _, text in printed_lines(kind, organisation=card, cases=cases))
        for kind in ("addendum", "note.monitoring")
    )
    assert f", {acting} на основании Устава" in addendum
    assert read in note.split("\n")


def printed_lines(kind, **changes):
    made = render(settings.template(f"{kind}.docx"), requisites(told(kind, **changes), draft="ПР-2026-001"))
    return text_of(unpacked(made, "Документ")[BODY].decode()).lines


def test_a_group_that_asks_for_one_thing_is_told_so_once():
    assert told("program.personal")["запросы"] == ["как говорить с родителями"]


def test_goal_and_tasks_have_no_full_stops_of_their_own():
    facts = specimen("program.personal", "pair")
    pair = replace(
        facts.pairs[-1], goal="Вести занятия уверенно.", tasks=("Определить трудности.", "Составить план;")
    )
    record = told("program.personal", pairs=(*facts.pairs[:-1], pair))["пара"]
    assert (record["цель"], record["задачи"]) == (
        "вести занятия уверенно",
        ["определить трудности", "составить план"],
    )


def test_a_young_teacher_has_less_than_a_year_not_naught_years():
    facts = specimen("plan.individual", "mentee")
    people = {**facts.people, facts.subject: replace(facts.people[facts.subject], experience=0)}
    assert told("plan.individual", people=people)["наставляемый"]["стаж_словами"] == "менее года"


@pytest.mark.parametrize("kind", ["regulation", "roadmap"])
def test_minutes_over_an_appendix_are_not_later_than_the_order_that_approved_it(kind):
    long = Window(date(2026, 1, 1), date(2028, 12, 31))
    assert told(kind, councils=COUNCILS, window=long, register=())["протокол"] is None
    assert told(kind, councils=COUNCILS, window=long)["протокол"] == {"номер": "1", "дата": date(2026, 8, 28)}


def test_the_august_council_adopts_what_was_prepared_since_may():
    summer, autumn = Window(date(2026, 5, 1), date(2026, 8, 31)), Window(date(2026, 9, 1), date(2026, 12, 31))
    assert told("order.introduce", councils=COUNCILS, window=summer)["протокол"]["номер"] == "1"
    assert told("order.introduce", councils=COUNCILS, window=autumn)["протокол"]["номер"] == "1"


AUGUST = Window(date(2026, 9, 1), date(2026, 9, 30))
PEN = {"номер": None, "дата": None}
ADOPTED_BY = {
    "order.introduce": ("внедрение целевой модели", "Положение", "дорожная карта"), "regulation": ("положение о системе наставничества",),
    "regulation.rewards": ("Положение о поощрении", "поощрение"), "roadmap": ("дорожную карту",), "methodology": ("методика оценки",),
    "program.org": ("программа наставничества",), "order.programs": ("программы пар", "персонализированные программы"),
    "order.pairs": ("пары", "список пар", "наставнические пары и группы"), "order.registry": ("реестр наставников",),
}  # fmt: skip


@pytest.mark.parametrize("kind", ADOPTED_BY)
def test_a_paper_rests_on_the_minutes_that_adopted_it_and_on_no_other_of_that_month(kind):
    def minutes(adopted, more=()):
        council = Council("1", date(2026, 8, 28), "", "5", date(2026, 8, 28), adopted=adopted)
        return told(kind, councils=(council, *more), window=AUGUST)["протокол"]

    for named, things in ADOPTED_BY.items():
        for thing in things:
            mine = kind == named or (kind, named) in {("order.introduce", "roadmap"), ("order.introduce", "regulation"), ("regulation", "order.introduce"), ("roadmap", "order.introduce")}  # fmt: skip
            found = minutes(thing)
            assert found in (({"номер": "5", "дата": date(2026, 8, 28)}, None) if mine else (None,)), thing
            assert found is not None or kind != named, thing
    assert minutes("ничего") is None
    assert minutes("") == PEN
    assert minutes("", (replace(COUNCILS[1], adopted="пары"),)) is None
    assert told(kind, councils=(), window=AUGUST)["протокол"] is None


@pytest.mark.parametrize("kind", ["regulation.rewards", "methodology", "program.org"])
def test_what_the_order_of_introduction_does_not_name_is_not_approved_by_it(kind):
    assert told(kind)["приказ"] is None


def test_the_curator_reads_the_order_that_gives_a_task():
    assert [each["им"] for each in told("order.early_end")["ознакомить"]][-1] == "Громова Татьяна Ильинична"


def test_in_august_the_order_for_the_coming_year_names_that_year():
    kinds = settings.catalogue()
    facts = specimen("order.pairs")
    coming = tuple(replace(pair, start=date(2027, 9, 6), end=date(2028, 5, 31)) for pair in facts.pairs)
    wishes = Wishes(
        {name: kinds[name] for name in ("order.pairs", "program.personal")},
        BUILDERS,
        settings.days_off(2026, 2028),
    )
    papers = plan.plan(
        replace(facts, today=date(2027, 8, 30), pairs=coming, activities=(), register=()), wishes
    ).planned
    assert {(each.kind, each.period, each.context["учебный_год"]) for each in papers} == {
        ("order.pairs", "2027-2028", "2027/2028"),
        ("program.personal", "2027-2028", "2027/2028"),
    }


def test_a_cancelled_order_is_cited_no_more_and_its_day_is_judged_no_more():
    facts = specimen("registry.pairs", pairs=30)
    early = tuple(replace(row, day=date(2026, 9, 1)) for row in facts.register)
    over = tuple(replace(row, state="отменён") for row in early)
    order = next(row for row in early if row.kind == "order.pairs")
    assert BUILDERS["registry.pairs"](replace(facts, register=early))["приказ_о_парах"] == {
        "номер": order.number,
        "дата": date(2026, 9, 1),
    }
    assert BUILDERS["registry.pairs"](replace(facts, register=over))["приказ_о_парах"] is None
    assert "order-early" in {each.code for each in chain(replace(facts, register=early))}
    assert "order-early" not in {each.code for each in chain(replace(facts, register=over))}


@pytest.mark.parametrize("given", ["consent_data", "consent_public"])
def test_a_consent_whose_date_is_typed_is_on_paper_already_but_a_draft_that_was_made_stays(given):
    kind = {"consent_data": "consent.pd", "consent_public": "consent.pd_publication"}[given]
    kinds, facts = settings.catalogue(), specimen("consent.pd", pairs=1)
    code = facts.pairs[0].mentor
    people = {
        each: replace(person, consent_data=None, consent_public=None) for each, person in facts.people.items()
    }
    people[code] = replace(people[code], **{given: date(2026, 9, 7)})
    calling = replace(facts.activities[0], documents=(kind,))
    wishes = Wishes({kind: kinds[kind]}, BUILDERS, settings.days_off(2026, 2028))

    def about(register=()):
        return {
            each.subject
            for each in plan.plan(
                replace(facts, people=people, activities=(calling,), register=register), wishes
            ).planned
        }

    assert about() == {facts.pairs[0].mentees[0]}
    made = replace(
        facts.register[0],
        key=f"obrazec/{kind}/{code}/2026-2027",
        kind=kind,
        number="",
        day=None,
        state="проект",
    )
    assert about((made,)) == {code, facts.pairs[0].mentees[0]}

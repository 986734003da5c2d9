"""What a paper says follows from the tables alone: not from today, never from invention."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.domain.catalogue import record
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import FIGURES, category, deficit, requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.model import Filed, Norm
from flows.papers.fingerprint import fingerprint

CATALOGUE = record.kinds()


def built(kind, pairs=3, **changes):
    return BUILDERS[kind](replace(specimen(kind, SUBJECTS[kind], pairs), **changes))


def test_every_kind_that_is_made_has_a_builder_and_the_same_subject():
    made = {kind.id: kind.subject for kind in CATALOGUE.values() if kind.made}
    assert made == SUBJECTS


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_new_day_alone_changes_no_paper(kind):
    """A note counts silence up to its cut-off: it keeps the day it was written with while no figure changes."""
    facts = specimen(kind)
    first = built(kind)
    if FIGURES not in first:
        assert first == built(kind, today=facts.today + timedelta(days=400))
        return
    subject = "М-001@2026-12"
    kept = {**json.loads(first[FIGURES]), "key": f"sadik/{kind}/{subject}/2026-2027"}
    evidence = replace(facts.evidence, previous=(kept,))
    assert first == built(kind, today=facts.today + timedelta(days=1), subject=subject, evidence=evidence)


@pytest.mark.parametrize("kind", BUILDERS)
def test_every_context_has_the_common_part_and_a_fingerprint(kind):
    context = built(kind)
    assert {
        "организация",
        "руководитель",
        "куратор",
        "документ",
        "учебный_год",
        "основания",
    } <= context.keys()
    assert context["документ"] == {
        "номер": None,
        "дата": None,
        "проект": True,
        "черновик": None,
        "заголовок": context["документ"]["заголовок"],
    }
    assert fingerprint(b"", context) == fingerprint(b"", built(kind))
    assert fingerprint(b"", context) != fingerprint(b"x", context)


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_heading_and_the_acts_are_those_of_the_catalogue_and_the_config(kind):
    norm = Norm("новый", "новым законом", None, None, "", kinds=(kind,))
    context = built(kind, heading="Свой заголовок", norms=(norm,))
    assert context["документ"]["заголовок"] == "Свой заголовок"
    assert context["основания"] == ["новым законом"]


def test_a_registered_paper_loses_the_mark_of_a_draft_and_nothing_else():
    context = built("order.pairs")
    draft = requisites(context, draft="ПР-2026-017")
    final = requisites(context, draft="ПР-2026-017", number="26/1", day=date(2026, 9, 14))
    assert (draft["документ"]["проект"], draft["документ"]["черновик"]) == (True, "ПР-2026-017")
    assert (final["документ"]["проект"], final["документ"]["черновик"], final["документ"]["номер"]) == (
        False,
        None,
        "26/1",
    )
    assert {key: value for key, value in draft.items() if key != "документ"} == {
        key: value for key, value in final.items() if key != "документ"
    }


def test_the_order_leaves_out_a_pair_that_is_not_ready():
    facts = specimen("order.pairs")
    unready = replace(facts.pairs[1], addendum_date=None)
    context = BUILDERS["order.pairs"](replace(facts, pairs=(facts.pairs[0], unready, facts.pairs[2])))
    assert [pair["код"] for pair in context["пары"]] == ["П-001", "П-003"]
    assert unready.mentor not in repr(context)
    with pytest.raises(Refused, match="нет ни одной пары"):
        BUILDERS["order.pairs"](replace(facts, pairs=(unready,)))


def test_the_order_asks_mentors_and_mentees_once_each_to_sign():
    names = [person["им"] for person in built("order.pairs")["ознакомить"]]
    assert len(names) == len(set(names)) == 9


def test_drafts_give_other_papers_no_number():
    draft = Filed(
        "o/order.introduce/o/2026-2027", 2, "order.introduce", "", "ПР-2026-009", "проект", "", "", "", "", ""
    )
    facts = specimen("order.pairs")
    assert built("order.pairs", register=(*facts.register, draft))["положение"] == {
        "номер": "118",
        "дата": date(2026, 9, 2),
    }
    assert built("order.pairs", register=(draft,))["положение"] is None


def test_the_data_count_meetings_up_to_the_last_one_of_their_window():
    context = built("data.submission")
    assert context["срез"] == date(2026, 11, 24)
    assert context["итог"] == {"план": 12, "проведено": 6, "отменено": 3, "не_отмечено": 3, "доля": "50,0"}
    assert context["состав"]["охват"] == "8 из 24 (33,3\u00a0%)"
    early = built("data.submission", today=date(2026, 11, 1))
    assert (early["срез"], early["итог"]["план"]) == (date(2026, 10, 13), 6)


def test_the_data_of_an_empty_log_invent_nothing():
    context = built("data.submission", meetings=())
    assert (context["срез"], context["итог"]["план"], context["итог"]["доля"]) == (None, 0, None)


def test_the_note_says_what_its_row_asks_for_and_names_whom_its_codes_mean():
    context = built("note.monitoring")
    assert (context["вид_документа"], context["срез"]) == ("Аналитическая справка", date(2026, 12, 20))
    assert (
        context["о_чём"]
        == "по итогам мониторинга реализации персонализированных программ наставничества за I полугодие 2026/2027 учебного года"
    )
    assert [(pair["код"], pair["наставник"]) for pair in context["участники"]] == [
        ("П-001", "Абрамова\u00a0А.П."),
        ("П-002", "Власова\u00a0Г.И."),
        ("П-003", "Данилова\u00a0Е.П."),
    ]
    assert all(table["раскладка"] for section in context["разделы"] for table in section["таблицы"])


def test_the_figures_of_a_note_are_kept_with_its_recommendations():
    kept = json.loads(built("note.monitoring")["показатели"])
    assert kept["figures"]["M6"]["text"] == "6 из 9 (66,7 %)"
    assert kept["recommendations"]


def test_a_note_without_anything_to_count_from_is_refused():
    with pytest.raises(Refused, match="не посчитаны"):
        built("note.monitoring", evidence=None)


def test_a_person_in_no_list_is_named_by_the_code():
    people = {
        code: person for code, person in specimen("note.monitoring").people.items() if person.role == "mentor"
    }
    assert built("note.monitoring", people=people)["участники"][0]["наставляемые"] == ["Л-002"]


def test_a_share_needs_its_whole():
    card = replace(specimen("data.submission").organisation, teachers=None)
    assert built("data.submission", organisation=card)["состав"]["охват"] is None


def test_a_paper_about_a_pair_needs_that_pair():
    for kind in ("consent.duty", "program.personal"):
        with pytest.raises(Refused, match="код не найден"):
            built(kind, subject="П-099")


def test_the_consent_agrees_with_the_mentors_gender():
    assert (built("consent.duty")["согласен"], built("consent.duty")["обязан"]) == ("согласна", "обязана")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("работа с семьёй – 3 – 7", ("работа с семьёй", "3", "7")),
        ("режим — 4 — ", ("режим", "4", None)),
        ("одни слова", ("одни слова", None, None)),
    ],
)
def test_a_deficit_is_read_into_its_levels(line, parts):
    assert tuple(deficit(line).values()) == parts


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("высшая", "высшая категория"),
        ("первая категория", "первая категория"),
        ("нет", None),
        ("", None),
        ("педагог-наставник", "педагог-наставник"),
    ],
)
def test_a_category_is_named_in_words(typed, text):
    assert category(typed) == text


def test_a_programme_names_the_order_that_covers_its_own_pair():
    one = Filed(
        "o/order.pairs/o/2026-2027",
        1,
        "order.pairs",
        "",
        "",
        "зарегистрирован",
        "",
        "",
        "",
        "",
        "",
        number="26/1",
        day=date(2026, 9, 14),
        covers=("П-001", "П-003"),
    )
    two = replace(
        one, key="o/order.pairs/o-2/2026-2027", number="31", day=date(2026, 10, 9), covers=("П-002",)
    )
    assert built("program.personal", register=(one, two))["приказ_о_парах"] == {
        "номер": "26/1",
        "дата": date(2026, 9, 14),
    }
    assert built("program.personal", register=(two,))["приказ_о_парах"] is None


def test_a_mentors_report_tells_of_its_school_year_only():
    facts = specimen("report.mentor", "pair")
    early = replace(
        facts.meetings[0],
        pair=facts.subject,
        code="прошлый",
        held=date(2026, 5, 12),
        planned=date(2026, 5, 12),
    )
    report = BUILDERS["report.mentor"](replace(facts, meetings=(early, *facts.meetings)))
    assert [each["день"] for each in report["встречи"]] == [date(2026, 9, 22), date(2026, 10, 13)]

"""A pair whose mentor has not consented has no papers but those that ask for it: every kind is held against this."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.columns import system_columns
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.periods import Period
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.statuses import BROKEN, DRAFT
from flows.domain.terms.reading import parse

CATALOGUE = settings.catalogue()
MADE = tuple(kind for kind in CATALOGUE.values() if kind.made and not kind.of_district)
DAYS_OFF = settings.days_off(2025, 2028)
PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
SCHOOL = specimen("order.pairs")
AGREED, REFUSED, OTHER = SCHOOL.pairs
DAYS = (date(2026, 12, 20), date(2027, 3, 2), date(2027, 5, 28), date(2027, 6, 10))
TERMS = ("Декабрь 2026", "по завершении работы пар", "постоянно")
# What lists everybody as they are, agreed or not: people and pairs before anything is decided, the council's talk.
EVERYBODY = {
    "registry.mentors", "registry.mentees", "registry.pairs", "order.registry", "table.matching", "note.unmatched", "program.org",
    "sheet.registration", "list.pairs", "sheet.acquaintance", "list.young", "agenda.council", "decision.council", "protocol.council",
    "extract.council", "note.monitoring", "report.survey", "report.final", "data.submission", "site.page",
}  # fmt: skip
# Whom to thank is judged by what a mentor has done, not by what is signed.
THANKED = {"letter.thanks", "order.reward"}


def school(kind, today, **mentor):
    """The specimen's school in which one mentor has signed nothing, but for what is told otherwise."""
    rows = tuple(
        Activity(
            f"М-00{at}", str(at), "1", "Дело", "", parse(term, PERIOD), (), "Документ", (kind.id,), Origin("", "", at), "", term
        )
        for at, term in enumerate(TERMS, 2)
    )  # fmt: skip
    told = {"consent_duty": None, "category": "педагог-наставник", **mentor}
    people = SCHOOL.people | {REFUSED.mentor: replace(SCHOOL.people[REFUSED.mentor], **told)}
    pairs = (AGREED, replace(REFUSED, addendum_number="", addendum_date=None), OTHER)
    return replace(SCHOOL, today=today, activities=rows, register=(), people=people, pairs=pairs)


def planned(kind, facts):
    """What planning wants of a kind, with what each paper says."""
    return plan(facts, Wishes({kind.id: kind}, {kind.id: BUILDERS[kind.id]}, DAYS_OFF)).planned


def names(value, code):
    """Tell whether a context names somebody by code anywhere."""
    if isinstance(value, dict):
        return value.get("код") == code or any(names(each, code) for each in value.values())
    return isinstance(value, list | tuple) and any(names(each, code) for each in value)


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind.id not in THANKED], ids=lambda kind: kind.id)
def test_before_the_mentors_consent_only_the_consents_are_drafted(kind):
    own = {REFUSED.code, REFUSED.mentor, *REFUSED.mentees}
    for today in DAYS:
        papers = planned(kind, school(kind, today))
        about = {each.subject.partition("@")[0] for each in papers} & own
        assert not about or (kind.given and kind.given != "agreement"), (kind.id, today)
        if kind.id not in EVERYBODY and not about:
            assert not any(names(each.context, REFUSED.code) for each in papers), (kind.id, today)


@pytest.mark.parametrize("kind", ["addendum", "program.personal", "plan.meetings", "form.feedback", "diary"])
def test_with_the_consent_comes_the_addendum_and_with_the_addendum_the_rest(kind):
    kind, today = CATALOGUE[kind], DAYS[0]
    signed = date(2026, 9, 7)
    agreed = school(kind, today, consent_duty=signed)
    both = replace(agreed, pairs=SCHOOL.pairs)
    seen = [
        REFUSED.code in {each.subject for each in planned(kind, facts)}
        for facts in (school(kind, today), agreed, both)
    ]
    assert seen == ([False, True, False] if kind.id == "addendum" else [False, False, True])


def test_what_was_drafted_before_stays_as_it_lies_and_the_cell_says_what_is_waited_for():
    kind, today = CATALOGUE["program.personal"], DAYS[0]
    facts = school(kind, today)
    key = f"{facts.organisation.slug}/{kind.id}/{REFUSED.code}/2026-2027"
    filed = Filed(key, 1, kind.id, "", "", DRAFT, "file", "2.a.b", "", "", "")
    kept = next(
        each for each in planned(kind, replace(facts, register=(filed,))) if each.subject == REFUSED.code
    )
    assert kept.frozen
    assert "нет письменного согласия наставника" in kept.held
    alone = replace(facts, pairs=(facts.pairs[1],))
    told = system_columns.roadmap(
        alone, Wishes({kind.id: kind}, {kind.id: BUILDERS[kind.id]}, DAYS_OFF), (), {}
    )
    assert told[2]["⚙ Документ"] == f"{kind.title}: ждёт согласия наставника и соглашения"


def test_of_a_pair_that_nobody_was_charged_with_no_end_is_ordered():
    for name, side in (
        ("order.early_end", ""),
        ("notice.early_end", "работодатель"),
        ("refusal.mentor", "наставник"),
    ):
        kind = CATALOGUE[name]
        facts = school(kind, DAYS[1])
        ended = replace(facts.pairs[1], status=BROKEN, end_reason="по желанию", ended_by=side)
        facts = replace(facts, pairs=(facts.pairs[0], ended))
        assert not planned(kind, facts)
        order = Filed(
            f"{facts.organisation.slug}/order.pairs/x/2026-2027", 1, "order.pairs", "", "", "зарегистрирован", "", "", "", "", "",
            number="7", day=date(2026, 10, 1), covers=(ended.code,),
        )  # fmt: skip
        assert [each.subject for each in planned(kind, replace(facts, register=(order,)))] == [ended.code]

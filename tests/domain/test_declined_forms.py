"""What the tab «Склонения» offers for posts and organisations that decline as a whole, and what it asks about."""

from __future__ import annotations

from datetime import date

from flows.domain.model import Facts, Origin, Person
from flows.domain.organisation import Organisation
from flows.domain.people.declensions import CASES, findings, listed

GEN = next(iter(CASES))
HOME = Organisation(
    "dom", "муниципальное учреждение дом творчества", "ДТ", "г. Светлогорье", "", "", "", "", "2026-2027"
)


def facts(post):
    mentor = Person("Н-001", "mentor", "Орлова Вера Дмитриевна", "ж", post, Origin())
    return Facts(HOME, date(2026, 12, 10), {"Н-001": mentor})


def offered(post):
    fresh = listed(facts(post), (), frozenset()).fresh
    return {told["Именительный"]: told[GEN] for told in fresh}


def test_the_tab_shows_the_forms_that_papers_print():
    told = offered("педагог психолог")
    assert told["педагог психолог"] == "педагога психолога"
    assert told[HOME.full_name] == "муниципального учреждения дома творчества"


def test_a_post_with_two_endings_is_a_question_with_a_plain_sentence():
    asked = [each for each in findings(facts("воспитатель(ница)"), ()) if each.code == "form-doubtful"]
    assert [each.printed for each in asked] == ["воспитатель(ница)"]
    assert "два окончания" in asked[0].message
    assert offered("воспитатель(ница)")["воспитатель(ница)"] == ""

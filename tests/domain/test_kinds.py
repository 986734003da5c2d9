"""What the words of a result cell call for."""

import tomllib
from pathlib import Path

import pytest

from flows.domain.kinds import BY_ACTIVITY, RULES, kinds_for

CATALOGUE = Path(__file__).parents[2] / "config" / "documents.toml"


@pytest.mark.parametrize(
    ("result", "activity", "kinds"),
    [
        ("Приказ о разработке дорожной карты", "", {"order.develop"}),
        ("Приказ", "Утверждение дорожной карты по внедрению модели", {"order.introduce"}),
        ("приказы", "Назначение в школах кураторов", {"order.curator"}),
        ("Приказ о закреплении наставнических пар", "", {"order.pairs"}),
        ("Приказ об утверждении реестра наставников, размещение на сайте", "", {"order.registry", "registry.mentors", "site.page"}),
        ("Положение о формах и условиях поощрения наставников", "", {"regulation.rewards"}),
        ("База наставников и наставляемых", "", {"registry.mentors", "registry.mentees"}),
        ("Перечень программ наставничества", "", {"registry.programs"}),
        ("Аналитическая записка", "", {"note.monitoring"}),
        ("Протокол педагогического совета. Согласия на обработку персональных данных", "", {"protocol.council", "consent.pd"}),
        ("Памятки для наставляемых", "", {"memo.mentee"}),
        ("Сценарии встреч, памятки для наставников", "", {"memo.mentor", "scenario"}),
        ("Встречи проводятся не реже одного раза в две недели", "", set()),
        ("", "Утверждение дорожной карты", set()),
    ],
)
def test_a_result_names_its_papers(result, activity, kinds):
    assert set(kinds_for(result, activity)) == kinds


def test_every_kind_a_pattern_may_name_stands_in_the_catalogue():
    known = {kind["id"] for kind in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["kind"]}
    assert {kind for kind, _ in RULES + BY_ACTIVITY} <= known
    assert len(known) == len(tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["kind"])


def test_every_kind_that_is_made_says_where_and_how():
    made = [kind for kind in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["kind"] if kind.get("made")]
    assert {kind["id"] for kind in made} == {"order.introduce", "order.pairs", "consent.duty", "program.personal", "note.monitoring"}
    assert all(kind["template"] and kind["folder"] and kind["name"] and kind["subject"] for kind in made)

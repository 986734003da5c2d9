"""Whose plan it is: a district's plan asks who we are, and a management makes no papers of the organisations it leads."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import settings
from flows.domain.book import answer_values, whose_plan
from flows.domain.columns import system_columns
from flows.domain.columns.why_missing import OTHERS
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Origin, Severity
from flows.domain.organisation import Nature
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.roadmap.audience import whose
from flows.intake import understand
from tests.roadmaps.test_twins import COUNTS

HERE = Path(__file__).parent
WISHES = Wishes(settings.catalogue(), BUILDERS)
LINE = Origin("книга", "Настройки", 6, "Значение")
DAY = date(2022, 9, 20)


@pytest.mark.parametrize("twin", COUNTS)
def test_only_a_districts_plan_asks_who_we_are(twin):
    document, activities, _ = understand(HERE / f"{twin}.txt")
    asked = whose_plan.question(document, activities, LINE)
    if twin != "district":
        assert asked is None
        return
    assert asked is not None
    assert (asked.severity, asked.proposal, asked.origin) == (Severity.QUESTION, "управление", LINE)
    assert whose_plan.question(document, activities, None) is None
    assert answer_values.setting(asked.subject, asked.proposal) == ("управление", "")


@pytest.mark.parametrize(("body", "nature"), [("ИМО", Nature.CENTRE), ("районный методический центр", Nature.CENTRE), ("МКУ УО, ИМО", Nature.MANAGEMENT)])  # fmt: skip
def test_who_issues_the_orders_tells_what_the_body_is(body, nature):
    document, activities, _ = understand(HERE / "district.txt")
    issued = tuple(each if each.fan_out else replace(each, printed_responsible=body) for each in activities)
    assert whose(document, issued) is nature


@pytest.mark.parametrize(("nature", "theirs"), [(Nature.ORGANISATION, True), (Nature.MANAGEMENT, False), (Nature.CENTRE, False)])  # fmt: skip
def test_papers_of_the_organisations_are_not_made_in_the_managements_name(nature, theirs):
    _, activities, _ = understand(HERE / "district.txt")
    base = specimen("order.pairs")
    card = replace(base.organisation, nature=nature, school_year="2022-2023", councils=())
    facts = replace(base, organisation=card, today=DAY, activities=activities, evidence=None, register=(), pairs=(), people={}, meetings=())  # fmt: skip
    planned = plan(facts, WISHES).planned
    by_row = {code: each.kind for each in planned for code in each.rows}
    fanned = {each.code for each in activities if each.fan_out}
    assert bool(fanned & by_row.keys()) is theirs
    cells = system_columns.roadmap(facts, WISHES, planned, {})
    said = [
        str(cells[each.origin.row].get("⚙ Документ"))
        for each in activities
        if each.fan_out and each.documents
    ]
    assert any(OTHERS in each for each in said) is not theirs

"""The order that comes with a note: recommendations become its points, a plain row orders the monitoring itself."""

import re
from dataclasses import replace

from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen

KIND = "order.monitoring"


def built(activity):
    facts = specimen(KIND)
    return BUILDERS[KIND](replace(facts, activity=replace(facts.activity, activity=activity)))


def test_recommendations_and_decisions_give_an_order_on_the_results():
    order = built("Разработка рекомендаций и принятие управленческих решений")
    assert order["документ"]["заголовок"] == "Об итогах мониторинга наставничества"
    assert order["итоги"].startswith("аналитическую справку с рекомендациями по итогам мониторинга")
    assert order["меры"]
    assert not [each for each in order["меры"] if re.search(r"Основание|____|[ПНЛ]-\d{3}", each)]


def test_any_other_row_orders_the_monitoring_itself():
    order = built("Проведение мониторинга")
    assert (order["документ"]["заголовок"], order["итоги"], order["меры"]) == (
        "О проведении мониторинга наставничества",
        None,
        [],
    )

"""The note of December opens five working days before its last day, no longer on the first of the month."""

from dataclasses import replace
from datetime import date

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes

NOTE = "note.monitoring"
facts = specimen(NOTE)
facts = replace(facts, evidence=replace(facts.evidence, method=method_from(settings.monitoring())))
row = replace(facts.activities[-1], status="")
wishes = Wishes({NOTE: settings.catalogue()[NOTE]}, BUILDERS, settings.days_off(2026, 2027))


def made(day):
    return plan(replace(facts, today=day, activities=(row,)), wishes).planned


assert (row.term.windows[0].start, row.term.windows[0].end) == (date(2026, 12, 1), date(2026, 12, 31))
assert not made(date(2026, 12, 1))
assert not made(date(2026, 12, 23))
assert len(made(date(2026, 12, 24))) == 1

"""A row of the roadmap calls for the new kind, no Python of its own: it is planned for each pair and prints who they are."""

import io
import runpy
from dataclasses import replace

import docx

from flows import settings
from flows.domain.catalogue.called_for import kinds_for
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.papers import render

KIND = "invitation.pair"

runpy.run_path("templates/make.py", run_name="__main__")
facts = specimen("", pairs=2)
called = kinds_for("Приглашения наставническим парам")
assert KIND in called
row = replace(facts.activities[0], documents=called)
catalogue = {KIND: settings.catalogue()[KIND]}
planned = plan(replace(facts, activities=(row,)), Wishes(catalogue, BUILDERS)).planned
assert [each.subject for each in planned] == [pair.code for pair in facts.pairs]
paper = docx.Document(
    io.BytesIO(render(settings.template(planned[0].template), requisites(planned[0].context)))
)
text = "\n".join(each.text for each in paper.paragraphs)
assert "Ждём вас на встрече наставнических пар 2026/2027 учебного года." in text
assert facts.people[facts.pairs[0].mentor].name in text

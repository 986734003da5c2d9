"""A row of the roadmap calls for the new kind: it is planned for each mentor, and its paper prints its own fact."""

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

KIND = "certificate.mentor"

runpy.run_path("templates/make.py", run_name="__main__")
facts = specimen("", pairs=2)
row = replace(facts.activities[0], documents=kinds_for("Удостоверения наставников"))
catalogue = {KIND: settings.catalogue()[KIND]}
planned = plan(replace(facts, activities=(row,)), Wishes(catalogue, BUILDERS)).planned
assert [each.subject for each in planned] == [pair.mentor for pair in facts.pairs]
assert not plan(replace(facts, activities=()), Wishes(catalogue, BUILDERS)).planned
paper = docx.Document(
    io.BytesIO(render(settings.template(planned[0].template), requisites(planned[0].context)))
)
assert "По журналу проведено: 2 встречи." in "\n".join(each.text for each in paper.paragraphs)

"""What is typed into the new column of `Пары` stands in the printed order, and an empty cell leaves no trace."""

import io
import runpy
from dataclasses import replace
from datetime import date

import docx

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import Origin, Row
from flows.domain.people.pair_rows import read_pairs
from flows.papers import render

TYPED = "Методический кабинет № 5"


def printed(typed):
    cells = {
        "Наставник": "Н-001", "Наставляемый": "Л-002", "Дата начала": date(2026, 9, 15),
        "Дата окончания": date(2027, 5, 31), "Доп. соглашение №": "14", "Дата доп. соглашения": date(2026, 9, 10),
        "Место встреч": typed,
    }  # fmt: skip
    facts = specimen("order.pairs", pairs=1)
    pairs, problems = read_pairs([Row(Origin(), "П-001", cells)], facts.people)
    assert not problems
    context = BUILDERS["order.pairs"](replace(facts, pairs=pairs))
    paper = docx.Document(io.BytesIO(render(settings.template("order.pairs.docx"), requisites(context))))
    told = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return told.replace("\u00a0", " ")


runpy.run_path("templates/make.py", run_name="__main__")
layout = settings.book_layout()
column = next(each for each in layout.tab("Пары").columns if each.header == "Место встреч")
assert column.since == layout.schema, "a book made before would never get the column"
assert "место встреч: методический кабинет № 5" in printed(TYPED)
assert "место встреч" not in printed(None)

"""Who signs: in every kind of paper the acting head on the days of an absence, the head before and after."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import ORGANISATION, specimen
from flows.domain.organisation import Acting
from flows.papers import render

TEMPLATES = Path(__file__).parents[2] / "templates"
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)
CARD = replace(ORGANISATION, acting=(Acting("Зуева Ирина Львовна", FIRST, LAST),))
INSIDE, OUTSIDE = (FIRST, LAST), (date(2026, 11, 30), date(2026, 12, 15))


def facts(kind, day):
    return replace(specimen(kind, SUBJECTS[kind]), organisation=CARD, day=day)


def said(value):
    """Every text of a context."""
    if isinstance(value, dict):
        for each in value.values():
            yield from said(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from said(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("kind", BUILDERS)
def test_no_paper_of_an_absence_names_the_absent_head_and_no_other_the_acting_one(kind):
    for days, there, away in ((INSIDE, "Зуев", "Соколов"), (OUTSIDE, "Соколов", "Зуев")):
        for day in days:
            told = " ".join(said(dict(BUILDERS[kind](facts(kind, day)))))
            assert there in told
            assert away not in told


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("order.pairs", ["И.о. заведующего", "И.Л. Зуева"]),
        ("consent.duty", ["И.о. заведующего МБДОУ № 0 «Образец»", "Зуевой И.Л."]),
        (
            "addendum",
            ["в лице и.о. заведующего Зуевой Ирины Львовны, действующей на основании приказа от"],
        ),
        ("notice.early_end", ["И.о. заведующего", "И.Л. Зуева"]),
        ("letter.thanks", ["И.о. заведующего"]),
    ],
)
def test_the_acting_head_stands_in_the_right_case(kind, words):
    paper = docx.Document(
        io.BytesIO(render(TEMPLATES / f"{kind}.docx", requisites(BUILDERS[kind](facts(kind, FIRST)))))
    )
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = " ".join(" ".join([*(each.text for each in paper.paragraphs), *cells]).split())
    for each in words:
        assert each in text.replace("\u00a0", " ")
    assert "Соколов" not in text

"""What people edited and signed is kept as it is, without the mark of a draft."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from conftest import saved, word

from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.papers import render
from flows.papers.finished import undrafted
from flows.papers.lint_paper import look_over

TEMPLATE = Path(__file__).parents[2] / "templates" / "order.pairs.docx"
DRAFT = render(TEMPLATE, requisites(BUILDERS["order.pairs"](specimen("order.pairs")), draft="ПР-2026-017"))


def headers(data):
    section = docx.Document(io.BytesIO(data)).sections[0]
    return [each.text for header in (section.header, section.first_page_header) for each in header.paragraphs]


def test_the_mark_goes_and_the_text_stays():
    clean = undrafted(DRAFT)
    assert "ПРОЕКТ ПР‑2026‑017" in " ".join(headers(DRAFT))
    assert not any("ПР" in text for text in headers(clean))
    assert [each.text for each in docx.Document(io.BytesIO(clean)).paragraphs] == [
        each.text for each in docx.Document(io.BytesIO(DRAFT)).paragraphs
    ]
    assert "fldChar" in docx.Document(io.BytesIO(clean)).sections[0].header._element.xml


def test_a_mark_that_an_office_cut_in_two_goes_too():
    paper = docx.Document(io.BytesIO(word("Текст")))
    paragraph = paper.sections[0].header.paragraphs[0]
    for piece in ("ПРО", "ЕКТ ПР-2026", "-017"):
        paragraph.add_run(piece)
    assert headers(undrafted(saved(paper)))[0] == ""


def test_a_paper_without_the_mark_is_the_same_bytes():
    data = word("ПРОЕКТ решения", header="МБДОУ № 45")
    assert undrafted(data) == data
    with pytest.raises(Refused):
        undrafted(b"PK")


def test_a_registered_paper_that_still_says_draft_is_asked_about():
    told = {"number": "26/1", "day": date(2026, 9, 14)}
    assert "still-draft" in [each.code for each in look_over(DRAFT, **told)]
    assert "still-draft" not in [each.code for each in look_over(undrafted(DRAFT), **told)]
    assert "still-draft" not in [each.code for each in look_over(DRAFT)]


def texts(data):
    document = docx.Document(io.BytesIO(data))
    return [
        each.text.replace("\u00a0", " ")
        for each in [
            *(cell.paragraphs[0] for table in document.tables for row in table.rows for cell in row.cells),
            *document.paragraphs,
        ]
    ]


def test_number_and_day_go_into_the_blanks_at_the_top_and_over_the_appendix_and_into_no_other():
    final = undrafted(DRAFT, "26/1", date(2026, 9, 14))
    assert {"14 сентября 2026 г.", "№ 26/1", "от 14 сентября 2026 г. № 26/1"} <= set(texts(final))
    assert sum(before != after for before, after in zip(texts(DRAFT), texts(final), strict=True)) == 3
    assert not any("____" in text for text in texts(final) if text.startswith(("№", "от ")))


def test_what_people_typed_at_the_top_stays_and_an_appendix_keeps_its_orders_number():
    paper = docx.Document(io.BytesIO(DRAFT))
    top = next(cell.paragraphs[0] for cell in paper.tables[0].rows[0].cells if "20___" in cell.text)
    top.runs[0].text = "15 сентября 2026 г."
    assert "15 сентября 2026 г." in texts(undrafted(saved(paper), "26/1", date(2026, 9, 14)))
    rules = render(
        TEMPLATE.with_name("regulation.docx"),
        requisites(BUILDERS["regulation"](specimen("regulation")), draft="ПР-2026-018"),
    )
    assert texts(undrafted(rules, "3", date(2026, 9, 14))) == texts(rules)

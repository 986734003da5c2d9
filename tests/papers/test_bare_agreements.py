"""Consents and agreements where nobody typed what may be left out, and where a name is ninety letters long: they still read well."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from flows import settings
from flows.domain.book.requisites import FIELDS
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import NO_ROW
from flows.papers import render
from flows.papers.lint_paper import look_over
from tests.papers.test_templates import LEFT_OVER

KINDS = (
    "addendum", "agreement.employer", "consent.duty", "consent.mentee", "consent.mentor", "consent.pd", "consent.pd_publication", "program.personal",
)  # fmt: skip
LONG = "Абдурахмангаджиева-Константинопольская Александра-Анастасия-Мария Святославовна-Всеволодовна"
# What each paper leaves to the pen when nobody typed it.
BLANKS = {
    "addendum": ("место нахождения: ____", "Цель – ____", "Выплата начисляется ____", "Форма выполнения работы – ____", "выплата: ____"),
    "agreement.employer": ("место нахождения: ____", "цель – ____"),
    "consent.duty": ("объём – ____", "Выплата начисляется ____"),
    "consent.pd": ("место нахождения: ____", "ИНН ____", "Кому данные передаются в составе отчётности: ____"),
    "consent.pd_publication": ("ОГРН ____", "на странице ____"),
}  # fmt: skip


def bare(kind):
    facts = specimen(kind, SUBJECTS[kind], 1)
    (pair,) = facts.pairs
    nothing = {
        "goal": "", "tasks": (), "kind": "", "pay": "", "form": "", "meetings_a_month": None, "addendum_number": "", "addendum_date": None, "row": NO_ROW,
    }  # fmt: skip
    empty = {
        "category": "",
        "experience": None,
        "strengths": "",
        "request": "",
        "deficits": (),
        "consent_duty": None,
        "consent_data": None,
    }
    people = {code: replace(each, name=LONG, gender="", **empty) for code, each in facts.people.items()}
    card = replace(
        facts.organisation, founder="", city="", curator_name="", **dict.fromkeys(FIELDS.values(), "")
    )
    return replace(
        facts, organisation=card, people=people, pairs=(replace(pair, **nothing),), register=(), meetings=()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_nothing_but_a_long_name_reads_well_and_leaves_the_rest_to_the_pen(kind):
    assert len(LONG) > 90
    data = render(
        settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](bare(kind)), draft="ПР-2026-001")
    )
    assert look_over(data, ("МБДОУ № 0",)) == ()
    paper = docx.Document(io.BytesIO(data))
    told = [each.text for each in paper.paragraphs]
    told += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert not [line for line in told if LEFT_OVER.search(line)]
    said = " ".join(told).replace("\u00a0", " ")
    assert "Абдурахмангаджиев" in said
    assert [blank for blank in BLANKS.get(kind, ()) if blank not in said] == []

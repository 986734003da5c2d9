"""People in papers: no code without a name beside it, registers that leave no blank where a word is known, plans filled from the log."""

import re
from dataclasses import replace
from datetime import date

import pytest

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Needless
from flows.domain.statuses import BROKEN
from flows.papers import render
from tests.papers.test_templates import TEMPLATES, lines

# Papers of monitoring count by codes and end with the table of whom they mean.
COUNTED = {"note.monitoring", "report.final", "report.survey"}
CODE = re.compile(r"(?<!\w)[ПНЛ][-‑]\d{3}")


def text_of(kind, facts):
    return lines(render(TEMPLATES / f"{kind}.docx", requisites(BUILDERS[kind](facts), draft="ПР-2026-017")))


def changed(kind, **fields):
    """The specimen with every person changed so."""
    facts = specimen(kind, SUBJECTS[kind])
    return replace(facts, people={code: replace(each, **fields) for code, each in facts.people.items()})


def rows(told):
    return [line for line in told if line.count(" | ") > 3]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", sorted(BUILDERS.keys() - COUNTED))
def test_a_code_never_stands_without_a_name(kind):
    facts = specimen(kind, SUBJECTS[kind])
    surnames = {each.name.split()[0][:5] for each in facts.people.values()}
    told = text_of(kind, facts)
    nameless = [line for line in told if CODE.search(line) and not any(name in line for name in surnames)]
    assert not nameless


@pytest.mark.parametrize(
    "kind", ["registry.mentors", "registry.mentees", "registry.pairs", "registry.programs"]
)
def test_a_register_says_in_words_what_is_not_there_and_leaves_nothing_to_the_pen(kind):
    facts = changed(kind, category="", experience=None, request="", strengths="", subject="", deficits=(), consent_duty=None, consent_data=None)  # fmt: skip
    facts = replace(
        facts, pairs=tuple(replace(each, addendum_number="", addendum_date=None) for each in facts.pairs)
    )
    told = text_of(kind, facts) if kind != "registry.programs" else text_of(kind, specimen(kind))
    assert not [line for line in rows(told) if "____" in line]
    body = "\n".join(rows(told))
    assert ("без категории" in body) is (kind == "registry.mentors")
    assert "None" not in body


def test_of_a_pupil_a_register_says_that_a_category_and_an_addendum_are_not_needed():
    told = "\n".join(
        rows(
            text_of(
                "registry.mentors", changed("registry.mentors", position="9 класс", category="", subject="")
            )
        )
    )
    assert "не требуется" in told
    assert "без категории" not in told
    facts = specimen("registry.pairs")
    pairs = tuple(
        replace(each, form="ученик – ученик", addendum_number="", addendum_date=None) for each in facts.pairs
    )
    table = rows(text_of("registry.pairs", replace(facts, pairs=pairs)))
    assert {line.rsplit(" | ", 1)[1] for line in table[1:]} == {"не требуется"}


def test_registers_tell_consents_the_other_half_the_days_and_the_results():
    facts = changed("registry.mentors", consent_public=date(2026, 9, 8), training="Курсы, 36 ч")
    facts = replace(
        facts, pairs=(replace(facts.pairs[0], status=BROKEN, end=date(2026, 12, 1)), *facts.pairs[1:])
    )
    told = rows(text_of("registry.mentors", facts))
    assert "публикация: 08.09.2026" in told[1]
    assert "курсы, 36 ч" in told[1]
    assert "П-001 Белова В.С. / с 15.09.2026 по 01.12.2026, досрочно" in told[1]
    assert (
        "открытое занятие (10.11.2026)" in rows(text_of("registry.mentees", specimen("registry.mentees")))[1]
    )


def test_a_plan_of_development_takes_its_steps_from_the_meetings_about_each_difficulty():
    facts = specimen("plan.individual", "mentee")
    meetings = tuple(
        replace(each, deficit="планирование" if at % 2 else "") for at, each in enumerate(facts.meetings)
    )
    told = [
        line
        for line in text_of("plan.individual", replace(facts, meetings=meetings))
        if re.match(r"\d \|", line)
    ]
    assert told[0] == "1 | работа с семьёй | 3 → 8 |  |  | сама готовит и ведёт беседу с родителями /"
    assert told[1].startswith(
        "2 | планирование | 4 → 7 | Разбор занятия; План недели | с 13.10.2026 / по 24.11.2026 |"
    )
    assert told[2].startswith(
        "3 | по запросу: как говорить с родителями |  | Знакомство и план | 22.09.2026 |"
    )
    spare = text_of("plan.individual", replace(facts, meetings=())).count(" |  |  |  |  |")
    assert spare == 4


def test_a_plan_of_meetings_is_of_a_pair_or_of_a_group_and_the_curator_agrees_to_it():
    facts = specimen("plan.meetings", "pair")
    assert "наставнической группы" in "\n".join(text_of("plan.meetings", facts))
    alone = replace(facts, pairs=(replace(facts.pairs[0]),), subject=facts.pairs[0].code)
    told = text_of("plan.meetings", alone)
    assert "наставнической пары" in "\n".join(told)
    assert "СОГЛАСОВАНО" in "\n".join(told)
    nobody = replace(alone, organisation=replace(alone.organisation, curator_name=""))
    assert "СОГЛАСОВАНО" not in "\n".join(text_of("plan.meetings", nobody))


def test_no_note_is_written_of_mentees_without_a_mentor_where_there_are_none():
    assert any("Л-009 Крылова Е.П." in line for line in text_of("note.unmatched", specimen("note.unmatched")))
    with pytest.raises(Needless, match="наставник есть у каждого"):
        BUILDERS["note.unmatched"](specimen("order.pairs"))

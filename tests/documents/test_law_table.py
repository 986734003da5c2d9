"""Every act that must stand in a paper stands in it, and no other: kind by day by who takes part (`law_table.txt`).

The table was written from the acts themselves, the papers are printed from the real templates and read as text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import pytest

from flows import settings
from flows.domain.catalogue import record
from flows.domain.documents import norms
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.organisation import Nature
from flows.domain.people.pupils import LAW_OF_MENTORING
from flows.papers import render
from flows.papers.package import BODY, unpacked
from flows.papers.paper_text import text_of
from flows.papers.read_fields import fields_read

TABLE = Path(__file__).parent / "law_table.txt"
DAYS = (date(2022, 5, 16), date(2024, 9, 2), date(2025, 3, 3), date(2026, 9, 15))
WORKERS, BOTH, PUPILS, EMPLOYERS = "работники", "работники и обучающиеся", "обучающиеся", "работодатели"
MANAGEMENT, EMPTY = "управление", "детский сад без участников"
PUPIL = {
    "position": "8 «А» класс", "sort": "обучающийся", "born": date(2011, 5, 3), "category": "", "experience": None, "young": False,
    "representative": "Серова Инна Игоревна", "representative_consent": date(2021, 9, 1),
}  # fmt: skip
STUDENT = {**PUPIL, "position": "3 курс", "sort": "студент", "born": date(2005, 5, 3)}
FORMS = {
    PUPILS: ("ученик – ученик", PUPIL, PUPIL),
    EMPLOYERS: ("работодатель – студент", {"position": "начальник цеха"}, STUDENT),
}
NO_CONTRACT = {"addendum_number": "", "addendum_date": None, "pay": ""}
ONLY_A_BLANK = re.compile(r"[\s_.,:;–()«»]*_{2,}[\s_.,:;–()«»]*")


def sections():
    told: dict[str, list[str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            own = told.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            own.append(line)
    return told


def pairs_of(section):
    return dict(line.split(" : ") for line in sections()[section])


def table():
    """Yield kind, who takes part, day and the acts in their order."""
    for line in sections()["таблица"]:
        name, _, cells = line.partition(" : ")
        kind, _, who = name.partition(" · ")
        acts = ""
        for day, cell in zip(DAYS, cells.split(" | "), strict=True):
            acts = acts if cell == "=" else cell.removeprefix("–")
            for one in who.split(", "):
                yield kind, one, day, tuple(acts.split())


ROWS = tuple(table())
ACTS, TRACES = pairs_of("акты"), pairs_of("следы")
QUOTING = {kind for norm in settings.norms() for kind in norm.kinds}


@pytest.fixture(scope="module")
def speaking():
    """The kinds whose templates speak of norms or acts."""
    read = {kind: fields_read(settings.template(record.of(kind).template)) for kind in BUILDERS}
    return sorted(kind for kind, fields in read.items() if {"нормы", "основания"} & fields.keys())


def nobody_yet(told, who):
    """The organisation before anybody is in its lists: its plan alone tells of whom it speaks."""
    rows = tuple(replace(row, audience="mixed") for row in told.activities)
    card = told.organisation
    if who == MANAGEMENT:
        name = "муниципальное казённое учреждение «Управление образования Образцовского района»"
        card = replace(card, full_name=name, short_name="МКУ УО", nature=Nature.MANAGEMENT)
    return replace(told, organisation=card, people={}, pairs=(), activities=rows, activity=rows[-1])


@lru_cache
def facts(kind, who):
    """The invented organisation, its pairs made over into such as take part."""
    told = replace(specimen(kind, SUBJECTS[kind]), norms=settings.norms())
    if who == WORKERS:
        return told
    if who in {MANAGEMENT, EMPTY}:
        return nobody_yet(told, who)
    changed = told.pairs if who != BOTH else told.pairs[:1]
    form, mentor, mentee = FORMS[PUPILS if who == BOTH else who]
    looks = {pair.mentor: mentor for pair in changed}
    looks |= {code: mentee for pair in changed for code in pair.mentees}
    own = {code: replace(person, **looks.get(code, {})) for code, person in told.people.items()}
    pairs = [
        replace(pair, form=form, **({} if who == EMPLOYERS else NO_CONTRACT)) if pair in changed else pair
        for pair in told.pairs
    ]
    return replace(told, people=own, pairs=tuple(pairs))


@cache
def lines(kind, who, day):
    """The lines of a paper of a day, registered on it or a draft: what it quotes does not depend on that."""
    told = requisites(BUILDERS[kind](replace(facts(kind, who), day=day)), draft="ПР-2026-017")
    body = unpacked(render(settings.template(record.of(kind).template), told), "Документ")[BODY]
    return tuple(text.replace("\u00a0", " ") for _, text in text_of(body.decode()).lines)


@pytest.mark.parametrize(("kind", "who"), dict.fromkeys((kind, who) for kind, who, _, _ in ROWS), ids=str)
def test_a_paper_quotes_the_acts_of_its_day_in_their_order_and_no_other(kind, who):
    for day, acts in ((day, acts) for one, other, day, acts in ROWS if (one, other) == (kind, who)):
        text = "\n".join(lines(kind, who, day))
        there = {act for act, trace in TRACES.items() if trace in text}
        places = [text.find(ACTS[act]) for act in acts]
        assert there == set(acts), (day, there ^ set(acts))
        assert -1 not in places, (day, [act for act, at in zip(acts, places, strict=True) if at < 0])
        assert places == sorted(places), day


def test_an_order_of_pairs_names_the_consents_of_both_sides_and_claims_no_addendum_that_nobody_signed():
    early, late = (
        "\n".join(lines("order.pairs", who, day)) for who, day in ((PUPILS, DAYS[0]), (WORKERS, DAYS[3]))
    )
    assert "с письменного согласия наставников и наставляемых" in early
    assert "с письменного согласия наставников и наставляемых, на основании дополнительных соглашений" in late
    assert "соглашени" not in early


def test_where_no_worker_takes_part_no_workers_body_is_asked_and_nothing_is_said_of_pay():
    for kind in ("regulation", "regulation.rewards"):
        own = " ".join("\n".join(lines(kind, WORKERS, DAYS[3])).split())
        assert "Мнение представительного органа работников учтено (протокол от ___.___.20___ № ______)" in own
        text = "\n".join(lines(kind, PUPILS, DAYS[3]))
        assert [word for word in ("представительного органа", "выплат", "оплаты труда") if word in text] == []
    assert "помощь одного работника другому" in "\n".join(lines("regulation", BOTH, DAYS[3]))
    assert "помощь одного работника другому" not in text


def test_no_paper_bears_the_mark_of_a_state_body():
    sources = [path.read_text("utf-8") for path in (settings.TEMPLATES).glob("papers_*.py")]
    assert sum("Доступ по утверждённому перечню лиц" in source for source in sources) == 1
    assert not any("служебного пользования" in source.lower() for source in sources)


def test_every_kind_that_quotes_an_act_is_in_the_table_and_every_act_of_the_table_in_the_config():
    assert {kind for kind, *_ in ROWS} == QUOTING
    config = " ".join(norm.instrumental for norm in settings.norms())
    assert [act for act, title in ACTS.items() if title not in config] == []


def test_no_point_of_a_paper_is_only_a_blank_because_a_norm_is_not_in_force(speaking):
    """What the law does not ask on the first day of the table is left out: the paper has no more blanks than on the last."""
    for kind in speaking:
        early, late = (
            [text for text in lines(kind, WORKERS, day) if ONLY_A_BLANK.fullmatch(text)]
            for day in (DAYS[0], DAYS[-1])
        )
        assert len(early) <= len(late), kind


def test_words_of_the_law_are_never_a_blank_in_the_middle_of_a_sentence(speaking):
    for kind in speaking:
        early, late = ("\n".join(lines(kind, WORKERS, day)).count("___ ") for day in (DAYS[0], DAYS[-1]))
        assert early <= late, kind


@pytest.mark.parametrize(
    ("name", "kindergarten"),
    [
        ("муниципальное дошкольное образовательное учреждение «Теремок»", True),
        ("муниципальное учреждение «Детский сад № 5»", True),
        ("муниципальное общеобразовательное учреждение «Начальная школа – детский сад № 5»", False),
        ("муниципальное общеобразовательное учреждение «Школа № 1»", False),
    ],
)
def test_a_plan_that_speaks_of_pupils_rests_on_their_model_only_where_they_may_be_mentees(name, kindergarten):
    """A kindergarten without «дошкольное» in its name is one as well; one rule tells it to every paper."""
    told = facts("order.introduce", WORKERS)
    rows = tuple(replace(row, audience="mixed") for row in told.activities)
    told = replace(told, organisation=replace(told.organisation, full_name=name), activities=rows)
    acts = norms.quoted(replace(told, day=date(2026, 9, 15)), "order.introduce")
    assert any("Р-145" in act for act in acts) is not kindergarten


def test_the_day_the_law_of_mentoring_came_into_force_is_the_one_of_the_config():
    (law,) = (norm for norm in settings.norms() if "351.8" in norm.instrumental)
    assert law.since == LAW_OF_MENTORING

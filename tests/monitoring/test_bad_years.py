"""Years in which nearly everything is missing, or there is far too much of it: the papers are made, and a person can read them."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import FIGURES, requisites
from flows.domain.model import Facts
from flows.papers import render
from tests.holes import holes
from tests.monitoring import planted_notes as notes
from tests.monitoring import planted_years as years
from tests.paper_lines import lines

KINDS = settings.catalogue()
OF_A_PAIR = ("program.personal", "report.mentor")
NO_DATA = "нет данных"
# What no methodist would leave standing: words of the machine, days as machines write them, a share of nothing, «1 пар».
ODD = re.compile(
    r"\bNone\b|\bnan\b|\b20\d\d-\d\d-\d\d\b|\b0 из 0\b|[+−-]0,0\b|(?<![\d,.])(?:1|21|31) (?:пар|встреч|анкет|ответов|"
    r"наставляемых|наставников|затруднений|справок|недель|месяцев|дней|лет|раз)\b|\.\.(?!\.)|,,|\s[.,;:](?:\s|$)"
)


def nothing(_):
    """An ordinary year."""


def no_difficulties(year):
    for row in year.rows("Наставляемые"):
        row["Дефициты"] = ""


def no_requests(year):
    for row in year.rows("Наставляемые"):
        row["Запрос (что нужно)"] = ""


def no_answers(year):
    for name in [name for name in year.tabs if name.endswith(")")]:
        year.tabs[name] = []


def one_answer(year):
    for name in [name for name in year.tabs if name.endswith(")")]:
        year.tabs[name] = year.tabs[name][: name == f"{years.MENTEES_FORM} (выход)"]


def all_the_same(year):
    for row in year.rows("Наставляемые"):
        row["Дефициты"] = years.difficulties([(sphere, 5, 5) for sphere, *_ in years.parted(row)])
    for row in year.rows("Встречи"):
        if row.get("Дата проведения"):
            row["Оценка наставляемого 1–10"] = row["Оценка наставника 1–10"] = 8
    for name, rows in year.tabs.items():
        if name.endswith(")"):
            for row in rows:
                row.update({text: 7 for text, value in row.items() if isinstance(value, int)})


def two_weeks(year):
    _term(year, date(2026, 9, 14), date(2026, 9, 28), "завершена")


def two_school_years(year):
    _term(year, date(2025, 11, 3), date(2027, 11, 30), "действует")


def _term(year, first, last, state):
    for row in year.rows("Пары"):
        row.update({"Дата начала": first, "Дата окончания": last, "Состояние": state})
    year.tabs["Встречи"] = [row for row in year.rows("Встречи") if first <= row["Дата по плану"] <= last]


def no_meetings(year):
    year.tabs["Встречи"] = []


def nothing_typed(year):
    for change in (no_difficulties, no_requests, no_answers, no_meetings):
        change(year)
    year.tabs.update({"Документы": [], "Кадровые события": [], "Карта оценки": []})


FEW = (1, 1, 3)
YEARS = {
    "an ordinary year": (nothing, FEW),
    "no difficulties": (no_difficulties, FEW),
    "no requests": (no_requests, FEW),
    "no answers": (no_answers, FEW),
    "one answer": (one_answer, FEW),
    "all the same": (all_the_same, FEW),
    "a term of two weeks": (two_weeks, FEW),
    "a term over two school years": (two_school_years, FEW),
    "a group of 31": (nothing, (31, 1)),
    "no meetings": (no_meetings, FEW),
    "one pair": (nothing, (1,)),
    "nothing typed": (nothing_typed, FEW),
}


@cache
def facts_of(name) -> Facts:
    change, sizes = YEARS[name]
    year = years.year(7, sizes=sizes)
    change(year)
    return notes.facts_of(year, earlier=(years.MARCH,))


def odd(texts):
    of_papers = (
        "ничего после двоеточия",
        "двойной пробел",
    )  # a list stands below, a line is signed by the pen
    found = [hole for hole in holes("\n".join(texts)) if not hole.startswith(of_papers)]
    return [text for text in texts if ODD.search(text)] + found


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", YEARS)
def test_a_note_of_a_poor_year_reads_well(name):
    told = notes.context(facts_of(name))
    body = [piece for piece in notes.said(told) if not piece.appendix]
    assert body
    assert odd([piece.text for piece in body]) == []
    assert sum(piece.text.lower().count(NO_DATA) for piece in body) <= 1
    bare = [
        section["название"]
        for section in told["разделы"]
        if not any(section[name] for name in ("абзацы", "таблицы", "пункты", "от_руки"))
    ]
    assert bare == []


def paper(kind, facts):
    """What a paper says, printed."""
    told = {name: value for name, value in BUILDERS[kind](facts).items() if name != FIGURES}
    return lines(render(settings.template(KINDS[kind].template), requisites(told, draft="ПР-2026-001")))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", [*OF_A_PAIR, "report.final"])
@pytest.mark.parametrize("name", YEARS)
def test_papers_of_a_poor_year_are_printed_and_read_well(name, kind):
    facts = facts_of(name)
    if kind in OF_A_PAIR:
        facts = replace(facts, subject=facts.pairs[0].code, activity=None, window=None)
    told = paper(kind, facts)
    assert len(told) > 10
    assert odd(told) == []

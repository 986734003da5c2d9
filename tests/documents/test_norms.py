"""Acts are quoted by the paper's day."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.domain.documents.norms import DEMANDS, demands, norms_on, paper_day, quoted
from flows.domain.documents.specimen import specimen
from flows.domain.model import Norm
from flows.domain.terms.reading import Window

CONFIG = Path(__file__).parents[2] / "config"
NORMS = tuple(
    Norm(
        **{**entry, "since": entry.get("since"), "until": entry.get("until"), "kinds": tuple(entry["kinds"])}
    )
    for entry in tomllib.loads((CONFIG / "norms.toml").read_text(encoding="utf-8"))["norm"]
)
OLD = Norm("old", "старым актом", None, date(2025, 2, 28), "", kinds=("order.pairs",))
NEW = Norm("new", "новым актом", date(2025, 3, 1), None, "", kinds=("order.pairs",))


@pytest.mark.parametrize(("day", "found"), [(date(2025, 2, 28), [OLD]), (date(2025, 3, 1), [NEW])])
def test_an_act_is_in_force_from_and_until(day, found):
    assert list(norms_on((OLD, NEW), day)) == found


@pytest.mark.parametrize(
    ("window", "text"),
    [(Window(None, date(2024, 9, 15)), ["старым актом"]), (Window(date(2026, 9, 1), None), ["новым актом"])],
)
def test_a_paper_quotes_what_was_in_force_on_its_own_day(window, text):
    facts = replace(specimen("order.pairs"), norms=(OLD, NEW), window=window)
    assert quoted(facts, "order.pairs") == text
    assert quoted(facts, "order.curator") == []


def test_the_papers_day_never_depends_on_today():
    facts = replace(specimen("order.pairs", pairs=0), window=None)
    assert paper_day(facts) == paper_day(replace(facts, today=date(2031, 1, 1))) == date(2026, 9, 1)
    assert paper_day(replace(facts, pairs=specimen("order.pairs").pairs)) == date(2026, 9, 15)


def test_every_act_of_the_config_was_checked_and_is_quoted_by_a_known_kind():
    known = {
        kind["id"] for kind in tomllib.loads((CONFIG / "documents.toml").read_text(encoding="utf-8"))["kind"]
    }
    assert all(norm.checked and norm.source and norm.kinds for norm in NORMS)
    assert {kind for norm in NORMS for kind in norm.kinds} <= known
    assert len({norm.id for norm in NORMS}) == len(NORMS)


def test_the_usual_misprints_are_not_in_the_config():
    text = " ".join(norm.instrumental for norm in NORMS)
    assert "358.1" not in text
    assert "24.12.2019" not in text
    assert all(norm.instrumental.split()[0].endswith(("м", "ом", "ей", "ми")) for norm in NORMS)


def test_what_the_law_demands_is_said_only_while_it_is_in_force_and_every_word_was_checked():
    facts = replace(specimen("addendum"), norms=NORMS)
    assert all(demands(facts).values())
    before = demands(replace(facts, window=Window(date(2024, 9, 1), None)))
    assert before["срок_уведомления"] is None
    assert before["отзыв_согласия"]
    assert {key for norm in NORMS for key in norm.says} == set(DEMANDS)

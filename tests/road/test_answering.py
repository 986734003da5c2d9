"""A sample of the walks of `tests.faults.answering`: no sentence of a question, an answer or a command stands in a paper."""

from __future__ import annotations

import random

from tests.faults import answering
from tests.faults.answering import Met, walk
from tests.road import desk as desks

KINDS = ("roadmap", "order.pairs", "note.monitoring", "registry.mentors")


def test_a_walk_among_questions_and_answers_leaves_none_of_them_in_a_paper(founded, tmp_path, monkeypatch):
    origin, place = founded
    monkeypatch.setattr(answering, "DAYS", answering.DAYS[1:2])
    met = Met()
    walk(
        desks.copied(origin, tmp_path / "home"),
        place,
        random.Random(5),
        met,
        desks.supplies(kinds=KINDS),
        rows=len(answering.ROWS),
        pairs=2,
    )
    assert met.violations == []
    assert met.counts["papers"] >= 2
    assert met.counts["answers refused"]
    assert met.counts["sentences looked for"] > 20


def test_the_walk_finds_a_sentence_that_stands_in_a_paper():
    met = Met(
        papers=[("sadik/roadmap", "Мониторинг. НЕ\u00a0понимаю этого. Сентябрь")], sentences={"не понимаю"}
    )
    met.look()
    assert met.violations == ["sadik/roadmap: «не понимаю»"]

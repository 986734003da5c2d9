"""The twelve papers a head signs, in three organisations, word for word as agreed on, for men and for women."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from flows.work import prepare
from tests.road import desk as desks
from tests.road import situations

AGREED = Path(__file__).parent / "signed"


def run(desk, day):
    return prepare(desk.space, desk.place, day, desks.supplies(day, (*situations.SIGNED, "program.personal")))


def papers(desk, situation):
    situations.furnish(desk, situations.SITUATIONS[situation])
    return situations.live(desk, run)


# A situation is lived through most of a year: the suite takes one of the three, the texts of each kind are also agreed on in tests/papers.
@pytest.mark.sampled(3)
@pytest.mark.parametrize("situation", situations.SITUATIONS)
def test_each_paper_a_head_signs_is_worded_as_agreed(situation, empty):
    agreed = {path.stem: path.read_text("utf-8") for path in (AGREED / situation).glob("*.txt")}
    assert {name: text + "\n" for name, text in papers(empty, situation).items()} == agreed


if __name__ == "__main__":  # writes the texts anew, to be read before they are agreed on
    for name in sys.argv[1:] or situations.SITUATIONS:
        with tempfile.TemporaryDirectory() as folder:
            place = desks.founded(Path(folder))
            with desks.opened(Path(folder), place) as desk:
                (AGREED / name).mkdir(parents=True, exist_ok=True)
                for each in (AGREED / name).glob("*.txt"):
                    each.unlink()
                for title, text in papers(desk, name).items():
                    (AGREED / name / f"{title}.txt").write_text(text + "\n", "utf-8")

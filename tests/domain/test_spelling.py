"""A word of the trade misspelt is one slip away from it; another ending is no slip."""

from __future__ import annotations

import pytest

from flows.domain.roadmap.checks.spelling import misspelled


@pytest.mark.parametrize(
    ("word", "slip"),
    [
        ("наставнки", True),  # the last two letters of the stem are swapped
        ("насавник", True),
        ("насттавник", True),
        ("натсавник", True),
        ("наставниц", False),
        ("наставника", False),
        ("наседка", False),
    ],
)
def test_a_slip_is_told_from_another_ending_and_from_another_word(word, slip):
    assert misspelled(f"Работа: {word}.") == (word if slip else "")

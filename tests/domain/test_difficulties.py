"""What a mentee finds hard, read from its line."""

from __future__ import annotations

from flows.domain.people.difficulties import Difficulty, difficulty


def test_marks_of_a_difficulty_are_read_on_the_scale_of_ten():
    assert difficulty("планирование – 4 – 8,5") == Difficulty("планирование", "4", "8,5")
    assert (difficulty("ИКТ – 4/5 – ").first, difficulty("ИКТ – 4/5 – ").last) == (8, None)
    assert difficulty("ИКТ — мало").first is None


def test_a_dash_inside_a_sphere_parts_nothing_where_the_parts_stand_between_spaces():
    assert difficulty("дети 3–4 лет – 5 – 7") == Difficulty("дети 3–4 лет", "5", "7")
    assert difficulty("работа с семьёй - 3 -") == Difficulty("работа с семьёй", "3")
    assert difficulty("ИКТ–4–8") == Difficulty("ИКТ", "4", "8")

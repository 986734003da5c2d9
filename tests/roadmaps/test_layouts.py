"""Layouts that schools print, one file each: every activity is found, with its term and every other column."""

from pathlib import Path

import pytest

from flows.intake import understand
from tests.roadmaps.made_files import described, made

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
USUAL = ("number", "stage", "activity", "content", "responsible", "result", "windows")


def windows(activity):
    return "; ".join(f"{each.start or ''}..{each.end or ''}" for each in activity.term.windows)


def told(activity, columns):
    row = {
        "number": activity.number,
        "stage": activity.stage,
        "activity": activity.activity,
        "content": activity.content,
        "responsible": activity.printed_responsible,
        "result": activity.result,
        "windows": windows(activity),
        **({"term": activity.printed_term} if "term" in columns else {}),
        **dict(activity.others),
    }
    return {column: text for column, text in row.items() if text}


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_every_activity_term_and_column_of_a_layout_is_read(path, tmp_path):
    _, _, (columns, *truth) = described(path)
    _, activities, problems = understand(made(path, tmp_path))
    wanted = [{column: text for column, text in zip(columns, row, strict=False) if text} for row in truth]
    assert [told(each, columns) for each in activities] == wanted
    assert "stop" not in {each.severity.name.lower() for each in problems}


def test_the_layouts_are_twenty_at_least():
    assert len(LAYOUTS) >= 20

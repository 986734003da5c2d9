"""Pictures: the same bytes for the same values, letters that exist, numbers on bars, a text for those who cannot see."""

import io
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import matplotlib as mpl
import pytest
from PIL import Image

from flows.domain.monitoring.note.shape import Chart
from flows.papers import charts

START, END = date(2026, 9, 1), date(2027, 5, 31)
CHARTS = (
    Chart(
        "before_after",
        "Средние баллы до и после",
        {"rows": (("Комфорт", 6.25, 7.8, 10), ("Польза", 4.0, 7.0, 10))},
        1,
    ),
    Chart("plan_fact", "Встречи", {"rows": (("П-001", 4, 3), ("П-002", 0, 0))}, 2),
    Chart(
        "cadence",
        "Встречи по дням",
        {"rows": (("П-001", (START, START + timedelta(days=14))), ("П-002", ())), "start": START, "end": END},
        3,
    ),
    Chart(
        "gantt",
        "Дорожная карта",
        {
            "rows": (
                ("1.1", START, date(2026, 9, 30), True),
                ("6.2", date(2026, 12, 1), date(2026, 12, 31), False),
            ),
            "start": START,
            "end": END,
            "line": date(2026, 12, 20),
        },
    ),
)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_chart_is_drawn_the_same_twice(chart):
    first, second = charts.draw(chart), charts.draw(chart)
    assert first == second
    assert first.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", first.png[16:24])
    assert width == 945
    assert height >= 280


def test_the_caption_is_numbered_and_the_text_tells_all_numbers():
    told = charts.draw(CHARTS[0])
    assert told.caption == "Рисунок 1 – Средние баллы до и после"
    assert (
        told.alt
        == "Средние баллы до и после. Комфорт: до 6,3, после 7,8 из 10; Польза: до 4,0, после 7,0 из 10."
    )
    assert "П-002: по плану 0, проведено 0" in charts.draw(CHARTS[1]).alt
    assert "П-002: встреч нет" in charts.draw(CHARTS[2]).alt
    assert "Линией отмечено 20.12.2026." in charts.draw(CHARTS[3]).alt


def test_pictures_are_grey_so_that_any_printer_shows_them():
    for chart in CHARTS:
        colours = Image.open(io.BytesIO(charts.draw(chart).png)).convert("RGB").getcolors(1_000_000)
        assert all(red == green == blue for _, (red, green, blue) in colours)


def test_every_letter_has_a_glyph(recwarn):
    charts.draw(replace(CHARTS[1], data={"rows": (("«Ёжик» № 5 – съёмщик ФЫВА", 1, 1),)}))
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]


def test_settings_of_the_process_do_not_change_a_picture():
    plain = charts.draw(CHARTS[0])
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red"}):
        assert charts.draw(CHARTS[0]) == plain


def test_forty_pairs_still_fit_a_page():
    rows = tuple((f"П-{at:03}", at, at // 2) for at in range(40))
    _, height = struct.unpack(">II", charts.draw(Chart("plan_fact", "Встречи", {"rows": rows})).png[16:24])
    assert height <= 9 * charts.DPI


def test_one_day_and_a_line_outside_are_no_trouble():
    charts.draw(Chart("cadence", "x", {"rows": (("П", (START,)),), "start": START, "end": START}))
    charts.draw(
        Chart(
            "gantt", "x", {"rows": (("1", START, START, False),), "start": START, "end": START, "line": END}
        )
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="pie"):
        charts.draw(Chart("pie", "x", {}))


def test_matplotlib_waits_until_a_picture_is_wanted():
    told = "import sys, flows.papers.charts; sys.exit('matplotlib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", told], check=False, cwd=Path(__file__).parents[2]).returncode
        == 0
    )

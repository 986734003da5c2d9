"""Charts: the same bytes for the same values, numbers on bars, told apart in black and white, a text for those who cannot see."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from lxml import etree

from flows.domain.monitoring.note.shape import Chart
from flows.papers import charts
from tests.papers.walker_charts import C

START, END = date(2026, 9, 1), date(2027, 5, 31)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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


def part(chart):
    return etree.fromstring(charts.draw(chart).part)


def rows(chart):
    """The table behind a chart, as Word shows it for «Изменить данные»."""
    book = openpyxl.load_workbook(io.BytesIO(charts.draw(chart).workbook))
    return [tuple(cell.value for cell in row) for row in book["Данные"]]


def valued(tree, name):
    return [each.get("val") for each in tree.iter(f"{C}{name}")]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_chart_is_drawn_the_same_twice(chart):
    assert charts.draw(chart) == charts.draw(chart)


def test_the_text_tells_all_numbers():
    assert (
        charts.draw(CHARTS[0]).alt
        == "Средние баллы до и после. Комфорт: до 6,3, после 7,8 из 10; Польза: до 4,0, после 7,0 из 10."
    )
    assert "П-002: по плану 0, проведено 0" in charts.draw(CHARTS[1]).alt
    assert "П-002: встреч нет" in charts.draw(CHARTS[2]).alt
    assert "Линией отмечено 20.12.2026." in charts.draw(CHARTS[3]).alt


def test_the_table_behind_a_chart_holds_what_the_text_says():
    assert rows(CHARTS[0]) == [("Критерий", "до", "после"), ("Комфорт", 6.3, 7.8), ("Польза", 4, 7)]
    assert rows(CHARTS[1]) == [("Пара", "по плану", "проведено"), ("П-001", 4, 3), ("П-002", 0, 0)]
    met = [(row[6], row[7].date()) for row in rows(CHARTS[2])[1:]]
    assert met == [("П-001 (2)", START), ("П-001 (2)", START + timedelta(days=14))]
    assert [(row[0], row[1].date(), row[2:]) for row in rows(CHARTS[3])[1:]] == [
        ("1.1", START, (30, None)),
        ("6.2", date(2026, 12, 1), (None, 31)),
    ]


def test_a_mark_is_rounded_as_the_paper_rounds_it():
    chart = Chart("before_after", "x", {"rows": (("Комфорт", 6.35, 8.349, 10),)})
    assert rows(chart)[1:] == [("Комфорт", 6.4, 8.3)]


def test_each_bar_carries_its_number():
    for chart in CHARTS[:2]:
        assert [
            (each.find(f"{C}showVal").get("val"), each.find(f"{C}dLblPos").get("val"))
            for each in part(chart).iter(f"{C}dLbls")
        ] == [("1", "outEnd")] * 2


def test_bars_side_by_side_differ_by_pattern_and_not_by_grey_alone():
    for chart in (CHARTS[0], CHARTS[1], CHARTS[3]):
        looks = [each.find(f"{C}spPr")[0].tag for each in part(chart).iter(f"{C}ser")]
        assert looks[-2:] == [f"{A}solidFill", f"{A}pattFill"]


def test_charts_are_grey_so_that_any_printer_shows_them():
    for chart in CHARTS:
        colours = [each.get("val") for each in part(chart).iter(f"{A}srgbClr")]
        assert all(re.fullmatch(r"([0-9A-F]{2})\1\1", each) for each in colours)


def test_the_day_of_the_note_is_a_dashed_line_where_the_names_stand():
    counted = (date(2026, 12, 20) - date(1899, 12, 30)).days
    assert valued(part(CHARTS[3]), "crossesAt") == [str(counted)]
    outside = Chart("gantt", "x", {**CHARTS[3].data, "line": END + timedelta(days=1)})
    for chart in (outside, Chart("gantt", "x", {**CHARTS[3].data, "line": None})):
        assert valued(part(chart), "crossesAt") == []
        assert "пунктир" not in charts.draw(chart).part.decode()


def test_days_stand_at_their_places_however_many_there_are():
    for days in (1, 6, 30, 180, 273, 365, 1096):
        end = START + timedelta(days=days - 1)
        chart = Chart("cadence", "x", {"rows": (("П", (START, end)),), "start": START, "end": end})
        tree = part(chart)
        step = float(next(tree.iter(f"{C}majorUnit")).get("val"))
        assert 0 < days / step <= 8
        last = float(next(tree.iter(f"{C}max")).get("val"))
        shown = [float(each.text) for each in next(tree.iter(f"{C}xVal")).iter(f"{C}v")]
        assert shown == [last - days, last - 1]


def test_forty_pairs_still_fit_a_page_and_all_are_named():
    told = tuple((f"П-{at:03}", at, at // 2) for at in range(40))
    chart = Chart("plan_fact", "Встречи", {"rows": told})
    assert charts.draw(chart).height <= 9 * charts.INCH
    assert valued(part(chart), "tickLblSkip") == ["1"]


def test_what_people_typed_is_a_name_and_not_markup():
    chart = Chart("plan_fact", "x", {"rows": (('«Ёжик» <5> & "Лис"\x00\n – съёмщик', 1, 1),)})
    assert rows(chart)[1][0] == '«Ёжик» <5> & "Лис" – съёмщик'
    assert next(part(chart).iter(f"{C}cat")).findtext(f".//{C}v") == rows(chart)[1][0]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="pie"):
        charts.draw(Chart("pie", "x", {}))

"""Charts of monitoring papers as Word has them: sharp, open to change, told apart in black and white, the same bytes for the same values.

Bars differ by pattern and carry their numbers. What a chart shows stands in the small workbook inside it, row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.domain.monitoring.indicators.figure import decimal, exact
from flows.domain.statuses import DONE
from flows.papers import chart_xml as xml
from flows.papers.chart_book import DATED, Area, Rows, serial
from flows.papers.values import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flows.domain.monitoring.note.shape import Chart

INCH = 914_400  # EMU
WORKBOOK = xml.WORKBOOK
ROW, LEAST, MOST = 0.28, 1.9, 9.0
LONGEST_LABEL = 34
MOST_NAMED = 60
KEY = f"серым – {DONE}, штриховкой – не отмечено"
MANY = 24
STEPS = (1, 2, 7, 14, 28, 42, 56, 91, 182, 364)
MOST_STEPS, MOST_DAYS = 10, 8
GAP, WIDE_GAP = 30, 120
FEW = 2
AIR = 1.08
WHITE, GREY, HATCHED = "FFFFFF", "A6A6A6", "wdUpDiag"
TENTHS = "[$-419]0.0"
LETTER, MARGIN = 0.0115, 0.045  # shares of the width
HEAD, FOOT = 0.1, 0.36


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready to print: its part and its workbook as bytes, its height in EMU and the words for those who cannot see it."""

    part: bytes
    workbook: bytes
    height: int
    alt: str


def draw(chart: Chart) -> Drawn:
    """Draw a chart of a note or a pack. Raises `ValueError` for an unknown kind."""
    if chart.kind not in KINDS:
        raise ValueError(chart.kind)
    made, tell = KINDS[chart.kind]
    rows, part = made(chart.data)
    height = round(_height(len(chart.data["rows"])) * INCH)
    return Drawn(part.encode(), rows.workbook(), height, f"{chart.caption}. {tell(chart.data)}")


def _height(rows: int) -> float:
    return min(max(LEAST, 1.1 + ROW * rows), MOST)


def _size(rows: int) -> float:
    return xml.USUAL if rows <= MANY else xml.SMALL


def _gap(rows: Rows) -> int:
    return GAP if len(rows.cells) - 1 > FEW else WIDE_GAP


def _label(text: str) -> str:
    said = " ".join(clean(text).split())
    return said if len(said) <= LONGEST_LABEL else f"{said[: LONGEST_LABEL - 1].rstrip()}…"


def _series(at: int, rows: Rows, column: int, look: str, labels: str = "") -> str:
    """Return the bars of one column, named by its head."""
    last = len(rows.cells)
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx>{rows.words(Area(column, 1, column, 1))}</c:tx>'
        f'{look}<c:invertIfNegative val="0"/>{f"<c:dLbls>{labels}</c:dLbls>" if labels else ""}'
        f"<c:cat>{rows.words(Area(1, 2, 1, last))}</c:cat><c:val>{rows.numbers(Area(column, 2, column, last))}</c:val></c:ser>"
    )


def _pairs(rows: Rows, scale: xml.Scale, form: str) -> str:
    """Return bars in groups of two, the first white and the second hatched, each with its number."""
    size = _size(len(rows.cells) - 1)
    labels = xml.shown("Val", place="outEnd", form=form, size=size - 2)
    looks = (xml.plain(WHITE), xml.hatched(HATCHED))
    series = "".join(_series(at, rows, at + 2, look, labels) for at, look in enumerate(looks))
    axes = xml.names_axis(size, xml.line(0.75), '<c:crosses val="min"/>') + xml.numbers_axis(scale)
    return xml.space(f"<c:layout/>{xml.bars('clustered', series, _gap(rows))}{axes}", xml.key())


def _before_after(data: Any) -> tuple[Rows, str]:
    told = data["rows"]
    rows = Rows(
        (
            ("Критерий", "до", "после"),
            *((_label(name), _tenths(one), _tenths(two)) for name, one, two, _ in told),
        )
    )
    return rows, _pairs(rows, _scale(max(row[3] for row in told), "средний балл"), TENTHS)


def _plan_fact(data: Any) -> tuple[Rows, str]:
    rows = Rows(
        (
            ("Пара", "по плану", "проведено"),
            *((_label(name), _whole(plan), _whole(held)) for name, plan, held in data["rows"]),
        )
    )
    most = max(max(row[1:]) for row in data["rows"])
    return rows, _pairs(rows, _scale(most, "встреч"), "General")


def _cadence(data: Any) -> tuple[Rows, str]:
    """Show days as points on the line of their row; a line is a series that bears the row's name."""
    start, end, told = data["start"], data["end"], data["rows"]
    names = [f"{_label(name)} ({len(days)})" for name, days in told]
    lines = [(name, start, end, at, at) for at, name in enumerate(names, 1)]
    met = [
        (name, day, at)
        for at, (name, (_, days)) in enumerate(zip(names, told, strict=True), 1)
        for day in days
    ]
    count = max(len(lines), len(met), 2)
    beside = zip(_filled(lines, count, 5), _filled(met, count, 3), strict=True)
    heads = ("Пара", "Начало", "Конец", "Строка", "Строка", None, "Пара", "Встреча", "Строка")
    rows = Rows((heads, *((*line, None, *point) for line, point in beside)))
    size, height = _size(len(told)), _height(len(told))
    # The longest series goes first: LibreOffice forgets a shorter one when a longer one comes after it.
    series = _days(rows, max(len(met), 2)) + "".join(_row_line(at, rows, size) for at in range(len(lines)))
    place = xml.inside(MARGIN + LETTER * max(map(len, names)), HEAD / height, MARGIN, FOOT / height)
    across = xml.numbers_axis(_days_scale(start, end), xml.ACROSS, xml.DOWN, "midCat")
    return rows, xml.space(f"{place}{xml.points(series)}{across}{xml.rows_axis(len(told))}")


def _filled(rows: list[tuple[Any, ...]], count: int, width: int) -> list[tuple[Any, ...]]:
    return rows + [(None,) * width] * (count - len(rows))


def _row_line(at: int, rows: Rows, size: float) -> str:
    """Return a dotted line from the first day to the last, its name to the left of it."""
    row = at + 2
    unsaid = '<c:dLbl><c:idx val="1"/><c:delete val="1"/></c:dLbl>'
    return (
        f'<c:ser><c:idx val="{at + 1}"/><c:order val="{at + 1}"/><c:tx>{rows.words(Area(1, row, 1, row))}</c:tx><c:spPr>{xml.line(0.5, "sysDot", "808080")}</c:spPr>'
        f'<c:marker><c:symbol val="none"/></c:marker><c:dLbls>{unsaid}{xml.shown("SerName", place="l", size=size)}</c:dLbls>'
        f'<c:xVal>{rows.numbers(Area(2, row, 3, row), DATED)}</c:xVal><c:yVal>{rows.numbers(Area(4, row, 5, row))}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _days(rows: Rows, count: int) -> str:
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{rows.words(Area(8, 1, 8, 1))}</c:tx><c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>{xml.BLACK}{xml.line(0.75)}</c:spPr></c:marker>'
        f'<c:xVal>{rows.numbers(Area(8, 2, 8, count + 1), DATED)}</c:xVal><c:yVal>{rows.numbers(Area(9, 2, 9, count + 1))}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _gantt(data: Any) -> tuple[Rows, str]:
    """Show rows as bars over the days; where a day is to be marked, the axis of names stands there, dashed."""
    start, end, told, day = data["start"], data["end"], data["rows"], data["line"]
    rows = Rows(
        (
            ("Строка", "Начало", DONE, "не отмечено"),
            *(
                (_label(name), first, *_lasts((last - first).days + 1, done))
                for name, first, last, done in told
            ),
        )
    )
    looks = (xml.NOTHING, xml.plain(GREY), xml.hatched(HATCHED))
    series = "".join(_series(at, rows, at + 2, look) for at, look in enumerate(looks))
    marked = day is not None and start <= day <= end
    edge = xml.line(1.75, "dash") if marked else xml.line(0.75)
    crossing = f'<c:crossesAt val="{serial(day)}"/>' if marked else '<c:crosses val="min"/>'
    scale = _days_scale(start, end, KEY + (f"; пунктир – {day:%d.%m.%Y}" if marked else ""))
    axes = xml.names_axis(_size(len(told)), edge, crossing) + xml.numbers_axis(scale)
    return rows, xml.space(f"<c:layout/>{xml.bars('stacked', series, _gap(rows))}{axes}")


def _lasts(days: int, done: bool) -> tuple[int | None, int | None]:
    return (days, None) if done else (None, days)


def _scale(most: float, said: str) -> xml.Scale:
    """Return an axis from nothing to somewhat over the most there is, in round steps."""
    most = max(float(most), 1.0)
    step = next(
        unit * 10**power for power in range(9) for unit in (1, 2, 5) if most <= unit * 10**power * MOST_STEPS
    )
    return xml.Scale(0, most * AIR, step, "General", said)


def _days_scale(start: date, end: date, said: str = "") -> xml.Scale:
    """Return an axis of days, in whole weeks as soon as days are too many."""
    days = (end - start).days + 1
    step = next((step for step in STEPS if days <= step * MOST_DAYS), days)
    return xml.Scale(serial(start), serial(end) + 1, step, "dd\\.mm\\.yy", said)


def _tenths(value: float) -> float:
    """Return a mark as a paper writes it, so that a bar says what the text says."""
    return float(decimal(value).replace(",", ".").replace("−", "-"))


def _whole(value: float) -> float:
    return int(value) if exact(value).denominator == 1 else _tenths(value)


def _tell_before_after(data: Any) -> str:
    return _joined(
        [
            f"{name}: до {decimal(before)}, после {decimal(after)} из {scale}"
            for name, before, after, scale in data["rows"]
        ]
    )


def _tell_plan_fact(data: Any) -> str:
    return _joined([f"{name}: по плану {plan}, проведено {held}" for name, plan, held in data["rows"]])


def _tell_cadence(data: Any) -> str:
    told = [
        f"{name}: " + (", ".join(f"{day:%d.%m}" for day in found) or "встреч нет")
        for name, found in data["rows"]
    ]
    return f"С {data['start']:%d.%m.%Y} по {data['end']:%d.%m.%Y}. {_joined(told)}"


def _tell_gantt(data: Any) -> str:
    told = [
        f"строка {name}: {first:%d.%m.%Y} – {last:%d.%m.%Y}{f', {DONE}' if done else ''}"
        for name, first, last, done in data["rows"]
    ]
    line = f"Линией отмечено {data['line']:%d.%m.%Y}. " if data["line"] else ""
    return f"{line}{_joined(told)}"


def _joined(told: list[str]) -> str:
    rest = len(told) - MOST_NAMED
    return "; ".join(told[:MOST_NAMED]) + (f"; и ещё {rest}" if rest > 0 else "") + "."


KINDS: dict[str, tuple[Callable[[Any], tuple[Rows, str]], Callable[[Any], str]]] = {
    "before_after": (_before_after, _tell_before_after),
    "plan_fact": (_plan_fact, _tell_plan_fact),
    "cadence": (_cadence, _tell_cadence),
    "gantt": (_gantt, _tell_gantt),
}

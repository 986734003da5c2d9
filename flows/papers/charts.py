"""Charts of monitoring papers as pictures: readable on a black-and-white printer, the same bytes for the same values.

Bars differ by hatching and carry their numbers; letters are DejaVu, which comes with matplotlib and has Cyrillic.
matplotlib is imported only when a picture is drawn: it costs more than everything else together.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flows.domain.monitoring.indicators.figure import decimal, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from flows.domain.monitoring.note.shape import Chart

DPI = 150
WIDTH = 6.3
ROW, LEAST, MOST = 0.26, 1.9, 9.0
GREY, DARK = "#ffffff", "#9a9a9a"
HATCHES = ("", "///")
ONE_AT_A_TIME = threading.Lock()  # matplotlib keeps its settings for the whole process
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.6,
    "axes.linewidth": 0.8, "path.simplify": False, "text.hinting": "no_hinting", "figure.facecolor": "white",
}  # fmt: skip
MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
LONGEST_LABEL = 34
MOST_NAMED = 60
MANY = 24
KEPT = 64


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: PNG bytes, its caption «Рисунок 1 – …» and the text for those who cannot see it."""

    png: bytes
    caption: str
    alt: str


def draw(chart: Chart) -> Picture:
    """Draw a chart of a note or a pack. Raises `ValueError` for an unknown kind."""
    if chart.kind not in KINDS:
        raise ValueError(chart.kind)
    return _drawn(_Drawing(repr(chart), chart))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A chart known by all it says: a paper is made on trial and then in earnest, its pictures need be drawn once."""

    told: str
    chart: Chart = field(compare=False)


@lru_cache(maxsize=KEPT)
def _drawn(drawing: _Drawing) -> Picture:
    chart = drawing.chart
    caption = f"Рисунок {chart.number} – {chart.caption}" if chart.number else chart.caption
    paint, tell = KINDS[chart.kind]
    return Picture(_png(paint, chart.data), caption, f"{chart.caption}. {tell(chart.data)}")


def _png(paint: Callable[[Axes, Any], None], data: Any) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - slow, and needed only here
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with ONE_AT_A_TIME, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        figure: Figure = Figure(figsize=(WIDTH, _height(data)), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        paint(figure.add_subplot(), data)
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _height(data: Any) -> float:
    return min(max(LEAST, 1.1 + ROW * len(data["rows"])), MOST)


def _label(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1].rstrip()}…"


def _bars(
    axes: Axes,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    write: Callable[[float], str],
) -> None:
    """Draw horizontal bars in groups, the first group on top, each bar with its number."""
    thick = 0.8 / len(series)
    small = 8 if len(names) <= MANY else 6
    for at, (name, values) in enumerate(series):
        places = [row + (at - (len(series) - 1) / 2) * thick for row in range(len(names))]
        bars = axes.barh(
            places,
            values,
            thick * 0.92,
            label=name,
            facecolor=(GREY, DARK)[at % 2],
            edgecolor="black",
            hatch=HATCHES[at % 2],
            linewidth=0.8,
        )
        axes.bar_label(bars, labels=[write(value) for value in values], padding=2, fontsize=small)
    axes.set_yticks(range(len(names)), [_label(name) for name in names], fontsize=small + 1)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.margins(x=0.12)
    axes.figure.legend(loc="outside upper center", ncols=len(series), frameon=False)


def _before_after(axes: Axes, data: Any) -> None:
    rows = data["rows"]
    _bars(
        axes,
        [name for name, *_ in rows],
        [("до", [row[1] for row in rows]), ("после", [row[2] for row in rows])],
        decimal,
    )
    axes.set_xlim(0, max(row[3] for row in rows) * 1.08)
    axes.set_xlabel("средний балл")


def _plan_fact(axes: Axes, data: Any) -> None:
    rows = data["rows"]
    _bars(
        axes,
        [name for name, *_ in rows],
        [("по плану", [row[1] for row in rows]), ("проведено", [row[2] for row in rows])],
        plain,
    )
    axes.set_xlabel("встреч")
    axes.locator_params(axis="x", integer=True)


def _cadence(axes: Axes, data: Any) -> None:
    start, end, rows = data["start"], data["end"], data["rows"]
    for at, (_, found) in enumerate(rows):
        axes.hlines(at, 0, (end - start).days, color="black", linewidth=0.5, linestyle=":")
        axes.plot(
            [(day - start).days for day in found],
            [at] * len(found),
            "o",
            markersize=4.5,
            markerfacecolor="black",
            markeredgecolor="black",
        )
    axes.set_yticks(range(len(rows)), [f"{_label(name)} ({len(found)})" for name, found in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    _months(axes, start, end)


def _gantt(axes: Axes, data: Any) -> None:
    start, end, rows, line = data["start"], data["end"], data["rows"], data["line"]
    for at, (_, first, last, done) in enumerate(rows):
        width = (last - first).days + 1
        axes.barh(
            at,
            width,
            0.6,
            left=(first - start).days,
            facecolor=DARK if done else GREY,
            edgecolor="black",
            hatch=HATCHES[int(not done)],
            linewidth=0.8,
        )
    axes.set_yticks(range(len(rows)), [_label(name) for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.9)
    _months(axes, start, end)
    if line is not None and start <= line <= end:
        axes.axvline((line - start).days, color="black", linewidth=1.6, linestyle="--")
        axes.annotate(
            f"{line:%d.%m.%Y}",
            ((line - start).days, -0.85),
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=8,
            va="top",
        )
    axes.set_xlabel("серым – выполнено, штриховкой – не отмечено как выполненное")


def _months(axes: Axes, start: date, end: date) -> None:
    days = list(_first_days(start, end))
    step = max(1, -(-len(days) // 12))
    shown = days[::step]
    axes.set_xticks(
        [(day - start).days for day in shown],
        [
            f"{MONTHS[day.month - 1]}\n{day.year}" if at == 0 or day.month == 1 else MONTHS[day.month - 1]
            for at, day in enumerate(shown)
        ],
    )
    axes.set_xlim(-1, (end - start).days + 2)


def _first_days(start: date, end: date) -> list[date]:
    found = [start]
    while True:
        following = (found[-1].replace(day=1) + timedelta(days=32)).replace(day=1)
        if following > end:
            return found
        found.append(following)


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
        f"строка {name}: {first:%d.%m.%Y} – {last:%d.%m.%Y}{', выполнено' if done else ''}"
        for name, first, last, done in data["rows"]
    ]
    line = f"Линией отмечено {data['line']:%d.%m.%Y}. " if data["line"] else ""
    return f"{line}{_joined(told)}"


def _joined(told: list[str]) -> str:
    rest = len(told) - MOST_NAMED
    return "; ".join(told[:MOST_NAMED]) + (f"; и ещё {rest}" if rest > 0 else "") + "."


KINDS: dict[str, tuple[Callable[[Axes, Any], None], Callable[[Any], str]]] = {
    "before_after": (_before_after, _tell_before_after),
    "plan_fact": (_plan_fact, _tell_plan_fact),
    "cadence": (_cadence, _tell_cadence),
    "gantt": (_gantt, _tell_gantt),
}

"""When papers appear and close: a clock driven day by day over whole plans makes each one once."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import holidays
import monitoring_school as school
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitoring_school import activity, filed, pair

from flows import settings as home
from flows.domain.periods import Period
from flows.domain.planning import due as calendar
from flows.domain.planning import planners
from flows.domain.planning.due import State
from flows.domain.planning.wanted import Wishes
from flows.domain.roadmap.activities import Sheet, from_grids
from flows.domain.terms.reading import Window
from flows.intake import read

HERE = Path(__file__).parent
SAMPLES = school.ROOT / "config" / "samples"
DAYS_OFF = frozenset(holidays.country_holidays("RU", years=range(2025, 2031)))
WISHES = Wishes(home.catalogue(), {}, DAYS_OFF)
NOTES = tuple(kind for kind in WISHES.kinds.values() if kind.closes)
PAIRS = tuple(
    pair(f"П-{at}", "Н-001", "Л-001", end=date(year, 5, 31), start=date(year - 1, 9, 15))
    for at, year in enumerate((2027, 2028, 2029), 1)
)
DISTRICT = (
    activity("6.2", "Учёт пар", "В течение года", documents=("registry.pairs",)),
    activity("6.3", "Внутренний мониторинг организаций", "Март\n2027", documents=("note.monitoring",)),
    activity(
        "6.4", "Муниципальный мониторинг", "Апрель 2036г.", documents=("data.submission", "note.municipal")
    ),
    activity("6.5", "Анализ муниципального мониторинга", "Апрель 2027", documents=("note.municipal",)),
    activity("6.6", "Рассказ в отделе", "До 01.11.2026 г.", documents=("note.monitoring",)),
)
UNDATED = tuple(activity(str(at), "Мониторинг качества", "") for at in range(1, 4))


def sample(slug):
    document, _ = read(SAMPLES / slug / "Дорожная карта.docx")
    activities, _ = from_grids((Sheet(document.tables[0]),), document, slug)
    return activities


PLANS = {
    "lastochka": lambda: sample("lastochka"), "raduga": lambda: sample("raduga"), "rodnik": lambda: sample("rodnik"),
    "district": lambda: DISTRICT, "undated": lambda: UNDATED,
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A monitoring paper that must exist on a day."""

    key: str
    activity: str
    kind: str
    window: Window
    opens: date
    state: State

    @property
    def closes(self):
        """Its last day."""
        return self.window.end


def due(activities, today, made=(), pairs=()):
    """Every monitoring paper that must exist on a day; `made` holds the keys of those that are filed."""
    register = tuple(filed(*reversed(key.split("/"))) for key in made)
    facts = school.facts(
        today, pairs=pairs, activities=tuple(activities), register=register, evidence=school.evidence()
    )
    rows = planners.called(facts, WISHES)
    found = [
        Paper(
            f"{calendar.subject_of(each.activity, each.window)}/{kind.id}",
            each.activity.code,
            kind.id,
            each.window,
            each.opens,
            each.state,
        )
        for kind in NOTES
        for each in calendar.due(kind, rows.get(kind.id, []), facts, WISHES)
    ]
    return tuple(sorted(found, key=lambda each: (each.opens, each.key)))


def days(start, end):
    return (start + timedelta(days=at) for at in range((end - start).days + 1))


def clock(activities, pairs=PAIRS, start=date(2026, 1, 1), end=date(2030, 1, 31)):
    """Drive a clock: what is due and not made is made; return the story of each paper."""
    story = {}
    for today in days(start, end):
        for each in due(activities, today, story.keys(), pairs):
            if each.key not in story:
                story[each.key] = [today, each, 0, None]
            elif each.state is State.OPEN:
                story[each.key][2] += 1
            elif story[each.key][3] is None:
                story[each.key][3] = today
    return story


def calendar_of(story):
    lines = [
        f"{made:%d.%m.%Y}  {each.activity:<5} {each.kind:<16} {each.state.value:<12} обновлялся дней: {renewed:<4} закрыт: {f'{frozen:%d.%m.%Y}' if frozen else '—'}"
        for made, each, renewed, frozen in story.values()
    ]
    return "\n".join(lines or ["ни одной справки: сроков в плане нет"]) + "\n"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("slug", PLANS)
def test_a_clock_over_the_whole_plan_makes_each_note_on_its_day_once(slug):
    activities = PLANS[slug]()
    story = clock(activities)
    golden = HERE / "calendars" / f"{slug}.txt"
    told = calendar_of(story)
    assert golden.exists(), told
    assert told == golden.read_text("utf-8"), told
    wanted = sum(
        len({(window.end.year, window.end.month) for window in each.term.windows})
        * sum(kind in {note.id for note in NOTES} for kind in each.documents)
        for each in activities
        if not each.term.flags & {"outside-period"}
    )
    assert len([each for _, each, *_ in story.values() if each.activity not in {"7.1", "7.2"}]) == wanted
    for made, each, renewed, frozen in story.values():
        assert made == each.opens
        assert each.state is State.OPEN
        assert renewed == (each.closes - each.opens).days
        assert frozen == each.closes + timedelta(days=1)


def test_a_beginning_on_a_free_day_waits_for_the_working_day():
    (each,) = due((activity("6.1", "Мониторинг", "Май 2027"),), date(2027, 5, 31))
    assert each.opens == date(2027, 5, 4)
    assert due((activity("6.1", "Мониторинг", "Май 2027"),), date(2027, 5, 3)) == ()


def test_a_deadline_opens_so_many_working_days_before():
    row = activity("1", "Мониторинг", "До 15.01.2027")
    (each,) = due((row,), date(2027, 1, 15))
    assert each.opens == date(2026, 12, 23)  # 31 December and 1-10 January are free
    assert (each.closes, each.state) == (date(2027, 1, 15), State.OPEN)


def test_a_deadline_on_a_free_day_keeps_its_date():
    (each,) = due((activity("1", "Мониторинг", "До 10.01.2027"),), date(2027, 1, 10))
    assert each.window.end == date(2027, 1, 10)


def test_a_missed_window_is_caught_up_once_and_marked_late():
    rows = (activity("6.2", "Мониторинг", "Декабрь 2026"),)
    story = clock(rows, start=date(2027, 1, 12), end=date(2027, 3, 1))
    ((made, each, renewed, frozen),) = story.values()
    assert (made, each.state, renewed, frozen) == (
        date(2027, 1, 12),
        State.LATE,
        0,
        date(2027, 1, 13),
    )


def test_windows_that_closed_before_the_program_came_are_nobodys_debt():
    rows = (activity("6.2", "Мониторинг", "Август 2026"), activity("6.3", "Мониторинг", "Декабрь 2026"))
    found = due(rows, date(2027, 1, 12))
    assert [each.activity for each in found] == ["6.3"]


def test_a_window_printed_twice_or_ending_in_the_same_month_gives_one_paper():
    twice = activity("6.3", "Мониторинг", "Апрель 2027\nАпрель 2027")
    halves = activity("6.4", "Мониторинг", "01.05.2027 – 10.05.2027; 20.05.2027 – 31.05.2027")
    found = due((twice, halves), date(2027, 5, 31), {"6.3@2027-04/note.monitoring"})
    assert [(each.key, each.opens, each.closes) for each in found] == [
        ("6.3@2027-04/note.monitoring", date(2027, 4, 1), date(2027, 4, 30)), ("6.4@2027-05/note.monitoring", date(2027, 5, 4), date(2027, 5, 31)),
    ]  # fmt: skip


def test_two_rows_of_one_window_give_a_paper_each():
    rows = (
        activity("6.3", "Рекомендации", "Апрель – май 2027"),
        activity("6.4", "ВСОКО", "Апрель – май 2027"),
    )
    assert [each.activity for each in due(rows, date(2027, 4, 5))] == ["6.3", "6.4"]


@pytest.mark.parametrize(
    "row",
    [
        activity("1", "М", "Апрель 2036"),
        activity("1", "М", "Май 2027", status="не требуется"),
        activity("1", "М", "постоянно"),
        activity("1", "М", ""),
        activity("1", "М", "Май 2027", documents=("roadmap",)),
    ],
)
def test_rows_that_call_for_no_note_on_a_day_give_none(row):
    assert due((row,), date(2036, 6, 1)) == ()


def test_after_the_pairs_have_ended_there_is_one_paper_a_school_year():
    row = activity(
        "7.2", "Подвести итоги", "По завершении работы\nпар/групп\n(ежегодно)", documents=("report.final",)
    )
    pairs = (
        pair("П-1", "Н", "Л", end=date(2027, 4, 30)),
        pair("П-2", "Н", "Л", end=date(2027, 5, 21)),
        pair("П-3", "Н", "Л", end=date(2028, 5, 26)),
        pair("П-4", "Н", "Л", status="предложена", end=date(2027, 8, 1)),
    )
    found = due((row,), date(2028, 12, 1), {"7.2@2027-06/report.final"}, pairs)
    assert [(each.opens, each.closes, each.state) for each in found] == [
        (date(2027, 5, 21), date(2027, 6, 4), State.FROZEN),
        (date(2028, 5, 26), date(2028, 6, 9), State.LATE),
    ]
    assert due((row,), date(2028, 12, 1)) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2026, 9, 1), date(2027, 6, 30)),
    st.integers(0, 60),
    st.lists(st.dates(date(2026, 9, 1), date(2027, 8, 31)), min_size=1, max_size=25),
)
def test_however_seldom_or_oddly_the_clock_runs_nothing_is_made_twice(start, width, clocks):
    last = start + timedelta(days=width)
    row = activity(
        "6", "М", f"{start:%d.%m.%Y} – {last:%d.%m.%Y}", period=Period(date(2026, 1, 1), date(2027, 12, 31))
    )
    assert row.term.windows[0] == Window(start, last)
    made = []
    for today in clocks:
        made += [each.key for each in due((row,), today, made) if each.key not in made]
    assert len(made) == len(set(made)) <= 1
    assert bool(made) == (max(clocks) >= min(max(start, due((row,), date(2028, 1, 1))[0].opens), last))

"""The log as people leave it: each error named once with its cell, each meeting counted once, silence counted to the end."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import monitoring_school as school
import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitoring_school import activity, met, pair

from flows.domain.marks import out_of_ten
from flows.domain.monitoring.gathering import Heard, gather
from flows.domain.monitoring.indicators.counting import count
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.monitoring.indicators.meetings import meetings_of
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.people import meeting_log
from flows.domain.periods import Period

TODAY = date(2026, 12, 10)
HALF = Period(date(2026, 9, 1), date(2026, 12, 31))
PAIR = pair("П-001", "Н-001", "Л-001")
SOUND = met("В-001", "П-001", date(2026, 10, 6))


def slips(*meetings, unread=()):
    found = meeting_log.slips(school.facts(today=TODAY, pairs=(PAIR,), meetings=meetings), unread)
    return [(each.code, each.origin.column, each.subject) for each in found]


def figure(code, *meetings, pairs=(PAIR,), today=TODAY, period=HALF, **more):
    told = school.evidence(school.facts(today=today, pairs=pairs, meetings=meetings), **more)
    return count(told, scope_of(told, period), (code,))[0]


@pytest.mark.parametrize(
    ("meeting", "code", "column"),
    [
        (met("В-002", "П-001", None, planned=date(2026, 11, 3), status="состоялась"), "meeting-no-day", "Дата проведения"),
        (met("В-002", "П-001", None, planned=date(2026, 11, 3), status="перенесена"), "meeting-not-moved", "Дата по плану"),
        (met("В-002", "П-001", None, planned=date(2026, 11, 3)), "meeting-unmarked", "Статус"),
        (met("В-002", "П-001", None, planned=None), "meeting-nowhere", "Дата по плану"),
        (met("В-002", "П-001", date(2026, 11, 3), status="отменена"), "meeting-both", "Статус"),
        (met("В-002", "П-001", date(2027, 1, 3)), "meeting-ahead", "Дата проведения"),
        (met("В-002", "П-001", date(2026, 9, 1)), "meeting-outside", "Дата проведения"),
        (met("В-002", "П-001", None, planned=date(2027, 6, 5)), "meeting-outside", "Дата по плану"),
        (replace(SOUND, code="В-002"), "meeting-twice", "Дата проведения"),
        (replace(SOUND, code="В-002", topic="", planned=None), "meeting-twice", "Дата проведения"),
    ],
)  # fmt: skip
def test_an_error_of_the_log_is_named_on_its_cell(meeting, code, column):
    assert slips(SOUND, meeting) == [(code, column, "В-002")]


@pytest.mark.parametrize(
    "meeting",
    [
        met("В-002", "П-001", date(2026, 10, 21), planned=date(2026, 10, 19), status="перенесена"),
        met("В-002", "П-001", None, planned=date(2026, 12, 10)),
        met("В-002", "П-001", None, planned=date(2026, 12, 24), status="перенесена"),
        met("В-002", "П-001", None, planned=date(2026, 11, 3), status="отменена"),
        replace(SOUND, code="В-002", topic="другая тема"),
        replace(SOUND, code="В-002", held=None, status="отменена"),
    ],
)
def test_a_sound_row_is_not_scolded(meeting):
    assert slips(SOUND, meeting) == []


def test_a_day_in_words_is_named_by_reading_the_cell_and_not_once_more():
    worded = met("В-002", "П-001", None, planned=date(2026, 11, 3), status="состоялась")
    assert slips(worded, unread={("В-002", "Дата проведения")}) == []


def test_a_meeting_typed_twice_counts_once_and_keeps_the_mark_of_either_row():
    twice = replace(SOUND, code="В-002", mentee_score=9)
    assert figure("M6", SOUND, twice).text == "1 из 1 (100,0 %)"
    assert figure("M8", SOUND, twice).text == "1 из 1 (100,0 %)"
    (told,) = meeting_log.once((SOUND, twice))
    assert (told.code, told.mentee_score) == ("В-001", 9)


def test_rows_of_the_log_that_say_nothing_of_the_day_are_told_beside_the_plan():
    told = figure(
        "M6",
        SOUND,
        met("В-002", "П-001", None, planned=date(2026, 11, 3), status="состоялась"),
        met("В-003", "П-001", None, planned=date(2026, 11, 10), status="перенесена"),
    )
    assert (told.text, told.remarks) == (
        "1 из 3 (33,3 %)",
        ("перенесено без нового дня: 1", "отмечено «состоялась» без дня: 1"),
    )


@pytest.mark.parametrize("today", [date(2026, 12, 10), date(2027, 5, 20)])
def test_a_log_never_filled_is_no_data_at_any_time(today):
    silent = replace(PAIR, meetings_a_month=8)
    period = Period(date(2026, 9, 1), date(2027, 5, 31))
    assert figure("M6", pairs=(silent,), today=today, period=period).text.startswith("нет данных")
    kept = met("В-001", "П-002", date(2026, 10, 6))
    told = figure("M6", kept, pairs=(silent, pair("П-002", "Н-002", "Л-002")), today=today, period=period)
    assert (told.text, told.remarks) == ("1 из 1 (100,0 %)", ("журнал не заполнен, не посчитаны: П-001",))


def test_a_pair_whose_log_is_never_filled_is_not_said_to_break_the_norm_that_it_is_left_out_of():
    told = school.evidence(
        school.facts(today=TODAY, pairs=(PAIR, pair("П-002", "Н-002", "Л-002")), meetings=(SOUND,))
    )
    kept, silent = meetings_of(told, scope_of(told, HALF))
    assert (kept.breaks_norm, silent.breaks_norm) == (True, False)


def test_a_pair_that_fell_silent_waits_up_to_the_cut_off_and_not_to_the_last_entry():
    told = school.evidence(school.facts(today=date(2027, 3, 25), pairs=(PAIR,), meetings=(SOUND,)))
    (row,) = meetings_of(told, scope_of(told, Period(date(2026, 9, 1), date(2027, 5, 31))))
    assert (row.longest, row.gap_start, row.gap_end) == (170, date(2026, 10, 6), date(2027, 3, 25))


def test_a_pair_that_has_not_begun_by_the_cut_off_is_in_no_figure():
    late = pair("П-002", "Н-002", "Л-002", start=date(2026, 12, 20))
    for code in ("M4", "M5", "M6", "M7", "M13"):
        told = figure(code, SOUND, pairs=(PAIR, late))
        assert "П-002" not in (*told.rows, *told.others, *"".join(told.remarks).split())
        assert told.denominator in {None, 1}


def test_the_last_entry_is_what_somebody_wrote_and_no_plan_for_later():
    told = school.evidence(school.facts(today=TODAY, pairs=(PAIR,), meetings=(SOUND, met("В-002", "П-001", None, planned=date(2026, 12, 1)))))  # fmt: skip
    scope = scope_of(told, HALF)
    assert (scope.cut_off, scope.last_entry) == (TODAY, date(2026, 10, 6))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("8,5", 8.5), ("8.5", 8.5), ("10/10", 10), ("8 из 10", 8), ("8 б.", 8), ("8б", 8), (" 9 ", 9), ("１０", 10), ("８，５", 8.5), ("9 баллов", 9),
        ("8 (из 10)", 8), ("9 баллов из 10", 9), ("8\\10", 8), ("4/5", 8), (7, 7), (7.0, 7), ("8 , 5", 8.5), ("9 – отлично", 9),
    ],
)  # fmt: skip
def test_a_mark_of_a_meeting_is_read_as_in_a_form(cell, value):
    assert out_of_ten(cell) == value


@given(st.integers(2, 20).map(lambda half: half / 2), st.sampled_from(["{}", " {} ", "{}/10", "{} из 10", "{} б.", "{} баллов", "{}\u00a0балла"]), st.booleans())  # fmt: skip
def test_any_half_mark_is_read_in_every_spelling(value, shape, comma):
    written = f"{value:g}".replace(".", ",") if comma else f"{value:g}"
    assert out_of_ten(shape.format(written)) == value


EVERY_SIXTEEN = tuple(
    met(f"В-{at:03}", "П-001", date(2026, 9, 15) + timedelta(16 * at)) for at in range(1, 6)
)


def test_our_own_norm_gives_way_to_the_pairs_plan_and_the_roadmaps_does_not():
    twice = replace(PAIR, meetings_a_month=2)
    assert figure("M7", *EVERY_SIXTEEN, pairs=(twice,)).text == "1 из 1 (100,0 %)"
    assert figure("M7", *EVERY_SIXTEEN).text == "0 из 1 (0,0 %)"
    assert figure("M7", *EVERY_SIXTEEN, pairs=(twice,), norms=school.WEEKLY).text == "0 из 1 (0,0 %)"


@pytest.mark.parametrize(
    ("a_month", "norms", "asked"), [(2, school.WEEKLY, 1), (3, school.WEEKLY, 0), (2, (), 0), (1, (), 0)]
)
def test_a_norm_that_the_pairs_plans_cannot_keep_is_one_question(a_month, norms, asked):
    row = activity("6.3", "Регулярные встречи", "Постоянно", norms[0].text if norms else "", documents=())
    pairs = tuple(replace(pair(f"П-00{at}", "Н-001", "Л-001"), meetings_a_month=a_month) for at in (1, 2))
    facts = school.facts(
        today=TODAY,
        pairs=pairs,
        activities=(replace(row, result=f"Встречи {norms[0].text}" if norms else ""),),
    )
    told = gather(facts, Heard(), school.METHOD, frozenset()).problems
    found = [each for each in told if each.code == "norm-and-plan"]
    assert len(found) == asked
    assert not found or (found[0].printed, "не меньше 3" in found[0].message) == (
        "П-001 – 2, П-002 – 2",
        True,
    )


def test_the_norm_typed_in_the_settings_wins_over_the_roadmaps():
    own = method_from(
        tomllib.loads((school.ROOT / "config" / "monitoring.toml").read_text("utf-8")),
        {"title": "Методика", "rules": {"gap_days": 21, "gap_source": "Методика"}},
    )
    assert figure("M7", *EVERY_SIXTEEN, norms=school.WEEKLY, method=own).text == "1 из 1 (100,0 %)"

"""A note names what was planted in a year, with its people, and claims nothing of a year in which nothing was.

The years are invented (`planted_years`), what is planted and what must be said of it stands in `planted_facts`; the notes are
written as the road writes them (`planted_notes`). More seeds and every fact alone: `pytest --every`.
"""

import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from flows.domain.monitoring.note import conclusions
from tests.monitoring import planted_facts as facts
from tests.monitoring import planted_notes as notes
from tests.monitoring import planted_years as years
from tests.monitoring import recount_claims as claims
from tests.monitoring.recount_cells import Span

KINDS = (*facts.TWELVE, *facts.MORE)
# What the head must read although the short note has two pages.
WEIGHTIEST = {"no mentor", "needs help", "rare", "ill", "month"}
# Words that only a claim about somebody or about a change needs; a year without anything planted has no use for them.
CLAIMS = re.compile(
    r"карантин|болезн|без наставника|нужна помощь|меньше остальных|реже остальных|расход\w+ (?:в )?оцен|"
    r"из справки в справку|третью справку|по-прежнему|ни у кого|прекращен\w* досрочно|не выполнено:|перегруж",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d+ из \d+ \(\d+(?:,\d)? %\)|\d+,\d %")
LATE = re.compile(
    r"(?:провести|наверстать|восполнить)\s\w*\s?пропущенн|до конца (?:учебного )?года|в мае", re.IGNORECASE
)
# What nobody can do for a pair whose programme is over.
AHEAD = re.compile(
    r"встречаться|возобновить|запланировать встреч|после каждой встречи|согласовать|удобные дни",
    re.IGNORECASE,
)


MOST_PLACES = 4  # a conclusion, its advice, its place among the strengths
FULL, SHORT = "полная", "краткая"


@cache
def planted(seed, logs, *plants):
    """A year with facts planted, its truth and what is known in May."""
    year = years.year(seed, logs)
    truth = facts.planted(year, plants)
    return year, truth, notes.facts_of(year)


@cache
def note(seed, logs, *plants, length=FULL):
    """A year with facts planted, its truth and the note of May."""
    year, truth, known = planted(seed, logs, *plants)
    organisation = replace(known.organisation, note_length=length)
    return year, truth, notes.context(replace(known, organisation=organisation))


def missing(year, truth, told):
    """Which planted facts no piece of the note says of the right people."""
    known, pieces = notes.aliases(year), list(notes.said(told))
    return [fact.kind for fact in truth if not any(notes.proves(piece, fact, known) for piece in pieces)]


def falsehoods(year, truth, told):
    """What the note says of the people of a planted fact and is not so."""
    known, pieces = notes.aliases(year), list(notes.said(told))
    return [
        (fact.kind, piece.text)
        for fact in truth
        if fact.not_said and fact.who
        for piece in pieces
        for clause in re.split(r"[.;] ", piece.text)
        if {known.get(code, code) for code in fact.who} == notes.named(clause, known)
        and re.search(fact.not_said, clause)
    ]


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(1, 9))
def test_a_full_note_names_every_one_of_twelve_facts(seed):
    year, truth, told = note(seed, 30, *facts.TWELVE)
    assert missing(year, truth, told) == []
    assert falsehoods(year, truth, told) == []


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(1, 9))
def test_a_short_note_names_the_weightiest(seed):
    year, truth, told = note(seed, 30, *facts.TWELVE, length=SHORT)
    unsaid = set(missing(year, truth, told))
    assert unsaid & WEIGHTIEST == set()
    assert len(unsaid) <= len(truth) // 2


@pytest.mark.sampled(16)
@pytest.mark.parametrize("plant", KINDS, ids=lambda plant: plant.__name__)
def test_a_fact_planted_alone_is_said_and_nobody_else_is(plant):
    year, truth, told = note(3, 12, plant)
    assert missing(year, truth, told) == []
    known = notes.aliases(year)
    meant = {known.get(code, code) for fact in truth for code in (*fact.who, *fact.rows)}
    single = {code: said for code, said in notes.singled_out(told, year).items() if code not in meant}
    assert single == {}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(30))
def test_of_an_ordinary_year_a_note_claims_nothing(seed):
    year = years.year(seed, 6)
    told = notes.context(notes.facts_of(year, earlier=() if seed % 5 else tuple(years.NOTE_ROWS)))
    assert notes.singled_out(told, year) == {}
    assert [piece.text for piece in notes.said(told) if CLAIMS.search(piece.text)] == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30, 60))
def test_of_an_ordinary_year_of_forty_logs_no_note_claims_anything(seed):
    year = years.year(seed)
    for day in years.NOTE_ROWS:
        told = notes.context(notes.facts_of(year, day))
        assert notes.singled_out(told, year) == {}
        assert [piece.text for piece in notes.said(told) if CLAIMS.search(piece.text)] == []


def lines(told, heading):
    return next((section["пункты"] for section in told["разделы"] if section["название"] == heading), [])


def body(told):
    return [piece for piece in notes.said(told) if not piece.appendix]


def test_every_conclusion_stands_on_rows_of_the_book():
    year, _, told = note(1, 30, *facts.TWELVE)
    codes = {row.get("⚙ Код") for rows in year.tabs.values() for row in rows} | {*year.tabs, *years.CARD}
    # What was not counted has no rows; the card is one for the whole organisation.
    drafted = [line for line in lines(told, "Выводы") if line["показатели"] != ["M16"]]
    assert drafted
    for line in drafted:
        assert line["коды"], line
        assert {notes.plain(code) for code in line["коды"]} <= codes, line


def test_no_figure_stands_twice_in_the_body():
    _, _, known = planted(1, 30, *facts.TWELVE)
    _, _, told = note(1, 30, *facts.TWELVE)
    # Two indicators may come to the same: each is then said once.
    own = Counter(
        figure
        for each in notes.note_of(known).figures
        for figure in set(FIGURE.findall(notes.plain(each.text)))
    )
    said = Counter(figure for piece in body(told) for figure in set(FIGURE.findall(piece.text)))
    assert {figure: times for figure, times in said.items() if times > max(own[figure], 1)} == {}


def test_recommendations_of_the_last_day_can_still_be_followed():
    year, _, told = note(1, 30, *facts.TWELVE)
    advice = [notes.plain(line["текст"]) for line in lines(told, "Рекомендации")]
    assert advice
    assert [text for text in advice if LATE.search(text)] == []
    known = notes.aliases(year)
    over = {row["⚙ Код"] for row in year.rows("Пары") if row["Состояние"] in {"завершена", "прекращена"}}
    assert [text for text in advice if AHEAD.search(text) and notes.named(text, known) & over] == []


@pytest.mark.sampled(16)
@pytest.mark.parametrize("at", range(0, 40, 4))
def test_a_conclusion_struck_out_changes_nothing_else(at, monkeypatch):
    _, _, known = planted(1, 30, *facts.TWELVE)
    whole = pieces(notes.context(known))
    made = conclusions.findings
    every, dropped = [], []

    def fewer(counted):
        every[:] = made(counted)
        dropped[:] = every[at : at + 1]
        return tuple(each for each in every if each not in dropped)

    for name, module in list(sys.modules.items()):
        if name.startswith("flows.domain.") and getattr(module, "findings", None) is made:
            monkeypatch.setattr(module, "findings", fewer)
    told = notes.context(known)
    left = pieces(told)
    assert dropped
    # Among the few that are said once more in words the next one takes the place that is free.
    again = {piece.text for piece in notes.said(told) if piece.heading == "Выводы"}
    assert set(left - whole) <= again
    assert len(left - whole) <= 1
    assert 0 < sum((whole - left).values()) <= MOST_PLACES


def pieces(told):
    """Everything a note says, sentence by sentence, however a cell joins it."""
    return Counter(
        part for piece in notes.said(told) for part in re.split(r"(?<=[.\]]) (?=[А-ЯЁ])| \| ", piece.text)
    )


# --- what the conclusions say, counted from the rows by hand -----------------------------------------------------

SPAN = Span(date(2026, 9, 1), years.MAY, years.MAY, years.MAY)


def said_of(told, who, pattern):
    """The numbers of the one piece that tells of somebody in such words."""
    found = [re.search(pattern, piece.text) for piece in body(told) if who in piece.codes or not who]
    numbers = [tuple(map(int, match.groups())) for match in found if match]
    assert numbers, pattern
    return numbers[0]


def test_how_many_meetings_a_conclusion_names_is_counted_from_the_log():
    year, truth, told = note(1, 30, *facts.TWELVE)
    logs = claims.logs_of(year.book(), SPAN)
    for kind in ("rare", "ill"):
        (code,) = next(fact.who for fact in truth if fact.kind == kind)
        log = logs[code]
        assert said_of(told, code, r": состоялось (\d+) из (\d+)") == (log.held, log.due + log.off)
    assert said_of(told, code, r"болезнь – (\d+)") == (log.reasons["болезнь"],)
    (code,) = next(fact.who for fact in truth if fact.kind == "unmarked")
    assert (logs[code].held, logs[code].off) == (0, 0)
    assert said_of(told, code, r"по плану (\d+)") <= (logs[code].unmarked,)


def test_what_a_conclusion_says_of_a_month_is_counted_from_the_log():
    year, _, told = note(1, 30, *facts.TWELVE)
    met, off, reasons, _ = claims.months(year.book(), SPAN)[2027, 2]
    missed, whole, common = said_of(
        told, "", r"феврале 2027 года не состоялось (\d+) из (\d+).*карантин \((\d+) из"
    )
    assert (missed, common) == (off, reasons["карантин"])
    assert met + off <= whole


def test_how_many_people_a_difficulty_stands_still_for_is_counted_from_their_rows():
    year, _, told = note(1, 30, *facts.TWELVE)
    stuck = [hard for hard in claims.hard(year.book(), SPAN) if hard.sphere == facts.STUCK]
    pattern = r"у 0 из (\d+).*проведено (\d+)"
    assert said_of(told, "", pattern) == (len(stuck), sum(hard.met for hard in stuck))


def test_a_pair_whose_log_nobody_marks_is_in_no_picture_and_no_list_of_missed_meetings():
    year, _, known = planted(2, 12, facts.nobody_marks)
    (code,) = (next(unit.code for unit in year.units if not any(row.get("Статус") for row in unit.meetings)),)
    pictures = [chart for chart in notes.note_of(known).charts if chart.kind in {"plan_fact", "cadence"}]
    assert [
        chart.caption for chart in pictures if code in notes.named(str(chart.data), notes.aliases(year))
    ] == []
    listed = [piece for piece in notes.said(notes.context(known)) if "Промежутки" in piece.table]
    assert [piece.text for piece in listed if code in notes.named(piece.text, notes.aliases(year))] == []


def test_a_pair_that_goes_on_calling_meetings_off_has_not_done_what_the_last_note_advised():
    _, truth, told = note(1, 30, *facts.TWELVE)
    pairs = {code for fact in truth if fact.kind in {"rare", "ill"} for code in fact.who}
    advised = [piece.text for piece in body(told) if pairs <= {*piece.codes} and "удобные дни" in piece.text]
    assert advised
    assert all("не исполнено" in text for text in advised)

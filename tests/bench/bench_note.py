"""Time a note for 40 pairs, 1,000 meetings and 500 answers: `.venv/bin/python tests/bench/bench_note.py`.

The answers are read from a response tab first; the charts are timed apart, for matplotlib's start weighs most of them.
"""

import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "monitoring")]

import holidays  # noqa: E402
import monitoring_school as school  # noqa: E402

from flows.domain.monitoring.answers.questionnaire import Question  # noqa: E402
from flows.domain.monitoring.answers.responses import read_responses  # noqa: E402
from flows.domain.monitoring.note.building import note  # noqa: E402
from flows.papers import charts  # noqa: E402

TAB = "Ответы на форму (1)"
PAIRS, MEETINGS, ANSWERS, LIMIT = 40, 1_000, 500, 3.0


def world():
    """Build the school: every pair meets 25 times a year, every 13th meeting is cancelled."""
    people = [
        school.person(f"{letter}-{at:03}", young=letter == "Л")
        for letter in "НЛ"
        for at in range(1, PAIRS + 1)
    ]
    pairs = [school.pair(f"П-{at:03}", f"Н-{at:03}", f"Л-{at:03}") for at in range(1, PAIRS + 1)]
    met = []
    for at in range(MEETINGS):
        day = date(2026, 9, 16) + timedelta(days=at // PAIRS * 10)
        held = None if at % 13 == 0 else day
        met.append(
            school.met(
                f"В-{at:04}",
                f"П-{at % PAIRS + 1:03}",
                held,
                planned=day,
                status="отменена" if held is None else "состоялась",
                mentee_score=at % 10 + 1,
            )
        )
    asked = school.activity("6.1", "Мониторинг программ пар", "Май 2027")
    register = [school.filed("program.personal", f"П-{at:03}") for at in range(1, PAIRS + 1, 2)]
    window = asked.term.windows[0]
    return school.facts(
        date(2027, 5, 31),
        people,
        pairs,
        met,
        activities=(asked,) * 30,
        activity=asked,
        window=window,
        register=tuple(register),
    )


def tab():
    """Build a response tab: 250 people answer twelve questions before, the same 250 after."""
    questions = [
        Question(
            TAB,
            f"Оцените критерий {at} {wave}",
            indicator="M12" if at < 10 else "M10",
            criterion=f"критерий {at}",
            wave=wave,
            scale=10,
        )
        for wave in ("вход", "выход")
        for at in range(12)
    ]
    code = Question(TAB, "Код участника", "код")
    half = ANSWERS // 2
    tabs = []
    for wave, day in (("вход", date(2026, 9, 20)), ("выход", date(2027, 5, 10))):
        mine = [each for each in questions if each.wave == wave]
        rows = [
            [
                f"{day:%d.%m.%Y} {at % 24}:00:00",
                f"Л-{at:03}",
                *((at + number) % 10 + 1 for number in range(12)),
            ]
            for at in range(half)
        ]
        tabs.append(([["Отметка времени", code.text, *(each.text for each in mine)], *rows], (code, *mine)))
    return tabs


def main():
    """Print the seconds and fail when the note takes longer than it may."""
    facts, tabs = world(), tab()
    days_off = frozenset(holidays.country_holidays("RU", years=(2026, 2027)))
    start = time.perf_counter()
    answers = tuple(answer for grid, questions in tabs for answer in read_responses(grid, questions, TAB)[0])
    read = time.perf_counter()
    made = note(school.evidence(facts, answers=answers, sent={TAB: 300}, days_off=days_off))
    counted = time.perf_counter()
    pictures = [charts.draw(chart) for chart in made.charts]
    drawn = time.perf_counter()
    print(
        f"{PAIRS} pairs, {MEETINGS} meetings, {len(answers)} answers: read {read - start:.2f} s, note {counted - read:.2f} s, {len(pictures)} charts {drawn - counted:.2f} s; {len(made.sections)} sections, {len(made.figures)} figures"
    )
    total = counted - start
    print(f"note with its reading: {total:.2f} s of {LIMIT:.0f} s allowed")
    return int(total > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

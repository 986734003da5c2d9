"""By which day a note counts, which earlier note it is compared with, and that an old day recounted reads what was known then."""

import json
from dataclasses import replace
from datetime import date, timedelta

import monitoring_school as school
import pytest
from monitoring_school import activity, met, pair, person

from flows.domain.monitoring.indicators.counting import count
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.monitoring.note.building import note, note_for
from flows.domain.monitoring.note.comparison import snapshot
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.tabs import ScoreCard
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.terms.reading import Window

PAIRS = (pair("П-001", "Н-001", "Л-001"), pair("П-002", "Н-002", "Л-002"))
DAYS = tuple(
    date(2026, 9, 22) + timedelta(14 * at) for at in range(6)
)  # a fortnight apart, the last on 1 December
LOG = tuple(met(f"В-{at:03}", each.code, day) for at, day in enumerate(DAYS) for each in PAIRS)
DECEMBER = activity("6.1", "Промежуточный мониторинг", "Декабрь 2026")
SEPTEMBER = date(2026, 9, 1)


def world(today, subject="М-001@2026-12", **more):
    asked = more.pop("asked", DECEMBER)
    window = more.pop("window", Window(date(2026, 12, 1), date(2026, 12, 31)))
    told = {"pairs": PAIRS, "meetings": more.pop("meetings", LOG), "activities": (asked,), "activity": asked}
    return school.evidence(
        school.facts(today=today, subject=subject, window=window, **told), norms=school.WEEKLY, **more
    )


def kept(made, subject):
    key = f"lastochka/note.monitoring/{subject}/2026-2027"
    return {**json.loads(json.dumps(snapshot(made), ensure_ascii=False)), "key": key}


def said(made):
    return "\n".join(text for section in made.sections for text in section.paragraphs)


def test_a_note_says_by_which_day_it_counts_and_beside_it_the_last_entry():
    told = said(note(world(date(2026, 12, 10))))
    assert "Данные учтены по 10.12.2026; последняя запись в журнале встреч и анкетах – 01.12.2026." in told


def test_a_written_note_keeps_its_day_until_a_figure_changes():
    first = note(world(date(2026, 12, 3)))
    before = (kept(first, "М-001@2026-12"),)
    assert note(world(date(2026, 12, 10), previous=before)).cut_off == date(2026, 12, 3)
    silent = note(world(date(2026, 12, 16), previous=before))  # a fortnight of silence breaks the norm
    assert silent.cut_off == date(2026, 12, 16)
    assert silent.figure("M7").others == ("П-001", "П-002")
    more = (*LOG, met("В-009", "П-001", date(2026, 12, 5)))
    assert note(world(date(2026, 12, 10), previous=before, meetings=more)).cut_off == date(2026, 12, 10)
    assert note(world(date(2026, 12, 10), "М-002@2026-12", previous=before)).cut_off == date(2026, 12, 10)


def made_in(month, focus, subject, previous=(), year=2026):
    end = {12: date(year, 12, 31), 3: date(year + 1, 3, 31), 5: date(year + 1, 5, 31)}[month]
    told = world(end, subject, previous=tuple(previous))
    return kept(note_for(told, Ask(focus), Period(date(year, 9, 1), end)), subject)


def compared(focus, end, previous, subject="М-009@2027-05", today=None):
    made = note_for(
        world(today or end, subject, previous=tuple(previous)), Ask(focus), Period(SEPTEMBER, end)
    )
    section = next(each for each in made.appendices if each.heading.startswith("Показатели"))
    return " ".join(section.paragraphs), section.tables


def test_notes_follow_each_other_from_december_to_march_and_may_whatever_each_is_about():
    december = made_in(12, Focus.MIDDLE, "М-001@2026-12")
    march = made_in(3, Focus.QUALITY, "М-002@2027-03")
    assert "до 31.12.2026" in compared(Focus.QUALITY, date(2027, 3, 31), [december])[0]
    told, (table,) = compared(Focus.FINAL, date(2027, 5, 31), [march, december])
    assert "до 31.03.2027, учтены по 31.03.2027" in told
    assert not [
        row for row in table.rows if row[1].startswith("нет данных") and row[2].startswith("нет данных")
    ]


@pytest.mark.parametrize(
    ("focus", "subject", "end", "cut"),
    [
        (Focus.STAGE, "М-003@2027-03", "2027-03-31", "2027-03-31"),
        (Focus.SURVEY, "М-003@2027-03", "2027-03-31", "2027-03-31"),
        (Focus.RECOMMENDATIONS, "М-003@2027-04", "2027-04-30", "2027-04-30"),
        (Focus.FINAL, "2027-03-20", "2027-03-20", "2027-03-20"),  # a council's own
        (Focus.PROGRAMME, "срок@2026-09-01..2027-03-31", "2027-03-31", "2027-03-31"),
        (Focus.QUALITY, "М-003@2027-05", "2027-05-25", "2027-05-20"),  # of the same month
        (Focus.QUALITY, "М-003@2027-03", "2027-03-31", "2027-05-31"),  # made late, on the very same day
    ],
)
def test_what_is_no_earlier_note_is_not_compared_with(focus, subject, end, cut):
    december = made_in(12, Focus.MIDDLE, "М-001@2026-12")
    other = {
        **made_in(3, focus, subject),
        "period": {"start": "2026-09-01", "end": end},
        "cut_off": cut,
    }
    assert "до 31.12.2026" in compared(Focus.FINAL, date(2027, 5, 31), [december, other])[0]


def test_a_councils_note_is_compared_with_an_earlier_councils():
    november = {**made_in(12, Focus.MIDDLE, "2026-12-28"), "period": {"start": "2026-09-01", "end": "2026-12-28"}}  # fmt: skip
    assert "до 28.12.2026" in compared(Focus.FINAL, date(2027, 5, 28), [november], "2027-05-28")[0]
    assert "Прошлая справка" not in compared(Focus.FINAL, date(2027, 5, 31), [november])[0]


def card(label, points, start, end):
    return ScoreCard(label, dict.fromkeys(school.METHOD.card_names, points), Window(start, end))


FIRST = card("I полугодие", 1, SEPTEMBER, date(2026, 12, 31))
SECOND = card("II полугодие", 2, date(2027, 1, 1), date(2027, 8, 31))
WHOLE = card("2026/2027", 0, SEPTEMBER, date(2027, 8, 31))


@pytest.mark.parametrize("cards", [(FIRST, SECOND, WHOLE), (WHOLE, SECOND, FIRST), (SECOND, WHOLE, FIRST)])
def test_a_december_note_recounted_in_may_reads_the_card_of_december(cards):
    told = school.evidence(school.facts(today=date(2027, 5, 31)), cards=cards)
    (figure,) = count(told, scope_of(told, Period(SEPTEMBER, date(2026, 12, 31))), ("M16",))
    assert figure.remarks[0] == "карта за: I полугодие"
    (figure,) = count(told, scope_of(told, Period(SEPTEMBER, date(2027, 5, 31))), ("M16",))
    assert figure.remarks[0] == "карта за: II полугодие"


def test_a_card_of_the_year_counts_in_december_only_while_december_is_open():
    for today, known in ((date(2026, 12, 20), True), (date(2027, 5, 20), False)):
        told = school.evidence(school.facts(today=today), cards=(WHOLE,))
        (figure,) = count(told, scope_of(told, Period(SEPTEMBER, date(2026, 12, 31))), ("M16",))
        assert figure.known is known


@pytest.mark.parametrize(("left", "stayed"), [(date(2026, 9, 14), "0 из 1 (0,0 %)"), (date(2026, 9, 15), "1 из 1 (100,0 %)")])  # fmt: skip
def test_who_is_dismissed_on_the_day_itself_has_worked_it(left, stayed):
    told = school.evidence(
        school.facts(
            people=(person("Л-001", young=True),), pairs=(pair("П-001", "Н-001", "Л-001", start=date(2025, 9, 15)),)
        ),
        events=(StaffEvent(left, "Л-001", "уволен"),),
    )  # fmt: skip
    (figure,) = count(told, scope_of(told, Period(SEPTEMBER, date(2026, 12, 31))), ("M14",))
    assert figure.text == stayed


def test_pupils_students_and_employers_are_no_teachers():
    people = (
        person("Н-001"),
        person("Л-001"),
        person("Н-002", position="3 курс"),
        person("Л-002", position="8 класс"),
        person("Н-003", position="инженер"),
        person("Л-003", sort="обучающийся"),
        person("Н-004"),
        person("Л-004"),
        person("Н-005", position="10 класс"),
        person("Л-005"),
    )
    forms = (
        "педагог – педагог",
        "студент – ученик",
        "работодатель – ученик",
        "педагог – студент",
        "педагог – педагог",
    )
    pairs = tuple(
        replace(pair(f"П-00{at}", f"Н-00{at}", f"Л-00{at}"), form=form) for at, form in enumerate(forms, 1)
    )
    told = school.evidence(school.facts(people=people, pairs=pairs))
    scope = scope_of(told, Period(SEPTEMBER, date(2026, 12, 31)))
    taught, mentors = count(told, scope, ("M2", "M3"))
    assert taught.rows == ("Н-001", "Л-001", "Н-004", "Л-005")
    assert taught.remarks == ("участвуют и не педагоги, они не посчитаны: 6",)
    assert mentors.rows == ("Н-001", "Н-004")


def strengths(made):
    section = next(each for each in made.appendices if each.heading.startswith("SWOT-анализ"))
    return section.tables[0].rows[0][1]


def test_what_is_good_for_some_pairs_is_a_strength_although_not_for_all():
    behind = (*LOG, met("В-099", "П-002", None, planned=date(2026, 11, 24)))
    made = note(world(date(2026, 12, 10), meetings=behind))
    assert made.figure("M6").text == "12 из 13 (92,3 %)"
    assert "План встреч выполнен полностью у одной пары." in strengths(made)
    assert "Нет фактов" not in strengths(made)


def test_what_could_not_be_counted_is_one_line_of_names_and_why_is_asked_elsewhere():
    made = note(world(date(2026, 12, 10), asked=activity("6.1", "Мониторинг", "Декабрь 2026")))
    (line,) = [each.text for each in made.conclusions if each.text.startswith("Не посчитано")]
    assert "возврат анкет, удовлетворённость наставляемых, удовлетворённость наставников" in line
    assert not {each for each in ("(", "вкладк", "«") if each in line}
    assert made.figure("M9").missing == "ответов на анкеты нет"


def test_a_dismissal_is_of_the_human_by_whichever_code_it_was_read():
    both = (
        person("Л-001", young=True, name="Двойная Роль", status="выбыл"),
        person("Н-001", name="двойная роль", status="выбыл"),
    )
    pairs = (pair("П-001", "Н-002", "Л-001", start=date(2025, 9, 15)),)
    told = school.evidence(
        school.facts(people=both, pairs=pairs), events=(StaffEvent(date(2026, 12, 1), "Н-001", "уволен"),)
    )
    (figure,) = count(told, scope_of(told, Period(SEPTEMBER, date(2026, 12, 31))), ("M14",))
    assert figure.text == "1 из 1 (100,0 %)"

"""How a note is laid out: two lengths, every figure once, every appendix and picture referred to, names where people read."""

import json
import re
from collections import Counter
from datetime import date, timedelta

import monitoring_school as school
import pytest
from monitoring_school import activity, filed, met, pair, person, question, response

from flows.domain.documents.common import FIGURES
from flows.domain.documents.kinds.note_monitoring import note_parts
from flows.domain.documents.specimen import specimen
from flows.domain.monitoring.note.building import note, note_for
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.note.outline import lines_of
from flows.domain.people.named_codes import in_prose

KIND = "note.monitoring"
SHARE = re.compile(r"\d+ из \d+ \([\d,]+ %\)")
MOVED = re.compile(r"было [\d,]+, стало [\d,]+[^;.]*")
PLACE = re.compile(r"приложение № (\d+)")
ROW = activity("6.1", "Мониторинг программ пар", "Декабрь 2026", stage="Этап 1. Работа")
OTHER = activity("1.1", "Приказ", "Ноябрь 2026", stage="Этап 1. Работа", documents=())
FOCI = (
    Focus.PROGRAMME,
    Focus.STAGE,
    Focus.ENTRY,
    Focus.MIDDLE,
    Focus.FINAL,
    Focus.QUALITY,
    Focus.RECOMMENDATIONS,
)
CRITERIA = [f"критерий {at}" for at in range(12)]


def world(pairs, length="", criteria=1, **more):
    """So many pairs: every third meets seldom, every fourth has no papers; everybody answers before and after."""
    codes = range(1, pairs + 1)
    people = [
        person(f"{letter}-{at:03}", name=f"{'Иванова' if letter == 'Н' else 'Петрова'} Анна Олеговна")
        for at in codes
        for letter in "НЛ"
    ]
    made = tuple(pair(f"П-{at:03}", f"Н-{at:03}", f"Л-{at:03}") for at in codes)
    log = tuple(
        met(
            f"В-{at * 20 + turn:03}",
            f"П-{at:03}",
            None if at % 3 == 0 and turn % 2 else day,
            planned=day,
            mentee_score=9,
        )
        for at in codes
        for turn in range(7)
        for day in (date(2026, 9, 22) + timedelta(14 * turn),)
    )
    asked = [(question("M12", "вход", name), question("M12", "выход", name)) for name in CRITERIA[:criteria]]
    answers = tuple(
        response(f"Л-{at:03}", *((each[turn], 4 + turn * 2 + at % 3) for each in asked), day=day)
        for at in codes
        for turn, day in enumerate((date(2026, 9, 20), date(2026, 12, 10)))
    )
    register = tuple(filed("program.personal", f"П-{at:03}") for at in codes if at % 4)
    told = {
        "people": people,
        "pairs": made,
        "meetings": log,
        "register": register,
        "activities": (OTHER, ROW),
        "activity": ROW,
    }
    card = school.organisation(**({"note_length": length} if length else {}))
    facts = school.facts(**{**told, "organisation": card, **more})
    return school.evidence(
        facts, answers=answers, sent={"Ответы на форму (1)": 2 * pairs}, norms=school.WEEKLY
    )


def body(made):
    for section in made.sections:
        yield from section.paragraphs
        yield from (line.text for line in section.lines)
        yield from (" | ".join(row) for table in section.tables for row in table.rows)


def notes(length=""):
    yield from (note(world(pairs, length, criteria)) for pairs, criteria in ((0, 0), (1, 1), (40, 12)))
    yield from (note_for(world(5, length), Ask(focus, stage="1 этап"), school.YEAR) for focus in FOCI)


@pytest.mark.parametrize("length", ["полная", "краткая"])
def test_no_figure_stands_twice_in_the_body(length):
    for made in notes(length):
        text = "\n".join(body(made))
        for pattern in (SHARE, MOVED):
            known = Counter(told for each in made.figures for told in pattern.findall(each.text))
            said = Counter(pattern.findall(text))
            assert not [told for told, times in said.items() if times > max(known[told], 1)]
        assert "основание:" not in text
        assert text.lower().count("нет данных") <= 1


def test_conclusions_and_sides_are_words_without_shares():
    made = note(world(5))
    said = next(section for section in made.sections if section.heading == "Выводы").lines
    sides = next(part for part in made.appendices if part.heading.startswith("SWOT")).tables[0].rows
    assert len(said) > 3
    assert not [
        text
        for text in (*(line.text for line in said), *map(" ".join, sides))
        if re.search(r"\d+ из \d+|%", text)
    ]


def test_whatever_stands_in_an_appendix_or_a_picture_is_referred_to():
    for made in notes("полная"):
        text = "\n".join(body(made))
        assert {int(number) for number in PLACE.findall(text)} == {part.number for part in made.appendices}
        assert [chart.number for chart in made.charts] == list(range(1, len(made.charts) + 1))
        for section in made.sections:
            said = " ".join(section.paragraphs)
            shown = re.search(r"рисун(?:ок|ки) ([\d, и]+)", said)
            assert [int(at) for at in re.findall(r"\d+", shown[1] if shown else "")] == [
                chart.number for chart in section.charts
            ]


def test_each_conclusion_has_its_number_in_the_table_of_sources_and_may_be_struck_out():
    made = note(world(5))
    numbers = [line.source for section in made.sections for line in section.lines if line.source]
    assert numbers == list(range(1, len(numbers) + 1))
    assert made.appendices[-1].heading == "На чём стоят выводы"
    (table,) = made.appendices[-1].tables
    assert [row[0] for row in table.rows] == [str(number) for number in numbers]
    assert not [row for row in table.rows if row[1:] == ("—", "—")]
    assert not re.search(
        r"(?:пункт\w*|вывод\w*) \d",
        "\n".join(line.text for section in made.sections for line in section.lines),
    )


def printed_lines(made):
    """How many lines of a page the body takes: a heading, a caption and a row of a table take one each, a picture sixteen."""
    told = sum(lines_of(text) for text in body(made))
    return told + sum(1 + 17 * len(section.charts) + 2 * bool(section.blank) for section in made.sections)


@pytest.mark.parametrize("pairs", [1, 5, 40])
def test_a_short_note_is_of_two_pages_and_a_full_one_of_eight(pairs):
    full, short = (note(world(pairs, length, 12)) for length in ("полная", "краткая"))
    assert printed_lines(full) <= 8 * 40
    assert printed_lines(short) <= 84
    assert short.appendices == short.charts == ()
    assert len(full.charts) <= 3
    assert max((len(chart.data["rows"]) for chart in full.charts), default=0) <= 8


def test_a_short_note_takes_what_weighs_most():
    full, short = (note(world(40, length, 12)) for length in ("полная", "краткая"))
    main = next(section for section in short.sections if section.heading == "Главное")
    assert 3 <= len(main.lines) < sum(line.source > 0 for section in full.sections for line in section.lines)
    assert not PLACE.search("\n".join(body(short)))
    assert len(short.recommendations) <= len(full.recommendations)


@pytest.mark.parametrize("focus", FOCI)
def test_a_short_note_of_any_focus_says_why_what_and_what_to_do(focus):
    made = note_for(world(5, "краткая"), Ask(focus, stage="1 этап"), school.YEAR)
    told = [section.heading for section in made.sections]
    assert told[0] == "Основание и данные"
    assert told[-2:] == ["Рекомендации", "Проект управленческих решений"]
    assert ("Ход этапа" in told) is (focus is Focus.STAGE)


def test_of_many_pairs_a_picture_shows_those_that_stand_out():
    (plan, *_) = note(world(40)).charts
    assert all(held < planned for _, planned, held in plan.data["rows"])
    assert plan.caption.endswith("первые 8 из 13")
    (plan, *_) = note(world(5)).charts
    assert [name for name, *_ in plan.data["rows"]] == ["П-001", "П-002", "П-003", "П-004", "П-005"]


def test_long_rows_of_codes_are_cut_with_how_many_are_left_and_where_they_stand():
    made = note(world(40))
    said = [text for text in body(made) if len(re.findall(r"[ПНЛ]-\d{3}", text)) > 7]
    assert not said
    assert [text for text in body(made) if re.search(r"П-\d{3} и ещё \d+ \(приложение № 2\)", text)]


# --- names ---------------------------------------------------------------------------------------------------------

FACTS = specimen(KIND, "event")
CODE = re.compile(r"(?<![\w-])[ПНЛ][-‑]\d{3}")


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (
            text
            for name, each in value.items()
            if name not in {"коды", "показатели"}
            for text in strings(each)
        )
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in strings(each))


def test_people_are_read_by_name_and_kept_by_code():
    told = note_parts(FACTS, KIND)
    assert not [text for text in strings(told["разделы"]) if CODE.search(text)]
    assert [text for text in strings(told["разделы"]) if "Абрамова\u00a0А.П." in text]
    assert "Абрамова – Белова" in list(strings(told["рисунки"]))
    surnames = {each.name.split()[0] for each in FACTS.people.values()}
    assert not [name for name in surnames if name in told[FIGURES]]
    assert CODE.search(json.loads(told[FIGURES])["recommendations"][0])


def test_a_pair_is_named_in_full_then_by_surnames_and_no_dash_stands_in_it_before_another():
    def named(text):
        return in_prose(text, FACTS.pairs, FACTS.people)

    assert (
        named("Нет у пар: П-001, П-002.")
        == "Нет у пар: Абрамова А.П. – Белова В.С., Власова Г.И. – Григорьева Д.О."
    )
    assert (
        named("П-001 – приказ; П-003 – приказ.")
        == "Абрамова А.П. и Белова В.С. – приказ; Данилова Е.П. с группой из 3 чел. – приказ."
    )
    assert (
        named("П-001: реже; П-001: молчит.")
        == "Абрамова А.П. – Белова В.С.: реже; Абрамова – Белова: молчит."
    )
    assert named("Пара П-001: В-001, П-777.") == "Пара Абрамова А.П. – Белова В.С.: В-001, П-777."

"""The pack before a pedagogical council: the same folder for the same day, nothing invented, papers linked, not copied."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import monitoring_school as school
import pytest
from monitoring_school import activity, filed, met, pair, person

from flows import settings
from flows.domain.councils.handouts import handouts
from flows.domain.councils.pack import How, council_problems, numbered, pack
from flows.domain.model import Severity
from flows.domain.monitoring.note.building import note
from flows.domain.organisation import Council
from flows.domain.planning.councils import papers
from flows.domain.planning.wanted import Wishes

HERE = Path(__file__).parent
COUNCILS = tuple(
    Council("", day, row=row)
    for row, day in enumerate(
        (date(2026, 8, 28), date(2026, 11, 20), date(2027, 1, 22), date(2027, 3, 26), date(2027, 5, 28)), 30
    )
)
PEOPLE = (
    person("Н-001"),
    person("Л-001", young=True, experience=1),
    person("Л-002", young=True),
    person("Н-002", name="Вымышленный Л-001"),
)
PAIRS = (pair("П-001", "Н-001", "Л-001"), pair("П-002", "Н-002", "Л-002", status="завершена"))
ROWS = (
    activity("1.2", "Приказ о внедрении", "Сентябрь 2026", status="выполнено"), activity("2.1", "Анкеты", "Октябрь 2026", responsible=("куратор",)),
    activity("6.2", "Мониторинг", "Декабрь 2026"), activity("7.1", "Форум", "Октябрь 2027"),
)  # fmt: skip
REGISTER = (
    filed("note.monitoring", "6.2@2026-10", day=date(2026, 11, 1), number="5"), filed("note.monitoring", "6.2@2026-11", day=None, number="", state="проект"),
    filed("note.monitoring", "6.2@2026-09", state="отменён"), filed("order.pairs", "lastochka"), filed("order.pairs", "lastochka-2", day=date(2026, 10, 1), number="21"),
    filed("registry.mentors", "lastochka", day=date(2026, 12, 1)),
)  # fmt: skip


def facts(**more):
    return school.facts(
        **{"people": PEOPLE, "pairs": PAIRS, "activities": ROWS, "register": REGISTER, **more}
    )


def packs(told, councils):
    return tuple(pack(told, number, day) for number, day, _ in numbered(councils))


def november(**more):
    return next(each for each in packs(facts(**more), COUNCILS) if each.season == "ноябрь")


def item(made, kind):
    return next(each for each in made.items if each.kind == kind)


def test_each_council_has_its_folder_numbered_within_its_school_year():
    told = [
        (each.folder, each.season)
        for each in packs(facts(), (*COUNCILS, Council("", date(2027, 8, 27), row=40)))
    ]
    assert told == [
        (("2026-2027", "05 Педсоветы", "2026-08-28 Педсовет №1"), "август"), (("2026-2027", "05 Педсоветы", "2026-11-20 Педсовет №2"), "ноябрь"),
        (("2026-2027", "05 Педсоветы", "2027-01-22 Педсовет №3"), "январь"), (("2026-2027", "05 Педсоветы", "2027-03-26 Педсовет №4"), "март"),
        (("2026-2027", "05 Педсоветы", "2027-05-28 Педсовет №5"), "май"), (("2027-2028", "05 Педсоветы", "2027-08-27 Педсовет №1"), "август"),
    ]  # fmt: skip


def test_a_typed_number_wins():
    (made,) = packs(facts(), (Council("17", date(2026, 10, 30)),))
    assert made.folder[-1] == "2026-10-30 Педсовет №17"


def test_every_pack_opens_with_agenda_and_draft_decision_and_ends_with_the_lists():
    for made in packs(facts(), COUNCILS):
        assert [each.kind for each in made.items][:4] == [
            "agenda.council",
            "decision.council",
            "protocol.council",
            "speech.council",
        ]
        assert [each.kind for each in made.items][-4:] == [
            "plan.fact",
            "list.pairs",
            "sheet.attendance",
            "sheet.acquaintance",
        ]


@pytest.mark.parametrize(
    ("season", "kinds"),
    [
        ("август", {"regulation", "roadmap", "order.pairs", "questionnaire.needs", "list.young"}), ("ноябрь", {"note.monitoring", "form.feedback", "list.overdue"}),
        ("январь", {"note.monitoring"}), ("март", {"data.submission", "registry.programs"}),
        ("май", {"note.monitoring", "report.survey", "report.mentor", "order.reward", "letter.thanks", "list.next_year"}),
    ],
)  # fmt: skip
def test_the_pack_holds_what_its_season_needs(season, kinds):
    made = next(each for each in packs(facts(), COUNCILS) if each.season == season)
    assert kinds <= {each.kind for each in made.items}


def test_papers_that_stand_elsewhere_are_linked_and_the_rest_is_said_to_be_missing():
    made = november()
    assert item(made, "note.monitoring").links == ("lastochka/note.monitoring/6.2@2026-11/2026-2027",)
    assert item(made, "order.pairs").links == (
        "lastochka/order.pairs/lastochka/2026-2027",
        "lastochka/order.pairs/lastochka-2/2026-2027",
    )
    assert item(made, "registry.mentors").how is How.MISSING  # registered only after the council
    assert item(made, "registry.mentees").how is How.MISSING
    assert item(made, "registry.mentees").why


def test_the_notes_recommendations_become_draft_decisions():
    told = note(
        school.evidence(facts(activity=ROWS[2], meetings=(met("В-001", "П-001", date(2026, 12, 1)),)))
    )
    made = pack(facts(), "3", date(2027, 1, 22), note=told)
    assert (
        made.agenda[0].decisions[0]
        == f"Принять к сведению {told.title.replace('Аналитическая справка', 'аналитическую справку')}."
    )
    advice = made.agenda[0].decisions[1:]
    assert len(advice) == len(told.recommendations)
    assert all(
        re.split(r": | пары? ", each)[0] in line.text
        for each, line in zip(advice, told.recommendations, strict=True)
    )
    assert not re.search(r"П-\d|Основание:|_{3}", " ".join(advice))
    assert (
        pack(facts(), "1", date(2026, 8, 28), note=told).agenda
        == pack(facts(), "1", date(2026, 8, 28)).agenda
    )


def test_the_lists_are_judged_by_the_councils_day_and_not_by_today():
    for today in (date(2026, 11, 13), date(2026, 11, 20)):
        told = facts(today=today)
        lists = {each.kind: each for each in handouts(november(today=today), told)}
        assert lists["plan.fact"].table.rows == (
            ("1.2", "Приказ о внедрении", "Сентябрь 2026", "выполнено"), ("2.1", "Анкеты", "Октябрь 2026", "срок прошёл, не отмечено"), ("6.2", "Мониторинг", "Декабрь 2026", "срок ещё не прошёл"),
        )  # fmt: skip
        assert lists["list.overdue"].table.rows == (("2.1", "Анкеты", "Октябрь 2026", "куратор"),)
        assert lists["plan.fact"].chart.data["line"] == date(2026, 11, 20)


def test_the_acquaintance_sheet_names_each_human_of_the_living_pairs_once():
    lists = {
        each.kind: each
        for each in handouts(
            november(pairs=(PAIRS[0], pair("П-003", "Н-002", "Л-002"))),
            facts(pairs=(PAIRS[0], pair("П-003", "Н-002", "Л-002"))),
        )
    }
    assert [row[1] for row in lists["sheet.acquaintance"].table.rows] == [
        "Вымышленный Л-001",
        "Вымышленный Л-002",
        "Вымышленный Н-001",
    ] + [""] * 17
    assert {row[3:] for row in lists["sheet.acquaintance"].table.rows} == {("", "")}


def test_in_may_the_next_years_rows_are_listed_and_in_august_the_young():
    made = {each.season: each for each in packs(facts(), COUNCILS)}
    assert [
        row[0]
        for row in next(
            each for each in handouts(made["май"], facts()) if each.kind == "list.next_year"
        ).table.rows
    ] == ["7.1"]
    young = next(each for each in handouts(made["август"], facts()) if each.kind == "list.young").table
    assert [(row[1], row[4]) for row in young.rows] == [
        ("Вымышленный Л-001", "Вымышленный Н."),
        ("Вымышленный Л-002", "нет"),
    ]


def test_a_clock_over_the_year_opens_each_pack_five_working_days_before_and_closes_it_on_the_day():
    folder = {kind.id: kind for kind in settings.catalogue().values() if kind.subject == "council"}
    wishes = Wishes(folder, dict.fromkeys(folder), frozenset({date(2026, 11, 4)}))
    story = {}
    for today in (date(2026, 8, 1) + timedelta(days=at) for at in range(330)):
        for each in papers(facts(today=today, councils=COUNCILS), wishes, ()):
            if each.kind.id == "pack.contents":
                story.setdefault(each.named, []).append(today)
    told = "".join(
        f"{name}: с {found[0]:%d.%m.%Y} по {found[-1]:%d.%m.%Y}\n" for name, found in story.items()
    )
    assert told == (HERE / "calendars" / "councils.txt").read_text("utf-8"), told


SIGNED = Council("1", date(2026, 8, 28), protocol="1", protocol_day=date(2026, 8, 28))


@pytest.mark.parametrize(
    ("councils", "codes"),
    [
        ((Council("1", date(2026, 11, 22)),), ["council-sunday"]),
        (
            (Council("1", date(2026, 11, 20), row=30), Council("2", date(2026, 11, 20), row=31)),
            ["council-twice", "council-twice"],
        ),
        ((Council("1", date(2026, 8, 28)),), ["council-past"]),
        ((Council("1", date(2026, 8, 28), protocol="1"),), []),
        ((Council("1", None, "Итоги"),), ["council-no-day"]),
        ((SIGNED, replace(SIGNED, day=date(2026, 8, 31), protocol="2")), ["minutes-adopted"]),
        ((SIGNED, replace(SIGNED, day=date(2026, 8, 31), adopted="ничего")), []),
        ((Council("", None),), []),
    ],
)
def test_an_odd_date_of_a_council_is_a_question(councils, codes):
    problems = council_problems(councils, date(2026, 9, 1), "книга")
    assert [problem.code for problem in problems] == codes
    assert all(
        problem.severity is Severity.QUESTION and problem.origin.tab == "Настройки" for problem in problems
    )

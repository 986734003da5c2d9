"""What a council finds in its folder: one paper of minutes, what May wants in time, whom to reward, what the curator says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows import settings
from flows.domain.councils.agenda import agenda
from flows.domain.councils.handouts import attendance, reward
from flows.domain.councils.pack import How, pack
from flows.domain.councils.speech import speaks, speech
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.organisation import Council
from flows.domain.periods import Period
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.statuses import DONE, DRAFT, FINISHED, LEFT, REGISTERED
from flows.domain.terms.reading import parse

ONE = timedelta(days=1)
YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
AUGUST, NOVEMBER, MAY = date(2026, 8, 28), date(2026, 11, 20), date(2027, 5, 21)
SCHOOL = specimen("order.pairs")
CATALOGUE = settings.catalogue()
DAYS_OFF = settings.days_off(2026, 2028)
MINUTES, FINAL, OF_MENTOR = "protocol.council", "report.final", "report.mentor"
ORDERED = Filed(
    "obrazec/order.pairs/obrazec/2026-2027", 1, "order.pairs", "", "", REGISTERED, "", "", "", "", "", number="31",
    day=date(2026, 9, 14), covers=("П-001", "П-002", "П-003"),
)  # fmt: skip


def row(code, term, *kinds, name="Дело"):
    return Activity(code, code[-1], "6. Мониторинг", name, "", parse(term, YEAR), (), "Документ", kinds, Origin("", "", 2), "", term)  # fmt: skip


def filed(key, **more):
    kind = key.split("/")[1]
    return Filed(key, 1, kind, kind, "", more.pop("state", DRAFT), "f", "v1", "m", "", "", **more)


def school(day, *rows, today=None, register=(), **more):
    card = replace(SCHOOL.organisation, councils=(day,))
    told = {"organisation": card, "councils": (Council("", day, row=5),), "activities": rows, "register": register, "period": YEAR, **more}  # fmt: skip
    return replace(SCHOOL, today=today or day - 3 * ONE, **told)


def planned(facts, *kinds):
    names = {*kinds, "pack.contents"}
    wishes = Wishes(
        {name: CATALOGUE[name] for name in names}, {name: BUILDERS[name] for name in names}, DAYS_OFF
    )
    found = plan(facts, wishes).planned
    return {each.key.removeprefix("obrazec/"): each for each in found if each.kind in kinds}


def test_a_folder_that_no_row_gives_minutes_has_its_own_with_the_agenda_of_the_council():
    (minutes,) = planned(school(NOVEMBER), MINUTES).items()
    assert minutes[0] == "protocol.council/2026-11-20/2026-2027"
    assert minutes[1].folder[-1] == "2026-11-20 Педсовет №1"
    assert [each["вопрос"] for each in minutes[1].context["вопросы"]] == ["О ходе работы наставнических пар"]


def test_minutes_that_a_row_asks_for_are_the_folders_and_there_are_no_second_ones():
    one, two = row("М-001", "Ноябрь 2026", MINUTES), row("М-002", "Ноябрь 2026", MINUTES)
    found = planned(school(NOVEMBER, one, two), MINUTES)
    assert list(found) == ["protocol.council/М-001@2026-11/2026-2027"]
    (minutes,) = found.values()
    assert minutes.rows == ("М-001", "М-002")
    assert minutes.context["вопросы"]
    assert minutes.folder == ("2026-2027", "05 Педсоветы")


def test_a_row_typed_after_the_folder_was_made_is_answered_by_the_minutes_that_lie_there():
    own = "protocol.council/2026-11-20/2026-2027"
    told = school(NOVEMBER, row("М-001", "Ноябрь 2026", MINUTES), register=(filed(f"obrazec/{own}"),))
    found = planned(told, MINUTES)
    assert {key: each.rows for key, each in found.items()} == {own: ("М-001",)}


def test_minutes_filed_before_are_all_kept_whoever_asked_for_them():
    keys = ("protocol.council/2026-11-20/2026-2027", "protocol.council/М-001@2026-11/2026-2027", "protocol.council/М-002@2026-11/2026-2027")  # fmt: skip
    rows = (row("М-001", "Ноябрь 2026", MINUTES), row("М-002", "Ноябрь 2026", MINUTES))
    told = school(NOVEMBER, *rows, register=tuple(filed(f"obrazec/{key}") for key in keys))
    assert set(planned(told, MINUTES)) == set(keys)


def test_own_minutes_rest_after_the_day_and_none_are_begun_for_a_council_that_is_over():
    after = NOVEMBER + ONE
    assert not planned(school(NOVEMBER, today=after), MINUTES)
    own = filed("obrazec/protocol.council/2026-11-20/2026-2027")
    (minutes,) = planned(school(NOVEMBER, today=after, register=(own,)), MINUTES).values()
    assert minutes.frozen


def test_the_number_typed_after_the_sitting_is_entered_in_its_own_minutes():
    own = filed("obrazec/protocol.council/2026-11-20/2026-2027")
    told = school(NOVEMBER, today=NOVEMBER + ONE, register=(own,))
    typed = replace(told, councils=(Council("", NOVEMBER, protocol="12", protocol_day=NOVEMBER, row=5),))
    (minutes,) = planned(typed, MINUTES).values()
    assert not minutes.frozen
    assert minutes.context["номер_протокола"] == "12"
    assert minutes.context["вопросы"]


def test_may_has_a_report_of_each_pair_that_worked_in_time_and_it_is_the_one_a_row_would_ask_for():
    told = school(MAY)
    keys = {f"report.mentor/{pair.code}/2026-2027" for pair in told.pairs}
    assert set(planned(told, OF_MENTOR)) == keys
    rowed = school(MAY, row("М-001", "Май 2027", OF_MENTOR))
    assert set(planned(rowed, OF_MENTOR)) == keys
    later = school(MAY, today=MAY + ONE, register=tuple(filed(f"obrazec/{key}") for key in keys))
    assert {key: each.frozen for key, each in planned(later, OF_MENTOR).items()} == dict.fromkeys(keys, True)
    assert not planned(school(NOVEMBER), OF_MENTOR)


def test_the_report_on_the_year_is_the_rows_made_early_or_the_councils_own():
    (own,) = planned(school(MAY), FINAL).items()
    assert own[0] == "report.final/2027-05-21/2026-2027"
    assert own[1].title.startswith("Отчёт по итогам программы наставничества")
    early = school(MAY, row("М-001", "Июнь 2027", FINAL))
    assert list(planned(early, FINAL)) == ["report.final/М-001@2027-06/2026-2027"]


def test_lists_of_may_are_drawn_up_and_rewards_come_before_their_own_day():
    kinds = ("registry.programs", "registry.mentors", "order.reward", "letter.thanks")
    told = school(MAY, register=(ORDERED,))
    assert {key.split("/")[0] for key in planned(told, *kinds)} == set(kinds)
    assert not planned(replace(told, today=MAY - 30 * ONE), *kinds)
    assert not planned(school(NOVEMBER, register=(ORDERED,)), "order.reward")


def test_in_august_acts_that_a_row_wants_later_are_ready_and_those_in_force_are_not_adopted_again():
    wanted = row("М-001", "Октябрь 2026", "regulation")
    assert list(planned(school(AUGUST, wanted), "regulation")) == ["regulation/obrazec/2026-2027"]
    old = filed("obrazec/regulation/obrazec/2025-2026", state=REGISTERED, number="7", day=date(2025, 9, 1))
    told = school(AUGUST, register=(old,))
    assert agenda(AUGUST, None, told)[0].title == "О наставничестве в новом учебном году"
    assert agenda(AUGUST, None, school(AUGUST))[0].decisions[0].startswith("Принять Положение")
    item = next(each for each in pack(told, "1", AUGUST).items if each.kind == "regulation")
    assert (item.how, item.links) == (How.LINKED, (old.key,))


def test_only_who_really_worked_is_to_be_rewarded_and_it_is_said_what_for():
    pairs = (replace(SCHOOL.pairs[0], status=FINISHED, end=date(2027, 4, 30)), *SCHOOL.pairs[1:])
    people = dict(SCHOOL.people)
    mentee, gone = pairs[0].mentees[0], pairs[1].mentor
    people[mentee] = replace(people[mentee], deficits=("планирование – 4 – 7", "речь – 5 – 5"))
    people[gone] = replace(people[gone], status=LEFT)
    row_ = replace(pairs[0].row, cells={"Выполнение задач": "да\nда\nда"})
    pairs = (replace(pairs[0], row=row_), *pairs[1:])
    told = school(MAY, people=people, pairs=pairs, register=(replace(ORDERED, covers=("П-001", "П-002")),))
    table, _ = reward(pack(told, "1", MAY), told)
    assert [(line[1], line[3]) for line in table.rows] == [
        ("Абрамова Анна Павловна", "проведено встреч: 2; программа выполнена; наставляемые стали увереннее: планирование")
    ]  # fmt: skip
    assert agenda(MAY, None, told)[1].decisions == (
        "Ходатайствовать о поощрении наставников по списку (прилагается).",
    )


def test_nobody_is_to_be_rewarded_by_a_list_without_names():
    told = school(MAY)
    assert reward(pack(told, "1", MAY), told)[0].rows == ()
    assert agenda(MAY, None, told)[1].decisions == ()


def test_the_attendance_sheet_has_a_line_for_every_teacher_the_card_counts():
    told = school(NOVEMBER)
    table, _ = attendance(pack(told, "1", NOVEMBER), told)
    assert len(table.rows) == told.organisation.teachers
    assert {line[3] for line in table.rows} == {""}
    assert told.organisation.curator_name in [line[1] for line in table.rows]


def test_the_speech_says_by_name_what_is_done_and_asks_what_the_decision_asks():
    told = specimen("speech.council", "council")
    parts = {each.heading: each.lines for each in speech(told.pack, told)}
    said = " ".join(line for lines in parts.values() for line in lines)
    assert "«Закрепление наставнических пар»" in parts["Что сделано"][0]
    asked = [
        each for point in told.pack.agenda for each in point.decisions if "Принять к сведению" not in each
    ]
    assert list(parts["О чём просим педагогический совет"]) == asked
    assert "Абрамова А.П. – Белова В.С." in parts["Кому нужна помощь"][0]
    assert not [code for code in ("П-0", "Н-0", "Л-0", "____", "Основание:") if code in said]


def test_in_august_the_speech_names_the_pairs_proposed_and_who_has_no_mentor():
    alone = SCHOOL.pairs[0].mentees[0]
    told = school(AUGUST, row("М-001", "Октябрь 2026", name="Анкеты"), pairs=SCHOOL.pairs[1:])
    parts = {each.heading: each.lines for each in speech(pack(told, "1", AUGUST), told)}
    assert parts["Что сделано"][-1].startswith("На новый учебный год предлагаются пары: Власова Г.И. – ")
    assert parts["Кому нужна помощь"] == (f"Наставника пока нет: {told.people[alone].name.split()[0]} В.С.",)
    assert parts["Что предстоит"] == ("Анкеты – до 31.10.2026.",)


def test_of_many_pairs_the_speech_names_as_many_as_are_listened_to():
    many = specimen("order.pairs", pairs=30)
    told = replace(school(AUGUST), pairs=many.pairs, people=many.people)
    said = speech(pack(told, "1", AUGUST), told)[0].lines[-1]
    assert said.count(" – ") == 12
    assert said.endswith(" и ещё 18.")


@pytest.mark.parametrize("status", ["", DONE])
def test_a_council_with_neither_a_note_nor_rows_of_its_year_hears_no_speech(status):
    rows = (replace(row("М-001", "Октябрь 2026"), status=status),)
    bare, some = school(NOVEMBER), school(NOVEMBER, *rows)
    assert not speaks(pack(bare, "1", NOVEMBER), bare)
    assert speaks(pack(some, "1", NOVEMBER), some)
    assert not planned(replace(bare, pairs=()), "speech.council")
    assert planned(replace(some, pairs=()), "speech.council")

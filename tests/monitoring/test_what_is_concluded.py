"""What a note concludes and what it does not: each rule on rows that show it, on rows that do not, and with its threshold moved."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta

import monitoring_school as school
import pytest
from monitoring_school import activity, filed, met, pair, person, question, response

from flows.domain.errors import Misconfigured
from flows.domain.monitoring.indicators.conclusion_settings import THRESHOLDS
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.monitoring.note.building import note_for
from flows.domain.monitoring.note.closing import recommendations
from flows.domain.monitoring.note.comparison import snapshot
from flows.domain.monitoring.note.conclusions import RULES, findings
from flows.domain.monitoring.note.counted import counted
from flows.domain.monitoring.note.finding import Chapter
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.note.outline import outline
from flows.domain.monitoring.note.rules.drawn import among
from flows.domain.monitoring.tabs import ScoreCard
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.terms.reading import Window

TOLD = tomllib.loads((school.ROOT / "config" / "monitoring.toml").read_text("utf-8"))
SEPTEMBER, MARCH, MAY = date(2026, 9, 1), date(2027, 3, 31), date(2027, 5, 31)
NUMBERS = range(1, 9)
GLAD = question("M10", "выход")
PAIRS = tuple(pair(f"П-{at:03}", f"Н-{at:03}", f"Л-{at:03}", end=date(2027, 6, 30)) for at in NUMBERS)
DAYS = tuple(date(2026, 9, 22) + timedelta(14 * at) for at in range(18))  # the last on 18 May
GROWN = {at: (("планирование", 4, 7 + at % 2), ("работа с родителями", 5, 7 + at % 2)) for at in NUMBERS}


def typed(lines):
    return tuple(f"{sphere} – {before} – {after}" for sphere, before, after in lines)


def people(grown=GROWN, **more):
    mentees = [
        person(f"Л-{at:03}", young=at == 1, deficits=typed(grown.get(at, ())), **more.get(f"Л-{at:03}", {}))
        for at in NUMBERS
    ]
    return (*(person(f"Н-{at:03}", **more.get(f"Н-{at:03}", {})) for at in NUMBERS), *mentees)


def log(change=lambda code, day, row: row, by=MAY):
    """A fortnightly log of every pair, each meeting held and marked; `change` may put another row in place of one, or none."""
    rows, number = [], 0
    for day in DAYS:
        for each in PAIRS:
            number += 1
            deficit = "планирование" if DAYS.index(day) % 2 else "родители"
            row = met(f"В-{number:04}", each.code, day, mentee_score=9, mentor_score=9, deficit=deficit)
            row = change(each.code, day, row)
            rows += [row] if row and day <= by else []
    return tuple(rows)


def off(row, reason=""):
    return replace(row, held=None, status="отменена", reason=reason, mentee_score=None, mentor_score=None)


def unmarked(row):
    return replace(off(row), status="")


def world(day=MAY, meetings=None, who=None, **more):
    facts = {
        "people": people() if who is None else who,
        "pairs": more.pop("pairs", PAIRS),
        "meetings": log() if meetings is None else meetings,
        "activities": more.pop("activities", ()),
        "register": more.pop("register", ()),
        "subject": more.pop("subject", "М-009@2027-05"),
    }
    told = school.facts(day, window=Window(day.replace(day=1), day), **facts)
    return school.evidence(told, days_off=frozenset(), **more)


def concluded(evidence, day=MAY, previous=None, method=None, focus=Focus.PROGRAMME):
    evidence = replace(evidence, method=method or school.METHOD)
    told = counted(evidence, scope_of(evidence, Period(SEPTEMBER, day)), Ask(focus), previous)
    return findings(told)


def of(rule, found):
    return [each for each in found if each.rule == rule]


def text(rule, found):
    return " ".join(each.line.text for each in of(rule, found))


def advice(found):
    return [each.advice.text for each in found if each.advice]


# --- nothing to find -----------------------------------------------------------------------------------------------


def test_of_a_year_in_which_all_met_and_grew_alike_nothing_bad_and_nobody_apart_is_said():
    found = concluded(world())
    assert [each.rule for each in found if each.good is False] == []
    assert {each.rule for each in found} <= {
        "no-mentor", "coverage", "stayed", "plan", "rhythm", "feedback", "difficulties", "uncounted"
    }  # fmt: skip
    assert advice(found) == []


def test_without_any_row_nothing_is_concluded_but_that_nothing_could_be_counted():
    bare = school.evidence(school.facts(MAY))
    assert {each.rule for each in concluded(bare)} == {"uncounted"}


# --- who takes part -------------------------------------------------------------------------------------------------


def test_who_has_no_mentor_is_named_and_nobody_who_has_one_left_or_finished():
    more = (
        person("Л-011", young=True),
        person("Л-012"),
        person("Л-013", status="выбыл"),
        person("Л-014", status="перерыв"),
        person("Л-015", hired=date(2027, 8, 1)),
        person("Л-016"),
        person("Л-017"),
        person("Л-018"),
        person("Н-020", young=True),
    )
    pairs = (
        *PAIRS,
        pair("П-016", "Н-001", "Л-016", end=date(2027, 1, 20), status="завершена"),
        pair("П-017", "Н-001", "Л-017", status="предложена"),
        pair("П-018", "Н-002", "Л-018", end=date(2027, 1, 20), status="прекращена"),
    )
    found = concluded(world(MARCH, who=(*people(), *more), pairs=pairs, meetings=log(by=MARCH)), MARCH)
    assert of("no-mentor", found)[0].line.rows == ("Л-011", "Л-012", "Л-017", "Л-018", "Н-020")
    assert text("no-mentor", found) == (
        "Без наставника на 31.03.2027: молодые специалисты – Л-011, Н-020; другие наставляемые – Л-012, Л-018; "
        "пара предложена, но не закреплена – Л-017."
    )


def test_who_stands_in_both_lists_is_one_human_being():
    both = person("Л-011", name="Двойная Роль Ивановна")
    pairs = (*PAIRS[1:], replace(PAIRS[0], mentees=("Н-020",)))
    who = (*people(), both, person("Н-020", name="Двойная Роль Ивановна"))
    assert "Л-011" not in text("no-mentor", concluded(world(who=who, pairs=pairs)))


def test_a_mentor_with_more_mentees_than_agreed_is_named_with_both_numbers():
    pairs = (*PAIRS, *(pair(f"П-01{at}", "Н-001", f"Л-00{at}", end=date(2027, 6, 30)) for at in (2, 3)))
    assert "Н-001 (наставляемых 3, не более 2)" in text("load", concluded(world(pairs=pairs)))
    free = people(**{"Н-001": {"most": 3}})
    assert not of("load", concluded(world(pairs=pairs, who=free)))


def test_a_personnel_event_of_a_pair_that_still_stands_as_working_is_named():
    event = StaffEvent(date(2027, 2, 1), "Л-004", "отпуск по уходу")
    assert "П-004 (Л-004: отпуск по уходу с 01.02.2027)" in text("staff", concluded(world(events=(event,))))
    ended = (*PAIRS[:3], replace(PAIRS[3], status="прекращена", end=date(2027, 2, 1)), *PAIRS[4:])
    assert not of("staff", concluded(world(events=(event,), pairs=ended)))


def test_rows_of_the_roadmap_that_are_late_are_told_apart_from_those_that_nobody_marked():
    rows = (*BEHIND, activity("2.3", "Школа наставника", "Октябрь 2026", documents=()))
    late, silent = of("overdue", concluded(world(activities=rows)))
    assert late.line.text == "Не выполнены в срок пункты дорожной карты: 2.1 (всего 1)."
    assert silent.line.text == "Срок прошёл, а выполнены ли пункты дорожной карты, не отмечено: 2.3."
    assert (late.good, silent.good) == (False, None)


# --- pairs that differ, and why ---------------------------------------------------------------------------------------


def fell_silent(code, day, row):
    return off(row, "больничный лист") if code == "П-003" and day > date(2027, 2, 10) else row


def test_a_pair_that_fell_silent_is_named_with_its_day_and_what_the_log_says():
    told = text("silent", concluded(world(meetings=log(fell_silent))))
    assert told.startswith("П-003: последняя встреча – 09.02.2027, без встреч 111 дней;")
    assert "отменено или перенесено – 7 (болезнь – 7)" in told


def test_a_pair_that_is_over_or_has_its_summer_is_not_silent():
    over = (*PAIRS[:2], replace(PAIRS[2], status="завершена", end=date(2027, 2, 12)), *PAIRS[3:])
    assert not of("silent", concluded(world(meetings=log(fell_silent), pairs=over)))
    told = text(
        "silent",
        concluded(
            world(
                meetings=log(fell_silent),
                pairs=(*PAIRS[:2], replace(PAIRS[2], status="завершена"), *PAIRS[3:]),
            )
        ),
    )
    assert "П-003: последняя встреча – 09.02.2027" in told  # its programme was finished on paper alone
    august = date(2027, 8, 31)
    assert not of("silent", concluded(world(august, pairs=PAIRS), august))


def missed_much(code, day, row):
    ill = code == "П-005" and DAYS.index(day) % 2
    return off(row, "грипп") if ill else unmarked(row) if code == "П-005" and DAYS.index(day) == 4 else row


def test_a_pair_that_met_far_less_is_named_with_the_cause_called_off_apart_from_unmarked():
    told = text("stands-out", concluded(world(meetings=log(missed_much))))
    assert told.startswith("П-005: состоялось 8 из 18 встреч")
    assert "отменено или перенесено – 9 (болезнь – 9), без отметки – 1" in told
    assert of("stands-out", concluded(world(meetings=log(missed_much))))[0].line.rows == ("П-005",)


def waited(code, day, row):
    away = code == "П-002" and date(2026, 12, 1) <= day <= date(2027, 2, 10)
    return None if away else row


def test_a_long_pause_is_told_with_its_days_and_the_staff_event_behind_it():
    event = StaffEvent(date(2026, 12, 3), "Н-002", "отпуск по уходу")
    told = text("stands-out", concluded(world(meetings=log(waited), events=(event,))))
    assert "с 17.11.2026 по 23.02.2027 не было встреч (98 дней; Н-002: отпуск по уходу с 03.12.2026" in told
    alone = text("stands-out", concluded(world(meetings=log(waited))))
    assert "встречи на это время не планировались" in alone


def test_one_pause_of_ordinary_misses_singles_nobody_out():
    def slip(code, day, row):
        return off(row) if (int(code[2:]) * 5 + DAYS.index(day)) % 9 == 0 else row

    found = concluded(world(meetings=log(slip)))
    assert not of("stands-out", found) + of("silent", found) + of("stopped-month", found)


def quarantine(code, day, row):
    return off(row, "карантин в группе") if day.month == 2 and code != "П-008" else row


def test_a_month_in_which_many_stopped_is_told_once_with_its_reason():
    found = concluded(world(meetings=log(quarantine)))
    (said,) = of("stopped-month", found)
    assert said.line.text.startswith("В феврале 2027 года не состоялось 14 из 16 встреч")
    assert "главная причина в журнале – карантин (14 из 14)" in said.line.text
    assert said.line.rows == tuple(each.code for each in PAIRS[:7])
    assert not of("stands-out", found)


def nobody_fills(code, day, row):
    return unmarked(row) if code == "П-006" else row


def test_a_log_that_nobody_fills_is_not_a_pair_that_does_not_meet():
    found = concluded(world(meetings=log(nobody_fills)))
    assert "П-006 (встреч по плану 18, ни одна не отмечена)" in text("unfilled", found)
    assert of("unfilled", found)[0].brief == "Журнал встреч не заполняется: П-006."
    assert not of("silent", found) + of("stands-out", found)
    assert "не встреча" not in text("unfilled", found).replace("Встречались ли", "")


def falling(code, day, row):
    at = DAYS.index(day)
    return replace(row, mentee_score=10 - at // 3) if code == "П-007" else row


def test_falling_marks_are_shown_as_they_were_given_first_and_last():
    found = concluded(world(meetings=log(falling)))
    assert "П-007, наставляемый (первые: 10, 10, 10; последние: 5, 5, 5)" in text("falling-marks", found)
    assert of("falling-marks", found)[0].brief == "Оценки встреч снижаются: П-007."
    both = log(
        lambda code, day, row: replace(
            falling(code, day, row), mentor_score=falling(code, day, row).mentee_score
        )
    )
    told = text("falling-marks", concluded(world(meetings=both)))
    assert told.count("П-007") == 1
    assert "наставляемый (первые: 10, 10, 10; последние: 5, 5, 5) и наставник (первые: 10" in told
    noisy = log(lambda code, day, row: replace(row, mentee_score=7 + (DAYS.index(day) * 7) % 4))
    assert not of("falling-marks", concluded(world(meetings=noisy)))


def apart(code, day, row):
    return replace(row, mentee_score=5) if code == "П-001" else row


def test_one_meeting_judged_otherwise_is_no_disagreement():
    once = log(lambda code, day, row: replace(row, mentor_score=None, mentee_score=9))
    once = (replace(once[0], mentor_score=2), *once[1:])
    assert not of("judge-apart", concluded(world(meetings=once)))
    assert of("judge-apart", concluded(world(meetings=log(apart))))[0].line.rows == ("П-001",)


# --- difficulties -----------------------------------------------------------------------------------------------------


def test_difficulties_are_told_over_all_and_by_sphere_with_means_only_of_enough():
    told = text("difficulties", concluded(world()))
    assert (
        "выросли: 16 из 16 (100,0 %); без изменений: 0, снизилось: 0; средняя отметка: было 4,5, стало 7,5"
        in told
    )
    assert told.endswith("По каждому затруднению выросли у всех.")
    few = {at: GROWN[at] for at in (1, 2, 3, 4)}
    assert "средняя" not in text("difficulties", concluded(world(who=people(few))))


HELP = {**GROWN, 4: (("планирование", 5, 5), ("работа с родителями", 5, 4))}
BEST = {**GROWN, 6: (("планирование", 2, 9), ("работа с родителями", 3, 9))}


def test_who_did_not_grow_where_the_others_did_needs_help_and_who_grew_most_has_something_to_share():
    (help_,) = of("needs-help", concluded(world(who=people(HELP))))
    assert help_.line.rows == ("Л-004",)
    assert "планирование: 5 → 5; работа с родителями: 5 → 4" in help_.line.text
    (best,) = of("best-growth", concluded(world(who=people(BEST))))
    assert best.line.rows == ("Л-006",)
    assert "опыт наставников: Н-006" in best.advice.text


def test_where_many_did_not_grow_nobody_is_singled_out():
    half = {at: GROWN[at] if at % 2 else (("планирование", 5, 5),) for at in NUMBERS}
    found = concluded(world(who=people(half)))
    assert not of("needs-help", found) + of("best-growth", found)


STILL = dict.fromkeys(
    NUMBERS, (("планирование", 4, 7), ("диагностика", 4, 6), ("речь", 4, 6), ("работа с родителями", 5, 5))
)


def test_a_sphere_that_does_not_move_although_met_about_is_named():
    (said,) = of("sphere-still", concluded(world(who=people(STILL))))
    assert "«работа с родителями»: выросли у 0 из 8" in said.line.text
    silent = log(lambda code, day, row: replace(row, deficit="планирование"))
    assert not of("sphere-still", concluded(world(who=people(STILL), meetings=silent)))


UNMET = {**GROWN, 2: (*GROWN[2], ("цифровые средства", 4, 6))}


def test_a_difficulty_without_any_meeting_is_named_only_where_the_log_says_what_meetings_were_about():
    assert "Л-002 («цифровые средства»)" in text("untouched", concluded(world(who=people(UNMET))))
    silent = log(lambda code, day, row: replace(row, deficit=""))
    assert not of("untouched", concluded(world(who=people(UNMET), meetings=silent)))
    topical = log(lambda code, day, row: replace(row, topic="Цифровой инструмент на занятии"))
    assert not of("untouched", concluded(world(who=people(UNMET), meetings=topical)))


# --- what was decided ----------------------------------------------------------------------------------------------------


def kept(decided, day=date(2026, 12, 31), **more):
    return {
        "focus": "programme", "stage": "", "period": {"start": "2026-09-01", "end": day.isoformat()}, "cut_off": day.isoformat(),
        "figures": {}, "decided": decided, "key": "lastochka/note.monitoring/М-001@2026-12/2026-2027", **more,
    }  # fmt: skip


def decision(rule, *rows, then=None, words="Наставникам (пары: П-001): сделать. Срок: до ________."):
    return {"rule": rule, "text": words, "rows": list(rows), "figures": [], "measured": then or {}}


def became(evidence, *decided, **more):
    return text("decided", concluded(evidence, previous=kept(list(decided), **more)))


def test_what_became_of_a_decision_is_told_by_the_same_rows_counted_now():
    told = became(
        world(meetings=log(fell_silent)),
        decision("rhythm", "П-001", "П-003", then={"П-001": 40, "П-003": 35}),
    )
    assert told.startswith("Справка по 31.12.2026 рекомендовала: «Наставникам: сделать» – исполнено частично")
    assert "П-003: самый долгий промежуток был 35 дней, стал 111 дней" in told
    assert "П-001: самый долгий промежуток был 40 дней, стал 14 дней" in told


BEHIND = (activity("2.1", "Семинар", "Октябрь 2026", documents=(), status="в работе"), activity("2.2", "Сайт", "Октябрь 2026", documents=(), status="выполнено"))  # fmt: skip
PAPERED = (filed("program.personal", "П-001"), filed("order.pairs", "lastochka", covers=("П-001",)))
OTHER_JOB = people(**{"Н-001": {"job_function": True}, "Л-001": {"consent_duty": SEPTEMBER}})


@pytest.mark.parametrize(
    ("rule", "done", "undone", "more"),
    [
        ("rhythm", "П-001", "П-003", {"meetings": log(fell_silent)}),
        ("stands-out", "П-001", "П-003", {"meetings": log(fell_silent)}),
        ("silent", "П-001", "П-003", {"meetings": log(lambda code, day, row: off(row) if code == "П-003" and day > date(2026, 12, 1) else row)}),
        ("plan", "П-001", "П-005", {"meetings": log(lambda code, day, row: unmarked(row) if code == "П-005" and day.month == 3 else row)}),
        ("unfilled", "П-001", "П-006", {"meetings": log(nobody_fills)}),
        ("unmarked", "П-001", "П-005", {"meetings": log(missed_much)}),
        ("feedback", "П-001", "П-002", {"meetings": log(lambda code, day, row: replace(row, mentee_score=None, mentor_score=None) if code == "П-002" else row)}),
        ("programmes", "П-001", "П-002", {"register": PAPERED}),
        ("papers", "П-001", "П-002", {"register": PAPERED, "who": OTHER_JOB}),
        ("no-mentor", "Л-001", "Л-011", {"who": (*people(), person("Л-011"))}),
        ("load", "Н-002", "Н-001", {"pairs": (*PAIRS, pair("П-012", "Н-001", "Л-002", end=MAY), pair("П-013", "Н-001", "Л-003", end=MAY))}),
        ("overdue", "2.2", "2.1", {"activities": BEHIND}),
    ],
)  # fmt: skip
def test_each_kind_of_decision_is_judged_by_its_rows(rule, done, undone, more):
    evidence = world(**more)
    assert " – исполнено (" in became(evidence, decision(rule, done))
    assert " – не исполнено (" in became(evidence, decision(rule, undone))
    assert " – исполнено частично (" in became(evidence, decision(rule, done, undone))


def test_too_few_forms_are_judged_by_how_many_come_back_now():
    glad = question("M10", "выход")
    answers = tuple(response(f"Л-{at:03}", (glad, 9), day=date(2027, 5, 10)) for at in NUMBERS)
    asked = decision("returns", then={"M9": 40})
    for sent, state in ((10, "исполнено"), (20, "не исполнено")):
        told = became(world(answers=answers, sent={"Ответы на форму (1)": sent}), asked)
        assert f" – {state} (возврат был 40 %" in told


def test_what_no_data_tell_is_left_to_the_pen_and_an_older_snapshot_is_read():
    old = kept(
        None, recommendations=["Куратору: провести семинар. Основание: охват – 3 из 5. Срок: до ________."]
    )
    (said,) = of("decided", concluded(world(), previous=old))
    assert (
        said.line.text
        == "По данным не видно, исполнено ли рекомендованное справкой по 31.12.2026: «Куратору: провести семинар». Исполнено: ________."
    )
    assert said.line.rows == ("М-001@2026-12",)
    assert "По данным не видно" in became(world(), decision("judge-apart", "П-001"))


@pytest.mark.parametrize(
    "spoiled", [[None, 5, {}], "да", [{"text": "Сделать", "rows": 7, "measured": []}], 0]
)
def test_a_spoiled_list_of_decisions_breaks_nothing(spoiled):
    concluded(world(), previous=kept(spoiled))


def test_a_pair_broken_off_since_is_judged_no_more():
    broken = (*PAIRS[:2], replace(PAIRS[2], status="прекращена", end=date(2027, 2, 12)), *PAIRS[3:])
    told = became(
        world(meetings=log(fell_silent), pairs=broken), decision("rhythm", "П-003", then={"П-003": 35})
    )
    assert told.startswith("По данным не видно")


def slipped(code, day, row):
    return off(row) if code == "П-003" and DAYS.index(day) == 4 else row


def test_what_a_note_advises_is_kept_with_its_rows_and_figures_for_the_next_one():
    evidence = world(MARCH, meetings=log(slipped, by=MARCH))
    first = note_for(replace(evidence, method=school.METHOD), Ask(Focus.PROGRAMME), Period(SEPTEMBER, MARCH))
    told = json.loads(json.dumps(snapshot(first), ensure_ascii=False))
    asked = next(each for each in told["decided"] if each["rule"] == "rhythm")
    assert (asked["rows"], asked["measured"]) == (["П-003"], {"П-003": 28})
    later = kept(told["decided"], MARCH)
    assert (
        "«Наставнику: встречаться не реже, чем раз в 14 дней» – исполнено (П-003: самый долгий промежуток был 28 дней, стал 14 дней)"
        in text("decided", concluded(world(meetings=log(slipped)), previous=later))
    )


# --- trends -------------------------------------------------------------------------------------------------------------


def note_of(at, percent, code="M6", **more):
    day = (date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31))[at]
    figures = {
        code: {"name": code, "text": f"{percent} %", "unit": "%", "value": str(percent), "missing": ""}
    }
    return kept(
        [], day, figures=figures, key=f"lastochka/note.monitoring/М-00{at}@{day:%Y-%m}/2026-2027", **more
    )


def over_time(*percents, **more):
    notes = tuple(note_of(at, percent) for at, percent in enumerate(percents))
    return concluded(world(previous=notes, **more), previous=notes[-1])


def test_a_figure_that_goes_one_way_through_three_notes_is_a_trend_told_without_its_present_value():
    (said,) = of("trend", over_time(70, 85))
    assert said.line.text == (
        "Выполнение плана встреч растёт от справки к справке: раньше 70,0 % (30.09.2026), 85,0 % (31.12.2026) (всего +30,0 п. п.)."
    )
    assert not [each for each in of("changed", over_time(70, 85)) if "план" in each.line.text]


@pytest.mark.parametrize("percents", [(70,), (95, 94), (85, 70), (99, 70), (100, 100), (40, 99)])
def test_two_points_small_steps_and_a_way_that_turns_are_no_trend(percents):
    assert not of("trend", over_time(*percents))


def test_a_change_of_a_few_rows_is_no_trend():
    one = tuple(each for each in log() if each.pair == "П-001" and each.held < date(2026, 10, 21))
    assert not of("trend", over_time(60, 80, meetings=one, pairs=PAIRS[:1]))


def test_what_changed_since_the_last_note_is_told_by_direction_and_a_trifle_is_not():
    grew, fell = over_time(80), over_time(100, meetings=log(missed_much))
    assert (
        text("changed", grew)
        == "С прошлой справки (30.09.2026) выросло: выполнение плана встреч (+20,0 п. п.)."
    )
    assert not of("changed", fell)
    new = (*PAIRS, pair("П-020", "Н-003", "Л-003", start=date(2027, 1, 12)))
    assert "начали работу пары: П-020" in text("changed", over_time(100, pairs=new))


# --- the day of the note ---------------------------------------------------------------------------------------------------


def test_in_may_nobody_is_told_to_meet_and_in_march_he_is():
    bad = log(
        lambda code, day, row: (
            unmarked(row) if code == "П-005" and day > date(2027, 1, 1) and DAYS.index(day) % 2 else row
        )
    )
    march = advice(
        concluded(world(MARCH, meetings=tuple(each for each in bad if each.planned <= MARCH)), MARCH)
    )
    may = advice(concluded(world(meetings=bad)))
    assert any("встречаться не реже, чем раз в 14 дней" in each for each in march)
    assert not [each for each in may if re.search("провести пропущенные|встречаться не реже", each)]


def test_a_pair_that_ends_in_a_few_days_is_advised_nothing():
    ending = tuple(replace(each, end=date(2027, 4, 5)) for each in PAIRS)
    quiet = log(fell_silent, by=MARCH)
    for pairs, advised in ((PAIRS, True), (ending, False)):
        found = concluded(world(MARCH, meetings=quiet, pairs=pairs), MARCH)
        assert any("П-003" in each for each in advice(found)) == advised


def test_in_september_the_start_is_spoken_of():
    day = date(2026, 9, 30)
    told = concluded(world(day, meetings=log(by=day), who=people({1: GROWN[1]})), day)
    (said,) = of("no-entry-marks", told)
    assert said.line.rows == tuple(each.code for each in PAIRS[1:])
    march = concluded(world(MARCH, meetings=log(by=MARCH), who=people({1: GROWN[1]})), MARCH)
    assert not of("no-entry-marks", march)


def test_advice_that_says_the_same_is_given_once_and_only_the_weightiest_stay():
    two = {**GROWN, 3: (("планирование", 5, 3),), 4: (("планирование", 5, 3),)}
    found = concluded(world(MARCH, who=people(two), meetings=log(by=MARCH)), MARCH)
    (told,) = [each for each in advice(found) if "посетить занятия" in each]
    assert "Л-003, Л-004" in told
    lean = replace(school.METHOD, rules=replace(school.METHOD.rules, most_advice=1))
    left = [
        each
        for each in concluded(world(MARCH, meetings=log(fell_silent, by=MARCH)), MARCH, method=lean)
        if each.advice
    ]
    assert [each.rule for each in left] == ["silent"]


# --- what is good and what is not, in words that are true --------------------------------------------------------------


def nothing_to_do(evidence, day=MAY):
    """What a note recommends where it recommends nothing to anybody."""
    facts = evidence.facts
    evidence = replace(
        evidence,
        method=school.METHOD,
        facts=replace(facts, organisation=replace(facts.organisation, young_teachers=1)),
    )
    made = outline(counted(evidence, scope_of(evidence, Period(SEPTEMBER, day)), Ask(Focus.MIDDLE), None))
    section = recommendations(made)
    return section.paragraphs if not section.lines else None


def answered(*marks):
    return tuple(
        response(f"Л-{at:03}", (GLAD, mark), day=date(2027, 5, 10)) for at, mark in enumerate(marks, 1)
    )


FLAT = dict.fromkeys(NUMBERS, (("планирование", 5, 5), ("работа с родителями", 5, 5)))


def test_that_nothing_needs_doing_is_said_only_where_nothing_is_weak():
    said = ("Среди посчитанных показателей нет тех, которые требуют мер.",)
    assert nothing_to_do(world()) == said
    ended = tuple(replace(each, end=MAY) for each in PAIRS)
    weak = (
        world(who=people(FLAT)),
        world(
            pairs=ended, meetings=log(lambda code, day, row: unmarked(row) if DAYS.index(day) % 3 else row)
        ),
        world(answers=answered(2, 3)),
    )
    for evidence in weak:
        assert not nothing_to_do(evidence)
    bare = school.evidence(school.facts(MAY))
    assert nothing_to_do(bare) == ()


def test_difficulties_that_grew_for_nobody_are_a_weak_side():
    (said,) = of("difficulties", concluded(world(who=people(FLAT))))
    assert (said.good, said.brief) == (False, "Отметки по затруднениям не выросли ни у кого.")


def test_few_answers_are_told_with_how_many_answered_and_praise_nobody():
    (said,) = of("satisfaction", concluded(world(answers=answered(10))))
    assert said.line.text.endswith("; ответили 1 из 8, для вывода этого мало.")
    assert (said.good, said.brief) == (None, "")


def test_content_are_all_only_where_enough_forms_came_back_and_less_than_half_is_weak():
    (glad,) = of("satisfaction", concluded(world(answers=answered(*[9] * 8))))
    assert (glad.good, glad.brief) == (True, "Все ответившие наставляемые довольны работой.")
    sent = {"Ответы на форму (1)": 20}
    (few,) = of("satisfaction", concluded(world(answers=answered(*[9] * 8), sent=sent)))
    assert (few.good, few.brief) == (None, "")
    (sad,) = of("satisfaction", concluded(world(answers=answered(9, 2, 2, 2, 2, 2, 2, 2))))
    assert (sad.good, sad.brief) == (False, "Работой довольны меньше половины ответивших наставляемых.")
    assert "выяснить, чем недовольны наставляемые" in sad.advice.text
    mean = replace(school.METHOD, rules=replace(school.METHOD.rules, satisfaction="B"))
    (low,) = of("satisfaction", concluded(world(answers=answered(9, *[2] * 7)), method=mean))
    assert low.brief == "Средняя оценка, которую ставят наставляемые, ниже середины шкалы."
    (few,) = of("satisfaction", concluded(world(answers=answered(2, 2)), method=mean))
    assert (few.good, few.advice) == (None, None)


def test_one_of_one_is_no_strength():
    ended = (replace(PAIRS[0], status="завершена", end=date(2027, 5, 20)), *PAIRS[1:])
    (said,) = of("endings", concluded(world(pairs=ended)))
    assert (said.good, said.brief, "1 из 1" in said.line.text) == (None, "", True)


def test_every_code_of_a_person_stands_where_a_name_in_the_nominative_fits():
    more = {
        "pairs": (*PAIRS, *(pair(f"П-01{at}", "Н-001", f"Л-00{at}", end=date(2027, 6, 30)) for at in (2, 3))),
        "events": (StaffEvent(date(2027, 2, 1), "Л-004", "отпуск по уходу"),),
        "who": (*people(HELP), person("Л-011")),
    }
    spoken_of = [
        *concluded(world(**more)),
        *concluded(world(who=people(BEST), meetings=log(fell_silent), events=more["events"])),
    ]
    spoken_of += [each for rule in SPOKEN for each in spoken(rule, school.METHOD)]
    texts = [
        text
        for each in spoken_of
        for text in (each.line.text, each.brief, each.advice.text if each.advice else "")
    ]
    assert any("Нужна помощь, отметки не выросли: Л-004." in text for text in texts)
    for said in texts:
        assert not re.search(r"[а-яё] [НЛ]-\d{3}", said), said


def test_difficulties_are_told_in_words_and_nobody_is_told_of_twice():
    known = concluded(world(who=people(HELP)))
    told = text("difficulties", known)
    assert (
        "Не у всех выросли: «планирование» – выросли у 7 из 8; «работа с родителями» – выросли у 7 из 8, снизились у 1."
        in told
    )
    assert "Л-004" not in told
    half = {at: GROWN[at] if at % 2 else (("планирование", 5, 5),) for at in NUMBERS}
    assert "Не выросли ни по одному затруднению: Л-002" in text(
        "difficulties", concluded(world(who=people(half)))
    )


def test_pairs_that_stopped_only_when_all_did_are_counted_with_that_cause():
    (said,) = of("rhythm", concluded(world(meetings=log(quarantine))))
    assert (
        "Дольше нормы только в феврале, когда встречи сорвались у многих (карантин), – пар: 7."
        in said.line.text
    )
    assert (said.good, said.advice) == (None, None)
    assert (
        said.brief
        == "Промежутки между встречами длиннее нормы только тогда, когда встречи сорвались у многих пар."
    )


def test_for_how_many_pairs_something_is_true_is_said_in_words_that_fit():
    papered = tuple(filed("program.personal", each.code) for each in PAIRS[:7])
    (said,) = of("programmes", concluded(world(register=papered)))
    assert said.brief == "Утверждённой персонализированной программы нет у пары: П-008."
    assert said.strength.text == "Программы утверждены у большинства пар."
    (one,) = of("programmes", concluded(world(register=papered[:1])))
    assert (one.strength, one.brief) == (
        None,
        "Утверждённой персонализированной программы нет у большинства пар.",
    )
    (none,) = of("programmes", concluded(world(register=PAPERED[1:])))
    assert none.brief == "Утверждённой персонализированной программы нет ни у одной пары."
    assert [among(*each) for each in ((1, 3), (1, 2), (4, 10), (39, 40), (8, 8))] == [
        "у одной пары", "у одной пары", "у части пар", "почти у всех пар", "у всех пар",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("apart", "brief"),
    [
        (NUMBERS, "У всех пар, чьи встречи отмечены, промежутки между встречами длиннее нормы."),
        ((3,), "У одной пары промежутки между встречами длиннее нормы."),
        ((3, 4, 5), "У части пар промежутки между встречами длиннее нормы."),
    ],
)
def test_how_many_pairs_wait_too_long_is_said_as_it_is(apart, brief):
    codes = {f"П-{at:03}" for at in apart}
    late = log(
        lambda code, day, row: (
            off(row) if code in codes and DAYS.index(day) in {int(code[2:]), int(code[2:]) + 8} else row
        )
    )
    assert [each.brief for each in of("rhythm", concluded(world(meetings=late)))] == [brief]


def test_the_rhythm_is_told_without_columns_and_short_words():
    assert "(не реже раза в 14 дней)" in text("rhythm", concluded(world()))
    own = tuple(replace(each, meetings_a_month=2) for each in PAIRS)
    told = text("rhythm", concluded(world(pairs=own)))
    assert "(не реже раза в 14 дней, для пар со своим числом встреч в месяц – в 16 дней)" in told


def test_where_the_card_knows_of_more_young_specialists_all_having_a_mentor_is_no_praise():
    for young, good in ((1, True), (4, None)):
        evidence = world()
        organisation = replace(evidence.facts.organisation, young_teachers=young)
        (said,) = of(
            "no-mentor",
            concluded(replace(evidence, facts=replace(evidence.facts, organisation=organisation))),
        )
        assert (said.good, bool(said.brief)) == (good, bool(good))
        assert ("не внесено 3" in said.line.text) == (not good)


def test_a_pair_that_fell_silent_gets_one_advice_and_one_mentor_is_spoken_to_as_one():
    march = advice(concluded(world(MARCH, meetings=log(fell_silent, by=MARCH)), MARCH))
    assert any("выяснить, почему пары не встречаются" in each for each in march)
    assert not [each for each in march if "встречаться не реже" in each]
    for codes, whom in (
        (("П-003",), "Наставнику пары П-003: "),
        (("П-003", "П-004"), "Наставникам пар П-003, П-004: "),
    ):
        late = log(
            lambda code, day, row, codes=codes: off(row) if code in codes and DAYS.index(day) == 4 else row,
            by=MARCH,
        )
        assert any(each.startswith(whom) for each in advice(concluded(world(MARCH, meetings=late), MARCH)))


@pytest.mark.parametrize(("number", "words"), [(1, "Отменена 1 встреча (болезнь)"), (2, "Отменены 2 встречи (болезнь – 2)"), (5, "Отменено 5 встреч (болезнь – 5)")])  # fmt: skip
def test_what_was_called_off_is_told_in_words_with_the_reason(number, words):
    ill = log(
        lambda code, day, row: off(row, "болезнь") if day == DAYS[3] and int(code[2:]) <= number else row
    )
    assert words in text("plan", concluded(world(meetings=ill)))


# --- settings: every rule, every threshold, one's own --------------------------------------------------------------------

SPOKEN = {
    "plan": {"meetings": log(lambda code, day, row: unmarked(row) if code == "П-005" and DAYS.index(day) % 2 else row), "day": MARCH},
    "silent": {"meetings": log(fell_silent)},
    "stands-out": {"meetings": log(lambda code, day, row: waited(code, day, missed_much(code, day, row)))},
    "stopped-month": {"meetings": log(quarantine)},
    "unmarked": {"meetings": log(lambda code, day, row: unmarked(row) if code == "П-005" and DAYS.index(day) % 2 else row)},
    "feedback": {"meetings": log(lambda code, day, row: replace(row, mentee_score=None, mentor_score=None) if code == "П-002" else row), "day": MARCH},
    "falling-marks": {"meetings": log(falling)}, "judge-apart": {"meetings": log(apart)},
    "sphere-still": {"who": people(STILL)}, "best-growth": {"who": people(BEST)}, "needs-help": {"who": people(HELP)},
    "untouched": {"who": people(UNMET)},
    "trend": {"previous": (note_of(0, 70), note_of(1, 85))}, "changed": {"previous": (note_of(0, 80),)},
}  # fmt: skip
LIMITS = [(rule, limit) for rule, limits in THRESHOLDS.items() for limit in limits]
HUGE = 10**6


def with_setting(rule, **more):
    rules = [{**each, **more} if each["id"] == rule else each for each in TOLD["conclusion"]]
    return method_from({**TOLD, "conclusion": rules})


def spoken(rule, method):
    told = dict(SPOKEN[rule])
    day = told.pop("day", MAY)
    told["meetings"] = tuple(
        each for each in told.get("meetings", log()) if (each.held or each.planned) <= day
    )
    previous = told.get("previous", (None,))[-1]
    return of(rule, concluded(world(day, **told), day, previous=previous, method=method))


def test_every_rule_stands_in_the_file_and_has_a_chapter():
    assert [each["id"] for each in TOLD["conclusion"]] == list(
        dict.fromkeys(each["id"] for each in TOLD["conclusion"])
    )
    assert {each["id"] for each in TOLD["conclusion"]} == set(RULES) == set(THRESHOLDS)
    assert {chapter for chapter, _ in RULES.values()} == set(Chapter)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("rule", "limit"), LIMITS)
def test_a_threshold_matters(rule, limit):
    usual = spoken(rule, school.METHOD)
    assert usual
    assert spoken(rule, with_setting(rule, **{limit: HUGE})) != usual


@pytest.mark.sampled(3)
@pytest.mark.parametrize("rule", sorted(SPOKEN))
def test_a_rule_struck_out_says_nothing_and_no_other_falls_with_it(rule):
    day = SPOKEN[rule].get("day", MAY)
    told = {name: value for name, value in SPOKEN[rule].items() if name != "day"}
    previous = told.get("previous", (None,))[-1]
    whole, less = (
        concluded(world(day, **told), day, previous=previous, method=method)
        for method in (school.METHOD, with_setting(rule, off=True))
    )
    assert not of(rule, less)
    assert {each.rule for each in less} >= {each.rule for each in whole} - {rule}
    heavier = concluded(world(day, **told), day, previous=previous, method=with_setting(rule, weight=7))
    assert {each.weight for each in of(rule, heavier)} == {7}


def test_no_conclusion_refers_to_another_and_each_has_its_evidence():
    told = [each for rule in SPOKEN for each in spoken(rule, school.METHOD)]
    for each in told:
        assert each.line.rows or each.line.figures
        assert not re.search(
            r"\bсм\.|\bвыше\b|\bниже\b|указанн|перечисленн|эт(?:их|ой|ому) пар", each.line.text
        )
        assert not re.search(r"\d", re.sub(r"[ПНЛ]-\d{3}", "", each.brief)), each.brief


@pytest.mark.sampled(3)
@pytest.mark.parametrize("group", TOLD["reason"], ids=lambda group: group["name"])
def test_every_word_of_a_reason_is_known_in_the_log(group):
    for word in group["words"]:
        ill = log(
            lambda code, day, row, word=word: (
                off(row, f"{word}а") if code == "П-003" and day > date(2027, 2, 10) else row
            )
        )
        assert f"({group['name']} – 7)" in text("silent", concluded(world(meetings=ill)))


OWN = {
    "id": "мой-план",
    "figure": "M6",
    "below": 99.5,
    "text": "План выполнен только на {значение}",
    "advice": "Заместителю: разобрать причины",
}


def own(**more):
    told = {name: value for name, value in {**OWN, **more}.items() if value is not None}
    return method_from({**TOLD, "conclusion": [*TOLD["conclusion"], told]})


def test_a_conclusion_of_ones_own_is_said_beyond_its_number_alone():
    evidence = world(meetings=log(missed_much))
    (said,) = of("мой-план", concluded(evidence, method=own()))
    assert said.line.text == "План выполнен только на 134 из 135 (99,3 %)."
    assert (said.chapter, said.good, said.line.figures) == (Chapter.MEETINGS, False, ("M6",))
    assert said.advice.text == "Заместителю: разобрать причины. Срок: до ________."
    assert not of("мой-план", concluded(world(), method=own()))
    assert of("мой-план", concluded(world(), method=own(below=None, above=99.5, advice=None)))[0].good is None
    assert not of("мой-план", concluded(evidence, method=own(off=True)))
    card = ScoreCard(
        "2026/2027", dict.fromkeys(school.METHOD.card_names, 2), Window(SEPTEMBER, date(2027, 8, 31))
    )
    best = own(figure="M16", below=None, above=17, text="По карте {значение}")
    assert of("мой-план", concluded(world(cards=(card,)), method=best))[0].chapter is Chapter.OPINIONS


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"figure": "M99"}, "показателя «M99» нет"), ({"figure": "план"}, "показателя «план» нет"),
        ({"below": None}, "впишите одно число"), ({"above": 5}, "впишите одно число"), ({"below": "мало"}, "впишите одно число"),
        ({"below": True}, "впишите одно число"), ({"text": ""}, "впишите в text предложение"),
        ({"text": "Всего {value}"}, "можно писать только {значение}"), ({"weight": -1}, "впишите weight"),
        ({"порог": 5}, "настройки «порог» у своего вывода нет"), ({"id": ""}, "должно быть своё имя id"),
        ({"id": "plan"}, "должно быть своё имя id"), ({"off": "да"}, "off бывает true"),
        ({"figure": None, "text": None, "below": None, "advice": None}, "такого вывода у программы нет"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_conclusion_is_said_in_one_sentence(wrong, says):
    with pytest.raises(Misconfigured) as refusal:
        own(**wrong)
    told = str(refusal.value)
    assert told.startswith("config/monitoring.toml: вывод «")
    assert says in told
    assert told.count(". ") == 0
    assert told.endswith(".")


@pytest.mark.parametrize(
    ("rule", "more", "says"),
    [
        ("silent", {"days": "много"}, "впишите days – целое число"),
        ("silent", {"дней": 3}, "настройки «дней» у него нет"),
        ("plan", {"weight": None}, "впишите weight – целое число"),
    ],
)
def test_a_wrong_threshold_is_refused_when_the_file_is_read(rule, more, says):
    with pytest.raises(Misconfigured, match=re.escape(says)):
        with_setting(rule, **more)


@pytest.mark.parametrize(
    "spoiled", [{"name": "", "words": ["а"]}, {"name": "а", "words": []}, {"name": "а", "words": [5]}]
)
def test_a_reason_without_a_name_or_words_is_refused(spoiled):
    with pytest.raises(Misconfigured, match="причины"):
        method_from({**TOLD, "reason": [spoiled]})


# --- the guide ---------------------------------------------------------------------------------------------------------

GUIDE = (school.ROOT / "config" / "guide" / "conclusions.md").read_text("utf-8")


def test_what_the_guide_shows_is_what_the_file_says_and_what_comes_of_it():
    shown = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)]
    silent, coverage, own_one, reason = (each for told in shown for kind in told.values() for each in kind)
    assert silent == next(each for each in TOLD["conclusion"] if each["id"] == "silent")
    evidence = world(meetings=log(fell_silent))
    assert f"«{text('silent', concluded(evidence))}»" in " ".join(GUIDE.split())
    assert not of("coverage", concluded(evidence, method=with_setting("coverage", **coverage)))
    bare = log(
        lambda code, day, row: replace(row, mentee_score=None, mentor_score=None) if code > "П-004" else row
    )
    written = method_from({**TOLD, "conclusion": [*TOLD["conclusion"], own_one]})
    (said,) = of(own_one["id"], concluded(world(meetings=bare), method=written))
    assert said.line.text == "Обратная связь заполнена редко: 72 из 144 (50,0 %)."
    assert said.advice.text.startswith("Заместителю заведующего: показать наставникам")
    painted = log(
        lambda code, day, row: (
            off(row, "Побелка группы") if code == "П-003" and day > date(2027, 2, 10) else row
        )
    )
    known = method_from({**TOLD, "reason": [*TOLD["reason"], reason]})
    assert "(ремонт – 7)" in text("silent", concluded(world(meetings=painted), method=known))


def test_the_mistake_that_the_guide_shows_is_refused_in_those_words():
    with pytest.raises(Misconfigured) as refusal:
        method_from({**TOLD, "conclusion": [{**OWN, "id": "мало-обратной-связи", "figure": "М88"}]})
    assert f"«{refusal.value}»" in " ".join(GUIDE.split())

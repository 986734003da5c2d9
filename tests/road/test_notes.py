"""The life of notes: made in their window, closed with it, compared with what was printed before, asked for by stage or days."""

from __future__ import annotations

import json
from datetime import date, datetime

import click
import pytest

from flows import settings
from flows.cli import Span
from flows.domain import tabs
from flows.domain.errors import Refused
from flows.domain.periods import Period
from flows.domain.register.life import Action
from flows.work import Errand, prepare, ticks
from flows.work.monitoring import Asked, monitor
from flows.workspace import snapshots
from tests.road import desk as desks
from tests.road.desk import SLUG, TODAY

MADE = (*(kind.id for kind in settings.catalogue().values() if kind.closes), "order.monitoring")
PLAN = [
    ("1.1", "Приказ о внедрении", "Сентябрь 2026", "Заведующий", "Приказ об утверждении дорожной карты"),
    ("2.1", "Мониторинг программ пар", "Декабрь 2026", "Куратор", "Аналитическая справка"),
    ("2.2", "Мониторинг программ пар", "Май 2027", "Куратор", "Аналитическая справка"),
    ("2.3", "Разработка рекомендаций по итогам мониторинга и принятие управленческих решений", "Апрель 2027", "Куратор", "Аналитическая справка"),
]  # fmt: skip
DECEMBER, MAY, APRIL = (
    f"{SLUG}/note.monitoring/{tail}/2026-2027" for tail in ("М-002@2026-12", "М-003@2027-05", "М-004@2027-04")
)


def run(desk, today, **options):
    return prepare(desk.space, desk.place, today, desks.supplies(today, MADE), **options)


def met(desk, row, day, status="состоялась", pair="П-001"):
    desk.type_cells(
        "Встречи",
        row,
        {
            "Пара": pair,
            "Дата по плану": day,
            "Дата проведения": day if status == "состоялась" else None,
            "Статус": status,
            "Тема": "планы занятий",
        },
    )


@pytest.fixture(scope="module")
def made_once(founded, tmp_path_factory):
    """The school of these tests, furnished once."""
    root, place = founded
    home = desks.copied(root, tmp_path_factory.mktemp("notes") / "home")
    with desks.opened(home, place) as desk:
        desks.furnish(desk, unready=0, plan=PLAN)
        met(desk, 2, date(2026, 9, 22))
        met(desk, 3, date(2026, 10, 6), "перенесена")
    return home, place


@pytest.fixture
def school(made_once, tmp_path):
    with desks.of(made_once, tmp_path) as desk:
        yield desk


@pytest.fixture(scope="module")
def noted_once(made_once, tmp_path_factory):
    """The school after the run that makes the note of December."""
    return desks.lived(
        made_once, tmp_path_factory.mktemp("noted"), lambda desk: run(desk, date(2026, 12, 10))
    )


@pytest.fixture
def noted(noted_once, tmp_path):
    with desks.of(noted_once, tmp_path) as desk:
        yield desk


def by_key(desk, key):
    return next((row for row in desk.register() if row.key == key), None)


def made(report):
    return {
        each.key
        for each in report.made
        if "/note.monitoring/" in each.key or "/order.monitoring/" in each.key
    }


def test_a_note_appears_in_its_window_is_renewed_while_data_come_and_closed_with_it(school):
    assert not made(run(school, date(2026, 11, 30)))
    assert made(run(school, date(2026, 12, 1))) == {DECEMBER}
    met(school, 4, date(2026, 12, 8))
    assert made(run(school, date(2026, 12, 9))) == {DECEMBER}
    assert "2 из 3 (66,7 %)" in school.text(by_key(school, DECEMBER))
    met(school, 5, date(2026, 12, 15))
    report = run(school, date(2027, 1, 11))
    assert not made(report)
    assert next(step.action for step in report.steps if step.key == DECEMBER) is Action.KEEP
    assert by_key(school, DECEMBER).version == 1


def test_a_registered_note_is_left_as_it_was_signed_without_a_question(noted):
    noted.type_cells(
        "Документы",
        by_key(noted, DECEMBER).origin.row,
        {"Рег. №": "5", "Дата регистрации": date(2026, 12, 11)},
    )
    run(noted, date(2026, 12, 11))
    met(noted, 4, date(2026, 12, 14))
    report = run(noted, date(2026, 12, 15))
    assert not made(report)
    assert not [each for each in report.problems if each.subject == DECEMBER]
    final = max((row for row in noted.register() if row.key == DECEMBER), key=lambda row: row.version)
    assert final.final
    assert "№ 5" in noted.text(final)


def test_a_missed_window_is_caught_up_once_and_marked_late(school):
    assert made(run(school, date(2027, 1, 12))) == {DECEMBER}
    assert by_key(school, DECEMBER).basis == "п. 2.1; с опозданием"
    met(school, 4, date(2026, 12, 14))
    assert not made(run(school, date(2027, 1, 13)))


def test_no_note_is_written_about_days_before_any_pair_worked(empty):
    desks.furnish(empty, 0, plan=PLAN)
    desks.add_pair(empty, 0, start=date(2027, 1, 12))
    assert not made(run(empty, date(2026, 12, 10)))
    assert empty.findings()["before-pairs"] == ["заметка"]
    assert made(run(empty, date(2027, 5, 12))) == {MAY, APRIL, APRIL.replace("note.", "order.")}


def test_recommendations_come_with_the_draft_order(school):
    report = run(school, date(2027, 4, 5))
    order = APRIL.replace("note.monitoring", "order.monitoring")
    assert {APRIL, order} <= made(report)
    assert "Об итогах мониторинга наставничества" in school.text(by_key(school, order))
    assert "выяснить, почему пары не встречаются" in school.text(by_key(school, order))


def test_figures_are_kept_beside_the_note_and_the_next_one_is_compared_with_what_was_printed(noted):
    kept = snapshots.kept(noted.book().snapshot.sheet(tabs.NOTE_FIGURES))
    assert json.loads(kept[DECEMBER])["figures"]["M6"]["text"] == "1 из 2 (50,0 %)"
    noted.type_cells("Встречи", 3, dict.fromkeys(("Пара", "Дата по плану", "Статус", "Тема")))
    met(noted, 4, date(2027, 4, 20))
    run(noted, date(2027, 5, 12))
    told = noted.text(by_key(noted, MAY))
    assert "Выполнение плана встреч 1 из 2 (50,0 %) 2 из 2 (100,0 %)" in told
    assert "+50,0 п. п." in told
    assert (
        json.loads(snapshots.kept(noted.book().snapshot.sheet(tabs.NOTE_FIGURES))[DECEMBER])["figures"]["M6"][
            "text"
        ]
        == "1 из 2 (50,0 %)"
    )
    assert not run(noted, date(2027, 5, 12)).written


@pytest.mark.spare("test_figures_are_kept_beside_the_note_and_the_next_one_is_compared_with_what_was_printed")
def test_notes_made_in_one_run_are_compared_with_each_other_and_the_next_run_is_silent(school):
    assert {DECEMBER, MAY} <= made(run(school, date(2027, 5, 12)))
    assert "Прошлая справка: данные за период до 31.12.2026" in school.text(by_key(school, MAY))
    since = school.now
    assert not run(school, date(2027, 5, 12)).written
    assert school.writes(since) == 0


@pytest.mark.spare("test_figures_are_kept_beside_the_note_and_the_next_one_is_compared_with_what_was_printed")
def test_a_cancelled_note_is_not_compared_with(noted):
    noted.type_cells("Документы", by_key(noted, DECEMBER).origin.row, {"Состояние": "отменён"})
    run(noted, date(2027, 5, 12))
    assert "Прошлая справка" not in noted.text(by_key(noted, MAY))


@pytest.mark.spare("test_a_note_appears_in_its_window_is_renewed_while_data_come_and_closed_with_it")
def test_a_note_on_two_days_is_made_once_renewed_when_asked_again_and_never_called_superfluous(school):
    asked = Asked(period=Period(date(2026, 9, 1), date(2026, 11, 30)))
    key = f"{SLUG}/note.monitoring/срок@2026-09-01..2026-11-30/2026-2027"
    supplies = desks.supplies(TODAY, MADE)
    run(school, TODAY)
    assert {
        each.key for each in monitor(Errand(school.space, school.place, TODAY, supplies), asked).made
    } == {key}
    assert "за период с 01.09.2026 по 30.11.2026" in school.text(by_key(school, key))
    met(school, 4, date(2026, 11, 10))
    report = run(school, date(2026, 12, 11))
    assert key not in made(report)
    assert not [step for step in report.steps if step.action is Action.ORPHAN]
    assert key in {
        each.key for each in monitor(Errand(school.space, school.place, TODAY, supplies), asked).made
    }
    assert sum(row.key == key for row in school.register()) == 1


def test_a_note_on_a_stage_speaks_of_its_rows_and_an_unknown_stage_is_refused(school):
    for row in (2, 3, 4, 5):
        school.type_cells(
            "Дорожная карта",
            row,
            {"Раздел / этап": "Этап 1. Подготовка" if row == 2 else "Этап 2. Мониторинг"},
        )
    run(school, TODAY)
    supplies = desks.supplies(TODAY, MADE)
    (note,) = monitor(Errand(school.space, school.place, TODAY, supplies), Asked(stage=1)).made
    assert note.key == f"{SLUG}/note.monitoring/этап@1/2026-2027"
    told = school.text(by_key(school, note.key))
    assert "мониторинга программы наставничества: 1 этап" in told
    assert "Приказ о внедрении" in told
    assert "Разработка рекомендаций" not in told
    with pytest.raises(Refused, match=r"Этапа 9 .* Есть: 1, 2"):
        monitor(Errand(school.space, school.place, TODAY, supplies), Asked(stage=9))


def test_a_tick_gives_the_rows_note_before_its_window_and_it_stays_wanted(school):
    run(school, date(2026, 11, 10))
    row = next(each for each in school.rows("Запросы") if each.text("Что нужно") == "справка мониторинга")
    school.type_cells("Запросы", row.origin.row, {"Подготовить": True, "Для кого": "М-003"})
    supplies = desks.supplies(date(2026, 11, 10), MADE)
    (wish,) = ticks.ticked(school.space, school.place, supplies)
    ticks.serve(
        Errand(school.space, school.place, date(2026, 11, 10), supplies),
        [wish],
        datetime(2026, 11, 10, 9),  # noqa: DTZ001 - the row shows local time
    )
    assert school.cell("Запросы", row.origin.row, "⚙ Статус") == "готово"
    assert by_key(school, MAY) is not None
    assert by_key(school, DECEMBER) is None
    assert not [step for step in run(school, date(2026, 11, 11)).steps if step.action is Action.ORPHAN]


@pytest.mark.spare("test_a_tick_gives_the_rows_note_before_its_window_and_it_stays_wanted")
def test_a_roadmap_without_a_day_for_notes_still_gives_one_when_asked(empty):
    desks.furnish(
        empty, unready=0, plan=[("1", "Мониторинг качества", "", "Куратор", "Аналитическая справка")]
    )
    run(empty, TODAY)
    (note,) = monitor(Errand(empty.space, empty.place, TODAY, desks.supplies(TODAY, MADE)), Asked()).made
    assert note.key == f"{SLUG}/note.monitoring/срок@2026-09-01..2026-12-10/2026-2027"
    assert not [step for step in run(empty, date(2026, 12, 11)).steps if step.action is Action.ORPHAN]


def test_while_the_mapping_cannot_be_read_no_note_is_made_or_called_superfluous(noted):
    sheet = noted.book().snapshot.sheet("Анкеты")
    noted.space.sheets.batch(
        noted.place.book,
        [
            {
                "updateCells": {
                    "start": {"sheetId": sheet.sheet_id, "rowIndex": 0, "columnIndex": 1},
                    "rows": [{"values": [{"userEnteredValue": {"stringValue": "Текст"}}]}],
                    "fields": "userEnteredValue",
                }
            }
        ],
    )
    met(noted, 4, date(2026, 12, 10))
    report = run(noted, date(2026, 12, 11))
    assert not made(report)
    assert DECEMBER not in {step.key for step in report.steps}


def test_a_pair_that_stopped_meeting_is_named_once_with_the_day(noted):
    told = [
        row.text("Что не так")
        for row in noted.rows("Проверка")
        if row.text("⚙ Ключ").startswith("meetings-gap")
    ]
    assert [text.split(",")[0] for text in told] == [
        "Пара П-001 не встречалась с 22.09.2026",
        "Пара П-002 не встречалась с 15.09.2026",
        "Пара П-003 не встречалась с 15.09.2026",
    ]
    met(noted, 4, date(2026, 12, 9))
    run(noted, date(2026, 12, 11))
    assert len(noted.findings()["meetings-gap"]) == 2


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-09-01..2026-12-31", (date(2026, 9, 1), date(2026, 12, 31))),
        ("01.09.2026..30.11.2026", (date(2026, 9, 1), date(2026, 11, 30))),
        ("сентябрь-декабрь 2026", (date(2026, 9, 1), date(2026, 12, 31))),
    ],
)
def test_a_period_on_the_command_line_is_read(typed, days):
    assert Span().convert(typed, None, None) == Period(*days)


@pytest.mark.parametrize(
    "typed", ["когда-нибудь", "2026-12-31..2026-09-01", "до 15.09.2026", "..", "2026-13-01..2026-12-31"]
)
def test_a_period_nobody_could_mean_is_explained(typed):
    with pytest.raises(click.BadParameter, match="пишется так"):
        Span().convert(typed, None, None)


def test_what_a_note_could_not_count_is_told_once_and_what_only_time_will_tell_is_not(school):
    report = run(school, date(2027, 5, 12))
    (told,) = [each for each in report.problems if each.code == "not-counted"]
    assert "карта оценки программы (карта оценки за этот период не заполнена)" in told.message
    assert "срок ни одной программы" not in told.message


def test_a_note_looked_at_day_after_day_stays_as_it_is_until_a_figure_changes(noted):
    assert "Данные учтены по 10.12.2026; последняя запись в журнале встреч и анкетах – 06.10.2026." in noted.text(by_key(noted, DECEMBER))  # fmt: skip
    assert not made(run(noted, date(2026, 12, 15)))
    met(noted, 4, date(2026, 12, 8))
    assert made(run(noted, date(2026, 12, 16))) == {DECEMBER}
    assert "Данные учтены по 16.12.2026" in noted.text(by_key(noted, DECEMBER))


def test_the_columns_of_pairs_count_the_meetings_that_a_note_counts(school):
    met(school, 4, date(2026, 9, 1))  # before the pair began
    met(school, 5, date(2026, 9, 22))  # typed a second time
    met(school, 6, date(2027, 1, 20))  # still ahead
    report = run(school, date(2026, 12, 10))
    assert (school.cell("Пары", 2, "⚙ Встреч проведено"), school.text(by_key(school, DECEMBER)).count("1 из 2 (50,0 %)") > 0) == (1, True)  # fmt: skip
    named = {each.code: each.origin.row for each in report.problems if each.code.startswith("meeting-")}
    assert named == {"meeting-not-moved": 3, "meeting-outside": 4, "meeting-twice": 5, "meeting-ahead": 6}


def test_a_mark_of_a_meeting_is_taken_in_any_spelling_and_what_is_none_is_named(school):
    for row, mark in enumerate(("8,5", "10/10", "8 из 10", "9 б.", "отлично", "15"), 4):
        met(school, row, date(2026, 10, 6 + row))
        school.type_cells("Встречи", row, {"Оценка наставляемого 1–10": mark})
    report = run(school, date(2026, 12, 10))
    assert "4 из 7 (57,1 %)" in school.text(by_key(school, DECEMBER))
    assert [each.origin.row for each in report.problems if each.code == "not-a-mark"] == [8, 9]

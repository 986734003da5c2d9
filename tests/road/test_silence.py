"""Whatever people do between runs, a run settles everything at once: the run right after it writes nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows import demo, doors, settings, work
from flows.office import InProcess, Office
from flows.work.bringing import bring
from flows.work.founding import found
from flows.workspace.session import office_session
from flows.workspace.space import over
from tests.holes import holes
from tests.road import desk as desks

STEPS, FIRST = 4, date(2026, 9, 1)
WHO = ("Н-001", "Н-002", "Н-003", "Л-001")


def registered(desk, chance, today):
    """Registers some drafts, cancels some, asks for some anew."""
    drafts = [row for row in desk.register() if row.state == "проект" and not row.registered]
    for at, row in enumerate(chance.sample(drafts, min(len(drafts), chance.randint(0, 6)))):
        told = chance.choice(
            [{"Рег. №": f"{today:%d%m}/{at}-од", "Дата регистрации": today - timedelta(days=at)}] * 6
            + [{"Состояние": "отменён"}, {"Состояние": "подписан"}, {"Подготовить новую версию": True}]
        )
        desk.type_cells("Документы", row.origin.row, told)


def answered(desk, chance, _):
    """Answers a finding with what it proposes."""
    rows = [row for row in desk.rows("Проверка") if row.text("Предложение") and not row.text("Ответ")]
    if rows:
        desk.type_cells("Проверка", chance.choice(rows).origin.row, {"Ответ": "да"})


def marked(desk, chance, _):
    """Marks a row of the roadmap."""
    desk.type_cells(
        "Дорожная карта",
        chance.choice(desk.rows("Дорожная карта")).origin.row,
        {"Статус": chance.choice(["выполнено", "в работе", "не требуется"])},
    )


def moved(desk, chance, today):
    """Changes a pair."""
    desk.type_cells(
        "Пары",
        chance.randint(2, 4),
        chance.choice([{"Цель": f"цель на {today:%d.%m}"}, {"Дата окончания": today + timedelta(days=100)}]),
    )


def consented(desk, chance, today):
    desk.type_cells("Наставники", chance.randint(2, 4), {"Дата согласия быть наставником": today})


def happened(desk, chance, today):
    """Somebody marries, gets another post or leaves."""
    row = 2 + len(desk.rows("Кадровые события"))
    desk.type_cells(
        "Кадровые события",
        row,
        {
            "Дата": today,
            "Кто": chance.choice(WHO),
            "Что": chance.choice(["смена фамилии", "смена должности", "уволен"]),
            "Новое значение": "Новикова",
        },
    )


ACTS = (answered, marked, moved, consented, happened, happened)


@pytest.fixture
def school(request, tmp_path):
    """A whole sample with every kind of paper, brought in from its files."""
    slug, _ = request.param
    supplies = replace(doors.supplies(FIRST), pdf=None)
    office = Office(tmp_path, strict=True)
    space = over(office_session(InProcess(office)))
    place, _ = found(
        space, settings.Home(tmp_path), settings.Place(slug), demo.SAMPLES[slug], supplies, lambda _: None
    )
    for name in ("Участники.xlsx", "Дорожная карта.docx"):
        bring(space, place, settings.CONFIG / "samples" / slug / name, supplies, FIRST)
    yield desks.Desk(tmp_path, office, space, place), supplies, request.param
    office.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "school",
    [(slug, seed) for slug in demo.SAMPLES for seed in range(4)],
    indirect=True,
    ids=lambda each: f"{each[0]} {each[1]}",
)
def test_the_run_right_after_a_run_writes_nothing(school):
    desk, supplies, (slug, seed) = school
    chance, today = random.Random(f"{slug} {seed}"), FIRST
    for _ in range(STEPS):
        told = work.prepare(desk.space, desk.place, today, supplies)
        since = desk.now
        report = work.prepare(desk.space, desk.place, today, supplies)
        assert holes(desks.printed(told) + desks.printed(report) + desk.own_words()) == []
        assert [(each.action, each.key) for each in report.made] == []
        assert desk.writes(since) == 0
        registered(desk, chance, today)
        chance.choice(ACTS)(desk, chance, today)
        today += timedelta(days=chance.choice([0, 3, 20, 45, 80]))

"""What a curator does between the days: fills the book, registers, marries people off, ends a pair, ticks wishes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl

from flows.workspace import reading
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.witness.organisations import school_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from tests.road.desk import Desk
    from tests.witness.organisations import Organisation
    from tests.witness.still import Told, World

PAIRS, COUNCILS, DEMO = 3, 3, 3
BEFORE, AFTER = "Анкета наставляемого (вход)", "Анкета наставляемого (выход)"
REGISTERED = (
    ("order.pairs", "order.introduce"),
    ("note.monitoring", "order.programs"),
    ("order.pairs_change",),
)
WISHES: tuple[tuple[str, str, str], ...] = (
    ("журнал приказов", "", ""),
    ("портфолио наставника", "", "Н-001"),
    ("благодарственные письма", "", ""),
    ("пакет к педсовету", "2", ""),
    ("выписка", "2", ""),
    ("журнал протоколов", "", ""),
    ("программа пары", "", "П-001"),
    ("справка мониторинга", "", ""),
    ("проект приказа о парах", "", ""),
    ("все программы", "", ""),
    ("обновить сводку", "", ""),
)


def card(desk: Desk, day: date, *, whole: bool) -> None:
    """Fill what the roadmap did not tell of the card, or only the school year of the day."""
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    sheet = desk.book().snapshot.sheet("Настройки")
    told = {name: value for name, value in desks.CARD.items() if name != "Название дорожной карты"}
    blank = {name: value for name, value in told.items() if whole and not sheet.at(lines[name] - 1, 1).value}
    cells = {
        (lines[name] - 1, 1): value for name, value in (blank | {"Учебный год": school_year(day)}).items()
    }
    requests = changes(sheet, cells)
    if requests:
        desk.space.sheets.batch(desk.place.book, requests)


def furnish(desk: Desk, days: Sequence[date]) -> None:
    """Fill card, people and pairs, one of them not ready, and councils of a book that has only its roadmap."""
    card(desk, days[0], whole=True)
    for at in range(PAIRS):
        begun = days[min(at, 1)] - timedelta(days=5 * (2 - min(at, 1)))
        ready = at < PAIRS - 1
        desks.add_pair(desk, at, ready=ready, start=begun)
        dated = begun - timedelta(days=8)
        desk.type_cells("Наставники", at + 2, {"Дата согласия быть наставником": dated if ready else None})
        own = {
            "Дата доп. соглашения": dated if ready else None,
            "Дата окончания": days[-1] + timedelta(days=3 * at),
        }
        desk.type_cells("Пары", at + 2, own)
    desks.type_councils(desk, *councils(days))


def councils(days: Sequence[date]) -> list[date]:
    """Choose the days of councils: soon after each of the first."""
    return [day + timedelta(days=12) for day in days[:COUNCILS]]


def between(world: World, desk: Desk, who: Organisation, at: int, forms: Path) -> list[tuple[str, Told]]:
    """Do what a curator does after the `at`-th day; give back what the commands among it told."""
    day, following = who.days[at], who.days[at + 1]
    register(desk, REGISTERED[at], day, at)
    told: list[tuple[str, Told]] = []
    if at == 0:
        meet(desk, day, following)
        told = [("import answers before", answers(world, forms / f"{BEFORE}.xlsx", day, 4))]
    elif at == 1:
        event = {
            "Дата": following - timedelta(days=2),
            "Кто": "Н-001",
            "Что": "смена фамилии",
            "Новое значение": "Новикова",
        }
        desk.type_cells("Кадровые события", 2, event)
        agree(desk)
        touch(desk)
        if who.bare:
            desks.type_councils(desk, *councils(who.days), protocols=(("1", councils(who.days)[0]),))
    else:
        end(desk, following - timedelta(days=10))
        wish(desk, who.number)
        told = [("import answers after", answers(world, forms / f"{AFTER}.xlsx", following, 7))]
    if who.bare:
        card(desk, following, whole=False)
    return told


def register(desk: Desk, kinds: Sequence[str], day: date, at: int) -> None:
    """Type number and date of registration beside the newest paper of each kind."""
    for number, kind in enumerate(kinds, 1):
        rows = [row for row in desk.register() if row.kind == kind and not row.registered]
        if rows:
            typed = {"Рег. №": f"{26 + at}/{number}", "Дата регистрации": day + timedelta(days=3)}
            desk.type_cells("Документы", rows[-1].origin.row, typed)


def meet(desk: Desk, day: date, until: date) -> None:
    """Write down meetings of the pairs, one of them cancelled."""
    row = len(desk.tab("Встречи").rows) + 2
    for at in range(4):
        held = day + (until - day) * at // 5
        fate = (
            {"Статус": "отменена", "Причина": "болезнь"}
            if at == 2
            else {"Статус": "состоялась", "Дата проведения": held}
        )
        marks = {"Оценка наставляемого 1–10": 6 + at, "Оценка наставника 1–10": 7, "Минут": 40}
        typed = {
            "Пара": f"П-00{at % 2 + 1}",
            "Дата по плану": held,
            "Тема": f"Занятие {at + 1}",
            "Дефицит": "планирование",
            **fate,
            **marks,
        }
        desk.type_cells("Встречи", row + at, typed)


def agree(desk: Desk) -> None:
    """Answer «да» to the first finding that proposes something."""
    for row in desk.rows("Проверка"):
        if row.text("Предложение") and not row.text("Ответ"):
            desk.type_cells("Проверка", row.origin.row, {"Ответ": "да", "Кто ответил": "Громова"})
            return


def touch(desk: Desk) -> None:
    """Change a draft by hand."""
    rows = [row for row in desk.register() if row.kind == "registry.mentors" and row.file_id]
    for row in rows[:1]:
        path = desk.file(row)
        path.write_bytes(path.read_bytes() + b"\0")


def end(desk: Desk, day: date) -> None:
    """End the second pair before its time."""
    told: dict[str, Any] = {
        "Состояние": "прекращена",
        "Причина прекращения": "переезд",
        "Дата окончания": day,
    }
    desk.type_cells("Пары", 3, {**told, "Дата уведомления о прекращении": day - timedelta(days=7)})


def wish(desk: Desk, number: int) -> None:
    """Tick wishes, other ones in each organisation: two in the demonstration's, one in the others."""
    mine = (
        WISHES[2 * number : 2 * number + 2] if number < DEMO else WISHES[(number + DEMO) % len(WISHES) :][:1]
    )
    for at, (what, which, whom) in enumerate(mine, 2):
        told = {"Подготовить": True, "К какому педсовету / дате": which, "Что нужно": what, "Для кого": whom}
        desk.type_cells("Запросы", at, {name: value for name, value in told.items() if value})


def answers(world: World, file: Path, day: date, mark: int) -> Told:
    """Fill a questionnaire for six people and bring it in."""
    book = openpyxl.load_workbook(file)
    sheet = book["Ответы"]
    for row in range(2, 8):
        for column, head in enumerate((cell.value for cell in sheet[1]), 1):
            if head == "Отметка времени":
                sheet.cell(row, column, datetime.combine(day, time(9, row)))
            elif head == "Код участника":
                sheet.cell(row, column, f"Л-{row - 1:03}")
            elif str(head).startswith("Насколько"):
                sheet.cell(row, column, min(10, mark + (row + column) % 4))
    filled = world.home.parent / file.name
    book.save(filled)
    return world.command("import", filled, "--organisation", desks.SLUG, "--today", day)

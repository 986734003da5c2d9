"""A whole year of one organisation against its truth, written first: each day's papers, whom they name and whom they must not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from tests.holes import holes
from tests.road import desk as desks

KINDS = (*desks.FIVE, "order.pairs_change", "order.early_end", "notice.early_end", "protocol.council")
PLAN = [
    ("1.1", "Утверждение дорожной карты", "Сентябрь 2026", "Заведующий", "Приказ об утверждении дорожной карты"),
    ("1.2", "Закрепление пар", "Сентябрь 2026", "Заведующий", "Приказ о закреплении наставнических пар"),
    ("1.3", "Работа пар", "В течение учебного года", "Наставники", "Персонализированные программы наставничества"),
    ("2.1", "Мониторинг за полугодие", "Декабрь 2026", "Старший воспитатель", "Аналитическая справка"),
    ("2.2", "Промежуточный мониторинг", "Март 2027", "Старший воспитатель", "Аналитическая справка"),
    ("2.3", "Итоговый мониторинг", "Май 2027", "Старший воспитатель", "Аналитическая справка"),
]  # fmt: skip
COUNCILS = (
    date(2026, 9, 25),
    date(2026, 11, 13),
    date(2027, 1, 15),
    date(2027, 3, 26),
    date(2027, 5, 28),
)
PACK = frozenset({"agenda.council", "decision.council", "list.pairs", "pack.contents"})
FORMER, NEW, ACTING = desks.MENTORS[0], "Новикова Вера Дмитриевна", "Зуева Ирина Львовна"
GROUP, LEFT, LATE = "Группа «Лад»", desks.NAMES[1], desks.NAMES[5]


class Day(NamedTuple):
    """A day of the year: what people do on it, which papers must then be new (kind and subject), whom these must name.

    `names` and `silent_of` are by kind; what is not in `papers` must not be made.
    """

    day: date
    papers: frozenset[tuple[str, str]]
    acts: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    silent_of: tuple[tuple[str, str], ...] = ()


def pack(council: int) -> set[tuple[str, str]]:
    return {(kind, f"{COUNCILS[council - 1]}") for kind in PACK}


def of(kind: str, *subjects: str) -> set[tuple[str, str]]:
    return {(kind, subject) for subject in subjects}


# The truth, written before the first run. The pairs: П-001 and П-002, the group П-003 of two mentees, the reverse pair П-005;
# П-006 comes in November, its order is signed by the acting head; П-002 ends when its mentee leaves in March. A note opens
# on the first working day of its term; the council of November, which no note of the roadmap serves, gets one of its own.
YEAR = (
    Day(
        date(2026, 9, 1),
        frozenset({
            *of("order.introduce", "sadik"), *of("order.pairs", "sadik"), *of("program.personal", "П-001", "П-002", "П-003", "П-005"),
        }),
        names=(*(("order.pairs", name) for name in desks.NAMES[:5]), *(("order.pairs", name) for name in desks.MENTORS[:3])),
        silent_of=(("order.pairs", LATE), ("order.pairs", ACTING)),
    ),
    Day(
        date(2026, 9, 18), frozenset({*of("order.introduce", "sadik"), *of("order.pairs", "sadik"), *pack(1)}),
        acts=(("register", "order.introduce", "30", "2026-09-15"), ("register", "order.pairs", "31", "2026-09-15")),
        names=(("order.pairs", "№ 31"), ("order.pairs", "15 сентября 2026 г."), ("list.pairs", f"{desks.NAMES[2]}, {desks.NAMES[3]}")),
    ),
    Day(
        date(2026, 11, 6), frozenset({*of("order.pairs", "sadik-2"), *of("program.personal", "П-006"), *of("note.monitoring", "2026-11-13"), *pack(2)}),
        acts=(("acting",), ("pair",), ("meetings", "2026-10-05", "2026-10-19", "2026-11-02")),
        names=(("order.pairs", LATE), ("order.pairs", desks.MENTORS[5]), ("order.pairs", "Зуева")),
        silent_of=(("order.pairs", FORMER), ("order.pairs", "М.В. Соколова")),
    ),
    Day(
        date(2026, 11, 26), frozenset({*of("order.pairs", "sadik-2"), *of("order.pairs_change", "sadik")}),
        acts=(("register", "order.pairs", "5", "2026-11-09"), ("marriage", "2026-11-24")),
        names=(("order.pairs", "№ 5"), ("order.pairs", LATE), ("order.pairs_change", NEW), ("order.pairs_change", FORMER)),
        silent_of=(("order.pairs_change", "Зуева"),),
    ),
    Day(
        date(2026, 12, 10), of("note.monitoring", "М-004@2026-12"),
        names=(("note.monitoring", "Новиков"), ("note.monitoring", "План встреч выполнен: 3 из 3 (100,0 %)"), ("note.monitoring", "3 3 0 0 0 37 02.11.2026")), silent_of=(("note.monitoring", "Зуева"),),
    ),
    Day(date(2027, 1, 11), frozenset(pack(3)), names=(("list.pairs", LATE.split()[0]), ("list.pairs", NEW.split(maxsplit=1)[0]))),
    Day(
        date(2027, 3, 19), frozenset({*of("order.early_end", "П-002"), *of("notice.early_end", "П-002"), *of("note.monitoring", "М-005@2027-03"), *pack(4)}), acts=(("left", "2027-03-18"),),
        names=(("order.early_end", "Крыловой Полины Игоревны"),), silent_of=(("order.early_end", FORMER),),
    ),
    Day(date(2027, 5, 21), frozenset({*of("note.monitoring", "М-006@2027-05"), *pack(5)}), names=(("list.pairs", LEFT.split()[0]),)),
)  # fmt: skip


def typed_in(desk, kind, number, day):
    """Types the number and the day of a signed draft."""
    (row,) = (row for row in desk.register() if row.kind == kind and row.state == "проект")
    desk.sign(row, number, date.fromisoformat(day))


def acting(desk):
    """The head is away from 1 to 20 November."""
    desk.stand_in(ACTING, "01.11.2026", "20.11.2026")


def pair(desk):
    """A sixth pair comes when the first order is already registered."""
    desks.add_pair(desk, 5, start=date(2026, 11, 9))


def meetings(desk, *days):
    """The first pair meets; the others write nothing down."""
    for at, day in enumerate(map(date.fromisoformat, days), 2):
        desk.meet(at, day)


def marriage(desk, day):
    """A mentor takes another surname: the list is put right, «Пары» is not."""
    desk.type_cells("Наставники", 2, {"ФИО": NEW})
    told = {
        "Дата": date.fromisoformat(day),
        "Кто": "Н-001",
        "Что": "смена фамилии",
        "Новое значение": "Новикова",
    }
    desk.type_cells("Кадровые события", 2, told)


def left(desk, day):
    """A mentee is dismissed, and the pair ends with it."""
    last = date.fromisoformat(day)
    desk.type_cells("Кадровые события", 3, {"Дата": last, "Кто": "Л-002", "Что": "уволен"})
    ended = {
        "Состояние": "прекращена",
        "Дата окончания": last,
        "Причина прекращения": "увольнение наставляемого",
        "Кто прекращает": "работодатель",
    }
    desk.type_cells("Пары", 3, ended | {"Дата уведомления о прекращении": date(2027, 2, 19)})


ACTS = {
    "register": typed_in,
    "acting": acting,
    "pair": pair,
    "meetings": meetings,
    "marriage": marriage,
    "left": left,
}


def finals(desk):
    """The bytes of every registered paper."""
    return {row.key: desk.file(row).read_bytes() for row in desk.register() if row.final}


@pytest.mark.long
def test_every_paper_of_the_year_is_there_on_its_day_names_whom_it_must_and_no_other_is_made(
    empty, monkeypatch
):
    usual = desks.supplies
    monkeypatch.setattr(desks, "supplies", lambda today, kinds=(*KINDS, *PACK): usual(today, kinds))
    desks.furnish(empty, 5, unready=0, plan=PLAN)
    for row in (4, 5):
        empty.type_cells("Пары", row, {"Наставник": desks.MENTORS[2], "Группа": GROUP, "Вид": "групповое"})
    empty.type_cells("Пары", 6, {"Вид": "реверсивное"})
    desks.type_councils(empty, *COUNCILS)
    registered, wrong = {}, []
    for day, papers, acts, names, silent_of in YEAR:
        for act, *how in acts:
            ACTS[act](empty, *how)
        run = empty.run(day)
        made = [tuple(each.key.split("/")[1:3]) for each in run.made if each.action == "создать"]
        wrong += [(day, "не сделан", *paper) for paper in sorted({*papers} - {*made})]
        wrong += [
            (day, "лишний или дважды", *each) for each in made if each not in papers or made.count(each) > 1
        ]
        texts = {kind: empty.text(empty.filed(kind)) for kind, _ in made}
        wrong += [(day, kind, "не назван", name) for kind, name in names if name not in texts.get(kind, "")]
        wrong += [(day, kind, "назван", name) for kind, name in silent_of if name in texts.get(kind, "")]
        now = finals(empty)
        wrong += [(day, "изменился", key) for key in registered if now[key] != registered[key]]
        registered = now
        since = empty.now
        wrong += [(day, "второй запуск")] if empty.run(day).written or empty.writes(since) else []
        wrong += [(day, hole) for hole in holes(empty.own_words())]
    assert wrong == []
    assert len(registered) == 3

"""A year goes on around registered papers: their bytes stand still, and so do those of their copies and of councils that are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows import doors
from flows.work import prepare
from tests.road import desk as desks
from tests.road.desk import FIVE, TODAY
from tests.road.test_registering import beside, register

KINDS = (
    *FIVE, "regulation", "registry.mentors", "registry.programs", "plan.meetings", "protocol.council", "site.order.pairs",
    "site.registry.mentors", "site.registry.programs", "order.pairs_change", "order.early_end", "notice.early_end", "addendum",
    "agenda.council", "decision.council", "list.pairs", "sheet.acquaintance", "list.next_year", "plan.fact", "pack.contents",
)  # fmt: skip
ROWS = (
    ("1.4", "Локальные акты и реестры", "Сентябрь 2026", "Заведующий", "Положение; реестр наставников; перечень программ"),
    ("1.5", "Встречи пар", "Сентябрь 2026", "Наставники", "План встреч"),
    ("1.6", "Педсовет", "Декабрь 2026", "Заведующий", "Протокол педагогического совета"),
)  # fmt: skip
HEADERS = ("№ п/п", "Мероприятие", "Срок (как в документе)", "Ответственный", "Результат, вид документа")
DAY, COUNCIL, MAY = date(2026, 12, 11), date(2026, 12, 18), date(2027, 5, 28)
SIGNED = ("order.introduce", "order.pairs", "regulation", "registry.mentors", "registry.programs", "program.personal", "plan.meetings")  # fmt: skip


def run(desk, today):
    supplies = replace(doors.supplies(today), pdf=None)
    kinds = {name: replace(kind, made=kind.made and name in KINDS) for name, kind in supplies.kinds.items()}
    return prepare(desk.space, desk.place, today, replace(supplies, kinds=kinds))


def still(desk, *kinds):
    """The bytes of what must stand still, by file: clean copies, copies for the site, papers of a council that is over."""
    rows = [row for row in desk.register() if row.final or row.kind in kinds]
    return {row.file_id: desk.file(row).read_bytes() for row in rows}


@pytest.fixture(scope="module")
def signed(furnished, tmp_path_factory):
    """An organisation whose orders, acts, registries and plans of December are all registered."""
    root, place = furnished
    target = desks.copied(root, tmp_path_factory.mktemp("signed") / "home")
    with desks.opened(target, place) as desk:
        for at, cells in enumerate(ROWS, 7):
            desk.type_cells("Дорожная карта", at, dict(zip(HEADERS, cells, strict=True)))
        desks.type_councils(desk, COUNCIL, MAY)
        desk.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
        desk.type_cells("Пары", 4, {"Доп. соглашение №": "14/9", "Дата доп. соглашения": date(2026, 9, 10)})
        run(desk, DAY)
        for at, kind in enumerate(SIGNED, 30):
            register(desk, **{kind.replace(".", "_", 1): (str(at), TODAY)})
        run(desk, DAY)
        assert {row.kind for row in desk.register() if row.final} == set(SIGNED)
    return target, place


@pytest.fixture
def desk(signed, tmp_path):
    with desks.of(signed, tmp_path) as opened:
        yield opened


@pytest.mark.long
def test_a_year_of_meetings_ends_and_changes_touches_nothing_that_is_registered(desk):
    copies = ("site.order.pairs", "site.registry.mentors", "site.registry.programs")
    kept = still(desk, *copies)
    assert len(kept) == len(SIGNED) + len(copies)
    council = ("agenda.council", "decision.council", "protocol.council", "list.pairs", "sheet.acquaintance")
    run(desk, COUNCIL)
    kept |= still(desk, *copies, *council)
    walked = [
        (date(2027, 1, 20), lambda: (desk.meet(2, date(2026, 12, 22)), desk.meet(3, date(2027, 1, 12)))),
        (date(2027, 3, 15), lambda: desk.type_cells("Пары", 2, {"Вид": "групповое"})),
        (date(2027, 3, 16), lambda: desks.add_pair(desk, 3, start=date(2027, 3, 10))),
        (date(2027, 4, 20), lambda: desk.type_cells("Наставляемые", 2, {"Дефициты": "планирование – 4 – 9"})),
        (date(2027, 5, 24), lambda: desk.type_cells("Пары", 2, {"Состояние": "завершена"})),
    ]  # fmt: skip
    for today, happens in walked:
        happens()
        run(desk, today)
        now = still(desk, *copies, *council)
        assert {name: now[name] == data for name, data in kept.items()} == dict.fromkeys(kept, True), today
        for kind in ("program.personal", "plan.meetings", "regulation"):
            assert not beside(desk, kind), (today, kind)
    since = desk.now
    assert not run(desk, walked[-1][0]).written
    assert desk.writes(since) == 0


def test_a_changed_goal_of_a_registered_programme_is_still_asked_about(desk):
    row = desk.filed("program.personal")
    at = int(row.parts.subject[-1]) + 1
    desk.type_cells("Пары", at, {"Цель": "совсем другая"})
    run(desk, DAY)
    assert "оформить ли документ заново" in beside(desk, "program.personal")


def test_a_copy_says_what_was_signed_until_a_changing_order_is_registered(desk):
    text = desk.text(desk.filed("site.order.pairs"))
    assert "31.05.2027" in text
    assert "(для сайта)" not in desk.filed("site.order.pairs").name
    desk.type_cells("Пары", 3, {"Дата окончания": date(2027, 4, 30)})
    run(desk, DAY)
    assert desk.text(desk.filed("site.order.pairs")) == text
    register(desk, order_pairs_change=("40", DAY))
    run(desk, DAY)
    changed = desk.text(desk.filed("site.order.pairs"))
    assert "30.04.2027" in changed
    assert "№ 31 (в редакции приказа от 11.12.2026 № 40)" in changed
    since = desk.now
    assert not run(desk, DAY).written
    assert desk.writes(since) == 0


@pytest.mark.long
def test_minutes_rest_after_their_council_but_for_the_number_typed_for_them(desk):
    run(desk, COUNCIL)
    desk.type_cells("Пары", 4, {"Состояние": "завершена", "Дата окончания": date(2027, 1, 15)})
    desks.type_councils(desk, COUNCIL, MAY, protocols=(("12", COUNCIL),))
    run(desk, date(2027, 2, 1))
    text = desk.text(desk.filed("protocol.council"))
    assert "18 декабря 2026 г. № 12" in text
    assert all(f"{name.split()[0]} " in text for name in desks.MENTORS[:3])
    kept = desk.file(desk.filed("protocol.council")).read_bytes()
    desk.type_cells("Пары", 3, {"Состояние": "завершена", "Дата окончания": date(2027, 1, 20)})
    run(desk, date(2027, 3, 1))
    assert desk.file(desk.filed("protocol.council")).read_bytes() == kept


@pytest.mark.long
def test_the_folder_of_may_tells_of_the_whole_year(desk):
    desk.type_cells("Пары", 2, {"Состояние": "завершена", "Дата окончания": date(2027, 4, 30)})
    desk.type_cells("Пары", 3, {
        "Состояние": "прекращена", "Причина прекращения": "переезд", "Дата уведомления о прекращении": date(2027, 2, 1), "Дата окончания": date(2027, 2, 8),
    })  # fmt: skip
    run(desk, date(2027, 5, 24))
    listed = desk.text(desk.filed("list.pairs"))
    assert "завершена" in listed
    assert "прекращена: переезд" in listed
    assert "Всего пар и групп: 3." in listed
    known = desk.text(desk.filed("sheet.acquaintance"))
    assert all(name in known for name in (*desks.NAMES[:3], *desks.MENTORS[:3]))
    plan = desk.text(desk.filed("list.next_year"))
    assert "Строк нет" not in plan
    assert "Работа пар" in plan

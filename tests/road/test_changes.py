"""People marry, leave and are replaced after the order is registered: what the book says and what lies in the folder."""

from datetime import date, timedelta

import pytest

from tests.road import desk as desks
from tests.road.desk import FIVE, TODAY

KINDS = (*FIVE, "order.pairs_change", "notice.early_end", "order.early_end", "addendum")
REMARK = "Данные изменились"


@pytest.fixture(scope="module")
def signed(furnished, tmp_path_factory):
    """The order is registered and its final is made; these kinds are made here besides the usual five."""
    root, place = furnished
    target = desks.copied(root, tmp_path_factory.mktemp("signed") / "home")
    usual = desks.supplies
    desks.supplies = lambda today=TODAY, kinds=KINDS: usual(today, kinds)
    with desks.opened(target, place) as desk:
        desk.run()
        row = desk.filed("order.pairs")
        desk.type_cells(
            "Документы", row.origin.row, {"Рег. №": "26/1", "Дата регистрации": date(2026, 9, 14)}
        )
        desk.run()
    yield target, place
    desks.supplies = usual


@pytest.fixture
def registered(signed, tmp_path):
    with desks.of(signed, tmp_path) as desk:
        yield desk


def event(desk, **cells):
    desk.type_cells("Кадровые события", 2, {"Дата": TODAY, "Кто": "Н-001", **cells})


def test_a_marriage_drafts_the_changing_order_and_lists_what_to_reissue(registered):
    event(registered, Что="смена фамилии", **{"Новое значение": "Новикова"})
    made = {each.key.split("/")[1]: each.action for each in registered.run().made}
    assert made["order.pairs_change"] == "создать"
    text = registered.text(registered.filed("order.pairs_change"))
    assert "от 14.09.2026 № 26/1" in text
    assert "Новикова Вера Дмитриевна" in text
    assert "Н-001 – ФИО" in registered.cell(
        "Документы", registered.filed("order.pairs", "зарегистрирован").origin.row, REMARK
    )
    assert "№ 26/1 от 14.09.2026 – приказ о внесении изменений" in registered.cell(
        "Наставники", 2, "⚙ Замечание"
    )
    since = registered.now
    assert not registered.run().written
    assert registered.writes(since) == 0


@pytest.mark.spare(
    "road/test_prepare.py::test_a_draft_edited_by_hand_is_kept_and_changed_data_give_a_version_beside"
)
def test_an_edited_changing_order_is_never_overwritten(registered):
    event(registered, Что="смена должности", **{"Новое значение": "методист"})
    registered.run()
    first = registered.filed("order.pairs_change")
    path = registered.file(first)
    path.write_bytes(path.read_bytes() + b"\0")
    assert registered.run().made == ()
    registered.type_cells("Пары", 3, {"Дата окончания": date(2027, 4, 30)})
    registered.run()
    old, new = (row for row in registered.register() if row.kind == "order.pairs_change")
    assert (old.version, old.state, new.version, new.state) == (1, "заменён", 2, "проект")
    assert path.read_bytes().endswith(b"\0")
    assert "30.04.2027" in registered.text(new)


def test_once_the_change_is_registered_nothing_is_asked_any_more(registered):
    event(registered, Что="смена фамилии", **{"Новое значение": "Новикова"})
    registered.run()
    row = registered.filed("order.pairs_change")
    registered.type_cells("Документы", row.origin.row, {"Рег. №": "30", "Дата регистрации": TODAY})
    registered.run(TODAY + timedelta(days=1))
    told = registered.findings()
    assert not {"order-changed", "reissue-name"} & set(told)
    assert registered.filed("order.pairs_change", "зарегистрирован").number == "30"
    assert not registered.run(TODAY + timedelta(days=1)).written


def test_a_surname_changed_in_the_list_alone_proposes_whom_the_pair_means(registered):
    registered.type_cells("Наставники", 2, {"ФИО": "Новикова Вера Дмитриевна"})
    registered.run()
    check = next(
        row for row in registered.rows("Проверка") if row.text("⚙ Ключ").startswith("unknown-person")
    )
    assert check.text("Предложение") == "Н-001"
    registered.type_cells("Проверка", check.origin.row, {"Ответ": "да"})
    made = {each.key.split("/")[1] for each in registered.run().made}
    assert "order.pairs_change" in made
    assert registered.cell("Пары", 2, "Наставник") == desks.MENTORS[0]


@pytest.mark.spare("test_one_who_left_has_the_signed_order_listed_though_a_new_version_is_drafted")
def test_one_who_left_stops_the_pair_and_has_the_papers_listed(registered):
    event(registered, Что="уволен")
    registered.run()
    remark = registered.cell("Наставники", 2, "⚙ Замечание")
    assert "участник выбыл" in remark
    assert "№ 26/1" in remark
    assert registered.findings()["person-left"] == ["стоп"]
    since = registered.now
    assert not registered.run().written
    assert registered.writes(since) == 0


def test_one_who_left_has_the_signed_order_listed_though_a_new_version_is_drafted(registered):
    event(registered, Что="уволен")
    registered.type_cells(
        "Документы",
        registered.filed("order.pairs", "зарегистрирован").origin.row,
        {"Подготовить новую версию": True},
    )
    registered.run()
    assert "№ 26/1 от 14.09.2026" in registered.cell("Наставники", 2, "⚙ Замечание")
    since = registered.now
    assert not registered.run().written
    assert registered.writes(since) == 0


def test_an_early_end_gives_notice_and_order_and_warns_of_short_notice(registered):
    registered.type_cells("Пары", 2, {
        "Состояние": "прекращена", "Причина прекращения": "изменение нагрузки", "Кто прекращает": "работодатель", "Дата уведомления о прекращении": date(2026, 12, 8), "Дата окончания": date(2026, 12, 10),
    })  # fmt: skip
    made = {each.key.split("/")[1] for each in registered.run().made}
    assert {"notice.early_end", "order.early_end"} <= made
    text = registered.text(registered.filed("order.early_end"))
    assert "последний день выполнения работы по наставничеству – 10 декабря 2026 г." in text
    assert "Основание: уведомление от 08.12.2026 № ______; причина – изменение нагрузки." in text
    assert "от 14.09.2026 № 26/1" in text
    assert "трёх рабочих дней" in registered.cell("Пары", 2, "⚙ Замечание")
    assert "order.pairs_change" not in made


def test_an_addendum_is_made_for_the_pair_that_has_none_once_its_mentor_agrees(registered):
    assert "addendum" not in {row.kind for row in registered.register()}
    registered.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
    registered.run()
    assert [row.key.split("/")[2] for row in registered.register() if row.kind == "addendum"] == ["П-003"]

"""A year's people from outside: a marriage and an absence of the head, the papers before, on and after their days."""

from datetime import date

from tests.road import desk as desks

KINDS = (*desks.FIVE, "order.pairs_change")
OLD, NEW = desks.MENTORS[0], "Новикова Вера Дмитриевна"
WEDDING = date(2026, 11, 10)


def prepared(furnished, tmp_path, monkeypatch):
    root, place = furnished
    usual = desks.supplies
    monkeypatch.setattr(desks, "supplies", lambda today, kinds=KINDS: usual(today, kinds))
    return desks.opened(desks.copied(root, tmp_path / "home"), place)


def register(desk, kind, number, day):
    desk.sign(desk.filed(kind), number, day)


def test_a_marriage_put_right_in_the_list_alone_keeps_the_pair_in_every_paper(
    furnished, tmp_path, monkeypatch
):
    with prepared(furnished, tmp_path, monkeypatch) as desk:
        desk.run(date(2026, 9, 15))
        register(desk, "order.pairs", "26/1", date(2026, 9, 15))
        desk.type_cells("Встречи", 2, {"Пара": "П-001", "Дата проведения": WEDDING, "Статус": "состоялась", "Тема": "Тема"})  # fmt: skip
        desk.run(date(2026, 9, 16))
        signed = desk.file(desk.filed("order.pairs", "зарегистрирован")).read_bytes()
        desk.type_cells("Наставники", 2, {"ФИО": NEW})
        event = {"Дата": WEDDING, "Кто": "Н-001", "Что": "смена фамилии", "Новое значение": "Новикова"}
        desk.type_cells("Кадровые события", 2, event)
        made = {each.key.split("/")[1]: each.action for each in desk.run().made}
        assert not {"unknown-person", "unknown-pair", "paper-orphan"} & set(desk.findings())
        assert made == {"note.monitoring": "создать", "order.pairs_change": "создать"}
        assert desk.file(desk.filed("order.pairs", "зарегистрирован")).read_bytes() == signed
        assert f"{OLD} → {NEW}" in desk.text(desk.filed("order.pairs_change"))
        programme = next(row for row in desk.register() if row.key.startswith("sadik/program.personal/П-001"))
        assert (OLD in desk.text(programme), NEW in desk.text(programme)) == (True, False)
        assert "Новиков" in desk.text(desk.filed("note.monitoring"))
        since = desk.now
        assert not desk.run().written
        assert desk.writes(since) == 0


def test_a_paper_is_signed_by_whoever_is_the_head_on_its_own_day(furnished, tmp_path, monkeypatch):
    with prepared(furnished, tmp_path, monkeypatch) as desk:
        desk.stand_in("Зуева Ирина Львовна", "10.09.2026", "15.12.2026")
        desk.run(date(2026, 9, 15))
        for kind in ("order.introduce", "order.pairs"):
            assert "И.о. заведующего" in desk.text(desk.filed(kind))
        register(desk, "order.pairs", "26/1", date(2026, 9, 9))
        register(desk, "order.introduce", "27", date(2026, 9, 11))
        desk.run(date(2026, 9, 16))
        assert "М.В. Соколова" in desk.text(desk.filed("order.pairs", "зарегистрирован"))
        assert "И.Л. Зуева" in desk.text(desk.filed("order.introduce", "зарегистрирован"))
        assert not desk.run(date(2026, 9, 16)).written
        desk.run(date(2026, 12, 16))
        assert "Зуева" not in desk.text(desk.filed("note.monitoring"))
        assert "paper-ask" not in desk.findings()

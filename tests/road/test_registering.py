"""Everything is signed and registered at once: finals are made in that run, and nothing is asked or written after it."""

from dataclasses import replace
from datetime import date

from flows import doors
from flows.work import prepare
from tests.road.desk import TODAY


def test_papers_that_cite_one_another_raise_no_question_when_all_are_registered(desk):
    desk.type_cells("Дорожная карта", 7, {
        "№ п/п": "9", "Мероприятие": "Списки и письма", "Срок (как в документе)": "Май 2027", "Ответственный": "Заведующий",
        "Результат, вид документа": "Реестр наставников; база наставляемых; перечень программ; благодарственные письма",
    })  # fmt: skip
    desk.type_cells(
        "Наставники",
        2,
        {
            "Квалификационная категория": "педагог-наставник",
            "Дата согласия на распространение": date(2026, 9, 1),
        },
    )
    supplies = replace(doors.supplies(TODAY), pdf=None)

    def run(today=TODAY):
        return prepare(desk.space, desk.place, today, supplies)

    run()
    for at, row in enumerate(desk.register(), 1):
        desk.type_cells("Документы", row.origin.row, {"Рег. №": str(at), "Дата регистрации": TODAY})
    finals = run().made
    assert any(each.key.startswith("sadik/site.order.pairs/") for each in finals)
    told = desk.findings()
    assert "paper-ask" not in told
    since = desk.now
    assert not run().written
    assert desk.writes(since) == 0
    desk.type_cells("Пары", 2, {"Цель": "совсем другая"})
    run()
    assert set(desk.findings()["paper-ask"]) == {"вопрос"}
    assert any(
        "оформить ли документ заново" in row.text("Данные изменились")
        for row in desk.book().rows("Документы")
    )


def test_orders_registered_together_bear_their_own_numbers_though_one_cites_the_other(desk):
    desk.run()
    for kind, number, day in (
        ("order.introduce", "26/1", date(2026, 12, 1)),
        ("order.pairs", "14-а", date(2026, 12, 9)),
    ):
        desk.type_cells("Документы", desk.filed(kind).origin.row, {"Рег. №": number, "Дата регистрации": day})
    desk.run()
    final = desk.filed("order.pairs", "зарегистрирован")
    assert final.final
    assert "9 декабря 2026 г. № 14-а" in desk.text(final)
    assert "от 9 декабря 2026 г. № 14-а" in desk.text(final)
    assert "1 декабря 2026 г. № 26/1" in desk.text(desk.filed("order.introduce", "зарегистрирован"))

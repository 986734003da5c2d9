"""Everything is signed and registered at once: finals are made in that run, and nothing is asked or written after it."""

from dataclasses import replace
from datetime import date

import docx
import pytest

from flows import doors
from flows.work import prepare
from tests.road import desk as desks
from tests.road.desk import FIVE, TODAY
from tests.road.desk import supplies as kinds_of


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
        "оформить ли документ заново" in row.text("Данные изменились") for row in desk.rows("Документы")
    )


@pytest.mark.spare("test_numbers_typed_together_stand_in_every_stamp_and_basis_at_once")
def test_orders_registered_together_bear_their_own_numbers_though_one_cites_the_other(desk):
    desk.run()
    for kind, number, day in (
        ("order.introduce", "26/1", date(2026, 12, 1)),
        ("order.pairs", "14-а", date(2026, 12, 9)),
    ):
        desk.sign(desk.filed(kind), number, day)
    desk.run()
    final = desk.filed("order.pairs", "зарегистрирован")
    assert final.final
    assert "9 декабря 2026 г. № 14-а" in desk.text(final)
    assert "от 9 декабря 2026 г. № 14-а" in desk.text(final)
    assert "1 декабря 2026 г. № 26/1" in desk.text(desk.filed("order.introduce", "зарегистрирован"))


WHOLE = (*FIVE, "regulation", "roadmap", "journal.orders", "addendum")
PAPERS_OF_LAW = (
    "1.4",
    "Локальные акты",
    "Сентябрь 2026",
    "Заведующий",
    "Положение о системе наставничества; дорожная карта",
)


def prepared(desk, today=TODAY):
    """A run with the papers that cite one another."""
    return prepare(desk.space, desk.place, today, kinds_of(today, WHOLE))


def register(desk, **typed):
    """Type number and day of papers, each by its kind with its dot written `_`."""
    for kind, (number, day) in typed.items():
        desk.sign(desk.filed(kind.replace("_", ".", 1)), number, day)


def law(desk):
    """A desk whose roadmap calls for local acts, after a run."""
    headers = (
        "№ п/п",
        "Мероприятие",
        "Срок (как в документе)",
        "Ответственный",
        "Результат, вид документа",
    )
    desk.type_cells("Дорожная карта", 7, dict(zip(headers, PAPERS_OF_LAW, strict=True)))
    prepared(desk)


@pytest.fixture(scope="module")
def lawful_once(furnished, tmp_path_factory):
    return desks.lived(furnished, tmp_path_factory.mktemp("lawful"), law)


@pytest.fixture
def lawful(lawful_once, tmp_path):
    with desks.of(lawful_once, tmp_path) as desk:
        yield desk


# What the pen tells: the opinion of the workers' body has minutes of its own.
OPINION = "(протокол от ___.___.20___ № ______)"


def beside(desk, kind):
    """What stands beside a paper's row."""
    return desk.cell("Документы", desk.filed(kind).origin.row, "Данные изменились") or ""


def test_numbers_typed_together_stand_in_every_stamp_and_basis_at_once(lawful):
    day = date(2026, 12, 9)
    register(lawful, order_introduce=("30", day), order_pairs=("33-а", day), regulation=("31", day), roadmap=("32", day), program_personal=("34", day))  # fmt: skip
    prepared(lawful)
    for kind in ("regulation", "roadmap"):
        text = lawful.text(lawful.filed(kind, "зарегистрирован")).replace(OPINION, "")
        assert text.count("от 09.12.2026 № 30") == 2
        assert "___.___.20___ № ______" not in text
    text = lawful.text(lawful.filed("program.personal", "зарегистрирован"))
    assert "Основание приказ от 09.12.2026 № 33-а" in text
    assert "9 декабря 2026 г. № 34" in text
    assert "УТВЕРЖДАЮ Заведующий" in text
    assert "№ ______" not in text
    since = lawful.now
    assert not prepared(lawful).written
    assert lawful.writes(since) == 0


def test_an_edited_draft_gets_the_numbers_of_its_orders_too(lawful):
    for kind in ("regulation", "program.personal"):
        path = lawful.file(lawful.filed(kind))
        paper = docx.Document(str(path))
        paper.paragraphs[-1].add_run(" дописано людьми")
        paper.save(str(path))
    day = date(2026, 12, 9)
    register(lawful, order_introduce=("30", day), order_pairs=("33-а", day), regulation=("31", day), program_personal=("34", day))  # fmt: skip
    prepared(lawful)
    text = lawful.text(lawful.filed("regulation", "зарегистрирован"))
    assert "дописано людьми" in text
    assert text.count("от 09.12.2026 № 30") == 2
    assert lawful.filed("program.personal").state == "проект"
    assert "В грифе утверждения остались прочерки" in beside(lawful, "program.personal")


def test_an_appendix_waits_for_its_order_and_says_so_until_the_order_has_its_number(lawful):
    day = date(2026, 12, 9)
    register(lawful, regulation=("31", day), program_personal=("34", day))
    prepared(lawful)
    row = lawful.filed("order.introduce").origin.row
    for kind, order in (("regulation", "внедрении"), ("program.personal", "закреплении")):
        assert lawful.filed(kind).state == "проект"
        said = beside(lawful, kind)
        assert said.startswith("Номер и дата вписаны, а чистовик не готовится: номер и дата документа")
        assert order in said
    assert f"строка {row} вкладки" in beside(lawful, "regulation")
    assert "вопрос" in lawful.findings()["paper-ask"]
    register(lawful, order_introduce=("30", day), order_pairs=("33", day))
    prepared(lawful)
    for kind in ("regulation", "program.personal"):
        assert lawful.filed(kind, "зарегистрирован").final
        assert not beside(lawful, kind)


def test_a_number_typed_while_a_pair_of_the_order_is_stopped_says_what_hinders(lawful):
    lawful.type_cells("Наставники", 2, {"Дата согласия быть наставником": None})
    register(lawful, order_pairs=("33", date(2026, 12, 9)))
    prepared(lawful)
    assert lawful.filed("order.pairs").state == "проект"
    assert "нет письменного согласия наставника" in beside(lawful, "order.pairs")
    lawful.type_cells("Наставники", 2, {"Дата согласия быть наставником": date(2026, 9, 7)})
    prepared(lawful)
    assert lawful.filed("order.pairs", "зарегистрирован").final


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("tab", "row", "header", "value"),
    [
        ("Пары", 2, "Наставник", "Никто Никто Никтоевич"),
        ("Пары", 2, "Дата начала", "когда-нибудь"),
        ("Наставники", 2, "Состояние", "выбыл"),
    ],
)
def test_a_number_typed_while_a_row_of_the_order_is_stopped_says_what_hinders(
    lawful, tab, row, header, value
):
    lawful.type_cells(tab, row, {header: value})
    register(lawful, order_pairs=("33", date(2026, 12, 9)))
    prepared(lawful)
    said = beside(lawful, "order.pairs")
    assert lawful.filed("order.pairs").final or said.startswith(
        "Номер и дата вписаны, а чистовик не готовится"
    )
    if not lawful.filed("order.pairs").final:
        assert len(said) > 80
    since = lawful.now
    assert not prepared(lawful).written
    assert lawful.writes(since) == 0


@pytest.mark.spare("test_a_number_typed_while_a_pair_of_the_order_is_stopped_says_what_hinders")
def test_a_number_typed_for_a_paper_of_a_refused_pair_says_why_it_waits(desk):
    desk.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
    prepared(desk)
    desk.type_cells("Наставники", 4, {"Дата согласия быть наставником": None})
    register(desk, addendum=("36", date(2026, 12, 9)))
    prepared(desk)
    assert desk.filed("addendum").state == "проект"
    assert "нет письменного согласия наставника" in beside(desk, "addendum")


def test_half_a_registration_a_day_to_come_and_one_number_twice_are_said_beside_the_row(lawful):
    register(lawful, order_introduce=("30", None), order_pairs=(None, date(2026, 12, 9)), regulation=("31", date(2027, 12, 9)))  # fmt: skip
    prepared(lawful)
    assert "Впишите дату" in beside(lawful, "order.introduce")
    assert "Впишите номер" in beside(lawful, "order.pairs")
    assert "дата регистрации 09.12.2027 ещё не наступила" in beside(lawful, "regulation")
    assert {row.state for row in lawful.register()} == {"проект"}
    register(lawful, order_introduce=("30", date(2026, 12, 9)), order_pairs=("30", date(2026, 12, 9)))
    prepared(lawful)
    for kind in ("order.introduce", "order.pairs"):
        assert "номер 30 в 2026 году уже у другого приказа" in beside(lawful, kind)
    register(lawful, order_pairs=("31", date(2026, 12, 9)))
    prepared(lawful)
    finals = [lawful.filed(kind, "зарегистрирован") for kind in ("order.introduce", "order.pairs")]
    lawful.type_cells("Документы", finals[1].origin.row, {"Рег. №": "30"})
    prepared(lawful)
    assert lawful.findings()["number-twice"] == ["вопрос"]


def test_who_signed_stands_in_the_clean_copys_row_and_in_the_journal(lawful):
    register(lawful, order_introduce=("30", date(2026, 12, 9)))
    row = lawful.filed("order.introduce").origin.row
    lawful.type_cells("Документы", row, {"Подписал": "Панина Г.С., и.о. заведующего"})
    prepared(lawful)
    final = lawful.filed("order.introduce", "зарегистрирован")
    assert lawful.cell("Документы", final.origin.row, "Подписал") == "Панина Г.С., и.о. заведующего"
    prepared(lawful, date(2026, 12, 28))
    journal = lawful.text(lawful.filed("journal.orders"))
    assert "09.12.2026 30 Об утверждении дорожной карты Панина Г.С., и.о. заведующего" in journal

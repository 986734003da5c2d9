"""Papers of a management, and who stands under an order: no council of teachers, heads instead of workers, the names the roadmap gives."""

import re
from dataclasses import replace
from datetime import date

import pytest

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.kinds.order_introduce import named
from flows.domain.documents.specimen import specimen
from flows.domain.organisation import Nature
from flows.papers import render
from tests.papers.test_templates import TEMPLATES, lines

DISTRICT = "Управление образования администрации Заречного района"
# The council's own papers are made only for a day of a council that the card names: a management names none.
OF_TEACHERS_COUNCIL = {kind for kind, subject in SUBJECTS.items() if subject == "council"} | {
    "order.council_prep", "protocol.council", "extract.council",
}  # fmt: skip
ORDERS = [kind for kind in BUILDERS if kind.startswith("order.")]


def text_of(kind, facts):
    context = BUILDERS[kind](facts)
    return lines(render(TEMPLATES / f"{kind}.docx", requisites(context, draft="ПР-2026-017")))


def of(kind, **card):
    facts = specimen(kind, SUBJECTS[kind])
    return replace(facts, organisation=replace(facts.organisation, **card))


def management(kind, nature=Nature.MANAGEMENT):
    return replace(of(kind, nature=nature, full_name=DISTRICT, short_name=DISTRICT, councils=()), councils=())


@pytest.mark.sampled
@pytest.mark.parametrize("nature", [Nature.MANAGEMENT, Nature.CENTRE])
@pytest.mark.parametrize("kind", sorted(BUILDERS.keys() - OF_TEACHERS_COUNCIL))
def test_a_body_over_others_has_no_council_of_teachers(kind, nature):
    told = "\n".join(text_of(kind, management(kind, nature)))
    assert not re.search(r"педагогическ\w+ совет|педсовет", told, re.IGNORECASE)


def test_a_management_introduces_the_model_in_the_organisations_and_speaks_to_their_heads():
    facts = management("order.introduce")
    rows = tuple(replace(each, fan_out=at < 2) for at, each in enumerate(facts.activities))
    told = text_of("order.introduce", replace(facts, activities=rows))
    assert (
        "Внедрить в муниципальных образовательных организациях Заречного района целевую модель наставничества."
        in told
    )
    assert (
        "Руководителям муниципальных образовательных организаций Заречного района выполнить мероприятия дорожной карты, за которые отвечают организации (пункты 1.1, 2.3)."
        in told
    )
    assert not [line for line in told if "ознакомить работников" in line]
    nameless = text_of("order.introduce", replace(facts, organisation=replace(facts.organisation, full_name="МКУ «Образование»", short_name="МКУ")))  # fmt: skip
    assert (
        "Внедрить в подведомственных муниципальных образовательных организациях целевую модель наставничества."
        in nameless
    )
    centre = text_of("order.introduce", management("order.introduce", Nature.CENTRE))
    assert any(line.startswith("Рекомендовать руководителям") for line in centre)


@pytest.mark.parametrize(
    ("result", "heading"),
    [
        ("Приказ о внедрении МЦМН в организациях района, Положение", "О внедрении МЦМН в организациях района"),
        ("Приказ о внедрении модели, муниципальная дорожная карта", "О внедрении модели"),
        ("Приказ о внедрении целевой модели наставничества - утверждение Положения", "О внедрении целевой модели наставничества"),
        ("Приказ Управления об утверждении Положения и дорожной карты", "Об утверждении Положения и дорожной карты"),
        ("приказ «Об утверждении «Положения о наставничестве» в саду»; приказ о парах", "Об утверждении «Положения о наставничестве» в саду"),
        ("Приказ", ""), ("Приказ о назначении куратора", ""), ("Утверждённые распорядительные акты", ""), ("Приказ «Об утверждении", ""),
        ("Приказ о внедрении, Положение, дорожная карта", ""),
    ],
)  # fmt: skip
def test_an_order_is_called_what_the_row_calls_it(result, heading):
    facts = specimen("order.introduce")
    row = replace(facts.activities[0], result=result)
    assert named(row) == heading
    told = text_of("order.introduce", replace(facts, activity=row))
    assert (heading or "О внедрении целевой модели наставничества") in told
    introduces = any(line.startswith("Внедрить в") for line in told)
    assert introduces is ("внедрен" in (heading or "внедрен"))


def test_all_whom_the_order_and_the_roadmap_name_sign_for_having_read_it_each_once():
    facts = specimen("order.introduce")
    printed = "старший воспитатель Громова Т.И., Абрамова А.П., Неизвестный П.С., абрамова"
    rows = tuple(replace(each, printed_responsible=printed) for each in facts.activities)
    told = text_of("order.introduce", replace(facts, activities=rows))
    signers = [line for line in told if re.match(r"\d+ \|", line)]
    assert signers == [
        "1 | Громова Татьяна Ильинична | старший воспитатель |  |",
        "2 | Абрамова Анна Павловна | воспитатель |  |",
        "3 | Неизвестный П.С. |  |  |",
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", ORDERS)
def test_who_prepared_an_order_stands_at_its_foot_where_the_card_names_somebody(kind):
    told = text_of(kind, of(kind))
    assert "8 (34600) 0-00-00" in "\n".join(told)
    assert "8 (34600)" not in "\n".join(text_of(kind, of(kind, performer="", performer_phone="")))
    assert not [line for line in text_of(kind, of(kind, performer_phone="")) if line.strip() in {",", "None"}]


@pytest.mark.parametrize(("deputy", "spare", "said"), [("Абрамова Анна Павловна", 1, "исполняет Абрамова Анна Павловна, воспитатель."), ("", 2, "исполняет ______________________________.")])  # fmt: skip
def test_who_stands_in_for_the_curator_is_named_and_signs(deputy, spare, said):
    told = text_of("order.curator", of("order.curator", deputy=deputy))
    assert any(line.endswith(said) for line in told)
    assert told.count(" |  |  |  |") == spare
    assert [line for line in told if line.startswith("2 | ")] == (
        ["2 | Абрамова Анна Павловна | воспитатель |  |"] if deputy else []
    )


def test_forms_of_mentoring_come_from_the_card_and_without_it_from_the_pairs():
    told = text_of("order.curator", of("order.curator", forms="педагог – студент; ученик – ученик"))
    assert [line for line in told if line.startswith("«")][-2:] == [
        "«педагог – студент» – ______________________________;",
        "«ученик – ученик» – ______________________________.",
    ]
    assert "«педагог – педагог» – ______________________________." in text_of(
        "order.curator", of("order.curator")
    )


def test_the_roadmap_keeps_its_own_title_its_sections_and_says_a_dash_where_it_names_no_result():
    facts = specimen("roadmap")
    rows = (replace(facts.activities[0], result="", content="Как именно"), *facts.activities[1:])
    told = text_of(
        "roadmap", replace(facts, plan="Дорожная карта  внедрения\nмодели на 2026-2027 гг.", activities=rows)
    )
    assert "Дорожная карта внедрения модели на 2026-2027 гг." in told
    assert not [line for line in told if "план мероприятий" in line]
    assert (
        "1.1 | Закрепление наставнических пар / Как именно | до 30.09.2026 | старший воспитатель | –" in told
    )
    assert [line.split(" | ")[0] for line in told if re.match(r"(\d\. \D+) \| \1", line)] == [
        "1. Нормативная основа",
        "2. Участники",
        "3. Условия",
        "6. Мониторинг",
    ]
    assert any("план мероприятий" in line for line in text_of("roadmap", facts))


def test_a_registered_roadmap_of_a_management_is_approved_by_its_order_alone():
    facts = management("roadmap")
    told = "\n".join(
        lines(
            render(
                TEMPLATES / "roadmap.docx",
                requisites(BUILDERS["roadmap"](facts), number="5", day=date(2026, 9, 2)),
            )
        )
    )
    assert "ПРИНЯТО" not in told
    assert "УТВЕРЖДЕНО" in told

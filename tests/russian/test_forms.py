"""All forms under the names that stand in templates."""

import copy
import json

from flows.papers.read_fields import plain
from flows.papers.values import printed
from flows.russian import Doubt, forms

NBSP = "\u00a0"


def test_a_person_in_all_forms():
    made = forms.person("Мельник Иван Ильич")
    assert made["им"] == "Мельник Иван Ильич"
    assert made["род"] == "Мельника Ивана Ильича"
    assert made["дат"] == "Мельнику Ивану Ильичу"
    assert made["вин"] == "Мельника Ивана Ильича"
    assert made["тв"] == made["твор"] == "Мельником Иваном Ильичом"
    assert made["пр"] == made["предл"] == "Мельнике Иване Ильиче"
    assert made["инициалы"] == f"И.И.{NBSP}Мельник"
    assert made["кратко"] == f"Мельник{NBSP}И.И."
    assert made["кратко_дат"] == f"Мельнику{NBSP}И.И."
    assert made["кратко_тв"] == made["кратко_твор"] == f"Мельником{NBSP}И.И."
    assert made["обращение"] == "Иван Ильич"
    assert made["пол"] == "м"


def test_an_unknown_form_is_a_doubt_in_its_place():
    made = forms.person("Мельник И.И.")
    assert made["им"] == "Мельник И.И."
    assert made["инициалы"] == f"И.И.{NBSP}Мельник"
    for key in ("род", "дат", "кратко_дат", "обращение", "пол"):
        assert isinstance(made[key], Doubt)


def test_the_gender_of_the_sheet_removes_the_doubt():
    made = forms.person("Мельник И.И.", "ж")
    assert made["дат"] == "Мельник И.И."
    assert made["пол"] == "ж"


def test_what_is_no_person_is_a_doubt_everywhere():
    assert all(isinstance(form, Doubt) for form in forms.person("Яковенко И.А. Нечесова А.А.").values())


def test_an_override_wins_in_its_case_only():
    made = forms.person("Заяц Иван Иванович", overrides={"gen": "Заяца Ивана Ивановича", "dat": "  "})
    assert made["род"] == "Заяца Ивана Ивановича"
    assert made["кратко_род"] == f"Заяца{NBSP}И.И."
    assert isinstance(made["дат"], Doubt)
    assert made["им"] == "Заяц Иван Иванович"


def test_an_override_may_save_what_no_rule_reads():
    made = forms.person("Ким Чен Ын", overrides={"dat": "Ким Чен Ыну"})
    assert made["дат"] == "Ким Чен Ыну"
    assert isinstance(made["род"], Doubt)


def test_a_phrase_in_all_forms():
    made = forms.phrase("старший воспитатель", "position")
    assert [made[key] for key in ("им", "род", "дат", "вин", "тв", "пр")] == [
        *("старший воспитатель", "старшего воспитателя", "старшему воспитателю"),
        *("старшего воспитателя", "старшим воспитателем", "старшем воспитателе"),
    ]
    assert made["твор"] == made["тв"]
    assert made["предл"] == made["пр"]


def test_an_override_of_a_phrase():
    name = "Центр «Семья» – опора детства"
    made = forms.phrase(name, "organisation", overrides={"gen": "Центра «Семья» – опоры детства"})
    assert made["им"] == name
    assert made["род"] == "Центра «Семья» – опоры детства"
    assert isinstance(made["дат"], Doubt)


def test_spaces_at_the_ends_survive_in_the_nominative():
    assert forms.person(" Иванов  Иван Иванович ")["им"] == " Иванов  Иван Иванович "
    assert forms.person(" Иванов  Иван Иванович ")["дат"] == "Иванову Ивану Ивановичу"


def test_a_form_spelt_better_is_compared_and_counted_as_it_was():
    made = forms.phrase("муниципальное учреждение дом творчества «Радуга»", "organisation")
    assert made["дат"] == "муниципальному учреждению дом творчества «Радуга»"
    assert made["дат"].now == "муниципальному учреждению дому творчества «Радуга»"
    assert copy.deepcopy(made)["дат"].now == made["дат"].now
    assert printed(made["дат"]) == made["дат"].now
    assert (
        json.dumps(made["дат"], ensure_ascii=False) == '"муниципальному учреждению дом творчества «Радуга»"'
    )


def test_a_post_spelt_better_asks_nothing_of_a_registered_paper():
    made = forms.phrase("педагог психолог", "position")["дат"]
    assert plain(made) == "педагогу психолог"
    assert printed(made) == "педагогу психологу"


def test_a_form_that_is_asked_about_now_is_counted_as_it_was():
    made = forms.phrase("ученик(ца)", "position")["дат"]
    assert isinstance(made, Doubt)
    assert plain(made) == "ученику(ца)"
    assert plain(forms.phrase("воспитателя", "position")["дат"])[0] == "сомнение"

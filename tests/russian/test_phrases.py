"""Posts, organisations and titles in the six cases; each group of phrases.txt shows one rule."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.russian import Doubt, phrases

TABLE = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" | ") for line in TABLE if " | " in line]
KINDS = ("position", "organisation", "document")


def fold(text):
    return text.replace("ё", "е").replace("Ё", "Е")


def check_phrase(text, kind, forms):
    made = [phrases.decline(text, case, kind) for case in phrases.CASES[1:]]
    assert [fold(form) for form in made] == [fold(form) for form in forms]
    assert phrases.decline(text, "nom", kind) == text


def check_refused(text, kind, gender=None):
    for case in phrases.CASES:
        with pytest.raises(Doubt):
            phrases.decline(text, case, kind, gender)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:60])
def test_every_phrase_of_the_table(row):
    kind, text, *forms = row
    check_phrase(text, kind, [text] * 5 if forms == ["="] else forms)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "-",
        "12345",
        "😀",
        "вакансия",
        "Вакансия",
        "нет",
        "не назначен",
        "уточняется",
        "воспитатель 😀",
        "б" * 500,
        "ъъъ",
    ],
)
def test_what_is_no_phrase(text, kind):
    check_refused(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "position")
            for text in ("воспитателя", "старшего воспитателя", "заведующей", "заместителю директора")
        ),
        *(
            (text, "organisation")
            for text in ("отдела образования", "Управлению образования", "муниципального учреждения")
        ),
        *((text, "document") for text in ("приказа о наставничестве", "дорожной карты")),
    ],
)
def test_a_phrase_typed_in_another_case(text, kind):
    check_refused(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Центр «Семья» – опора детства", "organisation"),
        ("ИП Иванов", "organisation"),
        ("5-я гимназия", "organisation"),
        ("Мкртчян Арам", "position"),
    ],
)
def test_what_only_a_person_can_decide(text, kind):
    with pytest.raises(Doubt):
        phrases.decline(text, "gen", kind)


def test_a_latin_letter_inside_a_word_is_named():
    with pytest.raises(Doubt, match="латинская «o»"):
        phrases.decline("вoспитатель", "gen", "position")


def test_a_post_stays_as_it_is_typed_whoever_holds_it():
    assert phrases.decline("заведующий", "dat", "position", "ж") == "заведующему"
    assert phrases.decline("заведующая", "dat", "position", "ж") == "заведующей"
    check_refused("заведующая", "position", "м")


@pytest.mark.parametrize(
    "text",
    [
        *("ученик(ца)", "учитель(ница)", "воспитатель(-ница)", "обучающийся(аяся)", "воспитатель (ница)"),
        *("заведующий/ая", "наставляемый/-ая", "ученик/ца", "зам. директора, учитель(ница)", "план(ы)"),
    ],
)
def test_a_word_with_two_endings_is_asked_about(text):
    kind = "document" if text.startswith("план") else "position"
    assert phrases.decline(text, "nom", kind) == text
    with pytest.raises(Doubt, match="два окончания"):
        phrases.decline(text, "gen", kind)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(
            ("учитель музыка", "музыка"),
            ("учитель математика", "математика"),
            ("тренер плавание", "плавание"),
        ),
        *(("воспитатель высшая категория", "высшая"), ("воспитатель 1 категория", "категория")),
        *(
            ("учитель истории высшая категория", "высшая"),
            ("ученик 9 класс", "класс"),
            ("повар 4 разряд", "разряд"),
        ),
        *(("методист Центр «Семья»", "Центр"), ("специалист отдел образования", "отдел")),
    ],
)
def test_a_second_nominative_that_is_no_post_is_named(text, word):
    with pytest.raises(Doubt, match=f"«{word}»"):
        phrases.decline(text, "ins", "position")
    assert phrases.decline(text, "nom", "position") == text


@pytest.mark.parametrize(
    "text", ["директор Орлов И.И.", "завхоз Мельник А.А.", "Директор Орлов Иван Иванович"]
)
def test_a_surname_beside_a_post_is_asked_about(text):
    with pytest.raises(Doubt, match="фамилия"):
        phrases.decline(text, "dat", "position")


@pytest.mark.parametrize(
    "text",
    [
        *("наставник Орловой А.С.", "учитель ОБЖ", "учитель (ИЗО)", "воспитатель в/к", "помощник механика"),
        *("воспитатель (для малышей)", "куратор в/и практики"),
    ],
)
def test_what_stands_in_its_own_case_or_has_none_is_copied(text):
    assert phrases.decline(text, "dat", "position").partition(" ")[2] == text.partition(" ")[2]


@pytest.mark.parametrize("text", ["и.о. директор школы", "зам. директор по УВР", "врио директор"])
def test_an_acting_post_typed_in_the_nominative_is_copied_as_before(text):
    assert phrases.decline(text, "dat", "position") == text


def test_an_adjective_of_another_gender_is_asked_about():
    with pytest.raises(Doubt, match="разного рода"):
        phrases.decline("старшая воспитатель", "dat", "position")


def test_the_accusative_of_a_post_is_always_a_person_of_an_organisation_a_thing():
    assert phrases.decline("тьютор", "acc", "position") == "тьютора"
    assert phrases.decline("старшие воспитатели", "acc", "position") == "старших воспитателей"
    assert phrases.decline("детский сад", "acc", "organisation") == "детский сад"
    assert phrases.decline("локальные акты", "acc", "document") == "локальные акты"


@pytest.mark.parametrize(("case", "kind"), [("vocative", "position"), ("gen", "person")])
def test_an_unknown_case_or_kind_is_the_programmers_mistake(case, kind):
    with pytest.raises(ValueError, match=f"{case}|{kind}"):
        phrases.decline("воспитатель", case, kind)


PIECES = st.lists(
    st.sampled_from(
        [
            "старший",
            "воспитатель",
            "МБДОУ",
            "№ 5",
            "«Малыш»",
            "и",
            "-",
            "(",
            ")",
            ",",
            "о",
            "дорожная",
            "карта",
            "ST",
            "Ы",
        ]
    ),
    max_size=7,
).map(" ".join)


@given(st.text(max_size=60) | PIECES, st.sampled_from(phrases.CASES), st.sampled_from(KINDS))
def test_nothing_but_a_doubt_is_ever_raised(text, case, kind):
    try:
        made = phrases.decline(text, case, kind)
    except Doubt:
        return
    assert made.strip()
    assert case != "nom" or made == text

"""Phrases that nobody should sign: each kind is found, what is right is left alone, and no template of ours holds one."""

from pathlib import Path

import docx
import pytest

from flows.papers.lint_text import PHRASES, phrase_faults
from flows.russian.typography import bound

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))

WRONG = (
    "Я, Белова Вера Сергеевна, зарегистрирован по адресу: г. Образцово",
    "МБДОУ № 0 в лице заведующего Соколовой Марины Викторовны, действующего на основании Устава",
    "☐ согласен (согласна)",
    "работа по наставничеству добровольная и отказ от неё не влечёт наказания",
    "§ Определить трудности;",
    "– Проведение ОГЭ;",
    "Форма наставничества – «педагог – педагог», вид – групповое.",
    "Цель: увидеть, как идёт наставничество",
    "на обработку персональных данных того, кого представляю",
    "В соответствии с дорожной картой (п. 6.1)",
    "муниципальному учреждению дополнительного образования дом детского творчества",
    "Документа «Листы ознакомления» ещё нет. Подготовьте его до педсовета.",
    "Иванова  Анна Павловна",
    "срок — постоянно",
    "срок - постоянно",
)
RIGHT = (
    "Я, Белова Вера Сергеевна, адрес регистрации: г. Образцово",
    "Документ зарегистрирован 02.09.2026",
    "в лице заведующего Соколовой Марины Викторовны, действующей на основании Устава",
    "в лице директора Беляева Андрея Николаевича, действующего на основании Устава",
    "работа по наставничеству добровольная, и отказ от неё не влечёт наказания",
    "– проведение ОГЭ;",
    "– Яковенко Ирина Андреевна;",
    "– Громовой Т.И. подготовить приказ;",
    "групповое наставничество",
    "Цель: оценить ход и результаты наставничества",
    "в соответствии с пунктом 3 статьи 28 (п. 3 ст. 28)",
    "в соответствии с дорожной картой (пункт 6.1)",
    "муниципальному учреждению дополнительного образования дому детского творчества",
    "муниципальному учреждению «Дом творчества»",
    "руководители учреждений, школа и центр",
    "Дата: ___.___.20___     Место: ______",
    "☐ разрешаю   ☐ запрещаю",
    "педагог – педагог, учитель-логопед",
)  # fmt: skip


def loose_faults(text):
    """The text where a line may end in it and must not: «15 сентября», «№ 273-ФЗ», «П-001»."""
    return [text] if bound(text) != text else []


def faults(*texts):
    return [said for _, said in phrase_faults([("", text) for text in texts], ours=True)]


def test_each_kind_of_phrase_is_found_in_its_example():
    assert [len(faults(text)) for text in WRONG] == [1] * len(PHRASES)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("Составил:", "Старший воспитатель", "Т.И. Громова"), True),
        (("Ознакомлен:", "Заведующий", "______________ М.В. Соколова"), True),
        (("Составил:", "{{ куратор.инициалы }}"), True),
        (("Составил:", "Директор", "А.Н. Беляев"), False),
        (("Составила:", "Т.И. Громова"), False),
        (("Составитель:", "И.И. Мельник"), False),
        (("Документ составил методист.",), False),
    ],
)
def test_a_word_above_a_signature_agrees_with_who_signs(lines, wrong):
    assert bool(faults(*lines)) == wrong


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("Докладчик – методист О.С. Мельник", "поручить методисту Мельник О.С."), True),
        (("Докладчик – методист Мельник О.С.", "поручить методисту Мельник О.С."), False),
        (("поручить методисту Мельник О.С.", "Методист _______________ О.С. Мельник"), False),
        (("поручить методисту Мельник О.С.", "О.С. Мельник"), False),
    ],
)
def test_initials_stand_one_way_in_one_paper(lines, wrong):
    assert bool(faults(*lines)) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "15 сентября",
        "№ 273-ФЗ",
        "31 мая 2027 г.",
        "П-001",
        "ДС-/7",
        "приказ № 45-од",
        "10 % оклада",
        "Громова Т.И.",
    ],
)
def test_what_must_not_break_is_found_and_bound(text):
    assert loose_faults(text) == [text]
    assert loose_faults(bound(text)) == []
    assert bound(text).replace("\u00a0", " ").replace("\u2011", "-") == text


def test_spaces_beside_a_line_break_are_not_printed_and_raise_no_question():
    """A cell of a roadmap ends a line with a space, or begins one: that is no doubled space of a careless clerk."""
    told = bound("Август – сентябрь \n 2022 г.\n  и ещё")
    assert told.replace("\u00a0", " ") == "Август – сентябрь\n2022 г.\nи ещё"
    assert faults(told.replace("\n", " ")) == []


@pytest.mark.parametrize(
    "text", ["учитель-логопед", "ivan-1@mail.ru", "https://sad-112.ru/7", "01.09.2026 и 02.09.2026"]
)
def test_what_may_break_or_is_copied_stays_as_it_is(text):
    assert bound(text) == text


def test_a_typed_value_is_set_straight_on_paper_only():
    assert bound("Иванова  Анна  —  педагог") == "Иванова Анна\u00a0– педагог"


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_no_paper_of_ours_holds_such_a_phrase(file):
    told = file.read_text(encoding="utf-8").replace(" | ", "\n").replace(" / ", "\n")
    assert faults(*told.split("\n")) == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_no_template_of_ours_holds_such_a_phrase(file):
    paper = docx.Document(str(file))
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    texts = [each.text for holder in (paper, *cells) for each in holder.paragraphs]
    assert faults(*texts) == []
    assert [said for text in texts for said in loose_faults(text) if "{" not in text] == []

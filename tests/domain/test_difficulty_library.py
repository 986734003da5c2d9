"""The library of typical difficulties: whole when it is loaded, and speaking only of what a mentee really finds hard."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from flows import settings
from flows.domain.difficulties import own_rows
from flows.domain.difficulties.library import SPELT, Service, library, service_of
from flows.domain.difficulties.matching import matches
from flows.domain.errors import Misconfigured
from flows.domain.model import Origin, Person, Row
from flows.domain.tabs import DIFFICULTIES

LIBRARY = settings.difficulties()
RECORD = tomllib.loads((settings.CONFIG / "difficulties.toml").read_text("utf-8"))
WHOLE = RECORD["difficulty"][0]


def person(position="воспитатель", *hard, request="", years=None, sort="", young=None, code="Л-001"):
    return Person(code, "mentee", "Иванова Мария Петровна", "ж", position, Origin(), experience=years, young=young, request=request, deficits=hard, sort=sort)  # fmt: skip


def own(name="", **cells):
    told = {"Затруднение": name} | {header.replace("_", " "): text for header, text in cells.items()}
    return Row(Origin("", DIFFICULTIES, 2), cells.get("code", "Т-001"), told)


def offered(who, rows=()):
    entries, _ = own_rows.read(rows)
    return [(match.entry.name, match.entry.service) for match in matches([who], LIBRARY, entries)]


def test_the_library_has_thirty_difficulties_over_five_posts_and_three_lengths_of_service():
    posts = Counter(post for entry in LIBRARY.entries for post in entry.posts)
    assert len({entry.name for entry in LIBRARY.entries}) >= 30
    assert sum(count >= 4 for count in posts.values()) >= 6
    assert {entry.service for entry in LIBRARY.entries} == {None, *Service}
    assert settings.book_layout().lists["service"] == tuple(Service)


@pytest.mark.parametrize("entry", LIBRARY.entries, ids=lambda entry: f"{entry.name} {entry.service or ''}")
def test_each_brings_three_tasks_two_forms_and_a_result_that_can_be_counted_or_seen(entry):
    assert len(entry.tasks) == len(set(entry.tasks)) == 3
    assert len(entry.forms) == len(set(entry.forms)) == 2
    assert all(task[0].isupper() and not task.endswith(".") for task in entry.tasks)
    assert all(not form.endswith(".") for form in (*entry.forms, entry.result, entry.measured))
    assert entry.measured


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"tasks": ["одна", "две"]}, "поле «tasks»: нужно не меньше 3, а записано 2"),
        ({"forms": "беседа"}, "поле «forms»: нужен список"),
        ({"result": "сам пишет план – 8"}, "поле «result»: тире"),
        ({"source": " "}, "поле «source»: нужен текст"),
        ({"service": "лет пять"}, "поле «service»: нужно одно из: до 3 лет"),
        ({"posts": ["дворник"]}, "должности «дворник» нет"),
        ({"word": ["план"]}, "поле «word»: такого поля нет"),
        ({"words": []}, "поле «words»: нужно не меньше 1"),
    ],
)
def test_a_slip_in_the_library_is_one_sentence_that_names_its_place(change, place):
    with pytest.raises(Misconfigured) as told:
        library({"post": RECORD["post"], "difficulty": [WHOLE | change]})
    assert f"{SPELT}, затруднение «{WHOLE['name']}»" in str(told.value)
    assert place in str(told.value)


def test_a_difficulty_recorded_twice_for_one_post_and_service_is_named():
    with pytest.raises(Misconfigured, match=r"записано дважды \(воспитатель\)"):
        library({"post": RECORD["post"], "difficulty": [WHOLE, WHOLE]})
    with pytest.raises(Misconfigured, match=r"нет записей \[\[post\]\]"):
        library({})


@pytest.mark.parametrize(
    ("who", "known"),
    [
        (person("воспитатель", "работа с семьёй – 3 –", years=1), [("работа с родителями", Service.NOVICE)]),
        (person("воспитатель", "работа с семьёй – 3 –", years=5), [("работа с родителями", None)]),
        (person("воспитатель", "работа с семьёй – 3 –", years=11), [("работа с родителями", Service.MASTER)]),
        (person("воспитатель", "планирование", young=True), [("планирование образовательной работы", Service.NOVICE)]),
        (person("учитель-логопед", request="первые обследования"), [("обследование детей", None)]),
        (person("учитель химии", request="ОГЭ"), [("подготовка к экзаменам и проверочным работам", None)]),
        (person("8 «А» класс", "общение – 4 –"), [("общение и место в коллективе", None)]),
        (person("воспитатель", "ИКТ", years=20), [("цифровые средства в работе", Service.MASTER)]),
        (person("кастелянша", "ИКТ"), [("цифровые средства в работе", None)]),
    ],
)  # fmt: skip
def test_a_difficulty_is_known_by_its_words_the_post_and_the_service(who, known):
    assert offered(who) == known


@pytest.mark.parametrize(
    "who",
    [
        person("учитель информатики", request="программирование роботов"),
        person("воспитатель", request="семь занятий в неделю"),
        person("воспитатель", request="с планированием трудностей нет"),
        person("воспитатель", request="планирование не вызывает затруднений"),
        person("воспитатель", request="палнирование"),
        person("помощник воспитателя", "планирование"),
        person("старший воспитатель", request="аттестация педагогов"),
        person("8 «А» класс", request="ведение документации"),
        person("воспитатель", request="подготовка к ОГЭ"),
        person("воспитатель"),
    ],
)
def test_nothing_is_offered_for_a_word_that_is_only_alike_for_another_post_or_for_what_is_easy(who):
    assert offered(who) == []


def test_what_was_worked_through_is_offered_no_more_and_each_difficulty_once():
    assert offered(
        person("воспитатель", "планирование – 4 – 8", request="планирование, режим дня", years=5)
    ) == [("режимные моменты", None)]
    assert len(offered(person("воспитатель", "режим", "режимные моменты", request="режим дня"))) == 1


def test_a_row_of_staff_wins_over_ours_and_is_known_in_any_form_of_its_words():
    rows = [
        own(
            "Сопровождение аттестации",
            Слова="сопровождение аттестации; рабочая программа",
            Задачи="Составить график",
        )
    ]
    assert offered(person("старший воспитатель", request="о сопровождении аттестации"), rows) == [("Сопровождение аттестации", None)]  # fmt: skip
    assert offered(person("учитель", request="помочь с рабочей программой"), rows) == [("Сопровождение аттестации", None)]  # fmt: skip
    rows = [own("Планирование", Задачи="Своя задача", Должность="воспитатель; учитель", Стаж="до 3 лет")]
    assert offered(person("воспитатель", "планирование", years=1), rows) == [("Планирование", Service.NOVICE)]
    assert offered(person("воспитатель", "планирование", years=5), rows) == [("планирование образовательной работы", None)]  # fmt: skip
    assert offered(person("методист", "планирование", years=1), rows) == []
    same = [own("Дисциплина  на уроке", Задачи="Своя задача")]
    assert offered(person("учитель", "дисциплина – 5 –", "оценивание"), same) == [("Дисциплина на уроке", None), ("оценивание на уроке", None)]  # fmt: skip


def test_a_row_of_staff_for_pupils_is_for_pupils_alone():
    rows = [own("Чтение вслух", Задачи="Читать", Должность="обучающийся")]
    assert offered(person("3 курс", request="чтение вслух"), rows) == [("Чтение вслух", None)]
    assert offered(person("воспитатель", request="чтение вслух"), rows) == []
    assert offered(person("3 курс", request="чтение вслух"), [own("Чтение вслух", Задачи="Читать")]) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (own("Планирование", Задачи="Одна"), "не заполнено «Формы работы», «Результат»: предлагается только вписанное"),
        (own("План", Задачи="1", Формы_работы="2", Результат="3", Стаж="сто лет"), "«Стаж» не прочитан"),
        (own("", Задачи="Одна"), "нет названия затруднения"),
    ],
)  # fmt: skip
def test_a_row_of_staff_that_is_not_whole_is_used_as_far_as_it_goes_and_told_once(row, said):
    _, problems = own_rows.read([row])
    assert [(each.code, each.subject) for each in problems] == [("difficulty-row", "Т-001")]
    assert said in problems[0].message


def test_a_whole_row_of_staff_is_taken_without_a_word():
    entries, problems = own_rows.read([own(" План  недели ", Задачи="Одна\n\nДве", Формы_работы="Беседа", Результат="Пишет план", Чем_подтверждается="План")])  # fmt: skip
    assert problems == ()
    assert (entries[0].name, entries[0].tasks, entries[0].measured) == (
        "План недели",
        ("Одна", "Две"),
        "План",
    )


@pytest.mark.parametrize(("years", "lasting"), [(0, Service.NOVICE), (2, Service.NOVICE), (3, Service.MIDDLE), (10, Service.MIDDLE), (11, Service.MASTER)])  # fmt: skip
def test_three_and_ten_full_years_are_the_middle(years, lasting):
    assert service_of(person(years=years, young=True)) is lasting
    assert service_of(person()) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "не открывается"),
        (b"words = x", "ошибка в строке 1"),
        (b"[[post", "обрывается на последней строке"),
        ("ё".encode("cp1251"), "не в кодировке UTF-8"),
    ],
)
def test_a_library_that_cannot_be_read_is_said_in_one_sentence(data, said, tmp_path, monkeypatch):
    if data is not None:
        (tmp_path / "difficulties.toml").write_bytes(data)
    monkeypatch.setattr(settings, "CONFIG", tmp_path)
    with pytest.raises(Misconfigured, match=said):
        settings.difficulties.__wrapped__()

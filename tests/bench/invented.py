"""Invented organisations for measuring: who is in them, what their roadmap promises, which meetings they held.

Everything is made of lists by number, so that two codes, and two days, measure the same. Every person carries the words
«вымышленное лицо» in the column for notes, every organisation the word «вымышленная» in its name.
"""

from __future__ import annotations

from datetime import date, timedelta

TODAY = date(2026, 12, 10)
SURNAMES = (
    "Абрикосова", "Берёзкина", "Вишневецкая", "Горихвостова", "Дубравина", "Ежевикина", "Жемчугова", "Земляникина", "Ивушкина", "Калинкина", "Ландышева",
    "Малинина", "Незабудкина", "Облепихина", "Пшеницына", "Рябинкина", "Смородина", "Тополева", "Ужова", "Фиалкина", "Хвощёва", "Цветаева", "Черёмухина",
    "Шиповникова", "Щавелева", "Эдельвейсова", "Юрская", "Яблочкина", "Астрова", "Барбарисова", "Васильцова", "Гвоздикина", "Донникова", "Еловская",
    "Журавлёва", "Зверобоева", "Ирисова", "Клюквина", "Левкоева", "Медуницына", "Осокина",
)  # fmt: skip
NAMES = (
    "Агата", "Василиса", "Вероника", "Дарина", "Евгения", "Жанна", "Зоя", "Инга", "Кира", "Лариса", "Марта", "Нина", "Олеся", "Раиса", "Серафима", "Таисия",
)  # fmt: skip
FATHERS = (
    "Андреевна", "Богдановна", "Викторовна", "Глебовна", "Денисовна", "Егоровна", "Захаровна", "Игоревна", "Кирилловна", "Львовна", "Марковна", "Олеговна",
)  # fmt: skip
POSTS = (
    "воспитатель",
    "учитель-логопед",
    "музыкальный руководитель",
    "педагог-психолог",
    "инструктор по физической культуре",
)
NEEDS = ("планирование занятий", "работа с родителями", "дисциплина на занятии", "документация группы")
MARK = "вымышленное лицо"
_STEP = 3001  # shares no divisor with the number of all names, so neighbours differ in every part
PLAN = (
    ("1.1", "Утверждение дорожной карты", "Сентябрь 2026", "Заведующий", "Приказ об утверждении дорожной карты"),
    ("1.2", "Закрепление пар", "Сентябрь 2026", "Заведующий", "Приказ о закреплении наставнических пар"),
    ("1.3", "Работа пар", "В течение учебного года", "Наставники", "Персонализированные программы наставничества"),
    ("2.1", "Мониторинг за полугодие", "Декабрь 2026", "Старший воспитатель", "Аналитическая справка"),
    ("2.2", "Итоговый мониторинг", "Май 2027", "Старший воспитатель", "Аналитическая справка"),
    ("3.1", "Разработка положения", "Сентябрь 2026", "Заведующий", "Положение о наставничестве"),
    ("3.2", "Сбор сведений", "Сентябрь 2026", "Куратор", "Реестр наставников, реестр наставляемых, реестр наставнических пар"),
    ("3.3", "Встречи", "Сентябрь 2026", "Наставники", "График встреч пар"),
    ("3.4", "Анкетирование", "Сентябрь 2026", "Куратор", "Анкета наставника, анкета наставляемого"),
    ("3.5", "Назначение", "Сентябрь 2026", "Заведующий", "Приказ о назначении куратора"),
    ("3.6", "Программы", "Сентябрь 2026", "Заведующий", "Приказ об утверждении персонализированных программ"),
    ("3.7", "Памятки", "Октябрь 2026", "Куратор", "Памятка наставника, памятка наставляемого"),
)  # fmt: skip
ROADMAP = ("№ п/п", "Мероприятие", "Срок (как в документе)", "Ответственный", "Результат, вид документа")
Cells = dict[str, object]


def person(number: int) -> str:
    """Name a person; 7,872 numbers one after another have different names."""
    at = number * _STEP % (len(SURNAMES) * len(NAMES) * len(FATHERS))
    rest, surname = divmod(at, len(SURNAMES))
    father, name = divmod(rest, len(NAMES))
    return f"{SURNAMES[surname]} {NAMES[name]} {FATHERS[father % len(FATHERS)]}"


def slug(organisation: int) -> str:
    """Give the code of an organisation by its number from 1."""
    return f"bench-{organisation}"


def card(organisation: int) -> Cells:
    """Fill the card of an organisation."""
    return {
        "Полное наименование": f"муниципальное бюджетное дошкольное образовательное учреждение «Вымышленный детский сад № {organisation} «Росинка»",
        "Краткое наименование": f"МБДОУ «Вымышленный детский сад № {organisation}»",
        "Должность руководителя": "заведующий",
        "ФИО руководителя": person(7_000 + organisation),
        "Куратор": person(7_300 + organisation),
        "Должность куратора": "старший воспитатель",
        "Учебный год": "2026-2027",
        "Город": "г. Вымышленск",
        "Название дорожной карты": "Дорожная карта наставничества на 2026-2027 учебный год",
        "Адрес": f"г. Вымышленск, ул. Росистая, д. {organisation}",
        "ИНН": "8600000007",
        "Кому передаются данные": "нет",
        "Выплаты наставникам: период": "ежемесячно",
        "Выплаты наставникам: день": "в день выплаты заработной платы",
    }


def rows(organisation: int, pairs: int, meetings: int) -> dict[str, list[Cells]]:
    """Give the rows of people's tabs: the plan, so many pairs with both persons, so many meetings of each."""
    first = organisation * 2 * pairs
    told: dict[str, list[Cells]] = {"Дорожная карта": [dict(zip(ROADMAP, row, strict=True)) for row in PLAN]}
    told |= {"Наставники": [], "Наставляемые": [], "Пары": [], "Встречи": []}
    for at in range(pairs):
        mentor, mentee = person(first + 2 * at), person(first + 2 * at + 1)
        told["Наставники"].append({
            "ФИО": mentor, "Должность": POSTS[at % len(POSTS)], "Чем готов помочь": NEEDS[at % len(NEEDS)],
            "Дата согласия быть наставником": date(2026, 9, 7), "Дата согласия ПДн": date(2026, 9, 7), "Состояние": "действует", "Примечание": MARK,
        })  # fmt: skip
        told["Наставляемые"].append({
            "ФИО": mentee, "Должность": POSTS[(at + 1) % len(POSTS)], "Запрос (что нужно)": NEEDS[at % len(NEEDS)], "Дефициты": f"{NEEDS[at % len(NEEDS)]} – 4 – 8",
            "Дата согласия ПДн": date(2026, 9, 8), "Состояние": "действует", "Примечание": MARK,
        })  # fmt: skip
        told["Пары"].append({
            "Наставник": mentor, "Наставляемый": mentee, "Форма": "педагог – педагог", "Вид": "индивидуальное", "Цель": NEEDS[at % len(NEEDS)],
            "Задачи": "Определить трудности\nСоставить план", "Дата начала": date(2026, 9, 15), "Дата окончания": date(2027, 5, 31),
            "Доп. соглашение №": f"14/{at + 1}", "Дата доп. соглашения": date(2026, 9, 10), "Состояние": "согласована",
        })  # fmt: skip
        told["Встречи"] += [meeting(at, number) for number in range(meetings)]
    return told


def meeting(pair: int, number: int) -> Cells:
    """Give a meeting of a pair by its number from 0: up to 257 on days of their own, fortnightly at first; some put off, some ahead."""
    day = date(2026, 9, 16) + timedelta(days=number * 14 % 257)
    past, held = day <= TODAY, number % 9 != 8
    return {
        "Пара": f"П-{pair + 1:03d}", "Дата по плану": day, "Дата проведения": day if past and held else None,
        "Статус": ("состоялась" if held else "отменена") if past else None, "Причина": None if held or not past else "болезнь",
        "Тема": f"Беседа {number + 1}: {NEEDS[number % len(NEEDS)]}", "Вид": "очно", "Минут": 30 + number % 4 * 10 if past and held else None,
    }  # fmt: skip

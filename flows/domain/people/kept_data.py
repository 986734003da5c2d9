"""What the book keeps about a person, in the words of the consent to processing: the paper lists all of it, and nothing else.

Each column of the lists of people and of staff events stands under one phrase; a new one without fails a test, so that no
consent lies about what is kept (152-ФЗ, ст. 9, ч. 4, п. 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.people.publishing import SORTS
from flows.domain.people.pupils import is_pupil
from flows.domain.tabs import MEETINGS, MENTEES, MENTORS, PAIRS, STAFF_EVENTS

if TYPE_CHECKING:
    from flows.domain.model import Person

MENTOR, WORKER, PUPIL = "mentor", "worker", "pupil"
BOTH_TABS = (MENTORS, MENTEES)


@dataclass(frozen=True, slots=True)
class Kept:
    """A phrase of the consent, the tabs and columns it speaks of, and of whom alone it is said, if not of everybody."""

    phrase: str
    tabs: tuple[str, ...]
    columns: tuple[str, ...]
    only: str = ""


KEPT = (
    Kept("фамилия, имя, отчество", BOTH_TABS, ("ФИО",)),
    Kept("пол", BOTH_TABS, ("Пол",)),
    Kept("дата рождения", BOTH_TABS, ("Дата рождения",), PUPIL),
    Kept("класс или курс", BOTH_TABS, ("Должность", "Категория лиц"), PUPIL),
    Kept("должность", BOTH_TABS, ("Должность", "Категория лиц"), WORKER),
    Kept("квалификационная категория", (MENTORS,), ("Квалификационная категория",), WORKER),
    Kept("стаж работы", BOTH_TABS, ("Стаж, лет",), WORKER),
    Kept("дата приёма на работу", (MENTEES,), ("Дата приёма",), WORKER),
    Kept("отнесение к молодым специалистам", (MENTEES,), ("Молодой специалист",), WORKER),
    Kept(
        "входит ли наставничество в трудовую функцию",
        (MENTORS,),
        ("Наставничество входит в трудовую функцию",),
        WORKER,
    ),
    Kept("преподаваемый предмет или возрастная группа", (MENTORS,), ("Предмет / группа",), WORKER),
    Kept("сведения об обучении наставничеству", BOTH_TABS, ("Обучение наставничеству",)),
    Kept("чем может помочь наставляемым", (MENTORS,), ("Чем готов помочь", "Не более наставляемых")),
    Kept("запрос о помощи; затруднения и их оценка до и после программы", (MENTEES,), ("Запрос (что нужно)", "Дефициты")),
    Kept("адрес электронной почты", BOTH_TABS, ("Эл. почта",)),
    Kept(
        "фамилия, имя, отчество, адрес законного представителя, сведения о документе, который подтверждает его полномочия",
        BOTH_TABS,
        ("Законный представитель", "Документ представителя", "Адрес представителя"),
        PUPIL,
    ),
    Kept(
        "даты согласий и то, что разрешено публиковать",
        BOTH_TABS,
        (
            "Дата согласия быть наставником", "Дата согласия на участие", "Дата согласия ПДн",
            "Дата согласия на распространение", "Дата согласия представителя", *SORTS,
        ),
    ),
    Kept("форма и сроки наставничества, состав пары или группы, цель и задачи, состояние участия, примечания о нём",
         (*BOTH_TABS, PAIRS),
         (
             "Форма наставничества", "Состояние", "Примечание", "Наставник", "Наставляемый", "Группа", "Форма", "Вид",
             "Цель", "Задачи", "Планируемые результаты", "Формы работы", "Выполнение задач", "Дата начала", "Дата окончания", "Встреч в месяц", "Причина прекращения",
             "Дата уведомления о прекращении", "Кто прекращает",
         )),
    Kept(
        "номер и дата дополнительного соглашения, содержание, время и объём работы наставника, размер выплаты",
        (PAIRS,),
        (
            "Доп. соглашение №", "Дата доп. соглашения", "Доплата: правило или сумма", "Содержание работы наставника",
            "Работа наставника: как", "Работа наставника: когда", "Работа наставника: часов в месяц",
        ),
        MENTOR,
    ),
    Kept(
        "даты, темы, содержание, продолжительность и оценки встреч",
        (MEETINGS,),
        (
            "Пара", "Дата по плану", "Дата проведения", "Статус", "Причина", "Тема", "Дефицит", "Вид", "Минут",
            "Что сделано", "Оценка наставляемого 1–10", "Оценка наставника 1–10", "Заполнил",
        ),
    ),
    Kept(
        "сведения о смене фамилии и должности, переводе, отпуске по уходу за ребёнком, увольнении, аттестации, "
        "конкурсах, открытых занятиях и публикациях",
        (STAFF_EVENTS,),
        ("Дата", "Кто", "Что", "Новое значение", "Примечание"),
        WORKER,
    ),
)  # fmt: skip


def listed(person: Person, *, worker: bool) -> tuple[str, ...]:
    """Return the phrases that are true of a person; `worker` tells one whose agreement to a contract the book keeps."""
    told = {person.role, PUPIL if is_pupil(person) else WORKER}
    own = MENTORS if person.role == MENTOR else MENTEES
    return tuple(
        kept.phrase
        for kept in KEPT
        if (own in kept.tabs or not set(kept.tabs) & set(BOTH_TABS))
        and (not kept.only or kept.only in told)
        and (worker or kept.tabs != (PAIRS,))
    )

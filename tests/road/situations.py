"""Three invented organisations whose papers a head signs: a kindergarten, a school with pupils, a district's management.

Each lives a year in four days: the orders of September, a change and an early end in November, thanks in May. Men and
women stand in every part, so that each word that follows a person is seen in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.workspace import reading
from flows.workspace.cells import changes
from tests.paper_lines import lines
from tests.road import desk as desks

if TYPE_CHECKING:
    from tests.road.desk import Desk

SIGNED = (
    "order.introduce", "order.curator", "order.pairs", "order.programs", "order.monitoring", "order.registry",
    "addendum", "order.pairs_change", "notice.early_end", "order.early_end", "order.reward", "letter.thanks",
)  # fmt: skip
SEPTEMBER, NOVEMBER, DECEMBER, MAY = (
    date(2026, 9, 1),
    date(2026, 11, 16),
    date(2026, 12, 1),
    date(2027, 5, 25),
)
PLAN = [
    ("1.1", "Внедрение системы наставничества, утверждение Положения и дорожной карты", "Сентябрь 2026", "Руководитель", "Приказ о внедрении, Положение, дорожная карта"),
    ("1.2", "Назначение куратора", "Сентябрь 2026", "Руководитель", "Приказ о назначении куратора"),
    ("2.1", "Закрепление наставнических пар", "Сентябрь 2026", "Руководитель", "Приказ о закреплении наставнических пар"),
    ("2.2", "Утверждение персонализированных программ", "Сентябрь 2026", "Куратор", "Приказ об утверждении персонализированных программ"),
    ("2.3", "Утверждение реестра наставников", "Сентябрь 2026", "Куратор", "Приказ об утверждении реестра наставников"),
    ("3.1", "Мониторинг за полугодие", "Декабрь 2026", "Куратор", "Приказ о проведении мониторинга, аналитическая справка"),
    ("3.2", "Поощрение наставников", "Май 2027", "Руководитель", "Приказ о поощрении наставников, благодарственные письма"),
]  # fmt: skip
ORDERS = {"order.introduce": "101-од", "order.curator": "102-од", "order.pairs": "103-од"}


@dataclass(frozen=True)
class Situation:
    """An organisation: what its settings say, and its people, a row of their tab each; the pairs follow their order."""

    card: dict[str, Any]
    mentors: tuple[dict[str, Any], ...]
    mentees: tuple[dict[str, Any], ...]
    pairs: tuple[dict[str, Any], ...]
    fewer: frozenset[str] = field(default_factory=frozenset)  # kinds that it must not have


def _teacher(name: str, post: str, **told: Any) -> dict[str, Any]:
    return {
        "ФИО": name,
        "Должность": post,
        "Состояние": "действует",
        "Дата согласия ПДн": date(2026, 8, 31),
    } | told


def _mentor(name: str, post: str, **told: Any) -> dict[str, Any]:
    ready = {"Чем готов помочь": "планирование занятий", "Дата согласия быть наставником": date(2026, 8, 31), "Стаж, лет": 21, "Квалификационная категория": "высшая"}  # fmt: skip
    return _teacher(name, post, **ready) | told


def _mentee(name: str, post: str, **told: Any) -> dict[str, Any]:
    asks = {"Запрос (что нужно)": "планирование занятий", "Дефициты": "планирование – 4 – 8", "Дата согласия на участие": date(2026, 8, 31), "Стаж, лет": 1, "Молодой специалист": True}  # fmt: skip
    return _teacher(name, post, **asks) | told


def _pair(**told: Any) -> dict[str, Any]:
    agreed = {"Форма": "педагог – педагог", "Вид": "индивидуальное", "Цель": "уверенно планировать занятия", "Задачи": "Определить трудности\nСоставить план", "Состояние": "согласована"}  # fmt: skip
    days = {"Дата начала": date(2026, 9, 15), "Дата окончания": date(2027, 5, 31), "Доплата: правило или сумма": "10 % должностного оклада"}  # fmt: skip
    return agreed | days | told


REQUISITES = {
    "Адрес": "662000, Светлогорский край, г. Светлогорье, ул. Садовая, д. 5", "ИНН": "2400000009", "ОГРН": "1022400000006",
    "Страница сайта": "https://example.test/nastavnichestvo", "Исполнитель": "Громова Татьяна Ильинична", "Телефон исполнителя": "8 (391) 000-00-00",
    "Выплаты наставникам: период": "ежемесячно", "Выплаты наставникам: день": "в день выплаты заработной платы за вторую половину месяца",
}  # fmt: skip
KINDERGARTEN = Situation(
    desks.CARD | REQUISITES,
    (_mentor("Орлова Вера Дмитриевна", "воспитатель"), _mentor("Кузнецов Олег Игоревич", "учитель-логопед")),
    (_mentee("Белова Дарья Алексеевна", "воспитатель"), _mentee("Крылов Павел Игоревич", "инструктор по физической культуре")),
    (_pair(), _pair()),
)  # fmt: skip
PUPIL = {"Форма": "ученик – ученик", "Доплата: правило или сумма": None}
SCHOOL = Situation(
    desks.CARD | REQUISITES | {
        "Полное наименование": "муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 12»", "Краткое наименование": "МБОУ СШ № 12",
        "Должность руководителя": "директор", "ФИО руководителя": "Соколов Виктор Андреевич", "Должность куратора": "заместитель директора по учебно-воспитательной работе",
    },
    (
        _mentor("Панина Галина Степановна", "учитель математики"), _mentor("Фролов Юрий Павлович", "учитель физики"),
        _mentor("Зайцева Мария Егоровна", "9 «А» класс", **{"Дата рождения": date(2011, 4, 3), "Законный представитель": "Зайцева Людмила Петровна", "Дата согласия представителя": date(2026, 8, 31), "Стаж, лет": None, "Квалификационная категория": None}),
    ),
    (
        _mentee("Седова Мария Кирилловна", "учитель математики"), _mentee("Минин Павел Юрьевич", "учитель информатики"),
        _mentee("Осипов Иван Максимович", "5 «Б» класс", **{"Категория лиц": "обучающийся", "Дата рождения": date(2015, 6, 1), "Законный представитель": "Осипов Максим Олегович", "Дата согласия представителя": date(2026, 8, 31), "Стаж, лет": None, "Молодой специалист": None}),
    ),
    (_pair(), _pair(), _pair(**PUPIL)),
)  # fmt: skip
MANAGEMENT = Situation(
    desks.CARD | REQUISITES | {
        "Полное наименование": "муниципальное казённое учреждение «Управление образования Светлогорского района»", "Краткое наименование": "МКУ «Управление образования»",
        "Кто мы": "управление", "Должность руководителя": "начальник", "ФИО руководителя": "Соколова Марина Викторовна", "Должность куратора": "главный специалист",
    },
    (_mentor("Тихонова Анна Павловна", "методист", **{"Квалификационная категория": None}), _mentor("Ершов Сергей Ильич", "главный специалист", **{"Квалификационная категория": None})),
    (_mentee("Ларина Ольга Викторовна", "методист"), _mentee("Комаров Антон Ильич", "специалист")),
    (_pair(), _pair()),
)  # fmt: skip
SITUATIONS = {"детский сад": KINDERGARTEN, "школа с обучающимися": SCHOOL, "управление": MANAGEMENT}


def furnish(desk: Desk, situation: Situation) -> None:
    """Fill an empty book with a situation; the second pair still lacks its agreement."""
    lines = {
        str(cells[0]).removesuffix(" *"): row
        for row, cells in reading.lines(desk.book())
        if cells and cells[0]
    }
    sheet = desk.book().snapshot.sheet("Настройки")
    requests = changes(sheet, {(lines[name] - 1, 1): value for name, value in situation.card.items()})
    for at, row in enumerate(PLAN, 2):
        requests += desk.typing("Дорожная карта", at, dict(zip(desks.ROADMAP, row, strict=True)))
    rows = {"Наставники": situation.mentors, "Наставляемые": situation.mentees, "Пары": _named(situation)}
    for tab, people in rows.items():
        for at, told in enumerate(people, 2):
            known = desk.tab(tab).columns
            requests += desk.typing(tab, at, {name: value for name, value in told.items() if name in known})
    desk.send(requests)


def _named(situation: Situation) -> list[dict[str, Any]]:
    """The pairs with their people; all but the second are agreed upon."""
    agreed = {"Доп. соглашение №": "14", "Дата доп. соглашения": date(2026, 9, 1)}
    return [
        pair | {"Наставник": mentor["ФИО"], "Наставляемый": mentee["ФИО"]} | (agreed if not at else {})
        for at, (pair, mentor, mentee) in enumerate(
            zip(situation.pairs, situation.mentors, situation.mentees, strict=True)
        )
    ]


def live(desk: Desk, run: Any) -> dict[str, str]:
    """Live the year; return the text of the newest of each paper a head signs, by its kind and whom it is about."""
    told: dict[str, str] = {}

    def on(day: date) -> None:
        run(desk, day)
        for row in desk.register():
            if row.kind in SIGNED and not row.final:
                told.setdefault(_name(row), "\n".join(lines(desk.file(row).read_bytes())))

    on(SEPTEMBER)
    desk.type_cells("Пары", 3, {"Доп. соглашение №": "15", "Дата доп. соглашения": date(2026, 9, 1)})
    on(SEPTEMBER)
    for row in desk.register():
        if row.kind in ORDERS:
            desk.sign(row, ORDERS[row.kind], SEPTEMBER)
    _change(desk)
    on(NOVEMBER)
    on(DECEMBER)
    desk.meet(2, date(2026, 9, 22))
    desk.type_cells("Встречи", 3, {"Пара": "П-002", "Дата по плану": date(2026, 9, 23), "Дата проведения": date(2026, 9, 23), "Статус": "состоялась", "Тема": "Беседа"})  # fmt: skip
    on(MAY)
    return told


def _name(row: Any) -> str:
    subject = row.key.split("/")[2].partition("@")[0]
    return row.kind if subject == desks.SLUG else f"{row.kind} {subject}"


def _change(desk: Desk) -> None:
    """The first mentor takes another post; the second pair is ended by the employer."""
    first = desk.tab("Наставники").rows[0].code or "Н-001"
    desk.type_cells("Кадровые события", 2, {"Дата": date(2026, 11, 2), "Кто": first, "Что": "смена должности", "Новое значение": "старший методист"})  # fmt: skip
    ended = {"Состояние": "прекращена", "Дата окончания": date(2026, 11, 20), "Причина прекращения": "решение работодателя", "Дата уведомления о прекращении": date(2026, 11, 16)}  # fmt: skip
    desk.type_cells("Пары", 3, ended | {"Кто прекращает": "работодатель"})

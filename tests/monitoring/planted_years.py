"""An invented organisation's year as people type it: `year(seed)` gives an ordinary one, always the same for a seed.

Forty logs of meetings, about a thousand meetings, five hundred answers: some meetings called off, moved or left unmarked, marks from 7
to 10, every difficulty grown by two or three, and nobody who stands out. `planted_facts` changes the rows and tells what a note must
then say. Nothing here knows how the program counts or what it writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from tests.monitoring.recount_cells import Book, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN, OVER, LATER = date(2026, 9, 16), date(2027, 5, 31), date(2027, 8, 31)
# The days of the year's notes; each later one is compared with those before it.
DECEMBER, JANUARY, MARCH, MAY = date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31), date(2027, 5, 31)
JUDGED = date(2027, 5, 10)  # from this day on it is typed how each difficulty ended
STEP, CADENCE = 10, 3
CLOSED = frozenset(
    [date(2026, 11, 4), date(2027, 2, 23), date(2027, 3, 8), date(2027, 5, 1), date(2027, 5, 9)]
    + [date(2027, 1, at) for at in range(1, 9)]
)
SURNAMES = (
    "Барсукова", "Белкина", "Бобрикова", "Бузинова", "Василькова", "Вереснева", "Вишнякова", "Воробьёва", "Галкина", "Гвоздикова",
    "Голубева", "Горохова", "Грачёва", "Груздева", "Дроздова", "Дубравина", "Ежевикина", "Ельникова", "Жаворонкова", "Журавлёва",
    "Зайцева", "Зверева", "Земляникина", "Зябликова", "Иволгина", "Камышова", "Каштанова", "Кедрова", "Кизилова", "Кленова", "Клюквина",
    "Ковылёва", "Колосова", "Крапивина", "Куликова", "Лебедева", "Ландышева", "Лисицына", "Лопухова", "Лосева", "Малинина", "Медведева",
    "Мятина", "Облепихина", "Овсова", "Ольшанская", "Орехова", "Осокина", "Папоротникова", "Пескова", "Пихтова", "Подберёзкина",
    "Полынина", "Пшеницына", "Пчёлкина", "Ракитина", "Репина", "Ромашкина", "Рысева", "Рябинина", "Садовникова", "Самшитова",
    "Сиренева", "Скворцова", "Смородина", "Снегирёва", "Соболева", "Соловьёва", "Сосновская", "Стрижова", "Тальникова", "Терновская",
    "Тисова", "Травина", "Тростникова", "Туманова", "Удодова", "Фиалкова", "Хвощёва", "Хмелёва", "Цаплина", "Чайкина", "Черёмухина",
    "Чижова", "Шалфеева", "Шиповникова", "Щавелева", "Щеглова", "Ягодина", "Яблокова", "Ясенева", "Янтарёва", "Абрикосова", "Айвова",
    "Багульникова", "Берёзкина", "Боярышникова", "Брусникина", "Вербина", "Жасминова", "Ирисова", "Калинина", "Липина", "Маковская",
    "Мимозина", "Осинина",
)  # fmt: skip
GIVEN = ("Мария", "Анна", "Ольга", "Елена", "Светлана", "Ирина", "Наталья", "Дарья")
FATHERS = ("Ивановна", "Петровна", "Олеговна", "Юрьевна", "Сергеевна", "Павловна")
POSTS = ("воспитатель", "учитель-логопед", "педагог-психолог", "музыкальный руководитель")
SPHERES = (
    "планирование занятий", "работа с родителями", "ведение документации", "цифровые средства", "дисциплина на занятии", "развитие речи",
)  # fmt: skip
REASONS = ("совещание", "замещение коллеги", "")
CRITERIA = ("комфорт", "польза встреч", "уверенность")
WAVES = {"вход": date(2026, 9, 21), "промежуточная": date(2026, 12, 7), "выход": date(2027, 5, 11)}
CODE_ASKED, ROLE_ASKED, WORTH_ASKED = "Ваш код участника", "Ваша роль", "Оцените: обмен опытом"
MENTEES_FORM, MENTORS_FORM, ALL_FORM = "Анкета наставляемых", "Анкета наставников", "Опрос участников"
GLAD_MENTEE, GLAD_MENTOR = (
    "Насколько Вы довольны работой в паре?",
    "Насколько Вы довольны работой с наставляемым?",
)
CARD = (
    "Соответствие целям", "Соответствие принципам", "Соответствие современным подходам", "Психологический климат",
    "Логичность деятельности наставника", "Удовлетворённость участников", "Удовлетворённость партнёров", "Активность наставляемого",
    "Применение полученного",
)  # fmt: skip
PLAN = (
    ("1.1", "Закрепление наставнических пар", "Сентябрь 2026", "Приказ о закреплении наставнических пар"),
    ("1.2", "Утверждение персонализированных программ", "Сентябрь 2026", "Персонализированные программы наставничества"),
    ("2.1", "Неделя открытых занятий наставников", "Ноябрь 2026", "Открытые занятия"),
    ("2.2", "Школа молодого педагога", "Февраль 2027", "Занятия школы"),
    ("3.1", "Промежуточный мониторинг программ", "Декабрь 2026", "Аналитическая справка"),
    ("3.2", "Мониторинг за первое полугодие", "Январь 2027", "Аналитическая справка"),
    ("3.3", "Мониторинг работы пар", "Март 2027", "Аналитическая справка"),
    ("3.4", "Итоговый мониторинг программ", "Май 2027", "Аналитическая справка"),
)  # fmt: skip
NOTE_ROWS = {DECEMBER: "М-005", JANUARY: "М-006", MARCH: "М-007", MAY: "М-008"}


@dataclass
class Unit:
    """Who keeps one log, with all its rows: a pair has one mentee and one row of «Пары», a group several of both."""

    code: str
    mentor: Row
    mentees: list[Row]
    pairs: list[Row]
    meetings: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(row["⚙ Код"] for row in self.meetings)


@dataclass
class Year:
    """One organisation's tabs while they are typed; `free` are pairs that nothing has been planted on yet."""

    rng: Random
    units: list[Unit]
    tabs: dict[str, list[Row]]
    settings: dict[str, Any]
    free: list[Unit] = field(default_factory=list)

    def rows(self, tab: str) -> list[Row]:
        return self.tabs[tab]

    def take(self) -> Unit:
        """Return an ordinary pair and never again the same."""
        return self.free.pop(self.rng.randrange(len(self.free)))

    def group(self) -> Unit:
        return next(unit for unit in self.units if len(unit.mentees) > 1)

    def book(self, today: date = MAY) -> Book:
        """Return the tabs as they stood on a day."""
        return _as_known(self, today)


def year(seed: int, logs: int = 40, sizes: tuple[int, ...] = ()) -> Year:
    """Return an ordinary year of so many logs, a tenth of them groups; `sizes` says instead how many mentees each log has."""
    return _Typing(Random(seed), sizes or tuple(3 if at % 10 == 9 else 1 for at in range(logs))).typed()


class _Typing:
    """A year while it is being typed."""

    def __init__(self, rng: Random, sizes: tuple[int, ...]) -> None:
        self.rng, self.sizes = rng, sizes
        self.finished = rng.random() < 0.5
        self.names = iter(
            f"{surname} {rng.choice(GIVEN)} {rng.choice(FATHERS)}"
            for surname in rng.sample(SURNAMES, len(SURNAMES))
        )
        self.people = {"Н": 0, "Л": 0}
        self.pair_codes = (f"П-{at:03}" for at in count(1))
        self.meeting_codes = (f"В-{at:04}" for at in count(1))

    def typed(self) -> Year:
        units = [self.unit(size) for size in self.sizes]
        for at, unit in enumerate(units):
            unit.meetings = self.log(unit, BEGUN + timedelta(at % STEP))
        mentees = [row for unit in units for row in unit.mentees]
        tabs = {
            "Дорожная карта": list(_roadmap()),
            "Наставники": [unit.mentor for unit in units],
            "Наставляемые": mentees,
            "Пары": [row for unit in units for row in unit.pairs],
            "Встречи": [row for unit in units for row in unit.meetings],
            "Документы": list(_papers(units)),
            "Кадровые события": self.events(units),
            "Карта оценки": [self.card("I полугодие 2026/2027"), self.card("II полугодие 2026/2027")],
            **self.surveys(units),
        }
        settings = {
            "Педагогов всего": len(mentees) + len(units) + 20,
            "Молодых специалистов всего": len(mentees),
            "Норма: дней между встречами": 31,
            "Период дорожной карты (с)": date(2026, 9, 1),
            "Период дорожной карты (по)": date(2027, 8, 31),
            "Название дорожной карты": "Дорожная карта наставничества на 2026-2027 учебный год",
        }
        return Year(self.rng, units, tabs, settings, [unit for unit in units if len(unit.mentees) == 1])

    def unit(self, mentees: int) -> Unit:
        mentor = self.person("Н", **{"Стаж, лет": self.rng.randrange(8, 30), "Чем готов помочь": "планирование занятий", "Дата согласия быть наставником": date(2026, 9, 3), "Обучение наставничеству": "курсы, 36 ч, сентябрь 2026"})  # fmt: skip
        learn = [self.mentee() for _ in range(mentees)]
        codes = [next(self.pair_codes) for _ in learn]
        pairs = [
            {
                "Наставник": mentor["ФИО"], "Наставляемый": row["ФИО"], "Группа": f"Группа {codes[0][2:]}" if mentees > 1 else "",
                "Форма": "педагог – педагог", "Вид": "групповое" if mentees > 1 else "индивидуальное", "Цель": "уверенно вести занятия",
                "Задачи": "Определить трудности\nОсвоить приёмы", "Дата начала": date(2026, 9, 14), "Дата окончания": OVER if self.finished else LATER, "Встреч в месяц": CADENCE,
                "Доп. соглашение №": codes[0][2:], "Дата доп. соглашения": date(2026, 9, 9), "Состояние": "завершена" if self.finished else "действует", "⚙ Код": code,
            }
            for row, code in zip(learn, codes, strict=True)
        ]  # fmt: skip
        return Unit(codes[0], mentor, learn, pairs)

    def person(self, letter: str, **cells: Any) -> Row:
        self.people[letter] += 1
        base = {"ФИО": next(self.names), "Пол": "ж", "Должность": self.rng.choice(POSTS), "Дата согласия ПДн": date(2026, 9, 3), "Состояние": "действует"}  # fmt: skip
        return {**base, **cells, "⚙ Код": f"{letter}-{self.people[letter]:03}"}

    def mentee(self) -> Row:
        spheres = self.rng.sample(SPHERES, 2)
        told = [
            (sphere, low := self.rng.choice((3, 4, 5)), low + self.rng.choice((2, 3))) for sphere in spheres
        ]
        return self.person(
            "Л",
            **{
                "Дата приёма": date(2026, 8, 20), "Стаж, лет": self.rng.choice((0, 1, 2)), "Молодой специалист": True,
                "Категория лиц": "молодой специалист", "Запрос (что нужно)": spheres[0], "Дефициты": difficulties(told),
                "Дата согласия на участие": date(2026, 9, 4),
            },
        )  # fmt: skip

    def log(self, unit: Unit, first: date) -> list[Row]:
        rows, planned, loose = [], first, 0
        spheres = [sphere for row in unit.mentees for sphere, *_ in parted(row)]
        while planned < date(2027, 5, 27):
            on = _working(planned)
            happened = self.rng.random()
            loose = 0 if happened > 0.08 else loose + 1
            rows.append(
                self.meeting(unit, on, happened if loose < 2 else 1.0, spheres[len(rows) % len(spheres)])
            )
            planned += timedelta(STEP)
        return rows

    def meeting(self, unit: Unit, on: date, happened: float, sphere: str) -> Row:
        row = {
            "Пара": unit.pairs[0]["Группа"] or unit.code, "Дата по плану": on, "Тема": f"Беседа: {sphere}", "Дефицит": sphere,
            "Вид": self.rng.choice(("очно", "очно", "посещение занятия")), "Минут": self.rng.choice((40, 45, 60)), "⚙ Код": next(self.meeting_codes),
        }  # fmt: skip
        if happened < 0.03:
            return {**row, "Статус": "отменена", "Причина": self.rng.choice(REASONS)}
        if happened < 0.06:
            return {
                **row,
                **self.held(_working(on + timedelta(self.rng.randrange(1, 4)))),
                "Статус": "перенесена",
            }
        return row if happened < 0.08 else {**row, **self.held(on)}

    def held(self, on: date) -> Row:
        one, two = self.rng.choice((7, 8, 9, 10)), self.rng.choice((7, 8, 9, 10))
        blank = self.rng.random() < 0.04
        marks = {} if blank else {"Оценка наставляемого 1–10": one, "Оценка наставника 1–10": two}
        return {"Дата проведения": on, "Статус": "состоялась", "Что сделано": "разобрали занятие", **marks}

    def events(self, units: list[Unit]) -> list[Row]:
        seen = [unit for unit in units if self.rng.random() < 0.3]
        return [
            {"Дата": date(2026, 10, 1) + timedelta(self.rng.randrange(200)), "Кто": self.rng.choice(unit.mentees)["⚙ Код"], "Что": what, "Новое значение": "«Первые шаги»", "⚙ Код": f"С-{at:03}"}
            for at, unit in enumerate(seen, 1)
            for what in (self.rng.choice(("конкурс", "открытое занятие", "публикация")),)
        ]  # fmt: skip

    def card(self, period: str) -> Row:
        return {"Период": period, **dict.fromkeys(CARD, "2"), self.rng.choice(CARD): "1"}

    # --- questionnaires ---

    def surveys(self, units: list[Unit]) -> dict[str, list[Row]]:
        mentees = [row["⚙ Код"] for unit in units for row in unit.mentees]
        mentors = [unit.mentor["⚙ Код"] for unit in units]
        asked, tabs = [], {}
        for form, people in (
            (MENTEES_FORM, mentees),
            (MENTORS_FORM, mentors),
            (ALL_FORM, [*mentors, *mentees]),
        ):
            given = {
                who: dict.fromkeys((*map(criterion, CRITERIA), WORTH_ASKED), self.rng.choice((4, 5, 6)))
                for who in people
            }
            for wave, first in WAVES.items():
                questions = _questions(form, wave)
                name = f"{form} ({'середина' if wave == 'промежуточная' else wave})"  # a tab's title has 31 signs
                asked += [{"Анкета": name, "Вопрос": text, "Показатель": means, "Волна": wave, "Разослано": len(people) if means == "код" else None} for text, means in questions.items()]  # fmt: skip
                tabs[name] = [self.answer(questions, who, given[who], wave, first) for who in people if self.rng.random() < 0.98]  # fmt: skip
        return {"Анкеты": [{**row, "⚙ Код": f"А-{at:03}"} for at, row in enumerate(asked, 1)], **tabs}

    def answer(
        self, questions: dict[str, str], who: str, entry: dict[str, int], wave: str, first: date
    ) -> Row:
        grown = {"вход": (0,), "промежуточная": (1, 1, 2), "выход": (2, 3, 3)}[wave]
        row: Row = {"Отметка времени": datetime.combine(first + timedelta(self.rng.randrange(8)), time(9)) + timedelta(minutes=self.rng.randrange(500))}  # fmt: skip
        for text, means in questions.items():
            if means == "код":
                row[text] = who
            elif means == "роль":
                row[text] = "Наставник" if who.startswith("Н") else "Наставляемый"
            elif means in {"M10", "M11"}:
                row[text] = self.rng.choice((8, 9, 9, 10))
            else:
                row[text] = entry[text] + self.rng.choice(grown)
        return row


def criterion(name: str) -> str:
    """How a form asks for a criterion."""
    return f"Оцените: {name}"


def _questions(form: str, wave: str) -> dict[str, str]:
    told = {CODE_ASKED: "код"}
    if form == ALL_FORM:
        return {**told, ROLE_ASKED: "роль", WORTH_ASKED: "M12: обмен опытом"}
    if form == MENTORS_FORM:
        return {**told, GLAD_MENTOR: "M11"}
    glad = {} if wave == "вход" else {GLAD_MENTEE: "M10"}
    return {**told, **glad, **{criterion(name): f"M12: {name}" for name in CRITERIA}}


def difficulties(told: list[tuple[str, Any, Any]]) -> str:
    """Spell «Дефициты»: a line «сфера – до – после» each."""
    return "\n".join(f"{sphere} – {low} – {high}" for sphere, low, high in told)


def parted(mentee: Row) -> list[tuple[str, Any, Any]]:
    """Read a mentee's «Дефициты» back."""
    parts = [line.split(" – ") for line in mentee["Дефициты"].splitlines()]
    return [(sphere, int(low), int(high)) for sphere, low, high in parts]


def _working(on: date) -> date:
    while on in CLOSED or on.weekday() > 4:
        on += timedelta(1)
    return on


DONE_ON = {
    "1.1": date(2026, 9, 11), "1.2": date(2026, 9, 25), "2.1": date(2026, 11, 27), "2.2": date(2027, 2, 26),
    "3.1": date(2027, 1, 12), "3.2": date(2027, 2, 3), "3.3": date(2027, 4, 5),
}  # fmt: skip


def _roadmap() -> Iterator[Row]:
    for at, (number, what, term, result) in enumerate(PLAN, 1):
        done = {"Статус": "выполнено", "Дата выполнения": DONE_ON[number]} if number in DONE_ON else {}
        yield {
            "№ п/п": number, "Раздел / этап": "Работа пар", "Мероприятие": what, "Срок (как в документе)": term,
            "Ответственный": "Куратор", "Результат, вид документа": result, "⚙ Код": f"М-{at:03}", **done,
        }  # fmt: skip


def _papers(units: list[Unit]) -> Iterator[Row]:
    codes = [row["⚙ Код"] for unit in units for row in unit.pairs]
    yield paper("order.pairs", "школа", "101-од", date(2026, 9, 11), " ".join(codes))
    for at, unit in enumerate(units, 1):
        yield paper(
            "program.personal",
            unit.code,
            f"П-{at}",
            date(2026, 9, 18),
            " ".join(row["⚙ Код"] for row in unit.pairs),
        )


def paper(kind: str, subject: str, number: str, on: date, covers: str = "") -> Row:
    """A registered paper's row of «Документы»."""
    return {
        "Заголовок": kind, "Состояние": "зарегистрирован", "Рег. №": number, "Дата регистрации": on, "Версия": 1,
        "⚙ Охват": covers, "⚙ Ключ": f"школа/{kind}/{subject}/2026-2027",
    }  # fmt: skip


# --- the tabs on a day -------------------------------------------------------------------------------------------


def _as_known(told: Year, today: date) -> Book:
    """Leave out what nobody could have typed by that day."""
    known = {
        "Встречи": [_meeting_by(row, today) for row in told.rows("Встречи")],
        "Наставляемые": [_mentee_by(row, today) for row in told.rows("Наставляемые")],
        "Пары": [_pair_by(row, today) for row in told.rows("Пары")],
        "Кадровые события": [row for row in told.rows("Кадровые события") if row["Дата"] <= today],
        "Документы": [row for row in told.rows("Документы") if row["Дата регистрации"] <= today],
        "Карта оценки": told.rows("Карта оценки")[: 1 if today < MAY else 2],
        "Дорожная карта": [_row_by(row, today) for row in told.rows("Дорожная карта")],
    }
    forms = {
        name: [row for row in rows if row["Отметка времени"].date() <= today]
        for name, rows in told.tabs.items()
        if name.endswith(")")
    }
    return Book({**told.tabs, **known, **forms}, told.settings, CLOSED)


def _meeting_by(row: Row, today: date) -> Row:
    on = row.get("Дата проведения") or row["Дата по плану"]
    plan = ("Пара", "Дата по плану", "Тема", "Дефицит", "⚙ Код")
    return dict(row) if on <= today else {name: row[name] for name in plan}


def _mentee_by(row: Row, today: date) -> Row:
    if today >= JUDGED:
        return dict(row)
    return {**row, "Дефициты": "\n".join(line.rsplit(" – ", 1)[0] for line in row["Дефициты"].splitlines())}


def _pair_by(row: Row, today: date) -> Row:
    if row["Состояние"] == "действует" or row["Дата окончания"] <= today:
        return dict(row)
    known = {
        **row,
        "Состояние": "действует",
        "Причина прекращения": "",
        "Дата уведомления о прекращении": None,
    }
    return {**known, "Дата окончания": max(row["Дата окончания"], OVER)}


def _row_by(row: Row, today: date) -> Row:
    early = row.get("Дата выполнения") and row["Дата выполнения"] > today
    return {**row, "Статус": "", "Дата выполнения": None} if early else dict(row)

"""Organisations as people really fill their tabs: `book(seed)` gives one, always the same for a seed.

The truth comes first (who works with whom, when they meet, how content they are), then it is typed the awkward way: marks in every
spelling, rows twice, days in words, logs never filled. Nothing here knows how anything is counted.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.monitoring.recount_cells import Book, Row, Span

SEEDS = range(100)
LATER = date(2027, 6, 30)
EARLY = "цель достигнута раньше"
YEAR_START, YEAR_END = date(2026, 9, 1), date(2027, 5, 31)
SURNAMES = (
    "Рябинина", "Соловьёва", "Берёзкина", "Кленова", "Осинина", "Вербина", "Ольхова", "Липина", "Ясенева", "Сосновская", "Калинина",
    "Ракитина", "Черёмухина", "Жимолость", "Облепихина", "Ежевикина", "Брусникина", "Клюквина", "Голубикина", "Земляникина",
)  # fmt: skip
GIVEN = ("Мария", "Анна", "Ольга", "Елена", "Алёна", "Светлана", "Ирина")
FATHERS = ("Ивановна", "Петровна", "Олеговна", "Семёновна", "Юрьевна")
POSTS = ("воспитатель", "учитель", "учитель-логопед", "педагог-психолог", "музыкальный руководитель")
THEMES = ("Планирование", "Работа с родителями", "Открытое занятие", "Документация", "")
WORDS = ("5 октября", "в начале ноября", "12 октября 2026 г.", "вторая среда", "31.02.2027")
NOT_MARKS = (
    "",
    "—",
    "-",
    "хорошо",
    "отлично",
    "не помню",
    "0",
    0,
    11,
    "12",
    "н/д",
    "8-9",
    "4 из 5",
    "3/5",
    "восемь",
)
CLOSED = frozenset(
    [date(2027, 1, n) for n in range(1, 9)]
    + [
        date(2026, 11, 4),
        date(2027, 2, 23),
        date(2027, 3, 8),
        date(2027, 5, 1),
        date(2027, 5, 9),
        date(2025, 11, 4),
    ]
)
REASONS = ("увольнение", "По соглашению сторон", "болезнь", "")
DIFFICULTIES = (
    "планирование – 4 – 8", "работа с родителями - 5 - 5", "речь–3–6", "ИКТ — 4/5 — 5/5", "документация – 4,5 – 7,5",
    "дисциплина – 6 – 4", "открытое занятие – 5", "диагностика – мало – много", "подача материала", "игра – 3 – ", "цели – 7 из 10 – 9 баллов",
    "сюжетно-ролевая игра – 2 – 9", " – 4 – 6", "тайм-менеджмент",
)  # fmt: skip
CRITERIA = ("комфорт", "польза", "планирование")
CARD = (
    "Соответствие целям", "Соответствие принципам", "Соответствие современным подходам", "Психологический климат",
    "Логичность деятельности наставника", "Удовлетворённость участников", "Удовлетворённость партнёров", "Активность наставляемого",
    "Применение полученного",
)  # fmt: skip
# How a form words its questions: header, what the curator set for it, which scale.
CODE_HEADS = ("Укажите Ваш код участника", "Ваш код", "Код")
MENTEE_FORMS = {
    "педагог – педагог": ("молодой специалист", "новый сотрудник", "дефицит компетенций", ""),
    "руководитель – педагог": ("молодой специалист", "новый сотрудник"),
    "педагог – студент": ("студент",),
    "работодатель – студент": ("студент",),
    "работодатель – ученик": ("обучающийся",),
    "студент – ученик": ("обучающийся",),
    "ученик – ученик": ("обучающийся",),
}
FORM_WEIGHTS = (10, 2, 2, 1, 1, 1, 1)


def spans(seed: int) -> list[Span]:
    """The notes somebody asks for: the first half year, the year by the end of March, the whole year, and one cut in the middle."""
    rng = Random(f"spans {seed}")
    middle = YEAR_START + timedelta(rng.randrange(20, 260))
    half, march = date(2026, 12, 31), date(2027, 3, 31)
    return [
        Span(YEAR_START, half, half, half),
        Span(YEAR_START, half, half, LATER),
        Span(YEAR_START, march, YEAR_END, march),
        Span(YEAR_START, YEAR_END, YEAR_END, YEAR_END),
        Span(YEAR_START, YEAR_END, YEAR_END, LATER),
        Span(YEAR_START, middle, YEAR_END, middle),
    ]


def on_the_day(seed: int, today: date) -> Book:
    """Return the organisation's tabs as they stand on a day: nobody has yet typed how a pair ended that works on.

    A pair whose goal was reached early is typed as finished before its last day, and stays so.
    """
    whole = book(seed)
    ended = {"завершена", "прекращена"}
    pairs = [
        {**row, "Состояние": "действует"}
        if row["Состояние"] in ended and row["Дата окончания"] > today and row["Цель"] != EARLY
        else row
        for row in whole.rows("Пары")
    ]
    return Book({**whole.tabs, "Пары": pairs}, whole.settings, whole.days_off)


def book(seed: int) -> Book:
    """Return one organisation's tabs."""
    return _Organisation(Random(seed)).book()


class _Organisation:
    """One organisation while it is being typed."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        names = [
            f"{surname} {rng.choice(GIVEN)} {rng.choice(FATHERS)}"
            for surname in [*rng.sample(SURNAMES, len(SURNAMES)), *rng.sample(SURNAMES, len(SURNAMES))]
        ]
        self.names = iter(dict.fromkeys(names))
        self.mentors: list[Row] = []
        self.mentees: list[Row] = []
        self.pairs: list[Row] = []
        self.meetings: list[Row] = []
        self.papers: list[Row] = []
        self.events: list[Row] = []
        self.cards: list[Row] = []
        self.asked: list[Row] = []
        self.forms: dict[str, list[Row]] = {}

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(self.rng.randrange((last - first).days + 1))

    def book(self) -> Book:
        for number in range(self.rng.randrange(2, 8)):
            self.pair(number)
        if self.chance(0.3):
            self.group()
        if self.chance(0.4):
            self.reverse()
        for name in self.units():
            self.log(name)
        if self.chance(0.3):
            self.meetings.append(self.meeting("П-099", self.day_between(YEAR_START, YEAR_END)))
        self.ask_all()
        self.happen()
        self.judge()
        self.find_hard()
        own = {
            "Наставники": self.mentors,
            "Наставляемые": self.mentees,
            "Пары": self.pairs,
            "Встречи": self.meetings,
        }
        also = {
            "Документы": self.papers,
            "Кадровые события": self.events,
            "Карта оценки": self.cards,
            "Анкеты": self.asked,
        }
        return Book({**own, **also, **self.forms}, self.settings(), CLOSED)

    def settings(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "Педагогов всего": rng.choice([24, "31", 40, "18", None]),
            "Молодых специалистов всего": rng.choice([6, 9, "12", 4, None, 0]),
            "Норма: дней между встречами": rng.choice([None, None, None, 10, 21]),
            "Доволен: оценка от (из 10)": rng.choice([None, None, None, 7]),
            "Оптимальный уровень: баллов от": rng.choice([None, None, 16]),
            "Допустимый уровень: баллов от": rng.choice([None, None, 8]),
        }

    # --- people and pairs ---

    def mentor(self, form: str) -> Row:
        rng = self.rng
        agreed = self.day_between(date(2026, 8, 15), date(2026, 10, 15))
        row = {
            "ФИО": next(self.names),
            "Должность": {
                "студент": "студентка 4 курса",
                "ученик": "9 класс",
                "работодатель": "главный инженер",
            }.get(form.partition(" ")[0], "заведующий" if form.startswith("рук") else rng.choice(POSTS)),
            "Стаж, лет": rng.randrange(8, 35),
            "Чем готов помочь": "планирование",
            "Наставничество входит в трудовую функцию": True if self.chance(0.15) else None,
            "Дата согласия быть наставником": rng.choice([agreed, agreed, agreed, None, "отозвано"]),
            "Дата согласия ПДн": agreed,
            "Состояние": "действует",
            "⚙ Код": f"Н-{len(self.mentors) + 1:03}",
        }
        self.mentors.append(row)
        return row

    def mentee(self, category: str) -> Row:
        rng = self.rng
        agreed = self.day_between(date(2026, 8, 15), date(2026, 10, 15))
        pupil, student = category == "обучающийся", category == "студент"
        row = {
            "ФИО": next(self.names),
            "Должность": "8 класс" if pupil else "3 курс" if student else rng.choice(POSTS),
            "Дата приёма": None if pupil or student else date(2026, 8, 20),
            "Стаж, лет": None if pupil or student else rng.choice([0, 1, 2, 3, 4, 12, None]),
            "Молодой специалист": rng.choice([True, None, None]) if not (pupil or student) else None,
            "Категория лиц": category,
            "Дата рождения": date(rng.choice([2009, 2012, 2014]), 3, 5) if pupil else None,
            "Запрос (что нужно)": "планирование занятий",
            "Дата согласия на участие": rng.choice([agreed, agreed, agreed, None, "отозвано 12.10.2026"]),
            "Дата согласия ПДн": agreed,
            "Законный представитель": next(self.names) if pupil else None,
            "Дата согласия представителя": rng.choice([agreed, None]) if pupil else None,
            "Состояние": "действует",
            "⚙ Код": f"Л-{len(self.mentees) + 1:03}",
        }
        if not (pupil or student) and self.chance(0.1):
            row["Молодой специалист"] = "нет"
        self.mentees.append(row)
        return row

    def pair(self, number: int) -> None:
        form = self.rng.choices(tuple(MENTEE_FORMS), FORM_WEIGHTS)[0]
        same = [row for row, other in self._mentored() if other["Форма"] == form]
        mentor = self.rng.choice(same) if same and self.chance(0.3) else self.mentor(form)
        self._pair(mentor, self.mentee(self.rng.choice(MENTEE_FORMS[form])), form, self._days())

    def _mentored(self) -> list[tuple[Row, Row]]:
        by_name = {row["ФИО"].replace("ё", "е"): row for row in self.mentors}
        return [(by_name[pair["Наставник"].replace("ё", "е")], pair) for pair in self.pairs]

    def _days(self) -> tuple[date, date, str, str]:
        rng = self.rng
        start = self.day_between(date(2026, 9, 1), date(2026, 11, 1))
        fate = rng.choice(
            [
                "whole",
                "whole",
                "whole",
                "early",
                "finished",
                "future",
                "edge",
                "old",
                "asked",
                "overdue",
                "longer",
                "hasty",
            ]
        )
        if fate == "early":
            return (
                start,
                self.day_between(date(2026, 11, 15), date(2027, 4, 15)),
                "прекращена",
                rng.choice(REASONS),
            )
        if fate == "edge":
            return (
                start,
                rng.choice([date(2026, 12, 31), date(2027, 3, 31)]),
                rng.choice(["завершена", "прекращена", "действует"]),
                "болезнь",
            )
        if fate == "old":
            return (
                rng.choice([date(2025, 1, 15), date(2025, 10, 1), date(2026, 2, 1)]),
                YEAR_END,
                "действует",
                "",
            )
        if fate == "longer":
            return date(2026, 1, 12), date(2027, 5, 20), "продлена", ""
        last = self.day_between(date(2027, 1, 20), date(2027, 5, 25))
        return {
            "whole": (start, YEAR_END, "действует", ""),
            "finished": (start, last, "завершена", ""),
            "future": (date(2027, 2, 1), YEAR_END, "действует", ""),
            "asked": (start, YEAR_END, rng.choice(["предложена", "согласована"]), ""),
            "overdue": (start, last, "действует", ""),
            "hasty": (start, YEAR_END, "завершена", EARLY),
        }[fate]

    def _pair(
        self, mentor: Row, mentee: Row, form: str, days: tuple[date, date, str, str], group: str = ""
    ) -> Row:
        rng, (start, end, state, reason) = self.rng, days
        row = {
            "Наставник": mentor["ФИО"].replace("ё", "е") if self.chance(0.2) else mentor["ФИО"],
            "Наставляемый": mentee["ФИО"],
            "Группа": group,
            "Форма": form,
            "Вид": "групповое" if group else "индивидуальное",
            "Цель": EARLY if reason == EARLY else "уверенно вести занятия",
            "Дата начала": start,
            "Дата окончания": end,
            "Встреч в месяц": rng.choice([2, 4, None]),
            "Доп. соглашение №": "7",
            "Дата доп. соглашения": rng.choice([start - timedelta(1), start - timedelta(1), None]),
            "Состояние": state,
            "Причина прекращения": reason if state == "прекращена" else "",
            "⚙ Код": f"П-{len(self.pairs) + 1:03}",
        }
        self.pairs.append(row)
        self._register(row, start)
        return row

    def _register(self, pair: Row, start: date) -> None:
        signed = self.day_between(start - timedelta(5), start + timedelta(40))
        for kind, subject in (("order.pairs", "школа"), ("program.personal", pair["⚙ Код"])):
            state = self.rng.choice(["зарегистрирован", "зарегистрирован", "зарегистрирован", "проект", None])
            if state:
                done = state == "зарегистрирован"
                self.papers.append(
                    {
                        "⚙ Ключ": f"школа/{kind}/{subject}/{len(self.papers)}",
                        "Состояние": state,
                        "Рег. №": f"{len(self.papers) + 1}-од" if done else "",
                        "Дата регистрации": signed if done else None,
                        "⚙ Охват": pair["⚙ Код"],
                    }
                )

    def group(self) -> None:
        mentor, days = self.mentor("педагог – педагог"), (date(2026, 9, 15), YEAR_END, "действует", "")
        for _ in range(self.rng.randrange(2, 4)):
            self._pair(mentor, self.mentee("новый сотрудник"), "педагог – педагог", days, "Малыши")

    def reverse(self) -> None:
        """One of the mentees teaches one of the mentors something: both stand in both lists."""
        teachers = [
            (mentor, pair)
            for mentor, pair in self._mentored()
            if pair["Форма"] == "педагог – педагог" and not pair["Группа"]
        ]
        if not teachers:
            return
        mentor, pair = self.rng.choice(teachers)
        younger = self.mentor("педагог – педагог")
        younger["ФИО"] = pair["Наставляемый"]
        older = self.mentee("")
        older.update({"ФИО": mentor["ФИО"], "Стаж, лет": mentor["Стаж, лет"], "Молодой специалист": None})
        reverse = self._pair(
            younger, older, "педагог – педагог", (date(2026, 10, 1), YEAR_END, "действует", "")
        )
        reverse["Вид"] = "реверсивное"

    # --- the log ---

    def units(self) -> list[str]:
        return list(dict.fromkeys(row["Группа"] or row["⚙ Код"] for row in self.pairs))

    def log(self, name: str) -> None:
        habit = self.rng.choice(
            ["kept", "kept", "kept", "kept", "never", "plan only", "silent", "facts only"]
        )
        pair = next(row for row in self.pairs if name in {row["Группа"], row["⚙ Код"]})
        first, step = max(pair["Дата начала"], YEAR_START), self.rng.choice([7, 10, 12, 13, 14, 14, 15, 21])
        if habit == "never":
            return
        silent = self.day_between(date(2026, 11, 1), date(2027, 3, 1)) if habit == "silent" else YEAR_END
        on = first + timedelta(self.rng.randrange(10))
        while on <= min(pair["Дата окончания"], YEAR_END):
            row = self.meeting(name, on, held=habit != "plan only" and on <= silent)
            if habit == "facts only":
                row["Дата по плану"] = None
            self.meetings.append(row)
            if self.chance(0.05):
                self.meetings.append({**row, "⚙ Код": ""})
            if self.chance(0.04):
                self.meetings.append({**row, "Дата проведения": None, "Статус": "", "⚙ Код": ""})
            on += timedelta(step)
        if self.chance(0.3):
            outside = self.rng.choice(
                [pair["Дата начала"] - timedelta(6), pair["Дата окончания"] + timedelta(9)]
            )
            self.meetings.append(self.meeting(name, outside))

    def meeting(self, name: str, planned: date, *, held: bool = True) -> Row:
        rng = self.rng
        row: Row = {
            "Пара": name.lower() if self.chance(0.05) else name,
            "Дата по плану": planned,
            "Дата проведения": None,
            "Статус": "",
            "Причина": "",
            "Тема": rng.choice(THEMES),
            "Оценка наставляемого 1–10": None,
            "Оценка наставника 1–10": None,
            "⚙ Код": f"В-{len(self.meetings) + 1:03}",
        }
        if held:
            self._hold(row, planned)
        return row

    def _hold(self, row: Row, planned: date) -> None:
        rng = self.rng
        ways = ["held"] * 30 + [
            "no status",
            "no day",
            "words",
            "moved",
            "moved open",
            "called off",
            "off yet dated",
            "empty",
            "unplanned",
            "text",
        ]
        way, on = rng.choice(ways), planned + timedelta(rng.choice([0, 0, 0, 1, 2]))
        row["Статус"] = "состоялась"
        row["Дата проведения"] = on
        row["Оценка наставляемого 1–10"], row["Оценка наставника 1–10"] = self.feedback(), self.feedback()
        changes: dict[str, Row] = {
            "no status": {"Статус": ""},
            "no day": {"Дата проведения": None},
            "words": {"Дата проведения": rng.choice(WORDS)},
            "text": {"Дата проведения": f"{on:%d.%m.%Y}", "Дата по плану": f"{planned:%d.%m.%Y}"},
            "moved": {"Статус": "перенесена", "Дата проведения": planned + timedelta(5)},
            "moved open": {"Статус": "перенесена", "Дата проведения": None},
            "called off": {"Статус": "отменена", "Дата проведения": None, "Причина": "карантин"},
            "off yet dated": {"Статус": "отменена", "Причина": "карантин"},
            "empty": {"Статус": "", "Дата проведения": None},
            "unplanned": {"Дата по плану": None},
        }
        row.update(changes.get(way, {}))
        if row["Дата проведения"] is None:
            row["Оценка наставляемого 1–10"] = row["Оценка наставника 1–10"] = None

    def feedback(self) -> Any:
        return self.mark() if self.chance(0.7) else None

    def mark(self, scale: int = 10) -> Any:
        """A mark as people type it, or something that is none."""
        rng = self.rng
        if self.chance(0.12):
            return rng.choice(NOT_MARKS)
        points = rng.randrange(max(1, scale // 2), scale + 1)
        half = min(points + 0.5, scale)
        spellings = [
            points,
            points,
            points,
            str(points),
            f"{points}/{scale}",
            f"{points} из {scale}",
            f"{half:g}".replace(".", ","),
            half,
            "восемь",
            "4 из 5",
            "9/10",
            f"{points} (хорошо)",
        ]
        return rng.choice(spellings)

    # --- questionnaires ---

    def ask_all(self) -> None:
        rng = self.rng
        five = self.chance(0.3)
        if self.chance(0.85):
            self.ask("Ответы на форму (1)", "вход", ["M12", "открытый"], five=five)
            self.ask(
                "Ответы на форму (2)", "выход", ["M12", "M10", "открытый"], five=five and self.chance(0.8)
            )
        if self.chance(0.5):
            self.ask(
                "Ответы на форму (3)",
                rng.choice(["промежуточная", "выход"]),
                ["роль", "M10", "M11"],
                five=self.chance(0.3),
            )

    def ask(self, form: str, wave: str, parts: list[str], *, five: bool) -> None:
        rng, scale, tail = self.rng, 5 if five else 10, " (шкала 5)" if five else ""
        head = rng.choice(CODE_HEADS)
        columns: dict[str, str] = {head: rng.choice(["код", "код", "код", ""])}
        for part in parts:
            if part == "M12":
                columns.update({f"Оцените: {name}": f"M12: {name}{tail}" for name in CRITERIA})
            elif part == "роль":
                columns["Ваша роль"] = "роль"
            elif part == "открытый":
                columns["Что было ценно?"] = "открытый"
            else:
                columns[f"Насколько Вы довольны ({part})?"] = part + tail
        yes_or_no = self.chance(0.2)
        if yes_or_no and "M10" in parts:
            columns["Довольны ли Вы?"] = "M10"
        sent = rng.choice([None, 6, 10, "12", 15])
        self.asked += [
            {
                "Анкета": form,
                "Вопрос": text,
                "Показатель": means,
                "Волна": wave,
                "Разослано": sent if text == head else None,
            }
            for text, means in columns.items()
        ]
        self.forms[form] = [
            self.answer(columns, scale, wave, head, who) for who in self.respondents("роль" in parts)
        ]

    def respondents(self, both: bool) -> list[Row]:
        people = [*self.mentees, *(self.mentors if both else [])]
        came = [row for row in people if self.chance(0.85)]
        twice = [row for row in came if self.chance(0.12)]
        return came + twice

    def answer(self, columns: dict[str, str], scale: int, wave: str, head: str, who: Row) -> Row:
        rng = self.rng
        first = {"вход": date(2026, 9, 5), "промежуточная": date(2026, 12, 1), "выход": date(2027, 4, 1)}[
            wave
        ]
        on = self.day_between(first, first + timedelta(45))
        code = who["⚙ Код"]
        row: Row = {"Отметка времени": datetime.combine(on, time(9)) + timedelta(minutes=rng.randrange(600))}
        for text, means in columns.items():
            if text == head:
                row[text] = rng.choice(
                    [code] * 12 + [code.lower(), code.replace("-", " "), "не знаю", "", None]
                )
            elif means == "роль":
                row[text] = rng.choice(["Наставник" if code.startswith("Н") else "Наставляемый"] * 9 + [""])
            elif means == "открытый":
                row[text] = rng.choice(["поддержка", "всё понравилось", ""])
            elif text == "Довольны ли Вы?":
                row[text] = rng.choice(["да", "да", "Да", "нет", ""])
            else:
                row[text] = self.mark(scale)
        return row

    # --- events and the card ---

    def happen(self) -> None:
        rng = self.rng
        people = [*self.mentors, *self.mentees]
        for _ in range(rng.randrange(6)):
            row = rng.choice(people)
            what = rng.choice(["аттестация", "конкурс", "открытое занятие", "публикация"])
            name = rng.choice([row["⚙ Код"], row["ФИО"]])
            event = {
                "Дата": self.day_between(date(2026, 8, 1), date(2027, 6, 20)),
                "Кто": name,
                "Что": what,
                "Новое значение": "«Поиск»",
            }
            self.events.append(event)
            if self.chance(0.1):
                self.events.append(dict(event))
        if self.chance(0.2):
            self.events.append(
                {"Дата": date(2026, 12, 5), "Кто": "Н-777", "Что": "конкурс", "Новое значение": "«Взлёт»"}
            )
        if self.chance(0.3):
            self.leave()
        if self.chance(0.3):
            self.marry()

    def leave(self) -> None:
        row = self.rng.choice(self.mentees)
        on = self.day_between(date(2026, 10, 1), date(2027, 5, 1))
        if self.chance(0.7):
            self.events.append(
                {
                    "Дата": on,
                    "Кто": row["ФИО"],
                    "Что": self.rng.choice(["уволен", "отпуск по уходу"]),
                    "Новое значение": "",
                }
            )
        else:
            row["Состояние"] = "выбыл"

    def marry(self) -> None:
        """A surname changes: the event is typed, the list is mended or not, «Пары» is not."""
        once = {row["ФИО"] for row in self.mentors} & {row["ФИО"] for row in self.mentees}
        row = self.rng.choice(self.mentees)
        if row["ФИО"] in once:
            return
        new = "Новосёлова"
        who = self.rng.choice([row["⚙ Код"], row["ФИО"]])
        self.events.append(
            {
                "Дата": self.day_between(date(2026, 10, 1), date(2027, 4, 1)),
                "Кто": who,
                "Что": "смена фамилии",
                "Новое значение": new,
            }
        )
        if self.chance(0.6):
            row["ФИО"] = " ".join([new, *row["ФИО"].split(" ")[1:]])

    def judge(self) -> None:
        periods = [
            "I полугодие 2026/2027",
            "II полугодие 2026/2027",
            "Май 2027",
            "2026/2027",
            "15.12.2026",
            "2025/2026",
            "когда-то",
        ]
        for period in self.rng.sample(periods, self.rng.randrange(4)):
            points = {name: self.rng.choice(["0", "1", 2, "2", 2, 1]) for name in CARD}
            if self.chance(0.4):
                points[self.rng.choice(CARD)] = self.rng.choice(["", None, "3", "да"])
            self.cards.append({"Период": period, **points})

    def find_hard(self) -> None:
        """Type what each mentee finds hard, with a generator of its own: the other tabs of a seed stay as they are."""
        rng = Random(f"difficulties {len(self.meetings)} {len(self.mentees)}")
        for row in self.mentees:
            lines = rng.sample(DIFFICULTIES, rng.randrange(4))
            row["Дефициты"] = "\n".join(lines) if rng.random() < 0.9 else None

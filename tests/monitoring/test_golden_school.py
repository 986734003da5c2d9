"""A second school with another year, 2024-2025, whole: what its book is understood as, its papers, cells and notes.

The text lies in `golden_school.txt`; `python -m tests.monitoring.test_golden_school` writes it anew. Every figure of
the notes is counted once more from the rows typed here, by plain functions that know nothing of the program's counting.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import count, pairwise
from pathlib import Path

from flows import settings
from flows.domain.book.understanding import BookContents, Supplied, understand
from flows.domain.columns import system_columns
from flows.domain.documents.kinds.note_monitoring import written
from flows.domain.model import Filed, Origin, Row
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.register.life import latest
from flows.domain.terms.reading import Window

KEPT = Path(__file__).parent / "golden_school.txt"
OFF = settings.days_off(2024, 2026)
LAST = date(2025, 5, 31)
# The day before the council, its day (a note's window begins with it), the last day of the year's note, a day in summer.
DAYS = (date(2025, 3, 27), date(2025, 3, 28), LAST, date(2025, 7, 1))
D = date.fromisoformat

CARD = (
    ("Организация",),
    ("Параметр", "Значение"),
    ("Полное наименование", "муниципальное бюджетное общеобразовательное учреждение «Заречная школа № 3»"),
    ("Краткое наименование", "МБОУ «Заречная СОШ № 3»"), ("Должность руководителя", "директор"), ("ФИО руководителя", "Соколова Марина Викторовна"),
    ("Куратор", "Громова Татьяна Ильинична"), ("Должность куратора", "методист"), ("Учебный год", "2024-2025"), ("Город", "г. Заречный"),
    ("Педагогов всего", 20), ("Молодых специалистов всего", 4),
    # The school's own method: three weeks, satisfied from seven, its own levels.
    ("Методика оценки", "Методика школы, приказ № 4"), ("Норма: дней между встречами", 21), ("Доволен: оценка от (из 10)", 7),
    ("Оптимальный уровень: баллов от", 16), ("Допустимый уровень: баллов от", 10),
    ("Педсоветы",),
    ("№", "Дата", "Тема", "Протокол №", "Дата протокола"),
    ("1", D("2024-08-30"), "", "1", D("2024-08-30")), ("2", D("2025-03-28"), "", "2", D("2025-03-28")), ("3", D("2025-05-30")),
    ("Нерабочие дни",),
    ("Дата", "Что"),
    (D("2025-05-05"), "перенос"),
)  # fmt: skip
PLAN = (
    ("1.1", "I этап. Подготовка", "Закрепление пар", "до 16.09.2024", "Приказ о закреплении наставнических пар", "выполнено"),
    ("1.2", "I этап. Подготовка", "Утверждение программ", "Октябрь 2024", "Персонализированные программы", ""),
    ("2.1", "II этап. Работа", "Мониторинг программ пар", "с 28.03.2025 по 10.04.2025", "Аналитическая справка", ""),
    ("2.2", "II этап. Работа", "Мониторинг качества по итогам II этапа", "до 31.05.2025", "Аналитическая справка", ""),
    ("3.1", "III этап. Итоги", "Итоговый мониторинг программы", "Май 2025", "Аналитическая справка", ""),
    ("3.2", "III этап. Итоги", "Подведение итогов", "по завершении работы пар", "Итоговый отчёт куратора", ""),
)  # fmt: skip
MENTORS = (
    ("Н-001", "Орлова Вера Дмитриевна", 20, D("2024-09-05"), False), ("Н-002", "Зимина Анна Павловна", 15, None, True), ("Н-003", "Панина Елена Олеговна", 9, D("2025-05-12"), False),
)  # fmt: skip
# Nobody typed whether the second is a young specialist; the third is a student whose birthday nobody typed.
MENTEES = (
    ("Л-001", "Белова Дарья Алексеевна", "учитель", 1, True, "", D("2024-05-20")), ("Л-002", "Крылова Полина Игоревна", "учитель", 2, None, "", D("2024-09-06")),
    ("Л-003", "Ильина Ольга Сергеевна", "2 курс", None, False, "студент", None), ("Л-004", "Жукова Нина Петровна", "учитель", 3, False, "", D("2024-09-06")),
)  # fmt: skip
PAIRS = (
    # A year ago to the day of the cut-off; broken off; begins on the note's last day; came to its end the day before.
    ("П-001", "Н-001", "Л-001", "педагог – педагог", D("2024-05-31"), D("2025-05-31"), "5", D("2024-05-27"), "действует", ""),
    ("П-002", "Н-002", "Л-002", "педагог – педагог", D("2024-09-16"), D("2025-02-14"), "", None, "прекращена", "переезд"),
    ("П-003", "Н-003", "Л-003", "педагог – студент", D("2025-05-31"), D("2025-08-29"), "", None, "согласована", ""),
    ("П-004", "Н-001", "Л-004", "педагог – педагог", D("2024-10-01"), D("2025-05-30"), "6", D("2024-09-20"), "завершена", ""),
)  # fmt: skip
# Pair, planned, held, state, the mentee's mark, the mentor's.
MEETINGS = (
    ("П-001", D("2024-09-20"), D("2024-09-20"), "состоялась", 9, 8), ("П-001", D("2024-10-04"), D("2024-10-11"), "состоялась", None, None),
    ("П-001", D("2025-01-15"), None, "отменена", None, None), ("П-001", D("2025-05-31"), D("2025-05-31"), "состоялась", 10, 4),
    ("П-002", D("2024-10-01"), D("2024-10-01"), "состоялась", None, 7), ("П-002", D("2025-02-14"), D("2025-02-14"), "состоялась", None, None),
    ("П-002", D("2025-02-15"), D("2025-02-15"), "состоялась", 8, 8), ("П-004", D("2024-10-15"), D("2024-10-15"), "состоялась", 9, 9),
    ("П-004", D("2025-03-01"), None, "", None, None), ("П-004", D("2025-05-30"), D("2025-05-30"), "состоялась", 9, None),
)  # fmt: skip
GLAD, EASY, CODE, WHO = "Вы довольны работой пары?", "Насколько Вам комфортно?", "Код участника", "Кто Вы?"
# Tab: its wave, its scale, forms handed out, the days and lines: day, code, role as typed, content, comfort.
ANSWERS = {
    "Вход": ("вход", 5, None, (
        ("2024-10-01", "Л-001", "Наставляемый", None, 2), ("2024-10-01", "Л-004", "молодой специалист", None, 3), ("2024-10-02", "л 2", "наставляемая", None, 5),
    )),
    "Выход по десять": ("выход", 10, 5, (
        ("2025-05-20", "Л-001", "Наставляемый", 6, 9), ("2025-05-21", "Л-001", "Наставляемый", 7, 7), ("2025-05-20", "Л-004", "молодой специалист", 6, 6),
        ("2025-05-20", "Н-001", "Наставник", 10, None),
    )),
    "Выход по пять": ("выход", 5, 4, (
        ("2025-05-31", "Л-002", "наставляемая", 4, 4), ("2025-05-22", "Л-003", "Стажёр", 3, None), ("2025-05-22", "Н-003", "педагог-наставник", 5, None),
        ("2025-06-01", "Л-009", "Наставляемый", 5, None),
    )),
}  # fmt: skip
POINTS = (2, 2, 1, 2, 1, 2, 2, 2, 2)
EVENTS = ((D("2025-05-31"), "Л-001", "открытое занятие"), (D("2025-06-01"), "Л-001", "конкурс"))
CARDS = settings.monitoring()["card"]["names"]


def filed(kind, about, number, day, **more):
    told = {"title": kind, "covers": (), "state": "зарегистрирован", **more}
    return Filed(
        f"zarechie/{kind}/{about}/2024-2025", 1, kind, told["title"], "", told["state"], "f", "v", "m", "", "", number=number, day=D(day), covers=told["covers"],
        origin=Origin("", "Документы", 2),
    )  # fmt: skip


# The order names the broken pair, and the broken pair's own programme stays in the files; a cancelled one counts for none.
REGISTER = (
    filed("order.introduce", "zarechie", "118", "2024-09-02", title="О внедрении"),
    filed(
        "order.pairs", "zarechie", "119", "2024-09-16", title="О закреплении пар", covers=("П-001", "П-002")
    ),
    filed("program.personal", "П-002", "7", "2024-09-20", title="Программа П-002"),
    filed("program.personal", "П-004", "8", "2025-05-31", title="Программа П-004"),
    filed("program.personal", "П-001", "9", "2024-09-20", title="Программа П-001", state="отменён"),
)


def rows():
    """The tabs of the book, as they are typed."""
    line = count(2)

    def row(tab, code, cells):
        return Row(Origin("Книга", tab, next(line)), code, {name: value for name, value in cells.items() if value not in {None, ""}})  # fmt: skip

    told = {
        "Дорожная карта": [
            row("Дорожная карта", f"М-{at:03}", dict(zip(("№ п/п", "Раздел / этап", "Мероприятие", "Срок (как в документе)", "Результат, вид документа", "Статус"), cells, strict=True), Ответственный="куратор"))
            for at, cells in enumerate(PLAN, 1)
        ],
        "Наставники": [
            row("Наставники", code, {"ФИО": name, "Должность": "учитель", "Стаж, лет": years, "Дата согласия быть наставником": signed, "Наставничество входит в трудовую функцию": own, "Состояние": "действует"})
            for code, name, years, signed, own in MENTORS
        ],
        "Наставляемые": [
            row("Наставляемые", code, {"ФИО": name, "Должность": post, "Стаж, лет": years, "Молодой специалист": young, "Категория лиц": sort, "Дата согласия на участие": signed, "Состояние": "действует"})
            for code, name, post, years, young, sort, signed in MENTEES
        ],
        "Пары": [
            row("Пары", code, {"Наставник": mentor, "Наставляемый": mentee, "Форма": form, "Вид": "индивидуальное", "Цель": "цель", "Дата начала": start, "Дата окончания": end, "Доп. соглашение №": number, "Дата доп. соглашения": signed, "Состояние": state, "Причина прекращения": why})
            for code, mentor, mentee, form, start, end, number, signed, state, why in PAIRS
        ],
        "Встречи": [
            row("Встречи", f"В-{at:03}", {"Пара": pair, "Дата по плану": planned, "Дата проведения": held, "Статус": state, "Тема": "тема", "Оценка наставляемого 1–10": one, "Оценка наставника 1–10": two})
            for at, (pair, planned, held, state, one, two) in enumerate(MEETINGS, 1)
        ],
        "Анкеты": [
            row("Анкеты", f"А-{next(line):03}", {"Анкета": tab, "Вопрос": asked, "Показатель": means.format(scale), "Волна": wave, "Разослано": sent})
            for tab, (wave, scale, sent, _) in ANSWERS.items()
            for asked, means in ((CODE, "код"), (WHO, "роль"), (GLAD, "M10 (шкала {})"), (EASY, "M12: комфорт (шкала {})"))
        ],
        "Карта оценки": [row("Карта оценки", "К-001", {"Период": "II полугодие 2024/2025", **dict(zip(CARDS, POINTS, strict=True))})],
        "Кадровые события": [row("Кадровые события", f"С-{at:03}", {"Дата": day, "Кто": who, "Что": what}) for at, (day, who, what) in enumerate(EVENTS, 1)],
    }  # fmt: skip
    grids = {
        tab: [["Отметка времени", CODE, WHO, GLAD, EASY], *([f"{D(day):%d.%m.%Y} 10:00:00", *cells] for day, *cells in lines)]
        for tab, (_, _, _, lines) in ANSWERS.items()
    }  # fmt: skip
    return told, grids


@cache
def understood(today):
    told, grids = rows()
    lines = [(at, cells) for at, cells in enumerate(CARD, 1)]
    contents = BookContents("Книга", told, lines, REGISTER, {}, grids=grids)
    supplied = Supplied(
        settings.catalogue(), settings.norms(), settings.monitoring(), OFF, settings.questionnaires()
    )
    return understand("zarechie", contents, today, supplied)


def planned(today):
    told = understood(today)
    wishes = Wishes(
        settings.catalogue(),
        dict.fromkeys(settings.catalogue(), lambda _: {}),
        OFF,
        Doubts(stopped=told.stopped),
    )
    return plan(told.facts, wishes), wishes


def note_of(number, window, today=LAST):
    facts = understood(today).facts
    activity = next(each for each in facts.activities if each.number == number)
    return written(replace(facts, activity=activity, window=window, subject=""), "note.monitoring")


# --- the text ----------------------------------------------------------------------------------------------------


def said_of(note):
    yield f"# {note.title} | данные по {note.cut_off}"
    for mark, sections in (("", note.sections), ("Приложение ", note.appendices)):
        for section in sections:
            yield f"## {mark}{section.number}. {section.heading}"
            yield from section.paragraphs
            yield from (
                f"- {line.text}{f' [{line.source}]' if line.source else ''}" for line in section.lines
            )
            yield from (f"({chart.number}. {chart.caption})" for chart in section.charts)
            for table in section.tables:
                yield f"[{table.number}. {table.caption}]"
                yield from (
                    " | ".join(cell.replace("\n", " / ") for cell in line)
                    for line in (table.head, *table.rows)
                )


def text():
    """The whole school as text: what was found odd, and for each day the plan and the cells; then its notes."""
    for today in DAYS:
        told = understood(today)
        made, wishes = planned(today)
        yield f"=== {today} ==="
        yield "--- найдено"
        yield from sorted(
            {f"{each.severity} {each.code} {each.subject}" for each in (*told.problems, *made.problems)}
        )
        yield "--- документы"
        yield from sorted(
            f"{each.key.removeprefix('zarechie/')}{' опоздал' if each.late else ''}{' как есть' if each.frozen else ''} ({', '.join((*each.covers, *each.rows))})"
            for each in made.planned
        )
        yield "--- ячейки"
        known = latest(told.facts.register)
        own = {row.code: row.origin.row for row in told.rows["Пары"]}
        cells = {
            **system_columns.roadmap(told.facts, wishes, made.planned, known),
            **system_columns.pairs(told.facts, made.planned, known, own),
        }
        yield from (
            f"{name}: {value}".replace("\n", " / ") for row in cells.values() for name, value in row.items()
        )
    yield from said_of(note_of("3.1", Window(D("2025-05-01"), LAST)))
    yield from said_of(note_of("2.2", Window(None, LAST)))


def test_the_school_is_the_one_agreed_on():
    kept, now = KEPT.read_text("utf-8").splitlines(), list(text())
    assert now == kept, "\n".join(difflib.unified_diff(kept, now, "was", "is", lineterm="", n=1))


# --- the same figures, counted from the rows above by hand ---------------------------------------------------------

FIRST = D("2024-09-01")
WORKED = [pair for pair in PAIRS if pair[4] <= LAST and pair[5] >= FIRST]
TERMS = {pair[0]: (pair[4], pair[5]) for pair in PAIRS}
YOUNG = {
    code
    for code, _, _, years, young, *_ in MENTEES
    if (young if young is not None else years is not None and years < 3)
}
TEACHING = {code for code, *_, sort, _ in MENTEES if not sort}


def own_meetings(pair):
    """The log rows of a pair that lie inside its own days and the note's."""
    begins, ends = TERMS[pair]
    return [
        each
        for each in MEETINGS
        if each[0] == pair and max(begins, FIRST) <= (each[2] or each[1]) <= min(ends, LAST)
    ]


def held_by(pair):
    return [each for each in own_meetings(pair) if each[2] and each[3] == "состоялась"]


def longest(pair):
    """The longest wait in days, holidays and the school's own day off left out."""
    begins, ends = TERMS[pair]
    stops = [max(begins, FIRST), *(each[2] for each in held_by(pair)), min(ends, LAST)]
    off = OFF | {D("2025-05-05")}
    waits = [
        sum(date.fromordinal(day) not in off for day in range(one.toordinal() + 1, two.toordinal() + 1))
        for one, two in pairwise(stops)
    ]
    return max(waits, default=0)


def programmes():
    kept = [
        row
        for row in REGISTER
        if row.kind == "program.personal" and row.state != "отменён" and row.day <= LAST
    ]
    return {row.key.split("/")[2] for row in kept}


def papers_in_order(pair):
    """Both consents by the last day, the agreement and the order; mentoring as the own job asks neither consent nor agreement of the mentor."""
    code, mentor, mentee, *_ = pair
    own_job = next(own for who, *_, own in MENTORS if who == mentor)
    said = next(day for who, *_, day, _ in MENTORS if who == mentor)
    agreed = next(day for who, *_, day in MENTEES if who == mentee)
    ordered = {code for row in REGISTER if row.kind == "order.pairs" for code in row.covers}
    return bool((own_job or (said and pair[6])) and agreed and code in ordered)


def marks(tabs, column):
    """The last mark of each mentee in some tabs, as a part of its scale; nobody else is a mentee."""
    told = {}
    for tab in tabs:
        _, scale, _, lines = ANSWERS[tab]
        for day, who, role, *given in lines:
            code = f"Л-{int(who.removeprefix('л')):03}" if who.startswith("л ") else who
            if D(day) <= LAST and "аставник" not in role and given[column] is not None:
                told[code] = max(told.get(code, (day, 0)), (day, Fraction(given[column], scale)))
    return {code: part for code, (_, part) in told.items()}


def answered(tab):
    return {line[1] for line in ANSWERS[tab][3] if D(line[0]) <= LAST}


def recounted():
    """Each indicator as «how many of how many»."""
    mentees = {pair[2] for pair in WORKED}
    mentors = {pair[1] for pair in WORKED}
    lines = [each for pair in WORKED for each in own_meetings(pair[0])]
    held = [each for pair in WORKED for each in held_by(pair[0])]
    judged = [pair[0] for pair in WORKED if held_by(pair[0])]
    out = [tab for tab, (wave, *_) in ANSWERS.items() if wave == "выход"]
    glad = marks(out, 0)
    year_ago = [
        pair[2] for pair in PAIRS if pair[2] in YOUNG and pair[4].replace(year=pair[4].year + 1) <= LAST
    ]
    return {
        "M1": (len(mentees & YOUNG), 4),
        "M2": (len(mentors | (mentees & TEACHING)), 20),
        "M3": (len(mentors), 20),
        "M4": (len(programmes() & {pair[0] for pair in WORKED}), len(WORKED)),
        "M5": (sum(map(papers_in_order, WORKED)), len(WORKED)),
        "M6": (len(held), sum(each[1] is not None and each[3] != "отменена" for each in lines)),
        "M7": (sum(longest(pair) <= 21 for pair in judged), len(judged)),
        "M8": (sum(each[4] is not None or each[5] is not None for each in held), len(held)),
        "M9": (sum(len(answered(tab)) for tab in out), sum(ANSWERS[tab][2] for tab in out)),
        "M10": (sum(part >= Fraction(7, 10) for part in glad.values()), len(glad)),
        "M13": (
            sum(pair[8] == "завершена" and pair[5] <= LAST for pair in WORKED),
            sum(pair[5] <= LAST for pair in WORKED),
        ),
        "M14": (len(year_ago), len(year_ago)),
        "M15": (sum(day <= LAST for day, _, _ in EVENTS), None),
        "M16": (sum(POINTS), 18),
    }


# What the functions above give, in figures, so that a slip in them is seen too.
BY_HAND = {
    "M1": (2, 4),  # Л-001 is marked, Л-002 has served two years; Л-004 three years, of the student nothing is known
    "M2": (6, 20),  # three mentors and three teachers; the student is no teacher
    "M3": (3, 20), "M4": (2, 4),  # П-002 although broken off, П-004 on the last day; the cancelled one of П-001 counts for none
    "M5": (2, 4),  # П-001 and П-002, whose mentor's own job it is
    "M6": (7, 8), "M7": (0, 3), "M8": (5, 7),
    "M9": (6, 9),  # of 1 June nothing, of those who answered twice once
    "M10": (2, 4),  # 7 of 10 and 4 of 5; 6 of 10 and 3 of 5 are below seven; two mentors' tens count for none
    "M13": (1, 3), "M14": (1, 1), "M15": (1, None), "M16": (16, 18),
}  # fmt: skip


def test_every_figure_of_the_note_is_what_the_rows_give():
    note = note_of("3.1", Window(D("2025-05-01"), LAST))
    shown = {code: (note.figure(code).numerator, note.figure(code).denominator) for code in BY_HAND}
    assert recounted() == BY_HAND
    assert shown == BY_HAND
    assert not note.figure("M11").known


def test_what_changed_for_the_same_people_is_told_on_one_scale():
    before, after = marks(["Вход"], 1), marks(["Выход по десять", "Выход по пять"], 1)
    both = sorted(before.keys() & after.keys())
    up, down = ([who for who in both if sign * (after[who] - before[who]) > 0] for sign in (1, -1))
    assert (both, up, down) == (["Л-001", "Л-002", "Л-004"], ["Л-001"], ["Л-002"])
    (figure,) = (
        each for each in note_of("3.1", Window(D("2025-05-01"), LAST)).figures if each.code.startswith("M12")
    )
    assert (list(figure.rows), sorted((*figure.rows, *figure.others))) == (up, both)
    assert "шкалы разные, приведены к 10 баллам" in figure.remarks


def test_the_longest_waits_are_those_of_the_calendar():
    table = next(
        each
        for section in note_of("3.1", Window(D("2025-05-01"), LAST)).appendices
        for each in section.tables
        if each.caption == "Встречи пар: план и факт"
    )
    shown = {line[0]: line[6] for line in table.rows}
    assert shown == {pair[0]: str(longest(pair[0])) if held_by(pair[0]) else "—" for pair in WORKED}


if __name__ == "__main__":
    KEPT.write_text("\n".join(text()) + "\n", "utf-8")

"""What a methodist must find in a year: each function plants one fact in its rows and returns the truth about it.

The truth says whom the note must name, on which rows it stands, and which words its sentence cannot do without (any of the spellings
a methodist would use). Written before anybody looked at how the program finds anything.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tests.monitoring import planted_years as years
from tests.monitoring.planted_years import MARCH, MAY, Unit, Year, difficulties, parted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.monitoring.recount_cells import Row

STUCK = "работа с родителями"
ALONE = "оценка достижений детей"
LESS = r"сниз|снижа|пада|упал|уменьш|меньше|ниже|хуже|сократ"


class Planted(NamedTuple):
    """One fact: whom a note must name (codes; none where the whole organisation is meant), on which rows, in which words."""

    kind: str
    who: tuple[str, ...]
    rows: tuple[str, ...]
    words: tuple[str, ...]
    not_said: str = ""  # what would be false of them
    since: date = MAY  # from which note on it can be known


Plant: TypeAlias = "Callable[[Year], Planted]"


def feedback_falls(year: Year) -> Planted:
    """A trend over the notes: fewer and fewer meetings have their feedback filled."""
    unfilled = []
    for row in _held(year):
        on = row["Дата проведения"]
        share = 0.0 if on.year < 2027 else 0.4 if on < date(2027, 2, 1) else 0.5 if on <= MARCH else 0.6
        if year.rng.random() < share:
            unfilled.append(_unmark(row))
    return Planted("trend", (), tuple(unfilled), ("обратн", LESS), since=MARCH)


def _held(year: Year) -> list[Row]:
    """The meetings held of those on whom nothing else is planted."""
    return [row for unit in _ordinary(year) for row in unit.meetings if row.get("Дата проведения")]


def _ordinary(year: Year) -> list[Unit]:
    return [unit for unit in year.units if unit in year.free or len(unit.mentees) > 1]


def _unmark(row: Row) -> str:
    row.pop("Оценка наставляемого 1–10", None)
    row.pop("Оценка наставника 1–10", None)
    return row["⚙ Код"]


def meets_rarely(year: Year) -> Planted:
    """A pair that meets far less than the others; nobody wrote why."""
    unit = year.take()
    off = _called_off(unit, date(2026, 10, 1), MAY, "", keep=3)
    return Planted(
        "rare", (unit.code,), off, (r"отмен|реже|меньше|мало|из \d+|не состоял",), "болезн|карантин"
    )


def ill(year: Year) -> Planted:
    """A pair that meets far less than the others, for the log says the mentor was ill."""
    unit = year.take()
    off = _called_off(unit, date(2026, 11, 1), MAY, "болезнь", keep=4)
    return Planted("ill", (unit.code,), off, ("болезн|боле[лю]",), "карантин")


def _called_off(unit: Unit, first: date, last: date, why: str, keep: int = 0) -> tuple[str, ...]:
    """Call the meetings of some days off, every `keep`-th left as it is."""
    off = []
    for at, row in enumerate(row for row in unit.meetings if first <= row["Дата по плану"] <= last):
        if not keep or at % keep:
            _empty(row)
            row.update({"Статус": "отменена", "Причина": why})
            off.append(row["⚙ Код"])
    return tuple(off)


def _empty(row: Row) -> None:
    """Leave of a meeting its plan."""
    for name in (
        "Дата проведения",
        "Статус",
        "Причина",
        "Что сделано",
        "Оценка наставляемого 1–10",
        "Оценка наставника 1–10",
    ):
        row.pop(name, None)


def nobody_marks(year: Year) -> Planted:
    """A pair whose log has its plan and not one mark of what became of it: nobody knows whether they meet."""
    unit = year.take()
    for row in unit.meetings:
        _empty(row)
    said = r"не (?:отмеч|заполн|вед|внес|проставл)|без отмет|без запис|пуст|не поставл|отмет\w+ нет"
    return Planted(
        "unmarked",
        (unit.code,),
        unit.rows,
        (said,),
        r"не встречал(?:а|и)сь|ни одной встреч|болезн|карантин",
        MARCH,
    )


def carried_out(year: Year) -> Planted:
    """By March a pair had no programme, so the note asked for it; in April it was approved."""
    unit = year.take()
    filed = next(row for row in year.rows("Документы") if f"program.personal/{unit.code}/" in row["⚙ Ключ"])
    filed["Дата регистрации"] = date(2027, 4, 12)
    words = (r"выполнен|исполнен|сделан|утвержд", "программ", r"решен|рекоменд|поруч|предлож|прошл")
    return Planted("done", (unit.code,), (unit.code,), words, r"не выполнен|не сделан|не исполнен")


def not_carried_out(year: Year) -> Planted:
    """A pair's mentor has not consented: asked for in every note, and still so in May."""
    unit = year.take()
    unit.mentor["Дата согласия быть наставником"] = None
    words = (r"не (?:выполнен|исполнен|сделан|оформлен|получен)|по-прежнему|остал|так и", r"соглас|документ")
    return Planted("not done", (unit.code,), (unit.code, unit.mentor["⚙ Код"]), words)


def needs_help(year: Year) -> Planted:
    """A mentee whose difficulties did not grow and whose marks of the meetings fall month by month."""
    unit = _without(year, STUCK)
    mentee = unit.mentees[0]
    mentee["Дефициты"] = difficulties([(sphere, low, low) for sphere, low, _ in parted(mentee)])
    marked = [row for row in unit.meetings if "Оценка наставляемого 1–10" in row]
    for at, row in enumerate(marked):
        row["Оценка наставляемого 1–10"] = 9 - round(5 * at / max(len(marked) - 1, 1))
        row["Оценка наставника 1–10"] = row["Оценка наставляемого 1–10"] + 1
    words = (r"помо[щч]|поддерж|внимани|не (?:вырос|измен|сдвин|раст)|без измен|остал|прежн",)
    return Planted(
        "needs help", (mentee["⚙ Код"],), (mentee["⚙ Код"], *(row["⚙ Код"] for row in marked)), words
    )


def _without(year: Year, sphere: str) -> Unit:
    """Take a pair whose mentee has other difficulties."""
    at = next(at for at, unit in enumerate(year.free) if sphere not in unit.mentees[0]["Дефициты"])
    return year.free.pop(at)


def stuck(year: Year) -> Planted:
    """A difficulty that moves for nobody although everybody meets about it."""
    held = [row for row in year.rows("Наставляемые") if STUCK in row.get("Дефициты", "")]
    for row in held:
        row["Дефициты"] = difficulties(
            [(sphere, low, low if sphere == STUCK else high) for sphere, low, high in parted(row)]
        )
    words = (
        STUCK.replace("работа с", r"работ\w+ с"),
        r"не (?:измен|вырос|сдвин|раст|меня)|ни у кого|ни у одного|без измен|остал|на месте",
    )
    met = tuple(
        row["⚙ Код"] for row in year.rows("Встречи") if row["Дефицит"] == STUCK and row.get("Дата проведения")
    )
    return Planted("stuck", (), (*(row["⚙ Код"] for row in held), *met), words)


def grown_most(year: Year) -> Planted:
    """A mentee who grew far more than everybody: how they worked is worth telling others."""
    mentee = _without(year, STUCK).mentees[0]
    mentee["Дефициты"] = difficulties([(sphere, 3, 9) for sphere, *_ in parted(mentee)])
    return Planted(
        "best growth",
        (mentee["⚙ Код"],),
        (mentee["⚙ Код"],),
        (r"опыт|наибол|лучш|больш|вырос|рост",),
        r"помощ|не вырос",
    )


def judge_apart(year: Year) -> Planted:
    """A mentor content with every meeting, a mentee content with none."""
    unit = year.take()
    marked = [row for row in unit.meetings if "Оценка наставляемого 1–10" in row]
    for row in marked:
        row["Оценка наставника 1–10"], row["Оценка наставляемого 1–10"] = (
            year.rng.choice((9, 10)),
            year.rng.choice((4, 5)),
        )
    words = (r"расх|по-разному|разош|разниц|различ|отлича|выше|ниже|оцен",)
    return Planted("apart", (unit.code,), tuple(row["⚙ Код"] for row in marked), words, since=years.DECEMBER)


def nobody_mentors(year: Year) -> Planted:
    """A young specialist who has no mentor."""
    taken = {row["ФИО"].split(" ")[0] for tab in ("Наставники", "Наставляемые") for row in year.rows(tab)}
    name = next(surname for surname in years.SURNAMES if surname not in taken)
    code = f"Л-{len(year.rows('Наставляемые')) + 1:03}"
    pattern = year.rows("Наставляемые")[0]
    own = (
        difficulties([(sphere, 4, "") for sphere in years.SPHERES[:2]])
        .replace(" – \n", "\n")
        .removesuffix(" – ")
    )
    year.rows("Наставляемые").append(
        {**pattern, "ФИО": f"{name} Вера Игоревна", "Дефициты": own, "⚙ Код": code}
    )
    year.settings["Молодых специалистов всего"] += 1
    year.settings["Педагогов всего"] += 1
    words = (r"без наставника|нет (?:пары|наставника)|не имеет|не имеют|не закреп|не назнач|не вход",)
    return Planted("no mentor", (code,), (code,), words, since=years.DECEMBER)


def quarantine(year: Year) -> Planted:
    """In February most pairs stopped for three weeks, and the log says why."""
    off: list[str] = []
    ordinary = _ordinary(year)
    for unit in year.rng.sample(ordinary, len(ordinary) * 4 // 5):
        off += _called_off(unit, date(2027, 2, 1), date(2027, 2, 19), "карантин")
    return Planted("month", (), tuple(off), ("феврал", "карантин"), since=MARCH)


# --- more, for surprise ------------------------------------------------------------------------------------------


def overloaded(year: Year) -> Planted:
    """A mentor who leads four pairs where two are the rule."""
    units = [year.take() for _ in range(4)]
    mentor = units[0].mentor
    gone = {unit.mentor["⚙ Код"] for unit in units[1:]}
    for unit in units:
        unit.mentor, unit.pairs[0]["Наставник"] = mentor, mentor["ФИО"]
    year.tabs["Наставники"] = [row for row in year.rows("Наставники") if row["⚙ Код"] not in gone]
    for name, rows in year.tabs.items():
        if name.endswith(")"):
            year.tabs[name] = [row for row in rows if row[years.CODE_ASKED] not in gone]
    for row in year.rows("Анкеты"):
        mentors = row["Анкета"].startswith((years.MENTORS_FORM, years.ALL_FORM))
        row["Разослано"] = row["Разослано"] - len(gone) if row["Разослано"] and mentors else row["Разослано"]
    year.settings["Педагогов всего"] -= len(gone)
    words = (r"нагруз|не более|больше|перегруж|\b4\b|четыр|четвер",)
    return Planted(
        "overloaded", (mentor["⚙ Код"],), tuple(unit.code for unit in units), words, since=years.DECEMBER
    )


def nothing_met_about(year: Year) -> Planted:
    """A difficulty that no meeting of the pair was about."""
    unit = year.take()
    (first, *rest), second = parted(unit.mentees[0])
    unit.mentees[0]["Дефициты"] = difficulties([(first, *rest), (ALONE, *second[1:])])
    for row in unit.meetings:
        row.update({"Дефицит": first, "Тема": f"Беседа: {first}"})
    code = unit.mentees[0]["⚙ Код"]
    words = (
        ALONE,
        r"ни одно|не было|не посвящ|без встреч|нет встреч|встреч\w* нет|не проводил|не проводи|не работал|не встречал",
    )
    return Planted("not met about", (code,), (code, *unit.rows), words)


def silent_since(year: Year) -> Planted:
    """A pair that has not met since February; the log ends there."""
    unit = year.take()
    last = max(row["Дата по плану"] for row in unit.meetings if row["Дата по плану"] <= date(2027, 2, 18))
    kept = [row for row in unit.meetings if row["Дата по плану"] <= last]
    kept[-1].update({"Дата проведения": last, "Статус": "состоялась"})
    kept[-1].pop("Причина", None)
    gone = {id(row) for row in unit.meetings[len(kept) :]}
    year.tabs["Встречи"] = [row for row in year.rows("Встречи") if id(row) not in gone]
    unit.meetings = kept
    return Planted("silent", (unit.code,), unit.rows[-1:], (rf"{last:%d.%m.%Y}|{last.day} феврал",))


def less_content(year: Year) -> Planted:
    """The mentees were content in December and are not in May."""
    form = f"{years.MENTEES_FORM} (выход)"
    for row in year.tabs[form]:
        row[years.GLAD_MENTEE] = year.rng.choice((5, 6, 6, 7, 8))
    return Planted("less content", (), (), ("довол|удовлетвор", LESS))


def ended_early(year: Year) -> Planted:
    """A programme ended in February because the mentor left."""
    unit = year.take()
    last = date(2027, 2, 12)
    unit.pairs[0].update({"Состояние": "прекращена", "Дата окончания": last, "Причина прекращения": "увольнение наставника", "Дата уведомления о прекращении": date(2027, 2, 5)})  # fmt: skip
    gone = {id(row) for row in unit.meetings if (row.get("Дата проведения") or row["Дата по плану"]) > last}
    year.tabs["Встречи"] = [row for row in year.rows("Встречи") if id(row) not in gone]
    unit.meetings = [row for row in unit.meetings if id(row) not in gone]
    unit.mentees[0]["Дефициты"] = "\n".join(
        line.rsplit(" – ", 1)[0] for line in unit.mentees[0]["Дефициты"].splitlines()
    )
    return Planted("ended early", (unit.code,), (unit.code,), ("прекра|досрочн", "увольн"), since=MARCH)


def half_without_consent(year: Year) -> Planted:
    """A group of which a part has not consented."""
    group = year.group()
    without = group.mentees[: (len(group.mentees) + 1) // 2]
    for row in without:
        row["Дата согласия на участие"] = None
    codes = tuple(row["⚙ Код"] for row in without)
    return Planted(
        "group consent", (group.code,), (group.code, *codes), ("соглас|документ",), since=years.DECEMBER
    )


def one_criterion_worse(year: Year) -> Planted:
    """Comfort fell in the mentees' answers while all else grew."""
    asked = years.criterion("комфорт")
    for row in year.tabs[f"{years.MENTEES_FORM} (вход)"]:
        row[asked] += 2  # marks up to five alone would not say on which scale they are
    entry = {row[years.CODE_ASKED]: row[asked] for row in year.tabs[f"{years.MENTEES_FORM} (вход)"]}
    for row in year.tabs[f"{years.MENTEES_FORM} (выход)"]:
        row[asked] = entry.get(row[years.CODE_ASKED], 7) - year.rng.choice((1, 2))
    return Planted("criterion", (), (), ("комфорт", LESS))


def row_overdue(year: Year) -> Planted:
    """A row of the roadmap whose day passed in February and which nobody marked as done."""
    row = next(row for row in year.rows("Дорожная карта") if row["№ п/п"] == "2.2")
    row.update({"Статус": "", "Дата выполнения": None})
    return Planted(
        "overdue row",
        (),
        (row["⚙ Код"],),
        (r"2\.2|Школа молодого педагога", r"срок|не выполн|не отмеч|просроч|прош"),
        since=MARCH,
    )


def met_again(year: Year) -> Planted:
    """A pair that stopped in February, as the note of March says, and has met as planned since."""
    unit = year.take()
    off = _called_off(unit, date(2027, 1, 25), MARCH, "")
    words = (r"рекоменд|решен|поруч|предлож|прошл", r"выполнен|исполнен|сделан|снова|возобнов|встреч")
    return Planted("met again", (unit.code,), off, words, r"не выполнен|не сделан|не исполнен")


def nothing_approved(year: Year) -> Planted:
    """A pair whose programme was never approved."""
    unit = year.take()
    year.tabs["Документы"] = [
        row for row in year.rows("Документы") if f"program.personal/{unit.code}/" not in row["⚙ Ключ"]
    ]
    return Planted("no programme", (unit.code,), (unit.code,), ("программ",), since=years.DECEMBER)


TWELVE: tuple[Plant, ...] = (
    feedback_falls, meets_rarely, ill, nobody_marks, carried_out, not_carried_out, needs_help, stuck, grown_most, judge_apart,
    nobody_mentors, quarantine,
)  # fmt: skip
MORE: tuple[Plant, ...] = (
    overloaded, nothing_met_about, silent_since, less_content, ended_early, half_without_consent, one_criterion_worse, row_overdue,
    nothing_approved, met_again,
)  # fmt: skip
# What is done to everybody comes before or after what is done to some: those keep what was planted on them.
FIRST, LAST = (stuck, less_content, one_criterion_worse), (feedback_falls, quarantine)


def planted(year: Year, plants: tuple[Plant, ...]) -> tuple[Planted, ...]:
    """Plant facts in a year; the truth in the order asked."""
    order = sorted(plants, key=lambda plant: (plant in LAST) - (plant in FIRST))
    told = {plant: plant(year) for plant in order}
    return tuple(told[plant] for plant in plants)

"""An invented organisation with invented people, to print any paper on trial: nobody here exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flows.domain.catalogue import record
from flows.domain.catalogue.named import INTRODUCING, NOTE, NOTICE_OF_END, ORDER_OF_PAIRS, PROGRAMME
from flows.domain.councils.pack import How, Pack, PackItem, pack
from flows.domain.documents.specimen_district import in_district
from flows.domain.documents.specimen_evidence import evidence
from flows.domain.keys import Key
from flows.domain.model import Activity, Cell, Facts, Filed, Meeting, Norm, Origin, Pair, Person, Row
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.monitoring.note.shape import Note, NoteLine
from flows.domain.organisation import Council, Organisation
from flows.domain.periods import Period
from flows.domain.statuses import ACTIVE, AGREED, CALLED_OFF, DONE, HELD, REGISTERED
from flows.domain.terms.reading import Term, Window

SURNAMES = (
    "Абрамова", "Белова", "Власова", "Григорьева", "Данилова", "Ефимова", "Жукова", "Зайцева",
    "Ильина", "Крылова", "Лебедева", "Миронова", "Никитина", "Орлова", "Панина",
)  # fmt: skip
NAMES = ("Анна Павловна", "Вера Сергеевна", "Галина Ивановна", "Дарья Олеговна", "Елена Петровна")
POSTS = ("воспитатель", "учитель-логопед", "педагог-психолог", "музыкальный руководитель")
MOST = len(SURNAMES) * len(NAMES) // 2
MANY = 30
REWARD = "reward"  # a list of those whom an order names
ALONE = "наставляемые без пары"  # a part that speaks of somebody in no pair
STAGES = {"1": "1. Нормативная основа", "2": "2. Участники", "3": "3. Условия", "6": "6. Мониторинг"}
SAYS = {
    "срок_уведомления": "не позднее чем за три рабочих дня", "после_уведомления": "не ранее чем через три рабочих дня после вручения уведомления",
    "добровольность": "работа добровольная, и отказ от неё не влечёт наказания", "досрочно": "работник вправе досрочно отказаться от работы, а работодатель – отменить поручение, предупредив другую сторону письменно не позднее чем за три рабочих дня",
    "отзыв_согласия": "согласие можно отозвать письменным заявлением; после отзыва обработка прекращается", "прекращение_распространения": "требование прекратить распространение можно подать в любое время",
}  # fmt: skip
WORK: dict[str, Cell] = {
    "Работа наставника: как": "очно", "Работа наставника: когда": "в рабочее время", "Работа наставника: часов в месяц": 4,
    "Планируемые результаты": "работа с семьёй – сама готовит и ведёт беседу с родителями – 8\nпланирование – составляет план недели без подсказок – 7",
    "Формы работы": "показ занятия\nсовместное планирование",
    "Выполнение задач": "выполнена\nчастично",
}  # fmt: skip
ACT = Norm(
    "образец", "Федеральным законом «Об образовании в Российской Федерации»", None, None, "образец", says=SAYS
)
COUNCIL = date(2026, 11, 20)
TRANSFER = "перевод наставляемых в другую организацию"
MINUTES = Council(
    "",
    date(2026, 8, 28),
    protocol="1",
    protocol_day=date(2026, 8, 28),
    adopted="положение; положение о поощрении; дорожная карта; пары; программа наставничества; программы пар; реестр; методика",
)
HEARD = Note(
    Ask(Focus.MIDDLE),
    "Аналитическая справка по итогам промежуточного мониторинга программы наставничества",
    Period(date(2026, 9, 1), COUNCIL),
    None,
    "",
    (),
    (),
    recommendations=(NoteLine("Наставникам (пары: П-001, П-002): провести пропущенные встречи или перенести их с указанием причины. Срок: до ________."),),
)  # fmt: skip
START, END = date(2026, 9, 15), date(2027, 5, 31)
WINDOW = Window(date(2026, 12, 1), date(2026, 12, 31))
DAYS_OFF = frozenset(
    {
        date(2026, 11, 4),
        *(date(2027, 1, day) for day in range(1, 11)),
        *(date(2027, month, day) for month, day in ((2, 23), (3, 8), (5, 3), (5, 10))),
    }
)


def specimen(kind: str, subject: str = "organisation", pairs: int = 3) -> Facts:
    """Return facts rich enough for a paper of any kind: `pairs` pairs (at most 37), every third with a group of three.

    A paper about a pair, a mentor or a mentee speaks of the last of them.
    """
    people: dict[str, Person] = {}
    made = tuple(_of_kind(kind, _pair(number, people)) for number in range(1, min(pairs, MOST) + 1))
    _without_pair(kind, len(made), people)
    about = (
        {
            "pair": made[-1].code,
            "mentor": made[-1].mentor,
            "participant": made[-1].mentor,
            "mentee": made[-1].mentees[-1],
        }
        if made
        else {}
    )
    facts = Facts(
        organisation=ORGANISATION,
        today=date(2026, 12, 20),
        people=people,
        pairs=made,
        meetings=tuple(meeting for pair in made for meeting in _meetings(pair)),
        activities=ACTIVITIES,
        activity=ACTIVITIES[-1],
        councils=(MINUTES,),
        window=WINDOW,
        period=Period(date(2026, 9, 1), date(2027, 8, 31)),
        register=REGISTER
        + (tuple(_filed(at, kind, made) for at, kind in enumerate(_cited(), 119)) if pairs >= MANY else ()),
        subject=about.get(subject, ""),
        norms=(replace(ACT, kinds=(kind,)),),
        days_off=DAYS_OFF,
    )
    facts = replace(facts, evidence=evidence(facts))
    if record.of(kind).of_district:
        return in_district(facts, kind, pairs)
    if subject == "council":
        facts = replace(facts, subject=COUNCIL.isoformat())
    if record.of(kind).handout == REWARD:
        ordered = (*facts.register, _filed(119, ORDER_OF_PAIRS, made))
        facts = replace(facts, register=ordered)
    return replace(facts, pack=_pack(facts)) if subject == "council" or record.of(kind).adopts else facts


def _without_pair(kind: str, pairs: int, people: dict[str, Person]) -> None:
    """Add somebody in no pair for a paper that speaks of such people."""
    if ALONE in (record.of(kind).parts or ()):
        _person("Л", "mentee", 2 * pairs + 3, len(people), people)


def _cited() -> tuple[str, ...]:
    """Name the kinds whose registered papers others cite, but for the order that is there already."""
    cited = (other for kind in record.kinds().values() for other in kind.cites.values())
    told = dict.fromkeys((*cited, PROGRAMME, *record.having("adopts")))
    return tuple(kind for kind in told if kind != INTRODUCING)


def _pack(facts: Facts) -> Pack:
    """Make the folder of a council that has every list a folder may have."""
    made = pack(facts, "2", COUNCIL, HEARD)
    there = {item.kind for item in made.items}
    lists = tuple(
        PackItem(kind, record.of(kind).title, How.MADE)
        for kind in record.having("handout")
        if kind not in there
    )
    linked = PackItem(
        INTRODUCING,
        "Приказ о внедрении",
        How.LINKED,
        (REGISTER[0].key,),
        places=(
            (
                "О внедрении целевой модели наставничества",
                "№ 118 от 02.09.2026",
                "2026-2027 / 02 Приказы / Зарегистрированные",
            ),
        ),
    )
    return replace(made, items=(*made.items, *lists, linked))


def _pair(number: int, people: dict[str, Person]) -> Pair:
    group = number % 3 == 0
    mentor = _person("Н", "mentor", 2 * number - 2, len(people), people)
    mentees = tuple(
        _person("Л", "mentee", 2 * number - 1 + each, len(people), people)
        for each in range(3 if group else 1)
    )
    return Pair(
        code=f"П-{number:03d}", mentor=mentor, mentees=mentees, group=f"Группа {number}" if group else "", form="педагог – педагог",
        kind="групповое" if group else "индивидуальное", goal="уверенно вести занятия и беседы с родителями",
        tasks=("определить трудности", "подготовить и провести занятия вместе", "оценить, что изменилось"),
        start=START, end=END, status=AGREED, origin=Origin(), meetings_a_month=2, addendum_number=f"14/{number}",
        addendum_date=date(2026, 9, 10), pay="10 % должностного оклада", codes=(f"П-{number:03d}",), end_reason="заявление наставника", row=Row(Origin(), f"П-{number:03d}", WORK),
    )  # fmt: skip


def _of_kind(kind: str, pair: Pair) -> Pair:
    """Return a pair as a kind of paper speaks of it: a notice is the employer's."""
    return replace(pair, ended_by="работодатель", end_reason=TRANSFER) if kind == NOTICE_OF_END else pair


def _person(letter: str, role: str, at: int, count: int, people: dict[str, Person]) -> str:
    code = f"{letter}-{count + 1:03d}"
    mentor = role == "mentor"
    people[code] = Person(
        code=code, role=role, name=f"{SURNAMES[at % len(SURNAMES)]} {NAMES[(at // len(SURNAMES) + at) % len(NAMES)]}", gender="ж", position=POSTS[at % len(POSTS)],
        origin=Origin(), category="высшая категория" if mentor else "", experience=20 if mentor else 1, subject="старшая группа", strengths="работа с родителями",
        request="" if mentor else "как говорить с родителями", deficits=() if mentor else ("работа с семьёй – 3 – ", "планирование – 4 – "),
        consent_duty=date(2026, 9, 7), consent_data=date(2026, 9, 7), young=not mentor, status=ACTIVE,
    )  # fmt: skip
    return code


def _meetings(pair: Pair) -> list[Meeting]:
    first = START + timedelta(days=7)
    days = [first + timedelta(days=21 * step) for step in range(4)]
    states = (HELD, HELD, CALLED_OFF, "")
    return [
        Meeting(
            code=f"{pair.code}/{step}", pair=pair.code, planned=day, held=day if state == HELD else None, status=state, topic=topic, origin=Origin(),
            deficit="работа с семьёй", manner="очно", minutes=45, outcome="разобрали занятие", mentee_score=8, mentor_score=9,
            reason="болезнь наставляемого" if state == CALLED_OFF else "",
        )
        for step, (day, state, topic) in enumerate(zip(days, states, ("Знакомство и план", "Разбор занятия", "Беседа с родителями", "План недели"), strict=True), 1)
    ]  # fmt: skip


def _filed(number: int, kind: str, pairs: tuple[Pair, ...]) -> Filed:
    about = pairs[-1].code if kind == PROGRAMME else "obrazec"
    row = _row(kind, about, str(number), date(2026, 9, 14))
    return replace(row, covers=tuple(code for pair in pairs for code in pair.codes))


def _row(kind: str, about: str, number: str, day: date, draft: str = "") -> Filed:
    key = str(Key("obrazec", kind, about, "2026-2027"))
    return Filed(
        key, 1, kind, record.of(kind).heading, draft, REGISTERED, "", "", "", "", "", number=number, day=day
    )


def _activity(  # noqa: PLR0913, PLR0917 - a row
    code: str, number: str, name: str, ends: date, result: str, documents: tuple[str, ...]
) -> Activity:
    window = Window(ends.replace(day=1), ends)
    return Activity(
        code,
        number,
        STAGES[number[0]],
        name,
        "",
        Term("dated", (window,), text=f"{ends:%d.%m.%Y}"),
        ("старший воспитатель",),
        result,
        documents,
        Origin(),
        printed_term=f"до {ends:%d.%m.%Y}",
        status=DONE,
    )


ORGANISATION = Organisation(
    slug="obrazec",
    full_name="муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 0 «Образец»",
    short_name="МБДОУ № 0 «Образец»",
    city="г. Образцово",
    head_name="Соколова Марина Викторовна",
    head_position="заведующий",
    curator_name="Громова Татьяна Ильинична",
    curator_position="старший воспитатель",
    school_year="2026-2027",
    head_gender="ж",
    curator_gender="ж",
    founder="Управление образования администрации города Образцово",
    teachers=24,
    young_teachers=9,
    council_protocol="1",
    council_protocol_date=date(2026, 8, 28),
    councils=(date(2026, 8, 28), date(2026, 11, 20), date(2027, 1, 22), date(2027, 5, 28)),
    address="628000, г. Образцово, ул. Садовая, д. 1",
    inn="8600000007",
    ogrn="1028600000000",
    page="https://sad0.example/nastavnichestvo",
    recipient="Управление образования администрации города Образцово",
    recipient_address="628000, г. Образцово, ул. Мира, д. 2",
    secretary="Белова Вера Сергеевна",
    performer="Громова Татьяна Ильинична",
    performer_phone="8 (34600) 0-00-00",
    pay_period="ежемесячно",
    pay_day="в день выплаты заработной платы за вторую половину месяца",
)
ACTIVITIES = (
    _activity(
        "М-001",
        "1.1",
        "Закрепление наставнических пар",
        date(2026, 9, 30),
        "Приказ о закреплении наставнических пар",
        (ORDER_OF_PAIRS, PROGRAMME),
    ),
    _activity(
        "М-003",
        "2.3",
        "Пополнение базы наставников",
        date(2026, 10, 31),
        "База наставников",
        record.having("lists", "people")[:1],
    ),
    _activity("М-004", "3.1", "Создание условий для встреч", date(2026, 10, 31), "Оснащение кабинета", ()),
    _activity(
        "М-002",
        "6.1.",
        "Мониторинг программ пар",
        date(2026, 12, 31),
        "Аналитическая справка",
        (NOTE,),
    ),
)
REGISTER = (_row(INTRODUCING, "obrazec", "118", date(2026, 9, 2), "ПР-2026-001"),)

"""What every paper may say: the organisation, those who sign, the paper's own requisites, the acts it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.domain.catalogue import record
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.name_forms import NAME_KEYS, named, performer, phrase, typed_person
from flows.domain.documents.norms import concerned, demands, paper_day, quoted
from flows.domain.documents.who_we_are import council as council_words
from flows.domain.documents.who_we_are import over_others
from flows.domain.errors import Refused
from flows.domain.people import through_time
from flows.domain.people.difficulties import difficulty
from flows.domain.people.pupils import BOTH, PARENT, is_pupil, post_of, who_consents
from flows.domain.register.in_force import in_force
from flows.domain.tabs import MENTEES, MENTORS
from flows.russian import Doubt, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from flows.domain.model import Context, Facts, Filed, Pair, Person

FIGURES, FILE_TITLE = "показатели", "имя_файла"
UNCOUNTED = "uncounted"  # of the kept figures: what a note could not count, and why
CHARTER, ORDERED, ACTING = "Устава", "приказа от ___.___.20___ № ______", "и.о."
NO_CATEGORY = frozenset({"", "-", "–", "нет", "без категории"})
GRADES = frozenset({"высшая", "первая", "вторая"})
ENDINGS = {"ж": "а", "м": ""}
AGREED = {"а": "согласна", "": "согласен", "(а)": "согласен (согласна)"}


def common(facts: Facts, kind: str) -> Context:
    """Return the part of the context that every template gets, with the papers it cites; a builder adds its own beside it."""
    who = concerned(facts, kind)
    return {
        "организация": organisation(facts),
        "руководитель": head(facts),
        "куратор": curator(facts),
        "секретарь": typed_person(facts, facts.organisation.secretary),
        "исполнитель": performer(facts),
        "совет": council_words(facts),
        "управление": over_others(facts),
        "учебный_год": facts.organisation.school_year.replace("-", "/"),
        "основания": quoted(facts, kind),
        "нормы": demands(facts),
        "участвуют": {"работники": who.workers, "обучающиеся": who.pupils, "с_должностью": who.posts},
        "документ": {
            "номер": None,
            "дата": None,
            "проект": True,
            "черновик": None,
            "заголовок": facts.heading or record.of(kind).heading,
        },
        **cited_papers(facts, kind),
    }


def cited_papers(facts: Facts, kind: str) -> Context:
    """Return number and day of the registered papers that a kind cites, by the fields its record names."""
    return {name: registered(facts, other) for name, other in record.of(kind).cites.items()}


def requisites(
    context: Mapping[str, Any],
    *,
    draft: str | None = None,
    number: str | None = None,
    day: date | None = None,
) -> Context:
    """Return the context of the paper itself: with a draft number while it is a draft, or with what a person registered.

    A number or a day makes it final: «ПРОЕКТ» goes. Nothing else changes, so the fingerprint is taken before this.
    """
    final = number is not None or day is not None
    own = {
        **context["документ"],
        "номер": number,
        "дата": day,
        "проект": not final,
        "черновик": None if final else draft,
    }
    return {**context, "документ": own}


def organisation(facts: Facts) -> Context:
    """Return the organisation's names in every case, its town and founder."""
    card = facts.organisation
    name = card.full_name or card.short_name
    absent = Doubt("", "в «Настройках» не указано наименование организации: впишите полное и краткое")
    return {
        "полное": phrase(facts, name, "organisation", absent),
        "краткое": phrase(facts, card.short_name or name, "organisation", absent),
        "название": (name[:1].upper() + name[1:]).replace("№ ", "№\u00a0") if name else absent,
        "город": card.city or None,
        "учредитель": card.founder or None,
        "есть_краткое": bool(card.short_name) and card.short_name != card.full_name,
        "адрес": card.address or None,
        "инн": card.inn or None,
        "огрн": card.ogrn or None,
        "страница": card.page or None,
    }


def head(facts: Facts) -> Context:
    """Return who signs as the head on the paper's day; what the card does not tell is a doubt that stops only papers that print it."""
    card = facts.organisation
    absent = Doubt("", "в «Настройках» не указан руководитель: впишите его ФИО и должность")
    post = phrase(facts, card.head_position, "position", absent, card.head_gender)
    acting = through_time.acting_on(card, paper_day(facts))
    if acting is None:
        return {**named(facts, card.head_name, card.head_gender, absent), "должность": post, "основание": CHARTER}  # fmt: skip
    whose = post["род"]
    said = whose if isinstance(whose, Doubt) else f"{ACTING}\u00a0{whose}"
    return {
        **named(facts, acting.name, "", absent),
        "должность": dict.fromkeys(NAME_KEYS, said),
        "основание": ORDERED,
    }


def curator(facts: Facts) -> Context | None:
    """Return the curator, or `None` when the card names nobody."""
    card = facts.organisation
    if not card.curator_name:
        return None
    absent = Doubt("", "в «Настройках» не указана должность куратора: впишите её")
    return {
        **named(facts, card.curator_name, card.curator_gender, absent),
        "должность": phrase(facts, card.curator_position, "position", absent, card.curator_gender),
    }


def ending(gender: Any) -> str:
    """Return what a short participle takes: «согласен» + «» or «согласна» by a letter, «(а)» when it is not known."""
    return ENDINGS.get(gender, "(а)") if isinstance(gender, str) else "(а)"


def member(facts: Facts, person: Person) -> Context:
    """Return a mentor or mentee as a template sees one."""
    absent = Doubt("", f"у участника {person.code} не указаны ФИО или должность: впишите их")
    return {
        **named(facts, person.name, person.gender, absent),
        "должность": phrase(facts, post_of(person), "position", absent, person.gender),
        "код": person.code,
        "категория": category(person.category),
        "стаж": person.experience,
        "стаж_словами": None
        if person.experience is None
        else words.count(person.experience, "год")
        if person.experience
        else "менее года",
        "предмет": person.subject or None,
        "запрос": inline(person.request),
        "сильные_стороны": inline(person.strengths),
        "молодой": bool(person.young),
        "дефициты": [deficit(line) for line in person.deficits],
        "согласие": person.consent_duty,
        "трудовая_функция": person.job_function,
        "обучающийся": is_pupil(person),
        "рождён": person.born,
        "представитель": _representative(facts, person),
        "согласие_представителя": person.representative_consent,
    }


def _representative(facts: Facts, person: Person) -> Context | None:
    """Return a minor's parent or guardian, in the nominative just as typed; `None` when nobody is named."""
    if not person.representative:
        return None
    return {**named(facts, person.representative, "", Doubt("", "")), "им": person.representative}


def category(typed: str) -> str | None:
    """Return a qualification category in words, «высшая категория»; nothing when there is none."""
    folded = typed.strip().lower()
    if folded in NO_CATEGORY:
        return None
    return f"{folded} категория" if folded in GRADES else typed.strip()


def term(start: date, end: date) -> str | Doubt:
    """Return «с … по …» with its spaces bound, or a doubt when the end stands before the start."""
    try:
        return words.typography(words.span(start, end))
    except Doubt as doubt:
        return doubt


def deficit(line: str) -> Context:
    """Read «сфера – до – после» into its three parts; levels that were not given stay empty."""
    read = difficulty(line)
    return {"сфера": read.sphere or None, "до": read.before or None, "после": read.after or None}


def signing(facts: Facts, person: Person) -> Context:
    """Return who signs for a person on the paper's day; raise `Refused` for a pupil without a birthday."""
    who = who_consents(person, paper_day(facts))
    if who is None:
        tab = MENTORS if person.role == "mentor" else MENTEES
        raise Refused(
            f"Согласие обучающегося {person.code} не готовится: нет даты рождения, а от неё зависит, кто его подписывает. Впишите дату в лист «{tab}»."
        )
    return {"кто": who, "за_другого": who == PARENT, "оба": who == BOTH}


def the_pair(facts: Facts) -> Pair:
    """Return the pair a paper is about: the one of `facts.subject`, or the only one given."""
    found = [pair for pair in facts.pairs if facts.subject in ("", pair.code, *pair.codes)]
    if len(found) != 1:
        raise Refused("Для документа о паре нужна одна пара; её код не найден в листе «Пары».")
    return found[0]


def the_person(facts: Facts) -> Person:
    """Return the person a paper is about, by `facts.subject`."""
    person = facts.people.get(facts.subject.partition("@")[0])
    if person is None:
        raise Refused(
            "Для документа об участнике нужен его код; в листах «Наставники» и «Наставляемые» его нет."
        )
    return person


def registered(facts: Facts, kind: str, about: Pair | None = None) -> Context | None:
    """Return number and day of the last registered paper of a kind in force, or `None`: drafts have neither, a cancelled one is not cited.

    With `about`, only papers that cover that pair count.
    """
    wanted = {about.code, *about.codes} if about else set()
    found = [
        filed
        for filed in in_force(facts.register)
        if filed.kind == kind and (filed.number or filed.day) and (not wanted or wanted & set(filed.covers))
    ]
    return _requisites(max(found, key=_age)) if found else None


def cited(rows: Iterable[Filed]) -> list[Context]:
    """Return papers as a list names them: title, number and day."""
    return [
        {
            "название": row.title,
            "номер": row.number or None,
            "дата": row.day,
            "приказ": record.of(row.kind).order,
        }
        for row in rows
    ]


def role(facts: Facts, name: str) -> list[Context]:
    """Return the people of a role (`mentor` or `mentee`) who work here on the paper's day, by their codes."""
    day = paper_day(facts)
    return [
        member(facts, person)
        for code, person in sorted(facts.people.items())
        if person.role == name and through_time.works_on(person, day)
    ]


def council(facts: Facts) -> Context | None:
    """Return the council a paper is made for: the first not before its window's start; `None` when no day is planned."""
    window = facts.window
    start = (window.start or window.end) if window else None
    days = sorted(facts.organisation.councils)
    found = [day for day in days if start is None or day >= start]
    return {"дата": found[0], "номер": days.index(found[0]) + 1} if found else None


def unique(people: Iterable[Context]) -> list[Context]:
    """Return each person once, in the order met."""
    seen: dict[str, Context] = {}
    for person in people:
        seen.setdefault(str(person["им"]), person)
    return list(seen.values())


def _age(filed: Filed) -> tuple[bool, int, int]:
    return (filed.day is not None, filed.day.toordinal() if filed.day else 0, filed.version)


def _requisites(filed: Filed) -> Context:
    return {"номер": filed.number or None, "дата": filed.day}

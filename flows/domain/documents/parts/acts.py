"""Parts of acts, orders and of what goes round a council: the minutes, the order, those who have read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited_papers, council, curator, member, role, unique
from flows.domain.documents.counts import tally
from flows.domain.documents.kinds.note_monitoring import note_parts, written
from flows.domain.documents.minutes import protocol
from flows.domain.documents.name_forms import typed_person
from flows.domain.documents.pairs import codes, living
from flows.domain.errors import Needless, Refused
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.monitoring.indicators.opinions import answers_in
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder, Kind, PartOfKind
    from flows.domain.model import Context, Facts


SURVEY = "survey"
NO_ANSWERS = "Отчёт по анкетированию не готовится: ответов на анкеты за этот срок нет. Раздайте анкеты (бланки – в папке «06 Анкеты», пустые таблицы кладёт nastavnik forms ПАПКА) и перенесите ответы: отчёт появится сам."


def adopted(facts: Facts, kind: Kind) -> Context:
    """Tell the minutes of the council that adopted an act; no order of ours approves it, so its number is for the pen."""
    return {"приказ": None, "протокол": protocol(facts, kind.id)}


def minutes(facts: Facts, kind: Kind) -> Context:
    """Tell the minutes of the council that adopted what an order approves."""
    return {"протокол": protocol(facts, kind.id)}


def introduced(facts: Facts, kind: Kind) -> Context:
    """Tell the minutes before the order that an act is an appendix to: of that order's day, once it is registered."""
    return {"протокол": protocol(facts, kind.id, cited_papers(facts, kind.id).get("приказ"))}


def acquainted(facts: Facts) -> Context:
    """Name the curator, if the card does, as the one who signs for having read an order."""
    person = curator(facts)
    return {"ознакомить": [person] if person else []}


def appointing(facts: Facts) -> Context:
    """Name the curator whom an order appoints, who stands in, and the forms; raise `Refused` when the card names no curator.

    Those for whom there is no name yet sign the order too: a line by hand for each.
    """
    person = curator(facts)
    if person is None:
        raise Refused("Приказ о назначении куратора не готовится: в «Настройках» не указан куратор.")
    deputy, forms = _deputy(facts), forms_of(facts)
    known = [person, *([deputy] if deputy else [])]
    return {
        "формы": forms,
        "замещает": deputy,
        "ознакомить": unique(known),
        "от_руки": list(range(len(forms) + (deputy is None))),
    }


def forms_of(facts: Facts) -> list[str]:
    """Return the forms of mentoring as the card names them, else those of the pairs."""
    typed = [form.strip() for form in facts.organisation.forms.split(";") if form.strip()]
    return typed or sorted({pair.form for pair in facts.pairs if pair.form})


def _deputy(facts: Facts) -> Context | None:
    """Return who stands in for the curator, with the post where the book knows it."""
    told = typed_person(facts, facts.organisation.deputy)
    if told is None:
        return None
    own = next(
        (each for each in facts.people.values() if fold(each.name) == fold(facts.organisation.deputy)), None
    )
    return {**told, "должность": member(facts, own)["должность"] if own else {"им": ""}}


def developing(facts: Facts, kind: Kind) -> Context:
    """Tell the last day the roadmap gives to what the order has drawn up, if it gives one."""
    rows = (row for row in facts.activities if set(kind.within) & set(row.documents))
    days = [window.end for row in rows for window in row.term.windows if window.end]
    return {"срок": max(days, default=None)}


def sitting_number(facts: Facts) -> Context:
    """Tell the number of a council's minutes as typed; attendance, discussion and votes are never filled."""
    held = council(facts)
    day = held["дата"] if held else None
    typed = [
        each.protocol for each in facts.councils if each.protocol and day in {each.day, each.protocol_day}
    ]
    return {"номер_протокола": typed[-1] if day and typed else None}


def unmatched(facts: Facts) -> Context:
    """List the mentees in no living pair, the reasons for the curator; raise `Needless` when everybody has a mentor."""
    taken = {code for pair in living(facts) for code in codes(pair)}
    alone = [person for person in role(facts, "mentee") if person["код"] not in taken]
    if not alone:
        raise Needless("Справка о наставляемых без пары не готовится: наставник есть у каждого.")
    return {"наставляемые": alone}


def attending(facts: Facts) -> Context:
    """List everybody who takes part, for their signatures at an event."""
    people = unique([*role(facts, "mentor"), *role(facts, "mentee")])
    return {"участники": people, "событие": facts.activity.activity or None if facts.activity else None}


def figures(facts: Facts, kind: Kind) -> Context:
    """Tell what a monitoring paper counts; raise `Refused` for a report on answers that nobody has given."""
    if kind.focus == SURVEY and facts.evidence is not None:
        period = written(facts, kind.id).period
        if not answers_in(facts.evidence, scope_of(facts.evidence, period)):
            raise Refused(NO_ANSWERS)
    return note_parts(facts, kind.id)


PARTS: dict[str, Builder] = {
    "ознакомить куратора": acquainted,
    "назначаемый куратор": appointing,
    "наставники": lambda facts: {"наставники": role(facts, "mentor")},
    "наставляемые": lambda facts: {"наставляемые": role(facts, "mentee")},
    "пары": lambda facts: {"пары": living(facts)},
    "педсовет": lambda facts: {"педсовет": council(facts)},
    "номер протокола": sitting_number,
    "наставляемые без пары": unmatched,
    "участники мероприятия": attending,
    "сведения": tally,
}
PARTS_OF_KIND: dict[str, PartOfKind] = {
    "протокол": minutes,
    "принято педсоветом": adopted,
    "протокол к приказу": introduced,
    "срок разработки": developing,
    "показатели": figures,
}

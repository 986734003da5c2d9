"""Kinds without facts of their own: a heading, what the paper is about, and the parts that say the rest.

A kind whose part is about one pair or one participant stands in `of_participants`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flows.domain.documents.common import common, council, curator, protocol, registered, role, unique
from flows.domain.documents.counts import tally
from flows.domain.documents.kinds.council_folder import talk
from flows.domain.documents.kinds.note_monitoring import note_parts
from flows.domain.documents.pairs import codes, living
from flows.domain.errors import Refused

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder
    from flows.domain.model import Context, Facts


def blank(_: Facts) -> Context:
    """Say nothing besides: the paper is a form for the pen."""
    return {}


@dataclass(frozen=True, slots=True)
class Plain:
    """A kind of the catalogue: its id, its subject, its heading, and what it says besides the common part."""

    id: str
    subject: str
    heading: str
    part: Builder = blank

    def build(self, facts: Facts) -> Context:
        """Return the paper's context."""
        return {**common(facts, self.id, self.heading), **self.part(facts)}


def adopted(facts: Facts) -> Context:
    """Tell the minutes of the council that adopted an act; no order of ours approves it, so its number is for the pen."""
    return {"приказ": None, "протокол": protocol(facts)}


def introduced(facts: Facts) -> Context:
    """Tell the order of introduction that an act is an appendix to, once it is registered, and the minutes before it."""
    order = registered(facts, "order.introduce")
    return {"приказ": order, "протокол": protocol(facts, order)}


def introducing(facts: Facts) -> Context:
    """Tell what an order of introduction stands on; the act and the roadmap are its appendices."""
    appointed = registered(facts, "order.curator")
    return {"протокол": protocol(facts), "куратор_назначен": appointed, **acquainted(facts)}


def acquainted(facts: Facts) -> Context:
    """Name the curator, if the card does, as the one who signs for having read an order."""
    person = curator(facts)
    return {"ознакомить": [person] if person else []}


def appointing(facts: Facts) -> Context:
    """Name the curator whom an order appoints, and the forms of mentoring; raise `Refused` when the card names nobody."""
    person = curator(facts)
    if person is None:
        raise Refused("Приказ о назначении куратора не готовится: в «Настройках» не указан куратор.")
    forms = sorted({pair.form for pair in facts.pairs if pair.form})
    order = registered(facts, "order.introduce")
    return {"формы": forms, "приказ_о_внедрении": order, "ознакомить": [person]}


def developing(facts: Facts) -> Context:
    """Tell the last day the roadmap gives to drawing itself up, if it gives one."""
    rows = (row for row in facts.activities if "roadmap" in row.documents)
    days = [window.end for row in rows for window in row.term.windows if window.end]
    return {"срок": max(days, default=None), **acquainted(facts)}


def programme(facts: Facts) -> Context:
    """Tell the frame in which the programmes of pairs work."""
    mentors, mentees = role(facts, "mentor"), role(facts, "mentee")
    return {"наставники": mentors, "наставляемые": mentees, "пары": living(facts), **adopted(facts)}


def preparing(facts: Facts) -> Context:
    """Tell the day of the council to prepare; its agenda is completed by hand."""
    return {"педсовет": council(facts), **acquainted(facts)}


def sitting(facts: Facts) -> Context:
    """Tell the council's day and the pairs; attendance, discussion and votes are never filled."""
    return {"педсовет": council(facts), "пары": living(facts)}


def extract(facts: Facts) -> Context:
    """Tell a sitting with the number of its minutes as typed."""
    told = sitting(facts)
    day = told["педсовет"]["дата"] if told["педсовет"] else None
    minutes = [
        each.protocol for each in facts.councils if each.protocol and day in {each.day, each.protocol_day}
    ]
    return {**told, "номер_протокола": minutes[-1] if day and minutes else None}


def unmatched(facts: Facts) -> Context:
    """List the mentees in no living pair; the reasons are for the curator."""
    taken = {code for pair in living(facts) for code in codes(pair)}
    return {"наставляемые": [person for person in role(facts, "mentee") if person["код"] not in taken]}


def attending(facts: Facts) -> Context:
    """List everybody who takes part, for their signatures at an event."""
    people = unique([*role(facts, "mentor"), *role(facts, "mentee")])
    return {"участники": people, "событие": facts.activity.activity or None if facts.activity else None}


# fmt: off
KINDS = (
    Plain("questionnaire.mentee_in", "organisation", "Анкета наставляемого (перед началом программы)"),
    Plain("questionnaire.mentee_out", "organisation", "Анкета наставляемого (по итогам программы)"),
    Plain("questionnaire.mentor_in", "organisation", "Анкета наставника (перед началом программы)"),
    Plain("questionnaire.mentor_out", "organisation", "Анкета наставника (по итогам программы)"),
    Plain("questionnaire.mentor", "organisation", "Анкета наставника о потребности в обучении"),
    Plain("questionnaire.potential_mentor", "organisation", "Анкета потенциального наставника"),
    Plain("questionnaire.curator", "organisation", "Анкета куратора"),
    Plain("questionnaire.needs", "organisation", "Анкета о запросах и затруднениях педагога"),
    Plain("memo.mentor", "organisation", "Памятка наставника"),
    Plain("memo.mentee", "organisation", "Памятка наставляемого"),
    Plain("scenario", "organisation", "Сценарий установочной встречи"),
    Plain("case", "organisation", "Кейс успешной практики наставничества"),
    Plain("practice", "organisation", "Описание практики наставничества"),
    Plain("application", "event", "Заявка на участие"),
    Plain("program.promotion", "event", "Программа информационного продвижения наставничества"),
    Plain("program.seminar", "event", "Программа семинара для наставников"),
    Plain("methodology", "organisation", "Методика оценки эффективности наставничества", adopted),
    Plain("regulation.rewards", "organisation",
          "Положение о формах и условиях поощрения кураторов и наставников", adopted),
    Plain("program.org", "organisation", "Программа наставничества", programme),
    Plain("regulation", "organisation", "Положение о системе наставничества", introduced),
    Plain("order.introduce", "organisation", "О внедрении целевой модели наставничества", introducing),
    Plain("order.curator", "organisation", "О назначении куратора наставничества", appointing),
    Plain("order.develop", "organisation", "О разработке дорожной карты наставничества", developing),
    Plain("note.unmatched", "organisation", "Справка о наставляемых без наставника", unmatched),
    Plain("order.council_prep", "event", "О подготовке педагогического совета", preparing),
    Plain("protocol.council", "event", "Протокол педагогического совета", sitting),
    Plain("extract.council", "event", "Выписка из протокола педагогического совета", extract),
    Plain("agenda.council", "council", "Повестка педагогического совета", talk),
    Plain("decision.council", "council", "Проект решения педагогического совета", talk),
    Plain("sheet.registration", "event", "Лист регистрации участников", attending),
    Plain("data.submission", "event", "Сведения о наставничестве", tally),
    Plain("report.final", "event", "Отчёт по итогам программы наставничества",
          partial(note_parts, kind="report.final")),
    Plain("report.survey", "event", "Отчёт по результатам анкетирования",
          partial(note_parts, kind="report.survey")),
)
# fmt: on
BUILDERS: dict[str, Builder] = {kind.id: kind.build for kind in KINDS}
SUBJECTS = {kind.id: kind.subject for kind in KINDS}

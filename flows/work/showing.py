"""A template tried on the organisation's own data: the first paper of its kind, or of its first pair; nothing is filed or written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.documents import own_kinds
from flows.domain.documents.common import FIGURES, FILE_TITLE, requisites
from flows.domain.documents.field_cells import Owner, cell_of
from flows.domain.errors import Refused
from flows.domain.planning.councils import ASKED
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes, living
from flows.papers.blanks import blanks
from flows.papers.copies import kind_named
from flows.papers.read_fields import fields_read
from flows.papers.rendering import filled
from flows.papers.shapes import trials
from flows.russian import Doubt
from flows.work.look import look
from flows.work.steps import TRIAL_NUMBER
from flows.work.think import understanding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.catalogue.kind import Builder, Kind
    from flows.domain.model import Context, Facts
    from flows.work.stages import Errand

NO_PAIR = "в книге пока нет ни одной пары"
NOT_WANTED = "документ такого вида по вашей книге пока не из чего сделать"
OWN_KIND = "образец есть только у видов программы; для своего вида назовите организацию: --organisation КОД"
SPECIMEN = "показан образец с вымышленными людьми"


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper made for a look: its bytes (none where it could not be printed), whose data it says, what it lacks.

    `about` names a pair or a person by the code; `instead` says why the specimen is shown; `refusal` why nothing is.
    """

    paper: bytes
    title: str
    about: str = ""
    instead: str = ""
    refusal: str = ""
    blank: tuple[tuple[str, str], ...] = ()  # a field, and in words where it is filled


def specimen_shown(template: bytes, label: str, kind: str, title: str, why: str = "") -> Shown:
    """Print a template about invented people; without a kind of ours nothing can be."""
    for context in trials(kind):
        return _printed(template, label, Shown(b"", title, instead=why or SPECIMEN), context)
    return Shown(b"", title, refusal=why.partition(",")[0] or OWN_KIND)


def shown(errand: Errand, template: bytes, label: str, name: str) -> Shown:
    """Print a template about the organisation's first paper of its kind; `name` is the file's, without its ending."""
    seen = look(errand)
    errand, understood = understanding(errand, seen)
    supplies, facts = errand.supplies, understood.facts
    kind_id = kind_named(name, supplies.kinds)
    kind = supplies.kinds.get(kind_id)
    asked = {kind_id, *(_council(facts) if kind and kind.subject == "council" else ())}
    wishes = Wishes(supplies.kinds, supplies.builders, facts.days_off, at_once=frozenset(asked))
    title = kind.title if kind else name
    told = _planned(facts, wishes, kind_id) or _of_first_pair(facts, wishes, kind, supplies.builders)
    if isinstance(told, str):
        return specimen_shown(template, label, kind_id, title, f"{told}, {SPECIMEN}")
    about, context = told
    made = _printed(template, label, Shown(b"", title, about), context)
    return replace(made, blank=_blank(template, context, facts, kind_id))


def _council(facts: Facts) -> list[str]:
    """Ask for the folder of the next council, of the last one where none is to come."""
    days = sorted(facts.organisation.councils)
    next_day = next((day for day in days if day >= facts.today), days[-1] if days else None)
    return [f"{ASKED}{next_day.isoformat()}"] if next_day else []


def _planned(facts: Facts, wishes: Wishes, kind: str) -> tuple[str, Context] | None:
    """Return the first paper of a kind that the book calls for when it is asked for now."""
    for each in plan(facts, wishes).planned if kind in wishes.kinds else ():
        if each.kind == kind and each.context:
            return (each.subject if each.subject != facts.organisation.slug else ""), each.context
    return None


def _of_first_pair(
    facts: Facts, wishes: Wishes, kind: Kind | None, builders: Mapping[str, Builder]
) -> tuple[str, Context] | str:
    """Return what a paper that nothing calls for would say of the first pair, or why it would say nothing."""
    pairs = living(facts, wishes)
    if not pairs:
        return NO_PAIR
    pair = pairs[0]
    people = {"mentor": pair.mentor, "mentee": pair.mentees[0], "participant": pair.mentor}
    about = people.get(kind.subject, pair.code) if kind else pair.code
    alone = kind is None or kind.subject in {"pair", *people}
    subject = about if alone else ""
    own = replace(
        facts,
        subject=subject,
        heading=(kind.heading or kind.title) if kind else "",
        pairs=(pair,) if alone else facts.pairs,
    )
    build = builders.get(kind.id, own_kinds.of_pair) if kind else own_kinds.of_pair
    try:
        context = dict(build(own))
    except (Refused, Doubt):
        return NOT_WANTED
    return subject, {name: value for name, value in context.items() if name not in {FIGURES, FILE_TITLE}}


def _printed(template: bytes, label: str, made: Shown, context: Context) -> Shown:
    try:
        return replace(made, paper=filled(template, label, requisites(context, draft=TRIAL_NUMBER)))
    except (Refused, Doubt) as refusal:
        return replace(made, refusal=str(refusal).rstrip("."))


def _blank(template: bytes, context: Context, facts: Facts, kind: str) -> tuple[tuple[str, str], ...]:
    """Return what the paper lacks, with the cells that fill it; the same cell is named once."""
    found: dict[str, str] = {}
    for each in blanks(context, fields_read(template)):
        owner = Owner(each.code, each.inner) if each.code else None
        cell = each.reason.rstrip(".") or cell_of(facts, kind, each.path, owner)
        whose = f"{each.path} ({each.code})" if each.code else each.path
        left_out = "" if each.printed else "; без него часть текста не напечатана"
        if cell:
            found.setdefault(whose, f"{cell}{left_out}")
    return tuple(found.items())

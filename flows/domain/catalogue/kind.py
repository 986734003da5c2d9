"""A kind of document as `config/documents.toml` states it (DESIGN §6): one record with every trait a kind has.

A trait belongs here as soon as anything in the program does something else for one kind than for another. What a family
of kinds shares (`order.*`, `consent.*`) is said of it once; a kind says otherwise where it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.domain.model import Context, Facts

Builder = Callable[[Facts], Context]
PartOfKind = Callable[[Facts, "Kind"], Context]
# Words that a trait may hold, and nothing else.
CHOICES: Mapping[str, frozenset[str]] = {
    "subject": frozenset(
        {"organisation", "event", "row", "pair", "mentor", "mentee", "participant", "council", "member"}
    ),
    "given": frozenset({"consent_duty", "consent_data", "consent_public", "agreement"}),
    "asked_for": frozenset({"mentor", "pair", "all"}),
    "approves": frozenset({"acts", "programmes", "people"}),
    "lists": frozenset({"people", "programmes"}),
    "expert": frozenset({"letter", "minutes"}),
    "focus": frozenset({"municipal", "survey", "mentor", "collection"}),
    "proposed": frozenset({"local acts", "gathering", "closing", "pairing", "working", "all year"}),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue; a trait that is not stated is empty, and then nothing special is done."""

    id: str
    title: str
    heading: str = ""
    """What stands over the paper, where it is not the title."""
    subject: str = "event"
    """What a paper is about: one for the `organisation` and school year, for each `pair`, `mentor`, `mentee` or
    `participant`, for each window of each roadmap row (`event`, `row`), for each `council` of the card, for each
    `member` of a district that owes data."""
    template: str = ""
    folder: tuple[str, ...] = ()
    name: str = ""
    lead_days: int = 10
    """Working days before the window's start, or before «до …», on which the draft appears."""
    made: bool = False
    """The program writes it; else it only names it, and `why_not` says why."""
    why_not: str = ""
    of_district: bool = False
    """Only a district's own book makes it, of what its organisations sent; any other says `why_not`."""
    kept_in: str = ""
    """The tab that is this paper in a district's book: there no other is made of it."""

    # --- what calls for it, besides `calling_words`
    called: tuple[Mapping[str, str], ...] = ()
    """Rules «stems, words, unless» of words in a result cell that call for it; they need no place among the others."""
    heads: tuple[str, ...] = ()
    """Beginnings of bare names, «Справка», «Список», under which the activity's words may mean it."""
    bare: str = ""
    """The bare name that means it when nothing more is told."""
    local_act: bool = False
    """One of those that «локальные акты» without their names means."""
    by_result: bool = False
    """Called for by the words of the result alone, never by the activity's."""
    by_action: bool = False
    """An order that an action calls for although it names no order: it appoints or fixes somebody."""
    within: tuple[str, ...] = ()
    """Kinds that the same words call for and that this one already is."""

    # --- planning
    planner: str = ""
    """The way it is planned, a name of `planning.planners`; without one, the way of its subject."""
    forced: bool = False
    """Planned whether a row of the roadmap names it or not."""
    needs: tuple[str, ...] = ()
    """Tabs without which nothing can be said of it; without any, what its subject stands on."""
    of_pairs: bool = False
    """One for the organisation, but it lives by the pairs: it waits for them and not for the roadmap's windows."""
    closes: bool = False
    """A paper of monitoring that gathers a window's data: it appears with the window and rests after it."""
    occasion: bool = False
    """For a day: the last of its window."""
    with_advice: bool = False
    """Comes with a note that carries recommendations."""
    by_people: bool = False
    """People write it themselves; the program keeps a line of the checklist for it."""
    given: str = ""
    """The cell that tells it is signed on paper already: then no draft is made of it."""
    besides_job: bool = False
    """Asked only of mentors whose own job does not hold mentoring already (ТК РФ, ст. 351.8)."""
    on_change: str = ""
    """Why it is not there, for the row's cell: it is planned when something comes about, on no day that one can tell."""
    later: tuple[str, ...] = ()
    """Fields that tell what came about after a plan was made, «дефициты.[].после»: they never touch a registered one."""
    sitting: bool = False
    """Of a council's sitting: it rests after the day, only the number of the minutes is still entered in it."""
    awaits: tuple[str, ...] = ()
    """Orders that it cites in its stamp or as its basis: while one that is called for has no number and day, it has no
    clean copy."""
    copy_of: str = ""
    """The kind whose registered papers it copies for the site."""

    # --- requests of curators
    asked_by: tuple[str, ...] = ()
    """What a request calls it in «Что нужно»."""
    asked_for: str = ""
    """Whose paper a request of one code may be: a `mentor`'s, a `pair`'s; `all`: only for the whole organisation."""
    repeats: bool = False
    """Made year after year or occasion after occasion: a request is answered with the last."""

    # --- after registration
    order: bool = False
    amended: bool = False
    """Changed by an order once it is registered, never made anew."""
    approves: str = ""
    """What this order approves that a council has accepted before."""
    journal: str = ""
    """The kind of journal that registered papers are entered in."""
    on_leaving: str = ""
    """What to do with a registered one when a person it names leaves."""
    on_renaming: str = ""
    """The same when the person's name changes."""
    on_new_post: str = ""
    """The same when the person's post changes."""

    # --- the roadmap
    shares_order: int = 0
    """Rows may name one such order together; of several in a row the one with the least number is compared."""
    proposed: str = ""
    """The time of the year that the calendar of the letter gives to it."""
    at_work: bool = False
    """Its term shows that pairs are at work already."""
    lists: str = ""
    """What it is a list of, `people` or `programmes`: such lists stand before the work."""
    method: bool = False
    """The method by which results are assessed: it comes before the first assessment."""
    sums_up: bool = False
    """One paper made from the reports of many."""
    adopted: str = ""
    """The words beside a council's minutes that say it adopted this paper, a regular expression over small letters."""
    adopts: bool = False
    """Minutes of the council that adopts acts."""
    stem: str = ""
    """The beginning of the word by which an action names it, where the result may forget it."""
    publishes: bool = False
    """What stands in it is seen by everybody."""
    for_district: bool = False
    """Data that the district's note waits for."""
    expert: str = ""
    """The `letter` that sends papers to the experts, or the `minutes` of their sitting."""

    # --- monitoring
    focus: str = ""
    """What a paper of monitoring is about, whatever its row says."""
    achieved: str = ""
    """How the note counts registered ones among what people achieved."""
    alone: bool = False
    """The note names each registered one; the others are counted."""

    # --- what the paper says
    parts: tuple[str, ...] | None = None
    """Names of `documents.parts`: a kind without facts of its own is put together from them; none at all is a form for
    the pen. `None`: the kind has a file of its own."""
    cites: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold number and day of the last registered paper of a kind."""
    handout: str = ""
    """The list of a council's folder that it prints, a name of `councils.handouts`."""
    sent: bool = False
    """Sent to be agreed when it is registered."""
    public: bool = False
    """Shown on the site when it is registered."""
    proof: bool = False
    """Stands in the portfolio of a mentor it names."""

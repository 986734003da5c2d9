"""A year of one organisation walked through: no paper names anybody outside their own days, nor another head than its day's."""

from dataclasses import replace
from datetime import date
from functools import cache

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.specimen import specimen
from flows.domain.model import Activity, Filed, Origin
from flows.domain.organisation import Acting, Council
from flows.domain.people import through_time
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.terms.reading import Term, Window

KINDS = {name: kind for name, kind in settings.catalogue().items() if kind.made}
DAYS_OFF = settings.days_off(2026, 2027)
YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
MONTHS = (date(2026, 9, 10), date(2026, 11, 12), date(2026, 12, 10), date(2027, 2, 10))
BASE = specimen("order.pairs")
WEDDING, DISMISSAL, HIRED = date(2026, 11, 10), date(2027, 2, 1), date(2026, 10, 20)
BRIDE, GONE, FRESH = BASE.pairs[0].mentor, BASE.pairs[1].mentees[0], "Л-090"
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)
NAMES = {"before": BASE.people[BRIDE].name.split()[0], "after": "Новикова", "gone": "Ушаков", "fresh": "Юдин"}
EVENTS = (
    StaffEvent(WEDDING, BRIDE, "смена фамилии", value="Новикова"),
    StaffEvent(DISMISSAL, GONE, "уволен"),
)
# What tells of a pair's own work, or of work that is over, names whoever did it.
OF_WORK = {"pair", "mentor", "mentee", "participant"}
# An order of change tells both names of whom it renames.
BOTH_NAMES = {"order.pairs_change"}


def organisation():
    """Everybody with their days: one marries, one is dismissed and the pair broken off, one is hired in autumn."""
    listed = {
        **BASE.people,
        GONE: replace(BASE.people[GONE], name="Ушаков Игорь Павлович", gender="м"),
        FRESH: replace(BASE.people[GONE], code=FRESH, name="Юдин Олег Павлович", gender="м", hired=HIRED),
    }
    lives = through_time.history(listed, EVENTS)
    broken = {
        "status": "прекращена",
        "end": DISMISSAL,
        "end_notice": date(2027, 1, 25),
        "end_reason": "увольнение",
    }
    return lives, broken


def walk():
    """Every paper a month calls for, with the day its builder was given."""
    lives, broken = organisation()
    row = Activity(
        "М-001", "1", "1", "Дело", "", Term("ongoing"), (), "Документ", tuple(KINDS), Origin("", "", 2)
    )
    monthly = tuple(
        replace(
            row,
            code=f"М-1{at:02d}",
            term=Term("dated", (Window(day.replace(day=1), day.replace(day=28)),)),
        )
        for at, day in enumerate(MONTHS)
    )
    card = replace(BASE.organisation, acting=(Acting("Зуева Ирина Львовна", FIRST, LAST),))
    councils = tuple(Council(str(at), day.replace(day=20)) for at, day in enumerate(MONTHS, 1))
    signed = Filed(
        "obrazec/order.pairs/obrazec/2026-2027", 1, "order.pairs", "О закреплении", "", "зарегистрирован", "f", "2.x", "", "", "",
        number="26/1", day=date(2026, 9, 14), covers=tuple(code for pair in BASE.pairs for code in pair.codes), marks=(f"{BRIDE}=aaaaaa.bbbbbb",), final=True,
    )  # fmt: skip
    for today in MONTHS:
        pairs = tuple(
            replace(pair, **broken) if GONE in pair.mentees and today >= DISMISSAL else pair
            for pair in BASE.pairs
        )
        facts = replace(
            BASE, organisation=card, today=today, people=through_time.on(lives, today), history=lives, pairs=pairs,
            activities=(row, *monthly), councils=councils, register=(signed,), period=YEAR, pack=None,
        )  # fmt: skip
        evidence = replace(BASE.evidence, facts=facts, events=EVENTS) if FIRST <= today <= LAST else None
        facts = replace(facts, evidence=evidence)
        made = []
        builders = {name: noting(build, made, name) for name, build in BUILDERS.items()}
        plan(facts, Wishes(KINDS, builders, DAYS_OFF))
        yield from made


@cache
def papers():
    """The walk, once."""
    return tuple(walk())


def noting(build, made, kind):
    """Build a paper and write down of which kind it is, its day, and what it says."""

    def noted(facts):
        context = build(facts)
        made.append((kind, facts.day, " ".join(texts(dict(context)))))
        return context

    return noted


def texts(value):
    """Every text of a context, whatever it is made of."""
    if isinstance(value, dict):
        value = list(value.values())
    elif hasattr(value, "__dataclass_fields__"):
        value = [getattr(value, name) for name in value.__dataclass_fields__]
    if isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def test_the_walk_makes_papers_of_most_kinds_on_days_on_both_sides():
    kinds = {kind for kind, _, _ in papers()}
    assert len(kinds) > 50, sorted(set(KINDS) - kinds)
    for day in (WEDDING, DISMISSAL, HIRED, FIRST):
        assert any(on and on < day for _, on, _ in papers())
        assert any(on and on >= day for _, on, _ in papers())


def test_nobody_is_called_by_a_name_of_other_days():
    said = {True: 0, False: 0}
    for kind, day, text in papers():
        if day is None or kind in BOTH_NAMES:
            continue
        right, wrong = (
            (NAMES["after"], NAMES["before"]) if day >= WEDDING else (NAMES["before"], NAMES["after"])
        )
        assert wrong[:-1] not in text, (kind, day)
        said[day >= WEDDING] += right[:-1] in text
    assert min(said.values()) > 5


def test_nobody_stands_in_a_list_outside_their_days():
    listed = 0
    for kind, day, text in papers():
        if day is None or KINDS[kind].subject in OF_WORK or KINDS[kind].closes:
            continue
        assert not (day < HIRED and NAMES["fresh"] in text), (kind, day)
        assert not (day >= DISMISSAL and NAMES["gone"] in text), (kind, day)
        listed += NAMES["fresh"] in text
    assert listed > 5


def test_every_paper_is_signed_by_the_head_of_its_day():
    for kind, day, text in papers():
        if day is not None:
            there, away = ("Зуев", "Соколов") if FIRST <= day <= LAST else ("Соколов", "Зуев")
            assert there in text, (kind, day)
            assert away not in text, (kind, day)

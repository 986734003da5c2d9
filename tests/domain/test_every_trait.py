"""Every trait of `documents.toml` matters: changed alone, it changes what planning, a cell, a check, a paper or an answer says.

A changed record is read as a run reads it; then one look after another is taken until one of them shows another thing.
"""

from __future__ import annotations

import io
import tomllib
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from types import SimpleNamespace

import docx
import pytest

from flows import settings
from flows.domain.catalogue import called_for, record
from flows.domain.catalogue.called_for import kinds_for
from flows.domain.columns import system_columns
from flows.domain.councils.pack import pack
from flows.domain.documents import own_kinds, specimen_district
from flows.domain.documents.builders import OWN, put_together
from flows.domain.documents.specimen import MINUTES, specimen
from flows.domain.errors import Misconfigured, Refused
from flows.domain.model import Activity, Filed, Origin, Planned
from flows.domain.organisation import Council
from flows.domain.periods import Period
from flows.domain.planning import wiring
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Wishes
from flows.domain.register import after_signing, life, pair_sequence, paper_marks
from flows.domain.roadmap import audience, proposed_terms
from flows.domain.roadmap.checks.run import check
from flows.domain.roadmap.grids import Document
from flows.domain.statuses import BROKEN, FINISHED, LEFT, REGISTERED
from flows.domain.terms.reading import Term, Window, parse
from flows.domain.working_days import working_days_before
from flows.papers.fingerprint import fingerprint
from flows.work import ticks
from tests.changed_settings import settings_of, tried
from tests.domain.test_kinds import CELLS

TABLE = tomllib.loads(record.FILE.read_text("utf-8"))
DAYS_OFF = settings.days_off(2026, 2028)
PERIOD = Period(date(2026, 9, 1), date(2028, 8, 31))
CACHES = (record.of, record.having, record.asked, record.called, called_for._kinds)
REQUESTS = settings.book_layout().lists["request"]

# --- the school: pairs signed and not, one broken, one of an employer; a register with a paper of every kind ------

SCHOOL = specimen("order.pairs", pairs=7)
UNSIGNED = {"consent_duty": None, "consent_data": None, "consent_public": None}
GUEST, WORKER, GROUP, GONE, OWN_JOB, OVER, PUPILS = SCHOOL.pairs
HALF = {
    **SCHOOL.people,
    **{code: replace(SCHOOL.people[code], **UNSIGNED) for pair in (GUEST, GROUP, OWN_JOB) for code in (pair.mentor, *pair.mentees)},
    WORKER.mentor: replace(SCHOOL.people[WORKER.mentor], category="педагог-наставник"),
    OWN_JOB.mentor: replace(SCHOOL.people[OWN_JOB.mentor], **UNSIGNED, job_function=True),
    PUPILS.mentees[0]: replace(SCHOOL.people[PUPILS.mentees[0]], sort="обучающийся", position="8 класс", born=date(2012, 5, 1)),
}  # fmt: skip
# The mentors of a guest's pair and of a group have agreed: now the agreement and the addendum are wanted.
AGREED = HALF | {
    pair.mentor: replace(HALF[pair.mentor], consent_duty=date(2026, 8, 3)) for pair in (GUEST, GROUP)
}
FREE = {"addendum_number": "", "addendum_date": None}
PAIRS = (
    replace(GUEST, **FREE, form="работодатель – обучающийся"),
    replace(WORKER, form="педагог – молодой специалист"),
    replace(GROUP, **FREE),
    replace(GONE, status=BROKEN, end=date(2026, 12, 11), end_notice=date(2026, 12, 1)),
    replace(OWN_JOB, **FREE),
    replace(OVER, status=FINISHED, end=date(2026, 12, 18)),
    replace(PUPILS, form="ученик – ученик"),
)
# The employer ends the pair that its mentor ends elsewhere; a group's addendum has to appear on one of the days.
ENDED = tuple(
    replace(pair, ended_by="работодатель") if pair.status == BROKEN
    else replace(pair, start=date(2026, 9, 22)) if pair.code == GROUP.code
    else pair
    for pair in PAIRS
)  # fmt: skip
COUNCILS = tuple(
    Council("", day, row=at, protocol=str(at), protocol_day=day)
    for at, day in enumerate((date(2026, 8, 28), date(2026, 11, 20), date(2027, 1, 22), date(2027, 5, 28)))
)
# After the window of December, then before anything, before a pair begins, around councils.
DAYS = tuple(
    map(date.fromisoformat, ("2026-12-21", "2026-08-03", "2026-08-24", "2026-09-04", "2026-11-17", "2027-01-20", "2027-05-26"))
)  # fmt: skip
# The first day of a journal of orders.
DAYS = (*DAYS, working_days_before(date(2026, 12, 31), 10, DAYS_OFF))


def row(code, term, *kinds, **more):
    told = {"activity": "Дело", "result": "Документ", "status": "", **more}
    return Activity(
        code, code[-1], "6. Мониторинг", told["activity"], "", parse(term, PERIOD), (), told["result"], kinds,
        Origin("", "", int(code[-3:])), told["status"], term,
    )  # fmt: skip


def filed(kind, about="obrazec", day=date(2026, 9, 14), **more):
    key = f"obrazec/{kind}/{about}/2026-2027"
    told = {"title": kind, "state": REGISTERED, "number": "7", "covers": SCHOOL.pairs[1].codes, **more}
    return Filed(
        key, 1, kind, told["title"], "", told["state"], "f", "v1", "m", "", "", number=told["number"], day=day,
        covers=told["covers"], marks=told.get("marks", ()), final=told.get("final", False), origin=Origin("", "", 5),
    )  # fmt: skip


KINDS = [kind["id"] for kind in TABLE["kind"]]
EVERY = tuple(filed(kind, about) for kind in KINDS for about in ("obrazec", SCHOOL.pairs[1].code))
ORDERED = OWN["order.pairs"](replace(SCHOOL, subject="obrazec"))
MARKS = paper_marks.marks(ORDERED, ORDERED)
FEW = (
    *(
        filed(kind)
        for kind in (
            "order.introduce",
            "protocol.council",
            "order.registry",
            "order.programs",
        )
    ),
    filed("order.pairs", marks=MARKS),
    # Clean copies, of which there are copies for the site.
    *(filed(kind, final=True) for kind in ("registry.mentors", "registry.programs")),
    filed("order.pairs", "obrazec-2", final=True),
)


def kind_at(whole, at):
    return list(whole.kinds.values())[at]


def planned(whole, at):
    """What planning says of a kind over the days, and what the cells of its rows say."""
    kind = kind_at(whole, at)
    awaited = PLACES[at].awaits
    beside = [whole.kinds[name] for name in (kind.copy_of, *kind.within, *awaited) if name in whole.kinds]
    kinds = {each.id: each for each in (kind, *beside)}
    wishes = Wishes(kinds, {kind.id: lambda _: {}}, DAYS_OFF)
    asked_now = replace(
        wishes,
        at_once=frozenset({kind.id, "council/2", f"{kind.id}/2", f"{kind.id}/срок@2026-11-02..2026-11-30"}),
    )
    rows = (
        row("М-001", "до 18.12.2026", kind.id, *awaited),
        row("М-002", "Декабрь 2026", kind.id, status="выполнено"),
        row("М-003", "Май 2027", kind.id),
    )
    # Of several orders that a paper awaits the first alone is registered.
    first_only = tuple(each for each in FEW if each.kind not in awaited[1:])
    schools = (
        (rows, (), PAIRS, HALF, wishes),
        ((), FEW, ENDED, AGREED, wishes),
        (rows[:1], first_only, PAIRS[1:2], HALF, asked_now),
        ((), (), PAIRS, HALF, asked_now),
        (rows, (), (), HALF, wishes),
    )
    for day in DAYS:
        for own, register, pairs, people, asking in schools:
            facts = replace(
                SCHOOL,
                today=day,
                activities=own,
                people=people,
                pairs=pairs,
                register=register,
                councils=COUNCILS if pairs else (),
                evidence=None,
            )
            told = plan(facts, asking)
            yield [replace(each, context={}) for each in told.planned], told.problems
            yield system_columns.roadmap(facts, asking, told.planned, {})


def in_district(whole, at):
    """What the book of a district plans of a kind that its rows call for, and what the cells of its rows say."""
    kind = kind_at(whole, at)
    kinds = {name: whole.kinds[name] for name in (*OF_DISTRICT, kind.id) if name in whole.kinds}
    facts = specimen_district.in_district(SCHOOL, kind.id, 3)
    *others, note = facts.activities
    own = replace(note, code="М-013", number="6.6", documents=(kind.id,), origin=Origin("", "", 9))
    undated = replace(
        note, code="М-014", number="6.7", term=Term("dated", (Window(None, MAY),)), origin=Origin("", "", 10)
    )
    rows = (*others, note, undated, *([own] if kind.id not in OF_DISTRICT else []))
    for day in IN_APRIL:
        told = replace(facts, today=day, activities=rows)
        wishes = Wishes(kinds, dict.fromkeys(kinds, lambda _: {}), DAYS_OFF)
        found = plan(told, wishes)
        yield [each for each in found.planned if each.kind in {kind.id, *OF_DISTRICT}], found.problems
        yield system_columns.roadmap(told, wishes, found.planned, {})


OF_DISTRICT = ("note.municipal", "letter.reminder")
MAY = date(2027, 5, 14)
IN_APRIL = (
    *map(date.fromisoformat, ("2027-03-17", "2027-04-01", "2027-04-23", "2027-05-20")),
    working_days_before(MAY, 10, DAYS_OFF),
)


def in_doubt(whole, at):
    """What planning leaves alone when a tab could not be read."""
    kind = kind_at(whole, at)
    for tab in (
        "Дорожная карта",
        "Наставники",
        "Наставляемые",
        "Пары",
        "Встречи",
        "Склонения",
        "Анкеты",
        "Карта оценки",
        "Кадровые события",
        "Организации",
        "Исполнение",
        "Мониторинг",
        "Показатели",
    ):
        wishes = Wishes({kind.id: kind}, {kind.id: lambda _: {}}, DAYS_OFF, wanted_doubts(tab))
        yield plan(replace(SCHOOL, evidence=None), wishes).doubts


def wanted_doubts(tab):
    return replace(Wishes({}, {}).doubts, tabs=frozenset({tab}))


# Words that two papers could be meant by, or a bare name and no more: it takes a trait to tell which.
WORDS = """
Положение | Положение о поощрении наставников, памятка наставника
Положение | Разработка памятки наставника
Протокол | Заседание ПС, памятка наставника
Протокол | Разработка памятки наставника
Программа | Программа информационного продвижения, памятка наставника
Программа | Персонализированная программа, памятка наставника
Программа | Разработка памятки наставника
План | План встреч пар, памятка наставника
План | Персонализированные программы (планы), памятка наставника
План | Дорожная карта, график встреч пар
План | Разработка памятки наставника
График | График встреч пар, памятка наставника
График | Индивидуальный план, памятка наставника
График | Разработка памятки наставника
Согласия | Согласие наставника, памятка наставника
Согласия | Разработка памятки наставника
Список | Список наставников, памятка наставника
Списки | Список наставников, памятка наставника
Перечень | Перечень наставников, памятка наставника
База | База наставников, памятка наставника
Банк данных | Банк наставников, памятка наставника
Список | Список лучших практик, памятка наставника
Списки | База лучших практик, памятка наставника
Перечень | База лучших практик, памятка наставника
База | База лучших практик, памятка наставника
Банк данных | База лучших практик, памятка наставника
Отчет | Отчёт наставника, памятка наставника
Отчет | Аналитический отчет о мониторинге, памятка наставника
Отчет | Разработка памятки наставника
Справка | Справка о наставляемых без пары, памятка наставника
Справка | Аналитическая справка, памятка наставника
Справка | Разработка памятки наставника
Анкеты | Анкета куратора, памятка наставника
Анкеты | Разработка памятки наставника
Заявка | Участие в конкурсе, памятка наставника
Заявка | Разработка памятки наставника
Положение | Разработка положения о системе наставничества и положения о поощрении наставников
Приказ о разработке дорожной карты |
Приказ о внесении изменений в приказ о закреплении пар |
Реестр программ наставничества и персонализированных программ |
Сводная аналитическая справка по итогам мониторинга, итоговый отчёт |
Заполненные формы мониторинга: база наставников, база наставляемых |
Протокол педагогического совета, протокол заседания |
Методика оценки программы наставничества, мониторинг |
Обмен опытом | Закрепление наставнических пар
Обмен опытом | График встреч пар
"""


LINES = [[part.strip() for part in line.split("|")] for line in (WORDS.strip() + CELLS).split("\n") if line]


def both_named():
    """A cell that names a paper and the one that it already is, for each such two."""
    said = {line[2]: line[0] for line in LINES if len(line) > 2 and not line[1]}
    for kind in TABLE["kind"]:
        known = [other for other in kind.get("within", ()) if {kind["id"], other} <= said.keys()]
        yield from ((f"{said[kind['id']]}; {said[other]}", "") for other in known)


def called(whole, at):
    """Which papers the words of a roadmap call for."""
    del whole, at
    yield from (kinds_for(line[0], line[1]) for line in (*both_named(), *LINES))


def row_of(at, *kinds, term="", **more):
    return row(f"М-{at:03}", term or "до 18.12.2026", *kinds, **more)


def checked(whole, at):
    """What the checks say of rows that call for a kind, alone and beside each other kind, and which order is shared."""
    mine = kind_at(whole, at).id
    document = Document(
        title="Дорожная карта", organisation="МБДОУ № 5", period=PERIOD, stamps=("Приказ от 01.10.2026 № 1",)
    )
    doing = "Разработка положения, дорожной карты, программы наставничества с рекомендациями по итогам, рассмотрение модели"
    for other in BESIDE:
        for months in (
            ("Май 2027", "Октябрь 2026"),
            ("Декабрь 2026", "Декабрь 2026"),
            ("Октябрь 2026", "Май 2027"),
        ):
            rows = (
                row_of(1, mine, term=months[0], activity=doing, result="Приказ, карта, 01.10.2026"),
                row_of(2, other, term=months[1], activity="Подведение итогов", result="Приказ"),
                row_of(3, mine, other, term=months[1], activity=doing, result="Приказ"),
            )
            rows = tuple(replace(each, responsible=("Наставники",)) for each in rows)
            marked = audience.marked(rows, document)
            yield [each.joint for each in marked]
            yield check(marked, document, PERIOD, frozenset({"term", "result"}))


BESIDE = (
    "note.monitoring", "note.municipal", "data.submission", "cover.letter", "protocol.other", "protocol.council", "order.introduce", "order.curator",
    "order.pairs", "order.develop", "order.monitoring", "order.registry", "order.programs", "program.personal", "regulation", "roadmap", "methodology",
    "registry.mentors", "registry.programs", "site.page",
)  # fmt: skip


def proposed(whole, at):
    mine = kind_at(whole, at).id
    empty = replace(row_of(1, mine), term=Term("empty", ()), printed_term="")
    yield proposed_terms.propose((empty,), Period(date(2026, 9, 1), date(2027, 8, 31)))


def paper(whole, kind, **more):
    """What the paper of a kind says where the register holds papers of every kind."""
    del whole
    facts = specimen(kind.id, kind.subject, 2)
    facts = replace(
        facts,
        register=EVERY,
        activity=row_of(1, "cover.letter", "protocol.other"),
        subject=facts.subject or "obrazec",
        **more,
    )
    try:
        return OWN[kind.id](facts) if kind.id in OWN else put_together(facts, kind) if kind.made else {}
    except Refused as refusal:
        return str(refusal)


def built(whole, at):
    yield paper(whole, kind_at(whole, at))


def adopted(whole, at):
    """What the paper of a kind says of minutes that adopted one thing and no more."""
    for thing in ("дорожная карта", "план мероприятий"):
        yield paper(whole, kind_at(whole, at), councils=(replace(MINUTES, adopted=thing),))


def judged(whole, at):
    """By what a registered paper is judged that the organisation's own template prints whole."""
    kind = kind_at(whole, at)
    if PLACES[at].later:
        context = paper(whole, kind)
        yield fingerprint(printing(tags("", context)), context, kind.later)


@cache
def printing(text):
    """A template of one paragraph."""
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def tags(name, value):
    """The tags that print each field of a value, those of a list by a loop."""
    if isinstance(value, dict):
        return "".join(tags(f"{name}.{key}".strip("."), below) for key, below in value.items())
    if isinstance(value, list | tuple) and value:
        one = f"{name.replace('.', '_')}_"
        return f"{{% for {one} in {name} %}}{tags(one, value[0])}{{% endfor %}}"
    return f"{{{{ {name} }}}}"


def cited(whole, at):
    """What the papers say that speak of registered papers of other kinds."""
    del at
    yield from (paper(whole, whole.kinds[name]) for name in ABOUT_OTHERS)
    rows = tuple(row_of(number, name) for number, name in enumerate(KINDS, 1))
    yield OWN["checklist"](replace(SCHOOL, activities=rows))
    yield own_kinds.build(replace(SCHOOL, register=EVERY))


ABOUT_OTHERS = (
    "site.page", "portfolio.mentor", "journal.orders", "journal.protocols", "cover.letter", "protocol.other", "checklist", "note.monitoring", "pack.contents",
)  # fmt: skip


def after(whole, at):
    """What has to be done after signing: someone left, is called otherwise, has another post; data changed; consents."""
    kind = kind_at(whole, at)
    person = SCHOOL.people[SCHOOL.pairs[1].mentor]
    marks = MARKS
    register = (filed(kind.id, SCHOOL.pairs[1].code, marks=marks), filed(f"{kind.id.partition('.')[0]}.прежний", SCHOOL.pairs[1].code, marks=marks))  # fmt: skip
    for change in ({"status": LEFT}, {"name": "Иная Вера Петровна"}, {"position": "методист"}):
        facts = replace(
            SCHOOL, people={**SCHOOL.people, person.code: replace(person, **change)}, register=register
        )
        yield list(after_signing.findings(facts))
    paper = Planned("k", kind.id, "obrazec", "2026-2027", "", "", (), "", {})
    yield life.decide(paper, "v2", replace(register[0], final=True), life.File.OURS)
    late = replace(SCHOOL.organisation, council_protocol_date=date(2026, 9, 20))
    facts = replace(
        SCHOOL, people=HALF, organisation=late, register=register, activities=(row_of(1, kind.id),)
    )
    yield list(pair_sequence.chain(facts))


def asked(whole, at):
    """What a request of curators asks planning for, and with which of several papers it is answered."""
    del at
    for what in REQUESTS:
        yield ticks.wanted(ticks.Wish("З-001", what, "", "", ""), ())
        yield ticks.wanted(ticks.Wish("З-001", what, "", "", ""), ("Н-001", "П-001"))
    yield [(kind.id, kind.repeats) for kind in whole.kinds.values() if kind.asked_by]


def folders(whole, at):
    """What lies in a council's folder."""
    del whole, at
    for month in (8, 11, 1, 3, 5):
        yield pack(
            replace(SCHOOL, register=tuple(replace(each, day=None) for each in EVERY)),
            "1",
            date(2026 if month > 7 else 2027, month, 20),
        )


LOOKS = (
    planned,
    in_district,
    built,
    cited,
    checked,
    called,
    after,
    proposed,
    asked,
    folders,
    in_doubt,
    adopted,
    judged,
)
# What these show does not hang on the kind that is looked at.
OF_ALL = {cited, called, asked, folders}
# Where to look first for a trait; the others are looked at too.
FIRST = {
    "heads": called, "bare": called, "local_act": called, "by_result": called, "by_action": called, "within": called, "asked_by": asked, "asked_for": asked,
    "repeats": asked, "order": checked, "on_leaving": after, "on_renaming": after, "on_new_post": after, "amended": after, "shares_order": checked, "at_work": checked,
    "lists": checked, "method": checked, "sums_up": checked, "adopts": checked, "stem": checked, "publishes": checked, "for_district": checked,
    "expert": checked, "approves": checked, "proposed": proposed, "parts": built, "cites": built, "handout": built, "sent": cited, "public": cited,
    "proof": cited, "journal": cited, "alone": cited, "closes": planned, "achieved": cited, "focus": built, "needs": in_doubt, "pack": folders, "heading": built,
    "adopted": built, "later": judged, "of_district": in_district, "kept_in": in_district,
}  # fmt: skip


def read(told, at=None):
    """Read a record as the program does, of the kind at a place only its entry, and look every name in it up."""
    if at is None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                record, "tomllib", SimpleNamespace(loads=lambda _: told, TOMLDecodeError=ValueError)
            )
            whole = record.read("")
    else:
        kind = record._kind(told["kind"][at], BASE)
        kinds = [*PLACES[:at], kind, *PLACES[at + 1 :]]
        whole = replace(BASE, kinds={each.id: each for each in kinds})
        record._named(whole.kinds)
        named = {need.kind for needs in whole.packs.values() for need in needs}
        if not named <= set(whole.kinds):
            raise Misconfigured(kind.id)
    wiring.checked(whole, REQUESTS)
    return whole


@contextmanager
def in_force(whole):
    """Let the program run with another record."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "record", lambda: whole)
        forget()
        yield
    forget()


def forget():
    for each in CACHES:
        each.cache_clear()


BASE = read(TABLE)
PLACES = list(BASE.kinds.values())


class Usual:
    """What a look shows with the record as it is, looked at no further than somebody asks."""

    def __init__(self, look, at):
        self.parts, self.shown = look(BASE, at), []

    def __getitem__(self, number):
        while len(self.shown) <= number:
            self.shown.append(next(self.parts, None))
        return self.shown[number]


@cache
def usual(look, at):
    return Usual(look, at)


def shown(whole, look, at):
    """Whether a look shows another thing with another record; the usual is looked at with the usual one in force."""
    kept, parts = usual(look, 0 if look in OF_ALL else at), look(whole, at)
    for number in count():
        with in_force(whole):
            part = next(parts, parts)
        if part is parts:
            return False
        if part != kept[number]:
            return True
    return False


def differs(told, path, trait):
    """Whether another record is refused, or any kind it says otherwise of does anything otherwise."""
    try:
        whole = read(told, path[1] if path[0] == "kind" else None)
    except Misconfigured:
        return True
    mine = [at for at, (one, two) in enumerate(zip(whole.kinds.values(), PLACES, strict=True)) if one != two]
    first = FIRST.get(trait, planned)
    looks = (first, *(each for each in LOOKS if each is not first))
    return any(
        shown(whole, look, at) for look in looks for at in (mine[:1] if look in OF_ALL else mine) or [0]
    )


SETTINGS = [path for path in settings_of(TABLE) if path[:1] != ("kind",) or len(path) > 1]


def named(path):
    """A setting by its kind's id and its trait."""
    return ".".join(map(str, (TABLE["kind"][path[1]]["id"], *path[2:]) if path[0] == "kind" else path))


def whose(path):
    """Whose setting it is: a kind's, a family's, a season's."""
    return TABLE["kind"][path[1]]["id"] if path[0] == "kind" else ".".join(map(str, path[:2]))


def is_seen(path):
    trait = (
        path[0]
        if path[0] == "pack"
        else next((name for name in path[1 if path[0] == "usual" else 2 :] if name in record.TRAITS), "")
    )
    # An order's place among the others is a place, not a number: far behind is another one than next to it.
    more = [99] if trait == "shares_order" else []
    return tried(TABLE, path, lambda told: differs(told, path, trait), more)


# To see a trait, papers are planned and built with it and without it: the suite takes every sixteenth owner.
@pytest.mark.sampled(16)
@pytest.mark.parametrize("owner", dict.fromkeys(map(whose, SETTINGS)))
def test_every_trait_is_seen(owner):
    assert [named(path) for path in SETTINGS if whose(path) == owner and not is_seen(path)] == []


def test_where_nothing_changed_nothing_is_seen():
    again = read(TABLE)
    assert not any(shown(again, look, at) for look in LOOKS for at in range(0, len(PLACES), 40))

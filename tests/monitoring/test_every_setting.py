"""Every setting of `monitoring.toml` and `questionnaires.toml` matters: changed alone, it changes something that people see."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from types import SimpleNamespace

import monitoring_school as school
import pytest
from monitoring_school import activity, filed, met, pair, person, question, response

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.errors import Misconfigured
from flows.domain.monitoring.gathering import Heard, gather
from flows.domain.monitoring.indicators import counting
from flows.domain.monitoring.indicators.evidence import Evidence, scope_of
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.monitoring.note.building import note
from flows.domain.monitoring.note.comparison import snapshot
from flows.domain.monitoring.note.context import context_of
from flows.domain.monitoring.tabs import ScoreCard, cards_from_rows
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.planning import due
from flows.domain.terms.reading import Window
from flows.papers.form_books import file_name
from tests.changed_settings import seen, settings_of, tried
from tests.documents.test_law_table import PUPILS, WORKERS
from tests.documents.test_law_table import facts as acts_for

MONITORING = tomllib.loads((settings.CONFIG / "monitoring.toml").read_text("utf-8"))
ASKED = tomllib.loads((settings.CONFIG / "questionnaires.toml").read_text("utf-8"))
NAMES = MONITORING["card"]["names"]
FULL, SIGNED = date(2026, 12, 31), date(2026, 9, 7)
TITLED = (
    activity("6.2", "Мониторинг программ пар", "Декабрь 2026"),
    activity("6.3", "Разработка рекомендаций по итогам", "Декабрь 2026"),
)
AFTER = activity("7.1", "Подведение итогов", "по завершении работы пар")

# --- one school, on every edge of the method ---------------------------------------------------------------------

PEOPLE = (
    person("Н-001", consent_duty=SIGNED, experience=20), person("Н-002", experience=15),
    person("Л-001", experience=2, consent_duty=SIGNED, deficits=("планирование – 3 – 6",)), person("Л-002", experience=3), person("Л-003", experience=9),
)  # fmt: skip
PAIRS = (
    # A year ago to the day, so that a month more or less decides whether anybody stayed.
    pair("П-001", "Н-001", "Л-001", start=date(2025, 12, 31), addendum_number="1", addendum_date=SIGNED),
    pair("П-002", "Н-002", "Л-002", "Л-003", end=date(2026, 12, 1), status="завершена"),
)
MEETINGS = (
    met("В-001", "П-001", date(2026, 9, 22), mentee_score=10, mentor_score=6),
    met("В-002", "П-001", date(2026, 10, 6), mentee_score=10, mentor_score=6),
    met("В-003", "П-002", date(2026, 10, 6)),
)
ENTRY, EXIT = question("M12", "вход", "комфорт"), question("M12", "выход", "комфорт")
GLAD, HAPPY = question("M10", "выход"), question("M11", "выход")
# Five answer: so many are just enough for a mean; one is satisfied with just so many points.
ANSWERS = tuple(
    answer
    for at in range(1, 6)
    for answer in (
        response(f"Л-{at:03}", (ENTRY, at), day=date(2026, 9, 20)),
        response(f"Л-{at:03}", (EXIT, at + 1), (GLAD, 6 + at % 3), (HAPPY, 6 + at % 3)),
    )
)
EVENTS = (StaffEvent(date(2026, 11, 10), "Л-001", "открытое занятие"),)


def facts_for(asked):
    return school.facts(
        FULL, PEOPLE, PAIRS, MEETINGS, activities=(*TITLED, AFTER), activity=asked, organisation=school.organisation(),
        register=(filed("order.pairs", "lastochka", covers=("П-001",)), filed("program.personal", "П-001")),
    )  # fmt: skip


def evidence(method, asked, **more):
    cards, _ = cards_from_rows((school.row("Карта оценки", Период="I полугодие 2026/2027", **dict.fromkeys(NAMES, 1)),), method.card_names)  # fmt: skip
    told = {"answers": ANSWERS, "sent": {"Ответы на форму (1)": 8}, "cards": cards, "events": EVENTS, **more}
    return Evidence(facts_for(asked), method, **told)


EARLIER = [
    {**kept, "key": f"lastochka/note.monitoring/М-{at}/2025-2026", "period": {"start": "2025-09-01", "end": "2025-12-31"}}
    for at, kept in enumerate(snapshot(note(evidence(school.METHOD, asked))) for asked in TITLED)
]  # fmt: skip


def levels(method):
    """What every sum of a score card is called."""
    told = []
    for total in range(2 * len(NAMES) + 1):
        points = {name: max(0, min(2, total - 2 * at)) for at, name in enumerate(NAMES)}
        card = ScoreCard("I полугодие", points, Window(date(2026, 9, 1), FULL))
        held = evidence(method, TITLED[0], cards=(card,))
        told += [
            each.text
            for each in counting.count(held, scope_of(held, Period(date(2026, 9, 1), FULL)), ("M16",))
        ]
    return told


def seen_of_method(told):
    """What people see of a method: notes, levels of the card, the days after the pairs' work; or why it is refused."""
    try:
        method = method_from(told)
    except Misconfigured as refusal:
        yield str(refusal)
        return
    for asked in TITLED:
        yield context_of(note(evidence(method, asked, previous=tuple(EARLIER))))
    held = school.facts(evidence=evidence(method, AFTER), pairs=PAIRS)
    for who in (WORKERS, PUPILS):
        yield BUILDERS["methodology"](
            replace(acts_for("methodology", who), evidence=evidence(method, TITLED[0]))
        )
    yield due.windows_of(AFTER, held, settings.catalogue()["note.monitoring"], frozenset())
    yield levels(method)


USUAL = tuple(seen_of_method(MONITORING))


def every(table):
    return pytest.mark.parametrize(
        "path", list(settings_of(table)), ids=lambda path: ".".join(map(str, path))
    )


# What a note concludes has its own test: `test_what_is_concluded`.
COUNTING = {name: value for name, value in MONITORING.items() if name not in {"conclusion", "reason"}}


@pytest.mark.sampled(3)
@every(COUNTING)
def test_a_setting_of_the_method_is_seen(path):
    fewer = (1,) if path[-1] == "most_advice" else ()  # a note with as many as it may have is rare
    assert tried(MONITORING, path, lambda told: seen(seen_of_method(told), USUAL), more=fewer)


# --- ready questionnaires ----------------------------------------------------------------------------------------


@cache
def printed_forms():
    """The script that prints a questionnaire, as `templates/make.py` finds it."""
    sys.path.insert(0, str(settings.TEMPLATES))
    spec = importlib.util.spec_from_file_location("printed_forms", settings.TEMPLATES / "papers_forms.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(settings.TEMPLATES))
    return module


def forms_of(told):
    """The questionnaires as the program reads them from a table of settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "tomllib", SimpleNamespace(loads=lambda _: told))
        return settings.questionnaires.__wrapped__()


def filled(form):
    """A tab of answers to a form, by two mentees who answer differently."""
    rows = [
        [f"{day}.12.2026 10:00:00", f"Л-00{day}"]
        + [{"балл": day + 4, "варианты": "да"}.get(each.holds, "слова") for each in form.questions[1:]]
        for day in (1, 2)
    ]  # fmt: skip
    return [list(form.header), *rows]


GRIDS = {form.kind: {form.title: filled(form)} for form in forms_of(ASKED)}
KINDS = [form["kind"] for form in ASKED["form"]]


def seen_of_form(told, at):
    """What people see of one questionnaire: its printed form, the name of its table, and what its answers are taken for."""
    forms = forms_of(told)
    table, form = told["form"][at], forms[at]
    yield f"{form.kind}.docx", printed_forms().questionnaire(table)
    yield file_name(form), form.header, form.counts
    heard = Heard(grids=GRIDS[KINDS[at]], forms=forms)
    gathered = gather(facts_for(TITLED[0]), heard, school.METHOD, frozenset())
    yield [dict(row.cells) for row in gathered.fresh]
    scope = scope_of(gathered.evidence, Period(date(2026, 9, 1), FULL))
    figures = counting.count(gathered.evidence, scope, ("M9", "M10", "M11", "M12"), ("вход", "выход"))
    yield [(each.code, each.text) for each in figures]


@cache
def usual_forms():
    """What people see of each questionnaire as it is."""
    return [tuple(seen_of_form(ASKED, at)) for at in range(len(KINDS))]


@pytest.mark.sampled
@every(ASKED)
def test_a_setting_of_a_questionnaire_is_seen(path):
    at = path[1] if len(path) > 1 else 0

    def differs(told):
        return len(told["form"]) != len(KINDS) or seen(seen_of_form(told, at), usual_forms()[at])

    assert tried(ASKED, path, differs)


def test_where_nothing_changed_nothing_is_seen():
    assert not seen(seen_of_method(MONITORING), USUAL)
    assert not any(seen(seen_of_form(ASKED, at), kept) for at, kept in enumerate(usual_forms()))

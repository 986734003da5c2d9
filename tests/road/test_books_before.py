"""Books that the program wrote before fingerprints counted only what templates read: nothing registered changes its step.

The three books of the demonstration, half of their papers registered; their papers stand as they were left.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import doors, settings
from flows.domain.register.fingerprint import parse
from flows.domain.register.life import Action
from flows.work.stages import Errand, Seen
from flows.work.think import think
from flows.workspace import reading
from flows.workspace.drive import Entry
from flows.workspace.register import filed_rows
from tests.papers.better import better
from tests.road import desk as desks

BOOKS = Path(__file__).parent / "books_before"
SLUGS = ("lastochka", "raduga", "rodnik")
TODAY = date(2026, 12, 10)
ADDED = "новое_поле"
# A note that had counted one case twice, as its draft and as its final, is put right: its draft is renewed.
RIGHTED = {"lastochka/note.monitoring/М-025@2026-12/2026-2027"}


LAW_PUT_RIGHT = {kind for norm in settings.norms() if norm.id != "152-fz" for kind in norm.kinds}
LEAST_DRAFTS = 2  # of each book


@pytest.fixture(scope="module", params=SLUGS)
def book(request, tmp_path_factory):
    """The book of an organisation, and its errand."""
    root = tmp_path_factory.mktemp(request.param)
    shutil.copy(BOOKS / f"{request.param}.xlsx", root / "book.xlsx")
    with desks.opened(root, settings.Place(request.param)) as desk:
        found = desk.space.drive.found("name = 'book'")
        place = replace(desk.place, book=found[0].id)
        read = reading.read(desk.space.sheets.read(place.book), settings.book_layout())
        yield Errand(desk.space, place, TODAY, replace(doors.supplies(TODAY), pdf=None)), read


def steps(book, **supplies):
    """The steps of the register's rows: registered ones and drafts, every file as it was left."""
    errand, read = book
    rows = filed_rows(read.tables["Документы"])
    entries = {row.file_id: entry(row) for row in rows if row.file_id}
    errand = replace(errand, supplies=replace(errand.supplies, **supplies), trials={})
    thought = think(errand, Seen(read, entries, {}, lambda _: b""))
    known = [step for step in thought.steps if step.filed]
    drafts = [step for step in known if not step.filed.registered and step.planned]
    return (
        [step for step in known if step.filed.registered],
        [step for step in drafts if step.key not in RIGHTED],
        thought,
    )


def newer(errand, planned):
    """Whether the template or the acts that a paper rests on are other ones than those of the books: then drafts follow them."""
    before, template = errand.supplies.first.templates[planned.template], planned.template
    return (
        planned.kind in LAW_PUT_RIGHT
        or hashlib.sha256(doors.supplies(TODAY).template(template)).hexdigest() != before
    )


def entry(row):
    """A paper's file as we left it."""
    return Entry(id=row.file_id, name=row.name, mime="", parent="", trashed=False, md5=row.checksum)


def test_nothing_registered_changes_its_step_and_no_draft_is_renewed(book):
    registered, drafts, thought = steps(book)
    assert len(registered) >= 9
    assert len(drafts) >= LEAST_DRAFTS
    assert all(parse(step.filed.fingerprint) is None for step in registered)
    assert {step.action for step in registered} == {Action.KEEP}
    assert {step.action for step in drafts if not newer(book[0], step.planned)} <= {Action.KEEP}
    assert {step.action for step in drafts} <= {Action.KEEP, Action.RENEW}
    renewed = [draft.step for draft in thought.drafts if not newer(book[0], draft.step.planned)]
    assert {step.key for step in renewed} <= RIGHTED
    assert not any(step.filed and step.filed.registered for step in (draft.step for draft in thought.drafts))


def test_a_field_added_to_every_paper_asks_nothing_of_what_is_registered(book):
    errand, _ = book
    more = {kind: richer(builder) for kind, builder in errand.supplies.builders.items()}
    known = errand.supplies.first.added
    everywhere = (*known.get("*", ()), ADDED, f"организация.{ADDED}")
    first = replace(errand.supplies.first, added={**known, "*": everywhere})
    registered, drafts, _ = steps(book, builders=more, first=first)
    same = [step for step in drafts if not newer(errand, step.planned)]
    assert {step.action for step in (*registered, *same)} == {Action.KEEP}


def richer(builder):
    """A builder of papers with one more field, as a new column of the book would bring it."""

    def built(facts):
        context = builder(facts)
        own = context.get("организация")
        return {
            **context,
            ADDED: "",
            **({"организация": {**own, ADDED: ""}} if isinstance(own, dict) else {}),
        }

    return built


@pytest.mark.sampled(3)
def test_a_better_template_renews_drafts_and_asks_nothing_of_what_is_registered(book):
    errand, _ = book
    registered, drafts, _ = steps(book, template=lambda name: better(errand.supplies.template(name)))
    assert {step.action for step in registered} == {Action.KEEP}
    assert {step.action for step in drafts if not step.planned.frozen} == {Action.RENEW}

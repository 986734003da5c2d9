"""The lease under lost answers: what was sent is looked for, and of all that was sent one comes through (DESIGN §7, G8)."""

from __future__ import annotations

import json
from itertools import product

import pytest
import requests
from requests.adapters import BaseAdapter

from flows.domain.errors import TryLater
from flows.workspace import lease as leases
from flows.workspace.cells import appended
from flows.workspace.refusals import Spent, Unmet
from flows.workspace.session import Paced
from flows.workspace.sheets import Sheets, quoted
from flows.workspace.space import Workspace
from flows.workspace.voice import Voice
from tests.workspace.test_pace import answered
from tests.workspace.test_session import Heard, Waiting, sheets_error

WORK = 5


class Book:
    """A book as Google keeps one, as far as the lease cares: titles and ids are unique, a batch counts whole or not at all."""

    def __init__(self):
        self.titles, self.rows = {leases.FIRST_ID: leases.FREE, WORK: "Работа"}, []

    def batch(self, requests_):
        titles, rows = dict(self.titles), list(self.rows)
        for each in requests_:
            ((kind, told),) = each.items()
            props = told.get("properties", told)
            if kind == "addSheet":
                if props["sheetId"] in titles or props["title"] in titles.values():
                    return False
                titles[props["sheetId"]] = props["title"]
            elif props["sheetId"] not in titles:
                return False
            elif kind == "deleteSheet":
                del titles[props["sheetId"]]
            elif kind == "updateSheetProperties":
                others = {title for own, title in titles.items() if own != props["sheetId"]}
                if props["title"] in others:
                    return False
                titles[props["sheetId"]] = props["title"]
            else:
                entered = [row["values"][0]["userEnteredValue"] for row in told["rows"]]
                rows += [{"values": [{"userEnteredValue": each, "effectiveValue": each}]} for each in entered]
        self.titles, self.rows = titles, rows
        return True

    def shown(self):
        data = {WORK: [{"rowData": self.rows}]}
        return {
            "sheets": [
                {"properties": {"sheetId": own, "title": title}, "data": data.get(own, [])}
                for own, title in self.titles.items()
            ]
        }


class Wire(BaseAdapter):
    """The way to the book: each batch meets the next fate of a script, the last one without a fault.

    `lost`: done, no answer; `dropped`: never arrives; `broken`: 503 and nothing done; `late`: no answer, and it arrives
    after the next call that reads; `later`: after the next batch.
    """

    def __init__(self):
        super().__init__()
        self.book, self.fates, self.waiting, self.batches = Book(), [], [], 0

    def send(self, request, *args, **options):
        if request.method == "GET":
            answer = answered(request, 200, self.book.shown())
            self.deliver("late")
            return answer
        self.batches += 1
        fate, asked = self.fates.pop(0) if self.fates else "", json.loads(request.body)["requests"]
        if fate == "broken":
            return answered(request, 503, {"error": {"code": 503, "message": "unavailable"}})
        if fate in {"", "lost"}:
            done = self.book.batch(asked)
            self.deliver("later")
            if not fate:
                told = {"updatedSpreadsheet": self.book.shown()} if done else {"error": {"code": 400}}
                return answered(request, 200 if done else 400, told)
        self.waiting += [(fate, asked)] if fate in {"late", "later"} else []
        raise requests.ConnectionError("reset", request=request)

    def deliver(self, when):
        due = [asked for fate, asked in self.waiting if fate == when]
        self.waiting = [each for each in self.waiting if each[0] != when]
        for asked in due:
            self.book.batch(asked)

    def close(self):
        pass


@pytest.fixture
def desk():
    """A book with its lock and a tab to work on, and the wire that leads to it."""
    wire, clock = Wire(), Waiting()
    session = requests.Session()
    session.mount("https://", Paced(wire, clock=clock))
    space = Workspace(Sheets(session), drive=None, sharing=None, clock=clock, voice=Voice(clock))
    return space, "b", wire


def taken(space, book):
    return leases.take(space, book, leases.lock_of(space.sheets.outline(book)))


def lines(space, book):
    return [row[0].value for row in space.sheets.read(book, "Работа").sheet("Работа").cells]


def locks(space, book):
    return [sheet.title for sheet in space.sheets.outline(book).sheets if "замок" in sheet.title]


FATES = ("lost", "dropped", "broken", "late", "later")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("at", range(4), ids=["taking", "first batch", "second batch", "letting go"])
@pytest.mark.parametrize("fates", [(one,) for one in FATES] + list(product(FATES, repeat=2)), ids="-".join)
def test_whatever_becomes_of_a_batch_it_is_written_once_and_the_run_goes_on(desk, at, fates):
    """Even when what was given up arrives after all, before or after what was sent in its place."""
    space, book, wire = desk
    wire.fates = [*[""] * at, *fates]
    lease = taken(space, book)
    for line in ("первая", "вторая"):
        back = lease.write([appended(WORK, [[line]])], [quoted("Работа")])
        assert back.sheet("Работа").cells[-1][0].value == line
    lease.release([appended(WORK, [["последняя"]])])
    wire.deliver("late")
    wire.deliver("later")
    assert lines(space, book) == ["первая", "вторая", "последняя"]
    assert locks(space, book) == [leases.FREE]


def test_a_batch_whose_answer_was_lost_is_not_sent_again(desk):
    space, book, wire = desk
    wire.fates = ["lost"] * 4
    lease = taken(space, book)
    lease.write([appended(WORK, [["одна"]])])
    lease.write([])
    lease.release()
    assert wire.batches == 4
    assert lines(space, book) == ["одна"]


@pytest.mark.parametrize("fate", ["dropped", "broken"])
def test_a_store_that_takes_no_batch_ends_the_run_with_a_sentence_and_whoever_waits_is_told(desk, fate):
    space, book, wire = desk
    lease = taken(space, book)
    heard = Heard(space.clock)
    heard.moments = [space.clock.now()]
    space.voice.tell = heard
    wire.fates = [fate] * 100
    with pytest.raises(TryLater, match="овтор"):
        lease.write([appended(WORK, [["одна"]])])
    assert wire.batches == 1 + leases.TRIES
    assert heard.longest_silence() <= 10
    assert lines(space, book) == []
    wire.fates = []
    lease.let_go()
    assert locks(space, book) == [leases.FREE]


def test_somebody_else_who_took_over_meanwhile_keeps_the_book(desk):
    space, book, wire = desk
    lease = taken(space, book)
    wire.fates = ["dropped"]
    takes_over = [{"deleteSheet": {"sheetId": lease.sheet_id}}, leases._lock(77, "⚙ замок другой 0")]

    def meanwhile(seconds):
        space.clock.wait(seconds)
        if locks(space, book) != ["⚙ замок другой 0"]:
            space.sheets.batch(book, takes_over)

    space.clock.sleep = meanwhile
    with pytest.raises(TryLater, match="заняла другая программа"):
        lease.write([appended(WORK, [["одна"]])])
    assert lines(space, book) == []
    assert locks(space, book) == ["⚙ замок другой 0"]
    lease.release()  # nothing to be written is nothing to fail over
    assert locks(space, book) == ["⚙ замок другой 0"]


def test_a_batch_that_is_refused_is_not_tried_again(desk):
    space, book, wire = desk
    lease = taken(space, book)
    with pytest.raises(Unmet):
        lease.write([{"deleteSheet": {"sheetId": 12345}}])
    assert wire.batches == 2


def test_a_lock_of_this_very_run_that_could_not_be_let_go_is_taken_at_once(desk):
    space, book, _ = desk
    taken(space, book)
    before = space.clock.now()
    taken(space, book).release()
    assert space.clock.now() == before


def test_a_refusal_for_speed_is_no_reason_to_look(desk):
    space, book, wire = desk
    lease = taken(space, book)
    status, body, _ = sheets_error(429)
    asked = []
    wire.send = lambda request, *_, **__: asked.append(request.method) or answered(request, status, body)
    with pytest.raises(Spent):
        lease.write([appended(WORK, [["одна"]])])
    assert set(asked) == {"POST"}
    assert wire.book.rows == []

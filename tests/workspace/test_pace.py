"""The pace of calls: bursts within Google's quotas, and slower when Google refuses (faults F5-F8)."""

from __future__ import annotations

import random

import pytest
import requests
from requests.adapters import BaseAdapter

from flows.domain.errors import TryLater
from flows.workspace import pace
from flows.workspace.drive import Drive
from flows.workspace.session import Paced
from flows.workspace.sheets import Sheets
from tests.workspace.test_session import Waiting, error, sheets_error

BOOK, DRIVE = "https://sheets.googleapis.com/v4/spreadsheets/b", "https://www.googleapis.com/drive/v3/files"
UPLOAD = "https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart"


@pytest.mark.parametrize(
    ("method", "url", "costs"),
    [
        ("GET", BOOK, {pace.READS: 1}),
        ("POST", f"{BOOK}:batchUpdate", {pace.WRITES: 1}),
        ("GET", f"{DRIVE}/f?fields=id", {pace.UNITS: 5}),
        ("GET", f"{DRIVE}/generateIds?count=1", {pace.UNITS: 5}),
        ("GET", f"{DRIVE}?q=x", {pace.UNITS: 100}),
        ("GET", f"{DRIVE}/f/permissions", {pace.UNITS: 100}),
        ("GET", f"{DRIVE}/f?alt=media", {pace.UNITS: 200}),
        ("GET", f"{DRIVE}/f/export?mimeType=x", {pace.UNITS: 200}),
        ("POST", DRIVE, {pace.UNITS: 50, pace.UPLOADS: 1}),
        ("POST", UPLOAD, {pace.UNITS: 50, pace.UPLOADS: 1}),
        ("PATCH", f"{DRIVE}/f", {pace.UNITS: 50, pace.UPLOADS: 1}),
        ("POST", "https://oauth2.googleapis.com/token", {}),
    ],
)
def test_each_call_costs_what_google_says_it_does(method, url, costs):
    assert pace.prices(method, url) == costs


def test_a_burst_leaves_at_once_and_what_is_more_waits_for_its_minute():
    window = pace.Window(3, 60)
    for at in range(3):
        assert window.wait(1, at) == 0
        window.spend(1, at)
    assert window.wait(1, 10) == 50
    assert window.wait(1, 60) == 0
    assert window.wait(2, 60) == 1


def test_a_refused_window_counts_as_spent_is_half_as_wide_and_widens_again():
    window = pace.Window(60, 60)
    window.refuse(0)
    assert window.wait(1, 0) == pytest.approx(2)
    assert window.allowed == 30
    for at in range(1, 9):
        window.refuse(at)
    assert window.allowed == 5
    assert window.wait(1, 600) == 0
    assert window.allowed == 60


class Counting(BaseAdapter):
    """Google with its quotas, a bucket each that fills again by the second or all at once each minute; others spend `taken` of it."""

    def __init__(self, clock, *, steady=True, taken=0.0, delay=0.05):
        super().__init__()
        self.clock, self.steady, self.delay = clock, steady, delay
        quotas = {pace.READS: 60, pace.WRITES: 60, pace.UNITS: 325_000}
        self.full = {name: quota * (1 - taken) for name, quota in quotas.items()}
        self.left = dict(self.full)
        self.filled, self.refusals, self.calls = 0.0, 0, 0

    def send(self, request, *args, **options):
        self.clock.moment += self.delay
        self._fill()
        costs = {
            name: cost for name, cost in pace.prices(request.method, request.url).items() if name in self.full
        }
        room = all(self.left[name] >= cost for name, cost in costs.items())
        for name, cost in costs.items() if room else ():
            self.left[name] -= cost
        self.calls += 1
        self.refusals += not room
        refused = sheets_error(429) if "/v4/" in request.url else error(403, "userRateLimitExceeded")
        status, body, _ = (200, {"id": "f", "files": [], "sheets": [], "ids": ["1"]}, {}) if room else refused
        return answered(request, status, body)

    def _fill(self):
        if self.steady:
            for name, full in self.full.items():
                self.left[name] = min(full, self.left[name] + full / 60 * (self.clock.moment - self.filled))
            self.filled = self.clock.moment
        elif self.clock.moment // 60 > self.filled // 60:
            self.left, self.filled = dict(self.full), self.clock.moment

    def close(self):
        pass


def answered(request, status, body):
    response = requests.Response()
    response.status_code = status
    response._content = requests.compat.json.dumps(body).encode()
    response.headers["Content-Type"] = "application/json"
    response.request, response.url = request, request.url
    return response


def google(clock, adapter):
    session = requests.Session()
    session.mount("https://", Paced(adapter, pace=pace.of_google(), clock=clock))
    return Sheets(session), Drive(session)


def prepared(method, url):
    return requests.Request(method, url).prepare()


READ, WRITE, LIST = prepared("GET", BOOK), prepared("POST", f"{BOOK}:batchUpdate"), prepared("GET", DRIVE)
IDS, LAY = prepared("GET", f"{DRIVE}/generateIds"), prepared("POST", UPLOAD)


def run(adapter, papers):
    """Send the calls of a run that files so many papers (DESIGN §10); return how many could not be answered."""
    chunks = [WRITE, *[LAY] * 20, WRITE] * (papers // 20) + [WRITE, *[LAY] * (papers % 20), WRITE]
    filing = [WRITE, READ, IDS, *chunks, WRITE] if papers else []
    return sum(adapter.send(each).status_code != 200 for each in [READ, LIST, LIST, *filing])


@pytest.mark.parametrize("steady", [True, False], ids=["by the second", "each minute anew"])
@pytest.mark.parametrize(
    "papers", [[600], [0] * 31, [22] * 31], ids=["200 pairs", "31 at rest", "31 with papers"]
)
def test_a_run_stays_under_the_quotas_that_google_enforces(steady, papers):
    """F8, for one large organisation and for a whole district; only a run of more than a minute's quota waits at all."""
    clock = Waiting()
    server = Counting(clock, steady=steady)
    adapter = Paced(server, pace=pace.of_google(), clock=clock)
    assert sum(run(adapter, count) for count in papers) == server.refusals == 0
    if sum(papers) == 0:
        assert clock.waits == []


def test_twenty_two_papers_wait_for_nothing():
    clock = Waiting()
    run(Paced(Counting(clock), pace=pace.of_google(), clock=clock), 22)
    assert clock.waits == []


@pytest.mark.parametrize("steady", [True, False], ids=["by the second", "each minute anew"])
@pytest.mark.parametrize("taken", [0.5, 0.8])
def test_where_others_spend_the_quota_too_the_answers_slow_a_run_down_and_nothing_surfaces(steady, taken):
    clock = Waiting()
    server = Counting(clock, steady=steady, taken=taken)
    adapter = Paced(server, pace=pace.of_google(), clock=clock)
    assert sum(run(adapter, 22) for _ in range(31)) == 0
    assert 0 < server.refusals < server.calls / 10


class Storm(Counting):
    """Of its calls `share` fail until a moment, in every way a call can fail."""

    def __init__(self, clock, share, until):
        super().__init__(clock)
        self.share, self.until, self.dice = share, until, random.Random(6)

    def send(self, request, *args, **options):
        if self.clock.moment < self.until and self.dice.random() < self.share:
            self.calls += 1
            self.clock.moment += self.delay
            kind = self.dice.randrange(4)
            if kind == 0:
                raise requests.ConnectionError("reset", request=request)
            if kind == 1:
                raise requests.ReadTimeout("slow", request=request)
            return answered(request, (500, 503)[kind - 2], {"error": {}})
        return super().send(request, *args, **options)


def test_a_storm_of_a_minute_costs_at_most_thrice_the_calls():
    """F6 for what may be repeated; batches behind a lease have a test of their own."""
    clock = Waiting()
    calm, storm = Counting(Waiting()), Storm(clock, 0.3, 60.0)
    for server in (calm, storm):
        sheets, drive = google(server.clock, server)
        for _ in range(15):
            sheets.read("b")
            drive.found("q")
            drive.file("f", "n", "p", {}, b"PK")
    assert calm.calls < storm.calls <= 3 * calm.calls


def test_a_store_that_is_silent_for_ten_minutes_ends_the_run_with_a_sentence():
    clock = Waiting()
    with pytest.raises(TryLater, match="повтор"):
        google(clock, Storm(clock, 1.0, 600.0))[0].read("b")
    assert clock.moment < 120

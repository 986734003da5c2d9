"""The office's switches: it limits, falls over, lags and refuses in Google's own words, over real connections."""

from __future__ import annotations

import json
from threading import Event

import pytest
import requests

from flows.office import Faults, Office, serve, switches
from flows.office.quota import Quota
from flows.office.switches import Lagging

BOOK, FOLDER = "application/vnd.google-apps.spreadsheet", "application/vnd.google-apps.folder"


@pytest.fixture
def opened(tmp_path):
    """Open an office over TCP under a rule; what it gives asks it."""
    office = Office(tmp_path)
    servers = []

    def under(rule):
        servers.append(serve(office, faults=Faults(rule)))
        return Wire(servers[-1].base)

    yield under
    for each in servers:
        each.stop()
    office.close()


class Wire:
    def __init__(self, base):
        self.base, self.session = base, requests.Session()

    def files(self, **asked):
        return self.session.get(f"{self.base}drive/v3/files", params=asked)

    def made(self, name, mime=FOLDER, **options):
        return self.session.post(
            f"{self.base}drive/v3/files", json={"name": name, "mimeType": mime}, **options
        )

    def look(self, file_id):
        return self.session.get(f"{self.base}drive/v3/files/{file_id}")

    def read(self, book):
        return self.session.get(f"{self.base}v4/spreadsheets/{book}?fields=sheets.properties")

    def typed(self, book, sheet=0):
        cells = {"updateCells": {"start": {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}, "rows": [{"values": [{"userEnteredValue": {"stringValue": "а"}}]}], "fields": "userEnteredValue"}}  # fmt: skip
        return self.session.post(f"{self.base}v4/spreadsheets/{book}:batchUpdate", json={"requests": [cells]})

    def names(self, **asked):
        return {each["name"] for each in self.files(**asked).json()["files"]}


def nothing(_, __):
    return None


def test_sheets_allows_sixty_reads_and_sixty_writes_a_minute_and_says_when_they_are_spent(opened):
    moment = [0.0]
    quota = Quota(calls=3, now=lambda: moment[0], after=7)
    wire = opened(quota)
    book = wire.made("Книга", BOOK).json()["id"]
    assert [wire.read(book).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert wire.typed(book).status_code == 200
    refusal = wire.read(book)
    error = refusal.json()["error"]
    assert (error["status"], error["details"][0]["reason"]) == ("RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
    assert refusal.headers["Retry-After"] == "7"
    assert quota.refused == 2
    moment[0] += 20
    assert [wire.read(book).status_code for _ in range(2)] == [200, 429]


def test_a_listing_costs_drive_twenty_times_a_look(opened):
    wire = opened(Quota(units=110, now=lambda: 0.0))
    assert wire.files().status_code == 200
    assert wire.look("root").status_code == 200
    assert wire.look("root").status_code == 200
    refusal = wire.look("root")
    told = refusal.json()["error"]["errors"][0]
    assert (refusal.status_code, told["domain"], told["reason"]) == (
        403,
        "usageLimits",
        "userRateLimitExceeded",
    )


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_server_that_fell_over_did_nothing_and_answers_as_google_does(opened, status):
    wire = opened(switches.on("drive.files.create", lambda asked: switches.broken(asked, status), times=1))
    answer = wire.made("Папка")
    assert answer.status_code == status
    assert ("html" in answer.headers["Content-Type"]) == (status in {408, 502, 504})
    assert wire.names() == set()
    assert wire.made("Папка").status_code == 200


@pytest.mark.parametrize(
    ("refusing", "status", "reason"),
    [
        (switches.revoked, 401, "authError"),
        (switches.no_room, 403, "storageQuotaExceeded"),
        (switches.forbidden, 403, "insufficientFilePermissions"),
        (switches.spent_for_today, 403, "dailyLimitExceeded"),
    ],
)
def test_a_refusal_names_its_reason_and_nothing_was_done(opened, refusing, status, reason):
    wire = opened(switches.since(2, refusing))
    assert wire.names() == set()
    answer = wire.made("Папка")
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (status, reason)
    assert wire.files().status_code == status


def test_a_late_answer_finds_nobody_waiting_and_tells_of_what_was_done_at_once(opened):
    gone = Event()
    wire = opened(switches.on("drive.files.create", switches.late(200, lambda _: gone.wait(20)), times=1))
    with pytest.raises(requests.ReadTimeout):
        wire.made("Папка", timeout=0.05)
    gone.set()
    assert wire.names() == {"Папка"}


def test_a_new_file_is_found_by_its_id_while_the_listing_does_not_show_it(opened):
    wire = opened(Lagging(calls=2))
    file_id = wire.made("Папка").json()["id"]
    assert wire.look(file_id).status_code == 200
    assert [wire.names() for _ in range(3)] == [set(), set(), {"Папка"}]


def test_a_listing_may_lag_by_seconds_be_incomplete_or_empty(opened):
    moment = [0.0]
    wire = opened(Lagging(seconds=300, incomplete=True, now=lambda: moment[0]))
    wire.made("Папка")
    told = wire.files(fields="incompleteSearch,files(id)").json()
    assert told == {"incompleteSearch": True, "files": []}
    moment[0] = 300.0
    assert wire.names() == {"Папка"}
    assert opened(Lagging(empty=True)).names() == set()


def test_a_protected_tab_refuses_the_whole_batch_and_others_are_open(opened):
    free = opened(nothing)
    book = free.made("Книга", BOOK).json()["id"]
    answer = opened(switches.on_tabs([0])).typed(book)
    assert answer.status_code == 400
    assert "protected cell" in answer.json()["error"]["message"]
    assert opened(switches.on_tabs([5])).typed(book).status_code == 200


def test_rules_stand_beside_each_other(opened):
    wire = opened(
        switches.together(switches.at(1, switches.limited), switches.at(3, "before"), Lagging(calls=1))
    )
    assert wire.files().status_code == 403
    assert wire.made("Папка").status_code == 200
    with pytest.raises(requests.ConnectionError):
        wire.files()
    assert json.loads(wire.files().text)["files"] == []


def test_a_page_of_a_network_comes_in_place_of_any_answer(opened):
    answer = opened(switches.at(1, switches.page)).files()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, switches.HTML)

"""One session for everything: what is sent again, what never is, how long it waits, and what it says (faults F5, F7, F16)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from threading import Event

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError
from requests.adapters import BaseAdapter

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.workspace import lease, refusals, sign_ins
from flows.workspace.clock import Clock
from flows.workspace.drive import Drive, Entry
from flows.workspace.session import PATIENCE, REPEATABLE, Paced
from flows.workspace.sheets import Sheets
from flows.workspace.voice import Voice


class Scripted(BaseAdapter):
    """Answers with a script, the last line for ever; keeps what was sent."""

    def __init__(self, *script):
        super().__init__()
        self.script, self.sent = list(script), []

    def send(self, request, *args, **options):
        self.sent.append((request.method, request.url.partition("?")[0]))
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, Exception):
            raise step
        status, body, headers = step
        response = requests.Response()
        response.status_code = status
        response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
        response.headers.update({"Content-Type": "application/json"} | headers)
        response.request, response.url = request, request.url
        return response

    def close(self):
        pass


def error(status, reason="", message="said by Google", **headers):
    body = {
        "error": {
            "code": status,
            "message": message,
            "errors": [{"domain": "global", "reason": reason, "message": message}],
        }
    }
    return status, body, {name.replace("_", "-"): value for name, value in headers.items()}


def sheets_error(status, reason="", message="said by Google"):
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return status, {"error": {"code": status, "message": message, "status": "ANY", "details": details}}, {}


FINE = 200, {}, {}
FOUND = 200, {"files": []}, {}
BOOK = 200, {"spreadsheetId": "b", "sheets": []}, {}
ENTRY = 200, {"id": "f", "name": "n"}, {}
SEEN = Entry("f", "n", "application/x", "p", trashed=False, md5="seen")


NOW = datetime(2026, 10, 21, 7, 28, 10, tzinfo=UTC)


class Waiting(Clock):
    def __init__(self):
        self.moment, self.waits = 0.0, []
        super().__init__(lambda: self.moment, self.wait, lambda: 0.0, lambda: NOW.timestamp() + self.moment)

    def wait(self, seconds):
        self.moment += seconds
        self.waits.append(seconds)


def over(*script, retries=3):
    adapter, clock = Scripted(*script), Waiting()
    session = requests.Session()
    session.hooks["response"].append(sign_ins.marking(sign_ins.SERVICE))
    session.mount("https://", Paced(adapter, clock=clock, retries=retries))
    return session, adapter, clock


CALLS = {
    "read a book": (lambda session: Sheets(session).read("b"), True),
    "list": (lambda session: Drive(session).found("q"), True),
    "look up": (lambda session: Drive(session).entry("f"), True),
    "ids": (lambda session: Drive(session).ids(1), True),
    "create with our id": (lambda session: Drive(session).file("f", "n", "p", {}, b"PK"), True),
    "folder with our id": (lambda session: Drive(session).folder("f", "n", "p", {}), True),
    "renew": (lambda session: Drive(session).renew(SEEN, b"PK", {}), True),
    "change": (lambda session: Drive(session).change("f", {"trashed": True}), True),
    "batchUpdate": (lambda session: Sheets(session).batch("b", [{"addSheet": {}}]), False),
    "create a book": (lambda session: Drive(session).book("n", "p", {}), False),
}
ANSWER = {"ids": (200, {"ids": ["1"]}, {}), "list": FOUND, "read a book": BOOK, "batchUpdate": FINE}
BROKEN = [
    error(500),
    error(502),
    error(503),
    error(504),
    error(408),
    requests.ConnectionError("reset"),
    requests.Timeout("slow"),
    requests.exceptions.ChunkedEncodingError("torn"),
]


@pytest.mark.parametrize("fault", BROKEN, ids=str)
@pytest.mark.parametrize("name", CALLS)
def test_what_broke_is_sent_again_only_where_that_changes_nothing(name, fault):
    """The table of calls and faults: a call that may have done its work is never sent blindly a second time."""
    call, repeatable = CALLS[name]
    session, adapter, _ = over(fault, ANSWER.get(name, ENTRY))
    if repeatable:
        call(session)
        assert len(adapter.sent) == 2
    else:
        with pytest.raises(TryLater, match="овтор"):
            call(session)
        assert len(adapter.sent) == 1


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "fault",
    [error(429, "rateLimitExceeded"), error(403, "userRateLimitExceeded"), error(403, "rateLimitExceeded")],
    ids=["429", "403 user", "403"],
)
def test_a_speed_limit_did_nothing_yet_so_every_call_waits_and_goes_again(name, fault):
    call, _ = CALLS[name]
    session, adapter, clock = over(fault, fault, ANSWER.get(name, ENTRY))
    call(session)
    assert len(adapter.sent) == 3
    assert clock.waits == [1.0, 2.0]


@pytest.mark.parametrize("asked", ["7", "90"])
def test_retry_after_is_honoured(asked):
    session, _, clock = over(error(429, Retry_After=asked), FOUND)
    Drive(session).found("q")
    assert clock.waits == [float(asked)]


@pytest.mark.parametrize(
    ("asked", "said", "waits"),
    [
        ("Wed, 21 Oct 2026 07:28:30 GMT", {"Date": "Wed, 21 Oct 2026 07:28:00 GMT"}, [30.0]),
        ("Wed, 21 Oct 2026 07:28:30 GMT", {}, [20.0]),
        ("Wed, 21 Oct 2026 07:00:00 GMT", {}, [1.0]),
        ("0", {}, [1.0]),
        ("soon", {}, [1.0]),
        ("Wed, 99 Oct 2026", {}, [1.0]),
        ("", {}, [1.0]),
    ],
)
def test_a_moment_to_come_back_at_is_read_by_the_clock_that_named_it(asked, said, waits):
    session, _, clock = over(error(503, Retry_After=asked, **said), FOUND)
    Drive(session).found("q")
    assert clock.waits == waits


@pytest.mark.parametrize("fault", [429, 503])
@pytest.mark.parametrize(("asked", "named"), [("3600", "60 минут"), ("121", "2 минуты"), ("9" * 12, "минут")])
def test_whoever_asks_to_wait_too_long_is_not_waited_for(fault, asked, named):
    session, adapter, clock = over(error(fault, Retry_After=asked))
    with pytest.raises(refusals.Spent, match=f"Google просит подождать .*{named}"):
        Drive(session).found("q")
    assert (len(adapter.sent), clock.waits) == (1, [])


def test_a_call_is_not_waited_for_without_end_however_short_each_wait_is():
    session, _, clock = over(error(429, Retry_After="50"), retries=60)
    with pytest.raises(refusals.Spent):
        Drive(session).found("q")
    assert clock.waits == [50.0, 50.0]
    assert PATIENCE < lease.PERIOD


def test_waits_grow_and_end():
    session, adapter, clock = over(error(503), retries=6)
    with pytest.raises(TryLater):
        Drive(session).found("q")
    assert clock.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    assert len(adapter.sent) == 7


HARD = [
    ("storageQuotaExceeded", Misconfigured, "общий диск"),
    ("teamDriveFileLimitExceeded", Misconfigured, "Удалите ненужное"),
    ("dailyLimitExceeded", TryLater, "Повторите завтра"),
    ("accessNotConfigured", Misconfigured, "Google Cloud"),
    ("cannotDownloadAbusiveFile", Refused, "опасным"),
    ("insufficientFilePermissions", Misconfigured, "client_email"),
    ("forbidden", Misconfigured, "Контент-менеджер"),
]


@pytest.mark.parametrize(("reason", "kind", "cure"), HARD)
@pytest.mark.parametrize("name", CALLS)
def test_a_hard_limit_is_tried_once_and_said_plainly(name, reason, kind, cure):
    call, _ = CALLS[name]
    session, adapter, clock = over(error(403, reason))
    with pytest.raises(kind) as caught:
        call(session)
    assert len(adapter.sent) == 1
    assert clock.waits == []
    assert cure in str(caught.value)
    assert "said by Google" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (sheets_error(403, message="The caller does not have permission"), Misconfigured, "нет прав"),
        (sheets_error(403, "SERVICE_DISABLED"), Misconfigured, "Sheets API"),
        (sheets_error(404), refusals.Missing, "Верните из корзины"),
        (sheets_error(401), Misconfigured, "ключ"),
        (sheets_error(400), refusals.Unmet, "не принят"),
        (sheets_error(400, message="Лист защищён. Снимите защиту."), refusals.Unmet, "Снимите защиту"),
        (sheets_error(429), TryLater, "через несколько минут"),
        ((502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}), TryLater, "не Google"),
        ((503, b"<html>Blocked</html>", {"Content-Type": "text/html"}), TryLater, "не Google"),
        ((429, b"<html>Slow</html>", {"Content-Type": "text/html"}), TryLater, "не Google"),
        (
            (502, b"<html><a href=//www.google.com/>Google</a>", {"Content-Type": "text/html"}),
            TryLater,
            "502",
        ),
        ((500, b"", {}), TryLater, "500"),
        (
            (200, b"<html>Wi-Fi</html>", {"Content-Type": "text/html; charset=utf-8"}),
            TryLater,
            "страница входа",
        ),
        ((403, b"<html>filter</html>", {"Content-Type": "text/html"}), TryLater, "прокси"),
        ((200, b"{torn", {}), TryLater, "Проверьте связь"),
    ],
    ids=str,
)
def test_every_answer_of_a_book_becomes_one_sentence(answer, kind, said):
    session, _, _ = over(answer, retries=0)
    with pytest.raises(kind) as caught:
        Sheets(session).read("b")
    assert said in str(caught.value)
    assert str(caught.value).startswith("Книга: ") or "защиту" in said


@pytest.mark.parametrize(
    ("raised", "kind", "said"),
    [
        (RefreshError("revoked"), Misconfigured, "GOOGLE_APPLICATION_CREDENTIALS"),
        (RefreshError("busy", retryable=True), TryLater, "Проверьте связь"),
        (TransportError("no network"), TryLater, "Проверьте связь"),
        (requests.ConnectionError("reset"), TryLater, "Проверьте связь"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_key_that_fails_and_a_network_that_fails_are_told_apart(raised, kind, said):
    with pytest.raises(kind) as caught, refusals.translated("Книга"):
        raise raised
    assert said in str(caught.value)


STRANGE = [b"{torn", b"[]", b'"x"', b"null", b"\xff"]
OTHERS = [
    *STRANGE,
    b'{"error": "blocked"}',
    b'{"error": {"message": "blocked"}}',
    b'{"error": {"errors": []}}',
]


@pytest.mark.parametrize(
    ("status", "body"),
    [*((200, body) for body in STRANGE), *((status, body) for status in (403, 503) for body in OTHERS)],
    ids=repr,
)
@pytest.mark.parametrize("name", ["read a book", "look up", "create with our id", "batchUpdate"])
def test_an_answer_that_is_not_googles_at_all_breaks_nothing(name, status, body):
    """A filter may answer in a JSON of its own, or half of an answer come."""
    call, _ = CALLS[name]
    session, _, _ = over((status, body, {}), retries=0)
    with pytest.raises((TryLater, Refused, Misconfigured)):
        call(session)


def test_the_mark_of_what_may_be_repeated_never_leaves_this_machine():
    session, adapter, _ = over(ENTRY)
    seen = []
    adapter_send = adapter.send
    adapter.send = lambda request, *args, **options: (
        seen.append(dict(request.headers)),
        adapter_send(request, *args, **options),
    )[1]
    Drive(session).file("f", "n", "p", {}, b"PK")
    assert REPEATABLE not in {name for headers in seen for name in headers}


def test_a_file_that_is_there_already_is_looked_up_and_not_sent_again():
    session, adapter, _ = over(error(409, "fileIdInUse"), ENTRY)
    assert Drive(session).file("f", "n", "p", {}, b"PK").id == "f"
    assert Counter(method for method, _ in adapter.sent) == {"POST": 1, "GET": 1}


def test_gspread_itself_repeats_nothing():
    """Its own backing-off client would send a batch again behind our back."""
    session, adapter, _ = over(error(503), retries=0)
    with pytest.raises(TryLater):
        Sheets(session).batch("b", [{"addSheet": {}}])
    assert len(adapter.sent) == 1
    assert type(Sheets(session)._client) is gspread.HTTPClient


class Heard:
    """What was told to whoever waits, and when."""

    def __init__(self, clock):
        self.clock, self.told, self.moments = clock, [], [0.0]

    def __call__(self, sentence):
        self.told.append(sentence)
        self.moments.append(self.clock.now())

    def longest_silence(self):
        moments = [*self.moments, self.clock.now()]
        return max(after - before for before, after in pairwise(moments))


def test_nobody_waits_in_silence_for_longer_than_ten_seconds():
    adapter, clock = Scripted(error(503)), Waiting()
    heard = Heard(clock)
    session = requests.Session()
    session.mount("https://", Paced(adapter, clock=clock, voice=Voice(clock, heard)))
    with pytest.raises(TryLater):
        Drive(session).found("secret")
    assert heard.longest_silence() <= 10
    assert heard.told[0] == "Google не отвечает: жду 4 с и повторяю (попытка 4 из 7)."
    assert heard.told[-1].endswith("(попытка 7 из 7).")
    assert "secret" not in " ".join(heard.told)


def test_a_wait_that_is_over_in_a_breath_is_not_told():
    clock = Waiting()
    heard = Heard(clock)
    session = requests.Session()
    session.mount("https://", Paced(Scripted(error(503), FOUND), clock=clock, voice=Voice(clock, heard)))
    Drive(session).found("q")
    assert heard.told == []


def test_an_answer_that_is_long_in_coming_is_told_of_while_it_is_awaited():
    heard = Event()

    class Slow(Scripted):
        def send(self, request, *args, **options):
            assert heard.wait(30)
            return super().send(request, *args, **options)

    session = requests.Session()
    voice = Voice(Clock(), lambda _: heard.set(), quiet=0.01)
    session.mount("https://", Paced(Slow(FOUND), voice=voice))
    Drive(session).found("q")
    assert heard.is_set()

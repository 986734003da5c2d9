"""Signing in and out of a person's own account: the dance with a consent screen, and all that can come of it."""

from __future__ import annotations

import json
import re
import socket
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from flows import cli, redirects, settings, signing_in
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Faults, Response
from flows.workspace import sign_ins, signing
from flows.workspace.session import google_session
from flows.workspace.space import over
from tests.front import DRIVE, DRIVE_FILE, front
from tests.front.accounts import CLIENT_SECRET, PERSON, Accounts
from tests.front.server import CHECKOUT
from tests.road.desk import Waiting

WEEK = 604_799


class InTesting(Accounts):
    """A client whose consent screen is in testing: what it gives ends after seven days."""

    def _exchanged(self, told):
        return super()._exchanged(told) | {"refresh_token_expires_in": WEEK}


@pytest.fixture
def google(tmp_path):
    with front(tmp_path) as opened:
        with opened.here():
            yield opened
        assert opened.broken == []


@pytest.fixture
def home(tmp_path):
    return settings.Home(tmp_path / "home")


@pytest.fixture
def client(google, tmp_path):
    path = tmp_path / "client.json"
    path.write_text(json.dumps(google.accounts.client()), "utf-8")
    return path


def follow(address):
    """Go where the consent screen sends a browser; return the address it was sent to."""
    return requests.get(address, allow_redirects=False).headers["Location"]


class Person:
    """Reads what the command says and does with the address of the consent screen what a browser would."""

    def __init__(self, does=lambda address: requests.get(follow(address))):
        self.does, self.heard = does, []

    def __call__(self, line):
        self.heard.append(line)
        if line.startswith("https://accounts.google.com/"):
            self.page = self.does(line)

    @property
    def told(self):
        return "\n".join(self.heard)


def signed_in(home, client=None, person=None, **more):
    person = person or Person()
    options = {"whole": False, "browser": False, "clock": Waiting(), "patience": 20} | more
    signing_in.sign_in(home, client, say=person, **options)
    return person


def account(home):
    return signing.account_told(home.path)


def kept(home):
    return {path.name: path.read_text() for path in (home.path / ".nastavnik").glob("*")}


def test_a_person_consents_and_is_told_whose_account_it_is_and_what_it_sees(google, home, client):
    person = signed_in(home, client)
    assert f"Вы вошли в Google: {PERSON}." in person.told
    assert sign_ins.OWN_FILES.sees in person.told
    assert "nastavnik login --whole-drive" in person.told
    assert "Google ответил" in person.page.text
    assert account(home)["scopes"] == [DRIVE_FILE]
    for path in (home.path / ".nastavnik").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((home.path / ".nastavnik").stat().st_mode) == 0o700
    secret = (CLIENT_SECRET, account(home)["refresh_token"], account(home)["token"], "4/")
    assert not [each for each in secret if each in person.told]


def test_the_client_is_remembered_and_a_second_sign_in_may_ask_for_the_whole_drive(google, home, client):
    signed_in(home, client)
    first = account(home)
    client.unlink()
    person = signed_in(home, whole=True)
    assert account(home)["scopes"] == [DRIVE]
    assert account(home)["refresh_token"] != first["refresh_token"]
    assert sign_ins.OWN_DRIVE.sees in person.told


def test_one_token_serves_the_processes_that_come_later(google, home, client):
    signed_in(home, client)
    for _ in range(3):
        over(google_session(signing.load(home.path))).drive.whose()
    assert sum(each.path == "/token" for each in google.history) == 1
    google.accounts.expire()
    for _ in range(3):
        over(google_session(signing.load(home.path))).drive.whose()
    assert sum(each.path == "/token" for each in google.history) == 2


def denied(google):
    google.accounts.consents = ""


def half(google):
    google.accounts.granted = frozenset()


def page_at_the_token(google):
    google.faults = Faults(lambda _, request: _page(200) if request.path == "/token" else None)


def busy_at_the_token(google):
    busy = Response(503, {}, b"")
    google.faults = Faults(lambda _, request: busy if request.path == "/token" else None)


def api_not_enabled(google):
    told = {"error": {"code": 403, "message": "x", "errors": [{"reason": "accessNotConfigured"}]}}
    answer = Response(403, {"Content-Type": "application/json"}, json.dumps(told).encode())
    google.faults = Faults(lambda _, request: answer if request.path.endswith("/about") else None)


def no_refresh_token(google):
    exchanged = google.accounts._exchanged
    google.accounts._exchanged = lambda told: exchanged(told) | {"refresh_token": ""}


def code_used_already(google):
    google.accounts._codes = type("Forgetful", (dict,), {"__setitem__": lambda *_: None})()


def client_deleted(google):
    def refusal(_):
        told = {"error": "deleted_client", "error_description": "The OAuth client was deleted."}
        return Response(401, {"Content-Type": "application/json"}, json.dumps(told).encode())

    google.faults = Faults(lambda _, request: refusal(request) if request.path == "/token" else None)


def _page(status):
    return Response(status, {"Content-Type": "text/html"}, b"<html>filter</html>")


REFUSED = [
    (denied, Misconfigured, "вы не дали разрешения"),
    (half, Misconfigured, "снята галочка"),
    (no_refresh_token, Misconfigured, "только на час"),
    (code_used_already, Misconfigured, "уже использован или устарел"),
    (client_deleted, Misconfigured, "удалено или отключено"),
    (page_at_the_token, TryLater, "ответил не Google"),
    (busy_at_the_token, TryLater, "сервер входа занят"),
    (api_not_enabled, Misconfigured, "Sheets API и Drive API"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0].__name__)
def test_a_sign_in_that_fails_is_one_sentence_and_the_former_one_stays(google, home, client, case):
    trouble, kind, said = case
    signed_in(home, client)
    before = kept(home)
    trouble(google)
    with pytest.raises(kind, match=said) as caught:
        signed_in(home, whole=True)
    assert kept(home) == before
    assert not re.search(r"1//|ya29|4/\w|GOCSPX", str(caught.value))


def test_a_consent_refused_by_a_rule_of_the_organisation_says_whom_to_ask(google, home, client):
    def sent_away(address):
        state = re.search(r"state=([^&]+)", address)[1]
        back = requests.utils.unquote(re.search(r"redirect_uri=([^&]+)", address)[1])
        return requests.get(f"{back}?error=admin_policy_enforced&state={state}")

    with pytest.raises(Misconfigured, match=r"admin\.google\.com/ac/owl/list"):
        signed_in(home, client, Person(sent_away))
    assert account(home) is None


def test_a_wrong_account_is_told_and_the_former_sign_in_stays(google, home, client):
    signed_in(home, client)
    made = over(google_session(signing.load(home.path)), Waiting()).drive
    folder = made.ids(1)[0]
    made.folder(folder, "Наставничество", "root", {"nastavnik_org": "sadik"})
    here = settings.Home(home.path, google=True, places=(settings.Place("sadik", folder, "book"),))
    signed_in(here)
    before = kept(home)
    google.accounts.consents = "drugoy@front.example"
    sees = google.rights.sees
    google.rights.sees = lambda who, *file, **how: who.email == PERSON and sees(who, *file, **how)
    with pytest.raises(Misconfigured, match=r"drugoy@front\.example не видна папка организации «sadik»"):
        signed_in(here)
    assert kept(home) == before


def test_a_client_in_testing_tells_when_the_sign_in_ends(google, home, client):
    google.accounts = InTesting()
    person = signed_in(home, client)
    assert "«Тестирование»" in person.told
    assert sign_ins.PUBLISH in person.told
    ends = datetime.fromisoformat(account(home)["until"])
    assert timedelta(days=6) < ends - datetime.now(UTC) <= timedelta(days=7)
    by = signing.load(home.path)
    space = over(google_session(by), Waiting())
    lines = dict(signing_in.in_use(home, _by(space, by), datetime.now(UTC)))
    assert [fine for told, fine in lines.items() if "Осталось дней: 6" in told] == [True]
    late = dict(signing_in.in_use(home, _by(space, by), ends + timedelta(days=2)))
    assert [fine for told, fine in late.items() if "Осталось дней: 0" in told] == [False]


def _by(space, by):
    return replace(space, sign_in=signing.sign_in_of(by))


def test_doctor_says_by_whose_right_a_home_works_and_when_a_subject_has_no_effect(google, home, client):
    signed_in(home, client)
    by = signing.load(home.path)
    space = _by(over(google_session(by), Waiting()), by)
    ((told, fine),) = signing_in.in_use(home, space)
    assert fine
    assert all(each in told for each in (sign_ins.OWN_FILES.title, PERSON, sign_ins.OWN_FILES.sees))
    _, (told, fine) = signing_in.in_use(replace(home, subject="direktor@front.example"), space)
    assert not fine
    assert "subject" in told
    assert "nastavnik logout" in told
    assert signing_in.in_use(home, replace(space, sign_in=None)) == []


def test_a_sign_in_that_ended_says_so_with_the_seven_days_and_the_cure(google, home, client):
    signed_in(home, client)
    google.accounts.revoke_all()
    with pytest.raises(Misconfigured, match=r"7 дней.*nastavnik login.*опубликуйте"):
        over(google_session(signing.load(home.path)), Waiting()).drive.whose()


# --- the address that came back ------------------------------------------------------------------------------


def pasted(address, *lines):
    back = redirects.Redirects()
    back.known = lambda said: "" if said == address else f"не тот: {said}"
    for line in lines:
        back.take(line, pasted=True)
    return back


def test_what_is_pasted_wrong_is_said_and_the_right_one_taken_after_all():
    said = []
    back = pasted("http://127.0.0.1:1/?code=1", "x", "http://127.0.0.1:1/", "http://127.0.0.1:1/?code=1")
    assert back.awaited(5, said.append) == "http://127.0.0.1:1/?code=1"
    assert said == ["не тот: x", "не тот: http://127.0.0.1:1/"]


def test_nobody_answering_ends_with_a_sentence():
    with pytest.raises(Misconfigured, match="ответа Google не было 1 мин"):
        pasted("x").awaited(0.01, print)


def test_an_answer_to_another_sign_in_is_not_taken_and_the_page_says_so(google, home, client):
    def stale_first(address):
        back = follow(address)
        other = requests.get(re.sub(r"state=[^&]+", "state=other", back))
        assert "Это ответ на другой вход" in other.text
        assert requests.get(re.sub(r"\?.*", "favicon.ico", back)).status_code == 404
        return requests.get(back)

    signed_in(home, client, Person(stale_first))
    assert account(home) is not None


def test_a_connection_that_a_browser_opened_ahead_does_not_hold_up_the_answer(google, home, client):
    def eager(address):
        back = follow(address)
        port = int(re.search(r"127\.0\.0\.1:(\d+)", back)[1])
        with socket.create_connection(("127.0.0.1", port)):
            return requests.get(back)

    signed_in(home, client, Person(eager))
    assert account(home) is not None


def test_where_no_port_can_be_had_the_address_is_pasted(google, home, client, monkeypatch):
    def busy(*_, **__):
        raise OSError(98, "in use")

    monkeypatch.setattr(redirects, "_Server", busy)
    monkeypatch.setattr(
        redirects, "read_pasted", lambda back: threading.Thread(target=paste, args=(back,)).start()
    )
    person = Person(follow)

    def paste(back):
        for line in ("не адрес", person.heard[2], person.page.replace("state=", "state=x"), person.page):
            back.take(line, pasted=True)

    signed_in(home, client, person)
    assert account(home) is not None
    assert person.told.count("нет ответа Google") == 2
    assert "ответ на другой вход" in person.told


# --- clients and homes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda whole: {"web": whole["installed"]}, "для сайта"),
        (lambda whole: Accounts().service_key(), signing.KEY_FILE),
        (lambda whole: {"type": "authorized_user", "refresh_token": "1//r"}, "уже готовый вход"),
        (lambda whole: {"installed": {**whole["installed"], "client_secret": ""}}, "client_secret один раз"),
        (lambda whole: {"installed": {**whole["installed"], "token_uri": 7}}, "не хватает полей"),
        (lambda whole: {"installed": []}, "не описание приложения"),
        (lambda whole: [whole], "не описание приложения"),
    ],
)
def test_a_file_that_is_no_client_of_a_desktop_program_is_named(home, tmp_path, change, said):
    path = tmp_path / "client.json"
    path.write_text(json.dumps(change(Accounts().client())), "utf-8")
    with pytest.raises(Misconfigured, match=r"client\.json") as caught:
        signed_in(home, path)
    assert said in str(caught.value)
    assert not home.path.exists()


def test_without_a_client_a_person_is_told_where_to_make_one(home, tmp_path):
    for file, said in (
        (None, "console.cloud.google.com/auth/clients"),
        (tmp_path / "no.json", "не открывается"),
    ):
        with pytest.raises(Misconfigured, match=re.escape(said)):
            signed_in(home, file)


def test_a_home_whose_organisations_live_here_signs_in_only_to_read_by_link(google, home, client):
    local = settings.Home(home.path, places=(settings.Place("sadik", "f", "b"),))
    with pytest.raises(Misconfigured, match="--home ПАПКА login"):
        signed_in(local, client)
    assert not home.path.exists()
    person = signed_in(local, client, whole=True)
    assert signing_in.LINKS_ONLY in person.told


# --- out -----------------------------------------------------------------------------------------------------


def test_out_is_out_at_google_and_here_and_a_second_time_changes_nothing(google, home, client):
    signed_in(home, client)
    refresh = account(home)["refresh_token"]
    assert signing_in.sign_out(home, Waiting()) == (signing_in.OUT, True)
    assert refresh not in google.accounts._refresh
    assert list(kept(home)) == [signing.CLIENT]
    assert signing_in.sign_out(home, Waiting()) == (signing_in.NO_ACCOUNT, True)
    signed_in(home)
    assert account(home) is not None


def test_a_sign_in_that_google_forgot_already_ends_as_well(google, home, client):
    signed_in(home, client)
    google.accounts.revoke_all()
    assert signing_in.sign_out(home, Waiting()) == (signing_in.OUT, True)


@pytest.mark.parametrize(
    "answer", [Response(503, {}, b""), "before", _page(403)], ids=["busy", "cut", "filter"]
)
def test_where_google_cannot_be_reached_the_file_goes_anyway_and_the_person_is_told_where_to_revoke(
    google, home, client, answer, monkeypatch
):
    signed_in(home, client)
    monkeypatch.setenv(signing.KEY_FILE, "key.json")
    google.faults = Faults(lambda _, request: answer if request.path == "/revoke" else None)
    told, done = signing_in.sign_out(home, Waiting())
    assert signing_in.CONNECTIONS in told
    assert signing_in.KEY_NEXT in told
    assert not done
    assert account(home) is None


def test_a_spoilt_sign_in_can_be_left_too(home):
    path = signing.path_of(home.path, signing.ACCOUNT)
    path.parent.mkdir(parents=True)
    path.write_text("{torn", "utf-8")
    told, done = signing_in.sign_out(home, Waiting())
    assert signing_in.CONNECTIONS in told
    assert not done
    assert not path.exists()


# --- the command itself --------------------------------------------------------------------------------------


def test_a_process_opens_a_browser_and_takes_an_address_pasted_from_another_computer(
    google, home, client, tmp_path
):
    seen, browser = tmp_path / "seen", tmp_path / "browser.py"
    browser.write_text(f"import pathlib, sys; pathlib.Path({str(seen)!r}).write_text(sys.argv[1])", "utf-8")
    around = google.environment("") | {"BROWSER": f"{sys.executable} -S {browser} %s"}
    with subprocess.Popen(
        [sys.executable, "-m", "flows", "login", "--client", str(client)], env=around, cwd=CHECKOUT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert next(process.stdout).strip() == signing_in.OPENED
        address = next(line for line in process.stdout if line.startswith("https://")).strip()
        assert seen.read_text("utf-8") == address
        process.stdin.write("http://127.0.0.1:1/\n" + follow(address) + "\n")
        process.stdin.flush()
        rest = process.stdout.read()
    assert process.returncode == 0, rest
    assert "нет ответа Google" in rest
    assert f"Вы вошли в Google: {PERSON}." in rest
    assert account(home)["account"] == PERSON


def command(monkeypatch, capsys, home, *words):
    monkeypatch.setattr(sys, "argv", ["nastavnik", "--home", str(home.path), *words])
    monkeypatch.setenv(settings.HOME, str(home.path))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    return ended.value.code, out.strip(), err.strip()


def test_the_command_says_its_sentence_and_its_code(google, home, client, monkeypatch, capsys):
    assert command(monkeypatch, capsys, home, "login")[0] == 2
    signed_in(home, client)
    assert command(monkeypatch, capsys, home, "logout") == (0, signing_in.OUT, "")
    assert command(monkeypatch, capsys, home, "logout") == (0, signing_in.NO_ACCOUNT, "")
    signed_in(home)
    google.faults = Faults(lambda _, request: _page(403) if request.path == "/revoke" else None)
    assert command(monkeypatch, capsys, home, "logout") == (1, signing_in.HALF_OUT, "")

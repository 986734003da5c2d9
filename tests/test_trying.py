"""`doctor --try` as an installer runs it: before init, in Google's name, interrupted, and what its file of answers tells."""

from __future__ import annotations

import json
import re
import sys

import pytest

from flows import cli, doors, settings, trying
from flows.office import Faults, InProcess, Office, Response
from flows.workspace import signing
from flows.workspace.session import google_session, office_session
from flows.workspace.space import over
from flows.workspace.trial_bench import NAME
from tests.front import DRIVE_FILE
from tests.front.accounts import PERSON
from tests.road.desk import Waiting

DONE, PROBLEMS, CANNOT = 0, 1, 2
FOLDER_LINK = "https://drive.google.com/drive/u/1/folders/{}?usp=sharing"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Call the command; gives the code and what it printed."""

    def called(*words, key="", home="home"):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv(settings.HOME, str(tmp_path / home))
        monkeypatch.setenv(signing.KEY_FILE, str(key))
        monkeypatch.setattr(doors, "google_session", lambda known, *_: google_session(known, Waiting()))
        monkeypatch.setattr(sys, "argv", ["nastavnik", "doctor", *map(str, words)])
        with pytest.raises(SystemExit) as over_:
            cli.main()
        told = capsys.readouterr()
        return over_.value.code, told.out, told.err

    return called


def answers(tmp_path, name="nastavnik-try.json"):
    return json.loads((tmp_path / name).read_text("utf-8"))


def verdicts(told):
    return {each["шаг"]: each["итог"] for each in told["шаги"]}


# --- in Google's name ----------------------------------------------------------------------------------------


def test_a_key_is_tried_before_there_is_an_organisation_and_nothing_is_left(google, run, tmp_path):
    root = FOLDER_LINK.format(google.rights.shared)
    code, out, err = run("--try", "--google", "--root", root, "--keep", "a.json", key=google.key_file())
    assert (code, err) == (DONE, "")
    assert "✗" not in out
    assert "client_email" not in out
    assert google.accounts.service_key()["client_email"] in out
    assert [path for _, path in google.office.files()] == []
    assert not (tmp_path / "home").exists()
    told = answers(tmp_path, "a.json")
    assert told["вход"] == "service"
    assert set(verdicts(told).values()) == {"✓", "–"}
    assert verdicts(told)["clean"] == "✓"
    calls = {each["вызов"] for step in told["шаги"] for each in step["ответы"]}
    assert {"drive.files.create", "sheets.spreadsheets.batchUpdate", "drive.permissions.list"} <= calls
    assert 409 in {each["код"] for step in told["шаги"] for each in step["ответы"]}


def test_a_key_that_can_own_nothing_is_told_with_the_cure(google, run, tmp_path):
    code, out, _ = run("--try", "--google", key=google.key_file())
    assert code == PROBLEMS
    assert "✓ Папка с заранее взятым кодом создаётся" in out
    assert "✗ Книга создаётся" in out
    assert "общий диск" in out
    assert "Для работы: организацию здесь не завести." in out
    reasons = [each["причина"] for step in answers(tmp_path)["шаги"] for each in step["ответы"]]
    assert "storageQuotaExceeded" in reasons


def test_a_folder_that_may_only_be_read_is_told_before_anything_is_founded(google, run):
    google.rights.readonly.add(google.rights.shared)
    code, out, _ = run("--try", "--google", "--root", google.rights.shared, key=google.key_file())
    assert code == PROBLEMS
    assert "✗ Папка с заранее взятым кодом создаётся: " in out
    assert "Контент-менеджер" in out
    assert "не проверить ещё" in out


def test_a_key_that_is_revoked_lets_nothing_be_tried(google, run, tmp_path):
    google.accounts.revoke_all()
    code, out, _ = run("--try", "--google", key=google.key_file())
    assert code == CANNOT
    assert "✓" not in out
    assert answers(tmp_path)["шаги"][0]["ошибки"][0] == "Misconfigured"
    code, _, err = run("--try", "--google", key="")
    assert code == CANNOT
    assert signing.KEY_FILE in err


def test_a_persons_own_account_is_tried_as_soon_as_it_has_signed_in(google, run, tmp_path):
    google.sign_in(tmp_path / "home", DRIVE_FILE)
    code, out, err = run("--try")
    assert (code, err) == (DONE, "")
    assert f"{PERSON} (своя учётная запись, только файлы программы)" in out
    assert answers(tmp_path)["вход"] == "own-files"
    assert signing.path_of(tmp_path / "home", signing.ACCOUNT).exists()
    google.rights.full = True
    code, out, _ = run("--try")
    assert (code, "Освободите место" in out) == (PROBLEMS, True)


# --- in the local office -------------------------------------------------------------------------------------


@pytest.fixture
def office(monkeypatch, tmp_path):
    """A home's office whose calls a test may meddle with; gives what sets the rule."""
    rules = []

    def opened(home, *_):
        store, clock = Office(home.path), Waiting()
        asked = InProcess(
            store, Faults(lambda number, request: rules[-1](number, request) if rules else None)
        )
        space = over(office_session(asked, clock=clock), clock)
        return _closing(store, space)

    monkeypatch.setattr(doors, "open_workspace", opened)
    (tmp_path / "home").mkdir()
    return rules


class _closing:  # noqa: N801 - a context manager
    def __init__(self, store, space):
        self.store, self.space = store, space

    def __enter__(self):
        return self.space

    def __exit__(self, *_):
        self.store.close()


def left(tmp_path):
    opened = Office(tmp_path / "home")
    try:
        return [entry.id for entry, _ in opened.files()]
    finally:
        opened.close()


def test_the_local_office_is_tried_too_and_what_it_has_not_is_no_failure(run, tmp_path):
    code, out, err = run("--try")
    assert (code, err) == (DONE, "")
    assert out.count("в локальном офисе этого нет") == 2
    assert (tmp_path / "nastavnik-try.json").exists()
    assert left(tmp_path) == []


def test_a_trial_that_is_stopped_puts_its_folder_away(office, run, tmp_path):
    def rule(number, _):
        if number == 12:
            raise KeyboardInterrupt

    office.append(rule)
    code, out, err = run("--try")
    assert code == CANNOT
    assert trying.CLEANED in out
    assert "Остановлено" in err
    assert left(tmp_path) == []
    assert len(answers(tmp_path)["шаги"]) > 5


class Killed(BaseException):
    """The process is gone: nothing is done any more, cleaning up neither."""


def test_what_a_killed_trial_left_is_put_away_by_the_next_one(office, run, tmp_path, monkeypatch):
    def rule(number, _):
        if number > 12:
            raise Killed

    office.append(rule)
    with pytest.raises(Killed):
        run("--try")
    assert left(tmp_path)
    office.clear()
    (remembered,) = trying.Leftovers(tmp_path / "home").ids()
    code, out, _ = run("--try")
    assert (code, "Папка прерванной пробы убрана" in out) == (DONE, True)
    assert left(tmp_path) == []
    assert trying.Leftovers(tmp_path / "home").ids() == ()
    assert verdicts(answers(tmp_path))["earlier"] == "✓"
    trying.Leftovers(tmp_path / "home").add(f"{remembered}x")
    code, out, _ = run("--try")
    assert (code, NAME in out) == (DONE, True)
    assert trying.Leftovers(tmp_path / "home").ids() == ()


def test_a_folder_that_cannot_be_put_away_is_told_and_remembered(office, run, tmp_path):
    refusal = Response(
        403, {"Content-Type": "application/json"}, b'{"error": {"code": 403, "message": "no"}}'
    )
    office.append(lambda _, request: refusal if b'"trashed": true' in request.body else None)
    code, out, _ = run("--try")
    assert code == PROBLEMS
    assert f"✗ {trying.CLEANED}" in out
    assert NAME in out
    assert len(trying.Leftovers(tmp_path / "home").ids()) == 1


def test_a_place_where_answers_cannot_be_written_is_told(run, tmp_path):
    code, out, _ = run("--try", "--keep", tmp_path / "нет" / "a.json")
    assert code == PROBLEMS
    assert "--keep ФАЙЛ" in out


# --- what the file tells -------------------------------------------------------------------------------------

SECRETS = (
    "zaveduyushaya@sadik.example", "Соколова Марина Викторовна", "Sokolova", "ya29.a0AfH6SMBx", "GOCSPX-verysecret", "1//0gRefreshToken",
    "proxy.sadik.example:3128", "Приказ о Соколовой.docx", "8600000007", "key-with-a-name", "sokolova",
)  # fmt: skip


def test_nothing_of_anybody_gets_into_the_file(office, run, tmp_path, monkeypatch):
    """Every place of an answer where something could stand is filled with secrets: keys, values, reasons, headers, pages."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://sokolova:{SECRETS[3]}@{SECRETS[6]}")
    email, person, latin, token, key, refresh, proxy, paper, number, odd, login = SECRETS
    planted = {
        "user": {"emailAddress": email, "displayName": person, odd: token, "kind": latin, "me": True}, person: email, latin: [email, {odd: person}],
        "storageQuota": {"limit": number, "usage": "0", "mimeType": paper, "role": latin, "type": login, "state": person},
    }  # fmt: skip
    refusal = {
        "error": {
            "code": 403, "message": f"{person} {email} {token}", "status": f"{latin} {key}", odd: refresh,
            "errors": [{"reason": email, "domain": person, "message": paper, "location": proxy, login: 1}], "details": [{"reason": f"{token} {login}"}, {"reason": login}, {"reason": login.upper()}],
        }
    }  # fmt: skip
    page = Response(
        502,
        {"Content-Type": f"text/html; charset={latin}", "Server": proxy, "Set-Cookie": token},
        f"{person} {email}".encode(),
    )

    def rule(_, request):
        if "/about" in request.path:
            return _json(200, planted)
        if "0042" in request.body.decode("utf-8", "replace"):
            return _json(403, refusal)
        if "/export" in request.path:
            return page
        return _json(403, refusal | {person: odd}) if "/permissions" in request.path else None

    office.append(rule)
    folder = tmp_path / login
    folder.mkdir()
    run("--try", "--share", email, "--keep", folder / f"{latin}.json")
    text = (folder / f"{latin}.json").read_text("utf-8")
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    opened = Office(tmp_path / "home")
    ids = {call.path for call in opened.journal}
    opened.close()
    known = {part for path in ids for part in re.findall(r"[-\w]{20,}", path)}
    assert len(known) >= 2
    assert [each for each in known if each in text] == []
    assert NAME not in text
    assert str(tmp_path) not in text
    told = json.loads(text)
    assert "Личных данных здесь нет" in told["о файле"]
    assert next(iter(told)) == "о файле"
    about = told["шаги"][0]["ответы"][0]["ответ"]
    assert about["user"] == {"emailAddress": "строка", "displayName": "строка", "kind": "строка", "me": "да/нет", "прочие ключи": 1}  # fmt: skip
    assert about["прочие ключи"] == 2
    assert told["прокси задан"] is True


def _json(status, told):
    return Response(status, {"Content-Type": "application/json"}, json.dumps(told).encode())


# --- without --try -------------------------------------------------------------------------------------------


def test_the_options_of_a_trial_are_refused_without_it(run):
    for words in (["--google"], ["--root", "x"], ["--keep", "x"], ["--share", "a@b.example"]):
        code, _, err = run(*words)
        assert (code, "--try" in err) == (CANNOT, True)

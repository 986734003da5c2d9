"""By whose right a home works in Google: which files are accepted, what is kept, what Google's answers come to mean."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from requests.adapters import BaseAdapter

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.office import kept as office_kept
from flows.workspace import refusals, sign_ins, signing
from flows.workspace.drive import Drive
from flows.workspace.session import NotGoogle, Paced
from flows.workspace.sheets import Sheets
from flows.workspace.token_endpoint import TokenRequest
from tests.front.accounts import Accounts
from tests.road.desk import Waiting

KEY = Accounts().service_key()
OWN = {
    "type": "authorized_user",
    "client_id": "c.apps.googleusercontent.com",
    "client_secret": "s",
    "refresh_token": "1//r",
    "scopes": [sign_ins.OWN_FILES_SCOPE],
}
CLIENT = {"client_id": "c", "client_secret": "s", "auth_uri": "https://a/", "token_uri": "https://t/"}
SECRETS = ("1//r", "ya29", "GOCSPX", "PRIVATE", "kurator@")


class Answers(BaseAdapter):
    """Answers with a script, the last line for ever; counts what was asked."""

    def __init__(self, *script):
        super().__init__()
        self.script, self.asked = list(script), 0

    def send(self, request, *args, **options):
        self.asked += 1
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, Exception):
            raise step
        status, body, headers = step
        response = requests.Response()
        response.status_code, response.request, response.url = status, request, request.url
        response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
        response.headers.update({"Content-Type": "application/json"} | headers)
        return response

    def close(self):
        pass


def home_with(tmp_path, told):
    path = signing.path_of(tmp_path, signing.ACCOUNT)
    path.parent.mkdir(exist_ok=True)
    path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    return tmp_path


def key_file(tmp_path, content):
    path = tmp_path / "key.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)


def refreshed(account, *script):
    """Have credentials ask for a token over a script; tell how often they asked and what came of it."""
    inner = Answers(*script)
    try:
        account.refresh(TokenRequest(account.sign_in, Waiting(), inner))
    except (Misconfigured, TryLater, requests.RequestException) as error:
        return inner.asked, error
    return inner.asked, None


def person(scope=sign_ins.OWN_FILES_SCOPE, **more):
    return signing._account(OWN | {"scopes": [scope]} | more)


def robot(tmp_path, subject=""):
    return signing.load(tmp_path, key_file(tmp_path, KEY), subject)


TOKEN = 200, {"access_token": "ya29.new", "expires_in": 3599, "token_type": "Bearer"}, {}

# --- which file is what --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"installed": CLIENT}, "nastavnik login --client ФАЙЛ"),
        ({"web": CLIENT}, "для сайта"),
        ({"type": "authorized_user"}, "другой программой"),
        (OWN | {"scopes": ["https://www.googleapis.com/auth/cloud-platform"]}, "не сказано права на Диск"),
        ({"type": "external_account", "audience": "x"}, "внешнего поставщика"),
        ({"type": "impersonated_service_account"}, "внешнего поставщика"),
        ({"type": "service_account", "client_email": "x"}, "не хватает полей"),
        (KEY | {"private_key": "-----BEGIN PRIVATE KEY-----\nx\n"}, "повреждён"),
        (KEY | {"private_key": 7}, "повреждён"),
        ({"type": ["service_account"]}, "не ключ"),
        ({}, "не ключ"),
        (b"[1]", "не ключ"),
        (b"null", "не ключ"),
        (b'"text"', "не ключ"),
        (b"[" * 100_000, "не P12"),
        (b"\x30\x82\x00", "не P12"),
        (b"", "не P12"),
    ],
)
def test_a_file_that_is_no_key_is_told_apart_and_said_what_to_do_with(tmp_path, content, said):
    with pytest.raises(Misconfigured, match=signing.KEY_FILE) as caught:
        signing.load(tmp_path, key_file(tmp_path, content))
    assert said in str(caught.value)


def test_a_folder_or_nothing_given_as_the_key_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "none", "bad\0name"):
        with pytest.raises(Misconfigured, match="не открывается"):
            signing.load(tmp_path, str(path))


def test_without_any_sign_in_the_three_ways_are_told(tmp_path):
    with pytest.raises(Misconfigured) as caught:
        signing.load(tmp_path)
    told = str(caught.value)
    assert all(each in told for each in ("nastavnik login", signing.KEY_FILE, "subject", "config/guide/google.md"))  # fmt: skip


def test_a_sign_in_that_another_program_made_serves_where_it_says_that_it_opens_drive(tmp_path):
    for spelled in ([sign_ins.DRIVE_SCOPE], f"openid {sign_ins.DRIVE_SCOPE}"):
        account = signing.load(tmp_path, key_file(tmp_path, OWN | {"scopes": spelled}))
        assert account.sign_in is sign_ins.OWN_DRIVE


def test_the_homes_own_account_wins_over_the_key_and_a_subject_lets_the_key_act_for_a_person(tmp_path):
    key = key_file(tmp_path, KEY)
    assert signing.load(tmp_path, key).sign_in is sign_ins.SERVICE
    delegated = signing.load(tmp_path, key, "direktor@front.example")
    assert delegated.sign_in is sign_ins.DELEGATED
    assert delegated._subject == "direktor@front.example"
    assert signing.load(home_with(tmp_path, OWN), key).sign_in is sign_ins.OWN_FILES


# --- what is kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    ["", "{", "[]", "7", "{}", json.dumps(OWN | {"refresh_token": 7}), json.dumps(OWN | {"scopes": 1})],
)
def test_a_spoilt_sign_in_says_to_sign_in_anew(tmp_path, told):
    with pytest.raises(Misconfigured, match="nastavnik login"):
        signing.load(home_with(tmp_path, told))


def test_a_sign_in_that_others_may_read_is_closed_when_it_is_used(tmp_path):
    path = signing.path_of(home_with(tmp_path, OWN), signing.ACCOUNT)
    path.chmod(0o644)
    signing.load(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_files_have_no_modes_nothing_is_closed_and_all_works(tmp_path, monkeypatch):
    path = signing.path_of(home_with(tmp_path, OWN), signing.ACCOUNT)
    path.chmod(0o644)
    monkeypatch.setattr("flows.workspace.kept_files.os.name", "nt")
    assert signing.account_told(tmp_path) == OWN
    monkeypatch.undo()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_new_token_is_kept_for_the_next_process_in_a_file_for_its_owner_alone(tmp_path):
    account = signing.load(home_with(tmp_path, OWN))
    assert not account.valid
    refreshed(account, TOKEN)
    later = signing.load(tmp_path)
    assert (later.token, later.valid) == ("ya29.new", True)
    folder = signing.path_of(tmp_path, signing.ACCOUNT).parent
    assert [each.name for each in folder.iterdir()] == [signing.ACCOUNT]
    assert stat.S_IMODE((folder / signing.ACCOUNT).stat().st_mode) == 0o600


@pytest.mark.parametrize("meanwhile", ["signed out", "another account", "spoilt"])
def test_a_token_of_a_sign_in_that_is_over_comes_not_back(tmp_path, meanwhile):
    account = signing.load(home_with(tmp_path, OWN))
    path = signing.path_of(tmp_path, signing.ACCOUNT)
    if meanwhile == "signed out":
        path.unlink()
    else:
        path.write_text(
            json.dumps(OWN | {"refresh_token": "1//other"}) if meanwhile == "another account" else "{"
        )
    before = path.read_text() if path.exists() else None
    refreshed(account, TOKEN)
    assert account.token == "ya29.new"
    assert (path.read_text() if path.exists() else None) == before


def test_a_token_of_a_key_is_kept_for_that_key_and_that_person_alone(tmp_path):
    refreshed(robot(tmp_path), TOKEN)
    assert robot(tmp_path).valid
    assert not robot(tmp_path, "direktor@front.example").valid
    other = key_file(tmp_path, KEY | {"client_email": "other@front"})
    assert not signing.load(tmp_path, other).valid
    signing.path_of(tmp_path, signing.ACCESS).write_text("{torn")
    assert not robot(tmp_path).valid


def test_a_disk_that_keeps_no_token_only_costs_a_token(tmp_path, monkeypatch):
    account = robot(tmp_path)

    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr("flows.workspace.kept_files.os.open", full)
    refreshed(account, TOKEN)
    assert account.valid


@pytest.mark.parametrize("expiry", ["", "soon", 7, None])
def test_a_token_whose_end_is_not_known_is_not_used(expiry):
    assert person(token="ya29.x", expiry=expiry).token is None


def test_a_token_kept_with_a_zone_ends_when_it_ends():
    ends = datetime.now(UTC) + timedelta(hours=1)
    account = person(token="ya29.x", expiry=ends.isoformat())
    assert account.valid
    assert account.expiry == ends.replace(tzinfo=None)


def test_a_copy_of_the_home_holds_no_sign_in(tmp_path):
    for name in (signing.ACCOUNT, signing.CLIENT, signing.ACCESS):
        path = signing.path_of(tmp_path, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    (tmp_path / "google-account.json").write_text("a person's own file")
    assert [each.name for each in office_kept.kept(tmp_path)] == [".nastavnik", "google-account.json"]


# --- what the token endpoint says ----------------------------------------------------------------------------


def no(error, words="", status=400, **more):
    return status, {"error": error, "error_description": words} | more, {}


PAGE = {"Content-Type": "text/html"}
SHORT = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."
UNAUTHORISED = "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."
SAID = [
    ("person", no("invalid_grant", "Token has been expired or revoked."), "7 дней"),
    ("person", no("invalid_grant", "Bad Request"), "nastavnik login"),
    ("person", no("invalid_grant", "reauth related error", error_subtype="invalid_rapt"), "требует время от времени"),
    ("person", no("invalid_client", "The OAuth client was not found.", 401), "--client ФАЙЛ"),
    ("person", no("deleted_client", "The OAuth client was deleted.", 401), "удалено или отключено"),
    ("person", no("disabled_client", "The OAuth client was disabled.", 401), "удалено или отключено"),
    ("person", no("unauthorized_client", "Unauthorized", 401), "Desktop app"),
    ("person", no("admin_policy_enforced", "x"), "admin.google.com/ac/owl/list"),
    ("person", no("org_internal", "x", 403), "External"),
    ("person", no("invalid_scope", "Some requested scopes cannot be shown"), "Google Drive API"),
    ("robot", no("invalid_grant", "Invalid JWT Signature."), "Создайте новый ключ"),
    ("robot", no("invalid_grant", "Invalid grant: account not found"), "Создайте новый ключ"),
    ("robot", no("invalid_grant", SHORT), "часы этого компьютера"),
    ("robot", no("invalid_scope", "Empty or missing scope not allowed."), "Google Drive API"),
    ("delegated", no("unauthorized_client", UNAUTHORISED, 401), "admin.google.com/ac/owl/domainwidedelegation"),
    ("delegated", no("access_denied", "Requested client not authorized.", 403), "поля client_id"),
    ("delegated", no("invalid_grant", "Invalid email or User ID"), "subject"),
    ("person", no("something_new", "ask kurator@front.example"), "something_new"),
    ("person", no("Кто-то <b>", "x"), "неизвестная"),
    ("person", (407, b"", {}), "HTTPS_PROXY"),
]  # fmt: skip


def account_of(who, tmp_path):
    return person() if who == "person" else robot(tmp_path, "d@front.example" if who == "delegated" else "")


@pytest.mark.parametrize(
    ("who", "answer", "said"), SAID, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_only_a_person_can_mend_is_asked_once_and_said_with_its_cure(tmp_path, who, answer, said):
    asked, error = refreshed(account_of(who, tmp_path), answer)
    told = str(error)
    assert (asked, type(error)) == (1, Misconfigured)
    assert said in told
    assert told.startswith("Вход в Google")
    assert "Вход в Google: вход в Google" not in told
    assert not [each for each in (*SECRETS, "Invalid", "Token has") if each in told]


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (timedelta(minutes=-190, seconds=-9), "спешат на 3 ч 10 мин"),
        (timedelta(days=3, minutes=1), "отстают на 3 сут. 0 ч"),
        (timedelta(minutes=-7, seconds=-9), "спешат на 7 мин"),
        (None, "идут неверно"),
    ],
)
def test_a_wrong_clock_is_told_with_how_far_it_is_from_googles(tmp_path, apart, said):
    headers = {"Date": format_datetime(datetime.now(UTC) + apart)} if apart else {"Date": "вчера"}
    status, body, _ = no("invalid_grant", SHORT)
    _, error = refreshed(robot(tmp_path), (status, body, headers))
    assert f"часы этого компьютера {said}" in str(error)
    assert "Ключ исправен" in str(error)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("who", ["person", "robot", "delegated"])
@pytest.mark.parametrize(
    "answer",
    [
        (200, b"<html>Wi-Fi</html>", PAGE),
        (200, b"<html>Wi-Fi</html>", {}),
        (200, b"", {}),
        (200, b"null", {}),
        (200, [], {}),
        (200, "text", {}),
        (200, {}, {}),
        (200, {"access_token": None}, {}),
        (200, {"access_token": 7, "expires_in": 3600}, {}),
        (200, {"access_token": "ya29", "expires_in": "soon"}, {}),
        (200, {"access_token": "ya29", "expires_in": 10**12}, {}),
        (200, {"access_token": "ya29", "expires_in": [1]}, {}),
        (200, b'{"access_token": "ya29', {}),
        (200, b"[" * 100_000, {}),
        (403, b"<html>filter</html>", PAGE),
        (403, b"blocked", {"Content-Type": "text/plain"}),
        (400, {"error": {"code": 400}}, {}),
        (404, b"", {}),
        (302, b"", {"Location": "https://login.example/"}),
        (418, {"hello": 1}, {}),
    ],
)
def test_an_answer_that_is_not_googles_is_said_to_be_none_and_ends_nothing(tmp_path, who, answer):
    """What the library makes of them is a TypeError or worse, which ended the watcher for good."""
    asked, error = refreshed(account_of(who, tmp_path), answer)
    assert (asked, type(error)) == (1, NotGoogle)
    with pytest.raises(TryLater, match="ответил не Google"), refusals.translated("Книга"):
        raise error


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "answer",
    [
        (500, b"", {}), (503, b"<html>busy</html>", PAGE), (502, {"error": "x"}, {}), (408, b"", {}),
        (429, {"error": "rate_limit_exceeded"}, {}), requests.ConnectionError("reset"), requests.Timeout("slow"),
        requests.exceptions.ChunkedEncodingError("cut"),
    ],
    ids=str,
)  # fmt: skip
def test_a_server_that_is_busy_is_asked_again_and_then_said_to_be(tmp_path, answer):
    account = robot(tmp_path)
    assert refreshed(account, answer, TOKEN) == (2, None)
    assert account.token == "ya29.new"
    asked, error = refreshed(robot(tmp_path, "d@front.example"), answer)
    assert asked > 2
    with pytest.raises(TryLater, match="овторите"), refusals.translated("Книга"):
        raise error


@pytest.mark.parametrize("error", ["internal_failure", "server_error", "temporarily_unavailable"])
def test_an_error_that_passes_is_left_to_time(error):
    _, said = refreshed(person(), no(error))
    assert isinstance(said, TryLater)
    assert "Повторите" in str(said)


# --- the sentences of a refusal ------------------------------------------------------------------------------


def asking(by, *script):
    session = requests.Session()
    session.hooks["response"].append(sign_ins.marking(by))
    session.mount("https://", Paced(Answers(*script), clock=Waiting(), retries=0))
    return session


def drive_no(status, reason, details=""):
    told = {"code": status, "message": "said by Google", "errors": [{"reason": reason, "message": "x"}]}
    told |= {"details": [{"reason": details}]} if details else {}
    return status, {"error": told}, {}


def sheets_no(status, details=""):
    told = {"code": status, "message": "said by Google", "status": "ANY"}
    return status, {"error": told | ({"details": [{"reason": details}]} if details else {})}, {}


NARROW = [
    drive_no(403, "insufficientPermissions"),
    drive_no(403, "forbidden", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
    drive_no(403, "appNotAuthorizedToFile"),
    sheets_no(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
]


def refused(by, answer, call):
    kinds = (Misconfigured, Refused)
    with pytest.raises(kinds) as caught:
        (lambda: Drive(asking(by, answer)).entry("f"), lambda: Sheets(asking(by, answer)).read("b"))[call]()
    assert "said by Google" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("by", sign_ins.KNOWN.values(), ids=lambda by: by.id)
@pytest.mark.parametrize("call", [0, 1], ids=["drive", "sheets"])
def test_whoever_is_refused_is_told_what_helps_that_sign_in(by, call):
    no_such, forbidden = (drive_no, sheets_no)[call], (drive_no, sheets_no)[call]
    more = ("forbidden",) if call == 0 else ()
    assert by.unseen in refused(by, no_such(404, *more), call)
    assert by.refused in refused(by, forbidden(403, *more), call)
    assert by.rejected in refused(by, forbidden(401, *more), call)
    assert by.full in refused(by, drive_no(403, "storageQuotaExceeded"), call)


@pytest.mark.parametrize("by", sign_ins.KNOWN.values(), ids=lambda by: by.id)
@pytest.mark.parametrize("answer", NARROW)
def test_too_small_a_right_is_never_told_to_open_access(by, answer):
    told = refused(by, answer, 0)
    assert by.narrow in told
    assert "ткройте доступ" not in told
    assert ("nastavnik login" in told) == by.id.startswith("own")


def test_an_own_account_is_never_sent_to_the_address_of_a_key():
    for by in (sign_ins.OWN_FILES, sign_ins.OWN_DRIVE):
        told = (by.unseen, by.refused, by.narrow, by.rejected, by.full, by.barred)
        assert not [each for each in told if "client_email" in each or "ключ" in each]
    assert "--whole-drive" in sign_ins.OWN_FILES.unseen


def test_the_offices_own_refusals_name_no_account_of_google():
    told = refused(None, sheets_no(404), 1)
    assert "не найдено" in told
    assert "client_email" not in told
    status, body, headers = drive_no(401, "authError")
    body["error"]["message"] = "Нужен секрет локального офиса."
    assert refused_as_is((status, body, headers)) == "Нужен секрет локального офиса."


def refused_as_is(answer):
    with pytest.raises(Misconfigured) as caught:
        Drive(asking(None, answer)).entry("f")
    return str(caught.value)


def test_a_mark_that_an_answer_brings_itself_is_not_believed():
    status, body, headers = drive_no(404, "notFound")
    told = refused(None, (status, body, headers | {sign_ins.MARK: "service"}), 0)
    assert "client_email" not in told

"""The front answers as Google does: who may sign in, what each account sees, owns and may change."""

from __future__ import annotations

import json
import time

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request as TokenRequest
from google.oauth2 import credentials as own
from google.oauth2 import service_account

from flows.workspace.refusals import Missing
from flows.workspace.session import google_session
from flows.workspace.space import over
from tests.front import DRIVE, DRIVE_FILE, SHEETS
from tests.road.desk import Waiting

FILES = "https://www.googleapis.com/drive/v3/files"
WIDE = (DRIVE, SHEETS)
FOLDER = "application/vnd.google-apps.folder"
BOOK = "application/vnd.google-apps.spreadsheet"


def robot(google, *scopes, **more):
    return service_account.Credentials.from_service_account_info(
        google.accounts.service_key(), scopes=scopes or WIDE, **more
    )


def person(google, *scopes):
    return own.Credentials.from_authorized_user_info(google.accounts.authorised_user(*scopes))


def session(credentials):
    return google_session(credentials, Waiting())


def made(session, name, parent, mime=FOLDER, **more):
    body = {"name": name, "mimeType": mime, "parents": [parent], **more}
    return session.post(FILES, params={"supportsAllDrives": "true"}, json=body)


def seen(session, **asked):
    about = {
        "supportsAllDrives": "true",
        "includeItemsFromAllDrives": "true",
        "fields": "files(id,name)",
        **asked,
    }
    return sorted(each["name"] for each in session.get(FILES, params=about).json()["files"])


def reason(response):
    return response.json()["error"]["errors"][0]["reason"]


def test_a_service_account_works_on_the_shared_drive_and_owns_no_file_on_my_drive(google):
    asked = session(robot(google))
    assert made(asked, "Папка", google.rights.shared).status_code == 200
    refusal = made(asked, "Книга", "root", BOOK)
    assert (refusal.status_code, reason(refusal)) == (403, "storageQuotaExceeded")
    assert made(asked, "Пустая папка", "root").status_code == 200


def test_an_own_account_with_the_narrow_scope_sees_what_the_program_made(google):
    wide, narrow = session(person(google, DRIVE)), session(person(google, DRIVE_FILE))
    by_hand = made(wide, "Загружено руками", "root").json()["id"]
    google.rights.made.clear()
    kept = made(narrow, "Своё", "root", appProperties={"nastavnik_org": "sadik"}).json()["id"]
    assert seen(narrow) == ["Своё"]
    assert seen(wide) == ["Загружено руками", "Своё"]
    assert narrow.get(f"{FILES}/{by_hand}").status_code == 404
    assert narrow.get(f"{FILES}/{kept}").status_code == 200
    google.rights.picked.add(by_hand)
    assert narrow.get(f"{FILES}/{by_hand}").status_code == 200


def test_files_of_the_shared_drive_are_not_there_for_who_does_not_ask_for_all_drives(google):
    asked = session(robot(google))
    file_id = made(asked, "Папка", google.rights.shared).json()["id"]
    assert asked.get(f"{FILES}/{file_id}").status_code == 404
    assert seen(asked, supportsAllDrives="false") == []
    book = made(asked, "Книга", google.rights.shared, BOOK).json()["id"]
    as_excel = {"mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert asked.get(f"{FILES}/{book}/export", params=as_excel).status_code == 200
    told = asked.get(
        f"{FILES}/{file_id}", params={"supportsAllDrives": "true", "fields": "id,driveId"}
    ).json()
    assert told["driveId"] == google.rights.shared


def test_what_staff_put_on_the_shared_drive_may_be_seen_only_by_a_listing_of_that_drive(google):
    asked = session(robot(google))
    made(asked, "Шаблон сотрудника", google.rights.shared)
    google.rights.made.clear()
    google.rights.unopened = True
    assert seen(asked) == []
    assert seen(asked, corpora="drive", driveId=google.rights.shared) == ["Шаблон сотрудника"]


def test_a_folder_for_reading_refuses_every_change_beneath_it(google):
    asked = session(robot(google))
    file_id = made(asked, "Папка", google.rights.shared).json()["id"]
    google.rights.readonly.add(google.rights.shared)
    change = asked.patch(f"{FILES}/{file_id}", params={"supportsAllDrives": "true"}, json={"name": "Иначе"})
    assert (change.status_code, reason(change)) == (403, "insufficientFilePermissions")
    assert made(asked, "Ещё", file_id).status_code == 403


def test_a_scope_that_does_not_reach_is_named(google):
    refusal = session(robot(google, SHEETS)).get(FILES)
    assert refusal.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_a_token_that_ran_out_is_refreshed_and_a_revoked_one_is_refused_everywhere(google):
    asked = session(robot(google))
    assert made(asked, "Папка", google.rights.shared).status_code == 200
    google.accounts.expire()
    assert asked.get(FILES).status_code == 200
    google.accounts.revoke_all()
    with pytest.raises(RefreshError, match="account not found"):
        asked.get(FILES)
    bare = requests.get(
        "https://sheets.googleapis.com/v4/spreadsheets/x", headers={"Authorization": "Bearer ya29.x"}
    )
    assert (bare.status_code, bare.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_the_token_endpoint_judges_an_assertion(google):
    now = time.time()
    google.accounts.clock = lambda: now + 7200
    with pytest.raises(RefreshError, match="reasonable timeframe"):
        robot(google).refresh(TokenRequest())
    google.accounts.clock = time.time
    with pytest.raises(RefreshError, match="unauthorized"):
        robot(google, subject="direktor@front.example").refresh(TokenRequest())
    google.accounts.delegates["direktor@front.example"] = frozenset(WIDE)
    asked = session(robot(google, subject="direktor@front.example"))
    about = asked.get("https://www.googleapis.com/drive/v3/about", params={"fields": "user"})
    assert about.json()["user"]["emailAddress"] == "direktor@front.example"


def test_a_consent_gives_a_code_for_its_verifier_alone_and_a_refusal_says_so(google):
    asked = {
        "client_id": google.accounts.client()["installed"]["client_id"], "redirect_uri": "http://127.0.0.1:9/",
        "scope": DRIVE_FILE, "state": "s", "response_type": "code",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
    }  # fmt: skip

    def answered():
        where = "https://accounts.google.com/o/oauth2/auth"
        return requests.get(where, params=asked, allow_redirects=False).headers["Location"]

    def exchanged(back, verifier):
        code = back.partition("code=")[2].partition("&")[0].replace("%2F", "/")
        about = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        known = google.accounts.client()["installed"]
        about |= {"client_id": known["client_id"], "client_secret": known["client_secret"]}
        return requests.post(known["token_uri"], data=about | {"redirect_uri": asked["redirect_uri"]})

    assert exchanged(answered(), "wrong").json()["error"] == "invalid_grant"
    given = exchanged(answered(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").json()
    assert given["refresh_token"]
    assert given["scope"] == DRIVE_FILE
    google.accounts.consents = ""
    assert "error=access_denied" in answered()


def test_a_shortcut_is_made_once_listed_in_its_folder_and_goes_into_the_bin(google):
    space = over(session(robot(google)))
    folder, target, own = space.drive.ids(3)
    space.drive.folder(folder, "Пакет", google.rights.shared, {})
    space.drive.file(target, "справка.docx", folder, {}, b"x")
    about = {"nastavnik_org": "sadik"}
    for _ in range(2):
        assert space.drive.shortcut(own, "Справка", folder, target, about).id == own
    listed = space.drive.found(f"'{folder}' in parents and trashed=false")
    assert sorted(each.name for each in listed) == ["Справка", "справка.docx"]
    space.drive.change(own, {"trashed": True})
    assert len(space.drive.found(f"'{folder}' in parents and trashed=false")) == 1
    assert space.drive.entry(own).trashed
    with pytest.raises(Missing):
        space.drive.shortcut("another-shortcut", "Никуда", folder, "no-such-file", about)


def test_the_history_tells_every_call_with_its_answer(google):
    asked = session(robot(google))
    made(asked, "Папка", google.rights.shared)
    asked.get(f"{FILES}/none")
    assert [(each.name, each.status) for each in google.calls()] == [
        ("drive.files.create", 200),
        ("drive.files.get", 404),
    ]
    assert [each.name for each in google.writes()] == ["drive.files.create"]
    assert json.dumps([each.path for each in google.history]).count("/token") == 1

"""Rights on a shared drive in Google's name (tests/front): whom its managers let in, what its other members may not do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from google.oauth2 import service_account

from flows.office import Request
from flows.work import Errand, opening
from flows.work.openness import examined
from flows.workspace import reading
from flows.workspace.session import google_session
from flows.workspace.space import over
from tests.front import DRIVE, SHEETS, front
from tests.front.accounts import ROBOT
from tests.road import desk as desks

ABOUT = {"Content-Type": "application/json"}
PAIRS = "2026-2027/03 Пары"
CURATOR = "curator@school.ru"


@pytest.fixture
def errand(founded, tmp_path):
    """An errand to an organisation on a shared drive, of which the program is a member, with a folder of pairs."""
    source, place = founded
    root = desks.copied(source, tmp_path / "google")
    with front(tmp_path, root) as google:
        to = google.shared_drive()
        path = f"/drive/v3/files/{place.folder}?addParents={to}"
        assert google.office.handle(Request("PATCH", path, ABOUT, json.dumps({}).encode())).status == 200
        key = google.accounts.service_key()
        signed = service_account.Credentials.from_service_account_info(key, scopes=(DRIVE, SHEETS))
        with google.here():
            space = replace(over(google_session(signed, desks.Waiting())), shares=True)
            file_id = space.drive.folder(space.drive.ids(1)[0], "03 Пары", place.folder, {}).id
            book = reading.read(space.sheets.read(place.book), desks.supplies().layout)
            space.sheets.batch(place.book, book.scheme.remembering({("папка", PAIRS): file_id}))
            yield google, Errand(space, place, desks.TODAY, desks.supplies()), file_id
        assert google.broken == []


def examined_now(errand):
    book = reading.read(errand.space.sheets.read(errand.place.book), errand.supplies.layout)
    return [line for line, _ in examined(errand, book)]


def test_a_member_that_only_manages_content_lets_people_in_and_says_what_it_may_not_limit(errand):
    _, errand, pairs = errand
    lines, problems = opening.founded(errand, {"Почта куратора": [CURATOR]})
    assert problems == ()
    assert lines[0] == "Доступ открыт: куратор – вся папка."
    assert "сузить доступ может владелец папки, а на общем диске – его менеджер" in lines[1]
    assert not errand.space.sharing.bounds(pairs).limited
    told = examined_now(errand)
    assert told[0] == "папка организации: могут открыть куратор"
    assert any(line.startswith(f"Папка «{PAIRS}» открыта всем, кому открыта папка вокруг") for line in told)


def test_a_manager_of_the_shared_drive_limits_the_folder_of_pairs_and_still_reaches_it(errand):
    google, errand, pairs = errand
    google.rights.organizers.add(ROBOT)
    lines, _ = opening.founded(errand, {"Почта куратора": [CURATOR]})
    assert lines == ("Доступ открыт: куратор – вся папка, «03 Пары».",)
    assert errand.space.sharing.bounds(pairs).limited
    assert not any("Ограниченный" in line for line in examined_now(errand))

"""The road in Google's name: real processes over TLS, a service account on a shared drive (tests/front)."""

from __future__ import annotations

import json

import pytest

from flows import settings
from flows.office import Request
from tests.front import front
from tests.road import desk as desks

ABOUT = {"Content-Type": "application/json"}


@pytest.fixture
def google(furnished, tmp_path):
    """The furnished organisation as it would lie on a shared drive, before its first run."""
    source, place = furnished
    root = desks.copied(source, tmp_path / "google")
    with front(tmp_path, root) as opened:
        shared = opened.shared_drive()
        moved = Request(
            "PATCH", f"/drive/v3/files/{place.folder}?addParents={shared}", ABOUT, json.dumps({}).encode()
        )
        assert opened.office.handle(moved).status == 200
        settings.save_place(settings.Home(tmp_path / "home", google=True, root=shared), place)
        yield opened
        assert opened.broken == []


def test_the_command_works_in_google_as_it_does_in_the_office(google):
    checked = google.run("check", "--organisation", desks.SLUG, "--today", f"{desks.TODAY}")
    assert checked.stderr == ""
    assert "было бы: создать — 7" in checked.stdout
    assert [each for each in google.writes() if each.status < 300] == []
    assert {each.account for each in google.calls()} == {google.accounts.service_key()["client_email"]}

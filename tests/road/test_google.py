"""The road in Google's name: real processes over TLS, a service account on a shared drive (tests/front)."""

from __future__ import annotations

import json
import random
from datetime import date
from types import SimpleNamespace

import certifi
import pytest
from google.oauth2 import service_account

from flows import settings
from flows.domain.errors import Misconfigured, TryLater
from flows.office import Faults, InProcess, Request, switches
from flows.office.quota import Quota
from flows.work import prepare
from flows.workspace.refusals import Missing
from flows.workspace.session import google_session, office_session
from flows.workspace.space import over
from tests.front import DRIVE, SHEETS, front, names
from tests.road import breaking
from tests.road import desk as desks
from tests.road.test_import import plan

ABOUT = {"Content-Type": "application/json"}
KINDS = ("order.introduce", "order.pairs")
OF_MINE = ("--organisation", desks.SLUG, "--today", f"{desks.TODAY}")


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


@pytest.fixture
def inside(google, furnished):
    """The same reached by this process, with a clock whose waits cost nothing: its run, its clock, how it is judged."""
    clock, place = desks.Waiting(), furnished[1]
    key = service_account.Credentials.from_service_account_info(
        google.accounts.service_key(), scopes=(DRIVE, SHEETS)
    )
    with google.here():
        space = over(google_session(key, clock), clock)

        def run():
            return prepare(space, place, desks.TODAY, desks.supplies(kinds=KINDS))

        def judged(white):
            desk = desks.Desk(google.office.root, google.office, space, place, clock)
            return breaking.broken(desk, white, {}, len(KINDS))

        desk = desks.Desk(google.office.root, google.office, space, place, clock)
        white = desk.typed()
        yield SimpleNamespace(run=run, clock=clock, judged=lambda: judged(white))


def test_the_command_works_in_google_as_it_does_in_the_office(google):
    checked = google.run("check", *OF_MINE)
    assert checked.stderr == ""
    assert "было бы: создать — 7" in checked.stdout
    assert [each for each in google.writes() if each.status < 300] == []
    assert {each.account for each in google.calls()} == {google.accounts.service_key()["client_email"]}


def test_under_a_tight_quota_a_first_run_is_slower_and_surfaces_no_refusal(google, inside):
    quota = Quota(calls=4, units=1_500, now=inside.clock.now)
    google.faults = Faults(quota)
    report = inside.run()
    assert len(report.made) == len(KINDS)
    assert quota.refused
    google.faults = None
    assert inside.judged() == []


@pytest.mark.long
def test_a_storm_that_passes_is_waited_out_and_one_that_does_not_ends_in_a_sentence(google, inside):
    chance = random.Random(6)
    over_at = inside.clock.now() + 60

    def storm(_, request):
        if inside.clock.now() > over_at or not switches.of(request) or chance.random() > 0.3:
            return None
        batch = request.method == "POST" and switches.of(request).startswith("sheets.")
        return switches.limited(request) if batch else switches.broken(request, 503)

    google.faults = Faults(lambda *_: switches.broken(_[1], 503) if switches.of(_[1]) else None)
    with pytest.raises(TryLater):
        inside.run()
    google.faults = Faults(storm)
    quiet = len(google.calls())
    assert len(inside.run().made) == len(KINDS)
    assert any(each.status >= 400 for each in google.calls(quiet))
    google.faults = None
    assert inside.judged() == []


def test_rights_that_lack_are_named_and_nothing_is_half_made(google, inside, furnished):
    google.rights.readonly.add(furnished[1].book)
    with pytest.raises(Misconfigured, match="Редактор"):
        inside.run()
    google.rights.member = False
    with pytest.raises(Missing, match="не найдено"):
        inside.run()
    assert [each for each in google.writes() if each.status < 300] == []
    google.rights.readonly.clear()
    google.rights.member = True
    assert len(inside.run().made) == len(KINDS)
    assert inside.judged() == []


def test_an_authority_that_nobody_trusts_is_named_and_asked_once(google, inside):
    before = len(google.history)
    with names.mapped(google.port, certifi.where()), pytest.raises(Misconfigured, match="REQUESTS_CA_BUNDLE"):
        inside.run()
    assert inside.clock.now() == 0.0
    assert len(google.history) == before


@pytest.mark.long
@pytest.mark.parametrize("sign_in", ["service", "file"])
def test_the_whole_first_road_in_google_and_its_repeat_is_silent(tmp_path, sign_in):
    """Founding, import, papers twice, a note, a council, a registration: each a process of its own.

    A service account founds on the shared drive, a person's own account with the narrow scope on My Drive.
    """
    with front(tmp_path) as google:
        where = ("--root", google.shared_drive()) if sign_in == "service" else ()

        def command(*words):
            return google.run(*words, sign_in=sign_in)

        said = [command("init", "--organisation", desks.SLUG, "--google", *where)]
        assert said[0].returncode == 0, said[0].stderr
        said.append(command("import", str(plan(tmp_path / "plan.docx", desks.PLAN)), *OF_MINE))
        place = settings.load_home(tmp_path / "home").place(desks.SLUG)
        space = over(office_session(InProcess(google.office)))  # people at their browsers
        desk = desks.Desk(google.office.root, google.office, space, place)
        desks.furnish(desk, 2, unready=0, plan=[])
        desks.type_councils(desk, date(2026, 12, 18))
        white = desk.typed()
        said.append(command("prepare", *OF_MINE))
        since = len(google.history)
        again = command("prepare", *OF_MINE)
        assert google.writes(since) == []
        assert "изменений нет" in again.stdout
        said += [again, command("note", *OF_MINE), command("council", "2026-12-18", *OF_MINE)]
        assert google.shortcuts.made
        desk.sign(desk.filed("order.introduce"), "118", date(2026, 12, 1))
        said += [command("prepare", *OF_MINE), command("doctor")]
        assert breaking.untouched(desk, white, {}) == []
        assert desk.filed("order.introduce", "зарегистрирован").final
        assert {each.returncode for each in said} <= {0, 1}
        assert "Traceback" not in "".join(each.stderr for each in said)
        told = "".join(f"{each.stdout} {each.stderr}" for each in said)
        told += " ".join(each.path for each in google.history)
        assert not [name for name in (*desks.NAMES, *desks.MENTORS) if name.split()[0] in told]
        assert google.broken == []

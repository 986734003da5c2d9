"""A trial of a store: every step passes on the office over TCP, and every step finds a store that is not as the work needs."""

from __future__ import annotations

import json

import pytest

from flows.office import Faults, InProcess, Office, Response, new_secret, serve
from flows.workspace.drive import DOCUMENT
from flows.workspace.session import office_session
from flows.workspace.space import over
from flows.workspace.trial import STEPS, clean, run
from flows.workspace.trial_bench import NAME, Bench
from tests.road.desk import Waiting

PAPER = b"PK a paper"
OFFICE_HAS_NOT = {"document", "shortcut"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def office(tmp_path):
    opened = Office(tmp_path)
    yield opened
    opened.close()


def tried(space, share="", last=""):
    """Walk a trial, as far as a step where one is named; the outcomes by step, and the trial's folder."""
    made, outcomes = [], {}
    for each in run(Bench(space, "root", PAPER, made.append, share)):
        outcomes[each.step.name] = each
        if each.step.name == last:
            break
    return outcomes, made[0] if made else ""


def over_faults(office, rule=None):
    clock = Waiting()
    return over(office_session(InProcess(office, Faults(rule) if rule else None), clock=clock), clock)


def test_the_office_over_tcp_passes_every_step_but_those_for_which_it_has_nothing(office):
    secret = new_secret()
    with serve(office, secret=secret) as server:
        space = over(office_session(base=server.base, secret=secret))
        outcomes, folder = tried(space, "direktor@sadik.example")
        assert {name for name, each in outcomes.items() if each.verdict == "–"} == OFFICE_HAS_NOT
        assert {each.verdict for name, each in outcomes.items() if name not in OFFICE_HAS_NOT} == {"✓"}
        assert clean(space, folder)
    assert [path.name for _, path in office.files()] == []
    assert "DELETE" not in {call.method for call in office.journal}
    assert {call.method for call in office.journal if "delete" in call.method} == {"drive.permissions.delete"}


def test_a_trial_makes_some_thirty_calls(office):
    tried(over_faults(office))
    assert len(office.journal) <= 35


def is_(method, path, marked=b""):
    return lambda request: request.method == method and path in request.url and marked in request.body


def answering(told, status=200):
    return Response(status, JSON, json.dumps(told).encode())


PASSES = answering({"spreadsheetId": "b"})
OTHER = {"id": "1other-0123456789", "name": NAME, "mimeType": "x", "parents": ["elsewhere"]}
# How a store may lie, and the step that finds it out.
LIES = {
    "ids": (is_("GET", "generateIds"), answering({"ids": ["1one-0123456789", "1one-0123456789"]})),
    "folder": (is_("POST", "/files", b"folder"), answering(OTHER)),
    "book": (is_("POST", "/files", b"google-apps.spreadsheet"), answering(OTHER)),
    "fence": (is_("POST", ":batchUpdate", b"0042"), answering({"updatedSpreadsheet": {"sheets": []}})),
    "gone": (is_("POST", ":batchUpdate", b"1999999999"), PASSES),
    "taken": (is_("POST", ":batchUpdate", b"770002"), PASSES),
    "note": (is_("POST", ":batchUpdate", b'"note"'), answering({"updatedSpreadsheet": {"sheets": []}})),
    "upload": (is_("POST", "/upload/"), answering(OTHER)),
    "checksum": (is_("GET", "alt=media"), Response(200, {"Content-Type": "application/zip"}, b"PK other")),
    "listing": (is_("GET", "/drive/v3/files?"), answering({"files": []})),
    "renew": (is_("PATCH", "/upload/"), answering(OTHER)),
    "shut": (is_("PATCH", "/drive/v3/", b'"readOnly": true'), answering(OTHER)),
    "export": (is_("GET", "/export"), Response(200, {"Content-Type": "text/plain"}, b"a,b,c")),
}  # fmt: skip


@pytest.mark.parametrize("step", LIES)
def test_a_store_that_is_not_as_the_work_needs_is_found_out_by_its_step(office, step):
    when, lie = LIES[step]
    outcomes, _ = tried(over_faults(office, lambda _, request: lie if when(request) else None), last=step)
    assert outcomes[step].verdict == "✗"
    assert outcomes[step].said


def test_a_repeated_upload_that_makes_a_second_file_is_found_out(office):
    """A store that forgets the id it was given: the same name lies there twice."""
    uploads = []

    def rule(_, request):
        if request.method == "POST" and request.path.startswith("/upload/"):
            uploads.append(request)
            if len(uploads) == 2:
                forgot = request.body.replace(b'"id":', b'"description":')
                return office.handle(type(request)(request.method, request.url, request.headers, forgot))
        return None

    outcomes, _ = tried(over_faults(office, rule), last="again")
    assert outcomes["again"].verdict == "✗"


def test_marks_that_do_not_come_back_are_found_out(office):
    def rule(_, request):
        if request.method == "GET" and "appProperties" in request.url and "/files/" in request.path:
            told = json.loads(office.handle(request).body)
            return answering({name: value for name, value in told.items() if name != "appProperties"})
        return None

    outcomes, _ = tried(over_faults(office, rule), last="marks")
    assert outcomes["marks"].verdict == "✗"


def test_what_does_not_rest_on_a_failed_step_is_tried_all_the_same(office):
    refusal = answering({"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED"}}, 403)
    rule = lambda _, request: refusal if "batchUpdate" in request.path else None  # noqa: E731
    outcomes, _ = tried(over_faults(office, rule))
    untried = {name for name, each in outcomes.items() if each.verdict == "…"}
    assert untried == {each.name for each in STEPS if {"lock", "fence"} & set(each.needs)}
    assert outcomes["upload"].verdict == outcomes["export"].verdict == "✓"


def test_a_network_that_went_away_ends_the_trial_after_two_steps(office):
    asked = []

    def rule(number, request):
        asked.append(request)
        return "before" if number > 4 else None

    outcomes, _ = tried(over_faults(office, rule))
    assert [each.verdict for each in outcomes.values()].count("✗") == 2
    assert len(asked) < 12
    assert outcomes["rights"].verdict == "…"


def test_a_listing_that_lags_is_waited_for_and_told(office):
    seen = []

    def rule(_, request):
        if (
            request.method == "GET"
            and request.path == "/drive/v3/files"
            and "appProperties+has" in request.url
        ):
            seen.append(request)
            return answering({"files": []}) if len(seen) < 3 else None
        return None

    outcomes, _ = tried(over_faults(office, rule), last="marks")
    assert outcomes["marks"].verdict == "✓"
    assert "не сразу" in outcomes["marks"].said


def test_google_documents_and_shortcuts_are_tried_where_there_are_any(office):
    document = {"id": "1doc-0123456789", "name": NAME, "mimeType": DOCUMENT}

    def rule(_, request):
        if request.method == "POST" and b"google-apps.document" in request.body:
            return answering(document)
        if request.method == "POST" and b"google-apps.shortcut" in request.body:
            return answering(document | {"id": json.loads(request.body)["id"]})
        if "1doc-0123456789/export" in request.path:
            return Response(200, {"Content-Type": "application/zip"}, b"PK")
        return None

    outcomes, _ = tried(over_faults(office, rule))
    assert {each.verdict for each in outcomes.values()} == {"✓"}

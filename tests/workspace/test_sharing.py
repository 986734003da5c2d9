"""Who may open what: rights are listed, given once, changed and taken back over the one session."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
import requests

from flows.domain.errors import Misconfigured, TryLater
from flows.office import Faults, InProcess, Office, Request, Response
from flows.workspace.session import office_session
from flows.workspace.sharing import READER, WRITER, Permission, own
from flows.workspace.sharing_refusals import NOT_SHARED, NotShared
from flows.workspace.space import over
from tests.road import desk as desks

HEAD = "head@school.example"


def refused(reason, status=403):
    told = {"domain": "global", "reason": reason, "message": "said by Google"}
    body = {"error": {"code": status, "message": "said by Google", "errors": [told]}}
    return Response(status, {"Content-Type": "application/json"}, json.dumps(body).encode())


class Bench:
    """An office, a workspace over it, and a fault for the calls about permissions."""

    def __init__(self, root):
        self.office = Office(root, strict=True)
        self.fault, self.sent = {}, []
        session = office_session(InProcess(self.office, Faults(self._rule)), clock=desks.Waiting())
        self.space = over(session)
        self.folder = self.space.drive.folder(self.space.drive.ids(1)[0], "Наставничество", "root", {}).id

    def _rule(self, _, request):
        if "/permissions" not in urlsplit(request.url).path:
            return None
        self.sent.append(request)
        return self.fault.get(request.method)

    def asked(self):
        return [each.method for each in self.sent]


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    yield bench
    bench.office.close()


def test_a_right_is_given_listed_changed_and_taken_back(bench):
    sharing = bench.space.sharing
    made = sharing.grant(bench.folder, HEAD, READER)
    assert made == Permission(made.id, "user", READER, HEAD)
    assert made in sharing.listed(bench.folder)
    assert sharing.change(bench.folder, made.id, WRITER).role == WRITER
    sharing.revoke(bench.folder, made.id)
    assert [each.role for each in sharing.listed(bench.folder)] == ["owner"]


def test_no_letter_is_sent_and_shared_drives_are_meant_too(bench):
    bench.space.sharing.grant(bench.folder, HEAD, READER)
    query = bench.sent[0].query
    assert query["sendNotificationEmail"] == ["false"]
    assert query["supportsAllDrives"] == ["true"]


def test_a_right_on_the_folder_above_is_told_as_inherited(bench):
    inner = bench.space.drive.folder(bench.space.drive.ids(1)[0], "Приказы", bench.folder, {}).id
    bench.space.sharing.grant(bench.folder, HEAD, READER)
    above = bench.space.sharing.listed(inner)
    assert next(each for each in above if each.email == HEAD).inherited
    assert own(above, HEAD) is None
    bench.space.sharing.grant(inner, HEAD, WRITER)
    assert own(bench.space.sharing.listed(inner), HEAD.upper()).role == WRITER


@pytest.mark.parametrize("lost", ["after", "cut"])
def test_a_lost_answer_is_looked_for_and_the_right_is_not_given_twice(bench, lost):
    bench.fault["POST"] = lost
    assert bench.space.sharing.grant(bench.folder, HEAD, READER).role == READER
    assert bench.asked() == ["POST", "GET"]


@pytest.mark.parametrize("fault", ["before", refused("backendError", 503)], ids=["before", "503"])
def test_what_did_not_arrive_is_told_and_not_sent_blindly_again(bench, fault):
    bench.fault["POST"] = fault
    with pytest.raises(TryLater):
        bench.space.sharing.grant(bench.folder, HEAD, READER)
    assert bench.asked() == ["POST", "GET"]


def test_a_right_that_is_gone_already_is_taken_back_all_the_same(bench):
    made = bench.space.sharing.grant(bench.folder, HEAD, READER)
    bench.space.sharing.revoke(bench.folder, made.id)
    bench.space.sharing.revoke(bench.folder, made.id)
    bench.fault["DELETE"] = "before"
    with pytest.raises(TryLater):
        bench.space.sharing.revoke(bench.folder, made.id)


@pytest.mark.parametrize("reason", NOT_SHARED)
def test_each_reason_of_google_is_a_sentence_with_a_cure_and_is_asked_once(bench, reason):
    bench.fault["POST"] = refused(reason)
    with pytest.raises(NotShared, match=r"Доступ: .*[.]$") as told:
        bench.space.sharing.grant(bench.folder, HEAD, READER)
    assert HEAD not in str(told.value)
    assert bench.asked() == ["POST"]


def test_a_refusal_without_a_reason_of_its_own_is_about_our_rights(bench):
    bench.fault["POST"] = refused("insufficientFilePermissions")
    with pytest.raises(Misconfigured, match="нет прав"):
        bench.space.sharing.grant(bench.folder, HEAD, READER)


def test_long_lists_are_read_to_their_end(bench):
    for number in range(120):
        bench.office.handle(_given(bench.folder, f"p{number}@school.example"))
    assert len(bench.space.sharing.listed(bench.folder)) == 121


def _given(folder, email):
    body = json.dumps({"type": "user", "role": "reader", "emailAddress": email}).encode()
    url = f"https://www.googleapis.com/drive/v3/files/{folder}/permissions"
    return Request("POST", url, {"Content-Type": "application/json"}, body)


def test_a_home_that_shares_nothing_builds_no_client():
    sharing = over(requests.Session()).sharing
    assert "_permissions" not in vars(sharing)

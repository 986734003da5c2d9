"""The folders are opened to whom `Настройки` name: once, through any fault, and nobody's own rights are touched."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from flows.domain.errors import TryLater
from flows.office import Faults, InProcess, Request, Response
from flows.work import Errand, access, opening
from flows.work.openness import examined
from flows.workspace import reading
from flows.workspace.cells import changes
from flows.workspace.session import office_session
from flows.workspace.sharing import Bounds, Sharing
from flows.workspace.space import over
from tests.road import desk as desks
from tests.road.desk import TODAY

HEAD, CURATOR, OTHER = "head@school.ru", "curator@school.ru", "guest@school.ru"
TOMORROW = TODAY + timedelta(days=1)
PAIRS, ORDERS = "2026-2027/03 Пары", "2026-2027/02 Приказы"


@pytest.fixture(scope="module")
def bare(founded, tmp_path_factory):
    """An organisation with two folders of its school year; nobody is named yet."""
    root, place = founded
    target = desks.copied(root, tmp_path_factory.mktemp("bare") / "home")
    with sharing(target, place) as desk:
        folders = dict(zip((PAIRS, ORDERS), desk.space.drive.ids(2), strict=True))
        for path, file_id in folders.items():
            desk.space.drive.folder(file_id, path.partition("/")[2], place.folder, {})
        desk.send(
            desk.book().scheme.remembering({("папка", path): file_id for path, file_id in folders.items()})
        )
    return target, place


@pytest.fixture
def shared(bare, tmp_path):
    """The bare organisation in a store that opens folders by rights of its own."""
    root, place = bare
    with sharing(desks.copied(root, tmp_path / "home"), place) as desk:
        yield desk


@pytest.fixture
def prepared_and_shared(done):
    """An organisation whose papers are made, in such a store."""
    done.space = replace(done.space, shares=True)
    done.run()
    return done


@contextmanager
def sharing(root, place):
    with desks.opened(root, place) as desk:
        desk.space = replace(desk.space, shares=True)
        yield desk


def share(desk, **cells):
    """Type addresses, then open and close without preparing any papers, as `init` does; return what it says."""
    if cells:
        name(desk, **cells)
    errand = Errand(desk.space, desk.place, TODAY, desks.supplies())
    return " ".join(opening.founded(errand, {})[0])


def found(desk):
    """What there is to say of addresses and rights."""
    return access.findings(Errand(desk.space, desk.place, TODAY, desks.supplies()), desk.book())


def name(desk, **cells):
    """Type addresses into `Настройки`."""
    lines = {"head": "Почта руководителя", "curator": "Почта куратора", "accountant": "Почта бухгалтера"}
    rows = {str(cells_[0]): row for row, cells_ in reading.lines(desk.book()) if cells_ and cells_[0]}
    wanted = {(rows[lines[who]] - 1, 1): text for who, text in cells.items()}
    desk.send(changes(desk.book().snapshot.sheet("Настройки"), wanted))


def folder(desk, path=""):
    return desk.book().scheme.get("папка", path) if path else desk.place.folder


def own(desk, path=""):
    """Who was given what on a folder itself."""
    rights = desk.space.sharing.listed(folder(desk, path))
    return {each.email: each.role for each in rights if not each.inherited and each.role != "owner"}


def right(desk, email):
    """The right of an address on the organisation's own folder."""
    return next(each for each in desk.space.sharing.listed(folder(desk)) if each.email == email)


def told(desk):
    """What the doctor says of who may open what, a line each; those that are not well are marked."""
    errand = Errand(desk.space, desk.place, TODAY, desks.supplies())
    return [("" if fine else "! ") + line for line, fine in examined(errand, desk.book())]


def wanted(desk):
    """What the next run would do."""
    return access.wanted(Errand(desk.space, desk.place, TODAY, desks.supplies()), desk.book())


def permissions(desk, since):
    """How many calls were about rights."""
    return sum("permissions" in each for each in desk.calls(since))


def limited(desk):
    return desk.space.sharing.bounds(folder(desk, PAIRS)).limited


def states(desk):
    return {memory.state for memory in access.remembered(desk.book().scheme).values()} - {""}


def codes(report):
    return [each.code for each in report.problems if each.code.startswith("access")]


@contextmanager
def faulty(desk, rule):
    """Work through a fault: `rule` is asked about each call."""
    space = over(office_session(InProcess(desk.office, Faults(rule)), clock=desk.clock), desk.clock)
    before, desk.space = desk.space, replace(space, shares=True)
    yield
    desk.space = before


def refusing(reason, email="", status=403):
    told = {"domain": "global", "reason": reason, "message": "said by Google"}
    body = json.dumps({"error": {"code": status, "message": "said by Google", "errors": [told]}}).encode()

    def rule(_, request):
        asks = request.method == "POST" and urlsplit(request.url).path.endswith("/permissions")
        return (
            Response(status, {"Content-Type": "application/json"}, body)
            if asks and email.encode() in request.body
            else None
        )

    return rule


def test_a_run_lets_in_whom_the_settings_name_and_the_next_asks_nothing_of_rights(prepared_and_shared):
    desk = prepared_and_shared
    name(desk, head=HEAD, curator=CURATOR)
    since = desk.now
    assert desk.run(dry_run=True).waiting
    assert permissions(desk, since) == 0
    report = desk.run()
    assert own(desk) == {HEAD: "commenter", CURATOR: "writer"}
    assert own(desk, ORDERS) == {HEAD: "writer"}
    assert own(desk, PAIRS) == {HEAD: "commenter", CURATOR: "writer"}
    assert limited(desk)
    assert codes(report) == []
    said = "Доступ открыт: куратор – вся папка, «03 Пары»; руководитель – вся папка"
    assert said in desks.printed(report)
    assert said in "\n".join(row.text("Что сделано") for row in desk.rows("Журнал"))
    assert not any(email in desks.printed(report) for email in (HEAD, CURATOR))
    since = desk.now
    assert not desk.run().written
    assert desk.writes(since) == 0
    assert desk.now - since <= 3
    desk.run(TOMORROW)
    assert permissions(desk, since) == 0


def test_whom_google_does_not_let_in_is_told_on_the_cell_and_everything_else_goes_on(prepared_and_shared):
    desk = prepared_and_shared
    name(desk, head=HEAD, curator="curаtor@school.ru", accountant=CURATOR)
    with faulty(desk, refusing("invalidSharingRequest", HEAD, 400)):
        report = desk.run()
    assert own(desk) == {}
    refused, misspelt = sorted(codes(report), reverse=True)
    assert (refused, misspelt) == ("access-refused", "access-address")
    told = [row.text("Что не так") for row in desk.rows("Проверка") if row.text("Лист") == "Настройки"]
    assert any(text.startswith("«Почта руководителя»: доступ не открыт: у этого адреса нет") for text in told)
    assert any("русские буквы" in text for text in told)
    assert HEAD not in "".join(told)
    since = desk.now
    assert "access-refused" in codes(desk.run())
    assert desk.writes(since) == 0
    assert "access-refused" not in codes(desk.run(TOMORROW))
    assert own(desk) == {HEAD: "commenter"}


def test_a_local_folder_is_opened_by_the_computer_alone(done):
    name(done, head=HEAD, curator="Громова")
    since = done.now
    report = done.run()
    assert permissions(done, since) == 0
    assert codes(report) == ["access-address"]


def test_who_is_no_longer_named_is_let_out_and_others_stay(shared):
    share(shared, head=HEAD, curator=CURATOR)
    shared.space.sharing.grant(folder(shared), OTHER, "reader")
    said = share(shared, head="")
    assert own(shared) == {CURATOR: "writer", OTHER: "reader"}
    assert own(shared, PAIRS) == {CURATOR: "writer"}
    assert said == "Доступ закрыт тем, чей адрес убрали из «Настроек»: 3."
    since = shared.now
    assert share(shared) == ""
    assert shared.writes(since) == 0


def test_a_right_that_a_person_gave_is_neither_changed_nor_taken_back(shared):
    shared.space.sharing.grant(folder(shared), CURATOR, "writer")
    share(shared, curator=CURATOR)
    share(shared, curator="")
    assert own(shared) == {CURATOR: "writer"}
    assert own(shared, PAIRS) == {}


def test_a_right_of_ours_that_a_person_changed_is_theirs_from_then_on(shared):
    share(shared, head=HEAD)
    shared.space.sharing.change(folder(shared), right(shared, HEAD).id, "writer")
    share(shared, head="")
    assert own(shared) == {HEAD: "writer"}


def test_what_a_person_closed_stays_closed(shared):
    share(shared, head=HEAD)
    shared.space.sharing.revoke(folder(shared), right(shared, HEAD).id)
    share(shared)
    assert own(shared) == {}


def test_a_lesser_right_given_by_hand_is_left_and_told_on_the_cell(shared):
    shared.space.sharing.grant(folder(shared), CURATOR, "reader")
    share(shared, curator=CURATOR)
    assert own(shared) == {CURATOR: "reader"}
    (problem,) = found(shared)
    assert "доступ дали вручную, но слабее нужного (вся папка – «Читатель»)" in problem.message
    assert "Нужно: «Редактор»" in problem.message
    assert problem.origin.tab == "Настройки"


def test_another_role_in_the_table_changes_the_right_that_we_gave(shared, monkeypatch):
    share(shared, head=HEAD)
    before = desks.supplies()
    holders = [
        replace(each, opens=(("", "reader"),)) if each.id == "head" else each
        for each in before.access.holders
    ]
    changed = replace(before, access=replace(before.access, holders=tuple(holders)))
    monkeypatch.setattr(desks, "supplies", lambda *_: changed)
    share(shared)
    assert own(shared) == {HEAD: "reader"}
    assert own(shared, ORDERS) == {}


def test_while_an_address_cannot_be_read_nobody_is_let_out(shared):
    share(shared, head=HEAD, curator=CURATOR)
    share(shared, curator="curаtor@school.ru", head="")
    assert own(shared) == {HEAD: "commenter", CURATOR: "writer"}


def test_an_address_that_google_refused_is_asked_for_once_a_run(shared):
    asked = []

    def rule(number, request):
        answer = refusing("shareOutNotPermitted")(number, request)
        asked.append(answer is not None)
        return answer

    with faulty(shared, rule):
        share(shared, head=HEAD)
    assert sum(asked) == 1
    assert own(shared) == {}
    share(shared)
    assert own(shared) == {HEAD: "commenter"}
    assert limited(shared)


def test_a_store_that_asks_for_time_is_left_alone_and_the_next_run_goes_on(shared):
    with faulty(shared, refusing("sharingRateLimitExceeded", HEAD)):
        assert "Доступ открыт не весь" in share(shared, head=HEAD, curator=CURATOR)
    share(shared)
    assert own(shared) == {HEAD: "commenter", CURATOR: "writer"}
    assert states(shared) == {access.GIVEN}


def test_an_account_that_may_not_share_says_so(shared):
    with faulty(shared, refusing("insufficientFilePermissions")):
        share(shared, head=HEAD)
    (message,) = {each.message for each in found(shared)}
    assert "учётная запись программы не может открывать доступ" in message


@pytest.fixture(scope="module")
def calls(bare, tmp_path_factory):
    """How many calls opening takes."""
    root, place = bare
    with sharing(desks.copied(root, tmp_path_factory.mktemp("counted") / "home"), place) as desk:
        name(desk, head=HEAD, curator=CURATOR)
        since = desk.now
        share(desk)
        return desk.now - since


@pytest.mark.parametrize("how", ["before", "after", "kill"])
@pytest.mark.sampled(24)
@pytest.mark.parametrize("part", range(8))
def test_broken_at_any_call_the_next_one_gives_each_right_once_and_knows_it_for_its_own(
    bare, calls, tmp_path, part, how
):
    root, place = bare
    for number in range(1 + part, calls + 1, 8):
        with sharing(desks.copied(root, tmp_path / f"{number}"), place) as desk:
            name(desk, head=HEAD, curator=CURATOR)
            broken(desk, number, how)
            desk.space = replace(desk.space, holder="b" * 8, lives=lambda _: False)
            share(desk)
            assert own(desk) == {HEAD: "commenter", CURATOR: "writer"}, number
            assert own(desk, PAIRS) == {HEAD: "commenter", CURATOR: "writer"}, number
            assert own(desk, ORDERS) == {HEAD: "writer"}, number
            assert limited(desk), number
            share(desk, head="", curator="")
            assert own(desk) == {} == own(desk, PAIRS), number


class Killed(Exception):  # noqa: N818 - what happens to the process
    pass


def broken(desk, number, how):
    """Open, and break at a call: what was asked is lost, or the answer to it, or the process ends."""

    def rule(at, _):
        if how == "kill" and at > number:
            raise Killed
        return how if how != "kill" and at == number else None

    with faulty(desk, rule), suppress(TryLater, Killed):
        share(desk)


def test_a_folder_opened_by_hand_to_others_is_not_limited_and_that_is_said(shared):
    shared.space.sharing.grant(folder(shared), OTHER, "reader")
    assert "её открывали вручную другим людям" in share(shared, curator=CURATOR)
    assert not limited(shared)
    assert own(shared, PAIRS) == {}
    assert not wanted(shared)


def test_where_the_account_may_not_limit_a_folder_it_is_said(shared, monkeypatch):
    monkeypatch.setattr(Sharing, "bounds", lambda *_: Bounds(limited=False, possible=False, safe=True))
    said = share(shared, curator=CURATOR)
    assert "сузить доступ может владелец папки, а на общем диске – его менеджер" in said
    assert own(shared) == {CURATOR: "writer"}
    assert not wanted(shared)


def test_a_folder_that_is_gone_stops_nothing(shared):
    shared.office.link(folder(shared, PAIRS)).rmdir()
    share(shared, curator=CURATOR)
    assert own(shared) == {CURATOR: "writer"}
    assert not wanted(shared)


def test_the_doctor_tells_who_may_open_what_and_prints_no_address(shared):
    share(shared, head=HEAD, curator=CURATOR)
    assert told(shared) == [
        "папка организации: могут открыть куратор, руководитель",
        f"папка «{PAIRS}»: могут открыть куратор, руководитель",
        "книга: могут открыть куратор, руководитель",
    ]
    shared.space.sharing.grant(folder(shared), OTHER, "reader")
    shared.space.sharing.grant(folder(shared), "other@school.ru", "writer")
    lines = told(shared)
    assert lines[0] == (
        "папка организации: могут открыть куратор, руководитель, кроме них 2 адреса. "
        "Кто именно – в окне «Открыть доступ»"
    )
    assert lines[1] == f"папка «{PAIRS}»: могут открыть куратор, руководитель"
    assert "@" not in "".join(lines)


def test_the_doctor_names_who_is_missing_and_what_is_open_to_everybody(shared):
    share(shared, head=HEAD, curator=CURATOR)
    shared.space.sharing.revoke(folder(shared), right(shared, CURATOR).id)
    body = json.dumps({"type": "anyone", "role": "reader"}).encode()
    about = {"Content-Type": "application/json"}
    asked = Request("POST", f"/drive/v3/files/{folder(shared)}/permissions", about, body)
    assert shared.office.handle(asked).status == 200
    lines = told(shared)
    assert lines[0] == "папка организации: могут открыть руководитель"
    assert lines[1].startswith("! Папка организации открыта всем, у кого есть ссылка")
    assert "Доступ ограничен" in lines[1]
    assert lines[2].startswith("! папка организации: не могут открыть или имеют роль слабее нужной: куратор.")


def test_the_doctor_says_where_the_pairs_open_with_the_folder_around(shared, monkeypatch):
    monkeypatch.setattr(Sharing, "bounds", lambda *_: Bounds(limited=False, possible=False, safe=True))
    share(shared, curator=CURATOR)
    (line,) = [line for line in told(shared) if "Ограниченный доступ" in line]
    assert line.startswith(f"Папка «{PAIRS}» открыта всем, кому открыта папка вокруг")


def test_the_doctor_of_a_local_home_asks_nothing_and_says_who_decides(shared):
    name(shared, head=HEAD)
    shared.space = replace(shared.space, shares=False)
    since = shared.now
    assert told(shared) == [
        "доступ к локальной папке даёт компьютер, адреса из «Настроек» начнут действовать на Google Диске"
    ]
    assert permissions(shared, since) == 0


def test_the_doctor_asks_for_addresses_where_none_are_typed(shared):
    assert "не вписано, кому открыть папку" in told(shared)[0]


def test_addresses_given_to_init_stand_beside_those_that_people_typed(shared):
    name(shared, curator="first@school.ru")
    errand = Errand(shared.space, shared.place, TODAY, desks.supplies())
    given = {"Почта куратора": ["FIRST@school.ru", CURATOR], "Почта руководителя": [HEAD]}
    said, problems = opening.founded(errand, given)
    cells = {str(cells[0]): cells[1] for _, cells in reading.lines(shared.book()) if cells and cells[0]}
    assert cells["Почта куратора"] == f"first@school.ru; {CURATOR}"
    assert cells["Почта руководителя"] == HEAD
    assert own(shared) == {HEAD: "commenter", CURATOR: "writer", "first@school.ru": "writer"}
    assert said[0].startswith("Доступ открыт: куратор – вся папка")
    assert problems == ()
    since = shared.now
    assert opening.founded(errand, given) == ((), ())
    assert shared.writes(since) == 0

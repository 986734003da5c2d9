"""A person saves while the office writes: nothing that was typed is lost, wherever between two calls it falls."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.office import Disk, Office, Request
from tests.office import person
from tests.office.conftest import SPREADSHEET, rows

SAVES = 6
SEED = int(os.environ.get("NASTAVNIK_SEED", "1"))


def ask(office, method, path, body=None):
    head = {"Content-Type": "application/json"}
    return office.handle(Request(method, path, head, json.dumps(body).encode() if body is not None else b""))


def prepared(root, **calls):
    """An office with a book of two tabs; the calls of its disk begin to matter when the book is there."""
    office = Office(root, disk=Disk(**calls))
    made = ask(office, "POST", "/drive/v3/files", {"name": "Книга", "mimeType": SPREADSHEET})
    book = json.loads(made.body)["id"]
    tab = {"addSheet": {"properties": {"sheetId": 7, "title": "Люди"}}}
    assert ask(office, "POST", f"/v4/spreadsheets/{book}:batchUpdate", {"requests": [tab]}).status == 200
    return office, book, root / "Книга.xlsx"


def append(office, book, text):
    asked = {"appendCells": {"sheetId": 0, "rows": rows([text]), "fields": "userEnteredValue"}}
    return ask(office, "POST", f"/v4/spreadsheets/{book}:batchUpdate", {"requests": [asked]})


def column(office, book, tab):
    answer = ask(office, "GET", f"/v4/spreadsheets/{book}/values/{tab}!A:A")
    assert answer.status == 200, answer.body
    return [line[0] for line in json.loads(answer.body).get("values", []) if line]


def kept(office, file_id):
    folder = office.root / ".nastavnik" / "revisions" / file_id
    return [each.read_bytes() for each in folder.iterdir()]


class Moment:
    """Calls of the system, before one of which a person saves; only once unless told otherwise."""

    def __init__(self, name, turns=1, every=1):
        self.turns = self.called = 0
        self.every = every
        self.coming = turns
        self.saves = []
        self.path = None
        self.parts = {}
        self.how = ""
        self.calls = {name: self.wrapped(getattr(Disk(), name))}

    def arm(self, path, how):
        self.path, self.how, self.turns = path, how, self.coming

    def wrapped(self, real):
        def call(*args, **options):
            self.called += self.turns > 0
            if self.turns and self.path in args and self.called % self.every == self.every - 1:
                self.turns -= 1
                text = f"человек-{len(self.saves)}"
                # An editor saves what it holds, whatever came to the disk meanwhile.
                self.parts = self.parts or person.fresh(self.path)
                data = person.with_row(self.parts, text)
                person.save(self.path, data, self.how)
                self.saves.append((text, data))
            return real(*args, **options)

        return call


@pytest.mark.parametrize("how", ["rename", "truncate", "slowly", "over"])
def test_a_person_in_another_process_loses_no_cell_while_batches_are_written(tmp_path, how):
    office, book, path = prepared(tmp_path)
    command = [sys.executable, "-m", "tests.office.person", str(path), how, str(SEED), str(SAVES)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as saving:
        written = 0
        while saving.poll() is None:
            assert append(office, book, f"офис-{written}").status == 200
            written += 1
        assert saving.returncode == 0
    assert column(office, book, "Люди") == [f"{how}-{SEED}-{turn}" for turn in range(SAVES)]
    assert written
    office.close()


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("how", ["rename", "truncate", "over"])
def test_saves_that_fall_right_before_the_exchange_are_in_the_book_with_the_batch(tmp_path, how, turns):
    moment = Moment("exchange", turns)
    office, book, path = prepared(tmp_path, **moment.calls)
    moment.arm(path, how)
    assert append(office, book, "офис").status == 200
    assert column(office, book, "Sheet1") == ["офис"]
    last = moment.saves[-1][0]
    assert column(office, book, "Люди")[-1] == last
    assert len(moment.saves) == turns
    assert moment.saves[-1][1] in kept(office, book)
    office.close()


def unable(*_):
    raise OSError(errno.ENOSYS, "unknown call")


@pytest.mark.parametrize("name", ["link", "replace"])
def test_without_an_exchange_a_save_in_place_is_found_in_what_was_kept(tmp_path, name):
    moment = Moment(name)
    office, book, path = prepared(tmp_path, exchange=unable, rename_new=os.rename, **moment.calls)
    moment.arm(path, "truncate")
    assert append(office, book, "офис").status == 200
    assert moment.saves
    assert column(office, book, "Люди") == ["человек-0"]
    assert column(office, book, "Sheet1") == ["офис"]
    assert moment.saves[0][1] in kept(office, book)
    office.close()


def test_a_save_that_began_before_the_write_and_ended_after_is_brought_together_with_it(tmp_path):
    office, book, path = prepared(tmp_path)
    data = person.with_row(person.fresh(path), "поздно")
    with path.open("r+b") as file:
        tab = {"addSheet": {"properties": {"title": "Новая"}}}
        answer = ask(office, "POST", f"/v4/spreadsheets/{book}:batchUpdate", {"requests": [tab]})
        number = json.loads(answer.body)["replies"][0]["addSheet"]["properties"]["sheetId"]
        file.write(data)
        file.truncate()
    settle(path.parent / ".nastavnik" / "revisions" / book)
    assert column(office, book, "Люди") == ["поздно"]
    shown = ask(office, "GET", f"/v4/spreadsheets/{book}?fields=sheets.properties(title,sheetId)")
    tabs = {
        each["properties"]["title"]: each["properties"]["sheetId"]
        for each in json.loads(shown.body)["sheets"]
    }
    assert tabs == {"Sheet1": 0, "Люди": 7, "Новая": number}
    assert data in kept(office, book)
    office.close()


def test_a_late_save_is_found_by_the_next_process_too(tmp_path):
    office, book, path = prepared(tmp_path)
    data = person.with_row(person.fresh(path), "поздно")
    with path.open("r+b") as file:
        assert append(office, book, "офис").status == 200
        file.write(data)
        file.truncate()
    settle(path.parent / ".nastavnik" / "revisions" / book)
    office.close()
    office = Office(tmp_path)
    assert column(office, book, "Люди") == ["поздно"]
    assert any(
        "офис".encode() in person.parts_of(each)["xl/worksheets/sheet1.xml"] for each in kept(office, book)
    )
    office.close()


def test_a_home_that_was_copied_or_restored_is_as_it_was(tmp_path):
    office, book, _ = prepared(tmp_path / "home")
    file_id = paper(office)
    assert append(office, book, "офис").status == 200
    office.close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy", copy_function=shutil.copyfile)
    for path in (tmp_path / "copy").rglob("*"):
        os.utime(path, (10**9, 10**9))
    for _ in range(2):
        office = Office(tmp_path / "copy")
        assert column(office, book, "Sheet1") == ["офис"]
        assert ask(office, "GET", f"/drive/v3/files/{file_id}?alt=media").body == b"draft"
        assert append(office, book, "офис").status == 200
        assert column(office, book, "Sheet1") == ["офис", "офис"]
        office.close()
        shutil.rmtree(tmp_path / "copy")
        shutil.copytree(tmp_path / "home", tmp_path / "copy", copy_function=shutil.copyfile)


def settle(folder):
    """Let what was written look old: an editor is done with it."""
    for each in folder.iterdir():
        look = each.stat()
        os.utime(each, ns=(look.st_atime_ns, look.st_mtime_ns - 10**9))


def test_a_book_that_is_saved_without_end_is_told_in_russian(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.office.sheets._LOOKS", 3)
    office, book, path = prepared(tmp_path)
    path.write_bytes(path.read_bytes()[:500])
    answer = append(office, book, "офис")
    assert answer.status == 503
    assert "сохраняет другая программа" in json.loads(answer.body)["error"]["message"]
    office.close()


def test_saves_without_end_between_look_and_exchange_end_in_a_refusal_and_lose_nothing(tmp_path):
    moment = Moment(
        "exchange", 1000, every=2
    )  # each exchange finds a new save, and no second one on its way back
    office, book, path = prepared(tmp_path, **moment.calls)
    moment.arm(path, "rename")
    answer = append(office, book, "офис")
    moment.turns = 0
    assert answer.status == 503
    assert "Ничего не записано" in json.loads(answer.body)["error"]["message"]
    assert column(office, book, "Люди")[-1] == moment.saves[-1][0]
    assert column(office, book, "Sheet1") == []
    office.close()


def upload(office, file_id, media):
    head = {"Content-Type": "text/plain"}
    return office.handle(Request("PATCH", f"/upload/drive/v3/files/{file_id}?uploadType=media", head, media))


def paper(office, name="Приказ.docx"):
    file_id = json.loads(
        ask(office, "POST", "/drive/v3/files", {"name": name, "mimeType": "text/plain"}).body
    )["id"]
    assert upload(office, file_id, b"draft").status == 200
    return file_id


def saved_before(path, name, text=b"mine"):
    """A disk before one of whose calls somebody saves a paper, by renaming."""
    real, waiting = getattr(Disk(), name), [text]

    def call(*args, **options):
        if waiting and path in args and path.exists():
            aside = path.with_name(".saving")
            aside.write_bytes(waiting.pop())
            aside.replace(path)
        return real(*args, **options)

    return {name: call}


def test_a_paper_saved_in_the_moment_of_its_renewal_is_left_alone_and_told(tmp_path):
    path = tmp_path / "Приказ.docx"
    office = Office(tmp_path)
    file_id = paper(office)
    office.close()
    office = Office(tmp_path, disk=Disk(**saved_before(path, "exchange")))
    answer = upload(office, file_id, b"ours")
    assert answer.status == 412
    assert "посмотрите на него" in json.loads(answer.body)["error"]["message"]
    assert path.read_bytes() == b"mine"
    assert ask(office, "GET", f"/drive/v3/files/{file_id}?alt=media").body == b"mine"
    assert upload(office, file_id, b"ours").status == 200
    assert b"mine" in kept(office, file_id)
    office.close()


def test_a_paper_saved_in_the_moment_of_its_move_goes_along_and_is_seen(tmp_path):
    office = Office(tmp_path)
    file_id = paper(office)
    office.close()
    office = Office(tmp_path, disk=Disk(**saved_before(tmp_path / "Приказ.docx", "rename_new")))
    assert ask(office, "PATCH", f"/drive/v3/files/{file_id}", {"name": "Приказ № 2.docx"}).status == 200
    assert (tmp_path / "Приказ № 2.docx").read_bytes() == b"mine"
    shown = json.loads(ask(office, "GET", f"/drive/v3/files/{file_id}?fields=size,lastModifyingUser").body)
    assert (shown["size"], shown["lastModifyingUser"]["displayName"]) == ("4", "пользователь")
    office.close()


@pytest.mark.parametrize("linked", [True, False])
def test_a_file_put_under_the_name_of_a_new_paper_in_the_same_moment_stays(tmp_path, monkeypatch, linked):
    if not linked:  # a system without the call that renames and replaces nothing
        monkeypatch.setattr("flows.office.renames._renameat2", lambda: None)
    path, real, waiting = tmp_path / "Приказ.docx", Disk().rename_new, [b"mine"]

    def call(source, target):
        if waiting and target == path:
            path.write_bytes(waiting.pop())
        return real(source, target)

    office = Office(tmp_path, disk=Disk(rename_new=call))
    file_id = paper(office)
    assert path.read_bytes() == b"mine"
    assert office.link(file_id).name == "Приказ (2).docx"
    assert office.link(file_id).read_bytes() == b"draft"
    office.close()


class PowerFailureError(BaseException):
    """Nothing catches it, as nothing catches a plug pulled out."""


def test_what_an_exchange_took_out_is_kept_when_the_power_fails_right_after(tmp_path):
    path, real = tmp_path / "Приказ.docx", Disk().exchange
    office = Office(tmp_path)
    file_id = paper(office)
    office.close()

    def call(*names):
        path.write_bytes(b"mine")
        real(*names)
        raise PowerFailureError

    office = Office(tmp_path, disk=Disk(exchange=call))
    with pytest.raises(PowerFailureError):
        upload(office, file_id, b"ours")
    office.close()
    office = Office(tmp_path)
    assert path.read_bytes() == b"ours"
    assert b"mine" in kept(office, file_id)
    office.close()


def test_an_editor_that_saves_by_two_renames_is_waited_for(tmp_path, monkeypatch):
    office = Office(tmp_path)
    file_id = paper(office)
    path = tmp_path / "Приказ.docx"
    aside = path.rename(tmp_path / "~приказ.tmp")

    def back(_seconds):
        if not path.exists():
            path.write_bytes(aside.read_bytes() + b" and mine")

    monkeypatch.setattr("flows.office.looks.time.sleep", back)
    assert ask(office, "GET", f"/drive/v3/files/{file_id}?alt=media").body == b"draft and mine"
    office.close()

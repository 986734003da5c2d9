"""A roadmap read and brought in by the link of a Google Doc, a Google Sheet or an uploaded file, over TLS in Google's name."""

from __future__ import annotations

import io
import json
import sys

import openpyxl
import pytest

from flows import cli, doors, settings
from flows.office import Faults, Request, Response
from flows.workspace import signing
from flows.workspace.drive import DOCUMENT, DOCX, SHORTCUT
from flows.workspace.session import google_session
from tests.front import DRIVE, DRIVE_FILE, front
from tests.road import desk as desks
from tests.road.test_import import FIRST, SECOND, TAB, plan

DONE, PROBLEMS, CANNOT = 0, 1, 2
DOC, OTHER = "1DocDocDocDocDocDocDocDocDocDocDocDocDocDoc", "1OthOthOthOthOthOthOthOthOthOthOthOthOthOth"
LINK = f"https://docs.google.com/document/d/{DOC}/edit?usp=sharing"
HEAD = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат")


class Docs(Faults):
    """What the office does not have: documents of Google's own kinds, by id; each a resource and what an export gives."""

    def __init__(self):
        self.kept, self.headers = {}, []
        super().__init__(self.rule)

    def lay(self, file_id, export=b"", **resource):
        about = {"id": file_id, "name": "Карта садика", "mimeType": DOCUMENT, "trashed": False}
        self.kept[file_id] = about | resource, export

    def rule(self, _, request):
        own = request.path.removeprefix("/drive/v3/files/")
        resource, export = self.kept.get(own.removesuffix("/export"), (None, b""))
        if resource is None:
            return None
        self.headers.append(request.header("X-Goog-Drive-Resource-Keys"))
        if isinstance(export, Response) and own.endswith("/export"):
            return export
        if own.endswith("/export"):
            return Response(200, {"Content-Type": DOCX}, export)
        return Response(200, {"Content-Type": "application/json"}, json.dumps(resource).encode())


@pytest.fixture
def google(tmp_path, founded):
    root, place = founded
    with front(tmp_path, desks.copied(root, tmp_path / "google"), faults=Docs()) as opened:
        shared = opened.shared_drive()
        opened.rights.lent.add(place.folder)
        settings.save_place(settings.Home(tmp_path / "home", google=True, root=shared), place)
        with opened.here():
            yield opened
        assert opened.broken == []


@pytest.fixture
def run(google, monkeypatch, capsys, tmp_path):
    def called(*words, home="home", key=True):
        monkeypatch.setenv(settings.HOME, str(tmp_path / home))
        monkeypatch.setenv(signing.KEY_FILE, str(google.key_file()) if key else "")
        monkeypatch.setattr(doors, "google_session", lambda known, *_: google_session(known, desks.Waiting()))
        monkeypatch.setattr(sys, "argv", ["nastavnik", *map(str, words)])
        with pytest.raises(SystemExit) as over:
            cli.main()
        told = capsys.readouterr()
        return over.value.code, told.out, told.err

    return called


def word(tmp_path, lines):
    return plan(tmp_path / "exported.docx", lines).read_bytes()


def brought(run, link=LINK):
    _, out, err = run("import", link, "--organisation", desks.SLUG, "--today", "2026-11-24")
    assert err == ""
    return out


def test_a_google_doc_is_brought_in_by_its_link_and_then_only_its_changes(google, run, tmp_path):
    google.faults.lay(DOC, word(tmp_path, FIRST))
    assert f"{TAB}: добавлено строк — 5" in brought(run)
    before = len(google.writes())
    assert "Книга не изменилась." in brought(run)
    assert len(google.writes()) == before
    google.faults.lay(DOC, word(tmp_path, SECOND))
    told = brought(run)
    assert "изменилось: " in told
    assert (
        f"{TAB}: добавлено строк — {len({each[0] for each in SECOND} - {each[0] for each in FIRST})}" in told
    )


def test_a_google_doc_is_read_before_there_is_any_working_folder(google, run, tmp_path):
    google.faults.lay(DOC, word(tmp_path, FIRST))
    code, out, err = run("read", LINK, home="nothing")
    assert (code, err) == (DONE, "")
    assert "Мероприятий: 5" in out
    assert not (tmp_path / "nothing").exists()
    told = json.loads(run("read", DOC, "--json", home="home")[1])
    assert len(told["activities"]) == 5


def test_a_shortcut_leads_to_its_file_and_the_key_of_an_old_share_goes_along(google, run, tmp_path):
    about = {"targetId": DOC, "targetResourceKey": "0-new"}
    google.faults.lay(OTHER, mimeType=SHORTCUT, shortcutDetails=about)
    google.faults.lay(DOC, word(tmp_path, FIRST))
    _, out, _ = run("read", f"https://drive.google.com/file/d/{OTHER}/view?resourcekey=0-old")
    assert "Мероприятий: 5" in out
    assert google.faults.headers == [f"{OTHER}/0-old", f"{DOC}/0-new", f"{DOC}/0-new"]


TOO_LARGE = Response(
    403,
    {"Content-Type": "application/json"},
    json.dumps(
        {"error": {"code": 403, "message": "This file is too large to be exported.", "errors": [{"reason": "exportSizeLimitExceeded"}]}}
    ).encode(),
)  # fmt: skip


OWN = "application/vnd.google-apps."
CANNOT_GIVE = [
    ({"export": TOO_LARGE}, "больше 10 МБ"), ({"mimeType": f"{OWN}presentation"}, "презентация"), ({"mimeType": f"{OWN}form"}, "Посмотреть в Таблицах"),
    ({"mimeType": f"{OWN}folder"}, "папка"), ({"mimeType": f"{OWN}map"}, "не документ и не таблица"), ({"trashed": True}, "корзине"),
    ({"capabilities": {"canDownload": False}}, "запретил скачивать"), ({"mimeType": "video/mp4", "size": "4000000000"}, "больше 20 МБ"),
]  # fmt: skip


def test_what_a_link_cannot_give_is_told_with_the_cure_and_nothing_is_downloaded(google, run):
    for about, said in CANNOT_GIVE:
        google.faults.lay(DOC, **about)
        code, out, err = run("read", LINK)
        assert (code, out) == (CANNOT, "")
        assert said in err
    given = [each.name for each in google.calls() if each.status == 200]
    assert given == ["drive.files.get"] * len(CANNOT_GIVE)


def test_a_file_the_account_does_not_see_is_told_with_both_cures(google, run):
    code, _, err = run("read", f"https://drive.google.com/file/d/{OTHER}/view")
    assert code == CANNOT
    assert "client_email" in err
    assert "передайте вместо ссылки" in err
    code, _, err = run("read", "https://disk.yandex.ru/i/AbCdEf")
    assert (code, "Яндекс Диск" in err) == (CANNOT, True)


def test_a_file_laid_by_hand_is_not_seen_by_the_narrow_sign_in_and_the_wider_one_is_named(
    google, run, tmp_path
):
    path = google.office.link(google.rights.shared) / "Карта садика.docx"
    path.write_bytes(word(tmp_path, FIRST))
    (entry,) = [entry for entry, where in google.office.files() if where == path]
    link = f"https://drive.google.com/file/d/{entry.id}/view?usp=sharing"
    google.sign_in(tmp_path / "narrow", DRIVE_FILE)
    code, _, err = run("read", link, home="narrow", key=False)
    assert (code, "login --whole-drive" in err, "вместо ссылки" in err) == (CANNOT, True, True)
    google.sign_in(tmp_path / "wide", DRIVE)
    code, out, _ = run("read", link, home="wide", key=False)
    assert (code, "Мероприятий: 5" in out) == (DONE, True)


def test_a_link_into_google_from_a_local_home_needs_a_sign_in(google, run, tmp_path):
    desks.copied(tmp_path / "google", tmp_path / "local")
    google.faults.lay(DOC, word(tmp_path, FIRST))
    told = run("import", LINK, "--organisation", desks.SLUG, home="local", key=False)
    assert told[0] == CANNOT
    assert "входа в Google нет" in told[2]
    assert "Файл → Скачать" in told[2]
    _, out, err = run("import", LINK, "--organisation", desks.SLUG, home="local")
    assert (f"{TAB}: добавлено строк — 5" in out, err) == (True, "")


def sheet(google, tabs):
    """A Google Sheet with tabs of lines on the shared drive; return its id and the ids of its tabs."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in tabs.items():
        tab = book.create_sheet(title)
        for line in lines:
            tab.append(line)
    data = io.BytesIO()
    book.save(data)
    (google.office.link(google.rights.shared) / "Таблица.xlsx").write_bytes(data.getvalue())
    (entry,) = [entry for entry, path in google.office.files() if path.name == "Таблица.xlsx"]
    about = Request("GET", f"/v4/spreadsheets/{entry.id}?fields=sheets.properties")
    known = [each["properties"] for each in json.loads(google.office.handle(about).body)["sheets"]]
    return entry.id, {each["title"]: each["sheetId"] for each in known}


def test_a_google_sheet_is_read_from_the_tab_that_was_open(google, run):
    title = [("Дорожная карта наставничества на 2026-2027 учебный год",), HEAD]
    tabs = {
        "Прошлый год": [*title, *FIRST[:2]],
        "Нынешний": [*title, *FIRST],
        "Телефоны": [("Имя", "Телефон")],
    }
    book, ids = sheet(google, tabs)
    link = f"https://docs.google.com/spreadsheets/d/{book}/edit?gid={{0}}#gid={{0}}"
    counts = {}
    for name, gid in ids.items():
        _, out, err = run("read", link.format(gid))
        assert err == ""
        counts[name] = int(out.partition("Мероприятий: ")[2].split()[0])
        assert ("прочитан лист «" if name == "Телефоны" else f"Прочитан лист «{name}»") in out
    assert (counts["Прошлый год"], counts["Нынешний"]) == (2, 5)
    assert counts["Телефоны"] > 0
    assert "Прочитан лист" not in run("read", f"https://docs.google.com/spreadsheets/d/{book}/edit")[1]

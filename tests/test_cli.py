"""The command: its exit codes (0 done, 1 problems found, 2 cannot run) and its sentences, whatever it is given."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from types import ModuleType

import openpyxl
import pytest
from filelock import FileLock

from flows import __main__ as door
from flows import cli, doctor, doors, kept_registry, settings
from flows.domain.errors import Misconfigured
from flows.office import Office, privacy
from flows.papers.check import check as examined
from flows.workspace import signing
from tests.road import desk as desks

SAMPLES = settings.CONFIG / "samples"
DONE, PROBLEMS, CANNOT = 0, 1, 2


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A working folder with one organisation, filled and not yet prepared."""
    root = tmp_path_factory.mktemp("cli") / "home"
    place = desks.founded(root)
    with desks.opened(root, place) as desk:
        desks.furnish(desk)
    return root


@pytest.fixture
def own(home, tmp_path):
    return desks.copied(home, tmp_path / "home")


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Call the command as its entry point does; gives the code, what it printed and what it complained of."""

    def called(*words, at=None):
        monkeypatch.setenv(settings.HOME, str(at or tmp_path / "nothing"))
        monkeypatch.setattr(sys, "argv", ["nastavnik", *map(str, words)])
        with pytest.raises(SystemExit) as over:
            cli.main()
        told = capsys.readouterr()
        return over.value.code, told.out, told.err

    return called


def russian(text):
    """One or more sentences that a curator understands: no traceback, no English, no name of a class."""
    assert re.search("[А-Яа-я]", text), text
    assert "Traceback" not in text
    assert not re.search(r"\b(Error|Exception|Usage|invalid|missing|No such)\b", text), text


# --- misspelt commands ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["prepar"], "Команды «prepar» нет"), (["init"], "--organisation"), (["prepare", "--today", "вчера"], "2026-12-10"), (["prepare", "--today", "31.02.2026"], "10.12.2026"),
        (["prepare", "--сегодня"], "--сегодня"), (["read"], "FILE"), (["read", "a", "b"], "«b»"), (["office", "x", "--port", "много"], "--port"), (["check", "--organisation"], "--organisation"),
        (["note", "--stage", "0"], "--stage"), (["council"], "--organisation"), (["municipality", "add"], "КОД|ССЫЛКА|ПАПКА"),
    ],
)  # fmt: skip
def test_a_misspelt_command_is_told_in_russian_and_cannot_run(run, words, said):
    code, _, err = run(*words)
    assert code == CANNOT
    assert said in err
    russian(err)


def test_help_is_no_failure(run):
    code, out, _ = run("--help")
    assert code == DONE
    assert "Наставник" in out


# --- read ----------------------------------------------------------------------------------------------------


def test_a_roadmap_with_findings_is_read_and_counts_as_problems(run):
    file = next(SAMPLES.rglob("Дорожная карта.docx"))
    code, out, _ = run("read", file)
    assert code in {DONE, PROBLEMS}
    assert "Мероприятий:" in out
    code, out, _ = run("read", file, "--json")
    told = json.loads(out)
    assert told["activities"]
    assert {"organisation", "title", "period", "activities", "problems"} <= told.keys()
    assert code == (PROBLEMS if any(each["severity"] != "note" for each in told["problems"]) else DONE)


def test_rows_of_a_file_are_called_by_their_points_and_small_remarks_fold_into_one_line(run, tmp_path):
    rows = [
        '2.1\tСеминар "Школа"\tМай 2027\tКуратор\tПротокол',
        "3.6\tСеминар «Школа\tКак получится\tКуратор\tПриказ о парах",
    ]
    lines = [
        "Дорожная карта на 2026-2027 учебный год",
        "",
        "№\tМероприятие\tСрок\tОтветственный\tРезультат",
        *rows,
    ]
    (tmp_path / "План.txt").write_text("\n".join(lines), "utf-8")
    _, out, _ = run("read", tmp_path / "План.txt")
    assert "документы: Приказ о закреплении наставнических пар" in out
    assert "План.txt, пункт 3.6: Срок не удалось прочитать" in out
    small = next(line for line in out.splitlines() if "к тексту" in line)
    assert small.startswith("· к тексту: 2 мелочи – ")
    assert "(п. 2.1)" in small
    assert "(п. 3.6)" in small
    _, out, _ = run("read", tmp_path / "План.txt", "--all")
    assert "к тексту" not in out
    assert "План.txt, пункт 2.1: В тексте прямые кавычки" in out
    assert "План.txt, пункт 3.6: Кавычка или скобка не закрыта" in out


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("нет.docx", None),
        ("пусто.docx", b""),
        ("не то.docx", b"not a word file"),
        ("обрыв.docx", b"PK\x03\x04" + b"\0" * 30),
        ("x.xlsx", b"junk"),
        ("x.pdf", b"%PDF-1.4 junk"),
        ("x.exe", b"MZ"),
        ("x.txt", b""),
        ("x.csv", b"\xff\xfe\xfd"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_with_a_cure(run, tmp_path, name, data):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    code, out, err = run("read", file)
    assert code in {PROBLEMS, CANNOT}
    russian(out + err)
    code, out, err = run("read", file, "--json")
    assert code in {PROBLEMS, CANNOT}
    assert not out or json.loads(out)["activities"] == []


def test_a_folder_in_place_of_a_file_is_told(run, tmp_path):
    code, out, err = run("read", tmp_path)
    assert code in {PROBLEMS, CANNOT}
    russian(out + err)


# --- init ----------------------------------------------------------------------------------------------------


def test_founding_twice_changes_nothing(run, tmp_path):
    root = tmp_path / "new"
    code, out, _ = run("init", "--organisation", "sadik-2", "--title", "Детский сад", at=root)
    assert code == DONE
    assert "заведена" in out
    before = {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".nastavnik" not in path.parts
    }
    code, out, _ = run("init", "--organisation", "sadik-2", at=root)
    assert code == DONE
    assert "ничего не изменилось" in out
    assert {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".nastavnik" not in path.parts
    } == before


@pytest.mark.parametrize("slug", ["", "Садик", "SADIK", "a b", "a/b", "../x", "a.b", "a_b", "a'b", "a\nb"])
def test_a_slug_that_is_none_is_refused_before_anything_is_made(run, tmp_path, slug):
    root = tmp_path / "new"
    code, _, err = run("init", "--organisation", slug, at=root)
    assert code == CANNOT
    russian(err)
    assert not (root / settings.REGISTRY).exists()
    assert not list(root.rglob("*.xlsx"))


@pytest.mark.parametrize("zone", ["Москва", "Europe/Moskow", "", "../../etc/passwd", "MSK+3:00:00:00"])
def test_a_time_zone_that_is_none_is_refused_before_anything_is_made(run, tmp_path, zone):
    root = tmp_path / "new"
    code, _, err = run("init", "--organisation", "sadik", "--zone", zone, at=root)
    assert code == CANNOT
    assert "Europe/Moscow" in err
    assert not list(root.rglob("*.xlsx"))


def test_a_root_or_a_subject_with_quotes_does_not_spoil_the_working_folder(run, own):
    settings.save_place(settings.load_home(own), settings.Place("x"))
    home = settings.load_home(own)
    saved = settings.save_place(
        settings.Home(own, root='a"b\\c', places=home.places, subject='"d"@front.example'),
        settings.Place("y", folder='"'),
    )
    assert settings.load_home(own) == saved


def test_a_working_folder_is_its_owners_alone_from_its_first_line(tmp_path):
    home = settings.Home(tmp_path / "school" / "home", google=True)
    before = os.umask(0)
    try:
        settings.save_place(home, settings.Place("malysh"))
        kept_registry.put_back(home, kept_registry.kept(home))
    finally:
        os.umask(before)
    assert privacy.too_open(home.path) == []


def test_google_without_a_key_says_where_to_get_one(run, tmp_path, monkeypatch):
    monkeypatch.delenv(signing.KEY_FILE, raising=False)
    code, _, err = run("init", "--organisation", "sadik", "--google", at=tmp_path / "new")
    assert code == CANNOT
    assert signing.KEY_FILE in err
    assert "nastavnik login" in err
    assert "subject" in err


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{}",
        "not json",
        "[1]",
        "7",
        '{"type": "authorized_user"}',
        '{"type": "service_account", "client_email": "x"}',
    ],
)
def test_a_key_file_that_is_none_is_named(run, tmp_path, monkeypatch, content):
    key = tmp_path / "key.json"
    if content is not None:
        key.write_text(content, "utf-8")
    monkeypatch.setenv(signing.KEY_FILE, str(key))
    code, _, err = run("init", "--organisation", "sadik", "--google", at=tmp_path / "new")
    assert code == CANNOT
    assert signing.KEY_FILE in err
    russian(err)


def test_a_folder_that_is_a_file_is_told(run, tmp_path):
    wrong = tmp_path / "file"
    wrong.write_text("x", "utf-8")
    for words in (["init", "--organisation", "sadik"], ["prepare", "--plain"], ["check"], ["doctor"]):
        code, _, err = run(*words, at=wrong)
        assert code == CANNOT, words
        russian(err)


# --- nastavnik.toml ------------------------------------------------------------------------------------------

BROKEN = {
    "not toml": "это не toml", "half a line": 'google = "', "a string for a switch": 'google = "false"', "no slug": "[[organisation]]\nbook = 'x'\n", "a bad slug": "[[organisation]]\nslug = 'Садик'\n",
    "a bad zone": "[[organisation]]\nslug = 'sadik'\nzone = 'Марс'\n", "one table in place of many": "[organisation]\nslug = 'sadik'\n", "a list of strings": "organisation = ['sadik']\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_working_file_stops_every_command_with_its_name_and_the_cure(run, own, name):
    (own / settings.REGISTRY).write_text(BROKEN[name], "utf-8")
    for words in (["prepare", "--plain"], ["doctor"], ["import", "x.docx", "--organisation", "sadik"]):
        code, _, err = run(*words, at=own)
        assert code == CANNOT, words
        assert settings.REGISTRY in err
        russian(err)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xcf\xf0\xe8"])
def test_a_working_file_in_another_encoding_is_named(run, own, data):
    (own / settings.REGISTRY).write_bytes(data)
    code, _, err = run("check", at=own)
    assert code == CANNOT
    assert settings.REGISTRY in err


def test_a_working_file_of_a_newer_program_or_with_a_mark_at_its_start_is_read(own):
    file = own / settings.REGISTRY
    told = file.read_text("utf-8")
    file.write_text("\ufeff" + told + 'colour = "green"\n', "utf-8")
    assert [each.slug for each in settings.load_home(own).places] == [desks.SLUG]


# --- prepare and check ---------------------------------------------------------------------------------------


def test_papers_are_made_once_and_problems_are_an_exit_code(run, own):
    code, out, _ = run("prepare", "--plain", "--organisation", desks.SLUG, "--today", "2026-12-10", at=own)
    assert code == PROBLEMS
    assert "создать" in out
    assert "П-003" in out
    code, out, _ = run("prepare", "--plain", "--today", "10.12.2026", at=own)
    assert code == PROBLEMS
    assert "изменений нет" in out


def test_looking_writes_nothing_and_says_what_would_be_done(run, own):
    before = {
        path: path.read_bytes()
        for path in own.rglob("*")
        if path.is_file() and ".nastavnik" not in path.parts
    }
    for words in (["check"], ["prepare", "--dry-run"]):
        code, out, _ = run(*words, "--today", "2026-12-10", at=own)
        assert code == PROBLEMS
        assert "было бы: создать" in out
    assert {
        path: path.read_bytes()
        for path in own.rglob("*")
        if path.is_file() and ".nastavnik" not in path.parts
    } == before


def test_no_name_of_a_person_is_printed(run, own):
    _, out, err = run("prepare", "--plain", "--today", "2026-12-10", at=own)
    for name in (*desks.NAMES, *desks.MENTORS):
        assert name.split()[0][:-1] not in out + err


def test_a_book_without_findings_is_done(run, own):
    place = settings.load_home(own).place(desks.SLUG)
    with desks.opened(own, place) as desk:
        desk.type_cells("Наставники", 4, {"Дата согласия быть наставником": date(2026, 9, 7)})
        desk.type_cells("Пары", 4, {"Доп. соглашение №": "14/9", "Дата доп. соглашения": date(2026, 9, 10)})
    code, out, _ = run("prepare", "--plain", "--today", "2026-12-10", at=own)
    assert code == DONE, out


@pytest.mark.parametrize(
    "words", [["prepare", "--plain"], ["check"], ["import", "x.docx"], ["council", "1", "--plain"]]
)
def test_an_organisation_that_was_never_founded_is_told_with_those_that_were(run, own, words):
    code, _, err = run(*words, "--organisation", "shkola", at=own)
    assert code == CANNOT
    assert "nastavnik init --organisation shkola" in err
    assert desks.SLUG in err


def test_an_empty_working_folder_says_how_to_begin(run, tmp_path):
    code, _, err = run("prepare", "--plain", at=tmp_path / "empty")
    assert code == CANNOT
    assert "nastavnik init" in err


@pytest.mark.parametrize("words", [("check",), ("prepare", "--plain")])
def test_a_working_folder_that_is_not_there_is_not_made_by_looking(run, tmp_path, words):
    code, _, told = run(*words)
    assert code == CANNOT
    assert "nastavnik init" in told
    assert not (tmp_path / "nothing").exists()


def test_a_busy_folder_is_said_to_be_busy(run, own, monkeypatch):
    monkeypatch.setattr(doors, "Office", lambda root: Office(root, patience=0.05))
    holder = Office(own, exclusive=True)
    try:
        code, _, err = run("check", at=own)
        assert code == CANNOT
        assert "занята" in err
        russian(err)
    finally:
        holder.close()


def test_one_organisation_that_fails_does_not_stop_the_others(run, own):
    home = settings.load_home(own)
    settings.save_place(home, settings.Place("aaa", book="no-such-book", folder="no"))
    code, out, _ = run("prepare", "--plain", "--today", "2026-12-10", at=own)
    assert code == PROBLEMS
    assert "Книга: не найдено" in out
    assert "создать" in out
    code, _, err = run("prepare", "--plain", "--organisation", "aaa", at=own)
    assert code == CANNOT
    assert "Книга: не найдено" in err


def test_a_book_open_in_an_editor_is_asked_to_be_closed(run, own):
    path = next(own.rglob("Наставничество*.xlsx"))
    (path.parent / f"~${path.name}").write_bytes(b"x")
    code, out, err = run("prepare", "--plain", "--organisation", desks.SLUG, "--today", "2026-12-10", at=own)
    assert code == CANNOT
    assert "Закройте" in out + err


# --- by hand, without the engine -----------------------------------------------------------------------------


def test_by_hand_the_road_is_walked_without_prefect_and_an_old_word_changes_nothing(run, own):
    words = ("--organisation", desks.SLUG, "--today", "2026-12-10")
    first = run("prepare", *words, at=own)
    assert first[0] == PROBLEMS
    assert "создать" in first[1]
    assert run("prepare", *words, at=own) == run("prepare", "--plain", *words, at=own)
    code, out, _ = run("note", *words, at=own)
    assert (code, "note.monitoring" not in out) == (PROBLEMS, True)
    told = subprocess.run(
        [sys.executable, "-c", "import sys; from flows import cli; sys.argv = ['nastavnik', 'prepare', '--today', '2026-12-10']\ntry: cli.main()\nexcept SystemExit: print('prefect' in sys.modules)"],
        env={**os.environ, settings.HOME: str(own), "PYTHONIOENCODING": "utf-8", "PREFECT_API_URL": "http://127.0.0.1:9/api"},
        cwd=settings.CHECKOUT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.stdout.endswith("False\n"), told.stderr


def test_an_error_of_our_own_is_a_sentence_with_its_class_and_a_log_without_data(run, own, monkeypatch):
    def broken(*_, **__):
        return {}["Иванова Мария"]

    monkeypatch.setattr("flows.runs.walk", broken)
    code, out, err = run("prepare", "--organisation", desks.SLUG, at=own)
    log = (own / ".nastavnik" / "errors.log").read_text("utf-8")
    assert (code, out) == (CANNOT, "")
    assert "KeyError" in err
    assert "errors.log" in err
    assert "Traceback" not in err
    assert "Иванова" not in err + log
    code, out, _ = run("prepare", at=own)
    assert code == PROBLEMS
    assert "KeyError" in out


def test_a_person_who_stops_a_run_is_told_so(run, own, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.runs.walk", stopped)
    code, _, err = run("prepare", "--organisation", desks.SLUG, at=own)
    assert code == CANNOT
    assert err.strip().startswith("Остановлено.")
    russian(err)


def test_a_person_who_stops_it_while_it_is_still_being_loaded_is_told_the_same(monkeypatch, capsys):
    class Loading(ModuleType):
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "flows.cli", Loading("flows.cli"))
    with pytest.raises(SystemExit) as over:
        door.main()
    assert over.value.code == CANNOT
    assert capsys.readouterr().err.strip().startswith("Остановлено.")


# --- serve, and what goes through the engine -----------------------------------------------------------------


def test_a_second_serve_of_one_working_folder_is_refused(run, own, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with FileLock(own / ".nastavnik" / "serve.lock"):
        code, _, err = run("serve", at=own)
    assert code == CANNOT
    assert "уже работает" in err
    russian(err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve",), "serve --ticks"),
        (("prepare", "--engine"), "PREFECT_API_URL"),
        (("serve", "--ticks"), "не отвечает"),
    ],
)
def test_another_server_of_prefect_is_left_alone_and_one_that_is_away_is_told(
    run, own, monkeypatch, words, said
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setattr("flows.engine.service._silence", lambda: contextlib.nullcontext(print))
    code, out, err = run(*words, at=own)
    assert code == CANNOT
    assert said in err
    assert not out
    russian(err)


def test_ticks_alone_are_watched_only_for_a_server_that_is_named(run, own, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    code, _, err = run("serve", "--ticks", at=own)
    assert code == CANNOT
    assert "PREFECT_API_URL" in err
    russian(err)


@pytest.mark.parametrize("words", [("serve",), ("prepare", "--engine"), ("note", "--engine")])
def test_without_an_organisation_nothing_is_served_or_started(run, tmp_path, monkeypatch, words):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    code, _, err = run(*words)
    assert code == CANNOT
    assert "nastavnik init" in err
    assert not (tmp_path / "nothing").exists()


# --- import, templates, doctor -------------------------------------------------------------------------------


def test_bringing_a_file_that_cannot_be_read_changes_nothing(run, own, tmp_path):
    book = next(own.rglob("Наставничество*.xlsx"))
    before = book.read_bytes()
    for name, data in (("нет.docx", None), ("не то.docx", b"junk"), ("не то.xlsx", b"junk")):
        if data:
            (tmp_path / name).write_bytes(data)
        code, out, err = run("import", tmp_path / name, "--organisation", desks.SLUG, at=own)
        assert code in {PROBLEMS, CANNOT}
        russian(out + err)
    assert book.read_bytes() == before


def test_forms_are_laid_into_a_folder_filled_and_brought_in(run, own, tmp_path):
    folder = tmp_path / "Анкеты"
    code, out, _ = run("forms", folder)
    assert (code, "новых: 6" in out) == (DONE, True)
    assert (run("forms", folder)[0], len(list(folder.iterdir()))) == (DONE, 6)
    path = folder / "Анкета наставника (вход).xlsx"
    book = openpyxl.load_workbook(path)
    for at, value in enumerate((date(2026, 9, 20), "Н-001", "много"), 1):
        book["Ответы"].cell(2, at, value)
    book.save(path)
    words = ("import", path, "--organisation", desks.SLUG, "--today", "2026-12-10")
    code, out, _ = run(*words, at=own)
    assert code == PROBLEMS
    assert (
        "строка 2: Вопрос «Насколько полезной Вы ожидаете программу наставничества?»: нужно число от 1 до 10"
        in out
    )
    assert "Книга не изменилась." in out
    russian(out)
    book["Ответы"].cell(2, 3, 9)
    book.save(path)
    code, out, _ = run(*words, at=own)
    assert (code, "Анкета наставника (вход): добавлено строк — 1" in out) == (DONE, True)
    code, out, _ = run("forms", folder)
    assert (code, f"не тронута: {path.name}" in out) == (PROBLEMS, True)
    for place in (path, path / "внутри"):
        code, _, err = run("forms", place)
        assert code == CANNOT
        russian(err)


def test_doctor_names_a_kind_that_is_recorded_wrongly(run, monkeypatch):
    def wrong():
        raise Misconfigured("Файл config/documents.toml, вид «case»: шаблона нет.")

    for part in ("_templates", "_prefect", "_engine", "_calendar"):
        monkeypatch.setattr(f"flows.doctor.{part}", lambda *_: iter(()))
    monkeypatch.setattr(settings, "catalogue", wrong)
    code, out, _ = run("doctor")
    assert code == 1
    assert "вид «case»: шаблона нет" in out


def test_templates_are_looked_over(run, tmp_path):
    code, out, _ = run("templates", "check", settings.TEMPLATES / "order.pairs.docx")
    assert (code, "Ошибок нет" in out) == (DONE, True)
    wrong = tmp_path / "order.pairs.docx"
    wrong.write_bytes(b"not a word file")
    code, out, _ = run("templates", "check", wrong)
    assert code == PROBLEMS
    assert "Word" in out
    code, _, err = run("templates", "check", tmp_path / "нет.docx")
    assert code == CANNOT
    russian(err)


def test_the_doctor_names_each_illness(run, own):
    code, out, _ = run("doctor", at=own)
    assert code == DONE, out
    *lines, hint = out.strip().splitlines()
    assert all(line.startswith("✓") for line in lines)
    assert "doctor --try" in hint
    assert not hint.startswith("✓")
    settings.save_place(settings.load_home(own), settings.Place("aaa", book="no-such-book", folder="no"))
    settings.save_place(settings.load_home(own), settings.Place("bbb", folder="no"))
    code, out, _ = run("doctor", at=own)
    assert code == PROBLEMS
    assert "✗ aaa: Книга: не найдено" in out
    assert "✗ Организацию «bbb» начали заводить и не закончили" in out
    russian(out)


def test_the_doctor_says_that_a_book_or_a_folder_takes_nothing_before_a_run_finds_it(run, own, monkeypatch):
    for part in ("_catalogue", "_templates", "_prefect", "_engine", "_private", "_calendar"):
        monkeypatch.setattr(f"flows.doctor.{part}", lambda *_, **__: iter(()))
    book = next(own.rglob("Наставничество*.xlsx"))
    folder = next(each for each in own.iterdir() if each.is_dir() and each.name.startswith("Наставничество"))
    book.chmod(0o400)
    folder.chmod(0o500)
    code, out, _ = run("doctor", at=own)
    folder.chmod(0o700)
    assert code == PROBLEMS
    assert f"✗ {desks.SLUG}: книга читается, но закрыта для записи" in out
    assert f"✗ {desks.SLUG}: папка на месте, но класть в неё файлы нельзя" in out
    place = settings.load_home(own).place(desks.SLUG)
    with desks.opened(own, place) as desk:
        before = desk.now
        assert run("doctor", at=own)[0] == PROBLEMS
        assert desk.writes(before) == 0
        assert desk.now - before <= 3
        desk.space.drive.change(place.folder, {"trashed": True})
    assert "папка лежит в корзине" in run("doctor", at=own)[1]


def test_the_doctor_looks_over_only_the_templates_that_are_not_as_they_were_shipped(tmp_path, monkeypatch):
    looked = []
    shutil.copytree(settings.TEMPLATES, tmp_path / "templates", ignore=shutil.ignore_patterns("*.py", "menu"))
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(doctor, "check", lambda file, kind: looked.append(kind) or examined(file, kind))
    assert list(doctor._templates()) == [("Шаблоны в порядке", True)]
    assert looked == []
    (tmp_path / "templates" / "order.pairs.docx").write_bytes(b"not a word file")
    ((said, fine),) = doctor._templates()
    assert (looked, fine, "order.pairs.docx" in said) == (["order.pairs"], False, True)


# --- as a program of its own ---------------------------------------------------------------------------------


# A process each: the suite starts one, the codes of all the others are looked at in this process.
@pytest.mark.sampled(3)
@pytest.mark.parametrize(("words", "code"), [(["check"], CANNOT), (["--help"], DONE), (["prepar"], CANNOT)])
def test_the_module_ends_with_the_same_codes(tmp_path, words, code):
    environment = {**os.environ, settings.HOME: str(tmp_path / "nothing"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "flows", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=settings.CHECKOUT,
        check=False,
    )
    assert done.returncode == code
    assert re.search("[а-я]", done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def test_the_working_folder_is_the_one_that_is_named(run, own, tmp_path):
    code, _, _ = run("--home", own, "check", "--today", "2026-12-10", at=tmp_path / "other")
    assert code == PROBLEMS


def test_looking_does_not_make_a_folder_out_of_nothing(tmp_path):
    with pytest.raises(Misconfigured):
        settings.load_home(tmp_path / "nothing").place("sadik")
    assert not (tmp_path / "nothing").exists()

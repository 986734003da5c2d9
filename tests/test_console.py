"""The person's screen: every code page is spoken to, progress has no control codes where there is no terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from flows import console, settings, troubles


@pytest.mark.parametrize("page", ["cp866", "cp1251", "ascii"])
def test_a_sentence_is_spelt_with_the_signs_that_a_code_page_has(page):
    written = subprocess.run(
        [sys.executable, "-c", "from flows import console; console.speak(); print('✓ «малыш» → №1 — готово…')"],
        cwd=settings.CHECKOUT, env={**os.environ, "PYTHONIOENCODING": page}, capture_output=True, check=False,
    )  # fmt: skip
    assert written.returncode == 0, written.stderr
    told = written.stdout.decode(page)
    assert told.startswith("+ ")
    assert ("малыш" in told) == (page != "ascii")
    assert "->" in told


def test_without_a_terminal_several_organisations_are_plain_lines_and_one_is_none():
    out = io.StringIO()
    with console.progress(2, out) as begin:
        begin("a")
        begin("b")
    assert out.getvalue() == "1 из 2: a\n2 из 2: b\n"
    out = io.StringIO()
    with console.progress(1, out) as begin:
        begin("a")
    assert not out.getvalue()


def test_on_a_terminal_progress_moves_and_an_old_code_page_gets_no_sign_it_lacks():
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    raw = io.BytesIO()
    out = Terminal(raw, encoding="cp866", errors="strict")
    with console.progress(3, out) as begin:
        begin("malysh")
    out.flush()
    assert b"malysh" in raw.getvalue()


def test_what_is_kept_of_an_error_names_code_and_no_data(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME, str(tmp_path))
    (tmp_path / ".nastavnik").mkdir()
    try:
        int("Иванова Мария Петровна")
    except ValueError as error:
        said = troubles.told(error)
    log = tmp_path / ".nastavnik" / troubles.FILE
    kept = log.read_text("utf-8")
    assert "ValueError" in said
    assert str(log) in said
    assert "test_console.py" in kept
    assert "Иванова" not in said + kept
    assert sys.platform == "win32" or log.stat().st_mode & 0o777 == 0o600


def test_where_there_is_no_home_the_place_in_the_code_is_said_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME, str(tmp_path / "nothing"))
    try:
        int("x")
    except ValueError as error:
        said = troubles.told(error)
    assert "test_console.py" in said
    assert not (tmp_path / "nothing").exists()

"""Names of files and folders: inside their folder, on every disk, whatever a person or a paper is called (faults F21)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from flows.domain.model import Planned
from flows.workspace import names

HOSTILE = [
    "../../etc/passwd", "..\\..\\windows", "/", "\\", ".", "..", "...", "", "   ", "CON", "con.docx", "NUL", "a/b", "a:b", 'a"b', "a|b", "a?b*c", "<b>", "конец.", " начало", "\t", "a\nb",
    "\x00", "a\x07b", "\x7f\x85", "\u202eтекст", "\u200bневидимый", "\ufeffbom", "\ud800", "a\udfffb", "\ufffe", "й" * 500, "слово " * 100, "😀" * 200, "👨‍👩‍👧", "И\u0306ванова", "Орлова\u00a0В.Д.", "%2e%2e", "~$x", "-rf", "=1+1",
]  # fmt: skip
SHAPE = "ПРОЕКТ Приказ {title} ({draft}, в{version}).docx"


def planned(title="О закреплении наставнических пар", who=""):
    return Planned("sadik/x/y/2026-2027", "x", "П-001", "2026-2027", title, "x.docx", (), SHAPE, {}, who=who)


def sound(name):
    assert name
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u200b-\u200f\ud800-\udfff]', name)
    assert name == name.strip(" ")
    assert not name.startswith(".")
    assert not name.endswith(".")
    assert len(name) <= 120
    assert len(name.encode()) <= 240


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_makes_a_name_that_every_disk_takes(text):
    sound(names.folder_name(text))
    sound(names.safe(text, ".docx"))


@pytest.mark.parametrize("text", HOSTILE)
def test_number_and_version_survive_any_title_and_any_person(text):
    for paper in (planned(title=text), planned(who=text), planned(title=text, who=text)):
        name = names.file_name(paper, "ПР-2026-017", 3)
        sound(name)
        assert name.startswith("ПРОЕКТ Приказ")
        assert name.endswith("(ПР-2026-017, в3).docx")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_final_is_named_by_its_day_and_number(text):
    name = names.final_name(planned(title=text), "26/1", date(2026, 9, 1))
    sound(name)
    assert name.startswith("2026-09-01 Приказ №26-1")
    assert name.endswith(".docx")


def test_a_plain_name_stays_as_it_is():
    assert names.folder_name("П-001 Орлова В.Д. – Белова Д.А.") == "П-001 Орлова В.Д. – Белова Д.А"
    assert (
        names.file_name(planned(), "ПР-2026-017", 1)
        == "ПРОЕКТ Приказ О закреплении наставнических пар (ПР-2026-017, в1).docx"
    )


def test_a_long_title_is_cut_at_a_word():
    assert names.safe("слово " * 100).endswith("слово")

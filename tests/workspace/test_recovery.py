"""Rows that staff deleted from the register come back from what their files carry (faults F12); copies are only named (F13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.domain.model import Filed
from flows.domain.register import fingerprint
from flows.workspace import drafts, recovery
from flows.workspace.drive import Entry

KEY = "sadik/order.pairs/sadik/2026-2027"
MANY = tuple(f"П-{number:03d}" for number in range(1, 200))
FILED = Filed(
    KEY,
    2,
    "order.pairs",
    "О закреплении",
    "ПР-2026-007",
    "проект",
    "file-1",
    "sha",
    "md5",
    "",
    "",
    covers=("П-001", "П-002"),
    name="ПРОЕКТ Приказ.docx",
)


def entry(filed, **more):
    told = drafts.properties_of("sadik", replace(filed, intended=f"{filed.fingerprint}:{filed.checksum}"))
    return Entry(
        filed.file_id, filed.name, "application/x", "p", trashed=False, md5="md5", properties=told, **more
    )


@pytest.mark.parametrize("covers", [(), ("П-001",), MANY[:12], MANY[:13], MANY])
def test_everything_the_register_needs_is_carried_by_the_file(covers):
    filed = replace(FILED, covers=covers)
    carried = entry(filed).properties
    assert all(len((name + value).encode()) <= 124 for name, value in carried.items())
    assert recovery.lost((), [entry(filed)]) == (replace(filed, title=""),)


def test_a_file_that_the_register_knows_is_not_lost():
    assert recovery.lost((FILED,), [entry(FILED)]) == ()


def test_a_trashed_file_and_one_of_nobody_stay_out():
    stranger = Entry("x", "Моё.docx", "application/x", "p", trashed=False)
    assert recovery.lost((), [replace(entry(FILED), trashed=True), stranger]) == ()


def test_of_two_files_with_one_key_and_version_only_the_older_comes_back():
    copy = replace(entry(FILED), id="file-2")
    assert [row.file_id for row in recovery.lost((), [entry(FILED), copy])] == ["file-1"]


def test_a_copy_of_a_paper_in_the_register_is_noted_and_never_taken_for_it():
    copy = replace(entry(FILED), id="file-2")
    assert recovery.lost((FILED,), [entry(FILED), copy]) == ()
    found = list(recovery.copies((FILED,), [entry(FILED), copy]))
    assert [each.code for each in found] == ["paper-copied"]
    assert "удалите её" in found[0].message


def test_a_registered_paper_comes_back_as_registered_but_without_a_number():
    """Numbers are typed by people and never invented."""
    final = replace(FILED, name="2026-09-01 Приказ №26 О закреплении.docx", final=True, draft_number="")
    row = recovery.lost((), [entry(final)])[0]
    assert (row.state, row.final, row.registered, row.number, row.day) == (
        "зарегистрирован",
        True,
        True,
        "",
        None,
    )


def test_a_later_version_with_fewer_pairs_forgets_the_others():
    """Drive adds properties to those a file has: the end of the list must be told too."""
    longer = drafts.properties_of("sadik", replace(FILED, covers=MANY[:30]))
    shorter = drafts.properties_of("sadik", replace(FILED, covers=MANY[:3]))
    merged = Entry(
        "file-1", FILED.name, "application/x", "p", trashed=False, properties={**longer, **shorter}
    )
    assert recovery.lost((), [merged])[0].covers == MANY[:3]


@pytest.mark.parametrize(
    ("pairs", "fields"), [(0, 0), (3, 99), (3, 100), (3, 101), (40, 700), (240, 200), (300, 700)]
)
def test_a_file_carries_its_fingerprint_in_so_many_properties_as_drive_keeps(pairs, fields):
    sha = ".".join(["2", "a" * 16, "b" * 32, *(["x" * fields] if fields else [])])
    row = replace(FILED, covers=tuple(f"П-{at:03d}" for at in range(pairs)))
    carried = recovery.carried(row, sha, "m")
    assert all(len(name.encode()) + len(text.encode()) <= 124 for name, text in carried.items())
    said = recovery._said(carried)
    full = pairs == 300
    assert said == (fingerprint.short(sha) if full else sha)
    assert full or len(carried) + 3 <= 30

"""The audit says what it was told: a package nobody answered about is not a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import report

ROOT = Path(__file__).parents[2]
SOUND = {"name": "one", "version": "1", "vulns": []}
SKIPPED = {"name": "two", "skip_reason": "not found"}
HOLED = {"name": "three", "version": "3", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1"]}]}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SOUND], 0, "Проверено пакетов: 1. Известных уязвимостей: 0."),
        ([SOUND, SKIPPED], 2, "Не проверено пакетов: 1 из 2."),
        ([], 2, "Не проверено пакетов: 0 из 0."),
        ([HOLED, SKIPPED], 1, "three 3: PYSEC-1, исправлено в 3.1"),
    ],
    ids=["sound", "not answered", "nothing asked", "a hole"],
)
def test_what_was_not_asked_about_is_never_told_as_sound(packages, code, said):
    found = report.audit({"dependencies": packages})
    assert found.code == code
    assert said in "\n".join(report.lines(found))


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0", True),
        ("MIT AND GPL-2.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("BSD License; Apache Software License", True),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_a_licence_fits_when_it_asks_no_more_than_ours(licence, fits):
    assert report.permissive(licence) is fits
    assert report.licences([{"Name": "X_y", "License": licence}], {"x-y"})[1] == ([] if fits else ["x-y"])


def test_the_kept_list_names_what_is_pinned():
    kept = {
        line.partition(": ")[0] for line in (ROOT / "config" / "licences.txt").read_text("utf-8").splitlines()
    }
    requirements = (ROOT / "requirements.txt").read_text("utf-8")
    assert report.pinned(requirements, anywhere=False) <= kept <= report.pinned(requirements)

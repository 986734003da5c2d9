"""The slips that `make faults` must notice still have a place to be put, and leave a file that can be read."""

from __future__ import annotations

import ast

import pytest

from tests.faults.mutations import CHECKOUT, SLIPS


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.file)
def test_a_slip_changes_its_file_and_can_be_read(slip):
    source = (CHECKOUT / slip.file).read_text("utf-8")
    changed = slip.put(source)
    assert changed != source
    ast.parse(changed)

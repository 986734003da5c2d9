"""The table of faults: F1 to F32, each with what holds it or with a reason; every test and command it names is there."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = tomllib.loads(Path(__file__).with_name("table.toml").read_text("utf-8"))


@cache
def defined(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_fault_stands_in_the_table_once_and_in_order():
    assert list(TABLE) == [f"F{number}" for number in range(1, 33)]


@pytest.mark.parametrize("number", TABLE)
def test_a_fault_is_held_by_tests_that_exist_or_says_why_not(number):
    row = TABLE[number]
    assert row.keys() <= {"what", "tests", "commands", "why"}
    assert row["what"]
    assert row.get("tests") or row.get("why")
    for each in row.get("tests", ()):
        path, _, name = each.partition("::")
        assert name in defined(path), each
    for each in row.get("commands", ()):
        assert find_spec(each), each

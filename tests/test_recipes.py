"""CONTRIBUTING.md is true: each recipe, followed to the letter, works and touches the files it names.

`tests/recipes/NAME.diff` is what following a recipe gave, `NAME.py` shows in a copy of the checkout that it works.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = ROOT / "tests" / "recipes"
NAMES = ("kind", "plain_kind", "column", "note", "store", "check", "sentence")
CHAPTERS = dict(zip(NAMES, re.split(r"(?m)^### ", PAGE)[1:], strict=True))
STEP = re.compile(r"(?m)^\d+\. `([^`]+)`")
PATH = re.compile(r"`((?:flows|tests|templates|config)/[\w./-]+|[A-Z]+\.md|pyproject\.toml)`")


def diff(name):
    return (RECIPES / f"{name}.diff").read_text("utf-8")


def touched(name):
    return re.findall(r"(?m)^\+\+\+ b/(.+)$", diff(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_names_the_files_that_following_it_touches(name):
    assert sorted(STEP.findall(CHAPTERS[name])) == sorted(touched(name))


@pytest.mark.parametrize(("name", "most"), [("kind", 3), ("plain_kind", 2), ("column", 4)])
def test_an_everyday_change_needs_few_files(name, most):
    """A record and a text, and one small file where the kind has facts of its own; beside them the sample of the tests."""
    assert len([path for path in touched(name) if not path.startswith("tests/")]) == most


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_still_fits_the_files_it_changes(name):
    place = {**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
    command = ["git", "apply", "--check", RECIPES / f"{name}.diff"]
    run = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


# Each is a program started anew in a copy of the checkout: the suite follows every fourth recipe, and looks that all of them still fit.
@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_followed_works(name, tmp_path):
    for folder in ("flows", "templates", "config"):
        # What is compiled already comes along: it is as good for the files that stay the same.
        shutil.copytree(ROOT / folder, tmp_path / folder)
    place = {**os.environ, "PYTHONPATH": str(tmp_path), "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    for command in (
        ["git", "apply", RECIPES / f"{name}.diff"],
        [sys.executable, "-P", RECIPES / f"{name}.py"],
    ):
        run = subprocess.run(command, cwd=tmp_path, env=place, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_page_names_every_room_of_the_core_in_their_order():
    rooms = re.findall(r"(?m)^\| `(\w+)/?` \|", PAGE)
    there = [room for room in house.ROOMS if any((ROOT / "flows" / "domain").glob(f"{room}*"))]
    assert rooms == there


def test_every_place_the_page_and_the_decisions_name_is_there():
    made = {path for name in NAMES for path in touched(name) if "--- /dev/null\n+++ b/" + path in diff(name)}
    for page in (ROOT / "CONTRIBUTING.md", *(ROOT / "config" / "decisions").glob("*.md")):
        named = PATH.findall(page.read_text("utf-8"))
        assert named
        assert not [place for place in named if place not in made and not (ROOT / place).exists()], page.name


def test_the_page_names_targets_of_make_that_exist():
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    assert set(re.findall(r"\bmake ([a-z]+)", PAGE)) <= targets

"""The order of the house: who may import whom, what a module may be called, where time and chance may come from."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from flows import schedule, settings
from flows.domain import tabs
from flows.domain.book import card
from flows.domain.planning import doubt
from tests import house

ROOT = settings.CHECKOUT
FLOWS = ROOT / "flows"
MODULES = sorted(FLOWS.rglob("*.py"))
CORE = {"domain", "russian"}
# Who may import whom (DESIGN §2). Rooms that are not named here are the outer files: they may import all that lies below.
MAY = {
    "russian": set(), "libreoffice": set(), "public_holidays": set(), "domain": {"russian"}, "intake": CORE | {"libreoffice"}, "papers": CORE | {"libreoffice"}, "workspace": CORE, "settings": CORE | {"public_holidays"}, "office": set(),
    "work": CORE | {"intake", "papers", "workspace", "settings"},
}  # fmt: skip
# `settings` turns config/workbook.toml into the layout that the workspace reads by: only its dataclasses, nothing of Google.
EXCEPTIONS = {("flows.settings", "flows.workspace.layout")}
# The record of kinds is a part of the program, as its modules are; the core reads no other file.
READS = {"flows.domain.catalogue.record"}
OUTSIDE = {"random", "secrets", "time", "uuid", "os", "socket", "requests", "subprocess", "pathlib"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
COMMANDS = {
    "account_commands",
    "checking_commands",
    "cli",
    "command_types",
    "founding_commands",
    "keeping_commands",
    "municipality_commands",
}
OUTER = {"cli", "prepare", "on_request", "monitor", "council", "municipality", "schedule", "demo", "engine"}


def name_of(path):
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path):
    """Every module that a file imports, wherever in the file: `from flows import x` counts as `flows.x`."""
    return tuple(_imported(path))


def _imported(path):
    for node in house.nodes(path):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            base = str(node.module)
            inner = (
                [f"{base}.{each.name}" for each in node.names] if base.partition(".")[0] == "flows" else []
            )
            yield from ([each for each in inner if is_module(each)] or [base])


def is_module(name):
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def room(name):
    return name.split(".")[1] if "." in name else name


def test_imports_run_one_way():
    for path in MODULES:
        mine = name_of(path)
        if room(mine) in MAY:
            others = {
                other for other in imported(path) if other.startswith("flows.") and room(other) != room(mine)
            }
            barred = {other for other in others if room(other) not in MAY[room(mine)]}
            assert not {(mine, other) for other in barred} - EXCEPTIONS


def test_nothing_below_imports_the_outer_files():
    outer = {room(name_of(path)) for path in MODULES} - MAY.keys() - {"flows"}
    for path in MODULES:
        if room(name_of(path)) in MAY:
            assert not {room(other) for other in imported(path) if other.startswith("flows.")} & outer, (
                name_of(path)
            )


def test_only_the_outer_files_know_prefect_and_the_command_line():
    for path in MODULES:
        told = {other.partition(".")[0] for other in imported(path)}
        assert "prefect" not in told or room(name_of(path)) in OUTER, name_of(path)
        assert "click" not in told or room(name_of(path)) in COMMANDS, name_of(path)


def test_only_the_workspace_knows_google_and_only_outer_files_choose_the_office():
    for path in MODULES:
        mine, told = room(name_of(path)), {other.partition(".")[0] for other in imported(path)}
        assert not told & {"gspread"} or mine == "workspace", name_of(path)
        assert "googleapiclient" not in told or mine in {"workspace", "office"}, name_of(path)
        assert "google" not in told or mine in {"workspace", "settings"}, name_of(path)
        if "flows.office" in {other[:12] for other in imported(path)}:
            assert mine == "office" or mine not in MAY, name_of(path)


def test_a_package_whose_types_are_not_read_is_none_that_we_import():
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["overrides"]
    left = {name for told in overrides if told.get("follow_imports") == "skip" for name in told["module"]}
    assert left
    for path in MODULES:
        for other in imported(path):
            assert not [name for name in left if fnmatch(f"{other}.", f"{name.removesuffix('.*')}.*")], (
                name_of(path)
            )


def test_no_module_is_called_like_a_package_we_import():
    packages = (
        {other.partition(".")[0] for path in MODULES for other in imported(path)}
        - {"flows"}
        - sys.stdlib_module_names
    )
    names = {path.stem if path.stem != "__init__" else path.parent.name for path in MODULES} - {
        "flows",
        "__main__",
    }
    assert not names & packages


def test_the_core_knows_no_clock_and_no_chance():
    for path in MODULES:
        if room(name_of(path)) in CORE:
            outside = OUTSIDE - {"pathlib"} if name_of(path) in READS else OUTSIDE
            assert not {other.partition(".")[0] for other in imported(path)} & outside, name_of(path)
            for node in house.nodes(path):
                if isinstance(node, ast.Attribute):
                    assert (getattr(node.value, "id", ""), node.attr) not in CLOCKS, name_of(path)
                called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
                assert called not in {"open", "print", "input"}, name_of(path)


def test_no_modules_import_one_another_in_a_circle():
    assert not house.circle(ROOT)


def test_a_room_of_the_core_imports_only_what_stands_above_it():
    assert not house.upward(ROOT)


def test_what_stands_in_no_room_of_the_core_is_little():
    assert len(house.files_in_the_hall(ROOT)) <= house.MOST_FILES


def test_modules_and_functions_stay_short():
    assert not house.too_long(ROOT)


def test_no_line_of_code_is_wider_than_a_page():
    assert not house.too_wide(ROOT)


def test_a_module_says_what_it_is():
    for path in MODULES:
        told = ast.get_docstring(house.tree(path))
        assert told, name_of(path)
        assert told[0].isupper() or told[0] in "«`", name_of(path)


def test_nothing_is_left_unfinished():
    for path in MODULES:
        text = path.read_text("utf-8")
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", text), name_of(path)


# --- deployments ---------------------------------------------------------------------------------------------


def test_prefect_yaml_is_written_from_the_schedule():
    assert (ROOT / "prefect.yaml").read_text("utf-8") == schedule.as_yaml()


def test_every_schedule_has_a_zone_that_exists_and_a_slug_of_its_own():
    for each in schedule.DEPLOYMENTS:
        planned = each.schedules(schedule.ZONES)
        slugs = [told["slug"] for told in planned]
        assert len(set(slugs)) == len(slugs)
        for told in planned:
            assert str(ZoneInfo(told["timezone"])) == told["timezone"]
            assert re.fullmatch(r"[a-z-]+", told["slug"])
            assert len(told["cron"].split()) == 5


@pytest.mark.parametrize("each", schedule.DEPLOYMENTS, ids=lambda each: each.name)
def test_what_a_schedule_passes_is_what_its_flow_takes(each):
    module, _, name = each.entrypoint.rpartition(".")
    flow = getattr(import_module(module), name)
    model = getattr(import_module(module), flow.fn.__annotations__["request"])
    for told in each.schedules(schedule.ZONES, home="0" * 12):
        assert told["parameters"].keys() == {"request"}
        assert told["parameters"]["request"].keys() <= model.model_fields.keys()
        model.model_validate(told["parameters"]["request"])
    assert all(field.title for field in model.model_fields.values())


@pytest.mark.parametrize("each", schedule.DEPLOYMENTS, ids=lambda each: each.name)
def test_the_form_of_a_deployment_has_its_fields_and_takes_no_others(each):
    module, _, name = each.entrypoint.rpartition(".")
    flow = getattr(import_module(module), name)
    model = getattr(import_module(module), flow.fn.__annotations__["request"])
    schema = flow.parameters.model_dump()
    form = schema["definitions"][model.__name__]
    own = model.model_json_schema()
    assert form["properties"].keys() == model.model_fields.keys()
    for field, told in own["properties"].items():
        assert form["properties"][field]["title"] == told["title"]
        assert form["properties"][field].get("pattern") == told.get("pattern")
    assert form["additionalProperties"] is False
    assert ("request" in schema["required"]) == ("organisation" in own.get("required", ()))
    for wrong in (
        {"organisatoin": "x"},
        {"organisation": "x", "zone": "Europe/Nowhere"},
        {"organisation": "x", "home": "../"},
    ):
        with pytest.raises(ValueError, match="validation error"):
            model.model_validate(wrong)


def test_no_deployment_has_a_limit_that_a_dead_run_would_hold():
    assert "concurrency_limit" not in schedule.as_yaml()


def test_what_serves_for_months_does_not_bring_the_clients():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, flows.engine.polling, flows.engine.service; print([name for name in ('gspread', 'googleapiclient', 'openpyxl', 'docx') if name in sys.modules])"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.stdout.strip() == "[]", told.stderr


def test_help_brings_neither_the_clients_nor_planning_nor_the_calendar():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, flows.cli; print([name for name in ('requests', 'openpyxl', 'docx', 'jinja2', 'holidays', 'flows.domain.planning', 'flows.domain.terms') if name in sys.modules])"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.stdout.strip() == "[]", told.stderr


# --- the book and the code speak of the same things ----------------------------------------------------------


def columns():
    return [(tab, column) for tab in settings.book_layout().tabs for column in tab.columns]


def test_every_choice_and_every_list_of_names_exists():
    layout = settings.book_layout()
    for _, column in columns():
        kind, _, name = column.kind.partition(":")
        assert kind in {
            "text",
            "date",
            "moment",
            "int",
            "mark",
            "flag",
            "link",
            "choice",
            "hints",
            "names",
        }, column
        assert kind not in {"choice", "hints"} or layout.lists[name]
        assert kind != "names" or layout.tab(name)


def test_tabs_that_hold_papers_back_are_tabs_of_the_book():
    titles = {tab.title for tab in settings.book_layout().tabs}
    assert doubt.PEOPLE | {tabs.ROADMAP, tabs.MEETINGS, tabs.DECLENSIONS, tabs.SETTINGS} <= titles
    of_district = {tab.title for tab in settings.district_layout().tabs}
    for kind in settings.catalogue().values():
        assert doubt.needs(kind) <= (of_district if kind.of_district else titles)
        assert not kind.kept_in or kind.kept_in in of_district - titles


def test_what_the_card_needs_is_asked_for_in_the_book():
    asked = {line.name.removesuffix(" *"): line.name for line in settings.book_layout().organisation}
    for name in card.NEEDED:
        assert asked[name].endswith(" *")


# --- what git holds ------------------------------------------------------------------------------------------


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file() and not {".venv", "__pycache__", ".git"} & set(path.parts)
        ]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


PLACES = ["work", "root", "tmp", "home/[a-z]+", "Users/[A-Za-z]+"]
REGISTRIES = ["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:com|org)"]


def test_no_file_in_git_names_a_place_of_one_machine_or_a_registry():
    spoken = re.compile(rf"(?<![\w.~}}>)\]-])/(?:{'|'.join(PLACES)})(?![\w-])|{'|'.join(REGISTRIES)}")
    for path in tracked():
        if not path.exists() or path.suffix in {".docx", ".xlsx", ".png", ".pdf", ".gz"}:
            continue
        found = spoken.search(path.read_text("utf-8", "replace"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_the_pinned_requirements_are_hashed_and_name_no_index():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if re.match(r"[A-Za-z0-9]", line)]
    assert pins
    assert all("==" in line for line in pins)
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)
    assert not [line for line in lines if line.startswith(("-i", "--index", "--extra", "--find", "-f"))]


def test_this_python_is_one_we_promise():
    assert sys.version_info >= (3, 11)

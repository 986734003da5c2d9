"""The tool that changes the core: what it may change, what it draws, what it leaves out, what it tells."""

import json
import shutil
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.mutants import covering, equivalents, report
from tests.mutants.covering import Covering
from tests.mutants.judging import EQUIVALENT, REJECTED, Judge
from tests.mutants.operators import mutations
from tests.mutants.sampling import draw
from tests.mutants.workshop import KILLED, SURVIVED, TIMED_OUT, Workshop

ROOT = Path(__file__).parents[2]
ROOM = "flows/domain/planning"
DAYS = '''"""Сроки."""
LEAD = 14
SEASONS = {"осень", "весна"}


def late(day, last):
    """Say whether a day is past: 'a < b' in a docstring is no comparison."""
    return day > last  # «день» — кириллица сдвигает столбцы
'''
TESTS = """from flows.domain.planning.days import late

def test_the_day_after_is_late():
    assert late(2, 1)

def test_the_day_before_is_not():
    assert not late(1, 2)

def test_that_fails_by_itself():
    assert late(1, 1)
"""
EVERY = """
def pytest_addoption(parser):
    parser.addoption("--every", action="store_true")
"""


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a == b", {"x = a != b"}),
        ("x = a not  in b", {"x = a in b"}),
        ("x = (a) is not (b)", {"x = (a) is (b)"}),
        ("x = 1 < a", {"x = 0 < a", "x = 2 < a", "x = 1 <= a", "x = 1 >= a"}),
        ("x = a and b and c", {"x = a or b and c", "x = a and True and c", "x = a and b or c", "x = a and b and True"}),
        ("x = a or (b.c)", {"x = a and (b.c)", "x = a or (False)"}),
        ("x = not(a)", {"x = (a)"}),
        ("x = True", {"x = False"}),
        ("max(a)", {"min(a)", "pass"}),
        ("x = any(a)", {"x = all(a)"}),
        ("x = sorted(a, key=b)", {"x = sorted(a, key=b)[::-1]"}),
        ('x = {"да", "нет"}', {'x = {"нет"}', 'x = {"да"}'}),
        ("x = (A, B, m.C)", {"x = (B, m.C)", "x = (A, m.C)", "x = (A, B)"}),
        ("x = (A, B)", set()),
        ("x += y", {"pass"}),
        ("x = y", set()),
        ("x.y = z", {"pass"}),
        ("tell(x)", {"pass"}),
        ("x = [a for a in b if c]", {"x = [a for a in b if True]"}),
        ("def f(a='нет'): pass", {'def f(a=""): pass'}),
        ("class A:\n    b: int = 3", {"class A:\n    b: int = 2", "class A:\n    b: int = 4"}),
        ("def f() -> str: return a", {'def f() -> str: return ""'}),
        ("def f() -> int | None:\n    if a: return b", {"def f() -> int | None:\n    if False: return b", "def f() -> int | None:\n    if a: return None"}),
        ("def f() -> tuple[int, str]: return a", set()),
        ("def f():\n    yield a", {"def f():\n    yield from ()"}),
        ("@d(True)\ndef f(a: L[1]): 'words'", set()),
        ("from __future__ import annotations\nif TYPE_CHECKING:\n    import a", set()),
        ('x = f"{1 + a}"', set()),
    ],
)  # fmt: skip
def test_a_mutation_changes_its_token_and_nothing_else(source, changes):
    text = f"# ёж\n{source}\n".encode()
    offered = [each.applied(text).decode() for each in mutations(text)]
    assert sorted(offered) == sorted(f"# ёж\n{each}\n" for each in changes)


def test_a_guard_is_covered_by_the_lines_of_its_condition_and_not_by_its_body():
    text = b"def f():\n    if (a\n            and b):\n        tell()\n        return\n"
    assert {each.lines for each in mutations(text) if each.line in {2, 3}} == {(2, 3)}


def test_the_same_seed_draws_the_same_mutants_and_each_line_once():
    first, again, other = (list(islice(draw(ROOT, seed, "catalogue"), 40)) for seed in (1, 1, 2))
    assert first == again
    assert [each.place for each in first] != [each.place for each in other]
    assert len({each.place for each in first}) == len(first)
    assert [each.number for each in first] == list(range(1, 41))
    assert all(each.path.startswith("flows/domain/catalogue/") for each in first)


def test_every_named_equivalent_still_stands_in_the_core():
    assert equivalents.outlived(ROOT, equivalents.read(equivalents.KEPT.read_text("utf-8"))) == []


def test_an_entry_of_a_line_that_is_gone_is_told(tmp_path):
    root = checkout(tmp_path)
    named = "{}\n{}\n{}\nпричина"
    here = named.format(
        f"{ROOM}/days.py", "return day > last  # «день» — кириллица сдвигает столбцы", "> → >="
    )
    gone = named.format(f"{ROOM}/days.py", "return day > never", "> → >=")
    other = named.format(f"{ROOM}/none.py", "x", "> → >=")
    left = equivalents.outlived(root, equivalents.read(f"# слово\n\n{here}\n\n{gone}\n\n{other}\n"))
    assert [each.text for each in left] == ["return day > never", "x"]
    with pytest.raises(ValueError, match="not four lines"):
        equivalents.read("module\nline")


class Bench(Workshop):
    """A workshop that runs no pytest: a mutant dies when its change is among those it is told of."""

    killing = frozenset({"> → <="})

    def reads(self, mutant, *, at_import):
        return True

    def try_out(self, mutant, tests, seconds):
        self.folder.joinpath("ran.txt").open("a").write(f"{mutant.change} {' '.join(tests)}\n")
        return KILLED if mutant.change in self.killing else SURVIVED


def checkout(root):
    place = root / ROOM
    place.mkdir(parents=True)
    for each in (place, *list(place.parents)[:2]):
        (each / "__init__.py").touch()
    (place / "days.py").write_text(DAYS, "utf-8")
    for name in ("config", "templates", "tests/domain", "tests/mutants"):
        (root / name).mkdir(parents=True)
    (root / "tests" / "__init__.py").touch()
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
        (root / name).touch()
    (root / "tests" / "test_days.py").write_text(TESTS, "utf-8")
    return root


KNOWN = Covering(
    {
        "tests/road/test_long.py::a": {"seconds": 99, "lines": {f"{ROOM}/days.py": [8]}},
        "tests/domain/test_wide.py::a": {"seconds": 1, "lines": {f"{ROOM}/days.py": [8], f"{ROOM}/due.py": [1, 2]}},
        "tests/domain/test_narrow.py::a": {"seconds": 1, "lines": {f"{ROOM}/days.py": [8]}},
        "tests/roadmaps/test_twins.py::a": {"seconds": 99, "lines": {}},
        "tests/domain/test_other.py::a": {"seconds": 1, "lines": {f"{ROOM}/due.py": [1]}},
    },
    {f"{ROOM}/days.py": [1, 2, 3, 6]},
    (),
)  # fmt: skip


def judged(root, entries=(), killing=Bench.killing, lines=KNOWN, number=None):
    bench = Bench(root, root)
    object.__setattr__(bench, "killing", killing)
    drawn = [each for each in draw(root, 1) if number is None or each.mutation.line == number]
    return list(Judge(bench, lines, entries).judge(drawn, "1:", 50))


def test_narrow_tests_go_first_then_the_roadmaps_then_the_road():
    with_line = next(draw(ROOT, 1, "columns"))
    tests = {name: {**told, "lines": {with_line.path: [*lines]} if lines else {}} for (name, told), lines in zip(
        KNOWN.tests.items(), ([with_line.mutation.line], range(400), [with_line.mutation.line], (), ()), strict=True)}  # fmt: skip
    known = Covering(tests, {}, ())
    names = [name.split("_")[1].split(".")[0] for name in known.of(with_line)]
    assert names == ["narrow", "wide", "twins", "long"]
    assert [name.split("_")[1].split(".")[0] for name in known.within(known.of(with_line))] == names[:3]


def test_a_survivor_is_told_with_its_line_and_change_and_a_killed_one_is_counted(tmp_path):
    root = checkout(tmp_path)
    told = "\n".join(report.lines(judged(root, killing={"> → <=", "> → >="})))
    assert "killed 1 of 3 (33 %)\nplanning: killed 1 of 3 (33 %)" in told
    assert f"{ROOM}/days.py:2 number: 14 → " in told
    assert "LEAD = 14  (3 of 4 covering tests)" in told


def test_an_equivalent_leaves_the_count(tmp_path):
    root = checkout(tmp_path)
    change = judged(root, number=2)[0].change
    entry = equivalents.Equivalent(f"{ROOM}/days.py", "LEAD = 14", change, "нигде не читается")
    verdict = judged(root, (entry,), number=2)[0]
    assert (verdict.outcome, verdict.remark) == (EQUIVALENT, "нигде не читается")
    assert list(report.lines([verdict])) == [
        "killed 0 of 0",
        "planning: killed 0 of 0",
        "left out: 1 equivalent, 0 rejected",
    ]


def test_a_line_that_no_test_executes_survives_by_itself(tmp_path):
    root = checkout(tmp_path)
    verdict = judged(root, lines=Covering({}, {}, ()), number=8)[0]
    assert (verdict.outcome, verdict.remark) == (SURVIVED, "no test executes this line")
    assert not (root / "ran.txt").exists()


def test_a_stopped_run_goes_on_and_a_survivor_is_tried_again_when_a_test_changed(tmp_path):
    root = checkout(tmp_path)
    every = frozenset({"> → <=", "> → >="})
    for number in (2, 8):
        judged(root, number=number, killing=every)
    ran = (root / "ran.txt").read_text()
    for number in (2, 8):
        judged(root, number=number, killing=frozenset())
    assert (root / "ran.txt").read_text() == ran
    (root / "tests" / "test_days.py").write_text(TESTS + "\n", "utf-8")
    for number in (2, 8):
        judged(root, number=number, killing=frozenset())
    assert len((root / "ran.txt").read_text().splitlines()) == len(ran.splitlines()) + 1
    assert len([json.loads(line) for line in (root / "results.jsonl").read_text("utf-8").splitlines()]) == 3


def test_a_mutant_that_cannot_be_imported_is_rejected(tmp_path):
    root = checkout(tmp_path)
    days = root / ROOM / "days.py"
    days.write_text("LAST = [1][0]\n", "utf-8")
    workshop = Workshop(root, root / ".mutants")
    workshop.folder.mkdir()
    mutants = {each.change: each for seed in range(40) for each in draw(root, seed)}
    workshop.prepare()
    assert not workshop.reads(mutants["0 → 1"], at_import=True)
    assert workshop.reads(mutants["0 → 1"], at_import=False)
    assert workshop.reads(mutants["1 → 2"], at_import=True)
    assert (workshop.tree / ROOM / "days.py").read_bytes() == days.read_bytes()


@pytest.mark.spare("test_only_the_end_of_pytest_says_what_became_of_a_mutant")
def test_a_real_run_knows_the_tests_of_a_line_and_kills_what_they_notice(tmp_path, monkeypatch):
    root = checkout(tmp_path)
    (root / "tests" / "test_days.py").rename(root / "tests" / "domain" / "test_days.py")
    for each in (ROOT / "tests" / "mutants").glob("*.py"):
        if each.name != "test_mutants.py":
            shutil.copy(each, root / "tests" / "mutants")
    (root / "tests" / "conftest.py").write_text(EVERY, "utf-8")
    monkeypatch.setattr(covering, "ROOMS", ("tests/domain",))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # three starts of pytest: quicker ones
    workshop = Workshop(root, root / ".mutants")
    workshop.prepare()
    known = covering.learn(workshop)
    names = {test: said["lines"].get(f"{ROOM}/days.py") for test, said in known.tests.items()}
    assert names == {
        "tests/domain/test_days.py::test_the_day_after_is_late": [8],
        "tests/domain/test_days.py::test_the_day_before_is_not": [8],
    }
    assert known.failed == ("tests/domain/test_days.py::test_that_fails_by_itself",)
    assert covering.learn(workshop) == known
    drawn = {each.change: each for seed in range(20) for each in draw(root, seed) if each.mutation.line == 8}
    judge = Judge(workshop, known, ())
    told = [next(judge.judge([drawn[change]], "1:", 1)).outcome for change in ("> → <=", "> → >=")]
    assert told == [KILLED, SURVIVED]


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ("0", SURVIVED),
        ("1", KILLED),
        ("2", KILLED),
        ("__import__('os').kill(__import__('os').getpid(), 24)", TIMED_OUT),
    ],
)
def test_only_the_end_of_pytest_says_what_became_of_a_mutant(tmp_path, monkeypatch, ends, outcome):
    root = checkout(tmp_path)
    workshop = Workshop(root, root)
    (root / "tree").mkdir()
    monkeypatch.setattr("tests.mutants.workshop.PYTEST", (sys.executable, "-Sc", f"raise SystemExit({ends})"))
    assert workshop.try_out(next(draw(root, 1)), ["tests/test_days.py::a"], 5) == outcome


def test_any_other_end_of_pytest_is_a_fault_of_the_tool(tmp_path, monkeypatch):
    root = checkout(tmp_path)
    (root / "tree").mkdir()
    monkeypatch.setattr("tests.mutants.workshop.PYTEST", (sys.executable, "-Sc", "raise SystemExit(4)"))
    with pytest.raises(RuntimeError, match="pytest ended with 4"):
        Workshop(root, root).try_out(next(draw(root, 1)), ["tests/test_days.py::a"], 5)


def test_a_timed_out_mutant_counts_as_killed_and_is_named_a_rejected_one_is_not_counted(tmp_path):
    root = checkout(tmp_path)
    one = judged(root, number=2)[0]
    told = "\n".join(report.lines([_as(one, TIMED_OUT), _as(one, REJECTED)]))
    assert "killed 1 of 1 (100 %)" in told
    assert "1 rejected" in told
    assert f"timed out:\n  {ROOM}/days.py:2" in told


def _as(verdict, outcome):
    return type(verdict)(**{**vars(verdict), "outcome": outcome})

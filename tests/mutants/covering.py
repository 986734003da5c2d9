"""Which tests cover a line: made by running the quick rooms of tests once, file by file anew when something changed.

A value that `lru_cache` keeps hides the tests that come later, so the five roadmaps of `tests/roadmaps` cover every line.
A line that runs only while its module is imported is covered by the tests of that module, or by all unit tests.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.mutants.workshop import PYTEST, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.mutants.sampling import Mutant

# Tests that answer in minutes all together. `tests/road` takes four fifths of the suite's time: two of its files stand
# for it, those of councils and notes. Tests of reading files, of the office and of Google
# run through the core by thousands of lines and judge little of it.
ROOMS = (
    "tests/domain", "tests/documents", "tests/monitoring", "tests/papers/test_fingerprints.py", "tests/papers/test_check.py",
    "tests/roadmaps", "tests/road/test_council.py", "tests/road/test_notes.py",
)  # fmt: skip
ALWAYS, LAST = "tests/roadmaps/", "tests/road/"
SECONDS = 40.0
MAKING = 3600


@dataclass(frozen=True)
class Covering:
    """What each test executes, and what is executed at import."""

    tests: dict[str, dict]
    imported: dict[str, list[int]]
    failed: tuple[str, ...]

    def at_import(self, mutant: Mutant) -> bool:
        return bool(_span(mutant) & set(self.imported.get(mutant.path, ())))

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that execute a mutant's line: narrow ones first, then the roadmaps, then the road."""
        span, path = _span(mutant), mutant.path
        covering = {test for test, said in self.tests.items() if span & set(said["lines"].get(path, ()))}
        if self.at_import(mutant):
            covering |= {test for test, said in self.tests.items() if path in said["lines"]} or set(
                self.tests
            )
        if covering:
            covering |= {test for test in self.tests if test.startswith(ALWAYS)}
        return self._in_order(covering)

    def within(self, tests: Iterable[str], seconds: float = SECONDS) -> list[str]:
        """Return as many of the tests as the seconds hold, the roadmaps always."""
        held, left = [], seconds
        for test in tests:
            left -= 0 if test.startswith(ALWAYS) else self.tests[test]["seconds"]
            if left >= 0 or test.startswith(ALWAYS):
                held.append(test)
        return held

    def seconds(self, tests: Iterable[str]) -> float:
        return sum(self.tests[test]["seconds"] for test in tests)

    @cached_property
    def breadth(self) -> dict[str, int]:
        return {test: sum(map(len, said["lines"].values())) for test, said in self.tests.items()}

    def _in_order(self, tests):
        """Files by their narrowest test, so that what a file prepares is prepared once."""
        ranks = {
            test: (test.startswith(LAST), test.startswith(ALWAYS), self.breadth[test], test) for test in tests
        }
        files = {}
        for test in sorted(tests, key=ranks.__getitem__):
            files.setdefault(test.partition("::")[0], []).append(test)
        return [test for found in files.values() for test in found]


def _span(mutant):
    first, last = mutant.mutation.lines
    return {mutant.mutation.line, *range(first, last + 1)}


def learn(workshop: Workshop, rooms: Sequence[str] = ()) -> Covering:
    """Return which tests execute which lines, running those files of tests that are not known as they stand.

    Fewer `rooms` than all answer sooner and kill fewer.
    """
    rooms = rooms or ROOMS
    kept = workshop.folder / "lines.json"
    known = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    core = digest(workshop.root, "flows", "config", "templates")
    if known.get("core") != core:
        known = {"core": core, "imported": {}, "files": {}}
    files = {file: digest(workshop.root, file) for room in rooms for file in _test_files(workshop.root, room)}
    for room in rooms:  # kept room by room: a stopped run goes on where it stood
        stale = [
            file
            for file in _test_files(workshop.root, room)
            if known["files"].get(file, {}).get("digest") != files[file]
        ]
        if stale:
            print(f"learning which lines {len(stale)} files of {room} execute …", flush=True)
            _run(workshop, stale, files, known)
            kept.write_text(json.dumps(known), "utf-8")
    held = [known["files"][file] for file in files]
    failed = tuple(test for each in held for test in each["failed"])
    tests = {test: said for each in held for test, said in each["tests"].items() if test not in failed}
    return Covering(tests, known["imported"], failed)


def _run(workshop, unknown, files, known):
    into = workshop.folder / "told.json"
    into.unlink(missing_ok=True)
    options = ("-p", "tests.mutants.contexts", f"--lines-into={into}", "--continue-on-collection-errors")
    command = [each for each in PYTEST if each != "--every"]
    code = workshop.run((*command, *options, *unknown), MAKING, write=True)
    if code not in {0, 1} or not into.is_file():
        raise RuntimeError(f"the tests did not run, see {workshop.folder}/last.txt")
    told = json.loads(into.read_text("utf-8"))
    for path, lines in told["imported"].items():
        known["imported"][path] = sorted({*known["imported"].get(path, ()), *lines})
    for file in unknown:
        tests = {test: said for test, said in told["tests"].items() if test.partition("::")[0] == file}
        failed = [test for test in told["failed"] if test.partition("::")[0] == file]
        known["files"][file] = {"digest": files[file], "tests": tests, "failed": failed}


def _test_files(root, room):
    place = root / room
    found = sorted(place.rglob("test_*.py")) if place.is_dir() else [place]
    return [each.relative_to(root).as_posix() for each in found]


def digest(root: Path, *names: str) -> str:
    """Return one value for everything that lies in some files and folders."""
    told = hashlib.sha256()
    for name in names:
        place = root / name
        for each in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if each.is_file() and "__pycache__" not in each.parts:
                told.update(each.relative_to(root).as_posix().encode() + each.read_bytes())
    return told.hexdigest()

"""The workshop: a copy of the checkout in `.mutants/tree`, where tests run and one file at a time stands changed.

The copy is made once and brought up to date when the tool starts; that also mends what a stopped run left changed.
Only pytest's exit says how a run ended: a test failed, or could no longer be read (killed), all passed (survived), the
processor time ran out (timed out). Any other exit is a fault of the tool and stops it.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.mutants.sampling import Mutant

COPIED = ("flows", "tests", "config", "templates", "pyproject.toml", "README.md", "CHANGELOG.md")
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:xdist", "--every", "--no-header")


@dataclass(frozen=True)
class Workshop:
    """A folder of ours with the copy inside, and the checkout it is a copy of."""

    root: Path
    folder: Path

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def prepare(self) -> None:
        """Make the copy equal to the checkout, keeping the byte code of files that did not change."""
        wanted = {path.relative_to(self.root) for path in _files(self.root)}
        for gone in {path.relative_to(self.tree) for path in _files(self.tree)} - wanted:
            (self.tree / gone).unlink()
        for each in wanted:
            self._put(each, (self.root / each).read_bytes())
        subprocess.run(
            [sys.executable, "-m", "compileall", "-q", "flows", "tests"], cwd=self.tree, check=True
        )

    def _put(self, path, source):
        place = self.tree / path
        if not place.is_file() or place.read_bytes() != source:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source)
            Path(cache_from_source(str(place))).unlink(missing_ok=True)

    def reads(self, mutant: Mutant, *, at_import: bool) -> bool:
        """Say whether the mutant compiles and, when its line runs at import, whether its module can be imported."""
        try:
            compile(mutant.mutation.applied((self.root / mutant.path).read_bytes()), mutant.path, "exec")
        except SyntaxError:
            return False
        module = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return not at_import or self._changed(mutant, (sys.executable, "-c", f"import {module}"), 60) == 0

    def try_out(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> str:
        """Run tests over the mutant until one fails; `seconds` is the processor time they may take."""
        chosen = self.folder / "chosen.txt"
        chosen.write_text("\n".join(tests), "utf-8")
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        plugin = ("-x", "-p", "tests.mutants.chosen", f"--chosen={chosen}")
        code = self._changed(mutant, (*PYTEST, *plugin, *files), seconds)
        ends = {0: SURVIVED, 1: KILLED, 2: KILLED, -signal.SIGXCPU: TIMED_OUT, -signal.SIGKILL: TIMED_OUT}
        if code not in ends:
            raise RuntimeError(
                f"{mutant.place} {mutant.change}: pytest ended with {code}, see {self.folder}/last.txt"
            )
        return ends[code]

    def _changed(self, mutant, command, seconds):
        source = (self.root / mutant.path).read_bytes()
        try:
            self._put(mutant.path, mutant.mutation.applied(source))
            return self.run(command, seconds, write=False)
        finally:
            self._put(mutant.path, source)

    def run(self, command: Iterable[str], seconds: float, *, write: bool) -> int:
        """Run a command in the copy and return how it ended; what it printed lies in `last.txt`."""
        paths = [str(self.tree), *filter(None, [os.environ.get("PYTHONPATH", "")])]
        told = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        told.pop("PYTHONDONTWRITEBYTECODE", None)
        if not write:
            told["PYTHONDONTWRITEBYTECODE"] = "1"
        limit = int(seconds) + 1
        with (self.folder / "last.txt").open("wb") as last:
            return subprocess.run(
                list(command), cwd=self.tree, env=told, stdout=last, stderr=subprocess.STDOUT, check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5)),
            ).returncode  # fmt: skip


def _files(root):
    for name in COPIED:
        place = root / name
        found = place.rglob("*") if place.is_dir() else [place]
        yield from (each for each in found if each.is_file() and "__pycache__" not in each.parts)

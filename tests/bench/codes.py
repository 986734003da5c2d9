"""Two codes side by side: a commit of before in a tree of its own and the one that is here, each run in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from packaging.markers import Marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parents[2]
DOING = Path(__file__).with_name("doing.py")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?:\s*;\s*([^\\\n]+))?")
FINE = (0, 1)  # 1 of a command: there is something to mend in the book


class MeasuringError(Exception):
    """A code could not do what was measured; the text says what it complained of."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a process with its children took: seconds of the processor, the most memory in MB; the JSON it told."""

    seconds: float
    memory: float
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be measured: what it is called in the table, its tree, folders of libraries only it needs."""

    name: str
    tree: Path
    libraries: tuple[Path, ...] = ()

    def does(self, task: str, *words: object) -> Took:
        """Run a task of `doing`; `MeasuringError` when it breaks or when another tree's code answered."""
        took = self._run([str(DOING), task, *map(str, words)], (0,))
        if took.told.get("code") != str(self.tree):
            raise MeasuringError(f"{self.name}: измерен код из {took.told.get('code')}, а не из {self.tree}")
        return took

    def command(self, home: Path, *words: str) -> Took:
        """Run `nastavnik` over a home as a person does."""
        return self._run(["-m", "flows", "--home", str(home), *words], FINE)

    def _run(self, words: Sequence[str], fine: tuple[int, ...]) -> Took:
        path = os.pathsep.join(map(str, (self.tree, *self.libraries)))
        kept = {name: text for name, text in os.environ.items() if not name.startswith("NASTAVNIK")}
        process = subprocess.Popen(
            [sys.executable, *words], cwd=self.tree, env=kept | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        assert process.stderr
        said, complained = _heard(process)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            raise MeasuringError(f"{self.name}: {' '.join(words)[:200]}: {complained.strip()[-600:]}")
        last = said.rstrip().rpartition("\n")[2]
        told = json.loads(last) if last.startswith("{") else {}
        return Took(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told)


def _heard(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Read all that a process says, both streams to their end, and leave waiting for it to who weighs it."""
    assert process.stdout
    assert process.stderr
    complained: list[str] = []
    errors = process.stderr
    reading = Thread(target=lambda: complained.append(errors.read()))
    reading.start()
    said = process.stdout.read()
    reading.join()
    return said, "".join(complained)


@contextmanager
def of_commit(commit: str, folder: Path, foot: list[str]) -> Iterator[Code]:
    """Give the code of a commit in a tree of its own, with the libraries it needs; `foot` is told what a reader must know."""
    tree = folder / "before"
    git("worktree", "add", "--detach", "--quiet", str(tree), commit)
    try:
        libraries = _libraries(tree, folder / "libraries", foot)
        yield Code("до", tree, libraries)
    finally:
        git("worktree", "remove", "--force", str(tree))


def git(*words: str) -> str:
    """Ask git in this tree; `MeasuringError` with its own words when it refuses."""
    asked = subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False)
    if asked.returncode:
        raise MeasuringError(f"git {words[0]}: {asked.stderr.strip()}")
    return asked.stdout.strip()


def _libraries(tree: Path, folder: Path, foot: list[str]) -> tuple[Path, ...]:
    """Lay aside the libraries that the lock of a tree names and nobody installed; say so, and of other versions too."""
    absent, other = [], []
    for entry in re.split(r"\n(?=\S)", (tree / "requirements.txt").read_text("utf-8")):
        locked = LOCKED.match(entry)
        if locked is None or (locked[3] and not Marker(locked[3].strip()).evaluate()):
            continue
        try:
            here = metadata.version(locked[1])
        except metadata.PackageNotFoundError:
            absent.append(entry)
            continue
        other += [f"{locked[1]} {here} вместо {locked[2]}"] if here != locked[2] else []
    if other:
        foot.append(f"Прежний код измерен с библиотеками сегодняшнего: {', '.join(other)}.")
    if not absent:
        return ()
    names = ", ".join(entry.split()[0] for entry in absent)
    wanted = folder.with_suffix(".txt")
    wanted.write_text("\n".join(absent) + "\n", "utf-8")
    laid = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--target", str(folder), "-r", str(wanted)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if laid.returncode:
        why = laid.stderr.strip().splitlines()[-1:]
        foot.append(
            f"Прежнему коду нужны библиотеки, которых здесь нет, и поставить их не удалось: {names}. {''.join(why)}"
        )
        return ()
    foot.append(
        f"Прежнему коду нужны библиотеки, которых у сегодняшнего нет; они поставлены только ему: {names}."
    )
    return (folder,)

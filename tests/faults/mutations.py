"""Five slips that `make faults` must notice: each is put into a copy of the program, and the checks that see to it must fail.

`python -m tests.faults.mutations` prints which were noticed; 1 when one was not. The checks are those of `make faults`
itself, the few that look where the slip lies; on the copy without a slip they must pass.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
COPIED = (
    "flows",
    "tests",
    "config",
    "templates",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "prefect.yaml",
)
SAMPLE = ("-m", "tests.faults", "--point")
PYTEST = ("-m", "pytest", "-p", "no:xdist", "--every", "-q")
PATIENCE = 900


@dataclass(frozen=True)
class Slip:
    """A change of one file: what stands there once each, what is put in its place, and the check that must notice."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...]
    check: tuple[str, ...]

    def put(self, source: str) -> str:
        """Return the file with the slip; `LookupError` where its place is not there any more, or not alone."""
        for before, after in self.edits:
            if source.count(before) != 1:
                raise LookupError(f"{self.file}: not there once: {before.strip()[:60]}")
            source = source.replace(before, after)
        return source


SLIPS = (
    Slip(
        "файл раньше намерения",
        "flows/workspace/filing.py",
        (
            ("        self._promise(sheaves, remembered)\n", "        self._promise([], remembered)\n"),
            ("        figures = {\n", "        self._promise(sheaves, {})\n        figures = {\n"),
        ),
        (*SAMPLE, "prepare/stale listing/*", "--point", "prepare/killed after/*"),
    ),
    Slip(
        "без замка",
        "flows/workspace/lease.py",
        (
            (
                """    if seen is not None and seen.title != FREE:
        seen = _wait(space, book, seen)
""",
                """    if seen is not None:
        return Lease(space, book, seen.sheet_id)
""",
            ),
        ),
        (*PYTEST, "tests/road/test_faults.py", "-k", "two_runs_at_once"),
    ),
    Slip(
        "httplib2 вместо общей сессии",
        "flows/workspace/drive_service.py",
        (
            ("import httplib2\n", "import httplib2\nfrom flows.workspace.session import REPEATABLE\n"),
            (
                """        response = self._session.request(method, uri, data=body, headers=dict(headers or {}))
        return httplib2.Response({**response.headers, "status": str(response.status_code)}), response.content
""",
                """        base = self._session.get_adapter(uri)._base
        told = {name: value for name, value in (headers or {}).items() if name != REPEATABLE}
        self._http = self.__dict__.get("_http") or httplib2.Http()
        return self._http.request(base + uri.partition("googleapis.com")[2], method, body, told)
""",
            ),
        ),
        (*SAMPLE, "init/lost/*"),
    ),
    Slip(
        "запись поверх, без замены целиком",
        "flows/office/replacing.py",
        (
            (
                "        _exchanged(disk, whole, path, known, kept)\n",
                """        data = whole.read_bytes()
        disk.unlink(whole)
        handle = disk.open(path, os.O_WRONLY | os.O_TRUNC)
        disk.write(handle, data)
        disk.fsync(handle)
        os.close(handle)
        return
""",
            ),
        ),
        (*PYTEST, "tests/office/test_office_safety.py", "-k", "power_failure"),
    ),
    Slip(
        "значения без экранирования",
        "flows/papers/environment.py",
        (("finalize=values.escaped", "finalize=str"),),
        (*PYTEST, "tests/papers/test_render.py", "tests/papers/test_hostile.py"),
    ),
)


def passes(tree: Path, check: tuple[str, ...]) -> tuple[bool, str]:
    """Run a check over a tree; tell whether it passed, and its last line."""
    around = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run(
        [sys.executable, *check],
        cwd=tree,
        env=around,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    lines = [line for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]
    return ran.returncode == 0, lines[-1] if lines else ""


def slipped(tree: Path, slip: Slip) -> bool:
    """Put a slip into a tree, run its check, take the slip out again; tell whether it was noticed."""
    path = tree / slip.file
    source = path.read_text("utf-8")
    path.write_text(slip.put(source), "utf-8")
    try:
        return not passes(tree, slip.check)[0]
    finally:
        path.write_text(source, "utf-8")


def copied(into: Path) -> Path:
    """Copy what the checks need of the checkout."""
    tree = into / "tree"
    tree.mkdir()
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tree / name)
    return tree


def main() -> int:
    """Try every slip, or the one named; print what became of each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="часть названия")
    told = asked.parse_args()
    left = 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = copied(Path(folder))
        for slip in (each for each in SLIPS if told.only in each.name):
            began = time.monotonic()
            fine, said = passes(tree, slip.check)
            if not fine:
                print(f"{slip.name}: проверка падает и без ошибки: {said}", flush=True)
                left += 1
                continue
            noticed = slipped(tree, slip)
            left += not noticed
            word = "замечена" if noticed else "НЕ ЗАМЕЧЕНА"
            print(
                f"{slip.name}: {word} ({' '.join(slip.check[1:])}), {time.monotonic() - began:.0f} с",
                flush=True,
            )
    print(f"не замечено {left}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

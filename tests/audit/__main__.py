"""`python -m tests.audit --tools FOLDER [--write]`: known holes and licences of what is pinned; 1 found, 2 could not ask."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tests.audit import report

ROOT = Path(__file__).parents[2]
REQUIREMENTS, KEPT = ROOT / "requirements.txt", ROOT / "config" / "licences.txt"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="where pip-audit and pip-licenses are")
    parser.add_argument("--write", action="store_true", help="write the list of licences anew")
    asked = parser.parse_args()
    return max(_licences(asked.tools, write=asked.write), _holes(asked.tools))


def _licences(tools: Path, *, write: bool) -> int:
    answer = _answer([tools / "pip-licenses", "--python", sys.executable, "--with-system", "--format=json"])
    text, unfit = report.licences(answer, report.pinned(REQUIREMENTS.read_text("utf-8")))
    for name in unfit:
        print(f"{name}: лицензия не подходит к MIT или неизвестна")
    if write:
        KEPT.write_text(text, "utf-8")
    same = KEPT.read_text("utf-8") == text
    print(
        f"Лицензий: {text.count(chr(10))}, не подходят: {len(unfit)}."
        + ("" if same else " Список config/licences.txt отстал: --write.")
    )
    return int(bool(unfit) or not same)


def _holes(tools: Path) -> int:
    command = [tools / "pip-audit", "--requirement", REQUIREMENTS, "--require-hashes", "--disable-pip"]
    found = report.audit(_answer([*command, "--format=json", "--progress-spinner=off"]))
    print("\n".join(report.lines(found)))
    return found.code


def _answer(command: list[str | Path]) -> dict[str, object] | list[dict[str, str]]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {}


if __name__ == "__main__":
    sys.exit(main())

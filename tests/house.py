"""`python -m tests.house [FOLDER]`: the figures of the house — circles, imports against the order of rooms, sizes after the formatter.

FOLDER is a checkout, by default this one. It is copied and formatted first, so that two checkouts compare whatever they look like.
"""

from __future__ import annotations

import ast
import io
import shutil
import subprocess
import sys
import tempfile
import tokenize
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORE = ("flows", "domain")
# The rooms of the core, read downward: a room imports only what stands above it.
ROOMS = (
    "errors", "asked_again", "text", "periods", "statuses", "yes_and_no", "marks", "tabs", "keys", "organisation", "terms", "model", "working_days", "row_codes", "access", "catalogue",
    "people", "roadmap", "lists", "register", "difficulties", "monitoring", "district", "councils", "book", "documents", "planning", "columns",
)  # fmt: skip
WIDEST, LONGEST_MODULE, LONGEST_FUNCTION, MOST_FILES = 120, 320, 45, 16
# The second half of the record of kinds: which words call for each; and the one list of kinds that the program speaks of.
WORDS, NAMED = "flows/domain/catalogue/calling_words.py", "flows/domain/catalogue/named.py"
MOST_NAMED = 12


@cache
def tree(path: Path) -> ast.Module:
    """Return a module as Python reads it, read once."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a module."""
    return tuple(ast.walk(tree(path)))


def modules(root: Path) -> dict[str, Path]:
    """Every module of `flows` by its dotted name."""
    found = {}
    for path in sorted((root / "flows").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path) -> dict[str, set[str]]:
    """Return which modules of ours each module imports, wherever in the file."""
    known = modules(root)
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        graph[name] = set()
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom) and node.module:
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                graph[name] |= (inner & known.keys()) or ({node.module} & known.keys())
    return graph


def circle(root: Path) -> list[str]:
    """Return the modules of a circle of imports, none when there is none."""
    try:
        TopologicalSorter(imports(root)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def room(name: str) -> str:
    """Return the room of the core a module stands in, nothing for modules outside."""
    parts = name.split(".")
    return parts[2] if tuple(parts[:2]) == CORE and len(parts) > 2 else ""


def upward(root: Path) -> list[str]:
    """Return the imports of the core that run against the order of rooms."""
    wrong = []
    for name, others in imports(root).items():
        for other in sorted(others):
            mine, its = room(name), room(other)
            if (
                mine
                and its
                and mine != its
                and (mine not in ROOMS or its not in ROOMS or ROOMS.index(its) > ROOMS.index(mine))
            ):
                wrong.append(f"{name} imports {other}")
    return wrong


def too_long(root: Path) -> list[str]:
    """Return modules and functions of `flows` longer than allowed."""
    found = []
    for path in modules(root).values():
        text = path.read_text("utf-8")
        named = path.relative_to(root).as_posix()
        if len(text.splitlines()) > LONGEST_MODULE:
            found.append(f"{named}: {len(text.splitlines())} lines")
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append(f"{named}:{node.name}: {lines} lines")
    return found


def _quoted(path: Path) -> set[int]:
    """Return the lines that are of a string; to part a module into tokens for its comments as well takes ten times as long."""
    texts = (each for each in nodes(path) if isinstance(each, ast.Constant | ast.JoinedStr))
    return {
        line
        for each in texts
        if isinstance(each, ast.JoinedStr) or isinstance(each.value, str | bytes)
        for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    }


def too_wide(root: Path) -> list[str]:
    """Return lines of code wider than allowed; a line that a sentence makes wide is no line of code."""
    found = []
    for path in modules(root).values():
        text = path.read_text("utf-8")
        wide = {at for at, line in enumerate(text.splitlines(), 1) if len(line) > WIDEST}
        if not wide - _quoted(path):
            continue
        spoken = {
            line
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type in {tokenize.STRING, tokenize.COMMENT}
            for line in range(token.start[0], token.end[0] + 1)
        }
        for at, line in enumerate(text.splitlines(), 1):
            if len(line) > WIDEST and at not in spoken:
                found.append(f"{path.relative_to(root).as_posix()}:{at}: {len(line)} signs")
    return found


def kinds_named(root: Path) -> list[str]:
    """Return where `flows` spells a kind's id outside its record (with its calling words) and the file that has its name."""
    record = tomllib.loads((root / "config" / "documents.toml").read_text("utf-8"))
    known = {each["id"] for each in record["kind"]}
    found = []
    for path in modules(root).values():
        named = path.relative_to(root).as_posix()
        own = path.stem if "/documents/kinds/" in named else ""
        if named == WORDS:
            continue
        for node in nodes(path):
            kind = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if kind in known and kind.replace(".", "_") != own:
                found.append(f"{named}:{node.lineno}: {kind}")
    return found


def core_lines(root: Path) -> int:
    """Count the lines of the core."""
    return sum(
        len(path.read_text("utf-8").splitlines()) for path in (root / "flows" / "domain").rglob("*.py")
    )


def files_in_the_hall(root: Path) -> list[str]:
    """Return the modules that stand directly in the core, in no room."""
    return sorted(path.name for path in (root / "flows" / "domain").glob("*.py"))


def formatted(folder: Path, into: Path) -> Path:
    """Copy a checkout's code and format the copy as this checkout's settings say."""
    shutil.copytree(folder / "flows", into / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", into)
    (into / "config").mkdir()
    shutil.copy(folder / "config" / "documents.toml", into / "config")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", "flows"], cwd=into, check=True)
    return into


def main() -> None:
    """Print the figures of a checkout."""
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    with tempfile.TemporaryDirectory() as place:
        root = formatted(folder, Path(place))
        ring, wrong, hall, lines, wide = (
            circle(root),
            upward(root),
            files_in_the_hall(root),
            too_long(root),
            too_wide(root),
        )
        print(f"circles of imports: {'none' if not ring else ' -> '.join(ring)}")
        print(f"imports against the order of rooms: {len(wrong)}")
        print(f"files directly in the core: {len(hall)} (at most {MOST_FILES})")
        print(f"modules over {LONGEST_MODULE} lines, functions over {LONGEST_FUNCTION}: {len(lines)}")
        print(f"lines of code over {WIDEST} signs: {len(wide)}")
        print(f"lines of the core: {core_lines(root)}")
        print(f"kinds named outside their record and file: {len(kinds_named(root))} (at most {MOST_NAMED})")
        for each in (*wrong, *lines, *wide):
            print(f"  {each}")


if __name__ == "__main__":
    main()

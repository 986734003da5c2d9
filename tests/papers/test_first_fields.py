"""The fields that papers' data had when fingerprints counted all of them: what is added since must be named in `config/fingerprints.toml`.

`python -m tests.papers.test_first_fields` printed the list from the code of that time; it is not written again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.papers.shapes import shape_of

KEPT = Path(__file__).parent / "first_fields.txt"
FIRST = settings.first_fingerprints()


def paths(shape, above=""):
    """Every field of a shape, with dots; `[]` for the items of a list."""
    if isinstance(shape, dict):
        for name, below in shape.items():
            if name != "·":
                yield f"{above}{name}"
                yield from paths(below, f"{above}{name}.")
    elif isinstance(shape, list):
        yield from paths(shape[0], f"{above}[].")


def spelt():
    """The list as it is kept: for each set of fields that kinds share, the kinds, then the fields under them."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for kind in sorted(BUILDERS):
        for name, below in shape_of(kind).items():
            shared.setdefault((name, *sorted(paths(below, f"{name}."))), []).append(kind)
    return "\n".join(
        "\n".join((" ".join(kinds), *(f"  {path}" for path in told)))
        for told, kinds in sorted(shared.items())
    )


@pytest.fixture(scope="module")
def first():
    told: dict[str, set[str]] = {}
    kinds: list[str] = []
    for line in KEPT.read_text("utf-8").splitlines():
        if line.startswith("  "):
            for kind in kinds:
                told.setdefault(kind, set()).add(line.strip())
        else:
            kinds = line.split()
    return told


@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_a_field_added_since_the_first_version_is_named(kind, first):
    if kind not in first:
        return  # a kind that came later has no rows of the first version
    added = (*FIRST.added.get("*", ()), *FIRST.added.get(kind, ()))
    new = {path for path in paths(shape_of(kind)) if path not in first[kind]}
    assert {
        path for path in new if not any(path == each or path.startswith(f"{each}.") for each in added)
    } == set()


@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_no_field_of_the_first_version_is_gone(kind, first):
    assert first.get(kind, set()) <= set(paths(shape_of(kind)))


if __name__ == "__main__":
    print(spelt())

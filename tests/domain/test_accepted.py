"""Every finding says in one place what it takes for an answer."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flows.domain.book.accepted import ACCEPTED, FAMILIES, NEVER, Value, Yes, of
from tests import house

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
# What raises findings, and after how many of its arguments the code stands.
RAISING = {"Problem": 1, "finding": 2, "_question": (1, 2), "_stop": 1, "_problem": (1, 2)}
# A module without any of these words raises nothing, and need not be taken apart.
RAISES = re.compile(rf"\b(?:{'|'.join(RAISING)})\(|\bSeverity\.")
# Words of terms and of plans that look like codes.
LINTED = "papers.lint_paper"


def codes(tree: ast.AST) -> Iterator[str]:
    """Yield the code of every finding that a module raises by a call whose code is written out."""
    for node in ast.walk(tree):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        places = RAISING.get(name, ())
        for at in (places,) if isinstance(places, int) else places:
            for part in ast.walk(node.args[at]) if len(node.args) > at else ():
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and WORDS.fullmatch(part.value)
                ):
                    yield part.value


def slips(tree: ast.AST) -> Iterator[str]:
    """Yield the codes that reading a cell gives: a pair of a code and a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
            code = node.elts[0].value
            if isinstance(code, str) and "-" in code and WORDS.fullmatch(code):
                yield code


def weighed(tree: ast.AST) -> Iterator[str]:
    """Yield the codes that stand in a tuple behind a weight."""
    for node in ast.walk(tree):
        parts = node.elts if isinstance(node, ast.Tuple) else []
        if (
            len(parts) > 2
            and ast.unparse(parts[0]).startswith("Severity.")
            and isinstance(parts[1], ast.Constant)
        ):
            yield str(parts[1].value)


def test_every_finding_that_is_raised_says_what_it_takes_for_an_answer():
    raised: dict[str, str] = {}
    for name, path in house.modules(house.ROOT).items():
        text = path.read_text("utf-8")
        if name.endswith(LINTED):
            continue  # its findings stand in «Проверка» under the family «looked-»
        if not name.endswith("typed_cells") and not RAISES.search(text):
            continue
        tree = ast.parse(text)
        raised |= dict.fromkeys((*codes(tree), *weighed(tree)), name)
        if name.endswith("typed_cells"):
            raised |= dict.fromkeys(slips(tree), name)
    assert len(raised) > 100
    unknown = {code for code in raised if code not in ACCEPTED and of(code) is NEVER}
    assert sorted(unknown) == [], "name them in flows.domain.book.accepted"


def test_a_finding_named_by_a_rule_takes_what_its_family_takes():
    for family, accepts in FAMILIES.items():
        assert of(f"{family}whatever") is accepts
    assert of("nobody-knows-it") is NEVER


def test_no_command_is_a_yes_and_none_stands_twice_beside_one_question():
    for code, accepts in ACCEPTED.items():
        words = [word for command in accepts.commands for word in command.words]
        assert len(words) == len(set(words)), code
        assert not {"да", "верно"} & set(words), code


def test_whatever_adds_to_a_cell_takes_no_value_besides():
    assert {accepts.value for accepts in ACCEPTED.values() if accepts.yes is Yes.ADDS} == {Value.NONE}

"""What one change of the core may be: every mutation that a source offers, each with its bytes, so that only they change.

Annotations, decorators, imports, docstrings and f-strings are left alone: there a change is no change of behaviour, or
mypy would refuse it. A name's only assignment is never deleted, and a `return` is emptied by its function's annotation.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import chain, pairwise

LEFT_ALONE = {"annotation", "returns", "decorator_list"}
SPELT = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in",
    ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
FLIPPED = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What a function of such a type returns when it returns nothing; a tuple of a fixed length has no such value.
EMPTY = (
    (r".*\| None", "None"), ("str", '""'), ("bool", "False"), ("int", "0"), (r"tuple\[.*\.\.\.\]", "()"), (r"list\[.*", "[]"),
    (r"(dict|Mapping)\[.*", "{}"), (r"(set|frozenset)\[.*", "frozenset()"), (r"(Sequence|Collection)\[.*", "()"),
    (r"(Iterator|Iterable)\[.*", "iter(())"),
)  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """One change: the line of its token, its bytes, what stood and what stands; `lines` are those of its statement."""

    line: int
    start: int
    end: int
    was: str
    now: str
    kind: str
    lines: tuple[int, int]

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.now.encode() + source[self.end :]


class Source:
    """A module's bytes, by the lines and columns that `ast` counts."""

    def __init__(self, text: bytes):
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer(b"\n", text))]

    def start(self, node):
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node):
        return self.starts[node.end_lineno - 1] + node.end_col_offset

    def line(self, at):
        return self.text.count(b"\n", 0, at) + 1

    def said(self, start, end):
        return self.text[start:end].decode()


def mutations(text: bytes) -> list[Mutation]:
    """Return every mutation that a module offers, in the order of the text; few of them do not `compile`."""
    source = Source(text)
    offered = {
        Mutation(source.line(start), start, end, source.said(start, end), now, kind, lines)
        for node, lines in _code(ast.parse(text), (1, 1))
        for operator in OPERATORS
        for start, end, now, kind in operator(node, source)
    }
    return sorted(
        (each for each in offered if each.was != each.now), key=lambda each: (each.start, each.end, each.now)
    )


def _code(node, lines):
    """Every node that stands for behaviour, with the lines of the statement it belongs to."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr) or _speaks(node) or _for_types(node):
        return
    if isinstance(node, ast.stmt):
        lines = _lines(node)
    yield node, lines
    for name, value in ast.iter_fields(node):
        if name not in LEFT_ALONE:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _code(child, lines)


def _lines(statement):
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    if not body:
        return statement.lineno, statement.end_lineno
    first = getattr(body[0], "lineno", None) or body[0].pattern.lineno
    return statement.lineno, max(statement.lineno, first - 1)


def _speaks(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _for_types(node):
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def comparisons(node, source):
    """A boundary moved by one, a comparison turned round."""
    if isinstance(node, ast.Compare):
        for (left, right), operator in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
            spelt = SPELT[type(operator)]
            start, end = _token(source, left, right, re.escape(spelt).replace(r"\ ", r"\s+"))
            if spelt in BOUNDARY:
                yield start, end, BOUNDARY[spelt], "boundary"
            yield start, end, FLIPPED[spelt], "comparison"


def connectives(node, source):
    """`and` for `or`, and every condition of a guard after the first dropped."""
    if isinstance(node, ast.BoolOp):
        word, other, nothing = (
            ("and", "or", "True") if isinstance(node.op, ast.And) else ("or", "and", "False")
        )
        for left, right in pairwise(node.values):
            yield (*_token(source, left, right, word), other, "and/or")
            yield source.start(right), source.end(right), nothing, "condition dropped"


def _token(source, left, right, pattern):
    start, end = source.end(left), source.start(right)
    match = re.search(pattern.encode(), source.text[start:end])
    return start + match.start(), start + match.end()


def negations(node, source):
    """A `not` dropped."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        start = source.start(node)
        yield start, start + re.match(rb"not\s*", source.text[start:]).end(), "", "not dropped"


def constants(node, source):
    """A whole number one more and one less, True for False."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield source.start(node), source.end(node), str(not node.value), "True/False"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        for step in (-1, 1):
            yield source.start(node), source.end(node), str(node.value + step), "number"


def words(node, source):
    """A word left out of a set, a list or a tuple of words; a tuple keeps at least two, so that it stays one."""
    fewest = {ast.Set: 2, ast.List: 2, ast.Tuple: 3}.get(type(node), 0)
    if not fewest or len(node.elts) < fewest or not all(_is_word(each) for each in node.elts):
        return
    for at, each in enumerate(node.elts):
        if at + 1 < len(node.elts):
            yield source.start(each), source.start(node.elts[at + 1]), "", "word dropped"
        else:
            yield source.end(node.elts[at - 1]), source.end(each), "", "word dropped"


def _is_word(node):
    named = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return named.isupper() or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def defaults(node, source):
    """A default that is a word becomes empty; numbers and yes or no are changed as `constants` are."""
    values = []
    if isinstance(node, ast.arguments):
        values = [*node.defaults, *node.kw_defaults]
    elif isinstance(node, ast.ClassDef):
        values = [each.value for each in node.body if isinstance(each, ast.AnnAssign)]
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield source.start(value), source.end(value), '""', "default"


def statements(node, source):
    """A statement deleted, a guard or a filter that never stops anything."""
    place = (source.start(node), source.end(node)) if isinstance(node, ast.stmt) else ()
    if isinstance(node, ast.Expr):
        empty = "yield from ()" if isinstance(node.value, ast.Yield | ast.YieldFrom) else "pass"
        yield (*place, empty, "statement deleted")
    elif isinstance(node, ast.AugAssign | ast.Continue | ast.Raise) or (
        isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    ):
        yield (*place, "pass", "statement deleted")
    elif (
        isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], ast.Return | ast.Continue)
    ):
        yield source.start(node.test), source.end(node.test), "False", "guard dropped"
    elif isinstance(node, ast.comprehension):
        for each in node.ifs:
            yield source.start(each), source.end(each), "True", "filter dropped"


def returns(node, source):
    """A `return` that returns nothing, as far as its function's type has such a value."""
    if isinstance(node, ast.FunctionDef) and node.returns:
        spelt = ast.unparse(node.returns)
        for each in _own_returns(node.body):
            each.empty = next((value for pattern, value in EMPTY if re.fullmatch(pattern, spelt)), "")
    elif getattr(node, "empty", ""):
        yield source.start(node.value), source.end(node.value), node.empty, "return emptied"


def _own_returns(body):
    for node in body:
        if isinstance(node, ast.Return) and node.value:
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = (getattr(node, name, []) for name in ("body", "orelse", "finalbody", "handlers", "cases"))
            yield from _own_returns(chain.from_iterable(inner))


def calls(node, source):
    """min for max, any for all, a sorted list turned round."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in SWAPPED:
            yield source.start(node.func), source.end(node.func), SWAPPED[node.func.id], "min/max, any/all"
        elif node.func.id == "sorted":
            start, end = source.start(node), source.end(node)
            yield start, end, source.said(start, end) + "[::-1]", "order reversed"


OPERATORS = (comparisons, connectives, negations, constants, words, defaults, statements, returns, calls)

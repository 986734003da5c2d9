"""Every regular expression of the program: those of modules by importing them, those inside functions by reading them.

What a running function builds of words is made here by the same function: `BUILDERS` names each with words of its work.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import NamedTuple

import flows
from tests import house
from tests.patterns.builders import BUILDERS

ROOT = Path(flows.__file__).parent
WAYS = {"match": "match", "fullmatch": "fullmatch"}
METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
# The name under which a parser of the grammar's library keeps its pattern, and how it uses it.
PARSER = ("exp", "match")
OUTER = (*ROOT.glob("*.py"), *(ROOT / "engine").glob("*.py"))
# Outer files may bring Prefect, whose settings must not be read yet: those without `re` are not looked through.
DEEPEST = 5
UNREAD = {
    ".".join(("flows", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in OUTER
    if "import re\n" not in path.read_text("utf-8")
}


class Found(NamedTuple):
    """A pattern: the module it stands in, its text and flags, and how it is used (`match`, `fullmatch` or `search`)."""

    module: str
    source: str
    flags: int
    way: str


def collected():
    """Return all patterns, and the places of those that only a running function knows and no builder makes."""
    modules = {name_of(path): path for path in sorted(ROOT.rglob("*.py")) if name_of(path) not in UNREAD}
    ways = _ways(house.nodes(path) for path in modules.values())
    ways[PARSER[0]] = {PARSER[1]}
    found, unknown = {}, []
    for name, path in modules.items():
        space = vars(importlib.import_module(name))
        kept = [pair for attribute, value in space.items() for pair in _patterns(attribute, value)]
        for attribute, pattern in (*kept, *_built(name)):
            for way in sorted(ways.get(attribute, {"search"})):
                found.setdefault((_text(pattern.pattern), _flags_of(pattern), way), name)
        # Most modules do not know `re`: only the others are gone through a second time.
        for called, node in _inside(house.tree(path)) if "import re\n" in path.read_text("utf-8") else ():
            said = _inline(node, space, _own(called))
            if said == () and f"{name}.{called.name if called else ''}" not in BUILDERS:
                unknown.append(f"{name}:{ast.unparse(node.args[0])}")
            elif said and said[0] is not None:
                found.setdefault((_text(said[0]), *said[1:]), name)
    return sorted((Found(name, *said) for said, name in found.items()), key=ascii), sorted(set(unknown))


def _text(source):
    """Return a pattern of bytes as one of signs: the same steps, one a byte."""
    return source.decode("latin-1") if isinstance(source, bytes) else source


def _flags_of(pattern):
    return pattern.flags | (re.ASCII if isinstance(pattern.pattern, bytes) else 0)


def _built(module):
    for place, make in BUILDERS.items():
        if place.rpartition(".")[0] == module:
            yield from (pair for value in make() for pair in _patterns(None, value))


def name_of(path):
    parts = ["flows", *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _ways(modules):
    """Tell by which methods each name is used, wherever; a name used in another way too is taken at its worst."""
    ways = defaultdict(set)
    for nodes in modules:
        called = {
            id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr in METHODS
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                ways[_last(node.value)].add(WAYS.get(node.attr, "search"))
            elif (
                isinstance(node, ast.Name | ast.Attribute)
                and id(node) not in called
                and isinstance(node.ctx, ast.Load)
                and _last(node).lstrip("_").isupper()
            ):
                ways[_last(node)].add("search")
    return ways


def _last(node):
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _patterns(name, value, depth=0, met=None):
    """Yield the patterns of a value with the names they stand under; a function or a parser is looked into."""
    met = set() if met is None else met
    deeper = partial(_patterns, depth=depth + 1, met=met)
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict) and depth < DEEPEST:
        for each in (*value.keys(), *value.values()):
            yield from deeper(None, each)
    elif isinstance(value, list | tuple | set | frozenset) and depth < DEEPEST:
        for each in value:
            yield from deeper(None, each)
    elif getattr(body := getattr(value, "wrapped_fn", value), "__closure__", None) and id(body) not in met:
        met.add(id(body))
        for known, cell in zip(body.__code__.co_freevars, body.__closure__, strict=True):
            yield from _patterns(known, cell.cell_contents, met=met)


def _inside(tree, within=None):
    """Yield the calls of `re` and the outermost function that each stands in."""
    for node in ast.iter_child_nodes(tree):
        outer = within or (node if isinstance(node, ast.FunctionDef | ast.Lambda) else None)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and _last(node.func.value) == "re"
        ):
            yield within, node
        yield from _inside(node, outer)


def _own(called):
    """Name what a function itself knows: its arguments and what it sets."""
    if called is None:
        return set()
    names = {node.arg for node in ast.walk(called) if isinstance(node, ast.arg)}
    return names | {
        node.id for node in ast.walk(called) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _inline(node, space, own):
    """Return (pattern, flags, way) of a call of `re`; () when its pattern is known only while it runs; None for another call.

    What a module compiles as it is imported stands in the module, or in what the module keeps.
    """
    if (
        not node.args
        or node.func.attr not in METHODS | {"compile"}
        or (node.func.attr == "compile" and not own)
    ):
        return None
    if own & {each.id for each in ast.walk(node.args[0]) if isinstance(each, ast.Name)}:
        return ()
    source = eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(space))
    if isinstance(source, re.Pattern):
        return None
    flags = sum(int(eval(compile(ast.Expression(each), "", "eval"), dict(space))) for each in _flags(node))
    flags |= re.ASCII if isinstance(source, bytes) else 0
    return source, int(flags), WAYS.get(node.func.attr, "search")


def _flags(node):
    places = {"sub": 4, "subn": 4, "split": 3, "compile": 1}
    given = [each.value for each in node.keywords if each.arg == "flags"]
    return given or node.args[places.get(node.func.attr, 2) :]

"""Every regular expression of the program: those of modules by importing them, those inside functions by reading them."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import flows

ROOT = Path(flows.__file__).parent
WAYS = {"match": "match", "fullmatch": "fullmatch"}
METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
OUTER = (*ROOT.glob("*.py"), *(ROOT / "engine").glob("*.py"))
# Outer files may bring Prefect, whose settings must not be read yet: those without `re` are not looked through.
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
    """Return all patterns, and the places of those that only a running function knows."""
    modules = {name_of(path): path for path in sorted(ROOT.rglob("*.py")) if name_of(path) not in UNREAD}
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in modules.items()}
    ways = _ways(trees)
    found, unknown = {}, []
    for name, tree in trees.items():
        space = vars(importlib.import_module(name))
        for attribute, value in space.items():
            for pattern in _patterns(value):
                used = ways.get(attribute, {"search"}) if isinstance(value, re.Pattern) else {"search"}
                for way in sorted(used):
                    found.setdefault((pattern.pattern, pattern.flags, way), name)
        for node in ast.walk(tree):
            said = _inline(node, space)
            if said == ():
                unknown.append(f"{name}:{ast.unparse(node.args[0])}")
            elif said and isinstance(said[0], str):
                found.setdefault(said, name)
    return sorted((Found(name, *said) for said, name in found.items()), key=ascii), sorted(set(unknown))


def name_of(path):
    parts = ["flows", *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _ways(trees):
    """Tell by which methods each name is used, wherever; a name used in another way too is taken at its worst."""
    ways = defaultdict(set)
    for tree in trees.values():
        called = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in METHODS
        }
        for node in ast.walk(tree):
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


def _patterns(value, depth=0):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 5:
        for each in (*value.keys(), *value.values()):
            yield from _patterns(each, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 5:
        for each in value:
            yield from _patterns(each, depth + 1)


def _inline(node, space):
    """Return (pattern, flags, way) of a call of `re`; () when its pattern is known only while it runs; None for another node."""
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _last(node.func.value) == "re"
    ):
        return None
    if node.func.attr not in METHODS or not node.args:
        return None
    try:
        source = eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(space))
        flags = sum(
            int(eval(compile(ast.Expression(each), "", "eval"), dict(space))) for each in _flags(node)
        )
    except NameError:
        return ()
    return source, int(flags), WAYS.get(node.func.attr, "search")


def _flags(node):
    places = {"sub": 4, "subn": 4, "split": 3}
    given = [each.value for each in node.keywords if each.arg == "flags"]
    return given or node.args[places.get(node.func.attr, 2) :]

"""Which fields of a context the tags of a part read, told from their tree before it is guarded.

The language of tags is small (`papers.environment`), so its trees tell exactly what can be read: a field printed, a
field asked whether it is there, the items a loop goes over. What cannot be followed counts as read whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is read of a value besides named fields of it: all of it, whether there is any, each item of a list.
WHOLE, THERE, ITEM = "*", "?", "[]"
Fields = dict[str, Any]


def fields_of(tree: nodes.Template) -> Fields:
    """Return the fields that a part's tags read, as a tree: a name, `[]` for the items of a list, `*` or `?` at its ends."""
    found: Fields = {}
    _Reader(found).block(tree.body, {})
    return found


def together(parts: Iterable[Fields]) -> Fields:
    """Return what several parts read, as one tree."""
    whole: Fields = {}
    for part in parts:
        for name, below in part.items():
            whole[name] = together((whole.get(name, {}), below))
    return whole


def targets(loop: nodes.For) -> Iterator[nodes.Name]:
    """Yield the names that a loop gives to its items."""
    yield from [loop.target] if isinstance(loop.target, nodes.Name) else loop.target.find_all(nodes.Name)


def attribute_of(node: nodes.Filter) -> str:
    """Return the field that a filter takes of each item, as a path with points; empty when it takes none."""
    told: Any = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    place = 0 if node.name == "map" else 1
    given = told if told is not None else node.args[place] if len(node.args) > place else None
    return str(given.value) if isinstance(given, nodes.Const) else ""


@dataclass(frozen=True, slots=True)
class _Loop:
    """What the name `loop` stands for: only the items beside are values of the context."""

    items: tuple[Fields, ...]


Names = dict[str, "tuple[Fields, ...] | _Loop"]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks the tags of a part; `fields` grows by what they read. A place in it stands for a value of the context."""

    fields: Fields

    def block(self, body: Iterable[nodes.Node], names: Names) -> None:
        """Read statements; a name set in a condition stays known after it, as tags know it."""
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, names)
            elif isinstance(node, nodes.If):
                self._condition(node.test, names)
                self.block((*node.body, *node.elif_, *node.else_), names)
            elif isinstance(node, nodes.Assign):
                set_to = self._places(node.node, names)
                for name in node.find_all(nodes.Name):
                    if name.ctx == "store":
                        known = self._named(name.name, names)
                        names[name.name] = (*(() if isinstance(known, _Loop) else known), *set_to)
            else:
                for child in node.iter_child_nodes():
                    self._print(child, names)

    def _loop(self, node: nodes.For, names: Names) -> None:
        items = _below(self._places(node.iter, names), ITEM)
        own = [name.name for name in targets(node)]
        if len(own) > 1:
            _mark(items, WHOLE)
        inside: Names = {**names, "loop": _Loop(items), **dict.fromkeys(own, items)}
        if node.test is not None:
            self._condition(node.test, inside)
        self.block(node.body, inside)
        self.block(node.else_, names)

    def _print(self, node: nodes.Node, names: Names) -> None:
        """Read a value whole."""
        _mark(self._places(node, names), WHOLE)

    def _condition(self, node: nodes.Node, names: Names) -> None:
        """Read whether a value is there."""
        if isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left, names)
            self._condition(node.right, names)
        elif isinstance(node, nodes.Not):
            self._condition(node.node, names)
        else:
            _mark(self._places(node, names), THERE)

    def _named(self, name: str, names: Names) -> tuple[Fields, ...] | _Loop:
        return names[name] if name in names else (self.fields.setdefault(name, {}),)

    def _places(self, node: nodes.Node, names: Names) -> tuple[Fields, ...]:
        """Return the places of the context whose value an expression may be; what it needs on the way is read."""
        if isinstance(node, nodes.Name):
            known = self._named(node.name, names)
            return () if isinstance(known, _Loop) else known
        if isinstance(node, nodes.Getattr):
            return self._field(node.node, node.attr, names)
        if isinstance(node, nodes.Getitem):
            return self._item(node, names)
        if isinstance(node, nodes.CondExpr | nodes.And | nodes.Or | nodes.Not):
            return self._either(node, names)
        return self._reckoned(node, names)

    def _either(
        self, node: nodes.CondExpr | nodes.And | nodes.Or | nodes.Not, names: Names
    ) -> tuple[Fields, ...]:
        """Read what is asked, and return what each branch may be."""
        if isinstance(node, nodes.Not):
            self._condition(node.node, names)
            return ()
        if isinstance(node, nodes.CondExpr):
            self._condition(node.test, names)
            branches = [node.expr1, *([node.expr2] if node.expr2 else [])]
        else:
            self._condition(node.left, names)
            branches = [node.left, node.right]
        return tuple(place for branch in branches for place in self._places(branch, names))

    def _field(self, owner: nodes.Node, name: str, names: Names) -> tuple[Fields, ...]:
        if isinstance(owner, nodes.Name) and isinstance(loop := names.get(owner.name), _Loop):
            return loop.items if name in {"previtem", "nextitem"} else ()
        return _below(self._places(owner, names), name)

    def _item(self, node: nodes.Getitem, names: Names) -> tuple[Fields, ...]:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node.node, node.arg.value, names)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
            return _below(self._places(node.node, names), ITEM)
        self._print(node.arg, names)
        if isinstance(node.arg, nodes.Slice):
            return self._places(node.node, names)
        self._print(node.node, names)
        return ()

    def _reckoned(self, node: nodes.Node, names: Names) -> tuple[Fields, ...]:
        """Read what a filter, a comparison or a sum is made of."""
        if isinstance(node, nodes.Test) and node.name in {"defined", "undefined"}:
            self._condition(node.node, names)
            return ()
        if isinstance(node, nodes.Filter) and node.node is not None:
            if node.name in {"length", "count"}:
                _below(self._places(node.node, names), ITEM)
                return ()
            if node.name in {"map", "join", "перечень"} and attribute_of(node):
                places = _below(self._places(node.node, names), ITEM)
                for name in attribute_of(node).split("."):
                    places = _below(places, name)
                _mark(places, WHOLE)
                return ()
        for child in node.iter_child_nodes():
            self._print(child, names)
        return ()


def _below(places: Iterable[Fields], name: str) -> tuple[Fields, ...]:
    return tuple(place.setdefault(name, {}) for place in places)


def _mark(places: Iterable[Fields], mark: str) -> None:
    for place in places:
        place[mark] = {}

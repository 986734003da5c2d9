"""Names a template asks for that no paper of its kind has, followed through loops and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from flows.papers.compiled import OFFICE, numbered, patched
from flows.papers.faults import located_tags, tags_by_line
from flows.papers.nearest import suggestion
from flows.papers.package import CORE, Package
from flows.papers.shapes import ANY, Shape, shape_of
from flows.papers.tag_fields import attribute_of, targets
from flows.papers.tags import PARTS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOOP = dict.fromkeys(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem")
)


def field_faults(package: Package, kind: str, label: str) -> Iterator[Fault]:
    """Yield the unknown names of every part; a loop's own name used outside it is one too."""
    for name, part in (
        (package.main, ""),
        *((name, PARTS[kind_of]) for name, kind_of in package.rendered.items()),
    ):
        if name == CORE or b"{" not in package.members[name]:
            continue
        source = numbered(patched(package.members[name], label))
        tree = OFFICE.parse(source)
        found = [*_Reader(shape_of(kind), tree).faults]
        tags = list(located_tags(package, name, part, label)) if found else []
        places = tags_by_line(source, tags)
        for line, field, reason in found:
            here = [tag for tag in places.get(line, []) if field in tag.text]
            yield Fault("tag-field", here[0].where if here else part, here[0].text if here else field, reason)


class _Reader:
    """Walks the tags with the names that are known at each place."""

    def __init__(self, known: Shape, tree: nodes.Template) -> None:
        self.known = known
        self.loops = {name.name for loop in tree.find_all(nodes.For) for name in targets(loop)}
        self.faults: list[tuple[int, str, str]] = []
        self._block(tree.body, {})

    def _block(self, body: list[nodes.Node], scope: Mapping[str, Shape]) -> None:
        own = dict(scope)
        for node in body:
            self._statement(node, own)

    def _statement(self, node: nodes.Node, scope: dict[str, Shape]) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self._shape(node.test, scope)
            for branch in (node.body, *(each.body for each in node.elif_), node.else_):
                self._block(branch, scope)
            for each in node.elif_:
                self._shape(each.test, scope)
        elif isinstance(node, nodes.Assign):
            told = self._shape(node.node, scope)
            scope.update({name.name: told for name in node.find_all(nodes.Name) if name.ctx == "store"})
        else:
            for child in node.iter_child_nodes():
                self._shape(child, scope)

    def _loop(self, node: nodes.For, scope: Mapping[str, Shape]) -> None:
        items = self._shape(node.iter, scope)
        item = items[0] if isinstance(items, list) else ANY
        names = list(targets(node))
        inside = {**scope, "loop": LOOP, **{name.name: item if len(names) == 1 else ANY for name in names}}
        if node.test is not None:
            self._shape(node.test, inside)
        self._block(node.body, inside)
        self._block(node.else_, scope)

    def _shape(self, node: nodes.Node, scope: Mapping[str, Shape]) -> Shape:
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._field(node.node, node.attr, node.lineno, scope)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Test) and node.name in {"defined", "undefined"}:
            return None
        if isinstance(node, nodes.Filter) and node.name in {"default", "d"}:
            return ANY
        shapes = [self._shape(child, scope) for child in node.iter_child_nodes()]
        return self._mapped(node, shapes)

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Shape]) -> Shape:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node.node, node.arg.value, node.lineno, scope)
        items = self._shape(node.node, scope)
        return items[0] if isinstance(items, list) else ANY

    def _mapped(self, node: nodes.Node, shapes: list[Shape]) -> Shape:
        if (
            not isinstance(node, nodes.Filter)
            or node.name not in {"map", "join", "перечень"}
            or not isinstance(shapes[0], list)
        ):
            return ANY
        path = attribute_of(node)
        item = shapes[0][0]
        for name in path.split(".") if path else ():
            item = self._step(item, name, node.lineno)
        return [item] if node.name == "map" else None

    def _name(self, node: nodes.Name, scope: Mapping[str, Shape]) -> Shape:
        if node.name in scope:
            return scope[node.name]
        if node.name in self.loops and node.name not in (self.known or {}):
            self.faults.append(
                (
                    node.lineno,
                    node.name,
                    f"«{node.name}» есть только внутри своего цикла «for»; перенесите метку в цикл",
                )
            )
            return ANY
        return ANY if self.known is None else self._step(self.known, node.name, node.lineno)

    def _field(self, owner: nodes.Node, name: str, line: int, scope: Mapping[str, Shape]) -> Shape:
        return self._step(self._shape(owner, scope), name, line)

    def _step(self, owner: Shape, name: str, line: int) -> Shape:
        if owner is ANY or not isinstance(owner, dict | list):
            return ANY
        if isinstance(owner, list):
            self.faults.append((line, name, f"«{name}» берут у списка; выведите его циклом «for»"))
            return ANY
        if name in owner:
            return owner[name]
        self.faults.append((line, name, f"поля «{name}» нет{suggestion(name, owner)}"))
        return ANY

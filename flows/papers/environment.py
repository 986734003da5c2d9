"""The small language of tags: names, conditions, loops and a few filters; nothing in it can run code or never end.

A template is written by staff and may come from anybody, so what is allowed is listed and the rest is refused
when the template is read: no calls, no macros, no private names, no filters but ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from flows.domain.errors import Refused
from flows.papers import values
from flows.papers.tag_filters import FILTERS, PRINT, SPENT, STEP, TESTS
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from jinja2.compiler import Frame

STEP_COST = 200
MOST_DEPTH = 6
LOOP_NAMES = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem"}
)
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice,
    nodes.Filter, nodes.Test, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Const, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.List,
    nodes.Tuple, nodes.Assign, nodes.Keyword,
)  # fmt: skip
GROWING = (nodes.Concat, nodes.Add, nodes.List, nodes.Tuple, nodes.Filter)
RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})


class MissingField(jinja2.UndefinedError):
    """A name that the context does not have; `known` are the names that stand beside it."""

    def __init__(self, name: str, known: tuple[str, ...] | None, message: str | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.known = known


class ForbiddenTag(jinja2.TemplateSyntaxError):
    """The template asks for something the language of tags does not have."""


class Absent(jinja2.StrictUndefined):
    """An undefined name that fails with what would have been right."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        known = tuple(map(str, obj)) if isinstance(obj, Mapping) else None if obj is missing else ()
        super().__init__(hint, obj, name, exc)
        self._undefined_exception = partial(MissingField, str(name), known)  # type: ignore[assignment]


class Office(SandboxedEnvironment):
    """Jinja kept to records, lists and the filters below; every value is escaped where it is printed (`values.escaped`)."""

    def __init__(self) -> None:
        super().__init__(autoescape=False, undefined=Absent, finalize=values.escaped, cache_size=0)
        self.globals = {}
        self.filters = dict(FILTERS)
        self.tests = {name: self.tests[name] for name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of a record or of `loop`; anything else has no fields."""
        if type(obj) is dict or isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        if isinstance(obj, jinja2.Undefined):
            str(obj)
        if isinstance(obj, Doubt):
            raise obj.with_traceback(None)
        if obj is None:
            raise Refused(
                f"поле «{attribute}» взять неоткуда: такой записи в данных нет; обведите место условием «if»"
            )
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a record or a list."""
        if isinstance(obj, Doubt):
            raise obj.with_traceback(None)
        if isinstance(obj, list | tuple) and isinstance(argument, int | slice):
            return (
                obj[argument]
                if isinstance(argument, slice) or -len(obj) <= argument < len(obj)
                else self.undefined(obj=obj, name=str(argument))
            )
        return self.getattr(obj, str(argument))

    def compiled(self, source: str) -> jinja2.Template:
        """Compile a part's text; raise `TemplateSyntaxError` for what the language does not have."""
        return self.of_tree(self.parse(source))

    def of_tree(self, tree: nodes.Template) -> jinja2.Template:
        """Compile the tree of a part's text, guarding it; raise as `compiled`."""
        guarded(tree)
        return jinja2.Template.from_code(self, self.compile(tree), {})


class _Subscripts(CodeGenerator):
    """Reads a field of a record by a plain subscript; whatever is not that simple raises, and the careful way is taken."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the visitor's own naming
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}]")


class SwiftOffice(Office):
    """The same language several times faster, for templates whose every field is there; a missing one is a bare `KeyError`."""

    code_generator_class = _Subscripts


def guarded(tree: nodes.Template) -> None:
    """Refuse what is not allowed, count what loops may write, and print what is joined."""
    found: list[nodes.Node] = []
    loops: list[tuple[nodes.For, int]] = []
    _walk(tree, 0, found, loops)
    for node in found:
        _refuse(node)
    if any(isinstance(node, nodes.Concat) for node in found):
        _Joints().visit(tree)
    for loop, text in loops:
        weight = nodes.Const(text + STEP_COST)
        loop.iter = nodes.Filter(loop.iter, STEP, [weight], [], None, None, lineno=loop.lineno)


def _walk(node: nodes.Node, depth: int, found: list[nodes.Node], loops: list[tuple[nodes.For, int]]) -> int:
    """Gather a node, all below it and its loops, each with how much text of the template stands in it; return the node's own text."""
    below = depth + isinstance(node, nodes.For)
    if below > MOST_DEPTH:
        raise ForbiddenTag("циклов внутри циклов слишком много", node.lineno)
    found.append(node)
    text = len(node.data) if isinstance(node, nodes.TemplateData) else 0
    for child in node.iter_child_nodes():
        text += _walk(child, below, found, loops)
    if isinstance(node, nodes.For):
        loops.append((node, text))
    return text


def _refuse(node: nodes.Node) -> None:
    if isinstance(node, nodes.Call):
        raise ForbiddenTag(
            "вызов со скобками в метке не разрешён; есть только поля, условия, циклы и фильтры через «|»",
            node.lineno,
        )
    if not isinstance(node, ALLOWED):
        raise ForbiddenTag(f"такой метки в шаблонах нет ({type(node).__name__})", node.lineno)
    name = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    if name.startswith("_") or name in RESERVED:
        raise ForbiddenTag(f"поле «{name}» служебное, в шаблонах его нет", node.lineno)
    if isinstance(node, nodes.For) and node.recursive:
        raise ForbiddenTag("цикл «recursive» не разрешён", node.lineno)
    if isinstance(node, nodes.Assign) and (
        isinstance(node.node, GROWING) or any(node.node.find_all(GROWING))
    ):
        raise ForbiddenTag("в «set» можно назвать только поле или условие", node.lineno)
    _refuse_unknown(node)


def _refuse_unknown(node: nodes.Node) -> None:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise ForbiddenTag(_unknown("фильтра", node.name, FILTERS), node.lineno)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise ForbiddenTag(_unknown("проверки", node.name, TESTS), node.lineno)


def _unknown(what: str, name: str, known: Any) -> str:
    from flows.papers.nearest import suggestion  # noqa: PLC0415 - only when something is wrong

    return f"{what} «{name}» нет{suggestion(name, [each for each in known if SPENT not in each])}"


class _Joints(NodeTransformer):
    """Let «~» join what would be printed, so that a date or a doubt is never joined raw."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Concat:  # noqa: N802 - the visitor's own naming
        node.nodes = [
            nodes.Filter(self.visit(each), PRINT, [], [], None, None, lineno=node.lineno)
            for each in node.nodes
        ]
        return node

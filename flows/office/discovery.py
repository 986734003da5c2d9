"""Google's own description of its services, used to name a call and to check both of its ways.

The documents ship inside google-api-python-client, so nothing is fetched. Schemas are compiled to closures
once and only when first needed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, cast

from flows.office.errors import Refusal

# A path is kept as nested pairs and spelt only when something is wrong: most values are right.
Where: TypeAlias = "tuple[()] | tuple[Where, str | int]"
Check = Callable[[Any, "Where"], None]
_SERVICES = (("drive", "v3"), ("sheets", "v4"))
_INTEGER = re.compile(r"-?[0-9]+")
_LONGEST_INTEGER, _MOST_FLOAT = 20, sys.float_info.max
_MOST = {"int32": 2**31, "uint32": 2**32}


class Violation(Exception):  # noqa: N818 - the checker's own word
    """A value that does not fit its schema; `where` is its path, `why` a sentence."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{why} ({where})" if where else why)
        self.where = where
        self.why = why


@dataclass(frozen=True)
class Method:
    """One method of a service: its discovery name and what it takes and gives."""

    id: str
    verb: str
    pattern: re.Pattern[str]
    placeholders: int
    parameters: dict[str, Any]
    request: str
    response: str

    @property
    def service(self) -> str:
        """`drive` or `sheets`."""
        return self.id.split(".", 1)[0]


@lru_cache(maxsize=1)
def documents() -> dict[str, dict[str, Any]]:
    """Read the shipped documents by service."""
    from googleapiclient.discovery_cache import get_static_doc  # noqa: PLC0415 - only when first asked

    shipped = cast("Callable[[str, str], str]", get_static_doc)

    return {name: json.loads(shipped(name, version)) for name, version in _SERVICES}


@lru_cache(maxsize=1)
def methods() -> tuple[Method, ...]:
    """Every method of both services, the most exact paths first."""
    found: list[Method] = []
    for document in documents().values():
        _collect(document, document, found)
    return tuple(sorted(found, key=lambda method: method.placeholders))


def _collect(node: dict[str, Any], document: dict[str, Any], found: list[Method]) -> None:
    found.extend(_method(spec, document) for spec in node.get("methods", {}).values())
    for inner in node.get("resources", {}).values():
        _collect(inner, document, found)


def _method(spec: dict[str, Any], document: dict[str, Any]) -> Method:
    path = "/" + document["servicePath"] + spec["path"]
    pieces = re.split(r"\{\+?(\w+)\}", path)
    regex = "".join(
        f"(?P<{piece}>[^/:]+)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces)
    )
    return Method(
        spec["id"],
        spec["httpMethod"],
        re.compile(regex.replace("(?P<range>[^/:]+)", "(?P<range>[^/]+?)")),
        len(pieces) // 2,
        {**document["parameters"], **spec.get("parameters", {})},
        spec.get("request", {}).get("$ref", ""),
        spec.get("response", {}).get("$ref", ""),
    )


def match(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Find the method of a request and its path parameters, still percent-encoded."""
    plain = re.sub(r"^(/resumable)?/upload(?=/)", "", path)
    return _match(verb, plain)


@lru_cache(maxsize=2048)
def _match(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    for method in methods():
        found = method.pattern.fullmatch(path) if method.verb == verb else None
        if found:
            return method, found.groupdict()
    return None


def check_query(method: Method, query: dict[str, list[str]]) -> tuple[str, ...]:
    """Refuse bad values with 400; answer the names the document does not know, which Google lets pass."""
    unknown = []
    for name, values in query.items():
        spec = method.parameters.get(name)
        if spec is None:
            unknown.append(name)
            continue
        for value in values:
            _check_parameter(name, value, spec)
    return tuple(unknown)


def _check_parameter(name: str, value: str, spec: dict[str, Any]) -> None:
    kind = spec.get("type")
    wrong = (
        ("enum" in spec and name != "alt" and value not in spec["enum"])
        or (kind == "boolean" and value.lower() not in {"true", "false"})
        or (kind == "integer" and not _within(value, spec))
    )
    if wrong:
        raise Refusal(400, f"Invalid value at '{name}': \"{value}\"", "invalidParameter")


def _within(value: str, spec: dict[str, Any]) -> bool:
    if not _INTEGER.fullmatch(value) or len(value) > _LONGEST_INTEGER:
        return False
    least, most = spec.get("minimum"), spec.get("maximum")
    return (least is None or int(value) >= int(least)) and (most is None or int(value) <= int(most))


def check_request(method: Method, body: dict[str, Any]) -> None:
    """Refuse a body that the service's schema does not allow, in Google's words (400)."""
    if not method.request:
        return
    try:
        compiled(method.service, method.request)(body, ())
    except Violation as violation:
        raise Refusal(400, f"Invalid JSON payload received. {violation.why}") from None


def check_answer(method: Method, body: Any) -> None:
    """Raise `Violation` if an answer of ours is not what the service's schema promises."""
    if method.response:
        compiled(method.service, method.response)(body, ())


def spelled(where: Where) -> str:
    """Spell a path as Google does: `sheets[0].data`."""
    if not where:
        return ""
    above, name = spelled(where[0]), where[1]
    return f"{above}[{name}]" if isinstance(name, int) else f"{above}.{name}" if above else name


def _violation(where: Where, why: str) -> Violation:
    at = spelled(where)
    return Violation(at, f"Invalid value at '{at}': {why}.")


@lru_cache(maxsize=1024)
def compiled(service: str, name: str) -> Check:
    """Compile the check of a named schema."""
    return _object(documents()[service]["schemas"][name], service)


def _compile(schema: dict[str, Any], service: str) -> Check:
    if "$ref" in schema:
        return _reference(schema["$ref"], service)
    kind = schema.get("type", "any")
    if kind == "object":
        return _object(schema, service)
    if kind == "array":
        return _array(schema, service)
    if "enum" in schema:
        return _enum(frozenset(schema["enum"]))
    return _any if kind == "any" else _scalar(kind, schema.get("format", ""))


def _reference(name: str, service: str) -> Check:
    def check(value: Any, where: Where) -> None:
        compiled(service, name)(value, where)

    return check


def _any(_value: Any, _where: Where) -> None:
    return


def _object(schema: dict[str, Any], service: str) -> Check:
    known: dict[str, Check] = {}
    specs = schema.get("properties", {})
    extra = _compile(schema["additionalProperties"], service) if "additionalProperties" in schema else None

    def check(value: Any, where: Where) -> None:
        if value is None:
            return
        if not isinstance(value, dict):
            raise _violation(where, "not an object")
        for name, item in value.items():
            found = known.get(name)
            if found is None:
                found = known[name] = _check_of(name, where)
            found(item, (where, name))

    def _check_of(name: str, where: Where) -> Check:
        if name not in specs and extra is None:
            at = spelled(where)
            raise Violation(at, f'Unknown name "{name}"{f" at {at!r}" if at else ""}: Cannot find field.')
        return _compile(specs[name], service) if name in specs else extra or _any

    return check


def _array(schema: dict[str, Any], service: str) -> Check:
    item_check = _compile(schema.get("items", {}), service)

    def check(value: Any, where: Where) -> None:
        if value is None:
            return
        if not isinstance(value, list):
            raise _violation(where, "not a list")
        for number, item in enumerate(value):
            item_check(item, (where, number))

    return check


def _enum(allowed: frozenset[str]) -> Check:
    def check(value: Any, where: Where) -> None:
        if value is not None and value not in allowed:
            raise _violation(where, "not one of the allowed words")

    return check


def _fits(kind: str, form: str, value: Any) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind == "string":
        return isinstance(value, str) or (form in {"int64", "uint64"} and isinstance(value, int))
    if not isinstance(value, int | float) or not -_MOST_FLOAT <= value <= _MOST_FLOAT:
        return False
    return kind != "integer" or (float(value).is_integer() and abs(value) < _MOST.get(form, 2**63))


def _scalar(kind: str, form: str) -> Check:
    def check(value: Any, where: Where) -> None:
        if value is not None and not _fits(kind, form, value):
            # The value itself may be about a person, and refusals reach logs.
            raise _violation(where, f"not {kind}")

    return check

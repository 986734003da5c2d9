"""What a store answered in a trial, kept without what it said: methods, codes, reasons, times and shapes.

A shape names keys and kinds of values. A key stands in it only when Google's own description has it, a value only when
it is one of the words that description lists: whatever else an answer holds (ids, addresses, names, tokens) has no way in.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from googleapiclient.discovery_cache import get_static_doc

from flows.workspace.drive import DOCUMENT, DOCX, FOLDER, SHORTCUT, SPREADSHEET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import requests

SERVICES = (("drive", "v3"), ("sheets", "v4"))
UPLOAD = re.compile(r"^/(?:resumable/)?upload(?=/)")
# Google's names of reasons are several words in one; of single words, which might be anybody's, only its own pass.
REASON = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)+")
LONGEST_REASON = 60
ONE_WORD = frozenset(
    {
        *(
            "required",
            "invalid",
            "forbidden",
            "duplicate",
            "deleted",
            "conflict",
            "expired",
            "unknown",
            "backoff",
        ),
        *("UNAUTHENTICATED", "INTERNAL", "UNAVAILABLE", "ABORTED", "UNIMPLEMENTED", "UNKNOWN", "CANCELLED"),
    }
)
ERROR_KEYS = frozenset(
    {
        "error",
        "errors",
        "code",
        "message",
        "status",
        "details",
        "reason",
        "domain",
        "location",
        "locationType",
    }
)
NAMED = frozenset({"mimeType", "type", "role", "kind"})
WORDS = frozenset(
    {
        *(
            FOLDER,
            SPREADSHEET,
            DOCUMENT,
            SHORTCUT,
            DOCX,
            "drive#file",
            "drive#fileList",
            "drive#about",
            "drive#generatedIds",
        ),
        *("drive#permission", "drive#permissionList", "drive#user", "user", "group", "domain", "anyone"),
        *("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader"),
    }
)
OTHERS = "прочие ключи"
MOST_SHAPES, DEEPEST = 3, 12


class Known(NamedTuple):
    """What Google's descriptions have: keys of answers, words of enumerations, calls by method and path."""

    keys: frozenset[str]
    words: frozenset[str]
    calls: tuple[tuple[str, re.Pattern[str], str], ...]


class Answers:
    """Hears every answer of a session and keeps its shape until it is taken."""

    def __init__(self) -> None:
        self._kept: list[dict[str, Any]] = []

    def hear(self, response: requests.Response, *_: object, **__: object) -> None:
        """Keep an answer's shape: a hook of a session."""
        self._kept.append(described(response))

    def taken(self) -> list[dict[str, Any]]:
        """Give what was heard since the last time."""
        kept, self._kept = self._kept, []
        return kept


def described(response: requests.Response) -> dict[str, Any]:
    """Describe an answer: which call, its code and reason, how many milliseconds it took, its shape."""
    request = response.request
    body = _parsed(response)
    return {
        "вызов": call_of(str(request.method), str(request.url)),
        "код": response.status_code,
        "причина": _reason(body),
        "мс": round(response.elapsed.total_seconds() * 1000),
        "ответ": shape(body) if body is not None else _of_bytes(response.headers.get("Content-Type", "")),
    }


def call_of(method: str, url: str) -> str:
    """Name a call as Google's description does, without what stands in its address."""
    path = UPLOAD.sub("", urlsplit(url).path)
    return next(
        (name for verb, pattern, name in known().calls if verb == method and pattern.fullmatch(path)),
        "другой",
    )


def shape(value: Any, key: str = "", depth: int = 0) -> Any:
    """Return the keys and kinds of an answer."""
    if isinstance(value, dict):
        return _of_table(value, depth)
    if isinstance(value, list):
        shapes = {
            json.dumps(each, sort_keys=True): each for each in (shape(item, key, depth + 1) for item in value)
        }
        return [len(value), *islice(shapes.values(), MOST_SHAPES)]
    if isinstance(value, str):
        return value if _is_word(key, value) else "строка"
    if isinstance(value, bool):
        return "да/нет"
    return "пусто" if value is None else "число"


def _of_table(value: Mapping[str, Any], depth: int) -> Any:
    if depth > DEEPEST:
        return "таблица"
    keys = known().keys | ERROR_KEYS
    told = {name: shape(inner, name, depth + 1) for name, inner in value.items() if name in keys}
    others = len(value) - len(told)
    return told | ({OTHERS: others} if others else {})


def _is_word(key: str, value: str) -> bool:
    return value in (WORDS if key in NAMED else known().words)


def _parsed(response: requests.Response) -> Any:
    try:
        return json.loads(response.content) if "json" in response.headers.get("Content-Type", "") else None
    except ValueError:
        return None


def _of_bytes(kind: str) -> str:
    return "страница" if "html" in kind else "файл"


def _reason(body: Any) -> str:
    """Return Google's own name of what was wrong; anything that is no such name is left out."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return ""
    lists = [
        each for name in ("errors", "details") for each in error.get(name) or () if isinstance(each, dict)
    ]
    names = [str(each.get("reason") or "") for each in lists] + [str(error.get("status") or "")]
    return next((name for name in names if _is_reason(name)), "")


def _is_reason(name: str) -> bool:
    return name in ONE_WORD or (len(name) <= LONGEST_REASON and REASON.fullmatch(name) is not None)


@cache
def known() -> Known:
    """Read what Google's descriptions have."""
    documents = [json.loads(get_static_doc(*service)) for service in SERVICES]
    schemas = [schema for document in documents for schema in document["schemas"].values()]
    calls = sorted(
        each for document in documents for each in _calls(document["resources"], document["servicePath"])
    )
    return Known(
        frozenset(name for schema in schemas for name in _keys(schema)),
        frozenset(word for schema in schemas for word in _enumerated(schema)),
        tuple((verb, re.compile(pattern), name) for _, verb, pattern, name in calls),
    )


def _keys(schema: Mapping[str, Any]) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from _keys(inner)
    if isinstance(schema.get("items"), dict):
        yield from _keys(schema["items"])


def _enumerated(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from schema.get("enum", ())
    for inner in (
        *schema.get("properties", {}).values(),
        schema.get("items"),
        schema.get("additionalProperties"),
    ):
        if isinstance(inner, dict):
            yield from _enumerated(inner)


def _calls(resources: Mapping[str, Any], base: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield calls with how many places of their path are open: the fewest are tried first."""
    for resource in resources.values():
        for method in resource.get("methods", {}).values():
            path = re.escape(f"/{base}{method['path']}")
            pattern, places = re.subn(r"\\{\+?\w+\\}", "[^/]+", path)
            yield places, method["httpMethod"], pattern, method["id"]
        yield from _calls(resource.get("resources", {}), base)

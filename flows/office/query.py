"""The part of Drive's search language that the office understands: terms joined by `and`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.office.errors import Refusal
from flows.office.watch import iso

_TEXT = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_AND = re.compile(r"(?<!\s)\s+and\s+")
_PATTERNS = (
    (re.compile(r"trashed\s*(=|!=)\s*(true|false)"), "trashed"),
    (re.compile(rf"{_TEXT}\s+in\s+parents"), "parents"),
    (re.compile(rf"(name|mimeType)\s*(=|!=)\s*{_TEXT}"), "text"),
    (re.compile(rf"name\s+contains\s+{_TEXT}"), "contains"),
    (re.compile(rf"modifiedTime\s*>\s*{_TEXT}"), "modified"),
    (
        re.compile(rf"appProperties\s+has\s*\{{\s*key\s*=\s*{_TEXT}\s+and\s+value\s*=\s*{_TEXT}\s*\}}"),
        "property",
    ),
)


@dataclass(frozen=True)
class Term:
    """One condition: which field, equal or not, and the value looked for."""

    field: str
    value: str
    key: str = ""
    equal: bool = True


def parse(text: str) -> tuple[Term, ...]:
    """Read `q`; 400 `invalidParameter` for what the office does not understand."""
    terms: list[Term] = []
    rest = text.strip()
    while rest:
        term, rest = _next(rest, text)
        terms.append(term)
        if not rest:
            break
        joined = _AND.match(rest)
        if joined is None:
            raise _invalid(text)
        rest = rest[joined.end() :]
    return tuple(terms)


def _next(rest: str, whole: str) -> tuple[Term, str]:
    for pattern, kind in _PATTERNS:
        match = pattern.match(rest)
        if match:
            return _term(kind, match), rest[match.end() :]
    raise _invalid(whole)


def _term(kind: str, match: re.Match[str]) -> Term:
    groups = [_plain(group) for group in match.groups()]
    if kind == "modified":
        return Term(kind, _moment(groups[0], match[0]))
    if kind == "trashed":
        return Term("trashed", groups[1], equal=groups[0] == "=")
    if kind == "text":
        return Term(groups[0], groups[2], equal=groups[1] == "=")
    if kind == "property":
        return Term("appProperties", groups[1], key=groups[0])
    return Term(kind, groups[0])


def _moment(text: str, whole: str) -> str:
    """Spell a moment as files have it; one without a zone is of UTC, what is no moment is refused."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _invalid(whole) from None
    return iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _plain(text: str) -> str:
    if text[:1] in {"'", '"'}:
        text = text[1:-1]
    return re.sub(r"\\(.)", r"\1", text)


def _invalid(text: str) -> Refusal:
    return Refusal(400, f"Invalid Value: q = {text}", "invalid")

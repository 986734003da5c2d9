"""Looking a template over before anybody prints from it: every fault at once, each with its place and the right name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.model import Origin, Problem, Severity
from flows.papers.lint_fields import field_faults
from flows.papers.lint_tags import Fault, tag_faults
from flows.papers.package import Package, opened, tree_of
from flows.papers.rendering import content_of, filled
from flows.papers.shapes import trials
from flows.papers.tags import PARTS, Paragraph, of_part
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check(template: Path | bytes, kind: str = "") -> tuple[Problem, ...]:
    """Return the faults of a template, in the order of its pages; none when any paper of `kind` can be printed from it.

    A file named like a kind («order.pairs.docx») needs no `kind`. Without one, names of fields are not judged.
    """
    data, label = content_of(template)
    kind = kind or label.removeprefix("Шаблон ").removesuffix(".docx")
    try:
        package = opened(data, label)
    except Refused as refusal:
        return (_problem("template-file", label, "", str(refusal)),)
    found = [fault for paragraphs in _parts(package, label) for fault in tag_faults(paragraphs)]
    found = found or list(field_faults(package, kind, label))
    problems = tuple(_problem(fault.code, label, fault.where, _sentence(label, fault)) for fault in found)
    return tuple(dict.fromkeys(problems)) or _printed(data, label, kind)


def _parts(package: Package, label: str) -> Iterator[list[Paragraph]]:
    yield list(of_part(tree_of(package.members[package.main], label)))
    for name, part in package.rendered.items():
        yield list(of_part(tree_of(package.members[name], label), PARTS[part]))


def _printed(data: bytes, label: str, kind: str) -> tuple[Problem, ...]:
    """Print the template on trial, with few people and with many: what only shows in print shows here."""
    for context in trials(kind):
        try:
            filled(data, label, context)
        except Refused as refusal:
            return (_problem("template-print", label, "", str(refusal)),)
        except Doubt:
            continue
    return ()


def _sentence(label: str, fault: Fault) -> str:
    tag = f"метка «{fault.tag}»" if fault.tag else ""
    return ", ".join(part for part in (label, fault.where, tag) if part) + f": {fault.reason.rstrip('.')}."


def _problem(code: str, label: str, where: str, message: str) -> Problem:
    return Problem(Severity.STOP, code, Origin(book=label.removeprefix("Шаблон "), tab=where), message)

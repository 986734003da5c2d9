"""Looking a template over before anybody prints from it: every fault at once, each with its place and the right name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.model import Origin, Problem, Severity
from flows.papers.lint_fields import field_faults
from flows.papers.lint_tags import Fault, tag_faults
from flows.papers.lint_text import text_faults
from flows.papers.overgrown import overgrown
from flows.papers.package import Package, opened, tree_of
from flows.papers.rendering import content_of, filled, prepared
from flows.papers.shapes import trials
from flows.papers.tags import PARTS, Paragraph, of_part
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MOST_FAULTS, SHOWN = 200, 40
MORE = "{}: показаны не все замечания, всего их {}. Исправьте эти и проверьте шаблон снова."


def check(template: Path | bytes, kind: str = "") -> tuple[Problem, ...]:
    """Return the faults of a template, in the order of its pages; none when any paper of `kind` can be printed from it.

    A file named like a kind («order.pairs.docx») needs no `kind`; any other may use the fields of all kinds.
    """
    data, label = content_of(template)
    found = list(dict.fromkeys(faults(data, label, kind)))
    more = [
        Problem(
            Severity.STOP,
            "template-more",
            Origin(book=label.removeprefix("Шаблон ")),
            MORE.format(label, len(found)),
        )
    ]
    return tuple(dict.fromkeys(_problem(fault, label) for fault in found[:MOST_FAULTS])) + tuple(
        more[: len(found) > MOST_FAULTS]
    )


def faults(data: bytes, label: str, kind: str = "") -> list[Fault]:
    """Return the faults of a template whose bytes are at hand: those of tags, else those of fields, else what a trial print shows."""
    kind = kind or label.removeprefix("Шаблон ").removesuffix(".docx")
    try:
        package = opened(data, label)
    except Refused as refusal:
        return [Fault("template-file", "", "", str(refusal))]
    grown = [
        Fault("tag-overgrown", tag.where, tag.text[:SHOWN], said)
        for part in _parts(package, label)
        for tag, said in overgrown(part)
    ]
    if grown:
        return grown
    found = [
        fault
        for paragraphs in _parts(package, label)
        for rules in (tag_faults, text_faults)
        for fault in rules(paragraphs)
    ]
    return found or list(field_faults(package, kind, label)) or list(_printed(data, label, kind))


def _parts(package: Package, label: str) -> Iterator[list[Paragraph]]:
    yield list(of_part(tree_of(package.members[package.main], label)))
    for name, part in package.rendered.items():
        yield list(of_part(tree_of(package.members[name], label), PARTS[part]))


def _printed(data: bytes, label: str, kind: str) -> Iterator[Fault]:
    """Print the template on trial, with few people and with many: what only shows in print shows here."""
    for context in trials(kind) or (None,):
        try:
            prepared(data, label) if context is None else filled(data, label, context)
        except Refused as refusal:
            yield Fault("template-print", "", "", str(refusal))
            return
        except Doubt:
            continue


def _problem(fault: Fault, label: str) -> Problem:
    tag = f"метка «{fault.tag}»" if fault.tag else ""
    place = ", ".join(part for part in (label, fault.where, tag) if part)
    told = f"{place}: {fault.reason.rstrip('.')}." if fault.where or fault.tag else fault.reason
    return Problem(
        Severity.STOP, fault.code, Origin(book=label.removeprefix("Шаблон "), tab=fault.where), told
    )

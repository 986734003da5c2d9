"""Looking a template over before anybody prints from it: every fault at once, each with its place and the right name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.domain.model import Origin, Problem, Severity
from flows.papers.faults import TROUBLE, misread
from flows.papers.lint_fields import field_faults
from flows.papers.lint_foreign import foreign_marks, hinted, without_tags
from flows.papers.lint_tags import tag_faults
from flows.papers.lint_text import text_faults
from flows.papers.opening import opened
from flows.papers.overgrown import overgrown
from flows.papers.package import Package, tree_of
from flows.papers.remarks import remarks
from flows.papers.rendering import content_of, filled, prepared
from flows.papers.shapes import trials
from flows.papers.tags import PARTS, Fault, Paragraph, of_part
from flows.papers.unfilled import TAGGED, unfilled
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
        return _of_package(opened(data, label), data, label, kind)
    except Refused as refusal:
        return [Fault("template-file", "", "", str(refusal))]


def _of_package(package: Package, data: bytes, label: str, kind: str) -> list[Fault]:
    parts = list(_parts(package, label))
    grown = [
        Fault("tag-overgrown", tag.where, tag.text[:SHOWN], said)
        for paragraphs in parts
        for tag, said in overgrown(paragraphs)
    ]
    if grown:
        return grown
    found = [
        *unfilled(package, label),
        *(fault for each in parts for rules in (tag_faults, text_faults) for fault in rules(each)),
    ]
    if all(fault.severity is not Severity.STOP for fault in found):
        found += _fields(package, kind, label, data) or list(_printed(data, label, kind))
    asked = list(foreign_marks(parts, kind, {fault.where for fault in found}))
    if not found and not any(
        TAGGED.search(package.members[name]) for name in (package.main, *package.rendered)
    ):
        asked = [without_tags(parts, kind, label), *asked]
    return [*hinted(found, kind), *asked, *remarks(package, label)]


def _fields(package: Package, kind: str, label: str, data: bytes) -> list[Fault]:
    """Return the unknown names; a tag that cannot be read at all, whatever it is, is told as printing tells it."""
    try:
        return list(field_faults(package, kind, label))
    except (*TROUBLE, AssertionError):
        return [Fault("template-print", "", "", str(misread(data, label)))]


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
        fault.severity, fault.code, Origin(book=label.removeprefix("Шаблон "), tab=fault.where), told
    )

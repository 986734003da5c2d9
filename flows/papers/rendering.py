"""The one way from a template to a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.domain.errors import Misconfigured, Refused
from flows.papers import faults
from flows.papers.compiled import Compiled, compiled

if TYPE_CHECKING:
    from collections.abc import Mapping


def render(template: Path | bytes, context: Mapping[str, Any]) -> bytes:
    """Fill a Word template and return the bytes of the .docx; the same template and context give the same bytes.

    Raise the context's own `Doubt` when the paper needs a form that is not known, `Refused` when the template or
    a value is at fault (file, paragraph or cell, tag and the nearest right name in one Russian sentence), and
    `Misconfigured` when the file cannot be read.
    """
    return filled(*content_of(template), context)


def filled(data: bytes, label: str, context: Mapping[str, Any]) -> bytes:
    """Fill a template whose bytes are at hand; `label` names it in refusals."""
    ready = prepared(data, label)
    try:
        return ready.paper(context)
    except faults.TROUBLE as trouble:
        raise faults.misprinted(data, label, context) from trouble


def prepared(data: bytes, label: str) -> Compiled:
    """Return the template ready for papers; raise `Refused` with the place of its fault."""
    try:
        return compiled(data, label)
    except Refused:
        raise
    except (*faults.TROUBLE, AssertionError) as trouble:
        raise faults.misread(data, label) from trouble


def content_of(template: Path | bytes) -> tuple[bytes, str]:
    """Return the template's bytes and the words that name it to a person."""
    if isinstance(template, bytes):
        return template, "Шаблон"
    try:
        return Path(template).read_bytes(), f"Шаблон {Path(template).name}"
    except OSError as trouble:
        raise Misconfigured(
            f"Шаблон {Path(template).name} не читается: файла нет или нет прав на чтение."
        ) from trouble

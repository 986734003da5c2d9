"""A template as staff or a later version would better it: a line more, every field as it was."""

from __future__ import annotations

from io import BytesIO

import docx


def better(template: bytes) -> bytes:
    """Return a template with one paragraph more."""
    paper = docx.Document(BytesIO(template))
    paper.add_paragraph("Ещё одна строка")
    told = BytesIO()
    paper.save(told)
    return told.getvalue()

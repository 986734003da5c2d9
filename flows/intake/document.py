"""What reading a file answers: a document and findings, or a refusal in a plain sentence."""

from __future__ import annotations

from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap.grids import Document, Grid, GridCell, Merge

__all__ = ["Document", "Grid", "GridCell", "Merge", "Reading", "refused"]

Reading = tuple[Document, tuple[Problem, ...]]


def refused(name: str, code: str, message: str) -> Reading:
    """Answer that a file cannot be read: an empty document and one finding that stops the work."""
    return Document(), (Problem(Severity.STOP, code, Origin(book=name), message),)

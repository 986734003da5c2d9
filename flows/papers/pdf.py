"""Registered papers as PDF, in one batch, through LibreOffice where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import libreoffice

if TYPE_CHECKING:
    from collections.abc import Mapping


def converted(papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Convert .docx bytes by name. What LibreOffice could not convert, or not in time, is simply not there."""
    return libreoffice.converted(papers, ".docx", ".pdf")

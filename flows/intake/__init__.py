"""Roadmap files people already have, read into grids of cells."""

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.reader import read

__all__ = ["Document", "Grid", "GridCell", "Merge", "read"]

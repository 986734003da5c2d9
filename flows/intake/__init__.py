"""Roadmap files people already have, read into grids of cells and understood as activities."""

from flows.intake.document import Document, Grid, GridCell, Merge
from flows.intake.reader import read, read_bytes
from flows.intake.roadmap import understand, understand_bytes

__all__ = ["Document", "Grid", "GridCell", "Merge", "read", "read_bytes", "understand", "understand_bytes"]

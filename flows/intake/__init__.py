"""Roadmap files people already have, read into grids of cells."""

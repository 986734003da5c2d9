"""The roadmap (дорожная карта): grids of cells read into activities, proposed terms, files brought in again."""

from flows.domain.roadmap.responsible import people

__all__ = ["people"]

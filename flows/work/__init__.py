"""The road as plain functions over a Workspace; the flows only tell its story."""

from flows.work.road import Made, Report, Supplies, prepare

__all__ = ["Made", "Report", "Supplies", "prepare"]

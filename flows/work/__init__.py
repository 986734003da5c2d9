"""The road as plain functions over a Workspace; the flows only tell its story."""

from flows.work.look import look
from flows.work.road import prepare
from flows.work.stages import Errand, Made, Report, Supplies
from flows.work.think import think

__all__ = ["Errand", "Made", "Report", "Supplies", "look", "prepare", "think"]

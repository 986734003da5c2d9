"""The road as plain functions: look, think, act; the flows only tell its story.

There is no interface of a store to implement here: the functions hold the clients of Sheets and Drive themselves
(`flows.workspace.space.Workspace`), and those speak HTTP. The seam is the session below them: whoever answers its
requests, Google or the local office, is the store.
"""

from flows.work.look import look
from flows.work.road import prepare
from flows.work.stages import Errand, Made, Report, Supplies
from flows.work.think import think

__all__ = ["Errand", "Made", "Report", "Supplies", "look", "prepare", "think"]

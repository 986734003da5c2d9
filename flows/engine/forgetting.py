"""What every flow and task of ours is made with; Prefect lays down nothing of their runs.

A result or an exception in its folder could carry what people typed.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from prefect.cache_policies import NO_CACHE
from prefect.serializers import Serializer

from flows.engine import run_page, sharing


class Forgetting(Serializer):
    """Writes no byte of a result.

    Prefect writes the exception of a failed flow whatever `persist_result` says; its sentence stands in the state.
    """

    type: Literal["nastavnik-forgetting"] = "nastavnik-forgetting"

    def dumps(self, obj: Any) -> bytes:
        """Spell nothing."""
        del obj
        return b""

    def loads(self, blob: bytes) -> Any:
        """Read nothing: there is nothing to read."""
        del blob


# Every flow and every task of ours is made with these.
FLOW: Final[dict[str, Any]] = {
    "flow_run_name": run_page.name,
    "persist_result": False,
    "result_serializer": Forgetting(),
    "log_prints": False,
    "validate_parameters": True,
    "on_completion": [sharing.goes_on],
    "on_failure": [sharing.goes_on],
}
TASK: Final[dict[str, Any]] = {
    "task_run_name": "{slug}",
    "cache_policy": NO_CACHE,
    "persist_result": False,
    "log_prints": False,
}

"""What Prefect lays down of a failed run: nothing. An exception in its folder could carry what people typed."""

from __future__ import annotations

from typing import Any, Literal

from prefect.serializers import Serializer


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


FORGETTING = Forgetting()

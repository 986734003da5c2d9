"""The one way the Russian rooms refuse: a question for a person instead of a guess."""

from __future__ import annotations


class Doubt(Exception):  # noqa: N818 - the field's own word, part of the contract
    """The right form cannot be known; `reason` says why in plain Russian, without the name itself.

    `text` is what was asked about. It may be somebody's name, so it stays out of the message:
    exception texts reach logs and Prefect's database, and those carry no personal data.
    `before` is the form that was given before this was asked: papers registered with it are judged by it.
    """

    def __init__(self, text: str, reason: str, before: str | None = None) -> None:
        super().__init__(reason)
        self.text = text
        self.reason = reason
        self.before = before

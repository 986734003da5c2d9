"""Where the work is done: the clients of Sheets and Drive, the clock of waiting and ids that are not used yet.

A workspace hides nothing and has no second implementation: it holds the clients over one session. Another store
is another session (`flows.workspace.session`), or a program that answers the same requests, as the office does.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.workspace.clock import Clock
from flows.workspace.drive import Drive
from flows.workspace.sharing import Sharing
from flows.workspace.sheets import Sheets
from flows.workspace.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests

    from flows.workspace.sign_ins import SignIn


def _sheet_id() -> int:
    return secrets.randbelow(2**30) + 2**30


@dataclass(frozen=True, slots=True)
class Workspace:
    """The clients over one HTTP session, and what is random about a run; which store answers is the session's."""

    sheets: Sheets
    drive: Drive
    sharing: Sharing
    clock: Clock = field(default_factory=Clock)
    new_sheet_id: Callable[[], int] = _sheet_id
    holder: str = field(default_factory=lambda: secrets.token_hex(4))
    lives: Callable[[str], bool | None] = lambda _: None
    """Tell of a holder whether its run lives, where the store can know it; `None` leaves it to the counter of the lock."""
    shares: bool = False
    """Whether people open the store's folders by rights of its own; a local folder is opened by the computer alone."""
    tell: Callable[[str], None] = lambda _: None
    """Say to whoever waits what is waited for."""
    voice: Voice = field(default_factory=lambda: Voice(Clock()))
    """Say how far the work has come and what a wait is for, no oftener than a person wants to hear it."""
    sign_in: SignIn | None = None
    """By whose right the program acts in Google; the local office asks for none."""
    keep: Callable[[str], None] = lambda _: None
    """Keep a book as it is now, before a newer program brings it up to date; the store in Google has its own history."""
    lays_ahead: bool = True
    """Every template's copy is laid when an organisation is founded; else each when its kind first has a paper."""


def over(session: requests.Session, clock: Clock | None = None, voice: Voice | None = None) -> Workspace:
    """Open a workspace over a session that already knows its address and credentials: the seam is there."""
    clock = clock or Clock()
    return Workspace(Sheets(session), Drive(session), Sharing(session), clock, voice=voice or Voice(clock))

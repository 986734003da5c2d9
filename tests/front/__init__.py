"""Google on loopback: a TLS front in Google's name before a local office, as real processes reach it.

`front(tmp_path)` opens it. A process started with `front.environment()` believes that it talks to Google: the four names
lead to the front, and the authority that signed its certificate is trusted. What the front knows beyond the office is who
asks: a service account or a person, with which scopes, what each may see, own and change (`tests.front.rights`).
"""

from __future__ import annotations

from tests.front.accounts import DRIVE, DRIVE_FILE, SHEETS, Account
from tests.front.server import Front, Seen, front

__all__ = ["DRIVE", "DRIVE_FILE", "SHEETS", "Account", "Front", "Seen", "front"]

"""The local office: a folder of .xlsx and .docx files served as Google's Sheets v4 and Drive v3.

Imports nothing else of ours. A client cannot tell it from Google, except that what it does not do it says (501).
"""

from __future__ import annotations

from flows.office.atomic import Disk
from flows.office.discovery import Violation
from flows.office.errors import OfficeBusy, OfficeUnavailable
from flows.office.faults import Faults, Rule, Verdict
from flows.office.gate import new_secret
from flows.office.gate import usable as usable_secret
from flows.office.ledger import Call
from flows.office.service import Office
from flows.office.transport import InProcess, Server, serve
from flows.office.wire import Request, Response

__all__ = [
    "Call",
    "Disk",
    "Faults",
    "InProcess",
    "Office",
    "OfficeBusy",
    "OfficeUnavailable",
    "Request",
    "Response",
    "Rule",
    "Server",
    "Verdict",
    "Violation",
    "new_secret",
    "serve",
    "usable_secret",
]

"""A world that stands still: ids by number, a clock that steps, no PDF; and every call to the office is kept."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import re
import sys
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock
from urllib.parse import unquote

from flows import cli, engine, libreoffice
from flows.office import Office, service, wire
from tests.witness.texts import paper_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

BEGUN = datetime(2030, 1, 1, tzinfo=UTC)
MD5 = re.compile(r"\b[0-9a-f]{32}\b")
ZIPPED = b"PK\x03\x04"
FOLDER = "application/vnd.google-apps.folder"
WIDTH = 12


def short(text: str | bytes) -> str:
    """Digest a text as the witness writes it."""
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()[:WIDTH]


class Stepping(datetime):
    """The office's day and hour: each look is one second later than the one before."""

    looks = itertools.count()

    @classmethod
    def now(cls, tz=None):
        return BEGUN + timedelta(seconds=next(cls.looks))


@dataclass
class Told:
    """What one command printed and asked the office for."""

    printed: str
    calls: str
    bodies: str


@dataclass
class World:
    """One organisation's home in a still world."""

    home: Path
    asked: list[tuple[str, str]] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)

    def plain(self, text: str) -> str:
        """Leave out what differs between machines: the home's place, and checksums of files that hold pictures."""
        named = text
        for place, name in ((self.home, "ДОМ"), (self.home.parent, "ПАПКА")):
            named = named.replace(str(place.resolve()), name).replace(str(place), name)
        return MD5.sub(lambda found: self.sums.setdefault(found[0], f"md5-{len(self.sums) + 1}"), named)

    def command(self, *words: object) -> Told:
        """Run the command as a user would, in process."""
        line = [str(each) for each in words]
        told = " ".join(each.rpartition("/")[2] for each in line)
        return self.act(f"$ nastavnik {told}", lambda: ran(["nastavnik", "--home", str(self.home), *line]))

    def act(self, title: str, do: Callable[[], int]) -> Told:
        """Do a thing; keep what is printed meanwhile, and the calls."""
        self.asked.clear()
        printed = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            code = do()
        asked = in_order(self.asked)
        calls = "\n".join(f"{call} {short(self.plain(body))}" for call, body in asked)
        bodies = "\n".join(f"{call}\n{body}" for call, body in asked)
        return Told(
            self.plain(f"{title}\n{printed.getvalue()}[{code}]\n"),
            self.plain(calls) + "\n",
            self.plain(bodies) + "\n",
        )


def ran(line: list[str]) -> int:
    """Run the command's own entry and give back its exit code."""
    with mock.patch.object(sys, "argv", line):
        try:
            cli.main()
        except SystemExit as over:
            return int(over.code or 0)
    return 0


@contextmanager
def still(home: Path, today: date) -> Iterator[World]:
    """Make a still world over a home; `today` is the day that a command takes which is told none."""
    world, numbers, answer = World(home), itertools.count(1), Office.handle

    def handle(office: Office, request: wire.Request) -> wire.Response:
        response = answer(office, request)
        world.asked.append(spoken(request, response.status))
        return response

    with ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ))
        for holder, name, instead in (
            ("secrets", "token_urlsafe", lambda _=0: f"witness-{next(numbers):05d}"),
            ("secrets", "token_hex", lambda _=0: f"{next(numbers):08x}"),
            ("secrets", "randbelow", lambda below: (1000 + next(numbers)) % below),
        ):
            stack.enter_context(mock.patch(f"{holder}.{name}", instead))
        stack.enter_context(mock.patch.object(Stepping, "looks", itertools.count()))
        stack.enter_context(mock.patch.object(service, "datetime", Stepping))
        stack.enter_context(mock.patch.object(libreoffice, "available", return_value=False))
        stack.enter_context(mock.patch.object(engine, "local_day", return_value=today))
        stack.enter_context(mock.patch.object(Office, "handle", handle))
        yield world


def spoken(request: wire.Request, status: int) -> tuple[str, str]:
    """Spell a call: one line of method, path, query, answer and kinds of requests; and its whole body."""
    query = "&".join(f"{name}={each}" for name, values in sorted(request.query.items()) for each in values)
    upload = wire.upload_of(request)
    kinds = [next(iter(each)) for each in upload.metadata.get("requests", ())]
    counted = ", ".join(f"{name} {len(list(alike))}" for name, alike in itertools.groupby(kinds))
    line = f"{request.method} {unquote(request.path)}{'?' if query else ''}{query} → {status}{f' [{counted}]' if counted else ''}"
    return line, spelled(upload.metadata) + media(upload.media)


def in_order(calls: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sort folders that are made one right after another: their order is that of a set, another one in each process."""
    told: list[tuple[str, str]] = []
    for made, run in itertools.groupby(calls, lambda call: call[0].startswith("POST ") and FOLDER in call[1]):
        alike = list(run)
        told += sorted(alike) if made else alike
    return told


def spelled(body: Any) -> str:
    """Spell a JSON body with its keys in order, a line for each of the requests in a batch."""
    if isinstance(body, dict) and "requests" in body:
        rest = {name: value for name, value in body.items() if name != "requests"}
        return "\n".join([spelled(rest), *(spelled(each) for each in body["requests"])])
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def media(data: bytes | None) -> str:
    """Name uploaded bytes by what they say."""
    if data is None:
        return ""
    return f"\nфайл {short(paper_text(io.BytesIO(data)) if data.startswith(ZIPPED) else data)}"

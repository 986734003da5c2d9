"""The front itself: TLS on loopback in Google's name, who asks, the office behind, and the history of all calls."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flows.office import Office, OfficeUnavailable, Request, Response, bodies, discovery, transport
from flows.office.errors import Refusal
from flows.office.faults import Faults, played
from flows.office.wire import answer
from tests.front import names
from tests.front.accounts import DRIVE, DRIVE_FILE, SHEETS, Account, Accounts
from tests.front.rights import FOLDER, Rights, refused
from tests.front.shortcuts import Shortcuts

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[2]
APIS = ("sheets.googleapis.com", "www.googleapis.com")
SIGN_INS = {"file": (DRIVE_FILE,), "drive": (DRIVE,)}
TOKEN_FILE = Path(".nastavnik") / "google-account.json"
UNSIGNED = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


@dataclass(frozen=True)
class Seen:
    """One call as the front saw it; `status` is 0 where the connection broke, `body` the checksum of what was sent."""

    host: str
    name: str
    method: str
    path: str
    status: int
    account: str
    body: str
    error: str = ""

    @property
    def effect(self) -> bool:
        """Tell whether it asked for a change."""
        return self.host in APIS and self.method != "GET"


@dataclass
class Front:
    """A front before an office; `faults` are asked about every call, those of the sign-in too."""

    folder: Path
    office: Office
    accounts: Accounts = field(default_factory=Accounts)
    faults: Faults | None = None
    history: list[Seen] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """What fell over in the front itself: a test looks that it is empty."""
    port: int = 0

    def __post_init__(self) -> None:
        self.rights = Rights(self.office)
        self.shortcuts = Shortcuts(self.rights)
        self._lock = Lock()
        self._laid: dict[str, str] = {}

    def shared_drive(self, name: str = "Наставничество") -> str:
        """Make the shared drive, of which the service account is a member; return its id."""
        metadata = json.dumps({"name": name, "mimeType": FOLDER}).encode()
        about = {"Content-Type": "application/json"}
        made = self.office.handle(Request("POST", "/drive/v3/files", about, metadata))
        self.rights.shared = json.loads(made.body)["id"]
        return self.rights.shared

    def environment(self, sign_in: str = "service", home: Path | None = None) -> dict[str, str]:
        """Return the environment of a process that takes the front for Google.

        `sign_in`: `service`, the service account; `file` or `drive`, a person's own account with that scope, whose token
        is laid in the home; nothing, nobody has signed in.
        """
        where = home or self.folder / "home"
        self._laid = self._laid or names.laid(self.folder / "front", self.port)
        around = names.without_proxies() | self._laid
        around["PYTHONPATH"] = f"{self._laid['PYTHONPATH']}:{CHECKOUT}"
        around |= {"NASTAVNIK_HOME": str(where), "PYTHONIOENCODING": "utf-8"}
        around.pop("GOOGLE_APPLICATION_CREDENTIALS", None)
        if sign_in == "service":
            around["GOOGLE_APPLICATION_CREDENTIALS"] = str(self.key_file())
        elif sign_in:
            self.sign_in(where, *SIGN_INS[sign_in])
        return around

    def key_file(self) -> Path:
        """Write the key of the service account, return where."""
        path = self.folder / "front" / "key.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.accounts.service_key()), "utf-8")
        return path

    def sign_in(self, home: Path, *scopes: str) -> Path:
        """Lay into a home the token of a person who has signed in already; one that lies there stays."""
        path = home / TOKEN_FILE
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(json.dumps(self.accounts.authorised_user(*scopes)), "utf-8")
            path.chmod(0o600)
        return path

    def run(
        self, *words: str, sign_in: str = "service", home: Path | None = None, seconds: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "flows", *words],
            env=self.environment(sign_in, home), cwd=CHECKOUT, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip

    @contextmanager
    def here(self) -> Iterator[None]:
        """Lead this very process to the front."""
        self._laid = self._laid or names.laid(self.folder / "front", self.port)
        with names.mapped(self.port, self._laid["REQUESTS_CA_BUNDLE"]):
            yield

    def calls(self, since: int = 0) -> list[Seen]:
        """Return the calls of the two services, those of the sign-in left out."""
        return [each for each in self.history[since:] if each.host in APIS]

    def writes(self, since: int = 0) -> list[Seen]:
        """Return the calls that asked for a change."""
        return [each for each in self.history[since:] if each.effect]

    def played(self, request: Request) -> tuple[Response | None, bool]:
        """Serve a request under the faults and write it down."""
        response, halved = played(self, self.faults, request)  # type: ignore[arg-type]
        host = request.header("host").partition(":")[0]
        found = discovery.match(request.method, request.path) if host in APIS else None
        account = self.accounts.who(request)
        seen = Seen(
            host, found[0].id if found else "", request.method, unquote(request.path),
            0 if response is None or halved else response.status, account.email if account else "",
            hashlib.sha256(request.body).hexdigest()[:16],
            _said(response) if response is not None else "",
        )  # fmt: skip
        with self._lock:
            self.history.append(seen)
        return response, halved

    def handle(self, request: Request) -> Response:
        """Answer as Google would: the sign-in, or a service for who has signed in."""
        host = request.header("host").partition(":")[0]
        if host not in APIS:
            return self.accounts.answer(request)
        drive = host == "www.googleapis.com"
        try:
            return self._answered(request, self._signed(request, drive=drive))
        except Refusal as refusal:
            return refused(refusal, drive=drive)
        except OfficeUnavailable as busy:
            return refused(Refusal(503, str(busy)), drive=drive)
        except Exception as failure:  # noqa: BLE001 - a test must hear of it, whatever it is
            self.broken.append(repr(failure))
            return refused(Refusal(500, repr(failure)), drive=drive)

    def _signed(self, request: Request, *, drive: bool) -> Account:
        account = self.accounts.who(request)
        if account is None:
            raise Refusal(401, "Invalid Credentials" if drive else UNSIGNED, "authError")
        if ("/drive/" in request.path) != drive:
            raise Refusal(404, "Not Found", "notFound")
        return account

    def _answered(self, request: Request, account: Account) -> Response:
        method, path = discovery.match(request.method, request.path) or (None, {})
        name = method.id if method else ""
        file_id = unquote(path.get("fileId") or path.get("spreadsheetId") or "")
        self.rights.judge(account, name, request, file_id)
        response = self.shortcuts.answered(name, request, file_id) or self.office.handle(request)
        if response.status >= 300 or "json" not in response.headers.get("Content-Type", ""):
            return response
        if name.startswith("drive."):
            return self._fitted(request, account, name, response)
        return response

    def _fitted(self, request: Request, account: Account, name: str, response: Response) -> Response:
        """Say of files what only the front knows: whose they are, and on which drive they lie."""
        told = json.loads(response.body)
        if name == "drive.files.create":
            self.rights.made.add((account.email, told["id"]))
        if name == "drive.files.list":
            told = self.rights.listed(account, request, self.shortcuts.listed(request, told))
        if name == "drive.about.get" and "user" in told:
            told["user"] |= {
                key: account.email for key in ("emailAddress", "displayName") if key in told["user"]
            }
        if "driveId" in request.one("fields"):
            for each in told.get("files", [told]):
                if each.get("id") and self.rights.on_shared(each["id"]):
                    each["driveId"] = self.rights.shared
        if name == "drive.files.get" and "id" in told:
            self.rights.belonging(account, told["id"], told)
        if name in {"drive.permissions.list", "drive.permissions.get"}:
            for each in told.get("permissions", [told]):
                self.rights.holding(unquote(request.path.split("/")[4]), each)
        return answer(told)


def _said(response: Response) -> str:
    """Return the sentence of a refusal."""
    if response.status < 400:
        return ""
    try:
        error = json.loads(response.body)
        told: Any = error["error"]
        return str(told if isinstance(told, str) else told["message"])
    except (ValueError, KeyError, TypeError):
        return response.body[:80].decode("utf-8", "replace")


class _Handler(transport._Handler):
    """One connection to Google's name: no secret of the office, the front judges who asks."""

    def _admitted(self) -> bytes:
        if self.headers.get("Host", "").partition(":")[0] not in names.HOSTS:
            raise Refusal(404, "Not Found", "notFound")
        return bodies.body_of(self.command, self.headers, self.rfile)

    def _played(self, asked: Request) -> tuple[Response | None, bool]:
        return self.server.front.played(asked)

    def _noted(self, asked: Request, refusal: Refusal) -> Response:
        return refused(refusal, drive=True)


class _Listener(transport._Listener):
    """Listens with TLS; the greeting is exchanged in the thread of the connection."""

    def __init__(self, front: Front) -> None:
        self.front, self.context = front, names.context()
        self._open: dict[Any, Thread] = {}
        self._counting = Lock()
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[Any, Any]:
        raw, address = super().get_request()
        return self.context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False), address


@contextmanager
def front(folder: Path, root: Path | None = None, faults: Faults | None = None) -> Iterator[Front]:
    """Open a front over a folder of an office (`root`, by itself one of its own), and close it."""
    office = Office(root or folder / "google")
    opened = Front(folder, office, faults=faults)
    listener = _Listener(opened)
    opened.port = listener.server_address[1]
    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
        listener.let_go()
        office.close()


__all__ = ["DRIVE", "DRIVE_FILE", "SHEETS", "Account", "Front", "Seen", "front"]
